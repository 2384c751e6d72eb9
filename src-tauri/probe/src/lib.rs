//! *Test whether the document opens*: asks a link's address whether it opens, with the link and without its signature.
//!
//! The only part of Signet that connects to others, and only while a [`Question`] is asked; whoever
//! asks does so because a person wanted it in that moment, or has just made the link ([`opening`]). What an
//! answer means is [`response`]'s. Deliberately not here: the document (one byte is asked for, and of a
//! refusal the beginning is read), cookies, caches, logs, and the texts of the library's errors,
//! which hold the link.
//!
//! Addresses are asked for as browsers do, with the system's proxies and its list of trusted
//! authorities. Nothing is loaded or set up before the first question.

mod asking;
mod names;
mod opening;
pub mod response;

use std::net::IpAddr;
use std::time::Duration;

use crate::response::Classification;
use reqwest::Url;
use signet_cloudfront::clock::Comparison;
use signet_cloudfront::inspection::{self, Form, Found};
use signet_cloudfront::signed_url::SignedUrl;

use asking::{Asked, Browser, Redirects};

pub use opening::Opening;

/// Longer than this nobody waits for a byte.
const LIMIT: Duration = Duration::from_secs(10);

/// A link that can be tried. There is no `Debug`: whoever has the link can open the document.
pub struct Question {
    with_link: Url,
    /// `None` where the link has no signature.
    without: Option<Url>,
    is_rewritten: bool,
    host: String,
}

/// Why a link cannot be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotPossible {
    /// Cookies without the address of their page.
    #[error("the cookies are without the address of their page")]
    NoAddress,
    /// It is no address of the web, as `s3://…`.
    #[error("the link is no address that begins with http:// or https://")]
    NotOfTheWeb,
}

/// What asking brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// Who was asked, in ASCII, with the port if it is not the usual one.
    pub host: String,
    /// What came of the link.
    pub signed: Outcome,
    /// Whether the document is given without a signature too; `None` where that could not be seen.
    pub is_public: Option<bool>,
    /// This computer's clock beside the site's; `None` where no answer told the time.
    pub clock: Option<Comparison>,
    /// Whether browsers write the address otherwise than the link does (without its `/../`, capitals in
    /// the host or the usual port). They ask for what they write, and so did this trial.
    pub is_rewritten: bool,
}

/// What came of one request.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "TrialAnswer"))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Outcome {
    /// The site points to another host, which was not asked.
    Redirected {
        /// Where to.
        host: String,
    },
    /// The site points to the region of its storage, which was not asked: names of new buckets are not
    /// known everywhere for some hours.
    NewBucket,
    /// The site points to its storage, which was not asked and takes no links.
    PointsToStorage,
    /// Nobody knows this name.
    NoSuchHost,
    /// No connection, or one that broke: refused, lost, or this computer is offline.
    NoConnection,
    /// The site's certificate is not trusted here.
    NotTrusted,
    /// Nothing, or not enough, within ten seconds.
    TimedOut,
    /// An answer.
    #[serde(untagged)]
    Answered(Classification),
}

impl Outcome {
    /// Whether it is only most likely so: seen of the services, and not documented.
    #[must_use]
    pub fn is_likely(&self) -> bool {
        match self {
            Self::Answered(meaning) => !meaning.is_documented(),
            Self::PointsToStorage => true,
            Self::Redirected { .. }
            | Self::NewBucket
            | Self::NoSuchHost
            | Self::NoConnection
            | Self::NotTrusted
            | Self::TimedOut => false,
        }
    }
}

impl Question {
    /// # Errors
    /// [`NotPossible`].
    pub fn about(found: &Found) -> Result<Self, NotPossible> {
        if found.form == (Form::Cookies { has_address: false }) {
            return Err(NotPossible::NoAddress);
        }
        let with_link = of_the_web(found.link())?;
        let without = of_the_web(&found.without_signature())?;
        Ok(Self {
            // Nobody can tell the difference where nothing was signed.
            is_rewritten: without != with_link && with_link.as_str() != found.link(),
            host: host(&with_link).ok_or(NotPossible::NotOfTheWeb)?,
            without: (without != with_link).then_some(without),
            with_link,
        })
    }

    /// Who will be asked.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Asks, with the link and without its signature at once; ten seconds at most. Needs a running
    /// tokio with its timer and network. Whoever drops the future closes the connections.
    pub async fn ask(&self) -> Trial {
        self.ask_within(LIMIT).await
    }

    /// [`Self::ask`] with another limit.
    pub async fn ask_within(&self, limit: Duration) -> Trial {
        let Some(browser) = Browser::new(is_this_computer(&self.with_link), Redirects::OfTheHost)
        else {
            return self.trial(Asked::of(Outcome::NotTrusted), None);
        };
        let (signed, unsigned) = tokio::join!(browser.ask(&self.with_link, limit), async {
            match &self.without {
                Some(address) => Some(browser.ask(address, limit).await),
                None => None,
            }
        });
        self.trial(signed, unsigned)
    }

    fn trial(&self, signed: Asked, unsigned: Option<Asked>) -> Trial {
        let clock = signed.clock.or(unsigned.as_ref().and_then(|unsigned| unsigned.clock));
        Trial {
            host: self.host.clone(),
            is_public: was_given(&unsigned.as_ref().unwrap_or(&signed).outcome),
            signed: signed.outcome,
            clock,
            is_rewritten: self.is_rewritten,
        }
    }
}

/// The sites themselves, for the use cases that try a document.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sites;

impl signet_app::setup::Trials for Sites {
    type Trial = Trial;

    async fn ask(&self, link: &SignedUrl) -> Option<Trial> {
        let found = inspection::find(link.as_str()).ok()?;
        Some(Question::about(&found).ok()?.ask().await)
    }
}

impl signet_app::setup::Trial for Trial {
    fn is_public(&self) -> Option<bool> {
        self.is_public
    }

    fn opens(&self) -> bool {
        self.signed == Outcome::Answered(Classification::Opens)
    }
}

/// Whether the document was given, where that can be told: a firewall, a redirect or an answer that
/// is not known may give it to others.
fn was_given(outcome: &Outcome) -> Option<bool> {
    match outcome {
        Outcome::Answered(Classification::Opens) => Some(true),
        // An error's page with the status of a document is none, and tells nothing either.
        Outcome::Answered(
            Classification::Blocked
            | Classification::ErrorPage { status: 200 | 206 }
            | Classification::Unexpected { .. },
        ) => None,
        Outcome::Answered(_) => Some(false),
        Outcome::Redirected { .. }
        | Outcome::NewBucket
        | Outcome::PointsToStorage
        | Outcome::NoSuchHost
        | Outcome::NoConnection
        | Outcome::NotTrusted
        | Outcome::TimedOut => None,
    }
}

fn of_the_web(address: &str) -> Result<Url, NotPossible> {
    let url = Url::parse(address).map_err(|_| NotPossible::NotOfTheWeb)?;
    if matches!(url.scheme(), "http" | "https") { Ok(url) } else { Err(NotPossible::NotOfTheWeb) }
}

/// The host in ASCII, with the port if it is not the usual one.
fn host(url: &Url) -> Option<String> {
    let name = url.host_str()?;
    Some(match url.port() {
        Some(port) => format!("{name}:{port}"),
        None => name.to_owned(),
    })
}

/// Whether an address leads to this computer, for which browsers ask no proxy.
fn is_this_computer(url: &Url) -> bool {
    let name = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let is_loopback = name.parse().is_ok_and(|address: IpAddr| address.is_loopback());
    is_loopback || name == "localhost" || name.ends_with(".localhost")
}
