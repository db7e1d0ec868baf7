//! Themes: chooses the file to use from the chain of themes, and wraps the template engine.
//!
//! A theme is a folder in `themes/` and takes missing files from the theme it extends. The theme `civic` is built in;
//! files in the site's own `themes/civic/` replace the built-in ones.

mod assets;
mod budget;
mod budgeted_template;
mod chain;
mod embedded;
mod files;
mod headings;
mod locale_check;
mod locale_file;
mod minify_css;
mod render_error;
mod rewrite_urls;
mod template_error;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Kwargs, State, Tera};

use self::assets::Assets;
use self::budget::{BoundedOutput, PageBudgets};
use self::chain::{chain_of, files_of};
use self::files::{CIVIC, ThemeFiles};
pub(crate) use self::render_error::{RenderError, report_failures};
use self::template_error::{TemplateErrors, TemplateText, Templates};
use super::route::Address;
use crate::diagnostic::{RelPath, WithDiagnostics};
use crate::locale::{Locale, group_thousands, interpolate};
use crate::model::SiteInfo;
use crate::source::digest::{Digest, hash, hash128};
use crate::source::{FileContent, SourceTree};
pub(crate) use tera::Value;

/// A theme that is ready to render pages.
pub(crate) struct Theme {
    tera: Tera,
    /// All templates by name in the engine (`civic/base.html`), to find the place of an error.
    texts: Templates,
    /// The values that all pages share.
    meters: Arc<PageBudgets>,
    /// The assets, keyed by published address.
    pub assets: BTreeMap<Address, Arc<[u8]>>,
    /// The theme's own files that the assets are made from.
    pub asset_files: Vec<(Address, RelPath)>,
    /// The texts of the interface.
    pub words: Arc<Locale>,
    /// The hash of everything its pages depend on, except the data of each page.
    fingerprint: Digest,
}

impl Theme {
    /// Loads a site's theme. If it has errors, they are reported and the built-in theme is used, so there is always a
    /// theme.
    #[must_use]
    pub(crate) fn load(tree: &SourceTree, site: &SiteInfo) -> WithDiagnostics<Self> {
        let mut diagnostics = Vec::new();
        let chain = chain_of(tree, site, &mut diagnostics);
        let files: Vec<ThemeFiles> = chain.iter().map(|name| files_of(tree, name)).collect();
        diagnostics.extend(locale_check::check(&files));
        let words = Arc::new(locale_file::locale(&files, &site.language));
        match Self::assemble(&chain, &files, &words) {
            Ok(theme) => WithDiagnostics::new(theme, diagnostics),
            Err(errors) => {
                diagnostics.extend(errors.into_diagnostics());
                WithDiagnostics::new(Self::carried(&site.language), diagnostics)
            }
        }
    }

    /// The built-in theme without changes.
    fn carried(language: &str) -> Self {
        let files = vec![embedded::files()];
        let words = Arc::new(locale_file::locale(&files, language));
        let carried = Self::assemble(&[CIVIC.to_owned()], &files, &words);
        carried.unwrap_or_else(|_| unreachable!("a test renders every page with the built-in theme"))
    }

