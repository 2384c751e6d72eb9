//! AWS from a terminal: what it needs is set up here, so that no other command pays for it.

use std::io::{self, IsTerminal, Write};

use signet_aws::Login;
use tokio::runtime::Runtime;

use crate::arguments::AwsLogin;
use crate::failure::Failure;
use crate::terminal;

/// The login that the options name.
pub fn login(options: &AwsLogin) -> Login {
    Login { profile: options.profile.clone(), endpoint_url: options.endpoint_url.clone() }
}

/// What the calls run on.
pub fn runtime() -> Result<Runtime, Failure> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|_| {
        Failure::other(
            "The network cannot be used from here.",
            "Close other programs and try again.",
        )
    })
}

/// Asks before anything is changed.
pub fn confirm(command: &str) -> Result<(), Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::usage(
            format!("signet setup {command} asks before it does anything."),
            "Look at what it says above, and give --yes to do it.",
        ));
    }
    let mut errors = terminal::errors();
    write!(errors, "\nType yes to go on: ")?;
    errors.flush()?;
    let mut typed = String::new();
    io::stdin().read_line(&mut typed)?;
    if typed.trim() == "yes" {
        Ok(())
    } else {
        Err(Failure::other("Nothing was done.", "To do it, run this again and type yes."))
    }
}
