//! A login for documents, made by a set-up: the user, its policy and its access key, which goes into the keychain; stopped
//! anywhere, refused, taken back, and beside what somebody else has there.

use std::fs;
use std::process::{Output, Stdio};
use std::sync::{Arc, Mutex, mpsc};

use serde_json::{Value, json};
use signet_setup::Names;

use crate::proxy::{Answer, Call, forward};
use crate::server;
use crate::shared::Person;
use crate::stage::REGION;

/// A person with a key that is set up nowhere yet, and what to call its user.
struct Board {
    person: Person,
    set_up: String,
    user: String,
}

/// Whether IAM is asked to do this, or anything that changes something.
fn is_iam(call: &Call, action: &str) -> bool {
    call.path == "/" && call.body.contains(&format!("Action={action}"))
}

fn is_iam_write(call: &Call) -> bool {
    let reads = ["GetCallerIdentity", "GetUser", "ListAccessKeys"];
    call.path == "/" && !reads.iter().any(|action| is_iam(call, action))
}

impl Board {
    fn new() -> Self {
        let person = Person::new();
        let pem = person.done(&["keys", "make", "--name", "Board"]);
        let key = signet_cloudfront::key::PublicKey::from_spki_pem(pem.trim()).unwrap();
        let names = Names::of(&key);
        Self { person, set_up: names.common(), user: names.document_user() }
    }

    fn words<'a>(&'a self, command: &'a str, url: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        let words = ["setup", command, "--key", "Board", "--endpoint-url", url];
        let bucket = self.person.stage.bucket.as_str();
        let place = ["--bucket", bucket, "--region", REGION, "--with-document-login"];
        let place = if command == "undo" { &[][..] } else { &place[..] };
        [&words[..], place, more].concat()
    }

    fn run(&self, command: &str, more: &[&str]) -> Output {
        let url = self.person.stage.proxy.url();
        self.person.run(&self.words(command, &url, more))
    }

    fn done(&self, command: &str, more: &[&str]) -> (String, String) {
        let url = self.person.stage.proxy.url();
        self.person.said(&self.words(command, &url, more))
    }

    fn apply(&self) -> (String, String) {
        self.done("apply", &["--yes"])
    }

    /// What it says where it does not.
    fn failed(&self, command: &str, more: &[&str]) -> String {
        let output = self.run(command, more);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{error}");
        assert!(!error.contains("panicked"), "{error}");
        error
    }

    fn account(&self) -> Value {
        self.person.stage.account()
    }

    /// The users of the account.
    fn users(&self) -> Vec<Value> {
        self.account()["users"].as_array().unwrap().clone()
    }

    /// The access keys of the one user.
    fn keys(&self) -> Vec<String> {
        let users = self.users();
        let [user] = &users[..] else { panic!("{users:?}") };
        let keys = user["keys"].as_array().unwrap().iter();
        keys.map(|key| key.as_str().unwrap().to_owned()).collect()
    }

    /// The access key that the site has.
    fn of_site(&self) -> Option<String> {
        let known = self.person.done(&["sites", "storage", "Board", "--json"]);
        let known: Value = serde_json::from_str(&known).unwrap();
        known["storage"]["access_key_id"].as_str().map(str::to_owned)
    }

    /// Asks IAM as somebody else does.
    fn iam(&self, form: &str) -> String {
        let form = format!("{form}&Version=2010-05-08");
        self.person.stage.ask_form("iam", &form)
    }

    /// Documents are reached, and with this access key alone.
    fn reaches_with(&self, id: &str) {
        self.person.stage.proxy.calls();
        self.person.done(&["documents", "list", "--site", "Board"]);
        let callers = self.person.callers();
        assert!(!callers.is_empty() && callers.iter().all(|caller| caller == id), "{callers:?}");
    }

    /// Starts it and kills it while its nth call of IAM that changes something waits for an answer. Gives whether there
    /// was such a call.
    fn killed_at(&self, command: &str, n: usize, is_done: bool) -> bool {
        let (reached, waiting) = mpsc::channel();
        let mut seen = 0;
        self.person.stage.proxy.rule(move |call| {
            seen += usize::from(is_iam_write(call));
            if is_iam_write(call) && seen == n {
                let reached = reached.clone();
                let then = Box::new(move || reached.send(()).unwrap());
                return Answer::Never { is_done, then };
            }
            Answer::Real
        });
        let url = self.person.stage.proxy.url();
        let mut command = self.person.command(&self.words(command, &url, &["--yes"]));
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let was_reached = loop {
            if waiting.try_recv().is_ok() {
                break true;
            }
            if process.try_wait().unwrap().is_some() {
                break false;
            }
            std::thread::sleep(std::time::Duration::from_millis(2));
        };
        process.kill().unwrap();
        assert_eq!(process.wait_with_output().unwrap().status.success(), !was_reached);
        self.person.stage.proxy.rule(|_| Answer::Real);
        was_reached
    }
}

