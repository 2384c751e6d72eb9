//! A key file's bytes become a key, or the name of what was picked instead.
//!
//! The crates of RustCrypto read the formats; here is what they do not do: find the block in a file
//! as people have it (BOM, UTF-16, CRLF, text around, `EC PARAMETERS` before), and say what a file
//! is that holds no usable key. Deliberately not supported: `Proc-Type: 4,ENCRYPTED` and PBES1,
//! whose MD5 and DES protect nothing; one `openssl` command converts such a file, and the sentence
//! on screen says so.

mod der;
mod text;

use pkcs8::EncryptedPrivateKeyInfoRef;
use pkcs8::pkcs5::pbes2::Kdf;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::key::{KeyError, SigningKey};
use text::Block;

/// The largest file that is looked at: no key file comes near.
pub const MOST_BYTES: usize = 65_536;

/// More rounds than this would hold the person up for minutes; OpenSSL's default is 2,048.
const MOST_ROUNDS: u32 = 10_000_000;

/// What scrypt may take, in bytes; OpenSSL's default is 16 MiB.
const MOST_MEMORY: u64 = 1 << 30;

/// How often scrypt may run over its memory.
const MOST_LANES: u16 = 16;

/// A key file that was understood.
pub enum KeyFile {
    /// Its key, checked.
    Ready(SigningKey),
    /// It needs its passphrase first.
    Locked(LockedKey),
}

/// An encrypted PKCS#8 key in memory.
pub struct LockedKey {
    der: Zeroizing<Vec<u8>>,
}

/// What is wrong with a key file. Nothing of its content is in here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyFileError {
    /// No byte in it, or only white space.
    #[error("the file is empty")]
    Empty,
    /// More than [`MOST_BYTES`].
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
    /// OpenSSH's format.
    #[error("the file is an OpenSSH key")]
    OpenSsh,
    /// The list that AWS gives with an access key.
    #[error("the file is a list of access keys")]
    Csv,
    /// `Proc-Type: 4,ENCRYPTED`.
    #[error("the file is encrypted in the old way")]
    OldEncrypted,
    /// `.p12` or `.pfx`.
    #[error("the file is a PKCS#12 container")]
    Pkcs12,
    /// Encrypted, in a way that is not supported.
    #[error("the file is encrypted in a way that is not supported")]
    EncryptionUnsupported,
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

/// Reads a key file: PEM in any dress, or DER.
///
/// # Errors
/// [`KeyFileError`], named after what the file is instead.
pub fn read(bytes: &[u8]) -> Result<KeyFile, KeyFileError> {
    if bytes.len() > MOST_BYTES {
        return Err(KeyFileError::TooLarge);
    }
    if let Some(kind) = der::kind_of(bytes) {
        return der::read(kind, bytes);
    }
    let text = text::decoded(bytes).ok_or(KeyFileError::Unknown)?;
    if text.trim().is_empty() {
        return Err(KeyFileError::Empty);
    }
    match text::private_blocks(&text)?.as_slice() {
        [] => Err(text::what_it_is_instead(&text)),
        [block] => read_block(block),
        _ => Err(KeyFileError::ManyKeys),
    }
}

fn read_block(block: &Block<'_>) -> Result<KeyFile, KeyFileError> {
    let label = block.label;
    match label {
        "RSA PRIVATE KEY" if block.is_old_encrypted() => Err(KeyFileError::OldEncrypted),
        "EC PRIVATE KEY" if block.is_old_encrypted() => Err(KeyFileError::OldEncrypted),
        "RSA PRIVATE KEY" => der::read(der::Kind::Pkcs1, &block.der()?),
        "EC PRIVATE KEY" => der::read(der::Kind::Sec1, &block.der()?),
        "PRIVATE KEY" => der::read(der::Kind::Pkcs8, &block.der()?),
        "ENCRYPTED PRIVATE KEY" => der::read(der::Kind::EncryptedPkcs8, &block.der()?),
        "OPENSSH PRIVATE KEY" | "SSH2 ENCRYPTED PRIVATE KEY" => Err(KeyFileError::OpenSsh),
        _ => Err(KeyFileError::OtherKind),
    }
}

impl LockedKey {
    fn new(der: &[u8]) -> Result<Self, KeyFileError> {
        let info = EncryptedPrivateKeyInfoRef::try_from(der)
            .map_err(|_| KeyFileError::EncryptionUnsupported)?;
        let parameters =
            info.encryption_algorithm.pbes2().ok_or(KeyFileError::EncryptionUnsupported)?;
        if !is_bearable(&parameters.kdf) {
            return Err(KeyFileError::EncryptionUnsupported);
        }
        Ok(Self { der: Zeroizing::new(der.to_vec()) })
    }

    /// Opens the key. Takes as long as its maker wanted a guess to take.
    ///
    /// # Errors
    /// [`KeyFileError::WrongPassphrase`], or what is wrong with the key inside.
    pub fn unlock(&self, passphrase: &str) -> Result<SigningKey, KeyFileError> {
        let info = EncryptedPrivateKeyInfoRef::try_from(self.der.as_slice())
            .map_err(|_| KeyFileError::Damaged)?;
        let opened = info.decrypt(passphrase).map_err(|error| match error {
            pkcs8::Error::EncryptedPrivateKey(pkcs8::pkcs5::Error::UnsupportedAlgorithm {
                ..
            }) => KeyFileError::EncryptionUnsupported,
            _ => KeyFileError::WrongPassphrase,
        })?;
        match der::read(der::Kind::Pkcs8, opened.as_bytes())? {
            KeyFile::Ready(key) => Ok(key),
            KeyFile::Locked(_) => Err(KeyFileError::OtherKind),
        }
    }
}

/// Whether the function that turns the passphrase into a key has numbers it can work with (RFC 7914
/// section 2, RFC 8018 section 5.2), and ends before the person gives up.
fn is_bearable(kdf: &Kdf) -> bool {
    match kdf {
        Kdf::Pbkdf2(kdf) => (1..=MOST_ROUNDS).contains(&kdf.iteration_count),
        Kdf::Scrypt(kdf) => {
            let (cost, block_size) = (kdf.cost_parameter, u64::from(kdf.block_size));
            let memory = cost.saturating_mul(block_size).saturating_mul(128);
            cost > 1
                && cost.is_power_of_two()
                && (1..=MOST_MEMORY).contains(&memory)
                && (1..=MOST_LANES).contains(&kdf.parallelization)
        }
        _ => false,
    }
}
