//! What a person at a terminal is asked before something cannot be taken back.

use std::io::{self, IsTerminal, Write};

use crate::failure::Failure;
use crate::terminal;

/// Asks before anything is changed.
pub fn confirm(command: &str) -> Result<(), Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::usage(
            format!("signet {command} asks before it does anything."),
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
