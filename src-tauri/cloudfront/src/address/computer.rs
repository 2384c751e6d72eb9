//! Files that lie on the person's own computer: how Windows, macOS and Linux write where they are.
//!
//! Nobody else can open such a file by a link, and its path is no document's name. A document of the
//! site whose path looks like one can be given as a full address.

use super::extension::has_known_extension;

/// Schemes of files, and of shares in an office's own network.
const SCHEMES: [&str; 9] =
    ["file", "smb", "afp", "nfs", "cifs", "sftp", "content", "blob", "local"];

/// What a path begins with that leads into a system and not to a site, and how many names at least
/// follow. Capital letters count: `/users/` is a folder of many a site, `/Users/` is a Mac's.
const PLACES: [(&str, usize); 26] = [
    ("/Users/", 2),
    ("/Volumes/", 2),
    ("/private/var/", 1),
    ("/private/tmp/", 1),
    ("/home/", 2),
    ("/root/", 1),
    ("/tmp/", 1),
    ("/run/user/", 1),
    ("/run/media/", 1),
    ("/mnt/", 2),
    ("/media/", 3),
    ("/var/folders/", 1),
    ("/var/tmp/", 1),
    ("/cygdrive/", 1),
    ("/c/Users/", 1),
    ("/System/Volumes/", 1),
    ("/Library/Mobile Documents/", 1),
    ("/etc/", 1),
    ("/usr/share/", 1),
    ("/usr/local/", 1),
    ("/var/www/", 1),
    ("/var/mobile/", 1),
    ("/storage/emulated/", 1),
    ("/sdcard/", 1),
    ("/data/user/", 1),
    ("/proc/", 1),
];

/// Folders of a person on Windows, where a path goes on with a backslash.
const FOLDERS: [&str; 10] = [
    "users",
    "desktop",
    "documents",
    "downloads",
    "my documents",
    "documents and settings",
    "onedrive",
    "appdata",
    "windows",
    "program files",
];

/// Whether a text says where a file lies on a computer or in an office's network.
pub(super) fn is_there(text: &str) -> bool {
    has_drive(text)
        || text.starts_with("\\\\")
        || text.starts_with("//")
        || is_of_home(text)
        || is_variable(text)
        || has_scheme(text)
        || is_windows_folder(text)
        || is_finder_path(text)
        || PLACES.iter().any(|(place, least)| {
            let names = |rest: &str| rest.split('/').filter(|name| !name.is_empty()).count();
            text.strip_prefix(place).is_some_and(|rest| names(rest) >= *least)
        })
}

/// `C:\a.pdf`, `C:/a.pdf`, `C:`, `C:a.pdf`.
fn has_drive(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && bytes.next() == Some(b':')
        && match bytes.next() {
            None | Some(b'\\' | b'/') => true,
            Some(next) => next.is_ascii_alphanumeric() && has_known_extension(text),
        }
}

/// `~/a.pdf`, `~\a.pdf`, `~me/a.pdf`.
fn is_of_home(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('~') else {
        return false;
    };
    match rest.find(['/', '\\']) {
        Some(end) => rest.bytes().take(end).all(|byte| byte.is_ascii_alphanumeric()),
        None => rest.is_empty(),
    }
}

/// `%USERPROFILE%\a.pdf`, `$HOME/a.pdf`, `${HOME}/a.pdf`.
fn is_variable(text: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'(' | b')'))
    };
    let percent = text
        .strip_prefix('%')
        .and_then(|rest| rest.split_once('%'))
        .is_some_and(|(name, rest)| is_name(name) && rest.starts_with(['\\', '/']));
    let dollar = text.strip_prefix('$').and_then(|rest| rest.split_once(['/', '\\']));
    percent
        || dollar.is_some_and(|(name, _)| {
            let name = name.trim_start_matches('{').trim_end_matches('}');
            let name = name.strip_prefix("env:").unwrap_or(name);
            let is_upper = |byte: u8| !byte.is_ascii_lowercase();
            is_name(name)
                && name.bytes().all(is_upper)
                && !name.starts_with(|c: char| c.is_ascii_digit())
        })
}

fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, rest)| {
        SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known))
            && (rest.starts_with(['/', '\\'])
                || scheme.eq_ignore_ascii_case("file")
                || scheme.eq_ignore_ascii_case("blob"))
    })
}

