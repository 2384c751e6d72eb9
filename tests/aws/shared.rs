//! A file of this computer becomes a document and a link, in a terminal and against S3's interface: from the file to the
//! link that CloudFront would take.

use std::fs;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::keychain::Session;
use crate::proxy::{Answer, Call};
use crate::server;
use crate::stage::{REGION, Stage};

const ID: &str = "K2JCJMDEHXQW5F";
const SITE: &str = "docs.example.com";

/// A person with a site, whose key is in the keychain and whose documents lie in the stage's bucket.
pub struct Person {
    pub stage: Stage,
    pub session: Session,
    distribution: String,
}

impl Person {
    pub fn new() -> Self {
        let stage = Stage::new();
        let session = Session::start(&stage.path("."));
        let distribution = stage.open_distribution();
        let person = Self { stage, session, distribution };
        let key = format!("file://{}", person.stage.key_file("private"));
        let import = ["keys", "import", "--name", "Papers", "--site", SITE, "--key-pair-id", ID];
        person.done(&[&import[..], &["--private-key", &key]].concat());
        let place = ["--bucket", &person.stage.bucket, "--region", REGION];
        let place = [&place[..], &["--distribution", &person.distribution]].concat();
        person.done(&[&["sites", "storage", "Papers"], &place[..]].concat());
        person
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_signet"));
        let url = self.stage.proxy.url();
        command.args(words).current_dir(self.stage.path("."));
        if ["share", "documents"].contains(&words[0]) {
            command.args(["--endpoint-url", &url]);
        }
        self.stage.surround(&mut command);
        command.env("DBUS_SESSION_BUS_ADDRESS", &self.session.bus);
        command
    }

    pub fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// What it writes and what it says where it does what it was asked.
    pub fn said(&self, words: &[&str]) -> (String, String) {
        let Output { status, stdout, stderr } = self.run(words);
        let [output, errors] = [stdout, stderr].map(|text| String::from_utf8(text).unwrap());
        assert!(status.success(), "{words:?}: {output}{errors}");
        (output, errors)
    }

    pub fn done(&self, words: &[&str]) -> String {
        self.said(words).0
    }

    /// What it says where it does not.
    pub fn failed(&self, words: &[&str]) -> String {
        let Output { status, stdout, stderr } = self.run(words);
        let error = String::from_utf8(stderr).unwrap();
        assert_eq!(status.code(), Some(1), "{words:?}: {error}");
        assert!(!error.contains("panicked"), "{error}");
        assert_eq!(String::from_utf8(stdout).unwrap(), "", "{error}");
        error
    }

    pub fn file(&self, name: &str, content: &str) {
        let path = self.stage.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// The names of the documents that are there, as AWS's own library sees them.
    pub fn there(&self) -> Vec<String> {
        let there = server::documents(&self.stage.account, &self.stage.bucket);
        there["documents"].as_object().unwrap().keys().cloned().collect()
    }

    pub fn content(&self, key: &str) -> String {
        self.stage.ask("s3", "GET", &format!("/{}/{key}", self.stage.bucket), "")
    }

    pub fn invalidations(&self) -> String {
        let path = format!("/2020-05-31/distribution/{}/invalidation", self.distribution);
        self.stage.ask("cloudfront", "GET", &path, "")
    }

    /// The key of the document that a link opens, where CloudFront would take the link.
    pub fn opened(&self, link: &str) -> String {
        let link = link.trim_end();
        let inspect = ["inspect", "--public-key", "public.pem", "--key-pair-id", ID, link];
        assert!(self.run(&inspect).status.success(), "{link}");
        let path = link.strip_prefix(&format!("https://{SITE}/")).unwrap();
        let path = path.split('?').next().unwrap();
        percent_encoding::percent_decode_str(path).decode_utf8().unwrap().into_owned()
    }

    pub fn written_down(&self) -> usize {
        let files = fs::read_dir(self.stage.path(".config/signet")).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with("upload-") && name.ends_with(".json")).count()
    }
}

