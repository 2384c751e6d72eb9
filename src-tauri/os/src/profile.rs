//! The profile folder: one small settings file, replaced whole, readable by its owner alone.
//!
//! No key and no link is ever in it. A damaged file is put aside under a name of its own and
//! never deleted. A symbolic link in its place is replaced, not followed.

use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use signet_core::desk::{Book, Profile, SaveError};
use thiserror::Error;

use crate::history::History;
use crate::private_file::{self, Existing};
use crate::set_ups::SetUps;
use crate::stored::Stored;

const FILE: &str = "settings.json";

/// More than a thousand keys need; a larger file is not ours.
const MOST_BYTES: u64 = 1 << 20;

/// The folder in which Signet's settings lie.
pub struct ProfileFolder {
    folder: PathBuf,
}

/// Why the platform's folder cannot be named at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OpenProfileError {
    /// The system names no folder for settings.
    #[error("this account has no folder for settings")]
    NoFolder,
}

/// What was found in the profile folder.
pub struct Opened {
    /// Keys and choices; empty on the first start.
    pub book: Book,
    /// The name of a damaged file that was put aside.
    pub set_aside: Option<String>,
}

impl ProfileFolder {
    /// The platform's folder: `~/.config/signet`, `~/Library/Application Support/signet`,
    /// `%APPDATA%\signet`.
    ///
    /// # Errors
    /// [`OpenProfileError`] on an account without a home.
    pub fn of_this_person() -> Result<Self, OpenProfileError> {
        let config = dirs::config_dir().ok_or(OpenProfileError::NoFolder)?;
        Ok(Self::at(config.join("signet")))
    }

    /// The history of links in this folder.
    pub fn history(&self) -> History {
        History::at(self.folder.clone())
    }

    /// What was made in AWS accounts.
    pub fn set_ups(&self) -> SetUps {
        SetUps::at(self.folder.clone())
    }

    /// A folder of the caller's choice.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Reads what is kept. Never fails: what cannot be read is put aside, and the book is empty.
    pub fn open(&self) -> Opened {
        let file = self.folder.join(FILE);
        match read(&file) {
            Ok(None) => Opened { book: Book::default(), set_aside: None },
            Ok(Some(text)) => {
                match serde_json::from_slice::<Stored>(&text).ok().and_then(Stored::open) {
                    Some(book) => Opened { book, set_aside: None },
                    None => self.put_aside(&file),
                }
            }
            Err(_) => self.put_aside(&file),
        }
    }

    fn put_aside(&self, file: &Path) -> Opened {
        let name = (1..1000)
            .map(|n| format!("settings.damaged-{n}.json"))
            .find(|name| self.folder.join(name).symlink_metadata().is_err());
        let set_aside = name.filter(|name| fs::rename(file, self.folder.join(name)).is_ok());
        // Where it could not even be renamed it is still named, for the person to look at.
        Opened { book: Book::default(), set_aside: set_aside.or(Some(FILE.to_owned())) }
    }

    fn write(&self, text: &[u8]) -> io::Result<()> {
        make_private_folder(&self.folder)?;
        private_file::write(&self.folder.join(FILE), text, Existing::Replaced)
    }
}

impl Profile for ProfileFolder {
    fn save(&self, book: &Book) -> Result<(), SaveError> {
        let text = serde_json::to_vec_pretty(&Stored::of(book)).map_err(|_| SaveError::Other)?;
        self.write(&text).map_err(|error| save_error(&error))
    }
}

/// What a failed write means to a person.
pub(crate) fn save_error(error: &io::Error) -> SaveError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => SaveError::DiskFull,
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied | ErrorKind::NotADirectory => {
            SaveError::ReadOnly
        }
        _ => SaveError::Other,
    }
}

