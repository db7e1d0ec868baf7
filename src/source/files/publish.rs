//! Places to publish to, as `content/site.yaml` and the command line name them.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::diagnostic::excerpt;
use crate::diagnostic::suggest::did_you_mean;
use crate::record;
use crate::source::yaml::scalar::{Scalar, ScalarError};
use crate::source::yaml::{Spanned, Text, Url, ValueType};

record! {
    /// A place to publish to.
    pub struct PublishEntry {
        /// The address to publish to: `file:///srv/www/report`, `zip:report.zip`, `s3://bucket/folder` or
        /// `sftp://user@host/folder`. Keys and passwords do not belong here.
        "to" required to: Spanned<TargetAddress>,
        /// The region of the storage service, if it has one.
        "region" optional region: Text,
        /// The web address of the storage service, if it is not the provider's standard one.
        "endpoint" optional endpoint: Spanned<ServiceUrl>,
        /// The web address at which readers find the site there, if it is not that of the whole site.
        "base_url" optional base_url: Spanned<Url>,
        /// The content delivery network to tell about changes, as `cloudfront:` and the distribution's id.
        "invalidate" optional invalidate: Spanned<CdnAddress>,
    }
}

/// An address that a site can be published to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TargetAddress {
    /// `file:///srv/www/report`: a folder with `releases/` and the link `current`.
    Folder(PathBuf),
    /// `zip:report.zip`: a file.
    Zip(PathBuf),
    /// `s3://bucket/prefix`: an object store.
    S3 {
        bucket: String,
        /// Without `/` at either end; may be empty.
        prefix: String,
    },
    /// `sftp://user@host:port/srv/report`: a folder like that of `file:` on another machine.
    Sftp {
        /// `user@host` or `host`, as the machine's `ssh` understands it.
        host: String,
        port: Option<u16>,
        /// Absolute, or relative to the user's folder there.
        folder: String,
    },
}

/// What addresses begin with.
const SCHEMES: [&str; 4] = ["file", "zip", "s3", "sftp"];

impl Scalar for TargetAddress {
    fn shape() -> ValueType {
        ValueType::matching(
            "an address: `file:../www` for a folder, `zip:report.zip`, `s3://bucket/folder` or `sftp://user@host/srv/report`",
            "^(file|zip|s3|sftp):.+",
        )
    }

    /// Messages never repeat what may be a password.
    fn parse(text: &str) -> Result<Self, ScalarError> {
        let (scheme, rest) = text.split_once(':').unwrap_or(("", text));
        let below = rest.strip_prefix("//").unwrap_or(rest);
        match scheme {
            "file" | "zip" if rest.trim_matches('/').is_empty() => {
                let example = if scheme == "file" { "file:///srv/www/report" } else { "zip:report.zip" };
                Err(ScalarError::value(format!("has no path: `{text}`"), format!("write it as in `{example}`")))
            }
            "file" => Ok(Self::Folder(local_path(rest))),
            "zip" => Ok(Self::Zip(local_path(rest))),
            "s3" => Self::parse_s3(below),
            "sftp" => Self::parse_sftp(below),
            _ => {
                let message = format!("must begin with `file:`, `zip:`, `s3:` or `sftp:`, but is `{}`", plain(text));
                let help = did_you_mean(scheme, SCHEMES).unwrap_or_else(|| match text {
                    path if path.contains([':', '@']) => {
                        "write it as in `file:///srv/www/report` or `zip:report.zip`".to_owned()
                    }
                    path if path.to_ascii_lowercase().ends_with(".zip") => format!("for a zip, write `zip:{path}`"),
                    path => format!("for a folder, write `file:{path}`"),
                });
                Err(ScalarError::value(message, help))
            }
        }
    }
}

impl TargetAddress {
    fn parse_s3(text: &str) -> Result<Self, ScalarError> {
        let (bucket, prefix) = text.split_once('/').unwrap_or((text, ""));
        let is_bucket = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if let Some((keys, _)) = text.rsplit_once('@').filter(|_| !bucket.chars().all(is_bucket)) {
            let help = "set them in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and write `s3://bucket/folder`";
            return Err(ScalarError::secret("must not hold keys", help, keys));
        }
        if bucket.is_empty() || !bucket.chars().all(is_bucket) {
            let message = "must name a bucket by its letters, digits, dots and hyphens";
            return Err(ScalarError::value(message, "write it as in `s3://bucket/folder`"));
        }
        Ok(Self::S3 { bucket: bucket.to_owned(), prefix: prefix.trim_matches('/').to_owned() })
    }

    fn parse_sftp(text: &str) -> Result<Self, ScalarError> {
        let form = || "write it as in `sftp://user@host/srv/report`";
        // A password may hold a `/`.
        if let Some((_, password)) = text.rsplit_once('@').and_then(|(user, _)| user.split_once(':')) {
            let help = "use a key that your SSH agent or configuration knows, and write `sftp://user@host/srv/report`";
            return Err(ScalarError::secret("must not hold a password", help, password));
        }
        let (host, folder) = text.split_once('/').unwrap_or((text, ""));
        let (host, port) = match host.rsplit_once(':') {
            Some((host, port)) => {
                let port = port.parse().map_err(|_| {
                    ScalarError::value(format!("has a port that is not a number: `{}`", excerpt(port)), form())
                });
                (host, Some(port?))
            }
            None => (host, None),
        };
        // A host that begins with a hyphen would be an option of `sftp`.
        let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | '[' | ']' | ':' | '%');
        if host.is_empty() || host.starts_with('-') || !host.chars().all(is_host) {
            return Err(ScalarError::value("must name a host", form()));
        }
        let folder = folder.trim_end_matches('/');
        let folder = match folder.strip_prefix("~/") {
            Some(below) => below.to_owned(),
            None => format!("/{folder}"),
        };
        if folder == "/" || folder.is_empty() || folder.contains(['\n', '\r']) {
            return Err(ScalarError::value("must name a folder", form()));
        }
        Ok(Self::Sftp { host: host.to_owned(), port, folder })
    }

    /// The same address with a path of this machine that is relative to `folder` made absolute.
    #[must_use]
    pub(crate) fn relative_to(self, folder: &Path) -> Self {
        match self {
            Self::Folder(path) => Self::Folder(folder.join(path)),
            Self::Zip(path) => Self::Zip(folder.join(path)),
            network => network,
        }
    }
}

