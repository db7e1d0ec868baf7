//! What Markdown becomes.

use std::sync::LazyLock;

use super::*;
use crate::render::theme::carried_locale;
use crate::source::markdown::MarkdownBlockKind;

static WORDS: LazyLock<Locale> = LazyLock::new(|| carried_locale("en-GB"));

/// How a text is written and shown.
#[derive(Default)]
struct Setting<'a> {
    terms: &'a [MarkedTerm],
    items: &'a [ItemMark],
    facts: &'a [Html],
    prefix: &'a str,
    shift: u8,
}

/// Renders a whole text, with its footnotes at the end.
fn render_whole(markdown: &Markdown, setting: &Setting<'_>) -> String {
    let whole = Span::new(0, markdown.text().len());
    render(markdown, &[whole], setting).into_html().text
}

/// Renders parts of a text on a page at the site's root.
fn render(markdown: &Markdown, spans: &[Span], setting: &Setting<'_>) -> RenderedProse {
    let options = ProseOptions { links: &Known, terms: setting.terms, items: setting.items, words: &WORDS };
    UnplacedProse::new(markdown, spans, &options).on_page(&GapValues {
        root: "",
        prefix: setting.prefix,
        shift: setting.shift,
        page: &|file, fragment| match fragment {
            Some(fragment) => format!("{file}/#{fragment}"),
            None => format!("{file}/"),
        },
        chart: &chart,
        facts: setting.facts,
        marks_terms: true,
    })
}

/// Resolves links to Markdown files and images in `media/`, and no others.
struct Known;

impl LinkTargets for Known {
    fn link(&self, target: &str) -> Option<(LinkDestination, String)> {
        if target.contains(".pdf") {
            return Some((LinkDestination::InSite(target.to_owned()), "PDF, 2 KB".to_owned()));
        }
        let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
        let page = RelPath::new(path.strip_suffix(".md")?);
        let fragment = (!fragment.is_empty()).then(|| fragment.to_owned());
        Some((LinkDestination::Page(page, fragment), String::new()))
    }

    fn image(&self, target: &str) -> Option<ImageTarget> {
        let size = target.contains("sized").then_some((640, 480));
        target.contains("media/").then(|| ImageTarget { address: target.to_owned(), size, smaller: Vec::new() })
    }
}

fn markdown(text: &str) -> Markdown {
    let shared = text.into();
    Markdown::of_file(&RelPath::new("a.md"), &shared, Span::new(0, text.len())).value
}

fn chart(index: usize) -> Html {
    Html::from_chart(Some(format!("<figure>{index}</figure>\n")))
}

fn with<'a>(text: &str, change: impl FnOnce(&mut Setting<'a>)) -> String {
    let mut setting = Setting::default();
    change(&mut setting);
    let html = render_whole(&markdown(text), &setting);
    assert_balanced(&html, text);
    html
}

fn check(text: &str) -> String {
    with(text, |_| {})
}

/// The span of the first occurrence of some words.
fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    Span::new(start, start + words.len())
}

/// Asserts that every element is closed in the right place, and every attribute too.
fn assert_balanced(html: &str, text: &str) {
    let mut open = Vec::new();
    for tag in html.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap_or_else(|| panic!("{text:?} leaves a tag open: {html}"));
        assert!(tag.matches('"').count() % 2 == 0, "{text:?} gives {html}");
        let name = tag.split(' ').next().unwrap_or_default();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{text:?} gives {html}");
        } else if !matches!(name, "br" | "hr" | "img") {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{text:?} leaves {open:?} open: {html}");
}

#[test]
fn plain_prose_is_plain_html() {
    assert_eq!(
        check("One *two* **three** ~~four~~ `a < b` & five.\n"),
        "<p>One <em>two</em> <strong>three</strong> <del>four</del> <code>a &lt; b</code> &amp; five.</p>\n"
    );
    assert_eq!(check("It's \"so\" -- 1...\n"), "<p>It’s “so” – 1…</p>\n");
    assert_eq!(
        check("- a\n- b\n\n3. c\n"),
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol start=\"3\">\n<li>c</li>\n</ol>\n"
    );
    assert_eq!(check("a  \nb\\\nc\nd\n\n---\n"), "<p>a<br>\nb<br>\nc\nd</p>\n<hr>\n");
    assert_eq!(check("> a\n"), "<blockquote>\n<p>a</p>\n</blockquote>\n");
    assert_eq!(check("    x\n"), "<pre tabindex=\"0\"><code>x\n</code></pre>\n");
    assert_eq!(check("a\n%% note\nb\n"), "<p>a\nb</p>\n");
}

