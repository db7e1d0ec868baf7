//! Checks that happen while Markdown is parsed: heading levels, link targets, raw HTML and charts.

use std::ops::Range;

use pulldown_cmark::{CowStr, RefDefs};

use super::super::{ChartBlock, Link, chart_block, link_target, raw_html};
use super::MarkdownParser;
use crate::diagnostic::{Code, Diagnostic, Span};

impl MarkdownParser<'_> {
    pub(super) fn check_level(&mut self, level: u8, range: &Range<usize>) {
        let above = std::mem::replace(&mut self.level, level);
        if level > above + 1 {
            let whose = if self.own_ids.len() == 1 { "the page's title" } else { "the one above it" };
            let message = format!("this heading is level {level}, but {whose} is level {above}");
            let help = format!("start it with `{}`", "#".repeat(above as usize + 1));
            self.report(Code::HeadingJump, range, message, help);
        }
    }

    pub(super) fn link(
        &mut self,
        is_image: bool,
        (target, title): (String, CowStr<'_>),
        range: &Range<usize>,
        definition: Option<Range<usize>>,
    ) {
        let location = || self.location(range);
        let diagnostic = match (is_image, &definition) {
            (true, None) => link_target::check_image(&target, location),
            // Targets that are unsafe for links too are reported once, at the definition.
            (true, Some(_)) => {
                link_target::check_image(&target, location).filter(|found| found.code == Code::RemoteImage)
            }
            (false, None) => link_target::check_link(&target, location),
            (false, Some(_)) => None,
        };
        self.diagnostics.extend(diagnostic);
        let definition = definition.map(|range| self.span(&range));
        self.markdown.linked.links.push(Link {
            is_image,
            target,
            title: title.into_string().into(),
            span: self.span(range),
            definition,
        });
    }

    /// Checks the targets of `[label]: target` lines, once each, however often they are used.
    pub(super) fn check_definitions(&mut self, definitions: &RefDefs<'_>) {
        for (_, definition) in definitions.iter() {
            // Images from other sites are reported at the image instead.
            let diagnostic = link_target::check_link(&definition.dest, || self.location(&definition.span));
            self.diagnostics.extend(diagnostic);
        }
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.location.span);
    }

    pub(super) fn html_block(&mut self, block: &Range<usize>) {
        let text = &self.reading.text()[block.clone()];
        if self.html.is_new_block(text) {
            let (message, help) = raw_html::explain(text);
            let span = self.span(block).first_line(self.markdown.text());
            let location = self.markdown.location(span);
            self.diagnostics.push(Diagnostic::new(Code::RawHtml, location, message).help(help));
        }
    }

    pub(super) fn chart(&mut self, range: &Range<usize>, lines: Vec<Range<usize>>) {
        let source = chart_block::ChartSource { text: self.reading.text(), block: range.clone(), lines };
        if self.open == 0 && !source.is_closed() {
            let fence = self.span(range).first_line(self.markdown.text());
            let location = self.markdown.location(fence);
            let help = "add a closing line of ``` or ~~~, the same as the opening one, below the last row";
            let diagnostic = Diagnostic::new(Code::BadChart, location, "this chart block is never closed");
            self.diagnostics.push(diagnostic.help(help));
            self.markdown.is_cut_short = true;
            return;
        }
        let place_of = |span: Span| self.markdown.location(self.reading.written(&span.range())).span;
        match chart_block::read(&self.markdown.linked.file, &source, place_of) {
            Ok(chart) => {
                let span = self.span(range);
                self.markdown.charts.push(ChartBlock { span, chart });
            }
            Err(errors) => self.diagnostics.extend(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::source::markdown::Markdown;

    use crate::diagnostic::{LineIndex, RelPath, Span};

    /// The diagnostics of a submission's body: line, column and code.
    fn check(text: &str) -> String {
        let shared = text.into();
        let mut checked = Markdown::of_file(&RelPath::new("a.md"), &shared, Span::new(0, text.len()));
        crate::diagnostic::sort(&mut checked.diagnostics);
        let lines = LineIndex::new(text);
        let mut shown = String::new();
        for diagnostic in checked.diagnostics {
            let at = lines.position(diagnostic.location.span.start);
            let _ = writeln!(shown, "{}:{} {}", at.line, at.column, diagnostic.code);
        }
        shown
    }

    #[test]
    fn plain_text_has_no_diagnostics() {
        assert_eq!(check("Text with a < b, 5 > 3, A&E, `<b>`, \\<i> and &lt;br&gt;.\n\n    <div>\n"), "");
        assert_eq!(check("```html\n<b onclick=x>\n```\n"), "");
        assert_eq!(check("[x] done, [ ] not, [insert name], [1], [1][2], [insert name][insert date], \\[^1]\n"), "");
        assert_eq!(check("- [x] done\n- [ ] not\n"), "");
    }

    #[test]
    fn raw_html_is_one_diagnostic_per_piece() {
        assert_eq!(check("a <b>x</b> b"), "1:3 raw-html\n");
        assert_eq!(check("é <b>x</b> and <i>y</i>"), "1:3 raw-html\n1:16 raw-html\n");
        assert_eq!(check("<div class=x>\n\ntext\n\n</div>\n"), "1:1 raw-html\n");
        assert_eq!(check("<script>\nalert(1)\n\nmore()\n</script>\n"), "1:1 raw-html\n");
        assert_eq!(check("text\n\n  <!-- note -->\n"), "3:3 raw-html\n");
        assert_eq!(check("text <!-- note --> text"), "1:6 raw-html\n");
        assert_eq!(check("| a |\n|---|\n| x<br>y |\n"), "3:4 raw-html\n");
        assert_eq!(check("- <b>\n  x\n  </b>\n"), "1:3 raw-html\n");
        assert_eq!(check("## <b>x</b>\n"), "1:4 raw-html\n");
        assert_eq!(check("x</p>"), "1:2 raw-html\n");
        assert_eq!(check("<a href=\"javascript:x\">y</a>\r\n"), "1:1 raw-html\n");
    }

    #[test]
    fn unsafe_links_are_found_in_every_form() {
        for text in [
            "[x](javascript:alert(1))",
            "[x](java&#115;cript:x)",
            "[x](java&#10;script:x)",
            "[x](&#x01;javascript:x)",
            "[x](<java script:x>)",
            "[x](JAVASCRIPT&colon;x)",
            "[x](data:text/html,x)",
            "[x](//evil.example)",
            "[x](\\\\\\\\evil.example)",
            "<javascript:alert(1)>",
            "[x](ftp://example.org)",
        ] {
            assert_eq!(check(&format!("see {text}")), "1:5 unsafe-link\n", "{text}");
        }
        assert_eq!(check("[x] and [x][] and [y][x]\n\n[x]: javascript:y\n"), "3:1 unsafe-link\n");
        assert_eq!(check("text[^1]\n\n[^1]: [x](javascript:y)\n"), "3:7 unsafe-link\n");
        assert_eq!(check("> - **[x](vbscript:y)**\n"), "1:7 unsafe-link\n");
        assert_eq!(check("[a](https://example.org) <a@example.org> [b](TEL:1) [c](../x.md#y)"), "");
    }

    #[test]
    fn images_are_local_and_described() {
        assert_eq!(check("![x](../media/x.png)"), "");
        assert_eq!(check("![x](https://example.org/x.png)"), "1:1 remote-image\n");
        assert_eq!(check("![x](//example.org/x.png)"), "1:1 remote-image\n");
        assert_eq!(check("![x](data:image/png;base64,xx)"), "1:1 unsafe-link\n");
        assert_eq!(check("![x][y]\n\n[y]: http://example.org/x.png"), "1:1 remote-image\n");
        assert_eq!(check("![x][y]\n\n[y]: data:x"), "3:1 unsafe-link\n");
        assert_eq!(check("a ![](../media/x.png)"), "1:3 missing-alt-text\n");
        assert_eq!(check("![ ](../media/x.png)"), "1:1 missing-alt-text\n");
        assert_eq!(check("[![`x`](../media/x.png)](../a.md)"), "");
        assert_eq!(check("a ![x](C:\\Users\\jane\\x.png)"), "1:3 broken-image\n");
        assert_eq!(check("a ![x](../media/a b.png)"), "1:3 broken-image\n");
    }

    #[test]
    fn heading_levels_do_not_jump() {
        assert_eq!(check("## a\n\n### b\n\n## c\n"), "");
        assert_eq!(check("### a\n"), "1:1 heading-jump\n");
        assert_eq!(check("## a\n\n#### b\n\n#### c\n\n### d\n"), "3:1 heading-jump\n");
        assert_eq!(check("# a\n\n## b\n"), "");
        assert_eq!(check("a\n-\n\n> #### b\n"), "4:3 heading-jump\n");
    }

    #[test]
    fn undefined_references_are_reported_if_a_link_was_meant() {
        assert_eq!(check("see [the board][risk] and [Risk][]"), "1:5 broken-link\n1:27 broken-link\n");
        assert_eq!(check("see [the board][risk]\n\n[RISK]: a.md"), "");
        assert_eq!(check("see[^1] and[^1], not `[^2]`"), "1:4 broken-link\n");
        assert_eq!(check("see[^1]\n\n[^1]: here"), "");
        assert_eq!(check("![plan][plan]"), "1:1 broken-link\n");
    }

    #[test]
    fn places_are_those_of_the_original_text() {
        assert_eq!(check("a\r\n%% note\r\n%% note\r\nb <b>\r\n"), "4:3 raw-html\n");
        assert_eq!(check("%% <b> [x](javascript:y) is a note\n"), "");
    }
}
