//! Files that become documents, one after the other, and their links.
//!
//! What is written down of each stays until all of them are done: the same call once more, after a stop or a mended
//! mistake, finds those that are there and makes nothing twice.

use std::cell::Cell;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::Local;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use signet_app::documents::{AskError, DocumentKey, Folder, LocalFile, PutError};
use signet_app::sharing::{
    Caches, DocumentThere, IfThere, PlanDocumentError, PlannedDocument, PutDocument,
    PutDocumentError, ShowUpload, WantedLink,
};
use signet_app::{App, NewLink, Note, Site};
use signet_cloudfront::foreign::shown;
use signet_cloudfront::lifetime::Lifetime;
use signet_cloudfront::moment::Reading;
use signet_os::DocumentFile;
use signet_setup::permissions::DocumentsScope;

use super::files::{self, Files, Found, LeftOut};
use super::site::{self, Open};
use super::words::{self, Effect};
use crate::arguments::{Share, Uploading};
use crate::failure::Failure;
use crate::interrupt::Stop;
use crate::keys::{app_with_links, profile};
use crate::moment::now;
use crate::setup::aws::{Here, block_on};
use crate::terminal::{self, say};
use crate::{conditions, places};

/// So much of what was left out is named.
const MOST_LEFT_OUT: usize = 20;

/// What is wanted of each file.
pub enum Wanted {
    /// The document alone.
    Documents,
    /// A link to it, which works so long; `None` for as long as the window would choose.
    Links(Option<Lifetime>),
}

/// How long the links work, where that was said.
pub fn lifetime(request: &Share) -> Result<Option<Lifetime>, Failure> {
    let Share { expires_in, date_less_than, .. } = request;
    if expires_in.is_none() && date_less_than.is_none() {
        return Ok(None);
    }
    let end = conditions::end(date_less_than.as_deref(), expires_in.as_deref(), now())?;
    Ok(Some(Lifetime::written(Reading::Moment(end))))
}

/// Uploads the files, and makes the links.
pub fn run(request: &Uploading, wanted: Wanted) -> Result<ExitCode, Failure> {
    let files = files::find(&request.files)?;
    let app = app_with_links()?;
    let site = site::of(&request.of, &app)?;
    let folder = match &request.to {
        Some(text) => Some(Folder::parse(text).map_err(|error| places::no_folder("--to", &error))?),
        None => None,
    };
    let wanted = match wanted {
        Wanted::Documents => None,
        Wanted::Links(lifetime) => Some(link_wanted(lifetime, &site, &app)),
    };
    say_what_is_left_out(&files);
    let (here, uploads) = (Here(&app), profile()?.uploads());
    block_on(async {
        let open = site::open(&request.of, &site, &uploads, &here).await?;
        let chosen = folder.unwrap_or_else(|| open.storage().folder.clone());
        let target = open.folder(&chosen).map_err(|error| places::no_folder("--to", &error))?;
        let run = Run {
            open: &open,
            if_there: if request.replace { IfThere::Replace } else { IfThere::KeepBoth },
            wanted,
            target,
            is_json: request.of.json,
            is_single: files.all.len() == 1,
            bar: bar(&files),
            stop: Stop::on_ctrl_c("Stopping; once more stops at once."),
            has_put: Cell::new(false),
        };
        let done = run.all(&files.all, &site).await;
        // A folder in which nothing lies may be a slip. Whoever is not reached remembers nothing, which must cost no
        // document.
        if run.has_put.get() {
            let _: Result<(), _> = open.remember_folder(&chosen).await;
        }
        done
    })?
}

fn link_wanted(lifetime: Option<Lifetime>, site: &Site, app: &App) -> WantedLink {
    let usual = site.lifetime.or(app.choices().lifetime).unwrap_or(Lifetime::SevenDays);
    WantedLink {
        lifetime: lifetime.unwrap_or(usual),
        limits: signet_app::ChosenLimits::default(),
        note: Note::default(),
    }
}

fn say_what_is_left_out(files: &Files) {
    for (name, why) in files.left_out.iter().take(MOST_LEFT_OUT) {
        let why = match why {
            LeftOut::Hidden => "it is hidden",
            LeftOut::Link => "it is a link",
        };
        say(&format!("Left out, for {why}: {}", shown(name)));
    }
    let more = files.left_out.len().saturating_sub(MOST_LEFT_OUT);
    if more > 0 {
        say(&format!("Left out besides, hidden or links: {more}"));
    }
}

