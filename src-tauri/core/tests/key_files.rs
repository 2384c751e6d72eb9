//! Key files as people have them: each has one thing special about it, and each gets the answer
//! that helps the person who chose it.
//!
//! The files are made by `openssl` while the test runs, so that no key lies in the repository, and
//! so that what is read here was not written by the code that reads it.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use rsa::pkcs1::{DecodeRsaPrivateKey, EncodeRsaPrivateKey};
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use signet_core::key::{KeyKind, PublicKey};
use signet_core::key_file::{self, KeyFile, KeyFileError, MOST_BYTES};

use Expected::{Key, LockedFor, Refused};
use KeyFileError::{
    Certificate, Csv, Damaged, Empty, EncryptionUnsupported, ManyKeys, OldEncrypted, OpenSsh,
    OtherCurve, OtherKind, Pkcs12, Putty, RsaSize, TooLarge, Unknown, WrongPassphrase,
};

struct Case {
    name: &'static str,
    bytes: Vec<u8>,
    expected: Expected,
}

/// What a file is to be read as.
#[derive(Debug, Clone, PartialEq)]
enum Expected {
    /// Not only some key, but the one with this fingerprint.
    Key(KeyKind, String),
    /// It asks for a passphrase, and this is what the passphrase then leads to; without one the
    /// question is all there is to see.
    LockedFor(Option<(&'static str, Box<Expected>)>),
    Refused(KeyFileError),
}

fn key(public: &PublicKey) -> Expected {
    Key(public.kind(), public.fingerprint().to_string())
}

fn opens_with(passphrase: &'static str, then: Expected) -> Expected {
    LockedFor(Some((passphrase, Box::new(then))))
}

/// What the code makes of the file, in the same terms; `Err` where it panicked.
fn outcome(case: &Case) -> Result<Expected, &'static str> {
    let read = catch_unwind(|| key_file::read(&case.bytes)).map_err(|_| "reading panicked")?;
    match read {
        Err(error) => Ok(Refused(error)),
        Ok(KeyFile::Ready(found)) => Ok(key(&found.public_key())),
        Ok(KeyFile::Locked(locked)) => {
            let LockedFor(Some((passphrase, _))) = case.expected else {
                return Ok(LockedFor(None));
            };
            let opened = catch_unwind(AssertUnwindSafe(|| locked.unlock(passphrase)))
                .map_err(|_| "unlocking panicked")?;
            let then = opened.map_or_else(Refused, |found| key(&found.public_key()));
            Ok(opens_with(passphrase, then))
        }
    }
}

// What openssl makes.

fn openssl(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut process = Command::new("openssl")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Everything that is fed fits into the pipe; a command that reads nothing may close it.
    let _ = process.stdin.take().unwrap().write_all(input);
    let output = process.wait_with_output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "openssl {arguments:?}: {error}");
    output.stdout
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// A new key as PKCS#8 PEM.
fn generated(algorithm: &str, options: &[&str]) -> String {
    let mut arguments = vec!["genpkey", "-algorithm", algorithm];
    arguments.extend(options.iter().flat_map(|option| ["-pkeyopt", option]));
    text(openssl(&arguments, b""))
}

/// The same key in the format that was usual before PKCS#8.
fn traditional(pem: &str) -> String {
    text(openssl(&["pkey", "-traditional"], pem.as_bytes()))
}

fn public_pem(pem: &str) -> String {
    text(openssl(&["pkey", "-pubout"], pem.as_bytes()))
}

fn public(pem: &str) -> PublicKey {
    PublicKey::from_spki_pem(&public_pem(pem)).unwrap()
}

fn locked(pem: &str, passphrase: &str, options: &[&str]) -> String {
    let passphrase = format!("pass:{passphrase}");
    let mut arguments = vec!["pkcs8", "-topk8", "-passout", &passphrase];
    arguments.extend(options);
    text(openssl(&arguments, pem.as_bytes()))
}

/// Each key once: making them is what takes the time.
struct Keys {
    rsa: String,
    p256: String,
    certificate: String,
    request: String,
    pkcs12: Vec<u8>,
}

fn keys() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| {
        let rsa = generated("RSA", &["rsa_keygen_bits:2048"]);
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("key.pem");
        std::fs::write(&key, &rsa).unwrap();
        let key = key.to_str().unwrap();
        let subject = ["-new", "-subj", "/CN=example.com", "-key", key];
        let request = [&["req"], subject.as_slice()].concat();
        let certificate = [&["req", "-x509"], subject.as_slice()].concat();
        let certificate = text(openssl(&certificate, b""));
        let both = format!("{rsa}{certificate}");
        Keys {
            request: text(openssl(&request, b"")),
            pkcs12: openssl(&["pkcs12", "-export", "-passout", "pass:right"], both.as_bytes()),
            p256: generated("EC", &["ec_paramgen_curve:P-256"]),
            certificate,
            rsa,
        }
    })
}

// Transformations.

fn to_der(pem: &str) -> Vec<u8> {
    let body: String = pem.lines().filter(|line| !line.contains("-----")).collect();
    STANDARD.decode(body).unwrap()
}

