//! Reads emails (`.eml`): the text, and what is attached.
//!
//! A small reader of our own, since those that exist keep every header and every part of a message: a hostile one of a few
//! megabytes would take gigabytes.

mod encoding;
mod header;

use self::encoding::{decode_transfer, decode_words};
use self::header::{Headers, split_headers};
use crate::charset;
use crate::document::error::DocumentError;
use crate::document::html;
use crate::document::left_out::{LeftOut, LeftOutKind, LeftOutLog};
use crate::document::text;
use crate::document::tree::Document;

/// How deep parts may be inside each other.
const DEEPEST: usize = 8;
/// The most parts.
const MOST_PARTS: usize = 200;

/// An email.
#[derive(Debug, Default)]
pub(crate) struct Email {
    pub subject: Option<String>,
    /// Its text; the last change is the day it was sent.
    pub body: Document,
    /// The names and bytes of the files attached to it.
    pub attachments: Vec<(String, Vec<u8>)>,
    pub left_out: Vec<LeftOut>,
}

/// The parts found so far.
#[derive(Default)]
struct Parts {
    count: usize,
    plain: Option<Vec<u8>>,
    html: Option<Vec<u8>>,
    attachments: Vec<(String, Vec<u8>)>,
    left_out: LeftOutLog,
}

/// Reads an email.
///
/// # Errors
///
/// If it is damaged, encrypted or exceeds a limit.
pub(crate) fn read(bytes: &[u8]) -> Result<Email, DocumentError> {
    let (headers, _) = split_headers(bytes);
    if headers.is_empty() {
        return Err(DocumentError::damaged("it does not begin as an email does"));
    }
    let mut parts = Parts::default();
    let mut open = vec![(bytes, 0)];
    while let Some((part, depth)) = open.pop() {
        parts.count += 1;
        if parts.count > MOST_PARTS || depth > DEEPEST {
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
            open.extend(split_parts(body, &boundary).into_iter().rev().map(|part| (part, depth + 1)));
        } else {
            parts.take(&headers, &kind, body);
        }
    }
    let Parts { plain, html, attachments, left_out, .. } = parts;
    // What word processors and mail programs send as HTML has the lists and headings that plain text lacks.
    let mut body = match (html, plain) {
        (Some(html), _) => html::read(&html)?,
        (None, Some(plain)) => text::read(&plain)?,
        (None, None) => Document::default(),
    };
    body.changed = headers.date();
    let subject = headers.get("subject").map(|subject| decode_words(&subject));
    Ok(Email { subject, body, attachments, left_out: left_out.into_list() })
}

impl Parts {
    /// Takes in a part that has no parts of its own.
    fn take(&mut self, headers: &Headers<'_>, kind: &str, body: &[u8]) {
        let name = headers.file_name().map(|name| decode_words(&name));
        let is_attached = headers.is_attached() || name.is_some() && !kind.starts_with("text/");
        let decode = || decode_transfer(headers.get("content-transfer-encoding").as_deref(), body);
        let text = || in_charset(decode(), headers.charset().as_deref());
        match kind {
            "text/html" if !is_attached && self.html.is_none() => self.html = Some(text()),
            "text/plain" | "" if !is_attached && self.plain.is_none() => self.plain = Some(text()),
            "application/pkcs7-mime" | "application/x-pkcs7-mime" | "application/pgp-encrypted" => {
                self.left_out.add(LeftOutKind::Attachment, 0);
            }
            _ => match name {
                // Pictures in an email are logos far more often than not.
                Some(name) if !kind.starts_with("image/") => self.attachments.push((plain_name(&name), decode())),
                Some(name) => self.left_out.add_text(LeftOutKind::Attachment, 0, &format!("{}\n", plain_name(&name))),
                None => self.left_out.add(LeftOutKind::Attachment, 0),
            },
        }
    }
}

/// The last part of a file name, without what could be a path.
fn plain_name(name: &str) -> String {
    name.rsplit(['/', '\\', ':']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).collect()
}

/// Text in UTF-8, by the charset that its part names.
fn in_charset(bytes: Vec<u8>, charset: Option<&str>) -> Vec<u8> {
    let is_western = charset.is_some_and(|charset| {
        let charset = charset.to_ascii_lowercase();
        charset.starts_with("windows-125") || charset.starts_with("iso-8859") || charset == "latin1"
    });
    if is_western {
        return bytes.into_iter().map(charset::windows_1252).collect::<String>().into_bytes();
    }
    bytes
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
