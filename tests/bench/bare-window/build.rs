//! Hands Tauri the two commands, as for Signet itself.

fn main() {
    let commands = tauri_build::AppManifest::new().commands(&["sign_rsa", "sign_p256"]);
    if let Err(error) =
        tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands))
    {
        panic!("{error:#}");
    }
}
