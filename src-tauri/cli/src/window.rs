//! `signet` alone: it becomes the window, which is the program `signet-desktop` beside it.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::failure::Failure;

const RENDERER: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Opens the window.
pub fn open() -> Result<(), Failure> {
    let has = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(target_os = "linux") && !has("DISPLAY") && !has("WAYLAND_DISPLAY") {
        return Err(Failure::other(
            "There is no display to open the window on.",
            "Log in to a desktop, or call signet --help to see what needs no window.",
        ));
    }
    let mut window = Command::new(program());
    // With some graphics drivers WebKitGTK's renderer leaves the window blank (WebKit bug 262607).
    // Its older one works everywhere; whoever wants the new one sets the variable to 0.
    if cfg!(target_os = "linux") && env::var_os(RENDERER).is_none() {
        window.env(RENDERER, "1");
    }
    become_it(&mut window)
}

/// Becomes the window's program, so that no second process waits beside it.
#[cfg(unix)]
fn become_it(window: &mut Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    // Only comes back where it failed.
    let _ = window.exec();
    Err(not_started())
}

#[cfg(not(unix))]
fn become_it(window: &mut Command) -> Result<(), Failure> {
    match window.status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err(not_started()),
    }
}

fn not_started() -> Failure {
    Failure::other(
        "The window of Signet could not be started.",
        "Install Signet again: its program signet-desktop belongs beside this one.",
    )
}

fn program() -> PathBuf {
    let name = format!("signet-desktop{}", env::consts::EXE_SUFFIX);
    env::current_exe()
        .ok()
        .and_then(|path| path.parent().map(|folder| folder.join(&name)))
        .filter(|path| path.is_file())
        .unwrap_or_else(|| name.into())
}
