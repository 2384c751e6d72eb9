//! What a passphrase opens, and how long that may take.
//!
//! The crate `pkcs5` opens PBES2. The ways that came before it (RFC 1421's `DEK-Info`, PBES1, PKCS#12's
//! own derivation) and OpenSSH's are here, over the crates of RustCrypto for their ciphers and hashes: a
//! key that was locked twenty years ago signs today. Deliberately not here: RC2, RC4 and IDEA, for which
//! one `openssl` command does it.

use std::sync::Mutex;

use aes::{Aes128, Aes192, Aes256};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit, StreamCipher};
use des::{Des, TdesEde2, TdesEde3};
use md5::Md5;
use pkcs8::der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use pkcs8::der::{Decode, Reader, SliceReader};
use pkcs8::pkcs5::pbes2::{Kdf, Parameters, Pbkdf2Prf};
use pkcs8::{EncryptedPrivateKeyInfoRef, SecretDocument};
use sha1::Sha1;
use sha2::Digest;
use zeroize::{Zeroize, Zeroizing};

use super::KeyFileError;

/// What scrypt may take, in bytes; OpenSSL's default is 16 MiB. The window has to live beside it.
const MAX_MEMORY: u64 = 128 << 20;

/// How often scrypt may work through its memory, counted for all of [`MAX_MEMORY`].
const MAX_SCRYPT_WORK: u64 = 4 * MAX_MEMORY;

/// How often PBKDF2 may hash, for each block of the key it makes; OpenSSL's default is 2,048, OWASP asks
/// for 600,000.
const MAX_ROUNDS: u32 = 4_000_000;

/// The same for bcrypt, whose rounds are longer; `ssh-keygen` has 16 or 24.
const MAX_BCRYPT_ROUNDS: u32 = 400;

/// The longest block of the ciphers here.
pub(super) const MAX_BLOCK: u8 = 16;

/// One passphrase is tried at a time: each may take all the memory that is borne.
static ONE: Mutex<()> = Mutex::new(());

/// What a passphrase opened. A wrong one makes something else of the last two.
pub(super) enum Opened {
    Pkcs8(SecretDocument),
    /// In one of the formats of DER.
    Der(Zeroizing<Vec<u8>>),
    OpenSsh {
        secret: Zeroizing<Vec<u8>>,
        public: Vec<u8>,
    },
}

/// A key and what it is locked with.
pub(super) struct Lock {
    way: Way,
    secret: Zeroizing<Vec<u8>>,
}

enum Way {
    /// The secret is PKCS#8 as a whole.
    Pbes2,
    Pbes1 {
        scheme: Pbes1,
        salt: Vec<u8>,
        rounds: u32,
    },
    /// RFC 1421, as OpenSSL wrote keys before PKCS#8.
    DekInfo {
        cipher: Cipher,
        iv: Vec<u8>,
    },
    OpenSsh {
        cipher: Cipher,
        salt: Vec<u8>,
        rounds: u32,
        public: Vec<u8>,
    },
}

#[derive(Clone, Copy)]
enum Pbes1 {
    Md5AndDes,
    Sha1AndDes,
    Pkcs12ThreeKeys,
    Pkcs12TwoKeys,
}

#[derive(Clone, Copy)]
enum Cipher {
    Aes128Cbc,
    Aes192Cbc,
    Aes256Cbc,
    Aes128Ctr,
    Aes192Ctr,
    Aes256Ctr,
    DesCbc,
    TripleDesCbc,
    TwoKeyTripleDesCbc,
}

impl Lock {
    /// An encrypted PKCS#8 key.
    pub(super) fn pkcs8(der: &[u8]) -> Result<Self, KeyFileError> {
        if let Ok(info) = EncryptedPrivateKeyInfoRef::try_from(der)
            && let Some(parameters) = info.encryption_algorithm.pbes2()
        {
            weigh(parameters)?;
            return Ok(Self { way: Way::Pbes2, secret: Zeroizing::new(der.to_vec()) });
        }
        // By its fields: the crate knows PKCS#5's and not PKCS#12's.
        Self::pbes1(der)
    }

