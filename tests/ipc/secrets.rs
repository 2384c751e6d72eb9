//! No byte of a key crosses IPC, whatever is asked and however it ends.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use signet_app::KeychainError;
use signet_desktop::ipc::COMMANDS;

use crate::stage::{
    Stage, first_links, holds_a_part_of, locked, new_key, openssl, p256_pem, rsa_pem,
};

const PASSPHRASE: &str = "a passphrase nobody shall see";

/// The secret numbers of a key, as `openssl` prints them: private exponents, primes, the scalar.
fn secret_numbers(pem: &[u8]) -> Vec<Vec<u8>> {
    let text = String::from_utf8(openssl(&["pkey", "-text", "-noout"], pem)).unwrap();
    let mut numbers = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let secret =
            ["privateExponent:", "prime1:", "prime2:", "exponent1:", "coefficient:", "priv:"];
        if !secret.contains(&line) {
            continue;
        }
        let mut digits = String::new();
        while let Some(more) = lines.next_if(|line| line.starts_with("    ")) {
            digits.extend(more.chars().filter(char::is_ascii_hexdigit));
        }
        let bytes: Vec<u8> = (0..digits.len() / 2)
            .map(|at| u8::from_str_radix(digits.get(at * 2..at * 2 + 2).unwrap(), 16).unwrap())
            .skip_while(|byte| *byte == 0)
            .collect();
        assert!(bytes.len() >= 31, "openssl printed a number of {} bytes", bytes.len());
        numbers.push(bytes);
    }
    numbers
}

/// What must not stand in an answer: pieces of each number in base64 at every alignment and in hex,
/// and as the list of bytes that a careless `Serialize` makes.
fn needles(pem: &[u8]) -> Vec<String> {
    let mut needles = Vec::new();
    for number in secret_numbers(pem) {
        let piece = number.get(4..24).unwrap();
        for shift in 0..3 {
            let padded = [vec![0; shift], piece.to_vec()].concat();
            let text = STANDARD.encode(padded);
            // The ends depend on the neighbours.
            needles.push(text.get(4..text.len() - 4).unwrap().to_owned());
        }
        let hex: String = piece.iter().map(|byte| format!("{byte:02x}")).collect();
        needles.push(hex.to_uppercase());
        needles.push(hex);
        let list: Vec<String> = piece.iter().map(u8::to_string).collect();
        needles.push(list.join(","));
    }
    needles
}

/// Words of a key file's own dress. A public half has its own.
const DRESS: &[&str] = &["PRIVATE KEY"];

fn leaks(answers: &[String], needles: &[String]) -> Vec<String> {
    let dress = DRESS.iter().map(|word| (*word).to_owned());
    needles
        .iter()
        .cloned()
        .chain(dress)
        .chain([PASSPHRASE.to_owned()])
        .filter(|needle| {
            let base64url = needle.replace('+', "-").replace('/', "_");
            let cloudfront = needle.replace('+', "-").replace('/', "~");
            answers.iter().any(|answer| {
                answer.contains(needle)
                    || answer.contains(&base64url)
                    || answer.contains(&cloudfront)
            })
        })
        .collect()
}

