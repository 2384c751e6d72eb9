//! A window with one button, and two commands that do nothing but sign: the least that a program
//! like Signet can cost.
//!
//! `BARE_RSA_KEY` names a file with an RSA key in PKCS#8 PEM.
#![allow(missing_docs, reason = "a program, not a library")]

use std::sync::LazyLock;

use p256::ecdsa;
use p256::elliptic_curve::Generate;
use rsa::pkcs1v15;
use rsa::pkcs8::DecodePrivateKey;
use rsa::signature::{SignatureEncoding, Signer};

const POLICY: &[u8] = br#"{"Statement":[{"Resource":"https://docs.example.com/a.pdf","Condition":{"DateLessThan":{"AWS:EpochTime":1795608000}}}]}"#;

static RSA: LazyLock<pkcs1v15::SigningKey<sha1::Sha1>> = LazyLock::new(|| {
    let path = std::env::var("BARE_RSA_KEY").expect("BARE_RSA_KEY names a key file");
    let pem = std::fs::read_to_string(path).expect("the key file can be read");
    pkcs1v15::SigningKey::new(rsa::PrivateKey::from_pkcs8_pem(&pem).expect("it holds an RSA key"))
});

static P256: LazyLock<ecdsa::SigningKey> = LazyLock::new(ecdsa::SigningKey::generate);

#[tauri::command(async)]
fn sign_rsa() -> Vec<u8> {
    RSA.sign(POLICY).to_vec()
}

#[tauri::command(async)]
fn sign_p256() -> Vec<u8> {
    let signature: ecdsa::Signature = P256.sign(POLICY);
    signature.to_der().as_bytes().to_vec()
}

fn main() {
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![sign_rsa, sign_p256])
        .run(tauri::generate_context!())
        .expect("the window opens");
}
