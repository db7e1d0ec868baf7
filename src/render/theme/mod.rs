//! Themes: which file of which theme wins, and the only user of the template engine.
//!
//! A theme is a folder of `themes/` and takes what it lacks from the one that it extends. The theme `civic` is
//! carried in the binary; files of the site's own `themes/civic/` win over the carried ones.

mod assets;
mod budget;
mod budgeted_template;
mod chain;
mod embedded;
mod files;
pub(crate) mod locale;
mod locale_check;
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
pub(crate) use self::locale::Locale;
pub(crate) use self::render_error::{RenderError, report_failures};
use self::template_error::{TemplateErrors, TemplateText, Templates};
use super::route::Address;
use crate::diagnostic::{RelPath, WithDiagnostics};
use crate::model::SiteInfo;
use crate::source::digest::{Digest, hash};
use crate::source::{FileContent, SourceTree};
pub(crate) use tera::Value;

/// A theme that is ready to render pages.
pub(crate) struct Theme {
    tera: Tera,
    /// All templates by their names in the engine (`civic/base.html`), to tell where a fault is.
    texts: Templates,
    /// What pages use.
    meters: Arc<PageBudgets>,
    /// The files that pages load, by the addresses at which they are served.
    pub assets: BTreeMap<Address, Arc<[u8]>>,
    /// The theme's own files that they are made of.
    pub asset_files: Vec<(Address, RelPath)>,
    /// The words of the interface.
    pub words: Arc<Locale>,
    /// The hash of all that its pages are made of besides what each is given.
    fingerprint: Digest,
}

impl Theme {
    /// Loads a site's theme. What is wrong with it is reported, and then the carried theme takes its place, so that
    /// there always is one.
    #[must_use]
    pub(crate) fn load(tree: &SourceTree, site: &SiteInfo) -> WithDiagnostics<Self> {
        let mut diagnostics = Vec::new();
        let chain = chain_of(tree, site, &mut diagnostics);
        let files: Vec<ThemeFiles> = chain.iter().map(|name| files_of(tree, name)).collect();
        diagnostics.extend(locale_check::check(&files));
        let words = Arc::new(Locale::from_files(&files, &site.language));
        match Self::assemble(&chain, &files, &words) {
            Ok(theme) => WithDiagnostics::new(theme, diagnostics),
            Err(faults) => {
                diagnostics.extend(faults.into_diagnostics());
                WithDiagnostics::new(Self::carried(&site.language), diagnostics)
            }
        }
    }

    /// The theme that the binary carries, as it is carried.
    fn carried(language: &str) -> Self {
        let files = vec![embedded::files()];
        let words = Arc::new(Locale::from_files(&files, language));
        let carried = Self::assemble(&[CIVIC.to_owned()], &files, &words);
        carried.unwrap_or_else(|_| unreachable!("a test renders every page with the carried theme"))
    }

    /// Hands everything of a chain of themes, the site's own first, to the template engine.
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
        // A template is looked for in each theme in turn, so that `base.html` is the winning one and
        // `civic/base.html` is civic's, which a template of the same name may extend.
        let prefixes: Vec<String> = chain.iter().map(|name| format!("{name}/")).collect();
        let engine = || {
            let mut tera = Tera::new();
            // Functions come first: templates are checked against them as they are added.
            let addresses = Arc::clone(&addresses);
            tera.register_function("asset", move |arguments: Kwargs, _: &State| asset(&addresses, &arguments));
            let shared = words.clone();
            tera.register_function("t", move |arguments: Kwargs, _: &State| say(&shared, &arguments));
            meters.register(&mut tera);
            if tera.set_fallback_prefixes(prefixes.clone()).is_err() {
                unreachable!("no template was added yet");
            }
            tera
        };
        let mut tera = engine();
        template_error::add_templates(&mut tera, &texts)?;
        template_error::meter(&mut tera, &mut texts, engine);
        tera.global_context().insert("words", &words.plain);
        let files = texts.iter().map(|(name, template)| (name.as_str(), &*template.text)).collect::<Vec<_>>();
        let served = assets.keys().map(Address::as_str).collect::<Vec<_>>();
        let fingerprint = hash_of(&(chain, files, served, format!("{words:?}")));
        Ok(Self { tera, texts, meters, assets, asset_files, words: words.clone(), fingerprint })
    }

    /// Hands something to every page under a name.
    ///
    /// # Panics
    ///
    /// Where the value cannot be turned into a template's value, which no view does.
    pub(crate) fn share(&mut self, name: &'static str, value: &impl Serialize) {
        self.tera.global_context().insert(name, value);
        self.fingerprint = hash_of(&(self.fingerprint.to_le_bytes(), name, value));
    }

    /// The hash of all that the theme's pages are made of besides what each is given: templates, words, the addresses
    /// of assets, and what is shared.
    #[must_use]
    pub(crate) fn fingerprint(&self) -> Digest {
        self.fingerprint
    }

    /// Renders a template with what it is given, each under its name.
    ///
    /// # Errors
    ///
    /// Where the template fails, or where there is none of that name.
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

    /// Whether a page was given up since its template did too much. Then no other is rendered.
    #[must_use]
    pub(crate) fn is_over(&self) -> bool {
        self.meters.is_over()
    }
}

