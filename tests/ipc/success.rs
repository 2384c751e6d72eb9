//! Each command does what it is for.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::Ordering;

use serde_json::{Value, json};

use crate::stage::{NOW, Stage, locked, new_key, p256_pem, rsa_pem};

#[test]
fn a_fresh_start_knows_nothing() {
    let start = Stage::new().call("start", Value::Null).unwrap();
    assert_eq!(
        start,
        json!({
            "sites": [], "lastSigner": null, "lastLifetime": null,
            "clock": { "kind": "plausible" }, "setAside": null, "historySetAside": null,
            "listTrouble": null, "changesElsewhere": 0,
        })
    );
}

#[test]
fn a_key_goes_from_its_file_to_a_link() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &rsa_pem("2048"));
    let made = stage.call("create_link", stage.link_of(&id, "Q3 report.pdf")).unwrap();
    assert_eq!(made["createdAt"], NOW);
    let link = made["link"].as_str().unwrap();
    assert!(link.starts_with("https://docs.example.com/Q3%20report.pdf?Expires="), "{link}");
    assert!(link.ends_with("&Key-Pair-Id=K2JCJMDEHXQW5F&Hash-Algorithm=SHA256"), "{link}");
    assert!(made["qr"]["modules"].as_u64().unwrap() > 40);

    let start = stage.call("start", Value::Null).unwrap();
    assert_eq!(start["sites"][0]["name"], "Client papers");
    assert_eq!(start["sites"][0]["keys"][0]["kind"], "rsa2048");
    assert_eq!(start["lastSigner"], json!({ "kind": "site", "id": stage.site_of(&id) }));
    assert_eq!(start["lastLifetime"], json!({ "kind": "oneDay" }));
}

#[test]
fn a_cancelled_picker_changes_nothing() {
    let stage = Stage::new();
    let outcome = stage.call("add_key", new_key("Client papers")).unwrap();
    assert_eq!(outcome, json!({ "kind": "cancelled" }));
    assert_eq!(stage.call("start", Value::Null).unwrap()["sites"], json!([]));
}

#[test]
fn a_locked_file_waits_for_its_passphrase_and_can_be_forgotten() {
    let stage = Stage::new();
    let file = locked(&p256_pem(), "right horse");
    stage.pick("locked.pem", &file);
    let asked = stage.call("add_key", new_key("Client papers")).unwrap();
    assert_eq!(asked, json!({ "kind": "passphraseNeeded", "fileName": "locked.pem" }));
    let wrong = json!({ "passphrase": "wrong horse" });
    assert_eq!(stage.code("unlock_key", wrong), "keyFileWrongPassphrase");
    let added = stage.call("unlock_key", json!({ "passphrase": "right horse" })).unwrap();
    assert_eq!(added["kind"], "added");
    assert_eq!(added["site"]["keys"][0]["kind"], "p256");

    stage.pick("locked.pem", &file);
    let mut again = new_key("Another");
    again["address"] = json!("other.example.com");
    assert_eq!(stage.call("add_key", again).unwrap()["kind"], "passphraseNeeded");
    assert_eq!(stage.call("forget_pending_key", Value::Null), Ok(Value::Null));
    assert_eq!(stage.code("unlock_key", json!({ "passphrase": "right horse" })), "noPendingKey");
}

#[test]
fn a_key_is_put_back_renamed_and_removed() {
    let stage = Stage::new();
    let file = p256_pem();
    let id = stage.add("Client papers", &file);
    stage.world.secrets.lock().unwrap().clear();
    stage.pick("signing.pem", &file);
    assert_eq!(stage.call("restore_key", json!({ "id": id })).unwrap()["kind"], "restored");
    assert_eq!(stage.world.secrets.lock().unwrap().len(), 1);

    let renamed = stage.call("rename_key", json!({ "id": id, "name": "Board papers" })).unwrap();
    assert_eq!(renamed["keys"][0]["name"], "Board papers");
    assert_eq!(renamed["name"], "Client papers", "a key has a name of its own");

    let left = stage.call("remove_key", json!({ "id": id })).unwrap();
    assert_eq!((&left["keys"], &left["host"]), (&json!([]), &json!("docs.example.com")));
    assert!(stage.world.secrets.lock().unwrap().is_empty());
    assert_eq!(stage.call("remove_site", json!({ "id": left["id"] })), Ok(Value::Null));
    assert_eq!(stage.call("start", Value::Null).unwrap()["sites"], json!([]));
}

