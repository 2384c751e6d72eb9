//! `signet share` on hard days: it is killed at any moment, stopped by Ctrl-C, its files change while they go, and S3
//! refuses them. What it says each time, and that the same once more makes everything whole with nothing twice.

use std::fs::{self, File};
use std::hash::{BuildHasher, RandomState};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::documents::stage::{MIB, bytes, sha256};
use crate::proxy::{Answer, Call};
use crate::server;
use crate::shared::Person;

/// Where old versions are kept, so that what goes up twice is seen.
fn person() -> Person {
    let person = Person::new();
    let on = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
    person.stage.ask("s3", "PUT", &format!("/{}?versioning", person.stage.bucket), on);
    person
}

fn put(person: &Person, name: &str, content: &[u8]) -> PathBuf {
    let path = person.stage.path(name);
    fs::write(&path, content).unwrap();
    path
}

fn start(person: &Person, words: &[&str]) -> Child {
    let mut command = person.command(words);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// What a child writes and says, with its exit code; no secret and no panic is in it.
fn ended(child: Child) -> (String, String, Option<i32>) {
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let [output, errors] = [stdout, stderr].map(|text| String::from_utf8(text).unwrap());
    assert!(!errors.contains("panicked"), "{errors}");
    (output, errors, status.code())
}

fn there(person: &Person) -> Value {
    server::documents(&person.stage.account, &person.stage.bucket)
}

/// Links of each document that were made here.
fn links(person: &Person) -> Vec<(String, u64)> {
    let listed = person.done(&["documents", "list", "--json"]);
    let listed: Value = serde_json::from_str(&listed).unwrap();
    let documents = listed["documents"].as_array().unwrap().iter();
    let links = documents.map(|one| {
        (one["document"].as_str().unwrap().to_owned(), one["links"]["own"].as_u64().unwrap())
    });
    links.collect()
}

fn is_part(call: &Call) -> bool {
    call.method == "PUT" && call.path.contains("partNumber=")
}

/// From 0 to 1, another one every time.
fn random() -> f64 {
    (RandomState::new().hash_one(0) >> 11) as f64 / (1_u64 << 53) as f64
}

#[test]
fn whenever_it_is_killed_everything_is_there_once_and_has_one_link() {
    let usual = if std::env::var_os("SIGNET_FULL").is_some() { 200 } else { 6 };
    let kills = std::env::var("SIGNET_KILLS").map_or(usual, |kills| kills.parse().unwrap());
    let (mut killed, mut round) = (0, 0);
    while killed < kills {
        round += 1;
        let person = person();
        let names = ["a.pdf", "b.bin", "c.pdf"].map(|name| format!("{round}-{name}"));
        let contents = [bytes(1_000), bytes(17 * MIB), bytes(100_000)];
        for (name, content) in names.iter().zip(&contents) {
            put(&person, name, content);
        }
        let words = [&["share", "--expires-in", "7d"], &names.each_ref().map(String::as_str)[..]];
        let words = words.concat();
        let mut longest = Duration::from_millis(1_200);
        let was_over = loop {
            let begun = Instant::now();
            let mut child = start(&person, &words);
            let moment = longest.mul_f64(random());
            while begun.elapsed() < moment && child.try_wait().unwrap().is_none() {
                thread::sleep(Duration::from_millis(1));
            }
            let has_ended = child.try_wait().unwrap().is_some();
            child.kill().unwrap();
            let (output, errors, code) = ended(child);
            // What is there is whole, whatever became of the program.
            let documents = there(&person)["documents"].clone();
            for (key, document) in documents.as_object().unwrap() {
                let at =
                    names.iter().position(|name| name == key).unwrap_or_else(|| panic!("{key}"));
                assert_eq!(document["sha256"], sha256(&contents[at]), "{key}");
            }
            // Whoever has all links runs it no more: the files of a call that is over are other ones the next time.
            if has_ended || output.lines().count() == 3 {
                let is_right = code == Some(0) || !has_ended;
                assert!(is_right && output.lines().count() == 3, "{errors}");
                break !has_ended;
            }
            killed += 1;
            // So it comes to its end some time, also where everything is slow.
            longest = longest.mul_f64(1.4);
        };
        let there = there(&person);
        assert_eq!(there["documents"].as_object().unwrap().len(), 3, "{there}");
        assert_eq!(there["versions"], 3, "one of them went up twice");
        assert_eq!(there["uploads"], json!([]), "parts are left that are paid for");
        assert!(person.written_down() == 0 || was_over);
        assert_eq!(links(&person), names.map(|name| (name, 1)));
    }
}

/// Holds the third part of a large file until whoever asked is gone; says so when it is there.
fn hold_the_third_part(person: &Person) -> mpsc::Receiver<()> {
    let (reached, waiting) = mpsc::channel();
    let mut parts = 0;
    person.stage.proxy.rule(move |call| {
        parts += usize::from(is_part(call));
        if is_part(call) && parts == 3 {
            let reached = reached.clone();
            return Answer::Never {
                is_done: false,
                then: Box::new(move || reached.send(()).unwrap()),
            };
        }
        Answer::Real
    });
    waiting
}

#[cfg(unix)]
#[test]
fn ctrl_c_says_that_it_stops_and_how_it_goes_on() {
    let person = person();
    put(&person, "a.pdf", b"one");
    put(&person, "b.bin", &bytes(33 * MIB));
    put(&person, "c.pdf", b"three");
    let words = ["share", "a.pdf", "b.bin", "c.pdf", "--expires-in", "7d"];
    let waiting = hold_the_third_part(&person);
    let child = start(&person, &words);
    waiting.recv_timeout(Duration::from_secs(60)).unwrap();
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let (before, errors, code) = ended(child);
    assert_eq!((code, before.lines().count()), (Some(1), 1), "{errors}");
    assert!(errors.contains("Stopping; once more stops at once."), "{errors}");
    assert!(errors.contains("It was stopped.\nTo go on, run the same again: nothing"), "{errors}");
    let stopped = there(&person);
    assert_eq!(stopped["documents"].as_object().unwrap().len(), 1, "{stopped}");

    person.stage.proxy.rule(|_| Answer::Real);
    let after = person.done(&words);
    assert!(after.starts_with(&before), "{before}\n{after}");
    let there = there(&person);
    assert_eq!((&there["versions"], &there["uploads"]), (&json!(3), &json!([])), "{there}");
    assert_eq!(person.written_down(), 0);
    assert_eq!(links(&person), ["a.pdf", "b.bin", "c.pdf"].map(|name| (name.to_owned(), 1)));
}

#[test]
fn a_file_that_changes_while_it_goes_is_not_there_and_has_its_sentence() {
    type Change = fn(&PathBuf);
    let cases: [(Change, &str, &str); 3] = [
        (
            |path| fs::write(path, bytes(18 * MIB)).unwrap(),
            "the file was changed",
            "Wait until nothing writes to it, and share it again.",
        ),
        (
            |path| File::options().write(true).open(path).unwrap().set_len(MIB as u64).unwrap(),
            "the file has become shorter",
            "Wait until nothing writes to it, and share it again.",
        ),
        (
            |path| fs::remove_file(path).unwrap(),
            "the file is gone",
            "Look at where it lies, and share it again.",
        ),
    ];
    for (change, what, do_now) in cases {
        let person = person();
        let path = put(&person, "b.bin", &bytes(17 * MIB));
        put(&person, "c.pdf", b"three");
        let mut file = Some(path.clone());
        person.stage.proxy.rule(move |call| {
            if let Some(file) = file.take_if(|_| is_part(call)) {
                change(&file);
            }
            Answer::Real
        });
        let error = person.failed(&["share", "b.bin"]);
        assert_eq!(
            error,
            format!("While it was uploaded, {what}. Nothing of it is there.\n{do_now}\n")
        );
        let after = there(&person);
        assert_eq!((&after["documents"], &after["uploads"]), (&json!({}), &json!([])), "{what}");
        assert_eq!(person.written_down(), 0);
        // The others go, and it is told by its number.
        put(&person, "b.bin", &bytes(17 * MIB));
        let mut file = Some(path);
        person.stage.proxy.rule(move |call| {
            if let Some(file) = file.take_if(|_| is_part(call)) {
                change(&file);
            }
            Answer::Real
        });
        let output = person.run(&["share", "b.bin", "c.pdf"]);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(errors.starts_with(&format!("File 1: While it was uploaded, {what}.")), "{errors}");
        assert_eq!(there(&person)["documents"].as_object().unwrap().len(), 1);
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_that_can_go_has_its_sentence_and_nobody_is_asked() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let person = person();
    let at = |name: &str| person.stage.path(name);
    assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    fs::create_dir(at("folder")).unwrap();
    symlink(at("folder"), at("to-folder")).unwrap();
    symlink(at("nothing"), at("dead")).unwrap();
    put(&person, "locked.pdf", b"x");
    fs::set_permissions(at("locked.pdf"), fs::Permissions::from_mode(0o000)).unwrap();
    person.stage.proxy.calls();
    for (name, what, do_now) in [
        ("none.pdf", "there is no such file", "Look at its name, and where it lies."),
        ("to-folder", "this is a link to a folder", "Give the folder itself."),
        ("dead", "this is a link that leads nowhere", "Give the file itself."),
        ("pipe", "this is a pipe", "Save what comes from there in a file, and give that."),
        ("/dev/zero", "this is a device", "Save what comes from there in a file, and give that."),
        (
            "locked.pdf",
            "the file may not be read",
            "Let whoever owns it give you the right to read it.",
        ),
    ] {
        // Whoever runs this may read everything.
        if name == "locked.pdf" && File::open(at(name)).is_ok() {
            continue;
        }
        let error = person.failed(&["share", name]);
        assert_eq!(error, format!("This file cannot be uploaded: {what}.\n{do_now}\n"), "{name}");
    }
    assert!(person.stage.proxy.calls().is_empty());
    // One that is larger than S3 takes, where the disk can have such a file.
    let giant = File::create(at("giant.iso")).unwrap();
    if giant.set_len((5 << 40) + 1).is_ok() {
        let error = person.failed(&["share", "giant.iso"]);
        let what = "This file has 5497558138881 bytes, and S3 takes 5497558138880 at most.";
        assert_eq!(error, format!("{what}\nGive it in several parts.\n"));
    }
    drop(giant);
    fs::remove_file(at("giant.iso")).unwrap();
    // One of 0 bytes is a document.
    put(&person, "empty.txt", b"");
    let link = person.done(&["share", "empty.txt"]);
    assert_eq!(person.opened(&link), "empty.txt");
    assert_eq!(person.content("empty.txt"), "");
}

#[test]
fn what_s3_refuses_has_its_sentence_and_the_same_once_more_goes_on() {
    const KEY: &str = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";
    let kms = format!(
        "User: arn:aws:iam::123456789012:user/a is not authorized to perform: kms:GenerateDataKey \
         on resource: {KEY} because no identity-based policy allows it"
    );
    let person = person();
    put(&person, "a.pdf", b"one");
    let words = ["share", "a.pdf"];
    for (status, code, message, what) in [
        (403, "AccessDenied", "Access Denied", "may not do what is needed: s3:PutObject."),
        (403, "AccessDenied", kms.as_str(), "encrypts with a KMS key arn:aws:kms:eu-central-1"),
        (400, "KMS.DisabledException", "x", "encrypts with a KMS key that this AWS login may not"),
        (404, "NoSuchBucket", "x", "There is no bucket"),
        (301, "PermanentRedirect", "x", "is in the region eu-west-1."),
        (403, "ExpiredToken", "x", "not valid any more"),
        (403, "RequestTimeTooSkewed", "x", "clock"),
        (400, "QuotaLimitExceeded", "x", "QuotaLimitExceeded"),
        (503, "SlowDown", "x", "AWS has too much to do."),
    ] {
        let message = message.to_owned();
        person.stage.proxy.rule(move |call| match call.method == "PUT" {
            true if code == "PermanentRedirect" => Answer::With(
                status,
                "x-amz-bucket-region: eu-west-1\r\n".to_owned(),
                format!("<Error><Code>{code}</Code><Message>x</Message></Error>"),
            ),
            true => Answer::s3_error(status, code, &message),
            false => Answer::Real,
        });
        let error = person.failed(&words);
        assert!(error.contains(what), "{code}: {error}");
        assert!(error.lines().count() >= 2, "{error}");
        assert_eq!(there(&person)["documents"], json!({}));
    }
    person.stage.proxy.rule(|_| Answer::Real);
    person.done(&words);
    assert_eq!(there(&person)["versions"], 1);
    assert_eq!(links(&person), [("a.pdf".to_owned(), 1)]);
}

/// Every answer is lost, whether or not S3 did what it was asked.
#[test]
fn whoever_is_offline_is_told_so_and_nothing_is_lost() {
    let person = person();
    put(&person, "a.pdf", b"one");
    person.stage.proxy.rule(|_| Answer::Lost);
    let error = person.failed(&["share", "a.pdf"]);
    assert!(error.contains("online") || error.contains("network"), "{error}");
    person.stage.proxy.rule(|_| Answer::Real);
    person.done(&["share", "a.pdf"]);
    assert_eq!(there(&person)["versions"], 1);
    assert_eq!(links(&person), [("a.pdf".to_owned(), 1)]);
}
