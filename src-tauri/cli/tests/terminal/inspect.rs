//! `signet inspect`: the verdict, what to do, and never the signature.

use std::process::Output;

use crate::stage::{ID, Stage, URL, assert_two_sentences, value, with_key};

const FAR: &str = "4102444800";

/// A folder with a key, its public half, and a link until the year 2100.
struct Signed {
    stage: Stage,
    key: String,
    public: String,
    link: String,
}

impl Signed {
    fn new() -> Self {
        Self::until(FAR)
    }

    fn until(end: &str) -> Self {
        let stage = Stage::new();
        let key = stage.p256();
        stage.openssl(&["pkey", "-in", &key, "-pubout", "-out", "public.pem"]);
        let link = stage.link(&with_key(&key, &["--url", URL, "--date-less-than", end]));
        let public = stage.path("public.pem").to_str().unwrap().to_owned();
        Self { stage, key, public, link }
    }

    fn inspect(&self, link: &str, more: &[&str]) -> Output {
        let words = [&["inspect", link, "--public-key", &self.public], more].concat();
        self.stage.signet(&words, b"")
    }
}

fn said(output: &Output) -> String {
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The line of the details that begins with a name.
fn line<'a>(text: &'a str, name: &str) -> &'a str {
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("{name} in {text}")).trim()
}

#[test]
fn a_link_that_works_says_so_and_what_cannot_be_seen() {
    let signed = Signed::new();
    let output = signed.inspect(&signed.link, &[]);
    assert_eq!(output.status.code(), Some(0));
    let text = said(&output);
    assert!(text.starts_with("This link works until 1 January 2100, 00:00:00 UTC.\n"), "{text}");
    assert!(text.contains("Not seen from here: whether the document exists"));
    assert_eq!(line(&text, "Address"), URL);
    assert_eq!(line(&text, "Policy"), "canned");
    assert_eq!(line(&text, "Key"), format!("{ID}, “{}”", signed.public));
    assert_eq!(line(&text, "Hash"), "SHA-256");
    assert_eq!(line(&text, "Signature"), "…[hidden], right, of a P-256 key");
}

#[test]
fn times_are_said_in_the_zone_of_the_computer_and_in_utc() {
    let signed = Signed::new();
    let words = ["inspect", &signed.link, "--public-key", &signed.public];
    let mut command = signed.stage.command(&words);
    let output = command.env("TZ", "<+0545>-5:45").output().unwrap();
    let text = said(&output);
    let end = "1 January 2100, 05:45:00 (UTC+05:45), 1 January 2100, 00:00:00 UTC";
    assert_eq!(line(&text, "Ends"), end);
}

#[test]
fn what_does_not_work_has_its_sentence_and_exit_code_1() {
    let signed = Signed::new();
    let ended = Signed::until("1796144");
    let other = Signed::new();
    let link = signed.link.as_str();
    for (text, code, sentence) in [
        (
            format!("{link}&utm_source=mail"),
            "added-after-signing",
            "this was added to the link: utm_source.",
        ),
        (
            link.replacen("https", "http", 1),
            "scheme-changed",
            "signed with https: and begins with http:.",
        ),
        (link.replace(FAR, "4102444801"), "altered", "changed after it was signed."),
        (
            link.replace("&Hash-Algorithm=SHA256", ""),
            "wrong-hash",
            "signed with SHA-256 and does not say so.",
        ),
        (
            link.split_once("&Key").unwrap().0.to_owned(),
            "cut-off",
            "missing or not whole: Key-Pair-Id.",
        ),
        (
            link.replace(ID, "E2QWRUHAPOMQZL"),
            "id-is-not-a-key-id",
            "E2QWRUHAPOMQZL is a distribution ID.",
        ),
        (other.link.clone(), "altered", "changed after it was signed."),
        (URL.to_owned(), "not-signed", "This address is not signed."),
        (
            "https://b.s3.amazonaws.com/a".to_owned(),
            "storage-address",
            "b.s3.amazonaws.com is a storage address",
        ),
    ] {
        let output = signed.inspect(&text, &[]);
        assert_eq!(output.status.code(), Some(1), "{code}");
        let answer = said(&output);
        assert!(answer.lines().next().unwrap().contains(sentence), "{code}: {answer}");
        assert!(answer.lines().nth(1).unwrap().ends_with('.'), "{code}: {answer}");
        let json = said(&signed.inspect(&text, &["--json"]));
        assert!(json.contains(&format!("\"verdict\": \"{code}\"")), "{code}: {json}");
        assert!(json.contains("\"works\": false"), "{code}: {json}");
    }
    let output = ended.inspect(&ended.link, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).starts_with("This link ended at 21 January 1970"));
}

