//! Browsers: whatever address a link is made of, a browser asks for it in a form that opens.
//!
//! A browser's own reading of addresses is `new URL(link).href`, here Node's. `tests/window/test_browser.py`
//! asks the same of WebKit, in the window itself.

use std::collections::BTreeMap;

use serde_json::json;
use signet_cloudfront::address::{AddressError, DocumentAddress};
use signet_cloudfront::key::HashAlgorithm;
use signet_cloudfront::link_conditions::LinkConditions;
use signet_cloudfront::signed_url;
use signet_cloudfront::site::SiteAddress;
use signet_cloudfront::verify::{self, Request};

use crate::keys::{TestKey, id};
use crate::oracles::{ask, javascript_oracle};
use crate::random::{Random, drawn};

const END: i64 = 4_102_444_800;
const ADDRESSES: usize = 2_000;

/// RFC 3986's whole alphabet, what is written with it, and what people type beyond it.
const PIECES: &[&str] = &[
    "a",
    "Z",
    "0",
    "report",
    ".pdf",
    "-",
    ".",
    "_",
    "~",
    ":",
    "/",
    "?",
    "#",
    "[",
    "]",
    "@",
    "!",
    "$",
    "&",
    "'",
    "(",
    ")",
    "*",
    "+",
    ",",
    ";",
    "=",
    "%20",
    "%2F",
    "%2e",
    "%2E",
    "%c3%a9",
    "%FF",
    "%25",
    "/./",
    "/../",
    "/%2e%2e/",
    "/.%2E/",
    "//",
    "..",
    " ",
    "\u{e9}",
    "e\u{301}",
    "\u{65e5}\u{672c}",
    "\u{1f600}",
    "\"",
    "<",
    ">",
    "\\",
    "^",
    "`",
    "{",
    "|",
    "}",
    "%",
    "\t",
    "\n",
    "\u{a0}",
    "\u{200b}",
];

const ORIGINS: &[&str] = &[
    "https://docs.example.com/",
    "https://DOCS.Example.com/",
    "https://docs.example.com:443/",
    "HTTPS://docs.example.com/",
    "https://docs.example.com./",
];

/// Beside the above, for scripts.
const ANY_ORIGINS: &[&str] = &[
    "http://docs.example.com:80/",
    "https://docs.example.com:0443/",
    "https://docs.example.com:8443/",
    "https://docs.example.com:/",
    "http://docs.example.com:443/",
    "https://b\u{fc}cher.example/",
    "https://B\u{dc}CHER.example/",
    "https://xn--bcher-kva.example/",
    "http://127.0.0.1:9000/",
    "http://127.1/",
    "https://0x7f.0.0.1/",
    "https://docs.example.com",
    "https://docs.example.com?",
];

pub fn random_text(random: &mut Random) -> String {
    (0..random.below(9)).map(|_| random.one_of(PIECES)).collect()
}

fn random_query(random: &mut Random) -> String {
    match random.below(3) {
        0 => format!("?x={}", random_text(random)),
        _ => String::new(),
    }
}

#[test]
fn every_link_opens_in_the_form_in_which_a_browser_asks_for_it() {
    let key = TestKey::p256();
    let site = SiteAddress::parse("docs.example.com").unwrap();
    let mut random = Random::new(31);
    let mut links = Vec::new();
    let mut refused = BTreeMap::<String, usize>::new();
    for n in 0..drawn(ADDRESSES) {
        let tail = format!("{}{}", random_text(&mut random), random_query(&mut random));
        let address = match n % 3 {
            0 => read(&tail, &site),
            1 => {
                let text = format!("{}{tail}", random.one_of(ORIGINS));
                read(&text, &site)
            }
            _ => {
                let origins = if random.maybe() { ORIGINS } else { ANY_ORIGINS };
                DocumentAddress::parse_url(&format!("{}{tail}", random.one_of(origins)))
            }
        };
        match address {
            Ok(address) => links.push(link(&address, &key)),
            Err(error) => *refused.entry(kind(&error)).or_default() += 1,
        }
    }
    println!("{} links, refused: {refused:?}", links.len());
    assert!(links.len() >= drawn(600), "{} links", links.len());
    let asked_for = in_browser(&links);
    for (link, asked) in links.iter().zip(&asked_for) {
        assert!(opens(asked, &key), "{link}\n{asked}");
        // What arrives is what was shown.
        assert_eq!(link, asked);
    }
}

/// A document; where a folder is typed, the folder, as a link that opens it whole is made.
fn read(typed: &str, site: &SiteAddress) -> Result<DocumentAddress, AddressError> {
    match DocumentAddress::parse(typed, site) {
        Err(AddressError::IsFolder { .. }) => DocumentAddress::parse_for_folder(typed, site),
        read => read,
    }
}

/// The positive control: what would be signed as it is typed is another form to a browser, and refused.
#[test]
fn an_address_signed_as_it_was_typed_would_not_open() {
    let key = TestKey::p256();
    let site = SiteAddress::parse("docs.example.com").unwrap();
    for typed in [
        "https://docs.example.com/./a.pdf",
        "https://docs.example.com/x/../a.pdf",
        "https://docs.example.com/%2e/a.pdf",
        "https://docs.example.com/x/%2E%2e/a.pdf",
        "https://docs.example.com/a.pdf?b='c'",
    ] {
        let link = link(&DocumentAddress::signed_before(typed, &site).unwrap(), &key);
        let asked = in_browser(std::slice::from_ref(&link));
        assert!(opens(&link, &key), "byte for byte it would: {link}");
        assert!(!opens(&asked[0], &key), "{link}");
    }
}

fn link(address: &DocumentAddress, key: &TestKey) -> String {
    let terms = LinkConditions::until(END);
    let link = signed_url::sign(address, &terms, HashAlgorithm::Sha256, &key.key, &id()).unwrap();
    link.as_str().to_owned()
}

fn in_browser(links: &[String]) -> Vec<String> {
    let cases = links.iter().map(|link| json!({ "url": link }));
    let answers = ask(javascript_oracle("browser.mjs"), cases);
    answers.iter().map(|answer| serde_json::from_str(answer).unwrap()).collect()
}

fn opens(link: &str, key: &TestKey) -> bool {
    let request = Request { url: link, from: std::net::Ipv4Addr::LOCALHOST.into(), now: END - 1 };
    verify::evaluate(&request, &[(id(), key.public.clone())]).is_ok()
}

fn kind(error: &AddressError) -> String {
    let text = format!("{error:?}");
    text.split([' ', '{', '(']).next().unwrap_or_default().to_owned()
}