fn to_pem(label: &str, der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let mut pem = format!("-----BEGIN {label}-----\n");
    for line in body.as_bytes().chunks(64) {
        writeln!(pem, "{}", std::str::from_utf8(line).unwrap()).unwrap();
    }
    writeln!(pem, "-----END {label}-----").unwrap();
    pem
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

/// Takes line `number` out.
fn without_line(pem: &str, number: usize) -> String {
    let lines = pem.lines().enumerate().filter(|(n, _)| *n != number);
    lines.map(|(_, line)| format!("{line}\n")).collect()
}

fn last_line(pem: &str) -> usize {
    pem.lines().count() - 1
}

/// DER as a tree, to change one number in it and write it again with the right lengths.
#[derive(Debug, Clone)]
enum Node {
    Inner(u8, Vec<Node>),
    Leaf(u8, Vec<u8>),
}

impl Node {
    fn all(mut der: &[u8]) -> Vec<Self> {
        let mut nodes = Vec::new();
        while let [tag, length, rest @ ..] = der {
            let (length, rest) = match length {
                0..0x80 => (usize::from(*length), rest),
                _ => {
                    let (length, rest) = rest.split_at(usize::from(length & 0x7f));
                    (length.iter().fold(0, |all, byte| all << 8 | usize::from(*byte)), rest)
                }
            };
            let (value, rest) = rest.split_at(length);
            nodes.push(match tag & 0x20 {
                0 => Self::Leaf(*tag, value.to_vec()),
                _ => Self::Inner(*tag, Self::all(value)),
            });
            der = rest;
        }
        nodes
    }

    fn write(&self) -> Vec<u8> {
        let (tag, value) = match self {
            Self::Inner(tag, nodes) => (*tag, nodes.iter().flat_map(Self::write).collect()),
            Self::Leaf(tag, value) => (*tag, value.clone()),
        };
        let mut der = vec![tag];
        match u8::try_from(value.len()) {
            Ok(length @ ..0x80) => der.push(length),
            Ok(length) => der.extend([0x81, length]),
            Err(_) => {
                der.push(0x82);
                der.extend(u16::try_from(value.len()).unwrap().to_be_bytes());
            }
        }
        der.extend(value);
        der
    }

    fn at(&mut self, path: &[usize]) -> &mut Vec<u8> {
        match (self, path) {
            (Self::Inner(_, nodes), [first, rest @ ..]) => nodes[*first].at(rest),
            (Self::Leaf(_, value), []) => value,
            _ => panic!("nothing lies there"),
        }
    }
}

/// The DER with the leaf at `path` changed.
fn changed(der: &[u8], path: &[usize], change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut nodes = Node::all(der);
    change(nodes[0].at(path));
    nodes[0].write()
}

/// PKCS#1 with p and q in the other order, as some makers of keys write them.
fn primes_swapped(pem: &str) -> Vec<u8> {
    let key = rsa::PrivateKey::from_pkcs1_der(&to_der(&traditional(pem))).unwrap();
    let primes = key.primes().iter().rev().map(|prime| prime.as_ref().clone()).collect();
    let (n, e, d) = (key.n().as_ref().clone(), key.e().clone(), key.d().clone());
    let swapped = rsa::PrivateKey::from_components(n, e, d, primes).unwrap();
    let der = swapped.to_pkcs1_der().unwrap().as_bytes().to_vec();
    let mut tree = Node::all(&der).remove(0);
    let (p, q) = (tree.at(&[4]).clone(), tree.at(&[5]).clone());
    assert!(p < q);
    openssl(&["rsa", "-check", "-noout", "-inform", "DER"], &der);
    der
}

/// SEC1 with a scalar, and nothing else.
fn sec1_scalar(scalar: &[u8]) -> Vec<u8> {
    let version = Node::Leaf(0x02, vec![1]);
    let scalar = Node::Leaf(0x04, scalar.to_vec());
    Node::Inner(0x30, vec![version, scalar]).write()
}

const P256_ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// Where PBKDF2 keeps its number of rounds, and scrypt its N, r and p.
const ROUNDS: &[usize] = &[0, 1, 0, 1, 1];
const SCRYPT_N: &[usize] = ROUNDS;
const SCRYPT_R: &[usize] = &[0, 1, 0, 1, 2];
const SCRYPT_P: &[usize] = &[0, 1, 0, 1, 3];
const PUBLIC_ONLY: Expected = Refused(KeyFileError::PublicKey);

// The table.

fn cases() -> &'static [Case] {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    CASES.get_or_init(|| {
        let mut table = Table(Vec::new());
        table.whole_keys();
        table.whole_keys_in_a_strange_dress();
        table.locked_keys();
        table.locks_that_do_not_open();
        table.other_things();
        table.keys_of_another_kind();
        table.damaged_text();
        table.damaged_numbers();
        table.0
    })
}

struct Table(Vec<Case>);

impl Table {
    fn is(&mut self, name: &'static str, bytes: impl Into<Vec<u8>>, expected: Expected) {
        self.0.push(Case { name, bytes: bytes.into(), expected });
    }

