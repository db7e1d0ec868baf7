//! Opens an email: what is attached to it, or its own text if that is what was sent.

use super::{Arrival, Arrivals, arrive};
use crate::document::email::Email;
use crate::document::left_out::LeftOutLog;
use crate::document::tree::all_text;
use crate::document::{Block, BlockContent, Document, DocumentError, DocumentKind, Inline, LeftOutKind, StyledText};

/// The documents of an email, and of the emails attached to it.
///
/// # Errors
///
/// If a document that is attached cannot be read.
pub(super) fn open(name: &str, email: Email) -> Result<Arrivals, DocumentError> {
    let mut arrivals = Arrivals::default();
    let mut log = LeftOutLog::default();
    let subject = email.subject.clone();
    let texts = take_attached(email, &mut arrivals, &mut log)?;
    if arrivals.documents.is_empty() {
        let document = in_one(texts);
        arrivals.documents.push(Arrival { name: name.to_owned(), document, subject });
    } else {
        // The emails only say what is attached.
        let words = texts.iter().map(|email| all_text(&email.body.blocks).trim().to_owned());
        let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
        if !words.is_empty() {
            log.add_text(LeftOutKind::CoverNote, 1, &words.join("\n"));
        }
        arrivals.left_out.extend(texts.into_iter().flat_map(|email| email.body.left_out));
    }
    arrivals.left_out.extend(log.into_list());
    Ok(arrivals)
}

/// Takes in the files attached to an email and to those attached to it, and returns the emails with their texts, in order.
fn take_attached(email: Email, arrivals: &mut Arrivals, log: &mut LeftOutLog) -> Result<Vec<Email>, DocumentError> {
    let mut texts = Vec::new();
    let mut open = vec![email];
    while let Some(mut email) = open.pop() {
        arrivals.left_out.append(&mut email.left_out);
        for (attached, bytes) in std::mem::take(&mut email.attachments) {
            match DocumentKind::detect(&attached, &bytes) {
                Ok(DocumentKind::Email) | Err(_) => log.add_named(LeftOutKind::Attachment, 0, &attached),
                Ok(_) => {
                    let inner = arrive(&attached, bytes)?;
                    arrivals.sheets.extend(inner.sheets);
                    let with_subject = |arrival| Arrival { subject: email.subject.clone(), ..arrival };
                    arrivals.documents.extend(inner.documents.into_iter().map(with_subject));
                }
            }
        }
        for (name, inner) in std::mem::take(&mut email.emails).into_iter().rev() {
            if inner.body.blocks.is_empty() && inner.attachments.is_empty() && inner.emails.is_empty() {
                log.add_named(LeftOutKind::Attachment, 0, &name);
            }
            let subject = inner.subject.or_else(|| email.subject.clone());
            open.push(Email { subject, ..inner });
        }
        texts.push(email);
    }
    Ok(texts)
}

/// The texts of an email and of those attached to it as one, as if the others were forwarded or quoted below it: which of
/// them is the submission is found out where its headings are known.
fn in_one(emails: Vec<Email>) -> Document {
    let mut emails = emails.into_iter();
    let mut document = emails.next().map(|email| email.body).unwrap_or_default();
    for Email { from, subject, body, .. } in emails.filter(|email| !email.body.blocks.is_empty()) {
        if !document.blocks.is_empty() {
            let lines = ["---------- Forwarded message ---------".to_owned()].into_iter();
            let lines = lines.chain(from.map(|from| format!("From: {from}")));
            let lines = lines.chain(subject.map(|subject| format!("Subject: {subject}")));
            let text = |text| Inline::Text(StyledText { text, ..StyledText::default() });
            let header = lines.flat_map(|line| [Inline::LineBreak, text(line)]).skip(1).collect();
            let block = Block { paragraph: 1, content: BlockContent::Paragraph(header) };
            document.append(Document { blocks: vec![block], ..Document::default() });
        }
        document.append(body);
    }
    document
}
