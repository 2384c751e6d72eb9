//! The practice edge: one document on a free port of 127.0.0.1, opened by signed links only.
//!
//! The judging is [`signet_core::reading`]'s. Each request is judged by itself, when it arrives.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, OriginalUri, State};
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
use signet_core::key::PublicKey;
use signet_core::public_key_id::PublicKeyId;
use signet_core::reading::{self, Request};
use signet_core::site::Site;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::answer;

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
    clock: fn() -> i64,
}

impl PracticeEdge {
    /// Opens the edge. `clock` gives Unix time in seconds.
    ///
    /// # Errors
    /// [`StartPracticeError`].
    pub async fn start(
        id: PublicKeyId,
        key: PublicKey,
        clock: fn() -> i64,
    ) -> Result<Self, StartPracticeError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .map_err(|_| StartPracticeError::NoFreePort)?;
        let port = listener.local_addr().map_err(|_| StartPracticeError::NoFreePort)?.port();
        let trust = Arc::new(Trust { port, keys: [(id, key)], clock });
        let service = Router::new()
            .fallback(respond)
            .with_state(trust)
            .into_make_service_with_connect_info::<SocketAddr>();
        let serving = tokio::spawn(async move {
            // Only a listener that broke ends this; practice then answers nothing, and the browser
            // says so.
            let _ = axum::serve(listener, service).await;
        });
        Ok(Self { port, serving })
    }

    /// The edge as a site to sign for.
    pub fn site(&self) -> Site {
        Site::practice(self.port)
    }
}

impl Drop for PracticeEdge {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn respond(
    State(trust): State<Arc<Trust>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    OriginalUri(uri): OriginalUri,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let site = Site::practice(trust.port);
    // Another name that leads here (a page in the browser can arrange one) is not this site's.
    if headers.get(header::HOST).map(|host| host.as_bytes()) != Some(site.host().as_bytes()) {
        return answer::not_this_site();
    }
    if method != Method::GET && method != Method::HEAD {
        return answer::method_not_allowed();
    }
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let url = format!("{}{target}", site.origin());
    let request = Request { url: &url, from: from.ip(), now: (trust.clock)() };
    match reading::judge(&request, &trust.keys) {
        Err(refusal) => answer::refused(refusal),
        Ok(()) if uri.path() == DOCUMENT_PATH => answer::document(&headers),
        Ok(()) => answer::no_such_key(),
    }
}