#[test]
fn a_mail_is_read_from_the_standard_input() {
    let signed = Signed::new();
    let mail = format!(
        "Hello,\r\n\r\nhere it is: <{}>.\r\n\r\nRegards\r\n",
        signed.link.replace('&', "&amp;").replace("-Pair", "-\r\nPair")
    );
    let words = ["inspect", "-", "--public-key", &signed.public];
    let output = signed.stage.signet(&words, mail.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let text = said(&output);
    assert!(text.contains("A line break inside it was taken out"), "{text}");
    assert!(text.contains("&amp; was read as &"), "{text}");
    let json = signed.stage.signet(&[words.as_slice(), &["--json"]].concat(), mail.as_bytes());
    let json = said(&json);
    assert!(json.contains("\"repair\": \"line-breaks\"") && json.contains("\"works\": true"));
}

#[test]
fn a_mail_in_base64_is_read() {
    let signed = Signed::new();
    let body = signed.stage.path("body");
    std::fs::write(&body, &signed.link).unwrap();
    let letters = signed.stage.openssl(&["base64", "-in", body.to_str().unwrap()]);
    let letters = String::from_utf8(letters).unwrap();
    let mail = format!("Subject: Q3\nContent-Transfer-Encoding: base64\n\n{letters}");
    let words = ["inspect", "-", "--public-key", &signed.public];
    let output = signed.stage.signet(&words, mail.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let text = said(&output);
    assert!(text.contains("The mail's encoding (base64) was undone."), "{text}");
    let json =
        said(&signed.stage.signet(&[words.as_slice(), &["--json"]].concat(), mail.as_bytes()));
    assert!(json.contains("\"repair\": \"base64\""), "{json}");
    assert!(json.contains("\"works\": true"), "{json}");
}

#[test]
fn cookies_are_read_too() {
    let signed = Signed::new();
    let resource = "https://d111111abcdef8.cloudfront.net/*";
    let mut words = with_key(&signed.key, &["--resource", resource, "--date-less-than", FAR]);
    words[0] = "sign-cookies";
    let cookies = signed.stage.link(&words);
    let words = ["inspect", "-", "--public-key", &signed.public];
    let output = signed.stage.signet(&words, cookies.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let text = said(&output);
    assert_eq!((line(&text, "Form"), line(&text, "Opens")), ("cookies", resource));
}

#[test]
fn the_key_may_be_named_by_its_own_id() {
    let signed = Signed::new();
    let other = "K00000000000AA";
    let output = signed.inspect(&signed.link, &["--key-pair-id", ID]);
    assert_eq!(output.status.code(), Some(0));
    let output = signed.inspect(&signed.link, &["--key-pair-id", other]);
    assert_eq!(output.status.code(), Some(1));
    let sentence = format!("names the key {ID}, but “{}” ({other}) has signed it.", signed.public);
    assert!(said(&output).contains(&sentence));
    let unknown = signed.stage.signet(&["inspect", &signed.link], b"");
    assert_eq!(unknown.status.code(), Some(1));
    assert!(said(&unknown).contains(&format!("The key {ID} of this link is not known here")));
}

#[test]
fn a_wrong_call_gets_two_sentences_and_exit_code_2() {
    let signed = Signed::new();
    let (link, public) = (signed.link.as_str(), signed.public.as_str());
    let cases: [(i32, &[&str]); 8] = [
        (2, &["inspect"]),
        (2, &["inspect", ""]),
        (2, &["inspect", "Good morning"]),
        (2, &["inspect", link, "--key-pair-id", ID]),
        (2, &["inspect", link, "--public-key", public, "--key-pair-id", "E2QWRUHAPOMQZL"]),
        (2, &["inspect", link, "--public-key", public, "--key-pair-id", ID, "--key-pair-id", ID]),
        (1, &["inspect", link, "--public-key", "gone.pem"]),
        (1, &["inspect", link, "--public-key", &signed.key]),
    ];
    for (code, words) in cases {
        assert_two_sentences(&signed.stage.signet(words, b""), code, words);
    }
}

/// However the link is spoiled, and in both forms of the answer.
#[test]
fn the_signature_is_never_written() {
    let signed = Signed::new();
    let link = signed.link.as_str();
    let signature = value(link, "Signature");
    for text in [
        link.to_owned(),
        link.replace("Signature=", "signature="),
        link.replace("Signature=", "Sig="),
        link.replace("Signature=", "Key-Pair-Id="),
        link.replace("Signature=", "Hash-Algorithm="),
        link.replace(FAR, signature),
        link.replace('?', ""),
        link.replacen("https", "http", 1),
        format!("{link}&utm_source=x"),
        format!("https://a.safelinks.protection.outlook.com/?url={}", link.replace('&', "%26")),
    ] {
        assert!(text.contains(signature));
        for more in [&[][..], &["--json"]] {
            let output = signed.inspect(&text, more);
            let answer = said(&output);
            assert!(!answer.is_empty());
            let (half, _) = signature.split_at(signature.len() / 2);
            assert!(!answer.contains(half), "{answer}");
        }
    }
}

/// A policy can hold a terminal's commands; they are shown and not done.
#[test]
fn nothing_in_a_link_commands_the_terminal() {
    let stage = Stage::new();
    let inspected = |resource: &str| {
        let policy = format!(
            r#"{{"Statement":[{{"Resource":"{resource}","Condition":{{"DateLessThan":{{"AWS:EpochTime":4102444800}}}}}}]}}"#
        );
        let policy = signet_cloudfront::encoding::encode(policy.as_bytes());
        let link = format!(
            "https://h.example/a?Policy={policy}&Signature={}__&Key-Pair-Id={ID}",
            "A".repeat(342)
        );
        said(&stage.signet(&["inspect", &link], b""))
    };
    // As one character, and as JSON may write it.
    let text = inspected("https://h.example/\u{9b}2J");
    assert!(text.contains("https://h.example/[U+009B]2J"), "{text}");
    assert!(!text.contains('\u{9b}'));
    let text = inspected("https://h.example/\\u001b[2J");
    assert!(!text.contains('\u{1b}'));
}
