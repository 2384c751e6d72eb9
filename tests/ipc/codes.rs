//! Every error code is reached by a person's mistake or a computer's fault, from the window's side.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use signet_app::setup::Journals as _;
use signet_app::{HistoryStoreError, KeychainError, Name, SaveError, SettingsError};
use signet_desktop::native::ClipboardError;

use crate::documents::share;
use crate::stage::{
    Stage, call_from, first_links, locked, name_of, new_key, openssl, own_pages, p256_pem, rsa_pem,
};

const BINDINGS: &str = include_str!("../../ui/src/backend/bindings.ts");

/// Codes that no test can provoke from here, with where they are proved or why they cannot be.
const ELSEWHERE: &[&str] = &[
    // practice/tests/without_port.rs: it takes this process's last file descriptor.
    "noFreePort",
    // A signature that does not verify takes a fault of the processor: keys are checked before.
    "signingFailed",
    // It takes an AWS account: src-tauri/src/ipc/aws_errors.rs, whose causes are provoked over
    // loopback by the terminal program's tests/aws, and by tests/window/test_done_for_you.py.
    "awsAccessKeyMismatch",
    "awsAccessKeyUnknown",
    "awsNoLogin",
    "awsLoginExpired",
    "awsLoginOfTools",
    "awsWrongClock",
    "awsNotAllowed",
    "awsConflict",
    "awsQuota",
    "awsNoBucket",
    "awsNoDistribution",
    "awsWrongRegion",
    "awsPublicAccessBlocked",
    "awsPolicyRefused",
    "awsBusy",
    "awsUnreachable",
    "awsRefused",
    "awsUnexpected",
    "awsEndless",
    "awsInUse",
    "awsIsThere",
    "awsNotThere",
    "awsAccountNotReady",
    "awsPricingPlan",
    "awsSwitchedOn",
    "storageAccountNotReady",
    "storagePricingPlan",
    "storageSwitchedOn",
    "setUpLeft",
    "setUpStillOn",
    "setUpOtherKey",
    "setUpKeyNotInGroup",
    "setUpUnfit",
    "setUpPolicyUnreadable",
    "setUpStopped",
    "setUpNotKept",
    "setUpOtherAccount",
    "setUpInUse",
    "setUpShared",
    "setUpBusy",
    "setUpOtherId",
    "accessKeyNotKept",
    "documentLoginElsewhere",
    "documentLoginHasAccessKey",
    "documentLoginNoMoreKeys",
    "documentLoginNoSite",
    "documentLoginOtherUser",
    "documentLoginPlaceUnknown",
    // A test may run as one who may write everywhere: it is src-tauri/src/ipc/error.rs that gives it.
    "folderLocked",
    // tests/ipc/batch.rs: it takes a list whose making was cut off, and another window.
    "manyElsewhere",
    "manyGone",
    // The keychain says so of a key of the list alone, and that is `keyMissing`, with its name.
    "keychainMissing",
    // No more of a file is read than may be in it.
    "keyFileTooLarge",
    // Nothing is said of a field in which nothing stands.
    "distributionIdEmpty",
    "arnEmpty",
    // The file is changed while it is read: src-tauri/os/src/document_file.rs.
    "documentTroubleChanged",
    "documentTroubleShrank",
    "documentTroubleVanished",
    "documentTroubleUnreadable",
    // No file of this computer is called so.
    "documentNameEmptyFolder",
    "documentNameDots",
    "documentNameIsFolder",
    // A folder without a name is the site itself.
    "documentFolderEmpty",
    "documentFolderIsFolder",
    "originPathEmpty",
    "originPathIsFolder",
    // It takes a folder that the site does not show, and ten thousand copies of one document.
    "documentHasNoAddress",
    "noFreeName",
    // It takes a storage: src-tauri/src/ipc/storage_errors.rs gives them, the terminal program's tests/aws provoke
    // their causes, and tests/window/test_documents.py has one in the window.
    "shareStopped",
    "shareBusy",
    "shareElsewhere",
    "documentChangedThere",
    "documentTooLarge",
    "documentHasBothNames",
    "documentTooLargeToRename",
    "storageLocked",
    "storageAccessKeyMismatch",
    "storageAccessKeyUnknown",
    "storageBusy",
    "storageConflict",
    "storageEndless",
    "storageInUse",
    "storageIsThere",
    "storageLoginExpired",
    "storageLoginOfTools",
    "storageLoginUnusable",
    "storageNoBucket",
    "storageNoDistribution",
    "storageNoLogin",
    "storageNotAllowed",
    "storageNotThere",
    "storagePolicyRefused",
    "storagePublicAccessBlocked",
    "storageQuota",
    "storageRefused",
    "storageUnexpected",
    "storageUnreachable",
    "storageWrongClock",
    "storageWrongRegion",
    // It takes ten thousand files, and a test may run as one who can read everything: src-tauri/os/src/found_files.rs.
    "tooManyFiles",
    "folderUnreadable",
    // A test may run as one who can read everything: src-tauri/os/src/document_file.rs.
    "openDocumentNotAllowed",
    "openDocumentUnreadable",
    // The file is read as this user, and a test may run as one who can read everything: what
    // comes up when reading fails is tried on Linux only, below.
    "readKeyFileUnreadable",
];

/// What each error is called: its code alone, or with each of its reasons.
fn all_codes() -> BTreeSet<String> {
    let errors = declared("IpcError").split("\"code\": \"").skip(1);
    let named = errors.flat_map(|error| {
        let code = error.split('"').next().unwrap();
        // An error of a crate below is named, or stands there.
        let named = error.split_once("} & ").map(|(_, rest)| rest.split(' ').next().unwrap());
        let below = named.filter(|name| !name.starts_with('('));
        let reasons = reasons(below.map_or(error, declared));
        let name = |why: &str| name_of(&json!({ "code": code, "why": why }));
        let names: Vec<_> = reasons.into_iter().map(name).collect();
        if names.is_empty() { vec![code.to_owned()] } else { names }
    });
    named.collect()
}

fn declared(shape: &str) -> &'static str {
    let (_, rest) = BINDINGS.split_once(&format!("export type {shape} = ")).unwrap();
    rest.split("\n\nexport ").next().unwrap().split("\n\n/**").next().unwrap()
}

