//! Practice: a throw-away key and a small edge on this computer that enforces signed links as
//! CloudFront does, so that a person sees a link open and end without an AWS account.
//!
//! All of it is in memory. Nothing here touches the keychain, the settings or another computer.

mod answer;
mod connections;
mod documents;
mod edge;

use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::key::SigningKey;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;

pub use documents::{MAX_BYTES, NoRoom, PracticeDocument};
pub use edge::{PracticeEdge, StartPracticeError};

/// What is typed for a person who practises.
pub const DOCUMENT_ADDRESS: &str = "Practice letter.html";

/// No real key has this id: CloudFront's have no words in them.
const PUBLIC_KEY_ID: &str = "KPRACTICEONLY1";

/// One person's practice, from its start until it is dropped.
pub struct Practice {
    edge: PracticeEdge,
    key: SigningKey,
    id: PublicKeyId,
}

impl Practice {
    /// Makes the key and opens the edge, which judges links by this clock, in Unix seconds. Must be called within the async runtime.
    ///
    /// # Errors
    /// [`StartPracticeError`] where this computer has no free port.
    pub async fn start(
        clock: impl Fn() -> i64 + Send + Sync + 'static,
    ) -> Result<Self, StartPracticeError> {
        let key = SigningKey::generate_p256();
        let id = PublicKeyId::parse(PUBLIC_KEY_ID).expect("the practice id has an id's form");
        let edge = PracticeEdge::start(id.clone(), key.public_key(), clock).await?;
        Ok(Self { edge, key, id })
    }

    /// Where the edge answers.
    pub fn site(&self) -> SiteAddress {
        self.edge.site()
    }

    /// What is at an address.
    pub fn look(&self, address: &DocumentAddress) -> Option<PracticeDocument> {
        self.edge.look(address)
    }

    /// All documents that are there, and where.
    pub fn documents(&self) -> Vec<(DocumentAddress, PracticeDocument)> {
        self.edge.documents()
    }

    /// Takes a document away; the one that was taken away before it is gone for good. Says whether it was there.
    pub fn remove(&self, address: &DocumentAddress) -> bool {
        self.edge.remove(address)
    }

    /// Brings back the document that was taken away last. Says whether it is back.
    pub fn restore(&self, address: &DocumentAddress) -> bool {
        self.edge.restore(address)
    }

    /// Serves a document at another address, if nothing is there. Says whether it does.
    pub fn rename(&self, from: &DocumentAddress, to: &DocumentAddress) -> bool {
        self.edge.rename(from, to)
    }

    /// Serves a document at an address until practice is left, in the place of what is there.
    ///
    /// # Errors
    /// [`NoRoom`] where all documents together would have more than [`MAX_BYTES`].
    pub fn put(
        &self,
        address: &DocumentAddress,
        content_type: &str,
        content: Vec<u8>,
    ) -> Result<(), NoRoom> {
        self.edge.put(address, content_type, content)
    }

    /// The key that the edge trusts.
    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    /// What the edge calls the key.
    pub fn public_key_id(&self) -> &PublicKeyId {
        &self.id
    }
}