    /// PBES1, RFC 8018 section 6.1, and RFC 7292 appendix C.
    fn pbes1(der: &[u8]) -> Result<Self, KeyFileError> {
        const PKCS5: &str = "1.2.840.113549.1.5.";
        const PKCS12: &str = "1.2.840.113549.1.12.1.";
        let no = |_| KeyFileError::EncryptionUnsupported;
        let inside = |der| -> Result<SliceReader<'_>, KeyFileError> {
            SliceReader::new(AnyRef::from_der(der).map_err(no)?.value()).map_err(no)
        };
        let mut file = inside(der)?;
        let algorithm = file.decode::<AnyRef<'_>>().map_err(no)?;
        let secret = file.decode::<&OctetStringRef>().map_err(no)?;
        let mut algorithm = SliceReader::new(algorithm.value()).map_err(no)?;
        let name = algorithm.decode::<ObjectIdentifier>().map_err(no)?.to_string();
        let scheme = match (name.strip_prefix(PKCS5), name.strip_prefix(PKCS12)) {
            (Some("3"), _) => Pbes1::Md5AndDes,
            (Some("10"), _) => Pbes1::Sha1AndDes,
            (_, Some("3")) => Pbes1::Pkcs12ThreeKeys,
            (_, Some("4")) => Pbes1::Pkcs12TwoKeys,
            (Some("1" | "4" | "6" | "11"), _) | (_, Some(_)) => {
                return Err(KeyFileError::OldEncrypted);
            }
            _ => return Err(KeyFileError::EncryptionUnsupported),
        };
        let parameters = algorithm.decode::<AnyRef<'_>>().map_err(no)?;
        let mut parameters = SliceReader::new(parameters.value()).map_err(no)?;
        let salt = parameters.decode::<&OctetStringRef>().map_err(no)?;
        let rounds = parameters.decode::<u32>().map_err(no)?;
        if rounds == 0 || salt.as_bytes().is_empty() {
            return Err(KeyFileError::EncryptionUnsupported);
        }
        if rounds > MAX_ROUNDS {
            return Err(KeyFileError::LockTooHeavy);
        }
        let way = Way::Pbes1 { scheme, salt: salt.as_bytes().to_vec(), rounds };
        Ok(Self { way, secret: Zeroizing::new(secret.as_bytes().to_vec()) })
    }

    /// A body under `DEK-Info: algorithm,parameter`.
    pub(super) fn dek_info(algorithm: &str, iv: &str, secret: &[u8]) -> Result<Self, KeyFileError> {
        let cipher = match algorithm.to_ascii_uppercase().as_str() {
            "AES-128-CBC" => Cipher::Aes128Cbc,
            "AES-192-CBC" => Cipher::Aes192Cbc,
            "AES-256-CBC" => Cipher::Aes256Cbc,
            "DES-EDE3-CBC" => Cipher::TripleDesCbc,
            "DES-CBC" => Cipher::DesCbc,
            _ => return Err(KeyFileError::OldEncrypted),
        };
        let digits = iv.as_bytes();
        let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        let iv: Option<Vec<u8>> = digits.chunks(2).map(pair).collect();
        let iv = iv.filter(|iv| iv.len() == cipher.block()).ok_or(KeyFileError::OldEncrypted)?;
        Ok(Self { way: Way::DekInfo { cipher, iv }, secret: Zeroizing::new(secret.to_vec()) })
    }

    /// The secret part of a key of OpenSSH.
    pub(super) fn open_ssh(
        cipher: &[u8],
        salt: &[u8],
        rounds: u32,
        secret: &[u8],
        public: &[u8],
    ) -> Result<Self, KeyFileError> {
        let cipher = match cipher {
            b"aes128-ctr" => Cipher::Aes128Ctr,
            b"aes192-ctr" => Cipher::Aes192Ctr,
            b"aes256-ctr" => Cipher::Aes256Ctr,
            b"aes128-cbc" => Cipher::Aes128Cbc,
            b"aes192-cbc" => Cipher::Aes192Cbc,
            b"aes256-cbc" => Cipher::Aes256Cbc,
            b"3des-cbc" => Cipher::TripleDesCbc,
            _ => return Err(KeyFileError::OpenSsh),
        };
        if salt.is_empty() || rounds == 0 || !secret.len().is_multiple_of(cipher.block()) {
            return Err(KeyFileError::Damaged);
        }
        if rounds > MAX_BCRYPT_ROUNDS {
            return Err(KeyFileError::LockTooHeavy);
        }
        let (salt, public) = (salt.to_vec(), public.to_vec());
        let way = Way::OpenSsh { cipher, salt, rounds, public };
        Ok(Self { way, secret: Zeroizing::new(secret.to_vec()) })
    }

    /// Tries a passphrase, after those that are being tried.
    pub(super) fn open(&self, passphrase: &str) -> Result<Opened, KeyFileError> {
        // Whoever panicked in here held nothing that could be half done.
        let _turn = ONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match &self.way {
            Way::Pbes2 => {
                let info = EncryptedPrivateKeyInfoRef::try_from(self.secret.as_slice())
                    .map_err(|_| KeyFileError::Damaged)?;
                let opened = info.decrypt(passphrase).map_err(|error| match error {
                    pkcs8::Error::EncryptedPrivateKey(
                        pkcs8::pkcs5::Error::UnsupportedAlgorithm { .. },
                    ) => KeyFileError::EncryptionUnsupported,
                    _ => KeyFileError::WrongPassphrase,
                })?;
                Ok(Opened::Pkcs8(opened))
            }
            Way::Pbes1 { scheme, salt, rounds } => {
                let (cipher, key, iv) = scheme.key(passphrase, salt, *rounds);
                self.opened(cipher, &key, &iv)
            }
            Way::DekInfo { cipher, iv } => {
                let key = bytes_to_key(passphrase, iv, cipher.key());
                self.opened(*cipher, &key, iv)
            }
            Way::OpenSsh { cipher, salt, rounds, public } => {
                let mut material = Zeroizing::new(vec![0; cipher.key() + cipher.block()]);
                bcrypt_pbkdf::bcrypt_pbkdf(passphrase, salt, *rounds, &mut material)
                    .map_err(|_| KeyFileError::WrongPassphrase)?;
                let (key, iv) = material.split_at(cipher.key());
                let mut secret = self.secret.clone();
                let length = cipher.decrypt(key, iv, &mut secret, Padding::OfTheFormat)?;
                secret.truncate(length);
                Ok(Opened::OpenSsh { secret, public: public.clone() })
            }
        }
    }

    fn opened(&self, cipher: Cipher, key: &[u8], iv: &[u8]) -> Result<Opened, KeyFileError> {
        let mut secret = self.secret.clone();
        let length = cipher.decrypt(key, iv, &mut secret, Padding::Pkcs7)?;
        secret.truncate(length);
        Ok(Opened::Der(secret))
    }
}

