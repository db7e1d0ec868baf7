//! The parts of an email that are not about its subject: greeting, closing words, signature, disclaimer, earlier emails.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// What a paragraph of an email is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EmailPart {
    /// `Dear all,`
    Greeting,
    /// `Kind regards,` and what follows it up to the end.
    Closing,
    /// A notice on confidentiality, viruses or printing.
    Disclaimer,
    /// The first lines of an earlier email: `From: …`, `On … wrote:`.
    QuotedEmail,
}

/// Words that a greeting begins with.
const GREETINGS: &[&str] = &[
    "dear",
    "hi",
    "hello",
    "hiya",
    "hey",
    "good morning",
    "good afternoon",
    "good evening",
    "morning",
    "afternoon",
    "annwyl",
    "helo",
    "bore da",
    "prynhawn da",
];

/// Words that a greeting consists of besides a name.
const CLOSINGS: &[&str] = &[
    "kind regards",
    "kindest regards",
    "best regards",
    "warm regards",
    "warmest regards",
    "with kind regards",
    "with best wishes",
    "with thanks",
    "many regards",
    "regards",
    "best wishes",
    "all the best",
    "yours sincerely",
    "yours faithfully",
    "yours truly",
    "sincerely",
    "many thanks",
    "thanks",
    "thank you",
    "thanks in advance",
    "thanks and regards",
    "many thanks and kind regards",
    "cheers",
    "kr",
    "br",
    "rgds",
    "cofion gorau",
    "cofion cynnes",
    "cofion",
    "dymuniadau gorau",
    "yn gywir",
    "diolch",
    "diolch yn fawr",
];

/// More bytes than the longest of [`CLOSINGS`] has.
const LONGEST_CLOSING: usize = 32;

/// The signs between closing words and a name.
const ENDS_OF_CLOSING: [char; 5] = [',', '-', '–', '!', '.'];

/// Words of notices at the end of emails.
const DISCLAIMERS: &[&str] = &[
    "intended recipient",
    "intended solely for",
    "intended only for",
    "intended for the addressee",
    "intended for the person",
    "received this email in error",
    "received this e-mail in error",
    "received this message in error",
    "this email is confidential",
    "this e-mail is confidential",
    "this email and any",
    "this e-mail and any",
    "this message and any",
    "this message contains confidential",
    "this email may contain confidential",
    "this email contains confidential",
    "confidentiality notice",
    "free from viruses",
    "scanned for viruses",
    "consider the environment before printing",
    "think before you print",
    "sent from my iphone",
    "sent from my ipad",
    "sent from my mobile",
    "sent from my samsung",
    "sent from outlook for",
    "get outlook for",
    "bwriadwyd ar gyfer",
];

/// Says what a paragraph is, if it is one of those parts. Line ends separate its lines.
#[must_use]
pub(crate) fn email_part(paragraph: &str) -> Option<EmailPart> {
    // Every paragraph is looked through, and this kind does that faster than the one that would be chosen.
    static DISCLAIMER: LazyLock<AhoCorasick> = LazyLock::new(|| {
        let kind = Some(AhoCorasickKind::DFA);
        AhoCorasick::builder().kind(kind).build(DISCLAIMERS).expect("a short list of words")
    });
    // All words that are looked for are ASCII.
    let folded = paragraph.trim().to_ascii_lowercase().replace('’', "'");
    if is_quoted_header(&folded) {
        return Some(EmailPart::QuotedEmail);
    }
    if DISCLAIMER.is_match(&folded) {
        return Some(EmailPart::Disclaimer);
    }
    if is_closing(folded.lines().next().unwrap_or_default()) {
        return Some(EmailPart::Closing);
    }
    is_greeting(paragraph.trim()).then_some(EmailPart::Greeting)
}

/// Whether a line is the first of closing words, as [`email_part`] says. This is asked of every line of a submission, so
/// lines that begin with more words than any closing has are not looked at further.
#[must_use]
pub(crate) fn begins_closing(line: &str) -> bool {
    let words = line.trim_start().split(ENDS_OF_CLOSING).next().unwrap_or_default().trim_end();
    words.len() <= LONGEST_CLOSING && email_part(line) == Some(EmailPart::Closing)
}

