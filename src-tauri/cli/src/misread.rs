//! A command line that was not understood, in words that are ours: the parser's own repeat what stands
//! there.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::echo::is_option;
use crate::failure::Failure;

/// Help and version are no failures; of anything else two sentences say what is wrong.
pub fn report(error: &clap::Error) -> Result<(), Failure> {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        error.print()?;
        return Ok(());
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return Err(Failure::usage("The command is not complete.", error.to_string()));
    }
    Err(Failure::usage(
        format!("Not understood: {}.", what(error)),
        "Call signet --help to see how it is called.",
    ))
}

/// What is wrong, in the names of options and commands and nothing that was typed.
fn what(error: &clap::Error) -> String {
    let of = |kind| names(error.get(kind));
    let option = of(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::InvalidValue => {
            match (of(ContextKind::InvalidValue), of(ContextKind::ValidValue)) {
                (given, _) if given.is_empty() => format!("{option} has no value"),
                (_, choices) if choices.is_empty() => {
                    format!("the value of {option} cannot be used")
                }
                (_, choices) => format!("the value of {option} is none of {choices}"),
            }
        }
        ErrorKind::UnknownArgument => {
            let meant = perhaps(&of(ContextKind::SuggestedArg));
            // What does not look like an option may be anything.
            match is_option(&option) {
                true => format!("there is no option {option} here{meant}"),
                false => format!("there is a word too much{meant}"),
            }
        }
        ErrorKind::InvalidSubcommand => {
            format!("there is no such command{}", perhaps(&of(ContextKind::SuggestedSubcommand)))
        }
        ErrorKind::MissingRequiredArgument => format!("this is missing: {option}"),
        ErrorKind::ArgumentConflict => match of(ContextKind::PriorArg) {
            prior if prior.is_empty() => format!("{option} cannot be used here"),
            prior if prior == option => format!("{option} can be given once only"),
            prior => format!("{option} cannot be used together with {prior}"),
        },
        ErrorKind::MissingSubcommand => "the command is not complete".to_owned(),
        ErrorKind::InvalidUtf8 => "a word is not text in UTF-8".to_owned(),
        ErrorKind::NoEquals | ErrorKind::TooFewValues => format!("{option} has no value"),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            format!("{option} has more than one value")
        }
        ErrorKind::ValueValidation => format!("the value of {option} cannot be used"),
        _ => "something on the command line".to_owned(),
    }
}

fn perhaps(meant: &str) -> String {
    if meant.is_empty() { String::new() } else { format!("; perhaps {meant} is meant") }
}

fn names(value: Option<&ContextValue>) -> String {
    match value {
        Some(ContextValue::String(name)) => name.clone(),
        Some(ContextValue::Strings(names)) => names.join(", "),
        _ => String::new(),
    }
}
