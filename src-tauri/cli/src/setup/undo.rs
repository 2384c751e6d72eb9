//! `signet setup undo`: takes back exactly what was made from this computer.

use std::io::Write;

use signet_aws::{Account, TakenBack};
use signet_core::foreign;
use signet_core::setup::journal::{Journal, Made};
use signet_core::setup::{Bucket, DistributionId, Names, Region};
use signet_os::SetUps;

use super::progress::Terminal;
use super::words::About;
use super::{aws, wish, words};
use crate::arguments::Undoing;
use crate::failure::Failure;
use crate::keys::{desk, not_saved, profile};
use crate::question;
use crate::terminal::{self, say};

/// Where an account is asked whose it is, if the journal has no region.
const ANY_REGION: &str = "us-east-1";

/// Shows what is taken back, asks, and does it.
pub fn run(request: &Undoing) -> Result<(), Failure> {
    let desk = desk()?;
    let key = wish::key(&request.key, &desk)?;
    let name = Names::of(&key).common();
    let set_ups = profile()?.set_ups();
    let turn = set_ups.begin(&key).map_err(words::not_begun)?;
    let accounts = set_ups.accounts(&name);
    if accounts.is_empty() {
        return Err(Failure::other(
            "Nothing was made for this key from this computer.",
            "What a script or a template made is removed where it was made.",
        ));
    }
    let (done, removed) = aws::runtime()?.block_on(async {
        let region = Region::parse(ANY_REGION).expect("it is a region's code");
        let nothing = About { bucket: None, distribution: None };
        let account = Account::open(&aws::login(&request.login), &region).await;
        let account = account.map_err(|error| words::asked(&error, &nothing))?;
        let journal = turn.journal(account.id());
        let journal = journal.map_err(|error| words::unreadable(&error))?;
        let mut journal = journal.ok_or_else(|| words::other_account(&accounts.join(", ")))?;
        say(&format!("In the AWS account {}, this is taken back:", account.id()));
        for made in journal.made().iter().rev() {
            say(&format!("  {}", foreign::line(&line(made))));
        }
        say("\nWarning: links of this key open nothing after that.");
        if !request.yes {
            question::confirm("setup undo")?;
        }
        let (bucket, distribution) = about(&journal);
        let about = About { bucket: bucket.as_ref(), distribution: distribution.as_ref() };
        let public_key = journal.public_key();
        let mut terminal = Terminal::new(&turn);
        let TakenBack { kept, end } = account.take_back(&mut journal, &mut terminal).await;
        let file = SetUps::file_name(&name, account.id());
        let done = match end {
            Ok(()) if kept.is_empty() => Ok(()),
            Ok(()) => Err(words::left(&kept, &file)),
            Err(error) => {
                for kept in &kept {
                    say(&format!("Left as it is: {}.", words::kept(kept)));
                }
                Err(words::not_taken_back(&error, &about))
            }
        };
        // It may have been stopped after the key was removed, or before.
        Ok::<_, Failure>((done, public_key.filter(|_| journal.public_key().is_none())))
    })?;
    if let Some(id) = removed {
        let key = desk.disconnect_key(&key.fingerprint(), &id).map_err(not_saved)?;
        if let Some(key) = key {
            say(&format!("The key “{}” waits to be connected again.", key.name.as_str()));
        }
    }
    done?;
    Ok(writeln!(terminal::output(), "All that was made is taken back.")?)
}

fn line(made: &Made) -> String {
    let thing = words::thing(made);
    match made {
        Made::Policy { .. } => format!("Signet's statements in {thing} go"),
        Made::Change { .. } => format!("{thing} gets back what it had"),
        _ => format!("{thing} is removed"),
    }
}

fn about(journal: &Journal) -> (Option<Bucket>, Option<DistributionId>) {
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