/// A view as a template's value. Shared values are made once and cloned for a pointer's price.
#[must_use]
pub(crate) fn value_of(view: &impl Serialize) -> Value {
    Value::try_from_serializable(view).unwrap_or_else(|_| unreachable!("views hold texts, numbers and lists of them"))
}

/// The hash of what is shown: of its views, as they are written down.
#[must_use]
pub(crate) fn hash_of(shown: &impl Serialize) -> Digest {
    let written = serde_json::to_vec(shown);
    hash(&written.unwrap_or_else(|_| unreachable!("views hold texts, numbers and lists of them")))
}

/// What a language is called in itself, as the site's theme has it; nothing where the theme does not speak it.
#[must_use]
pub(crate) fn language_name(tree: &SourceTree, site: &SiteInfo, language: &str) -> Option<String> {
    let chain = chain_of(tree, site, &mut Vec::new());
    let files: Vec<ThemeFiles> = chain.iter().map(|name| files_of(tree, name)).collect();
    let primary = language.split('-').next().unwrap_or(language);
    // A locale that could not be read is told of, and is one all the same.
    let is_unread = |name: &str| {
        chain.iter().any(|theme| tree.unreadable.contains(format!("themes/{theme}/locales/{name}.yaml").as_str()))
    };
    let speaks =
        |name: &str| is_unread(name) || files.iter().any(|files| files.contains_key(&format!("locales/{name}.yaml")));
    let is_spoken = speaks(language) || speaks(primary) || primary == "en";
    is_spoken.then(|| Locale::from_files(&files, language).text("language_name").to_owned())
}

/// The template function `asset(path=…)`: where an asset is served, from the site's root.
fn asset(addresses: &BTreeMap<String, String>, arguments: &Kwargs) -> tera::TeraResult<String> {
    let path = arguments.must_get::<&str>("path")?;
    addresses.get(path).cloned().ok_or_else(|| {
        let known: Vec<&str> = addresses.keys().map(String::as_str).collect();
        tera::Error::message(format!(
            "no theme of this site has the asset `{path}`.{}{}",
            template_error::KNOWN,
            known.join(", ")
        ))
    })
}

