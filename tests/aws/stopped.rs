//! A set-up that ends in the middle: killed at any call, its answers lost, or refused half-way. Going
//! on makes nothing twice, and undo finds all of it.

use std::sync::mpsc;

use serde_json::Value;

use crate::proxy::{Answer, Call, forward};
use crate::stage::Stage;

/// How many things there are of each kind.
fn counts(account: &Value) -> [usize; 4] {
    [
        account["access_controls"].as_array().unwrap().len(),
        account["public_keys"].as_array().unwrap().len(),
        account["key_groups"].as_array().unwrap().len(),
        account["distributions"].as_object().unwrap().len(),
    ]
}

/// Starts `apply` and kills it while its nth call that changes something waits for an answer. Gives
/// whether there was such a call.
fn killed_at(stage: &Stage, words: &[&str], n: usize, is_done: bool) -> bool {
    let (reached, waiting) = mpsc::channel();
    let mut seen = 0;
    stage.proxy.rule(move |call| {
        seen += usize::from(call.is_write());
        if call.is_write() && seen == n {
            // Once it is done it may be killed; the proxy does it before it falls silent.
            let reached = reached.clone();
            return Answer::Never { is_done, then: Box::new(move || reached.send(()).unwrap()) };
        }
        Answer::Real
    });
    let mut process = stage.start(words);
    // Where there is no nth call, it ends and says so.
    let was_reached = loop {
        if waiting.try_recv().is_ok() {
            break true;
        }
        if process.try_wait().unwrap().is_some() {
            break false;
        }
        std::thread::yield_now();
    };
    process.kill().unwrap();
    let output = process.wait_with_output().unwrap();
    assert_eq!(
        output.status.success(),
        !was_reached,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    stage.proxy.rule(|_| Answer::Real);
    was_reached
}

fn rounds(is_existing: bool) -> usize {
    let mut rounds = 0;
    for is_done in [false, true] {
        for n in 1.. {
            let stage = Stage::new();
            let id = is_existing.then(|| stage.open_distribution());
            let before = stage.account();
            let mut words = stage.words("apply", &["--yes"]);
            if let Some(id) = &id {
                words.extend(["--distribution", id]);
            }
            if !killed_at(&stage, &words, n, is_done) {
                break;
            }
            rounds += 1;
            // Half of the rounds take back at once what is there, and the others go on first.
            if n % 2 == 0 {
                stage.done(&words);
                let made = stage.account();
                assert_eq!(counts(&made), [1; 4], "killed at {n}");
                let policy = made["policy"].as_str().unwrap();
                assert_eq!(policy.matches("SignetRead").count(), 1, "killed at {n}");
            }
            stage.undo();
            assert_eq!(stage.account(), before, "killed at {n}");
        }
    }
    rounds
}

#[test]
fn a_killed_set_up_of_a_new_distribution_goes_on_where_it_was() {
    // Five things are made.
    assert_eq!(rounds(false), 10);
}

#[test]
fn a_killed_change_of_a_distribution_goes_on_where_it_was() {
    // Three are made and two are changed.
    assert_eq!(rounds(true), 10);
}

/// Ctrl-C, as a terminal sends it.
fn interrupt(process: &std::process::Child) {
    let id = process.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
}

#[test]
fn ctrl_c_stops_before_a_next_step() {
    let stage = Stage::new();
    let before = stage.account();
    let ((reached, waiting), (go_on, held)) = (mpsc::channel(), mpsc::channel::<()>());
    stage.proxy.rule(move |call| {
        if call.is_write() && reached.send(()).is_ok() {
            // Until the signal is on its way; later calls do not wait.
            held.recv().unwrap_or_default();
        }
        Answer::Real
    });
    let process = stage.start(&stage.words("apply", &["--yes"]));
    waiting.recv().unwrap();
    interrupt(&process);
    drop((waiting, go_on));
    let output = process.wait_with_output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(
        error.contains("It was stopped before the next step.\nRun it again to go on"),
        "{error}"
    );
    let made = stage.account();
    assert!(made != before && counts(&made) != [1; 4], "{error}");
    stage.proxy.rule(|_| Answer::Real);
    stage.apply(&[]);
    assert_eq!(counts(&stage.account()), [1; 4]);
    stage.undo();
    assert_eq!(stage.account(), before);
}

/// CloudFront takes minutes to switch a distribution off everywhere; moto does it at once.
#[test]
fn undo_waits_for_the_distribution_and_can_be_stopped() {
    let stage = Stage::new();
    let before = stage.account();
    stage.apply(&[]);
    let (account, (reached, waiting)) = (stage.account.clone(), mpsc::channel());
    let mut looks = 0;
    let on_its_way = move |call: &Call| {
        let words: Vec<_> = call.path.split('/').collect();
        if call.method == "GET" && matches!(words[..], ["", _, "distribution", _]) {
            looks += 1;
            // After the first there is nobody left to be told.
            reached.send(looks).unwrap_or_default();
            let answer = String::from_utf8(forward(call, &account).unwrap()).unwrap();
            let (_, body) = answer.split_once("\r\n\r\n").unwrap();
            return Answer::Other(200, body.replace(">Deployed<", ">InProgress<"));
        }
        Answer::Real
    };
    stage.proxy.rule(on_its_way);
    let process = stage.start(&["undo", "--yes"]);
    waiting.recv().unwrap();
    interrupt(&process);
    let output = process.wait_with_output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains("It was stopped"), "{error}");
    let left = stage.account();
    let config = left["distributions"].as_object().unwrap().values().next().unwrap();
    assert_eq!(config["Enabled"], false);
    stage.proxy.rule(|_| Answer::Real);
    stage.undo();
    assert_eq!(stage.account(), before);
}

