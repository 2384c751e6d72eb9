//! What the web UI may ask for: the command table, and what the commands share.
//!
//! A command parses its request into the core's types, reads the clock, calls one use case and
//! answers with a view. Deliberately not here: any decision, and any path or byte of a key.

mod aws_errors;
mod done_for_you;
mod drops;
mod error;
mod history;
mod inspection;
mod keychain_line;
mod keys;
mod links;
mod made_keys;
mod many;
mod orphans;
mod practice;
mod replacement;
mod set_up;
mod start;
mod trial;
mod views;

use std::path::Path;
use std::sync::Arc;

use signet_app::{App, KeyId, NewKey};
use signet_core::foreign;
use signet_core::key_file::LockedKey;
use signet_core::stack;
use signet_os::SetUps;
use tauri::Runtime;
use tauri::ipc::Invoke;
use tokio::sync::{Mutex, oneshot};

use done_for_you::DoneForYou;
use drops::Drops;
use error::IpcError;
use keychain_line::KeychainLine;
use many::Many;
use set_up::SetUp;
use start::Watches;

use crate::native::{Clock, Desktop};
use crate::practice::Practice;

/// Declares the commands once: as Tauri's handler, and by name for the test that compares them with
/// what the window is granted.
macro_rules! command_table {
    ($($module:ident :: $command:ident),* $(,)?) => {
        /// The names of all commands.
        pub const COMMANDS: &[&str] = &[$(stringify!($command)),*];

        /// Calls the command that the web UI named.
        pub fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($module::$command),*]
        }
    };
}

command_table![
    start::start,
    start::watch_keys,
    keys::add_key,
    keys::unlock_key,
    keys::forget_pending_key,
    keys::restore_key,
    keys::rename_key,
    keys::change_hash,
    keys::remove_key,
    made_keys::make_key,
    made_keys::connect_key,
    made_keys::rename_made_key,
    made_keys::show_public_key,
    made_keys::copy_public_key,
    made_keys::save_public_key,
    made_keys::back_up_key,
    orphans::find_orphans,
    orphans::restore_orphan,
    orphans::remove_orphan,
    replacement::replace_key,
    replacement::replacement,
    replacement::switch_key,
    links::preview_address,
    links::preview_lifetime,
    links::preview_limits,
    links::create_link,
    links::copy_text,
    links::save_qr,
    links::open_link,
    inspection::inspect_link,
    trial::try_link,
    trial::try_row,
    trial::stop_trying,
    history::list_history,
    history::history_keys,
    history::copy_again,
    history::recipe_of,
    history::set_note,
    history::remove_entries,
    history::restore_entries,
    history::clear_history,
    history::export_history,
    history::links_of_key,
    drops::watch_drops,
    many::read_list,
    many::choose_list,
    many::list_rows,
    many::mend_row,
    many::answer_list,
    many::leave_out_rows,
    many::leave_out_problems,
    many::many_state,
    many::create_many,
    many::retry_many,
    many::stop_many,
    many::resume_many,
    many::drop_many,
    many::copy_row,
    many::copy_all_rows,
    many::save_rows,
    many::sheet_codes,
    many::print_sheet,
    set_up::set_up,
    set_up::answer_set_up,
    set_up::clear_set_up,
    set_up::take_sent_back,
    set_up::copy_set_up_value,
    set_up::save_hand_over,
    set_up::connect_set_up,
    done_for_you::aws_places,
    done_for_you::plan_set_up,
    done_for_you::apply_set_up,
    done_for_you::set_up_work,
    done_for_you::stop_set_up,
    done_for_you::set_up_made,
    done_for_you::take_back_set_up,
    done_for_you::check_set_up,
    practice::start_practice,
    practice::leave_practice,
];

/// What the commands work with.
pub struct Signet {
    desk: Arc<App>,
    desktop: Desktop,
    clock: Box<dyn Clock>,
    keychain: KeychainLine,
    set_aside: Option<String>,
    pending: Mutex<Option<PendingKey>>,
    /// Held while a passphrase is tried, to its end even where nobody waits for it any more.
    unlocking: Mutex<()>,
    practice: Mutex<Option<Practice>>,
    many: Mutex<Many>,
    /// Ends the trial that is under way when it is dropped.
    trial: Mutex<Option<oneshot::Sender<()>>>,
    drops: Drops,
    set_up: Mutex<SetUp>,
    set_ups: SetUps,
    done_for_you: Mutex<DoneForYou>,
    watches: Watches,
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
        desk: Arc<App>,
        desktop: Desktop,
        clock: impl Clock + 'static,
        set_aside: Option<String>,
        set_ups: SetUps,
    ) -> Self {
        Self {
            desk,
            desktop,
            clock: Box::new(clock),
            keychain: KeychainLine::default(),
            set_aside,
            pending: Mutex::new(None),
            unlocking: Mutex::default(),
            practice: Mutex::new(None),
            many: Mutex::default(),
            trial: Mutex::default(),
            drops: Drops::default(),
            set_up: Mutex::default(),
            set_ups,
            done_for_you: Mutex::default(),
            watches: Watches::default(),
        }
    }

    /// Does something with the desk that asks the keychain, when it is its turn.
    async fn at_keychain<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> T + Send + 'static,
    ) -> Result<T, IpcError> {
        let _turn = self.keychain.turn().await?;
        self.at_app(work).await
    }

    /// Does something with the desk that may wait for the disk.
    async fn at_app<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> T + Send + 'static,
    ) -> Result<T, IpcError> {
        let desk = Arc::clone(&self.desk);
        off_thread(move || work(&desk)).await
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

#[cfg(test)]
mod tests {
    use super::COMMANDS;

    #[test]
    fn the_window_is_granted_exactly_the_command_table() {
        let granted: Vec<&str> = include_str!("../../permissions/own-commands.toml")
            .lines()
            .filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","))
            .collect();
        assert_eq!(granted, COMMANDS);
    }
}
