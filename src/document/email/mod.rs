//! Reads emails (`.eml`): the text, and what is attached.
//!
//! A small reader of our own, since those that exist keep every header and every part of a message: a hostile one of a few
//! megabytes would take gigabytes.

mod body_text;
mod encoding;
mod header;

use std::borrow::Cow;

use self::body_text::{BodyText, VersionPath};
use self::encoding::{decode_transfer, decode_words};
use self::header::{Headers, split_headers};
use crate::charset;
use crate::document::error::DocumentError;
use crate::document::left_out::{LeftOut, LeftOutKind, LeftOutLog};
use crate::document::tree::Document;

/// How deep parts may be inside each other.
const DEEPEST: usize = 8;
/// The most parts, with those of the emails that are attached.
const MOST_PARTS: usize = 200;
/// How deep emails may be attached to each other. Deeper ones are named and not opened.
const DEEPEST_EMAIL: usize = 2;
/// The longest name that is made of an attached email's subject, in characters.
const LONGEST_NAME: usize = 100;
/// The longest name of a charset that is shown, in characters.
const LONGEST_CHARSET: usize = 40;

/// An email.
#[derive(Debug, Default)]
pub(crate) struct Email {
    /// Who sent it, as the header says.
    pub from: Option<String>,
    pub subject: Option<String>,
    /// Its text; the last change is the day it was sent.
    pub body: Document,
    /// The names and bytes of the files attached to it.
    pub attachments: Vec<(String, Vec<u8>)>,
    /// The emails attached to it, by name.
    pub emails: Vec<(String, Email)>,
    pub left_out: Vec<LeftOut>,
}

/// The parts found so far.
#[derive(Default)]
struct Parts {
    text: BodyText,
    attachments: Vec<(String, Vec<u8>)>,
    emails: Vec<(String, Email)>,
    left_out: LeftOutLog,
}

/// Where an email is: how deep in others, and how many parts there were before.
struct EmailPlace<'c> {
    depth: usize,
    count: &'c mut usize,
}

/// Reads an email.
///
/// # Errors
///
/// If it is damaged, encrypted or exceeds a limit.
pub(crate) fn read(bytes: &[u8]) -> Result<Email, DocumentError> {
    read_at(bytes, &mut EmailPlace { depth: 0, count: &mut 0 })
}

/// Reads an email that may be attached to another. Calls itself no deeper than [`DEEPEST_EMAIL`].
fn read_at(bytes: &[u8], place: &mut EmailPlace<'_>) -> Result<Email, DocumentError> {
    let (headers, _) = split_headers(bytes);
    if headers.is_empty() {
        return Err(DocumentError::damaged("it does not begin as an email does"));
    }
    let mut parts = Parts::default();
    let mut open = vec![(bytes, 0, VersionPath::new())];
    while let Some((part, depth, path)) = open.pop() {
        *place.count += 1;
        if *place.count > MOST_PARTS || depth > DEEPEST {
            return Err(DocumentError::TooLarge(format!(
                "it has more than {MOST_PARTS} parts, or parts {DEEPEST} deep"
            )));
        }
        let (headers, body) = split_headers(part);
        let kind = headers.content_type();
        if let Some(boundary) = headers.boundary().filter(|_| kind.starts_with("multipart/")) {
            if kind == "multipart/encrypted" {
                return Err(DocumentError::Encrypted);
            }
            let has_versions = kind == "multipart/alternative";
            for (index, part) in split_parts(body, &boundary).into_iter().enumerate().rev() {
                let mut path = path.clone();
                path.extend(has_versions.then_some((*place.count, index)));
                open.push((part, depth + 1, path));
            }
        } else {
            parts.take(&headers, &kind, body, path, place)?;
        }
    }
    let Parts { text, attachments, emails, left_out } = parts;
    let mut body = text.read()?;
    body.changed = headers.date();
    let decoded = |name: &str| headers.get(name).map(|value| decode_words(&value));
    let (from, subject) = (decoded("from"), decoded("subject"));
    Ok(Email { from, subject, body, attachments, emails, left_out: left_out.into_list() })
}

