//! A pipe or a device in the place of a file of the history: nobody waits for it, and it is told.

use std::path::Path;
use std::process::Command;
use std::sync::mpsc;
use std::time::Duration;

use signet_app::{HistoryStore, HistoryStoreError, Note, SaveError};
use signet_os::History;

use crate::stage::{FILE, all, link, names};

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// Writes a link down, in a thread that may wait for ever.
fn appended(folder: &Path) -> Result<(), HistoryStoreError> {
    let (answer, answered) = mpsc::channel();
    let folder = folder.to_owned();
    std::thread::spawn(move || {
        let history = History::at(folder);
        let appended = history.append(&link("a.pdf"), &Note::default()).map(drop);
        // Closing removes what SQLite keeps beside the file, and whatever stands there by then.
        drop(history);
        answer.send(appended)
    });
    answered.recv_timeout(Duration::from_secs(60)).expect("an answer in a minute")
}

#[test]
fn no_pipe_or_device_is_waited_for_in_the_place_of_the_lock() {
    for put in [&pipe as &dyn Fn(&Path), &|path| std::fs::create_dir(path).unwrap(), &|path| {
        std::os::unix::fs::symlink("/dev/zero", path).unwrap()
    }] {
        let folder = tempfile::tempdir().unwrap();
        put(&folder.path().join("history.lock"));
        assert_eq!(
            appended(folder.path()),
            Err(HistoryStoreError::NotSaved { reason: SaveError::Other })
        );
    }
    // A pipe from which somebody reads opens at once, and is no lock all the same.
    let folder = tempfile::tempdir().unwrap();
    let lock = folder.path().join("history.lock");
    pipe(&lock);
    let _reader = std::fs::OpenOptions::new().read(true).write(true).open(&lock).unwrap();
    assert_eq!(
        appended(folder.path()),
        Err(HistoryStoreError::NotSaved { reason: SaveError::Other })
    );
}

#[test]
fn a_pipe_in_the_place_of_the_file_is_put_aside_and_beside_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    pipe(&folder.path().join(FILE));
    assert_eq!(appended(folder.path()), Ok(()));
    assert_eq!(names(&all(&History::at(folder.path().to_owned()))), ["a.pdf"]);
    assert!(folder.path().join("history.damaged-1.sqlite3").exists());
    for end in ["-wal", "-shm", "-journal"] {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(appended(folder.path()), Ok(()));
        for file in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(folder.path().join(format!("{FILE}{file}")));
        }
        pipe(&folder.path().join(format!("{FILE}{end}")));
        assert_eq!(
            appended(folder.path()),
            Err(HistoryStoreError::NotSaved { reason: SaveError::Other })
        );
    }
}
