//! The program `signet`: called alone it opens the window, which is the program `signet-desktop`
//! beside it. It loads no toolkit itself, so that terminal commands can start in milliseconds.

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

const RENDERER: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

fn main() -> ExitCode {
    if env::args_os().len() > 1 {
        return say(
            "Signet has no terminal commands yet.",
            "Call signet alone to open the window.",
            2,
        );
    }
    open_window(&mut window())
}

/// Becomes the window's program, so that no second process waits beside it.
#[cfg(unix)]
fn open_window(window: &mut Command) -> ExitCode {
    use std::os::unix::process::CommandExt;
    // Only comes back where it failed.
    let _ = window.exec();
    not_started()
}

#[cfg(not(unix))]
fn open_window(window: &mut Command) -> ExitCode {
    match window.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(_) => not_started(),
    }
}

fn not_started() -> ExitCode {
    say(
        "The window of Signet could not be started.",
        "Install Signet again: its program signet-desktop belongs beside this one.",
        1,
    )
}

fn window() -> Command {
    let mut window = Command::new(window_program());
    // With some graphics drivers WebKitGTK's renderer leaves the window blank (WebKit bug 262607).
    // Its older one works everywhere; whoever wants the new one sets the variable to 0.
    if cfg!(target_os = "linux") && env::var_os(RENDERER).is_none() {
        window.env(RENDERER, "1");
    }
    window
}

fn window_program() -> PathBuf {
    let name = format!("signet-desktop{}", env::consts::EXE_SUFFIX);
    env::current_exe()
        .ok()
        .and_then(|path| path.parent().map(|folder| folder.join(&name)))
        .filter(|path| path.is_file())
        .unwrap_or_else(|| name.into())
}

/// Two sentences on the error stream: what happened, and what to do.
fn say(what: &str, do_now: &str, code: u8) -> ExitCode {
    // There is nobody left to tell that even this could not be written.
    let _ = writeln!(io::stderr(), "{what}\n{do_now}");
    ExitCode::from(code)
}
