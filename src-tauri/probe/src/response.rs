//! What a site's answer to a request for a document means: the document, CloudFront's refusal, the
//! storage's behind it, or a firewall's before it.
//!
//! Source: "Troubleshooting signed URLs" and RFC 9110. Where they are silent it is what the services
//! were seen to answer; [`Classification::is_documented`] says which. Deliberately not here: asking, and
//! redirects, which are judged by whoever follows them.

use quick_xml::Reader;
use quick_xml::events::Event;

/// So much of a body is looked at; all that is known here stands in the first kilobyte.
pub const MAX_BYTES: usize = 64 << 10;

/// An answer, as far as it tells anything.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The status code.
    pub status: u16,
    /// The header `Server`.
    pub server: Option<&'a str>,
    /// The header `X-Cache`.
    pub cache: Option<&'a str>,
    /// The body, or its beginning. Only that of a client's error (4xx) is looked at.
    pub body: &'a [u8],
}

/// What an answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Classification {
    /// The document was given.
    Opens,
    /// CloudFront: no public key ID, or a malformed one.
    KeyIdMissing,
    /// CloudFront: the id is not in the key groups, or the site is still being deployed.
    KeyUnknown,
    /// CloudFront: the signature does not decode.
    SignatureMalformed,
    /// CloudFront: the policy does not decode.
    PolicyMalformed,
    /// CloudFront refused, and says no more.
    Refused,
    /// CloudFront let the request pass, and the storage refused. Most likely there is no such document:
    /// to whoever may not list the names, which CloudFront should not, S3 does not say that one is
    /// missing. It may also be a permission.
    StorageRefused,
    /// The storage was asked, which knows nothing of CloudFront's signatures.
    StorageAddressSigned,
    /// CloudFront was asked and left the link's signature to the storage: its behavior for this path asks
    /// for no links.
    LinksNotAsked,
    /// The storage has the document in an archive, from which it must be restored first.
    Archived,
    /// The storage may not use the key by which it has encrypted the document.
    EncryptionKeyRefused,
    /// The storage has shut all access to the document.
    AllAccessDisabled,
    /// There is no such bucket behind the site.
    NoSuchBucket,
    /// A page of the site's own in the place of an answer: it may stand for any refusal.
    ErrorPage {
        /// The status code that the site has given it.
        status: u16,
    },
    /// There is no such document.
    NotFound,
    /// A firewall, a block of countries, or a host that is on no distribution.
    Blocked,
    /// Nothing of this.
    Unexpected {
        /// The status code.
        status: u16,
    },
}

impl Classification {
    /// Whether documentation says so; otherwise it is what was seen, and so most likely.
    #[must_use]
    pub fn is_documented(self) -> bool {
        match self {
            Self::Opens
            | Self::KeyIdMissing
            | Self::KeyUnknown
            | Self::Archived
            | Self::AllAccessDisabled
            | Self::NoSuchBucket
            | Self::NotFound
            | Self::Unexpected { .. } => true,
            Self::SignatureMalformed
            | Self::PolicyMalformed
            | Self::Refused
            | Self::StorageRefused
            | Self::StorageAddressSigned
            | Self::LinksNotAsked
            | Self::EncryptionKeyRefused
            | Self::ErrorPage { .. }
            | Self::Blocked => false,
        }
    }
}

