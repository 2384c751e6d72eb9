//! `signet sites`: the places where documents are, and which of them links can be made for.

use std::io::Write;
use std::path::Path;

use serde_json::json;
use signet_app::{
    App, RenameError, SetStorageError, Site, SiteState, Storage, StorageError, TypedStorage,
};
use signet_cloudfront::foreign::shown;
use signet_cloudfront::secrecy::redacted;

use crate::arguments::SiteStorage;
use crate::echo::without_arguments;
use crate::failure::Failure;
use crate::keys::{app, not_saved, site_removed};
use crate::{access_keys, places, terminal};

/// `signet sites list`.
pub fn list() -> Result<(), Failure> {
    let mut output = terminal::output();
    for site in app()?.sites() {
        let address = site.address.as_ref().map(|address| address.origin()).unwrap_or_default();
        let id = site.signing_key().map(|key| key.public_key_id);
        writeln!(
            output,
            "{}\t{address}\t{}\t{}",
            site.name,
            state_name(site.state()),
            id.as_ref().map_or("", |id| id.as_str())
        )?;
    }
    Ok(())
}

/// `signet sites rename`.
pub fn rename(site: &str, name: &str) -> Result<(), Failure> {
    let app = app()?;
    let known = named(&app, site, "--site")?;
    let renamed = app.rename_site(&known.id, name).map_err(|error| match error {
        RenameError::Save(error) => not_saved(error),
        RenameError::Unknown | RenameError::Changed { .. } => Failure::other(
            format!("The site “{}” was changed by another Signet: {error}.", shown(site)),
            "Call signet sites list to see what there is.",
        ),
        RenameError::Name(_) | RenameError::NameTaken { .. } => Failure::usage(
            format!("The site cannot be called so: {error}."),
            "Give another name with --name.",
        ),
    })?;
    Ok(writeln!(terminal::output(), "{}", renamed.name)?)
}

/// `signet sites storage`.
pub fn storage(request: &SiteStorage) -> Result<(), Failure> {
    let app = app()?;
    let mut site = named(&app, &request.site, "NAME")?;
    // What cannot be used changes nothing.
    let key = request.access_key_file.as_deref().map(access_keys::read).transpose()?;
    if request.forget {
        site = app.forget_storage(&site.id).map_err(access_keys::not_forgotten)?;
    }
    if let Some(bucket) = &request.bucket {
        let or_none = |text: &'_ Option<String>| text.clone().unwrap_or_default();
        let typed = TypedStorage {
            bucket,
            region: &or_none(&request.region),
            profile: &or_none(&request.profile),
            origin_path: &or_none(&request.origin_path),
            distribution: &or_none(&request.distribution),
            folder: &or_none(&request.folder),
        };
        site = app.set_storage(&site.id, &typed).map_err(not_set)?;
    }
    if let Some(key) = &key {
        site = app.set_access_key(&site.id, key).map_err(access_keys::not_kept)?;
    }
    if request.forget_access_key {
        site = app.forget_access_key(&site.id).map_err(access_keys::not_forgotten)?;
    }
    let is_changed = request.bucket.is_some() || key.is_some() || request.forget_access_key;
    match &site.storage {
        Some(storage) if is_changed && !request.json => say_storage(storage, request),
        _ => show_storage(&site, request.json)?,
    }
    Ok(())
}

