//! No credential is in any output, file or log, whatever AWS answers.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

use crate::proxy::{Answer, Call};
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

/// A text as it may be written.
fn forms(text: &str) -> [String; 5] {
    [
        text.to_owned(),
        text.bytes().map(|byte| format!("%{byte:02X}")).collect(),
        STANDARD.encode(text),
        URL_SAFE.encode(format!("a{text}")),
        text.bytes().map(|byte| format!("{byte:02x}")).collect(),
    ]
}

/// Each secret that is in it, in any form: half of one is too much.
fn found_in_any_form(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let all = SECRETS.iter().flat_map(|secret| forms(secret));
    let halves = all.map(|form| form.get(2..form.len() / 2 + 4).unwrap().to_owned());
    halves.filter(|half| text.contains(half.as_str())).collect()
}

const XMLNS: &str = "xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"";

/// A command, which of its calls is answered, and how.
type Case = (&'static str, fn(&Call) -> bool, Answer);

/// Where an answer may repeat what it was sent, each with the command that gets it.
fn echoes(form: &str) -> Vec<Case> {
    let is_key_group: fn(&Call) -> bool =
        |call| call.is_write() && call.path.ends_with("/key-group");
    let is_list: fn(&Call) -> bool = |call| !call.is_write() && call.path.ends_with("/key-group");
    let is_control: fn(&Call) -> bool =
        |call| call.is_write() && call.path.ends_with("/origin-access-control");
    let is_location: fn(&Call) -> bool = |call| call.path.contains("?location");
    let is_put: fn(&Call) -> bool = |call| call.is_write() && call.path.contains("?policy");
    let is_encryption: fn(&Call) -> bool = |call| call.path.contains("?encryption");
    let is_policy: fn(&Call) -> bool = |call| !call.is_write() && call.path.contains("?policy");
    let redirect = |region: String| {
        let body = "<Error><Code>PermanentRedirect</Code><Message>x</Message></Error>".to_owned();
        Answer::With(301, format!("x-amz-bucket-region: {region}\r\n"), body)
    };
    vec![
        ("apply", is_key_group, Answer::error(400, form, "x")),
        ("apply", is_key_group, Answer::error(400, &format!("TooMany{form}"), "x")),
        ("apply", is_key_group, Answer::error(400, &format!("{form}InUse"), form)),
        ("apply", is_key_group, Answer::error(400, "Odd", form)),
        (
            "apply",
            is_key_group,
            Answer::error(400, "Odd", &format!("Credential={form}/20260101/x")),
        ),
        (
            "apply",
            is_key_group,
            Answer::error(
                403,
                "AccessDenied",
                &format!("not authorized to perform: s3:{form} on x"),
            ),
        ),
        ("apply", is_put, Answer::s3_error(400, "MalformedPolicy", &format!("Not this: {form}"))),
        ("apply", is_location, redirect(form.to_owned())),
        ("apply", is_location, redirect(format!("eu-{}-1", form.to_lowercase()))),
        (
            "apply",
            is_location,
            Answer::Other(200, format!("<LocationConstraint>{form}</LocationConstraint>")),
        ),
        (
            "apply",
            is_control,
            Answer::Other(
                201,
                format!("<OriginAccessControl {XMLNS}><Id>{form}</Id></OriginAccessControl>"),
            ),
        ),
        (
            "apply",
            is_control,
            Answer::With(
                201,
                format!("ETag: {form}\r\nLocation: /{form}\r\n"),
                format!(
                    "<OriginAccessControl {XMLNS}><Id>E327GJI25M56DG</Id></OriginAccessControl>"
                ),
            ),
        ),
        (
            "plan",
            is_list,
            Answer::Other(
                200,
                format!(
                    "<KeyGroupList {XMLNS}><NextMarker>{form}</NextMarker><MaxItems>1</MaxItems><Quantity>0</Quantity></KeyGroupList>"
                ),
            ),
        ),
        ("plan", is_policy, Answer::Other(200, format!(r#"{{"Statement":[],"Id":"{form}"}}"#))),
        (
            "check",
            is_encryption,
            Answer::Other(
                200,
                format!(
                    "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>\
                     aws:kms</SSEAlgorithm><KMSMasterKeyID>{form}</KMSMasterKeyID>\
                     </ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>"
                ),
            ),
        ),
    ]
}

/// A new account for each, in which nothing is there yet. Each place is tried with a third of the forms.
#[test]
fn what_an_answer_repeats_of_the_login_is_not_shown_in_any_form() {
    let all = SECRETS.iter().flat_map(|secret| forms(secret));
    let cases = all.enumerate().flat_map(|(n, form)| {
        let places = echoes(&form).into_iter().enumerate();
        let places = places.filter(move |(place, _)| (place + n) % 3 == 0);
        places.map(move |(_, case)| (form.clone(), case)).collect::<Vec<_>>()
    });
    let mut count = 0;
    for (form, (command, is_it, answer)) in cases {
        let stage = Stage::new();
        let mut answer = Some(answer);
        stage.proxy.rule(move |call| match is_it(call) {
            true => answer.take().unwrap_or_else(|| Answer::error(400, "Odd", "x")),
            false => Answer::Real,
        });
        let more: &[&str] = if command == "apply" { &["--yes"] } else { &[] };
        let output = stage.run(&stage.words(command, more));
        let said = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&said);
        assert_eq!(found_in_any_form(&said), [] as [&str; 0], "{form}: {text}");
        assert!(!output.status.success() && !text.contains("panicked"), "{form}: {text}");
        let mut kept = Vec::new();
        files(&stage.path("."), &mut kept);
        assert_eq!(found_in_any_form(&kept), [] as [&str; 0], "{form}");
        count += 1;
    }
    assert_eq!(count, 75);
    // That each form would be found.
    for form in SECRETS.iter().flat_map(|secret| forms(secret)) {
        assert!(!found_in_any_form(format!("a {form} b").as_bytes()).is_empty(), "{form}");
    }
}
