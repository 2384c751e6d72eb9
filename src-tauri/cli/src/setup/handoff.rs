//! `signet setup script`, `template` and `page`: what is given to an IT person. Nothing is asked of
//! AWS, and nothing secret is written.

use std::io::Write;

use signet_setup::SetupSpec;

use crate::arguments;
use crate::failure::Failure;
use crate::setup::spec;
use crate::terminal;
use crate::{keys, saving};

/// Writes one of the texts to where it was asked for.
pub fn write(
    request: &arguments::Handoff,
    text: impl Fn(&SetupSpec) -> String,
) -> Result<(), Failure> {
    let text = text(&spec::of(&request.place, keys::public_key(&request.public_key)?)?);
    match &request.output {
        Some(file) if file.as_os_str() != "-" => saving::write(file, "--output", text.as_bytes()),
        _ => Ok(terminal::exact().write_all(text.as_bytes())?),
    }
}
