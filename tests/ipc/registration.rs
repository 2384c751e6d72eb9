//! Keys that are made here, and either half of any key handed out.

use serde_json::{Value, json};
use signet_app::{KeychainError, ListKeychainError};

use crate::stage::{Stage, new_key, openssl, p256_pem};

const PASSPHRASE: &str = "a horse, a battery and a staple";

pub fn make(stage: &Stage, name: &str, kind: &str) -> Value {
    let site =
        stage.call("make_key", json!({ "siteId": null, "name": name, "kind": kind })).unwrap();
    assert_eq!((&site["name"], &site["address"]), (&site["keys"][0]["name"], &Value::Null));
    site["keys"][0].clone()
}

fn id_of(key: &Value) -> String {
    key["id"].as_str().unwrap().to_owned()
}

fn start(stage: &Stage) -> Value {
    stage.call("start", Value::Null).unwrap()
}

#[test]
fn a_made_key_is_finished_with_what_cloudfront_says_and_makes_links() {
    for kind in ["p256", "rsa2048"] {
        let stage = Stage::new();
        let made = make(&stage, " Client papers ", kind);
        assert_eq!((&made["name"], &made["kind"]), (&json!("Client papers"), &json!(kind)));
        let id = id_of(&made);
        assert_eq!(made["registration"], Value::Null);
        assert_eq!(start(&stage)["sites"][0]["keys"], json!([made]));
        assert_eq!(start(&stage)["sites"][0]["signingKeyId"], Value::Null);
        assert_eq!(stage.code("create_link", stage.link_of(&id, "a.pdf")), "keyUnknown");

        let renamed = json!({ "id": id, "name": "Papers" });
        assert_eq!(stage.call("rename_key", renamed).unwrap()["keys"][0]["name"], "Papers");
        let stage = stage.started_again();
        let mut request = new_key("");
        request["id"] = json!(id);
        request["publicKeyId"] = json!("E2QWRUHAPOMQZL");
        assert_eq!(stage.code("register_key", request.clone()), "publicKeyIdIsDistributionId");
        request["publicKeyId"] = json!("K2JCJMDEHXQW5F");
        let site = stage.call("register_key", request).unwrap();
        let key = &site["keys"][0];
        assert_eq!((&key["id"], &key["name"]), (&json!(id), &json!("Papers")));
        let registration = json!({ "publicKeyId": "K2JCJMDEHXQW5F", "hash": "sha256" });
        assert_eq!(key["registration"], registration);
        assert_eq!(
            (&site["name"], &site["host"], &site["signingKeyId"]),
            (&json!("Client papers"), &json!("docs.example.com"), &json!(id))
        );
        assert_eq!(start(&stage)["sites"], json!([site]));
        let link = stage.make(&id, "a.pdf")["link"].as_str().unwrap().to_owned();
        assert!(link.starts_with("https://docs.example.com/a.pdf?"), "{link}");
    }
}

#[test]
fn the_public_half_is_shown_copied_and_saved() {
    let stage = Stage::new();
    let file = p256_pem();
    let expected = String::from_utf8(openssl(&["pkey", "-pubout"], &file)).unwrap();
    let id = json!({ "id": stage.add("Added", &file) });
    assert_eq!(stage.call("show_public_key", id.clone()).unwrap(), json!({ "pem": expected }));
    stage.call("copy_public_key", id.clone()).unwrap();
    assert_eq!(*stage.world.copied.lock().unwrap(), Some(expected.clone()));
    assert_eq!(stage.call("save_public_key", id.clone()).unwrap(), json!({ "kind": "cancelled" }));
    let place = stage.folder.path().join("Added.pem");
    stage.pick_path(place.clone());
    let saved = json!({ "kind": "saved", "fileName": "Added.pem" });
    assert_eq!(stage.call("save_public_key", id.clone()).unwrap(), saved);
    assert_eq!(std::fs::read_to_string(place).unwrap(), expected);

    // Of an unfinished one too.
    let made = json!({ "id": id_of(&make(&stage, "Made", "p256")) });
    let pem = stage.call("show_public_key", made.clone()).unwrap();
    assert!(pem["pem"].as_str().unwrap().starts_with("-----BEGIN PUBLIC KEY-----\n"));
    *stage.world.keychain_fails.lock().unwrap() = Some(KeychainError::Missing);
    for command in ["show_public_key", "copy_public_key", "save_public_key"] {
        assert_eq!(stage.code(command, made.clone()), "keyMissing");
    }
}