#[test]
fn headings_keep_only_their_id() {
    assert_eq!(check("## A {#x .y onclick=alert(1) style=z}\n"), "<h2 id=\"x\">A</h2>\n");
    assert_eq!(check("# A\n\n###### B\n"), "<h2 id=\"a\">A</h2>\n<h6 id=\"b\">B</h6>\n");
    assert_eq!(check("## A {#\"x&y>}\n"), "<h2 id=\"a-x-y\">A {#“x&amp;y&gt;}</h2>\n");
    assert_eq!(check("##\n\n## A\n\n## A\n"), "<h2 id=\"a\">A</h2>\n<h2 id=\"a-2\">A</h2>\n");
    let shifted = with("## A\n", |setting| (setting.prefix, setting.shift) = ("risk-", 1));
    assert_eq!(shifted, "<h3 id=\"risk-a\">A</h3>\n");
}

#[test]
fn nothing_unsafe_passes() {
    assert_eq!(check("a <b onclick=x>c</b> <!-- d --> e\n"), "<p>a c  e</p>\n");
    assert_eq!(check("<script>\nalert(1)\n</script>\n\nx\n"), "<p>x</p>\n");
    assert_eq!(check("[x](javascript:y) [x](JAVA&#115;CRIPT:y) [x](//evil.example)\n"), "<p>x x x</p>\n");
    assert_eq!(check("<javascript:alert(1)> [x][y]\n\n[y]: data:z\n"), "<p>javascript:alert(1) x</p>\n");
    assert_eq!(check("![seen](https://example.org/x.png) ![y](data:z)\n"), "<p>seen y</p>\n");
    assert_eq!(
        check("![a \"b\" <i>](../media/x.png)\n"),
        "<p><img src=\"../media/x.png\" alt=\"a “b” \" loading=\"lazy\"></p>\n"
    );
    assert_eq!(
        check("[x](https://example.org/\"onclick=\"y)\n"),
        "<p><a href=\"https://example.org/%22onclick=%22y\">x</a></p>\n"
    );
}

#[test]
fn links_use_the_addresses_of_the_page() {
    assert_eq!(
        check("[The **plan**](../documents/plan.pdf)\n"),
        "<p><a href=\"../documents/plan.pdf\">The <strong>plan</strong><span class=\"file-facts\"> (PDF, 2 KB)</span></a></p>\n"
    );
    assert_eq!(
        check("[a](../boards/risk.md#next) [b](nosuch.txt)\n"),
        "<p><a href=\"boards/risk/#next\">a</a> b</p>\n"
    );
    assert_eq!(
        check("<https://a.example/?b=1&c> <d@e.example>\n"),
        "<p><a href=\"https://a.example/?b=1&amp;c\">https://a.example/?b=1&amp;c</a> <a href=\"mailto:d@e.example\">d@e.example</a></p>\n"
    );
    assert_eq!(
        check("[![x](../media/x.png)](a.md)\n"),
        "<p><a href=\"a/\"><img src=\"../media/x.png\" alt=\"x\" loading=\"lazy\"></a></p>\n"
    );
}

#[test]
fn a_picture_with_a_title_has_a_caption() {
    assert_eq!(
        check("![a](media/sized.png \"The <b>centre</b>. Photo: A & B\")\n"),
        "<figure class=\"picture\"><img src=\"media/sized.png\" alt=\"a\" width=\"640\" height=\"480\" loading=\"lazy\">\
         <figcaption>The &lt;b&gt;centre&lt;/b&gt;. Photo: A &amp; B</figcaption></figure>\n"
    );
    assert_eq!(
        check("![a](media/x.png \"t\") b\n"),
        "<p><img src=\"media/x.png\" alt=\"a\" loading=\"lazy\"> b</p>\n",
        "only if the picture is alone in its paragraph"
    );
    assert_eq!(check("![a](nosuch.png \"t\")\n"), "<p>a</p>\n");
}

