//! What people type and paste, from the window.

use chrono::{Local, NaiveDateTime, TimeZone};
use serde_json::{Value, json};

use crate::field_tables::{
    ADDRESSES, AROUND_LINKS, CAUSES, LISTS, NO_IDS, NO_LINKS, OTHER_KEYS, TIMES, dressed,
};
use crate::stage::{Stage, name_of, new_key, openssl, p256_pem, rsa_pem};

#[test]
fn an_address_is_signed_as_it_is_meant_or_refused() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    for (typed, _, meant) in ADDRESSES {
        let request =
            json!({ "signer": { "kind": "site", "id": stage.site_of(&id) }, "address": typed });
        match meant {
            Ok(address) => {
                let view = stage.call("preview_address", request).unwrap();
                assert_eq!(view["url"], *address, "{typed}");
                // The link is what was shown before.
                let link = stage.make(&id, typed)["link"].clone();
                let link = link.as_str().unwrap();
                let behind =
                    link.strip_prefix(address).unwrap_or_else(|| panic!("{typed}: {link}"));
                assert!(behind.starts_with(['?', '&']), "{typed}: {link}");
            }
            Err(code) => {
                assert_eq!(stage.code("preview_address", request), *code, "{typed}");
                assert_eq!(stage.code("create_link", stage.link_of(&id, typed)), *code, "{typed}");
            }
        }
    }
}

#[test]
fn a_folder_is_asked_about_and_opened_whole_where_that_is_said() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    let typed = "https://docs.example.com/My%20Contracts/";
    let mut request = stage.link_of(&id, typed);
    let error = stage.call("create_link", request.clone()).unwrap_err();
    assert_eq!(
        error,
        json!({ "code": "address", "why": "isFolder", "folder": "/My%20Contracts/" })
    );
    assert_eq!(stage.code("preview_limits", request.clone()), "addressIsFolder");
    // As the button types it, and as it was pasted.
    for typed in ["My%20Contracts/", typed] {
        request["address"] = json!(typed);
        request["limits"] = json!({ "folder": error["folder"] });
        let mut preview = json!({ "signer": request["signer"], "address": typed });
        assert_eq!(stage.code("preview_address", preview.clone()), "addressIsFolder");
        preview["folder"] = error["folder"].clone();
        let shown = stage.call("preview_address", preview).unwrap();
        assert_eq!(shown["url"], "https://docs.example.com/My%20Contracts/");
        let limits = stage.call("preview_limits", request.clone()).unwrap();
        assert_eq!(limits["folder"]["path"], "/My%20Contracts/*");
        let made = stage.call("create_link", request.clone()).unwrap();
        let link = made["link"].as_str().unwrap();
        assert!(link.starts_with("https://docs.example.com/My%20Contracts/?Policy="), "{link}");
    }
}