    /// Adds all files of a chain of themes, the site's own first, to the template engine.
    fn assemble(chain: &[String], files: &[ThemeFiles], words: &Arc<Locale>) -> Result<Self, TemplateErrors> {
        let mut texts = BTreeMap::new();
        for (name, files) in chain.iter().zip(files) {
            for (path, file) in files {
                if let (Some(template), FileContent::Text(text)) = (path.strip_prefix("templates/"), &file.content) {
                    let name = format!("{name}/{template}");
                    texts.insert(name, TemplateText { file: file.path.clone(), text: text.clone(), metered: None });
                }
            }
        }
        let Assets { files: assets, sources: asset_files, addresses } = Assets::new(files);
        let (addresses, meters) = (Arc::new(addresses), Arc::<PageBudgets>::default());
        // The engine looks for a template in each theme in turn. So `base.html` is the first one found, and
        // `civic/base.html` is civic's, which a template of the same name may extend.
        let prefixes: Vec<String> = chain.iter().map(|name| format!("{name}/")).collect();
        let engine = || {
            let mut tera = Tera::new();
            // Functions come first, because templates are checked against them when they are added.
            let addresses = Arc::clone(&addresses);
            tera.register_function("asset", move |arguments: Kwargs, _: &State| asset(&addresses, &arguments));
            tera.register_function("headings", |arguments: Kwargs, _: &State| headings::headings(&arguments));
            register_texts(&mut tera, words);
            meters.register(&mut tera);
            if tera.set_fallback_prefixes(prefixes.clone()).is_err() {
                unreachable!("no template has been added yet");
            }
            tera
        };
        let mut tera = engine();
        template_error::add_templates(&mut tera, &texts)?;
        template_error::meter(&mut tera, &mut texts, engine);
        tera.global_context().insert("words", &words.plain());
        let files = texts.iter().map(|(name, template)| (name.as_str(), &*template.text)).collect::<Vec<_>>();
        let served = assets.keys().map(Address::as_str).collect::<Vec<_>>();
        let fingerprint = hash128(&(chain, files, served, words));
        Ok(Self { tera, texts, meters, assets, asset_files, words: words.clone(), fingerprint })
    }

    /// Gives every page a value under a name.
    ///
    /// # Panics
    ///
    /// If the value cannot be converted to a template value. Every view can.
    pub(crate) fn share(&mut self, name: &'static str, value: &impl Serialize) {
        self.tera.global_context().insert(name, value);
        self.fingerprint = hash128(&(self.fingerprint, name, hash_of(value)));
    }

    /// The hash of everything its pages depend on, except the data of each page: templates, texts, addresses of assets,
    /// and shared values.
    #[must_use]
    pub(crate) fn fingerprint(&self) -> Digest {
        self.fingerprint
    }

