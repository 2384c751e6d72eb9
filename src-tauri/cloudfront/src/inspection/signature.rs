//! A signature's outside: whether all of it is there, and which kind of key has made it.

use crate::encoding;
use crate::key::KeyKind;

/// A signature as it stands in a link.
pub(super) enum Outside {
    /// All of it, of a kind that CloudFront takes.
    Whole(KeyKind, Vec<u8>),
    /// All of it, of an RSA key of another size.
    OtherRsa { bits: usize },
    /// Its end is missing.
    Cut,
    /// Of a length that no key's signature has.
    Odd,
    /// Not in CloudFront's base64, but in a base64.
    OtherBase64,
    /// In no base64.
    NoBase64,
}

/// Looks at the value of `Signature`.
pub(super) fn outside(text: &str) -> Outside {
    let Some(bytes) = encoding::decode(text) else {
        return not_decoded(text);
    };
    match (bytes.first(), bytes.get(1), bytes.len()) {
        // An RSA signature may begin like DER, but has not its length.
        (_, _, 256) => Outside::Whole(KeyKind::Rsa2048, bytes),
        (_, _, 128 | 384 | 512) => Outside::OtherRsa { bits: bytes.len() * 8 },
        (Some(0x30), Some(length), most @ 9..=72) if usize::from(*length) + 2 == most => {
            Outside::Whole(KeyKind::P256, bytes)
        }
        (_, _, 0..256) => Outside::Cut,
        _ => Outside::Odd,
    }
}

/// Why a text is not in CloudFront's base64.
pub(super) fn not_decoded(text: &str) -> Outside {
    let is_cloudfronts =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~');
    let body = text.trim_end_matches('_');
    if text.bytes().all(is_cloudfronts) && !body.contains('_') {
        return if text.len().is_multiple_of(4) { Outside::NoBase64 } else { Outside::Cut };
    }
    // Standard base64 has `+`, `/` and `=`; RFC 4648's other alphabet has `_` for `/`.
    let is_base64 = |byte: u8| is_cloudfronts(byte) || matches!(byte, b'+' | b'/' | b'=');
    if text.bytes().all(is_base64) && !text.contains('~') {
        return Outside::OtherBase64;
    }
    Outside::NoBase64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> &'static str {
        match outside(text) {
            Outside::Whole(KeyKind::Rsa2048, _) => "RSA",
            Outside::Whole(KeyKind::P256, _) => "P-256",
            Outside::OtherRsa { .. } => "other RSA",
            Outside::Cut => "cut",
            Outside::Odd => "odd",
            Outside::OtherBase64 => "other base64",
            Outside::NoBase64 => "no base64",
        }
    }

    #[test]
    fn a_signature_is_known_by_its_length() {
        let der = |length: u8| [&[0x30, length][..], &vec![7; usize::from(length)]].concat();
        for (bytes, expected) in [
            (vec![7; 256], "RSA"),
            (der(70), "P-256"),
            (der(68), "P-256"),
            (vec![7; 128], "other RSA"),
            (vec![7; 512], "other RSA"),
            (vec![7; 255], "cut"),
            (vec![], "cut"),
            (vec![7; 257], "odd"),
        ] {
            assert_eq!(name(&encoding::encode(&bytes)), expected, "{}", bytes.len());
        }
        let mut cut = der(70);
        cut.truncate(60);
        assert_eq!(name(&encoding::encode(&cut)), "cut");
    }

    #[test]
    fn what_does_not_decode_is_cut_or_in_other_letters() {
        for (text, expected) in [
            ("abcde", "cut"),
            ("abcd-~a", "cut"),
            ("ab+/cd==", "other base64"),
            ("ab_cd-ef", "other base64"),
            ("ab%2Bc", "no base64"),
            ("ab!c", "no base64"),
            ("YR__", "no base64"),
        ] {
            assert_eq!(name(text), expected, "{text}");
        }
    }
}