#[test]
fn a_list_is_read_as_it_is_meant_and_asked_about_row_by_row() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    for (name, bytes, encoding, rows) in LISTS {
        stage.pick("list.csv", bytes);
        let request = json!({ "siteId": stage.site_of(&id), "folder": "" });
        let read = stage.call("choose_list", request).unwrap();
        assert_eq!(read["list"]["encoding"], json!(encoding), "{name}");
        let request = json!({ "show": "all", "skip": 0, "take": 100 });
        let view = stage.call("list_rows", request).unwrap();
        let found = view["rows"].as_array().unwrap();
        assert_eq!(found.len(), rows.len(), "{name}: {view}");
        for (found, row) in found.iter().zip(*rows) {
            match row {
                Ok((path, end, note)) => {
                    let at = |end: &str| {
                        let local: NaiveDateTime = end.parse().unwrap();
                        json!(Local.from_local_datetime(&local).latest().unwrap().timestamp())
                    };
                    assert_eq!(found["state"], "ready", "{name}: {found}");
                    assert_eq!(found["url"], format!("https://docs.example.com{path}"), "{name}");
                    assert_eq!(found["expiresAt"], end.map_or(Value::Null, at), "{name}: {found}");
                    assert_eq!(found["note"], *note, "{name}: {found}");
                }
                Err(line) => {
                    assert_eq!(
                        (&found["state"], &found["line"]),
                        (&json!("problem"), &json!(line)),
                        "{name}: {found}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_time_is_one_second_or_refused_by_name() {
    let stage = Stage::new();
    for (text, meant) in TIMES {
        let lifetime = json!({ "kind": "until", "local": text });
        let request = json!({ "signer": { "kind": "practice" }, "lifetime": lifetime });
        match meant {
            Ok(second) => {
                let view = stage.call("preview_lifetime", request).unwrap();
                assert_eq!(view["expiresAt"], *second, "{text}");
            }
            Err((_, code)) => assert_eq!(stage.code("preview_lifetime", request), *code, "{text}"),
        }
    }
}

#[test]
fn a_key_is_the_same_in_every_dress() {
    for pem in [p256_pem(), rsa_pem("2048")] {
        let pem = String::from_utf8(pem).unwrap();
        let stage = Stage::new();
        let expected = {
            stage.pick("signing.pem", pem.as_bytes());
            stage.call("add_key", new_key("Plain")).unwrap()["site"]["keys"][0]["fingerprint"]
                .clone()
        };
        assert!(expected.is_string(), "{expected}");
        for (dress, text) in dressed(&pem) {
            let stage = Stage::new();
            stage.pick("signing.pem", text.as_bytes());
            let added = stage.call("add_key", new_key(dress)).unwrap();
            assert_eq!(added["site"]["keys"][0]["fingerprint"], expected, "{dress}: {added}");
        }
    }
    let stage = Stage::new();
    for (text, _, code) in OTHER_KEYS {
        stage.pick("signing.pem", text.as_bytes());
        let error = stage.call("add_key", new_key("Other")).unwrap_err();
        assert_eq!(name_of(&error), *code, "{error}");
        assert!(!error.to_string().contains("MOONLIGHT"), "{error}");
    }
}

#[test]
fn an_id_that_is_none_adds_no_key() {
    let stage = Stage::new();
    for (id, _) in NO_IDS {
        // The window takes small letters for what they are, and everything else for no ID.
        let request = json!({
            "siteId": null, "name": "Papers", "address": "docs.example.com", "publicKeyId": id,
        });
        let added = stage.call("add_key", request);
        match added {
            Ok(added) => assert_eq!(added["kind"], "cancelled", "{id}: {added}"),
            Err(error) => {
                assert!(error["code"].as_str().unwrap().starts_with("publicKeyId"), "{id}: {error}")
            }
        }
    }
    assert!(stage.world.secrets.lock().unwrap().is_empty());
}

/// The programs whose addresses stood around a link, as an answer names them.
fn around(view: &Value) -> Vec<&str> {
    let repairs = view["repairs"].as_array().unwrap().iter();
    repairs.filter_map(|repair| repair["from"]["kind"].as_str()).collect()
}

#[test]
fn a_link_is_found_inside_what_stands_around_it() {
    let stage = Stage::new();
    let id = stage.add("Client papers", &p256_pem());
    let made = stage.make(&id, "https://docs.example.com/it's.pdf");
    let link = made["link"].as_str().unwrap();
    for (name, paste, programs) in AROUND_LINKS {
        let view = stage.call("inspect_link", json!({ "text": paste(link) })).unwrap();
        assert_eq!(view["verdict"]["kind"], "works", "{name}: {view}");
        assert_eq!(around(&view), *programs, "{name}");
    }
    for (text, verdict) in NO_LINKS {
        let view = stage.call("inspect_link", json!({ "text": text })).unwrap();
        assert_eq!(view["verdict"]["kind"], *verdict, "{text}");
    }
}

#[test]
fn a_cause_is_named_that_the_signature_proves() {
    let stage = Stage::new();
    let pem = p256_pem();
    let id = stage.add("Client papers", &pem);
    let made = stage.make(&id, "https://docs.example.com/a.pdf");
    let made = made["link"].as_str().unwrap();
    let key_id = made.split("Key-Pair-Id=").nth(1).unwrap().split('&').next().unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &pem).unwrap();
    let key = file.path().to_str().unwrap();
    for cause in CAUSES {
        let link = cause.link(key_id, |text| openssl(&["dgst", "-sha256", "-sign", key], text));
        let view = stage.call("inspect_link", json!({ "text": link })).unwrap();
        assert_eq!(view["verdict"]["kind"], cause.verdict, "{}: {view}", cause.name);
    }
}
