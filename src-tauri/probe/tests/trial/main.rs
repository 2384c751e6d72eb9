//! A link is tried at a site on this computer that answers as the services do.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

mod answers;
mod certificate;
mod opening;
mod requests;
mod secure;
mod site;
mod stage;
mod trouble;