#[test]
fn an_address_and_a_lifetime_are_looked_at_before_the_link_is_made() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    let request =
        json!({ "signer": { "kind": "site", "id": stage.site_of(&id) }, "address": "a b+c.pdf" });
    let view = stage.call("preview_address", request).unwrap();
    assert_eq!(view["url"], "https://docs.example.com/a%20b%2Bc.pdf");
    assert_eq!(view["host"], "docs.example.com");
    assert_eq!(view["fileName"], "a b+c.pdf");
    assert_eq!(view["folders"], json!([]));
    let signer = json!({ "kind": "site", "id": stage.site_of(&id) });
    let request = json!({ "signer": signer, "lifetime": { "kind": "oneHour" } });
    assert_eq!(stage.call("preview_lifetime", request).unwrap()["expiresAt"], NOW + 3600);
    assert_eq!(view["path"], "/a%20b%2Bc.pdf");
}

#[test]
fn days_end_with_the_working_day_of_the_site() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    let site = stage.site_of(&id);
    let signer = json!({ "kind": "site", "id": site });
    let clock = |end: &Value| {
        let end = chrono::DateTime::from_timestamp(end.as_i64().unwrap(), 0).unwrap();
        end.with_timezone(&chrono::Local).format("%Y-%m-%d %H:%M").to_string()
    };
    let here = |days| {
        let now = chrono::DateTime::from_timestamp(NOW, 0).unwrap().with_timezone(&chrono::Local);
        now.date_naive() + chrono::Days::new(days)
    };
    for (day_end, said) in [("18:00", "18:00"), ("4.30 pm", "16:30"), ("9:00", "09:00")] {
        let changed = stage.call("set_site_day_end", json!({ "id": site, "dayEnd": day_end }));
        assert_eq!(changed.unwrap()["dayEnd"], said);
        let ends = stage.call("preview_ends", json!({ "signer": signer })).unwrap();
        assert_eq!((&ends["dayEnd"], &ends["oneHour"]), (&json!(said), &json!(NOW + 3600)));
        for (name, days) in [("oneDay", 1), ("sevenDays", 7), ("thirtyDays", 30)] {
            let expected = format!("{} {said}", here(days));
            assert_eq!(clock(&ends[name]), expected, "{name}");
            // What was shown is what is signed.
            let mut request = stage.link_of(&id, "a.pdf");
            request["lifetime"] = json!({ "kind": name });
            assert_eq!(stage.call("create_link", request).unwrap()["expiresAt"], ends[name]);
        }
        let typed = json!({ "kind": "until", "local": "in 3 weeks" });
        let request = json!({ "signer": signer, "lifetime": typed });
        let typed = stage.call("preview_lifetime", request).unwrap();
        assert_eq!(clock(&typed["expiresAt"]), format!("{} {said}", here(21)));
    }
    // Practice has no site to say another.
    let practice = stage.call("preview_ends", json!({ "signer": { "kind": "practice" } })).unwrap();
    assert_eq!(practice["dayEnd"], "18:00");
}

#[test]
fn all_that_is_wrong_with_a_link_is_said_at_once_each_field_for_itself() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    let wrong = |request: &Value| {
        let all = stage.call("wrong_in_link", request.clone()).unwrap();
        let all = all.as_array().unwrap().iter().map(|error| {
            let why = error["why"].as_str().unwrap_or_default();
            format!("{} {why}", error["code"].as_str().unwrap()).trim_end().to_owned()
        });
        all.collect::<Vec<_>>()
    };
    let mut request = stage.link_of(&id, "reports/a.pdf");
    assert_eq!(wrong(&request), [""; 0]);
    request["address"] = json!("reports\\a.pdf");
    request["lifetime"] = json!({ "kind": "until", "local": "31 Decembr 2026" });
    request["note"] = json!("x".repeat(5000));
    request["limits"] = json!({ "start": "soon", "network": "the office", "folder": "letters" });
    let all = [
        "address hasBackslash",
        "end unreadable",
        "note tooLong",
        "start unreadable",
        "networkInvalid",
    ];
    assert_eq!(wrong(&request), all);
    // What was meant is there to be offered.
    let said = stage.call("wrong_in_link", request.clone()).unwrap();
    assert_eq!(
        (&said[0]["suggestion"], &said[1]["suggestion"]),
        (&json!("reports/a.pdf"), &json!("2026-12-31"))
    );
    // What can be read is judged, and what hangs on something wrong is not.
    request["limits"] =
        json!({ "start": "2030-01-01", "network": "10.0.0.1", "folder": "letters" });
    assert_eq!(wrong(&request)[3..], ["networkWithoutReaders"]);
    request["address"] = json!("reports/a.pdf");
    request["note"] = json!("");
    request["lifetime"] = json!({ "kind": "oneHour" });
    assert_eq!(wrong(&request), ["startAfterEnd", "networkWithoutReaders", "folderMissesDocument"]);
    // Nothing of it is in the list of links.
    let query = json!({ "search": "", "state": null, "keyId": null, "sort": "newest", "skip": 0, "take": 9 });
    assert_eq!(stage.call("list_history", query).unwrap()["total"], 0);
}

