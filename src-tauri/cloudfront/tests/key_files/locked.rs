//! Keys behind a passphrase, and locks that do not open.

use signet_cloudfront::key_file::KeyFileError::{
    EncryptionUnsupported, LockTooHeavy, OtherCurve, OtherKind, RsaSize, WrongPassphrase,
};

use crate::case::Expected::{LockedFor, Refused};
use crate::case::{Table, key, opens_with};
use crate::der::{ROUNDS, SCRYPT_N, SCRYPT_P, SCRYPT_R, changed, to_der};
use crate::openssl::{Keys, curve, generated, keys, locked, public, rsa_of};

impl Table {
    pub fn locked_keys(&mut self) {
        let Keys { rsa, p256, .. } = keys();
        let (rsa_key, p256_key) = (key(&public(rsa)), key(&public(p256)));
        let plain = locked(rsa, "right", &["-v2", "aes-256-cbc"]);
        self.is("locked", plain.clone(), opens_with("right", rsa_key.clone()));
        self.is("locked, DER", to_der(&plain), opens_with("right", rsa_key.clone()));
        self.is("locked, CRLF", plain.replace('\n', "\r\n"), opens_with("right", rsa_key));
        for (name, options) in [
            ("locked, aes-256-cbc and SHA-256", "-v2 aes-256-cbc -v2prf hmacWithSHA256"),
            ("locked, aes-256-cbc and SHA-1", "-v2 aes-256-cbc -v2prf hmacWithSHA1"),
            ("locked, aes-192-cbc and SHA-384", "-v2 aes-192-cbc -v2prf hmacWithSHA384"),
            ("locked, aes-128-cbc and SHA-512", "-v2 aes-128-cbc -v2prf hmacWithSHA512"),
            ("locked, des3 and SHA-256", "-v2 des3 -v2prf hmacWithSHA256"),
            ("locked, 600,000 rounds", "-v2 aes-256-cbc -iter 600000"),
            ("locked, one round", "-v2 aes-256-cbc -iter 1"),
            ("locked, scrypt", "-scrypt"),
        ] {
            let options: Vec<_> = options.split_whitespace().collect();
            let file = locked(p256, "right", &options);
            self.is(name, file, opens_with("right", p256_key.clone()));
        }
        let scrypt = to_der(&locked(p256, "right", &["-scrypt"]));
        self.is("locked, scrypt, DER", scrypt, opens_with("right", p256_key.clone()));
        for (name, passphrase) in [
            ("passphrase that is not ASCII", "Prüfung 鍵 😀"),
            ("empty passphrase", ""),
            ("passphrase with blanks around", "  right  "),
            ("passphrase of 200 letters", LONG_PASSPHRASE),
        ] {
            let file = locked(p256, passphrase, &[]);
            self.is(name, file, opens_with(passphrase, p256_key.clone()));
        }
        let file = locked(p256, "right", &[]);
        for (name, passphrase) in [
            ("wrong passphrase", "wrong"),
            ("empty where there is a passphrase", ""),
            ("passphrase with another case", "Right"),
            ("passphrase with a blank too much", "right "),
        ] {
            let wrong = opens_with(passphrase, Refused(WrongPassphrase));
            self.is(name, file.clone(), wrong);
        }
        let cost = |rounds: u32| {
            changed(&to_der(&file), ROUNDS, |n| *n = rounds.to_be_bytes()[1..].to_vec())
        };
        self.is("locked, as many rounds as are borne", cost(4_000_000), LockedFor(None));
        for (name, pem, error) in [
            ("RSA 1024, locked", rsa_of("1024"), RsaSize { bits: 1024 }),
            ("P-384, locked", curve("P-384"), OtherCurve),
            ("Ed25519, locked", generated("ED25519", &[]), OtherKind),
        ] {
            self.is(name, locked(&pem, "right", &[]), opens_with("right", Refused(error)));
        }
    }

    pub fn locks_that_do_not_open(&mut self) {
        let p256 = &keys().p256;
        let no = Refused(EncryptionUnsupported);
        let camellia = locked(p256, "right", &["-v2", "camellia-256-cbc"]);
        self.is("PBES2 with Camellia", camellia, no.clone());

        let heavy = Refused(LockTooHeavy);
        let pbkdf2 = to_der(&locked(p256, "right", &[]));
        for (name, rounds, refused) in [
            ("PBKDF2 with a round too much", b"\x3d\x09\x01".as_slice(), &heavy),
            ("PBKDF2 with two thousand million rounds", b"\x7f\xff\xff\xff", &heavy),
            ("PBKDF2 with more rounds than fit 32 bits", b"\x01\x00\x00\x00\x00", &no),
            ("PBKDF2 with no round", b"\x00", &no),
        ] {
            self.is(name, changed(&pbkdf2, ROUNDS, |n| *n = rounds.to_vec()), refused.clone());
        }
        let sha1 = to_der(&locked(p256, "right", &["-v2prf", "hmacWithSHA1"]));
        let many = changed(&sha1, ROUNDS, |n| *n = 3_000_000_u32.to_be_bytes()[1..].to_vec());
        self.is("PBKDF2 with SHA-1, which takes twice as long", many, heavy.clone());
        let scrypt = to_der(&locked(p256, "right", &["-scrypt"]));
        for (name, path, number, refused) in [
            ("scrypt with 2 GiB", SCRYPT_N, b"\x20\x00\x00".as_slice(), &heavy),
            ("scrypt with 1 GiB", SCRYPT_N, b"\x10\x00\x00", &heavy),
            ("scrypt with 256 MiB", SCRYPT_N, b"\x04\x00\x00", &heavy),
            ("scrypt with more memory than there is", SCRYPT_N, b"\x40\0\0\0\0\0\0\0", &heavy),
            ("scrypt with N = 0", SCRYPT_N, b"\x00", &no),
            ("scrypt with N = 1", SCRYPT_N, b"\x01", &no),
            ("scrypt with an N that is no power of two", SCRYPT_N, b"\x40\x01", &no),
            ("scrypt with r = 0", SCRYPT_R, b"\x00", &no),
            ("scrypt with an r of 32,767", SCRYPT_R, b"\x7f\xff", &heavy),
            ("scrypt with p = 0", SCRYPT_P, b"\x00", &no),
            ("scrypt with a p of 33", SCRYPT_P, b"\x21", &heavy),
            ("scrypt with a p of 32,767", SCRYPT_P, b"\x7f\xff", &heavy),
        ] {
            self.is(name, changed(&scrypt, path, |n| *n = number.to_vec()), refused.clone());
        }
        let largest = changed(&scrypt, SCRYPT_N, |n| *n = b"\x02\x00\x00".to_vec());
        self.is("scrypt with 128 MiB", largest, LockedFor(None));
    }
}

const LONG_PASSPHRASE: &str = "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggg\
    hhhhhhhhhhiiiiiiiiiijjjjjjjjjjkkkkkkkkkkllllllllllmmmmmmmmmmnnnnnnnnnnoooooooooopppppppppp\
    qqqqqqqqqqrrrrrrrrrrsssssssssstttttttttt";
