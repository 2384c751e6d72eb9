//! `signet share` and `signet documents`: the documents of a site, from a terminal.

mod changing;
mod site;
mod uploading;
mod words;

use std::process::ExitCode;

use crate::arguments::{Documents, Share};
use crate::failure::Failure;

/// `signet share`.
pub fn share(request: &Share) -> Result<ExitCode, Failure> {
    let lifetime = uploading::lifetime(request)?;
    uploading::run(&request.uploading, uploading::Wanted::Links(lifetime))
}

/// `signet documents`.
pub fn run(request: &Documents) -> Result<ExitCode, Failure> {
    match request {
        Documents::Put(request) => {
            return uploading::run(&request.uploading, uploading::Wanted::Documents);
        }
        Documents::List(request) => changing::list(request),
        Documents::Rename(request) => changing::rename(request),
        Documents::Remove(request) => changing::remove(request),
    }
    .map(|()| ExitCode::SUCCESS)
}