#[test]
fn a_quotation_can_say_whose_words_they_are() {
    let expected = "<figure class=\"quotation\"><blockquote>\n<p>It helped.</p>\n</blockquote>\n\
                    <figcaption>A <em>carer</em></figcaption></figure>\n";
    for dash in ["—", "–", "--", "---"] {
        assert_eq!(check(&format!("> It helped.\n>\n> {dash} A *carer*\n")), expected, "{dash}");
        assert_eq!(check(&format!("> It helped.\n> {dash} A *carer*\n")), expected, "{dash}");
    }
    for text in [
        "> It helped.\n",
        "> — A carer\n",
        "> It helped\n> —not much\n",
        "> It – they say – helped.\n",
        "> *It helped\n> — a carer*\n",
    ] {
        assert!(check(text).starts_with("<blockquote>\n"), "{text}");
    }
}

#[test]
fn tables_scroll_and_have_headers() {
    assert_eq!(
        check("|  | B |\n|:--|--:|\n| c | 1 |\n"),
        "<div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-labelledby=\"table-1\">\n\
         <table><caption id=\"table-1\" class=\"visually-hidden\">Table 1</caption>\
         <thead><tr><td></td><th scope=\"col\" class=\"right\">B</th></tr></thead><tbody>\n\
         <tr><td class=\"left\">c</td><td class=\"right\">1</td></tr>\n</tbody></table></div>\n"
    );
}

#[test]
fn tasks_and_alerts_have_labels() {
    assert_eq!(
        check("- [x] a\n"),
        "<ul>\n<li><span class=\"task\" role=\"img\" aria-label=\"Done\">☑</span> a</li>\n</ul>\n"
    );
    assert_eq!(
        check("> [!WARNING]\n> a\n"),
        "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-label\">Warning</p>\n<p>a</p>\n</div>\n"
    );
}

#[test]
fn footnotes_are_at_the_end() {
    assert_eq!(
        with("[^b]: two [^a]\n\na[^a] b[^b] c[^a]\n\n[^a]: one\n\n[^c]: never\n", |setting| setting.prefix = "p-"),
        "<p>a<sup><a id=\"p-footnote-1-reference-2\" href=\"#p-footnote-1\" role=\"doc-noteref\">1</a></sup> \
         b<sup><a id=\"p-footnote-2-reference\" href=\"#p-footnote-2\" role=\"doc-noteref\">2</a></sup> \
         c<sup><a id=\"p-footnote-1-reference-3\" href=\"#p-footnote-1\" role=\"doc-noteref\">1</a></sup></p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n\
         <li id=\"p-footnote-1\"><p>one \
         <a class=\"footnote-back\" href=\"#p-footnote-1-reference\" role=\"doc-backlink\" aria-label=\"Back to the text 1\">↩</a> \
         <a class=\"footnote-back\" href=\"#p-footnote-1-reference-2\" role=\"doc-backlink\" aria-label=\"Back to the text 1.2\">↩</a> \
         <a class=\"footnote-back\" href=\"#p-footnote-1-reference-3\" role=\"doc-backlink\" aria-label=\"Back to the text 1.3\">↩</a></p>\n</li>\n\
         <li id=\"p-footnote-2\"><p>two \
         <sup><a id=\"p-footnote-1-reference\" href=\"#p-footnote-1\" role=\"doc-noteref\">1</a></sup> \
         <a class=\"footnote-back\" href=\"#p-footnote-2-reference\" role=\"doc-backlink\" aria-label=\"Back to the text 2\">↩</a></p>\n</li>\n\
         </ol>\n</section>\n"
    );
}

#[test]
fn facts_end_the_first_block_of_an_item() {
    let text = "- a\n  - b\n- c\n\n  d\n- e\n";
    let mark = |at, id: &str| ItemMark { at, id: id.to_owned(), has_facts: true };
    let items = [mark(0, "x"), mark(10, ""), mark(19, "z")];
    let facts = vec![Html::new(" (F)".to_owned()); 3];
    assert_eq!(
        with(text, |setting| (setting.items, setting.facts) = (&items, &facts)),
        "<ul>\n<li id=\"x\"><p>a (F)</p>\n<ul>\n<li>b</li>\n</ul>\n</li>\n\
         <li><p>c (F)</p>\n<p>d</p>\n</li>\n<li id=\"z\"><p>e (F)</p>\n</li>\n</ul>\n"
    );
    let tight = with("- a\n  - b\n- c\n", |setting| (setting.items, setting.facts) = (&items, &facts));
    assert_eq!(tight, "<ul>\n<li id=\"x\">a (F)<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c (F)</li>\n</ul>\n");
}