/// Whether the function that turns the passphrase into a key has numbers it can work with (RFC 7914
/// section 2, RFC 8018 section 5.2), and ends before the person gives up.
fn weigh(parameters: &Parameters) -> Result<(), KeyFileError> {
    let (possible, bearable) = match &parameters.kdf {
        Kdf::Pbkdf2(kdf) => {
            // A key that is longer than the hash takes the same again.
            let blocks = if kdf.prf == Pbkdf2Prf::HmacWithSha1 { 2 } else { 1 };
            let rounds = kdf.iteration_count;
            (rounds >= 1, rounds.saturating_mul(blocks) <= MAX_ROUNDS)
        }
        Kdf::Scrypt(kdf) => {
            let (cost, block_size) = (kdf.cost_parameter, u64::from(kdf.block_size));
            let memory = cost.saturating_mul(block_size).saturating_mul(128);
            let lanes = u64::from(kdf.parallelization);
            let work = memory.saturating_mul(lanes);
            (
                cost > 1 && cost.is_power_of_two() && block_size >= 1 && lanes >= 1,
                memory <= MAX_MEMORY && work <= MAX_SCRYPT_WORK,
            )
        }
        _ => (false, false),
    };
    match (possible, bearable) {
        (false, _) => Err(KeyFileError::EncryptionUnsupported),
        (_, false) => Err(KeyFileError::LockTooHeavy),
        _ => Ok(()),
    }
}

