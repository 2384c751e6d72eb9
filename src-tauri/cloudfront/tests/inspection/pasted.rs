//! What people paste: a link comes out of it as it was signed, and what was done to it is said.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use signet_cloudfront::inspection::{Form, Found, MAX_BYTES, NotFound, Repair as R, Verdict, find};
use signet_cloudfront::key::HashAlgorithm::{Sha1, Sha256};
use signet_cloudfront::link_conditions::Limits;
use signet_cloudfront::policy::Network;

use crate::stage::{END, P256_ID, RSA_ID, STAGE, URL, value, without};

fn links() -> [String; 3] {
    let network = Limits { network: Network::parse("203.0.113.0/24"), ..Limits::default() };
    [
        STAGE.link(RSA_ID, Sha1, URL, Limits::default()),
        STAGE.link(P256_ID, Sha256, URL, Limits::default()),
        STAGE.link(RSA_ID, Sha256, URL, network),
    ]
}

fn percent(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// RFC 2045, 6.7: lines of at most 76 characters.
fn quoted_printable(text: &str) -> String {
    let escaped = text.replace('=', "=3D");
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut rest = escaped.as_str();
    while let Some(first) = rest.chars().next() {
        let length = if first == '=' { 3 } else { first.len_utf8() };
        if line.len() + length > 75 {
            lines.push(format!("{line}="));
            line.clear();
        }
        let (unit, after) = rest.split_at(length);
        line.push_str(unit);
        rest = after;
    }
    lines.push(line);
    lines.join("\r\n")
}

/// RFC 2045, 6.8: lines of 76 letters.
fn base64(text: &str) -> String {
    let letters = BASE64_STANDARD.encode(text);
    let lines = letters.as_bytes().chunks(76).map(|line| str::from_utf8(line).unwrap());
    lines.collect::<Vec<_>>().join("\r\n")
}

/// A page that a mail program writes for a link.
fn page(link: &str) -> String {
    format!("<p>Grüße</p>\r\n<a href=\"{}\">Q3</a>\r\n<p>Jane</p>", link.replace('&', "&amp;"))
}

/// A part of a mail.
fn part(kind: &str, encoding: &str, body: &str) -> String {
    format!("Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}\r\n")
}

/// A mail of several parts.
fn mail(parts: &[String]) -> String {
    let header = "From: jane@example.com\r\nSubject: Q3\r\nMIME-Version: 1.0\r\n";
    let kind = "Content-Type: multipart/mixed;\r\n boundary=\"=-b\"\r\n";
    let mut mail = format!("{header}{kind}\r\nFor older programs.\r\n");
    for part in parts {
        mail.push_str(&format!("--=-b\r\n{part}"));
    }
    mail + "--=-b--\r\n"
}

fn image() -> String {
    part("image/png", "base64", &base64(&"\u{89}PNG ".repeat(99)))
}

/// What somebody pastes for a link, and what must be said of it.
type Way = (&'static str, fn(&str) -> String, &'static [R]);

const NO_REPAIR: &[R] = &[];

const WAYS: &[Way] = &[
    ("alone", str::to_owned, NO_REPAIR),
    ("with blanks around", |link| format!(" \t\r\n{link}\r\n\r\n"), NO_REPAIR),
    ("in angle brackets", |link| format!("Your paper: <{link}>, with kind regards"), NO_REPAIR),
    ("in quotes", |link| format!("curl '{link}' -o a.pdf"), NO_REPAIR),
    ("in curly quotes", |link| format!("open “{link}” please"), NO_REPAIR),
    ("in round brackets", |link| format!("the paper ({link})"), NO_REPAIR),
    ("in Markdown", |link| format!("[Q3 notes]({link}) and more"), NO_REPAIR),
    ("in Slack", |link| format!("<{link}|Q3 notes>"), NO_REPAIR),
    ("before a full stop", |link| format!("Here: {link}."), NO_REPAIR),
    ("before Chinese", |link| format!("请看{link}。谢谢"), NO_REPAIR),
    ("before a name", |link| format!("{link}\nRegards\nJane"), NO_REPAIR),
    ("before another address", |link| format!("{link}\nhttps://www.example.com/help"), NO_REPAIR),
    ("behind another address", |link| format!("https://www.example.com and {link}"), NO_REPAIR),
    (
        "of a page",
        |link| format!("<a href=\"{}\">Q3</a>", link.replace('&', "&amp;")),
        &[R::HtmlEntities],
    ),
    ("of a page's page", |link| link.replace('&', "&amp;amp;"), &[R::HtmlEntities]),
    ("of a page in numbers", |link| link.replace('&', "&#38;"), &[R::HtmlEntities]),
    (
        "of escaped source",
        |link| format!("href=&quot;{}&quot;&gt;Q3", link.replace('&', "&amp;")),
        &[R::HtmlEntities],
    ),
    (
        "quoted-printable",
        |link| format!("Hello,\r\n\r\n{}\r\n", quoted_printable(link)),
        &[R::QuotedPrintable],
    ),
    (
        "a page in quoted-printable",
        |link| quoted_printable(&format!("<a href=\"{}\">", link.replace('&', "&amp;"))),
        &[R::QuotedPrintable, R::HtmlEntities],
    ),
    (
        "a mail in base64",
        |link| {
            let header = "From: jane@example.com\r\nSubject: Q3\r\n";
            let body = base64(&page(link));
            format!("{header}{}", part("text/html; charset=\"utf-8\"", "base64", &body))
        },
        &[R::Base64, R::HtmlEntities],
    ),
    (
        "a mail in base64, its header in other letters",
        |link| {
            let header = "CONTENT-TRANSFER-ENCODING:Base64\r\ncontent-type:\r\n TEXT/PLAIN\r\n\r\n";
            format!("{header}{}", base64(&format!("Grüße\n{link}\n")))
        },
        &[R::Base64],
    ),
    (
        "a mail in base64 with bare line feeds",
        |link| part("text/plain", "base64", &base64(&format!("{link}\n"))).replace('\r', ""),
        &[R::Base64],
    ),
    (
        "a mail in base64 that does not say what it is",
        |link| format!("Content-Transfer-Encoding: base64\r\n\r\n{}", base64(link)),
        &[R::Base64],
    ),
    (
        "a mail in base64 without line breaks",
        |link| part("text/plain", "base64", &BASE64_STANDARD.encode(link)),
        &[R::Base64],
    ),
    (
        "a part in base64",
        |link| mail(&[image(), part("text/html", "base64", &base64(&page(link))), image()]),
        &[R::Base64, R::HtmlEntities],
    ),
    (
        "a part in base64 behind one in quoted-printable",
        |link| {
            let plain = quoted_printable("See https://www.example.com/?Expires=1 for help");
            let parts = [("quoted-printable", plain), ("base64", base64(link))];
            mail(&parts.map(|(encoding, body)| part("text/plain", encoding, &body)))
        },
        &[R::Base64],
    ),
    (
        "a part in quoted-printable behind one in base64",
        |link| {
            let parts = [
                ("base64", base64("See https://www.example.com/ for help")),
                ("quoted-printable", quoted_printable(link)),
            ];
            mail(&parts.map(|(encoding, body)| part("text/plain", encoding, &body)))
        },
        &[R::QuotedPrintable],
    ),
    (
        "a part as it is beside one in base64",
        |link| {
            let page = part("text/html", "base64", &base64(&page(link)));
            mail(&[part("text/plain", "7bit", link), page])
        },
        NO_REPAIR,
    ),
    (
        "a part in base64 that was cut",
        |link| {
            let whole = mail(&[part("text/plain", "base64", &base64(&format!("{link}\n{link}")))]);
            let (cut, _) = whole.split_at(whole.len() - 99);
            cut.to_owned()
        },
        &[R::Base64],
    ),
    (
        "JSON",
        |link| format!("{{\"url\":\"{}\"}}", link.replace('/', "\\/").replace('&', "\\u0026")),
        &[R::JsonEscapes],
    ),
    ("encoded as a whole", percent, &[R::EncodedTwice]),
    ("encoded as a whole, twice", |link| percent(&percent(link)), &[R::EncodedTwice]),
    (
        "values encoded",
        |link| {
            let signature = value(link, "Signature");
            link.replace(
                signature,
                &signature.replace('-', "%2D").replace('_', "%5F").replace('~', "%7E").replacen(
                    signature.get(..1).unwrap(),
                    &percent_of(signature),
                    1,
                ),
            )
        },
        &[R::EncodedTwice],
    ),
    (
        "values encoded twice",
        |link| link.replace("Key-Pair-Id=K", "Key-Pair-Id=%254B"),
        &[R::EncodedTwice],
    ),
    (
        "the query encoded",
        |link| {
            let (path, query) = link.split_once('?').unwrap();
            format!("{path}?{}", query.replace('=', "%3D").replace('&', "%26").replace('~', "%7E"))
        },
        &[R::EncodedTwice],
    ),
    (
        "hidden characters",
        |link| link.replacen("docs", "do\u{200b}cs\u{ad}", 1),
        &[R::HiddenCharacters { count: 2 }],
    ),
    ("a fragment behind", |link| format!("{link}#page=3"), &[R::Fragment]),
    ("a space in its name", |link| link.replacen("%20", " ", 1), &[R::Spaces]),
    ("without https", |link| link.replacen("https://", "", 1), &[R::SchemeAdded]),
    (
        "without https in a sentence",
        |link| format!("it is {} here", link.replacen("https://", "", 1)),
        &[R::SchemeAdded],
    ),
];

fn percent_of(text: &str) -> String {
    format!("%{:02X}", text.as_bytes()[0])
}

#[test]
fn a_link_comes_out_as_it_was_signed() {
    let mut wrong = Vec::new();
    for (at, link) in links().iter().enumerate() {
        for (name, paste, expected) in WAYS {
            let found = find(&paste(link)).unwrap();
            let said: Vec<_> = found
                .repairs
                .iter()
                .filter(|repair| !matches!(repair, R::Punctuation { .. }))
                .collect();
            if found.link() != link || said != expected.iter().collect::<Vec<_>>() {
                wrong.push((*name, at, found.link() == link, found.repairs.clone()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// At every single place, with and without marks of a reply.
#[test]
fn a_link_broken_anywhere_is_put_together() {
    for (link, newline) in links().iter().zip(["\n", "\r\n", "\n> "]) {
        for at in 1..link.len() {
            let (before, after) = link.split_at(at);
            let text = format!("Hello,\n\n{before}{newline}{after}\n\nRegards\nJane");
            let text = if newline.contains('>') { text.replace("\n\n", "\n> \n> ") } else { text };
            let found = find(&text).unwrap_or_else(|error| panic!("{error}: at {at}"));
            assert!(found.link() == link, "at {at}: {found:?}");
            let is_said =
                found.repairs.iter().any(|repair| matches!(repair, R::LineBreaks { count: 1.. }));
            assert!(is_said, "at {at}: {found:?}");
            assert_eq!(found.repairs.contains(&R::ReplyMarks), newline.contains('>'), "at {at}");
        }
    }
}

#[test]
fn a_link_broken_often_is_put_together() {
    for link in links() {
        for width in [20, 40, 76, 100] {
            let mut text = String::new();
            for (at, character) in link.chars().enumerate() {
                if at > 0 && at % width == 0 {
                    text.push_str("\r\n    ");
                }
                text.push(character);
            }
            let found = find(&format!("See\r\n{text}\r\nand tell me")).unwrap();
            assert!(found.link() == link, "{width}: {found:?}");
            let count = (link.len() - 1) / width;
            assert!(found.repairs.contains(&R::LineBreaks { count }), "{width}: {found:?}");
        }
    }
}

#[test]
fn a_cut_link_takes_nothing_from_the_next_line() {
    let [link, ..] = links();
    let (cut, _) = link.split_at(link.len() - 60);
    let inspection = STAGE.inspect(&format!("{cut}\nRegards Jane\nhttps://www.example.com"));
    assert_eq!(inspection.verdict, Verdict::CutOff { missing: vec!["Signature", "Key-Pair-Id"] });
}

#[test]
fn padding_that_was_cut_off_comes_back() {
    let [link, ..] = links();
    let signature = value(&link, "Signature").to_owned();
    let last = format!("{}&Signature={signature}", without(&link, "Signature"));
    assert!(signature.ends_with("__"));
    for end in ["_", "__"] {
        let cut = last.strip_suffix(end).unwrap();
        let found = find(cut).unwrap();
        assert_eq!(found.link(), last);
        assert_eq!(found.repairs, [R::PaddingRestored]);
        assert_eq!(STAGE.inspect(cut).verdict, Verdict::Works { until: END });
    }
    assert_eq!(find(&last).unwrap().repairs, []);
}

#[test]
fn the_first_signed_link_is_taken_and_the_others_counted() {
    let [first, second, third] = links();
    let text =
        format!("https://www.example.com/ {first} {second} {first} https://h.example {third}");
    let found = find(&text).unwrap();
    assert_eq!((found.link(), found.form, found.others), (first.as_str(), Form::Link, 2));
    assert_eq!(find(&second).unwrap().others, 0);
    // In a mail the same link stands in the text and in the page.
    let twice = format!("{first}\n<a href=\"{}\">", first.replace('&', "&amp;"));
    assert_eq!(find(&twice).unwrap().others, 0);
}

#[test]
fn of_a_mail_in_base64_only_its_text_is_looked_at() {
    let [link, ..] = links();
    for (kind, is_text) in [
        ("text/plain", true),
        ("TEXT/HTML; charset=utf-8", true),
        ("image/png", false),
        ("application/octet-stream", false),
    ] {
        let found = find(&mail(&[part(kind, "base64", &base64(&link))]));
        let expected = if is_text { Ok(link.as_str()) } else { Err(NotFound::NoAddress) };
        assert_eq!(found.as_ref().map(Found::link).map_err(|error| *error), expected, "{kind}");
    }
}

#[test]
fn base64_without_its_header_is_left_alone() {
    let [link, ..] = links();
    let coded = base64(&link);
    for (header, is_undone) in [
        ("Content-Transfer-Encoding: base64\n\n", true),
        ("Content-Transfer-Encoding: base64\n", false),
        ("Content-Transfer-Encoding: 7bit\n\n", false),
        ("X-Content-Transfer-Encoding: base64\n\n", false),
        ("Content-Transfer-Encoding: base64\n\nSee the paper\n\n", false),
        ("", false),
    ] {
        assert_eq!(find(&format!("{header}{coded}")).is_ok(), is_undone, "{header}");
    }
}

#[test]
fn links_in_all_parts_of_a_mail_are_counted() {
    let [first, second, third] = links();
    let text = mail(&[
        part("text/plain", "quoted-printable", &quoted_printable(&first)),
        part("text/plain", "base64", &base64(&second)),
        part("text/html", "base64", &base64(&page(&third))),
    ]);
    let found = find(&text).unwrap();
    assert_eq!((found.link(), found.others), (first.as_str(), 2));
    assert_eq!(found.repairs, [R::QuotedPrintable]);
}

#[test]
fn a_link_cut_inside_base64_is_cut_off() {
    let [link, ..] = links();
    let whole = part("text/plain", "base64", &base64(&link));
    let (cut, _) = whole.split_at(whole.len() - 100);
    let inspection = STAGE.inspect(cut);
    assert_eq!(inspection.verdict, Verdict::CutOff { missing: vec!["Signature", "Key-Pair-Id"] });
}

#[test]
fn cookies_in_a_mail_in_base64_are_read() {
    let cookies = "CloudFront-Policy=e30_; CloudFront-Signature=a; CloudFront-Key-Pair-Id=K";
    let found = find(&part("text/plain", "base64", &base64(cookies))).unwrap();
    assert_eq!(found.form, Form::Cookies { has_address: false });
    assert_eq!(found.repairs, [R::Base64]);
}

#[test]
fn without_a_link_nothing_is_found() {
    for (text, expected) in [
        ("", NotFound::Empty),
        (" \n\u{feff}\u{200b}", NotFound::Empty),
        ("Good morning", NotFound::NoAddress),
        ("jane@example.com", NotFound::NoAddress),
        ("CloudFront-Key-Pair-Id", NotFound::NoAddress),
        ("Expires=1&Signature=a", NotFound::NoAddress),
    ] {
        assert_eq!(find(text), Err(expected), "{text:?}");
    }
    // The control: the same with an address.
    assert!(find("Good morning https://h.example").is_ok());
}

#[test]
fn punctuation_behind_a_link_is_said() {
    let [link, ..] = links();
    for behind in [".", ")", ").", "!", "…", "]", "*"] {
        let removed = R::Punctuation { removed: behind.to_owned() };
        let pasted = format!("{link}{behind}");
        let found = find(&pasted).unwrap();
        assert!(found.link() == link, "{behind}");
        // In a value a character that cannot stand there ends the link already.
        assert!(found.repairs == [removed] || found.repairs.is_empty(), "{behind}: {found:?}");
    }
    let with_brackets = "https://en.example.org/wiki/Paris_(Texas)";
    assert_eq!(find(with_brackets).unwrap().link(), with_brackets);
    assert_eq!(find(&format!("({with_brackets}).")).unwrap().link(), with_brackets);
}

#[test]
fn debug_hides_the_link() {
    let [link, ..] = links();
    let signature = value(&link, "Signature");
    let found = find(&link).unwrap();
    assert!(found.link().contains(signature));
    assert!(!format!("{found:?}").contains(signature));
    assert!(!format!("{:?}", STAGE.inspect(&link)).contains(signature));
}

#[test]
fn a_list_of_links_as_long_as_a_paste_is_counted_to_its_end() {
    for link in links() {
        let mut text = String::new();
        let mut count = 0;
        while text.len() + link.len() + 9 < MAX_BYTES {
            text.push_str(&link.replacen("Q3", &count.to_string(), 1));
            text.push('\n');
            count += 1;
        }
        assert_eq!(find(&text).unwrap().others, count - 1);
    }
}

#[test]
fn a_link_is_found_behind_long_prose_with_other_addresses() {
    let [link, ..] = links();
    let (before, after) = link.split_at(link.len() - 99);
    let prose = "See https://www.example.com/help where our papers are explained at length. ";
    let text = format!("{}\n{before}\n{after}\nJane", prose.repeat(200));
    assert_eq!(find(&text).unwrap().link(), link);
}

#[test]
fn a_cookie_is_read_behind_names_without_a_value() {
    let names = "CloudFront-Policy=".repeat(99);
    let cookies = "CloudFront-Signature=a; CloudFront-Policy=e30_; CloudFront-Key-Pair-Id=K";
    let found = find(&format!("{names}%26 {cookies}")).unwrap();
    assert_eq!(value(found.link(), "Policy"), "e30_");
}

/// What is as long as a paste may be and costs more than its length, wherever work is not bounded: with
/// the square of its length some of these take hours.
#[test]
fn the_worst_that_can_be_pasted_comes_to_an_end() {
    let [link, ..] = links();
    let (half, _) = link.split_at(link.len() / 2);
    let half = format!("{half}\n");
    for (before, piece, behind) in [
        ("", "https://", ""),
        ("", "https://\n", ""),
        ("", "h\nttps://a?Signature=Pair&\n", ""),
        ("", "https://a?Signature=a&\n", ""),
        ("https://a?Signature=", "a\n", ""),
        ("Signature Pair ", "xhttps://a\n", ""),
        ("https://a?", "&amp;amp;amp;amp;Signature=%2525", ""),
        ("https://a?", "x=", ""),
        ("https://a?signature%3d", "&", ""),
        ("", &half, ""),
        ("https://a/", ")", ""),
        ("Signature=3D", "=3D", ""),
        ("", "CloudFront-Policy=", "%26"),
        ("https://urldefense.com/v3/__https://a/", "*", "__;aaaa!!"),
        ("https://a?Expires=1&Key-Pair-Id=K&", "a&", ""),
        ("", "\u{200b}", &link),
        ("Signature Pair https://a", " 世", ""),
        ("https://", "é.", ""),
        ("", "Content-Transfer-Encoding: base64\n", ""),
        ("", "--b\nContent-Transfer-Encoding: base64\n\naGg=\n", ""),
        ("Content-Transfer-Encoding: base64\n\n", "a\n", ""),
        ("Content-Transfer-Encoding: base64\n\n", "aHR0cHM6Ly9h", ""),
    ] {
        let count = (MAX_BYTES - before.len() - behind.len()) / piece.len();
        let text = format!("{before}{}{behind}", piece.repeat(count));
        if find(&text).is_ok() {
            STAGE.inspect(&text);
        }
    }
}
