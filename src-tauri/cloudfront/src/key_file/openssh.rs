//! OpenSSH's own format: what `ssh-keygen` writes unless told otherwise.
//!
//! Source: `PROTOCOL.key` of OpenSSH, and RFC 4251, section 5, for its strings and numbers. The crate
//! `ssh-key` reads it too, but only its release candidate fits the `rsa` and `p256` used here.
//! Deliberately not here: the ciphers with authentication, which nobody gets unless asked for.

use p256::elliptic_curve::sec1::ToSec1Point;
use rsa::BoxedUint;
use rsa::pkcs1::{self, EncodeRsaPrivateKey};
use rsa::traits::PublicKeyParts;
use zeroize::Zeroizing;

use super::lock::{self, Lock};
use super::{KeyFile, KeyFileError, LockedKey};
use crate::key::SigningKey;

const MAGIC: &[u8] = b"openssh-key-v1\0";

/// Whether these bytes say that they are of this format.
pub(super) fn is_openssh(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Reads a key, or what its passphrase has to open.
pub(super) fn read(bytes: &[u8]) -> Result<KeyFile, KeyFileError> {
    let mut file = Fields(bytes.strip_prefix(MAGIC).ok_or(KeyFileError::Damaged)?);
    let (cipher, kdf, options) = (file.string()?, file.string()?, file.string()?);
    match file.number()? {
        1 => {}
        0 => return Err(KeyFileError::Damaged),
        _ => return Err(KeyFileError::ManyKeys),
    }
    let (public, secret) = (file.string()?, file.string()?);
    if (cipher, kdf) == (b"none".as_slice(), b"none".as_slice()) {
        return key(secret, public).map(KeyFile::Ready);
    }
    if kdf != b"bcrypt" {
        return Err(KeyFileError::EncryptionUnsupported);
    }
    let mut options = Fields(options);
    let (salt, rounds) = (options.string()?, options.number()?);
    let lock = Lock::open_ssh(cipher, salt, rounds, secret, public)?;
    Ok(KeyFile::Locked(LockedKey::new(lock)))
}

/// The key in the secret part, once it is open.
pub(super) fn key(secret: &[u8], public: &[u8]) -> Result<SigningKey, KeyFileError> {
    let mut fields = Fields(secret);
    // The same number twice says that the passphrase was right.
    if fields.number()? != fields.number()? {
        return Err(KeyFileError::WrongPassphrase);
    }
    match fields.string()? {
        b"ssh-rsa" => rsa_key(&mut fields, public),
        b"ecdsa-sha2-nistp256" => p256_key(&mut fields, public),
        kind if kind.starts_with(b"ecdsa-sha2-") => Err(KeyFileError::OtherCurve),
        _ => Err(KeyFileError::OtherKind),
    }
}

fn rsa_key(fields: &mut Fields<'_>, public: &[u8]) -> Result<SigningKey, KeyFileError> {
    let (n, e, d) = (fields.unsigned()?, fields.unsigned()?, fields.unsigned()?);
    let (coefficient, p, q) = (fields.unsigned()?, fields.unsigned()?, fields.unsigned()?);
    fields.padding()?;
    let bits = n.len() * 8 - n.first().map_or(0, |byte| byte.leading_zeros() as usize);
    // Checked before the arithmetic, which a key of a million bits would keep busy for hours.
    if bits != 2048 {
        return Err(KeyFileError::RsaSize { bits });
    }
    let number = |bytes: &[u8], bits| {
        BoxedUint::from_be_slice(bytes, bits).map_err(|_| KeyFileError::Damaged)
    };
    let primes = vec![number(p, 1024)?, number(q, 1024)?];
    let key = rsa::PrivateKey::from_components(
        number(n, 2048)?,
        number(e, 64)?,
        number(d, 2048)?,
        primes,
    )
    .map_err(|_| KeyFileError::Damaged)?;
    let whole = key.to_pkcs1_der().map_err(|_| KeyFileError::Damaged)?;
    let parts =
        pkcs1::RsaPrivateKeyRef::try_from(whole.as_bytes()).map_err(|_| KeyFileError::Damaged)?;
    let mut stated = Fields(public);
    let is_own = stated.string()? == b"ssh-rsa"
        && stated.unsigned()? == e
        && stated.unsigned()? == n
        && key.n().bit_width() == 2048
        && parts.coefficient.as_bytes() == coefficient;
    if !is_own {
        return Err(KeyFileError::Damaged);
    }
    Ok(SigningKey::from_rsa(key)?)
}

fn p256_key(fields: &mut Fields<'_>, public: &[u8]) -> Result<SigningKey, KeyFileError> {
    let (curve, point, scalar) = (fields.string()?, fields.string()?, fields.unsigned()?);
    fields.padding()?;
    if curve != b"nistp256" {
        return Err(KeyFileError::OtherCurve);
    }
    // A number of RFC 4251 has no zeros before it, a scalar has them.
    let mut whole = Zeroizing::new([0; 32]);
    let at = whole.len().checked_sub(scalar.len()).ok_or(KeyFileError::Damaged)?;
    whole.get_mut(at..).ok_or(KeyFileError::Damaged)?.copy_from_slice(scalar);
    let key = p256::SecretKey::from_slice(&*whole).map_err(|_| KeyFileError::Damaged)?;
    let own = key.public_key().to_sec1_point(false);
    let mut stated = Fields(public);
    let is_own = own.as_bytes() == point
        && stated.string()? == b"ecdsa-sha2-nistp256"
        && stated.string()? == b"nistp256"
        && stated.string()? == point;
    if !is_own {
        return Err(KeyFileError::Damaged);
    }
    Ok(SigningKey::from_p256(&key)?)
}

/// What is left of a row of fields.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn number(&mut self) -> Result<u32, KeyFileError> {
        let (number, rest) = self.0.split_first_chunk().ok_or(KeyFileError::Damaged)?;
        self.0 = rest;
        Ok(u32::from_be_bytes(*number))
    }

    /// Bytes with their count before them.
    fn string(&mut self) -> Result<&'a [u8], KeyFileError> {
        let length = usize::try_from(self.number()?).map_err(|_| KeyFileError::Damaged)?;
        let (string, rest) = self.0.split_at_checked(length).ok_or(KeyFileError::Damaged)?;
        self.0 = rest;
        Ok(string)
    }

    /// A number that is not negative, without its zeros.
    fn unsigned(&mut self) -> Result<&'a [u8], KeyFileError> {
        let number = self.string()?;
        if number.first().is_some_and(|first| *first >= 0x80) {
            return Err(KeyFileError::Damaged);
        }
        let zeros = number.iter().take_while(|byte| **byte == 0).count();
        Ok(number.get(zeros..).unwrap_or_default())
    }

    /// A comment, and 1, 2, 3 … to the end of the cipher's block.
    fn padding(&mut self) -> Result<(), KeyFileError> {
        self.string()?;
        let is_padding =
            self.0.iter().zip(1..=lock::MAX_BLOCK).all(|(byte, number)| *byte == number);
        if is_padding && self.0.len() < usize::from(lock::MAX_BLOCK) {
            Ok(())
        } else {
            Err(KeyFileError::Damaged)
        }
    }
}
