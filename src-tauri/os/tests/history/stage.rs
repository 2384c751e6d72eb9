//! Links to write down, and this program once more as a second process.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use signet_app::{
    EntryId, HistoryEntry, HistoryPage, HistoryQuery, HistoryStore, KeyId, MadeLink, Name, Note,
    SigningParameters,
};
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::key::HashAlgorithm;
use signet_cloudfront::link_conditions::{Limits, LinkConditions};
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;
use signet_os::History;

/// 24 November 2026, 12:00 UTC.
pub const NOW: i64 = 1_795_521_600;
pub const HOUR: i64 = 3_600;
pub const DAY: i64 = 86_400;

pub const FILE: &str = "history.sqlite3";

pub fn key_id(digit: &str) -> KeyId {
    KeyId::parse(&digit.repeat(32)).unwrap()
}

/// A link to a document, which ends in a day.
pub fn link(document: &str) -> MadeLink {
    limited_link(document, NOW + DAY, Limits::default())
}

pub fn limited_link(document: &str, expires_at: i64, limits: Limits) -> MadeLink {
    let site = SiteAddress::parse("docs.example.com").unwrap();
    MadeLink {
        address: DocumentAddress::parse(document, &site).unwrap(),
        signer: SigningParameters {
            site,
            public_key_id: PublicKeyId::parse("K2JCJMDEHXQW5F").unwrap(),
            hash: HashAlgorithm::Sha1,
        },
        key: key_id("a"),
        key_name: Name::parse("Client papers").unwrap(),
        terms: LinkConditions::new(expires_at, limits).unwrap(),
        created_at: NOW,
    }
}

pub fn entry(id: i64, made: MadeLink, note: &str) -> HistoryEntry {
    HistoryEntry { id: EntryId(id), made, note: Note::parse(note).unwrap() }
}

pub fn everything() -> HistoryQuery {
    HistoryQuery { take: usize::MAX, ..HistoryQuery::default() }
}

pub fn all(history: &History) -> HistoryPage {
    history.page(&everything(), &[], NOW).unwrap()
}

pub fn names(page: &HistoryPage) -> Vec<String> {
    page.entries.iter().map(|entry| entry.made.address.file_name()).collect()
}

/// Every file of a folder with what is in it.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap())
        .map(|file| (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap()))
        .collect();
    files.sort();
    files
}

/// How often a program is killed in one test: as `SIGNET_KILLS` says, or else 100 times where `SIGNET_FULL` is set,
/// as in CI, and a fifth of that elsewhere.
pub fn kills() -> u64 {
    let usual = if std::env::var_os("SIGNET_FULL").is_some() { 100 } else { 20 };
    std::env::var("SIGNET_KILLS").map_or(usual, |kills| kills.parse().unwrap())
}

const FOLDER: &str = "SIGNET_HISTORY_OF_A_TEST";

/// The folder in which this process shall play the second part of a test.
pub fn second_part() -> Option<PathBuf> {
    std::env::var_os(FOLDER).map(PathBuf::from)
}

/// Says to the process that plays the first part that something was done.
pub fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").unwrap();
    out.flush().unwrap();
}

/// Starts this program again, to play the second part of a test.
pub fn second_process(test: &str, folder: &Path) -> Child {
    spawn(&mut Command::new(std::env::current_exe().unwrap()), test, folder)
}

/// The same where writing too much is an error and not the end, as on a full disk.
#[cfg(unix)]
pub fn second_process_that_may_write_too_much(test: &str, folder: &Path) -> Child {
    let mut shell = Command::new("sh");
    shell.args([OsStr::new("-c"), OsStr::new(r#"trap "" XFSZ; exec "$0" "$@""#)]);
    spawn(shell.arg(std::env::current_exe().unwrap()), test, folder)
}

/// The same in a folder that is a disk of 4 MiB, seen by this process alone and gone with it.
#[cfg(target_os = "linux")]
pub fn second_process_on_a_small_disk(test: &str, folder: &Path) -> Child {
    let mount =
        r#"mount -t tmpfs -o size=4m,mode=700 tmpfs "$SIGNET_HISTORY_OF_A_TEST" && exec "$0" "$@""#;
    let mut shell = Command::new("unshare");
    shell.args(["--user", "--map-root-user", "--mount", "sh", "-c", mount]);
    spawn(shell.arg(std::env::current_exe().unwrap()), test, folder)
}

fn spawn(command: &mut Command, test: &str, folder: &Path) -> Child {
    command
        .args([test, "--exact", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What the second process says, whole lines only.
pub fn said(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    std::iter::from_fn(move || {
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        line.strip_suffix('\n').map(str::to_owned)
    })
}

pub fn assert_played_well(child: Child) {
    let played = child.wait_with_output().unwrap();
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(played.status.success(), "{}\n{}", words(&played.stdout), words(&played.stderr));
    assert!(words(&played.stdout).contains("1 passed"), "the second part was not found");
}
