//! `signet setup undo`: takes back exactly what was made from this computer.

use std::io::Write;

use signet_app::setup::{LostKey, UndoRequest, UndoneSetUp, any_region};
use signet_cloudfront::foreign;
use signet_setup::journal::{Journal, Made};
use signet_setup::{Bucket, DistributionId};

use super::progress::Terminal;
use super::words::About;
use super::{aws, spec, words};
use crate::arguments::Undoing;
use crate::failure::Failure;
use crate::keys::{app, not_saved};
use crate::question;
use crate::terminal::{self, say};

/// Shows what is taken back, asks, and does it.
pub fn run(request: &Undoing) -> Result<(), Failure> {
    let app = app()?;
    let key = spec::key(&request.key, &app)?;
    let asked = UndoRequest { key, login: aws::login(&request.login), region: any_region() };
    let (mut refused, mut about) = (None, (None, None));
    let mut wanted = |journal: &Journal| {
        about = of(journal);
        say_what_goes(journal);
        refused = (!request.yes).then(|| question::confirm("setup undo").err()).flatten();
        refused.is_none()
    };
    let undone = aws::wait(&app, async |setting_up| {
        setting_up.undo(&asked, &mut wanted, &mut Terminal::new()).await
    })?;
    let undone = undone.map_err(|error| refused.unwrap_or_else(|| words::not_undone(&error)))?;
    show(undone, &About { bucket: about.0.as_ref(), distribution: about.1.as_ref() })
}

fn say_what_goes(journal: &Journal) {
    say(&format!("In the AWS account {}, this is taken back:", journal.account()));
    for made in journal.made().iter().rev() {
        say(&format!("  {}", foreign::line(&line(made))));
    }
    say("\nWarning: links of this key open nothing after that.");
}

fn show(undone: UndoneSetUp, about: &About<'_>) -> Result<(), Failure> {
    let UndoneSetUp { kept, file_name, end, key } = undone;
    if let (Err(_), false) = (&end, kept.is_empty()) {
        for kept in &kept {
            say(&format!("Left as it is: {}.", words::kept(kept)));
        }
    }
    if let Some(LostKey { waiting, others }) = key {
        for name in others {
            say(&format!("The key “{name}” has the same ID: its links open nothing either."));
        }
        if let Some(key) = waiting.map_err(not_saved)? {
            say(&format!("The key “{}” waits to be connected again.", key.name.as_str()));
        }
    }
    end.map_err(|error| words::not_taken_back(&error, about))?;
    if !kept.is_empty() {
        return Err(words::left(&kept, &file_name));
    }
    Ok(writeln!(terminal::output(), "All that was made is taken back.")?)
}

fn line(made: &Made) -> String {
    let thing = words::thing(made);
    match made {
        Made::Policy { .. } => format!("Signet's statements in {thing} go"),
        Made::Change { .. } => format!("{thing} gets back what it had"),
        Made::AccessKey { .. } => format!("{thing} is removed, there and in the keychain"),
        _ => format!("{thing} is removed"),
    }
}

fn of(journal: &Journal) -> (Option<Bucket>, Option<DistributionId>) {
    let bucket = journal.made().iter().find_map(|made| match made {
        Made::Policy { bucket, .. } => Some(bucket.clone()),
        _ => None,
    });
    let distribution = journal.made().iter().find_map(|made| match made {
        Made::Change { id, .. } => Some(id.clone()),
        _ => None,
    });
    (bucket, distribution)
}
