//! The program `signet`: the window's use cases from a terminal. Called alone it opens the window.
//! It loads no toolkit itself, so that a command starts in milliseconds and needs no display.

mod access_keys;
mod arguments;
mod batch;
mod conditions;
mod documents;
mod echo;
mod failure;
mod inspect;
mod interrupt;
mod key_halves;
mod key_source;
mod keys;
mod list;
mod misread;
mod moment;
mod orphans;
mod places;
mod question;
mod registration;
mod released;
mod saving;
mod setup;
mod sign;
mod sign_cookies;
mod sites;
mod terminal;
mod url_signer;
mod window;

use std::env;
use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command, Keys, Sites};
use failure::Failure;
use signet_os::time_zone::{self, NoTimeZone};
use signet_os::umask;

fn main() -> ExitCode {
    signet_os::own_process::seclude();
    match run() {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}

fn run() -> Result<ExitCode, Failure> {
    if env::args_os().len() == 1 {
        return window::open().map(|()| ExitCode::SUCCESS);
    }
    time_zone::check().map_err(|NoTimeZone| {
        Failure::other(
            "The environment variable TZ names no time zone.",
            "Set it to a name like Europe/London, or leave it out.",
        )
    })?;
    // Not before the window is started, which asks for the person's own.
    umask::tighten();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return misread::report(&error).map(|()| ExitCode::SUCCESS),
    };
    let done = match arguments.command {
        Command::Inspect(request) => return inspect::run(&request),
        Command::Sign(request) => sign::run(&request),
        Command::Share(request) => return documents::share(&request),
        Command::Documents(request) => return documents::run(&request),
        Command::SignCookies(request) => sign_cookies::run(&request),
        Command::Sites(Sites::List) => sites::list(),
        Command::Sites(Sites::Rename { site, name }) => sites::rename(&site, &name),
        Command::Sites(Sites::Storage(request)) => sites::storage(&request),
        Command::Keys(Keys::List { orphans: false }) => keys::list(),
        Command::Keys(Keys::List { orphans: true }) => orphans::list(),
        Command::Keys(Keys::Restore(request)) => orphans::restore(&request),
        Command::Keys(Keys::Remove(request)) => orphans::remove(&request),
        Command::Keys(Keys::Import(request)) => keys::import(&request),
        Command::Setup(request) => return setup::run(&request),
        Command::Keys(Keys::Make(request)) => registration::make(&request),
        Command::Keys(Keys::Connect(request)) => registration::connect(&request),
        Command::Keys(Keys::Public { key }) => key_halves::public(&key),
        Command::Keys(Keys::Backup(request)) => key_halves::back_up(&request),
        Command::Completions { shell } => {
            // The generator panics where it cannot write.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "signet", &mut script);
            Ok(terminal::exact().write_all(&script)?)
        }
        Command::Man => {
            Ok(clap_mangen::Man::new(Arguments::command()).render(&mut terminal::exact())?)
        }
    };
    done.map(|()| ExitCode::SUCCESS)
}
