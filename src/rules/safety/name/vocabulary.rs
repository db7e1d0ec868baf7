//! Which capitalised words are names of people, and which are not.

/// Given names that are common in Britain, sorted. Names that are also places or ordinary words are left out, unless
/// they are used mainly as names.
#[rustfmt::skip] // One name per line would take pages.
const GIVEN: &[&str] = &[
    "aaron", "abdul", "abdullah", "abigail", "adam", "adele", "adrian", "ahmed", "aisha", "alan", "albert", "alex",
    "alexander", "alexandra", "alfie", "alfred", "ali", "alice", "alison", "amanda", "amber", "amelia", "amina",
    "amy", "andrea", "andrew", "angela", "anita", "ann", "anna", "anne", "annie", "anthony", "archie", "arthur",
    "ashley", "aubrey", "ava", "barbara", "barry", "beatrice", "becky", "ben", "benjamin", "bernard", "beth",
    "bethany", "betty", "bilal", "billy", "bobby", "brandon", "brenda", "brian", "bridget", "callum", "cameron",
    "carl", "carol", "caroline", "catherine", "cathy", "charles", "charlie", "charlotte", "cheryl", "chloe", "chris",
    "christine", "christopher", "claire", "clare", "colin", "connor", "conor", "courtney", "craig", "daisy", "dan",
    "daniel", "danielle", "danny", "darren", "dave", "david", "dean", "debbie", "deborah", "declan", "denise",
    "dennis", "derek", "diane", "dominic", "donna", "dorothy", "dylan", "eddie", "edith", "edward", "eileen",
    "elaine", "eleanor", "elena", "eliza", "elizabeth", "ella", "ellen", "ellie", "elliot", "elsie", "emily", "emma",
    "eric", "erin", "ethan", "eva", "evan", "evelyn", "evie", "ewan", "faisal", "farah", "fatima", "finlay", "finley",
    "fiona", "frances", "francesca", "frank", "fred", "freddie", "frederick", "freya", "gareth", "gary", "gavin",
    "gemma", "george", "georgia", "gerald", "geraldine", "gillian", "gordon", "grace", "graham", "greg", "hannah",
    "haroon", "harriet", "harrison", "harry", "harvey", "hassan", "hayley", "hazel", "heather", "helen", "henry",
    "holly", "howard", "hugh", "ian", "ibrahim", "imogen", "imran", "irene", "isaac", "isabel", "isabella",
    "isabelle", "isla", "ismail", "ivan", "ivy", "jack", "jackie", "jacob", "jacqueline", "jade", "jaden", "jake",
    "james", "jamie", "jan", "jane", "janet", "janice", "jasmine", "jason", "jayden", "jayne", "jean", "jeff",
    "jeffrey", "jennifer", "jenny", "jeremy", "jess", "jessica", "jim", "jimmy", "joan", "joanna", "joanne", "joe",
    "joel", "john", "johnny", "jonathan", "jordan", "joseph", "josephine", "josh", "joshua", "joyce", "jude",
    "judith", "julia", "julian", "julie", "karen", "karl", "kate", "katherine", "kathleen", "kathryn", "katie",
    "kayla", "kayleigh", "keith", "kelly", "kenneth", "kerry", "kevin", "khalid", "kian", "kieran", "kim", "kirsty",
    "kyle", "lara", "laura", "lauren", "layla", "leah", "lee", "leo", "leon", "leona", "leroy", "lesley", "leslie",
    "lewis", "liam", "lilian", "lily", "linda", "lisa", "liz", "lizzie", "logan", "lola", "louis", "louisa", "louise",
    "lucas", "lucy", "luke", "lydia", "lynn", "maddison", "madison", "malcolm", "mandy", "marcus", "margaret",
    "maria", "marian", "marie", "marion", "marjorie", "mark", "martin", "mary", "maryam", "mason", "matilda",
    "matthew", "maureen", "max", "maya", "megan", "melanie", "melissa", "mia", "michael", "michelle", "miguel",
    "mike", "millie", "miriam", "mohamed", "mohammad", "mohammed", "molly", "monica", "muhammad", "nadia", "nancy",
    "naomi", "natalie", "natasha", "nathan", "neil", "niamh", "nicholas", "nicola", "nigel", "nina", "noah", "noel",
    "nora", "norman", "oliver", "olivia", "ollie", "omar", "oscar", "owen", "pamela", "patricia", "patrick", "paul",
    "paula", "pauline", "pete", "peter", "philip", "phillip", "phoebe", "poppy", "rachel", "ralph", "raymond",
    "rebecca", "reece", "rhys", "ricardo", "richard", "riley", "rita", "robert", "roger", "ronald", "rosemary",
    "rosie", "roy", "ruby", "russell", "ruth", "ryan", "sally", "sam", "samantha", "samira", "samuel", "sandra",
    "sara", "sarah", "scott", "sean", "sebastian", "shannon", "sharon", "shaun", "sheila", "shirley", "sian",
    "sidney", "simon", "sofia", "sonia", "sophia", "sophie", "stacey", "stanley", "stella", "stephanie", "stephen",
    "steve", "steven", "stuart", "summer", "susan", "suzanne", "sylvia", "tamara", "tanya", "tara", "taylor",
    "teresa", "terry", "thelma", "theo", "theresa", "thomas", "tia", "tim", "timothy", "tina", "toby", "tom", "tommy",
    "tony", "tracey", "tracy", "trevor", "tyler", "umar", "vera", "veronica", "vincent", "violet", "vivian", "walter",
    "wayne", "wendy", "wesley", "william", "yasmin", "yusuf", "yvonne", "zac", "zach", "zachary", "zainab", "zara",
    "zoe",
];
/// Words in brackets after a pseudonym that are not names.
#[rustfmt::skip] // One word per line would take pages.
const OTHERS: &[&str] = &[
    "a", "abuse", "abused", "academy", "action", "adult", "adults", "african", "aged", "also", "anon", "anonymised",
    "anonymous", "appendix", "arab", "asian", "baby", "bangladeshi", "birmingham", "black", "board", "both", "boy",
    "bradford", "bristol", "british", "brother", "buckinghamshire", "bucks", "cambridge", "cardiff", "care", "carer",
    "caribbean", "case", "child", "children", "chinese", "christian", "client", "confidential", "cornwall", "council",
    "county", "cspr", "cumbria", "current", "dad", "daughter", "dead", "deceased", "derby", "devon", "dorset",
    "early", "edinburgh", "eldest", "england", "essex", "family", "father", "female", "figure", "five", "four",
    "full", "gender", "girl", "glasgow", "group", "guardian", "gypsy", "hampshire", "hindu", "home", "hull",
    "husband", "independent", "indian", "infant", "inquest", "interim", "ireland", "irish", "jewish", "june", "kent",
    "lancashire", "latest", "learning", "leeds", "leicester", "lincoln", "liverpool", "living", "local", "london",
    "male", "man", "manchester", "married", "may", "minor", "mixed", "mother", "mum", "muslim", "national", "neglect",
    "new", "newborn", "no", "non-binary", "norfolk", "north", "northern", "not", "nottingham", "now", "one",
    "ongoing", "only", "other", "our", "oxford", "pakistani", "parent", "partner", "partnership", "perpetrator",
    "plymouth", "police", "practice", "pseudonym", "published", "rapid", "reading", "redacted", "relative", "report",
    "resident", "review", "reviews", "roma", "safeguarding", "scotland", "see", "serious", "sexual", "sibling",
    "sikh", "sister", "somali", "somerset", "son", "south", "staffordshire", "subject", "suffolk", "surrey", "sussex",
    "swindon", "the", "these", "this", "three", "traveller", "twin", "two", "unborn", "under", "unknown", "victim",
    "wales", "warwick", "welsh", "west", "white", "wife", "woman", "year", "years", "york", "yorkshire", "young",
    "younger", "youngest",
];
/// Endings of words for places and for their people.
#[rustfmt::skip] // One ending per line would take pages.
const ENDINGS: &[&str] = &[
    "borough", "bourne", "bridge", "burgh", "bury", "caster", "cester", "chester", "combe", "dale", "field", "folk",
    "ford", "gate", "ham", "hampton", "hill", "hurst", "ish", "ese", "keynes", "land", "ley", "mere", "minster", "mouth", "park",
    "pool", "port", "shire", "stead", "stoke", "stone", "stow", "thorpe", "ton", "town", "upon", "vale", "ville",
    "wick", "wood", "worth",
];

/// Whether a word is a common given name.
pub(crate) fn is_given(word: &str) -> bool {
    let is_capital = word.starts_with(char::is_uppercase);
    is_capital && GIVEN.binary_search(&word.to_lowercase().as_str()).is_ok()
}

/// Whether a capitalised word after a pseudonym may be a name.
pub(crate) fn may_be_name(word: &str) -> bool {
    let lower = word.to_lowercase();
    let mut chars = word.chars();
    let is_capital = chars.next().is_some_and(char::is_uppercase) && chars.any(char::is_lowercase);
    let is_name = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
    is_given(word)
        || (is_capital
            && is_name
            && OTHERS.binary_search(&lower.as_str()).is_err()
            && !ENDINGS.iter().any(|ending| lower.ends_with(ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        assert!(GIVEN.is_sorted() && OTHERS.is_sorted());
        assert!(is_given("John") && is_given("SOPHIE") && !is_given("john") && !is_given("Leeds"));
        assert!(may_be_name("Ashley") && may_be_name("Zebedee"));
        for word in ["Northampton", "Safeguarding", "Keynes", "SAR", "Polish", "aged", "A"] {
            assert!(!may_be_name(word), "{word}");
        }
    }
}
