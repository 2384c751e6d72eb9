//! Keys of each kind, made by openssl for the run, so that the oracles can read them too.

use std::io::Write;
use std::process::{Command, Stdio};

use signet_cloudfront::key::{PublicKey, SigningKey};
use signet_cloudfront::key_file::{self, KeyFile};
use signet_cloudfront::public_key_id::PublicKeyId;
use tempfile::NamedTempFile;

pub const ID: &str = "K2JCJMDEHXQW5F";

pub struct TestKey {
    pub key: SigningKey,
    pub public: PublicKey,
    pem: Vec<u8>,
}

impl TestKey {
    /// PKCS#1, the only form that the AWS CLI and the Go SDK read.
    pub fn rsa() -> Self {
        Self::read(openssl(&["genrsa", "-traditional", "2048"]))
    }

    pub fn p256() -> Self {
        let curve = ["-pkeyopt", "ec_paramgen_curve:P-256"];
        Self::read(openssl(&[&["genpkey", "-algorithm", "EC"], curve.as_slice()].concat()))
    }

    fn read(pem: Vec<u8>) -> Self {
        let KeyFile::Ready(key) = key_file::read(&pem).unwrap() else {
            panic!("openssl locked the key")
        };
        Self { public: key.public_key(), key, pem }
    }

    /// For an oracle; gone when it is dropped.
    pub fn file(&self) -> NamedTempFile {
        file(&self.pem)
    }

    pub fn public_file(&self) -> NamedTempFile {
        file(self.public.to_spki_pem().as_bytes())
    }
}

pub fn id() -> PublicKeyId {
    PublicKeyId::parse(ID).unwrap()
}

fn openssl(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new("openssl").args(arguments).stderr(Stdio::null()).output().unwrap();
    assert!(output.status.success());
    output.stdout
}

fn file(text: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(text).unwrap();
    file
}
