//! The window of Signet: the composition root, the only place that knows everybody.
//!
//! `ipc` speaks with the web UI, `native` with the desktop, `practice` is the local edge; the use
//! cases are in `signet-core`, the keychain, the settings and the history of links in `signet-os`.

pub mod ipc;
pub mod native;
pub mod practice;
mod window;

use std::process::ExitCode;
use std::sync::Arc;

use signet_core::desk::Desk;
use signet_os::{Keychain, ProfileFolder, own_process};
use tauri::{Manager, Runtime};

use ipc::Signet;
use native::{Desktop, SystemClock};

/// Starts Signet and returns when its window is closed.
pub fn run() -> ExitCode {
    own_process::seclude();
    let app = with_commands(tauri::Builder::default())
        // Must be the first plugin: a second instance ends here, before it touches anything.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| window::bring_to_front(app)))
        .plugin(tauri_plugin_window_state::Builder::new().build())
        .plugin(tauri_plugin_clipboard_manager::init())
        .setup(|app| {
            let profile = ProfileFolder::of_this_person()?;
            let opened = profile.open();
            let (history, set_ups) = (Box::new(profile.history()), profile.set_ups());
            let desk = Desk::new(Box::<Keychain>::default(), Box::new(profile), opened.book)
                .with_history(history);
            let desktop = Desktop::of(app.handle().clone());
            app.manage(Signet::new(
                Arc::new(desk),
                desktop,
                SystemClock,
                opened.set_aside,
                set_ups,
            ));
            window::open(app.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => ExitCode::from(u8::try_from(app.run_return(|_, _| {})).unwrap_or(1)),
        Err(_) => ExitCode::FAILURE,
    }
}

/// The command table on a builder: the window's, or a test's without a desktop.
pub fn with_commands<R: Runtime>(builder: tauri::Builder<R>) -> tauri::Builder<R> {
    builder.invoke_handler(ipc::handler())
}
