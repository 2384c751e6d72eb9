//! All that Signet remembers about sites and habits, and what may not stand in it twice.
//!
//! Whatever is asked of it before a change is asked of the settings that are changed, and not of older
//! ones in memory. No secret and no link is in it.

use signet_cloudfront::key::Fingerprint;
use signet_cloudfront::lifetime::Lifetime;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;

use crate::key::{Key, KeyId, Name, RegisteredKey};
use crate::site::{Site, SiteId};
use crate::zoom::Zoom;

/// All that Signet remembers about sites and habits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The sites, oldest first.
    pub sites: Vec<Site>,
    /// What was chosen last.
    pub choices: Choices,
}

/// What a returning person finds already chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// The site of the last link.
    pub site: Option<SiteId>,
    /// The lifetime of the last link, where it can be chosen again (never a fixed date).
    pub lifetime: Option<Lifetime>,
    /// How large everything in the window is.
    pub zoom: Zoom,
}

impl Settings {
    /// The keys of all sites, registered or not.
    pub(super) fn keys(&self) -> impl Iterator<Item = &Key> {
        self.sites.iter().flat_map(|site| &site.keys)
    }

    /// The keys that CloudFront knows.
    pub(super) fn registered_keys(&self) -> impl Iterator<Item = RegisteredKey> + '_ {
        self.sites.iter().flat_map(Site::registered_keys)
    }

    pub(super) fn key(&self, id: &KeyId) -> Option<&Key> {
        self.keys().find(|key| key.id == *id)
    }

    pub(super) fn key_mut(&mut self, id: &KeyId) -> Option<&mut Key> {
        self.sites.iter_mut().flat_map(|site| &mut site.keys).find(|key| key.id == *id)
    }

    pub(super) fn site(&self, id: &SiteId) -> Option<&Site> {
        self.sites.iter().find(|site| site.id == *id)
    }

    pub(super) fn site_mut(&mut self, id: &SiteId) -> Option<&mut Site> {
        self.sites.iter_mut().find(|site| site.id == *id)
    }

    /// The site that has this key.
    pub(super) fn site_with(&self, key: &KeyId) -> Option<&Site> {
        self.sites.iter().find(|site| site.key(key).is_some())
    }

    pub(super) fn site_with_mut(&mut self, key: &KeyId) -> Option<&mut Site> {
        self.sites.iter_mut().find(|site| site.key(key).is_some())
    }

    pub(super) fn registered(&self, id: &KeyId) -> Option<RegisteredKey> {
        let site = self.site_with(id)?;
        site.registered(site.key(id)?)
    }

    /// The name of a site or a key that a person would take for this one, but for what is to have it: a
    /// key may be called as its site is, and the terminal names both.
    pub(super) fn name_taken(
        &self,
        name: &Name,
        site: Option<&SiteId>,
        key: Option<&KeyId>,
    ) -> Option<String> {
        let sites = self.sites.iter().filter(|there| Some(&there.id) != site);
        let keys = self.keys().filter(|there| Some(&there.id) != key);
        let mut names = sites.map(|site| &site.name).chain(keys.map(|key| &key.name));
        names.find(|there| there.reads_like(name)).map(Name::to_string)
    }

    /// What the key is called that is in the list already for this address and id. Its own id does not
    /// tell, for a key that was made here has another one than the same key from its backup.
    pub(super) fn name_where_taken(
        &self,
        fingerprint: &Fingerprint,
        address: &SiteAddress,
        public_key_id: &PublicKeyId,
    ) -> Option<String> {
        let mut keys = self.registered_keys();
        keys.find(|key| {
            key.fingerprint == *fingerprint
                && key.site == *address
                && key.public_key_id == *public_key_id
        })
        .map(|key| key.name.to_string())
    }

    /// A name that nothing has: this one with a word behind it, and a number where that is taken too.
    pub(super) fn free_name(&self, name: &Name, word: &str) -> Name {
        let stem = stem(name, word);
        let numbered = (2..).map(|number| format!("{stem} {number})"));
        let mut names = std::iter::once(format!("{stem})"))
            .chain(numbered)
            .filter_map(|name| Name::parse(&name).ok());
        names
            .find(|name| self.name_taken(name, None, None).is_none())
            .expect("the list is finite and the numbers are not")
    }

    /// Puts a new site into the list, which has none of this name, and gives it to be filled.
    pub fn add_site(&mut self, name: Name) -> &mut Site {
        let mut ids = (0..).map(|attempt| SiteId::of(&name, attempt));
        let id = ids
            .find(|id| self.site(id).is_none())
            .expect("the list is finite and the attempts are not");
        self.sites.push(Site::named(id, name));
        self.sites.last_mut().expect("it was pushed")
    }
}

/// What such a name begins with. It leaves room for a number.
pub(super) fn stem(name: &Name, word: &str) -> String {
    let room = Name::MAX - " ( 1000)".len() - word.len();
    let name: String = name.as_str().chars().take(room).collect();
    format!("{} ({word}", name.trim_end())
}
