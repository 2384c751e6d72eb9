//! One journey through the window, with what Rust answers to each step. The UI's tests take the same steps over
//! these answers, and hold its fake to their shapes: `ui/src/journeys/recorded.json`.
//!
//! `SIGNET_WRITE_BINDINGS=1 cargo test -p signet-desktop bindings` writes the file that the test compares.
//! Keys, ids, signatures and places differ each time, and stand there as the same words.

use serde_json::{Value, json};

use crate::stage::{NOW, Stage, p256_pem};

const RECORDED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/journeys/recorded.json");

/// What was asked and answered so far.
struct Journey {
    stage: Stage,
    steps: Vec<Value>,
}

impl Journey {
    /// Asks as the UI does, and gives the answer.
    fn ask(&mut self, command: &str, request: Value) -> Value {
        let (how, said) = match self.stage.call(command, request.clone()) {
            Ok(answer) => ("answer", answer),
            // A command that Tauri refuses is none of the journey's.
            Err(error) if error["code"].is_string() => ("error", error),
            Err(refused) => panic!("{command}: {refused}"),
        };
        self.steps.push(json!({ "command": command, "request": request, how: said.clone() }));
        said
    }

    fn create_link(&mut self, signer: &Value, address: &str, lifetime: &str) -> Value {
        let typed = json!({ "signer": signer, "address": address, "folder": null });
        self.ask("preview_address", typed);
        let lifetime = json!({ "kind": lifetime });
        self.ask("preview_ends", json!({ "signer": signer }));
        let request = json!({
            "address": address, "lifetime": lifetime, "note": "", "signer": signer,
            "limits": { "start": null, "network": "", "folder": null },
        });
        let made = self.ask("create_link", request);
        self.ask("try_fresh_link", json!({ "number": made["number"] }));
        made
    }

    /// How many links end soon, which the rail says.
    fn ending(&mut self) {
        let request = json!({
            "search": "", "state": "ending", "keyId": null, "sort": "newest", "skip": 0, "take": 1,
        });
        self.ask("list_history", request);
    }
}

#[test]
fn the_journey_beside_the_bindings_is_answered_as_it_was_recorded() {
    let mut journey = Journey { stage: Stage::new(), steps: Vec::new() };
    journey.ask("start", Value::Null);
    journey.ask("batch_state", Value::Null);
    journey.ask("files_state", Value::Null);
    journey.ending();

    let practice = journey.ask("start_practice", Value::Null);
    let signer = json!({ "kind": "practice" });
    journey.create_link(&signer, "Practice letter.html", "oneMinute");
    journey.ask("leave_practice", Value::Null);

    journey.stage.pick("signing.pem", &p256_pem());
    let request = json!({
        "siteId": null, "name": "Client papers", "address": "docs.example.com",
        "publicKeyId": "K2JCJMDEHXQW5F",
    });
    let added = journey.ask("add_key", request);
    let signer = json!({ "kind": "site", "id": added["site"]["id"] });
    let empty = json!({ "signer": signer, "address": "", "folder": null });
    journey.ask("preview_address", empty);
    // What would be answered depends on whether this computer has a network.
    let off = json!({ "id": added["site"]["id"], "triesLinks": false });
    journey.stage.call("set_site_tries_links", off).unwrap();
    let made = journey.create_link(&signer, "a.pdf", "oneHour");
    journey.ending();
    let all = json!({
        "search": "", "state": null, "keyId": null, "sort": "newest", "skip": 0, "take": 100,
    });
    journey.ask("list_history", all);
    journey.ask("history_keys", Value::Null);
    journey.ask("inspect_link", json!({ "text": made["link"] }));

    let key = &added["site"]["keys"][0];
    let same = [
        (&added["site"]["id"], "51".repeat(16)),
        (&key["id"], "1d".repeat(16)),
        (&key["fingerprint"], "8f".repeat(32)),
        (&added["folderName"], "Downloads".to_owned()),
        (&practice["host"], "127.0.0.1:49152".to_owned()),
    ];
    let mut steps = Value::Array(journey.steps);
    each(&mut steps, &|text| {
        let replaced = same.iter().fold(text.to_owned(), |text, (differs, word)| {
            text.replace(differs.as_str().unwrap(), word)
        });
        unsigned(&replaced)
    });
    let printed = format!("{steps:#}\n");
    if std::env::var_os("SIGNET_WRITE_BINDINGS").is_some() {
        std::fs::write(RECORDED, &printed).unwrap();
    }
    assert_eq!(std::fs::read_to_string(RECORDED).unwrap(), printed);
}

/// The link with another signature, which is another at each run.
fn unsigned(text: &str) -> String {
    let Some((before, rest)) = text.split_once("Signature=") else { return text.to_owned() };
    let behind = rest.split_once('&').map_or("", |(_, behind)| behind);
    format!("{before}Signature=0000&{behind}")
}

/// Changes each text, and makes one picture of every code and one end of every day.
fn each(value: &mut Value, change: &dyn Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = change(text),
        Value::Array(all) => all.iter_mut().for_each(|value| each(value, change)),
        Value::Object(all) => {
            for (name, value) in all {
                match name.as_str() {
                    "qr" if !value.is_null() => {
                        *value = json!({ "modules": 49, "path": "M0 0h7v1h-7z" })
                    }
                    // Days end by the clock of whoever runs the test.
                    "endOfToday" => *value = json!(NOW + 6 * 3_600),
                    "oneDay" => *value = json!(NOW + 30 * 3_600),
                    "sevenDays" => *value = json!(NOW + 174 * 3_600),
                    "thirtyDays" => *value = json!(NOW + 726 * 3_600),
                    _ => each(value, change),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
