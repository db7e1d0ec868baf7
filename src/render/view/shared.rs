//! Views of what all pages share: the site, the year, and the page itself.

use super::{Extra, Html};
use crate::render::route::Address;
use crate::view;

view! {
    /// The site as a whole. Every template has it as `site`.
    pub struct SiteView {
        /// The partnership's name.
        title: String,
        /// One sentence about the site; may be empty.
        description: String,
        /// The BCP 47 tag of the site's language.
        language: String,
        /// The same as Open Graph writes it, with a region: `en_GB`; empty if the region is not known.
        locale: String,
        /// The publisher.
        publisher: Option<LinkView>,
        /// The licence of its text.
        licence: Option<LinkView>,
        /// The contacts for emergencies, shown first on every page.
        urgent: Vec<ContactView>,
        /// The site's own pages, in order.
        pages: Vec<LinkView>,
        /// The latest report.
        newest: Option<LinkView>,
        /// The glossary, if there is one.
        glossary: Option<LinkView>,
        /// The list of the site's own documents, if it has any.
        documents: Option<LinkView>,
        /// The contacts, if there are any.
        contacts: Option<LinkView>,
        /// The page that compares the years, if there is more than one.
        trends: Option<LinkView>,
        /// The search.
        search: LinkView,
        /// The address of the feed of reports.
        feed: String,
        /// What it looks like.
        brand: BrandView,
        /// The value of `extra` in `site.yaml`.
        extra: Extra,
    }

    /// A link to a file.
    pub struct FileLinkView {
        /// Its title.
        title: String,
        /// Its address from the site's root.
        href: String,
        /// What kind of file it is, such as `PDF, 1.2 MB, 34 pages`; may be empty.
        facts: String,
    }

    /// What the partnership looks like, apart from the theme.
    pub struct BrandView {
        /// The logo.
        logo: Option<PictureView>,
        /// The logo for dark screens.
        logo_dark: Option<PictureView>,
        /// The picture on the front page and on the cover of the printed report.
        cover: Option<PictureView>,
        /// The address of the style sheet with the site's own colours; may be empty.
        style: String,
        /// The address of the site's own icon; may be empty.
        icon: String,
        /// The media type of the icon; may be empty.
        icon_type: &'static str,
    }

    /// A picture.
    pub struct PictureView {
        /// Its address from the site's root.
        href: String,
        /// Its width in pixels; 0 if unknown.
        width: u32,
        /// Its height in pixels; 0 if unknown.
        height: u32,
        /// Its smaller copies, narrowest first. Only the cover and pictures of the theme have any.
        smaller: Vec<PictureCopyView>,
    }

    /// A smaller copy of a picture.
    pub struct PictureCopyView {
        /// Its address from the site's root.
        href: String,
        /// Its width in pixels.
        width: u32,
    }

    /// A year's report. Templates of its pages have it as `year`.
    pub struct YearView {
        /// The name of the year's folder: `2019-20`.
        name: String,
        /// The report's title.
        title: String,
        /// The report's front page.
        href: String,
        /// The address of the full report as one document.
        print: String,
        /// The address of the style sheet that prints the report's title at the top of every page.
        running_head: String,
        /// The period in words: `1 April 2019 to 31 March 2020`; empty if unknown.
        period: String,
        /// When it was last changed, in words: the date of publication or of the latest correction; may be empty.
        updated: String,
        /// The report's contents, in order.
        contents: Vec<ContentsView>,
        /// The previous report, if there is one.
        earlier: Option<LinkView>,
        /// The next report, if there is one.
        later: Option<LinkView>,
        /// The value of `extra` in `report.yaml`.
        extra: Extra,
    }

    /// The page itself. Every template has it as `page`.
    pub struct PageView {
        /// The page's title: its `h1`.
        title: String,
        /// One or two sentences about it, for search engines and previews of links.
        description: String,
        /// Its address from the site's root.
        href: String,
        /// The path from it to the site's root. Put it before every address.
        root: String,
        /// Its full URL.
        canonical: String,
        /// The full URL of the picture that is shown where somebody shares a link to it: 1200 by 630 pixels.
        image: String,
        /// The words in that picture.
        image_alt: String,
        /// The kind of page: the name of its template without `.html`.
        kind: &'static str,
        /// The address of the entry of `year.contents` that it is or belongs to; may be empty.
        current: String,
        /// The pages above it, the front page first.
        breadcrumbs: Vec<LinkView>,
        /// The page before it in the report.
        previous: Option<LinkView>,
        /// The page after it in the report.
        next: Option<LinkView>,
        /// The same page in the report before this one, named after its year.
        earlier: Option<LinkView>,
        /// The same page in the report after this one, named after its year.
        later: Option<LinkView>,
        /// Reasons for waived errors in the page's content, printed on the page.
        notices: Vec<NoticeView>,
        /// Corrections of the page's content since it was first published, the latest first. The year's front page and its
        /// print edition have all of the year.
        corrections: Vec<CorrectionView>,
        /// Errors in the page's content, if the site is built in spite of them.
        faults: Vec<FaultView>,
        /// Warnings about the page's content, if it is part of a proof.
        warnings: Vec<FaultView>,
        /// The page in all languages of the site; empty if there is only one.
        languages: Vec<LanguageView>,
        /// The BCP 47 tag of the page's text if it has not been translated into the language of the page; otherwise
        /// empty.
        only_in: String,
        /// Data about the page for search engines (JSON-LD), safe inside `script`; may be empty.
        json_ld: Html,
    }

    /// The frame around a page, rendered once for all pages that share it. Every page's template has it as `frame`.
    pub struct ChromeView {
        /// The top: `top.html`.
        top: Html,
        /// The contents of the report, on pages of a year: `contents.html`.
        contents: Html,
        /// The footer: `foot.html`.
        foot: Html,
    }

    /// What the templates of the frame know about the page. They have it as `page`. Links to the page itself are given
    /// `aria-current` automatically.
    pub struct ChromePageView {
        /// The path to the site's root. Put it before every address.
        root: String,
        /// The address of the entry of `year.contents` that the page is or belongs to; may be empty. Only
        /// `contents.html` has it.
        current: String,
    }

    /// A page in one of the site's languages.
    pub struct LanguageView {
        /// The language's BCP 47 tag.
        tag: String,
        /// The language's own name for itself.
        name: String,
        /// The address of the page. Write it after `page.root`.
        href: String,
        /// The page's full URL.
        url: String,
        /// Whether it is the language of this page.
        is_current: bool,
    }

    /// A link, or only a name if there is no target.
    pub struct LinkView {
        /// The text of the link.
        title: String,
        /// The address from the site's root, or a full URL; empty if there is no target.
        href: String,
    }

    /// An entry of a report's contents.
    pub struct ContentsView {
        /// The text of the entry.
        title: String,
        /// The address of the entry.
        href: String,
        /// The boards, agencies or priorities below it, unless there are too many to list.
        entries: Vec<LinkView>,
    }

    /// A contact.
    pub struct ContactView {
        /// The name of the person or service.
        name: String,
        /// The purpose; may be empty.
        purpose: String,
        /// Telephone numbers.
        phones: Vec<PhoneView>,
        /// An email address; may be empty.
        email: String,
        /// A postal address, with line ends; may be empty.
        address: String,
        /// The opening hours; may be empty.
        hours: String,
        /// A web page; may be empty.
        url: String,
        /// Whether it is shown first on every page.
        urgent: bool,
    }

    /// A telephone number.
    pub struct PhoneView {
        /// The number as written.
        number: String,
        /// The number for a link: `tel:` followed by digits only.
        href: String,
        /// The hours when calls are answered; may be empty.
        hours: String,
    }

    /// The reason for a waived error.
    pub struct NoticeView {
        /// The code of the error.
        code: &'static str,
        /// The subject of the error; empty if it is the page as a whole, or clear from where the notice is.
        about: String,
        /// The reason.
        reason: Html,
    }

    /// A correction of a report.
    pub struct CorrectionView {
        /// The fragment at which the front page has it.
        anchor: String,
        /// The date, in words.
        on: String,
        /// What was wrong, and what is right.
        what: Html,
        /// The page that it is about, where that is another page; without an address if it is not built.
        about: LinkView,
    }

    /// An error or warning in a page's content.
    pub struct FaultView {
        /// Its code.
        code: &'static str,
        /// The message.
        message: String,
        /// The file, line and column.
        place: String,
        /// How to fix it; may be empty.
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
