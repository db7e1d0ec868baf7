//! Signatures of requests to AWS and services like it: [Signature Version 4][spec], in headers. A signature in the address
//! would put keys into the logs of every proxy on the way.
//!
//! [spec]: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

use std::fmt::Write;

use hmac::{Hmac, Mac};
use jiff::Timestamp;

use crate::output::Sha256;
use crate::publish::environment::Credentials;

/// The name of the algorithm.
const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// What a request is signed for.
pub(super) struct Scope<'a> {
    pub credentials: &'a Credentials,
    pub region: &'a str,
    /// `s3` or `cloudfront`.
    pub service: &'a str,
    pub now: Timestamp,
}

/// A header: its name in lower case, and its value.
pub(super) type Header = (&'static str, String);

impl Scope<'_> {
    /// Adds the headers that sign a request to `headers`. `path` is percent-encoded; there is no query.
    /// `payload` is the SHA-256 of the body in hexadecimal digits.
    pub(super) fn sign(&self, method: &str, host: &str, path: &str, payload: &str, headers: &mut Vec<Header>) {
        let moment = self.now.strftime("%Y%m%dT%H%M%SZ").to_string();
        headers.push(("x-amz-date", moment.clone()));
        headers.push(("x-amz-content-sha256", payload.to_owned()));
        headers.extend(self.credentials.session_token.clone().map(|token| ("x-amz-security-token", token)));

        let mut signed: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.trim())).collect();
        signed.push(("host", host));
        signed.sort_unstable();
        let names = signed.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
        let mut request = format!("{method}\n{path}\n\n");
        for (name, value) in signed {
            _ = writeln!(request, "{name}:{value}");
        }
        _ = write!(request, "\n{names}\n{payload}");

        let day = &moment[..8];
        let scope = format!("{day}/{}/{}/aws4_request", self.region, self.service);
        let text = format!("{ALGORITHM}\n{moment}\n{scope}\n{}", Sha256::new(request.as_bytes()));
        let key = hmac(format!("AWS4{}", self.credentials.secret_key).as_bytes(), day);
        let key = [self.region, self.service, "aws4_request"].iter().fold(key, |key, part| hmac(&key, part));
        let signature = hmac(&key, &text).iter().fold(String::new(), |mut digits, byte| {
            _ = write!(digits, "{byte:02x}");
            digits
        });
        let credential = format!("{}/{scope}", self.credentials.access_key);
        let value = format!("{ALGORITHM} Credential={credential}, SignedHeaders={names}, Signature={signature}");
        headers.push(("authorization", value));
    }
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key).expect("a key of HMAC may have any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example "GET Object" of the documentation of S3.
    #[test]
    fn the_documented_example_has_the_documented_signature() {
        let credentials = Credentials {
            access_key: "AKIAIOSFODNN7EXAMPLE".into(),
            secret_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
            session_token: None,
        };
        let now = "2013-05-24T00:00:00Z".parse().unwrap();
        let scope = Scope { credentials: &credentials, region: "us-east-1", service: "s3", now };
        let mut headers = vec![("range", "bytes=0-9".to_owned())];
        scope.sign("GET", "examplebucket.s3.amazonaws.com", "/test.txt", &Sha256::new(b"").to_string(), &mut headers);
        let (_, authorization) = headers.last().unwrap();
        assert!(
            authorization.ends_with("Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
            "{authorization}"
        );
    }
}
