//! Finds terms and acronyms in a text, and the words that spell them out.
//!
//! Rules and pages use the same [`TermIndex`], so what is reported and what is marked up agree.

mod acronym;
mod expansion;
mod known;
mod tokenize;

use std::collections::HashMap;
use std::ops::Range;

use self::tokenize::{Token, Tokenizer};
use super::glossary::{self, GlossaryTerm};
use super::plain_text::PlainText;
use super::{Archive, Report};
use crate::diagnostic::{Location, Span};
use crate::model::terms::acronym::{AddressFinder, acronym, is_emphasis};
use crate::model::terms::tokenize::{is_end, is_hyphen, next_part, push_folded};
use crate::source::markdown::Markdown;

/// The most bytes of a hyphenated word that are looked up.
const LONGEST_JOINED: usize = 32;
/// All terms that the pages of a year may use: the glossary's, then the short names of the year's boards, agencies and
/// bodies that are not in the glossary.
pub(crate) struct TermIndex {
    all: Vec<GlossaryTerm>,
    /// How many of them come from the glossary.
    of_glossary: usize,
    /// The indexes of terms that are also the short name of a board, agency or body.
    shorts: Vec<usize>,
    /// Whole terms, and the beginnings of terms with several words, keyed by [`glossary::key`].
    entries: HashMap<String, KnownWords>,
    /// The first two letters of terms that begin with an ordinary word: for each first letter, a bit set of the second.
    plain_starts: [u32; 26],
}

/// What is known about a word or a sequence of words.
#[derive(Clone, Copy, Debug, Default)]
struct KnownWords {
    /// The index of the term that it is.
    term: Option<usize>,
    /// Whether the site says that it is not an acronym.
    is_ignored: bool,
    /// Whether a longer term begins with it.
    goes_on: bool,
}

/// A term or acronym that a text mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// Its range in the text, without a plural `s`.
    pub range: Range<usize>,
    pub what: MentionKind,
    /// The range of the words beside it that spell it out.
    pub spelt_out: Option<Range<usize>>,
}

/// The kinds of mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MentionKind {
    /// A term: its index in [`TermIndex::all`].
    Term(usize),
    /// An acronym that at most the page itself explains.
    Unknown,
}

/// A place where a term is to be marked up with its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TermMarkup {
    /// The term as a span of the Markdown, without any markup in it.
    pub span: Span,
    /// Its index in [`TermIndex::all`].
    pub term: usize,
}

impl TermIndex {
    /// The terms for the pages of `report`, or for the site's own pages, which know the short names of all years.
    #[must_use]
    pub(crate) fn new(archive: &Archive, report: Option<&Report>) -> Self {
        let mut terms = Self {
            all: Vec::new(),
            of_glossary: archive.glossary.terms.len(),
            shorts: Vec::new(),
            entries: HashMap::new(),
            plain_starts: [0; 26],
        };
        for term in &archive.glossary.terms {
            terms.add(term.clone());
        }
        let reports = archive.reports().rev().filter(|other| report.is_none_or(|report| other.year == report.year));
        for (short, name, location) in reports.flat_map(shorts) {
            if let Some(term) = terms.entries.get(&glossary::key(short)).and_then(|entry| entry.term) {
                terms.shorts.push(term);
            } else {
                terms.add(GlossaryTerm {
                    term: short.to_owned(),
                    meaning: name.to_owned(),
                    link: None,
                    location: location.clone(),
                });
            }
        }
        // `DOB` beside a date is reported as a date of birth, so it needs no meaning.
        let known = known::KNOWN.iter().chain(&["DOB"]).map(|known| glossary::key(known));
        for ignored in archive.site.ignored_acronyms.iter().cloned().chain(known) {
            terms.entries.entry(ignored).or_default().is_ignored = true;
        }
        terms
    }

    /// All terms: the glossary's in its order, then the short names.
    #[must_use]
    pub(crate) fn all(&self) -> &[GlossaryTerm] {
        &self.all
    }

    /// The index of a term in the glossary, if it comes from there.
    #[must_use]
    pub(crate) fn in_glossary(&self, term: usize) -> Option<usize> {
        (term < self.of_glossary).then_some(term)
    }

    /// Terms of the glossary that are also the short name of a board, agency or body of the year. Its pages show them.
    pub(crate) fn shorts_in_glossary(&self) -> impl Iterator<Item = usize> {
        self.shorts.iter().copied().filter(|term| *term < self.of_glossary)
    }