impl Parts {
    /// Takes in a part that has no parts of its own.
    fn take(
        &mut self,
        headers: &Headers<'_>,
        kind: &str,
        body: &[u8],
        path: VersionPath,
        place: &mut EmailPlace<'_>,
    ) -> Result<(), DocumentError> {
        let name = headers.file_name().map(|name| plain_name(&decode_words(&name))).filter(|name| !name.is_empty());
        let is_attached = headers.is_attached() || name.is_some() && !kind.starts_with("text/");
        let decode = || decode_transfer(headers.get("content-transfer-encoding").as_deref(), body);
        let is_email = matches!(kind, "message/rfc822" | "message/global")
            || name.as_ref().is_some_and(|name| name.to_ascii_lowercase().ends_with(".eml"));
        // The first text may have a name; a later one with a name is a file.
        let is_own = |is_html: bool| !is_attached && (name.is_none() || !self.text.has(is_html));
        let is_html = kind == "text/html" && is_own(true);
        let is_plain = matches!(kind, "text/plain" | "") && is_own(false);
        let is_text = is_html || is_plain || kind.starts_with("text/") && name.as_deref().is_some_and(is_text_file);
        let charset = headers.charset();
        let text = || if is_text { in_charset(decode(), charset.as_deref(), is_html) } else { Some(decode()) };
        match name {
            _ if is_html || is_plain => {
                if let Some(text) = text() {
                    self.text.push(is_html, text.into_owned(), path);
                } else {
                    let charset = charset.iter().flat_map(|charset| charset.chars());
                    let charset: String = charset.filter(char::is_ascii_graphic).take(LONGEST_CHARSET).collect();
                    self.leave_out(&format!("({})", [kind, &charset].join(" ").trim()));
                }
            }
            _ if is_email => return self.take_email(name, &decode(), place),
            // Pictures in an email are logos far more often than not.
            Some(name) if kind.starts_with("image/") || is_encrypted(kind) => self.leave_out(&name),
            Some(name) => match text() {
                Some(text) => self.attachments.push((name, text.into_owned())),
                None => self.leave_out(&name),
            },
            None if kind.is_empty() => self.leave_out("(without a name)"),
            None => self.leave_out(&format!("({kind})")),
        }
        Ok(())
    }

    /// Takes in an email that is attached. One that cannot be read, or is too deep in others, is named.
    fn take_email(
        &mut self,
        name: Option<String>,
        bytes: &[u8],
        place: &mut EmailPlace<'_>,
    ) -> Result<(), DocumentError> {
        let name = name.unwrap_or_else(|| {
            let subject = split_headers(bytes).0.get("subject").map(|subject| decode_words(&subject));
            let subject = subject.as_deref().unwrap_or("email").trim().chars();
            subject.filter(|c| !c.is_control()).take(LONGEST_NAME).chain(".eml".chars()).collect()
        });
        if place.depth >= DEEPEST_EMAIL {
            self.leave_out(&name);
            return Ok(());
        }
        match read_at(bytes, &mut EmailPlace { depth: place.depth + 1, count: place.count }) {
            Ok(email) => self.emails.push((name, email)),
            Err(error @ DocumentError::TooLarge(_)) => return Err(error),
            Err(_) => self.leave_out(&name),
        }
        Ok(())
    }

    /// Notes an attachment that is not taken in.
    fn leave_out(&mut self, name: &str) {
        self.left_out.add_named(LeftOutKind::Attachment, 0, name);
    }
}

/// Whether parts of this kind hold text that only a key opens, or that is packed up with a signature.
fn is_encrypted(kind: &str) -> bool {
    matches!(kind, "application/pkcs7-mime" | "application/x-pkcs7-mime" | "application/pgp-encrypted")
}

/// The last part of a file name, without what could be a path.
fn plain_name(name: &str) -> String {
    name.rsplit(['/', '\\', ':']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).collect()
}

/// Whether a file of this name is text. Some emails call every file text.
fn is_text_file(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["txt", "csv", "html", "htm"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Text in UTF-8, by the charset that its part names, or a page that names its own. A mark before it says so to whoever reads it.
/// `None` if it cannot be read in that charset.
fn in_charset<'b>(bytes: Cow<'b, [u8]>, charset: Option<&str>, is_html: bool) -> Option<Cow<'b, [u8]>> {
    let text = match charset {
        Some(charset) => charset::decode_as(&bytes, charset)?,
        None if is_html => charset::decode_page(&bytes).ok()?,
        None => return Some(bytes),
    };
    Some(Cow::Owned(format!("\u{feff}{text}").into_bytes()))
}

