//! CloudFront's own base64: the standard alphabet with padding, then `+` → `-`, `=` → `_`,
//! `/` → `~`. This is not RFC 4648's base64url.
//!
//! Source: "Create a signed URL using a canned policy", Amazon CloudFront Developer Guide.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Bytes as a query parameter's value.
pub fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes).replace('+', "-").replace('=', "_").replace('/', "~")
}

/// The bytes of a query parameter's value; `None` where [`encode`] would not have written it.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    if text.contains(['+', '=', '/']) {
        return None;
    }
    let standard = text.replace('-', "+").replace('_', "=").replace('~', "/");
    STANDARD.decode(standard).ok()
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn replaces_what_a_query_cannot_hold() {
        assert_eq!(encode(b""), "");
        assert_eq!(encode(&[0xfb, 0xff]), "-~8_");
        assert_eq!(encode(b"a"), "YQ__");
    }

    #[test]
    fn takes_back_exactly_what_it_wrote() {
        for length in 0..100u8 {
            let bytes: Vec<u8> = (0..length).map(|n| n.wrapping_mul(151)).collect();
            assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
        for other in ["YQ==", "-/8_", "YQ", "YQ_", "YR__", "Y Q_", "é"] {
            assert_eq!(decode(other), None, "{other}");
        }
    }
}