    fn add(&mut self, term: GlossaryTerm) {
        let mut key = String::new();
        let parts: Vec<&str> =
            term.term.split(|c: char| c.is_whitespace() || is_hyphen(c)).filter(|p| !p.is_empty()).collect();
        for (i, part) in parts.iter().enumerate() {
            key.push_str(&glossary::key(part));
            let entry = self.entries.entry(key.clone()).or_default();
            if i + 1 < parts.len() {
                entry.goes_on = true;
            } else {
                entry.term.get_or_insert(self.all.len());
            }
        }
        if let Some(first) = Tokenizer::from(&term.term, 0).next().filter(|first| !first.is_like_acronym()) {
            self.set_start(&term.term.as_bytes()[first.start..]);
        }
        self.all.push(term);
    }

    /// Records the first two letters of a term. If they are not ASCII letters, any word may begin a term.
    fn set_start(&mut self, term: &[u8]) {
        match term {
            [a, b, ..] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                self.plain_starts[letter(*a)] |= 1 << letter(*b);
            }
            [a, ..] if a.is_ascii_alphabetic() => self.plain_starts[letter(*a)] = u32::MAX,
            _ => self.plain_starts = [u32::MAX; 26],
        }
    }

    /// Whether a term may begin with an ordinary word.
    fn may_begin(&self, word: &[u8]) -> bool {
        match word {
            [a, b, ..] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                self.plain_starts[letter(*a)] & (1 << letter(*b)) != 0
            }
            [a, ..] if a.is_ascii_alphabetic() => self.plain_starts[letter(*a)] == u32::MAX,
            _ => self.plain_starts[0] == u32::MAX,
        }
    }

    /// The mentions in `text`, in order: every term, and every acronym that is not a term.
    #[must_use]
    pub(crate) fn mentions(&self, text: &str) -> Vec<Mention> {
        let mut found = Vec::new();
        let mut key = String::new();
        let mut done = 0;
        let mut addresses = AddressFinder::new(text);
        for word in Tokenizer::from(text, 0) {
            let is_looked_up = word.is_like_acronym() || self.may_begin(&text.as_bytes()[word.start..word.end]);
            if word.start < done || !is_looked_up || addresses.has(word) {
                continue;
            }
            // A known part of a word in capitals is handled together with the rest: `CP-IS` where `CP` is known.
            let whole = |range: &Range<usize>| !word.is_like_acronym() || range.end >= plural_start(text, word.end);
            match self.longest_at(text, word.start, text.len(), &mut key).filter(|(range, _)| whole(range)) {
                Some((range, term)) => {
                    done = range.end;
                    self.push(text, range, term, &mut found);
                }
                None if word.is_like_acronym() => self.look_into(text, word, &mut key, &mut found),
                None => {}
            }
        }
        found
    }

    /// Adds the mention of a term, or nothing if the words are ignored.
    fn push(&self, text: &str, range: Range<usize>, term: Option<usize>, found: &mut Vec<Mention>) {
        if let Some(term) = term {
            let meaning = Some(self.all[term].meaning.as_str()).filter(|meaning| !meaning.is_empty());
            let spelt_out = expansion::spelt_out(text, range.clone(), meaning);
            found.push(Mention { range, what: MentionKind::Term(term), spelt_out });
        }
    }

    /// Handles a word in capitals that is unknown as a whole: an acronym, or a compound with known parts
    /// (`NHS-funded`).
    fn look_into(&self, text: &str, word: Token, key: &mut String, found: &mut Vec<Mention>) {
        let parts: Vec<Token> = tokenize::parts(text, word).collect();
        let is_capitals =
            |part: &Token| !text[part.start..plural_start(text, part.end)].contains(|c: char| c.is_lowercase());
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        let mut done = 0;
        for part in parts.iter().filter(|_| parts.len() > 1) {
            if part.start < done {
                continue;
            }
            match self.longest_at(text, part.start, word.end, key) {
                Some((range, term)) => {
                    done = range.end;
                    self.push(text, range, term, &mut known);
                }
                None => unknown.push(*part),
            }
        }
        let is_compound = parts.len() > 1 && !parts.iter().all(is_capitals);
        if parts.len() < 2 || (!is_compound && !unknown.is_empty() && acronym(text, word).is_some()) {
            unknown = vec![word];
            known.clear();
        }
        let mut unknown: Vec<_> = unknown.into_iter().filter_map(|part| acronym(text, part)).collect();
        // Asked once for the whole word, which may be as long as the file.
        if !unknown.is_empty() && is_emphasis(text, word) {
            unknown.clear();
        }
        known.extend(unknown.into_iter().map(|range| {
            let spelt_out = expansion::spelt_out(text, range.clone(), None);
            Mention { range, what: MentionKind::Unknown, spelt_out }
        }));
        known.sort_by_key(|mention| mention.range.start);
        found.append(&mut known);
    }

    /// The longest known words that begin at `start` and end by `limit`. The term is `None` if they are to be ignored.
    fn longest_at(
        &self,
        text: &str,
        start: usize,
        limit: usize,
        key: &mut String,
    ) -> Option<(Range<usize>, Option<usize>)> {
        let mut best = None;
        let mut at = start;
        key.clear();
        loop {
            let part_end = tokenize::part_end(&text[..limit], at);
            if part_end == at {
                return best;
            }
            push_folded(&text[at..part_end], key);
            let ends = is_end(text, part_end);
            let mut goes_on = false;
            if let Some(entry) = self.entries.get(key.as_str()) {
                goes_on = entry.goes_on;
                best = self.fitting(entry, text, start..part_end).filter(|_| ends).or(best);
            }
            let plural = plural_start(text, part_end);
            let is_new = best.as_ref().is_none_or(|(range, _)| range.end < part_end);
            if plural < part_end
                && (ends && is_new && key.len() > 1)
                && let Some(entry) = self.entries.get(&key[..key.len() - 1])
            {
                best = self.fitting(entry, text, start..plural).or(best);
            }
            // The parts of a hyphenated word may form a term although no term begins with the first part: `CP-IS`.
            let is_joined = text[part_end..].starts_with(is_hyphen) && key.len() < LONGEST_JOINED;
            match next_part(text, part_end, limit).filter(|_| goes_on || is_joined) {
                Some(next) => at = next,
                None => return best,
            }
        }
    }

    /// The meaning of an entry for the words in `range`, if their capitals fit it.
    fn fitting(&self, entry: &KnownWords, text: &str, range: Range<usize>) -> Option<(Range<usize>, Option<usize>)> {
        let written = &text[range.clone()];
        let is_like_acronym = written.chars().skip(1).any(char::is_uppercase);
        let Some(term) = entry.term else { return (entry.is_ignored && is_like_acronym).then_some((range, None)) };
        let wanted = &self.all[term].term;
        let is_acronym = wanted.chars().skip(1).any(char::is_uppercase);
        let is_name = term >= self.of_glossary && wanted.starts_with(char::is_uppercase);
        let fits = if is_acronym {
            is_like_acronym || written == wanted
        } else {
            !is_name || written.starts_with(char::is_uppercase)
        };
        fits.then_some((range, Some(term)))
    }

    /// The places where the terms of a page are to be marked up with their meaning: the first use of each in running
    /// text, in order and not overlapping. Terms that the page spells out anywhere are not marked up.
    #[must_use]
    pub(crate) fn first_uses(&self, markdown: &Markdown) -> Vec<TermMarkup> {
        let passage = PlainText::from_markdown(markdown);
        let mentions = self.mentions(passage.text());
        let mut is_settled = vec![false; self.all.len()];
        for mention in mentions.iter().filter(|mention| mention.spelt_out.is_some()) {
            if let MentionKind::Term(term) = mention.what {
                is_settled[term] = true;
            }
        }
        let mut marks = Vec::new();
        for mention in mentions {
            let MentionKind::Term(term) = mention.what else { continue };
            let meaning = &self.all[term].meaning;
            if is_settled[term] || meaning.is_empty() {
                continue;
            }
            let words = &passage.text()[mention.range.clone()];
            let span = passage.span(mention.range.clone());
            let is_meant = expansion::is_continued(words, &passage.text()[mention.range.end..], meaning);
            if !is_meant && span.slice(markdown.text()) == words && !is_in_heading_or_link(markdown, span) {
                is_settled[term] = true;
                marks.push(TermMarkup { span, term });
            }
        }
        marks
    }

    /// Whether the words that spell out a term differ from its known meaning.
    #[must_use]
    pub(crate) fn is_conflicting(&self, text: &str, mention: &Mention) -> bool {
        let (MentionKind::Term(term), Some(spelt_out)) = (mention.what, &mention.spelt_out) else { return false };
        let (words, meaning) = (&text[spelt_out.clone()], &self.all[term].meaning);
        let after = if spelt_out.start < mention.range.start { &text[mention.range.end..] } else { "" };
        !meaning.is_empty() && !expansion::is_same(words, meaning) && !expansion::is_continued(words, after, meaning)
    }
}

