//! All that Signet remembers about keys and habits, and what may not stand in it twice.
//!
//! Whatever is asked of it before a change is asked of the settings that is changed, and not of an older one
//! in memory. No secret and no link is in it.

use super::key_record::{KeyId, MadeKey, Name, RegisteredKey};
use super::replacement::Replacement;
use signet_cloudfront::key::Fingerprint;
use signet_cloudfront::lifetime::Lifetime;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;
use signet_setup::guide::Answers;

/// All that Signet remembers about keys and habits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The keys, oldest first.
    pub keys: Vec<RegisteredKey>,
    /// Keys that were made here and that CloudFront does not know yet, oldest first.
    pub made: Vec<MadeKey>,
    /// Which keys take the place of which, in the order in which that was begun.
    pub replacements: Vec<Replacement>,
    /// What was chosen last.
    pub choices: Choices,
    /// How far the set-up of CloudFront is.
    pub set_up: Answers,
}

/// What a returning person finds already chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// The key of the last link.
    pub key: Option<KeyId>,
    /// The lifetime of the last link, where it can be chosen again (never a fixed date).
    pub lifetime: Option<Lifetime>,
}

impl Settings {
    /// What the keys of both lists are called.
    pub(super) fn names(&self) -> impl Iterator<Item = (&KeyId, &Name)> {
        let finished = self.keys.iter().map(|key| (&key.id, &key.name));
        finished.chain(self.made.iter().map(|key| (&key.id, &key.name)))
    }

    /// Whether a key, finished or not, has this id.
    pub(super) fn has(&self, id: &KeyId) -> bool {
        self.names().any(|(there, _)| there == id)
    }

    pub(super) fn key(&self, id: &KeyId) -> Option<&RegisteredKey> {
        self.keys.iter().find(|key| key.id == *id)
    }

    pub(super) fn made_key(&self, id: &KeyId) -> Option<&MadeKey> {
        self.made.iter().find(|made| made.id == *id)
    }

    pub(super) fn replacement(&self, old: &KeyId) -> Option<&Replacement> {
        self.replacements.iter().find(|one| one.old == *old)
    }

    /// The name of another key, finished or not, that a person would take for this one.
    pub(super) fn name_taken(&self, name: &Name, but: Option<&KeyId>) -> Option<String> {
        self.names()
            .find(|(id, there)| Some(*id) != but && there.reads_like(name))
            .map(|(_, there)| there.as_str().to_owned())
    }

    /// What the key is called that is in the list already for this site and id. Its own id does not
    /// tell, for a key that was made here has another one than the same key from its backup.
    pub(super) fn name_where_taken(
        &self,
        fingerprint: &Fingerprint,
        site: &SiteAddress,
        public_key_id: &PublicKeyId,
    ) -> Option<String> {
        let mut keys = self.keys.iter();
        keys.find(|key| {
            key.fingerprint == *fingerprint
                && key.site == *site
                && key.public_key_id == *public_key_id
        })
        .map(|key| key.name.as_str().to_owned())
    }

    /// A name that no key has: this one with a word behind it, and a number where that is taken too.
    pub(super) fn free_name(&self, name: &Name, word: &str) -> Name {
        let stem = stem(name, word);
        let numbered = (2..).map(|number| format!("{stem} {number})"));
        let mut names = std::iter::once(format!("{stem})"))
            .chain(numbered)
            .filter_map(|name| Name::parse(&name).ok());
        names
            .find(|name| self.name_taken(name, None).is_none())
            .expect("the list is finite and the numbers are not")
    }
}

/// What such a name begins with. It leaves room for a number.
pub(super) fn stem(name: &Name, word: &str) -> String {
    let room = Name::MAX - " ( 1000)".len() - word.len();
    let name: String = name.as_str().chars().take(room).collect();
    format!("{} ({word}", name.trim_end())
}
