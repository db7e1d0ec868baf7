//! Themes of a site's own, which build upon the one that is carried.

#![allow(clippy::disallowed_methods, reason = "the carried theme is read from the disk")]

mod support;

use std::collections::BTreeSet;

use annal::{Code, RelPath, Severity, SourceTexts};
use regex::Regex;
use support::{build, forced, options, pages, put, read_site, text_of};

#[test]
fn a_second_theme_builds_upon_the_first() {
    let mut tree = read_site(".");
    let about = "content/site.yaml";
    let text = tree.text(&RelPath::new(about)).unwrap().replace("theme: civic\n", "");
    put(&mut tree, about, &format!("theme: plum\n{text}"));
    let output = build(&tree, &options("2024-12-01")).output;
    let sheet = Regex::new(r#"<link rel="stylesheet" href="[./]*assets/plum\.[0-9a-f]{8}\.css">"#).unwrap();
    for (path, text) in pages(&output).filter(|(_, text)| !text.contains("http-equiv=\"refresh\"")) {
        assert!(sheet.is_match(text), "{path} is without the theme's own style sheet");
        assert!(text.contains(">Annual reports<") && text.contains(">Words explained<"), "{path} has civic's words");
        assert!(text.contains(">Contacts<"), "{path} lacks the words that are not overridden");
    }
    let search = text_of(&output, "search/index.html");
    assert!(search.contains("assets/search."), "civic's templates are rendered with the overridden frame");
}

#[test]
fn a_copied_table_template_goes_on_working_when_the_report_gains_a_part() {
    // A site that changed its tables before annal knew training has a copy without that part.
    let tables = "themes/civic/templates/tables.html";
    let copied = std::fs::read_to_string(support::root().join(tables)).unwrap();
    assert!(!copied.contains("component training"), "a new part has its components in a file of its own");
    let mut tree = read_site("tests/sites/two-years");
    put(&mut tree, tables, &copied.replace("{{ words.voting }}", "Voting rights"));
    let built = build(&tree, &options("2024-12-01"));
    assert!(text_of(&built.output, "2023-24/training/index.html").contains("Recognising neglect"));
}

/// The site of two years with settings of the built-in theme, built.
fn with_settings(settings: &str) -> annal::MemoryBuild {
    let mut tree = read_site("tests/sites/two-years");
    let site = "content/site.yaml";
    let text = tree.text(&RelPath::new(site)).unwrap().replace("brand: {", "brand: {cover: media/logo.svg, ");
    put(&mut tree, site, &format!("{text}theme_settings:\n{settings}"));
    let built = build(&tree, &options("2024-12-01"));
    assert!(!built.output.files.is_empty(), "{:#?}", built.diagnostics);
    built
}

#[test]
fn the_front_pages_begin_as_the_setting_says() {
    let front = |settings: &str| {
        let built = with_settings(settings);
        let page = |path: &str| text_of(&built.output, path).to_owned();
        [page("index.html"), page("2023-24/index.html"), page("search/index.html")]
    };
    let classes = |pages: &[String; 3]| pages.each_ref().map(|page| page.matches("hero-band").count());
    assert_eq!(classes(&front("  hero: plain\n")), [0, 0, 0]);
    let band = front("  hero: band\n");
    assert_eq!(classes(&band), [1, 1, 0]);
    assert!(band[0].contains("assets/settings.") && !band[2].contains("assets/settings."));
    assert!(front("  hero: picture\n")[0].contains("class=\"k-home hero-picture\""));
}

#[test]
fn boards_and_agencies_are_set_out_as_the_setting_says() {
    for (settings, class) in [("  cards: open\n", None), ("  cards: boxed\n", Some("cards-boxed"))] {
        let built = with_settings(settings);
        let page = text_of(&built.output, "2023-24/agencies/index.html");
        assert_eq!(page.contains("assets/settings."), class.is_some());
        assert_eq!(class.map(|class| page.contains(class)), class.map(|_| true), "{page}");
    }
}

#[test]
fn links_of_the_setting_are_in_the_footer_of_every_page() {
    let built = with_settings("  footer_links: [{name: The <Council>, url: \"https://council.example/a?b&c\"}]\n");
    for (path, text) in pages(&built.output).filter(|(_, text)| text.contains("class=\"foot\"")) {
        let link = "<li><a href=\"https://council.example/a?b&amp;c\">The &lt;Council&gt;</a></li>";
        assert_eq!(text.matches(link).count(), 1, "{path}");
    }
}

#[test]
fn dark_colours_are_for_everybody_nobody_or_those_who_ask() {
    // A theme's own sheets follow the setting too, and so do the partnership's own colours.
    let built = |setting: &str| {
        let mut tree = read_site("tests/sites/two-years");
        let text = tree
            .text(&RelPath::new("content/site.yaml"))
            .unwrap()
            .replace("logo.svg,", "logo.svg, logo_dark: media/logo.svg,");
        put(&mut tree, "content/site.yaml", &format!("theme: plum\n{text}theme_settings: {{dark_mode: {setting}}}\n"));
        let plum = read_site(".").files.into_iter().filter(|(path, _)| path.as_str().starts_with("themes/plum/"));
        tree.files.extend(plum);
        build(&tree, &options("2024-12-01")).output
    };
    let sheets = |output: &annal::OutputTree, words: &str| {
        let is_sheet = |path: &annal::RelPath| path.extension() == "css";
        let sheets = output.files.iter().filter(|(path, _)| is_sheet(path));
        sheets.filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(words)).count()
    };
    let automatic = built("automatic");
    let asking = sheets(&automatic, "prefers-color-scheme");
    assert!(asking >= 4, "civic.css, charts.css, plum.css and the brand's sheet");
    for (setting, feature, scheme) in
        [("off", "screen and (max-width:-1px)", "light"), ("on", "screen and (min-width:0)", "dark")]
    {
        let output = built(setting);
        assert_eq!((sheets(&output, "prefers-color-scheme"), sheets(&output, feature)), (0, asking), "{setting}");
        let page = text_of(&output, "index.html");
        assert!(page.contains(&format!("<meta name=\"color-scheme\" content=\"{scheme}\">")), "{setting}");
        assert_eq!(page.contains("<source media=\"screen\""), setting == "on");
        assert!(!page.contains("prefers-color-scheme"), "{setting}");
    }
    assert!(text_of(&automatic, "index.html").contains("media=\"screen and (prefers-color-scheme: dark)\""));
}

