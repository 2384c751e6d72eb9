//! Whether a link that was just made may be tried: asked for once, with the link alone, without a click.
//!
//! Deliberately not here: asking (`signet-probe` does), and any other link than one that was made this moment.

use signet_cloudfront::signed_url::SignedUrl;

use super::App;
use super::links::NewLink;
use super::site::SiteId;

/// A link that was just made, as far as its trial needs it. There is no `Debug`: whoever has the link can
/// open the document.
pub struct FreshLink {
    link: SignedUrl,
    /// `None` for a link of practice.
    site: Option<SiteId>,
    starts_at: Option<i64>,
    is_of_folder: bool,
}

/// Why a link that was just made is not tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum NotTried {
    /// It is switched off for its site, or the site is gone.
    SwitchedOff,
    /// It works later.
    NotBegun,
    /// It names a folder, and there is no one document to ask for.
    Folder,
}

impl FreshLink {
    /// The link that was made, for this site, or for practice.
    #[must_use]
    pub fn of(made: &NewLink, site: Option<SiteId>) -> Self {
        Self {
            link: made.link.clone(),
            site,
            starts_at: made.terms.starts_at(),
            is_of_folder: made.address.path().ends_with('/'),
        }
    }
}

impl App {
    /// The link that may be tried now.
    ///
    /// # Errors
    /// [`NotTried`].
    pub fn link_to_try(&self, fresh: FreshLink, now: i64) -> Result<SignedUrl, NotTried> {
        let is_on = |site: &SiteId| self.site(site).is_some_and(|site| site.tries_links);
        if !fresh.site.as_ref().is_none_or(is_on) {
            return Err(NotTried::SwitchedOff);
        }
        if fresh.starts_at.is_some_and(|start| start > now) {
            return Err(NotTried::NotBegun);
        }
        if fresh.is_of_folder { Err(NotTried::Folder) } else { Ok(fresh.link) }
    }
}
