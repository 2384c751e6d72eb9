//! Nothing is said to S3 in the open. A setting of the AWS tools may name an address without TLS, and a document would
//! cross the network for everybody to read; only this computer itself is talked to so, by tests.

use aws_sdk_s3::config::interceptors::BeforeTransmitInterceptorContextRef;
use aws_sdk_s3::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_s3::error::BoxError;

/// Refuses what would cross a network without TLS.
#[derive(Debug)]
pub(super) struct Secure;

/// The address is one without TLS.
#[derive(Debug, thiserror::Error)]
#[error("the address is not secure")]
pub(super) struct Insecure;

impl Intercept for Secure {
    fn name(&self) -> &'static str {
        "Secure"
    }

    fn read_before_signing(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if is_secure(context.request().uri()) { Ok(()) } else { Err(Insecure.into()) }
    }
}

fn is_secure(uri: &str) -> bool {
    let Some((scheme, rest)) = uri.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    match scheme.to_ascii_lowercase().as_str() {
        "https" => true,
        "http" => matches!(host, "127.0.0.1" | "localhost" | "[::1]"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_secure;

    #[test]
    fn only_this_computer_is_asked_without_tls() {
        for uri in [
            "https://client-papers.s3.eu-central-1.amazonaws.com/a.pdf",
            "HTTPS://minio.example.com:9000/a",
            "http://127.0.0.1:5000/client-papers/a.pdf",
            "http://localhost:5000/",
            "http://localhost",
            "http://[::1]:5000/",
        ] {
            assert!(is_secure(uri), "{uri}");
        }
        for uri in [
            "http://client-papers.s3.eu-central-1.amazonaws.com/a.pdf",
            "http://minio.example.com:9000/a",
            "http://127.0.0.1.example.com/",
            "http://localhost.example.com/",
            "http://localhost@example.com/",
            "http://127.0.0.1:5000@example.com/",
            "http://10.0.0.1/",
            "ftp://127.0.0.1/",
            "127.0.0.1",
            "",
        ] {
            assert!(!is_secure(uri), "{uri}");
        }
    }
}
