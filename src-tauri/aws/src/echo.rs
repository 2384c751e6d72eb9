//! Whether what AWS sends repeats a part of the login, in plain text or in a usual encoding.
//!
//! A server, or whoever stands before it, may send back what it was sent: in an error's words or code, in
//! an id or a header. No such answer is shown, entered in a journal or otherwise used. Kept is a random
//! hash of each piece of the login, and nothing of the login itself.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use aws_credential_types::Credentials;
use aws_sdk_cloudfront::config::interceptors::AfterDeserializationInterceptorContextRef;
use aws_sdk_cloudfront::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_cloudfront::error::BoxError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

/// So many characters in a row of the login are a part of it; fewer may stand anywhere by chance.
const PIECE: usize = 12;

/// With so many characters begin all access keys of an account: the kind and the account's number. Of these a piece may have
/// so few that what is left is the key's own. IAM gives the IDs of other keys, which are no part of this login.
const OF_ACCOUNT: usize = 5;

/// So deep something may be percent-encoded.
const MAX_DECODINGS: usize = 3;

/// What is known of the login.
#[derive(Debug, Clone)]
pub(crate) struct Echo(Arc<Pieces>);

struct Pieces {
    hash: RandomState,
    pieces: HashSet<u64>,
}

impl std::fmt::Debug for Pieces {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Pieces")
    }
}

/// An answer repeats a part of the login.
#[derive(Debug, thiserror::Error)]
#[error("the answer repeats a part of the login")]
pub(crate) struct Repeated;

impl Echo {
    pub(crate) fn of(credentials: &Credentials) -> Self {
        let parts = [
            credentials.access_key_id().get(OF_ACCOUNT..),
            Some(credentials.secret_access_key()),
            credentials.session_token(),
        ];
        let hash = RandomState::new();
        let mut pieces = HashSet::new();
        for part in parts.into_iter().flatten() {
            for written in encodings(part) {
                pieces.extend(written.as_bytes().windows(PIECE).map(|piece| hash.hash_one(piece)));
            }
        }
        Self(Arc::new(Pieces { hash, pieces }))
    }

    /// Whether a part of the login is in it.
    pub(crate) fn is_in(&self, bytes: &[u8]) -> bool {
        let mut text = Zeroizing::new(String::from_utf8_lossy(bytes).into_owned());
        for _ in 0..=MAX_DECODINGS {
            if self.is_in_plain(&text) {
                return true;
            }
            let decoded = percent_decode_str(&text).decode_utf8_lossy().into_owned();
            if decoded == *text {
                break;
            }
            text = Zeroizing::new(decoded);
        }
        false
    }

    /// White space in between makes no difference, and neither does the case.
    fn is_in_plain(&self, text: &str) -> bool {
        let bytes = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
        let bytes: Zeroizing<Vec<u8>> =
            Zeroizing::new(bytes.map(|byte| plain_base64(byte.to_ascii_lowercase())).collect());
        let Pieces { hash, pieces } = &*self.0;
        bytes.windows(PIECE).any(|piece| pieces.contains(&hash.hash_one(piece)))
    }
}

/// A text as it may be written, each without what its neighbours would have a share in.
fn encodings(part: &str) -> Vec<Zeroizing<String>> {
    let lower = |text: String| Zeroizing::new(Zeroizing::new(text).to_ascii_lowercase());
    let plain = |text: String| -> String {
        let text = Zeroizing::new(text);
        text.bytes().map(|byte| char::from(plain_base64(byte))).collect()
    };
    let mut written = vec![lower(plain(part.to_owned()))];
    let hex = part.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    written.push(Zeroizing::new(hex));
    // Where it stands in what is encoded changes its letters: three ways, and the ends belong to others.
    for before in 0..3 {
        let padded = Zeroizing::new([&vec![0; before], part.as_bytes()].concat());
        let encoded = Zeroizing::new(STANDARD_NO_PAD.encode(&*padded));
        let end = encoded.len().saturating_sub(2);
        let inner = encoded.get(before + usize::from(before > 0)..end).unwrap_or_default();
        written.push(lower(plain(inner.to_owned())));
    }
    written
}

