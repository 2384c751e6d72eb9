//! `signet inspect --try`: the one command that asks a network, and what it says then.

use std::process::{Command, Output, Stdio};

use crate::certificate;
use crate::site::{Reply, Site, target};
use crate::stage::{ID, Stage, assert_two_sentences, with_key};

const SIGNATURE: &str = "AbC-d~e0123456789";

fn query() -> String {
    format!("Expires=4102444800&Signature={SIGNATURE}__&Key-Pair-Id={ID}")
}

fn link(site: &Site) -> String {
    format!("http://127.0.0.1:{}/a.pdf?{}", site.port(), query())
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len())
}

fn document() -> String {
    answer("206 Partial Content", "Server: AmazonS3\r\n", "%")
}

fn error(status: &str, code: &str, ids: &str) -> String {
    answer(status, "", &format!("<Error><Code>{code}</Code>{ids}</Error>"))
}

fn missing_key() -> String {
    error("403 Forbidden", "MissingKey", "")
}

/// A site that gives this for a link, and that without a signature.
fn site(signed: String, unsigned: String) -> Site {
    Site::open(move |target| {
        let is_signed = target.contains("Signature=");
        Reply::Bytes(if is_signed { &signed } else { &unsigned }.clone().into_bytes())
    })
}

fn said(output: &Output) -> String {
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What is said of the trial, below what is said of the link.
fn of_trial(output: &Output) -> String {
    said(output).split_once("\nAsking ").unwrap().1.split_once('\n').unwrap().1.to_owned()
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_str(&said(output)).unwrap()
}

#[test]
fn nothing_connects_without_try() {
    let stage = Stage::new();
    let site = site(document(), missing_key());
    let link = link(&site);
    for words in [&["inspect", &link][..], &["inspect", &link, "--json"]] {
        let output = stage.signet(words, b"");
        assert!(!said(&output).is_empty());
    }
    assert_eq!(site.connections(), 0);
    stage.signet(&["inspect", &link, "--try"], b"");
    assert_eq!(site.connections(), 2);
}

#[test]
fn the_answer_of_the_site_is_said_and_decides() {
    let stage = Stage::new();
    let ids = "<RequestId>8J3C</RequestId><HostId>v8lB</HostId>";
    let blocked = "<html><title>ERROR: The request could not be satisfied</title></html>";
    for (given, code, exit, sentence) in [
        (document(), "opens", 0, "The document opened with this link."),
        (missing_key(), "key-id-missing", 1, "CloudFront found no public key ID"),
        (error("403 F", "InvalidKey", ""), "key-unknown", 1, "CloudFront does not take the key"),
        (
            error("403 F", "MalformedSignature", ""),
            "signature-malformed",
            1,
            "Most likely the signature was cut",
        ),
        (
            error("403 F", "MalformedPolicy", ""),
            "policy-malformed",
            1,
            "Most likely the policy was cut",
        ),
        (error("403 F", "AccessDenied", ""), "refused", 1, "Most likely CloudFront itself refused"),
        (
            error("403 F", "AccessDenied", ids),
            "storage-refused",
            1,
            "Most likely there is no such document: CloudFront took the link, and the storage behind it refused",
        ),
        (
            error("403 F", "InvalidAccessKeyId", ids),
            "storage-address-signed",
            1,
            "Most likely the storage was asked",
        ),
        (error("404 N", "NoSuchKey", ids), "not-found", 1, "There is no such document"),
        (answer("403 F", "", blocked), "blocked", 1, "Most likely a firewall"),
        (
            answer("302 F", "Location: https://login.example/\r\n", ""),
            "redirected",
            1,
            "The site points to login.example, which was not asked.",
        ),
        (answer("500 I", "", ""), "unexpected", 1, "answered with the status 500"),
        (String::new(), "no-connection", 1, "There is no connection with 127.0.0.1:"),
    ] {
        let site = site(given, missing_key());
        let link = link(&site);
        let output = stage.signet(&["inspect", &link, "--try"], b"");
        assert_eq!(output.status.code(), Some(exit), "{code}");
        let text = of_trial(&output);
        let mut lines = text.lines();
        assert!(lines.next().unwrap().contains(sentence), "{code}: {text}");
        assert!(lines.next().unwrap().ends_with('.'), "{code}: {text}");
        assert!(text.contains("Without a signature it does not open."), "{code}: {text}");
        assert!(!text.contains("Warning"), "{code}: {text}");
        let output = stage.signet(&["inspect", &link, "--try", "--json"], b"");
        assert_eq!(output.status.code(), Some(exit), "{code}");
        let trial = &json(&output)["trial"];
        assert_eq!(trial["answer"], code);
        assert_eq!(trial["likely"], sentence.starts_with("Most likely"), "{code}");
        assert_eq!(trial["is_public"], false, "{code}");
    }
}

#[test]
fn a_script_gets_all_of_it_under_names_that_stay() {
    let stage = Stage::new();
    let date = "Date: Tue, 24 Nov 2020 09:00:00 GMT\r\n";
    let site = site(answer("503 S", date, ""), answer("200 O", "", "%"));
    let output = stage.signet(&["inspect", &link(&site), "--try", "--json"], b"");
    let mut trial = json(&output)["trial"].clone();
    let seconds = trial["clock"]["seconds"].take().as_u64().unwrap();
    assert!(seconds > 86_400, "{seconds}");
    let expected = serde_json::json!({
        "host": format!("127.0.0.1:{}", site.port()),
        "answer": "unexpected",
        "status": 503,
        "redirected_to": null,
        "likely": false,
        "is_public": true,
        "clock": {"state": "ahead", "seconds": null},
        "rewritten": false,
    });
    assert_eq!(trial, expected);
    let output = stage.signet(&["inspect", &link(&site), "--json"], b"");
    assert!(json(&output)["trial"].is_null());
}

#[test]
fn what_is_no_secret_and_a_wrong_clock_are_warned_of() {
    let stage = Stage::new();
    let site = site(answer("206 P", "Date: Tue, 24 Nov 2020 09:00:00 GMT\r\n", "%"), document());
    let output = stage.signet(&["inspect", &link(&site), "--try"], b"");
    assert_eq!(output.status.code(), Some(0));
    let text = of_trial(&output);
    assert!(text.contains("Warning: Anyone can open this document: it is not private."), "{text}");
    assert!(text.contains("Warning: this computer's clock is"), "{text}");
    assert!(text.contains("days ahead of the site's."), "{text}");
    let link = format!("http://127.0.0.1:{}/a/../b.pdf?{}", site.port(), query());
    let output = stage.signet(&["inspect", &link, "--try"], b"");
    assert!(of_trial(&output).contains("Warning: browsers write this address otherwise"));
}

#[test]
fn a_name_that_nobody_knows_is_said_so() {
    let stage = Stage::new();
    // The system knows by itself that no host may be called so, and asks nobody.
    let output = stage.signet(&["inspect", "http://-.invalid/a.pdf", "--try"], b"");
    assert_eq!(output.status.code(), Some(1));
    let text = of_trial(&output);
    assert!(text.starts_with("Signet could not reach -.invalid.\n"), "{text}");
}

#[test]
fn what_cannot_be_tried_gets_two_sentences_and_exit_code_2() {
    let stage = Stage::new();
    let cookies = format!("CloudFront-Signature={SIGNATURE}; CloudFront-Key-Pair-Id={ID}");
    for link in ["s3://bucket/a.pdf", cookies.as_str()] {
        let words = ["inspect", link, "--try"];
        assert_two_sentences(&stage.signet(&words, b""), 2, &words);
    }
}

#[test]
fn the_signature_is_not_written_whatever_the_site_answers() {
    let stage = Stage::new();
    let back = format!("https://127.0.0.1:1/{}", query());
    let echo = format!("Location: {back}\r\nServer: {back}\r\nX-Cache: {back}\r\nDate: {back}\r\n");
    let body = format!("<Error><Code>{0}</Code><Message>{0}</Message></Error>", query());
    for given in
        [answer("302 F", &echo, ""), answer("403 F", &echo, &body), "HTTP/1.1 9".to_owned()]
    {
        let site = site(given.clone(), given);
        let link = link(&site);
        for more in [&[][..], &["--json"]] {
            let output = stage.signet(&[&["inspect", &link, "--try"], more].concat(), b"");
            assert!(site.targets().iter().any(|target| target.contains(SIGNATURE)));
            assert!(!said(&output).contains(SIGNATURE), "{}", said(&output));
        }
    }
}

/// The verdict is there while the site is waited for, and the connections go with the program.
#[test]
#[cfg(target_os = "linux")]
fn ctrl_c_cancels() {
    use std::os::unix::process::ExitStatusExt as _;
    const SIGINT: i32 = 2;
    let stage = Stage::new();
    let site = Site::open(|_| Reply::Stall(Vec::new()));
    // A shell that runs the tests in the background lets them, and all that they start, take no notice of Ctrl-C.
    let mut command = stage.started_by(&["/usr/bin/env", "--default-signal=INT"]);
    command.args(["inspect", &link(&site), "--try"]);
    let program = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    site.wait_for_requests(2);
    let kill = Command::new("kill").args(["-INT", &program.id().to_string()]).status().unwrap();
    assert!(kill.success());
    let output = program.wait_with_output().unwrap();
    assert_eq!(output.status.signal(), Some(SIGINT), "{} {}", output.status, said(&output));
    assert!(said(&output).ends_with(&format!("\nAsking 127.0.0.1:{} …\n", site.port())));
    site.wait_until_closed();
}

#[test]
#[cfg(target_os = "linux")]
fn only_a_site_that_the_system_trusts_is_asked() {
    let stage = Stage::new();
    let (config, certificate) = certificate::self_signed();
    let site = Site::secure(config, |_| Reply::Bytes(document().into_bytes()));
    let link = format!("https://localhost:{}/a.pdf?{}", site.port(), query());
    let words = ["inspect", &link, "--try"];
    let output = stage.signet(&words, b"");
    assert_eq!(output.status.code(), Some(1));
    let text = of_trial(&output);
    assert!(
        text.starts_with("This computer does not trust the certificate of localhost:"),
        "{text}"
    );
    assert!(site.requests().is_empty());
    let trusted = stage.file("trusted.pem", certificate);
    let output = stage.command(&words).env("SSL_CERT_FILE", trusted).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(site.targets(), ["/a.pdf".to_owned(), format!("/a.pdf?{}", query())]);
}

/// The proxy stands for the site, so that a link for any host can be tried.
#[test]
#[cfg(target_os = "linux")]
fn the_proxy_of_the_system_is_asked_but_not_for_this_computer() {
    let stage = Stage::new();
    let proxy = site(document(), missing_key());
    let through = format!("http://127.0.0.1:{}", proxy.port());
    let url = "http://docs.example.com/Q3%20(v+2).pdf?v=2";
    let key = stage.p256();
    let link = stage.link(&with_key(&key, &["--url", url, "--date-less-than", "4102444800"]));
    stage.openssl(&["pkey", "-in", &key, "-pubout", "-out", "public.pem"]);
    let words = ["inspect", &link, "--try", "--public-key", "public.pem"];
    let output = stage.command(&words).env("http_proxy", &through).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(proxy.targets(), [url, &link]);
    let text = said(&output);
    assert!(text.starts_with("This link works until"), "{text}");
    assert!(text.contains("\nAsking docs.example.com …\nThe document opened"), "{text}");
    let refusing = site(error("403 F", "AccessDenied", ""), missing_key());
    let through_refusing = format!("http://127.0.0.1:{}", refusing.port());
    let output = stage.command(&words).env("http_proxy", through_refusing).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(of_trial(&output).contains("\nThe link is right as it stands: most likely"));

    let (asked, here) = (proxy.connections(), site(document(), missing_key()));
    let words = ["inspect", &self::link(&here), "--try"];
    stage.command(&words).env("http_proxy", &through).output().unwrap();
    assert_eq!((proxy.connections(), here.connections()), (asked, 2));
    assert!(here.requests().iter().all(|head| target(head).starts_with('/')));
}

#[test]
fn the_verdict_and_the_trial_are_weighed_against_each_other() {
    let stage = Stage::new();
    let refusing = site(error("403 F", "AccessDenied", ""), missing_key());
    let output = stage.signet(&["inspect", &link(&refusing), "--try"], b"");
    assert!(of_trial(&output).contains("What is said above is the most likely reason."));
    let giving = site(document(), missing_key());
    let output = stage.signet(&["inspect", &link(&giving), "--try"], b"");
    assert!(of_trial(&output).contains("That is not what is said above"));
}