    /// Renders a template with the given named values.
    ///
    /// # Errors
    ///
    /// If the template fails or does not exist.
    pub(crate) fn render(
        &self,
        template: &str,
        given: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> Result<Vec<u8>, RenderError> {
        let mut context = Context::new();
        for (name, value) in given {
            context.insert_value(name, value);
        }
        if self.meters.is_over() {
            return Err(RenderError { faults: TemplateErrors::none(), is_spent: true });
        }
        self.meters.begin();
        let mut page = BoundedOutput::new(&self.meters);
        let rendered = self.tera.render_to(template, &context, &mut page);
        match (rendered, self.meters.end()) {
            (Ok(()), _) => Ok(page.bytes),
            (Err(_), Some((spent, spot))) => Err(RenderError {
                faults: TemplateErrors::of_spent(spent, spot, template, &self.texts),
                is_spent: true,
            }),
            (Err(error), None) => {
                Err(RenderError { faults: TemplateErrors::from_tera(&error, template, &self.texts), is_spent: false })
            }
        }
    }

    /// Whether a page was abandoned because its template did too much. No other page is rendered then.
    #[must_use]
    pub(crate) fn is_over(&self) -> bool {
        self.meters.is_over()
    }
}

/// A view as a template value. Shared values are converted once; cloning them only copies a pointer.
#[must_use]
pub(crate) fn value_of(view: &impl Serialize) -> Value {
    Value::try_from_serializable(view).unwrap_or_else(|_| unreachable!("views contain only texts, numbers and lists"))
}

/// The hash of a page's views in serialised form.
#[must_use]
pub(crate) fn hash_of(shown: &impl Serialize) -> Digest {
    let written = serde_json::to_vec(shown);
    hash(&written.unwrap_or_else(|_| unreachable!("views contain only texts, numbers and lists")))
}

/// A language's own name, from the site's theme. `None` if the theme has no locale for it.
#[must_use]
pub(crate) fn language_name(tree: &SourceTree, site: &SiteInfo, language: &str) -> Option<String> {
    let chain = chain_of(tree, site, &mut Vec::new());
    let files: Vec<ThemeFiles> = chain.iter().map(|name| files_of(tree, name)).collect();
    let primary = language.split('-').next().unwrap_or(language);
    // A locale with errors is reported elsewhere, and still counts as a locale.
    let is_unread = |name: &str| {
        chain.iter().any(|theme| tree.unreadable.contains(format!("themes/{theme}/locales/{name}.yaml").as_str()))
    };
    let speaks =
        |name: &str| is_unread(name) || files.iter().any(|files| files.contains_key(&format!("locales/{name}.yaml")));
    let is_spoken = speaks(language) || speaks(primary) || primary == "en";
    is_spoken.then(|| locale_file::locale(&files, language).text("language_name").to_owned())
}

/// The texts of a site's main language, from its theme. Errors in the theme are reported elsewhere.
#[must_use]
pub(crate) fn site_locale(tree: &SourceTree, site: &SiteInfo) -> Locale {
    let chain = chain_of(tree, site, &mut Vec::new());
    let files: Vec<ThemeFiles> = chain.iter().map(|name| files_of(tree, name)).collect();
    locale_file::locale(&files, &site.language)
}

/// The texts of a language in the built-in theme.
#[must_use]
pub fn carried_locale(language: &str) -> Locale {
    locale_file::locale(&[embedded::files()], language)
}

/// Gives templates the function `t`, with the texts of one language.
pub(crate) fn register_texts(tera: &mut Tera, words: &Arc<Locale>) {
    let words = Arc::clone(words);
    tera.register_function("t", move |arguments: Kwargs, _: &State| say(&words, &arguments));
}

/// The template function `asset(path=…)`: an asset's published address from the site's root.
fn asset(addresses: &BTreeMap<String, String>, arguments: &Kwargs) -> tera::TeraResult<String> {
    let path = arguments.must_get::<&str>("path")?;
    addresses.get(path).cloned().ok_or_else(|| {
        let known: Vec<&str> = addresses.keys().map(String::as_str).collect();
        tera::Error::message(format!("this theme has no asset `{path}`.{}{}", template_error::KNOWN, known.join(", ")))
    })
}

/// The template function `t(key=…, n=…, …)`: a text of the interface with its placeholders filled in.
fn say(words: &Locale, arguments: &Kwargs) -> tera::TeraResult<String> {
    let key = arguments.must_get::<&str>("key")?;
    let count = arguments.get::<i128>("n")?.and_then(|count| u128::try_from(count).ok());
    let text = words.find(key, count).ok_or_else(|| tera::Error::message(format!("no locale has the text `{key}`")))?;
    let number = count.and_then(|count| usize::try_from(count).ok()).map(group_thousands);
    let given = arguments.iter().filter_map(|(name, value)| match (name.as_str()?, &number) {
        ("n", Some(number)) => Some(("n", number.clone())),
        (name, _) => Some((name, value.to_string())),
    });
    let given: Vec<(&str, String)> = given.collect();
    let given: Vec<(&str, &str)> = given.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Ok(interpolate(text, &given))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, LineIndex};
    use crate::source::yaml::Spanned;
    use std::collections::BTreeSet;

    fn site(theme: &str) -> SiteInfo {
        SiteInfo {
            file: RelPath::new("content/site.yaml"),
            title: "A site".into(),
            base_url: "https://example.org".into(),
            language: "en-GB".into(),
            theme: Spanned::new(theme.to_owned(), crate::diagnostic::Span::new(7, 7 + theme.len())),
            description: None,
            publisher: None,
            licence: None,
            contacts: Vec::new(),
            ignored_acronyms: BTreeSet::new(),
            severities: BTreeMap::new(),
            extra: None,
        }
    }

