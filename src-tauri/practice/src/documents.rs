//! The documents of the practice edge: the letter that is there from the beginning, and what a person puts
//! beside it. They are in memory, and gone with the edge.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

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
    version: u64,
}

impl Document {
    fn facts(&self) -> PracticeDocument {
        PracticeDocument { size: self.content.len(), put_at: self.put_at, version: self.version }
    }
}

/// A document that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PracticeDocument {
    /// In bytes.
    pub size: usize,
    /// When it was put there, in Unix seconds.
    pub put_at: i64,
    /// Another one whenever it was put there.
    pub version: u64,
}

/// There is no room for a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRoom;

/// By the paths that links have, for a link is for the bytes of its address.
pub(super) struct Documents(RwLock<There>);

struct There {
    documents: HashMap<String, Document>,
    /// What was taken away last, and where it was.
    taken_away: Option<(String, Document)>,
    versions: u64,
}

impl Documents {
    /// With the letter.
    pub(super) fn new(now: i64) -> Self {
        let letter = Document {
            content: Bytes::from_static(LETTER),
            content_type: HeaderValue::from_static("text/html; charset=utf-8"),
            put_at: now,
            version: 0,
        };
        Self(RwLock::new(There {
            documents: HashMap::from([(LETTER_PATH.to_owned(), letter)]),
            taken_away: None,
            versions: 0,
        }))
    }

    pub(super) fn get(&self, path: &str) -> Option<Document> {
        self.read().documents.get(path).cloned()
    }

    pub(super) fn look(&self, address: &DocumentAddress) -> Option<PracticeDocument> {
        self.read().documents.get(address.path()).map(Document::facts)
    }

    /// All of them, with their paths as links have them.
    pub(super) fn all(&self) -> Vec<(String, PracticeDocument)> {
        let of = |(path, document): (&String, &Document)| (path.clone(), document.facts());
        self.read().documents.iter().map(of).collect()
    }

    /// Puts a document where nothing is, or in the place of what is there.
    pub(super) fn put(
        &self,
        address: &DocumentAddress,
        content_type: &str,
        content: Vec<u8>,
        now: i64,
    ) -> Result<(), NoRoom> {
        let mut there = self.write();
        let others = there.documents.iter().filter(|(path, _)| *path != address.path());
        let taken: usize = others.map(|(_, document)| document.content.len()).sum();
        let room = MAX_BYTES.saturating_sub(taken);
        if content.len() > room {
            return Err(NoRoom);
        }
        // What was taken away goes for good before anything else has no room.
        let kept = there.taken_away.as_ref().map_or(0, |(_, document)| document.content.len());
        if kept > room - content.len() {
            there.taken_away = None;
        }
        // What cannot stand in a header says nothing of the content.
        let content_type = HeaderValue::from_str(content_type)
            .unwrap_or(HeaderValue::from_static("application/octet-stream"));
        there.versions += 1;
        let version = there.versions;
        let document = Document { content: content.into(), content_type, put_at: now, version };
        there.documents.insert(address.path().to_owned(), document);
        Ok(())
    }

    /// Takes a document away. It is kept until the next one is taken away. Says whether it was there.
    pub(super) fn remove(&self, address: &DocumentAddress) -> bool {
        let mut there = self.write();
        let taken = there.documents.remove_entry(address.path());
        let was_there = taken.is_some();
        there.taken_away = taken.or(there.taken_away.take());
        was_there
    }

    /// Brings back what was taken away last, if it is this one and nothing is in its place. Says whether it is back.
    pub(super) fn restore(&self, address: &DocumentAddress) -> bool {
        let mut there = self.write();
        let is_free = !there.documents.contains_key(address.path());
        match there.taken_away.take_if(|(path, _)| is_free && path == address.path()) {
            Some((path, document)) => there.documents.insert(path, document).is_none(),
            None => false,
        }
    }

    /// Gives a document another address, if nothing is there. Says whether it has it.
    pub(super) fn rename(&self, from: &DocumentAddress, to: &DocumentAddress) -> bool {
        let mut there = self.write();
        if there.documents.contains_key(to.path()) {
            return false;
        }
        match there.documents.remove(from.path()) {
            Some(document) => there.documents.insert(to.path().to_owned(), document).is_none(),
            None => false,
        }
    }

    fn read(&self) -> RwLockReadGuard<'_, There> {
        // A panic while it was held cannot have left a document half there.
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, There> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}
