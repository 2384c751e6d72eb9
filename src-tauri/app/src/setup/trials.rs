//! The trial of a document, as a port: its site is asked for one byte, with a link and without.

use signet_cloudfront::signed_url::SignedUrl;

/// Whoever asks a site.
pub trait Trials: Sync {
    /// What asking brought.
    type Trial: Trial + Send;

    /// Asks, with the link and without its signature; `None` where the link is no address of the web.
    fn ask(&self, link: &SignedUrl) -> impl Future<Output = Option<Self::Trial>> + Send;
}

/// What asking brought, as far as a check judges it.
pub trait Trial {
    /// Whether the document is given without a signature too; `None` where that could not be seen.
    fn is_public(&self) -> Option<bool>;

    /// Whether the link opens the document.
    fn opens(&self) -> bool;
}
