//! DER: which of the formats it is, and its key.

use p256::elliptic_curve::ALGORITHM_OID as EC;
use pkcs8::der::asn1::AnyRef;
use pkcs8::der::oid::ObjectIdentifier;
use pkcs8::der::{Decode, Reader, SliceReader, Tag, TagNumber, Tagged};
use pkcs8::{PrivateKeyInfoRef, SubjectPublicKeyInfoRef};
use rsa::pkcs1::{self, EncodeRsaPrivateKey};

use super::lock::Lock;
use super::{KeyFile, KeyFileError, LockedKey};
use crate::key::SigningKey;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// 1.2.840.113549.1.5, under which PKCS#5 names its locks, as DER has it.
const PKCS5: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x05";
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
    Dsa,
    /// Something is missing in it.
    Torn,
}

/// Which format this DER is by its shape; `None` where it is no DER of a key or near it.
pub(super) fn kind_of(bytes: &[u8]) -> Option<Kind> {
    use Tag::{BitString, Integer, OctetString, Sequence};

    let [0x30, length, ..] = bytes else {
        return None;
    };
    // Without lengths, as Firefox and the keychain of macOS write it: version 3 comes first.
    if bytes.starts_with(b"\x30\x80\x02\x01\x03") {
        return Some(Kind::Pkcs12);
    }
    let Some(fields) = fields(bytes) else {
        let header = if *length < 0x80 { 2 } else { 2 + usize::from(length & 0x7f) };
        return bytes.get(header..).filter(|rest| begins_as_key(rest)).map(|_| Kind::Torn);
    };
    let tags: Vec<_> = fields.iter().map(Tagged::tag).collect();
    Some(match tags.as_slice() {
        [Integer, Sequence, OctetString, ..] => Kind::Pkcs8,
        [Integer, OctetString, ..] => Kind::Sec1,
        [Integer, Sequence, Sequence] | [Integer, Sequence] => Kind::Pkcs12,
        [Integer, Integer] => Kind::PublicKey,
        [Integer, Integer, Integer, Integer, Integer, Integer] => Kind::Dsa,
        [Integer, Integer, ..] => Kind::Pkcs1,
        [Sequence, OctetString] => Kind::EncryptedPkcs8,
        [Sequence, BitString] => Kind::PublicKey,
        [Sequence, Sequence, BitString] => Kind::Certificate,
        _ => return None,
    })
}

/// What is inside the outermost sequence; `None` where the lengths do not fit.
fn fields(der: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let outer = AnyRef::from_der(der).ok().filter(|any| any.tag() == Tag::Sequence)?;
    let mut reader = SliceReader::new(outer.value()).ok()?;
    let mut fields = Vec::new();
    while !reader.is_finished() {
        fields.push(reader.decode::<AnyRef<'_>>().ok()?);
    }
    Some(fields)
}

/// Whether a sequence that does not end where it should begins as one of the formats does.
fn begins_as_key(inside: &[u8]) -> bool {
    match inside {
        // PKCS#1 and PKCS#8 are version 0, SEC1 is version 1.
        [0x02, 0x01, 0x00, 0x02 | 0x30, ..] | [0x02, 0x01, 0x01, 0x04, ..] => true,
        // Locked PKCS#8 begins with the name of a lock.
        [0x30, _, 0x06, 0x09, name @ ..] => name.starts_with(PKCS5),
        _ => false,
    }
}

/// Reads a private key.
pub(super) fn read(kind: Kind, der: &[u8]) -> Result<KeyFile, KeyFileError> {
    match kind {
        Kind::Pkcs1 => pkcs1_key(der).map(KeyFile::Ready),
        Kind::Pkcs8 => pkcs8_key(der).map(KeyFile::Ready),
        Kind::Sec1 => sec1_key(der, None).map(KeyFile::Ready),
        Kind::EncryptedPkcs8 => {
            if fields(der).is_none() {
                return Err(KeyFileError::Damaged);
            }
            Lock::pkcs8(der).map(LockedKey::new).map(KeyFile::Locked)
        }
        Kind::PublicKey if is_public_key(der) => Err(KeyFileError::PublicKey),
        Kind::PublicKey => Err(KeyFileError::Unknown),
        Kind::Certificate => Err(KeyFileError::Certificate),
        Kind::Pkcs12 => Err(KeyFileError::Pkcs12),
        Kind::Dsa => Err(KeyFileError::OtherKind),
        Kind::Torn => Err(KeyFileError::Damaged),
    }
}

fn is_public_key(der: &[u8]) -> bool {
    SubjectPublicKeyInfoRef::from_der(der).is_ok() || pkcs1::RsaPublicKeyRef::from_der(der).is_ok()
}

fn pkcs8_key(der: &[u8]) -> Result<SigningKey, KeyFileError> {
    let info = PrivateKeyInfoRef::try_from(der).map_err(|_| KeyFileError::Damaged)?;
    let key = if info.algorithm.oid == RSA {
        // RFC 8017, A.1: the parameters are NULL, and other programs insist on it.
        let is_null = |any: AnyRef<'_>| any.tag() == Tag::Null && any.value().is_empty();
        if !info.algorithm.parameters.is_some_and(is_null) {
            return Err(KeyFileError::Damaged);
        }
        pkcs1_key(info.private_key.as_bytes())?
    } else if info.algorithm.oid == EC {
        let curve = info.algorithm.parameters_oid().map_err(|_| KeyFileError::OtherCurve)?;
        sec1_key(info.private_key.as_bytes(), Some(curve))?
    } else {
        return Err(KeyFileError::OtherKind);
    };
    // RFC 5958: version 2 may state the public half, which others would then hand on.
    if let Some(stated) = info.public_key
        && !key.public_key().is_stated_as(stated.raw_bytes())
    {
        return Err(KeyFileError::Damaged);
    }
    Ok(key)
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
    // The rsa crate works out for itself what the file says beside n, e, d, p and q. A file in
    // which that is different was damaged, and other programs would sign wrongly with it.
    let whole = key.to_pkcs1_der().map_err(|_| KeyFileError::Damaged)?;
    if whole.as_bytes() != der {
        return Err(KeyFileError::Damaged);
    }
    Ok(SigningKey::from_rsa(key)?)
}

fn sec1_key(der: &[u8], outer_curve: Option<ObjectIdentifier>) -> Result<SigningKey, KeyFileError> {
    let parts = sec1::EcPrivateKey::from_der(der).map_err(|_| {
        if spells_curve_out(der) { KeyFileError::OtherCurve } else { KeyFileError::Damaged }
    })?;
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

/// Whether the curve is given by its numbers and not by its name (SEC1 C.3): the sec1 crate knows
/// names only, and `CloudFront` takes no key with such a public half.
fn spells_curve_out(der: &[u8]) -> bool {
    let parameters = TagNumber(0);
    fields(der).unwrap_or_default().iter().any(|field| {
        field.tag() == Tag::ContextSpecific { constructed: true, number: parameters }
            && field.value().first() == Some(&0x30)
    })
}