    /// Renders the template `x.html` of a site's theme, and lists the errors.
    fn check(theme: &str, files: &[(&str, &str)]) -> String {
        let tree = SourceTree::from_texts(files.iter().copied());
        let loaded = Theme::load(&tree, &site(theme));
        let mut output: Vec<Diagnostic> = loaded.diagnostics;
        let mut lines = Vec::new();
        match loaded.value.render("x.html", [("name", Value::from("<b>"))]) {
            Ok(bytes) => lines.push(String::from_utf8(bytes).unwrap()),
            Err(failure) if output.is_empty() => output.extend(report_failures(vec![(Address::new("p/"), failure)])),
            Err(_) => {}
        }
        for diagnostic in output {
            let text = tree.shared_text(diagnostic.location.file.as_str()).map_or("", |text| text);
            let at = LineIndex::new(text).position(diagnostic.location.span.start);
            let (file, code) = (&diagnostic.location.file, diagnostic.code);
            lines.push(format!("{code} {file}:{}:{} {}", at.line, at.column, diagnostic.message));
            lines.extend(diagnostic.help.map(|help| format!("  {help}")));
        }
        lines.join("\n")
    }

    const MINE: (&str, &str) = ("themes/mine/theme.yaml", "name: Mine\nversion: 1\nextends: civic\n");

    #[test]
    fn a_template_may_extend_the_one_it_overrides() {
        let base = ("themes/civic/templates/x.html", "a{% block b %}{{ name }}{% endblock %}c");
        assert_eq!(check("mine", &[MINE, base]), "a&lt;b&gt;c");
        let over = (
            "themes/mine/templates/x.html",
            "{% extends \"civic/x.html\" %}{% block b %}[{{ super() }}]{% endblock %}",
        );
        assert_eq!(check("mine", &[MINE, base, over]), "a[&lt;b&gt;]c");
        let itself = ("themes/mine/templates/x.html", "{% extends \"x.html\" %}");
        assert!(check("mine", &[MINE, base, itself]).starts_with("template-error themes/mine/templates/x.html:1:1"));
    }

    #[test]
    fn template_errors_have_places() {
        let errors_of = |text: &'static str| check("mine", &[MINE, ("themes/mine/templates/x.html", text)]);
        for (text, output) in [
            ("ok\n  {% if %}", "2:9 found `%}` but expected one of: integer"),
            ("é {{ nobody }}", "1:6 variable `nobody` is not defined, on the page `/p/`\n  use one of name, words"),
            (
                "é {{ words.priorites }}",
                "1:12 field `priorites` is not defined, on the page `/p/`\n  did you mean `priorities`?",
            ),
            ("é {{ name | shout }}", "1:13 unknown filter `shout`"),
            (
                "{{ asset(path=\"civc.css\") }}",
                "1:4 this theme has no asset `civc.css`, on the page `/p/`\n  did you mean `civic.css`?",
            ),
            ("{{ t(key=\"nothing\") }}", "1:4 no locale has the text `nothing`, on the page `/p/`"),
            ("{% include \"bas.html\" %}", "1:12 unknown template `bas.html`\n  did you mean `base.html`?"),
            (
                "{% extends \"bas.html\" %}",
                "1:12 this template extends the template `bas.html`, which does not exist\n  did you mean `base.html`?",
            ),
        ] {
            let expected = format!("template-error themes/mine/templates/x.html:{output}");
            assert!(errors_of(text).starts_with(&expected), "{}", errors_of(text));
        }
    }

