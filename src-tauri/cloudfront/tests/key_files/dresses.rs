//! Keys as people have them: in settings, in other programs' formats, locked by old programs, and under a
//! label that is another one's.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};
use signet_cloudfront::key_file::KeyFileError::{
    Damaged, EncryptionUnsupported, Jwk, LockTooHeavy, OldEncrypted, OtherCurve, OtherKind,
    PublicKey, RsaSize, WrongPassphrase, Xml,
};

use crate::case::Expected::Refused;
use crate::case::{Table, key, opens_with};
use crate::der::{Node, to_der, to_pem};
use crate::openssl::{Keys, keys, locked, openssl, public, public_pem, ssh_key, text, traditional};

impl Table {
    pub fn dressed_keys(&mut self) {
        let Keys { rsa, p256, .. } = keys();
        for (pem, kind) in [(rsa, "RSA"), (p256, "P-256")] {
            let own = key(&public(pem));
            let der = to_der(pem);
            let old = traditional(pem);
            let mut is = |name: &str, bytes: Vec<u8>| {
                self.named(format!("{kind}: {name}"), bytes, own.clone())
            };
            let lines = |line: fn(&str) -> String| pem.lines().map(line).collect::<String>();
            for (name, text) in [
                ("\\n for line ends", pem.replace('\n', "\\n")),
                ("\\r\\n for line ends", pem.replace('\n', "\\r\\n")),
                ("\\\\n for line ends", pem.replace('\n', "\\\\n")),
                (
                    "a .env file",
                    format!("SITE=docs\nPRIVATE_KEY=\"{}\"\nOTHER=1\n", pem.replace('\n', "\\n")),
                ),
                ("a .env file of several lines", format!("PRIVATE_KEY='{pem}'\n")),
                ("a .env file without quotes", format!("KEY={}", old.replace('\n', "\\n"))),
                ("a string in JSON", format!("{{\"key\": \"{}\"}}", pem.replace('\n', "\\n"))),
                (
                    "a string in JSON with \\/ and \\u",
                    format!(
                        "{{\"key\": \"{}\"}}",
                        pem.replace('/', "\\/").replace('+', "\\u002b").replace('\n', "\\n")
                    ),
                ),
                ("quoted in a mail", pem.replace('\n', "\n> ")),
                ("quoted twice", lines(|line| format!(">> {line}\r\n"))),
                ("in quotation marks", format!("\"{pem}\"")),
                ("indented", lines(|line| format!("\t  {line}\n"))),
                ("commented out", lines(|line| format!("# {line}\n"))),
                ("in YAML", format!("key: |\n{}", lines(|line| format!("  {line}\n")))),
                ("lines of a program", lines(|line| format!("    \"{line}\\n\" +\n"))),
                ("lines of a list", lines(|line| format!("  '{line}',\n"))),
                (
                    "percent-encoded",
                    pem.replace('+', "%2B").replace('\n', "%0A").replace(' ', "%20"),
                ),
                ("a form", pem.replace('+', "%2B").replace('\n', "%0A").replace(' ', "+")),
                ("base64 of the PEM", STANDARD.encode(pem)),
                ("base64 of the PEM in lines", wrapped(&STANDARD.encode(pem))),
                ("base64 of base64", STANDARD.encode(STANDARD.encode(pem))),
                ("base64 in a setting", format!("SIGNING_KEY={}\n", STANDARD.encode(pem))),
                ("base64 in YAML", format!("data:\n  key.pem: {}\n", STANDARD.encode(pem))),
                ("base64 of DER", STANDARD.encode(&der)),
                ("base64 of DER in lines", wrapped(&STANDARD.encode(&der))),
                ("base64 of DER without padding", STANDARD_NO_PAD.encode(&der)),
                ("base64url of DER", URL_SAFE.encode(&der)),
                ("base64 of the older DER", STANDARD.encode(to_der(&old))),
                ("base64 of DER, quoted", format!("\"{}\"", STANDARD.encode(&der))),
                ("hexadecimal digits", hex(&der, "")),
                ("hexadecimal digits with colons", hex(&der, ":")),
                (
                    "PKCS#8 under the older label",
                    to_pem(if kind == "RSA" { "RSA PRIVATE KEY" } else { "EC PRIVATE KEY" }, &der),
                ),
                ("the older format under PRIVATE KEY", to_pem("PRIVATE KEY", &to_der(&old))),
                (
                    "PKCS#8 under the other label",
                    to_pem(if kind == "RSA" { "EC PRIVATE KEY" } else { "RSA PRIVATE KEY" }, &der),
                ),
                ("PKCS#8 under OPENSSH", to_pem("OPENSSH PRIVATE KEY", &der)),
            ] {
                is(name, text.into_bytes());
            }
            let lock = locked(pem, "right", &[]);
            let wrong = to_pem("PRIVATE KEY", &to_der(&lock));
            self.named(
                format!("{kind}: locked under PRIVATE KEY"),
                wrong,
                opens_with("right", own.clone()),
            );
            let line = lock.replace('\n', "\\n");
            self.named(format!("{kind}: locked, with \\n"), line, opens_with("right", own));
        }
        self.named("JWK", "{\"kty\":\"RSA\",\"n\":\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc\",\"e\":\"AQAB\",\"d\":\"X4cTteJY\"}", Refused(Jwk));
        self.named(
            "XML of .NET",
            "<RSAKeyValue><Modulus>0vx7</Modulus><D>X4cT</D></RSAKeyValue>",
            Refused(Xml),
        );
        self.named(
            "public key as bare base64",
            STANDARD.encode(to_der(&public_pem(p256))),
            Refused(PublicKey),
        );
    }