impl Pbes1 {
    /// The cipher, its key and its first block.
    fn key(
        self,
        passphrase: &str,
        salt: &[u8],
        rounds: u32,
    ) -> (Cipher, Zeroizing<Vec<u8>>, Zeroizing<Vec<u8>>) {
        let cipher = match self {
            Self::Md5AndDes | Self::Sha1AndDes => Cipher::DesCbc,
            Self::Pkcs12ThreeKeys => Cipher::TripleDesCbc,
            Self::Pkcs12TwoKeys => Cipher::TwoKeyTripleDesCbc,
        };
        match self {
            Self::Md5AndDes | Self::Sha1AndDes => {
                // PBKDF1, RFC 8018 section 5.1.
                let hash = |bytes: &[u8]| match self {
                    Self::Md5AndDes => Zeroizing::new(Md5::digest(bytes).to_vec()),
                    _ => Zeroizing::new(Sha1::digest(bytes).to_vec()),
                };
                let mut first = joined(&[passphrase.as_bytes(), salt]);
                let mut made = hash(&first);
                first.zeroize();
                for _ in 1..rounds {
                    made = hash(&made);
                }
                let (key, iv) = made.split_at(8);
                let iv = iv.get(..8).unwrap_or_default().to_vec();
                (cipher, Zeroizing::new(key.to_vec()), Zeroizing::new(iv))
            }
            Self::Pkcs12ThreeKeys | Self::Pkcs12TwoKeys => (
                cipher,
                pkcs12(1, passphrase, salt, rounds, cipher.key()),
                pkcs12(2, passphrase, salt, rounds, cipher.block()),
            ),
        }
    }
}

/// PKCS#12's derivation with SHA-1, RFC 7292 appendix B.2.
fn pkcs12(id: u8, passphrase: &str, salt: &[u8], rounds: u32, length: usize) -> Zeroizing<Vec<u8>> {
    const BLOCK: usize = 64;
    let mut letters = Zeroizing::new(Vec::with_capacity(passphrase.len() * 2 + 2));
    letters.extend(passphrase.encode_utf16().chain([0]).flat_map(u16::to_be_bytes));
    let filled = |bytes: &[u8]| -> Zeroizing<Vec<u8>> {
        let length = bytes.len().div_ceil(BLOCK) * BLOCK;
        Zeroizing::new(bytes.iter().copied().cycle().take(length).collect())
    };
    let mut input = joined(&[&filled(salt), &filled(&letters)]);
    let mut made = Zeroizing::new(Vec::with_capacity(length + 20));
    while made.len() < length {
        let mut hash: [u8; 20] = Sha1::digest(joined(&[&[id; BLOCK], &input]).as_slice()).into();
        for _ in 1..rounds {
            hash = Sha1::digest(hash).into();
        }
        made.extend(hash);
        // Each block of the input becomes the sum of itself, the hash and one.
        for block in input.chunks_exact_mut(BLOCK) {
            let mut carry = 1;
            for (byte, add) in
                block.iter_mut().zip(hash.iter().cycle().take(BLOCK).collect::<Vec<_>>()).rev()
            {
                let sum = u16::from(*byte) + u16::from(*add) + carry;
                *byte = sum.to_be_bytes()[1];
                carry = sum >> 8;
            }
        }
        hash.zeroize();
    }
    made.truncate(length);
    made
}

/// OpenSSL's `EVP_BytesToKey` with MD5 and one round, which `DEK-Info` means.
fn bytes_to_key(passphrase: &str, iv: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
    let salt = iv.get(..8).unwrap_or(iv);
    let mut key = Zeroizing::new(Vec::with_capacity(length + 16));
    let mut last = Zeroizing::new(Vec::new());
    while key.len() < length {
        let input = joined(&[&last, passphrase.as_bytes(), salt]);
        last = Zeroizing::new(Md5::digest(input.as_slice()).to_vec());
        key.extend_from_slice(&last);
    }
    key.truncate(length);
    key
}