#[test]
fn a_text_is_written_once_for_all_pages() {
    let text = "## The PST\n\n[a](b.md#c) ![d](media/e.png) [f](#g)[^1]\n\n[^1]: h\n";
    let terms = [MarkedTerm { span: span(text, "PST"), meaning: "m".to_owned(), address: None }];
    let options = ProseOptions { links: &Known, terms: &terms, items: &[], words: &WORDS };
    let written = UnplacedProse::new(&markdown(text), &[Span::new(0, text.len())], &options);
    let page = |file: &RelPath, fragment: Option<&str>| format!("../{file}/#{}", fragment.unwrap_or_default());
    let own =
        GapValues { root: "../", prefix: "", shift: 0, page: &page, chart: &chart, facts: &[], marks_terms: true };
    let in_print = GapValues {
        root: "../../",
        prefix: "p-",
        shift: 5,
        page: &|file, _| format!("#{file}"),
        marks_terms: false,
        ..own
    };
    assert_eq!(
        written.on_page(&own).parts[0].text,
        "<h2 id=\"the-pst\">The <abbr title=\"m\">PST</abbr></h2>\n\
         <p><a href=\"../b/#c\">a</a> <img src=\"../media/e.png\" alt=\"d\" loading=\"lazy\"> f\
         <sup><a id=\"footnote-1-reference\" href=\"#footnote-1\" role=\"doc-noteref\">1</a></sup></p>\n"
    );
    assert_eq!(
        written.on_page(&in_print).parts[0].text,
        "<h6 id=\"p-the-pst\">The PST</h6>\n\
         <p><a href=\"#b\">a</a> <img src=\"../../media/e.png\" alt=\"d\" loading=\"lazy\"> f\
         <sup><a id=\"p-footnote-1-reference\" href=\"#p-footnote-1\" role=\"doc-noteref\">1</a></sup></p>\n"
    );
}

#[test]
fn terms_in_an_attribution_stay_whole() {
    let text = "> It helped the\n> — PST\n";
    let check = |words: &str| {
        let terms = [MarkedTerm { span: span(text, words), meaning: "m".to_owned(), address: None }];
        with(text, |setting| setting.terms = &terms)
    };
    assert_eq!(
        check("PST"),
        "<figure class=\"quotation\"><blockquote>\n<p>It helped the</p>\n</blockquote>\n\
         <figcaption><abbr title=\"m\">PST</abbr></figcaption></figure>\n"
    );
    assert_eq!(
        check("the\n> — PST"),
        "<blockquote>\n<p>It helped <abbr title=\"m\">the\n— PST</abbr></p>\n</blockquote>\n"
    );
}

