//! A row of the history, and the way from it to an entry and back.
//!
//! Nothing in a row is believed: one that is not what this version writes gives no entry.

use rusqlite::{Connection, OptionalExtension, named_params};
use signet_app::{EntryId, HistoryEntry, KeyId, MadeLink, Name, Note, SigningParameters};
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::key::HashAlgorithm;
use signet_cloudfront::link_conditions::{Limits, LinkConditions};
use signet_cloudfront::policy::Network;
use signet_cloudfront::policy_resource::PolicyResource;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;

/// Every column that is read back; also tried when the file is opened.
pub(super) const SELECT: &str = "SELECT id, url, site, key_id, key_name, public_key_id, hash, \
     expires_at, starts_after, network, resource, created_at, note FROM entries";

pub(super) struct Row {
    id: i64,
    url: String,
    site: String,
    key_id: String,
    key_name: String,
    public_key_id: String,
    hash: String,
    expires_at: i64,
    starts_after: Option<i64>,
    network: Option<String>,
    resource: Option<String>,
    created_at: i64,
    pub(super) note: String,
    /// What a search by the document's name finds; not kept by itself.
    file_name: String,
    host: String,
}

impl Row {
    pub(super) fn of(made: &MadeLink, note: &Note) -> Self {
        let MadeLink { address, signer, key, key_name, terms, created_at } = made;
        Self {
            id: 0,
            url: address.as_str().to_owned(),
            site: signer.site.origin(),
            key_id: key.to_string(),
            key_name: key_name.as_str().to_owned(),
            public_key_id: signer.public_key_id.as_str().to_owned(),
            hash: hash_name(signer.hash).to_owned(),
            expires_at: terms.expires_at(),
            starts_after: terms.starts_at().map(|start| start.saturating_sub(1)),
            network: terms.network().map(|network| network.to_string()),
            resource: terms.resource().map(|resource| resource.as_str().to_owned()),
            created_at: *created_at,
            note: note.as_str().to_owned(),
            file_name: address.file_name(),
            host: address.host().to_owned(),
        }
    }

    /// What a search looks through, in small letters. The file name comes first: it is the order by
    /// name, too.
    pub(super) fn searched(&self) -> String {
        folded(
            &[&self.file_name, &self.host, &self.key_name, &self.note]
                .map(String::as_str)
                .join("\n"),
        )
    }

    /// Under this id, or a new one.
    pub(super) fn insert(&self, connection: &Connection, id: Option<i64>) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(
            "INSERT INTO entries (id, url, site, key_id, key_name, public_key_id, hash, expires_at, \
             starts_after, network, resource, created_at, note, searched) VALUES (:id, :url, :site, \
             :key_id, :key_name, :public_key_id, :hash, :expires_at, :starts_after, :network, \
             :resource, :created_at, :note, :searched)",
        )?;
        statement.execute(named_params! {
            ":id": id,
            ":url": self.url,
            ":site": self.site,
            ":key_id": self.key_id,
            ":key_name": self.key_name,
            ":public_key_id": self.public_key_id,
            ":hash": self.hash,
            ":expires_at": self.expires_at,
            ":starts_after": self.starts_after,
            ":network": self.network,
            ":resource": self.resource,
            ":created_at": self.created_at,
            ":note": self.note,
            ":searched": self.searched(),
        })?;
        Ok(())
    }

    pub(super) fn find(connection: &Connection, id: i64) -> rusqlite::Result<Option<Self>> {
        let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?;
        statement
            .query_row([id], |row| {
                Ok(Self {
                    id: row.get("id")?,
                    url: row.get("url")?,
                    site: row.get("site")?,
                    key_id: row.get("key_id")?,
                    key_name: row.get("key_name")?,
                    public_key_id: row.get("public_key_id")?,
                    hash: row.get("hash")?,
                    expires_at: row.get("expires_at")?,
                    starts_after: row.get("starts_after")?,
                    network: row.get("network")?,
                    resource: row.get("resource")?,
                    created_at: row.get("created_at")?,
                    note: row.get("note")?,
                    file_name: String::new(),
                    host: String::new(),
                })
            })
            .optional()
    }

    /// `None` where anything in the row is not what this version writes.
    pub(super) fn open(self) -> Option<HistoryEntry> {
        let site = SiteAddress::parse(&self.site).ok()?;
        let address = DocumentAddress::signed_before(&self.url, &site)?;
        let network = match self.network {
            Some(text) => Some(Network::parse(&text)?),
            None => None,
        };
        let resource = match self.resource {
            Some(text) => Some(PolicyResource::signed_before(&text)?),
            None => None,
        };
        let limits = Limits { starts_after: self.starts_after, network, resource };
        let hash = hash_of(&self.hash)?;
        let public_key_id = PublicKeyId::parse(&self.public_key_id).ok()?;
        // Read in other words it would be another link.
        (address.as_str() == self.url).then_some(())?;
        Some(HistoryEntry {
            id: EntryId(self.id),
            made: MadeLink {
                address,
                signer: SigningParameters { site, public_key_id, hash },
                key: KeyId::parse(&self.key_id)?,
                key_name: Name::parse(&self.key_name).ok()?,
                terms: LinkConditions::new(self.expires_at, limits).ok()?,
                created_at: self.created_at,
            },
            note: Note::parse(&self.note).ok()?,
        })
    }
}

/// Capitals and small letters are the same to a search, in every alphabet.
pub(super) fn folded(text: &str) -> String {
    text.to_lowercase()
}

pub(super) fn hash_name(hash: HashAlgorithm) -> &'static str {
    match hash {
        HashAlgorithm::Sha1 => "sha1",
        HashAlgorithm::Sha256 => "sha256",
    }
}

pub(super) fn hash_of(name: &str) -> Option<HashAlgorithm> {
    match name {
        "sha1" => Some(HashAlgorithm::Sha1),
        "sha256" => Some(HashAlgorithm::Sha256),
        _ => None,
    }
}
