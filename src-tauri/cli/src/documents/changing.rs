//! What is there, another name for it, and taking it away.

use std::io::Write as _;

use chrono::{DateTime, SecondsFormat};
use serde_json::{Value, json};
use signet_app::HistoryStoreError;
use signet_app::documents::{DocumentKey, Folder, Listing, MAX_LISTED, StoredDocument};
use signet_app::sharing::{Caches, DocumentLinks};
use signet_cloudfront::foreign::shown;

use super::site::{self, Open};
use super::words::{self, Effect};
use crate::arguments::{ListDocuments, OfSite, RemoveDocument, RenameDocument};
use crate::failure::Failure;
use crate::keys::{app_with_links, profile};
use crate::moment::now;
use crate::setup::aws::{Here, block_on};
use crate::terminal::{self, say};
use crate::{places, question};

/// `signet documents list`.
pub fn list(request: &ListDocuments) -> Result<(), Failure> {
    let folder = request.folder.as_deref().unwrap_or_default();
    let folder = Folder::parse(folder).map_err(|error| places::no_folder("FOLDER", &error))?;
    with(&request.of, async |open| {
        let there = open.folder(&folder).map_err(|error| places::no_folder("FOLDER", &error))?;
        let (mut all, mut after) = (Vec::new(), None);
        let (mut folders, mut without_address) = (Vec::new(), 0);
        loop {
            let listed = open.list(&there, after.as_ref(), MAX_LISTED).await;
            let scope = site::scope(open.storage(), &there);
            let part = listed.map_err(|error| words::asked(&error, &scope))?;
            if !request.of.json {
                write(&part, open)?;
            }
            let Listing { folders: more, documents, without_address: unseen, next } = part;
            without_address += unseen;
            if request.of.json {
                all.extend(documents);
                folders.extend(more);
            }
            match next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        if without_address > 0 {
            say(&format!("Left out, for no link can open them: {without_address}"));
        }
        if request.of.json {
            terminal::json(&to_json(&all, &folders, open).await)?;
        }
        Ok(())
    })
}

fn write(part: &Listing, open: &Open<'_>) -> Result<(), Failure> {
    let mut output = terminal::output();
    for folder in &part.folders {
        writeln!(output, "{}", shown(open.name_of(folder.as_str())))?;
    }
    for document in &part.documents {
        let name = shown(open.name_of(document.key.as_str()));
        writeln!(output, "{name}\t{}\t{}", document.size, time(document))?;
    }
    Ok(())
}

async fn to_json(all: &[StoredDocument], folders: &[Folder], open: &Open<'_>) -> Value {
    let keys: Vec<_> = all.iter().map(|document| &document.key).collect();
    let links = open.links_of(&keys, now()).await.ok().and_then(Result::ok);
    let document = |(at, document): (usize, &StoredDocument)| {
        json!({
            "document": open.name_of(document.key.as_str()),
            "size": document.size,
            "modified": time(document),
            "address": open.address(&document.key).ok().map(|address| address.as_str().to_owned()),
            "links": links.as_ref().and_then(|links| links.get(at)).map(links_json)
        })
    };
    json!({
        "folders": folders.iter().map(|folder| open.name_of(folder.as_str())).collect::<Vec<_>>(),
        "documents": all.iter().enumerate().map(document).collect::<Vec<_>>()
    })
}

fn links_json(links: &DocumentLinks) -> Value {
    json!({ "own": links.own, "of_folders": links.of_folders })
}

/// In UTC, as scripts compare it.
fn time(document: &StoredDocument) -> String {
    let time = DateTime::from_timestamp(document.modified, 0);
    time.map(|time| time.to_rfc3339_opts(SecondsFormat::Secs, true)).unwrap_or_default()
}

/// `signet documents rename`.
pub fn rename(request: &RenameDocument) -> Result<(), Failure> {
    with(&request.of, async |open| {
        let (document, links) = known(&request.document, open).await?;
        let to = key(&request.name, open)?;
        say(&format!("This will be renamed: {}", about(&document, open, &links)));
        confirm(request.yes, "documents rename")?;
        let renamed = open.rename(&document, &to).await;
        let folder = document.key.folder();
        let scope = site::scope(open.storage(), &folder);
        let renamed = renamed.map_err(|error| words::not_renamed(&error, &scope))?;
        say_of_caches(&renamed.caches, open, &folder);
        if renamed.renamed.undo.is_some() {
            say("The bucket keeps old versions, so the old one is kept there.");
        }
        let name = open.name_of(renamed.renamed.document.key.as_str());
        if request.of.json {
            return Ok(terminal::json(&json!({
                "document": name,
                "address": renamed.address.as_str(),
                "ended_links": links.as_ref().ok().map(links_json),
                "old_version_kept": renamed.renamed.undo.is_some()
            }))?);
        }
        Ok(writeln!(terminal::output(), "{}", shown(name))?)
    })
}

/// `signet documents remove`.
pub fn remove(request: &RemoveDocument) -> Result<(), Failure> {
    with(&request.of, async |open| {
        let (document, links) = known(&request.document, open).await?;
        say(&format!("This will be removed: {}", about(&document, open, &links)));
        confirm(request.yes, "documents remove")?;
        let removed = open.remove(&document).await;
        let folder = document.key.folder();
        let scope = site::scope(open.storage(), &folder);
        let removed = removed.map_err(|error| words::not_removed(&error, &scope))?;
        say_of_caches(&removed.caches, open, &folder);
        let is_kept = removed.removed.undo.is_some();
        if is_kept {
            say("The bucket keeps old versions, so its content is still there.");
        }
        if request.of.json {
            terminal::json(&json!({
                "document": open.name_of(document.key.as_str()),
                "ended_links": links.as_ref().ok().map(links_json),
                "old_version_kept": is_kept
            }))?;
        }
        Ok(())
    })
}

/// The documents of the site, open.
fn with<T>(
    options: &OfSite,
    work: impl AsyncFnOnce(&Open<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let app = app_with_links()?;
    let site = site::of(options, &app)?;
    let (here, uploads) = (Here(&app), profile()?.uploads());
    block_on(async { work(&site::open(options, &site, &uploads, &here).await?).await })?
}

type Links = Result<DocumentLinks, HistoryStoreError>;

/// The document that a person calls so, and its links.
async fn known(text: &str, open: &Open<'_>) -> Result<(StoredDocument, Links), Failure> {
    let key = key(text, open)?;
    let folder = key.folder();
    let scope = site::scope(open.storage(), &folder);
    let document = open.look(&key).await.map_err(|error| words::asked(&error, &scope))?;
    let document = document.ok_or_else(|| {
        Failure::other(
            "There is no document of that name.",
            "Call signet documents list to see what is there.",
        )
    })?;
    let links = open.links_of(&[&document.key], now()).await;
    let links = links.unwrap_or(Err(HistoryStoreError::Unreadable));
    Ok((document, links.map(|links| links.first().copied().unwrap_or_default())))
}

fn key(text: &str, open: &Open<'_>) -> Result<DocumentKey, Failure> {
    open.key(text).map_err(|error| words::not_called(&error))
}

fn about(document: &StoredDocument, open: &Open<'_>, links: &Links) -> String {
    format!(
        "{}, {}. {}",
        shown(open.name_of(document.key.as_str())),
        words::of(document),
        words::links(links, Effect::Gone)
    )
}

fn confirm(is_sure: bool, command: &str) -> Result<(), Failure> {
    if is_sure { Ok(()) } else { question::confirm(command) }
}

fn say_of_caches(caches: &Caches, open: &Open<'_>, folder: &Folder) {
    let scope = site::scope(open.storage(), folder);
    if let Some(warning) = words::caches(caches, "readers may still get it", &scope) {
        say(&format!("It is done. {warning}"));
    }
}