    #[test]
    fn endless_themes_are_abandoned() {
        let check = |text: &str| check("mine", &[MINE, ("themes/mine/templates/x.html", text)]);
        let loops = "repeats its loops more than 500000 times for one page";
        let writes = "uses more than 64 MiB for one page";
        for (text, at, why) in [
            (
                "{% for a in range(end=100000) %}\n{% for b in range(end=100000) %}{% endfor %}{% endfor %}",
                "2:1",
                loops,
            ),
            ("{% set r = range(end=100000) %}\n{% set x = [[0 for b in r] for a in r] %}", "2:1", ""),
            (
                "{% for a in range(end=100000) %}{{ \"x\" | replace(from=\"x\", to=\"LONG\") }}{% endfor %}",
                "1:33",
                writes,
            ),
            ("{% for a in range(end=100000) %}LONG{% endfor %}", "1:1", writes),
            ("{% set x = \"abcd\" %}TWICE", "1:", writes),
            (
                "{% set x = \"abcd\" %}{% for i in range(end=40) %}{% set_global x = x ~ x %}{% endfor %}",
                "1:49",
                writes,
            ),
            (
                "{% set x %}abcd{% endset %}{% for i in range(end=40) %}{% set_global x %}{{ x }}{{ x }}{% endset %}{% endfor %}",
                "1:",
                writes,
            ),
            (
                "{% set x = [1] %}{% for i in range(end=40) %}{% set_global x = [x, x] %}{% endfor %}{{ x }}",
                "1:46",
                writes,
            ),
            (
                "{% set x = [1] %}{% for i in range(end=40) %}{% set_global x = [...x, ...x] %}{% endfor %}",
                "1:46",
                writes,
            ),
            (
                "{% component c(n) {} %}{% for i in range(end=10) %}{% if n > 0 %}{{ <c n={n - 1}/> }}{% endif %}{% endfor %}{% endcomponent %}\n{{ <c n={15}/> }}",
                "1:",
                loops,
            ),
        ] {
            let long = "x".repeat(2000);
            let doubled = "{% set x = x ~ x %}".repeat(40);
            let output = check(&text.replace("LONG", &long).replace("TWICE", &doubled));
            let expected = format!("template-error themes/mine/templates/x.html:{at}");
            let first = output.lines().next().unwrap_or_default();
            assert!(first.starts_with(&expected) && first.contains(why), "{text}: {output}");
        }
    }

    #[test]
    fn counting_changes_nothing_else() {
        for (text, made) in [
            ("{% set x = nobody %}{% if x %}a{% else %}b{% endif %}", "b"),
            ("{% set x = name | safe %}{{ x }}", "<b>"),
            ("{% set x %}<i>{{ name }}{% endset %}{{ x }}", "<i>&lt;b&gt;"),
            ("{% for a in [name, \"c\"] -%}\n {{ a }}\n{%- endfor %}", "&lt;b&gt;c"),
            ("{% for key, value in {\"a\": 1} %}{{ key }}{{ value }}{% else %}none{% endfor %}", "a1"),
            ("{{ [n * 2 for n in range(end=4) if n > 1] | join(sep=\",\") }}", "4,6"),
            ("{% component c(a) {} -%}\n [{{ a }}]\n{%- endcomponent %}{{ <c a={name}/> }}", "[&lt;b&gt;]"),
        ] {
            assert_eq!(check("mine", &[MINE, ("themes/mine/templates/x.html", text)]), made, "{text}");
        }
        let errors_of = |text: &'static str| check("mine", &[MINE, ("themes/mine/templates/x.html", text)]);
        assert!(
            errors_of("{% for x in nobody %}{% endfor %}").contains("x.html:1:13"),
            "{}",
            errors_of("{% for x in nobody %}{% endfor %}")
        );
        let output = errors_of("{% for x in [1] %}{{ x }}\n é{{ words.titel }}{% endfor %}");
        assert!(output.contains("x.html:2:12 field `titel` is not defined"), "{output}");
    }