#[test]
fn a_checked_link_says_its_document_as_it_is_typed_on_its_site() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    let signer = json!({ "kind": "site", "id": stage.site_of(&id) });
    for (name, typed) in [
        ("Client papers/Lease 2.pdf", "Client papers/Lease 2.pdf"),
        ("B\u{fc}cher/Gr\u{f6}\u{df}e 100%.pdf", "B\u{fc}cher/Gr\u{f6}\u{df}e 100%.pdf"),
        ("a + b.pdf", "a + b.pdf"),
        // Decoded, this would be a file in a folder.
        ("a%2Fb.pdf", "https://docs.example.com/a%2Fb.pdf"),
        ("https://docs.example.com/a+b.pdf", "https://docs.example.com/a+b.pdf"),
    ] {
        let made = stage.make(&id, name);
        let view = stage.call("inspect_link", json!({ "text": made["link"] })).unwrap();
        assert_eq!(view["document"], json!({ "signer": signer, "typed": typed }), "{name}");
        // The link that is made from it is for the same address, byte for byte.
        assert_eq!(stage.make(&id, typed)["url"], made["url"], "{name}");
    }
    let elsewhere =
        "https://elsewhere.example.org/a%20b.pdf?Expires=1&Signature=x&Key-Pair-Id=K2JCJMDEHXQW5F";
    let view = stage.call("inspect_link", json!({ "text": elsewhere })).unwrap();
    assert_eq!(view["document"], Value::Null);
    assert_eq!(view["details"]["address"], "https://elsewhere.example.org/a%20b.pdf");
}

#[test]
fn limits_are_looked_at_and_kept() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    let mut request = stage.link_of(&id, "reports/a.pdf");
    request["lifetime"] = json!({ "kind": "until", "local": "2026-12-31T17:00" });
    let limits = json!({ "start": "2026-12-01T09:00", "network": " 203.0.113.7 ", "folder": "" });
    request["limits"] = limits.clone();
    let view = stage.call("preview_limits", request.clone()).unwrap();
    assert_eq!(view["network"], json!({ "text": "203.0.113.7", "readers": "ofExamples" }));
    assert_eq!(view["folder"]["path"], "/reports/*");
    let examples = view["folder"]["examples"].as_array().unwrap();
    let opens = |path: &str| {
        examples.iter().find(|example| example["path"] == path).map(|found| found["opens"].clone())
    };
    assert_eq!(opens("/reports/a.pdf"), Some(json!(true)));
    assert_eq!(opens("/elsewhere/another.pdf"), Some(json!(false)));

    let made = stage.call("create_link", request.clone()).unwrap();
    assert_eq!((&made["limits"], &made["limited"]), (&limits, &view));
    let link = made["link"].as_str().unwrap();
    assert!(link.starts_with("https://docs.example.com/reports/a.pdf?Policy="), "{link}");
    let mut again = stage.call("create_link", request.clone()).unwrap();
    for differs in ["entryId", "number"] {
        assert_ne!(again[differs], made[differs]);
        again[differs] = made[differs].clone();
    }
    assert_eq!(made, again);

    for (network, readers) in [("9.9.9.0/24", "some"), ("0.0.0.0/0", "everybody")] {
        request["limits"]["network"] = json!(network);
        let view = stage.call("preview_limits", request.clone()).unwrap();
        assert_eq!(view["network"], json!({ "text": network, "readers": readers }));
    }
}