impl fmt::Display for TargetAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) => write!(f, "file:{}", path.display()),
            Self::Zip(path) => write!(f, "zip:{}", path.display()),
            Self::S3 { bucket, prefix } if prefix.is_empty() => write!(f, "s3://{bucket}"),
            Self::S3 { bucket, prefix } => write!(f, "s3://{bucket}/{prefix}"),
            Self::Sftp { host, port, folder } => {
                let port = port.map(|port| format!(":{port}")).unwrap_or_default();
                let folder = if folder.starts_with('/') { folder.clone() } else { format!("/~/{folder}") };
                write!(f, "sftp://{host}{port}{folder}")
            }
        }
    }
}

/// The beginning of an address, without what is before a host.
fn plain(text: &str) -> String {
    excerpt(text.rsplit_once('@').map_or(text, |(_, after)| after))
}

/// A path of this machine in an address: `///srv/www`, `//localhost/srv`, `/srv`, `report.zip`, `///C:/www`.
fn local_path(rest: &str) -> PathBuf {
    let path = rest
        .strip_prefix("//localhost/")
        .map_or_else(|| rest.strip_prefix("//").unwrap_or(rest).to_owned(), |path| format!("/{path}"));
    let drive = path.strip_prefix('/').filter(|path| path.as_bytes().get(1) == Some(&b':'));
    percent_encoding::percent_decode_str(drive.unwrap_or(&path)).decode_utf8_lossy().into_owned().into()
}

/// The web address of a service, without a name or keys before the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ServiceUrl(pub String);

impl Scalar for ServiceUrl {
    fn shape() -> ValueType {
        Url::shape()
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        let after_scheme = text.split_once("://").map_or(text, |(_, rest)| rest);
        if let Some((keys, _)) = after_scheme.rsplit_once('@') {
            let help = "set them in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and write the address without them";
            return Err(ScalarError::secret("must not hold keys", help, keys));
        }
        Url::parse(text).map(|url| Self(url.0))
    }
}

/// A content delivery network, as in `cloudfront:E123`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CdnAddress {
    /// The id of the distribution of `CloudFront`.
    pub distribution: String,
}

impl Scalar for CdnAddress {
    fn shape() -> ValueType {
        ValueType::matching("`cloudfront:` and the id of a distribution", "^cloudfront:[A-Za-z0-9]+$")
    }

    fn parse(text: &str) -> Result<Self, ScalarError> {
        let id = text
            .strip_prefix("cloudfront:")
            .filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        id.map(|id| Self { distribution: id.to_owned() }).ok_or_else(|| {
            let message = format!("must name a distribution of CloudFront, but is `{}`", excerpt(text));
            ScalarError::value(message, "write `cloudfront:` and the distribution's id, as in `cloudfront:E123`")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        match TargetAddress::parse(text) {
            Ok(address) => format!("{:?}", address.relative_to(Path::new("/site"))),
            Err(ScalarError::Value { message, help, .. }) => format!("! {message} · {help}"),
            Err(ScalarError::Type) => unreachable!("every text is one or has something wrong"),
        }
    }

    #[test]
    fn addresses_are_read() {
        assert_eq!(check("file:///srv/www/report"), r#"Folder("/srv/www/report")"#);
        assert_eq!(check("file:../public"), r#"Folder("/site/../public")"#);
        assert_eq!(check("file:///C:/www/my%20report"), r#"Folder("/site/C:/www/my report")"#);
        assert_eq!(check("zip:report.zip"), r#"Zip("/site/report.zip")"#);
        assert_eq!(check("s3://bucket"), r#"S3 { bucket: "bucket", prefix: "" }"#);
        assert_eq!(check("s3://bucket/a/b/"), r#"S3 { bucket: "bucket", prefix: "a/b" }"#);
        assert_eq!(
            check("sftp://deploy@www.example.gov.uk:2222/srv/report/"),
            r#"Sftp { host: "deploy@www.example.gov.uk", port: Some(2222), folder: "/srv/report" }"#
        );
        assert_eq!(check("sftp://host/~/report"), r#"Sftp { host: "host", port: None, folder: "report" }"#);
        for bad in ["file:", "zip:", "s3://", "ftp://host", "live", "sftp://-oProxyCommand=x/a", "sftp://h/"] {
            assert!(check(bad).starts_with('!'), "{bad}");
        }
    }

    #[test]
    fn a_password_or_key_in_an_address_is_refused_and_not_repeated() {
        for address in [
            "sftp://deploy:canary@host/srv",
            "sftp://deploy:can/canary@host/srv",
            "s3://KEY:canary@bucket",
            "s3://KEY:can/canary@bucket/folder",
            "ftp://deploy:canary@host/srv",
        ] {
            let said = check(address);
            assert!(said.starts_with('!') && !said.contains("canary"), "{said}");
        }
        let Err(ScalarError::Value { message, .. }) = ServiceUrl::parse("https://KEY:canary@s3.example") else {
            panic!("keys are refused");
        };
        assert_eq!(message, "must not hold keys");
    }
}