fn is_put(call: &Call) -> bool {
    call.method == "PUT" && call.path.contains(".pdf")
}

fn is_invalidation(call: &Call) -> bool {
    call.method == "POST" && call.path.contains("/invalidation")
}

#[test]
fn the_printed_link_opens_the_uploaded_document() {
    let person = Person::new();
    for name in ["Contract.pdf", "U\u{308}bersicht f\u{fc}r 100% & mehr?.pdf"] {
        person.file(name, "one");
        let (link, errors) =
            person.said(&["share", name, "--to", "reports/2026", "--expires-in", "7d"]);
        assert_eq!((link.lines().count(), errors.as_str()), (1, ""));
        let key = person.opened(&link);
        assert!(key.starts_with("reports/2026/") && person.there().contains(&key), "{key}");
        // The control: another document's link is not this one's.
        let other = link.replace("/reports/2026/", "/reports/2027/");
        let inspect =
            ["inspect", "--public-key", "public.pem", "--key-pair-id", ID, other.trim_end()];
        assert!(!person.run(&inspect).status.success());
    }
    assert_eq!(person.written_down(), 0);
    // The folder is remembered, and it is said how many links of what is there work.
    person.file("Letter.pdf", "two");
    let json: Value =
        serde_json::from_str(&person.done(&["share", "Letter.pdf", "--json"])).unwrap();
    let row = &json["documents"][0];
    assert_eq!(row["document"], "reports/2026/Letter.pdf");
    assert_eq!((&row["caches"], &row["kept_beside"]), (&"untouched".into(), &false.into()));
    person.opened(row["link"].as_str().unwrap());
    let listed = person.done(&["documents", "list", "reports/2026"]);
    assert!(listed.contains("reports/2026/Letter.pdf\t3\t20"), "{listed}");
    assert_eq!(person.done(&["documents", "list"]), "reports/\n");
    let listed: Value =
        serde_json::from_str(&person.done(&["documents", "list", "reports/2026", "--json"]))
            .unwrap();
    let letter = listed["documents"].as_array().unwrap().iter();
    let letter =
        letter.into_iter().find(|one| one["document"] == "reports/2026/Letter.pdf").unwrap();
    assert_eq!(letter["links"]["own"], 1);
    assert_eq!(letter["address"], format!("https://{SITE}/reports/2026/Letter.pdf"));
}

#[test]
fn both_are_kept_or_the_shown_one_is_replaced_and_cloudfront_is_told() {
    let person = Person::new();
    person.file("Contract.pdf", "one");
    let first = person.done(&["share", "Contract.pdf"]);
    person.file("Contract.pdf", "two");
    let (second, errors) = person.said(&["share", "Contract.pdf"]);
    assert_eq!(person.opened(&second), "Contract (2).pdf");
    assert!(errors.contains("Contract (2).pdf"), "{errors}");
    assert_eq!(person.content("Contract.pdf"), "one");
    assert!(!person.invalidations().contains("<InvalidationSummary>"));

    person.file("Contract.pdf", "three");
    let (third, errors) = person.said(&["share", "Contract.pdf", "--replace"]);
    assert!(
        errors.contains("3 bytes of ")
            && errors.contains("1 link that was made here opens the new"),
        "{errors}"
    );
    assert_eq!(
        (person.opened(&first), person.opened(&third)),
        ("Contract.pdf".into(), "Contract.pdf".into())
    );
    assert_eq!(person.content("Contract.pdf"), "three");
    let calls = person.stage.proxy.calls();
    let told = calls.iter().position(is_invalidation).unwrap();
    assert!(calls[told].body.contains("<Path>/Contract.pdf</Path>"), "{}", calls[told].body);
    assert!(calls.iter().rposition(is_put).unwrap() < told, "first the document");
    assert!(person.invalidations().contains("<InvalidationSummary>"));

    // Where CloudFront does not take it, the document is there and has its link.
    person.stage.proxy.rule(|call| match is_invalidation(call) {
        true => Answer::error(403, "AccessDenied", "no"),
        false => Answer::Real,
    });
    person.file("Contract.pdf", "four");
    let (fourth, errors) = person.said(&["share", "Contract.pdf", "--replace"]);
    assert_eq!(person.opened(&fourth), "Contract.pdf");
    assert!(
        errors.contains("The document is there. CloudFront's caches were not told"),
        "{errors}"
    );
    assert!(errors.contains("cloudfront:CreateInvalidation"), "{errors}");
    assert!(errors.contains(&format!("distribution/{}", person.distribution)), "{errors}");
    assert_eq!(person.content("Contract.pdf"), "four");
}

