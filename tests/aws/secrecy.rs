//! No credential is in any output, file or log, whatever AWS answers.

use std::fs;
use std::path::Path;

use crate::proxy::Answer;
use crate::stage::{SECRETS, Stage};

fn files(folder: &Path, into: &mut Vec<u8>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, into);
        } else {
            into.extend(fs::read(&path).unwrap());
        }
    }
}

/// Each secret that is in it.
fn found(bytes: &[u8]) -> Vec<&'static str> {
    let has = |secret: &&&str| bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
    SECRETS.iter().filter(has).copied().collect()
}

#[test]
fn no_credential_is_written_or_said() {
    let stage = Stage::new();
    let mut all = Vec::new();
    let say = |words: &[&str], all: &mut Vec<u8>| {
        let mut command = stage.command(words);
        // What a person turns on who looks for a fault.
        let output = command.env("RUST_LOG", "trace").env("RUST_BACKTRACE", "1").output().unwrap();
        all.extend([output.stdout, output.stderr].concat());
    };
    let [apply, plan] = [stage.words("apply", &["--yes"]), stage.words("plan", &["--json"])];
    say(&plan, &mut all);
    // AWS repeats what it was sent.
    for code in
        ["SignatureDoesNotMatch", "InvalidClientTokenId", "AccessDenied", "Odd", "MalformedPolicy"]
    {
        stage.proxy.rule(move |call| {
            if call.is_write() {
                return Answer::error(403, code, &format!("{} {}", SECRETS.join(" "), call.head));
            }
            Answer::Real
        });
        say(&apply, &mut all);
    }
    stage.proxy.rule(|_| Answer::Real);
    say(&apply, &mut all);
    let mut kept = Vec::new();
    files(&stage.path("."), &mut kept);
    assert!(String::from_utf8_lossy(&kept).contains("access-control"));
    say(&["undo", "--yes"], &mut all);
    assert!(String::from_utf8_lossy(&all).contains("Public key ID: "));
    assert_eq!(found(&all), [] as [&str; 0], "{}", String::from_utf8_lossy(&all));
    assert_eq!(found(&kept), [] as [&str; 0]);

    // That they would be found: they were sent, as they have to be.
    let sent: String = stage.proxy.calls().into_iter().map(|call| call.head).collect();
    assert_eq!(found(sent.as_bytes()), [SECRETS[0], SECRETS[2]]);
    fs::write(stage.path("planted"), SECRETS[1]).unwrap();
    files(&stage.path("."), &mut kept);
    assert_eq!(found(&kept), [SECRETS[1]]);
}
