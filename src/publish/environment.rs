//! What a network target needs from the environment.

use std::fmt;

/// Keys for a storage service, from the environment.
#[derive(Clone)]
pub(crate) struct Credentials {
    pub access_key: String,
    pub secret_key: String,
    pub session_token: Option<String>,
}

/// Keys are never printed.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(…)")
    }
}

/// What network targets need from the environment.
#[derive(Debug, Default)]
pub(crate) struct NetworkEnvironment {
    pub credentials: Option<Credentials>,
    pub region: Option<String>,
    /// The address of S3, if it is not the provider's.
    pub s3_endpoint: Option<String>,
    /// The same for `CloudFront`.
    pub cloudfront_endpoint: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_not_printed() {
        let keys = Credentials { access_key: "canary".into(), secret_key: "canary".into(), session_token: None };
        assert!(!format!("{keys:?}").contains("canary"));
    }
}
