//! What openssl makes.

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use signet_cloudfront::key::PublicKey;

pub fn openssl(arguments: &[&str], input: &[u8]) -> Vec<u8> {
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

pub fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// A new key as PKCS#8 PEM.
pub fn generated(algorithm: &str, options: &[&str]) -> String {
    let mut arguments = vec!["genpkey", "-algorithm", algorithm];
    arguments.extend(options.iter().flat_map(|option| ["-pkeyopt", option]));
    text(openssl(&arguments, b""))
}

/// The same key in the format that was usual before PKCS#8.
pub fn traditional(pem: &str) -> String {
    text(openssl(&["pkey", "-traditional"], pem.as_bytes()))
}

pub fn public_pem(pem: &str) -> String {
    text(openssl(&["pkey", "-pubout"], pem.as_bytes()))
}

pub fn public(pem: &str) -> PublicKey {
    PublicKey::from_spki_pem(&public_pem(pem)).unwrap()
}

pub fn locked(pem: &str, passphrase: &str, options: &[&str]) -> String {
    let passphrase = format!("pass:{passphrase}");
    let mut arguments = vec!["pkcs8", "-topk8", "-passout", &passphrase];
    arguments.extend(options);
    text(openssl(&arguments, pem.as_bytes()))
}

/// A key as `ssh-keygen` writes it, and its public half; without a passphrase for an empty one.
pub fn ssh_key(kind: &str, bits: &str, passphrase: &str) -> (String, Option<PublicKey>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    let file = path.to_str().unwrap();
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", kind, "-b", bits, "-N", passphrase, "-C", "ada", "-f", file])
        .status()
        .unwrap();
    assert!(made.success());
    let key = std::fs::read_to_string(&path).unwrap();
    let public = Command::new("ssh-keygen")
        .args(["-e", "-m", "PKCS8", "-f", &format!("{file}.pub")])
        .output()
        .unwrap();
    (key, PublicKey::from_spki_pem(&String::from_utf8_lossy(&public.stdout)))
}

/// Each key once: making them is what takes the time.
pub struct Keys {
    pub rsa: String,
    pub p256: String,
    pub certificate: String,
    pub request: String,
    pub pkcs12: Vec<u8>,
}

pub fn keys() -> &'static Keys {
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

pub fn rsa_of(bits: &str) -> String {
    generated("RSA", &[&format!("rsa_keygen_bits:{bits}")])
}

pub fn curve(name: &str) -> String {
    generated("EC", &[&format!("ec_paramgen_curve:{name}")])
}
