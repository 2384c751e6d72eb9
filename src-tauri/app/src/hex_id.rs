//! What ids of sites and keys look like: 32 lower-case hexadecimal digits.

use sha2::{Digest, Sha256};

/// The id that belongs to a text.
pub(crate) fn of(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a text looks so.
pub(crate) fn is_one(text: &str) -> bool {
    let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == 32 && text.bytes().all(hex)
}
