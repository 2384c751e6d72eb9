//! Commands answer the one window with our own pages in it, and nobody else.

use serde_json::{Value, json};
use signet_desktop::ipc::COMMANDS;

use crate::stage::{Stage, call_from, open, own_pages};

/// Tauri's own words where it refuses before any command runs.
fn is_denied(answer: &Result<Value, Value>) -> bool {
    matches!(answer, Err(Value::String(words)) if words.contains("not allowed"))
}

#[test]
fn every_command_is_denied_to_another_window() {
    let stage = Stage::new();
    let other = open(&stage.app, "other");
    for command in COMMANDS {
        let answer = call_from(&other, own_pages(), command, json!({}));
        assert!(is_denied(&answer), "{command}: {answer:?}");
    }
}

#[test]
fn every_command_is_denied_to_another_page() {
    let stage = Stage::new();
    for page in ["https://example.com", "http://127.0.0.1:8080", "data:text/html,hello"] {
        for command in COMMANDS {
            let answer = call_from(&stage.window, page, command, json!({}));
            assert!(is_denied(&answer), "{page} {command}: {answer:?}");
        }
    }
}

/// The control of the two tests above: from the right place no command is denied, though each
/// request is wrong.
#[test]
fn no_command_is_denied_to_our_own_page() {
    let stage = Stage::new();
    for command in COMMANDS {
        let answer = stage.call(command, json!({}));
        assert!(!is_denied(&answer), "{command}: {answer:?}");
    }
}

#[test]
fn no_command_of_a_plugin_is_granted() {
    let stage = Stage::new();
    for command in [
        "plugin:clipboard-manager|read_text",
        "plugin:clipboard-manager|write_text",
        "plugin:window|close",
        "plugin:webview|create_webview_window",
        "plugin:event|listen",
        "plugin:opener|open_url",
        "plugin:fs|read_file",
        "plugin:dialog|open",
        "plugin:resources|close",
    ] {
        let answer = stage.call(command, json!({}));
        assert!(is_denied(&answer), "{command}: {answer:?}");
    }
}
