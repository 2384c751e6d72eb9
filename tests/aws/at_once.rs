//! Two set-ups of one key at the same moment: one is done, the other is refused and touches nothing.

use std::process::Child;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use serde_json::Value;

use crate::proxy::Answer;
use crate::stage::Stage;

const REFUSED: &str = "A set-up of this key is going on in another window or terminal.\n\
                       Wait until it has ended, then start again.\n";

/// How many things there are of each kind.
fn counts(account: &Value) -> [usize; 4] {
    let list = |kind: &str| account[kind].as_array().unwrap().len();
    let distributions = account["distributions"].as_object().unwrap().len();
    [list("access_controls"), list("public_keys"), list("key_groups"), distributions]
}

/// What lies in the person's folder of settings.
fn left(stage: &Stage) -> Vec<String> {
    let folder = std::fs::read_dir(stage.path(".config/signet")).unwrap();
    let mut names: Vec<_> =
        folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A process whose first call that changes something has no answer until this goes.
struct Held {
    process: Child,
    go_on: Sender<()>,
}

impl Held {
    fn start(stage: &Stage, words: &[&str]) -> Self {
        let ((reached, waiting), (go_on, held)) = (mpsc::channel(), mpsc::channel());
        let mut held: Option<Receiver<()>> = Some(held);
        stage.proxy.rule(move |call| {
            if call.is_write()
                && let Some(held) = held.take()
            {
                reached.send(()).unwrap();
                // Where a second one gets through, it waits behind this call, and not for ever.
                let _ = held.recv_timeout(Duration::from_secs(30));
            }
            Answer::Real
        });
        let process = stage.start(words);
        waiting.recv().unwrap();
        Self { process, go_on }
    }

    fn end(self) {
        drop(self.go_on);
        let output = self.process.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

fn assert_refused(stage: &Stage, words: &[&str]) {
    let output = stage.run(words);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), said.as_str()), (Some(1), REFUSED), "{words:?}");
    assert!(output.stdout.is_empty(), "{words:?}");
}

#[test]
fn whoever_comes_second_is_refused_at_once_and_one_set_up_is_made() {
    let stage = Stage::new();
    let before = stage.account();
    let apply = stage.words("apply", &["--yes"]);
    let undo = ["undo", "--yes"];

    let first = Held::start(&stage, &apply);
    assert_refused(&stage, &apply);
    assert_refused(&stage, &undo);
    first.end();
    let made = stage.account();
    assert_eq!(counts(&made), [1; 4]);

    let first = Held::start(&stage, &undo);
    assert_refused(&stage, &apply);
    assert_refused(&stage, &undo);
    first.end();
    assert_eq!(stage.account(), before);
    assert_eq!(left(&stage), [""; 0]);
}

#[test]
fn however_many_begin_together_things_are_made_once_and_all_are_taken_back() {
    let stage = Stage::new();
    let before = stage.account();
    let apply = stage.words("apply", &["--yes"]);
    let processes: Vec<_> = (0..4).map(|_| stage.start(&apply)).collect();
    let mut done = 0;
    for process in processes {
        let output = process.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        match output.status.code() {
            // Whoever begins after another one's end finds everything there.
            Some(0) => done += 1,
            code => assert_eq!((code, said.as_str()), (Some(1), REFUSED)),
        }
    }
    assert!(done >= 1);
    assert_eq!(counts(&stage.account()), [1; 4]);
    stage.undo();
    assert_eq!(stage.account(), before);
    assert_eq!(left(&stage), [""; 0]);
}

#[test]
fn set_ups_of_other_keys_are_in_nobodys_way() {
    let mut stage = Stage::new();
    let before = stage.account();
    let first = Held::start(&stage, &stage.words("apply", &["--yes"]));
    stage.use_key("other-");
    let output = stage.run(&["undo", "--yes"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("Nothing was made for this key"), "{said}");
    first.end();
    stage.apply(&[]);
    assert_eq!(stage.account()["public_keys"].as_array().unwrap().len(), 2);
    stage.undo();
    stage.use_key("");
    stage.undo();
    assert_eq!(stage.account(), before);
}

#[test]
fn a_killed_set_up_is_in_nobodys_way() {
    let stage = Stage::new();
    let before = stage.account();
    let mut first = Held::start(&stage, &stage.words("apply", &["--yes"]));
    assert_refused(&stage, &["undo", "--yes"]);
    first.process.kill().unwrap();
    first.process.wait().unwrap();
    drop(first);
    stage.apply(&[]);
    assert_eq!(counts(&stage.account()), [1; 4]);
    stage.undo();
    assert_eq!(stage.account(), before);
    assert_eq!(left(&stage), [""; 0]);
}