/// All files of one call.
struct Run<'a> {
    open: &'a Open<'a>,
    if_there: IfThere,
    /// `None` where the documents alone are.
    wanted: Option<WantedLink>,
    target: Folder,
    is_json: bool,
    is_single: bool,
    bar: ProgressBar,
    stop: Stop,
    /// Whether a document is there by now.
    has_put: Cell<bool>,
}

/// What became of a file.
struct Row {
    done: Option<(PlannedDocument, PutDocument)>,
    link: Option<NewLink>,
    failure: Option<Failure>,
    /// The others would fare the same.
    is_for_all: bool,
}

impl Row {
    fn failed(failure: Failure, is_for_all: bool) -> Self {
        Self { done: None, link: None, failure: Some(failure), is_for_all }
    }
}

impl Run<'_> {
    async fn all(&self, files: &[Found], site: &Site) -> Result<ExitCode, Failure> {
        let (mut puts, mut rows, mut failed) = (Vec::new(), Vec::new(), 0_usize);
        let mut stopped = None;
        for (number, found) in (1..).zip(files) {
            if self.stop.is_pressed() {
                stopped = Some(words::stopped());
                break;
            }
            let is_taken =
                |key: &DocumentKey| puts.iter().any(|put: &PutDocument| put.document.key == *key);
            let row = self.one(found, is_taken).await;
            if self.is_json {
                rows.push(self.to_json(number, found, &row));
            } else {
                self.write(&row)?;
            }
            puts.extend(row.done.map(|(_, put)| put));
            let Some(failure) = row.failure else { continue };
            failed += 1;
            if row.is_for_all || self.is_single {
                stopped = Some(failure);
                break;
            }
            if !self.is_json {
                self.bar.suspend(|| say(&format!("File {number}: {}", failure.what())));
            }
        }
        self.bar.finish_and_clear();
        if self.is_json {
            terminal::json(&json!({ "site": site.name.as_str(), "documents": rows }))?;
        }
        if let Some(failure) = stopped {
            return Err(failure);
        }
        if failed > 0 {
            return Err(Failure::other(
                format!("{failed} of {} files were not shared.", files.len()),
                "Mend those named above and run the same again; what is there is not sent twice.",
            ));
        }
        // All of them have what was wanted, so the next call begins anew.
        for put in &puts {
            // Found again, it is done again to no effect.
            let _: Result<(), _> = self.open.finish(put);
        }
        Ok(ExitCode::SUCCESS)
    }

    /// `is_taken` says whether another file of this call lies under a name.
    async fn one(&self, found: &Found, is_taken: impl Fn(&DocumentKey) -> bool) -> Row {
        let file = match DocumentFile::open(&found.path) {
            Ok(file) => Arc::new(file),
            Err(error) => return Row::failed(words::not_read(error), false),
        };
        let scope = self.scope();
        let folder = match self.target.within(&found.folder) {
            Ok(folder) => folder,
            Err(error) => return Row::failed(words::not_called(&error), false),
        };
        let planned = self.open.plan(file.facts(), &folder, &found.name, now()).await;
        let planned = match planned {
            Ok(planned) => planned,
            Err(error) => {
                let is_for_all = matches!(error, PlanDocumentError::Ask(_));
                return Row::failed(words::not_planned(&error, &scope), is_for_all);
            }
        };
        if self.if_there == IfThere::Replace && is_taken(&planned.key) {
            return Row::failed(words::twice(), false);
        }
        if let Some(wanted) = &self.wanted
            && let Err(error) = self.open.check_link(&planned, wanted, now(), Local).await
        {
            return Row::failed(words::not_linkable(&error), true);
        }
        if let (Some(there), IfThere::Replace, None) =
            (&planned.there, self.if_there, &planned.begun)
        {
            self.bar.suspend(|| say(&self.what_is_replaced(there)));
        }
        let begun_at = self.bar.position();
        let mut show = Showing { bar: &self.bar, begun_at, stop: &self.stop };
        let size = file.facts().size;
        let put = match self.open.put(&planned, self.if_there, file, &mut show).await {
            Ok(put) => put,
            Err(error) => {
                let is_for_all = is_for_all(&error);
                return Row::failed(words::not_put(&error, &scope), is_for_all);
            }
        };
        self.has_put.set(true);
        self.bar.set_position(begun_at + size);
        self.say_of(&planned, &put, &scope);
        let Some(wanted) = &self.wanted else {
            let done = Some((planned, put));
            return Row { done, link: None, failure: None, is_for_all: false };
        };
        match self.open.link(&put, wanted, now(), Local).await {
            Ok(link) => {
                let done = Some((planned, put));
                Row { done, link: Some(link), failure: None, is_for_all: false }
            }
            Err(error) => Row {
                done: Some((planned, put)),
                link: None,
                failure: Some(words::not_linked(&error)),
                // A keychain that is locked is so for all.
                is_for_all: true,
            },
        }
    }

    fn scope(&self) -> DocumentsScope<'_> {
        DocumentsScope { may_remove: false, ..site::scope(self.open.storage(), &self.target) }
    }

    fn what_is_replaced(&self, there: &DocumentThere) -> String {
        format!(
            "This is replaced: {}, {}. {}",
            self.name(there.document.key.as_str()),
            words::of(&there.document),
            words::links(&there.links, Effect::Replaced)
        )
    }

    /// What is to be known of a document that is there.
    fn say_of(&self, planned: &PlannedDocument, put: &PutDocument, scope: &DocumentsScope<'_>) {
        let mut said = String::new();
        if put.document.key != planned.key {
            _ = writeln!(
                said,
                "Kept beside the one that is there: {}.",
                self.name(put.document.key.as_str())
            );
        }
        if let Some(warning) =
            words::caches(&put.caches, "readers of older links may get the old document", scope)
        {
            _ = writeln!(said, "The document is there. {warning}");
        }
        if !said.is_empty() {
            self.bar.suspend(|| say(said.trim_end()));
        }
    }

    fn name(&self, key: &str) -> String {
        shown(self.open.name_of(key)).to_string()
    }

    /// The link, or where the document opens.
    fn write(&self, row: &Row) -> Result<(), Failure> {
        let line = match (&row.link, &row.done) {
            (Some(link), _) => link.link.as_str(),
            (None, Some((_, put))) if self.wanted.is_none() => put.address.as_str(),
            _ => return Ok(()),
        };
        let write = || {
            let mut output = terminal::exact();
            writeln!(output, "{line}")?;
            output.flush()
        };
        Ok(self.bar.suspend(write)?)
    }

    fn to_json(&self, number: usize, found: &Found, row: &Row) -> Value {
        let mut json = json!({ "number": number });
        let done = row.done.as_ref();
        if let Some((planned, put)) = done {
            json["file"] = match found.folder.as_str() {
                "" => found.name.clone().into(),
                folder => format!("{folder}/{}", found.name).into(),
            };
            json["document"] = self.open.name_of(put.document.key.as_str()).into();
            json["address"] = put.address.as_str().into();
            json["size"] = put.document.size.into();
            json["replaced"] = put.has_replaced.into();
            json["kept_beside"] = (put.document.key != planned.key).into();
            json["caches"] = caches(&put.caches).into();
        }
        if let Some(link) = &row.link {
            json["link"] = link.link.as_str().into();
            json["expires_at"] = link.terms.expires_at().into();
        }
        if let Some(failure) = &row.failure {
            json["what"] = failure.what().into();
        }
        json
    }
}