/// `\Users\me\a.pdf`, `Desktop\a.pdf`, `This PC\Documents\a.pdf`.
fn is_windows_folder(text: &str) -> bool {
    let text = text.strip_prefix(".\\").unwrap_or(text);
    let text = text.strip_prefix("This PC\\").unwrap_or(text);
    let text = text.strip_prefix('\\').unwrap_or(text);
    text.split_once('\\').is_some_and(|(first, _)| {
        FOLDERS.iter().any(|folder| first.eq_ignore_ascii_case(folder))
            || first.get(..13).is_some_and(|b| b.eq_ignore_ascii_case("program files"))
            || first.get(..8).is_some_and(|b| b.eq_ignore_ascii_case("onedrive"))
    })
}

/// `Macintosh HD ▸ Users ▸ me ▸ a.pdf`, `Macintosh HD:Users:me:a.pdf`, `This PC > Desktop > a.pdf`.
fn is_finder_path(text: &str) -> bool {
    text.contains(" ▸ ")
        || text.contains(" › ")
        || text.starts_with("Macintosh HD")
        || text.starts_with("This PC >")
        || text.starts_with("This PC/")
}

#[cfg(test)]
mod tests {
    use super::is_there;

    #[test]
    fn what_lies_on_a_computer_is_told_from_what_lies_on_a_site() {
        for text in [
            r"C:\Users\me\Desktop\Contract.pdf",
            "C:/Users/me/Contract.pdf",
            "c:\\a.pdf",
            "D:\\",
            "E:",
            "Z:a.pdf",
            "/etc/a.pdf",
            "/usr/share/doc/a.pdf",
            "/var/www/html/a.pdf",
            "/storage/emulated/0/Download/a.pdf",
            "/sdcard/Download/a.pdf",
            r"\\server\share\a.pdf",
            r"\\?\C:\a.pdf",
            "//server/share/a.pdf",
            "~/a.pdf",
            "~",
            "~me/a.pdf",
            r"%USERPROFILE%\Desktop\a.pdf",
            "%HOMEPATH%/a.pdf",
            "$HOME/a.pdf",
            "${HOME}/a.pdf",
            r"$env:USERPROFILE\a.pdf",
            "file:///home/me/a.pdf",
            "file:a.pdf",
            "FILE://C:/a.pdf",
            "smb://server/share/a.pdf",
            "afp://server/a.pdf",
            "blob:https://h.example/1",
            "content://com.android/1",
            "/Users/me/Desktop/a.pdf",
            "/Volumes/Office/a.pdf",
            "/home/me/Desktop/a.pdf",
            "/root/a.pdf",
            "/tmp/a.pdf",
            "/mnt/c/Users/me/a.pdf",
            "/media/me/STICK/a.pdf",
            "/run/user/1000/doc/a.pdf",
            "/private/var/folders/x/a.pdf",
            "/var/folders/x/a.pdf",
            "/c/Users/me/a.pdf",
            r"Desktop\a.pdf",
            r"\Users\me\a.pdf",
            r"Users\me\a.pdf",
            r"OneDrive - Firm\a.pdf",
            "Macintosh HD ▸ Users ▸ me ▸ a.pdf",
            "Macintosh HD:Users:me:a.pdf",
            "This PC > Desktop > a.pdf",
        ] {
            assert!(is_there(text), "{text}");
        }
        for text in [
            "a.pdf",
            "/a.pdf",
            "reports/a.pdf",
            "/reports/home/a.pdf",
            "home/me/a.pdf",
            "users/me/a.pdf",
            "/users",
            "/home/",
            "/home/index.html",
            "/users/7/a.pdf",
            "/private/a.pdf",
            "/media/2026/a.mp4",
            "/homes/a.pdf",
            "/mediation/a.pdf",
            "~a.pdf",
            "a~/b.pdf",
            "C: a.pdf",
            "A:b",
            "/etc",
            "/data/a.pdf",
            "/usr/a.pdf",
            "CC:/a.pdf",
            "Files: a.pdf",
            r"contracts\2026\a.pdf",
            "100%/50%/a.pdf",
            "$5/a.pdf/x",
            "$price/a.pdf",
            "Desktop/a.pdf",
            "https://h.example/home/me/a.pdf",
        ] {
            assert!(!is_there(text), "{text}");
        }
    }
}
