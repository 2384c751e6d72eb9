//! Practice: a throw-away key and a small edge on this computer that enforces signed links as
//! CloudFront does, so that a person sees a link open and end without an AWS account.
//!
//! All of it is in memory. Nothing here touches the keychain, the settings or another computer.

mod answer;
mod connections;
mod edge;

use std::sync::Arc;

use signet_app::LinkSigner;
use signet_core::key::SigningKey;
use signet_core::public_key_id::PublicKeyId;
use signet_core::site::Site;

pub use edge::{PracticeEdge, StartPracticeError};

use crate::native::Clock;

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
    /// Makes the key and opens the edge, which judges links by this clock. Must be called within the async runtime.
    ///
    /// # Errors
    /// [`StartPracticeError`] where this computer has no free port.
    pub async fn start(clock: Arc<dyn Clock>) -> Result<Self, StartPracticeError> {
        let key = SigningKey::generate_p256();
        let id = PublicKeyId::parse(PUBLIC_KEY_ID).expect("the practice id has an id's form");
        let edge = PracticeEdge::start(id.clone(), key.public_key(), move || clock.now()).await?;
        Ok(Self { edge, key, id })
    }

    /// Where the edge answers.
    pub fn site(&self) -> Site {
        self.edge.site()
    }

    /// The key that the edge trusts.
    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    /// Whose links the key makes.
    pub fn signer(&self) -> LinkSigner {
        LinkSigner {
            site: self.site(),
            public_key_id: self.id.clone(),
            hash: self.key.default_hash(),
        }
    }
}