/// The released name of what became of the caches.
fn caches(caches: &Caches) -> &'static str {
    match caches {
        Caches::Untouched => "untouched",
        Caches::Told => "told",
        Caches::NotKnown => "not-known",
        Caches::NotTold(_) => "not-told",
    }
}

/// Whether the other files would fare the same.
fn is_for_all(error: &PutDocumentError) -> bool {
    matches!(
        error,
        PutDocumentError::Save(_)
            | PutDocumentError::Put(
                PutError::Ask(
                    AskError::NoLogin
                        | AskError::LoginUnusable
                        | AskError::LoginOfTools { .. }
                        | AskError::LoginExpired
                        | AskError::AccessKeyUnknown
                        | AskError::AccessKeyMismatch
                        | AskError::WrongClock
                        | AskError::NotAllowed { .. }
                        | AskError::NoBucket
                        | AskError::WrongRegion { .. }
                        | AskError::Unreachable
                ) | PutError::KmsKey { .. }
                    | PutError::Save(_)
                    | PutError::Stopped { .. }
            )
    )
}

/// A bar for a person at a terminal, over all files.
fn bar(files: &Files) -> ProgressBar {
    if !terminal::are_errors_read() {
        return ProgressBar::hidden();
    }
    let size = |found: &Found| found.path.metadata().map_or(0, |metadata| metadata.len());
    let template = "{percent:>3} % of {total_bytes} {wide_bar} {eta} left";
    let style = ProgressStyle::with_template(template);
    let bar = ProgressBar::new(files.all.iter().map(size).sum());
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// How far a file is.
struct Showing<'a> {
    bar: &'a ProgressBar,
    begun_at: u64,
    stop: &'a Stop,
}

impl ShowUpload for Showing<'_> {
    fn sent(&mut self, bytes: u64) {
        self.bar.set_position(self.begun_at + bytes);
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_pressed()
    }
}