#[test]
fn a_refused_permission_is_named_with_the_policy_to_copy() {
    let person = Person::new();
    person.file("Contract.pdf", "one");
    person.stage.proxy.rule(|call| match is_put(call) {
        true => Answer::s3_error(403, "AccessDenied", "Access Denied"),
        false => Answer::Real,
    });
    let words = ["share", "Contract.pdf", "--to", "reports"];
    let error = person.failed(&words);
    assert!(
        error.starts_with("This AWS login may not do what is needed: s3:PutObject."),
        "{error}"
    );
    let policy: Value =
        serde_json::from_str(error.get(error.find("\n{").unwrap()..).unwrap()).unwrap();
    let statement = &policy["Statement"][0];
    assert_eq!(statement["Action"], "s3:PutObject");
    assert_eq!(statement["Resource"], format!("arn:aws:s3:::{}/reports/*", person.stage.bucket));
    assert_eq!(person.there(), [""; 0]);
    // Once it is allowed, the same goes on.
    person.stage.proxy.rule(|_| Answer::Real);
    assert_eq!(person.opened(&person.done(&words)), "reports/Contract.pdf");
}

#[test]
fn without_a_key_the_document_is_there_and_the_same_once_more_makes_only_the_link() {
    let mut person = Person::new();
    person.file("Contract.pdf", "one");
    let home = person.stage.path(".");
    person.session.lock(&home);
    let error = person.failed(&["share", "Contract.pdf"]);
    assert!(error.starts_with("The document is there, but it has no link."), "{error}");
    assert_eq!(person.there(), ["Contract.pdf"]);
    assert_eq!(person.written_down(), 1);
    person.session.unlock(&home);
    person.stage.proxy.calls();
    let link = person.done(&["share", "Contract.pdf"]);
    assert_eq!(person.opened(&link), "Contract.pdf");
    assert!(!person.stage.proxy.calls().iter().any(is_put), "nothing is sent again");
    assert_eq!((person.there(), person.written_down()), (vec!["Contract.pdf".to_owned()], 0));
}

#[test]
fn many_files_and_folders_go_on_after_a_stop() {
    let person = Person::new();
    for name in ["Papers/a.pdf", "Papers/2026/b.pdf", "Papers/.hidden", "c.pdf", "d.pdf"] {
        person.file(name, name);
    }
    std::os::unix::fs::symlink("a.pdf", person.stage.path("Papers/link.pdf")).unwrap();
    // The third of them is refused, as if the login had ended.
    let mut puts = 0;
    person.stage.proxy.rule(move |call| {
        puts += usize::from(is_put(call));
        match puts == 3 && is_put(call) {
            true => Answer::s3_error(403, "ExpiredToken", "x"),
            false => Answer::Real,
        }
    });
    let words = ["share", "Papers", "c.pdf", "d.pdf", "--expires-in", "7d"];
    let Output { status, stdout, stderr } = person.run(&words);
    let errors = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(1), "{errors}");
    assert!(errors.contains("hidden: Papers/.hidden"), "{errors}");
    assert!(errors.contains("a link: Papers/link.pdf"), "{errors}");
    assert!(errors.contains("not valid any more"), "{errors}");
    let before = String::from_utf8(stdout).unwrap();
    assert_eq!(before.lines().count(), 2);

    person.stage.proxy.rule(|_| Answer::Real);
    person.stage.proxy.calls();
    let links = person.done(&words);
    let opened: Vec<_> = links.lines().map(|link| person.opened(link)).collect();
    assert_eq!(opened, ["Papers/2026/b.pdf", "Papers/a.pdf", "c.pdf", "d.pdf"]);
    // The links that were made are those, and nothing is there twice.
    assert!(links.starts_with(&before), "{before}\n{links}");
    let puts = person.stage.proxy.calls();
    assert_eq!(puts.iter().filter(|call| is_put(call)).count(), 2);
    assert_eq!(person.there().len(), 4);
    assert_eq!(person.written_down(), 0);

    // A file that is not there costs only itself.
    let Output { status, stdout, stderr } =
        person.run(&["share", "gone.pdf", "c.pdf", "--replace"]);
    let errors = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(1));
    assert!(
        errors.contains("File 1: This file cannot be uploaded: there is no such file."),
        "{errors}"
    );
    assert!(errors.contains("1 of 2 files were not shared."), "{errors}");
    assert_eq!(person.opened(&String::from_utf8(stdout).unwrap()), "c.pdf");
}