/// Everything that comes back when a key is added, used, lost, put back and removed, and when each
/// command is called with requests of other commands.
fn all_answers(pem: &[u8]) -> Vec<String> {
    let stage = Stage::new();
    let mut answers = Vec::new();
    let mut call = |command: &str, request: Value| {
        let answer = stage.call(command, request);
        answers.push(format!("{answer:?}"));
        let (Ok(value) | Err(value)) = answer;
        answers.push(value.to_string());
        value
    };

    stage.pick("locked.pem", &locked(pem, PASSPHRASE));
    call("add_key", new_key("Canary"));
    call("unlock_key", json!({ "passphrase": "not this" }));
    call("unlock_key", json!({ "passphrase": PASSPHRASE, "and": "more" }));
    // A request of the wrong shape is refused in Tauri's own words.
    call("unlock_key", json!({ "passphrase": [PASSPHRASE] }));
    let id = {
        let start = call("start", Value::Null);
        start["sites"][0]["keys"][0]["id"].as_str().unwrap().to_owned()
    };
    let made = call("create_link", stage.link_of(&id, "a.pdf"));
    let entry = json!({
        "id": made["entryId"], "ids": [made["entryId"]], "note": "x", "keyId": id, "withLinks": true,
    });
    stage.pick_path(stage.folder.path().join("links.csv"));
    call("export_history", entry.clone());
    call("list_history", first_links(""));
    for command in ["copy_again", "recipe_of", "links_of_key", "set_note", "remove_entries"] {
        call(command, entry.clone());
    }
    call("restore_entries", entry);
    call(
        "read_list",
        json!({ "siteId": stage.site_of(&id), "text": "a.pdf\nb.pdf\n", "folder": "" }),
    );
    call("create_batch", json!({ "lifetime": { "kind": "oneDay" } }));
    while call("batch_state", Value::Null)["list"]["stage"] == "making" {}
    stage.pick_path(stage.folder.path().join("rows.csv"));
    for command in ["list_rows", "copy_row", "copy_all_rows", "save_rows", "sheet_codes"] {
        call(command, json!({ "id": 0, "show": "all", "skip": 0, "take": 9 }));
    }
    for fault in [
        KeychainError::Absent,
        KeychainError::Locked,
        KeychainError::Dismissed,
        KeychainError::Slow,
        KeychainError::Missing,
        KeychainError::Failed,
    ] {
        *stage.world.keychain_fails.lock().unwrap() = Some(fault);
        call("create_link", stage.link_of(&id, "a.pdf"));
        call("remove_key", json!({ "id": id }));
    }
    *stage.world.keychain_fails.lock().unwrap() = None;
    for damaged in [&pem[..pem.len() / 2], &[pem, pem].concat(), &pem[30..]] {
        stage.pick("damaged.pem", damaged);
        call("add_key", new_key("Damaged"));
        stage.pick("damaged.pem", damaged);
        call("restore_key", json!({ "id": id }));
    }
    stage.pick("canary.pem", pem);
    call("restore_key", json!({ "id": id }));
    stage.pick("canary.pem", pem);
    call("add_key", new_key("Twice"));

    let everything = json!({
        "id": id, "name": "Canary", "publicKeyId": "K2JCJMDEHXQW5F",
        "passphrase": PASSPHRASE, "signer": { "kind": "site", "id": stage.site_of(&id) }, "address": "a.pdf",
        "lifetime": { "kind": "oneDay" }, "hash": "sha256",
        "limits": { "start": null, "network": "203.0.113.7", "folder": "" }, "text": "x", "link": "https://a.example/", "format": "svg",
        "siteId": stage.site_of(&id), "kind": "p256", "suggestedName": "a", "search": "", "state": null, "keyId": id, "sort": "newest", "skip": 0,
        "take": 50, "note": "x", "ids": [1], "withLinks": true, "folder": "", "typed": "a.pdf", "end": "",
        "leftOut": false, "show": "all", "order": "newest", "number": 1, "answers": null,
    });
    // The key's id where a command takes an entry's is a request of the wrong shape.
    let mut of_an_entry = everything.clone();
    of_an_entry["id"] = json!(1);
    for command in COMMANDS {
        for request in [
            everything.clone(),
            of_an_entry.clone(),
            json!({}),
            Value::Null,
            json!([1]),
            json!("text"),
        ] {
            stage.pick("canary.pem", pem);
            call(command, request);
        }
    }
    answers
}

#[test]
fn no_byte_of_a_key_is_in_any_answer() {
    for pem in [rsa_pem("2048"), p256_pem()] {
        let needles = needles(&pem);
        assert!(needles.len() >= 6);
        let answers = all_answers(&pem);
        assert!(answers.len() > 100);
        assert_eq!(leaks(&answers, &needles), Vec::<String>::new());
    }
}