/// From the question to the document, and back to nothing.
#[test]
fn documents_are_reached_with_the_access_key_that_a_set_up_made_until_it_is_taken_back() {
    let board = Board::new();
    let person = &board.person;
    let before = board.account();
    let (plan, _) = board.done("plan", &[]);
    for line in [
        &format!("will make   the IAM user {} for documents\n", board.user),
        "will make   the policy of that user\n",
        "will make   an access key of that user, for the keychain of this computer\n",
    ] {
        assert!(plan.contains(line), "{plan}");
    }
    assert!(plan.contains("distribution/(the new distribution)"), "{plan}");
    assert_eq!(board.account(), before);

    // The secret is said once, by AWS.
    let said = Arc::new(Mutex::new(String::new()));
    let (heard, account) = (Arc::clone(&said), person.stage.account.clone());
    person.stage.proxy.rule(move |call| {
        if !is_iam(call, "CreateAccessKey") {
            return Answer::Real;
        }
        let answer = String::from_utf8(forward(call, &account).unwrap()).unwrap();
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        *heard.lock().unwrap() = body.to_owned();
        Answer::Other(200, body.to_owned())
    });
    let (output, errors) = board.apply();
    let answer = said.lock().unwrap().clone();
    let between = |tag: &str| {
        let (_, rest) = answer.split_once(&format!("<{tag}>")).unwrap();
        rest.split('<').next().unwrap().to_owned()
    };
    let (id, secret) = (between("AccessKeyId"), between("SecretAccessKey"));
    assert!(
        errors.contains(&format!("with the access key {id}, which is in the keychain")),
        "{errors}"
    );
    assert!(!format!("{output}{errors}").contains(&secret));
    assert_eq!(board.of_site().as_deref(), Some(id.as_str()));
    assert_eq!(board.keys(), std::slice::from_ref(&id));
    let user = &board.users()[0];
    assert_eq!(user["name"], board.user.as_str());
    assert_eq!(user["tags"], json!({ "signet": board.set_up }));
    assert_eq!((&user["attached"], &user["groups"]), (&json!([]), &json!([])));
    // It may do what is printed, and nothing else.
    let printed = person.done(&["setup", "policy", "--for", "documents", "--site", "Board"]);
    let printed: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(user["policies"], json!({ "signet-documents": printed }));

    person.stage.proxy.rule(|_| Answer::Real);
    person.file("a.pdf", "one");
    person.stage.proxy.calls();
    person.done(&["share", "a.pdf", "--site", "Board"]);
    let callers = person.callers();
    assert!(callers.iter().all(|caller| *caller == id), "{callers:?}");
    board.reaches_with(&id);
    let (checked, _) = board.checked();
    assert!(checked.contains("may put documents there"), "{checked}");
    no_file_has(person, &secret);

    // The same once more changes nothing, and the choice to remove as well is seen before.
    let there = board.account();
    board.apply();
    assert_eq!(board.account(), there);
    let (plan, _) = board.done("plan", &["--remove"]);
    assert!(
        plan.contains("will change the policy of that user") && plan.contains("s3:DeleteObject"),
        "{plan}"
    );
    assert!(plan.contains(&format!("keychain of this computer {id}\n")), "{plan}");
    board.done("apply", &["--yes", "--remove"]);
    let removing = ["setup", "policy", "--for", "documents", "--site", "Board", "--remove"];
    let printed: Value = serde_json::from_str(&person.done(&removing)).unwrap();
    assert_eq!(board.users()[0]["policies"], json!({ "signet-documents": printed }));
    assert_eq!(board.keys(), std::slice::from_ref(&id));

    person.done(&["documents", "remove", "a.pdf", "--site", "Board", "--yes"]);
    let (_, errors) = board.done("undo", &["--yes"]);
    assert!(
        errors.contains(&format!(
            "the access key for documents {id} is removed, there and in the keychain"
        )),
        "{errors}"
    );
    assert_eq!((board.account(), board.of_site()), (before, None));
}

