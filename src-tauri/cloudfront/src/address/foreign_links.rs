//! Addresses that are signed already, and those of the storage: what they are, and which document they
//! are about.

use percent_encoding::percent_decode_str;

use super::{AddressError, SIGNING_PARAMETERS, encode};

/// What a query says that is not the document's own.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Signed {
    /// All that makes a link of CloudFront.
    Link,
    /// A signature of S3's, of the fourth kind or the second.
    ForS3,
    /// One of CloudFront's names, in its usual spelling.
    Parameter(&'static str),
}

impl Signed {
    pub(super) fn into_error(self, suggestion: Option<String>) -> AddressError {
        match self {
            Self::Link => AddressError::IsLink { suggestion },
            Self::ForS3 => AddressError::IsSignedForS3 { suggestion },
            Self::Parameter(name) => {
                AddressError::HasSigningParameter { name: name.to_owned(), suggestion }
            }
        }
    }
}

/// Finds the parameters of a signature in an encoded path with its query: in any capitalisation,
/// percent-encoded or behind `&amp;`.
pub(super) fn found_in(path: &str) -> Option<Signed> {
    let (_, query) = path.split_once('?')?;
    let names = || query.split('&').map(name_of);
    let has = |name: &str| names().any(|found| found.eq_ignore_ascii_case(name));
    if has("X-Amz-Signature") || has("X-Amz-Credential") || has("AWSAccessKeyId") {
        return Some(Signed::ForS3);
    }
    if has("Signature") && has("Key-Pair-Id") {
        return Some(Signed::Link);
    }
    names().find_map(|found| {
        let reserved = SIGNING_PARAMETERS.into_iter().find(|name| found.eq_ignore_ascii_case(name));
        reserved.map(Signed::Parameter)
    })
}

/// The same without the parameters of any signature.
pub(super) fn without_signature(path: &str) -> String {
    let Some((path, query)) = path.split_once('?') else {
        return path.to_owned();
    };
    let own: Vec<_> = query.split('&').filter(|part| !is_of_signature(&name_of(part))).collect();
    if own.is_empty() { path.to_owned() } else { format!("{path}?{}", own.join("&")) }
}

fn is_of_signature(name: &str) -> bool {
    SIGNING_PARAMETERS.iter().any(|reserved| name.eq_ignore_ascii_case(reserved))
        || name.get(..6).is_some_and(|begin| begin.eq_ignore_ascii_case("x-amz-"))
        || name.eq_ignore_ascii_case("AWSAccessKeyId")
}

fn name_of(parameter: &str) -> String {
    let name = encode::decoded(parameter.split('=').next().unwrap_or_default());
    // HTML source, pasted as it is, has `&amp;` between parameters.
    name.strip_prefix("amp;").unwrap_or(&name).trim().to_owned()
}

/// A document's name in the bucket, out of its address at S3: `https://bucket.s3.…/KEY` or
/// `https://s3.…/bucket/KEY`.
pub(super) fn key_at(host: &str, rest: &str) -> Option<String> {
    let path = rest.split(['?', '#']).next().unwrap_or_default().strip_prefix('/')?;
    let key = match host.starts_with("s3.") || host.starts_with("s3-") {
        true => path.split_once('/')?.1,
        false => path,
    };
    decoded_key(key)
}

/// The same out of an address of the console, which has it in a parameter.
pub(super) fn key_in_console(rest: &str) -> Option<String> {
    let (_, query) = rest.split_once('?')?;
    let query = query.split('#').next().unwrap_or_default();
    let prefix = query.split('&').find_map(|part| part.strip_prefix("prefix="))?;
    decoded_key(prefix)
}

/// S3 writes a space as `+` too. A key that is no text has no name to type.
fn decoded_key(key: &str) -> Option<String> {
    let spaced = key.replace('+', " ");
    let key = percent_decode_str(&spaced).decode_utf8().ok()?;
    (!key.is_empty() && !key.ends_with('/')).then(|| key.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_found_however_they_are_written() {
        for (path, found) in [
            ("/a", None),
            ("/a?v=1", None),
            ("/Signature?expires-at=1&policyx=2", None),
            ("/a?Expires=1", Some(Signed::Parameter("Expires"))),
            ("/a?v=1&POLICY", Some(Signed::Parameter("Policy"))),
            ("/a?%45xpires=1", Some(Signed::Parameter("Expires"))),
            ("/a?v&amp;key%2dpair%2Did=x", Some(Signed::Parameter("Key-Pair-Id"))),
            ("/a?Expires=1&Signature=x&Key-Pair-Id=K", Some(Signed::Link)),
            ("/a?Policy=1&amp;Signature=x&amp;Key-Pair-Id=K", Some(Signed::Link)),
            ("/a?X-Amz-Algorithm=x&X-Amz-Signature=1", Some(Signed::ForS3)),
            ("/a?x-amz-credential=1", Some(Signed::ForS3)),
            ("/a?AWSAccessKeyId=A&Signature=x&Expires=1", Some(Signed::ForS3)),
        ] {
            assert_eq!(found_in(path), found, "{path}");
            assert_eq!(found_in(&without_signature(path)), None, "{path}");
        }
        for (path, without) in [
            ("/a", "/a"),
            ("/a?v=1&Expires=1&Signature=x&Key-Pair-Id=K&w", "/a?v=1&w"),
            ("/a?X-Amz-Date=1&X-Amz-Signature=2&x-id=GetObject", "/a?x-id=GetObject"),
            ("/a?Expires=1", "/a"),
        ] {
            assert_eq!(without_signature(path), without);
        }
    }

    #[test]
    fn the_document_of_a_storage_address_is_known() {
        for (host, rest, key) in [
            ("b.s3.eu-west-1.amazonaws.com", "/contracts/x.pdf", Some("contracts/x.pdf")),
            ("b.s3.amazonaws.com", "/My+Doc%20%C3%A9.pdf?X-Amz-Date=1", Some("My Doc \u{e9}.pdf")),
            ("s3.eu-west-1.amazonaws.com", "/b/contracts/x.pdf", Some("contracts/x.pdf")),
            ("s3-eu-west-1.amazonaws.com", "/b/x.pdf", Some("x.pdf")),
            ("s3.amazonaws.com", "/b", None),
            ("b.s3.amazonaws.com", "/", None),
            ("b.s3.amazonaws.com", "", None),
            ("b.s3.amazonaws.com", "/a%FF", None),
            ("b.s3.amazonaws.com", "/folder/", None),
        ] {
            assert_eq!(key_at(host, rest).as_deref(), key, "{host}{rest}");
        }
        let console = "/s3/object/b?region=eu-west-1&bucketType=general&prefix=contracts/x+y.pdf";
        assert_eq!(key_in_console(console).as_deref(), Some("contracts/x y.pdf"));
        assert_eq!(key_in_console("/s3/buckets/b?region=eu-west-1"), None);
    }
}