/// The parts of a body between the lines that a boundary makes.
fn split_parts<'b>(body: &'b [u8], boundary: &str) -> Vec<&'b [u8]> {
    let line = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut start = None;
    for at in memchr::memmem::find_iter(body, line.as_bytes()) {
        let begins_line = at == 0 || body[at - 1] == b'\n';
        let after = &body[at + line.len()..];
        let is_last = after.starts_with(b"--");
        let ends_line = after.is_empty()
            || is_last
            || after.starts_with(b"\r")
            || after.starts_with(b"\n")
            || after.starts_with(b" ");
        if !begins_line || !ends_line {
            continue;
        }
        if let Some(start) = start {
            parts.push(&body[start..at]);
        }
        let next = memchr::memchr(b'\n', after).map(|end| at + line.len() + end + 1);
        start = next.filter(|_| !is_last);
        if is_last || parts.len() > MOST_PARTS {
            return parts;
        }
    }
    // The last boundary is missing where an email is cut off.
    if let Some(start) = start {
        parts.push(&body[start..]);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An email with parts: the kind of each, and its content.
    fn email(subject: &str, parts: &[(&str, &str)]) -> String {
        let boundary = format!("in {subject}").replace(' ', "-");
        let parts = parts.iter().map(|(kind, content)| format!("--{boundary}\nContent-Type: {kind}\n\n{content}\n"));
        let parts: String = parts.collect();
        format!("Subject: {subject}\nContent-Type: multipart/mixed; boundary={boundary}\n\n{parts}--{boundary}--\n")
    }

    fn names_left_out(email: &Email) -> Vec<(u32, &str)> {
        email.left_out.iter().map(|entry| (entry.count, entry.text.as_deref().unwrap_or_default())).collect()
    }

    #[test]
    fn each_attachment_is_counted_and_named() {
        let inner = email("Return", &[("text/plain", "Text."), ("application/pdf; name=a.pdf", "x")]);
        let coded = "text/plain; name=note.eml\nContent-Disposition: attachment";
        let parts = [
            ("message/rfc822", inner.as_str()),
            ("image/png; name=logo.png", "x"),
            ("message/rfc822", "no header"),
            ("text/calendar", "x"),
            (coded, "Subject: Note\n\nText."),
        ];
        let read = read(email("outer", &parts).as_bytes()).unwrap();
        assert_eq!(names_left_out(&read), [(3, "logo.png\nemail.eml\n(text/calendar)\n")]);
        let names: Vec<&str> = read.emails.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Return.eml", "note.eml"]);
        assert_eq!(read.emails[0].1.attachments[0].0, "a.pdf");
    }

    #[test]
    fn emails_attached_to_each_other_are_bounded() {
        let deep = (0..500).fold("Subject: x\n\nText.".to_owned(), |inner, level| {
            format!("Subject: level {level}\nContent-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\nContent-Type: message/rfc822\n\n{inner}")
        });
        let outer = read(deep.as_bytes()).unwrap();
        let inner = &outer.emails[0].1.emails[0].1;
        assert!(inner.emails.is_empty());
        assert_eq!(names_left_out(inner), [(1, "level 496.eml\n")]);

        let many = vec![("text/x-note", "x"); MOST_PARTS / 2];
        let (first, second) = (email("first", &many), email("second", &many));
        let outer = email("outer", &[("message/rfc822", &first), ("message/rfc822", &second)]);
        assert!(matches!(read(outer.as_bytes()), Err(DocumentError::TooLarge(_))));
    }

    #[test]
    fn a_part_is_read_in_its_charset() {
        let part = |head: &str, body: &[u8]| [b"Subject: x\n", head.as_bytes(), b"\n\n", body].concat();
        let text = |bytes: &[u8]| format!("{:?}", read(bytes).unwrap().body);
        for kind in ["text/plain", "text/html"] {
            let welsh = part(&format!("Content-Type: {kind}; charset=\"ISO-8859-14\""), b"<p>D\xf0r a d\xfedd</p>");
            assert!(text(&welsh).contains("Dŵr a dŷdd"), "{}", text(&welsh));
        }
        // What the header says counts, and not what the page says of itself.
        let page = part("Content-Type: text/html; charset=iso-8859-14", b"<meta charset=windows-1252>\xf0");
        assert!(text(&page).contains('ŵ'), "{}", text(&page));
        let unknown = part("Content-Type: text/plain; charset=cp850", b"caf\x82");
        let unknown = read(&unknown).unwrap();
        assert_eq!(names_left_out(&unknown), [(1, "(text/plain cp850)\n")]);
        let unknown = part("Content-Type: text/html", b"<meta charset=cp850>caf\x82");
        assert_eq!(names_left_out(&read(&unknown).unwrap()), [(1, "(text/html)\n")]);
        let attached = "Content-Type: text/csv; name*=iso-8859-14''d%F0r.csv; charset=iso-8859-14\nContent-Disposition: attachment";
        let (name, bytes) = &read(&part(attached, b"d\xf0r")).unwrap().attachments[0];
        assert_eq!((name.as_str(), &**bytes), ("dŵr.csv", "\u{feff}dŵr".as_bytes()));
        // Some programs call every file text.
        let attached = "Content-Type: text/plain; name=a.docx; charset=iso-8859-14\nContent-Disposition: attachment";
        assert_eq!(read(&part(attached, b"PK\xf0")).unwrap().attachments[0].1, b"PK\xf0");
    }
}