impl Board {
    fn checked(&self) -> (String, String) {
        let url = self.person.stage.proxy.url();
        let words = ["setup", "check", "--key", "Board", "--endpoint-url", &url];
        let output = self.person.run(&words);
        let [out, errors] =
            [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
        (out, errors)
    }
}

/// No part of it, in no file of the person's. The control is a file that has it.
fn no_file_has(person: &Person, secret: &str) {
    person.file("control.txt", &format!("x{secret}x"));
    let mut having = Vec::new();
    let mut open = vec![person.stage.path(".")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                open.push(entry.path());
            } else if kind.is_file() {
                let bytes = fs::read(entry.path()).unwrap();
                let parts: Vec<_> = secret.as_bytes().windows(12).collect();
                if bytes.windows(12).any(|piece| parts.contains(&piece)) {
                    having.push(entry.file_name().into_string().unwrap());
                }
            }
        }
    }
    assert_eq!(having, ["control.txt"]);
    fs::remove_file(person.stage.path("control.txt")).unwrap();
}

/// Whenever it is killed, the same once more leaves one user with one access key, which the keychain has.
#[test]
fn a_login_whose_making_was_killed_is_finished_and_none_is_left_that_nobody_has() {
    for is_done in [false, true] {
        for n in 1.. {
            let board = Board::new();
            let before = board.account();
            if !board.killed_at("apply", n, is_done) {
                // Three things are made.
                assert_eq!(n, 4);
                break;
            }
            // Half of them are taken back at once.
            if (n + usize::from(is_done)) % 2 == 0 {
                board.apply();
                let [id] = &board.keys()[..] else { panic!("{:?}", board.keys()) };
                assert_eq!(board.of_site().as_ref(), Some(id), "{n} {is_done}");
                board.reaches_with(id);
            }
            board.done("undo", &["--yes"]);
            assert_eq!((board.account(), board.of_site()), (before, None), "{n} {is_done}");
        }
    }
}

#[test]
fn an_undo_that_was_killed_goes_on_from_there() {
    for is_done in [false, true] {
        for n in 1.. {
            let board = Board::new();
            let before = board.account();
            board.apply();
            if !board.killed_at("undo", n, is_done) {
                assert_eq!(n, 4);
                break;
            }
            board.done("undo", &["--yes"]);
            assert_eq!((board.account(), board.of_site()), (before, None), "{n} {is_done}");
        }
    }
}

/// The library asks twice where that does no harm. An access key is asked for once.
#[test]
fn where_an_answer_is_lost_nothing_is_there_twice() {
    let board = Board::new();
    let lose = |action: &'static str| {
        let mut is_lost = false;
        board.person.stage.proxy.rule(move |call| {
            if is_iam(call, action) && !is_lost {
                is_lost = true;
                return Answer::Lost;
            }
            Answer::Real
        });
    };
    lose("CreateAccessKey");
    let error = board.failed("apply", &["--yes"]);
    assert!(error.contains("AWS did not answer."), "{error}");
    let lost = board.keys();
    assert_eq!((lost.len(), board.of_site()), (1, None));
    board.person.stage.proxy.rule(|_| Answer::Real);
    let (plan, _) = board.done("plan", &[]);
    assert!(plan.contains(&lost[0]) && plan.contains("whose secret nobody has"), "{plan}");
    board.apply();
    assert_eq!(board.keys().len(), 1);
    assert_ne!(board.keys(), lost);
    assert_eq!(board.of_site(), board.keys().pop());

    board.done("undo", &["--yes"]);
    for action in ["CreateUser", "PutUserPolicy"] {
        lose(action);
        board.apply();
        assert_eq!(board.keys().len(), 1, "{action}");
        board.done("undo", &["--yes"]);
        assert_eq!(board.users(), [] as [Value; 0], "{action}");
    }
    // IAM does not know at once what was just made.
    for action in ["PutUserPolicy", "CreateAccessKey"] {
        let mut is_settled = false;
        board.person.stage.proxy.rule(move |call| {
            if is_iam(call, action) && !is_settled {
                is_settled = true;
                return Answer::error(404, "NoSuchEntity", "The user cannot be found.");
            }
            Answer::Real
        });
        board.apply();
        assert_eq!(board.keys().len(), 1, "{action}");
        board.done("undo", &["--yes"]);
    }
}

