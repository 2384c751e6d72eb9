//! `signet sites`: the places where documents are, and which of them links can be made for.

use std::io::Write;

use signet_app::{RenameError, SiteState};
use signet_cloudfront::foreign::shown;

use crate::failure::Failure;
use crate::keys::{app, not_saved};
use crate::terminal;

/// `signet sites list`.
pub fn list() -> Result<(), Failure> {
    let mut output = terminal::output();
    for site in app()?.sites() {
        let address = site.address.as_ref().map(|address| address.origin()).unwrap_or_default();
        let id = site.signing_key().map(|key| key.public_key_id);
        writeln!(
            output,
            "{}\t{address}\t{}\t{}",
            site.name,
            state_name(site.state()),
            id.as_ref().map_or("", |id| id.as_str())
        )?;
    }
    Ok(())
}

/// `signet sites rename`.
pub fn rename(site: &str, name: &str) -> Result<(), Failure> {
    let app = app()?;
    let known = app.site_named(site).ok_or_else(|| {
        Failure::usage(
            // Not repeated: what is no site's name may be anything.
            "There is no site of the name that --site gives.",
            "Call signet sites list to see the names.",
        )
    })?;
    let renamed = app.rename_site(&known.id, name).map_err(|error| match error {
        RenameError::Save(error) => not_saved(error),
        RenameError::Unknown | RenameError::Changed { .. } => Failure::other(
            format!("The site “{}” was changed by another Signet: {error}.", shown(site)),
            "Call signet sites list to see what there is.",
        ),
        RenameError::Name(_) | RenameError::NameTaken { .. } => Failure::usage(
            format!("The site cannot be called so: {error}."),
            "Give another name with --name.",
        ),
    })?;
    Ok(writeln!(terminal::output(), "{}", renamed.name)?)
}

fn state_name(state: SiteState) -> &'static str {
    match state {
        SiteState::NeedsKey => "needs-key",
        SiteState::NeedsSetUp => "needs-set-up",
        SiteState::Ready => "ready",
        SiteState::Replacing => "replacing",
        SiteState::OldKeyStays => "old-key-stays",
    }
}
