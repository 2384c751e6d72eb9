//! What the program says about itself.

use crate::stage::Stage;

#[test]
fn help_is_no_failure_and_shows_examples() {
    let stage = Stage::new();
    for words in [&["--help"][..], &["sign", "--help"], &["--version"]] {
        let output = stage.signet(words, b"");
        assert!(output.status.success(), "{words:?}");
        assert!(output.stderr.is_empty() && !output.stdout.is_empty());
    }
    let help = String::from_utf8(stage.signet(&["--help"], b"").stdout).unwrap();
    assert!(help.contains("signet sign --url"));
}

#[test]
fn completions_and_the_manual_page_name_every_option() {
    let stage = Stage::new();
    for words in [&["completions", "bash"][..], &["completions", "zsh"], &["completions", "fish"]] {
        let text = stage.link(words);
        assert!(text.contains("date-less-than") && text.contains("sign-cookies"), "{words:?}");
    }
    assert!(stage.link(&["man"]).starts_with(".ie"));
}
