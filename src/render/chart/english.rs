//! What charts say in British English.

/// Every phrase of the charts in English, which is also the list of all keys and their placeholders.
///
/// A key that ends in `.one` is said of one thing, its sibling in `.other` of any other number, `{count}`.
pub const ENGLISH: &[(&str, &str)] = &[
    ("chart.list.comma", ", "),
    ("chart.list.semicolon", "; "),
    ("chart.list.and", " and "),
    ("chart.percent", "{number}%"),
    ("chart.under-one-percent", "under 1%"),
    ("chart.source", "Source: {source}."),
    ("chart.table", "Table: {title}"),
    ("chart.download", "Download {file}"),
    ("chart.total", "Total"),
    ("chart.none", "–"),
    // Contributions.
    ("chart.contributions.title", "Contributions by agency and fund, {period}"),
    ("chart.contributions.agency", "Agency"),
    ("chart.contributions.share", "Share"),
    ("chart.contributions.value", "{amount} · {share}"),
    ("chart.contributions.legend", "{fund} {amount}"),
    ("chart.contributions.headline.most", "{agency} paid {share} of {total}"),
    ("chart.contributions.headline.most-long", "{share} of {total} came from {agency}"),
    ("chart.contributions.headline.tied", "{agencies} each paid {share} of {total}"),
    ("chart.contributions.headline.many-tied", "{count} agencies each paid {amount} of {total}"),
    ("chart.contributions.headline.all", "{agency} paid the whole {total}"),
    ("chart.contributions.headline.total", "Contributions came to {total}"),
    ("chart.contributions.headline.nothing", "No agency paid anything"),
    ("chart.contributions.about.one", "One agency paid {total}: {funds}."),
    ("chart.contributions.about.other", "{count} agencies paid {total} in all: {funds}."),
    ("chart.contributions.about.fund", "{amount} into {fund}"),
    ("chart.contributions.about.first", "The largest payers were {payers}."),
    ("chart.contributions.about.payer", "{agency} with {amount}, {share}"),
    ("chart.contributions.about.payer-plain", "{agency} with {amount}"),
    ("chart.contributions.about.rest.one", "The one other agency paid {amount}."),
    ("chart.contributions.about.rest.other", "The other {count} agencies paid {amount} between them."),
];
