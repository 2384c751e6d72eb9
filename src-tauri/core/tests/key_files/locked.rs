//! Keys behind a passphrase, and locks that do not open.

use signet_core::key_file::KeyFileError::{
    EncryptionUnsupported, OldEncrypted, OtherCurve, OtherKind, RsaSize, WrongPassphrase,
};

use crate::case::Expected::{LockedFor, Refused};
use crate::case::{Table, key, opens_with};
use crate::der::{Node, ROUNDS, SCRYPT_N, SCRYPT_P, SCRYPT_R, changed, to_der, to_pem};
use crate::openssl::{Keys, curve, generated, keys, locked, openssl, public, rsa_of, text};

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
        let cost =
            |rounds: u32| changed(&to_der(&file), ROUNDS, |n| *n = rounds.to_be_bytes().to_vec());
        self.is("locked, as many rounds as are borne", cost(10_000_000), LockedFor(None));
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
        let pbes1 = locked(p256, "right", &["-v1", "PBE-SHA1-3DES"]);
        self.is("PBES1, 3DES", pbes1.clone(), no.clone());
        self.is("PBES1, 3DES, DER", to_der(&pbes1), no.clone());
        // 1.2.840.113549.1.5.3, MD5 with DES, which openssl makes only with its legacy provider.
        let md5 = Node::Inner(
            0x30,
            vec![
                Node::Inner(
                    0x30,
                    vec![
                        Node::Leaf(0x06, b"\x2a\x86\x48\x86\xf7\x0d\x01\x05\x03".to_vec()),
                        Node::Inner(
                            0x30,
                            vec![Node::Leaf(0x04, vec![7; 8]), Node::Leaf(0x02, vec![0x08, 0x00])],
                        ),
                    ],
                ),
                Node::Leaf(0x04, vec![0x5a; 144]),
            ],
        );
        self.is("PBES1, MD5 and DES", to_pem("ENCRYPTED PRIVATE KEY", &md5.write()), no.clone());
        let camellia = locked(p256, "right", &["-v2", "camellia-256-cbc"]);
        self.is("PBES2 with Camellia", camellia, no.clone());

        let pbkdf2 = to_der(&locked(p256, "right", &[]));
        for (name, rounds) in [
            ("PBKDF2 with a round too much", b"\x00\x98\x96\x81".as_slice()),
            ("PBKDF2 with two thousand million rounds", b"\x7f\xff\xff\xff"),
            ("PBKDF2 with more rounds than fit 32 bits", b"\x01\x00\x00\x00\x00"),
            ("PBKDF2 with no round", b"\x00"),
        ] {
            self.is(name, changed(&pbkdf2, ROUNDS, |n| *n = rounds.to_vec()), no.clone());
        }
        let scrypt = to_der(&locked(p256, "right", &["-scrypt"]));
        for (name, path, number) in [
            ("scrypt with 2 GiB", SCRYPT_N, b"\x20\x00\x00".as_slice()),
            ("scrypt with more memory than there is", SCRYPT_N, b"\x40\0\0\0\0\0\0\0"),
            ("scrypt with N = 0", SCRYPT_N, b"\x00"),
            ("scrypt with N = 1", SCRYPT_N, b"\x01"),
            ("scrypt with an N that is no power of two", SCRYPT_N, b"\x40\x01"),
            ("scrypt with r = 0", SCRYPT_R, b"\x00"),
            ("scrypt with an r of 32,767", SCRYPT_R, b"\x7f\xff"),
            ("scrypt with p = 0", SCRYPT_P, b"\x00"),
            ("scrypt with a p of 32,767", SCRYPT_P, b"\x7f\xff"),
        ] {
            self.is(name, changed(&scrypt, path, |n| *n = number.to_vec()), no.clone());
        }

        let old = Refused(OldEncrypted);
        for (name, pem) in
            [("RSA, locked in the old way", &keys().rsa), ("EC, locked in the old way", p256)]
        {
            let arguments = ["pkey", "-traditional", "-aes256", "-passout", "pass:right"];
            let file = openssl(&arguments, pem.as_bytes());
            assert!(text(file.clone()).contains("Proc-Type: 4,ENCRYPTED"));
            self.is(name, file, old.clone());
        }
    }
}

const LONG_PASSPHRASE: &str = "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggg\
    hhhhhhhhhhiiiiiiiiiijjjjjjjjjjkkkkkkkkkkllllllllllmmmmmmmmmmnnnnnnnnnnoooooooooopppppppppp\
    qqqqqqqqqqrrrrrrrrrrsssssssssstttttttttt";