#[test]
fn documents_are_put_renamed_and_taken_away() {
    let person = Person::new();
    person.file("a.pdf", "one");
    assert_eq!(person.done(&["documents", "put", "a.pdf"]), format!("https://{SITE}/a.pdf\n"));
    person.done(&["share", "a.pdf", "--replace"]);
    // Nobody is there to be asked.
    let asked = person.run(&["documents", "remove", "a.pdf"]);
    let errors = String::from_utf8(asked.stderr).unwrap();
    assert_eq!(asked.status.code(), Some(2));
    assert!(
        errors.contains("1 link that was made here ends.") && errors.contains("--yes"),
        "{errors}"
    );
    assert_eq!(person.there(), ["a.pdf"]);
    let renamed = person.done(&["documents", "rename", "a.pdf", "old/b.pdf", "--yes"]);
    assert_eq!((renamed.as_str(), person.there()), ("old/b.pdf\n", vec!["old/b.pdf".to_owned()]));
    person.file("c.pdf", "two");
    person.done(&["documents", "put", "c.pdf"]);
    let error = person.failed(&["documents", "rename", "c.pdf", "old/b.pdf", "--yes"]);
    assert!(error.contains("There is a document of that name already: 3 bytes"), "{error}");
    let json = person.done(&["documents", "remove", "old/b.pdf", "--yes", "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["document"], "old/b.pdf");
    assert_eq!(person.there(), ["c.pdf"]);
    let error = person.failed(&["documents", "remove", "old/b.pdf", "--yes"]);
    assert!(error.contains("There is no document of that name."), "{error}");
    let told = person.invalidations();
    assert!(told.contains("<InvalidationSummary>"), "{told}");
}

#[test]
fn of_two_files_of_one_name_none_is_lost() {
    let person = Person::new();
    for name in ["one/a.pdf", "two/a.pdf"] {
        person.file(name, name);
    }
    let both = ["share", "one/a.pdf", "two/a.pdf"];
    let links = person.done(&both);
    assert_eq!(
        links.lines().map(|link| person.opened(link)).collect::<Vec<_>>(),
        ["a.pdf", "a (2).pdf"]
    );
    let output = person.run(&[&both[..], &["--replace"]].concat());
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(
        errors.contains("File 2: Another file of this call lies under the same name"),
        "{errors}"
    );
    assert_eq!(person.content("a.pdf"), "one/a.pdf");
    assert_eq!(person.there(), ["a (2).pdf", "a.pdf"]);
}

/// From a new key over the set-up to the link, and nobody types where the documents lie.
#[test]
fn after_a_set_up_documents_are_shared_at_once() {
    let person = Person::new();
    person.done(&["keys", "make", "--name", "Board"]);
    let place = ["--bucket", &person.stage.bucket, "--region", REGION];
    let url = person.stage.proxy.url();
    let login = ["--endpoint-url", url.as_str()];
    let apply = [&["setup", "apply", "--key", "Board", "--yes"], &place[..], &login].concat();
    let said = person.done(&apply);
    let host = said.lines().find_map(|line| line.strip_prefix("Site: ")).unwrap().to_owned();
    let known: Value =
        serde_json::from_str(&person.done(&["sites", "storage", "Board", "--json"])).unwrap();
    assert_eq!(known["storage"]["bucket"], person.stage.bucket.as_str());
    assert!(known["storage"]["distribution"].as_str().unwrap().starts_with('E'), "{known}");
    person.file("a.pdf", "one");
    // There are two sites, so it is said which one is meant.
    let output = person.run(&["share", "a.pdf"]);
    assert_eq!(output.status.code(), Some(2));
    let link = person.done(&["share", "a.pdf", "--site", "Board"]);
    assert!(link.starts_with(&format!("https://{host}/a.pdf?")), "{link}");
    assert_eq!(person.there(), ["a.pdf"]);
    // Forgotten, a check finds it again.
    person.done(&["sites", "storage", "Board", "--forget"]);
    person.run(&[&["setup", "check", "--key", "Board"], &place[..], &login].concat());
    assert!(person.done(&["sites", "storage", "Board"]).starts_with(&person.stage.bucket));
}

/// Kills `signet` while its nth call waits for an answer; gives whether there was such a call.
fn killed_at(person: &Person, words: &[&str], n: usize, is_done: bool) -> bool {
    let (reached, waiting) = mpsc::channel();
    let mut seen = 0;
    person.stage.proxy.rule(move |_| {
        seen += 1;
        if seen == n {
            let reached = reached.clone();
            return Answer::Never { is_done, then: Box::new(move || reached.send(()).unwrap()) };
        }
        Answer::Real
    });
    let mut command = person.command(words);
    let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let was_reached = loop {
        if waiting.try_recv().is_ok() {
            break true;
        }
        if process.try_wait().unwrap().is_some() {
            break false;
        }
        thread::sleep(Duration::from_millis(2));
    };
    process.kill().unwrap();
    assert_eq!(process.wait_with_output().unwrap().status.success(), !was_reached);
    person.stage.proxy.rule(|_| Answer::Real);
    was_reached
}

#[test]
fn whenever_it_is_killed_the_same_once_more_does_nothing_twice() {
    let person = Person::new();
    let links = |key: &str| {
        let listed = person.done(&["documents", "list", "--json"]);
        let listed: Value = serde_json::from_str(&listed).unwrap();
        let documents = listed["documents"].as_array().unwrap().clone();
        let document = documents.into_iter().find(|document| document["document"] == key).unwrap();
        document["links"]["own"].as_u64().unwrap()
    };
    let mut rounds = 0;
    for is_done in [false, true] {
        for n in 1.. {
            let [one, two] = ["one", "two"].map(|name| format!("{name}-{is_done}-{n}.pdf"));
            person.file(&one, &one);
            person.file(&two, &two);
            let words = ["share", &one, &two, "--expires-in", "7d"];
            if !killed_at(&person, &words, n, is_done) {
                break;
            }
            rounds += 1;
            let made = person.done(&words);
            let opened: Vec<_> = made.lines().map(|link| person.opened(link)).collect();
            assert_eq!(opened, [one.as_str(), &two], "{n} {is_done}");
            for name in [&one, &two] {
                assert_eq!((&person.content(name), links(name)), (name, 1), "{n} {is_done}");
            }
        }
    }
    assert!(rounds >= 6, "{rounds}");
    // Two of each round and of the two that nothing killed, and no copy.
    let there = person.there();
    assert_eq!(there.len(), 2 * (rounds + 2), "{there:?}");
    assert_eq!(person.written_down(), 0);
}

const ACCESS_KEY: (&str, &str) =
    ("AKIAZ7QXW2RTY5PLMN4B", "q8Zk3Wm/Tt0Lx9+Rv5Hn2Bj7Yc1Df4Gs6PaKeQwX");

impl Person {
    /// Gives the access key, in the file that the console makes, and says what is said of it.
    fn give_access_key(&self) -> String {
        let (id, secret) = ACCESS_KEY;
        self.file("access.csv", &format!("Access key ID,Secret access key\r\n{id},{secret}\r\n"));
        self.said(&["sites", "storage", "Papers", "--access-key-file", "access.csv"]).1
    }

    /// With whose access key each call was made since it was asked for last.
    pub fn callers(&self) -> Vec<String> {
        let calls = self.stage.proxy.calls();
        let of = |call: &Call| -> String {
            let (_, credential) = call.head.split_once("Credential=").unwrap();
            credential.split('/').next().unwrap().to_owned()
        };
        calls.iter().map(of).collect()
    }
}

#[test]
fn documents_are_reached_with_the_access_key_of_the_site_and_with_nothing_else() {
    let person = Person::new();
    person.file("Contract.pdf", "one");
    let (id, secret) = ACCESS_KEY;
    // The control: without one it is the login of this computer.
    person.done(&["share", "Contract.pdf"]);
    let own = crate::stage::SECRETS[0];
    assert!(person.callers().iter().all(|caller| caller == own));
    let said = person.give_access_key();
    assert!(said.contains(&format!("They are reached with the access key {id}.")), "{said}");
    assert!(said.contains("Its file still holds it, and can be deleted now."), "{said}");
    assert!(fs::read_to_string(person.stage.path("access.csv")).unwrap().contains(secret));
    let known: Value =
        serde_json::from_str(&person.done(&["sites", "storage", "Papers", "--json"])).unwrap();
    assert_eq!(known["storage"]["access_key_id"], id);

    person.file("Contract.pdf", "two");
    let link = person.done(&["share", "Contract.pdf", "--replace"]);
    assert_eq!(
        (person.opened(&link), person.content("Contract.pdf")),
        ("Contract.pdf".into(), "two".into())
    );
    person.done(&["documents", "list"]);
    let callers = person.callers();
    assert!(callers.len() >= 4 && callers.iter().all(|caller| caller == id), "{callers:?}");
    // A profile that is named in the call goes before it; there is none of this name.
    let error = person.failed(&["documents", "list", "--profile", "nobody"]);
    assert!(error.contains("have no such profile"), "{error}");
    // No file of the person's but its own has the secret, as a whole or in part.
    let mut having = Vec::new();
    let mut open = vec![person.stage.path(".")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                open.push(entry.path());
            } else if kind.is_file() {
                let bytes = fs::read(entry.path()).unwrap();
                if bytes
                    .windows(12)
                    .any(|piece| secret.as_bytes().windows(12).any(|part| part == piece))
                {
                    having.push(entry.file_name().into_string().unwrap());
                }
            }
        }
    }
    assert_eq!(having, ["access.csv"], "the control and nothing else");

    let (_, said) = person.said(&["sites", "storage", "Papers", "--forget-access-key"]);
    assert!(said.contains("In AWS it stays valid until it is deleted there."), "{said}");
    person.callers();
    person.done(&["documents", "list"]);
    let callers = person.callers();
    assert!(!callers.is_empty() && callers.iter().all(|caller| caller == own), "{callers:?}");
}

