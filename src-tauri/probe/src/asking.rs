//! One request for the first byte, and what came of it.

use std::error::Error;
use std::iter;
use std::sync::Once;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::response::{Answer, MAX_BYTES};
use reqwest::header::{AGE, DATE, HeaderMap, HeaderName, LOCATION, RANGE, SERVER};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};
use signet_cloudfront::clock::{self, Comparison};
use signet_cloudfront::host::storage_host;

use crate::names::{NoAddress, SystemNames};
use crate::{Outcome, host};

const MAX_REDIRECTS: usize = 5;

const USER_AGENT: &str = concat!("Signet/", env!("CARGO_PKG_VERSION"));

/// Asks as a browser would that has been nowhere yet.
pub struct Browser {
    client: Client,
}

/// Which redirects are followed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Redirects {
    /// Those that stay at the host.
    OfTheHost,
    /// None: what stands elsewhere is not the document that was asked for.
    None,
}

/// What came of one request.
pub struct Asked {
    pub outcome: Outcome,
    pub clock: Option<Comparison>,
}

impl Asked {
    pub fn of(outcome: Outcome) -> Self {
        Self { outcome, clock: None }
    }
}

impl Browser {
    /// `None` where this computer has no list of trusted authorities.
    pub fn new(is_for_this_computer: bool, redirects: Redirects) -> Option<Self> {
        choose_crypto();
        let builder = Client::builder()
            .user_agent(USER_AGENT)
            .referer(false)
            .redirect(Policy::custom(move |attempt| {
                let from = attempt.previous().last();
                let may = redirects == Redirects::OfTheHost
                    && from.is_some_and(|from| may_follow(from, attempt.url()));
                if may && attempt.previous().len() <= MAX_REDIRECTS {
                    attempt.follow()
                } else {
                    attempt.stop()
                }
            }))
            .retry(reqwest::retry::never())
            .pool_max_idle_per_host(0)
            .dns_resolver(SystemNames);
        let builder = if is_for_this_computer { builder.no_proxy() } else { builder };
        builder.build().ok().map(|client| Self { client })
    }

    pub async fn ask(&self, url: &Url, limit: Duration) -> Asked {
        let asking = async {
            let request = self.client.get(url.clone()).header(RANGE, "bytes=0-0");
            match request.send().await {
                Ok(response) => answered(response).await,
                Err(error) => Asked::of(failure(&error)),
            }
        };
        tokio::time::timeout(limit, asking)
            .await
            .unwrap_or_else(|_elapsed| Asked::of(Outcome::TimedOut))
    }
}

/// One library does all of Signet's cryptography. It is chosen for the whole process, where rustls
/// looks for it, and whoever has chosen before is left alone.
fn choose_crypto() {
    static CHOSEN: Once = Once::new();
    CHOSEN.call_once(|| {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    });
}

/// Whoever gets the request gets the link: the same server may, and the same host once it is secure.
fn may_follow(from: &Url, to: &Url) -> bool {
    let same_server =
        from.scheme() == to.scheme() && from.port_or_known_default() == to.port_or_known_default();
    let more_secure = from.scheme() == "http" && to.scheme() == "https";
    from.host_str() == to.host_str() && (same_server || more_secure)
}

async fn answered(mut response: Response) -> Asked {
    let clock = clock_beside(response.headers());
    if let Some(host) = elsewhere(&response) {
        let is_storage = storage_host(&host).is_some();
        let outcome = match response.status() {
            StatusCode::TEMPORARY_REDIRECT if is_storage => Outcome::NewBucket,
            _ if is_storage => Outcome::PointsToStorage,
            _ => Outcome::Redirected { host },
        };
        return Asked { outcome, clock };
    }
    let mut body = Vec::new();
    if response.status().is_client_error() {
        while body.len() < MAX_BYTES {
            match response.chunk().await {
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                // What has come may be enough.
                Ok(None) | Err(_) => break,
            }
        }
    }
    let answer = Answer {
        status: response.status().as_u16(),
        server: text(response.headers(), SERVER),
        cache: text(response.headers(), HeaderName::from_static("x-cache")),
        body: &body,
    };
    Asked { outcome: Outcome::Answered(answer.meaning()), clock }
}

/// The other host to which a redirect points that was not followed.
fn elsewhere(response: &Response) -> Option<String> {
    if !response.status().is_redirection() {
        return None;
    }
    let from = response.url();
    let to = from.join(text(response.headers(), LOCATION)?).ok()?;
    host(&to).filter(|to| Some(to) != host(from).as_ref())
}

fn clock_beside(headers: &HeaderMap) -> Option<Comparison> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
    clock::compare(now, text(headers, DATE)?, text(headers, AGE))
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// What an error was. Nothing of its text is taken: the link stands in it.
fn failure(error: &reqwest::Error) -> Outcome {
    for cause in iter::successors(Some(error as &(dyn Error + 'static)), |error| cause(*error)) {
        if let Some(NoAddress::Unknown) = cause.downcast_ref() {
            return Outcome::NoSuchHost;
        }
        if let Some(rustls::Error::InvalidCertificate(_)) = cause.downcast_ref() {
            return Outcome::NotTrusted;
        }
    }
    Outcome::NoConnection
}

/// An `io::Error` leaves out of its sources the error that it was made of.
fn cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<std::io::Error>() {
        Some(io) => io.get_ref().map(|inner| inner as _),
        None => error.source(),
    }
}
