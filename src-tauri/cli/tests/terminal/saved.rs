//! What a person has written to a file: the old one stays until the new one is whole, with its rights,
//! and nothing is written that was not named.
#![cfg(target_os = "linux")]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output};

use crate::stage::{Stage, URL, assert_two_sentences, with_key};

fn stage() -> Stage {
    let stage = Stage::new();
    stage.p256();
    stage.openssl(&["pkey", "-in", "p256.pem", "-pubout", "-out", "public.pem"]);
    stage
}

fn words(output: &str) -> [&str; 10] {
    let from = ["setup", "page", "--public-key", "public.pem", "--bucket", "papers"];
    let to = ["--region", "eu-central-1", "--output", output];
    [from.as_slice(), &to].concat().try_into().unwrap()
}

/// What a shell does with `signet` and these words as its arguments.
fn in_shell(stage: &Stage, script: &str, words: &[&str]) -> Output {
    Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_signet")])
        .args(words)
        .env_clear()
        .env("HOME", stage.path(""))
        .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
        .current_dir(stage.path(""))
        .output()
        .unwrap()
}

fn mode(path: &Path) -> u32 {
    path.symlink_metadata().unwrap().permissions().mode() & 0o777
}

fn page(stage: &Stage) -> Vec<u8> {
    let output = stage.signet(&words("-"), b"");
    assert!(output.status.success() && output.stdout.starts_with(b"<!"));
    output.stdout
}

/// That it failed in two sentences of which the first begins so, and that the file is what it was.
fn assert_left(output: &Output, sentence: &str, file: &Path) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.starts_with(sentence), "{said}");
    assert_eq!(said.trim_end().lines().count(), 2, "{said}");
    assert_eq!(fs::read(file).unwrap(), b"the old one");
}

#[test]
fn a_new_file_has_the_umask_of_the_person_and_a_replaced_one_its_own_rights() {
    let stage = stage();
    let path = stage.path("page.html");
    for (umask, expected) in [("022", 0o644), ("077", 0o600), ("000", 0o666), ("027", 0o640)] {
        let _ = fs::remove_file(&path);
        let script = format!("umask {umask}; exec \"$0\" \"$@\"");
        assert!(in_shell(&stage, &script, &words("page.html")).status.success());
        assert_eq!(mode(&path), expected, "{umask}");
        assert_eq!(fs::read(&path).unwrap(), page(&stage));
    }
    fs::write(&path, b"the old one").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o604)).unwrap();
    assert!(
        in_shell(&stage, "umask 077; exec \"$0\" \"$@\"", &words("page.html")).status.success()
    );
    assert_eq!(mode(&path), 0o604);
    assert_eq!(fs::read(&path).unwrap(), page(&stage));
}

#[test]
fn a_full_disk_costs_nothing_that_is_there() {
    let stage = stage();
    let path = stage.path("page.html");
    fs::write(&path, b"the old one").unwrap();
    // A page is some kilobytes, and no file may have more than one of 512 bytes.
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";
    let output = in_shell(&stage, script, &words("page.html"));
    assert_left(&output, "The file of --output could not be written: ", &path);
    assert!(
        fs::read_dir(stage.path(""))
            .unwrap()
            .all(|entry| { !entry.unwrap().file_name().to_string_lossy().starts_with(".signet-") })
    );
}

#[test]
fn a_link_in_its_place_is_replaced_and_not_followed() {
    let stage = stage();
    let (elsewhere, link) = (stage.path("elsewhere"), stage.path("link.html"));
    fs::write(&elsewhere, b"not ours").unwrap();
    symlink("elsewhere", &link).unwrap();
    assert!(stage.signet(&words("link.html"), b"").status.success());
    assert_eq!(fs::read(&elsewhere).unwrap(), b"not ours");
    assert!(link.symlink_metadata().unwrap().is_file());
}

#[test]
fn a_stream_that_is_named_is_written_into() {
    let stage = stage();
    let page = page(&stage);
    assert_eq!(stage.signet(&words("/dev/stdout"), b"").stdout, page);
    assert_eq!(stage.signet(&words("/dev/stderr"), b"").stderr, page);
    let appended = "printf before > out; \"$0\" \"$@\" >> out";
    assert!(in_shell(&stage, appended, &words("/dev/stdout")).status.success());
    assert_eq!(fs::read(stage.path("out")).unwrap(), [b"before", page.as_slice()].concat());
    let piped = "mkfifo pipe; cat pipe > out & \"$0\" \"$@\" && wait";
    assert!(in_shell(&stage, piped, &words("pipe")).status.success());
    assert_eq!(fs::read(stage.path("out")).unwrap(), page);
    assert!(Path::new("/dev/stdout").is_symlink());
    assert!(stage.signet(&words("/dev/null"), b"").status.success());
}

