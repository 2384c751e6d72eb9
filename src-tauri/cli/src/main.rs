//! The program `signet`: the window's use cases from a terminal. Called alone it opens the window.
//! It loads no toolkit itself, so that a command starts in milliseconds and needs no display.

mod arguments;
mod batch;
mod failure;
mod keys;
mod moment;
mod sign;
mod sign_cookies;
mod terms;
mod window;

use std::process::ExitCode;
use std::{env, io};

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command, Keys};
use failure::Failure;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run() -> Result<(), Failure> {
    if env::args_os().len() == 1 {
        return window::open();
    }
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return misread(&error),
    };
    match arguments.command {
        Command::Sign(request) => sign::run(&request),
        Command::SignCookies(request) => sign_cookies::run(&request),
        Command::Keys(Keys::List) => keys::list(),
        Command::Keys(Keys::Import(request)) => keys::import(&request),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Arguments::command(), "signet", &mut io::stdout());
            Ok(())
        }
        Command::Man => Ok(clap_mangen::Man::new(Arguments::command()).render(&mut io::stdout())?),
    }
}

/// Help and version are no failures; of anything else clap's first sentence says what is wrong.
fn misread(error: &clap::Error) -> Result<(), Failure> {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        error.print()?;
        return Ok(());
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return Err(Failure::usage("The command is not complete.", error.to_string()));
    }
    let text = error.to_string();
    let what = text.split("\n\n").next().unwrap_or_default();
    let what = what.strip_prefix("error: ").unwrap_or(what);
    let words: Vec<_> = what.split_whitespace().collect();
    Err(Failure::usage(
        format!("Not understood: {}.", words.join(" ")),
        "Call signet --help to see how it is called.",
    ))
}
