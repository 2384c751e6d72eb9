//! `signet setup`: CloudFront, set up for a key's links.

mod access;
mod apply;
pub mod aws;
mod check;
mod handoff;
mod plan;
mod policy;
mod progress;
mod spec;
mod undo;
pub mod words;

use std::process::ExitCode;

use signet_app::setup::handoff::{page, script, template};

use crate::arguments::Setup;
use crate::failure::Failure;

/// Does what was asked.
pub fn run(request: &Setup) -> Result<ExitCode, Failure> {
    match request {
        Setup::Check(request) => return check::run(request),
        Setup::Plan(request) => plan::run(request),
        Setup::Apply(request) => apply::run(request),
        Setup::Undo(request) => undo::run(request),
        Setup::Policy(request) => policy::run(request),
        Setup::Script(request) => handoff::write(request, script),
        Setup::Template(request) => handoff::write(request, template),
        Setup::Page(request) => handoff::write(request, page),
    }
    .map(|()| ExitCode::SUCCESS)
}
