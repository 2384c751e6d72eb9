//! A case: a file, and what it is to be read as.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use signet_cloudfront::key::{KeyKind, PublicKey};
use signet_cloudfront::key_file::{self, KeyFile, KeyFileError};

use Expected::{Key, LockedFor, Refused};

pub struct Case {
    pub name: String,
    pub bytes: Vec<u8>,
    pub expected: Expected,
}

/// What a file is to be read as.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// Not only some key, but the one with this fingerprint.
    Key(KeyKind, String),
    /// It asks for a passphrase, and this is what the passphrase then leads to; without one the
    /// question is all there is to see.
    LockedFor(Option<(&'static str, Box<Expected>)>),
    Refused(KeyFileError),
}

pub fn key(public: &PublicKey) -> Expected {
    Key(public.kind(), public.fingerprint().to_string())
}

pub fn opens_with(passphrase: &'static str, then: Expected) -> Expected {
    LockedFor(Some((passphrase, Box::new(then))))
}

/// What the code makes of the file, in the same terms; `Err` where it panicked.
pub fn outcome(case: &Case) -> Result<Expected, &'static str> {
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

/// All of them, by subject in the files beside this one.
pub fn cases() -> &'static [Case] {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    CASES.get_or_init(|| {
        let mut table = Table(Vec::new());
        table.whole_keys();
        table.whole_keys_in_a_strange_dress();
        table.locked_keys();
        table.locks_that_do_not_open();
        table.dressed_keys();
        table.keys_of_openssh();
        table.keys_locked_in_the_old_way();
        table.keys_with_a_wrong_word_in_them();
        table.other_things();
        table.keys_of_another_kind();
        table.damaged_text();
        table.damaged_numbers();
        table.0
    })
}

pub struct Table(Vec<Case>);

impl Table {
    pub fn is(&mut self, name: &'static str, bytes: impl Into<Vec<u8>>, expected: Expected) {
        self.named(name, bytes, expected);
    }

    pub fn named(
        &mut self,
        name: impl Into<String>,
        bytes: impl Into<Vec<u8>>,
        expected: Expected,
    ) {
        self.0.push(Case { name: name.into(), bytes: bytes.into(), expected });
    }
}