/// Says what holds now. What was typed as free text is not repeated, for a script's log is no place for what was meant
/// for another field.
fn say_storage(storage: &Storage, request: &SiteStorage) {
    let (bucket, region) = (storage.bucket.as_str(), storage.region.as_str());
    let part = if storage.origin_path.as_str().is_empty() { "" } else { " below its origin path" };
    let safe = |text: &str| redacted(&without_arguments(text));
    terminal::say(&safe(&format!(
        "The documents of this site lie in the bucket {bucket} in {region}{part}{}.",
        if storage.folder.as_str().is_empty() {
            ""
        } else {
            ", new ones in the folder for new documents"
        }
    )));
    terminal::say(&match (&storage.access_key, &storage.profile) {
        // Its ID was in the file and in no argument.
        (Some(id), _) => format!("They are reached with the access key {}.", id.as_str()),
        (None, Some(_)) => {
            "They are reached with the profile that is said for this site.".to_owned()
        }
        (None, None) => "They are reached with the usual AWS login of this computer.".to_owned(),
    });
    terminal::say(&safe(&match &storage.distribution {
        Some(id) => format!("A change is told to the caches of the distribution {}.", id.as_str()),
        None => {
            "The distribution is not known, so readers may get a replaced document a day later."
                .to_owned()
        }
    }));
    match &request.access_key_file {
        Some(file) if file != Path::new("-") => terminal::say(
            "The access key is in the keychain. Its file still holds it, and can be deleted now.",
        ),
        Some(_) => terminal::say("The access key is in the keychain."),
        None if request.forget_access_key => terminal::say(
            "The access key is forgotten here. In AWS it stays valid until it is deleted there.",
        ),
        None => {}
    }
}

fn show_storage(site: &Site, is_json: bool) -> Result<(), Failure> {
    let Some(storage) = &site.storage else {
        if is_json {
            terminal::json(&json!({ "site": site.name.as_str(), "storage": null }))?;
        } else {
            terminal::say("It is not known where the documents of this site lie.");
        }
        return Ok(());
    };
    let profile = storage.profile.as_ref().map(|profile| profile.as_str());
    let distribution = storage.distribution.as_ref().map(|id| id.as_str());
    let access_key = storage.access_key.as_ref().map(|id| id.as_str());
    if is_json {
        return Ok(terminal::json(&json!({
            "site": site.name.as_str(),
            "storage": {
                "bucket": storage.bucket.as_str(),
                "region": storage.region.as_str(),
                "profile": profile,
                "access_key_id": access_key,
                "origin_path": storage.origin_path.as_str(),
                "distribution": distribution,
                "folder": storage.folder.as_str()
            }
        }))?);
    }
    Ok(writeln!(
        terminal::output(),
        "{}\t{}\t{}\t{}\t{}\t{}\t{}",
        storage.bucket.as_str(),
        storage.region.as_str(),
        shown(profile.unwrap_or_default()),
        storage.origin_path.as_str(),
        distribution.unwrap_or_default(),
        shown(storage.folder.as_str()),
        access_key.unwrap_or_default()
    )?)
}

fn not_set(error: SetStorageError) -> Failure {
    match error {
        SetStorageError::Save(error) => not_saved(error),
        SetStorageError::Unknown => site_removed(),
        SetStorageError::Storage(error) => match error {
            StorageError::Bucket(error) => places::no_bucket(&error),
            StorageError::Region(error) => places::no_region(error),
            StorageError::Profile(error) => Failure::usage(
                format!("The value of --profile cannot be used: {error}."),
                "Give the name as it stands in ~/.aws/config.",
            ),
            StorageError::OriginPath(error) => Failure::usage(
                format!("The value of --origin-path cannot be used: {error}."),
                "Give it as CloudFront shows it beside the origin, as /production, or leave it out.",
            ),
            StorageError::Distribution(error) => {
                places::no_distribution(&error, "where it is not known")
            }
            StorageError::Folder(error) => places::no_folder("--folder", &error),
        },
    }
}

/// The site that a person calls so, with the option or word that names it.
pub fn named(app: &App, name: &str, option: &str) -> Result<Site, Failure> {
    app.site_named(name).ok_or_else(|| {
        Failure::usage(
            // Not repeated: what is no site's name may be anything.
            format!("There is no site of the name that {option} gives."),
            "Call signet sites list to see the names.",
        )
    })
}

/// Where the documents of a site lie.
pub fn storage_of(site: &Site) -> Result<Storage, Failure> {
    site.storage.clone().ok_or_else(|| {
        Failure::other(
            "It is not known where the documents of this site lie.",
            "Say it with signet sites storage, or let signet setup check find it.",
        )
    })
}

fn state_name(state: SiteState) -> &'static str {
    match state {
        SiteState::NeedsKey => "needs-key",
        SiteState::NeedsSetUp => "needs-set-up",
        SiteState::Ready => "ready",
        SiteState::Replacing => "replacing",
        SiteState::OldKeyStays => "old-key-stays",
    }
}
