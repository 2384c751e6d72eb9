//! What the web UI may ask for: the command table, and what the commands share.
//!
//! A command parses its request into the types of the crates below, reads the clock, calls one use case and
//! answers with a view. Deliberately not here: any decision, and any path or byte of a key.

mod access_keys;
mod aws_errors;
mod batch;
#[cfg(test)]
mod bindings;
mod documents;
mod done_for_you;
mod drops;
mod error;
mod files;
mod folders;
mod history;
mod inspection;
mod key_halves;
mod keychain_line;
mod keys;
mod links;
mod made_thing;
mod orphans;
mod practice;
mod replacement;
mod set_up;
mod shown;
mod site_documents;
mod sites;
mod start;
mod storage_errors;
mod trial;
mod views;
mod zoom;

use std::path::Path;
use std::sync::Arc;

use signet_app::{App, KeyId, NewKey, Zoom};
use signet_cloudfront::foreign;
use signet_cloudfront::key_file::LockedKey;
use signet_cloudfront::stack;
use signet_os::{KeptUploads, SetUps};
use tauri::Runtime;
use tauri::ipc::Invoke;
use tokio::sync::{Mutex, oneshot};

use batch::Batches;
use documents::{HeldDocument, WindowUpload};
use done_for_you::AllDoneForYou;
use drops::Drops;
use error::IpcError;
use files::HeldFiles;
use folders::OpenFolders;
use keychain_line::KeychainLine;
use site_documents::LastChange;
use start::Watches;

use crate::native::{Clock, Desktop};
use signet_practice::Practice;

/// Declares the commands once: as Tauri's handler, by name, and for the test that prints the UI's client and
/// what the window is granted. What a command is asked and answers is read from its own signature.
macro_rules! command_table {
    ($($(#[doc = $says:literal])* $module:ident :: $command:ident),* $(,)?) => {
        /// The names of all commands.
        pub const COMMANDS: &[&str] = &[$(stringify!($command)),*];

        /// Calls the command that the web UI named.
        pub fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($module::$command),*]
        }

        /// How the web UI calls each of them.
        #[cfg(test)]
        fn declared() -> Vec<bindings::Declared> {
            vec![$(bindings::declared(stringify!($command), &[$($says),*], $module::$command)),*]
        }
    };
}

