//! What `--private-key` gives: a key's text, or where the key is.
//!
//! The AWS CLI takes the text itself and its own `file://`; scripts that come from it are understood
//! as they are. Nothing of what was given is in a message, for it may be the key where a place was
//! meant.

use std::env;
use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use signet_cloudfront::key_file::MAX_BYTES;
use zeroize::Zeroizing;

use crate::failure::Failure;

/// Where a private key comes from.
#[derive(Clone)]
pub enum KeySource {
    /// The key itself, in any dress that a key file has.
    Text(Arc<Zeroizing<String>>),
    /// `env://NAME`: a variable that holds it.
    Variable(String),
    /// `-`.
    StandardInput,
    /// `file://`, `fileb://` or a bare path.
    File(PathBuf),
}

/// What stands for a value is the next option.
#[derive(Debug)]
pub struct NoValue;

impl FromStr for KeySource {
    type Err = NoValue;

    fn from_str(given: &str) -> Result<Self, NoValue> {
        if is_key(given) {
            return Ok(Self::Text(Arc::new(Zeroizing::new(given.to_owned()))));
        }
        if given == "-" {
            return Ok(Self::StandardInput);
        }
        if given.starts_with("--") {
            return Err(NoValue);
        }
        if let Some(name) = given.strip_prefix("env://") {
            return Ok(Self::Variable(name.to_owned()));
        }
        let place = given.strip_prefix("fileb://").or(given.strip_prefix("file://"));
        Ok(Self::File(place.map_or_else(|| path(given), of_address)))
    }
}

/// Whether this is a key and no place: it has more than one line or a key's frame, or is longer than a
/// path and begins as a key does in base64.
fn is_key(given: &str) -> bool {
    const BEGINNINGS: [&str; 3] = ["M", "LS0t", "b3BlbnNzaC1rZXkt"];
    let text = given.trim_start();
    let is_base64 = || {
        let mut bytes = text.bytes();
        bytes.all(|byte| byte.is_ascii_alphanumeric() || b"+/=_-~ \\".contains(&byte))
    };
    text.contains("-----BEGIN ")
        || text.contains("PRIVATE KEY")
        || text.contains('\n')
        || text.starts_with(['{', '<', '"'])
        || text.starts_with("PuTTY-User-Key-File")
        || (text.len() >= 80
            && BEGINNINGS.iter().any(|start| text.starts_with(start))
            && is_base64())
}

/// The path behind `file://`, as the AWS CLI reads it: relative too, and with `~`. As browsers write it
/// is understood where there is such a file: `file:///C:/key.pem`, `file://localhost/key.pem`,
/// `my%20key.pem`.
fn of_address(place: &str) -> PathBuf {
    let place =
        place.strip_prefix("localhost").filter(|rest| rest.starts_with('/')).unwrap_or(place);
    let drive = place.strip_prefix('/').filter(|rest| {
        cfg!(windows)
            && matches!(rest.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic())
    });
    let literal = path(drive.unwrap_or(place));
    if place.contains('%') && !literal.exists() {
        let decoded = percent_encoding::percent_decode_str(drive.unwrap_or(place)).decode_utf8();
        if let Some(decoded) = decoded.ok().map(|text| path(&text)).filter(|path| path.exists()) {
            return decoded;
        }
    }
    literal
}

/// A path in which `~` is the home, which a shell does not see to behind `file://` or in quotes.
fn path(text: &str) -> PathBuf {
    let home = || env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" });
    match (text.strip_prefix("~/").or(text.strip_prefix("~\\")), home()) {
        (Some(rest), Some(home)) if !Path::new(text).exists() => Path::new(&home).join(rest),
        _ => PathBuf::from(text),
    }
}

impl KeySource {
    /// The bytes, of at most one more than a key file may have. The buffer is wiped when it is dropped.
    pub fn read(&self) -> Result<Zeroizing<Vec<u8>>, Failure> {
        match self {
            Self::Text(text) => Ok(Zeroizing::new(text.as_bytes().to_vec())),
            Self::Variable(name) => match env::var(name).map(Zeroizing::new) {
                Ok(text) => Ok(Zeroizing::new(text.as_bytes().to_vec())),
                Err(_) => Err(Failure::usage(
                    "The environment variable that --private-key names is not set.",
                    "Set it to the text of the private key, and export it.",
                )),
            },
            Self::StandardInput => {
                // Reserved at once, so that growing leaves no copy of a key behind in freed memory.
                let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_BYTES + 1));
                let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
                io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(|_| {
                    Failure::other(
                        "The private key could not be read from the standard input.",
                        "Look at where it comes from.",
                    )
                })?;
                Ok(bytes)
            }
            Self::File(path) => signet_os::key_file::read(path).map_err(|error| {
                Failure::other(
                    format!("{} cannot be used: {error}.", self.name()),
                    "Give the private key's file, as file://key.pem, or the key itself.",
                )
            }),
        }
    }

    /// What a message calls it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text(_) => "The text of --private-key",
            Self::Variable(_) => "The variable of --private-key",
            Self::StandardInput => "The standard input",
            Self::File(_) => "The file of --private-key",
        }
    }
}

/// The arguments as a whole can be printed; a key among them cannot.
impl fmt::Debug for KeySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeySource")
    }
}

impl fmt::Display for NoValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no value")
    }
}

impl std::error::Error for NoValue {}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(given: &str) -> String {
        match given.parse() {
            Ok(KeySource::Text(text)) => {
                assert_eq!(text.as_str(), given);
                "text".to_owned()
            }
            Ok(KeySource::Variable(name)) => format!("variable {name}"),
            Ok(KeySource::StandardInput) => "input".to_owned(),
            Ok(KeySource::File(path)) => path.display().to_string(),
            Err(NoValue) => "none".to_owned(),
        }
    }

    #[test]
    fn a_place_is_told_from_a_key() {
        let base64 = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg".repeat(3);
        let home = env::var("HOME").unwrap();
        for (given, expected) in [
            ("key.pem", "key.pem"),
            ("file://key.pem", "key.pem"),
            ("fileb://key.pem", "key.pem"),
            ("file:///etc/key.pem", "/etc/key.pem"),
            ("file://localhost/etc/key.pem", "/etc/key.pem"),
            ("file://localhost.pem", "localhost.pem"),
            ("file://~/no such key.pem", &format!("{home}/no such key.pem")),
            ("~/no such key.pem", &format!("{home}/no such key.pem")),
            ("file://my%20key.pem", "my%20key.pem"),
            ("env://SIGNET_KEY", "variable SIGNET_KEY"),
            ("-", "input"),
            ("--url", "none"),
            ("-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\n", "text"),
            ("-----BEGIN PRIVATE KEY-----\\nMIGH\\n-----END PRIVATE KEY-----\\n", "text"),
            ("file://-----BEGIN RSA PRIVATE KEY-----", "text"),
            ("\"-----BEGIN EC PRIVATE KEY-----MIGH\"", "text"),
            ("{\"kty\": \"RSA\"}", "text"),
            ("<RSAKeyValue><Modulus>", "text"),
            ("MIGH", "MIGH"),
            (&base64, "text"),
        ] {
            assert_eq!(kind(given), expected, "{given}");
        }
    }

    #[test]
    fn a_key_among_the_arguments_cannot_be_printed() {
        let text = "-----BEGIN PRIVATE KEY-----\nMIGH";
        assert!(!format!("{:?}", text.parse::<KeySource>()).contains("MIGH"));
    }
}
