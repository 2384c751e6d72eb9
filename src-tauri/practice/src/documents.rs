//! The documents of the practice edge: the letter that is there from the beginning, and what a person puts
//! beside it. They are in memory, and gone with the edge.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use hyper::body::Bytes;
use hyper::header::HeaderValue;
use signet_cloudfront::address::DocumentAddress;

/// What all documents together may have: practice is for trying, and its documents are in memory.
pub const MAX_BYTES: usize = 100 << 20;

/// Where the letter is.
const LETTER_PATH: &str = "/Practice%20letter.html";

const LETTER: &[u8] = include_bytes!("letter.html");

/// What is served under an address.
#[derive(Debug, Clone)]
pub(super) struct Document {
    pub(super) content: Bytes,
    pub(super) content_type: HeaderValue,
    /// In Unix seconds.
    put_at: i64,
}

impl Document {
    fn facts(&self) -> PracticeDocument {
        PracticeDocument { size: self.content.len(), put_at: self.put_at }
    }
}

/// A document that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PracticeDocument {
    /// In bytes.
    pub size: usize,
    /// When it was put there, in Unix seconds.
    pub put_at: i64,
}

/// There is no room for a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRoom;

/// By the paths that links have, for a link is for the bytes of its address.
pub(super) struct Documents(RwLock<HashMap<String, Document>>);

impl Documents {
    /// With the letter.
    pub(super) fn new(now: i64) -> Self {
        let letter = Document {
            content: Bytes::from_static(LETTER),
            content_type: HeaderValue::from_static("text/html; charset=utf-8"),
            put_at: now,
        };
        Self(RwLock::new(HashMap::from([(LETTER_PATH.to_owned(), letter)])))
    }

    pub(super) fn get(&self, path: &str) -> Option<Document> {
        self.read().get(path).cloned()
    }

    pub(super) fn look(&self, address: &DocumentAddress) -> Option<PracticeDocument> {
        self.read().get(address.path()).map(Document::facts)
    }

    /// All of them, with their paths as links have them.
    pub(super) fn all(&self) -> Vec<(String, PracticeDocument)> {
        let of = |(path, document): (&String, &Document)| (path.clone(), document.facts());
        self.read().iter().map(of).collect()
    }

    /// Puts a document where nothing is, or in the place of what is there.
    pub(super) fn put(
        &self,
        address: &DocumentAddress,
        content_type: &str,
        content: Vec<u8>,
        now: i64,
    ) -> Result<(), NoRoom> {
        let mut there = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let others = there.iter().filter(|(path, _)| *path != address.path());
        let taken: usize = others.map(|(_, document)| document.content.len()).sum();
        if content.len() > MAX_BYTES.saturating_sub(taken) {
            return Err(NoRoom);
        }
        // What cannot stand in a header says nothing of the content.
        let content_type = HeaderValue::from_str(content_type)
            .unwrap_or(HeaderValue::from_static("application/octet-stream"));
        let document = Document { content: content.into(), content_type, put_at: now };
        there.insert(address.path().to_owned(), document);
        Ok(())
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<String, Document>> {
        // A panic while it was held cannot have left a document half there.
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}