command_table![
    start::start,
    /// Shows everything larger or smaller, now and at the next start.
    zoom::zoom,
    /// Tells of the sites at once, and again whenever they became others: a terminal changes them too.
    start::watch_sites,
    /// A site without key or address, whose set-up begins.
    sites::add_site,
    sites::rename_site,
    sites::set_site_lifetime,
    sites::set_site_day_end,
    /// Whether a link of it is tried when it was made.
    sites::set_site_tries_links,
    /// Where its documents lie, so that others can be put there. Nothing is asked of that place.
    sites::set_site_storage,
    /// Takes the access key to its documents from a file or the clipboard into the keychain. AWS is not asked.
    access_keys::set_access_key,
    /// At AWS it is as valid as before.
    access_keys::forget_access_key,
    /// Its keys leave the keychain too.
    sites::remove_site,
    keys::add_key,
    keys::unlock_key,
    keys::forget_pending_key,
    keys::restore_key,
    keys::rename_key,
    keys::change_hash,
    /// The site stays, without a key too.
    keys::remove_key,
    keys::make_key,
    /// Says what CloudFront calls a key, which makes the links of its site from now on.
    keys::register_key,
    key_halves::show_public_key,
    /// Resolves once the public half was read back from the clipboard.
    key_halves::copy_public_key,
    key_halves::save_public_key,
    key_halves::back_up_key,
    /// Keys of the keychain that the list does not name. Asks nobody to unlock anything.
    orphans::find_orphans,
    /// Puts one of them back into the list, as the key of a new site.
    orphans::restore_orphan,
    orphans::remove_orphan,
    /// Makes the key that is to take the place of a site's.
    replacement::replace_key,
    replacement::replacement,
    /// The new key makes the links from now on.
    replacement::switch_key,
    links::preview_address,
    links::preview_lifetime,
    /// When the links would end whose lifetimes can be chosen by a click.
    links::preview_ends,
    links::wrong_in_link,
    links::preview_limits,
    links::create_link,
    /// Resolves once the text was read back from the clipboard.
    links::copy_text,
    links::save_qr,
    links::open_link,
    /// Says what a pasted text's link does, or why it does not open.
    inspection::inspect_link,
    /// Asks the network, so only ever after a click; rejects with `trialCancelled` after `stopTrying`.
    trial::try_link,
    /// Whether the document of a row is on the site, whether or not it has its link already.
    trial::try_row,
    /// Whether the link that was made last opens its document, without a click; each link once.
    trial::try_fresh_link,
    trial::stop_trying,
    history::list_history,
    /// Every key that made a link of the list, removed ones too, and those that are here.
    history::history_keys,
    /// Signs the old link once more; resolves once it was read back from the clipboard.
    history::copy_again,
    history::recipe_of,
    history::set_note,
    history::remove_entries,
    history::restore_entries,
    history::clear_history,
    history::export_history,
    /// The links of a key that have not ended: how many, and the first of them.
    history::links_of_key,
    /// Asks for a file of this computer; it is the document of the next link that `shareDocument` makes.
    documents::choose_document,
    /// Puts it on the site and makes its link, or says first what is there under its name.
    documents::share_document,
    /// How far that is; null where nothing is on its way.
    documents::share_progress,
    /// What runs rejects with `shareStopped`.
    documents::stop_sharing,
    /// Asks for several files of this computer, or for a folder; they take the place of those before.
    files::choose_files,
    /// The files, and what an earlier run left unfinished.
    files::files_state,
    files::file_rows,
    /// Puts the files on the site and makes their links, or says first what is there under their names. Resolves when it
    /// ends; how far it is says `filesState`.
    files::share_files,
    /// Does what is left to do: after a stop, of files that failed, and of an earlier run.
    files::go_on_with_files,
    /// What is there stays, with its links.
    files::stop_files,
    /// Forgets the files, or those of an earlier run. What of them is there stays, with its links.
    files::drop_files,
    files::copy_file_link,
    files::copy_all_file_links,
    files::save_file_links,
    /// Reads the beginning of a folder of the site's documents: one answer of its storage.
    folders::open_folder,
    /// Reads on, so many answers or to the end; ends early where another folder was opened.
    folders::read_folder,
    /// A part of what was read; asks no network.
    folders::folder_page,
    folders::close_folder,
    /// The links that open a document of the open folder; null where that is not known, as in practice.
    site_documents::links_of_document,
    /// Gives it another name, if it is still what was shown. The links to the old one end.
    site_documents::rename_document,
    /// Puts the chosen file in its place, if it is still what was shown. How far that is says `shareProgress`.
    site_documents::replace_document,
    /// Takes it away, if it is still what was shown. The links to it end.
    site_documents::take_away_document,
    /// Takes back the last new name or removal.
    site_documents::undo_document,
    /// Tells of files that are dragged over the window and dropped, until somebody else wants to know.
    drops::watch_drops,
    /// Reads a list of documents; it stays in Rust and takes the place of the one before.
    batch::read_list,
    batch::choose_list,
    batch::list_rows,
    /// The row as it was read again; it may have a problem still.
    batch::mend_row,
    /// Answers a question about the whole list; its rows are read once more.
    batch::answer_list,
    batch::leave_out_rows,
    batch::leave_out_problems,
    batch::batch_state,
    /// Begins; how far it is says `batchState`.
    batch::create_batch,
    /// Makes what is not made: after a stop, and rows that failed.
    batch::retry_batch,
    /// What is made stays made.
    batch::stop_batch,
    /// Goes on with the unfinished list of an earlier run.
    batch::resume_batch,
    /// Forgets the list, or the unfinished one; links that were made stay in the history.
    batch::drop_batch,
    batch::copy_row,
    batch::copy_all_rows,
    batch::save_rows,
    batch::sheet_codes,
    /// Opens the print dialog.
    batch::print_sheet,
    /// How far the set-up of CloudFront is.
    set_up::set_up,
    /// Takes what is typed and ticked, right or wrong; what is right is kept for the next start.
    set_up::answer_set_up,
    set_up::clear_set_up,
    /// Finds the public key ID and the site in what an IT person sent.
    set_up::read_set_up_result,
    /// Resolves once the value was read back from the clipboard.
    set_up::copy_set_up_value,
    set_up::save_handoff,
    /// Gives the key its address and its ID, so that it makes links from now on.
    set_up::register_set_up,
    /// What the AWS login has, to choose from.
    done_for_you::aws_places,
    done_for_you::plan_set_up,
    /// Does the plan that was shown last. Resolves once all is made and the key is registered; that may take minutes.
    done_for_you::apply_set_up,
    /// What is being done this moment.
    done_for_you::set_up_work,
    /// What runs rejects with `setUpStopped`.
    done_for_you::stop_set_up,
    /// What Signet made for the chosen key; asks no network.
    done_for_you::set_up_made,
    done_for_you::undo_set_up,
    done_for_you::check_set_up,
    practice::start_practice,
    practice::leave_practice,
];