/// Whether a paragraph after a greeting only says that something is attached or below.
#[must_use]
pub(crate) fn is_covering(paragraph: &str) -> bool {
    const COVERING: &[&str] = &[
        "please find",
        "please see",
        "as requested",
        "as discussed",
        "attached is",
        "attached please",
        "i attach",
        "i have attached",
        "here is our",
        "here's our",
        "see below",
        "below is our",
        "this is our submission",
        "i hope you are well",
        "i hope this email finds you well",
        "hope you are well",
    ];
    let folded = paragraph.trim().to_lowercase().replace('’', "'");
    folded.len() <= 240 && COVERING.iter().any(|words| folded.starts_with(words))
}

/// Whether a line is `Kind regards,` or the like, perhaps with a name after it.
fn is_closing(line: &str) -> bool {
    let line = line.trim();
    if matches!(line, "--" | "—") {
        return true;
    }
    let (words, name) = line.split_once(ENDS_OF_CLOSING).unwrap_or((line, ""));
    let is_name = name.split_whitespace().count() <= 4 && !name.contains(|c: char| c.is_ascii_digit());
    // `Cofion cynnes / Warm regards`
    words.split(['/', '|']).all(|words| CLOSINGS.contains(&words.trim())) && is_name
}

/// Whether a line is `Dear Ms Jones,` or the like: a greeting and at most a few names.
fn is_greeting(line: &str) -> bool {
    const EVERYBODY: &[&str] = &["all", "both", "colleagues", "everybody", "everyone", "folks", "team", "there"];
    if line.contains('\n') || line.chars().nth(60).is_some() {
        return false;
    }
    let folded = line.to_lowercase();
    let after = GREETINGS
        .iter()
        .filter_map(|words| Some(&line[folded.strip_prefix(words).map(|rest| line.len() - rest.len())?..]));
    folded.len() == line.len()
        && after.into_iter().any(|rest| {
            let begins_word = rest.is_empty() || rest.starts_with([' ', ',', '!']);
            let names: Vec<&str> =
                rest.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|name| !name.is_empty()).collect();
            let is_name = |name: &&str| name.starts_with(char::is_uppercase) || EVERYBODY.contains(name);
            let is_addressed = rest.ends_with(',') || names.iter().all(is_name);
            begins_word && is_addressed && names.len() <= 5 && !rest.contains(['.', '?', ';'])
        })
}

/// What a line of an email's header says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HeaderLine {
    From,
    Sent,
    To,
    Subject,
    Other,
}

/// The names of the lines of a header, in English and in Welsh.
const HEADER_LINES: &[(&str, HeaderLine)] = &[
    ("from", HeaderLine::From),
    ("oddi wrth", HeaderLine::From),
    ("sent", HeaderLine::Sent),
    ("date", HeaderLine::Sent),
    ("anfonwyd", HeaderLine::Sent),
    ("dyddiad", HeaderLine::Sent),
    ("to", HeaderLine::To),
    ("at", HeaderLine::To),
    ("subject", HeaderLine::Subject),
    ("pwnc", HeaderLine::Subject),
    ("cc", HeaderLine::Other),
    ("importance", HeaderLine::Other),
    ("attachments", HeaderLine::Other),
    ("reply-to", HeaderLine::Other),
];

impl HeaderLine {
    /// Reads a line in lower case.
    fn parse(folded: &str) -> Option<Self> {
        let (name, _) = folded.split_once(':')?;
        HEADER_LINES.iter().find(|(known, _)| *known == name.trim()).map(|(_, line)| *line)
    }
}

/// Whether a paragraph has nothing but lines of the header of an email, such as `From: …` and `Subject: …`.
#[must_use]
pub(crate) fn is_email_header(paragraph: &str) -> bool {
    paragraph
        .to_lowercase()
        .lines()
        .map(str::trim)
        .all(|line| line.is_empty() || is_forwarding(line) || HeaderLine::parse(line).is_some())
}