/// The same for keys that are made here: made, handed out, backed up, lost, finished and replaced.
#[test]
fn no_byte_of_a_made_key_is_in_any_answer() {
    let stage = Stage::new();
    let mut answers = Vec::new();
    let mut call = |command: &str, request: Value| {
        let (Ok(value) | Err(value)) = stage.call(command, request);
        answers.push(value.to_string());
        value
    };
    let old = call("make_key", json!({ "siteId": null, "name": "Old", "kind": "rsa2048" }))["keys"]
        [0]["id"]
        .clone();
    call("register_key", {
        let mut request = new_key("");
        request["id"] = old.clone();
        request
    });
    let site = stage.site_of(old.as_str().unwrap());
    let new = call("replace_key", json!({ "siteId": site, "kind": "p256" }))["newKeyId"].clone();
    assert!(new.is_string());
    let secrets: Vec<Vec<u8>> = stage.world.secrets.lock().unwrap().values().cloned().collect();
    let folder = stage.folder.path();
    for id in [&old, &new] {
        for fault in [None, Some(KeychainError::Missing), Some(KeychainError::Failed)] {
            *stage.world.keychain_fails.lock().unwrap() = fault;
            let request = json!({
                "id": id, "passphrase": PASSPHRASE, "repeated": PASSPHRASE, "name": "Renamed",
            });
            for command in [
                "show_public_key",
                "copy_public_key",
                "save_public_key",
                "back_up_key",
                "rename_key",
            ] {
                stage.pick_path(folder.join(format!("{command}.pem")));
                call(command, request.clone());
                call(command, json!({ "id": id, "passphrase": [PASSPHRASE] }));
            }
        }
        *stage.world.keychain_fails.lock().unwrap() = None;
    }
    for command in ["replacement", "switch_key", "replacement"] {
        call(command, json!({ "siteId": site, "publicKeyId": "K3TUN4J9WXYZ12" }));
    }
    call("start", Value::Null);
    assert_eq!(secrets.len(), 2);
    for der in secrets {
        let pem = openssl(&["pkey", "-inform", "DER"], &der);
        assert_eq!(leaks(&answers, &needles(&pem)), Vec::<String>::new());
    }
}

const ACCESS_KEY_ID: &str = "AKIAZ7QXW2RTY5PLMN4B";
const SECRET_ACCESS_KEY: &str = "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";

/// The secret of an access key, as it stands in the keychain.
fn stored_access_key() -> Vec<u8> {
    format!("{ACCESS_KEY_ID}\n{SECRET_ACCESS_KEY}").into_bytes()
}