    #[test]
    fn an_error_is_reported_once() {
        let theme =
            Theme::load(&SourceTree::from_texts([MINE, ("themes/mine/templates/x.html", "{{ x }}")]), &site("mine"))
                .value;
        let failures = ["a/", "b/", "c/"].map(|page| {
            let failed = theme.render("x.html", []);
            (Address::new(page), failed.err().unwrap())
        });
        let output: Vec<_> =
            report_failures(failures.into()).into_iter().map(|diagnostic| diagnostic.message).collect();
        assert_eq!(output, ["variable `x` is not defined, on the page `/a/` and 2 more"]);
    }

    #[test]
    fn locales_are_checked_in_every_language() {
        let check = |language: &str, locale: &str| {
            let file = format!("themes/mine/locales/{language}.yaml");
            let output = check("mine", &[MINE, (&file, locale), ("themes/mine/templates/x.html", "")]);
            output.trim_start().replace(&format!("themes/mine/locales/{language}.yaml:"), "")
        };
        for language in ["en-GB", "gd"] {
            let check = |locale: &str| check(language, locale);
            assert_eq!(
                check("reports: Aithisgean\nown_word: \"{own}\"\nboards_count: {two: dà, other: \"{n} bùird\"}\n"),
                ""
            );
            assert!(check("reports: a\nbad yaml: [\n").starts_with("bad-yaml"));
            assert!(check("reports: [a, b]\n").starts_with("wrong-type 1:10 "));
            assert!(check("boards_count: {onne: a, other: b}\n").starts_with("unknown-key 1:16 "));
            assert_eq!(
                check("a: b\ndate_format: \"{dag} {month} {year}\"\n"),
                "bad-value 2:15 `{dag}` is not available in `date_format`\n  did you mean `{day}`?"
            );
            assert_eq!(
                check("period: \"{form} to {to}\"\n").lines().next(),
                Some("bad-value 1:10 `{form}` is not available in `period`")
            );
            assert_eq!(
                check("date_format: \"{day} {year}\"\n").lines().next(),
                Some("bad-value 1:14 `date_format` must contain `{month}`")
            );
            assert_eq!(
                check("months: Jan, Feb\n").lines().next(),
                Some("bad-value 1:9 `months` must list twelve months, but lists 2")
            );
            assert!(check("short_months: a, b, c, d, e, f, g, h, i, j, k,l\n").starts_with("bad-value 1:15 "));
            assert!(check("boards_count: {one: \"{x}\", other: b}\n").starts_with("bad-value 1:22 "));
            assert!(check("chart.table: \"{titel}\"\n").starts_with("bad-value 1:15 "));
            // Texts of earlier versions.
            assert_eq!(
                check("chart.rate.full.other: \"{count} of {all}\"\n"),
                "unknown-key 1:1 `chart.rate.full.other` is now the form `other` of the text `chart.rate.full`\n  \
                 write the forms below one key, and the number as `{n}`:\nchart.rate.full:\n  one: …\n  other: …"
            );
            assert!(check("chart.list.and: \" und \"\n").starts_with("unknown-key 1:1 annal no longer uses"));
            assert_eq!(check("chart.own.other: own\n"), "");
            assert!(check("fraction: \"{came of {held}\"\n").starts_with("bad-value 1:12 "));
        }
        assert_eq!(check("cy", include_str!("../../../themes/civic/locales/cy.yaml")), "");
        assert_eq!(check("en-GB", include_str!("../../../themes/civic/locales/en-GB.yaml")), "");
    }

    #[test]
    fn unknown_themes_and_cycles_are_reported() {
        assert_eq!(
            check("civc", &[]),
            "unknown-theme content/site.yaml:1:1 there is no theme `civc` in `themes/`\n  did you mean `civic`?"
        );
        let cycle = [("themes/a/theme.yaml", "extends: b\n"), ("themes/b/theme.yaml", "extends: a\n")];
        assert_eq!(
            check("a", &cycle).lines().next(),
            Some("theme-cycle themes/b/theme.yaml:1:10 the theme `a` extends itself: `a` → `b` → `a`")
        );
    }
}
