//! The window of Signet: the composition root, the only place that knows everybody.
//!
//! `ipc` speaks with the web UI, `native` with the desktop, the use
//! cases are in `signet-app`, the keychain, the settings and the history of links in `signet-os`.

pub mod ipc;
pub mod native;
mod window;

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use signet_app::App;
use signet_cloudfront::foreign;
use signet_os::{ProfileFolder, SystemKeychain, own_process, time_zone, umask};
use tauri::{Manager, Runtime};
use tauri_plugin_window_state::DEFAULT_FILENAME;

use ipc::Signet;
use native::{Desktop, SystemClock};

/// Starts Signet and returns when its window is closed.
pub fn run() -> ExitCode {
    umask::tighten();
    own_process::seclude();
    if time_zone::check().is_err() {
        return run_without_time_zone();
    }
    let app = with_commands(tauri::Builder::default())
        // Must be the first plugin: a second instance ends here, before it touches anything.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| window::bring_to_front(app)))
        .plugin(tauri_plugin_clipboard_manager::init())
        .setup(|app| {
            let places = app.path().app_config_dir()?.join(DEFAULT_FILENAME);
            // The plugin reads whatever is there, and a pipe or a device would keep it for ever.
            if places.metadata().map_or(true, |found| found.is_file()) {
                app.handle().plugin(tauri_plugin_window_state::Builder::new().build())?;
            } else {
                say(&format!(
                    "{} is no file, so the window's place is not kept.",
                    places.display()
                ));
            }
            let profile = ProfileFolder::of_this_person()?;
            let set_aside = profile.quarantine_what_is_damaged();
            let (history, set_ups) = (Box::new(profile.history()), profile.set_ups());
            let uploads = profile.uploads();
            let use_cases =
                App::new(Box::<SystemKeychain>::default(), Box::new(profile)).with_history(history);
            let desktop = Desktop::of(app.handle().clone());
            let use_cases = Arc::new(use_cases);
            app.manage(Signet::new(use_cases, desktop, SystemClock, set_aside, set_ups, uploads));
            window::open(app.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => ExitCode::from(u8::try_from(app.run_return(|_, _| {})).unwrap_or(1)),
        Err(_) => ExitCode::FAILURE,
    }
}

/// Every part of the window reads the file that `TZ` names, and this one has no end or no beginning.
#[cfg(unix)]
fn run_without_time_zone() -> ExitCode {
    use std::os::unix::process::CommandExt;
    say("The environment variable TZ names no time zone, so the computer's own is used.");
    if let Ok(program) = std::env::current_exe() {
        // Only comes back where it failed.
        let _ = std::process::Command::new(program)
            .args(std::env::args_os().skip(1))
            .env_remove("TZ")
            .exec();
    }
    ExitCode::FAILURE
}

#[cfg(not(unix))]
fn run_without_time_zone() -> ExitCode {
    ExitCode::FAILURE
}

/// For whoever started the window from a terminal.
fn say(line: &str) {
    // There is nobody left to tell that even this could not be written.
    let _ = writeln!(std::io::stderr(), "{}", foreign::line(line));
}

/// The command table on a builder: the window's, or a test's without a desktop.
pub fn with_commands<R: Runtime>(builder: tauri::Builder<R>) -> tauri::Builder<R> {
    builder.invoke_handler(ipc::handler())
}