    fn whole_keys(&mut self) {
        let Keys { rsa, p256, .. } = keys();
        let (rsa_key, p256_key) = (key(&public(rsa)), key(&public(p256)));
        let (pkcs1, sec1) = (traditional(rsa), traditional(p256));
        self.is("PKCS#1 PEM", pkcs1.clone(), rsa_key.clone());
        self.is("PKCS#1 DER", to_der(&pkcs1), rsa_key.clone());
        self.is("RSA as PKCS#8 PEM", rsa.clone(), rsa_key.clone());
        self.is("RSA as PKCS#8 DER", to_der(rsa), rsa_key.clone());
        self.is("SEC1 PEM", sec1.clone(), p256_key.clone());
        self.is("SEC1 DER", to_der(&sec1), p256_key.clone());
        self.is("P-256 as PKCS#8 PEM", p256.clone(), p256_key.clone());
        self.is("P-256 as PKCS#8 DER", to_der(p256), p256_key.clone());
        let with_parameters = openssl(&["ecparam", "-name", "prime256v1", "-genkey"], b"");
        let its_public = public(&text(with_parameters.clone()));
        self.is("SEC1 behind EC PARAMETERS", with_parameters, key(&its_public));
        let bare = openssl(&["ec", "-no_public"], p256.as_bytes());
        self.is("SEC1 without its public point", bare, p256_key.clone());
        let small = openssl(&["ec", "-conv_form", "compressed"], p256.as_bytes());
        self.is("SEC1 with a compressed public point", small, p256_key.clone());
        let mut scalar_only = Node::all(&to_der(&sec1));
        if let Node::Inner(_, fields) = &mut scalar_only[0] {
            fields.truncate(2);
        }
        let scalar_only = scalar_only[0].write();
        self.is("SEC1 DER with the scalar alone", scalar_only, p256_key);
        let three = generated("RSA", &["rsa_keygen_bits:2048", "rsa_keygen_pubexp:3"]);
        self.is("RSA with the public exponent 3", three.clone(), key(&public(&three)));
        self.is("RSA with the smaller prime first", primes_swapped(rsa), rsa_key);
    }