#[test]
fn charts_are_drawn_in_their_place() {
    let block = "```chart\ntitle: T\ndescription: D\nrows: {a: 1}\n```\n";
    assert_eq!(
        check(&format!("a\n\n```chart\nbad\n```\n\n- x\n\n{block}\nb\n\n{block}")),
        "<p>a</p>\n<ul>\n<li>x</li>\n</ul>\n<figure>0</figure>\n<p>b</p>\n<figure>1</figure>\n"
    );
    let text =
        format!("a[^1]\n\n{block}\n## B\n\n{block}\n{block}\n[^1]: note\n\n    {}\n", block.replace('\n', "\n    "));
    let spans = [Span::new(0, 10), Span::new(text.find("## B").unwrap(), text.len())];
    let rendered = render(&markdown(&text), &spans, &Setting::default());
    assert_eq!(rendered.parts.iter().map(|part| part.charts).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(rendered.footnotes.charts, 1);
}

#[test]
fn terms_are_marked_up_across_pieces() {
    let text = "The PST's plan: A&amp;E, *VARM*, **Half** term and [MARAC](a.md).\n\n## CP-IS\n";
    let term = |words: &str, address: Option<&str>| MarkedTerm {
        span: span(text, words),
        meaning: format!("{words}?"),
        address: address.map(str::to_owned),
    };
    let terms = [
        term("PST's", Some("g/#pst")),
        term("A&amp;E", None),
        term("VARM", None),
        term("Half** term", None),
        term("MARAC", Some("g/#marac")),
        term("CP-IS", Some("g/#cp-is")),
    ];
    assert_eq!(
        with(text, |setting| setting.terms = &terms),
        "<p>The <a class=\"term\" href=\"g/#pst\"><abbr title=\"PST's?\">PST’s</abbr></a> plan: \
         <abbr title=\"A&amp;amp;E?\">A&amp;E</abbr>, <em><abbr title=\"VARM?\">VARM</abbr></em>, \
         <strong>Half</strong> term and <a href=\"a/\"><abbr title=\"MARAC?\">MARAC</abbr></a>.</p>\n\
         <h2 id=\"cp-is\"><abbr title=\"CP-IS?\">CP-IS</abbr></h2>\n"
    );
}

#[test]
fn parts_share_one_pass() {
    let text = "open [a]\n\n## One\n\n- x[^1]\n- y\n\n## Two\n\nz\n\n[a]: b.md\n[^1]: note\n";
    let setting = Setting::default();
    let markdown = markdown(text);
    let MarkdownBlockKind::List(items) = &markdown.blocks[2].kind else { panic!("a list") };
    let spans = [span(text, "open [a]"), items[1].span, span(text, "z\n")];
    let rendered = render(&markdown, &spans, &setting);
    let parts: Vec<&str> = rendered.parts.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(parts, ["<p>open <a href=\"b/\">a</a></p>\n", "y", "<p>z</p>\n"]);
    assert_eq!(rendered.footnotes.text, "", "the note belongs to an item that is not printed");
    let rendered = render(&markdown, &[span(text, "- x[^1]")], &setting);
    assert!(rendered.parts[0].text.starts_with("<ul>\n<li>x<sup>") && rendered.footnotes.text.contains("note"));
}

#[test]
fn any_text_becomes_balanced_html() {
    const BITS: &[&str] = &[
        "a",
        " ",
        "\n",
        "\n\n",
        "*",
        "**",
        "_",
        "`",
        "```",
        "~~",
        "[",
        "]",
        "](",
        ")",
        "![",
        "<b>",
        "</b>",
        "<!--",
        "|",
        "|-|\n",
        "- ",
        "> ",
        "1. ",
        "# ",
        "## ",
        "[^1]",
        "[^1]: ",
        "&amp;",
        "\\",
        "\"",
        "'",
        "...",
        "é",
        "%%",
        "{#i}",
        "---\n",
        "    ",
        "[x]: y\n",
        "```chart\n",
        "title: t\n",
        "\r\n",
        "[ ] ",
        "[!NOTE]",
        "<a@b.c>",
        "\t",
        "\0",
        "==\n",
    ];
    // A small number generator, so that every run tries the same texts.
    let mut seed = 7_u32;
    let mut number = move |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below
    };
    for _ in 0..1500 {
        let text: Vec<&str> = (0..number(40)).map(|_| BITS[number(BITS.len())]).collect();
        let text = text.concat();
        let mut cuts: Vec<usize> = (0..8).map(|_| number(text.len() + 1)).collect();
        cuts.sort_unstable();
        let spans: Vec<Span> = cuts.chunks(2).map(|cut| Span::new(cut[0], cut[1])).collect();
        let terms: Vec<MarkedTerm> =
            spans.iter().map(|span| MarkedTerm { span: *span, meaning: "m".to_owned(), address: None }).collect();
        let markdown = markdown(&text);
        for run in &markdown.runs {
            assert!(run.text.is_some() || !run.span.slice(&text).is_empty(), "{text:?} has {run:?}");
        }
        let setting = Setting { terms: &terms, ..Setting::default() };
        assert_balanced(&render_whole(&markdown, &setting), &text);
        let rendered = render(&markdown, &spans, &setting);
        for html in rendered.parts.iter().chain([&rendered.footnotes]) {
            assert_balanced(&html.text, &text);
        }
    }
}
