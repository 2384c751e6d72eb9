//! Files that become documents, one after the other, and their links: what is said of them. The same call once more, after
//! a stop or a mended mistake, finds those that are there and makes nothing twice.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::Local;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use signet_app::documents::{Folder, FoundFile, LeftOut};
use signet_app::sharing::{
    Caches, DocumentThere, ManyFiles, Replaces, ShareFileError, ShareMany, SharedFile, ShowMany,
    ShowUpload, WantedLink,
};
use signet_app::{App, Note, Site};
use signet_cloudfront::foreign::shown;
use signet_cloudfront::lifetime::Lifetime;
use signet_cloudfront::moment::Reading;
use signet_os::DocumentFiles;
use signet_os::found_files::{self, FindFilesError, FoundFiles};
use signet_setup::permissions::DocumentsScope;

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
    let files = find(&request.files)?;
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
        let replaces = if request.replace { Replaces::WhatIsThere } else { Replaces::Nothing };
        let bar = bar(&files);
        let many = ManyFiles::new(files.all, &replaces);
        let mut telling = Telling {
            open: &open,
            target: &target,
            wants_links: wanted.is_some(),
            is_json: request.of.json,
            is_single: many.files().len() == 1,
            bar,
            begun_at: 0,
            stop: Stop::on_ctrl_c("Stopping; once more stops at once."),
            rows: Vec::new(),
            has_put: false,
            failure: None,
            unwritten: None,
        };
        let how = ShareMany {
            files: DocumentFiles,
            target: &target,
            wanted: wanted.as_ref(),
            clock: now,
            zone: Local,
        };
        if open.share_all(&many, &how, &mut telling, |_, error| error).await {
            open.finish_all(&many);
        }
        // A folder in which nothing lies may be a slip. Whoever is not reached remembers nothing, which must cost no
        // document.
        if telling.has_put {
            let _: Result<(), _> = open.remember_folder(&chosen).await;
        }
        telling.end(&many, &site)
    })?
}

fn find(words: &[PathBuf]) -> Result<FoundFiles, Failure> {
    if words.iter().any(|word| word.as_os_str() == "-") {
        return Err(Failure::usage(
            "The standard input is no document, for it has no name.",
            "Give a file.",
        ));
    }
    // Whoever names them in a terminal knows how many they are.
    let files = found_files::find(words, usize::MAX).map_err(|error| match error {
        FindFilesError::Unreadable { name } => Failure::other(
            format!("The folder {} cannot be read.", shown(&name)),
            "Look whether it is there and whether you may read it.",
        ),
        FindFilesError::TooMany { most } => Failure::other(
            format!("These are more than {most} files."),
            "Share them in several parts.",
        ),
    })?;
    if files.all.is_empty() {
        return Err(Failure::other(
            "There is no document in what was given.",
            "Give a file, or a folder with files in it that are not hidden.",
        ));
    }
    Ok(files)
}

fn link_wanted(lifetime: Option<Lifetime>, site: &Site, app: &App) -> WantedLink {
    let usual = site.lifetime.or(app.choices().lifetime).unwrap_or(Lifetime::SevenDays);
    WantedLink {
        lifetime: lifetime.unwrap_or(usual),
        limits: signet_app::ChosenLimits::default(),
        note: Note::default(),
    }
}

fn say_what_is_left_out(files: &FoundFiles) {
    for (name, why) in files.left_out.iter().take(MOST_LEFT_OUT) {
        let why = match why {
            LeftOut::Hidden => "it is hidden",
            LeftOut::Link => "it is a link",
            LeftOut::OfSystem => "it is the system's own",
        };
        say(&format!("Left out, for {why}: {}", shown(name)));
    }
    let more = files.left_out.len().saturating_sub(MOST_LEFT_OUT);
    if more > 0 {
        say(&format!("Left out besides, hidden, links or the system's own: {more}"));
    }
}

/// What is said while files are on their way.
struct Telling<'a> {
    open: &'a Open<'a>,
    target: &'a Folder,
    wants_links: bool,
    is_json: bool,
    is_single: bool,
    bar: ProgressBar,
    /// Where the file began that is on its way, in bytes of all of them.
    begun_at: u64,
    stop: Stop,
    rows: Vec<Value>,
    /// Whether a document is there by now.
    has_put: bool,
    /// With which nothing goes on, or which is of the one file.
    failure: Option<Failure>,
    /// A link could not be written, so nothing goes on.
    unwritten: Option<io::Error>,
}

impl ShowUpload for Telling<'_> {
    fn sent(&mut self, bytes: u64) {
        self.bar.set_position(self.begun_at + bytes);
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_pressed() || self.unwritten.is_some()
    }
}

