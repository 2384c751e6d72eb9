//! Nothing that a terminal would obey is written, whatever AWS answers and whatever a journal holds.

use serde_json::{Value, json};

use crate::proxy::Answer;
use crate::stage::Stage;
use crate::tame::{POISON, assert_tame};

const CALLED: [&str; 6] = ["id", "bucket", "region", "arn", "origin", "access_control"];

/// What XML may hold of it.
const IN_XML: &str = "x\u{9b}2J\u{202e}\u{2066}\u{200b}\u{ad}\nFORGED\u{2028}FORGED";

#[test]
fn no_word_of_aws_reaches_a_terminal_as_it_is() {
    let stage = Stage::new();
    let [apply, plan, check] =
        [stage.words("apply", &["--yes"]), stage.words("plan", &[]), stage.words("check", &[])];
    for poison in [POISON, IN_XML] {
        for code in ["Odd", "TooMany", "AccessDenied", "MalformedPolicy", "PermanentRedirect"] {
            for (code, message) in [
                (code.to_owned(), poison.to_owned()),
                (format!("{code}{poison}"), "no".to_owned()),
                (code.to_owned(), format!("not authorized to perform: s3:{poison}")),
            ] {
                for is_write in [false, true] {
                    let (code, message) = (code.clone(), message.clone());
                    stage.proxy.rule(move |call| match call.is_write() == is_write {
                        true => Answer::error(400, &code, &message),
                        false => Answer::Real,
                    });
                    assert_tame(&stage.run(if is_write { &apply } else { &plan }), &poison);
                }
            }
        }
    }
    stage.proxy.rule(|_| Answer::Real);
    // A policy of others, shown as it is and as it will be.
    let others = json!({ "Version": "2012-10-17", "Statement": [{
        "Sid": POISON, "Effect": "Allow", "Principal": { "AWS": format!("arn:aws:iam::1:user/{POISON}") },
        "Action": "s3:GetObject", "Resource": format!("arn:aws:s3:::{}/{POISON}*", stage.bucket),
    }] });
    stage.put_policy(&others.to_string());
    let shown = assert_tame(&stage.run(&plan), &"a policy");
    assert!(shown.contains("202E") || shown.contains("202e"), "{shown}");
    assert_tame(&stage.run(&check), &"a policy");
    let json = stage.words("plan", &["--json"]);
    let json: Value = serde_json::from_str(&assert_tame(&stage.run(&json), &"JSON")).unwrap();
    assert!(json.to_string().contains('\u{202e}'), "the value is whole: {json}");
}

#[test]
fn no_word_of_a_journal_reaches_a_terminal_as_it_is() {
    let stage = Stage::new();
    stage.apply(&[]);
    stage.edit_journal(|journal| poison(&mut journal["set_up"]["made"]));
    let output = stage.run(&["undo", "--yes"]);
    assert_tame(&output, &"a journal");
    assert!(!output.status.success());
}

/// What AWS's things are called in it.
fn poison(value: &mut Value) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(poison),
        Value::Object(all) => {
            for (name, value) in all {
                match value {
                    Value::String(text) if CALLED.contains(&name.as_str()) => text.push_str(POISON),
                    value => poison(value),
                }
            }
        }
        _ => {}
    }
}