/// Reserved at once, so that growing leaves no copy behind.
fn joined(parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    let mut all = Zeroizing::new(Vec::with_capacity(parts.iter().map(|part| part.len()).sum()));
    parts.iter().for_each(|part| all.extend_from_slice(part));
    all
}

/// What fills the last block.
#[derive(Clone, Copy)]
enum Padding {
    Pkcs7,
    /// The format's own, which its reader checks.
    OfTheFormat,
}

impl Cipher {
    /// The length of the key.
    fn key(self) -> usize {
        match self {
            Self::DesCbc => 8,
            Self::Aes128Cbc | Self::Aes128Ctr | Self::TwoKeyTripleDesCbc => 16,
            Self::Aes192Cbc | Self::Aes192Ctr | Self::TripleDesCbc => 24,
            Self::Aes256Cbc | Self::Aes256Ctr => 32,
        }
    }

    /// The length of a block.
    fn block(self) -> usize {
        match self {
            Self::DesCbc | Self::TripleDesCbc | Self::TwoKeyTripleDesCbc => 8,
            _ => 16,
        }
    }

    /// Decrypts in place; gives the length without the padding.
    fn decrypt(
        self,
        key: &[u8],
        iv: &[u8],
        secret: &mut [u8],
        padding: Padding,
    ) -> Result<usize, KeyFileError> {
        match self {
            Self::Aes128Cbc => cbc_mode::<Aes128>(key, iv, secret, padding),
            Self::Aes192Cbc => cbc_mode::<Aes192>(key, iv, secret, padding),
            Self::Aes256Cbc => cbc_mode::<Aes256>(key, iv, secret, padding),
            Self::DesCbc => cbc_mode::<Des>(key, iv, secret, padding),
            Self::TripleDesCbc => cbc_mode::<TdesEde3>(key, iv, secret, padding),
            Self::TwoKeyTripleDesCbc => cbc_mode::<TdesEde2>(key, iv, secret, padding),
            Self::Aes128Ctr => ctr_mode::<Aes128>(key, iv, secret),
            Self::Aes192Ctr => ctr_mode::<Aes192>(key, iv, secret),
            Self::Aes256Ctr => ctr_mode::<Aes256>(key, iv, secret),
        }
    }
}

fn cbc_mode<C>(
    key: &[u8],
    iv: &[u8],
    secret: &mut [u8],
    padding: Padding,
) -> Result<usize, KeyFileError>
where
    cbc::Decryptor<C>: KeyIvInit + BlockModeDecrypt,
    C: cbc::cipher::BlockCipherDecrypt,
{
    let cipher =
        cbc::Decryptor::<C>::new_from_slices(key, iv).map_err(|_| KeyFileError::Damaged)?;
    let wrong = |_| KeyFileError::WrongPassphrase;
    match padding {
        Padding::Pkcs7 => Ok(cipher.decrypt_padded::<Pkcs7>(secret).map_err(wrong)?.len()),
        Padding::OfTheFormat => {
            let none = cipher.decrypt_padded::<cbc::cipher::block_padding::NoPadding>(secret);
            Ok(none.map_err(|_| KeyFileError::Damaged)?.len())
        }
    }
}

fn ctr_mode<C>(key: &[u8], iv: &[u8], secret: &mut [u8]) -> Result<usize, KeyFileError>
where
    ctr::Ctr128BE<C>: KeyIvInit + StreamCipher,
    C: cbc::cipher::BlockCipherEncrypt<BlockSize = cbc::cipher::consts::U16>,
{
    let mut cipher =
        ctr::Ctr128BE::<C>::new_from_slices(key, iv).map_err(|_| KeyFileError::Damaged)?;
    cipher.apply_keystream(secret);
    Ok(secret.len())
}