#[test]
fn an_access_key_that_lets_nobody_in_says_why() {
    let person = Person::new();
    person.give_access_key();
    for (code, says) in [
        (
            "InvalidAccessKeyId",
            "AWS does not know the access key of this site: it was deleted there, or made inactive.",
        ),
        (
            "SignatureDoesNotMatch",
            "The secret of this site's access key is not the one that belongs to its ID.",
        ),
    ] {
        person.stage.proxy.rule(move |_| Answer::s3_error(403, code, "no"));
        let error = person.failed(&["documents", "list"]);
        assert!(error.starts_with(says), "{error}");
        assert!(error.contains("--access-key-file"), "{error}");
    }
    person.stage.proxy.rule(|_| Answer::Real);
    // What somebody took out of the keychain is missed, and no other login is tried.
    person.callers();
    person.session.lock(&person.stage.path("."));
    let error = person.failed(&["documents", "list"]);
    assert!(error.starts_with("The keychain did not give the access key of this site:"), "{error}");
    assert_eq!(person.callers(), [""; 0]);
}

impl Person {
    /// The lines of a check of the site, each with its state and, of those about documents, its permission.
    fn checked(&self, more: &[&str]) -> Vec<(String, String, String)> {
        let url = self.stage.proxy.url();
        let words = ["setup", "check", "--key", "Papers", "--json", "--endpoint-url", &url];
        let Output { stdout, stderr, .. } = self.run(&[&words[..], more].concat());
        let answer: Value = serde_json::from_slice(&stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&stderr)));
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let lines = answer["lines"].as_array().unwrap().iter();
        lines
            .map(|line| (text(&line["line"]), text(&line["state"]), text(&line["action"])))
            .collect()
    }

    /// What was seen of each permission, and what of the rest has this beginning.
    fn seen(&self) -> Vec<(String, String)> {
        let lines = self.checked(&[]).into_iter();
        let of_documents = lines.filter(|(line, ..)| line.starts_with("documents-"));
        of_documents.map(|(line, _, action)| (action, line)).collect()
    }
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(one, two)| ((*one).to_owned(), (*two).to_owned())).collect()
}

