//! Signed cookies.

use crate::stage::{Stage, URL, value, with_key};

/// The values of the cookies are the values of the link's parameters.
#[test]
fn cookies_open_what_the_link_opens() {
    let stage = Stage::new();
    let key = stage.rsa();
    let end = ["--date-less-than", "1796144400"];
    let resource = "https://d111111abcdef8.cloudfront.net/Q3*";
    for (opens, link_words, first) in [
        (URL, vec!["--url", URL], "Expires"),
        (resource, vec!["--url", URL, "--policy-resource", resource], "Policy"),
    ] {
        let link = stage.link(&with_key(&key, &[link_words.as_slice(), &end].concat()));
        let names = [first, "Signature", "Key-Pair-Id"];
        let mut words = with_key(&key, &["--resource", opens, end[0], end[1]]);
        words[0] = "sign-cookies";
        let lines =
            names.map(|name| format!("    \"CloudFront-{name}\": \"{}\"", value(&link, name)));
        assert_eq!(stage.link(&words), format!("{{\n{}\n}}\n", lines.join(",\n")));
        words.extend(["--format", "header"]);
        let lines = names.map(|name| {
            let value = value(&link, name);
            format!("Set-Cookie: CloudFront-{name}={value}; Path=/; Secure; HttpOnly\n")
        });
        assert_eq!(stage.link(&words), lines.concat());
    }
}
