//! Words that distinguish a count of people from other numbers.

/// The small numbers in words.
pub(crate) const SMALL: &[&str] = &["one", "two", "three", "four"];
/// Words for the people who are counted, in the singular and the plural.
pub(crate) const PEOPLE: &[(&str, &str)] = &[
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
    ("brother", "brothers"),
    ("sister", "sisters"),
    ("sibling", "siblings"),
    ("twin", "twins"),
    ("son", "sons"),
    ("daughter", "daughters"),
    ("mother", "mothers"),
    ("father", "fathers"),
    ("parent", "parents"),
    ("teenager", "teenagers"),
    ("adolescent", "adolescents"),
    ("youngster", "youngsters"),
    ("youth", "youths"),
    ("toddler", "toddlers"),
    ("baby", "babies"),
    ("infant", "infants"),
    ("newborn", "newborns"),
    ("pupil", "pupils"),
    ("student", "students"),
    ("service user", "service users"),
    ("care leaver", "care leavers"),
    ("inpatient", "inpatients"),
    ("in-patient", "in-patients"),
    ("survivor", "survivors"),
    ("perpetrator", "perpetrators"),
    ("suspect", "suspects"),
    ("offender", "offenders"),
    ("household", "households"),
    ("couple", "couples"),
    ("male", "males"),
    ("female", "females"),
    ("rough sleeper", "rough sleepers"),
    ("grandparent", "grandparents"),
    ("migrant", "migrants"),
    ("refugee", "refugees"),
    ("asylum seeker", "asylum seekers"),
];
/// Words for people who are just as often staff or guests. They count only if something happened to them:
/// `2 people died`, but not `two people are trained`.
pub(crate) const ANYBODY: &[(&str, &str)] = &[("person", "people"), ("individual", "individuals"), ("carer", "carers")];
/// What happens to people, with or without `was` or `were` before it.
#[rustfmt::skip] // One word per line would take pages.
pub(crate) const BEFELL: &[&str] = &[
    "abducted", "absconded", "abused", "accommodated", "admitted", "arrested", "assaulted", "attacked", "bereaved",
    "bullied", "burned", "cautioned", "charged", "choked", "coerced", "complained", "convicted", "defrauded", "deported", "detained",
    "died", "disappeared", "disclosed", "drowned", "evicted", "excluded", "exploited", "fled", "found", "groomed",
    "harmed", "homeless", "hospitalised", "hurt", "imprisoned", "injured", "jailed", "killed", "missing", "murdered",
    "neglected", "overdosed", "poisoned", "prosecuted", "radicalised", "raped", "removed", "robbed", "scammed", "rescued", "restrained",
    "scalded", "sectioned", "sentenced", "stabbed", "starved", "suffered", "targeted", "trafficked", "wounded",
    "lost their", "took their own", "take their own", "went missing", "fell from", "fell ill",
];
/// Words between people and what happened to them.
#[rustfmt::skip] // One word per line would take pages.
pub(crate) const HELPERS: &[&str] = &[
    "who", "was", "were", "had", "have", "has", "been", "are", "is", "sadly", "later", "also", "tragically", "then",
    "subsequently", "both", "all", "being",
];
/// What staff do: these people work there, and are not counted.
#[rustfmt::skip] // One word per line would take pages.
pub(crate) const WORKING: &[&str] = &[
    "applied", "chair", "chaired", "co-chair", "coordinate", "deliver", "delivered", "direct", "directed", "facilitate",
    "facilitated", "founded", "help", "helped", "joined as", "joined our", "joined the board", "joined the panel",
    "joined the team", "joined the partnership", "joined the forum", "joined us", "lead", "led", "manage", "managed", "mentor", "organise", "organised",
    "oversee", "oversaw", "presented", "represent", "represented", "run", "serve", "served", "set up", "sit", "sat",
    "spoke", "staff", "staffed", "supervise", "supervised", "teach", "taught", "train", "trained", "volunteer",
    "volunteered", "work",
];
/// Verbs of a rule: `two adults must be present`.
#[rustfmt::skip] // One word per line would take pages.
pub(crate) const RULES: &[&str] = &[
    "must", "should", "shall", "may be", "may stay", "may share", "can be", "can stay", "can share", "can live", "need to", "needs to", "have to", "has to", "ought", "are required",
    "is required", "are needed", "is needed", "required", "will supervise", "will be present", "are present",
    "is present", "are on duty", "are always", "is always", "minimum", "maximum", "at a time", "at any time", "at once",
];
/// Words that make the next number a limit or the size of something: `up to 4 children`, `homes for three children`.
#[rustfmt::skip] // One phrase per line would take pages.
pub(crate) const LIMITS: &[&str] = &[
    "up to", "maximum of", "minimum of", "no more than", "not more than", "limit of", "limited to", "capacity of",
    "capacity for", "groups of", "group of up to", "teams of", "classes of", "ratio of", "ratios of", "rooms for",
    "room for", "beds for", "places for", "place for", "spaces for", "space for", "home for", "homes for",
    "is for", "are for", "registered for", "registered to", "as many as", "designed for", "suitable for", "sets of",
];
/// Words allowed between the number and the people, besides hyphenated ones (`looked-after`). Other words are more
/// likely nouns and verbs: `one board helps families`.
#[rustfmt::skip] // One word per line would take pages.
pub(crate) const ADJECTIVES: &[&str] = &[
    "more", "other", "further", "additional", "different", "separate", "individual", "new", "local", "young",
    "younger", "older", "elderly", "teenage", "adolescent", "little", "small", "newborn", "unborn", "vulnerable",
    "disabled", "autistic", "deaf", "blind", "homeless", "missing", "bereaved", "pregnant", "adopted", "fostered",
    "female", "male", "Black", "Asian", "white", "British", "adult", "child", "looked", "after", "at", "risk",
    "injured", "abused", "exploited", "trafficked", "neglected", "refugee", "seeking", "asylum", "transgender",
    "single", "dependent", "unaccompanied", "domestic", "abuse", "violence", "sexual", "modern", "slavery", "stalking",
    "suspected", "alleged", "deceased",
];
/// What happened to people, as a noun that is counted: `two child deaths`.
pub(crate) const DEATHS: &[&str] = &["deaths", "suicides", "homicides", "murders", "drownings"];
/// The most words between the number and the people.
pub(crate) const ADJECTIVES_BETWEEN: usize = 4;
/// Words before a number that show it is not a count of one to four.
#[rustfmt::skip] // One word per line would take pages.
pub(crate) const OTHER_NUMBERS: &[&str] = &[
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million",
    "over", "every", "per", "point", "times",
];
/// Words that may follow one person who is counted. Other words form a compound with the person: `one child death`,
/// `one adult review`.
#[rustfmt::skip] // One word per line would take pages.
pub(crate) const FOLLOWERS: &[&str] = &[
    "a", "about", "after", "again", "against", "aged", "also", "although", "an", "and", "are", "as", "at",
    "attending", "be", "became", "because", "been", "before", "being", "between", "but", "by", "came", "can",
    "chose", "could", "did", "died", "does", "during", "each", "every", "felt", "following", "for", "found", "from",
    "gave", "got", "had", "has", "have", "having", "he", "her", "his", "if", "in", "into", "is", "it", "its",
    "later", "left", "living", "lost", "made", "may", "met", "might", "must", "near", "needed", "never", "not", "now", "of",
    "off", "on", "only", "or", "our", "out", "over", "per", "ran", "received", "said", "saw", "she", "should",
    "since", "so", "spoke", "still", "subject", "suffering", "than", "that", "the", "their", "then", "there",
    "they", "this", "through", "to", "told", "took", "under", "until", "up", "using", "was", "we", "went", "were",
    "when", "where", "which", "while", "who", "whom", "whose", "will", "with", "within", "without", "would",
    "wrote",
];
/// Words after several people that form a compound with them: `two adults safeguarding boards`.
#[rustfmt::skip] // One word per line would take pages.
pub(crate) const THINGS: &[&str] = &[
    "advisers", "advocates", "ambassadors", "area", "areas", "board's", "campaigns", "champions", "chairs", "choirs",
    "club", "clubs", "commissioners", "conferences", "councillors", "councils", "courses", "departments", "directors",
    "doctors", "editions", "football", "forum", "forums", "governors", "hospital", "hospitals", "leaders", "lead",
    "leads", "lines", "magazines", "managers", "members", "network", "networks", "nurses", "only", "officers", "policies",
    "practitioners", "priests", "priorities", "refuge", "refuges", "representatives", "reps", "school", "schools", "sheds",
    "shelters", "specialists", "staff", "strategies", "subgroups", "theme", "themes", "toilets", "trustees",
    "volunteers", "websites", "workshops", "worker", "unions", "charities", "agencies", "partners", "events",
    "board", "boards", "case", "cases", "centre", "centres", "group", "groups", "home", "homes", "house", "houses",
    "hub", "hubs", "panel", "panels", "partnership", "programme", "project", "protection", "review", "reviews",
    "safeguarding", "service", "services", "social", "team", "teams", "ward", "wards", "work", "workers",
];
