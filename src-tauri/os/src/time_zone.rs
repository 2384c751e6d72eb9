//! The time zone that the environment names, before anything reads it.
//!
//! Chrono, GTK and the browser engine each read the file that `TZ` names, whole: a device has no end,
//! and a pipe has none who writes. So the name is looked at first, and nothing is opened.

use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;

use thiserror::Error;

/// The largest zone of the time zone database has a hundredth of that.
const MAX_BYTES: u64 = 1 << 20;

/// Where a name without a folder is looked for: by chrono, and by the C library.
const FOLDERS: [&str; 4] =
    ["/usr/share/zoneinfo", "/share/zoneinfo", "/etc/zoneinfo", "/usr/share/lib/zoneinfo"];

/// `TZ` names something that is no file of a time zone: a pipe, a device, a folder, or far too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the environment variable TZ names no time zone")]
pub struct NoTimeZone;

/// Looks at what `TZ` names. A name of nothing at all is none of ours: every program then has a zone of
/// its own to fall back on.
///
/// # Errors
/// [`NoTimeZone`].
pub fn check() -> Result<(), NoTimeZone> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    env::var_os("TZ").map_or(Ok(()), |name| check_name(&name, env::var_os("TZDIR").as_deref()))
}

fn check_name(name: &OsStr, folder: Option<&OsStr>) -> Result<(), NoTimeZone> {
    let name = PathBuf::from(name);
    let text = name.to_string_lossy();
    let name = text.strip_prefix(':').map_or_else(|| name.clone(), PathBuf::from);
    if name.as_os_str().is_empty() {
        return Ok(());
    }
    let folders = folder.into_iter().chain(FOLDERS.iter().map(OsStr::new));
    let is_unfit = folders.map(|folder| PathBuf::from(folder).join(&name)).any(|file| {
        // A link is followed, as those who read the file do.
        file.metadata().is_ok_and(|found| !found.is_file() || found.len() > MAX_BYTES)
    });
    if is_unfit { Err(NoTimeZone) } else { Ok(()) }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn checked(name: impl AsRef<OsStr>) -> Result<(), NoTimeZone> {
        check_name(name.as_ref(), None)
    }

    #[test]
    fn a_zone_has_a_name_a_rule_or_an_ordinary_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("zone");
        std::fs::write(&file, b"TZif").unwrap();
        assert_eq!(checked(&file), Ok(()));
        for name in [
            "",
            ":",
            "UTC",
            "Europe/London",
            ":Europe/London",
            "EST5EDT",
            "UTC-3",
            "localtime",
            "Nowhere/At_All",
            "<+0330>-3:30",
            "/no/such/file",
        ] {
            assert_eq!(checked(name), Ok(()), "{name}");
        }
    }

    #[test]
    fn what_has_no_end_or_is_no_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        std::fs::File::create(at("giant")).unwrap().set_len(1 << 30).unwrap();
        std::os::unix::fs::symlink("/dev/zero", at("link")).unwrap();
        for name in ["pipe", "giant", "link", "."] {
            assert_eq!(checked(at(name)), Err(NoTimeZone), "{name}");
            assert_eq!(check_name(name.as_ref(), Some(folder.path().as_os_str())), Err(NoTimeZone));
        }
        for name in ["/dev/zero", ":/dev/zero", "../../../dev/zero", "/dev/null", "/"] {
            assert_eq!(checked(name), Err(NoTimeZone), "{name}");
        }
    }
}
