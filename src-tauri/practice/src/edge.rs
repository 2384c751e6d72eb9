//! The practice edge: documents on a free port of 127.0.0.1, opened by signed links only.
//!
//! The judging is [`signet_cloudfront::verify`]'s. Each request is judged by itself, when it arrives.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use hyper::body::Incoming;
use hyper::header;
use hyper::{Method, Request};
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::key::PublicKey;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;
use signet_cloudfront::verify;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::answer::{self, Answer};
use super::connections;
use super::documents::{Documents, NoRoom, PracticeDocument};

/// The running edge. Dropping it stops it and everything it was sending.
pub struct PracticeEdge {
    site: Arc<PracticeSite>,
    serving: JoinHandle<()>,
}

/// Why the edge did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartPracticeError {
    /// This computer has no free port on 127.0.0.1.
    NoFreePort,
}

/// What is served, and to whom.
struct PracticeSite {
    address: SiteAddress,
    keys: [(PublicKeyId, PublicKey); 1],
    clock: Box<dyn Fn() -> i64 + Send + Sync>,
    documents: Documents,
}

impl PracticeEdge {
    /// Opens the edge. `clock` gives Unix time in seconds.
    ///
    /// # Errors
    /// [`StartPracticeError`].
    pub async fn start(
        id: PublicKeyId,
        key: PublicKey,
        clock: impl Fn() -> i64 + Send + Sync + 'static,
    ) -> Result<Self, StartPracticeError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .map_err(|_| StartPracticeError::NoFreePort)?;
        let port = listener.local_addr().map_err(|_| StartPracticeError::NoFreePort)?.port();
        let (documents, address) = (Documents::new(clock()), SiteAddress::practice(port));
        let keys = [(id, key)];
        let site = Arc::new(PracticeSite { address, keys, clock: Box::new(clock), documents });
        let served = Arc::clone(&site);
        let serving = tokio::spawn(connections::serve(listener, move |request, from| {
            respond(&served, &request, from)
        }));
        Ok(Self { site, serving })
    }

    /// The edge as a site to sign for.
    pub fn site(&self) -> SiteAddress {
        self.site.address.clone()
    }

    /// What is at an address.
    pub fn look(&self, address: &DocumentAddress) -> Option<PracticeDocument> {
        self.site.documents.look(address)
    }

    /// All documents that are there, and where.
    pub fn documents(&self) -> Vec<(DocumentAddress, PracticeDocument)> {
        let origin = self.site.address.origin();
        let of = |(path, document)| {
            Some((DocumentAddress::parse_url(&format!("{origin}{path}")).ok()?, document))
        };
        self.site.documents.all().into_iter().filter_map(of).collect()
    }

    /// Takes a document away; the one that was taken away before it is gone for good. Says whether it was there.
    pub fn remove(&self, address: &DocumentAddress) -> bool {
        self.site.documents.remove(address)
    }

    /// Brings back the document that was taken away last. Says whether it is back.
    pub fn restore(&self, address: &DocumentAddress) -> bool {
        self.site.documents.restore(address)
    }

    /// Serves a document at another address, if nothing is there. Says whether it does.
    pub fn rename(&self, from: &DocumentAddress, to: &DocumentAddress) -> bool {
        self.site.documents.rename(from, to)
    }

    /// Serves a document at an address from now on, in the place of what is there.
    ///
    /// # Errors
    /// [`NoRoom`] where all documents together would have more than [`MAX_BYTES`](super::MAX_BYTES).
    pub fn put(
        &self,
        address: &DocumentAddress,
        content_type: &str,
        content: Vec<u8>,
    ) -> Result<(), NoRoom> {
        self.site.documents.put(address, content_type, content, (self.site.clock)())
    }
}

impl Drop for PracticeEdge {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn respond(site: &PracticeSite, request: &Request<Incoming>, from: IpAddr) -> Answer {
    let (uri, method, headers) = (request.uri(), request.method(), request.headers());
    let host = site.address.host().as_bytes();
    // Another name that leads here (a page in the browser can arrange one) is not this site's.
    if headers.get(header::HOST).map(|host| host.as_bytes()) != Some(host) {
        return answer::not_this_site();
    }
    if method != Method::GET && method != Method::HEAD {
        return answer::method_not_allowed();
    }
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let url = format!("{}{target}", site.address.origin());
    let request = verify::Request { url: &url, from, now: (site.clock)() };
    match verify::evaluate(&request, &site.keys) {
        Err(denial) => answer::refused(denial),
        Ok(()) => match site.documents.get(uri.path()) {
            Some(document) => answer::document(&document, headers),
            None => answer::no_such_key(),
        },
    }
}