/// Base64 for addresses has two other characters.
fn plain_base64(byte: u8) -> u8 {
    match byte {
        b'-' => b'+',
        b'_' => b'/',
        other => other,
    }
}

impl Intercept for Echo {
    fn name(&self) -> &'static str {
        "Echo"
    }

    /// An error's meaning is in its code, and its words are looked at where they are taken; any other
    /// answer that repeats the login is not used at all.
    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response();
        if !response.status().is_success() {
            return Ok(());
        }
        let headers = response.headers().iter();
        let in_headers = headers.map(|(_, value)| value).any(|value| self.is_in(value.as_bytes()));
        let body = response.body().bytes().unwrap_or_default();
        if in_headers || self.is_in(body) { Err(Repeated.into()) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE};

    const ID: &str = "AKIAIOSFODNN7EXAMPLE";
    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    const TOKEN: &str = "IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUCIQD==";

    fn echo() -> Echo {
        Echo::of(&Credentials::new(ID, SECRET, Some(TOKEN.to_owned()), None, "test"))
    }

    #[test]
    fn a_part_of_the_login_is_seen_in_every_usual_encoding() {
        let echo = echo();
        let percent =
            |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        for part in [ID, SECRET, TOKEN] {
            let spaced = part.chars().map(|c| format!("{c}\n ")).collect::<String>();
            // The beginning of an ID is its account's.
            let begin = if part == ID { OF_ACCOUNT } else { 1 };
            let (first, half) =
                (part.get(begin..begin + part.len() / 2 + 3).unwrap(), part.len() / 2 - 4);
            for text in [
                part.to_owned(),
                part.to_lowercase(),
                format!("The key {part} is wrong."),
                format!("<Message>{first}</Message>"),
                part.get(half..).unwrap().to_owned(),
                percent(part),
                percent(&percent(part)),
                part.replace('/', "%2F").replace('+', "%2b"),
                part.replace('/', "\\/"),
                STANDARD.encode(part),
                URL_SAFE.encode(part),
                STANDARD.encode(format!("{ID}:{part}")),
                STANDARD.encode(format!("a{part}")),
                STANDARD.encode(format!("ab{part}c")),
                percent(&STANDARD.encode(part)),
                part.bytes().map(|byte| format!("{byte:02x}")).collect(),
                part.bytes().map(|byte| format!("{byte:02X}")).collect(),
                spaced,
            ] {
                assert!(echo.is_in(text.as_bytes()), "{text}");
            }
        }
    }

    #[test]
    fn another_access_key_of_the_same_account_is_no_part_of_it() {
        let of = |id: &str| Echo::of(&Credentials::new(id, SECRET, None, None, "test"));
        let [own, other, temporary] =
            ["AKIAQAAAAAAAR7WPPEYD", "AKIAQAAAAAAARCNT2XVB", "ASIAQAAAAAAARCNT2XVB"];
        for (own, other) in [(own, other), (temporary, own)] {
            let answer = |id: &str| format!("<AccessKeyId>{id}</AccessKeyId>");
            assert!(!of(own).is_in(answer(other).as_bytes()));
            assert!(of(own).is_in(answer(own).as_bytes()));
        }
    }

    #[test]
    fn what_aws_says_otherwise_is_no_part_of_a_login() {
        let echo = echo();
        for text in [
            "",
            "The parameter is wrong.",
            "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL",
            "AKIA",
            "User: arn:aws:iam::1:user/a is not authorized to perform: s3:PutBucketPolicy",
            "wJalrXUtnFE and MI/K7MDENG",
            "%",
            "\u{0}\u{ffff}",
        ] {
            assert!(!echo.is_in(text.as_bytes()), "{text}");
        }
        assert!(!format!("{echo:?}").contains(ID));
    }
}