fn reasons(shape: &str) -> Vec<&str> {
    shape.split("\"why\": \"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// A stage with one key on it, and the codes that were seen there.
struct Codes {
    stage: Stage,
    id: String,
    seen: BTreeSet<String>,
}

impl Codes {
    fn expect(&mut self, code: &str, command: &str, request: Value) {
        assert_eq!(self.stage.code(command, request), code, "{command}");
        self.seen.insert(code.to_owned());
    }

    fn new_key(&mut self, code: &str, field: &str, text: &str) {
        let mut request = new_key("Another");
        request[field] = json!(text);
        self.expect(code, "add_key", request);
    }

    fn file(&mut self, code: &str, content: &[u8]) {
        self.stage.pick("picked", content);
        self.expect(code, "add_key", new_key("Another"));
    }

    fn address(&mut self, code: &str, address: &str) {
        let request = self.stage.link_of(&self.id, address);
        self.expect(code, "create_link", request);
    }

    fn limits(&mut self, code: &str, limit: &str, text: &str) {
        let mut request = self.stage.link_of(&self.id, "reports/a.pdf");
        request["limits"] = json!({ limit: text });
        self.expect(code, "preview_limits", request.clone());
        self.expect(code, "create_link", request);
    }

    fn until(&mut self, code: &str, local: &str) {
        let lifetime = json!({ "kind": "until", "local": local });
        let signer = json!({ "kind": "practice" });
        let request = json!({ "signer": signer, "lifetime": lifetime });
        self.expect(code, "preview_lifetime", request);
    }
}

#[test]
fn every_error_code_is_reached() {
    let stage = Stage::new();
    let own_file = p256_pem();
    let id = stage.add("Client papers", &own_file);
    let mut codes = Codes { stage, id, seen: BTreeSet::new() };
    names_sites_and_ids(&mut codes);
    key_files(&mut codes, &own_file);
    addresses_and_lifetimes(&mut codes);
    many_at_once(&mut codes);
    keychain_and_settings(&mut codes);
    history(&mut codes);
    a_trial_that_is_cancelled(&mut codes);
    storages(&mut codes);
    access_keys(&mut codes);
    documents(&mut codes);
    handing_out(&mut codes);
    set_up(&mut codes);
    done_for_you(&mut codes);
    made_keys(&mut codes);

    let mut expected = all_codes();
    assert!(expected.len() > 150, "the codes were not found in the bindings");
    for elsewhere in ELSEWHERE {
        assert!(expected.remove(*elsewhere), "{elsewhere} is no error");
    }
    codes.seen.remove("readKeyFileUnreadable");
    let missing: Vec<_> = expected.difference(&codes.seen).collect();
    assert!(missing.is_empty(), "not reached: {missing:?}");
}

fn storages(codes: &mut Codes) {
    let id = codes.stage.site_of(&codes.id);
    for (code, field, text) in [
        ("bucketEmpty", "bucket", " "),
        ("bucketInvalid", "bucket", "Client papers"),
        ("regionInvalid", "region", "Europe"),
        ("profileInvalid", "profile", "AKIAIOSFODNN7EXAMPLE"),
        ("originPathDots", "originPath", "a/../b"),
        ("originPathHasBackslash", "originPath", "a\\b"),
        ("originPathEmptyFolder", "originPath", "a//b"),
        ("originPathHidden", "originPath", "a\u{200b}"),
        ("originPathTooLong", "originPath", "f".repeat(1_024).as_str()),
        ("distributionIdIsDomain", "distribution", "d111111abcdef8.cloudfront.net"),
    ] {
        let mut storage = json!({
            "bucket": "client-papers", "region": "eu-central-1", "profile": "", "originPath": "", "distribution": "",
            "folder": "",
        });
        storage[field] = json!(text);
        codes.expect(code, "set_site_storage", json!({ "id": id, "storage": storage }));
    }
}

fn access_keys(codes: &mut Codes) {
    let site = codes.stage.site_of(&codes.id);
    let of = |from: &str| json!({ "id": site, "from": from });
    codes.expect("siteTakesNoDocuments", "set_access_key", of("file"));
    let storage = json!({
        "bucket": "client-papers", "region": "eu-central-1", "profile": "", "originPath": "", "distribution": "",
        "folder": "",
    });
    codes.stage.call("set_site_storage", json!({ "id": site, "storage": storage })).unwrap();
    let (id, secret) = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    for (code, text) in [
        ("accessKeyTextNoAccessKey", "notes".to_owned()),
        ("accessKeyTextIsSigningKey", String::from_utf8(p256_pem()).unwrap()),
        ("accessKeyTextNoSecret", id.to_owned()),
        ("accessKeyTextNoId", secret.to_owned()),
        ("accessKeyTextSeveral", format!("{id} {secret} AKIAI44QH8DHBEXAMPLE")),
        ("accessKeyTextTemporary", format!("ASIAIOSFODNN7EXAMPLE {secret}")),
    ] {
        codes.stage.pick("access.csv", text.as_bytes());
        codes.expect(code, "set_access_key", of("file"));
        *codes.stage.world.copied.lock().unwrap() = Some(text);
        codes.expect(code, "set_access_key", of("clipboard"));
    }
    *codes.stage.world.copied.lock().unwrap() = None;
    codes.expect("clipboardHasNoText", "set_access_key", of("clipboard"));
    codes.stage.pick("access.csv", format!("{id},{secret}").as_bytes());
    codes.stage.call("set_access_key", of("file")).unwrap();
    codes.stage.world.secrets.lock().unwrap().retain(|_, kept| !kept.starts_with(b"AKIA"));
    codes.stage.pick("a.pdf", b"content");
    let chosen = codes.stage.call("choose_document", Value::Null).unwrap();
    let mut request = share(&chosen["document"]["number"], "ask");
    request["signer"] = json!({ "kind": "site", "id": site });
    codes.expect("accessKeyMissing", "share_document", request);
    codes.stage.call("set_site_storage", json!({ "id": site, "storage": null })).unwrap();
}

fn documents(codes: &mut Codes) {
    let chosen = |codes: &Codes, name: &str| {
        codes.stage.pick(name, b"content");
        let chosen = codes.stage.call("choose_document", Value::Null).unwrap();
        chosen["document"]["number"].clone()
    };
    codes.expect("noDocument", "share_document", share(&json!(0), "ask"));
    let empty = codes.stage.folder.path().join("empty folder");
    std::fs::create_dir(&empty).unwrap();
    codes.stage.pick_path(empty);
    codes.expect("noFiles", "choose_files", json!({ "isFolder": true }));
    #[cfg(unix)]
    files_that_are_none(codes);
    let number = chosen(codes, "a.pdf");
    let mut on_site = share(&number, "ask");
    on_site["signer"] = json!({ "kind": "site", "id": codes.stage.site_of(&codes.id) });
    codes.expect("siteTakesNoDocuments", "share_document", on_site);

    codes.expect("folderClosed", "read_folder", json!({ "number": 0, "answers": 1 }));
    codes.expect("nothingToUndo", "undo_document", json!({ "undo": 0 }));
    codes.stage.call("start_practice", Value::Null).unwrap();
    let long = "f".repeat(1_019);
    for (code, folder) in [
        ("documentFolderTooLong", "f".repeat(1_024).as_str()),
        ("documentFolderHidden", "a\u{200b}"),
        ("documentFolderHasBackslash", "a\\b"),
        ("documentFolderEmptyFolder", "a//b"),
        ("documentFolderDots", "a/../b"),
        ("documentNameTooLong", long.as_str()),
    ] {
        let mut request = share(&number, "ask");
        request["folder"] = json!(folder);
        codes.expect(code, "share_document", request);
    }
    for (code, name) in [
        ("documentNameEmpty", " "),
        ("documentNameHidden", "a\u{202e}fdp.exe"),
        ("documentNameHasBackslash", "a\\b.pdf"),
    ] {
        let number = chosen(codes, name);
        codes.expect(code, "share_document", share(&number, "ask"));
    }
    let giant = codes.stage.pick("giant.iso", b"");
    std::fs::File::create(&giant).unwrap().set_len(1 << 30).unwrap();
    let giant = codes.stage.call("choose_document", Value::Null).unwrap();
    codes.expect("practiceFull", "share_document", share(&giant["document"]["number"], "ask"));
    documents_that_are_there(codes);
    codes.stage.call("leave_practice", Value::Null).unwrap();
}

/// In practice, where the letter is.
fn documents_that_are_there(codes: &mut Codes) {
    let open = |codes: &Codes| {
        let request = json!({ "signer": { "kind": "practice" }, "folder": "" });
        codes.stage.call("open_folder", request).unwrap()["number"].clone()
    };
    let number = open(codes);
    let rename = |to: &str| json!({ "number": number, "id": 0, "to": to });
    for (code, to) in [
        ("documentNewNameEmpty", " "),
        ("documentNewNameTooLong", "f".repeat(1_025).as_str()),
        ("documentNewNameHidden", "a\u{200b}.pdf"),
        ("documentNewNameHasBackslash", "a\\b.pdf"),
        ("documentNewNameEmptyFolder", "a//b.pdf"),
        ("documentNewNameDots", "a/../b.pdf"),
        ("documentNewNameIsFolder", "reports/"),
        ("documentNameTaken", "Practice letter.html"),
    ] {
        codes.expect(code, "rename_document", rename(to));
    }
    let taken = json!({ "number": number, "id": 0 });
    let taken = codes.stage.call("take_away_document", taken).unwrap();
    codes.stage.call("leave_practice", Value::Null).unwrap();
    codes.stage.call("start_practice", Value::Null).unwrap();
    codes.expect("documentNotKept", "undo_document", json!({ "undo": taken["undo"] }));
    let old = open(codes);
    codes.stage.call("rename_document", json!({ "number": old, "id": 0, "to": "a.html" })).unwrap();
    let again = open(codes);
    codes.stage.call("leave_practice", Value::Null).unwrap();
    codes.stage.call("start_practice", Value::Null).unwrap();
    let request = json!({ "number": again, "id": 0 });
    codes.expect("documentNotAsShown", "take_away_document", request);
}

#[cfg(unix)]
fn files_that_are_none(codes: &mut Codes) {
    use std::os::unix::fs::symlink;
    let file = codes.stage.pick("a.pdf", b"content");
    codes.stage.call("choose_document", Value::Null).unwrap();
    let at = |name: &str| file.with_file_name(name);
    std::fs::create_dir(at("folder")).unwrap();
    symlink(at("folder"), at("to-folder")).unwrap();
    symlink(at("nowhere"), at("dead")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    for (code, path) in [
        ("openDocumentNotFound", at("nowhere")),
        ("openDocumentFolder", at("folder")),
        ("openDocumentLinkToFolder", at("to-folder")),
        ("openDocumentDeadLink", at("dead")),
        ("openDocumentPipe", at("pipe")),
        ("openDocumentDevice", "/dev/zero".into()),
    ] {
        codes.stage.pick_path(path);
        codes.expect(code, "choose_document", Value::Null);
    }
}

fn names_sites_and_ids(codes: &mut Codes) {
    codes.new_key("nameEmpty", "name", "  ");
    codes.new_key("nameTooLong", "name", &"n".repeat(61));
    codes.new_key("nameTaken", "name", "client PAPERS");
    codes.new_key("siteEmpty", "address", "");
    codes.new_key("siteInvalid", "address", "not a site");
    codes.new_key("siteNotSecure", "address", "http://docs.example.com");
    codes.new_key("siteIsStorageAddress", "address", "papers.s3.eu-west-1.amazonaws.com");
    codes.new_key("siteIsDistributionId", "address", "E2QWRUHAPOMQZL");
    codes.new_key("siteIsConsole", "address", "https://console.aws.amazon.com/cloudfront");
    codes.new_key("siteHasPath", "address", "https://docs.example.com/papers/");
    codes.new_key("siteHasUserInfo", "address", "https://me@docs.example.com");
    codes.new_key("publicKeyIdEmpty", "publicKeyId", "");
    codes.new_key("publicKeyIdIsDistributionId", "publicKeyId", "E2QWRUHAPOMQZL");
    let group = "fedcba98-7654-3210-fedc-ba9876543210";
    codes.new_key("publicKeyIdIsKeyGroupId", "publicKeyId", group);
    codes.new_key("publicKeyIdIsAccessKey", "publicKeyId", "AKIAIOSFODNN7EXAMPLE");
    codes.new_key("publicKeyIdIsPem", "publicKeyId", "-----BEGIN PUBLIC KEY-----");
    codes.new_key("publicKeyIdNotFilledIn", "publicKeyId", "YOUR_PUBLIC_KEY_ID");
    codes.new_key("publicKeyIdSmallLetters", "publicKeyId", "k2jcjmdehxqw5f");
    codes.new_key("publicKeyIdInvalid", "publicKeyId", "hello");
}

fn done_for_you(codes: &mut Codes) {
    // The secret of the first key was damaged above.
    let id = codes.stage.add("Fourth", &p256_pem());
    let site = codes.stage.site_of(&id);
    let of_site = json!({ "siteId": site });
    codes.expect("setUpNotPlanned", "apply_set_up", of_site.clone());
    let answers = json!({
        "keyId": id, "bucket": "client-papers", "region": "eu-central-1",
        "distributionId": "", "publicKeyId": "", "arn": "", "domain": "", "done": [],
        "profile": "a profile that nobody has",
    });
    codes.stage.answer(&site, &answers).unwrap();
    codes.expect("setUpNothingMade", "undo_set_up", of_site.clone());
    codes.expect("awsLoginUnusable", "plan_set_up", of_site.clone());
    // Seen before anybody is asked, so the login that there is none of does not matter.
    let mut elsewhere = answers.clone();
    elsewhere["region"] = json!("cn-north-1");
    codes.stage.answer(&site, &elsewhere).unwrap();
    codes.expect("setUpOtherPartition", "plan_set_up", of_site.clone());
    codes.stage.answer(&site, &answers).unwrap();
    let journal = codes.stage.plant_journal(&id, b"{");
    codes.expect("setUpJournalUnreadable", "set_up_made", of_site.clone());
    let turn = codes.stage.set_ups().begin(&codes.stage.public_half(&id)).unwrap();
    codes.expect("setUpElsewhere", "undo_set_up", of_site.clone());
    drop(turn);
    let name = journal.file_name().unwrap().to_str().unwrap();
    let lock = journal.with_file_name(name.replace("-123456789012.json", ".lock"));
    std::fs::create_dir(&lock).unwrap();
    codes.expect("setUpNoLock", "undo_set_up", of_site.clone());
    std::fs::remove_dir(lock).unwrap();
    std::fs::remove_file(journal).unwrap();
}

fn made_keys(codes: &mut Codes) {
    let made = json!({ "siteId": null, "name": "Made", "kind": "p256" });
    let site = codes.stage.call("make_key", made).unwrap();
    let made = site["keys"][0].clone();
    let again = json!({ "siteId": site["id"], "name": "", "kind": "p256" });
    codes.expect("siteHasKey", "make_key", again);
    codes.expect(
        "nameTaken",
        "make_key",
        json!({ "siteId": null, "name": "made", "kind": "p256" }),
    );
    let backup = |passphrase: &str, again: &str| json!({ "id": made["id"], "passphrase": passphrase, "repeated": again });
    codes.expect("newPassphraseTooShort", "back_up_key", backup("short", "short"));
    let long = "a horse, a battery and a staple";
    codes.expect("newPassphraseDiffers", "back_up_key", backup(long, "another one that is long"));
    let place = codes.stage.folder.path().join("made.pem");
    codes.stage.pick_path(place.clone());
    codes.stage.call("back_up_key", backup(long, long)).unwrap();
    // The dialog asked about a file named so, and none is.
    codes.stage.pick_path(place.with_extension(""));
    codes.expect("fileExists", "back_up_key", backup(long, long));
    codes.stage.pick_path(place);
    codes.stage.call("add_key", new_key("Again")).unwrap();
    codes.expect("keyUnfinished", "unlock_key", json!({ "passphrase": long }));

    let old = codes.stage.add("Old", &p256_pem());
    let site = codes.stage.site_of(&old);
    let replace = json!({ "siteId": site, "kind": "p256" });
    let begun = codes.stage.call("replace_key", replace.clone()).unwrap();
    codes.expect("keyBeingReplaced", "replace_key", replace);
    let switch = json!({ "siteId": site, "publicKeyId": "K2JCJMDEHXQW5F" });
    codes.expect("publicKeyIdOfOldKey", "switch_key", switch);
    let mut elsewhere = new_key("");
    elsewhere["id"] = begun["newKeyId"].clone();
    elsewhere["address"] = json!("other.example.com");
    codes.expect("siteElsewhere", "register_key", elsewhere);
    for command in [
        "rename_site",
        "set_site_lifetime",
        "set_site_day_end",
        "set_site_tries_links",
        "remove_site",
    ] {
        let nobody = json!({
            "id": "not an id", "name": "x", "lifetime": null, "dayEnd": "18:00", "triesLinks": true,
        });
        codes.expect("siteUnknown", command, nobody);
    }
    let gone = json!({ "signer": { "kind": "site", "id": "0".repeat(32) } });
    codes.expect("siteUnknown", "preview_ends", gone);
    for text in ["", "evening", "00:00", "18:00 UTC"] {
        let request = json!({ "id": site, "dayEnd": text });
        codes.expect("dayEndInvalid", "set_site_day_end", request);
    }
}

/// What stands in a field is answered with its code, and loses nothing.
fn set_up(codes: &mut Codes) {
    let site = codes.stage.add_site("Being set up");
    for (code, field, text) in [
        ("bucketIsAccessPoint", "bucket", "papers-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias"),
        ("bucketSeveral", "bucket", "s3://client-papers s3://other-papers"),
        ("bucketInvalid", "bucket", "Client Papers"),
        ("regionInvalid", "region", "Europe"),
        ("distributionIdIsPublicKeyId", "distributionId", "K2JCJMDEHXQW5F"),
        ("distributionIdIsDomain", "distributionId", "d111111abcdef8.cloudfront.net"),
        ("distributionIdInvalid", "distributionId", "mine"),
        ("arnIsDistributionId", "arn", "E2QWRUHAPOMQZL"),
        ("arnIsPublicKeyId", "arn", "K2JCJMDEHXQW5F"),
        ("arnIsDomain", "arn", "d111111abcdef8.cloudfront.net"),
        ("arnIsBucketArn", "arn", "arn:aws:s3:::client-papers"),
        ("arnIsOther", "arn", "arn:aws:cloudfront::123456789012:distribution/E3QWRUHAPOMQZL"),
        ("arnInvalid", "arn", "mine"),
    ] {
        let mut answers = json!({
            "keyId": "", "bucket": "", "region": "", "publicKeyId": "", "arn": "", "domain": "",
            "profile": "",
            "distributionId": if code == "arnIsOther" { "E2QWRUHAPOMQZL" } else { "" }, "done": [],
        });
        answers[field] = json!(text);
        let view = codes.stage.answer(&site, &answers).unwrap();
        assert_eq!(name_of(&view["errors"][0]["error"]), code, "{view}");
        assert_eq!(view["answers"][field], text);
        codes.seen.insert(code.to_owned());
    }
    codes.stage.call("clear_set_up", json!({ "siteId": site })).unwrap();
    codes.expect("setUpIncomplete", "register_set_up", json!({ "siteId": site }));
    for (code, text) in [
        ("sentBackPrivateKey", "-----BEGIN PRIVATE KEY-----".to_owned()),
        ("sentBackNoPublicKeyId", "docs.example.com".to_owned()),
        ("sentBackNoPublicKeyId", "E2QWRUHAPOMQZL docs.example.com".to_owned()),
        ("sentBackNoPublicKeyId", "fedcba98-7654-3210-fedc-ba9876543210".to_owned()),
        ("sentBackSeveralPublicKeyIds", "K2JCJMDEHXQW5F K3JCJMDEHXQW5F".to_owned()),
        ("sentBackNoSite", "K2JCJMDEHXQW5F".to_owned()),
        ("sentBackSeveralSites", "K2JCJMDEHXQW5F a.example.com b.example.com".to_owned()),
        ("sentBackTooLong", "a".repeat(1 << 20)),
    ] {
        codes.expect(code, "read_set_up_result", json!({ "siteId": site, "text": text }));
    }
}

fn key_files(codes: &mut Codes, own_file: &[u8]) {
    let rsa = rsa_pem("2048");
    codes.file("keyFileEmpty", b"");
    codes.file("readKeyFileTooLarge", &vec![b'a'; 70_000]);
    codes.file("keyFilePublicKey", &openssl(&["pkey", "-pubout"], &rsa));
    codes.file(
        "keyFileCertificate",
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    );
    codes.file("keyFilePutty", b"PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n");
    codes.file("keyFileOpenSsh", b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA me@here\n");
    codes.file("keyFileJwk", b"{\"kty\":\"RSA\",\"n\":\"0vx7\"}");
    codes.file("keyFileXml", b"<RSAKeyValue><Modulus>0vx7</Modulus></RSAKeyValue>");
    codes.file("keyFileLockTooHeavy", &heavily_locked(&rsa));
    codes.file("keyFileCsv", b"Access key ID,Secret access key\nAKIAIOSFODNN7EXAMPLE,secret\n");
    codes.file(
        "keyFileOldEncrypted",
        b"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n",
    );
    codes.file("keyFilePkcs12", &pkcs12(&rsa));
    codes.file("keyFileEncryptionUnsupported", &old_pkcs8(&rsa));
    codes.file("keyFileRsaSize", &rsa_pem("1024"));
    let p384 = ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"];
    codes.file("keyFileOtherCurve", &openssl(&p384, b""));
    codes.file("keyFileOtherKind", &openssl(&["genpkey", "-algorithm", "ED25519"], b""));
    codes.file("keyFileDamaged", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    codes.file("keyFileUnknown", b"Dear Ms Jones,\n");
    codes.file("keyFileManyKeys", &[rsa.as_slice(), &rsa].concat());
    codes.stage.pick_path(codes.stage.folder.path().join("gone.pem"));
    codes.expect("readKeyFileNotFound", "add_key", new_key("Another"));
    codes.stage.pick_path(codes.stage.folder.path().to_owned());
    codes.expect("readKeyFileNotRegular", "add_key", new_key("Another"));
    if cfg!(target_os = "linux") {
        // Its first page belongs to nobody, so reading it fails for every user.
        codes.stage.pick_path("/proc/self/mem".into());
        codes.expect("readKeyFileUnreadable", "add_key", new_key("Another"));
    }

    codes.stage.pick("other.pem", &rsa);
    let id = json!({ "id": codes.id });
    codes.expect("keyFileIsOtherKey", "restore_key", id);
    codes.expect("noPendingKey", "unlock_key", json!({ "passphrase": "x" }));
    codes.stage.pick("locked.pem", &locked(&rsa, "right horse"));
    codes.stage.call("add_key", new_key("Another")).unwrap();
    codes.expect("keyFileWrongPassphrase", "unlock_key", json!({ "passphrase": "x" }));
    codes.stage.pick("again.pem", own_file);
    codes.expect("keyTaken", "add_key", new_key("Another"));
}

fn pkcs12(key: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key.pem");
    std::fs::write(&file, key).unwrap();
    let file = file.to_str().unwrap();
    let certificate = openssl(&["req", "-x509", "-key", file, "-subj", "/CN=me"], b"");
    let both = [key, certificate.as_slice()].concat();
    openssl(&["pkcs12", "-export", "-passout", "pass:x"], &both)
}

/// PKCS#8 locked with PBES1, which Signet refuses; OpenSSL no longer makes it everywhere, so only
/// the names inside are changed: PBES2's object identifier becomes PBES1's.
/// With 8,388,607 rounds in the place of 100,000.
fn heavily_locked(key: &[u8]) -> Vec<u8> {
    let words = ["pkcs8", "-topk8", "-iter", "100000", "-passout", "pass:x", "-outform", "DER"];
    let mut der = openssl(&words, key);
    let rounds = [0x02, 0x03, 0x01, 0x86, 0xa0];
    let at = der.windows(rounds.len()).position(|window| window == rounds).unwrap();
    der[at + 2..at + rounds.len()].copy_from_slice(&[0x7f, 0xff, 0xff]);
    der
}

fn old_pkcs8(key: &[u8]) -> Vec<u8> {
    let pem = locked(key, "x");
    let mut der = openssl(&["asn1parse", "-noout", "-out", "/dev/stdout"], &pem);
    let pbes2 = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d];
    let at = der.windows(pbes2.len()).position(|window| window == pbes2).unwrap();
    der[at + pbes2.len() - 1] = 0x0a;
    der
}

fn addresses_and_lifetimes(codes: &mut Codes) {
    codes.address("addressEmpty", " ");
    codes.address("addressOtherSite", "https://elsewhere.example.com/a.pdf");
    codes.address("addressIsStorageAddress", "https://papers.s3.amazonaws.com/a.pdf");
    codes.address("addressForbiddenCharacter", "a\u{7}.pdf");
    codes.address("addressHasFragment", "https://docs.example.com/a.pdf#page=2");
    codes.address("addressHasSigningParameter", "https://docs.example.com/a.pdf?Expires=1");
    let link = "https://docs.example.com/a.pdf?Expires=1&Signature=x&Key-Pair-Id=K";
    codes.address("addressIsLink", link);
    codes.address("addressIsSignedForS3", "https://docs.example.com/a.pdf?X-Amz-Signature=1");
    codes.address("addressNamesNoDocument", "/");
    codes.address("addressOnComputer", "\"C:\\Users\\me\\Desktop\\Contract.pdf\"");
    codes.address("addressIsFolder", "contracts/");
    codes.address("addressIsPlaceholder", "{{name}}.pdf");
    codes.address("addressIsHtml", "a.pdf?x=1&amp;y=2");
    codes.address("addressHasBackslash", "contracts\\2026\\a.pdf");
    codes.address("addressIsPattern", "reports/*");
    codes.address("addressHasQuestionMark", "What is this?.pdf");
    codes.address("addressGoesUp", "../a.pdf");
    codes.address("addressSeveral", "a.pdf, b.pdf");
    codes.address("addressWordsAround", "https://docs.example.com/a.pdf for Mr Smith");
    codes.address("addressIsFormula", "=SUM(A1)");
    codes.address("addressTooLong", &"a".repeat(9000));
    codes.address("addressNotSecure", "http://docs.example.com/a.pdf");
    codes.address("addressHasUserInfo", "https://docs.example.com@evil.example/a.pdf");
    codes.address("addressInvalid", "https:///a.pdf");
    codes.address("addressOtherScheme", "ftp://docs.example.com/a.pdf");
    // The address fits, the link with its signature does not.
    codes.address("linkTooLong", &"a".repeat(8100));

    codes.until("lifetimeOver", "2020-01-01T12:00");
    codes.until("lifetimeTooFar", "2199-01-01T12:00");
    codes.until("lifetimeInvalid", " ");
    codes.until("endUnreadable", "soon");
    codes.until("endAmbiguous", "5/6/2027");
    codes.until("endNoSuchDay", "31.11.2026");
    codes.until("endNoSuchTime", "2026-12-31 25:00");
    codes.until("endOtherWeekday", "Mon 4 Dec 2026");
    codes.until("endUnknownZone", "2026-12-31 17:00 IST");
    codes.until("endTooFine", "1798732800000");

    for (code, text) in [
        ("startUnreadable", "31 Decembr"),
        ("startAmbiguous", "5/6/2027"),
        ("startNoSuchDay", "31.11.2026"),
        ("startNoSuchTime", "2026-12-31 25:00"),
        ("startOtherWeekday", "Mon 4 Dec 2026"),
        ("startUnknownZone", "2026-12-31 17:00 IST"),
        ("startTooFine", "1798732800000"),
        ("startInvalid", " "),
    ] {
        codes.limits(code, "start", text);
    }
    codes.limits("startInvalid", "start", "1960-01-01T12:00");
    codes.limits("startAfterEnd", "start", "2027-01-01T12:00");
    codes.limits("networkInvalid", "network", "the office");
    codes.limits("networkIsIpv6", "network", "2001:db8::/32");
    codes.limits("networkWithoutReaders", "network", "192.168.1.5");
    codes.limits("folderOtherSite", "folder", "https://elsewhere.example.com/reports/");
    codes.limits("folderForbiddenCharacter", "folder", "reports\u{202e}");
    codes.limits("folderMissesDocument", "folder", "letters");

    let now = &codes.stage.world.now;
    let before = now.swap(0, std::sync::atomic::Ordering::Relaxed);
    let request = codes.stage.link_of(&codes.id, "a.pdf");
    codes.expect("clockWrong", "create_link", request);
    codes.stage.world.now.store(before, std::sync::atomic::Ordering::Relaxed);
}

fn keychain_and_settings(codes: &mut Codes) {
    for (fault, code) in [
        (KeychainError::Absent, "keychainAbsent"),
        (KeychainError::Locked, "keychainLocked"),
        (KeychainError::Dismissed, "keychainDismissed"),
        (KeychainError::Slow, "keychainSlow"),
        (KeychainError::Busy, "keychainBusy"),
        (KeychainError::Failed, "keychainFailed"),
        (KeychainError::Missing, "keyMissing"),
    ] {
        *codes.stage.world.keychain_fails.lock().unwrap() = Some(fault);
        let request = codes.stage.link_of(&codes.id, "a.pdf");
        codes.expect(code, "create_link", request);
    }
    *codes.stage.world.keychain_fails.lock().unwrap() = None;

    for (fault, reason) in [
        (SaveError::DiskFull, "diskFull"),
        (SaveError::ReadOnly, "readOnly"),
        (SaveError::Other, "other"),
    ] {
        *codes.stage.world.save_fails.lock().unwrap() = Some(fault);
        let request = json!({ "id": codes.id, "name": "Renamed" });
        let error = codes.stage.call("rename_key", request.clone()).unwrap_err();
        let expected = json!({ "code": "settings", "why": "notSaved", "reason": reason });
        assert_eq!(error, expected);
        codes.expect("settingsNotSaved", "rename_key", request);
    }
    for (fault, code) in [
        (SettingsError::Busy, "settingsBusy"),
        (SettingsError::NoLock, "settingsNoLock"),
        (SettingsError::Newer, "settingsNewer"),
        (SettingsError::Unreadable, "settingsUnreadable"),
        (SettingsError::Damaged, "settingsDamaged"),
    ] {
        *codes.stage.world.read_fails.lock().unwrap() = Some(fault);
        codes.expect(code, "rename_key", json!({ "id": codes.id, "name": "Renamed" }));
        codes.expect(code, "make_key", json!({ "siteId": null, "name": "New", "kind": "p256" }));
    }
    // A link is made all the same.
    codes.stage.call("create_link", codes.stage.link_of(&codes.id, "a.pdf")).unwrap();
    *codes.stage.world.read_fails.lock().unwrap() = None;
    *codes.stage.world.save_fails.lock().unwrap() = None;

    for command in ["restore_orphan", "remove_orphan"] {
        let gone = json!({ "id": "0".repeat(32), "name": "x", "fingerprint": "8f".repeat(32) });
        codes.expect("orphanGone", command, gone);
        let listed = json!({ "id": codes.id, "name": "x", "fingerprint": "8f".repeat(32) });
        codes.expect("keyTaken", command, listed);
    }

    // Another program changes what this one changes.
    codes.stage.world.settings.lock().unwrap().sites[0].keys[0].name =
        Name::parse("Elsewhere").unwrap();
    let request = json!({ "id": codes.id, "name": "Renamed" });
    codes.expect("keyRenamedElsewhere", "rename_key", request);
    let site = codes.stage.site_of(&codes.id);
    codes.stage.call("set_up", json!({ "siteId": site })).unwrap();
    codes.stage.world.settings.lock().unwrap().sites[0].set_up.bucket =
        "elsewhere-papers".to_owned();
    let answers = json!({
        "keyId": "", "bucket": "client-papers", "region": "", "distributionId": "", "publicKeyId": "",
        "arn": "", "domain": "", "done": [], "profile": "",
    });
    let told = codes.stage.answer(&site, &answers).unwrap();
    assert_eq!(told["trouble"], json!({ "code": "setUpChangedElsewhere" }));
    codes.seen.insert("setUpChangedElsewhere".to_owned());

    // What the keychain gives back is not a key: somebody wrote there.
    for secret in codes.stage.world.secrets.lock().unwrap().values_mut() {
        secret.truncate(20);
    }
    let request = codes.stage.link_of(&codes.id, "a.pdf");
    codes.expect("keychainFailed", "create_link", request);
    for command in ["remove_key", "restore_key", "rename_key", "change_hash"] {
        let nobody = json!({ "id": "not an id", "name": "x", "hash": "sha256" });
        codes.expect("keyUnknown", command, nobody);
    }
    codes.expect("keyUnknown", "create_link", codes.stage.link_of(&"0".repeat(32), "a.pdf"));
}

fn history(codes: &mut Codes) {
    // The secret of the first key was damaged above.
    let id = codes.stage.add("Third", &p256_pem());
    let made = codes.stage.make(&id, "a.pdf");
    let entry = json!({ "id": made["entryId"], "ids": [made["entryId"]], "note": "x" });
    let nobody = json!({ "id": 1_000_000, "ids": [1_000_000], "note": "x" });
    for command in ["copy_again", "recipe_of", "set_note", "restore_entries"] {
        codes.expect("entryUnknown", command, nobody.clone());
    }
    let long = json!({ "id": made["entryId"], "note": "n".repeat(201) });
    codes.expect("noteTooLong", "set_note", long);

    let read = first_links("");
    let before = codes.stage.call("list_history", read.clone()).unwrap();
    for (fault, code) in [
        (HistoryStoreError::NotSaved { reason: SaveError::DiskFull }, "historyNotSaved"),
        (HistoryStoreError::Unreadable, "historyUnreadable"),
    ] {
        *codes.stage.world.history_fails.lock().unwrap() = Some(fault);
        for command in ["set_note", "remove_entries", "clear_history"] {
            codes.expect(code, command, entry.clone());
        }
    }
    for command in ["list_history", "export_history", "links_of_key", "copy_again", "recipe_of"] {
        let mut request = read.clone();
        request["id"] = made["entryId"].clone();
        request["keyId"] = json!(id);
        request["withLinks"] = json!(false);
        codes.expect("historyUnreadable", command, request);
    }
    *codes.stage.world.history_fails.lock().unwrap() = None;
    // Nothing of all that was done.
    assert_eq!(codes.stage.call("list_history", read.clone()).unwrap(), before);

    // A removed key makes no link again.
    codes.stage.call("remove_key", json!({ "id": id })).unwrap();
    codes.expect("keyUnknown", "copy_again", entry);
    let mut of_no_key = read;
    of_no_key["keyId"] = json!("not an id");
    codes.expect("keyUnknown", "list_history", of_no_key);
    codes.expect("keyUnknown", "links_of_key", json!({ "keyId": "not an id" }));
}

fn many_at_once(codes: &mut Codes) {
    for command in ["list_rows", "mend_row", "create_batch", "retry_batch", "copy_all_rows"] {
        let request = json!({
            "show": "all", "skip": 0, "take": 9, "id": 0, "typed": "a", "end": "", "note": "",
            "lifetime": { "kind": "oneDay" },
        });
        codes.expect("noList", command, request);
    }
    let id = codes.id.clone();
    let site = codes.stage.site_of(&id);
    let read = |text: &str| json!({ "siteId": site, "text": text, "folder": "" });
    codes.expect("siteUnknown", "read_list", json!({ "siteId": "x", "text": "a", "folder": "" }));
    codes.expect("listEmpty", "read_list", read(" \n"));
    codes.expect("listTooLong", "read_list", read(&"a\n".repeat(100_001)));
    codes.expect("listTooLarge", "read_list", read(&"a".repeat((16 << 20) + 1)));
    let choose = json!({ "siteId": codes.stage.site_of(&id), "folder": "" });
    codes.stage.pick("list.xlsx", b"PK\x03\x04\0\0");
    codes.expect("listNotText", "choose_list", choose.clone());
    codes.stage.pick_path(codes.stage.folder.path().to_owned());
    codes.expect("listUnreadable", "choose_list", choose);

    codes.stage.call("read_list", read("a.pdf\tsoon\nb.pdf\t1/2/2027\nc.pdf\t1 day\n")).unwrap();
    let rows = json!({ "show": "problems", "skip": 0, "take": 9 });
    let rows = codes.stage.call("list_rows", rows).unwrap();
    for (row, code) in [(0, "endUnreadable"), (1, "endAmbiguous")] {
        assert_eq!(name_of(&rows["rows"][row]["error"]), code);
        codes.seen.insert(code.to_owned());
    }
    for (text, code) in [
        ("Document;Termin;Date\na.pdf;2027-01-08;2027-01-09\n", "endColumnAsked"),
        ("Document;Valid from\na.pdf;2027-01-08\n", "endStartAsked"),
        ("Document;IP\na.pdf;203.0.113.7\n", "rowNetworkAsked"),
        ("a.pdf;2027-01-08;x;y\nb\n", "rowSeveralColumns"),
        ("a.pdf, b.pdf\nc\n", "rowSeveralDocuments"),
        ("Papers for you\na.pdf\nb.pdf\n", "rowNoDocument"),
        ("   PRE reports/\n2026-11-01 10:00:00   12 a.pdf\n", "addressIsFolder"),
        ("Document;Note\na.pdf;\"x\nb.pdf;y\n", "rowOpenQuote"),
    ] {
        codes.stage.call("read_list", read(text)).unwrap();
        let rows = json!({ "show": "problems", "skip": 0, "take": 9 });
        let rows = codes.stage.call("list_rows", rows).unwrap();
        assert_eq!(name_of(&rows["rows"][0]["error"]), code, "{text}");
        codes.seen.insert(code.to_owned());
    }
    codes.stage.call("read_list", read("a.pdf\tsoon\nb.pdf\t1/2/2027\nc.pdf\t1 day\n")).unwrap();
    let create = json!({ "lifetime": { "kind": "oneDay" } });
    codes.expect("rowsHaveProblems", "create_batch", create.clone());
    codes.expect("nothingToMake", "copy_all_rows", Value::Null);
    codes.stage.call("leave_out_rows", json!({ "ids": [0, 1, 2], "leftOut": true })).unwrap();
    codes.expect("nothingToMake", "create_batch", create.clone());
    *codes.stage.world.print_fails.lock().unwrap() = true;
    codes.expect("printFailed", "print_sheet", Value::Null);

    let many: String = (0..100_000).map(|number| format!("{number}.pdf\n")).collect();
    codes.stage.call("read_list", read(&many)).unwrap();
    codes.stage.call("create_batch", create.clone()).unwrap();
    codes.expect("manyBusy", "create_batch", create);
    codes.expect("manyBusy", "drop_batch", Value::Null);
    codes.expect("manyBusy", "read_list", read("a.pdf"));
    codes.expect("manyBusy", "leave_out_problems", Value::Null);
    codes.stage.call("stop_batch", Value::Null).unwrap();
    while codes.stage.call("batch_state", Value::Null).unwrap()["list"]["stage"] == "making" {
        std::thread::yield_now();
    }
}

/// A site that takes the connection and says nothing, until the window asks for no more.
fn a_trial_that_is_cancelled(codes: &mut Codes) {
    let site = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let link = format!("http://{}/a.pdf", site.local_addr().unwrap());
    let window = codes.stage.window.clone();
    let cancelling = std::thread::spawn(move || {
        let (connection, _) = site.accept().unwrap();
        call_from(&window, own_pages(), "stop_trying", Value::Null).unwrap();
        drop(connection);
    });
    codes.expect("trialCancelled", "try_link", json!({ "text": link }));
    cancelling.join().unwrap();
}

fn handing_out(codes: &mut Codes) {
    codes.expect("nothingPasted", "inspect_link", json!({ "text": " \n" }));
    codes.expect("noLinkFound", "inspect_link", json!({ "text": "good morning" }));
    let cookies =
        "CloudFront-Expires=1; CloudFront-Signature=a; CloudFront-Key-Pair-Id=K2JCJMDEHXQW5F";
    codes.expect("trialNotPossible", "try_link", json!({ "text": cookies }));
    let copy = json!({ "text": "x" });
    for (fault, code) in [
        (ClipboardError::Unavailable, "clipboardUnavailable"),
        (ClipboardError::Differs, "clipboardDiffers"),
    ] {
        *codes.stage.world.copy_fails.lock().unwrap() = Some(fault);
        codes.expect(code, "copy_text", copy.clone());
    }

    codes.stage.pick_path(codes.stage.folder.path().join("no such folder/code.png"));
    let save = json!({ "link": "https://a.example/b", "format": "png", "suggestedName": "b" });
    codes.expect("saveFailed", "save_qr", save.clone());
    // Named like a picture, and a folder.
    let folder = codes.stage.folder.path().join("folder.png");
    std::fs::create_dir(&folder).unwrap();
    codes.stage.pick_path(folder);
    codes.expect("notAFile", "save_qr", save);
    let endless = "a".repeat(3000);
    let save = json!({ "link": endless, "format": "png", "suggestedName": "b" });
    codes.expect("internal", "save_qr", save);

    for link in ["http://example.com/", "file:///etc/passwd", "javascript:alert(1)", "mailto:a@b.c"]
    {
        codes.expect("openRefused", "open_link", json!({ "link": link }));
    }
    assert!(codes.stage.world.opened.lock().unwrap().is_empty());
    *codes.stage.world.open_fails.lock().unwrap() = true;
    codes.expect("openFailed", "open_link", json!({ "link": "https://example.com/" }));

    let signer = json!({ "kind": "practice" });
    let request = json!({ "signer": signer, "address": "Practice letter.html" });
    codes.expect("practiceNotRunning", "preview_address", request);
}
