//! Tests of themes: what templates give, and the places of errors.

use super::*;
use crate::diagnostic::{Diagnostic, LineIndex, SourceTexts};
use crate::source::yaml::Spanned;
use std::collections::BTreeSet;

fn site(theme: &str) -> SiteInfo {
    SiteInfo {
        brand: crate::model::site::Brand::default(),
        file: RelPath::new("content/site.yaml"),
        title: "A site".into(),
        base_url: "https://example.org".into(),
        language: "en-GB".into(),
        theme: Spanned::new(theme.to_owned(), crate::diagnostic::Span::new(7, 7 + theme.len())),
        theme_settings: Vec::new(),
        description: None,
        publisher: None,
        licence: None,
        documents: Vec::new(),
        contacts: Vec::new(),
        return_to: None,
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
        let text = &*tree.text(&diagnostic.location.file).unwrap_or_default();
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
    let over =
        ("themes/mine/templates/x.html", "{% extends \"civic/x.html\" %}{% block b %}[{{ super() }}]{% endblock %}");
    assert_eq!(check("mine", &[MINE, base, over]), "a[&lt;b&gt;]c");
    let itself = ("themes/mine/templates/x.html", "{% extends \"x.html\" %}");
    assert!(check("mine", &[MINE, base, itself]).starts_with("template-error themes/mine/templates/x.html:1:1"));
}

#[test]
fn a_name_means_the_template_of_the_first_theme_that_has_it() {
    let found = check(
        "zeta",
        &[
            ("themes/zeta/theme.yaml", "name: Z\nversion: 1\nextends: alpha\n"),
            ("themes/alpha/theme.yaml", "name: A\nversion: 1\nextends: civic\n"),
            ("themes/alpha/templates/y.html", "no circle"),
            ("themes/zeta/templates/x.html", "{% extends \"y.html\" %}"),
            ("themes/zeta/templates/y.html", "{% extends \"x.html\" %}"),
        ],
    );
    assert!(found.contains("extends itself: `zeta/x.html` → `zeta/y.html` → `zeta/x.html`"), "{found}");
}

#[test]
fn template_errors_have_places() {
    let errors_of = |text: &'static str| check("mine", &[MINE, ("themes/mine/templates/x.html", text)]);
    for (text, output) in [
        ("ok\n  {% if %}", "2:9 found `%}` but expected one of: integer"),
        (
            "é {{ nobody }}",
            "1:6 variable `nobody` is not defined, on the page `/p/`\n  use one of name, settings, words",
        ),
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
        ("{% for a in range(end=100000) %}\n{% for b in range(end=100000) %}{% endfor %}{% endfor %}", "2:1", loops),
        ("{% set r = range(end=100000) %}\n{% set x = [[0 for b in r] for a in r] %}", "2:1", ""),
        ("{% for a in range(end=100000) %}{{ \"x\" | replace(from=\"x\", to=\"LONG\") }}{% endfor %}", "1:33", writes),
        ("{% for a in range(end=100000) %}LONG{% endfor %}", "1:1", writes),
        ("{% set x = \"abcd\" %}TWICE", "1:", writes),
        ("{% set x = \"abcd\" %}{% for i in range(end=40) %}{% set_global x = x ~ x %}{% endfor %}", "1:49", writes),
        (
            "{% set x %}abcd{% endset %}{% for i in range(end=40) %}{% set_global x %}{{ x }}{{ x }}{% endset %}{% endfor %}",
            "1:",
            writes,
        ),
        ("{% set x = [1] %}{% for i in range(end=40) %}{% set_global x = [x, x] %}{% endfor %}{{ x }}", "1:46", writes),
        ("{% set x = [1] %}{% for i in range(end=40) %}{% set_global x = [...x, ...x] %}{% endfor %}", "1:46", writes),
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
fn filters_write_dates_numbers_and_markdown() {
    let made = |text: &'static str| check("mine", &[MINE, ("themes/mine/templates/x.html", text)]);
    assert_eq!(made("{{ \"2024-06-12\" | date }}"), "12 June 2024");
    assert_eq!(made("{{ 1561 | number }}, {{ -0.25 | number }}"), "1,561, −0.25");
    assert_eq!(
        made("{{ \"A **strong** [link](https://example.org)\" | markdown }}").trim(),
        "<p>A <strong>strong</strong> <a href=\"https://example.org\">link</a></p>"
    );
    assert!(!made("{{ \"<script>alert(1)</script>\" | markdown }}").contains("<script>"));
    assert_eq!(made("{{ \"<b>2024-25\" | whole_years }}"), "&lt;b&gt;<span class=\"nowrap\">2024-25</span>");
    assert!(made("{{ \"soon\" | date }}").contains("`soon` is not a date: write the year, month and day"));
}

#[test]
fn an_error_is_reported_once() {
    let theme =
        Theme::load(&SourceTree::from_texts([MINE, ("themes/mine/templates/x.html", "{{ x }}")]), &site("mine")).value;
    let failures = ["a/", "b/", "c/"].map(|page| {
        let failed = theme.render("x.html", []);
        (Address::new(page), failed.err().unwrap())
    });
    let output: Vec<_> = report_failures(failures.into()).into_iter().map(|diagnostic| diagnostic.message).collect();
    assert_eq!(output, ["variable `x` is not defined, on the page `/a/` and 2 more"]);
}

/// Uses texts that a locale may have, and shows nothing.
const USES_OWN_WORDS: &str = "{% if words.own_word is defined %}{% set own = words.own_word %}{% endif %}\
                              {% if words.a is defined %}{% set a = words.a %}{% endif %}";

#[test]
fn locales_are_checked_in_every_language() {
    let check = |language: &str, locale: &str| {
        let file = format!("themes/mine/locales/{language}.yaml");
        let output = check("mine", &[MINE, (&file, locale), ("themes/mine/templates/x.html", USES_OWN_WORDS)]);
        // A locale of two texts lacks all others, which is reported as well.
        let is_missing = |line: &&str| !line.starts_with("missing-text") && !line.starts_with("  translate them");
        let output = output.lines().filter(is_missing).collect::<Vec<_>>().join("\n");
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
        assert!(check("chart.own.other: own\n").starts_with("unused-override 1:1 no template uses"));
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

/// The files of a site that are the built-in ones are not checked in every build, so they are checked here.
#[test]
fn the_built_in_theme_has_no_fault_as_a_theme_of_ones_own() {
    let own: Vec<_> = embedded::texts().map(|(path, text)| (format!("themes/whole/{path}"), text)).collect();
    let site = ("content/site.yaml", "title: A site\nbase_url: https://example.org\ntheme: whole\n");
    let tree = SourceTree::from_texts(own.iter().map(|(path, text)| (&**path, *text)).chain([site]));
    let loaded = Theme::load(&tree, &self::site("whole"));
    assert_eq!(loaded.diagnostics, [], "style sheets, markup, properties, texts, and files that nothing loads");
    let options = crate::options::Options::new(jiff::civil::date(2026, 1, 1));
    let checked = crate::pipeline::check(&tree, &options, &mut crate::pipeline::BuildCache::none());
    let found: Vec<_> = checked.diagnostics.iter().filter(|one| one.location.file.below("themes").is_some()).collect();
    assert!(found.is_empty(), "{found:#?}");
}