impl Answer<'_> {
    /// What it means, for a request of the first byte.
    #[must_use]
    pub fn meaning(&self) -> Classification {
        let unexpected = Classification::Unexpected { status: self.status };
        match self.status {
            // A site may show its own error page with the status 200. Whoever took it for the
            // document would say that a private one is public.
            200 | 206 if self.is_error_of_cloudfront() => {
                Classification::ErrorPage { status: self.status }
            }
            200 | 206 => Classification::Opens,
            // An empty document has no first byte.
            416 => Classification::Opens,
            400 | 403 | 404 => match (self.status, Body::read(self.body)) {
                (status, Body::Error(error)) => {
                    self.meaning_of(&error, status).unwrap_or(unexpected)
                }
                (403, Body::Page { title }) if is_title_of_blocking(&title) => {
                    Classification::Blocked
                }
                (status, Body::Page { .. }) if self.is_error_of_cloudfront() => {
                    Classification::ErrorPage { status }
                }
                (404, _) => Classification::NotFound,
                _ => unexpected,
            },
            _ => unexpected,
        }
    }

    fn meaning_of(&self, error: &ErrorBody, status: u16) -> Option<Classification> {
        let says = |beginning| error.message.starts_with(beginning);
        // The same words come from the storage itself and from behind CloudFront.
        let asked = match self.is_from_cloudfront() {
            true => Classification::LinksNotAsked,
            false => Classification::StorageAddressSigned,
        };
        Some(match (status, error.code.as_str()) {
            (403, "MissingKey") => Classification::KeyIdMissing,
            (403, "InvalidKey") => Classification::KeyUnknown,
            (403, "MalformedSignature") => Classification::SignatureMalformed,
            (403, "MalformedPolicy") => Classification::PolicyMalformed,
            (403, "InvalidAccessKeyId") => asked,
            (403, "AccessDenied") if says("Query-string authentication requires") => asked,
            (400, "InvalidRequest") if says("The authorization mechanism") => asked,
            (403, "InvalidObjectState") => Classification::Archived,
            (403, "AllAccessDisabled") => Classification::AllAccessDisabled,
            (400 | 403, code) if code.starts_with("KMS.") => Classification::EncryptionKeyRefused,
            (400 | 403, "AccessDenied" | "InvalidArgument" | "InvalidRequest")
                if error.message.contains("kms:") || error.message.contains("AWS KMS") =>
            {
                Classification::EncryptionKeyRefused
            }
            (403, "AccessDenied") if error.has_ids || self.server == Some("AmazonS3") => {
                Classification::StorageRefused
            }
            (403, "AccessDenied") => Classification::Refused,
            (404, "NoSuchKey") => Classification::NotFound,
            (404, "NoSuchBucket") => Classification::NoSuchBucket,
            _ => return None,
        })
    }

    fn is_error_of_cloudfront(&self) -> bool {
        self.cache.is_some_and(|cache| cache.to_ascii_lowercase().starts_with("error from"))
    }

    fn is_from_cloudfront(&self) -> bool {
        self.cache.is_some_and(|cache| cache.to_ascii_lowercase().ends_with("from cloudfront"))
    }
}

fn is_title_of_blocking(title: &str) -> bool {
    title.trim().eq_ignore_ascii_case("ERROR: The request could not be satisfied")
}

/// What a body is.
enum Body {
    /// An `<Error>` of CloudFront or of the storage.
    Error(ErrorBody),
    /// A page of HTML.
    Page {
        title: String,
    },
    Other,
}

#[derive(Default)]
struct ErrorBody {
    code: String,
    message: String,
    /// Whether it names the request or the machine, as the storage does and CloudFront does not.
    has_ids: bool,
}

impl Body {
    /// Reads as far as it can be read: it may be cut off, and it may be anything.
    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes.get(..MAX_BYTES).unwrap_or(bytes));
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}').trim_start());
        // HTML does not close every element.
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        reader.config_mut().allow_dangling_amp = true;
        let (mut root, mut inside) = (None, String::new());
        let mut depth = 0_usize;
        let (mut error, mut title) = (ErrorBody::default(), String::new());
        loop {
            let text = match reader.read_event() {
                Ok(Event::Start(element)) => {
                    inside = element.local_name().as_ref().to_ascii_lowercase();
                    root.get_or_insert_with(|| inside.clone());
                    depth += 1;
                    continue;
                }
                Ok(Event::End(_)) => {
                    inside.clear();
                    depth = depth.saturating_sub(1);
                    continue;
                }
                Ok(Event::Text(text)) => text.into_inner(),
                Ok(Event::CData(text)) => text.into_inner(),
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => continue,
            };
            match inside.as_str() {
                "title" => title.push_str(&text),
                "code" if depth == 2 => error.code.push_str(text.trim()),
                "message" if depth == 2 => error.message.push_str(text.trim_start()),
                "requestid" | "hostid" if depth == 2 => error.has_ids |= !text.trim().is_empty(),
                _ => {}
            }
        }
        match root.as_deref() {
            Some("error") => Self::Error(error),
            Some("html") => Self::Page { title },
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EDGE: Option<&str> = Some("CloudFront");
    const STORAGE: Option<&str> = Some("AmazonS3");

    fn meaning(status: u16, server: Option<&str>, body: &str) -> Classification {
        Answer { status, server, cache: None, body: body.as_bytes() }.meaning()
    }

    fn error(code: &str, message: &str, more: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{message}</Message>{more}</Error>"
        )
    }

    const IDS: &str = "<RequestId>8J3CTQ7S5KKGZ1QF</RequestId><HostId>v8lB/aQ=</HostId>";

    const BLOCKED: &str = "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\" \"http://www.w3.org/TR/html4/loose.dtd\">
