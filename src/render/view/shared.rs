//! What all pages share: the site, the year, and what every page says of itself.

use super::{Extra, Html};
use crate::render::route::Address;
use crate::view;

view! {
    /// The site as a whole; every template has it as `site`.
    pub struct SiteView {
        /// The partnership's name.
        title: String,
        /// One sentence about the site, or an empty text.
        description: String,
        /// The BCP 47 tag of the site's language.
        language: String,
        /// Who publishes it.
        publisher: Option<LinkView>,
        /// The licence of its text.
        licence: Option<LinkView>,
        /// Whom to turn to at once: shown first on every page.
        urgent: Vec<ContactView>,
        /// The site's own pages, in their order.
        pages: Vec<LinkView>,
        /// The newest report.
        newest: Option<LinkView>,
        /// The glossary, where there is one.
        glossary: Option<LinkView>,
        /// The contacts, where there are any.
        contacts: Option<LinkView>,
        /// The page that looks across the years, where there is more than one to show.
        trends: Option<LinkView>,
        /// The search.
        search: LinkView,
        /// The address of the feed of reports.
        feed: String,
        /// What `site.yaml` holds under `extra`.
        extra: Extra,
    }

    /// A year's report; templates of its pages have it as `year`.
    pub struct YearView {
        /// The year as its folder is named: `2019-20`.
        name: String,
        /// The report's title.
        title: String,
        /// The report's front page.
        href: String,
        /// The whole report as one document.
        print: String,
        /// The style sheet that puts the report's title at the head of every printed page.
        running_head: String,
        /// The period in words: `1 April 2019 to 31 March 2020`; empty where it is unknown.
        period: String,
        /// What the report holds, in its order.
        contents: Vec<ContentsView>,
        /// The report of the year before, where it is built.
        earlier: Option<LinkView>,
        /// The report of the year after, where it is built.
        later: Option<LinkView>,
        /// What `report.yaml` holds under `extra`.
        extra: Extra,
    }

    /// What every page says of itself; every template has it as `page`.
    pub struct PageView {
        /// The page's title: its `h1`.
        title: String,
        /// One or two sentences about it, for search engines and previews of links.
        description: String,
        /// Its address from the site's root.
        href: String,
        /// The way from it to the site's root; put it before every address.
        root: String,
        /// Its absolute address.
        canonical: String,
        /// What kind of page it is: its template's name without `.html`.
        kind: &'static str,
        /// The address of the entry of `year.contents` that it is or belongs to, or an empty text.
        current: String,
        /// The pages above it, the front page first.
        breadcrumbs: Vec<LinkView>,
        /// The page before it in the report.
        previous: Option<LinkView>,
        /// The page after it in the report.
        next: Option<LinkView>,
        /// Reasons for known faults of what the page shows, which are printed on it.
        notices: Vec<NoticeView>,
        /// Faults of what the page shows, on a page built in spite of them.
        faults: Vec<FaultView>,
        /// The page in all languages of the site; none where there is but one.
        languages: Vec<LanguageView>,
        /// The BCP 47 tag of the page's text where it is not translated into the language of the page; else empty.
        only_in: String,
        /// Data about the page for search engines (JSON-LD), safe inside `script`; empty where there is none.
        json_ld: Html,
    }

    /// What frames a page, rendered once for all pages that share it; every page's template has it as `frame`.
    pub struct ChromeView {
        /// The top: `top.html`.
        top: Html,
        /// The contents of the report, on pages of a year: `contents.html`.
        contents: Html,
        /// The foot: `foot.html`.
        foot: Html,
    }

    /// All that the templates of a frame know of the page; they have it as `page`. Links to the page itself get
    /// `aria-current` by themselves.
    pub struct ChromePageView {
        /// The way to the site's root; put it before every address.
        root: String,
        /// The address of the entry of `year.contents` that the page is or belongs to, or an empty text. Only
        /// `contents.html` has it.
        current: String,
    }

    /// A page in one of the site's languages.
    pub struct LanguageView {
        /// The language's BCP 47 tag.
        tag: String,
        /// What it is called in itself.
        name: String,
        /// The page, to be written behind `page.root`.
        href: String,
        /// The page's absolute address.
        url: String,
        /// Whether it is the language of this page.
        is_current: bool,
    }

    /// A link, or a name where there is nothing to link to.
    pub struct LinkView {
        /// What it is called.
        title: String,
        /// Where it leads: from the site's root, or an absolute address; empty where it leads nowhere.
        href: String,
    }

    /// A line of a report's contents.
    pub struct ContentsView {
        /// What it is called.
        title: String,
        /// Where it leads.
        href: String,
        /// What lies below it, where that is few enough to list: the boards, the agencies, the priorities.
        entries: Vec<LinkView>,
    }

    /// Somebody to turn to.
    pub struct ContactView {
        /// Who answers.
        name: String,
        /// What for; may be empty.
        purpose: String,
        /// Telephone numbers.
        phones: Vec<PhoneView>,
        /// An email address; may be empty.
        email: String,
        /// A postal address, with line ends; may be empty.
        address: String,
        /// When somebody answers; may be empty.
        hours: String,
        /// A page to go to; may be empty.
        url: String,
        /// Whether it is shown first on every page.
        urgent: bool,
    }

    /// A telephone number.
    pub struct PhoneView {
        /// The number as people write it.
        number: String,
        /// The number for a link: `tel:` with digits alone.
        href: String,
        /// When it is answered; may be empty.
        hours: String,
    }

    /// The reason why a known fault was let through.
    pub struct NoticeView {
        /// The code of the fault.
        code: &'static str,
        /// What it is about; empty where that is the page, or what it stands at.
        about: String,
        /// The reason.
        reason: Html,
    }

    /// A fault of what a page shows.
    pub struct FaultView {
        /// Its code.
        code: &'static str,
        /// What is wrong.
        message: String,
        /// The file, line and column.
        place: String,
        /// What to do about it; may be empty.
        help: String,
    }
}

impl LinkView {
    /// A link to an address of the site.
    #[must_use]
    pub(crate) fn new(title: &str, to: &Address) -> Self {
        Self { title: title.to_owned(), href: to.to_string() }
    }
}
