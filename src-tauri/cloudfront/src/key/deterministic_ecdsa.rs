//! ECDSA on P-256 with RFC 6979's nonce: the same message and key give the same signature, so that a
//! link can be made again byte for byte.
//!
//! AWS-LC signs ECDSA with a random nonce only, and the `p256` crate takes most of its time for one
//! step: multiplying the curve's base point with the nonce. That step is AWS-LC's here, through its
//! safe interface for key agreement, whose "public half of a private number" is that very product.
//! The nonce is the `rfc6979` crate's, the arithmetic with scalars is `p256`'s, both in constant time.
//! Deliberately not here: verifying, which `p256` does.

use aws_lc_rs::agreement::{ECDH_P256, PrivateKey};
use p256::ecdsa::Signature;
use p256::elliptic_curve::Curve;
use p256::elliptic_curve::ops::{Invert, Reduce};
use p256::elliptic_curve::point::AffineCoordinates;
use p256::{FieldBytes, NistP256, NonZeroScalar, Scalar};
use rfc6979::KGenerator;
use sha2::digest::Digest;
use sha2::digest::block_api::BlockSizeUser;
use zeroize::Zeroizing;

use super::{SigningError, widened};

/// Signs the hash `D` of a message (FIPS 186-5, 6.4.1, with the nonce of RFC 6979, 3.2).
///
/// # Errors
/// [`SigningError`] where the engine fails, or where a number that left it does not belong to the
/// others: a signature with a wrong number in it can give the key away.
pub(super) fn sign<D: Digest + BlockSizeUser>(
    key: &NonZeroScalar,
    message: &[u8],
) -> Result<Signature, SigningError> {
    let digest = D::digest(message);
    let secret = Zeroizing::new(key.to_bytes());
    let mut generator =
        KGenerator::<D, _>::new(secret.as_slice(), &digest, b"", NistP256::ORDER.as_ref());
    let mut bytes = Zeroizing::new(FieldBytes::default());
    generator.fill_next_k(bytes.as_mut_slice());
    let nonce = NonZeroScalar::try_from(bytes.as_slice()).map_err(|_| SigningError)?;
    let nonce = Zeroizing::new(nonce);
    let inverse = Zeroizing::new(Invert::invert(&*nonce));

    let r = Scalar::reduce(&x_of_product(&bytes)?);
    let z = Scalar::reduce(&FieldBytes::from(widened(&digest)));
    let s = **inverse * (z + r * key.as_ref());
    if s * nonce.as_ref() != z + r * key.as_ref() {
        return Err(SigningError);
    }
    // Refuses a zero, which RFC 6979 answers with the next nonce: no message with it is known.
    Signature::from_scalars(r, s).map_err(|_| SigningError)
}

/// The x coordinate of the base point times the nonce. A product that is not on the curve, as a fault
/// in the engine would leave it, is refused.
fn x_of_product(nonce: &FieldBytes) -> Result<FieldBytes, SigningError> {
    let nonce = PrivateKey::from_private_key(&ECDH_P256, nonce).map_err(|_| SigningError)?;
    let product = nonce.compute_public_key().map_err(|_| SigningError)?;
    let point = p256::PublicKey::from_sec1_bytes(product.as_ref()).map_err(|_| SigningError)?;
    Ok(point.as_affine().x())
}
