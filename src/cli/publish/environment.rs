//! What the environment has for publishing. Keys come from nowhere else.

use std::env;

use crate::cli::error::CliError;
use crate::publish::{Credentials, NetworkEnvironment, PublishError};

/// What network targets need from the environment. The names are those that AWS's own tools use.
pub(crate) fn environment() -> NetworkEnvironment {
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let keys = variable("AWS_ACCESS_KEY_ID").zip(variable("AWS_SECRET_ACCESS_KEY"));
    let any = |names: [&str; 2]| names.into_iter().find_map(variable);
    NetworkEnvironment {
        credentials: keys.map(|(access_key, secret_key)| Credentials {
            access_key,
            secret_key,
            session_token: variable("AWS_SESSION_TOKEN"),
        }),
        region: any(["AWS_REGION", "AWS_DEFAULT_REGION"]),
        s3_endpoint: any(["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"]),
        cloudfront_endpoint: any(["AWS_ENDPOINT_URL_CLOUDFRONT", "AWS_ENDPOINT_URL"]),
    }
}

impl From<PublishError> for CliError {
    fn from(error: PublishError) -> Self {
        Self { status: if error.is_refusal { 1 } else { 2 }, message: error.message, help: error.help }
    }
}