/// The template function `t(key=…, n=…, …)`: a text of the interface with its gaps filled.
fn say(words: &Locale, arguments: &Kwargs) -> tera::TeraResult<String> {
    let key = arguments.must_get::<&str>("key")?;
    let count = arguments.get::<i128>("n")?;
    let text = words.find(key, count).ok_or_else(|| tera::Error::message(format!("no locale has the text `{key}`")))?;
    let given: Vec<(&str, String)> = arguments
        .iter()
        .filter(|(name, _)| name.as_str() != Some("key"))
        .filter_map(|(name, value)| Some((name.as_str()?, value.to_string())))
        .collect();
    Ok(locale::interpolate(text, given.iter().map(|(name, value)| (*name, value.as_str()))))
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

    /// What a site's theme makes of the template `x.html`, and what is wrong with it.
    fn check(theme: &str, files: &[(&str, &str)]) -> String {
        let tree = SourceTree::from_texts(files.iter().copied());
        let loaded = Theme::load(&tree, &site(theme));
        let mut told: Vec<Diagnostic> = loaded.diagnostics;
        let mut lines = Vec::new();
        match loaded.value.render("x.html", [("name", Value::from("<b>"))]) {
            Ok(bytes) => lines.push(String::from_utf8(bytes).unwrap()),
            Err(failure) if told.is_empty() => told.extend(report_failures(vec![(Address::new("p/"), failure)])),
            Err(_) => {}
        }
        for diagnostic in told {
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
    fn faults_of_templates_have_places() {
        let faulty = |text: &'static str| check("mine", &[MINE, ("themes/mine/templates/x.html", text)]);
        for (text, told) in [
            ("ok\n  {% if %}", "2:9 found `%}` but expected one of: integer"),
            ("é {{ nobody }}", "1:6 variable `nobody` is not defined, on the page `/p/`\n  known here are name, words"),
            (
                "é {{ words.priorites }}",
                "1:12 field `priorites` is not defined, on the page `/p/`\n  did you mean `priorities`?",
            ),
            ("é {{ name | shout }}", "1:13 unknown filter `shout`"),
            (
                "{{ asset(path=\"civc.css\") }}",
                "1:4 no theme of this site has the asset `civc.css`, on the page `/p/`\n  did you mean `civic.css`?",
            ),
            ("{{ t(key=\"nothing\") }}", "1:4 no locale has the text `nothing`, on the page `/p/`"),
            ("{% include \"bas.html\" %}", "1:12 unknown template `bas.html`\n  did you mean `base.html`?"),
            (
                "{% extends \"bas.html\" %}",
                "1:12 this template extends the template `bas.html`, which there is not\n  did you mean `base.html`?",
            ),
        ] {
            let expected = format!("template-error themes/mine/templates/x.html:{told}");
            assert!(faulty(text).starts_with(&expected), "{}", faulty(text));
        }
    }

    #[test]
    fn themes_that_run_on_are_given_up() {
        let check = |text: &str| check("mine", &[MINE, ("themes/mine/templates/x.html", text)]);
        let loops = "loops more than 500000 times for one page";
        let writes = "writes or keeps more than 64 MiB for one page";
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
            let told = check(&text.replace("LONG", &long).replace("TWICE", &doubled));
            let expected = format!("template-error themes/mine/templates/x.html:{at}");
            let first = told.lines().next().unwrap_or_default();
            assert!(first.starts_with(&expected) && first.contains(why), "{text}: {told}");
        }
    }

    #[test]
    fn what_counts_changes_nothing_else() {
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
        let faulty = |text: &'static str| check("mine", &[MINE, ("themes/mine/templates/x.html", text)]);
        assert!(
            faulty("{% for x in nobody %}{% endfor %}").contains("x.html:1:13"),
            "{}",
            faulty("{% for x in nobody %}{% endfor %}")
        );
        let told = faulty("{% for x in [1] %}{{ x }}\n é{{ words.titel }}{% endfor %}");
        assert!(told.contains("x.html:2:12 field `titel` is not defined"), "{told}");
    }

    #[test]
    fn a_fault_is_told_once() {
        let theme =
            Theme::load(&SourceTree::from_texts([MINE, ("themes/mine/templates/x.html", "{{ x }}")]), &site("mine"))
                .value;
        let failures = ["a/", "b/", "c/"].map(|page| {
            let failed = theme.render("x.html", []);
            (Address::new(page), failed.err().unwrap())
        });
        let told: Vec<_> = report_failures(failures.into()).into_iter().map(|diagnostic| diagnostic.message).collect();
        assert_eq!(told, ["variable `x` is not defined, on the page `/a/` and 2 more"]);
    }

    #[test]
    fn locales_are_whole_in_every_language() {
        let check = |language: &str, locale: &str| {
            let file = format!("themes/mine/locales/{language}.yaml");
            let told = check("mine", &[MINE, (&file, locale), ("themes/mine/templates/x.html", "")]);
            told.trim_start().replace(&format!("themes/mine/locales/{language}.yaml:"), "")
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
                "bad-value 2:15 annal cannot fill in `{dag}` in `date_format`\n  did you mean `{day}`?"
            );
            assert_eq!(
                check("period: \"{form} to {to}\"\n").lines().next(),
                Some("bad-value 1:10 annal cannot fill in `{form}` in `period`")
            );
            assert_eq!(
                check("date_format: \"{day} {year}\"\n").lines().next(),
                Some("bad-value 1:14 `date_format` must have `{month}`")
            );
            assert_eq!(
                check("months: Jan, Feb\n").lines().next(),
                Some("bad-value 1:9 `months` must have the names of the twelve months, but has 2")
            );
            assert!(check("short_months: a, b, c, d, e, f, g, h, i, j, k,l\n").starts_with("bad-value 1:15 "));
            assert!(check("boards_count: {one: \"{x}\", other: b}\n").starts_with("bad-value 1:22 "));
            assert!(check("chart.table: \"{titel}\"\n").starts_with("bad-value 1:15 "));
            assert!(check("fraction: \"{came of {held}\"\n").starts_with("bad-value 1:12 "));
        }
        assert_eq!(check("cy", include_str!("../../../themes/civic/locales/cy.yaml")), "");
        assert_eq!(check("en-GB", include_str!("../../../themes/civic/locales/en-GB.yaml")), "");
    }

    #[test]
    fn unknown_themes_and_circles_are_told() {
        assert_eq!(
            check("civc", &[]),
            "unknown-theme content/site.yaml:1:1 there is no theme `civc` in `themes/`\n  did you mean `civic`?"
        );
        let circle = [("themes/a/theme.yaml", "extends: b\n"), ("themes/b/theme.yaml", "extends: a\n")];
        assert_eq!(
            check("a", &circle).lines().next(),
            Some("theme-cycle themes/b/theme.yaml:1:10 the theme `a` extends itself: `a` → `b` → `a`")
        );
    }
}
