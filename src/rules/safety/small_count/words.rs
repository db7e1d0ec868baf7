//! The words that tell a count of people from other numbers.

/// The numbers that are small, as words.
pub const SMALL: &[&str] = &["one", "two", "three", "four"];
/// Words for one of those who are counted, and for several.
pub const PEOPLE: &[(&str, &str)] = &[
    ("child", "children"),
    ("adult", "adults"),
    ("patient", "patients"),
    ("victim", "victims"),
    ("family", "families"),
    ("woman", "women"),
    ("man", "men"),
    ("girl", "girls"),
    ("boy", "boys"),
    ("resident", "residents"),
];
/// Words that may stand between the number and the people. Hyphened words (`looked-after`) may as well. Others are
/// likelier nouns and verbs: `one board helps families`.
#[rustfmt::skip] // One word a line would take pages.
pub const ADJECTIVES: &[&str] = &[
    "more", "other", "further", "additional", "different", "separate", "individual", "new", "local", "young",
    "younger", "older", "elderly", "teenage", "adolescent", "little", "small", "newborn", "unborn", "vulnerable",
    "disabled", "autistic", "deaf", "blind", "homeless", "missing", "bereaved", "pregnant", "adopted", "fostered",
    "female", "male", "Black", "Asian", "white", "British", "adult", "child", "looked", "after", "at", "risk",
    "injured", "abused", "exploited", "trafficked", "neglected", "refugee", "seeking", "asylum", "transgender",
    "single", "dependent",
];
/// How many such words may stand there.
pub const ADJECTIVES_BETWEEN: usize = 4;
/// Words before a digit that make it a name: `Year 4 children`, `Tier 3 patients`.
#[rustfmt::skip] // One word a line would take pages.
pub const NUMBERED: &[&str] = &[
    "age", "aged", "ages", "aim", "appendix", "article", "band", "block", "category", "chapter", "class", "cohort",
    "day", "domain", "figure", "flat", "floor", "goal", "grade", "grades", "group", "house", "item", "level",
    "levels", "month", "no", "number", "objective", "outcome", "page", "part", "pathway", "phase", "priority",
    "quarter", "recommendation", "room", "round", "schedule", "section", "site", "stage", "stages", "standard",
    "step", "strand", "table", "team", "theme", "tier", "type", "under", "unit", "version", "ward", "wave", "week",
    "wing", "year", "years", "zone",
];
/// Words before a number that make it no count of one to four.
#[rustfmt::skip] // One word a line would take pages.
pub const OTHER_NUMBERS: &[&str] = &[
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million",
    "over", "every", "per", "point", "times",
];
/// Words after one person that do not make the two one thing, as `one child death` or `one adult review` would be.
#[rustfmt::skip] // One word a line would take pages.
pub const FOLLOWERS: &[&str] = &[
    "a", "about", "after", "again", "against", "aged", "also", "although", "an", "and", "are", "as", "at",
    "attending", "be", "became", "because", "been", "before", "being", "between", "but", "by", "came", "can",
    "chose", "could", "did", "died", "does", "during", "each", "every", "felt", "following", "for", "found", "from",
    "gave", "got", "had", "has", "have", "having", "he", "her", "his", "if", "in", "into", "is", "it", "its",
    "left", "living", "lost", "made", "may", "met", "might", "must", "near", "needed", "never", "not", "now", "of",
    "off", "on", "only", "or", "our", "out", "over", "per", "ran", "received", "said", "saw", "she", "should",
    "since", "so", "spoke", "still", "subject", "suffering", "than", "that", "the", "their", "then", "there",
    "they", "this", "through", "to", "told", "took", "under", "until", "up", "using", "was", "we", "went", "were",
    "when", "where", "which", "while", "who", "whom", "whose", "will", "with", "within", "without", "would",
    "wrote",
];
/// Words after several people that make the two one thing: `two adults safeguarding boards`.
#[rustfmt::skip] // One word a line would take pages.
pub const THINGS: &[&str] = &[
    "board", "boards", "case", "cases", "centre", "centres", "group", "groups", "home", "homes", "house", "houses",
    "hub", "hubs", "panel", "panels", "partnership", "programme", "project", "protection", "review", "reviews",
    "safeguarding", "service", "services", "social", "team", "teams", "ward", "wards", "work", "workers",
];
