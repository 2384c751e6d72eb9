//! What a command loads before it begins.

/// A toolkit would cost a command its first tenth of a second.
#[test]
#[cfg(target_os = "linux")]
fn no_toolkit_is_loaded() {
    let libraries = |program: &str| {
        let output = std::process::Command::new("ldd").arg(program).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let ours = libraries(env!("CARGO_BIN_EXE_signet"));
    assert!(ours.contains("libc.so"), "{ours}");
    for toolkit in ["libgtk", "libwebkit", "libgdk", "libX11", "libssl", "libcrypto"] {
        assert!(!ours.contains(toolkit), "{ours}");
    }
}