#[test]
fn a_keys_signature_is_changed() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &rsa_pem("2048"));
    assert_eq!(
        stage.call("start", Value::Null).unwrap()["sites"][0]["keys"][0]["registration"]["hash"],
        "sha256"
    );
    let made =
        || stage.call("create_link", stage.link_of(&id, "a.pdf")).unwrap()["link"].to_string();
    assert!(made().contains("&Hash-Algorithm=SHA256"));
    for (hash, in_the_link) in [("sha1", false), ("sha256", true)] {
        let request = json!({ "id": id, "hash": hash });
        let site = stage.call("change_hash", request).unwrap();
        assert_eq!(site["keys"][0]["registration"]["hash"], hash);
        assert_eq!(made().contains("&Hash-Algorithm=SHA256"), in_the_link);
    }
}

#[test]
fn a_link_is_copied_opened_and_its_code_saved() {
    let stage = Stage::new();
    let link = "https://docs.example.com/a.pdf?Expires=1";
    stage.call("copy_text", json!({ "text": link })).unwrap();
    assert_eq!(stage.world.copied.lock().unwrap().as_deref(), Some(link));
    stage.call("open_link", json!({ "link": link })).unwrap();
    assert_eq!(*stage.world.opened.lock().unwrap(), [link]);

    for (format, start) in [("png", &b"\x89PNG"[..]), ("svg", &b"<svg"[..])] {
        let path = stage.folder.path().join("code");
        stage.pick_path(path.clone());
        let request = json!({ "link": link, "format": format, "suggestedName": "a.pdf" });
        let saved = stage.call("save_qr", request).unwrap();
        assert_eq!(saved, json!({ "kind": "saved", "fileName": format!("code.{format}") }));
        assert!(std::fs::read(path.with_extension(format)).unwrap().starts_with(start));
    }
    let request = json!({ "link": link, "format": "svg", "suggestedName": "a.pdf" });
    assert_eq!(stage.call("save_qr", request).unwrap(), json!({ "kind": "cancelled" }));
}

#[test]
fn practice_starts_signs_and_leaves_nothing() {
    let stage = Stage::new();
    let practice = stage.call("start_practice", Value::Null).unwrap();
    assert_eq!(stage.call("start_practice", Value::Null).unwrap(), practice);
    let request = json!({
        "signer": { "kind": "practice" }, "address": practice["documentAddress"],
        "lifetime": { "kind": "oneMinute" },
    });
    let made = stage.call("create_link", request).unwrap();
    let link = made["link"].as_str().unwrap();
    assert!(link.starts_with(practice["site"].as_str().unwrap()), "{link}");
    assert_eq!(made["expiresAt"], NOW + 60);
    stage.call("open_link", json!({ "link": link })).unwrap();
    stage.call("leave_practice", Value::Null).unwrap();
    assert_eq!(stage.code("open_link", json!({ "link": link })), "openRefused");
    assert!(stage.world.secrets.lock().unwrap().is_empty());
    assert_eq!(stage.call("start", Value::Null).unwrap()["lastSigner"], Value::Null);
}