/// `Ok(None)` where there is no file yet.
pub(crate) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let metadata = match path.symlink_metadata() {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if !metadata.is_file() || metadata.len() > MOST_BYTES {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut text = Vec::new();
    fs::File::open(path)?.take(MOST_BYTES).read_to_end(&mut text)?;
    Ok(Some(text))
}

#[cfg(unix)]
pub(crate) fn make_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let metadata = folder.symlink_metadata()?;
    // Somebody else's link or folder in this place is not ours to write into.
    if metadata.uid() != rustix::process::geteuid().as_raw() {
        return Err(ErrorKind::PermissionDenied.into());
    }
    if metadata.is_dir() && metadata.permissions().mode() & 0o077 != 0 {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn make_private_folder(folder: &Path) -> io::Result<()> {
    // The folder of a person's own profile is private to that person on Windows.
    fs::create_dir_all(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use signet_core::desk::{Choices, KeyId, KeyName, MadeKey, Replacement};
    use signet_core::key::{HashAlgorithm, KeyKind};
    use signet_core::lifetime::Lifetime;
    use signet_core::setup::guide::{Answers, GuideStep};

    fn book() -> Book {
        let set_up = Answers {
            bucket: "client-papers".to_owned(),
            done: [GuideStep::PublicKey, GuideStep::BucketPolicy].into(),
            ..Answers::default()
        };
        let choices = Choices { key: None, lifetime: Some(Lifetime::OneDay) };
        Book { choices, set_up, ..Book::default() }
    }

    #[test]
    fn gives_back_what_was_saved() {
        let folder = tempfile::tempdir().unwrap();
        let profile = ProfileFolder::at(folder.path().join("signet"));
        assert_eq!(profile.open().book, Book::default());
        profile.save(&book()).unwrap();
        let opened = profile.open();
        assert_eq!(opened.book, book());
        assert_eq!(opened.set_aside, None);
    }

    #[test]
    fn reads_what_the_first_version_wrote() {
        let folder = tempfile::tempdir().unwrap();
        let key = |id: &str, kind: &str, hash: &str| {
            format!(
                r#"{{"id":"{}","name":"{kind}","site":"https://docs.example.com","public_key_id":"K2JCJMDEHXQW5F","kind":"{kind}","fingerprint":"{}"{hash}}}"#,
                id.repeat(32),
                "8f".repeat(32)
            )
        };
        let file = |version: u32, keys: &[String]| {
            let keys = keys.join(",");
            let text = format!(
                r#"{{"version":{version},"keys":[{keys}],"last_key":null,"last_lifetime":"one-day"}}"#
            );
            fs::write(folder.path().join(FILE), text).unwrap();
            ProfileFolder::at(folder.path().to_owned()).open()
        };
        let hashes = |opened: Opened| {
            assert_eq!(opened.set_aside, None);
            opened.book.keys.iter().map(|key| key.hash).collect::<Vec<_>>()
        };
        let first = file(1, &[key("1", "rsa2048", ""), key("2", "p256", "")]);
        assert_eq!(hashes(first), [HashAlgorithm::Sha1, HashAlgorithm::Sha256]);
        let second = file(2, &[key("1", "rsa2048", r#","hash":"sha256""#)]);
        assert_eq!(hashes(second), [HashAlgorithm::Sha256]);
        // A P-256 key with SHA-1 was never written.
        assert!(file(2, &[key("2", "p256", r#","hash":"sha1""#)]).set_aside.is_some());
    }

    /// What version 3 writes, to the letter: a newer Signet has to read it.
    #[test]
    fn a_made_key_is_written_and_read() {
        let folder = tempfile::tempdir().unwrap();
        let profile = ProfileFolder::at(folder.path().to_owned());
        let made = MadeKey {
            id: KeyId::parse(&"1".repeat(32)).unwrap(),
            name: KeyName::parse("Client papers").unwrap(),
            kind: KeyKind::P256,
            fingerprint: "8f".repeat(32).parse().unwrap(),
        };
        let new = made.id.clone();
        let old = KeyId::parse(&"2".repeat(32)).unwrap();
        let replacements = vec![Replacement { old, new }];
        let book = Book { made: vec![made], replacements, ..book() };
        profile.save(&book).unwrap();
        let golden = format!(
            r#"{{
  "version": 3,
  "keys": [],
  "made": [
    {{
      "id": "{}",
      "name": "Client papers",
      "kind": "p256",
      "fingerprint": "{}"
    }}
  ],
  "replacements": [
    {{
      "old": "{}",
      "new": "{}"
    }}
  ],
  "last_key": null,
  "last_lifetime": "one-day",
  "set_up": {{
    "key": "",
    "bucket": "client-papers",
    "region": "",
    "distribution": "",
    "public_key_id": "",
    "arn": "",
    "domain": "",
    "profile": "",
    "done": [
      "public-key",
      "bucket-policy"
    ]
  }}
}}"#,
            "1".repeat(32),
            "8f".repeat(32),
            "2".repeat(32),
            "1".repeat(32)
        );
        let file = folder.path().join(FILE);
        assert_eq!(fs::read_to_string(&file).unwrap(), golden);
        assert_eq!(profile.open().book, book);
        // A made key with more or less than that was never written.
        for (from, to) in [("p256", "p384"), (r#""kind": "p256","#, ""), ("8f8f", "8F8F")] {
            fs::write(&file, golden.replacen(from, to, 1)).unwrap();
            assert!(profile.open().set_aside.is_some(), "{to}");
        }
    }

    #[test]
    fn puts_a_damaged_file_aside_and_keeps_every_one() {
        let folder = tempfile::tempdir().unwrap();
        let profile = ProfileFolder::at(folder.path().to_owned());
        for (n, junk) in
            [&b"{"[..], b"", br#"{"version":4,"keys":[]}"#, &[0xff; 9]].iter().enumerate()
        {
            fs::write(folder.path().join(FILE), junk).unwrap();
            let aside = profile.open().set_aside.unwrap();
            assert_eq!(aside, format!("settings.damaged-{}.json", n + 1));
            assert_eq!(fs::read(folder.path().join(aside)).unwrap(), *junk);
        }
        profile.save(&book()).unwrap();
        assert_eq!(profile.open().book, book());
    }

    #[cfg(unix)]
    #[test]
    fn is_private_and_follows_no_link() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("signet");
        let profile = ProfileFolder::at(home.clone());
        profile.save(&book()).unwrap();
        assert_eq!(fs::metadata(&home).unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(fs::metadata(home.join(FILE)).unwrap().permissions().mode() & 0o777, 0o600);

        let elsewhere = folder.path().join("elsewhere");
        fs::write(&elsewhere, b"not ours").unwrap();
        fs::remove_file(home.join(FILE)).unwrap();
        std::os::unix::fs::symlink(&elsewhere, home.join(FILE)).unwrap();
        profile.save(&book()).unwrap();
        assert_eq!(fs::read(&elsewhere).unwrap(), b"not ours");
        assert_eq!(profile.open().book, book());
    }

    #[cfg(unix)]
    #[test]
    fn says_why_it_could_not_save_and_keeps_the_old_content() {
        let folder = tempfile::tempdir().unwrap();
        // A file stands where the folder should be: true for root too, unlike a read-only folder.
        let blocked = folder.path().join("signet");
        fs::write(&blocked, b"").unwrap();
        let error = ProfileFolder::at(blocked.join("deeper")).save(&book()).unwrap_err();
        assert_eq!(error, SaveError::ReadOnly);
        assert_eq!(fs::read(&blocked).unwrap(), b"");
    }
}