/// The site of two years with a theme `mine` of its own, which has no files yet.
fn with_own_theme() -> annal::SourceTree {
    let mut tree = read_site("tests/sites/two-years");
    let text = tree.text(&RelPath::new("content/site.yaml")).unwrap();
    put(&mut tree, "content/site.yaml", &format!("theme: mine\n{text}"));
    put(&mut tree, "themes/mine/theme.yaml", "name: Mine\nextends: civic\n");
    tree
}

#[test]
fn charts_as_pictures_have_the_colours_of_their_page() {
    let mut tree = with_own_theme();
    put(
        &mut tree,
        "themes/mine/templates/base.html",
        "{% extends \"civic/base.html\" %}{% block head %}{{ super() }}\
         <link rel=\"stylesheet\" href=\"{{ page.root }}{{ asset(path=\"a.css\") }}\">{% endblock %}",
    );
    put(
        &mut tree,
        "themes/mine/assets/a.css",
        ":root { --chart-1: #123456; --chart-2: var(--accent); --accent: #654321 }",
    );
    let check = |tree: &annal::SourceTree, colours: [&str; 2]| {
        let output = build(tree, &options("2024-12-01")).output;
        let is_chart = |path: &annal::RelPath| path.extension() == "svg" && path.as_str().contains("attendance");
        let (path, svg) = output.files.iter().find(|(path, _)| is_chart(path)).unwrap();
        let svg = String::from_utf8_lossy(svg);
        let [one, two] = colours;
        let rules = format!(".s1,.p1,.present{{fill:{one}}}.s2,.p2,.deputy{{fill:{two}}}");
        assert!(svg.contains(&rules), "{path}: {svg}");
    };
    // The partnership's own colour stands instead of its theme's.
    check(&tree, ["#123456", "#1d5c3f"]);
    let site = "content/site.yaml";
    let text = tree.text(&RelPath::new(site)).unwrap().replace(", accent: \"#1d5c3f\"", "");
    put(&mut tree, site, &text);
    check(&tree, ["#123456", "#654321"]);
}

#[test]
fn blocks_of_the_top_and_the_foot_can_be_replaced() {
    let mut tree = with_own_theme();
    let top = "{% extends \"civic/top.html\" %}{% block logo %}OUR LOGO{% endblock %}\
               {% block site_links %}{{ super() }}<li>ONE MORE</li>{% endblock %}";
    put(&mut tree, "themes/mine/templates/top.html", top);
    let foot = "{% extends \"civic/foot.html\" %}{% block small_print %}<p>SMALL</p>{% endblock %}";
    put(&mut tree, "themes/mine/templates/foot.html", foot);
    let built = build(&tree, &options("2024-12-01"));
    let page = text_of(&built.output, "2023-24/index.html");
    for words in [">OUR LOGO</a>", "<li>ONE MORE</li>", "<p>SMALL</p>", ">Glossary</a>", "class=\"urgent\""] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("class=\"small-print\""));
}