/// Nobody says which bucket is meant, for the site's is known. Each permission is a line, and looking changes nothing.
#[test]
fn a_check_has_a_line_for_each_permission_and_changes_nothing() {
    let person = Person::new();
    person.file("a.pdf", "one");
    person.done(&["share", "a.pdf"]);
    person.give_access_key();
    person.callers();
    let expected = [
        ("s3:ListBucket", "documents-allowed"),
        ("s3:PutObject", "documents-allowed"),
        ("s3:GetObject", "documents-allowed"),
        ("s3:AbortMultipartUpload", "documents-allowed"),
        ("s3:DeleteObject", "documents-not-seen"),
        ("cloudfront:CreateInvalidation", "documents-not-seen"),
    ];
    assert_eq!(person.seen(), pairs(&expected));
    let calls = person.stage.proxy.calls();
    let probes: Vec<_> = calls.iter().filter(|call| call.is_write()).collect();
    // All that is no question goes to an upload that never was.
    assert!(probes.len() >= 2, "{}", probes.len());
    for call in &probes {
        let is_question = call.method == "HEAD";
        assert!(is_question || call.path.contains("uploadId="), "{} {}", call.method, call.path);
    }
    assert_eq!((person.there(), person.content("a.pdf")), (vec!["a.pdf".to_owned()], "one".into()));
    let uploads = person.stage.ask("s3", "GET", &format!("/{}?uploads", person.stage.bucket), "");
    assert!(!uploads.contains("<Upload>"), "{uploads}");
    assert!(!person.invalidations().contains("<InvalidationSummary>"));

    // What is refused is refused, and the rest is not called right for it.
    for (refused, at, others) in [
        ("s3:PutObject", "partNumber=1", [0, 2, 3]),
        ("s3:AbortMultipartUpload", "DELETE", [0, 1, 2]),
        ("s3:GetObject", "HEAD", [0, 1, 3]),
    ] {
        person.stage.proxy.rule(move |call| {
            match format!("{} {}", call.method, call.path).contains(at) {
                true => Answer::s3_error(403, "AccessDenied", "Access Denied"),
                false => Answer::Real,
            }
        });
        let seen = person.seen();
        assert!(seen.contains(&(refused.to_owned(), "documents-refused".to_owned())), "{seen:?}");
        for other in others {
            assert_eq!(seen[other].1, "documents-allowed", "{refused}: {seen:?}");
        }
    }
    // Without the list nothing shows whether one may read.
    person.stage.proxy.rule(|call| {
        match call.path.contains("list-type=2") || call.method == "HEAD" {
            true => Answer::s3_error(403, "AccessDenied", "Access Denied"),
            false => Answer::Real,
        }
    });
    let seen = person.seen();
    assert_eq!(
        (seen[0].1.as_str(), seen[2].1.as_str()),
        ("documents-refused", "documents-not-seen"),
        "{seen:?}"
    );
    let id = ACCESS_KEY.0;
    person.stage.proxy.rule(move |call| match call.head.contains(id) {
        true => Answer::s3_error(403, "InvalidAccessKeyId", "no"),
        false => Answer::Real,
    });
    assert_eq!(person.seen(), pairs(&[("", "documents-not-reached")]));
}