/// Not by one of its own: on the day on which this runs, the link has ended long ago or lies in the future.
#[test]
fn a_practice_link_ends_by_the_clock_that_the_window_was_given() {
    let stage = Stage::new();
    let practice = stage.call("start_practice", Value::Null).unwrap();
    let request = json!({
        "signer": { "kind": "practice" }, "address": practice["documentAddress"],
        "lifetime": { "kind": "oneMinute" },
    });
    let made = stage.call("create_link", request.clone()).unwrap();
    let link = made["link"].as_str().unwrap();
    let status = || {
        let rest = link.strip_prefix("http://").unwrap();
        let (host, path) = rest.split_at(rest.find('/').unwrap());
        let mut edge = TcpStream::connect(host).unwrap();
        write!(edge, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        edge.read_to_string(&mut answer).unwrap();
        answer.get(9..12).unwrap().to_owned()
    };
    assert_eq!(status(), "200");
    stage.world.now.fetch_add(61, Ordering::Relaxed);
    assert_eq!(status(), "403");
    stage.world.now.fetch_sub(61, Ordering::Relaxed);
    assert_eq!(status(), "200");
    // Nor is a link made by a clock that cannot be right.
    for wrong in [0, 4_102_444_800] {
        stage.world.now.store(wrong, Ordering::Relaxed);
        assert_eq!(stage.code("create_link", request.clone()), "clockWrong");
    }
}

#[test]
fn a_link_is_checked_with_the_key_that_the_keychain_has() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &rsa_pem("2048"));
    let made = stage.call("create_link", stage.link_of(&id, "a.pdf")).unwrap();
    let link = made["link"].as_str().unwrap();
    let check = |text: &str| stage.call("inspect_link", json!({ "text": text })).unwrap();
    let whole = check(link);
    assert_eq!(whole["verdict"], json!({ "kind": "works", "until": made["expiresAt"] }));
    assert_eq!(whole["details"]["signature"], "valid");
    assert_eq!(whole["mended"], Value::Null);
    let from_mail = check(&link.replace('&', "&amp;"));
    assert_eq!(from_mail["mended"], link);
    assert_eq!(from_mail["repairs"], json!([{ "kind": "htmlEntities" }]));
    assert_eq!(check(&link.replace("a.pdf", "b.pdf"))["verdict"]["kind"], "altered");

    // Where the keychain does not give the key, what can be seen without it is said.
    *stage.world.keychain_fails.lock().unwrap() = Some(signet_app::KeychainError::Locked);
    assert_eq!(check(link)["verdict"]["kind"], "signatureNotChecked");
    // No answer but the mended link has a signature in it.
    let signature = link.split("Signature=").nth(1).unwrap().split('&').next().unwrap();
    assert!(!whole.to_string().contains(signature));
    assert!(from_mail.to_string().contains(signature));
}

#[test]
fn a_site_is_added_renamed_given_a_lifetime_and_removed_with_its_keys() {
    let stage = Stage::new();
    let site = stage.call("add_site", json!({ "name": " Client papers " })).unwrap();
    let id = site["id"].clone();
    assert_eq!(
        site,
        json!({
            "id": id, "name": "Client papers", "address": null, "host": null, "keys": [],
            "state": "needsKey", "signingKeyId": null, "newKeyId": null, "lifetime": null, "triesLinks": true, "storage": null,
            "accessKeyId": null,
            "dayEnd": "18:00",
            "isSetUpBegun": false,
        })
    );
    // A key from its file goes into it.
    stage.pick("signing.pem", &p256_pem());
    let mut request = new_key("");
    request["siteId"] = id.clone();
    let added = stage.call("add_key", request).unwrap()["site"].clone();
    assert_eq!((&added["id"], &added["host"]), (&id, &json!("docs.example.com")));
    assert_eq!(added["signingKeyId"], added["keys"][0]["id"]);
    let renamed = stage.call("rename_site", json!({ "id": id, "name": "Contracts" })).unwrap();
    assert_eq!(
        (&renamed["name"], &renamed["keys"][0]["name"]),
        (&json!("Contracts"), &json!("Contracts"))
    );
    for lifetime in [json!({ "kind": "thirtyDays" }), Value::Null] {
        let request = json!({ "id": id, "lifetime": lifetime });
        assert_eq!(stage.call("set_site_lifetime", request).unwrap()["lifetime"], lifetime);
    }
    let off = json!({ "id": id, "triesLinks": false });
    let renamed = stage.call("set_site_tries_links", off).unwrap();
    assert_eq!(renamed["triesLinks"], false);
    let stage = stage.started_again();
    assert_eq!(stage.call("start", Value::Null).unwrap()["sites"], json!([renamed]));
    assert_eq!(stage.call("remove_site", json!({ "id": id })), Ok(Value::Null));
    assert!(stage.world.secrets.lock().unwrap().is_empty());
    assert_eq!(stage.call("start", Value::Null).unwrap()["sites"], json!([]));
}

#[test]
fn everything_is_shown_larger_and_so_at_the_next_start() {
    let stage = Stage::new();
    for (change, percent) in [("larger", 110), ("larger", 125), ("smaller", 110)] {
        let zoom = stage.call("zoom", json!({ "change": change })).unwrap();
        assert_eq!(zoom, json!({ "percent": percent }));
    }
    assert_eq!(*stage.world.magnified.lock().unwrap(), [110, 125, 110]);
    assert_eq!(stage.world.settings.lock().unwrap().choices.zoom.percent(), 110);
    assert_eq!(stage.call("zoom", json!({ "change": "reset" })).unwrap()["percent"], 100);
    assert!(stage.call("zoom", json!({ "change": 400 })).is_err());
}
