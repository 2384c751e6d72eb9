//! `signet share` and `signet documents`, as far as nobody is asked: what is wrong is said before.

use crate::stage::{Stage, assert_two_sentences};

/// A site with storage and without a key that CloudFront knows.
fn put(stage: &Stage) {
    std::fs::create_dir_all(stage.path(".config/signet")).unwrap();
    let site = |digit: &str, name: &str| {
        format!(
            r#"{{"id":"{}","name":"{name}","address":null,"keys":[],"lifetime":null,"set_up":{{}},"storage":{{"bucket":"client-papers","region":"eu-central-1"}}}}"#,
            digit.repeat(32)
        )
    };
    let settings = format!(
        r#"{{"version":4,"sites":[{},{}],"last_site":null,"last_lifetime":null}}"#,
        site("a", "Papers"),
        site("b", "Board")
    );
    stage.file(".config/signet/settings.json", settings);
}

#[test]
fn what_is_wrong_is_said_in_two_sentences() {
    let stage = Stage::new();
    stage.file("a.pdf", "one");
    std::fs::create_dir(stage.path("empty")).unwrap();
    assert_two_sentences(&stage.signet(&["share", "a.pdf"], b""), 1, &["no site"]);
    put(&stage);
    for (words, code, says) in [
        (&["share"][..], 2, "this is missing: <FILE>"),
        (&["share", "-"], 2, "The standard input is no document"),
        (&["share", "a.pdf"], 2, "There are several sites"),
        (&["share", "a.pdf", "--site", "Nobody"], 2, "no site of the name that --site gives"),
        (&["share", "a.pdf", "--site", "Papers"], 1, "CloudFront knows no key of this site yet"),
        (&["share", "empty", "--site", "Papers"], 1, "There is no document in what was given"),
        (&["share", "a.pdf", "--to", "a/../b", "--site", "Papers"], 2, "The value of --to"),
        (&["share", "a.pdf", "--keep-both", "--replace"], 2, "cannot be used together"),
        (&["share", "a.pdf", "--expires-in", "soon"], 2, "The value of --expires-in"),
        (&["share", "a.pdf", "--date-less-than", "soon"], 2, "the value of --date-less-than"),
        (&["documents", "put", "-"], 2, "The standard input is no document"),
        (&["documents", "list", "a//b", "--site", "Papers"], 2, "The value of FOLDER"),
        (&["documents", "list", "--site", "Papers"], 1, "CloudFront knows no key of this site yet"),
        (&["documents", "rename", "a.pdf"], 2, "this is missing: <NAME>"),
        (&["documents", "remove"], 2, "this is missing: <DOCUMENT>"),
        (&["setup", "policy", "--for", "documents"], 2, "It is not said which bucket is meant"),
        (&["setup", "policy", "--for", "nothing"], 2, "the value of --for <PURPOSE> is none of"),
    ] {
        let output = stage.signet(words, b"");
        assert_two_sentences(&output, code, words);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(says), "{words:?}: {error}");
    }
    // Nothing is remembered of what came to nothing.
    let settings = std::fs::read_to_string(stage.path(".config/signet/settings.json")).unwrap();
    assert!(!settings.contains("folder"), "{settings}");
}