/// The short names of a year, each with the full name and the place where it is written.
fn shorts(report: &Report) -> impl Iterator<Item = (&str, &str, &Location)> {
    let submitters = report.submitters().map(|submitter| (submitter.short, submitter.name, submitter.location));
    let bodies = report.data.governance.iter().flat_map(|governance| &governance.bodies);
    let bodies = bodies.map(|body| (body.short.as_deref(), body.name.as_str(), &body.location));
    submitters.chain(bodies).filter_map(|(short, name, location)| Some((short?, name, location)))
}

/// The index of an ASCII letter in the alphabet.
fn letter(byte: u8) -> usize {
    usize::from(byte.to_ascii_lowercase().saturating_sub(b'a')).min(25)
}

/// The end of a word without its plural `s`.
fn plural_start(text: &str, end: usize) -> usize {
    if text[..end].ends_with('s') && end > 1 { end - 1 } else { end }
}

/// Whether a span of the Markdown is in a heading or a link.
fn is_in_heading_or_link(markdown: &Markdown, span: Span) -> bool {
    let heading = markdown.headings.partition_point(|heading| heading.span.start <= span.start);
    let in_heading = heading.checked_sub(1).is_some_and(|last| span.end <= markdown.headings[last].span.end);
    in_heading || markdown.link_around(span).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceTree;

    /// The terms of a site with this glossary and one board, `MK Management Board`, short `MKMB`.
    fn terms(glossary: &str) -> TermIndex {
        let report = "title: T\nperiod: {from: 2019-04-01, to: 2020-03-31}\nagencies: []\n\
                      boards: [{id: mb, name: MK Management Board, short: MKMB}, {id: v, name: The Voice Board, short: Voice}]\n";
        let tree = SourceTree::from_texts([
            ("content/site.yaml", "title: T\nbase_url: https://a.example\nacronyms: {ignore: [OP, Q&A]}\n"),
            ("content/glossary.yaml", glossary),
            ("content/2019-20/report.yaml", report),
        ]);
        let archive = crate::model::assemble::assemble(&tree).value;
        TermIndex::new(&archive, archive.reports().next())
    }

    const GLOSSARY: &str = "SAR: Safeguarding adult review\nCP: Child protection\nMKC ASC: Adult social care\nA&E: Accident and emergency\n\
        COVID-19: Coronavirus disease 2019\nCR-MARAC: Community risk conference\neCARE: Hospital records\nNHS: National Health Service\n\
        SMART: Specific\nContextual safeguarding: Harm outside the home\nPST: Problem-solving team\nTaF: Task and finish group\nOakhill: Oakhill Centre\n";

    /// What a text mentions: terms as `TERM`, unknown acronyms as `?ACRONYM`, each with `=words` where spelt out.
    fn check(text: &str) -> String {
        let terms = terms(GLOSSARY);
        let mentions = terms.mentions(text).into_iter().map(|mention| {
            let sign = if mention.what == MentionKind::Unknown { "?" } else { "" };
            let conflict = if terms.is_conflicting(text, &mention) { "!" } else { "" };
            let words = mention.spelt_out.clone().map_or(String::new(), |words| format!("={conflict}{}", &text[words]));
            format!("{sign}{}{words}", &text[mention.range])
        });
        mentions.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn terms_are_found_however_they_are_written() {
        assert_eq!(check("SARs, the SAR's, (SAR) and S-A-R"), "SAR SAR SAR S-A-R");
        assert_eq!(check("A&E, MKC ASC, MKC-ASC, MKC\nASC"), "A&E MKC ASC MKC-ASC MKC\nASC");
        assert_eq!(check("eCare, eCARE, COVID19 and COVID-19"), "eCare eCARE COVID19 COVID-19");
        assert_eq!(check("the CR-MARAC and contextual safeguarding"), "CR-MARAC contextual safeguarding");
        assert_eq!(check("a non-NHS, NHS-funded, pre-COVID-19 plan"), "NHS NHS COVID-19");
        assert_eq!(check("MKMB and Voice, voice"), "MKMB Voice");
    }

    #[test]
    fn ordinary_words_are_not_terms() {
        assert_eq!(check("smart, Smart, sar, Taf, mkc asc, ecare"), "");
        assert_eq!(check("child protection, contextual, safeguarding"), "");
    }

    #[test]
    fn acronyms_nobody_explains_are_found() {
        assert_eq!(check("LDPs, LeDeR, CP-IS, HMICFRS, R&D, MKC, CDOP's"), "?LDP ?LeDeR ?CP-IS ?R&D ?MKC ?CDOP");
        assert_eq!(check("LDP-led, NHS-LDP, CP-NHS, X1Y2"), "?LDP ?NHS-LDP CP NHS ?X1Y2");
        assert_eq!(check("the NHSX, a GP, GPs, A&E, HQ, DBS, the EU's, UK-wide"), "?NHSX A&E");
        assert_eq!(check("the OP, Q&A, OPs and I"), "");
        assert_eq!(
            check("U.K., e.g., www.NHS.uk, a@LDP.org, SLA.pdf, https://LDP.org/, AB123456C, 3EJ, Mr, PhD"),
            "?PhD"
        );
    }

    #[test]
    fn emphasis_is_not_an_acronym() {
        assert_eq!(check("PLEASE DO NOT SHARE THIS"), "");
        assert_eq!(check("WHAT WE HAVE DONE\u{1e}Text"), "");
        assert_eq!(check("Do NOT tell. DO NOT STOP."), "?NOT");
        assert_eq!(check("EVERYBODY"), "");
        assert_eq!(check("PLANS FOR 2024-25\u{1e}NEXT STEPS:\u{1e}KEY & OTHER\u{1e}Text"), "");
        assert_eq!(check("MASH, MARAC\u{1e}LDU\u{1e}LDU team"), "?MASH ?MARAC ?LDU ?LDU");
        assert_eq!(check("What HAVE WE DONE??\u{1e}Text"), "");
        assert_eq!(check("ICS, SLA, LDU"), "?ICS ?SLA ?LDU");
    }

    #[test]
    fn pages_may_spell_out() {
        assert_eq!(check("problem-solving team (PST)"), "PST=problem-solving team");
        assert_eq!(check("PST (police support team)"), "PST=!police support team");
        assert_eq!(check("a local delivery unit (LDU)"), "?LDU=local delivery unit");
        assert_eq!(check("a task and finish (TaF) group"), "TaF=task and finish");
        assert_eq!(check("the officers (PST)"), "PST");
        assert_eq!(check("the MK Management Board (MKMB)"), "?MK MKMB=MK Management Board");
    }

    #[test]
    fn first_uses_are_marked_in_running_text() {
        let text = "# SAR\n\nA [SAR](x.md), `SAR`, **SARs** and NHS. SAR, PST (problem-solving team); Oakhill Centre, Oakhill.\n";
        let shared = text.into();
        let markdown =
            Markdown::of_file(&crate::diagnostic::RelPath::new("a.md"), &shared, Span::new(0, text.len())).value;
        let marks = terms(GLOSSARY).first_uses(&markdown);
        let shown: Vec<_> = marks.iter().map(|mark| (mark.span.start, mark.span.slice(text))).collect();
        assert_eq!(shown, [(31, "SAR"), (42, "NHS"), (96, "Oakhill")]);
    }

    #[test]
    fn terms_in_web_addresses_are_not_marked() {
        assert_eq!(check("https://a.org/SAR/NHS-LDP?q=LDU (www.a.org/SAR) <https://a.org/x,SAR> SAR"), "SAR");
        assert_eq!(check("SAR,https://a.org/x\u{1e}NHS, LDP:https://a.org/SAR LDU"), "SAR NHS ?LDP ?LDU");
        let text: crate::diagnostic::SourceText = "https://a.org/SAR/ and the SAR, www.a.org/NHS\n".into();
        let file = crate::diagnostic::RelPath::new("a.md");
        let markdown = Markdown::of_file(&file, &text, Span::new(0, text.len())).value;
        let marks = terms(GLOSSARY).first_uses(&markdown);
        assert_eq!(marks.iter().map(|mark| mark.span.start).collect::<Vec<_>>(), [27]);
    }

    #[test]
    fn long_runs_without_a_space_are_read_to_their_end() {
        let terms = terms(GLOSSARY);
        for (piece, mentions) in [("LDP,", 1), ("LDP/https://a.org/", 0), ("LDP-", 1), ("(LDP(", 1), ("LDP.", 0)] {
            let text = piece.repeat((1 << 16) / piece.len()) + "led";
            assert!(terms.mentions(&text).len() >= mentions, "{piece}");
        }
    }

    #[test]
    fn the_search_never_panics() {
        let terms = terms(GLOSSARY);
        let pieces = [
            "é", "SAR", "s", "-", "&", " ", "(", ")", "’", "MKC", "\u{1e}", "Ünï", "\u{2011}", "problem", ".", "@", "1",
        ];
        for a in pieces {
            for b in pieces {
                for c in pieces {
                    let text = format!("{a}{b}{c}{a}{b}");
                    for mention in terms.mentions(&text) {
                        assert!(
                            text.get(mention.range.clone()).is_some() && mention.range.start < mention.range.end,
                            "{text}"
                        );
                    }
                }
            }
        }
    }
}