#[test]
fn a_check_says_whether_a_rule_ends_unfinished_uploads() {
    let person = Person::new();
    let line = |person: &Person| {
        let lines = person.checked(&[]).into_iter();
        let of = lines.filter(|(line, ..)| line.starts_with("unfinished-")).collect::<Vec<_>>();
        let [(line, state, _)] = &of[..] else { panic!("{of:?}") };
        (line.clone(), state.clone())
    };
    let stays = ("unfinished-stays".to_owned(), "note".to_owned());
    assert_eq!(line(&person), stays);
    let path = format!("/{}?lifecycle", person.stage.bucket);
    let rule = |status: &str, filter: &str| {
        format!(
            "<LifecycleConfiguration><Rule><ID>a</ID><Filter>{filter}</Filter><Status>{status}</Status>\
             <AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation>\
             </AbortIncompleteMultipartUpload></Rule></LifecycleConfiguration>"
        )
    };
    for (status, filter) in [("Disabled", "<Prefix/>"), ("Enabled", "<Prefix>logs/</Prefix>")] {
        person.stage.ask("s3", "PUT", &path, &rule(status, filter));
        assert_eq!(line(&person), stays, "{status} {filter}");
    }
    person.stage.ask("s3", "PUT", &path, &rule("Enabled", "<Prefix></Prefix>"));
    assert_eq!(line(&person), ("unfinished-ends".to_owned(), "right".to_owned()));
    // A login of an earlier policy may not look, and the check goes on.
    person.stage.proxy.rule(|call| match call.path.contains("lifecycle") {
        true => Answer::s3_error(403, "AccessDenied", "Access Denied"),
        false => Answer::Real,
    });
    assert_eq!(line(&person), ("unfinished-not-seen".to_owned(), "not-seen".to_owned()));
}