#[test]
fn somebody_elses_user_of_the_name_is_left_alone_and_nothing_is_made() {
    let board = Board::new();
    let tags = "&Tags.member.1.Key=signet&Tags.member.1.Value=signet-000000000000";
    for tags in ["", tags] {
        board.iam(&format!("Action=CreateUser&UserName={}{tags}", board.user));
        let before = board.account();
        let error = board.failed("apply", &["--yes"]);
        let said =
            format!("There is an IAM user {} that was not made for this set-up.", board.user);
        assert!(error.contains(&said), "{error}");
        assert!(error.contains("leave out --with-document-login"), "{error}");
        assert_eq!(board.account(), before);
        board.iam(&format!("Action=DeleteUser&UserName={}", board.user));
    }
    // One that has taken the place of ours since is not taken back.
    board.apply();
    let id = board.of_site().unwrap();
    board.iam(&format!("Action=DeleteAccessKey&UserName={}&AccessKeyId={id}", board.user));
    let policy = "PolicyName=signet-documents";
    board.iam(&format!("Action=DeleteUserPolicy&UserName={}&{policy}", board.user));
    board.iam(&format!("Action=DeleteUser&UserName={}", board.user));
    board.iam(&format!(
        "Action=CreateUser&UserName={}&Tags.member.1.Key=signet&Tags.member.1.Value={}",
        board.user, board.set_up
    ));
    let error = board.failed("undo", &["--yes"]);
    let said = "the IAM user for documents, which is not as Signet made it";
    assert!(error.contains(said), "{error}");
    assert_eq!(board.users().len(), 1);
    assert_eq!(board.users()[0]["name"], board.user.as_str());
}

#[test]
fn a_missing_permission_is_named_with_the_policy_that_gives_it_and_it_goes_on() {
    let board = Board::new();
    for action in ["GetUser", "CreateUser", "PutUserPolicy", "ListAccessKeys", "CreateAccessKey"] {
        board.person.stage.proxy.rule(move |call| match is_iam(call, action) {
            true => Answer::error(
                403,
                "AccessDenied",
                &format!("User: arn:aws:iam::1:user/a is not authorized to perform: iam:{action} on resource: user b"),
            ),
            false => Answer::Real,
        });
        let error = board.failed("apply", &["--yes"]);
        let said = format!("This AWS login may not do what is needed: iam:{action}.");
        assert!(error.contains(&said), "{error}");
        let policy = error.get(error.rfind("\n{").unwrap()..).unwrap();
        let policy: Value = serde_json::from_str(policy).unwrap();
        let statement = &policy["Statement"][0];
        assert_eq!(statement["Action"], format!("iam:{action}"));
        assert_eq!(statement["Resource"], "arn:aws:iam::*:user/signet-*-documents");
    }
    board.person.stage.proxy.rule(|_| Answer::Real);
    board.apply();
    assert_eq!(board.of_site(), board.keys().pop());
}