/// The library asks again by itself, and CloudFront says that it is there already.
#[test]
fn what_was_made_by_a_call_whose_answer_was_lost_is_taken() {
    for is_existing in [false, true] {
        let stage = Stage::new();
        let id = is_existing.then(|| stage.open_distribution());
        let before = stage.account();
        let mut lost = Vec::new();
        stage.proxy.rule(move |call| {
            let place = (call.method.clone(), call.path.clone());
            if call.is_write() && !lost.contains(&place) {
                lost.push(place);
                return Answer::Lost;
            }
            Answer::Real
        });
        let distribution: Vec<_> = id.iter().flat_map(|id| ["--distribution", id]).collect();
        stage.apply(&distribution);
        assert_eq!(counts(&stage.account()), [1; 4]);
        stage.undo();
        assert_eq!(stage.account(), before);
    }
}

#[test]
fn undo_takes_only_what_was_made_here() {
    let stage = Stage::new();
    // Somebody has made the key by hand, under the same name.
    let name = signet_setup::Names::of(&stage.key).common();
    stage.ask(
        "cloudfront",
        "POST",
        "/2020-05-31/public-key",
        &format!(
            "<PublicKeyConfig xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><CallerReference>\
             {name}</CallerReference><Name>{name}</Name><EncodedKey>{}</EncodedKey></PublicKeyConfig>",
            stage.key.to_spki_pem()
        ),
    );
    let before = stage.account();
    stage.apply(&[]);
    assert_eq!(counts(&stage.account()), [1; 4]);
    stage.undo();
    assert_eq!(stage.account(), before);
}

/// What AWS has refused is not there, so it is not Signet's if it comes later from elsewhere.
#[test]
fn what_was_refused_was_not_made() {
    let stage = Stage::new();
    stage.proxy.rule(|call| {
        if call.is_write() && call.path.ends_with("/public-key") {
            return Answer::error(400, "TooManyPublicKeys", "");
        }
        Answer::Real
    });
    let words = stage.words("apply", &["--yes"]);
    stage.failed(&words);
    let journal = std::fs::read_dir(stage.path(".config/signet")).unwrap().next().unwrap().unwrap();
    let journal = std::fs::read_to_string(journal.path()).unwrap();
    assert!(journal.contains("access-control") && !journal.contains("public-key"), "{journal}");
}

#[test]
fn what_somebody_else_uses_stays_until_it_is_free() {
    let stage = Stage::new();
    stage.apply(&[]);
    let made = stage.account();
    let group = made["key_groups"][0]["Id"].as_str().unwrap();
    // Theirs trusts the key group as well.
    let theirs = stage.distribution(&format!(
        "<DistributionConfig xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><CallerReference>a\
         </CallerReference><Comment>Theirs</Comment><Enabled>false</Enabled><Origins><Quantity>1</Quantity><Items>\
         <Origin><Id>o</Id><DomainName>theirs.s3.eu-central-1.amazonaws.com</DomainName><S3OriginConfig>\
         <OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig></Origin></Items></Origins>\
         <DefaultCacheBehavior><TargetOriginId>o</TargetOriginId><ViewerProtocolPolicy>allow-all\
         </ViewerProtocolPolicy><TrustedKeyGroups><Enabled>true</Enabled><Quantity>1</Quantity><Items><KeyGroup>\
         {group}</KeyGroup></Items></TrustedKeyGroups></DefaultCacheBehavior></DistributionConfig>"
    ));
    let (what, do_now) = stage.failed(&["undo", "--yes"]);
    assert_eq!(
        what,
        format!("Something else still uses the key group {group}, so AWS does not remove it.")
    );
    assert!(do_now.contains("run this again"), "{do_now}");
    let left = stage.account();
    assert_eq!(counts(&left), [1; 4]);
    assert_eq!(left["policy"], Value::Null);
    assert!(left["distributions"][&theirs].is_object());
    // They let it go.
    stage.remove_distribution(&theirs);
    stage.undo();
    assert_eq!(counts(&stage.account()), [0; 4]);
}

#[test]
fn another_accounts_set_up_is_not_taken_back() {
    let (stage, other) = (Stage::new(), Stage::new());
    stage.apply(&[]);
    let made = stage.account();
    // The same person, logged in to the other account.
    let url = other.proxy.url();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_signet"));
    let words = ["setup", "undo", "--yes", "--public-key", "public.pem", "--endpoint-url", &url];
    command.args(words).current_dir(stage.path("."));
    stage.surround(&mut command);
    let output = command.output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains(&format!("was made in the AWS account {}", stage.account)), "{error}");
    assert_eq!(stage.account(), made);
}