/// Whether a paragraph begins an earlier email.
fn is_quoted_header(folded: &str) -> bool {
    let has = |wanted: &[HeaderLine]| folded.lines().filter_map(HeaderLine::parse).any(|line| wanted.contains(&line));
    let is_outlook = has(&[HeaderLine::From])
        && has(&[HeaderLine::Sent, HeaderLine::To])
        && has(&[HeaderLine::Subject, HeaderLine::To]);
    // The line may be broken, and what they wrote may follow at once.
    let is_reply = folded.starts_with("on ") && folded.lines().take(3).any(|line| line.trim_end().ends_with("wrote:"));
    is_outlook || is_reply || folded.starts_with("-----original message") || is_forwarding(folded)
}

/// Whether the subject of an email says that another one is passed on with it.
#[must_use]
pub(crate) fn is_forwarded_subject(subject: &str) -> bool {
    let folded = subject.trim_start().to_lowercase();
    ["fw:", "fwd:", "yml:"].iter().any(|prefix| folded.starts_with(prefix))
}

/// Whether a paragraph says that the email below it is passed on.
#[must_use]
pub(crate) fn is_forwarding(folded: &str) -> bool {
    let line = folded.trim_start_matches(['-', ' ']);
    line.starts_with("begin forwarded message") || line.len() < folded.len() && line.starts_with("forwarded message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_emails_are_recognised() {
        for text in ["Dear Ms O’Neill,", "Hi all", "Good morning Sam,", "Hello,", "Annwyl bawb,"] {
            assert_eq!(email_part(text), Some(EmailPart::Greeting), "{text}");
        }
        for text in [
            "Kind regards",
            "Kind regards,\nJane Smith",
            "Many thanks, Jane",
            "Thanks!",
            "Regards",
            "Best wishes – Jane",
            "Cofion cynnes / Warm regards",
        ] {
            assert_eq!(email_part(text), Some(EmailPart::Closing), "{text}");
        }
        for text in
            ["This email is confidential.", "If you are not the intended recipient, delete it.", "Sent from my iPhone"]
        {
            assert_eq!(email_part(text), Some(EmailPart::Disclaimer), "{text}");
        }
        for text in [
            "From: Sam\nSent: 1 June 2025\nTo: Jane\nSubject: Report",
            "On 1 June 2025, Sam wrote:",
            "---------- Forwarded message ---------",
            "On 1 June, Sam Lee\n<sam@x.example> wrote:\nDear Jane",
            "Oddi wrth: Siân\nAnfonwyd: 1 Mehefin 2025\nAt: Jane\nPwnc: Adroddiad",
            "Oddi wrth: Siân\nDyddiad: 1 Mehefin 2025\nPwnc: Adroddiad",
        ] {
            assert_eq!(email_part(text), Some(EmailPart::QuotedEmail), "{text}");
        }
    }

    #[test]
    fn headers_of_emails_have_nothing_but_their_lines() {
        for (name, _) in HEADER_LINES {
            assert!(is_email_header(&format!("{}: x", name.to_uppercase())), "{name}");
        }
        assert!(is_email_header("From: Sam\n\nCc: Jane"));
        assert!(!is_email_header("From: Sam\nWe met every month."));
        assert!(!is_email_header("At the end: we met."));
    }

    #[test]
    fn lines_that_begin_closing_words_are_recognised() {
        for line in CLOSINGS.iter().chain(&["--", "—", "Many thanks and kind regards, Jo", "  Thanks – Jo", "Regards"])
        {
            assert!(begins_closing(line), "{line}");
        }
        for line in ["Thanks to the centre, fewer people waited.", "Thanks, sent from my iPhone", "Dear all,", ""] {
            assert!(!begins_closing(line), "{line}");
        }
    }

    #[test]
    fn what_was_done_is_no_part_of_an_email() {
        for text in [
            "Thanks to the drop-in centre, fewer people were turned away.",
            "Thank you cards were sent to all 40 volunteers.",
            "High-risk cases are reviewed weekly.",
            "Hi-vis jackets for volunteers",
            "Best practice was shared.",
            "Good morning sessions were held for parents.",
            "From April to June we met weekly.",
            "Dear Ones, a play about coercion, toured eleven schools and clubs.",
            "",
        ] {
            assert_eq!(email_part(text), None, "{text}");
        }
    }
}