#[test]
fn a_backup_opens_with_its_passphrase_here_and_in_openssl() {
    let stage = Stage::new();
    let id = id_of(&make(&stage, "Papers", "rsa2048"));
    let request = |passphrase: &str, again: &str| json!({ "id": id, "passphrase": passphrase, "repeated": again });
    assert_eq!(stage.code("back_up_key", request("short", "short")), "newPassphraseTooShort");
    let differs = request(PASSPHRASE, "a horse, a battery and a stable");
    assert_eq!(stage.code("back_up_key", differs), "newPassphraseDiffers");
    let cancelled = stage.call("back_up_key", request(PASSPHRASE, PASSPHRASE)).unwrap();
    assert_eq!(cancelled, json!({ "kind": "cancelled" }));

    let place = stage.folder.path().join("backup.pem");
    stage.pick_path(place.clone());
    let saved = stage.call("back_up_key", request(PASSPHRASE, PASSPHRASE)).unwrap();
    assert_eq!((&saved["kind"], &saved["fileName"]), (&json!("saved"), &json!("backup.pem")));
    let backup = std::fs::read(&place).unwrap();
    assert!(backup.starts_with(b"-----BEGIN ENCRYPTED PRIVATE KEY-----"));
    let word = format!("pass:{PASSPHRASE}");
    let public = openssl(&["pkey", "-pubout", "-passin", &word], &backup);
    let shown = stage.call("show_public_key", json!({ "id": id })).unwrap();
    assert_eq!(shown["pem"], json!(String::from_utf8(public).unwrap()));

    // It opens Signet again, where the keychain has lost the key.
    stage.world.secrets.lock().unwrap().clear();
    stage.pick_path(place.clone());
    let asked = stage.call("restore_key", json!({ "id": id })).unwrap();
    assert_eq!(asked["kind"], "passphraseNeeded");
    let restored = stage.call("unlock_key", json!({ "passphrase": PASSPHRASE })).unwrap();
    assert_eq!(restored, json!({ "kind": "restored" }));
    assert_eq!(stage.world.secrets.lock().unwrap().len(), 1);

    // As a key of the list it is the unfinished one.
    stage.pick_path(place);
    stage.call("add_key", new_key("Again")).unwrap();
    assert_eq!(stage.code("unlock_key", json!({ "passphrase": PASSPHRASE })), "keyUnfinished");
}

/// A key whose entry in the list is lost, as an older Signet left it.
fn lost(stage: &Stage) -> (Stage, Value) {
    let made = make(stage, "Contracts", "p256");
    let mut settings = stage.world.settings.lock().unwrap();
    settings.sites.clear();
    drop(settings);
    (stage.started_again(), made)
}

fn orphans(stage: &Stage) -> Value {
    stage.call("find_orphans", Value::Null).unwrap()
}

#[test]
fn a_key_that_the_list_has_lost_is_put_back_and_finished() {
    let (stage, made) = lost(&Stage::new());
    stage.world.secrets.lock().unwrap().insert("notes\u{1b}[2J".to_owned(), b"mine".to_vec());
    let fingerprint = made["fingerprint"].as_str().unwrap();
    let name = format!("Found key {}…", fingerprint.get(..4).unwrap());
    let found = json!({
        "id": made["id"], "kind": "p256", "fingerprint": fingerprint, "name": name, "listedAs": null,
    });
    let others = json!(["notes[U+001B][2J"]);
    assert_eq!(orphans(&stage), json!({ "kind": "found", "keys": [found], "others": others }));

    let restore = |name: &str| json!({ "id": made["id"], "name": name });
    assert_eq!(stage.code("restore_orphan", restore(" ")), "nameEmpty");
    let restored = stage.call("restore_orphan", restore("Found")).unwrap();
    let key = &restored["keys"][0];
    assert_eq!((&key["id"], &key["name"]), (&made["id"], &json!("Found")));
    assert_eq!(orphans(&stage), json!({ "kind": "found", "keys": [], "others": others }));
    let stage = stage.started_again();
    assert_eq!(start(&stage)["sites"], json!([restored]));
    let mut request = new_key("");
    request["id"] = made["id"].clone();
    let site = stage.call("register_key", request).unwrap();
    stage.make(site["signingKeyId"].as_str().unwrap(), "a.pdf");
}

#[test]
fn a_key_that_the_list_has_lost_is_removed_if_it_is_the_one_that_was_shown() {
    let (stage, made) = lost(&Stage::new());
    let remove = |fingerprint: &str| json!({ "id": made["id"], "fingerprint": fingerprint });
    for other in ["", "8f", &"8f".repeat(32)] {
        assert_eq!(stage.code("remove_orphan", remove(other)), "orphanGone");
    }
    assert_eq!(stage.world.secrets.lock().unwrap().len(), 1);
    let right = remove(made["fingerprint"].as_str().unwrap());
    stage.call("remove_orphan", right).unwrap();
    assert!(stage.world.secrets.lock().unwrap().is_empty());
}

#[test]
fn a_keychain_that_does_not_say_what_is_in_it_says_so() {
    let stage = Stage::new();
    let answer = |error| {
        *stage.world.list_fails.lock().unwrap() = Some(error);
        stage.call("find_orphans", Value::Null)
    };
    assert_eq!(answer(ListKeychainError::NotOffered), Ok(json!({ "kind": "notOffered" })));
    let locked = answer(ListKeychainError::Keychain(KeychainError::Locked));
    assert_eq!(locked, Err(json!({ "code": "keychain", "why": "locked" })));
}
