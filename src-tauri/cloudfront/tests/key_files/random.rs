//! Random bytes, and files with random changes.

use std::sync::OnceLock;

use proptest::prelude::*;
use signet_cloudfront::key::PublicKey;
use signet_cloudfront::key_file::{self, KeyFile};

use crate::der::{changed, to_der, utf16};
use crate::openssl::{Keys, keys, locked, public, traditional};

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

fn config() -> ProptestConfig {
    ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() }
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
