//! The practice edge: one document on a free port of 127.0.0.1, opened by signed links only.
//!
//! The judging is [`signet_cloudfront::verify`]'s. Each request is judged by itself, when it arrives.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use hyper::body::Incoming;
use hyper::header;
use hyper::{Method, Request};
use signet_cloudfront::key::PublicKey;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;
use signet_cloudfront::verify;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::answer::{self, Answer};
use super::connections;

/// Where the one document is.
const DOCUMENT_PATH: &str = "/Practice%20letter.html";

/// The running edge. Dropping it stops it and everything it was sending.
pub struct PracticeEdge {
    port: u16,
    serving: JoinHandle<()>,
}

/// Why the edge did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartPracticeError {
    /// This computer has no free port on 127.0.0.1.
    NoFreePort,
}

struct Trust {
    port: u16,
    keys: [(PublicKeyId, PublicKey); 1],
    clock: Box<dyn Fn() -> i64 + Send + Sync>,
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
        let trust = Arc::new(Trust { port, keys: [(id, key)], clock: Box::new(clock) });
        let serving = tokio::spawn(connections::serve(listener, move |request, from| {
            respond(&trust, &request, from)
        }));
        Ok(Self { port, serving })
    }

    /// The edge as a site to sign for.
    pub fn site(&self) -> SiteAddress {
        SiteAddress::practice(self.port)
    }
}

impl Drop for PracticeEdge {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn respond(trust: &Trust, request: &Request<Incoming>, from: IpAddr) -> Answer {
    let (uri, method, headers) = (request.uri(), request.method(), request.headers());
    let site = SiteAddress::practice(trust.port);
    // Another name that leads here (a page in the browser can arrange one) is not this site's.
    if headers.get(header::HOST).map(|host| host.as_bytes()) != Some(site.host().as_bytes()) {
        return answer::not_this_site();
    }
    if method != Method::GET && method != Method::HEAD {
        return answer::method_not_allowed();
    }
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let url = format!("{}{target}", site.origin());
    let request = verify::Request { url: &url, from, now: (trust.clock)() };
    match verify::evaluate(&request, &trust.keys) {
        Err(denial) => answer::refused(denial),
        Ok(()) if uri.path() == DOCUMENT_PATH => answer::document(headers),
        Ok(()) => answer::no_such_key(),
    }
}