    pub fn keys_of_openssh(&mut self) {
        let (rsa, public_rsa) = ssh_key("rsa", "2048", "");
        let (p256, public_p256) = ssh_key("ecdsa", "256", "");
        for (name, file, public) in [("RSA", &rsa, public_rsa), ("P-256", &p256, public_p256)] {
            let public = &public.unwrap();
            assert!(file.starts_with("-----BEGIN OPENSSH PRIVATE KEY-----"));
            self.named(format!("OpenSSH, {name}"), file.clone(), key(public));
            self.named(format!("OpenSSH, {name}, \\n"), file.replace('\n', "\\n"), key(public));
            self.named(format!("OpenSSH, {name}, CRLF"), file.replace('\n', "\r\n"), key(public));
            self.named(format!("OpenSSH, {name}, bare"), to_der(file), key(public));
            let base64 = STANDARD.encode(to_der(file));
            self.named(format!("OpenSSH, {name}, base64"), base64, key(public));
            let label = to_pem("PRIVATE KEY", &to_der(file));
            self.named(format!("OpenSSH, {name}, under PRIVATE KEY"), label, key(public));
        }
        let (locked_rsa, public) = ssh_key("rsa", "2048", "right");
        self.named(
            "OpenSSH, locked",
            locked_rsa.clone(),
            opens_with("right", key(&public.unwrap())),
        );
        let wrong = opens_with("wrong", Refused(WrongPassphrase));
        self.named("OpenSSH, locked, wrong passphrase", locked_rsa.clone(), wrong);
        let (locked_p256, public) = ssh_key("ecdsa", "256", "right");
        self.named(
            "OpenSSH, locked, P-256",
            locked_p256.clone(),
            opens_with("right", key(&public.unwrap())),
        );
        let empty = opens_with("", Refused(WrongPassphrase));
        self.named("OpenSSH, locked, empty passphrase", locked_p256.clone(), empty);
        // The count of rounds stands behind a salt of sixteen bytes.
        let mut der = to_der(&locked_p256);
        let at = der.windows(6).position(|window| window == b"bcrypt").unwrap() + 6 + 4 + 4 + 16;
        der[at..at + 4].copy_from_slice(&1_000_000_u32.to_be_bytes());
        self.named("OpenSSH, a million rounds", der, Refused(LockTooHeavy));
        for (kind, bits, error) in [
            ("rsa", "3072", RsaSize { bits: 3072 }),
            ("ecdsa", "384", OtherCurve),
            ("ed25519", "256", OtherKind),
        ] {
            let (file, _) = ssh_key(kind, bits, "");
            self.named(format!("OpenSSH, {kind} {bits}"), file, Refused(error));
        }
        for (name, file) in [("RSA", &rsa), ("P-256", &p256)] {
            let der = to_der(file);
            self.named(
                format!("OpenSSH, {name}, cut"),
                der[..der.len() - 30].to_vec(),
                Refused(Damaged),
            );
            // In the public half, which lies in the first part.
            let mut other = der.clone();
            other[120] ^= 1;
            self.named(format!("OpenSSH, {name}, another public half"), other, Refused(Damaged));
        }
        let mut changed = to_der(&p256);
        let at = changed.len() - 60;
        changed[at] ^= 1;
        self.named("OpenSSH, another scalar", changed, Refused(Damaged));
        let nothing = [b"openssh-key-v1\0".as_slice(), &[0x5a; 400]].concat();
        self.named("OpenSSH, nothing in it", nothing, Refused(Damaged));
    }