/// What the commands work with.
pub struct Signet {
    app: Arc<App>,
    desktop: Desktop,
    clock: Arc<dyn Clock>,
    keychain: KeychainLine,
    set_aside: Option<String>,
    pending: Mutex<Option<PendingKey>>,
    /// Held while a passphrase is tried, to its end even where nobody waits for it any more.
    unlocking: Mutex<()>,
    practice: Mutex<Option<Practice>>,
    batches: Mutex<Batches>,
    /// Ends the trial that is under way when it is dropped.
    trial: Mutex<Option<oneshot::Sender<()>>>,
    fresh: Mutex<trial::Fresh>,
    drops: Drops,
    held_document: HeldDocument,
    held_files: HeldFiles,
    upload: WindowUpload,
    folders: OpenFolders,
    last_change: LastChange,
    uploads: KeptUploads,
    set_ups_typed: Mutex<set_up::SetUps>,
    set_ups: SetUps,
    done_for_you: Mutex<AllDoneForYou>,
    watches: Watches,
    /// How large everything is at this moment.
    zoom: Mutex<Zoom>,
}

/// A locked key file that was chosen and waits for its passphrase.
struct PendingKey {
    key: Arc<LockedKey>,
    purpose: Purpose,
    file: ChosenFile,
}

/// What a chosen key file is for.
#[derive(Clone)]
enum Purpose {
    Add(NewKey),
    Restore(KeyId),
}

/// As much of a file's place as a person needs to find it again; the path stays on this side.
#[derive(Clone)]
struct ChosenFile {
    name: String,
    folder: String,
}

impl ChosenFile {
    fn at(path: &Path) -> Self {
        let shown = |name: Option<&std::ffi::OsStr>| {
            name.map(|name| foreign::shown(&name.to_string_lossy())).unwrap_or_default()
        };
        Self {
            name: shown(path.file_name()),
            folder: shown(path.parent().and_then(Path::file_name)),
        }
    }
}

impl Signet {
    /// Puts together what the commands work with.
    pub fn new(
        app: Arc<App>,
        desktop: Desktop,
        clock: impl Clock + 'static,
        set_aside: Option<String>,
        set_ups: SetUps,
        uploads: KeptUploads,
    ) -> Self {
        let zoom = Mutex::new(app.choices().zoom);
        Self {
            app,
            desktop,
            clock: Arc::new(clock),
            keychain: KeychainLine::default(),
            set_aside,
            pending: Mutex::new(None),
            unlocking: Mutex::default(),
            practice: Mutex::new(None),
            batches: Mutex::default(),
            trial: Mutex::default(),
            fresh: Mutex::default(),
            drops: Drops::default(),
            held_document: HeldDocument::default(),
            held_files: HeldFiles::default(),
            upload: WindowUpload::default(),
            folders: OpenFolders::default(),
            last_change: LastChange::default(),
            uploads,
            set_ups_typed: Mutex::default(),
            set_ups,
            done_for_you: Mutex::default(),
            watches: Watches::default(),
            zoom,
        }
    }

    /// Calls a use case that asks the keychain, when it is its turn.
    async fn at_keychain<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> T + Send + 'static,
    ) -> Result<T, IpcError> {
        let _turn = self.keychain.turn().await?;
        self.at_app(work).await
    }

    /// Calls a use case that may wait for the disk.
    async fn at_app<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> T + Send + 'static,
    ) -> Result<T, IpcError> {
        let app = Arc::clone(&self.app);
        off_thread(move || work(&app)).await
    }
}

/// Does something slow where neither the window nor another command waits for it. It may have a key
/// in its hands, so nothing of it stays on the thread's stack, which serves other work afterwards.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, IpcError> {
    tauri::async_runtime::spawn_blocking(|| stack::wiped_after(work))
        .await
        .map_err(|_| IpcError::Internal)
}
