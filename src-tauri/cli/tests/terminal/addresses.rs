//! Addresses as people and scripts give them: what is taken out of what stands around it, what is signed
//! in the form that arrives, what is refused; and what is said about links that open nothing.

use std::process::Output;

use crate::stage::{Stage, assert_two_sentences, with_key};

/// The year 2100.
const END: [&str; 2] = ["--date-less-than", "4102444800"];

fn errors(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn what_stands_around_an_address_is_left_and_the_form_that_arrives_is_signed_and_shown() {
    let stage = Stage::new();
    let key = stage.p256();
    let cases = [
        ("<https://docs.example.com/a.pdf>", "https://docs.example.com/a.pdf"),
        ("[Contract](https://docs.example.com/a.pdf)", "https://docs.example.com/a.pdf"),
        ("See https://docs.example.com/a.pdf.", "https://docs.example.com/a.pdf"),
        ("\"https://docs.example.com/a.pdf\"", "https://docs.example.com/a.pdf"),
        ("=HYPERLINK(\"https://docs.example.com/a.pdf\")", "https://docs.example.com/a.pdf"),
        ("https://docs.example.com/./a.pdf", "https://docs.example.com/a.pdf"),
        ("https://docs.example.com/%2E/a.pdf", "https://docs.example.com/a.pdf"),
        ("https://DOCS.Example.com:443/A.pdf", "https://docs.example.com/A.pdf"),
        ("http://docs.example.com:80/a.pdf", "http://docs.example.com/a.pdf"),
        ("https://docs.example.com/a?b='c'", "https://docs.example.com/a?b=%27c%27"),
    ];
    let lines: Vec<_> = cases.iter().map(|(typed, _)| *typed).collect();
    for (typed, signed) in cases {
        let output = stage.signet(&with_key(&key, &["--url", typed, END[0], END[1]]), b"");
        assert!(output.status.success(), "{typed}: {}", errors(&output));
        let link = String::from_utf8(output.stdout.clone()).unwrap();
        assert!(link.strip_prefix(signed).unwrap_or_default().contains("Expires="), "{link}");
        assert_eq!(errors(&output), format!("Signed address: {signed}\n"), "{typed}");
    }
    let words = with_key(&key, &["--urls-from", "-", END[0], END[1]]);
    let output = stage.signet(&words, lines.join("\n").as_bytes());
    assert!(output.status.success());
    let links = String::from_utf8(output.stdout.clone()).unwrap();
    for (number, (link, (_, signed))) in links.lines().zip(cases).enumerate() {
        assert!(link.starts_with(signed), "{link}");
        let shown = format!("Line {}, signed address: {signed}\n", number + 1);
        assert!(errors(&output).contains(&shown), "{shown}");
    }
}

#[test]
fn an_apostrophe_in_a_path_stays_in_address_and_resource() {
    let stage = Stage::new();
    let key = stage.p256();
    let url = "https://docs.example.com/it's.pdf";
    let output = stage.signet(&with_key(&key, &["--url", url, END[0], END[1]]), b"");
    assert!(output.stdout.starts_with(format!("{url}?Expires=").as_bytes()));
    assert_eq!(errors(&output), "");
    let resource = "https://docs.example.com/it's*";
    let words = ["--url", url, "--policy-resource", resource, END[0], END[1]];
    assert!(stage.link(&with_key(&key, &words)).starts_with(&format!("{url}?Policy=")));
    for resource in [url, resource] {
        let mut words = with_key(&key, &["--resource", resource, END[0], END[1]]);
        words[0] = "sign-cookies";
        assert!(stage.signet(&words, b"").status.success(), "{resource}");
    }
}

#[test]
fn what_would_open_something_else_is_refused() {
    let stage = Stage::new();
    let key = stage.p256();
    for (url, says) in [
        ("https://docs.example.com/a.pdf https://docs.example.com/b.pdf", "2 addresses"),
        ("https://docs.example.com/a.pdfhttps://docs.example.com/b.pdf", "2 addresses"),
        ("https://docs.example.com/a.pdf, https://docs.example.com/b.pdf", "2 addresses"),
        ("https://docs.example.com/a.pdf for Mr Smith", "https://docs.example.com/a.pdf"),
        ("https://docs.example.com/x/../a.pdf", "https://docs.example.com/a.pdf"),
        ("https://docs.example.com/x/%2e%2E/a.pdf", "https://docs.example.com/a.pdf"),
        ("https://docs.example.com/a.pdf?X-Amz-Signature=1", "signed for S3"),
        ("https://docs.example.com/a.pdf?AWSAccessKeyId=A&Signature=s&Expires=1", "signed for S3"),
        ("https://docs.example.com/a?Expires=1&Signature=s&Key-Pair-Id=K", "signed link already"),
        ("https://127.1/a.pdf", "no whole address"),
        ("C:\\Users\\me\\a.pdf", "on a computer"),
        ("/home/me/a.pdf", "on a computer"),
        ("a.pdf, b.pdf", "no whole address"),
        ("*", "no whole address"),
        ("?", "no whole address"),
    ] {
        let words = with_key(&key, &["--url", url, END[0], END[1]]);
        let output = stage.signet(&words, b"");
        assert_two_sentences(&output, 2, &words);
        assert!(errors(&output).contains(says), "{url}: {}", errors(&output));
    }
    for resource in ["https://docs.example.com/x/../*", "https://docs.example.com/%2e%2e/*"] {
        let url = "https://docs.example.com/a.pdf";
        let words = ["--url", url, "--policy-resource", resource, END[0], END[1]];
        let words = with_key(&key, &words);
        assert_two_sentences(&stage.signet(&words, b""), 2, &words);
    }
}

#[test]
fn an_id_that_no_key_has_signs_nothing() {
    let stage = Stage::new();
    let key = stage.p256();
    let url = "https://docs.example.com/a.pdf";
    for (id, says) in [
        ("undefined", "filled in"),
        ("null", "filled in"),
        ("NaN", "filled in"),
        ("None", "filled in"),
        ("[object Object]", "filled in"),
        ("$KEY_PAIR_ID", "filled in"),
        ("YOUR_KEY_PAIR_ID", "filled in"),
        ("k2jcjmdehxqw5f", "capitals"),
        ("K2JCJMDEHXQw5F", "capitals"),
        ("K1", "13 capital letters or digits"),
        ("K2JCJMDEHXQW5", "13 capital letters or digits"),
        ("K2JCJMDEHXQW5FF", "13 capital letters or digits"),
        ("12345678901234", "13 capital letters or digits"),
    ] {
        let option = format!("--key-pair-id={id}");
        for command in ["sign", "sign-cookies"] {
            let address = if command == "sign" { "--url" } else { "--resource" };
            let words = [command, address, url, "--private-key", &key, &option, END[0], END[1]];
            let output = stage.signet(&words, b"");
            assert_two_sentences(&output, 2, &words);
            assert!(errors(&output).contains(says), "{id}: {}", errors(&output));
        }
    }
    let old = "--key-pair-id=APKAEIBAERJR2EXAMPLE";
    let words = ["sign", "--url", url, "--private-key", &key, old, END[0], END[1]];
    assert!(stage.link(&words).contains("&Key-Pair-Id=APKAEIBAERJR2EXAMPLE"));
}

#[test]
fn a_link_that_opens_nothing_is_made_with_a_warning() {
    let stage = Stage::new();
    let key = stage.p256();
    let url = "https://docs.example.com/a.pdf";
    let past = ["--date-less-than", "1000000000"];
    let from = |network| ["--date-less-than", "4102444800", "--ip-address", network];
    let cases: [(&[&str], &str); 3] = [
        (&past, "this ended on"),
        (&from("203.0.113.0/24"), "kept for examples"),
        (&from("0.0.0.0/0"), "every IPv4 address"),
    ];
    for (limits, says) in cases {
        for (command, option, input) in [
            ("sign", ["--url", url], ""),
            ("sign", ["--urls-from", "-"], url),
            ("sign-cookies", ["--resource", url], ""),
        ] {
            let mut words = with_key(&key, &[&option[..], limits].concat());
            words[0] = command;
            let output = stage.signet(&words, input.as_bytes());
            assert!(output.status.success() && !output.stdout.is_empty(), "{words:?}");
            let error = errors(&output);
            assert!(error.starts_with("Warning: ") && error.contains(says), "{words:?}: {error}");
            assert_eq!(error.lines().count(), 1, "{error}");
            assert!(!error.contains("phone"), "{error}");
        }
    }
    for network in ["9.9.9.9", "10.0.0.0/7", "0.0.0.0/1"] {
        let words = [&["--url", url][..], &from(network)].concat();
        let output = stage.signet(&with_key(&key, &words), b"");
        assert_eq!(errors(&output), "", "{network}");
    }
}

/// A network inside an office, a home or a computer, in every range that has no reader in it.
#[test]
fn a_link_that_no_reader_could_open_is_not_made() {
    let stage = Stage::new();
    let key = stage.p256();
    let url = "https://docs.example.com/a.pdf";
    for (network, named) in [
        ("192.168.1.5", "192.168.1.5/32"),
        ("192.168.0.0/16", "192.168.0.0/16"),
        ("10.0.0.0/8", "10.0.0.0/8"),
        ("10.1.2.3/9", "10.1.2.3/9"),
        ("172.16.0.0/12", "172.16.0.0/12"),
        ("172.31.255.255", "172.31.255.255/32"),
        ("127.0.0.1", "127.0.0.1/32"),
        ("169.254.169.254", "169.254.169.254/32"),
        ("100.64.0.0/10", "100.64.0.0/10"),
        ("0.0.0.0", "0.0.0.0/32"),
        ("224.0.0.1", "224.0.0.1/32"),
        ("255.255.255.255", "255.255.255.255/32"),
    ] {
        for (command, option, input) in [
            ("sign", ["--url", url], ""),
            ("sign", ["--urls-from", "-"], url),
            ("sign-cookies", ["--resource", url], ""),
        ] {
            let limits = ["--date-less-than", "4102444800", "--ip-address", network];
            let mut words = with_key(&key, &[&option[..], &limits].concat());
            words[0] = command;
            let output = stage.signet(&words, input.as_bytes());
            assert_eq!(output.status.code(), Some(2), "{words:?}");
            assert!(output.stdout.is_empty(), "{words:?}");
            let error = errors(&output);
            assert!(error.contains(&format!("No reader comes from {named}")), "{words:?}: {error}");
            assert!(error.contains("public address"), "{words:?}: {error}");
        }
    }
}

#[test]
fn what_is_hardly_meant_is_signed_byte_for_byte_with_a_warning() {
    let stage = Stage::new();
    let key = stage.p256();
    for (url, says) in [
        ("https://docs.example.com/contracts/", "this is a folder"),
        ("https://docs.example.com/contracts/?x=1", "this is a folder"),
        ("https://docs.example.com/", "the site itself"),
        ("https://docs.example.com/undefined", "undefined stands where a name should be"),
        ("https://docs.example.com/null.pdf", "null stands where"),
        ("https://docs.example.com/%7B%7Bname%7D%7D.pdf", "{{name}} stands where"),
        ("https://undefined/a.pdf", "undefined stands where"),
        ("https://docs.example.com/a.pdf?x=1&amp;y=2", "&amp; is how HTML writes &"),
    ] {
        for (command, option, input) in [
            ("sign", ["--url", url], ""),
            ("sign", ["--urls-from", "-"], url),
            ("sign-cookies", ["--resource", url], ""),
        ] {
            let mut words = with_key(&key, &[&option[..], &END].concat());
            words[0] = command;
            let output = stage.signet(&words, input.as_bytes());
            assert!(output.status.success(), "{words:?}: {}", errors(&output));
            if command == "sign" {
                let link = String::from_utf8(output.stdout.clone()).unwrap();
                assert!(link.starts_with(url), "{words:?}: {link}");
            }
            let error = errors(&output);
            assert!(error.contains("Warning: ") && error.contains(says), "{words:?}: {error}");
            assert_eq!(error.lines().count(), 1, "{words:?}: {error}");
        }
    }
    // A link for all of a folder may be made of the folder's own address.
    let url = "https://docs.example.com/contracts/";
    let option = ["--url", url, "--policy-resource", "https://docs.example.com/contracts/*"];
    let output = stage.signet(&with_key(&key, &[&option[..], &END].concat()), b"");
    assert_eq!(errors(&output), "");
    // An ordinary document has no warning.
    for url in ["https://docs.example.com/a.pdf?x=1&y=2", "https://docs.example.com/contracts/*"] {
        let output = stage.signet(&with_key(&key, &[&["--url", url][..], &END].concat()), b"");
        assert_eq!(errors(&output), "", "{url}");
    }
}

#[test]
fn a_file_on_a_computer_is_said_to_lie_there() {
    let stage = Stage::new();
    let key = stage.p256();
    for path in [
        r"C:\Users\me\a.pdf",
        "C:/Users/me/a.pdf",
        r"\\server\share\a.pdf",
        "/home/me/a.pdf",
        "/Users/me/Desktop/a.pdf",
        "~/a.pdf",
        "file:///home/me/a.pdf",
    ] {
        let words = with_key(&key, &[&["--url", path][..], &END].concat());
        let output = stage.signet(&words, b"");
        assert_two_sentences(&output, 2, &words);
        let error = errors(&output);
        assert!(error.contains("on a computer, where nobody else can open it"), "{path}: {error}");
        assert!(error.contains("Upload it to the site first"), "{path}: {error}");
        let words = with_key(&key, &[&["--urls-from", "-"][..], &END].concat());
        let output = stage.signet(&words, path.as_bytes());
        assert!(output.stdout.is_empty() && errors(&output).contains("on a computer"), "{path}");
    }
}
