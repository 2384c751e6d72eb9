//! A key file's bytes become a key, or the name of what was picked instead.
//!
//! The crates of RustCrypto read the formats; here is what they do not do: find the key in a file
//! as people have it ([`text`]), read it by what it is and not by what its first line says, open the locks
//! of older programs ([`lock`]), and say what a file is that holds no usable key.

mod der;
mod lock;
mod openssh;
mod text;

use thiserror::Error;

use crate::key::{KeyError, SigningKey};
use lock::{Lock, Opened};
use text::Block;

/// The largest file that is looked at: no key file comes near.
pub const MAX_BYTES: usize = 65_536;

/// A file in base64 may have base64 in it once more: a secret of Kubernetes does.
const MAX_WRAPPINGS: usize = 3;

/// A key file that was understood.
pub enum KeyFile {
    /// Its key, checked.
    Ready(SigningKey),
    /// It needs its passphrase first.
    Locked(LockedKey),
}

/// A key in memory that needs its passphrase.
pub struct LockedKey {
    lock: Lock,
}

/// What is wrong with a key file. Nothing of its content is in here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum KeyFileError {
    /// No byte in it, or only white space.
    #[error("the file is empty")]
    Empty,
    /// More than [`MAX_BYTES`].
    #[error("the file is too large for a key")]
    TooLarge,
    /// The public half alone.
    #[error("the file holds a public key")]
    PublicKey,
    /// A certificate, or a request for one.
    #[error("the file holds a certificate")]
    Certificate,
    /// PuTTY's format.
    #[error("the file is a PuTTY key")]
    Putty,
    /// An SSH key in a format that is not read: its public half, ssh.com's, or OpenSSH's with a lock that
    /// is not opened.
    #[error("the file is an SSH key in a format that is not read here")]
    OpenSsh,
    /// A JSON Web Key.
    #[error("the file is a JSON Web Key")]
    Jwk,
    /// A key in XML, as .NET writes it.
    #[error("the file is a key in XML")]
    Xml,
    /// The list that AWS gives with an access key.
    #[error("the file is a list of access keys")]
    Csv,
    /// With a cipher that only old programs have.
    #[error("the file is encrypted in the old way")]
    OldEncrypted,
    /// `.p12` or `.pfx`.
    #[error("the file is a PKCS#12 container")]
    Pkcs12,
    /// Encrypted, in a way that is not supported.
    #[error("the file is encrypted in a way that is not supported")]
    EncryptionUnsupported,
    /// Opening it would take more memory or longer than a person waits.
    #[error("the lock of the file takes too long to open")]
    LockTooHeavy,
    /// RSA, but not 2048.
    #[error("the RSA key has {bits} bits")]
    RsaSize {
        /// The size of its modulus.
        bits: usize,
    },
    /// An elliptic curve, but not P-256.
    #[error("the key is on another curve")]
    OtherCurve,
    /// Neither RSA nor an elliptic curve, or RSA with more than two primes.
    #[error("the key is of another kind")]
    OtherKind,
    /// It says what it is, and is not.
    #[error("the key is damaged")]
    Damaged,
    /// Nothing that could be a key.
    #[error("the file holds no key")]
    Unknown,
    /// More than one private key.
    #[error("the file holds several private keys")]
    ManyKeys,
    /// The passphrase does not open it.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
}

impl From<KeyError> for KeyFileError {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::RsaSize { bits } => Self::RsaSize { bits },
            KeyError::Damaged => Self::Damaged,
        }
    }
}

/// Reads a key file: PEM in any dress, OpenSSH's format, or DER.
///
/// # Errors
/// [`KeyFileError`], named after what the file is instead.
pub fn read(bytes: &[u8]) -> Result<KeyFile, KeyFileError> {
    read_wrapped(bytes, 0)
}

fn read_wrapped(bytes: &[u8], wrappings: usize) -> Result<KeyFile, KeyFileError> {
    if bytes.len() > MAX_BYTES {
        return Err(KeyFileError::TooLarge);
    }
    if let Some(found) = read_binary(bytes) {
        return found;
    }
    let text = text::decoded(bytes).ok_or(KeyFileError::Unknown)?;
    if text.trim().is_empty() {
        return Err(KeyFileError::Empty);
    }
    match text::private_blocks(&text)?.as_slice() {
        [] => {
            let instead = text::what_it_is_instead(&text);
            if instead != KeyFileError::Unknown || wrappings == MAX_WRAPPINGS {
                return Err(instead);
            }
            // What is in the base64 may be anything: only what says that it is a key counts.
            match text::frameless(&text).map(|inside| read_wrapped(&inside, wrappings + 1)) {
                None | Some(Err(KeyFileError::Unknown | KeyFileError::Empty)) => Err(instead),
                Some(found) => found,
            }
        }
        [block] => read_block(block),
        _ => Err(KeyFileError::ManyKeys),
    }
}

/// `None` where the bytes are of no format.
fn read_binary(bytes: &[u8]) -> Option<Result<KeyFile, KeyFileError>> {
    if openssh::is_openssh(bytes) {
        return Some(openssh::read(bytes));
    }
    der::kind_of(bytes).map(|kind| der::read(kind, bytes))
}

/// What is in the block says what it is; its label is wrong in many files.
fn read_block(block: &Block<'_>) -> Result<KeyFile, KeyFileError> {
    if block.label.starts_with("SSH2 ") {
        return Err(KeyFileError::OpenSsh);
    }
    let bytes = block.der()?;
    if let Some((algorithm, parameter)) = block.old_lock() {
        return Lock::dek_info(algorithm, parameter, &bytes)
            .map(LockedKey::new)
            .map(KeyFile::Locked);
    }
    let is_known = matches!(
        block.label,
        "RSA PRIVATE KEY"
            | "EC PRIVATE KEY"
            | "PRIVATE KEY"
            | "ENCRYPTED PRIVATE KEY"
            | "OPENSSH PRIVATE KEY"
    );
    let nothing = if is_known { KeyFileError::Damaged } else { KeyFileError::OtherKind };
    read_binary(&bytes).unwrap_or(Err(nothing))
}

impl LockedKey {
    fn new(lock: Lock) -> Self {
        Self { lock }
    }

    /// Opens the key. Takes as long as its maker wanted a guess to take, and waits for another one that is
    /// being opened: of memory and processor only one takes its share.
    ///
    /// # Errors
    /// [`KeyFileError::WrongPassphrase`], or what is wrong with the key inside.
    pub fn unlock(&self, passphrase: &str) -> Result<SigningKey, KeyFileError> {
        let file = match self.lock.open(passphrase)? {
            Opened::Pkcs8(opened) => der::read(der::Kind::Pkcs8, opened.as_bytes())?,
            Opened::Der(opened) => match der::kind_of(&opened) {
                None | Some(der::Kind::Torn) => return Err(KeyFileError::WrongPassphrase),
                Some(kind) => der::read(kind, &opened)?,
            },
            Opened::OpenSsh { secret, public } => return openssh::key(&secret, &public),
        };
        match file {
            KeyFile::Ready(key) => Ok(key),
            KeyFile::Locked(_) => Err(KeyFileError::OtherKind),
        }
    }
}
