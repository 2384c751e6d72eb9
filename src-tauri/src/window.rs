//! The one window: what it may load, and how it comes to the front.

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Runtime, WebviewUrl, WebviewWindowBuilder, WindowEvent};

use crate::ipc::Signet;
use crate::native::WINDOW;

/// Opens the window. It shows our own pages and nothing else: it neither goes to another address
/// nor opens a second window.
pub fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, WINDOW, WebviewUrl::App("index.html".into()))
        .title("Signet")
        .inner_size(960.0, 720.0)
        .min_inner_size(480.0, 480.0)
        .on_navigation({
            // The server of `make dev`; a program that carries its pages with it has none.
            let config = &app.config().build;
            let server = if tauri::is_dev() { config.dev_url.clone() } else { None };
            move |url| {
                is_ours(url.scheme(), url.host_str())
                    || server.as_ref().is_some_and(|server| server.origin() == url.origin())
            }
        })
        .on_new_window(|_, _| NewWindowResponse::Deny)
        // Svelte's development build wraps methods of arrays, to warn of their misuse.
        .initialization_script(if tauri::is_dev() { "" } else { include_str!("frozen.js") })
        .build()?;
    app.state::<Signet>().magnify_as_kept();
    window.on_window_event({
        let app = app.clone();
        move |event| {
            if let WindowEvent::DragDrop(event) = event {
                app.state::<Signet>().dragged(event);
            }
        }
    });
    Ok(())
}

/// Shows the window to a person who started Signet a second time.
pub fn bring_to_front<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(WINDOW) {
        // Each may be refused by a desktop that does not let programs push forward.
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// `tauri://localhost` on macOS and Linux, `http://tauri.localhost` on Windows.
fn is_ours(scheme: &str, host: Option<&str>) -> bool {
    matches!(
        (scheme, host),
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost"))
    )
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::is_ours;

    #[test]
    fn a_program_brings_its_own_pages_unless_it_is_asked_not_to() {
        assert!(!tauri::is_dev());
        let config: Value = serde_json::from_str(include_str!("../../tauri.conf.json")).unwrap();
        assert_eq!(config["build"]["frontendDist"], "ui/dist");
        assert_eq!(config["build"].get("devUrl"), None);
    }

    #[test]
    fn only_our_own_pages_are_ours() {
        assert!(is_ours("tauri", Some("localhost")));
        assert!(is_ours("http", Some("tauri.localhost")));
        assert!(!is_ours("https", Some("example.com")));
        assert!(!is_ours("http", Some("localhost")));
        assert!(!is_ours("file", None));
        assert!(!is_ours("data", None));
    }
}
