//! Files changed in one place: their text, or one number in their DER.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rsa::pkcs1::{DecodeRsaPrivateKey, EncodeRsaPrivateKey};
use rsa::traits::{PrivateKeyParts, PublicKeyParts};

use crate::openssl::{openssl, traditional};

pub fn to_der(pem: &str) -> Vec<u8> {
    let body: String = pem.lines().filter(|line| !line.contains("-----")).collect();
    STANDARD.decode(body).unwrap()
}

pub fn to_pem(label: &str, der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let mut pem = format!("-----BEGIN {label}-----\n");
    for line in body.as_bytes().chunks(64) {
        writeln!(pem, "{}", std::str::from_utf8(line).unwrap()).unwrap();
    }
    writeln!(pem, "-----END {label}-----").unwrap();
    pem
}

pub fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

/// Takes line `number` out.
pub fn without_line(pem: &str, number: usize) -> String {
    let lines = pem.lines().enumerate().filter(|(n, _)| *n != number);
    lines.map(|(_, line)| format!("{line}\n")).collect()
}

pub fn last_line(pem: &str) -> usize {
    pem.lines().count() - 1
}

/// DER as a tree, to change one number in it and write it again with the right lengths.
#[derive(Debug, Clone)]
pub enum Node {
    Inner(u8, Vec<Node>),
    Leaf(u8, Vec<u8>),
}

impl Node {
    pub fn all(mut der: &[u8]) -> Vec<Self> {
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

    pub fn write(&self) -> Vec<u8> {
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

    pub fn at(&mut self, path: &[usize]) -> &mut Vec<u8> {
        match (self, path) {
            (Self::Inner(_, nodes), [first, rest @ ..]) => nodes[*first].at(rest),
            (Self::Leaf(_, value), []) => value,
            _ => panic!("nothing lies there"),
        }
    }
}

/// The DER with the leaf at `path` changed.
pub fn changed(der: &[u8], path: &[usize], change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut nodes = Node::all(der);
    change(nodes[0].at(path));
    nodes[0].write()
}

/// PKCS#1 with p and q in the other order, as some makers of keys write them.
pub fn primes_swapped(pem: &str) -> Vec<u8> {
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
pub fn sec1_scalar(scalar: &[u8]) -> Vec<u8> {
    let version = Node::Leaf(0x02, vec![1]);
    let scalar = Node::Leaf(0x04, scalar.to_vec());
    Node::Inner(0x30, vec![version, scalar]).write()
}

pub const P256_ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// Where PBKDF2 keeps its number of rounds, and scrypt its N, r and p.
pub const ROUNDS: &[usize] = &[0, 1, 0, 1, 1];
pub const SCRYPT_N: &[usize] = ROUNDS;
pub const SCRYPT_R: &[usize] = &[0, 1, 0, 1, 2];
pub const SCRYPT_P: &[usize] = &[0, 1, 0, 1, 3];