/// Another computer's access key, a policy, a group: our key goes, and the user stays with a sentence until it is free.
#[test]
fn a_user_on_which_somebody_has_put_something_stays() {
    let board = Board::new();
    let before = board.account();
    let (user, more) = (board.user.as_str(), ", where there is more by now than Signet made");
    board.apply();
    let id = board.of_site().unwrap();
    let made = board.iam(&format!("Action=CreateAccessKey&UserName={user}"));
    let (_, rest) = made.split_once("<AccessKeyId>").unwrap();
    let theirs = rest.split('<').next().unwrap().to_owned();
    let error = board.failed("undo", &["--yes"]);
    for thing in ["the policy of the IAM user for documents", "the IAM user for documents"] {
        assert!(error.contains(&format!("{thing}{more}")), "{error}");
    }
    assert_eq!((board.keys(), board.of_site()), (vec![theirs.clone()], None));
    assert_ne!(theirs, id);
    assert!(board.users()[0]["policies"]["signet-documents"].is_object());
    board.iam(&format!("Action=DeleteAccessKey&UserName={user}&AccessKeyId={theirs}"));

    board.iam("Action=CreateGroup&GroupName=staff");
    board.iam(&format!("Action=AddUserToGroup&GroupName=staff&UserName={user}"));
    let error = board.failed("undo", &["--yes"]);
    assert!(error.contains(&format!("the IAM user for documents{more}")), "{error}");
    assert_eq!(board.users()[0]["policies"], json!({}));
    board.iam(&format!("Action=RemoveUserFromGroup&GroupName=staff&UserName={user}"));
    board.iam("Action=DeleteGroup&GroupName=staff");
    board.done("undo", &["--yes"]);
    assert_eq!(board.account(), before);
}

#[test]
fn a_third_access_key_is_not_asked_for() {
    let board = Board::new();
    board.iam(&format!(
        "Action=CreateUser&UserName={}&Tags.member.1.Key=signet&Tags.member.1.Value={}",
        board.user, board.set_up
    ));
    for _ in 0..2 {
        board.iam(&format!("Action=CreateAccessKey&UserName={}", board.user));
    }
    let before = board.account();
    let error = board.failed("apply", &["--yes"]);
    let said = format!("The IAM user {} has two access keys, and AWS gives no third.", board.user);
    assert!(error.contains(&said), "{error}");
    assert_eq!(board.account(), before);
}

#[test]
fn a_keychain_that_is_locked_leaves_no_access_key_at_aws() {
    let mut board = Board::new();
    let home = board.person.stage.path(".");
    // The key is known by its file, so that only the access key needs the keychain.
    let public = board.person.done(&["keys", "public", "--key", "Board"]);
    board.person.file("board-public.pem", &public);
    board.apply();
    let first = board.of_site().unwrap();
    // Its secret is lost: the key is forgotten here, and is removed where the next one is made.
    board.person.done(&["sites", "storage", "Board", "--forget-access-key"]);
    let mut refused = 0;
    let (bucket, url) = (board.person.stage.bucket.clone(), board.person.stage.proxy.url());
    let apply =
        ["setup", "apply", "--public-key", "board-public.pem", "--yes", "--with-document-login"];
    let place = ["--bucket", &bucket, "--region", REGION, "--endpoint-url", &url];
    let apply = [&apply[..], &place[..]].concat();
    board.person.session.lock(&home);
    let error = board.person.run(&apply);
    let said = String::from_utf8(error.stderr).unwrap();
    refused += usize::from(said.contains("the access key for documents was not kept"));
    assert_eq!(refused, 1, "{said}");
    assert_eq!((board.keys(), board.of_site()), (vec![], None));
    board.person.session.unlock(&home);
    board.person.done(&apply);
    let second = board.of_site().unwrap();
    assert_ne!(first, second);
    assert_eq!(board.keys(), std::slice::from_ref(&second));
    board.reaches_with(&second);
}

/// Who does not ask for one has IAM asked nothing, on no way.
#[test]
fn without_a_login_iam_is_not_asked() {
    let person = Person::new();
    person.done(&["keys", "make", "--name", "Board"]);
    let url = person.stage.proxy.url();
    let place = ["--bucket", person.stage.bucket.as_str(), "--region", REGION];
    let common = ["--key", "Board", "--endpoint-url", url.as_str()];
    person.stage.proxy.calls();
    person.done(&[&["setup", "apply", "--yes"], &common[..], &place[..]].concat());
    person.run(&[&["setup", "check"], &common[..], &place[..]].concat());
    person.done(&[&["setup", "undo", "--yes"], &common[..]].concat());
    let calls = person.stage.proxy.calls();
    let of_service =
        |service: &str| calls.iter().filter(|call| call.head.contains(service)).count();
    assert_eq!(of_service("/iam/aws4_request"), 0);
    assert!(of_service("/cloudfront/aws4_request") > 0);
    assert!(server::account(&person.stage.account, &person.stage.bucket)["users"] == json!([]));
}
