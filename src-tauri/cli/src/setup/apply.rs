//! `signet setup apply`: the plan, shown and done.

use std::io::Write;

use serde_json::json;
use signet_app::{App, ConnectKeyError};
use signet_aws::SetUp;
use signet_core::foreign::shown;
use signet_core::setup::HandOver;
use signet_core::setup::journal::Journal;

use super::progress::Terminal;
use super::{aws, plan, wish, words};
use crate::arguments::Applying;
use crate::failure::Failure;
use crate::keys::{desk, not_saved, profile};
use crate::question;
use crate::terminal::{self, say};

/// Shows the plan, asks, does it, and connects the key.
pub fn run(request: &Applying) -> Result<(), Failure> {
    let desk = desk()?;
    let planning = &request.plan;
    let wish = wish::of(&planning.place, wish::key(&planning.key, &desk)?)?;
    // Until the key is connected, so that nobody undoes meanwhile what is planned with.
    let turn = profile()?.set_ups().begin(&wish.key).map_err(words::not_begun)?;
    let done = aws::runtime()?.block_on(async {
        let (account, plan) = plan::look(planning, &wish).await?;
        let journal = turn.journal(account.id());
        let journal = journal.map_err(|error| words::unreadable(&error))?;
        let mut journal = journal.unwrap_or_else(|| Journal::new(&wish.key, account.id()));
        say(plan::to_text(&plan, &wish).trim_end());
        if !request.yes && !plan.is_nothing(&wish) {
            question::confirm("setup apply")?;
        }
        let mut terminal = Terminal::new(&turn);
        let done = account.apply(&wish, &plan, &mut journal, &mut terminal).await;
        done.map_err(|error| words::not_applied(&error, &wish))
    })?;
    let key = connect(&desk, &wish, &done)?;
    let (id, site) = (done.public_key_id.as_str(), done.site.host());
    if planning.json {
        let json = json!({
            "public_key_id": id,
            "site": site,
            "distribution": done.distribution.as_str(),
            "key": key
        });
        return Ok(terminal::json(&json)?);
    }
    say(
        "\nDone. CloudFront takes some minutes until everything is in force everywhere; signet setup check says when.",
    );
    if let Some(name) = key {
        say(&format!("The key “{name}” makes links for this site now."));
    }
    let (id, site) = (shown(id), shown(site));
    Ok(writeln!(terminal::output(), "Public key ID: {id}\nSite: {site}")?)
}

/// Gives a key that was made here its site and id; gives the key's name.
fn connect(desk: &App, wish: &HandOver, done: &SetUp) -> Result<Option<String>, Failure> {
    let fingerprint = wish.key.fingerprint();
    if let Some(made) = desk.made_keys().into_iter().find(|made| made.fingerprint == fingerprint) {
        let connected =
            desk.connect_key(&made.id, &done.site.origin(), done.public_key_id.as_str());
        return match connected {
            Ok(key) => Ok(Some(key.name.as_str().to_owned())),
            Err(ConnectKeyError::Save(error)) => Err(not_saved(error)),
            Err(error) => Err(Failure::other(
                format!("Everything is made, but the key could not be connected: {error}."),
                "Connect it with signet keys connect.",
            )),
        };
    }
    let there = desk.keys().into_iter().find(|key| key.fingerprint == fingerprint);
    if let Some(key) = &there
        && key.public_key_id != done.public_key_id
    {
        return Err(Failure::other(
            format!(
                "Everything is made, but Signet has the key “{}” under another ID.",
                key.name.as_str()
            ),
            format!(
                "Its links open at {} once it has the ID {} there.",
                done.site.host(),
                done.public_key_id.as_str()
            ),
        ));
    }
    Ok(there.map(|key| key.name.as_str().to_owned()))
}