<HTML><HEAD><META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=iso-8859-1\">
<TITLE>ERROR: The request could not be satisfied</TITLE>
</HEAD><BODY>
<H1>403 ERROR</H1>
<H2>The request could not be satisfied.</H2>
<HR noshade size=\"1px\">
Request blocked. We can't connect to the server for this app & website.
<BR clear=\"all\">
<PRE>
Generated by cloudfront (CloudFront)
Request ID: 5Tqp8p2H9w==
</PRE>
</BODY></HTML>";

    /// The same words from the storage itself and from behind CloudFront, and pages of the site's own.
    #[test]
    fn who_answered_tells_what_it_means() {
        use Classification as C;
        const MISS: Option<&str> = Some("Error from cloudfront");
        let query = stored_error(
            "AccessDenied",
            "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
        );
        let key = stored_error(
            "InvalidAccessKeyId",
            "The AWS Access Key Id you provided does not exist in our records.",
        );
        let mechanism = stored_error(
            "InvalidRequest",
            "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
        );
        let denied = stored_error("AccessDenied", "Access Denied");
        let page = "<!DOCTYPE html><html lang=\"en\"><head><title>Not found - Our firm</title></head><body>Sorry</body></html>";
        let kms = |message: &str| stored_error("AccessDenied", message);
        for (name, status, cache, body, expected) in [
            ("query, storage", 403, None, &query, C::StorageAddressSigned),
            ("query, CloudFront", 403, MISS, &query, C::LinksNotAsked),
            (
                "query, in small letters",
                403,
                Some("error from CloudFront"),
                &query,
                C::LinksNotAsked,
            ),
            ("key, storage", 403, None, &key, C::StorageAddressSigned),
            ("key, CloudFront", 403, MISS, &key, C::LinksNotAsked),
            ("mechanism, storage", 400, None, &mechanism, C::StorageAddressSigned),
            ("mechanism, CloudFront", 400, MISS, &mechanism, C::LinksNotAsked),
            ("denied behind CloudFront", 403, MISS, &denied, C::StorageRefused),
            ("page, 404", 404, MISS, &page.to_owned(), C::ErrorPage { status: 404 }),
            ("page, 403", 403, MISS, &page.to_owned(), C::ErrorPage { status: 403 }),
            ("page, 200", 200, MISS, &page.to_owned(), C::ErrorPage { status: 200 }),
            ("page, no CloudFront", 404, None, &page.to_owned(), C::NotFound),
            ("page, another cache", 404, Some("HIT"), &page.to_owned(), C::NotFound),
            ("blocked by CloudFront", 403, MISS, &BLOCKED.to_owned(), C::Blocked),
            ("missing behind CloudFront", 404, MISS, &stored_error("NoSuchKey", "x"), C::NotFound),
            (
                "archived",
                403,
                MISS,
                &stored_error(
                    "InvalidObjectState",
                    "The operation is not valid for the object's storage class",
                ),
                C::Archived,
            ),
            (
                "shut",
                403,
                MISS,
                &stored_error("AllAccessDisabled", "All access to this object has been disabled"),
                C::AllAccessDisabled,
            ),
            (
                "bucket",
                404,
                MISS,
                &stored_error("NoSuchBucket", "The specified bucket does not exist"),
                C::NoSuchBucket,
            ),
            (
                "kms:Decrypt",
                403,
                MISS,
                &kms(
                    "User: arn:aws:sts::1:assumed-role/x is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:1:key/a",
                ),
                C::EncryptionKeyRefused,
            ),
            (
                "a key that is off",
                400,
                MISS,
                &stored_error("KMS.DisabledException", "arn is disabled."),
                C::EncryptionKeyRefused,
            ),
            (
                "a key that goes",
                400,
                MISS,
                &stored_error("KMS.KMSInvalidStateException", "arn is pending deletion."),
                C::EncryptionKeyRefused,
            ),
            (
                "an identity without KMS",
                400,
                MISS,
                &stored_error(
                    "InvalidArgument",
                    "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.",
                ),
                C::EncryptionKeyRefused,
            ),
        ] {
            let answer = Answer { status, server: STORAGE, cache, body: body.as_bytes() };
            assert_eq!(answer.meaning(), expected, "{name}");
        }
    }

    fn stored_error(code: &str, message: &str) -> String {
        error(code, message, IDS)
    }

    #[test]
    fn every_answer_that_is_known_has_its_meaning() {
        let refused = |code, message| error(code, message, "");
        let stored = |code, message| error(code, message, IDS);
        for (status, server, body, expected, is_documented) in [
            (206, STORAGE, "%".to_owned(), Classification::Opens, true),
            (200, None, "%PDF-1.7".to_owned(), Classification::Opens, true),
            (416, STORAGE, stored("InvalidRange", "Not satisfiable"), Classification::Opens, true),
            (
                403,
                EDGE,
                refused("MissingKey", "Missing Key-Pair-Id query parameter or cookie value"),
                Classification::KeyIdMissing,
                true,
            ),
            (403, EDGE, refused("InvalidKey", "Unknown Key"), Classification::KeyUnknown, true),
            (
                403,
                EDGE,
                refused("MalformedSignature", "Could not unencode Signature"),
                Classification::SignatureMalformed,
                false,
            ),
            (
                403,
                EDGE,
                refused("MalformedPolicy", "Malformed Policy"),
                Classification::PolicyMalformed,
                false,
            ),
            (403, EDGE, refused("AccessDenied", "Access denied"), Classification::Refused, false),
            (
                403,
                STORAGE,
                stored("AccessDenied", "Access Denied"),
                Classification::StorageRefused,
                false,
            ),
            (
                403,
                None,
                stored("AccessDenied", "Access Denied"),
                Classification::StorageRefused,
                false,
            ),
            (
                403,
                STORAGE,
                stored(
                    "AccessDenied",
                    "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
                ),
                Classification::StorageAddressSigned,
                false,
            ),
            (
                403,
                STORAGE,
                stored(
                    "InvalidAccessKeyId",
                    "The AWS Access Key Id you provided does not exist in our records.",
                ),
                Classification::StorageAddressSigned,
                false,
            ),
            (
                400,
                STORAGE,
                stored(
                    "InvalidRequest",
                    "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
                ),
                Classification::StorageAddressSigned,
                false,
            ),
            (
                404,
                STORAGE,
                stored("NoSuchKey", "The specified key does not exist."),
                Classification::NotFound,
                true,
            ),
            (
                404,
                None,
                "<html><title>404</title></html>".to_owned(),
                Classification::NotFound,
                true,
            ),
            (403, EDGE, BLOCKED.to_owned(), Classification::Blocked, false),
        ] {
            let found = meaning(status, server, &body);
            assert_eq!(found, expected, "{status} {body}");
            assert_eq!(found.is_documented(), is_documented, "{found:?}");
        }
    }

    #[test]
    fn what_is_not_known_is_not_guessed() {
        for (status, body) in [
            (204, String::new()),
            (302, String::new()),
            (304, String::new()),
            (403, String::new()),
            (403, "Forbidden".to_owned()),
            (403, error("RequestTimeTooSkewed", "Too large", IDS)),
            (403, "<html><title>Our firm: no entry</title></html>".to_owned()),
            (400, error("InvalidRequest", "Missing required header", IDS)),
            (407, BLOCKED.to_owned()),
            (429, String::new()),
            (500, error("InternalError", "Try again", IDS)),
            (502, BLOCKED.to_owned()),
            // The words alone are not the answer.
            (403, "<html><p>MissingKey AccessDenied</p></html>".to_owned()),
            (403, "<Note><Error><Code>InvalidKey</Code></Error></Note>".to_owned()),
            (403, "<Error><Of><Code>InvalidKey</Code></Of></Error>".to_owned()),
            (403, "<Error><!-- <Code>InvalidKey</Code> --></Error>".to_owned()),
            (403, "<Error><Code>InvalidKey</Code><Code>MissingKey</Code></Error>".to_owned()),
            (403, "<html><p>ERROR: The request could not be satisfied</p></html>".to_owned()),
            (500, error("MissingKey", "Missing", "")),
        ] {
            assert_eq!(
                meaning(status, None, &body),
                Classification::Unexpected { status },
                "{body}"
            );
        }
    }

    #[test]
    fn other_spellings_of_the_same_answer_mean_the_same() {
        for body in [
            "\u{feff}<Error><Code>InvalidKey</Code></Error>",
            "\r\n <Error xmlns=\"urn:x\">\n  <Code>\n InvalidKey </Code>\n</Error>",
            "<a:Error xmlns:a='urn:x'><a:Code><![CDATA[InvalidKey]]></a:Code></a:Error>",
            "<?xml version='1.0'?><!-- < --><Error a=1><Message>x & y</Message><Code>InvalidKey</Code>",
            "<Error><Code>InvalidKey</Code><Message>cut of",
        ] {
            assert_eq!(meaning(403, EDGE, body), Classification::KeyUnknown, "{body}");
        }
    }

    #[test]
    fn the_storage_is_known_by_its_ids_or_by_its_name() {
        let denied =
            |server, more| meaning(403, server, &error("AccessDenied", "Access Denied", more));
        assert_eq!(denied(None, "<HostId>x</HostId>"), Classification::StorageRefused);
        assert_eq!(denied(STORAGE, ""), Classification::StorageRefused);
        assert_eq!(denied(None, "<RequestId></RequestId>"), Classification::Refused);
        assert_eq!(denied(None, ""), Classification::Refused);
    }

    /// Sites of one page show it with the status 200 for whatever is refused.
    #[test]
    fn an_error_page_with_the_status_of_a_document_is_no_document() {
        for status in [200, 206] {
            let cached = |cache| Answer { status, server: None, cache, body: b"" }.meaning();
            assert_eq!(cached(Some("Error from cloudfront")), Classification::ErrorPage { status });
            assert_eq!(cached(Some("Hit from cloudfront")), Classification::Opens);
        }
    }

    #[test]
    fn no_body_makes_it_panic_or_wait() {
        let deep = "<Error>".repeat(MAX_BYTES);
        let long = format!("<Error>{}<Code>InvalidKey</Code>", " ".repeat(MAX_BYTES));
        for body in
            [deep.as_bytes(), long.as_bytes(), b"<Error><Code>\xff\xfe\0&", b"<", b"<Error <"]
        {
            let answer = Answer { status: 403, server: EDGE, cache: None, body };
            assert_eq!(answer.meaning(), Classification::Unexpected { status: 403 });
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_have_a_meaning(
            status in 100_u16..600,
            body in proptest::collection::vec(proptest::num::u8::ANY, 0..200),
            cut in 0_usize..2_000,
        ) {
            let _ = Answer { status, server: None, cache: None, body: &body }.meaning();
            // Cut off anywhere it is either the same or nothing that is known.
            let cut = BLOCKED.as_bytes().get(..cut).unwrap_or(BLOCKED.as_bytes());
            let found = Answer { status: 403, server: None, cache: None, body: cut }.meaning();
            let unexpected = Classification::Unexpected { status: 403 };
            proptest::prop_assert!(found == Classification::Blocked || found == unexpected);
        }
    }
}
