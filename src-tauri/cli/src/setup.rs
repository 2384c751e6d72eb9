//! `signet setup`: CloudFront, set up for a key's links.

mod apply;
mod aws;
mod check;
mod hand_over;
mod plan;
mod progress;
mod undo;
mod wish;
mod words;

use std::process::ExitCode;

use crate::arguments::Setup;
use crate::failure::Failure;
use signet_setup::HandOver;

/// Does what was asked.
pub fn run(request: &Setup) -> Result<ExitCode, Failure> {
    match request {
        Setup::Check(request) => return check::run(request),
        Setup::Plan(request) => plan::run(request),
        Setup::Apply(request) => apply::run(request),
        Setup::Undo(request) => undo::run(request),
        Setup::Script(request) => hand_over::write(request, HandOver::script),
        Setup::Template(request) => hand_over::write(request, HandOver::template),
        Setup::Page(request) => hand_over::write(request, HandOver::page),
    }
    .map(|()| ExitCode::SUCCESS)
}
