//! What servers should send with the files.

/// What pages may load and do: nothing from elsewhere, and no script that is not a file of the site.
const POLICY: &str = "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; \
                      frame-ancestors 'none'; img-src 'self'; manifest-src 'self'; script-src 'self'; style-src 'self'";

/// What an SVG that is opened by itself may do: draw, with its own styles and the pictures that stand in it.
pub(crate) const PICTURE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/// `_headers`, which static hosts send with the files: the policy again, that of pictures, and how long assets may be
/// kept.
#[must_use]
pub(crate) fn headers() -> String {
    format!(
        "/*\n  Content-Security-Policy: {POLICY}\n  Referrer-Policy: no-referrer\n  X-Content-Type-Options: nosniff\n\
         \u{20} X-Frame-Options: DENY\n  Permissions-Policy: camera=(), geolocation=(), microphone=()\n\n\
         /*.svg\n  Content-Security-Policy: {PICTURE_POLICY}\n  X-Content-Type-Options: nosniff\n\n\
         /assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    )
}
