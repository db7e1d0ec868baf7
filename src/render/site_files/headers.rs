//! HTTP headers for the files of the site.

/// The content security policy of pages: nothing from other sites, and no script except files of the site.
const POLICY: &str = "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; \
                      frame-ancestors 'none'; img-src 'self'; manifest-src 'self'; script-src 'self'; style-src 'self'";

/// The content security policy of an SVG opened directly: it may draw, with its own styles and embedded pictures.
pub(crate) const PICTURE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/// `_headers`, which static hosts read: the policy for pages, the one for pictures, and how long assets may be cached.
#[must_use]
pub(crate) fn headers() -> String {
    format!(
        "/*\n  Content-Security-Policy: {POLICY}\n  Referrer-Policy: no-referrer\n  X-Content-Type-Options: nosniff\n\
         \u{20} X-Frame-Options: DENY\n  Permissions-Policy: camera=(), geolocation=(), microphone=()\n\n\
         /*.svg\n  Content-Security-Policy: {PICTURE_POLICY}\n  X-Content-Type-Options: nosniff\n\n\
         /assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    )
}