/// The same for an access key to a site's documents: from a file and the clipboard, whole and damaged, used, lost and
/// forgotten. Its ID is all that is told.
#[test]
fn no_byte_of_an_access_key_is_in_any_answer() {
    let stage = Stage::new();
    let key = stage.add("Papers", &p256_pem());
    let id = stage.site_of(&key);
    let mut answers = Vec::new();
    let mut call = |command: &str, request: Value| {
        let answer = stage.call(command, request);
        answers.push(format!("{answer:?}"));
        let (Ok(value) | Err(value)) = answer;
        answers.push(value.to_string());
        value
    };
    let storage = json!({
        "bucket": "client-papers", "region": "eu-central-1", "profile": "", "originPath": "", "distribution": "",
        "folder": "",
    });
    call("set_site_storage", json!({ "id": id, "storage": storage }));
    let csv = format!("Access key ID,Secret access key\r\n{ACCESS_KEY_ID},{SECRET_ACCESS_KEY}\r\n");
    let whole = csv.as_bytes();
    for damaged in
        [&whole[..whole.len() - 4], &whole[40..], &[whole, b"AKIAI44QH8DHBEXAMPLE"].concat()]
    {
        stage.pick("papers_accessKeys.csv", damaged);
        let error = call("set_access_key", json!({ "id": id, "from": "file" }));
        assert_eq!(error["code"], "accessKeyText", "{error}");
        *stage.world.copied.lock().unwrap() = Some(String::from_utf8(damaged.to_vec()).unwrap());
        call("set_access_key", json!({ "id": id, "from": "clipboard" }));
    }
    for fault in [KeychainError::Locked, KeychainError::Failed] {
        *stage.world.keychain_fails.lock().unwrap() = Some(fault);
        stage.pick("papers_accessKeys.csv", whole);
        call("set_access_key", json!({ "id": id, "from": "file" }));
    }
    *stage.world.keychain_fails.lock().unwrap() = None;
    let file = stage.pick("papers_accessKeys.csv", whole);
    let kept = call("set_access_key", json!({ "id": id, "from": "file" }));
    assert_eq!(kept["site"]["accessKeyId"], ACCESS_KEY_ID);
    assert_eq!(kept["file"]["name"], "papers_accessKeys.csv");
    assert_eq!(std::fs::read(file).unwrap(), whole, "the file is left as it was");
    *stage.world.copied.lock().unwrap() = Some(csv.clone());
    let kept = call("set_access_key", json!({ "id": id, "from": "clipboard" }));
    assert_eq!((&kept["kind"], &kept["file"]), (&json!("kept"), &Value::Null));
    assert!(
        stage.world.secrets.lock().unwrap().values().any(|secret| *secret == stored_access_key())
    );

    stage.pick("a.pdf", b"content");
    let number = call("choose_document", Value::Null)["document"]["number"].clone();
    for fault in [KeychainError::Locked, KeychainError::Missing, KeychainError::Failed] {
        *stage.world.keychain_fails.lock().unwrap() = Some(fault);
        let mut request = crate::documents::share(&number, "ask");
        request["signer"] = json!({ "kind": "site", "id": id });
        call("share_document", request);
        // What the keychain does not have any more is forgotten without asking.
        if fault == KeychainError::Missing {
            continue;
        }
        call("forget_access_key", json!({ "id": id }));
        call("set_site_storage", json!({ "id": id, "storage": null }));
        call("remove_site", json!({ "id": id }));
    }
    *stage.world.keychain_fails.lock().unwrap() = None;
    for command in ["start", "find_orphans"] {
        call(command, Value::Null);
    }
    assert_eq!(call("forget_access_key", json!({ "id": id }))["accessKeyId"], Value::Null);
    assert!(
        !stage.world.secrets.lock().unwrap().values().any(|secret| *secret == stored_access_key())
    );
    let leaking: Vec<_> =
        answers.iter().filter(|answer| holds_a_part_of(&stored_access_key(), answer)).collect();
    assert_eq!(leaking, [""; 0]);
    // The control: that the ID is in the answers is found, so the secret would be.
    assert!(answers.iter().any(|answer| answer.contains(ACCESS_KEY_ID)));
    for dress in [
        SECRET_ACCESS_KEY.to_owned(),
        STANDARD.encode(&csv),
        csv,
        format!("{:?}", stored_access_key()),
    ] {
        assert!(holds_a_part_of(&stored_access_key(), &dress.replace(", ", ",")), "{dress}");
    }
}

/// The control of the tests above: planted in any dress, the key is found.
#[test]
fn a_byte_of_a_key_in_an_answer_would_be_found() {
    for pem in [rsa_pem("2048"), p256_pem()] {
        let needles = needles(&pem);
        let der = openssl(&["pkcs8", "-topk8", "-nocrypt", "-outform", "DER"], &pem);
        let hex: String = der.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut dresses = vec![
            String::from_utf8(pem.clone()).unwrap(),
            hex.to_uppercase(),
            hex,
            serde_json::to_string(&der).unwrap(),
            PASSPHRASE.to_owned(),
        ];
        for shift in 0..3 {
            dresses.push(STANDARD.encode([vec![1; shift], der.clone()].concat()));
        }
        for dress in &dresses {
            assert_ne!(leaks(std::slice::from_ref(dress), &needles), Vec::<String>::new());
        }
        // And so it is in every answer of every other test.
        dresses.retain(|dress| dress != PASSPHRASE && !dress.starts_with("-----"));
        assert_eq!(dresses.len(), 6);
        for dress in &dresses {
            assert!(holds_a_part_of(&der, dress), "{dress}");
            let half = dress.get(dress.len() / 4..).unwrap();
            assert!(holds_a_part_of(&der, half), "{half}");
        }
        let public = openssl(&["pkey", "-pubout"], &pem);
        let public = String::from_utf8(public).unwrap().replace('\n', "");
        assert!(!holds_a_part_of(&der, &public));
    }
}
