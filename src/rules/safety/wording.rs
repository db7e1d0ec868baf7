//! Word lists that several kinds of findings share.

/// Words that make the next digit a name: `Year 4 children`, `Tier 3 patients`.
#[rustfmt::skip] // One word per line would take pages.
pub(crate) const NUMBERED: &[&str] = &[
    "age", "aged", "ages", "aim", "appendix", "article", "band", "block", "category", "chapter", "class", "cohort",
    "day", "domain", "figure", "flat", "floor", "goal", "grade", "grades", "group", "house", "item", "level",
    "levels", "month", "no", "number", "objective", "outcome", "page", "part", "pathway", "phase", "priority",
    "quarter", "recommendation", "room", "round", "schedule", "section", "site", "stage", "stages", "standard",
    "step", "strand", "table", "team", "theme", "tier", "type", "unit", "version", "ward", "wave", "week",
    "wing", "year", "years", "zone",
];
/// Things that are born, turn ten or have a birthday: `the idea was born on 3 May 2019`.
#[rustfmt::skip] // One word per line would take pages.
pub(crate) const THINGS_BORN: &[&str] = &[
    "academy", "act", "agency", "alliance", "app", "approach", "authority", "award", "board", "body", "book",
    "brand", "café", "campaign", "centre", "challenge", "charity", "charter", "choir", "church", "club", "coalition",
    "college", "commission", "committee", "community", "company", "concept", "conference", "council", "course",
    "department", "event", "festival", "forum", "framework", "friendship", "group", "guide", "handbook", "helpline",
    "home", "hospital", "hub", "idea", "initiative", "law", "line", "logo", "meeting", "model", "movement", "name",
    "network", "newsletter", "office", "panel", "plan", "podcast", "policy", "practice", "process", "programme",
    "project", "protocol", "refuge", "report", "resource", "scheme", "school", "scrutiny", "service", "site",
    "slogan", "society", "strategy", "subgroup", "system", "team", "theme", "tool", "toolkit", "training", "trust",
    "unit", "vision", "website", "week", "work", "workshop",
];
/// Endings of nouns that do not name people.
const ABSTRACT: &[&str] = &["tion", "sion", "ship", "ment", "ness", "ism", "ity", "hood", "ology", "ance", "ence"];

/// Whether a word is an abstract noun such as `partnership` or `organisation`, but not a name such as `Constance`.
pub(crate) fn is_abstract(word: &str) -> bool {
    word.starts_with(char::is_lowercase) && ABSTRACT.iter().any(|ending| word.ends_with(ending))
        || (word.ends_with("ship") && word.len() > "ship".len())
}

/// The months, which are not places or names.
#[rustfmt::skip] // One word per line would take pages.
pub(crate) const MONTHS: &[&str] = &[
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];
/// Acronyms of two and three capitals that reports use, which are not initials.
#[rustfmt::skip] // One word per line would take pages.
pub(crate) const ACRONYMS: &[&str] = &[
    "A&E", "ABE", "ACE", "ADD", "AED", "AGM", "AI", "AM", "AMP", "APP", "APR", "ASB", "ASC", "ASD", "AV", "AWE",
    "BAA", "BAU", "BBC", "BHT", "BIA", "BLM", "BME", "BSC", "BSL", "CA", "CAF", "CAB", "CAN", "CBT", "CCE", "CCG",
    "CD", "CE", "CEO", "CFT", "CHC", "CIC", "CID", "CIN", "CIO", "CIS", "CJS", "CLA", "CMT", "CNN", "CNW", "COO", "CP",
    "CPA", "CPC", "CPD", "CPN", "CPP", "CPR", "CPS", "CQC", "CRC", "CSA", "CSC", "CSE", "CSP", "CSU", "CTO", "CV",
    "CVS", "CYP", "DA", "DBS", "DCS", "DHR", "DIY", "DNA", "DPA", "DPO", "DPS", "DSE", "DSL", "DV", "DVA", "DVD",
    "DWP", "EAL", "ED", "EDT", "EEA", "EH", "EHA", "EHC", "ELT", "EM", "EMS", "ENT", "EOI", "EP", "ESA", "ETE", "EU",
    "EY", "FAQ", "FE", "FGC", "FGM", "FII", "FIM", "FM", "FNP", "FOI", "FSW", "FTE", "FY", "GB", "GDP", "GP", "GPS",
    "GUM", "HCP", "HE", "HIV", "HM", "HMP", "HMO", "HO", "HQ", "HR", "HRA", "HRT", "HSE", "HSC", "HV", "IAC", "IBA",
    "ICB", "ICO", "ICP", "ICS", "ICT", "ID", "IDS", "II", "III", "INI", "IOM", "IPV", "IQ", "IRO", "ISA", "ISP", "IT", "ITV",
    "ITU", "IV", "JAR", "JCP", "KPI", "KS", "LA", "LAC", "LCS", "LD", "LEA", "LGA", "LGB", "LPS", "LSB", "LSP", "MA",
    "MBE", "MCA", "MDT", "ME", "MH", "MHA", "MK", "MKC", "MOD", "MOJ", "MOT", "MOU", "MP", "MPS", "MSP", "NB", "NCA",
    "NEU", "NFA", "NGO", "NHS", "NI", "NQT", "NRM", "NVQ", "OBE", "OCG", "OCD", "ONS", "OOH", "OPG", "OT", "OU", "PA", "PC", "PCC", "PCN",
    "PCT", "PDF", "PE", "PHE", "PIN", "PIP", "PLO", "PM", "PNC", "PO", "PPE", "PPU", "PR", "PRU", "PSA", "PSE", "PSW", "PTA",
    "PVI", "QA", "QC", "QR", "RAG", "RE", "RO", "RSE", "SAB", "SAR", "SCB", "SCP", "SCR", "SDQ", "SEN", "SGO", "SLA",
    "SLT", "SMS", "SOL", "SPA", "SRE", "STD", "STI", "SW", "SWP", "TA", "TAC", "TAF", "TED", "TV", "TVP", "UK", "UN",
    "USA", "US", "VCS", "VCA", "VLE", "VP", "VR", "WFH", "WHO", "WI", "YC", "YJB", "YJS", "YMC", "YOI", "YOS", "YOT", "YP",
    "YPA", "II", "IX", "VI", "XI", "XX", "OK", "PS", "TBC", "NO", "YES", "NOT", "ALL", "AND", "THE", "FOR",
];
