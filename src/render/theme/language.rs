//! What templates can call, each with its purpose: the engine's own functions, filters and tests, and annal's.

/// The functions, with their arguments.
pub(super) const FUNCTIONS: &[(&str, &str)] = &[
    ("asset(path)", "The published address of a file in `assets/`, without `page.root`."),
    (
        "image(path)",
        "A picture in `assets/`: its address as `href`, without `page.root`, its `width` and `height` in pixels, and its copies for small screens as `smaller`. The component `picture` shows it.",
    ),
    ("t(key, n, …)", "A text of the interface with its placeholders filled in, in the form for the number `n`."),
    (
        "headings(html)",
        "The headings in some HTML, each with `level`, `id` and `title`, for a list of what is on a page.",
    ),
    ("range(end)", "The numbers from 0 up to `end`, for loops. Also `start` and `step_by`."),
    ("throw(message)", "Stops with this message."),
];

/// The filters.
pub(super) const FILTERS: &[(&str, &str)] = &[
    ("date", "A date such as `2024-06-12` in the language of the page: 12 June 2024."),
    ("number", "A number with its thousands apart and up to two decimals: 1,561."),
    ("markdown", "Text with Markdown, for example from `extra`, as HTML. Its links must be whole addresses."),
    ("whole_years", "Text in which years such as 2024-25 stay on one line, as HTML. For headings."),
    ("safe", "Writes HTML as it is. Only for fields of the type `Html`."),
    ("default", "Another value if there is none: `default(value=\"–\")`."),
    ("upper", "In capitals."),
    ("lower", "In small letters."),
    ("capitalize", "With a capital at the start."),
    ("title", "With a capital at the start of each word."),
    ("trim", "Without white space at both ends. Also `trim_start` and `trim_end`."),
    ("replace", "With some words replaced: `replace(from=\"a\", to=\"b\")`."),
    ("truncate", "Its first characters: `truncate(length=80)`."),
    ("split", "Its parts: `split(pat=\",\")`."),
    ("join", "A list as one text: `join(sep=\", \")`."),
    ("length", "The number of characters or entries."),
    ("first", "The first entry of a list."),
    ("last", "The last entry of a list."),
    ("nth", "An entry by its number, from 0: `nth(n=2)`."),
    ("reverse", "A list from its end."),
    ("sort", "A list in order. `attribute` names the field to sort by."),
    ("unique", "A list with each value once."),
    ("group_by", "A list in groups: `group_by(attribute=\"kind\")`."),
    ("get", "A field by its name: `get(key=\"a\")`."),
    ("keys", "The keys of a mapping. Also `values` and `pairs`."),
    ("int", "A text as a whole number. Also `float`."),
    ("str", "A value as text."),
    ("round", "A number without decimals, or with `precision` of them."),
    ("abs", "A number without its sign."),
    ("newlines_to_br", "A text with a line break for each line."),
];

/// The tests, for `is` and `is not`.
pub(super) const TESTS: &[&str] = &[
    "defined",
    "undefined",
    "none",
    "string",
    "number",
    "integer",
    "float",
    "bool",
    "array",
    "map",
    "iterable",
    "odd",
    "even",
    "divisible_by",
    "starting_with",
    "ending_with",
    "containing",
];

/// The names of a list, without arguments.
pub(super) fn names(list: &[(&'static str, &'static str)]) -> impl Iterator<Item = &'static str> {
    list.iter().map(|(name, _)| name.split('(').next().unwrap_or(name))
}