/// Of a site whose storage nobody said, the one distribution that has its address says it.
#[test]
fn a_check_finds_bucket_and_region_by_the_address_of_the_site() {
    let person = Person::new();
    person.done(&["sites", "storage", "Papers", "--forget"]);
    let url = person.stage.proxy.url();
    let words = ["setup", "check", "--key", "Papers", "--endpoint-url", &url];
    let error = person.failed(&words);
    assert!(error.starts_with("No distribution of this AWS account has the address"), "{error}");
    assert!(error.ends_with("Give --bucket and --region.\n"), "{error}");
    let half = [&words[..], &["--bucket", "client-papers"]].concat();
    assert_eq!(person.run(&half).status.code(), Some(2));
    // Where it is known by its distribution's own address, it is found, and learnt.
    person.done(&["keys", "make", "--name", "Board"]);
    let place = ["--bucket", &person.stage.bucket, "--region", REGION, "--endpoint-url", &url];
    person.done(&[&["setup", "apply", "--key", "Board", "--yes"], &place[..]].concat());
    person.done(&["sites", "storage", "Board", "--forget"]);
    let output = person.run(&["setup", "check", "--key", "Board", "--endpoint-url", &url]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("The login for this site's documents may put documents there"), "{said}");
    assert!(person.done(&["sites", "storage", "Board"]).starts_with(&person.stage.bucket));
}
