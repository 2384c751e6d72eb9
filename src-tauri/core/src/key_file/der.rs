//! DER: which of the formats it is, and its key.

use p256::elliptic_curve::ALGORITHM_OID as EC;
use pkcs8::der::asn1::AnyRef;
use pkcs8::der::oid::ObjectIdentifier;
use pkcs8::der::{Decode, Reader, SliceReader, Tag, Tagged};
use pkcs8::{EncryptedPrivateKeyInfoRef, PrivateKeyInfoRef, SubjectPublicKeyInfoRef};
use rsa::pkcs1;

use super::{KeyFile, KeyFileError, LockedKey};
use crate::key::SigningKey;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");

/// The formats in which a private key is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Pkcs1,
    Pkcs8,
    Sec1,
    EncryptedPkcs8,
    /// Read for its name only.
    PublicKey,
    Certificate,
    Pkcs12,
}

/// Which format this DER is by its shape; `None` where it is no DER at all.
pub(super) fn kind_of(der: &[u8]) -> Option<Kind> {
    let fields = fields(der)?;
    Some(match fields.as_slice() {
        [Tag::Integer, Tag::Sequence, Tag::OctetString, ..] => Kind::Pkcs8,
        [Tag::Integer, Tag::OctetString, ..] => Kind::Sec1,
        [Tag::Integer, Tag::Sequence, Tag::Sequence] | [Tag::Integer, Tag::Sequence] => {
            Kind::Pkcs12
        }
        [Tag::Integer, Tag::Integer] => Kind::PublicKey,
        [Tag::Integer, Tag::Integer, ..] => Kind::Pkcs1,
        [Tag::Sequence, Tag::OctetString] => Kind::EncryptedPkcs8,
        [Tag::Sequence, Tag::BitString] => Kind::PublicKey,
        [Tag::Sequence, Tag::Sequence, Tag::BitString] => Kind::Certificate,
        _ => return None,
    })
}

/// The tags inside the outermost sequence.
fn fields(der: &[u8]) -> Option<Vec<Tag>> {
    let outer = AnyRef::from_der(der).ok().filter(|any| any.tag() == Tag::Sequence)?;
    let mut reader = SliceReader::new(outer.value()).ok()?;
    let mut tags = Vec::new();
    while !reader.is_finished() {
        let field = reader.decode::<AnyRef<'_>>().ok()?;
        tags.push(field.tag());
    }
    Some(tags)
}

/// Reads a private key.
pub(super) fn read(kind: Kind, der: &[u8]) -> Result<KeyFile, KeyFileError> {
    match kind {
        Kind::Pkcs1 => pkcs1_key(der).map(KeyFile::Ready),
        Kind::Pkcs8 => pkcs8_key(der).map(KeyFile::Ready),
        Kind::Sec1 => sec1_key(der, None).map(KeyFile::Ready),
        Kind::EncryptedPkcs8 => {
            EncryptedPrivateKeyInfoRef::try_from(der)
                .map_err(|_| KeyFileError::EncryptionUnsupported)?;
            LockedKey::new(der).map(KeyFile::Locked)
        }
        Kind::PublicKey if is_public_key(der) => Err(KeyFileError::PublicKey),
        Kind::PublicKey => Err(KeyFileError::Unknown),
        Kind::Certificate => Err(KeyFileError::Certificate),
        Kind::Pkcs12 => Err(KeyFileError::Pkcs12),
    }
}

fn is_public_key(der: &[u8]) -> bool {
    SubjectPublicKeyInfoRef::from_der(der).is_ok() || pkcs1::RsaPublicKeyRef::from_der(der).is_ok()
}

fn pkcs8_key(der: &[u8]) -> Result<SigningKey, KeyFileError> {
    let info = PrivateKeyInfoRef::try_from(der).map_err(|_| KeyFileError::Damaged)?;
    if info.algorithm.oid == RSA {
        return pkcs1_key(info.private_key.as_bytes());
    }
    if info.algorithm.oid != EC {
        return Err(KeyFileError::OtherKind);
    }
    let curve = info.algorithm.parameters_oid().map_err(|_| KeyFileError::OtherCurve)?;
    sec1_key(info.private_key.as_bytes(), Some(curve))
}

fn pkcs1_key(der: &[u8]) -> Result<SigningKey, KeyFileError> {
    let parts = pkcs1::RsaPrivateKeyRef::from_der(der).map_err(|_| KeyFileError::Damaged)?;
    if parts.version() != pkcs1::Version::TwoPrime {
        return Err(KeyFileError::OtherKind);
    }
    let modulus = parts.modulus.as_bytes();
    let bits = modulus.len() * 8 - modulus.first().map_or(0, |byte| byte.leading_zeros() as usize);
    // Checked before the arithmetic, which a key of a million bits would keep busy for hours.
    if bits != 2048 {
        return Err(KeyFileError::RsaSize { bits });
    }
    let key = rsa::PrivateKey::try_from(parts).map_err(|_| KeyFileError::Damaged)?;
    Ok(SigningKey::from_rsa(key)?)
}

fn sec1_key(der: &[u8], outer_curve: Option<ObjectIdentifier>) -> Result<SigningKey, KeyFileError> {
    let parts = sec1::EcPrivateKey::from_der(der).map_err(|_| KeyFileError::Damaged)?;
    let inner_curve = parts.parameters.and_then(|parameters| parameters.named_curve());
    let curves = [outer_curve, inner_curve];
    if curves.iter().flatten().any(|curve| *curve != P256) {
        return Err(KeyFileError::OtherCurve);
    }
    if curves.iter().flatten().next().is_none() && parts.private_key.len() != 32 {
        return Err(KeyFileError::OtherCurve);
    }
    let key = p256::SecretKey::from_slice(parts.private_key).map_err(|_| KeyFileError::Damaged)?;
    if let Some(point) = parts.public_key {
        let stated = p256::PublicKey::from_sec1_bytes(point).map_err(|_| KeyFileError::Damaged)?;
        if stated != key.public_key() {
            return Err(KeyFileError::Damaged);
        }
    }
    Ok(SigningKey::from_p256(&key)?)
}