impl ShowMany for Telling<'_> {
    fn replaces(&mut self, there: &DocumentThere) {
        let what = format!(
            "This is replaced: {}, {}. {}",
            shown(self.open.name_of(there.document.key.as_str())),
            words::of(&there.document),
            words::links(&there.links, Effect::Replaced)
        );
        self.bar.suspend(|| say(&what));
    }

    fn ended(
        &mut self,
        row: usize,
        file: &FoundFile,
        became: Result<&SharedFile, &ShareFileError>,
    ) {
        let number = row + 1;
        let shared = match became {
            Ok(shared) => Some(shared),
            Err(ShareFileError::NotLinked { file, .. }) => Some(&**file),
            Err(_) => None,
        };
        let failure = became.err().map(|error| words::not_shared(error, &self.scope()));
        self.begun_at += file.size;
        if let Some(shared) = shared {
            self.has_put = true;
            self.bar.set_position(self.begun_at);
            self.say_of(shared);
        }
        if self.is_json {
            self.rows.push(to_json(number, file, shared, failure.as_ref()));
        } else if let Some(line) = shared.and_then(|shared| self.line(shared)) {
            let write = || {
                let mut output = terminal::exact();
                writeln!(output, "{line}")?;
                output.flush()
            };
            self.unwritten = self.bar.suspend(write).err();
        }
        let Some(failure) = failure else { return };
        if self.is_single || became.is_err_and(ShareFileError::is_for_all) {
            self.failure = Some(failure);
        } else if !self.is_json {
            self.bar.suspend(|| say(&format!("File {number}: {}", failure.what())));
        }
    }
}

impl Telling<'_> {
    /// What there is to say at the end.
    fn end(self, many: &ManyFiles<ShareFileError>, site: &Site) -> Result<ExitCode, Failure> {
        self.bar.finish_and_clear();
        if let Some(error) = self.unwritten {
            return Err(error.into());
        }
        if self.is_json {
            terminal::json(&json!({ "site": site.name.as_str(), "documents": self.rows }))?;
        }
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let tally = many.tally();
        if tally.failed > 0 {
            return Err(Failure::other(
                format!("{} of {} files were not shared.", tally.failed, tally.total),
                "Mend those named above and run the same again; what is there is not sent twice.",
            ));
        }
        // It was stopped between two of them.
        if tally.made < tally.total { Err(words::stopped()) } else { Ok(ExitCode::SUCCESS) }
    }

    fn scope(&self) -> DocumentsScope<'_> {
        DocumentsScope { may_remove: false, ..site::scope(self.open.storage(), self.target) }
    }

    /// What is to be known of a document that is there.
    fn say_of(&self, shared: &SharedFile) {
        let mut said = String::new();
        if shared.is_beside {
            _ = writeln!(said, "Kept beside the one that is there: {}.", shown(&shared.name));
        }
        let effect = "readers of older links may get the old document";
        if let Some(warning) = words::caches(&shared.caches, effect, &self.scope()) {
            _ = writeln!(said, "The document is there. {warning}");
        }
        if !said.is_empty() {
            self.bar.suspend(|| say(said.trim_end()));
        }
    }

    /// The link, or where the document opens.
    fn line<'s>(&self, shared: &'s SharedFile) -> Option<&'s str> {
        match &shared.link {
            Some(link) => Some(link.link.as_str()),
            None if self.wants_links => None,
            None => Some(shared.address.as_str()),
        }
    }
}

fn to_json(
    number: usize,
    file: &FoundFile,
    shared: Option<&SharedFile>,
    failure: Option<&Failure>,
) -> Value {
    let mut json = json!({ "number": number });
    if let Some(shared) = shared {
        json["file"] = file.with_folder().into();
        json["document"] = shared.name.as_str().into();
        json["address"] = shared.address.as_str().into();
        json["size"] = shared.put.as_ref().map_or(file.size, |put| put.document.size).into();
        json["replaced"] = shared.has_replaced.into();
        json["kept_beside"] = shared.is_beside.into();
        json["caches"] = caches(&shared.caches).into();
    }
    if let Some(link) = shared.and_then(|shared| shared.link.as_ref()) {
        json["link"] = link.link.as_str().into();
        json["expires_at"] = link.terms.expires_at().into();
    }
    if let Some(failure) = failure {
        json["what"] = failure.what().into();
    }
    json
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

/// A bar for a person at a terminal, over all files.
fn bar(files: &FoundFiles) -> ProgressBar {
    if !terminal::are_errors_read() {
        return ProgressBar::hidden();
    }
    let template = "{percent:>3} % of {total_bytes} {wide_bar} {eta} left";
    let style = ProgressStyle::with_template(template);
    let bar = ProgressBar::new(files.all.iter().map(|file| file.size).sum());
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
