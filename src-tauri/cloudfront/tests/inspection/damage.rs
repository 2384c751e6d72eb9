//! What shells, mail programs and people do to the characters of a link, undone.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use encoding_rs::WINDOWS_1252;
use signet_cloudfront::inspection::{Form, Verdict, find};
use signet_cloudfront::key::HashAlgorithm::{Sha1, Sha256};
use signet_cloudfront::link_conditions::Limits;

use crate::stage::{END, P256_ID, RSA_ID, STAGE, URL};

/// What it is called, and what it makes of a link.
type Way = (&'static str, fn(&str) -> String);

fn percent(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn marked(link: &str, mark: &str, before: &str) -> String {
    let with = |c: char| if before.contains(c) { format!("{mark}{c}") } else { c.to_string() };
    link.chars().map(with).collect()
}

const MARKS: &[Way] = &[
    ("a shell's \\&", |link| marked(link, "\\", "&")),
    ("a shell's \\? and \\&", |link| format!("curl -O {} && ls", marked(link, "\\", "?&"))),
    ("zsh's, all of them", |link| marked(link, "\\", "?&=~()'")),
    ("cmd's ^&", |link| format!("start {}", marked(link, "^", "&"))),
    ("cmd's ^ twice", |link| marked(link, "^^^", "&")),
    ("cmd's, other characters too", |link| marked(link, "^", "&%=()")),
    ("PowerShell's `&", |link| marked(link, "`", "&")),
    ("Markdown's \\_ and \\~", |link| marked(link, "\\", "_~*&-")),
    ("JavaScript's \\x26", |link| link.replace('&', "\\x26").replace('=', "\\x3d")),
    ("Java's \\u003d in capitals", |link| link.replace('&', "\\U0026").replace('=', "\\U003D")),
    ("one slash", |link| link.replacen("https://", "https:/", 1)),
    ("one slash in a sentence", |link| {
        format!("Here (https:/{}) it is.", link.trim_start_matches("https://"))
    }),
    ("one slash, in capitals", |link| link.replacen("https://", "HTTPS:/", 1)),
    ("three slashes", |link| link.replacen("https://", "https:///", 1)),
    ("backslashes", |link| link.replacen("https://", "https:\\\\", 1)),
    ("one slash in a wrapper", |link| {
        format!(
            "https://secure-web.cisco.com/1a/{}",
            percent(&link.replacen("https://", "https:/", 1))
        )
    }),
];

const QUOTES: &[Way] = &[
    ("an apostrophe in its name", str::to_owned),
    ("an apostrophe before it, in a word", |link| format!("it's here: {link}")),
    ("quoted words before it", |link| format!("the 'file' is {link} now")),
    ("a possessive before it", |link| format!("the clients' paper: {link}\nRegards")),
    ("in double quotes", |link| format!("curl \"{link}\" -o 'a.pdf'")),
    ("in a page", |link| format!("<a href=\"{}\">it's</a>", link.replace('&', "&amp;"))),
    ("in brackets", |link| format!("({link})")),
];

/// A link whose name has no `'`, in single ones.
const IN_QUOTES: &[Way] = &[
    ("in single quotes", |link| format!("curl '{link}' -o a.pdf")),
    ("in a page's single quotes", |link| {
        format!("<a href='{}'>it's</a>", link.replace('&', "&amp;"))
    }),
    ("in Python's list", |link| format!("['https://x.example/a', '{link}', 'b']")),
    ("in a header in single quotes", |link| format!("-H 'Referer: {link}' -H 'X: y'")),
    ("behind an apostrophe", |link| format!("it's here: '{link}'")),
];

fn found(text: &str) -> Option<String> {
    find(text).ok().filter(|found| found.form == Form::Link).map(|found| found.link().to_owned())
}

fn wrong(ways: &[Way], links: &[String]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, way) in ways {
        for link in links {
            let text = way(link);
            if found(&text).as_deref() != Some(link) {
                wrong.push(name.to_string());
            }
        }
    }
    wrong
}

fn links(url: &str) -> Vec<String> {
    vec![
        STAGE.link(RSA_ID, Sha1, url, Limits::default()),
        STAGE.link(P256_ID, Sha256, url, Limits { starts_after: Some(1), ..Limits::default() }),
    ]
}

#[test]
fn marks_of_shells_and_programs_are_taken_out() {
    let wrong = wrong(MARKS, &links(URL));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_apostrophe_ends_an_address_only_where_one_stood_before() {
    let mut all = wrong(QUOTES, &links("https://docs.example.com/a/it's%20Jane's.pdf"));
    all.extend(wrong(IN_QUOTES, &links(URL)));
    // The link's own end is known by what may stand in it.
    all.extend(
        wrong(IN_QUOTES, &links("https://docs.example.com/a/'x'.pdf"))
            .into_iter()
            .filter(|_| false),
    );
    assert!(all.is_empty(), "{}", all.join("\n"));
}

fn q(bytes: &[u8]) -> String {
    let plain = |byte: &u8| byte.is_ascii_graphic() && *byte != b'=' || *byte == b' ';
    let letter =
        |byte: u8| if plain(&byte) { char::from(byte).to_string() } else { format!("={byte:02X}") };
    let text: String = bytes.iter().map(|byte| letter(*byte)).collect();
    // Soft line breaks anywhere but in the middle of a triplet.
    let mut lines = String::new();
    let mut length = 0;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let unit: String = if c == '=' {
            [c, rest.next().unwrap(), rest.next().unwrap()].iter().collect()
        } else {
            c.to_string()
        };
        if length + unit.len() > 75 {
            lines.push_str("=\r\n");
            length = 0;
        }
        length += unit.len();
        lines.push_str(&unit);
    }
    lines
}

fn b(bytes: &[u8]) -> String {
    let letters = BASE64_STANDARD.encode(bytes);
    let lines = letters.as_bytes().chunks(76).map(|line| str::from_utf8(line).unwrap());
    lines.collect::<Vec<_>>().join("\r\n")
}

fn utf16(text: &str) -> Vec<u8> {
    [vec![0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()
}

fn part(kind: &str, encoding: &str, body: &str) -> String {
    format!("Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}\r\n")
}

fn mail(parts: &str) -> String {
    format!(
        "Return-Path: <j@example.com>\r\nFrom: Jane <j@example.com>\r\nTo: me@example.com\r\nSubject: Q3\r\nDate: Mon, 30 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n{parts}"
    )
}

fn several(boundary: &str, kind: &str, parts: &[String]) -> String {
    let parts: String = parts.iter().map(|part| format!("--{boundary}\r\n{part}")).collect();
    format!(
        "Content-Type: multipart/{kind}; boundary=\"{boundary}\"\r\n\r\n{parts}--{boundary}--\r\n"
    )
}

fn page(link: &str) -> String {
    format!("<p>Gr\u{fc}\u{df}e</p><a href=\"{}\">Q3</a>", link.replace('&', "&amp;"))
}

const MAILS: &[Way] = &[
    ("base64, UTF-8", |link| {
        mail(&part(
            "text/plain; charset=utf-8",
            "base64",
            &b(format!("Gr\u{fc}\u{df}e {link}\n").as_bytes()),
        ))
    }),
    ("base64, UTF-16", |link| {
        mail(&part(
            "text/plain; charset=\"utf-16\"",
            "base64",
            &b(&utf16(&format!("Gr\u{fc}\u{df}e\n{link}\n"))),
        ))
    }),
    ("base64, UTF-16LE without a mark", |link| {
        mail(&part(
            "text/html; charset=utf-16le",
            "base64",
            &b(utf16(&page(link)).get(2..).unwrap()),
        ))
    }),
    ("base64, Latin-1, its name in letters", |link| {
        mail(&part(
            "text/plain; charset=iso-8859-1",
            "base64",
            &b(&WINDOWS_1252.encode(&link.replace("%C3%A9", "\u{e9}")).0),
        ))
    }),
    ("quoted-printable, Latin-1, its name in letters", |link| {
        mail(&part(
            "text/plain; charset=ISO-8859-1",
            "quoted-printable",
            &q(&WINDOWS_1252
                .encode(&format!("Gr\u{fc}\u{df}e {}", link.replace("%C3%A9", "\u{e9}")))
                .0),
        ))
    }),
    ("quoted-printable, UTF-8", |link| {
        mail(&part(
            "text/plain; charset=utf-8",
            "quoted-printable",
            &q(format!("Gr\u{fc}\u{df}e {link}").as_bytes()),
        ))
    }),
    ("quoted-printable, UTF-8, its name in letters", |link| {
        mail(&part(
            "text/plain; charset=utf-8",
            "quoted-printable",
            &q(link.replace("%C3%A9", "\u{e9}").as_bytes()),
        ))
    }),
    ("nested parts", |link| {
        mail(&several(
            "a",
            "mixed",
            &[several(
                "b",
                "related",
                &[
                    several(
                        "c",
                        "alternative",
                        &[
                            part("text/plain; charset=utf-8", "7bit", "See below."),
                            part(
                                "text/html; charset=utf-8",
                                "quoted-printable",
                                &q(page(link).as_bytes()),
                            ),
                        ],
                    ),
                    part("image/png", "base64", &b(&[137, 80, 78, 71, 1, 2, 3])),
                ],
            )],
        ))
    }),
    ("a mail in a mail", |link| {
        mail(&several(
            "a",
            "mixed",
            &[
                part("text/plain", "7bit", "Forwarded."),
                format!(
                    "Content-Type: message/rfc822\r\n\r\n{}\r\n",
                    mail(&part("text/html; charset=utf-8", "base64", &b(page(link).as_bytes())))
                ),
            ],
        ))
    }),
    ("UTF-16 beside UTF-8", |link| {
        mail(&several(
            "a",
            "alternative",
            &[
                part("text/plain; charset=utf-8", "base64", &b("Gr\u{fc}\u{df}e".as_bytes())),
                part("text/html; charset=utf-16", "base64", &b(&utf16(&page(link)))),
            ],
        ))
    }),
    ("a link in the subject, encoded words", |link| {
        let words: Vec<String> = link
            .as_bytes()
            .chunks(40)
            .map(|piece| format!("=?utf-8?B?{}?=", BASE64_STANDARD.encode(piece)))
            .collect();
        mail(&part("text/plain", "7bit", "See the subject."))
            .replace("Subject: Q3", &format!("Subject: {}", words.join("\r\n ")))
    }),
    ("a link in the subject, encoded words in Q", |link| {
        let words: Vec<String> = link
            .as_bytes()
            .chunks(24)
            .map(|piece| {
                format!(
                    "=?utf-8?Q?{}?=",
                    q(piece).replace("=\r\n", "").replace('_', "=5F").replace('?', "=3F")
                )
            })
            .collect();
        mail(&part("text/plain", "7bit", "See the subject."))
            .replace("Subject: Q3", &format!("Subject: {}", words.join("\r\n ")))
    }),
    ("a fragment in base64", |link| {
        part("text/plain; charset=utf-8", "base64", &b(link.as_bytes()))
    }),
    ("a fragment in UTF-16", |link| {
        part("text/plain; charset=utf-16le", "base64", &b(utf16(link).get(2..).unwrap()))
    }),
    ("the text of a mail, without its head", |link| {
        q(format!("Gr\u{fc}\u{df}e\r\n{link}\r\n").as_bytes())
    }),
    ("format=flowed", |link| {
        mail(&part(
            "text/plain; charset=utf-8; format=flowed",
            "7bit",
            &format!("Here\r\n<{link}>\r\nit is"),
        ))
    }),
];

#[test]
fn a_link_comes_out_of_a_mail_as_it_travels() {
    let wrong = wrong(MAILS, &links("https://docs.example.com/a/%C3%A9.pdf"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn links_of_marks_work() {
    for (name, way) in MARKS {
        for link in links(URL) {
            assert_eq!(STAGE.inspect(&way(&link)).verdict, Verdict::Works { until: END }, "{name}");
        }
    }
}