#[test]
fn each_reason_is_said() {
    let stage = stage();
    let old = stage.path("old.html");
    fs::write(&old, b"the old one").unwrap();
    fs::create_dir(stage.path("folder")).unwrap();
    for (output, said) in [
        ("gone/a.html", "The file of --output could not be written: its folder is not there."),
        ("old.html/a.html", "The file of --output could not be written: its folder is not there."),
        ("folder", "The file of --output could not be written: it is not an ordinary file."),
        ("/dev/full", "The file of --output could not be written: "),
        ("/proc/new", "The file of --output could not be written: "),
    ] {
        assert_left(&stage.signet(&words(output), b""), said, &old);
    }
}

#[test]
fn a_standard_output_that_takes_no_more_is_named() {
    let stage = stage();
    let key = stage.path("p256.pem").to_str().unwrap().to_owned();
    let addresses = stage.file("addresses.txt", URL);
    let list = stage.file("list.csv", "a.pdf\n");
    let end = ["--date-less-than", "1796144400"];
    let mut cookies = with_key(&key, &["--resource", URL, end[0], end[1]]);
    cookies[0] = "sign-cookies";
    let link = stage.link(&with_key(&key, &["--url", URL, end[0], end[1]]));
    for words in [
        with_key(&key, &["--url", URL, end[0], end[1]]),
        with_key(&key, &["--urls-from", &addresses, end[0], end[1]]),
        with_key(&key, &["--list", &list, "--site", "docs.example.com", end[0], end[1]]),
        cookies,
        vec!["inspect", &link],
        vec!["inspect", &link, "--json"],
        words("-").to_vec(),
        vec!["man"],
        vec!["completions", "bash"],
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = stage.command(&words).stdout(full).output().unwrap();
        assert_two_sentences(&output, 1, &words);
        let said = String::from_utf8_lossy(&output.stderr);
        let named = "The standard output could not be written: no storage space.";
        assert_eq!(said.lines().next(), Some(named), "{words:?}");
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let stage = stage();
    let key = stage.path("p256.pem").to_str().unwrap().to_owned();
    let end = ["--date-less-than", "1796144400"];
    let on_site =
        |list| with_key(&key, &["--list", list, "--site", "docs.example.com", end[0], end[1]]);
    let lines = |file| with_key(&key, &["--urls-from", file, end[0], end[1]]);
    fs::create_dir(stage.path("folder")).unwrap();
    for (words, named) in [
        (lines("gone.txt"), "The file of --urls-from cannot be read."),
        (lines("folder"), "What --urls-from names could not be read: is a directory."),
        (lines("-"), "What --urls-from names could not be read: is a directory."),
        (on_site("gone.csv"), "The file of --list cannot be used: the file cannot be read."),
        (on_site("folder"), "The file of --list cannot be used: the file cannot be read."),
        (on_site("-"), "The list could not be read from the standard input."),
    ] {
        // A folder as the standard input gives an error where it is read.
        let input = fs::File::open(stage.path("folder")).unwrap();
        let output = stage.command(&words).stdin(input).output().unwrap();
        assert_two_sentences(&output, 1, &words);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(said.lines().next(), Some(named), "{words:?}");
    }
}

/// Who may do everything is somebody else for this.
#[test]
fn what_may_not_be_written_is_named() {
    let stage = stage();
    let set = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let (folder, page) = (stage.path("locked"), stage.path("locked/page.html"));
    let protected = stage.path("open/page.html");
    fs::create_dir(&folder).unwrap();
    fs::create_dir(stage.path("open")).unwrap();
    fs::write(&page, b"the old one").unwrap();
    fs::write(&protected, b"the old one").unwrap();
    set(&stage.path(""), 0o755);
    set(&stage.path("open"), 0o777);
    set(&page, 0o666);
    set(&protected, 0o444);
    set(&folder, 0o555);
    let as_another = "if [ \"$(id -u)\" = 0 ]; then exec setpriv --reuid 65534 --regid 65534 --clear-groups \"$0\" \"$@\"; fi; exec \"$0\" \"$@\"";
    let run = |output| in_shell(&stage, as_another, &words(output));
    let locked =
        "The file of --output could not be written: no new file may be made in its folder.";
    assert_left(&run("locked/page.html"), locked, &page);
    let new = "The file of --output could not be written: it may not be written there.";
    assert_left(&run("locked/new.html"), new, &page);
    let refused = "The file of --output could not be written: it may not be written there.";
    assert_left(&run("open/page.html"), refused, &protected);
    set(&folder, 0o755);
}