/// Copies of civic's templates that were made before its latest changes, in `tests/themes/earlier`. People have such
/// copies, so every site still builds with them, and each copy whose original has moved on is named.
#[test]
fn copies_of_an_earlier_civic_build_and_say_what_has_moved_on() {
    let read = |path: String| std::fs::read_to_string(support::root().join(path));
    let copies = std::fs::read_dir(support::root().join("tests/themes/earlier/templates")).unwrap();
    let copies = copies.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let copies: Vec<(String, String)> =
        copies.map(|name| (name.clone(), read(format!("tests/themes/earlier/templates/{name}")).unwrap())).collect();
    let has_moved = |(name, copy): &&(String, String)| {
        let (_, text) = copy.split_once('\n').unwrap();
        read(format!("themes/civic/templates/{name}")).ok().as_deref() != Some(text)
    };
    let moved: BTreeSet<String> =
        copies.iter().filter(has_moved).map(|(name, _)| format!("themes/earlier/templates/{name}")).collect();
    assert!(moved.contains("themes/earlier/templates/top.html"), "the top has got blocks since");
    for site in ["tests/sites/two-years", "tests/sites/bilingual", "tests/sites/indicators", "."] {
        let mut tree = read_site(site);
        let without = build(&tree, &forced("2024-12-01")).output;
        let text = tree.text(&RelPath::new("content/site.yaml")).unwrap().replace("theme: civic\n", "");
        put(&mut tree, "content/site.yaml", &format!("theme: earlier\n{text}"));
        put(&mut tree, "themes/earlier/theme.yaml", &read("tests/themes/earlier/theme.yaml".to_owned()).unwrap());
        for (name, copy) in &copies {
            put(&mut tree, &format!("themes/earlier/templates/{name}"), copy);
        }
        let built = build(&tree, &options("2024-12-01"));
        let errors: Vec<_> = built.diagnostics.iter().filter(|one| one.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{site}: {errors:#?}");
        assert_eq!(pages(&built.output).count(), pages(&without).count(), "{site}");
        let named = built.diagnostics.iter().filter(|one| one.code == Code::OutdatedCopy);
        let named: BTreeSet<String> = named.map(|one| one.location.file.to_string()).collect();
        assert_eq!(named, moved, "{site}");
    }
}

#[test]
fn a_translation_has_the_template_and_the_data_of_its_original() {
    let mut tree = with_own_theme();
    let timeline = "{% extends \"civic/page.html\" %}{% block content %}\
                    {% for step in view.extra.steps %}<li>{{ step }}</li>{% endfor %}{% endblock %}";
    put(&mut tree, "themes/mine/templates/timeline.html", timeline);
    let page = |title: &str, more: &str| format!("---\ntitle: {title}\n{more}---\nText.\n");
    put(&mut tree, "content/pages/history.md", &page("History", "template: timeline.html\nextra: {steps: [First]}\n"));
    put(&mut tree, "content/pages/history.cy.md", &page("Hanes", ""));
    put(&mut tree, "content/pages/past.md", &page("Past", "template: timeline.html\nextra: {steps: [Second]}\n"));
    put(&mut tree, "content/pages/past.cy.md", &page("Gorffennol", "extra: {steps: [Ail]}\n"));
    let built = build(&tree, &options("2024-12-01")).output;
    for (path, step) in [("history", "First"), ("cy/history", "First"), ("past", "Second"), ("cy/past", "Ail")] {
        let text = text_of(&built, &format!("{path}/index.html"));
        assert!(text.contains(&format!("<li>{step}</li>")), "{path}: {text}");
    }
}

#[test]
fn pictures_of_a_theme_have_their_size_and_smaller_copies() {
    let mut tree = with_own_theme();
    let pixels = image::RgbImage::from_fn(1000, 500, |x, y| image::Rgb([x, y, x * y].map(|n| (n % 251) as u8)));
    let mut photo = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut photo, image::ImageFormat::Jpeg).unwrap();
    let hero = annal::RelPath::new("themes/mine/assets/hero.jpg");
    let (hash, content) = (annal::piece::hash(photo.get_ref()), annal::FileContent::Bytes(photo.into_inner().into()));
    tree.files.insert(hero, annal::piece::SourceFile { content, hash });
    let template =
        |shown: &str| format!("{{% extends \"civic/foot.html\" %}}{{% block small_print %}}{shown}{{% endblock %}}");
    let of_hero = "{{ <picture of={image(path=\"hero.jpg\")} alt=\"The town\" sizes=\"50vw\"/> }}";
    put(&mut tree, "themes/mine/templates/foot.html", &template(of_hero));
    let built = build(&tree, &options("2024-12-01")).output;
    let tag = Regex::new(
        r#"<img src="\.\./(assets/hero\.\w{8}\.jpg)" srcset="\.\./(assets/hero\.480\.\w{8}\.jpg) 480w, \.\./assets/hero\.\w{8}\.jpg 1000w" sizes="50vw" alt="The town" width="1000" height="500">"#,
    );
    let page = text_of(&built, "search/index.html");
    let found = tag.unwrap().captures(page).unwrap_or_else(|| panic!("{page}"));
    let [whole, copy] = [&found[1], &found[2]].map(|address| built.get(address).unwrap().len());
    assert!(copy * 2 < whole, "{copy} bytes of {whole}");
    // Without `image()` a theme has no copies.
    put(
        &mut tree,
        "themes/mine/templates/foot.html",
        &template("<img src=\"{{ page.root }}{{ asset(path=\"hero.jpg\") }}\" alt=\"\">"),
    );
    let built = build(&tree, &options("2024-12-01")).output;
    assert!(!built.files.keys().any(|path| path.as_str().contains("hero.480")));
}