    fn whole_keys_in_a_strange_dress(&mut self) {
        let Keys { rsa, p256, certificate, .. } = keys();
        let (rsa_key, p256_key) = (key(&public(rsa)), key(&public(p256)));
        let sec1 = traditional(p256);
        self.is("CRLF", rsa.replace('\n', "\r\n"), rsa_key.clone());
        self.is("CR alone", rsa.replace('\n', "\r"), rsa_key.clone());
        self.is("UTF-8 with its mark", format!("\u{feff}{rsa}"), rsa_key.clone());
        let marked = format!("\u{feff}{p256}");
        self.is("UTF-16 LE with its mark", utf16(&marked, u16::to_le_bytes), p256_key.clone());
        self.is("UTF-16 BE with its mark", utf16(&marked, u16::to_be_bytes), p256_key.clone());
        self.is("UTF-16 LE without its mark", utf16(p256, u16::to_le_bytes), p256_key.clone());
        self.is("UTF-16 BE without its mark", utf16(p256, u16::to_be_bytes), p256_key.clone());
        let long = utf16(&format!("\u{feff}{}", rsa.replace('\n', "\r\n")), u16::to_le_bytes);
        self.is("UTF-16 LE with CRLF", long, rsa_key.clone());
        let around = format!("Dear Ada,\n\nhere it is:\n\n{rsa}\nBest wishes\n");
        self.is("text around", around, rsa_key.clone());
        let bag = format!("Bag Attributes\n    localKeyID: 01 A8\nKey Attributes: <None>\n{rsa}");
        self.is("the attributes of a PKCS#12 bag before", bag, rsa_key.clone());
        self.is("no line end at the end", rsa.trim_end(), rsa_key.clone());
        self.is("many empty lines around", format!("\n\n\n{rsa}\n\n\n"), rsa_key.clone());
        let indented: String = rsa.lines().map(|line| format!("    {line}\n")).collect();
        self.is("indented lines", indented, rsa_key.clone());
        self.is("blanks at line ends", rsa.replace('\n', " \t\n"), rsa_key.clone());
        let one_line = format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            STANDARD.encode(to_der(rsa))
        );
        self.is("base64 in one line", one_line, rsa_key.clone());
        self.is("no line ends at all", p256.replace('\n', ""), p256_key.clone());
        self.is("certificate before", format!("{certificate}{rsa}"), rsa_key.clone());
        self.is("certificate behind", format!("{rsa}{certificate}"), rsa_key.clone());
        let cut = without_line(certificate, last_line(certificate));
        self.is("half a certificate before", format!("{cut}{rsa}"), rsa_key.clone());
        self.is("public key before", format!("{}{p256}", public_pem(p256)), p256_key.clone());
        self.is("public key behind", format!("{sec1}{}", public_pem(p256)), p256_key.clone());
        let latin_1 = [b"Schl\xfcssel\n", p256.as_bytes(), b"gr\xfc\xdfe \xff\n"].concat();
        self.is("Latin-1 around", latin_1, p256_key.clone());
        let zeros = [p256.as_bytes(), &[0; 512]].concat();
        self.is("zeros behind", zeros, p256_key);
        let mut longest = rsa.clone().into_bytes();
        longest.resize(MOST_BYTES, b'\n');
        self.is("64 KiB to the byte", longest, rsa_key);
    }

    fn locked_keys(&mut self) {
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

    fn locks_that_do_not_open(&mut self) {
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

    fn other_things(&mut self) {
        let Keys { rsa, p256, certificate, request, pkcs12 } = keys();
        self.is("no byte", "", Refused(Empty));
        self.is("white space alone", " \t\r\n\n", Refused(Empty));
        self.is("the mark of UTF-8 alone", "\u{feff}", Refused(Empty));
        self.is("the mark of UTF-16 and a line end", b"\xff\xfe\r\0\n\0", Refused(Empty));
        self.is("a byte more than 64 KiB", vec![b'\n'; MOST_BYTES + 1], Refused(TooLarge));
        let late = [vec![b'\n'; MOST_BYTES], rsa.clone().into_bytes()].concat();
        self.is("a key behind 64 KiB", late, Refused(TooLarge));

        self.is("public RSA key", public_pem(rsa), PUBLIC_ONLY);
        self.is("public RSA key, DER", to_der(&public_pem(rsa)), PUBLIC_ONLY);
        self.is("public P-256 key", public_pem(p256), PUBLIC_ONLY);
        self.is("public P-256 key, DER", to_der(&public_pem(p256)), PUBLIC_ONLY);
        let old = text(openssl(&["rsa", "-RSAPublicKey_out"], rsa.as_bytes()));
        assert!(old.starts_with("-----BEGIN RSA PUBLIC KEY-----"));
        self.is("RSA PUBLIC KEY", old.clone(), PUBLIC_ONLY);
        self.is("RSA PUBLIC KEY, DER", to_der(&old), PUBLIC_ONLY);
        let wide = utf16(&format!("\u{feff}{}", public_pem(p256)), u16::to_le_bytes);
        self.is("public key as UTF-16", wide, PUBLIC_ONLY);

        let is_certificate = Refused(Certificate);
        self.is("certificate", certificate.clone(), is_certificate.clone());
        self.is("certificate, DER", to_der(certificate), is_certificate.clone());
        self.is("two certificates", certificate.repeat(2), is_certificate.clone());
        let with_text = text(openssl(&["x509", "-text"], certificate.as_bytes()));
        self.is("certificate in words", with_text, is_certificate.clone());
        self.is("certificate request", request.clone(), is_certificate.clone());
        self.is("certificate request, DER", to_der(request), is_certificate);

        let putty = "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: ada\n\
            Public-Lines: 1\nAAAAB3NzaC1yc2EAAAADAQABAAABAQ\nPrivate-Lines: 1\nAAABAQ\n";
        self.is("PuTTY key", putty, Refused(Putty));
        self.is("PuTTY key of version 2, CRLF", putty_2(), Refused(Putty));

        let ssh = Refused(OpenSsh);
        let body = [b"openssh-key-v1\0".as_slice(), &[0x5a; 400]].concat();
        self.is("OpenSSH key", to_pem("OPENSSH PRIVATE KEY", &body), ssh.clone());
        for (name, line) in [
            ("ssh-rsa line", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ ada@example.com\n"),
            ("ssh-ed25519 line", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL0 ada@example.com\n"),
            ("ecdsa-sha2 line", "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY ada\n"),
            ("line of a security key", "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5 a\n"),
            ("SSH2 PUBLIC KEY", "---- BEGIN SSH2 PUBLIC KEY ----\nAAAAB3NzaC1yc2E=\n"),
            (
                "SSH2 ENCRYPTED PRIVATE KEY",
                "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: \"ada\"\nP2/56wAAA+IAAAA3\n\
                ---- END SSH2 ENCRYPTED PRIVATE KEY ----\n",
            ),
        ] {
            self.is(name, line, ssh.clone());
        }

        let csv = Refused(Csv);
        for (name, file) in [
            ("access key", "Access key ID,Secret access key\nAKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI\n"),
            (
                "access key with its user",
                "User Name,Access Key Id,Secret Access Key\r\nada,AKIAIOSFODNN7EXAMPLE,wJalrXUtnFE",
            ),
            (
                "access key with everything",
                "User name,Password,Access key ID,Secret access key,Console login link\n\
                ada,,AKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI,https://123456789012.signin.aws.amazon.com",
            ),
            (
                "access key with a mark before",
                "\u{feff}Access key ID,Secret access key\r\nAKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI\r\n",
            ),
            (
                "access key in quotes",
                "\"Access key ID\",\"Secret access key\"\n\"AKIAIOSFODNN7EXAMPLE\",\"wJalrXUtn\"\n",
            ),
            (
                "access key of the root user",
                "AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE\nAWSSecretKey=wJalrXUtnFEMI\n",
            ),
            (
                "access key in a credentials file",
                "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n\
                aws_secret_access_key = wJalrXUtnFEMI\n",
            ),
        ] {
            self.is(name, file, csv.clone());
        }

        self.is("PKCS#12", pkcs12.clone(), Refused(Pkcs12));
        // The form without lengths, which Firefox and the keychain of macOS write.
        let mut endless =
            b"\x30\x80\x02\x01\x03\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\
            \xa0\x80\x24\x80\x04\x08"
                .to_vec();
        endless.extend([0x5a; 8]);
        endless.extend([0; 10]);
        self.is("PKCS#12 without lengths", endless, Refused(Pkcs12));
        let both = format!("{rsa}{p256}");
        self.is("two private keys", both, Refused(ManyKeys));
        let locked = locked(p256, "right", &[]);
        self.is("two private keys, one locked", format!("{locked}{rsa}"), Refused(ManyKeys));
        self.is("the same key twice", format!("{}{rsa}", traditional(rsa)), Refused(ManyKeys));

        for (name, file) in [
            (
                "HTML page",
                "<!doctype html>\n<title>Sign in</title>\n<p>Your session is over.</p>\n",
            ),
            ("plain text", "The key is in the safe on the second floor.\n"),
            ("plain text that names a key", "Ada keeps the PRIVATE KEY in the safe.\n"),
            ("digits, which begin as DER does", "0123456789\n"),
            ("JSON", "{\"site\": \"docs.example.com\", \"keys\": []}\n"),
            ("list of customers", "User name,City\nada,London\n"),
            ("BEGIN without label", "-----BEGIN -----\nAAAA\n-----END -----\n"),
            ("BEGIN without end of line", "-----BEGIN \n"),
            ("PEM of something else", "-----BEGIN PKCS7-----\nMAA=\n-----END PKCS7-----\n"),
            ("one letter", "0"),
        ] {
            self.is(name, file, Refused(Unknown));
        }
        let jpeg = [b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x48".as_slice(), &[0x5a; 900]];
        self.is("JPEG", jpeg.concat(), Refused(Unknown));
        self.is("zeros", [0; 4096], Refused(Unknown));
        self.is("half a pair of UTF-16", b"\xff\xfe\x00\xd8\x41\x00", Refused(Unknown));
        self.is("an empty sequence", b"\x30\x00", Refused(Unknown));
        self.is(
            "DER of something else",
            {
                let list = vec![Node::Leaf(0x0c, b"a list of texts, not a key".to_vec()); 3];
                Node::Inner(0x30, list).write()
            },
            Refused(Unknown),
        );
    }

    fn keys_of_another_kind(&mut self) {
        for (name, size, bits) in [
            ("RSA 1024", "1024", 1024),
            ("RSA 2047", "2047", 2047),
            ("RSA 3072", "3072", 3072),
            ("RSA 4096", "4096", 4096),
        ] {
            self.is(name, rsa_of(size), Refused(RsaSize { bits }));
        }
        let small = traditional(&rsa_of("1024"));
        self.is("RSA 1024, PKCS#1", small.clone(), Refused(RsaSize { bits: 1024 }));
        self.is("RSA 1024, PKCS#1 DER", to_der(&small), Refused(RsaSize { bits: 1024 }));

        let other_curve = Refused(OtherCurve);
        for (name, sec1_name, curve_name) in [
            ("P-384", "P-384, SEC1", "P-384"),
            ("P-521", "P-521, SEC1", "P-521"),
            ("secp256k1", "secp256k1, SEC1", "secp256k1"),
            ("brainpoolP256r1", "brainpoolP256r1, SEC1", "brainpoolP256r1"),
        ] {
            let pem = curve(curve_name);
            self.is(name, pem.clone(), other_curve.clone());
            self.is(sec1_name, traditional(&pem), other_curve.clone());
        }
        self.is("P-384, SEC1 DER", to_der(&traditional(&curve("P-384"))), other_curve.clone());
        let p256 = keys().p256.as_bytes();
        let spelt = openssl(&["ec", "-param_enc", "explicit"], p256);
        self.is("a curve spelt out, SEC1", spelt, other_curve.clone());
        let spelt = openssl(&["pkey", "-ec_param_enc", "explicit"], p256);
        self.is("a curve spelt out, PKCS#8", spelt, other_curve);

        let other_kind = Refused(OtherKind);
        let ed25519 = generated("ED25519", &[]);
        self.is("Ed25519", ed25519.clone(), other_kind.clone());
        self.is("Ed25519, DER", to_der(&ed25519), other_kind.clone());
        self.is("X25519", generated("X25519", &[]), other_kind.clone());
        self.is("Ed448", generated("ED448", &[]), other_kind.clone());
        let pss = generated("RSA-PSS", &["rsa_keygen_bits:2048"]);
        self.is("RSA for PSS alone", pss, other_kind.clone());
        let primes = generated("RSA", &["rsa_keygen_bits:2048", "rsa_keygen_primes:3"]);
        self.is("RSA of three primes", primes.clone(), other_kind.clone());
        let primes = traditional(&primes);
        self.is("RSA of three primes, PKCS#1", primes.clone(), other_kind.clone());
        self.is("RSA of three primes, PKCS#1 DER", to_der(&primes), other_kind.clone());
        self.is("Diffie-Hellman", generated("DH", &["group:ffdhe2048"]), other_kind.clone());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("parameters.pem");
        let size = ["-pkeyopt", "dsa_paramgen_bits:1024"];
        let make = [&["genpkey", "-genparam", "-algorithm", "DSA"], size.as_slice()].concat();
        std::fs::write(&path, openssl(&make, b"")).unwrap();
        let dsa = text(openssl(&["genpkey", "-paramfile", path.to_str().unwrap()], b""));
        self.is("DSA", dsa.clone(), other_kind.clone());
        let dsa = traditional(&dsa);
        self.is("DSA PRIVATE KEY", dsa.clone(), other_kind.clone());
        self.is("DSA PRIVATE KEY, DER", to_der(&dsa), other_kind.clone());
        let pgp = "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBGN=\n=twTO\n\
            -----END PGP PRIVATE KEY BLOCK-----\n";
        self.is("PGP", pgp, other_kind);
    }

    fn damaged_text(&mut self) {
        let Keys { rsa, p256, .. } = keys();
        let damaged = Refused(Damaged);
        let pkcs1 = traditional(rsa);
        let end = last_line(rsa);
        self.is("END is missing", without_line(rsa, end), damaged.clone());
        self.is("BEGIN is missing", without_line(rsa, 0), damaged.clone());
        let half = pkcs1.lines().take(12).map(|line| format!("{line}\n")).collect::<String>();
        self.is("half of the lines", half, damaged.clone());
        self.is("BEGIN alone", "-----BEGIN RSA PRIVATE KEY-----\n", damaged.clone());
        let empty = "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n";
        self.is("nothing between BEGIN and END", empty, damaged.clone());
        self.is("a line is missing", without_line(rsa, 5), damaged.clone());
        self.is("the last line of base64 is missing", without_line(p256, 3), damaged.clone());
        let mut letter = rsa.clone();
        letter.remove(200);
        self.is("a letter is missing", letter, damaged.clone());
        let mut letter = rsa.clone();
        letter.insert(200, '*');
        self.is("a letter that is not base64", letter, damaged.clone());
        let cut = pkcs1.replace("-----END RSA", "-----END");
        self.is("END says something else", cut, damaged.clone());
        self.is("four dashes", rsa.replace("-----", "----"), damaged.clone());
        self.is("dashes as a word processor likes", rsa.replace("-----", "—"), damaged.clone());
        self.is("quoted in a mail", rsa.replace('\n', "\n> "), damaged.clone());
        let string = format!("{{\"key\": \"{}\"}}", rsa.replace('\n', "\\n"));
        self.is("a string in JSON", string, damaged.clone());
        let two = format!("{}{p256}", without_line(p256, last_line(p256)));
        self.is("half a key before a whole one", two, damaged.clone());
        let zeros = to_pem("PRIVATE KEY", &[0; 300]);
        self.is("zeros as a key", zeros, damaged.clone());
        let locked = locked(rsa, "right", &[]);
        self.is(
            "locked, END is missing",
            without_line(&locked, last_line(&locked)),
            damaged.clone(),
        );
        self.is("locked, a line is missing", without_line(&locked, 9), damaged.clone());
        let cut = |der: Vec<u8>| der[..der.len() - 20].to_vec();
        self.is("cut, PKCS#1 DER", cut(to_der(&pkcs1)), damaged.clone());
        self.is("cut, PKCS#8 DER", cut(to_der(rsa)), damaged.clone());
        self.is("cut, P-256 as PKCS#8 DER", cut(to_der(p256)), damaged.clone());
        self.is("cut, SEC1 DER", cut(to_der(&traditional(p256))), damaged.clone());
        self.is("cut, locked DER", cut(to_der(&locked)), damaged.clone());
        self.is(
            "DER after a transfer as text",
            {
                let mut der = to_der(rsa);
                der.insert(600, b'\r');
                der
            },
            damaged.clone(),
        );
        self.is("cut, DER in a whole PEM", to_pem("PRIVATE KEY", &cut(to_der(rsa))), damaged);
    }

    fn damaged_numbers(&mut self) {
        let Keys { rsa, p256, .. } = keys();
        let damaged = Refused(Damaged);
        let pkcs1 = to_der(&traditional(rsa));
        let flip = |number: usize| {
            changed(&pkcs1, &[number], |bytes| {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 0x10;
            })
        };
        for (number, name) in [
            (1, "n changed"),
            (3, "d changed"),
            (4, "p changed"),
            (5, "q changed"),
            (6, "dP changed"),
            (7, "dQ changed"),
            (8, "qInv changed"),
        ] {
            self.is(name, to_pem("RSA PRIVATE KEY", &flip(number)), damaged.clone());
        }
        self.is("p changed, DER", flip(4), damaged.clone());
        self.is("e changed", changed(&pkcs1, &[2], |e| *e = vec![1, 0, 3]), damaged.clone());
        self.is(
            "p changed, in PKCS#8",
            changed(&to_der(rsa), &[2], |inner| *inner = flip(4)),
            damaged.clone(),
        );
        self.is(
            "qInv changed, in PKCS#8",
            changed(&to_der(rsa), &[2], |i| *i = flip(8)),
            damaged.clone(),
        );
        let other = Node::all(&to_der(&traditional(&generated("RSA", &["rsa_keygen_bits:2048"]))));
        let mut mixed = Node::all(&pkcs1);
        if let (Node::Inner(_, fields), Node::Inner(_, others)) = (&mut mixed[0], &other[0]) {
            fields[1] = others[1].clone();
        }
        self.is("n of another key", mixed[0].write(), damaged.clone());
        let ones = changed(&pkcs1, &[4], |p| *p = vec![1]);
        self.is("p is one", ones, damaged.clone());
        self.is("p is zero", changed(&pkcs1, &[4], |p| *p = vec![0]), damaged.clone());
        self.is(
            "q is p",
            {
                let p = Node::all(&pkcs1)[0].clone().at(&[4]).clone();
                changed(&pkcs1, &[5], |q| *q = p)
            },
            damaged.clone(),
        );
        self.is(
            "n is even",
            changed(&pkcs1, &[1], |n| *n.last_mut().unwrap() ^= 1),
            damaged.clone(),
        );
        self.is("e is negative", changed(&pkcs1, &[2], |e| *e = vec![0x81, 0, 1]), damaged.clone());

        let sec1 = to_der(&traditional(p256));
        let strange = to_der(&traditional(&curve("P-256")));
        let point = Node::all(&strange)[0].clone().at(&[3, 0]).clone();
        let mixed = changed(&sec1, &[3, 0], |own| *own = point);
        self.is("public point of another key", to_pem("EC PRIVATE KEY", &mixed), damaged.clone());
        let inside = changed(&to_der(p256), &[2], |inner| {
            *inner = changed(inner, &[2, 0], |own| own[40] ^= 1);
        });
        self.is("public point off the curve", inside, damaged.clone());
        self.is("scalar zero", changed(&sec1, &[1], |d| d.fill(0)), damaged.clone());
        let order = changed(&sec1, &[1], |d| *d = P256_ORDER.to_vec());
        self.is("scalar that is the order", order, damaged.clone());
        self.is("scalar zero alone", sec1_scalar(&[0; 32]), damaged.clone());
        self.is("scalar that is the order, alone", sec1_scalar(&P256_ORDER), damaged.clone());
        self.is("scalar with a bit changed", changed(&sec1, &[1], |d| d[20] ^= 1), damaged.clone());
        let short = changed(&sec1, &[1], |d| d.truncate(20));
        self.is("scalar that is too short", short, damaged);
    }
}

const LONG_PASSPHRASE: &str = "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggg\
    hhhhhhhhhhiiiiiiiiiijjjjjjjjjjkkkkkkkkkkllllllllllmmmmmmmmmmnnnnnnnnnnoooooooooopppppppppp\
    qqqqqqqqqqrrrrrrrrrrsssssssssstttttttttt";

fn rsa_of(bits: &str) -> String {
    generated("RSA", &[&format!("rsa_keygen_bits:{bits}")])
}

fn curve(name: &str) -> String {
    generated("EC", &[&format!("ec_paramgen_curve:{name}")])
}

fn putty_2() -> String {
    "PuTTY-User-Key-File-2: ssh-rsa\r\nEncryption: aes256-cbc\r\nComment: imported\r\n".to_owned()
}

#[test]
fn every_key_file_gets_the_answer_that_helps() {
    let mut wrong = String::new();
    for case in cases() {
        let outcome = outcome(case);
        if outcome.as_ref() != Ok(&case.expected) {
            writeln!(wrong, "{}: {outcome:?} instead of {:?}", case.name, case.expected).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_case_has_its_own_name() {
    let names: BTreeSet<_> = cases().iter().map(|case| case.name).collect();
    assert_eq!(names.len(), cases().len());
    assert!(names.len() >= 60, "{}", names.len());
}

#[test]
fn the_keys_are_of_both_kinds() {
    assert_eq!(public(&keys().rsa).kind(), KeyKind::Rsa2048);
    assert_eq!(public(&keys().p256).kind(), KeyKind::P256);
}

/// Whether or not they are let through to the question for a passphrase.
#[test]
fn numbers_that_no_lock_can_have_never_panic() {
    let scrypt = to_der(&locked(&keys().p256, "right", &["-scrypt"]));
    let pbkdf2 = to_der(&locked(&keys().p256, "right", &[]));
    let mut panicked = Vec::new();
    for (name, der, path, number) in [
        ("no round", &pbkdf2, ROUNDS, b"\x00".as_slice()),
        ("N = 0", &scrypt, SCRYPT_N, b"\x00"),
        ("N = 1", &scrypt, SCRYPT_N, b"\x01"),
        ("N = 3", &scrypt, SCRYPT_N, b"\x03"),
        ("r = 0", &scrypt, SCRYPT_R, b"\x00"),
        ("p = 0", &scrypt, SCRYPT_P, b"\x00"),
    ] {
        let der = changed(der, path, |n| *n = number.to_vec());
        if let Ok(KeyFile::Locked(locked)) = key_file::read(&der)
            && catch_unwind(AssertUnwindSafe(|| locked.unlock("right").is_ok())).is_err()
        {
            panicked.push(name);
        }
    }
    assert!(panicked.is_empty(), "{panicked:?}");
}

/// The ways in which a part of a file could show in a text.
fn shapes(bytes: &[u8]) -> Vec<String> {
    let lower: String = bytes.iter().fold(String::new(), |mut all, byte| {
        write!(all, "{byte:02x}").unwrap();
        all
    });
    // Of a text only its base64 counts: "private key" is in files and in sentences alike.
    let body = |line: &&str| {
        line.len() >= 16 && line.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+')
    };
    let file = String::from_utf8_lossy(bytes);
    let pem: String = file.split(['\n', '\r', ' ', '/', '=']).filter(body).collect();
    vec![lower.to_uppercase(), lower, STANDARD.encode(bytes), format!("{bytes:?}"), pem]
}

fn shows(text: &str, shapes: &[String]) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.windows(8).any(|window| {
        let window: String = window.iter().collect();
        shapes.iter().any(|shape| shape.contains(&window))
    })
}

#[test]
fn no_error_shows_a_part_of_the_file() {
    // The positive control: what would be found if it were there.
    let der = to_der(&keys().p256);
    let leaks = [format!("{:?}", &der[40..60]), STANDARD.encode(&der[60..]), keys().p256.clone()];
    assert!(
        leaks
            .iter()
            .all(|leak| shows(leak, &[shapes(&der), shapes(keys().p256.as_bytes())].concat()))
    );

    let mut errors = 0;
    for case in cases() {
        let error = match outcome(case) {
            Ok(Refused(error)) => error,
            Ok(LockedFor(Some((_, then)))) => match *then {
                Refused(error) => error,
                _ => continue,
            },
            _ => continue,
        };
        errors += 1;
        let shapes = shapes(&case.bytes);
        for text in [error.to_string(), format!("{error:?}"), format!("{error:#?}")] {
            assert!(!shows(&text, &shapes), "{}: {text}", case.name);
        }
    }
    assert!(errors >= 60, "{errors}");
}

/// A change to a file: at a place, as a share of its length.
#[derive(Debug, Clone)]
enum Change {
    Flip(f64, u8),
    Cut(f64),
    Insert(f64, Vec<u8>),
    Remove(f64),
}

fn change() -> impl Strategy<Value = Change> {
    let place = || 0.0..1.0_f64;
    prop_oneof![
        (place(), 0..8_u8).prop_map(|(place, bit)| Change::Flip(place, bit)),
        place().prop_map(Change::Cut),
        (place(), prop::collection::vec(any::<u8>(), 1..20))
            .prop_map(|(place, bytes)| Change::Insert(place, bytes)),
        place().prop_map(Change::Remove),
    ]
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a share of a small length"
)]
fn apply(bytes: &mut Vec<u8>, change: &Change) {
    let at = |place: f64, bytes: &[u8]| (place * bytes.len() as f64) as usize;
    match change {
        _ if bytes.is_empty() => {}
        Change::Flip(place, bit) => {
            let at = at(*place, bytes);
            bytes[at] ^= 1 << bit;
        }
        Change::Cut(place) => bytes.truncate(at(*place, bytes)),
        Change::Insert(place, new) => {
            let at = at(*place, bytes);
            bytes.splice(at..at, new.iter().copied());
        }
        Change::Remove(place) => {
            bytes.remove(at(*place, bytes));
        }
    }
}

/// Files that are read whole, in all formats; those with a lock are not opened, for a changed
/// number of rounds may take a minute.
fn good_files() -> &'static [Vec<u8>] {
    static FILES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    FILES.get_or_init(|| {
        let Keys { rsa, p256, .. } = keys();
        let pems = [
            rsa.clone(),
            p256.clone(),
            traditional(rsa),
            traditional(p256),
            locked(p256, "right", &[]),
            locked(p256, "right", &["-scrypt"]),
        ];
        let ders: Vec<_> = pems.iter().map(|pem| to_der(pem)).collect();
        let wide = utf16(&format!("\u{feff}{p256}"), u16::to_le_bytes);
        pems.into_iter().map(String::into_bytes).chain(ders).chain([wide]).collect()
    })
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn random_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(key_file::read(&bytes).is_err());
    }

    #[test]
    fn random_der_is_refused(
        head in prop::sample::select(vec![
            b"\x30\x82\x04\xa4\x02\x01\x00\x02".to_vec(),
            b"\x30\x82\x04\xbe\x02\x01\x00\x30".to_vec(),
            b"\x30\x77\x02\x01\x01\x04\x20".to_vec(),
            b"\x30\x80".to_vec(),
        ]),
        bytes in prop::collection::vec(any::<u8>(), 0..1_300),
    ) {
        prop_assert!(key_file::read(&[head, bytes].concat()).is_err());
    }

    #[test]
    fn a_changed_file_never_panics(
        number in any::<prop::sample::Index>(),
        changes in prop::collection::vec(change(), 1..4),
    ) {
        let mut bytes = number.get(good_files()).clone();
        changes.iter().for_each(|change| apply(&mut bytes, change));
        let _ = key_file::read(&bytes);
    }

    #[test]
    fn a_changed_locked_key_never_opens_as_another(place in 0.0..1.0_f64, bit in 0..8_u8) {
        static FILE: OnceLock<(Vec<u8>, PublicKey)> = OnceLock::new();
        let (file, own) = FILE.get_or_init(|| {
            let p256 = &keys().p256;
            (to_der(&locked(p256, "right", &["-iter", "1"])), public(p256))
        });
        let bytes = changed(file, &[1], |secret| apply(secret, &Change::Flip(place, bit)));
        if let Ok(KeyFile::Locked(locked)) = key_file::read(&bytes)
            && let Ok(key) = locked.unlock("right")
        {
            prop_assert_eq!(&key.public_key(), own);
        }
    }
}
