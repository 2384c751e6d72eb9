//! What a command ends with when it did not do what was asked: one sentence that says what
//! happened, one that says what to do, and the exit code.

use std::io;
use std::process::ExitCode;

use signet_cloudfront::foreign;
use signet_cloudfront::secrecy::redacted;

use crate::echo::without_arguments;
use crate::terminal;

/// Two sentences for a person, and a code for a script.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    what: String,
    do_now: String,
    code: u8,
}

impl Failure {
    /// The command was called wrongly: exit code 2.
    pub fn usage(what: impl Into<String>, do_now: impl Into<String>) -> Self {
        Self::new(&what.into(), &do_now.into(), 2)
    }

    /// Anything else: exit code 1.
    pub fn other(what: impl Into<String>, do_now: impl Into<String>) -> Self {
        Self::new(&what.into(), &do_now.into(), 1)
    }

    /// Every sentence comes by here, so that none can forget to leave out a secret.
    fn new(what: &str, do_now: &str, code: u8) -> Self {
        let safe = |text| redacted(&without_arguments(text));
        Self { what: foreign::sentence(&safe(what)), do_now: foreign::lines(&safe(do_now)), code }
    }

    /// What happened, for a line that has no room for more.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// Both sentences, for a list in which it is one line of several.
    pub fn into_sentences(self) -> (String, String) {
        (self.what, self.do_now)
    }

    /// Writes both sentences to the error stream.
    pub fn report(&self) -> ExitCode {
        terminal::say(&format!("{}\n{}", self.what, self.do_now));
        ExitCode::from(self.code)
    }
}

/// The output could not be written: a full disk, or a reader who has left.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::other(
            format!("The standard output could not be written: {}.", error.kind()),
            "Look at where it goes.",
        )
    }
}