    pub fn keys_locked_in_the_old_way(&mut self) {
        let Keys { rsa, p256, .. } = keys();
        for (pem, kind) in [(rsa, "RSA"), (p256, "P-256")] {
            let own = key(&public(pem));
            for cipher in ["aes128", "aes192", "aes256", "des3", "camellia256"] {
                let option = format!("-{cipher}");
                let words = ["pkey", "-traditional", &option, "-passout", "pass:right"];
                let file = text(openssl(&words, pem.as_bytes()));
                assert!(file.contains("Proc-Type: 4,ENCRYPTED"));
                if cipher == "camellia256" {
                    self.named(format!("{kind}: Proc-Type, {cipher}"), file, Refused(OldEncrypted));
                    continue;
                }
                let line = file.replace('\n', "\\n");
                self.named(
                    format!("{kind}: Proc-Type, {cipher}, \\n"),
                    line,
                    opens_with("right", own.clone()),
                );
                let wrong = opens_with("wrong", Refused(WrongPassphrase));
                self.named(format!("{kind}: Proc-Type, {cipher}, wrong"), file.clone(), wrong);
                self.named(
                    format!("{kind}: Proc-Type, {cipher}"),
                    file,
                    opens_with("right", own.clone()),
                );
            }
            let legacy = ["-provider", "legacy", "-provider", "default"];
            for scheme in ["PBE-MD5-DES", "PBE-SHA1-DES", "PBE-SHA1-3DES", "PBE-SHA1-2DES"] {
                let file =
                    locked(pem, "r\u{e4}ght", &[&["-v1", scheme], legacy.as_slice()].concat());
                self.named(
                    format!("{kind}: {scheme}"),
                    file.clone(),
                    opens_with("r\u{e4}ght", own.clone()),
                );
                let wrong = opens_with("right", Refused(WrongPassphrase));
                self.named(format!("{kind}: {scheme}, wrong"), file, wrong);
            }
            for scheme in
                ["PBE-SHA1-RC2-40", "PBE-SHA1-RC2-128", "PBE-SHA1-RC4-128", "PBE-MD5-RC2-64"]
            {
                let file = locked(pem, "right", &[&["-v1", scheme], legacy.as_slice()].concat());
                self.named(format!("{kind}: {scheme}"), file, Refused(OldEncrypted));
            }
        }
        let camellia = locked(p256, "right", &["-v2", "camellia-256-cbc"]);
        self.named(
            "PBES2 with Camellia, base64",
            STANDARD.encode(&camellia),
            Refused(EncryptionUnsupported),
        );
    }

    /// What was taken, though another program would read it otherwise.
    pub fn keys_with_a_wrong_word_in_them(&mut self) {
        let Keys { rsa, p256, .. } = keys();
        let null = Node::Leaf(0x05, Vec::new());
        for (name, parameters) in [
            ("nothing", None),
            ("a number", Some(Node::Leaf(0x02, vec![1]))),
            ("an object", Some(Node::Leaf(0x06, b"\x2a\x86\x48\xce\x3d\x03\x01\x07".to_vec()))),
            ("a sequence", Some(Node::Inner(0x30, vec![null.clone()]))),
            ("a NULL with something in it", Some(Node::Leaf(0x05, vec![0]))),
        ] {
            let mut tree = Node::all(&to_der(rsa)).remove(0);
            let Node::Inner(_, fields) = &mut tree else { panic!("PKCS#8 is a sequence") };
            let Node::Inner(_, algorithm) = &mut fields[1] else { panic!("so is its algorithm") };
            algorithm.truncate(1);
            algorithm.extend(parameters);
            self.named(format!("RSA with {name} for parameters"), tree.write(), Refused(Damaged));
        }
        for (name, last) in [("OAEP", 7), ("PSS", 10), ("an MGF", 8)] {
            let mut tree = Node::all(&to_der(rsa)).remove(0);
            *tree.at(&[1, 0]).last_mut().unwrap() = last;
            self.named(format!("RSA as {name}"), tree.write(), Refused(OtherKind));
        }
        for (pem, kind) in [(rsa, "RSA"), (p256, "P-256")] {
            let own = public_half(&public_pem(pem));
            let mut other = own.clone();
            *other.last_mut().unwrap() ^= if kind == "RSA" { 2 } else { 1 };
            let version_2 = |public: Vec<u8>| {
                let mut tree = Node::all(&to_der(pem)).remove(0);
                let Node::Inner(_, fields) = &mut tree else { panic!("PKCS#8 is a sequence") };
                fields[0] = Node::Leaf(0x02, vec![1]);
                fields.push(Node::Leaf(0x81, [vec![0], public].concat()));
                tree.write()
            };
            self.named(format!("{kind}: version 2"), version_2(own.clone()), key(&public(pem)));
            for (name, public) in [
                ("another public half", other),
                ("no public half", Vec::new()),
                ("half a public half", own[..own.len() / 2].to_vec()),
                (
                    "the public half of the other kind",
                    public_half(&public_pem(if kind == "RSA" { p256 } else { rsa })),
                ),
            ] {
                let file = version_2(public);
                self.named(format!("{kind}: version 2 with {name}"), file, Refused(Damaged));
            }
        }
    }
}

/// What stands in the bit string of a public key.
fn public_half(pem: &str) -> Vec<u8> {
    Node::all(&to_der(pem)).remove(0).at(&[1])[1..].to_vec()
}

fn wrapped(base64: &str) -> String {
    let lines = base64.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap());
    lines.map(|line| format!("{line}\n")).collect()
}

fn hex(bytes: &[u8], between: &str) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(between)
}
