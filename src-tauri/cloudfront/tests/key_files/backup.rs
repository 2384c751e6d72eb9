//! A backup, as openssl sees it.

use std::fs;
use std::process::Command;

use signet_cloudfront::key::{KeyKind, SigningKey};
use signet_cloudfront::key_backup::{Passphrase, to_locked_pem};
use zeroize::Zeroizing;

use crate::openssl::{openssl, text};

const RIGHT: &str = "a horse, a battery and a stäple";

fn backup(key: &SigningKey) -> String {
    let passphrase = Passphrase::parse(Zeroizing::new(RIGHT.to_owned())).unwrap();
    to_locked_pem(key, &passphrase).to_string()
}

#[test]
fn openssl_opens_a_backup_and_finds_the_same_key_whole() {
    for (kind, check) in [(KeyKind::P256, "ec"), (KeyKind::Rsa2048, "rsa")] {
        let key = SigningKey::generate(kind).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup.pem");
        fs::write(&file, backup(&key)).unwrap();
        let file = file.to_str().unwrap();
        let (right, wrong) = (format!("pass:{RIGHT}"), format!("pass:{RIGHT} "));

        let public = openssl(&["pkey", "-in", file, "-passin", &right, "-pubout"], b"");
        assert_eq!(text(public), key.public_key().to_spki_pem());
        openssl(&[check, "-check", "-noout", "-in", file, "-passin", &right], b"");
        let refused = Command::new("openssl")
            .args(["pkey", "-in", file, "-passin", &wrong, "-noout"])
            .output()
            .unwrap();
        assert!(!refused.status.success());
    }
}

#[test]
fn a_backup_is_locked_in_the_way_that_is_documented() {
    let key = SigningKey::generate(KeyKind::P256).unwrap();
    let shown = text(openssl(&["asn1parse"], backup(&key).as_bytes()));
    // 600,000 in hexadecimal digits.
    for part in [":PBES2", ":PBKDF2", ":0927C0", ":hmacWithSHA256", ":aes-256-cbc"] {
        assert!(shown.contains(part), "{part} in\n{shown}");
    }
}
