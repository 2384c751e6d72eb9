//! PEM as people have it: with a BOM, as UTF-16, with other line ends, with text around it.
//!
//! Everything that may hold a part of a key lies in buffers that are wiped, reserved at once so
//! that growing leaves no copy behind.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::KeyFileError;

/// One `-----BEGIN …-----` to its `-----END …-----`.
pub(super) struct Block<'a> {
    pub(super) label: &'a str,
    body: &'a str,
}

impl Block<'_> {
    /// Whether the block begins with RFC 1421's header for an encrypted body.
    pub(super) fn is_old_encrypted(&self) -> bool {
        self.body.contains("Proc-Type:") && self.body.contains("ENCRYPTED")
    }

    pub(super) fn der(&self) -> Result<Zeroizing<Vec<u8>>, KeyFileError> {
        let mut base64 = Zeroizing::new(Vec::with_capacity(self.body.len()));
        base64.extend(self.body.bytes().filter(|byte| !byte.is_ascii_whitespace()));
        let mut der = Zeroizing::new(vec![0; self.body.len()]);
        let length =
            STANDARD.decode_slice(&*base64, &mut der).map_err(|_| KeyFileError::Damaged)?;
        der.truncate(length);
        Ok(der)
    }
}

/// The file as text: UTF-8 or UTF-16, with or without its mark; `None` where it is neither.
pub(super) fn decoded(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => from_utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => from_utf16(rest, u16::from_be_bytes)?,
        [b'-', 0, ..] => from_utf16(bytes, u16::from_le_bytes)?,
        [0, b'-', ..] => from_utf16(bytes, u16::from_be_bytes)?,
        [0xef, 0xbb, 0xbf, rest @ ..] | rest => {
            // Text around the block may be in any old encoding; the block itself is ASCII.
            let mut text = Zeroizing::new(String::with_capacity(rest.len() * 3));
            for chunk in rest.utf8_chunks() {
                text.push_str(chunk.valid());
                if !chunk.invalid().is_empty() {
                    text.push('\u{fffd}');
                }
            }
            text
        }
    };
    Some(text)
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 2));
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [a, b] => unit([*a, *b]),
        _ => 0,
    });
    for character in char::decode_utf16(units) {
        text.push(character.ok()?);
    }
    Some(text)
}

/// The blocks that say they are a private key.
pub(super) fn private_blocks(text: &str) -> Result<Vec<Block<'_>>, KeyFileError> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("-----BEGIN ") {
        let Some((label, after)) = after.split_once("-----") else {
            break;
        };
        let end = format!("-----END {label}-----");
        let is_private = label.ends_with("PRIVATE KEY");
        match after.split_once(end.as_str()) {
            Some((body, after)) => {
                if is_private {
                    found.push(Block { label, body });
                }
                rest = after;
            }
            None if is_private => return Err(KeyFileError::Damaged),
            None => rest = after,
        }
    }
    Ok(found)
}

/// What a text without a private key is.
pub(super) fn what_it_is_instead(text: &str) -> KeyFileError {
    let start = text.trim_start();
    if start.starts_with("PuTTY-User-Key-File") {
        KeyFileError::Putty
    } else if ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"].iter().any(|k| start.starts_with(k))
        || text.contains("BEGIN SSH2 ")
    {
        KeyFileError::OpenSsh
    } else if text.contains("-----BEGIN CERTIFICATE")
        || text.contains("-----BEGIN NEW CERTIFICATE")
        || text.contains("-----BEGIN X509")
        || text.contains("-----BEGIN TRUSTED CERTIFICATE")
    {
        KeyFileError::Certificate
    } else if text.contains("PUBLIC KEY-----") {
        KeyFileError::PublicKey
    } else if text.contains("BEGIN PGP PRIVATE KEY BLOCK") {
        KeyFileError::OtherKind
    } else if holds_access_key(start) {
        KeyFileError::Csv
    } else if text.lines().any(is_worn_boundary) {
        KeyFileError::Damaged
    } else {
        KeyFileError::Unknown
    }
}

/// Whether the line was a block's first or last before an editor or a mail changed its dashes.
fn is_worn_boundary(line: &str) -> bool {
    ["BEGIN ", "END "]
        .iter()
        .filter_map(|word| line.split_once(word))
        .any(|(_, label)| label.contains("PRIVATE KEY"))
}

/// AWS heads its lists "Access key ID,Secret access key", with other columns around; the root
/// user's and its tools' files name it as a setting; old key pairs came with "KeyPairId,…".
fn holds_access_key(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default().to_lowercase();
    first.contains(',') && (first.contains("access key") || first.contains("keypair"))
        || text.contains("AWSAccessKeyId")
        || text.contains("aws_access_key_id")
}
