//! Greetings, signatures and notices of emails inside a submission.

use super::{PastedLine, fix, line_start};
use crate::diagnostic::{Code, Diagnostic, Span, TextEdit};
use crate::model::email_text::{EmailPart, begins_closing, email_part};
use crate::source::markdown::{Markdown, MarkdownBlockKind};

/// More words than a line of a signature has: what is longer is somebody's text.
const LONG: usize = 25;

/// Finds the parts of an email and reports each once.
pub(super) fn find(body: &Markdown, lines: &[PastedLine<'_>], diagnostics: &mut Vec<Diagnostic>) -> Vec<Span> {
    let text = body.text();
    let mut spans: Vec<Span> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if spans.last().is_some_and(|span| line.span.start < span.end) {
            continue;
        }
        let begins_block = index == 0 || lines[index - 1].block != line.block;
        let block = body.blocks[line.block].span;
        let paragraph = Span { start: line.span.start, end: block.end };
        let found = if begins_block && !line.is_in_list && !line.is_code {
            let is_first = index == 0;
            match email_part(paragraph.slice(text)) {
                Some(EmailPart::Closing) => Some((EmailPart::Closing, closing(body, line))),
                Some(EmailPart::Greeting) if !is_first && !ends_as_a_greeting(line.text) => None,
                Some(part) => Some((part, paragraph)),
                // A greeting may have the text right below it.
                None if ends_as_a_greeting(line.text) && email_part(line.text) == Some(EmailPart::Greeting) => {
                    Some((EmailPart::Greeting, line.span))
                }
                None => None,
            }
        } else {
            let is_closing = !line.is_code && begins_closing(line.text);
            is_closing.then(|| (EmailPart::Closing, closing(body, line)))
        };
        let Some((part, span)) = found else { continue };
        let message = match part {
            EmailPart::Greeting => "this is the greeting of an email, not part of the submission",
            EmailPart::Closing => "this is the end of an email: closing words and a signature",
            EmailPart::Disclaimer => "this is the notice at the end of an email, not part of the submission",
            EmailPart::QuotedEmail => "these are the first lines of an email, not part of the submission",
        };
        let start = line_start(text, span.start as usize);
        let end = span.end as usize;
        let end = text[end..].find('\n').map_or(text.len(), |newline| end + newline + 1);
        let removal = vec![TextEdit::new(Span::new(start, end), "")];
        diagnostics.push(
            Diagnostic::new(Code::EmailText, body.location(span), message)
                .help("remove it; annal does not read it as a commitment")
                .fix(fix(body, "remove it", false, removal)),
        );
        spans.push(span);
    }
    spans
}

fn ends_as_a_greeting(line: &str) -> bool {
    line.ends_with([',', '!', ':', '-', '–'])
}

/// From closing words to the last line of the signature: up to a heading, or to text that is longer than a signature's.
fn closing(body: &Markdown, line: &PastedLine<'_>) -> Span {
    let text = body.text();
    let own = body.blocks[line.block].span;
    let mut end = own.end;
    for block in &body.blocks[line.block + 1..] {
        let words = block.span.slice(text);
        let is_notice = email_part(words).is_some();
        let is_signature = match block.kind {
            MarkdownBlockKind::Paragraph { .. } | MarkdownBlockKind::Other => {
                words.lines().all(|line| line.split_whitespace().count() < LONG)
            }
            MarkdownBlockKind::Heading(_) | MarkdownBlockKind::List(_) | MarkdownBlockKind::Quotation => false,
        };
        if !is_signature && !is_notice {
            break;
        }
        end = block.span.end;
    }
    Span { start: line.span.start, end }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn parts_of_emails_are_found() {
        assert_eq!(
            check("Dear all,\n\nText.\n\nKind regards,\nJo\n\nChair\n"),
            "email-text \"Dear all,\"\nemail-text \"Kind regards,\"\n---\n\nText.\n\n"
        );
        assert_eq!(check("Hi Sam,\nText here.\n"), "email-text \"Hi Sam,\"\n---\nText here.\n");
        assert_eq!(check("- a\n- b\nMany thanks,\nJo\n"), "email-text \"Many thanks,\"\n---\n- a\n- b\n");
        assert_eq!(
            check("Text.\nRegards\nJo\n\n## Next\n\nMore.\n"),
            "email-text \"Regards\"\n---\nText.\n\n## Next\n\nMore.\n"
        );
        let notice = "This email is confidential and intended solely for the addressee.";
        assert_eq!(check(&format!("Text.\n\n{notice}\n")), format!("email-text {notice:?}\n---\nText.\n\n"));
        let long = "word ".repeat(30);
        assert_eq!(check(&format!("Thanks,\n\nJo\n\n{long}\n")), format!("email-text \"Thanks,\"\n---\n\n{long}\n"));
    }

    #[test]
    fn reports_are_left_alone() {
        for text in [
            "Thanks to the centre, fewer people waited.\n",
            "Text.\n\nHello Yellow\n",
            "With regards to housing, we met.\n",
            "Emails sent in error fell by a third.\n",
            "We wrote to every family. Dear Carers is a play.\n",
        ] {
            assert_eq!(check(text), "", "{text:?}");
        }
    }
}
