//! The picture that is shown where somebody shares a link to a page.

/// Where the picture is, and what it says.
#[derive(Debug)]
pub(crate) struct SharedPicture {
    /// Its full URL.
    pub url: String,
    /// The words in it, for people who cannot see it.
    pub alt: String,
}
