//! Where to publish: addresses, and what `site.yaml` says of them.

use std::fmt;
use std::path::{Path, PathBuf};

use super::error::PublishError;
use crate::diagnostic::suggest::did_you_mean;

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

/// A target with its settings.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Its name in `site.yaml`, or its address as somebody gave it.
    pub name: String,
    pub address: TargetAddress,
    /// The region of the storage service.
    pub region: Option<String>,
    /// The web address of the storage service.
    pub endpoint: Option<String>,
    /// The address at which readers find the site, if it is not the one in `site.yaml`.
    pub base_url: Option<String>,
    /// The distribution of `CloudFront` to tell about changes.
    pub distribution: Option<String>,
}

impl Settings {
    /// Settings for an address without any. Paths that are not absolute are relative to `folder`.
    ///
    /// # Errors
    ///
    /// See [`TargetAddress::parse`].
    pub(crate) fn from_address(address: &str, folder: &Path) -> Result<Self, PublishError> {
        let parsed = TargetAddress::parse(address, folder)?;
        let name = address.to_owned();
        Ok(Self { name, address: parsed, region: None, endpoint: None, base_url: None, distribution: None })
    }
}

/// What `invalidate` may be.
const INVALIDATE: &str = "cloudfront:";

/// The distribution in the value of `invalidate`.
pub(crate) fn parse_invalidate(text: &str) -> Result<String, PublishError> {
    let id = text
        .strip_prefix(INVALIDATE)
        .filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    id.map(str::to_owned).ok_or_else(|| {
        PublishError::new(format!("`invalidate` must name a distribution of CloudFront, not `{text}`"))
            .help("write `invalidate: \"cloudfront:E123\"`, with the distribution's id")
    })
}

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

impl TargetAddress {
    /// Parses an address. Paths that are not absolute are relative to `folder`.
    ///
    /// # Errors
    ///
    /// If it is none that annal can publish to, or holds a password.
    pub(crate) fn parse(text: &str, folder: &Path) -> Result<Self, PublishError> {
        let (scheme, rest) = text.split_once(':').unwrap_or((text, ""));
        match scheme {
            "file" | "zip" if rest.trim_matches('/').is_empty() => Err(Self::lacking(text, "the path is missing")),
            "file" => Ok(Self::Folder(local_path(rest, folder))),
            "zip" => Ok(Self::Zip(local_path(rest, folder))),
            "s3" => {
                let (bucket, prefix) = rest.trim_start_matches("//").split_once('/').unwrap_or((rest, ""));
                let bucket = bucket.trim_start_matches("//").to_owned();
                let is_bucket = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
                if bucket.is_empty() || !bucket.chars().all(is_bucket) {
                    return Err(Self::lacking(text, "it must have the form `s3://bucket/folder`, without keys"));
                }
                Ok(Self::S3 { bucket, prefix: prefix.trim_matches('/').to_owned() })
            }
            "sftp" => Self::parse_sftp(text, rest),
            _ => {
                let help = did_you_mean(scheme, ["file", "zip", "s3", "sftp"]).unwrap_or_else(|| {
                    "an address begins with `file:`, `zip:`, `s3:` or `sftp:`, for example `file:///srv/www/report`"
                        .into()
                });
                Err(PublishError::new(format!("annal cannot publish to `{text}`")).help(help))
            }
        }
    }

    fn parse_sftp(text: &str, rest: &str) -> Result<Self, PublishError> {
        let (host, folder) =
            rest.trim_start_matches("//").split_once('/').unwrap_or((rest.trim_start_matches("//"), ""));
        if host.split('@').next().is_some_and(|user| host.contains('@') && user.contains(':')) {
            return Err(PublishError::new("an `sftp:` address must not hold a password")
                .help("use a key that your SSH agent or configuration knows"));
        }
        let (host, port) = match host.rsplit_once(':') {
            Some((host, port)) => {
                (host, Some(port.parse().map_err(|_| Self::lacking(text, "its port is not a number"))?))
            }
            None => (host, None),
        };
        // A host that begins with a hyphen would be an option of `sftp`.
        let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | '[' | ']' | ':' | '%');
        if host.is_empty() || host.starts_with('-') || !host.chars().all(is_host) {
            return Err(Self::lacking(text, "it must have the form `sftp://user@host/folder`"));
        }
        let folder = folder.trim_end_matches('/');
        let folder = match folder.strip_prefix("~/") {
            Some(below) => below.to_owned(),
            None => format!("/{folder}"),
        };
        if folder == "/" || folder.is_empty() || folder.contains(['\n', '\r']) {
            return Err(Self::lacking(text, "the folder is missing: `sftp://user@host/srv/report`"));
        }
        Ok(Self::Sftp { host: host.to_owned(), port, folder })
    }

    fn lacking(text: &str, what: &str) -> PublishError {
        PublishError::new(format!("annal cannot publish to `{text}`: {what}"))
    }
}

/// A path of this machine in an address: `///srv/www`, `//localhost/srv`, `/srv`, `report.zip`, `///C:/www`.
fn local_path(rest: &str, folder: &Path) -> PathBuf {
    let path = rest
        .strip_prefix("//localhost/")
        .map_or_else(|| rest.strip_prefix("//").unwrap_or(rest).to_owned(), |path| format!("/{path}"));
    let drive = path.strip_prefix('/').filter(|path| path.as_bytes().get(1) == Some(&b':')).map(str::to_owned);
    let decoded =
        percent_encoding::percent_decode_str(drive.as_deref().unwrap_or(&path)).decode_utf8_lossy().into_owned();
    folder.join(decoded)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        let check = |text: &str| match TargetAddress::parse(text, Path::new("/site")) {
            Ok(address) => format!("{address:?}"),
            Err(error) => format!("! {}", error.message),
        };
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
        for bad in [
            "file:",
            "zip:",
            "s3://",
            "s3://KEY:SECRET@bucket",
            "ftp://host",
            "live",
            "sftp://-oProxyCommand=x/a",
            "sftp://h/",
        ] {
            assert!(check(bad).starts_with('!'), "{bad}");
        }
    }

    #[test]
    fn a_password_in_an_address_is_refused_and_not_repeated() {
        let error = TargetAddress::parse("sftp://deploy:canary@host/srv", Path::new("/")).unwrap_err();
        assert!(!format!("{error:?}").contains("canary"));
        let keys = Credentials { access_key: "canary".into(), secret_key: "canary".into(), session_token: None };
        assert!(!format!("{keys:?}").contains("canary"));
    }
}
