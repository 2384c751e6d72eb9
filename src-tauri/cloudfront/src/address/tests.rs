//! What people type and paste for a document, as named cases, and what holds for every text.

use proptest::prelude::*;

use crate::characters::unseen_name;

use super::*;

fn site() -> SiteAddress {
    SiteAddress::parse("docs.example.com").unwrap()
}

fn path_of(typed: &str) -> String {
    DocumentAddress::parse(typed, &site())
        .unwrap_or_else(|error| panic!("{typed:?}: {error:?}"))
        .path()
        .to_owned()
}

fn forbidden_as(character: &str, name: &str, suggestion: &str) -> AddressError {
    AddressError::ForbiddenCharacter {
        character: character.to_owned(),
        name: Some(name.to_owned()),
        suggestion: offered_as(suggestion),
    }
}

/// A suggestion; none where nothing is typed.
fn offered_as(suggestion: &str) -> Option<String> {
    (!suggestion.is_empty()).then(|| suggestion.to_owned())
}

#[test]
fn names_and_paths_are_encoded_once() {
    let cases = [
        ("file name", "a.pdf", "/a.pdf"),
        ("path", "/a/b.pdf", "/a/b.pdf"),
        ("path without slash", "a/b.pdf", "/a/b.pdf"),
        ("space", "annual report.pdf", "/annual%20report.pdf"),
        ("white space around", "  a.pdf\r\n", "/a.pdf"),
        ("accents, composed", "r\u{e9}sum\u{e9}.pdf", "/r%C3%A9sum%C3%A9.pdf"),
        ("accents, decomposed", "re\u{301}sume\u{301}.pdf", "/re%CC%81sume%CC%81.pdf"),
        ("plus", "a+b.pdf", "/a%2Bb.pdf"),
        ("more behind an extension", "a.pdf.sig", "/a.pdf.sig"),
        ("a folder with an extension", "a.pdf/b", "/a.pdf/b"),
        ("a hash before the extension", "C# notes.pdf", "/C%23%20notes.pdf"),
        ("emoji alone", "\u{1f4c4}", "/%F0%9F%93%84"),
        ("ampersand", "R&D, Q1 (final)!.pdf", "/R%26D%2C%20Q1%20%28final%29%21.pdf"),
        ("quotes", "it's \"x\".pdf", "/it%27s%20%22x%22.pdf"),
        ("hash", "#1 a.pdf", "/%231%20a.pdf"),
        ("encoded asterisk", "a%2A.pdf", "/a%2A.pdf"),
        ("encoded backslash", "a%5Cb.pdf", "/a%5Cb.pdf"),
        ("encoded question mark", "What is this%3F.pdf", "/What%20is%20this%3F.pdf"),
        ("colon", "Report: 17:00.pdf", "/Report%3A%2017%3A00.pdf"),
        ("at sign", "a@b.pdf", "/a%40b.pdf"),
        ("unreserved", "a-b_c.d~e.pdf", "/a-b_c.d~e.pdf"),
        ("emoji", "\u{1f4c4}.pdf", "/%F0%9F%93%84.pdf"),
        ("Arabic", "\u{645}\u{644}\u{641}.pdf", "/%D9%85%D9%84%D9%81.pdf"),
        ("encoded already", "/a%20b/%c3%a9.pdf", "/a%20b/%c3%a9.pdf"),
        ("encoded, with a space too", "a%20b c.pdf", "/a%20b%20c.pdf"),
        ("percent of a name", "100%.pdf", "/100%25.pdf"),
        ("percent among triplets", "a%20b 100%.pdf", "/a%2520b%20100%25.pdf"),
        ("query", "/a.pdf?version=2&x=a+b", "/a.pdf?version=2&x=a+b"),
        ("query with a space", "a.pdf?v=a b#c", "/a.pdf?v=a%20b%23c"),
        ("percent in the path only", "100%.pdf?v=%20", "/100%25.pdf?v=%20"),
        ("question mark in a query", "a?b=?c", "/a?b=?c"),
        ("a word for a query", "a.pdf?download", "/a.pdf?download"),
        ("apostrophe in a query", "a.pdf?filename=it's", "/a.pdf?filename=it%27s"),
        ("empty query", "a.pdf?", "/a.pdf"),
        ("a dot is folded", "./a.pdf", "/a.pdf"),
        ("dots inside are folded", "/./a/%2e/b.pdf", "/a/b.pdf"),
        ("dots of a name stay", "..a/.b/c...pdf", "/..a/.b/c...pdf"),
        ("slashes are not folded", "/a//b.pdf", "/a//b.pdf"),
        ("a host further inside", "/x/docs.example.com/a", "/x/docs.example.com/a"),
        ("a folder that looks like a host", "/www.other.com/x", "/www.other.com/x"),
        ("an address in a query", "a.pdf?to=https://a.example/b", "/a.pdf?to=https://a.example/b"),
        ("an address in a path", "/p/https://a.example/b", "/p/https%3A//a.example/b"),
    ];
    for (name, typed, path) in cases {
        assert_eq!(path_of(typed), path, "{name}");
    }
}

#[test]
fn full_addresses_of_the_site_keep_their_bytes() {
    let cases = [
        ("plain", "https://docs.example.com/a/b.pdf", "/a/b.pdf"),
        ("capitals", "HTTPS://DOCS.Example.Com/A", "/A"),
        ("default port", "https://docs.example.com:443/a", "/a"),
        ("trailing dot", "https://docs.example.com./a", "/a"),
        ("without a scheme", "docs.example.com/a b", "/a%20b"),
        ("without a scheme, two slashes", "//docs.example.com/a", "/a"),
        ("host and port, no scheme", "docs.example.com:443/a+b", "/a+b"),
        ("legal characters", "https://docs.example.com/!$&()+,;=:@-._~", "/!$&()+,;=:@-._~"),
        ("apostrophe", "https://docs.example.com/it's", "/it's"),
        ("apostrophe in a query", "https://docs.example.com/a?b='c'", "/a?b=%27c%27"),
        ("space and accent", "https://docs.example.com/a \u{e9}.pdf", "/a%20%C3%A9.pdf"),
        ("lower-case triplets", "https://docs.example.com/%c3%a9", "/%c3%a9"),
        ("brackets and braces", "https://docs.example.com/a[1]{2}|^`", "/a%5B1%5D%7B2%7D%7C%5E%60"),
        ("query", "https://docs.example.com/a?b=c/d?e&f=+", "/a?b=c/d?e&f=+"),
        ("empty query", "https://docs.example.com/a?", "/a"),
        ("dot", "https://docs.example.com/a/./b//%2E/c", "/a/b//c"),
        ("dots in a query", "https://docs.example.com/a?b=/../c", "/a?b=/../c"),
        (
            "similar parameter",
            "https://docs.example.com/a?expires-at=1&policyx=2",
            "/a?expires-at=1&policyx=2",
        ),
        ("encoded asterisk", "https://docs.example.com/a%2A", "/a%2A"),
    ];
    for (name, typed, path) in cases {
        assert_eq!(path_of(typed), path, "{name}");
        let address = DocumentAddress::parse(typed, &site()).unwrap();
        assert_eq!(address.as_str(), format!("https://docs.example.com{path}"), "{name}");
        assert_eq!(address.host(), "docs.example.com", "{name}");
    }
}

#[test]
fn what_is_not_an_address_of_the_site_is_named() {
    let other = |host: &str, folder: &str| AddressError::OtherSite {
        host: host.to_owned(),
        site: "docs.example.com".to_owned(),
        suggestion: offered_as(folder),
    };
    let storage = |host: &str, key: &str| AddressError::IsStorageAddress {
        host: host.to_owned(),
        suggestion: offered_as(key),
    };
    let scheme = |scheme: &str| AddressError::OtherScheme { scheme: scheme.to_owned() };
    let fragment =
        |suggestion: &str| AddressError::HasFragment { suggestion: offered_as(suggestion) };
    let invalid = |suggestion: &str| AddressError::Invalid { suggestion: offered_as(suggestion) };
    let not_secure = |host: &str, suggestion: &str| AddressError::NotSecure {
        host: host.to_owned(),
        suggestion: offered_as(suggestion),
    };
    let signed = |name: &str, suggestion: &str| AddressError::HasSigningParameter {
        name: name.to_owned(),
        suggestion: offered_as(suggestion),
    };
    const A: &str = "https://docs.example.com/a";
    let cases = [
        ("nothing", "", AddressError::Empty),
        ("white space", " \t\n", AddressError::Empty),
        ("other host", "https://www.other.com/a", other("www.other.com", "")),
        ("other port", "https://docs.example.com:8443/a", other("docs.example.com:8443", "")),
        ("other port, no scheme", "docs.example.com:8443/a", other("docs.example.com:8443", "")),
        ("look-alike", "https://d\u{43e}cs.example.com/a", other("xn--dcs-sed.example.com", "")),
        (
            "longer host",
            "https://docs.example.com.evil.example/a",
            other("docs.example.com.evil.example", ""),
        ),
        (
            "distribution's name",
            "d111111abcdef8.cloudfront.net/a",
            other("d111111abcdef8.cloudfront.net", ""),
        ),
        ("other host, fragment", "https://www.other.com/#a", other("www.other.com", "")),
        ("other host, no scheme", "www.other.example/a.pdf", other("www.other.example", "")),
        ("host or folder", "client.co/a.pdf", other("client.co", "/client.co/a.pdf")),
        ("numbers", "192.168.1.10/a.pdf", other("192.168.1.10", "/192.168.1.10/a.pdf")),
        ("local server", "localhost:3000/a.pdf", other("localhost:3000", "")),
        (
            "storage",
            "https://b.s3.eu-west-1.amazonaws.com/a?X-Amz-Signature=1",
            storage("b.s3.eu-west-1.amazonaws.com", "a"),
        ),
        ("storage over http", "http://b.s3.amazonaws.com/a", storage("b.s3.amazonaws.com", "a")),
        ("storage, no scheme", "s3.amazonaws.com/bucket/a", storage("s3.amazonaws.com", "a")),
        (
            "storage, space",
            "https://b.s3.amazonaws.com/x/a+b.pdf",
            storage("b.s3.amazonaws.com", "x/a b.pdf"),
        ),
        ("s3 scheme", "s3://bucket/a.pdf", storage("s3://bucket", "a.pdf")),
        ("s3 scheme, percent", "s3://b/100%?.pdf", storage("s3://b", "100%25%3F.pdf")),
        ("bucket alone", "s3://bucket", storage("s3://bucket", "")),
        (
            "what the AWS CLI prints",
            "upload: ./a.pdf to s3://papers/x/a.pdf",
            storage("s3://papers", "x/a.pdf"),
        ),
        ("s3 ARN", "arn:aws:s3:::bucket/a.pdf", storage("arn:aws:s3:::bucket", "a.pdf")),
        (
            "console",
            "https://s3.console.aws.amazon.com/s3/object/b?region=eu-west-1&prefix=x/a.pdf",
            storage("s3.console.aws.amazon.com", "x/a.pdf"),
        ),
        ("http", "http://docs.example.com/a", not_secure("docs.example.com", A)),
        ("http, port", "http://docs.example.com:8080/a", not_secure("docs.example.com:8080", A)),
        ("user", "https://docs.example.com@evil.example/a", AddressError::HasUserInfo),
        ("user of the site", "https://me@docs.example.com/a", AddressError::HasUserInfo),
        ("user, no scheme", "docs.example.com@evil.example/x", AddressError::HasUserInfo),
        ("mail address", "me@example.com", AddressError::HasUserInfo),
        (
            "backslash before @",
            "https://docs.example.com\\@evil.example/",
            AddressError::HasUserInfo,
        ),
        ("ftp", "ftp://docs.example.com/a", scheme("ftp")),
        ("mailto", "mailto:me@example.com", scheme("mailto")),
        ("script", "JavaScript:alert(1)", scheme("javascript")),
        ("one slash", "https:/docs.example.com/a", invalid("docs.example.com/a")),
        ("no slash", "https:docs.example.com/a", invalid("docs.example.com/a")),
        ("no colon", "https//docs.example.com/a", invalid("docs.example.com/a")),
        ("cut scheme", "ttps://docs.example.com/a", invalid("docs.example.com/a")),
        ("semicolon", "https;//docs.example.com/a", invalid("docs.example.com/a")),
        ("scheme twice", "https://https://docs.example.com/a", invalid("docs.example.com/a")),
        ("two schemes", "https://http://docs.example.com/a", invalid("docs.example.com/a")),
        ("scheme twice, other host", "https://https://other.example/a", invalid("")),
        ("one slash, other host", "https:/other.example/a", invalid("")),
        ("no host", "https:///a", invalid("")),
        ("encoded host", "https://docs%2eexample.com/a", invalid("")),
        ("fragment", "https://docs.example.com/a#b", fragment(A)),
        ("fragment, no path", "https://docs.example.com#b", fragment("")),
        ("fragment, no scheme", "docs.example.com/a#b", fragment("docs.example.com/a")),
        (
            "hash of a name",
            "https://docs.example.com/#1 a.pdf",
            fragment("https://docs.example.com/%231 a.pdf"),
        ),
        (
            "quote",
            "https://docs.example.com/\"a",
            forbidden_as("\"", "quotation mark", "https://docs.example.com/%22a"),
        ),
        ("angle", "https://docs.example.com/a<b.c>", forbidden_as("<", "less-than sign", "")),
        (
            "stray percent",
            "https://docs.example.com/100%.pdf",
            forbidden_as("%", "percent sign", "https://docs.example.com/100%25.pdf"),
        ),
        (
            "stray percent among triplets",
            "https://docs.example.com/a%20100%.pdf",
            forbidden_as("%", "percent sign", "https://docs.example.com/a%20100%25.pdf"),
        ),
        (
            "right-to-left",
            "exe.\u{202e}fdp",
            forbidden_as("U+202E", "right-to-left override", "exe.fdp"),
        ),
        ("zero width", "a\u{200b}.pdf", forbidden_as("U+200B", "zero-width space", "a.pdf")),
        (
            "byte order mark",
            "\u{feff}a.pdf",
            forbidden_as("U+FEFF", "zero-width no-break space", "a.pdf"),
        ),
        ("two lines", "a.pdf\nb.pdf", forbidden_as("U+000A", "line break", "")),
        (
            "broken address",
            "https://docs.example.com/a\r\nb.pdf",
            forbidden_as("U+000D", "line break", "https://docs.example.com/ab.pdf"),
        ),
        ("NUL", "a\0.pdf", forbidden_as("U+0000", "control character", "a.pdf")),
        (
            "hidden in a host",
            "https://docs.exam\u{ad}ple.com/a",
            forbidden_as("U+00AD", "soft hyphen", A),
        ),
        (
            "signed link",
            "https://docs.example.com/a?Expires=1&Signature=x&Key-Pair-Id=K",
            AddressError::IsLink { suggestion: offered_as(A) },
        ),
        (
            "signed link with a query",
            "https://docs.example.com/a?v=1&Policy=x&Signature=x&Key-Pair-Id=K&Hash-Algorithm=SHA256",
            AddressError::IsLink { suggestion: offered_as("https://docs.example.com/a?v=1") },
        ),
        (
            "signed for S3",
            "https://docs.example.com/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=x",
            AddressError::IsSignedForS3 { suggestion: offered_as(A) },
        ),
        (
            "signed for S3 in the old way",
            "https://docs.example.com/a?AWSAccessKeyId=x&Expires=1&Signature=x",
            AddressError::IsSignedForS3 { suggestion: offered_as(A) },
        ),
        (
            "policy",
            "https://docs.example.com/a?v=1&Policy=x",
            signed("Policy", "https://docs.example.com/a?v=1"),
        ),
        (
            "other capitals",
            "/a?v=1&SIGNATURE",
            signed("Signature", "https://docs.example.com/a?v=1"),
        ),
        ("encoded parameter", "/a?%45xpires=1", signed("Expires", A)),
        (
            "through HTML",
            "/a?v=1&amp;Key-Pair-Id=1",
            signed("Key-Pair-Id", "https://docs.example.com/a?v=1"),
        ),
        ("hash algorithm", "/a?Hash-Algorithm=SHA256", signed("Hash-Algorithm", A)),
    ];
    for (name, typed, error) in cases {
        assert_eq!(DocumentAddress::parse(typed, &site()), Err(error), "{name}");
    }
}

#[test]
fn what_lies_on_a_computer_is_no_document_of_the_site() {
    for typed in [
        "\"C:\\Users\\me\\Desktop\\Contract.pdf\"",
        "C:\\Users\\me\\a.pdf",
        "\u{202a}C:\\Users\\me\\a.pdf",
        "'C:/Users/me/a.pdf'",
        "\\\\server\\share\\a.pdf",
        "//server/share/a.pdf",
        "/home/me/Desktop/a.pdf",
        "\"/Users/me/Desktop/a.pdf\"",
        "/Volumes/Office/a.pdf",
        "~/a.pdf",
        "%USERPROFILE%\\a.pdf",
        "file:///home/me/a.pdf",
        "file:a.pdf",
        "<file:///C:/a.pdf>",
        "smb://server/a.pdf",
        "Desktop\\a.pdf",
    ] {
        let site_name = "docs.example.com".to_owned();
        let expected = Err(AddressError::OnComputer { site: Some(site_name) });
        assert_eq!(DocumentAddress::parse(typed, &site()), expected, "{typed}");
    }
    // A folder of the site may be called so: given whole, it is one.
    assert_eq!(path_of("https://docs.example.com/home/me/a.pdf"), "/home/me/a.pdf");
}

#[test]
fn a_document_is_taken_out_of_what_stands_around_it() {
    for typed in [
        "<https://docs.example.com/a.pdf>",
        "[Contract](https://docs.example.com/a.pdf)",
        "See https://docs.example.com/a.pdf.",
        "https://docs.example.com/a.pdf.",
        "https://docs.example.com/a.pdf),",
        "\"https://docs.example.com/a.pdf\"",
        "**https://docs.example.com/a.pdf**",
        "=HYPERLINK(\"https://docs.example.com/a.pdf\";\"Contract\")",
        "<a href=\"https://docs.example.com/a.pdf\">Contract</a>",
        "\"a.pdf\"",
        "“a.pdf”",
        "<a.pdf>",
        "[Contract](a.pdf)",
        "- a.pdf",
        "a.pdf,",
        "a.pdf?",
        "<docs.example.com/a.pdf>",
    ] {
        assert_eq!(path_of(typed), "/a.pdf", "{typed}");
    }
}

#[test]
fn what_can_be_understood_is_offered_and_the_rest_refused() {
    let none = || None::<String>;
    let some = |text: &str| Some(text.to_owned());
    let pattern = |folder: &str, suggestion: &str| AddressError::IsPattern {
        folder: offered_as(folder),
        suggestion: offered_as(suggestion),
    };
    let up = |arrives: &str, suggestion: &str| AddressError::GoesUp {
        arrives: arrives.to_owned(),
        suggestion: offered_as(suggestion),
    };
    let several = |count, one: &str| AddressError::Several { count, suggestion: offered_as(one) };
    let slashes = |text: &str| AddressError::HasBackslash { suggestion: offered_as(text) };
    let question = |name: &str, query: &str| AddressError::HasQuestionMark {
        name: offered_as(name),
        query: offered_as(query),
    };
    let around =
        |suggestion: &str| AddressError::WordsAround { suggestion: offered_as(suggestion) };
    const A: &str = "https://docs.example.com/a.pdf";
    for (typed, error) in [
        ("contracts\\2026\\a.pdf", slashes("contracts/2026/a.pdf")),
        (".\\a.pdf", slashes("a.pdf")),
        ("..\\a.pdf", slashes("")),
        ("https://docs.example.com/x\\a.pdf", slashes("https://docs.example.com/x/a.pdf")),
        ("https://docs.example.com\\a.pdf", slashes(A)),
        ("https:\\\\docs.example.com\\a.pdf", AddressError::Invalid { suggestion: none() }),
        ("reports/*", pattern("/reports/", "")),
        ("/reports/2026/*", pattern("/reports/2026/", "")),
        ("https://docs.example.com/reports/*", pattern("/reports/", "")),
        ("reports/*.pdf", pattern("", "reports/%2A.pdf")),
        ("a*.pdf", pattern("", "a%2A.pdf")),
        (
            "https://docs.example.com/a?filename*=UTF-8''a.pdf",
            pattern("", "https://docs.example.com/a?filename%2A=UTF-8''a.pdf"),
        ),
        ("*", AddressError::NamesNoDocument),
        ("/*", AddressError::NamesNoDocument),
        ("*.*", AddressError::NamesNoDocument),
        ("/", AddressError::NamesNoDocument),
        ("?", AddressError::NamesNoDocument),
        ("?x=1", AddressError::NamesNoDocument),
        (".", AddressError::NamesNoDocument),
        ("https://docs.example.com", AddressError::NamesNoDocument),
        ("https://docs.example.com/", AddressError::NamesNoDocument),
        ("https://docs.example.com/?x=1", AddressError::NamesNoDocument),
        ("docs.example.com", AddressError::NamesNoDocument),
        ("../a.pdf", up("/a.pdf", "")),
        ("/x/../a.pdf", up("/a.pdf", A)),
        ("x/%2e%2E/a.pdf", up("/a.pdf", A)),
        ("https://docs.example.com/x/../a.pdf?v=1", up("/a.pdf?v=1", &format!("{A}?v=1"))),
        ("https://docs.example.com/x/../../a.pdf", up("/a.pdf", "")),
        ("https://docs.example.com/a.pdf https://docs.example.com/b.pdf", several(2, "")),
        ("https://docs.example.com/a.pdfhttps://docs.example.com/b.pdf", several(2, "")),
        ("a.pdf, b.pdf", several(2, "")),
        ("a.pdf; b.pdf; c.docx", several(3, "")),
        ("\"a.pdf\" \"b.pdf\"", several(2, "")),
        ("Contract.pdf Offer.pdf", several(2, "/Contract.pdf%20Offer.pdf")),
        ("a.pdf and b.pdf", several(2, "/a.pdf%20and%20b.pdf")),
        (
            "What is this?.pdf",
            question("What is this%3F.pdf", "https://docs.example.com/What%20is%20this?.pdf"),
        ),
        ("Ready?", question("Ready%3F", "https://docs.example.com/Ready")),
        ("notes.pdf?;", question("notes.pdf%3F;", "https://docs.example.com/notes.pdf?;")),
        ("a?b?c", question("a%3Fb%3Fc", "https://docs.example.com/a?b?c")),
        (
            "100% sure?.pdf",
            question("100%25 sure%3F.pdf", "https://docs.example.com/100%25%20sure?.pdf"),
        ),
        (
            "https://docs.example.com/What is this?.pdf",
            question(
                "https://docs.example.com/What is this%3F.pdf",
                "https://docs.example.com/What%20is%20this?.pdf",
            ),
        ),
        (
            "https://docs.example.com/a.pdf b.pdf",
            several(2, "https://docs.example.com/a.pdf%20b.pdf"),
        ),
        ("https://docs.example.com/a.pdf, b.pdf", several(2, "")),
        ("a.pdf for Mr Smith", around("a.pdf")),
        ("a.pdf (signed)", around("a.pdf")),
        ("a.pdf - 31.12.2026", around("a.pdf")),
        ("a.pdf until 31/12/2026", around("a.pdf")),
        ("a.pdf from 203.0.113.0/24", around("a.pdf")),
        ("a.pdf    31.12.2026", around("a.pdf")),
        ("a.pdf: the contract", around("a.pdf")),
        ("a.pdf, the contract", around("a.pdf")),
        ("x/annual report.pdf until Friday", around("x/annual report.pdf")),
        ("a.pdf#page=2", AddressError::HasFragment { suggestion: some("a.pdf") }),
        ("x/a.pdf#", AddressError::HasFragment { suggestion: some("x/a.pdf") }),
        ("-", AddressError::NamesNoDocument),
        ("---", AddressError::NamesNoDocument),
        ("{", AddressError::NamesNoDocument),
        ("],", AddressError::NamesNoDocument),
        ("——", AddressError::NamesNoDocument),
        ("├──", AddressError::NamesNoDocument),
        (
            "{\"document\":\"a.pdf\"}",
            AddressError::ForbiddenCharacter {
                character: "\"".to_owned(),
                name: some("quotation mark"),
                suggestion: none(),
            },
        ),
        ("=SUM(A1)", AddressError::IsFormula),
        ("=HYPERLINK(A1;\"x\")", AddressError::IsFormula),
        ("https://docs.example.com/a.pdf for Mr Smith", around(A)),
        (
            "See https://docs.example.com/annual report.pdf",
            around("https://docs.example.com/annual report.pdf"),
        ),
        (
            "\"a.pdf",
            AddressError::ForbiddenCharacter {
                character: "\"".to_owned(),
                name: some("quotation mark"),
                suggestion: some("a.pdf"),
            },
        ),
    ] {
        let found = DocumentAddress::parse(typed, &site());
        assert_eq!(found, Err(error.clone()), "{typed}");
        let readings = match &error {
            AddressError::HasQuestionMark { name, query } => {
                vec![name.as_deref(), query.as_deref()]
            }
            other => vec![other.suggestion()],
        };
        for offered in readings.into_iter().flatten() {
            assert!(DocumentAddress::parse(offered, &site()).is_ok(), "{typed}: {offered}");
        }
    }
}

#[test]
fn a_name_of_a_file_is_whole() {
    for (name, path) in [
        ("a.pdf", "/a.pdf"),
        ("What is this?.pdf", "/What%20is%20this%3F.pdf"),
        ("100%.pdf", "/100%25.pdf"),
        ("a%20b.pdf", "/a%2520b.pdf"),
        ("a*.pdf", "/a%2A.pdf"),
        ("a\\b.pdf", "/a%5Cb.pdf"),
        ("a.pdf, b.pdf", "/a.pdf%2C%20b.pdf"),
        ("\"a.pdf\"", "/%22a.pdf%22"),
        (
            "#1 r\u{e9}sum\u{e9} + notes (final).pdf",
            "/%231%20r%C3%A9sum%C3%A9%20%2B%20notes%20%28final%29.pdf",
        ),
        ("https://docs.example.com/a.pdf", "/https%3A//docs.example.com/a.pdf"),
        ("=SUM(A1).pdf", "/%3DSUM%28A1%29.pdf"),
        ("~", "/%7E"),
        ("C:", "/C%3A"),
        (" a.pdf", "/%20a.pdf"),
        ("- a.pdf", "/-%20a.pdf"),
        ("a.pdf.", "/a.pdf%2E"),
        ("a.pdf for Mr Smith", "/a.pdf%20for%20Mr%20Smith"),
        ("a.pdf#page=2", "/a.pdf%23page%3D2"),
        ("{\"a\"}.pdf", "/%7B%22a%22%7D.pdf"),
        ("a\u{202e}b.pdf", "/a%E2%80%AEb.pdf"),
    ] {
        assert_eq!(path_of(&typed_name(name)), path, "{name}");
    }
}

#[test]
fn the_documents_of_a_line_are_told_apart() {
    let line = "https://docs.example.com/a.pdf, <https://docs.example.com/b.pdf>";
    let found = ["https://docs.example.com/a.pdf", "https://docs.example.com/b.pdf"];
    assert_eq!(several_in(line).as_deref(), Some(found.map(str::to_owned).as_slice()));
    let found = ["a.pdf", "b c.pdf"].map(str::to_owned);
    assert_eq!(several_in("a.pdf; \"b c.pdf\"").as_deref(), Some(found.as_slice()));
    for line in [
        "https://docs.example.com/a.pdf and https://docs.example.com/b.pdf",
        "https://docs.example.com/a.pdf und https://docs.example.com/b.pdf",
        "See https://docs.example.com/a.pdf & https://docs.example.com/b.pdf.",
    ] {
        let found = ["https://docs.example.com/a.pdf", "https://docs.example.com/b.pdf"];
        assert_eq!(
            several_in(line).as_deref(),
            Some(found.map(str::to_owned).as_slice()),
            "{line}"
        );
    }
    for one in ["a.pdf", "", "Smith, John.pdf", "See https://docs.example.com/a.pdf."] {
        assert_eq!(several_in(one), None, "{one}");
    }
}

#[test]
fn what_was_signed_before_is_kept_as_it_was() {
    let site = site();
    for path in
        ["/", "/a/../b", "/./a", "/%27", "/www.other.example/a.pdf", "/C%3A%5Ca.pdf", "/?x=1"]
    {
        let url = format!("https://docs.example.com{path}");
        let kept = DocumentAddress::signed_before(&url, &site).unwrap();
        assert_eq!((kept.as_str(), kept.path()), (url.as_str(), path));
        assert_eq!(kept.host(), "docs.example.com");
    }
    for url in [
        "",
        "https://docs.example.com",
        "https://other.example/a",
        "https://docs.example.com.evil.example/a",
        "https://docs.example.com/a b",
        "https://docs.example.com/a\"",
        "https://docs.example.com/a*",
        "https://docs.example.com/\u{e9}",
        "https://docs.example.com/100%",
        "https://docs.example.com/a#b",
        "https://docs.example.com/a?Expires=1",
    ] {
        assert_eq!(DocumentAddress::signed_before(url, &site), None, "{url}");
    }
}

#[test]
fn length_is_counted_after_encoding() {
    let origin = site().origin().len() + 1;
    let longest = "a".repeat(MAX_BYTES - origin);
    assert!(DocumentAddress::parse(&longest, &site()).is_ok());
    for (text, length) in [
        (format!("{longest}a"), MAX_BYTES + 1),
        (" ".repeat(9) + &"\u{e9}".repeat(2000), origin + 12_000),
        ("a".repeat(2_000_000), 2_000_000),
    ] {
        assert_eq!(
            DocumentAddress::parse(&text, &site()),
            Err(AddressError::TooLong { length, most: MAX_BYTES })
        );
    }
}

#[test]
fn practice_addresses_are_http_and_keep_their_port() {
    let site = SiteAddress::practice(9000);
    for typed in ["/a b.pdf", "http://127.0.0.1:9000/a b.pdf", "127.0.0.1:9000/a%20b.pdf"] {
        let address = DocumentAddress::parse(typed, &site).unwrap();
        assert_eq!(address.as_str(), "http://127.0.0.1:9000/a%20b.pdf");
    }
    let other_port = DocumentAddress::parse("http://127.0.0.1:9001/a", &site);
    assert!(matches!(other_port, Err(AddressError::OtherSite { .. })));
    let https = DocumentAddress::parse("https://127.0.0.1:9000/a", &site);
    assert!(matches!(https, Err(AddressError::OtherScheme { .. })));
}

#[test]
fn an_internationalised_site_takes_both_spellings_of_its_host() {
    let site = SiteAddress::parse("b\u{fc}cher.example").unwrap();
    for typed in
        ["https://B\u{dc}CHER.example/a", "xn--bcher-kva.example/a", "b\u{fc}cher.example/a"]
    {
        let address = DocumentAddress::parse(typed, &site).unwrap();
        assert_eq!(address.as_str(), "https://xn--bcher-kva.example/a", "{typed}");
    }
}

#[test]
fn a_document_is_shown_as_it_is_typed_where_that_is_read_as_the_same() {
    let typed = |url: &str| {
        let address = DocumentAddress::signed_before(url, &site()).unwrap();
        address.as_typed(|typed| DocumentAddress::parse(typed, &site()).ok())
    };
    for (path, expected) in [
        ("a.pdf", "a.pdf"),
        ("November%20minutes.pdf", "November minutes.pdf"),
        ("contracts/2026/Lease%2014%20Mill%20Lane.pdf", "contracts/2026/Lease 14 Mill Lane.pdf"),
        ("R%C3%A9sum%C3%A9%20%2B%201.pdf", "R\u{e9}sum\u{e9} + 1.pdf"),
        // As a Mac writes it: the same letters to whoever looks, and another address.
        ("Re%CC%81sume%CC%81.pdf", "Re\u{301}sume\u{301}.pdf"),
        ("%E6%97%A5%E6%9C%AC.pdf", "\u{65e5}\u{672c}.pdf"),
        ("100%25.pdf", "100%.pdf"),
        ("Client%20papers/Lease%202.pdf", "Client papers/Lease 2.pdf"),
        ("B%C3%BCcher/Gr%C3%B6%C3%9Fe.pdf", "B\u{fc}cher/Gr\u{f6}\u{df}e.pdf"),
        ("b%c3%bccher.pdf", ""),
        ("100%2525.pdf", "100%2525.pdf"),
        ("a.pdf?v=1", "a.pdf?v=1"),
        ("a%20b.pdf?v=a%20b", "a b.pdf?v=a%20b"),
        // What would be a question, or end a name, stays encoded where it is part of one.
        ("What%20is%20this%3F.pdf", "What is this%3F.pdf"),
        ("a%23b.pdf", "a#b.pdf"),
        ("a%2Ab.pdf", "a%2Ab.pdf"),
        ("%20a.pdf", "%20a.pdf"),
        ("a%E2%80%AEfdp.exe", "a%E2%80%AEfdp.exe"),
        ("%253Fa.pdf", "%253Fa.pdf"),
        // Read as a text, these would be other addresses.
        ("a%2Fb.pdf", ""),
        ("a%FFb.pdf", ""),
        ("a/%2E%2E/b.pdf", ""),
        ("%61.pdf", ""),
        ("a+b.pdf", ""),
        ("reports/", ""),
    ] {
        let url = format!("https://docs.example.com/{path}");
        let expected = if expected.is_empty() { url.as_str() } else { expected };
        assert_eq!(typed(&url), expected, "{path}");
    }
    // A key that has another site by now: the name would be read as a document there.
    let moved = SiteAddress::parse("new.example.com").unwrap();
    let address = DocumentAddress::parse("a b.pdf", &site()).unwrap();
    let there = address.as_typed(|typed| DocumentAddress::parse(typed, &moved).ok());
    assert_eq!(there, "https://docs.example.com/a%20b.pdf");
}

#[test]
fn file_names_are_for_people() {
    let cases = [
        ("a/b c.pdf", "b c.pdf"),
        ("r\u{e9}sum\u{e9}.pdf?v=a/b", "r\u{e9}sum\u{e9}.pdf"),
        ("a/folder//b/c", "c"),
        ("/%2F", "%2F"),
        ("a%E2%80%AEfdp.exe", "a[U+202E]fdp.exe"),
        ("a%0Ab", "a[U+000A]b"),
        ("a%2F..%5Cb", "a%2F..%5Cb"),
        ("caf%E9.pdf", "caf%E9.pdf"),
    ];
    for (typed, name) in cases {
        let address = DocumentAddress::parse(typed, &site()).unwrap();
        assert_eq!(address.file_name(), name, "{typed}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn every_address_is_plain_and_reads_back_as_itself(
        text in ".{0,60}|\\PC{0,60}|(https://docs\\.example\\.com)?[ -~é]{0,60}|[a-zA-Z0-9%?&=#/.:@\\\\]{0,40}"
    ) {
        let site = site();
        if let Ok(address) = DocumentAddress::parse(&text, &site) {
            let url = address.as_str();
            prop_assert!(url.starts_with("https://docs.example.com/"), "{}", url);
            prop_assert!(url.bytes().all(|byte| byte.is_ascii_graphic()), "{}", url);
            prop_assert!(!url.contains(['"', '\\', '#', '*', '<', '>', '`']), "{}", url);
            let (path, query) = url.split_once('?').unwrap_or((url, ""));
            prop_assert!(!query.contains('\''), "{}", url);
            prop_assert!(path.split('/').all(|segment| ![".", ".."].contains(&segment)), "{}", url);
            prop_assert_eq!(address.host(), site.host());
            prop_assert_eq!(format!("{}{}", site.origin(), address.path()), url);
            prop_assert_eq!(DocumentAddress::parse(url, &site), Ok(address.clone()));
            prop_assert!(address.file_name().chars().all(|c| unseen_name(c).is_none()));
        }
    }

    #[test]
    fn every_visible_name_comes_back_from_its_address(name in "[^/?%\\pC\\pZ]{1,20}\\.pdf") {
        let address = DocumentAddress::parse(&name, &site());
        if let Ok(address) = address {
            prop_assert_eq!(encode::decoded(address.path()), format!("/{name}"));
        }
    }
}

#[test]
fn urls_of_scripts_keep_their_bytes() {
    for (typed, signed) in [
        (
            "https://d111111abcdef8.cloudfront.net/a.pdf",
            "https://d111111abcdef8.cloudfront.net/a.pdf",
        ),
        (
            "https://Docs.Example.com:443/a%20b?x=1&y=(2)",
            "https://docs.example.com/a%20b?x=1&y=(2)",
        ),
        ("http://h.example/a+b;c=d,e@f:g!$&~", "http://h.example/a+b;c=d,e@f:g!$&~"),
        ("HTTPS://h.example/a", "https://h.example/a"),
        ("https://h.example/a b/\u{e9}'", "https://h.example/a%20b/%C3%A9'"),
        ("https://h.example/it's.pdf?n='a'", "https://h.example/it's.pdf?n=%27a%27"),
        ("https://h.example/a[1].pdf?k[]=1", "https://h.example/a[1].pdf?k[]=1"),
        ("https://h.example/a.pdf.", "https://h.example/a.pdf."),
        ("https://h.example/a.pdf)", "https://h.example/a.pdf)"),
        ("https://h.example./a", "https://h.example./a"),
        ("http://h.example:80/a", "http://h.example/a"),
        ("http://h.example:443/a", "http://h.example:443/a"),
        ("https://H.example.:8443/a", "https://h.example.:8443/a"),
        ("http://127.0.0.1:9000/a", "http://127.0.0.1:9000/a"),
        ("https://h.example/", "https://h.example/"),
        ("<https://h.example/a.pdf>", "https://h.example/a.pdf"),
        ("[Contract](https://h.example/a.pdf)", "https://h.example/a.pdf"),
        ("See https://h.example/a.pdf.", "https://h.example/a.pdf"),
        ("\"https://h.example/a.pdf\"", "https://h.example/a.pdf"),
        ("=HYPERLINK(\"https://h.example/a.pdf\")", "https://h.example/a.pdf"),
        ("https://b\u{fc}cher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://h.example", "https://h.example/"),
        ("https://h.example?x=1", "https://h.example/?x=1"),
        ("https://h.example/./a//b/%2E/c", "https://h.example/a//b/c"),
        ("https://h.example/reports/*?v=*", "https://h.example/reports/*?v=*"),
    ] {
        let address = DocumentAddress::parse_url(typed).unwrap();
        assert_eq!(address.as_str(), signed);
        assert_eq!(DocumentAddress::parse_url(signed).unwrap(), address);
    }
    for (typed, error) in [
        (" ", AddressError::Empty),
        ("a.pdf", AddressError::Invalid { suggestion: None }),
        ("https:///a", AddressError::Invalid { suggestion: None }),
        ("https://127.1/a", AddressError::Invalid { suggestion: None }),
        ("https://0x7f000001/a", AddressError::Invalid { suggestion: None }),
        ("https://2130706433/a", AddressError::Invalid { suggestion: None }),
        ("https://https://h.example/a", AddressError::Invalid { suggestion: None }),
        ("https://h.example/a.pdf, b.pdf", AddressError::Several { count: 2, suggestion: None }),
        (
            "https://h.example/a https://h.example/b",
            AddressError::Several { count: 2, suggestion: None },
        ),
        (
            "https://h.example/x/../a.pdf",
            AddressError::GoesUp {
                arrives: "/a.pdf".to_owned(),
                suggestion: offered_as("https://h.example/a.pdf"),
            },
        ),
        (
            "https://h.example/a?X-Amz-Signature=1",
            AddressError::IsSignedForS3 { suggestion: offered_as("https://h.example/a") },
        ),
        ("ftp://h.example/a", AddressError::OtherScheme { scheme: "ftp".to_owned() }),
        ("https://me@h.example/a", AddressError::HasUserInfo),
        (
            "https://h.example/a#b",
            AddressError::HasFragment { suggestion: offered_as("https://h.example/a") },
        ),
        (
            "https://h.example/a?Expires=1",
            AddressError::HasSigningParameter {
                name: "Expires".to_owned(),
                suggestion: offered_as("https://h.example/a"),
            },
        ),
        ("https://h.example/\\b", forbidden_as("\\", "backslash", "https://h.example/%5Cb")),
        (
            "https://b.s3.amazonaws.com/a",
            AddressError::IsStorageAddress {
                host: "b.s3.amazonaws.com".to_owned(),
                suggestion: None,
            },
        ),
    ] {
        assert_eq!(DocumentAddress::parse_url(typed), Err(error), "{typed}");
    }
}

#[test]
fn a_name_is_in_its_folder() {
    let site = SiteAddress::parse("docs.example.com").unwrap();
    let path = |folder: &str, text: &str| {
        DocumentAddress::parse_in(folder, text, &site).map(|address| address.path().to_owned())
    };
    for folder in [
        "reports/2026",
        "/reports/2026/",
        " reports/2026/ ",
        "https://docs.example.com/reports/2026",
    ] {
        assert_eq!(path(folder, "a b.pdf"), Ok("/reports/2026/a%20b.pdf".to_owned()), "{folder}");
    }
    assert_eq!(path("reports", "2026/a.pdf"), Ok("/reports/2026/a.pdf".to_owned()));
    assert_eq!(path("reports", "/a.pdf"), Ok("/a.pdf".to_owned()));
    assert_eq!(path("reports", "https://docs.example.com/a.pdf"), Ok("/a.pdf".to_owned()));
    for none in ["", " ", "/"] {
        assert_eq!(path(none, "a.pdf"), Ok("/a.pdf".to_owned()), "{none}");
    }
    let other = AddressError::OtherSite {
        host: "other.example".to_owned(),
        site: "docs.example.com".to_owned(),
        suggestion: None,
    };
    assert_eq!(path("https://other.example/reports", "a.pdf"), Err(other));
    let computer = AddressError::OnComputer { site: Some("docs.example.com".to_owned()) };
    assert_eq!(path("C:\\reports", "a.pdf"), Err(computer));
}

#[test]
fn a_files_name_is_read_whole_whatever_stands_in_it() {
    for name in [
        "a.pdf",
        "What is this?.pdf",
        "100%.pdf",
        "100%41.pdf",
        "a%20b.pdf",
        "a*b.pdf",
        "No. #3 (v2) \"final\".pdf",
        "Müller, Q3?.pdf",
        "a\\b.pdf",
        "?",
        "*",
        "reports/What is this?.pdf",
    ] {
        let path = path_of(&typed_name(name));
        let path = path.strip_prefix('/').unwrap();
        assert!(!path.contains(['?', '*']), "{path}");
        assert_eq!(encode::decoded(path), name, "{path}");
    }
    assert_eq!(typed_name("Müller (2).pdf"), "Müller (2).pdf");
}

#[test]
fn a_folder_is_asked_about_where_a_document_is_wanted() {
    for (typed, folder) in [
        ("contracts/", "/contracts/"),
        ("/contracts/", "/contracts/"),
        ("contracts/2026/", "/contracts/2026/"),
        ("contracts//", "/contracts//"),
        ("My Folder/", "/My%20Folder/"),
        ("R\u{e9}sum\u{e9}s/", "/R%C3%A9sum%C3%A9s/"),
        ("\"contracts/\"", "/contracts/"),
        ("<contracts/>", "/contracts/"),
        ("[Contracts](contracts/)", "/contracts/"),
        ("- contracts/", "/contracts/"),
        ("./contracts/", "/contracts/"),
        ("contracts/.", "/contracts/"),
        ("contracts/?list=1", "/contracts/"),
        ("docs.example.com/contracts/", "/contracts/"),
        ("https://docs.example.com/contracts/", "/contracts/"),
        ("https://docs.example.com/contracts/?x=1", "/contracts/"),
        ("See https://docs.example.com/contracts/.", "/contracts/"),
        ("HTTPS://DOCS.example.com:443/a%20b/", "/a%20b/"),
        ("archive.zip/", "/archive.zip/"),
    ] {
        let expected = AddressError::IsFolder { folder: folder.to_owned() };
        assert_eq!(DocumentAddress::parse(typed, &site()), Err(expected), "{typed}");
        assert!(DocumentAddress::parse_in("x", typed, &site()).is_err(), "{typed}");
        // A link that opens a folder may be for the folder itself.
        let address = DocumentAddress::parse_for_folder(typed, &site()).unwrap();
        assert_eq!(address.path().split('?').next(), Some(folder), "{typed}");
        let again = DocumentAddress::parse_for_folder(address.as_str(), &site());
        assert_eq!(again, Ok(address), "{typed}");
    }
    for document in ["contracts", "contracts/a.pdf", "a.pdf?b=c/", "a%2F"] {
        assert!(DocumentAddress::parse(document, &site()).is_ok(), "{document}");
    }
    for url in ["https://h.example/contracts/", "https://h.example/contracts/?x=1"] {
        let address = DocumentAddress::parse_url(url).unwrap();
        assert_eq!(address.as_str(), url);
        let folder = "/contracts/".to_owned();
        assert_eq!(address.unlikely(), Some(Unlikely::Folder { folder }), "{url}");
    }
    // Neither the site itself nor anything else is a folder to open by its name.
    for typed in ["/", "https://docs.example.com/", "*", "../x/"] {
        assert!(DocumentAddress::parse_for_folder(typed, &site()).is_err(), "{typed}");
    }
}

#[test]
fn what_only_stands_for_a_name_is_asked_about_or_said() {
    for (typed, text) in [
        ("undefined", "undefined"),
        ("contracts/undefined.pdf", "undefined"),
        ("null", "null"),
        ("[object Object]", "[object Object]"),
        ("{{name}}", "{{name}}"),
        ("{{name}}.pdf", "{{name}}"),
        ("%7B%7Bname%7D%7D", "{{name}}"),
        ("contract-${id}.pdf", "${id}"),
        ("<name>", "<name>"),
        ("contracts/<your file>.pdf", "<your file>"),
        ("YOUR_FILE", "YOUR_FILE"),
        ("https://docs.example.com/undefined", "undefined"),
        ("https://docs.example.com/%7B%7Bname%7D%7D", "{{name}}"),
        ("https://docs.example.com/{{name}}", "{{name}}"),
        ("https://docs.example.com/${file}.pdf", "${file}"),
        ("https://docs.example.com/a.pdf?v=undefined", "undefined"),
        ("#N/A", "#N/A"),
    ] {
        let expected = AddressError::IsPlaceholder { text: text.to_owned() };
        assert_eq!(DocumentAddress::parse(typed, &site()), Err(expected), "{typed}");
        if typed.contains("://") {
            let unlikely = DocumentAddress::parse_url(typed).unwrap().unlikely();
            assert_eq!(unlikely, Some(Unlikely::Placeholder { text: text.to_owned() }), "{typed}");
        }
    }
    // Angle brackets stand in no address, so a script's is refused too.
    let expected = AddressError::IsPlaceholder { text: "<name>".to_owned() };
    let typed = "https://docs.example.com/x/<name>.pdf";
    assert_eq!(DocumentAddress::parse(typed, &site()), Err(expected.clone()));
    assert_eq!(DocumentAddress::parse_url(typed), Err(expected));
    assert_eq!(path_of("<annual report.pdf>"), "/annual%20report.pdf");
    assert_eq!(path_of("<a/b>"), "/a/b");
}

#[test]
fn what_was_copied_out_of_html_is_offered_as_it_was_meant() {
    for (typed, suggestion) in [
        ("a.pdf?x=1&amp;y=2", "https://docs.example.com/a.pdf?x=1&y=2"),
        ("a.pdf?x=1&amp;amp;y=2", "https://docs.example.com/a.pdf?x=1&y=2"),
        (
            "https://docs.example.com/a.pdf?x=1&amp;y=2&amp;z=3",
            "https://docs.example.com/a.pdf?x=1&y=2&z=3",
        ),
        ("https://docs.example.com/R&amp;D.pdf", "https://docs.example.com/R&D.pdf"),
        ("R&amp;D.pdf", "R&D.pdf"),
        ("it&#39;s.pdf", "it's.pdf"),
        ("Smith &amp; Jones/a.pdf?x=1", "Smith & Jones/a.pdf?x=1"),
    ] {
        let error = DocumentAddress::parse(typed, &site()).unwrap_err();
        let expected = AddressError::IsHtml { suggestion: offered_as(suggestion) };
        assert_eq!(error, expected, "{typed}");
        assert!(DocumentAddress::parse(suggestion, &site()).is_ok(), "{typed}");
    }
    // A file that is really called so has a name to type.
    assert_eq!(path_of(&typed_name("a&amp;b.pdf")), "/a%26amp%3Bb.pdf");
    assert_eq!(path_of("a.pdf?x=1&y=2"), "/a.pdf?x=1&y=2");
    // A link that was made already is said to be that, and its document is offered without HTML too.
    let link = "https://docs.example.com/a.pdf?v=1&amp;w=2&amp;Expires=1&amp;Signature=x&amp;Key-Pair-Id=K";
    let document = "https://docs.example.com/a.pdf?v=1&w=2";
    let expected = AddressError::IsLink { suggestion: offered_as(document) };
    assert_eq!(DocumentAddress::parse(link, &site()), Err(expected));
    let url = "https://h.example/a.pdf?x=1&amp;y=2";
    let address = DocumentAddress::parse_url(url).unwrap();
    assert_eq!(address.as_str(), url);
    assert!(matches!(address.unlikely(), Some(Unlikely::Html { .. })));
}

#[test]
fn the_columns_of_a_table_behind_a_document_are_asked_about() {
    for (typed, suggestion) in [
        ("https://docs.example.com/a.pdf,Jones", "https://docs.example.com/a.pdf"),
        ("https://docs.example.com/a.pdf;31.12.2026", "https://docs.example.com/a.pdf"),
        ("https://docs.example.com/reports/a.pdf|Ms", "https://docs.example.com/reports/a.pdf"),
        (
            "https://docs.example.com/Smith,John.pdf,Jones",
            "https://docs.example.com/Smith,John.pdf",
        ),
        ("a.pdf,Jones", "a.pdf"),
        ("reports/a.pdf;7 days", "reports/a.pdf"),
        ("a.pdf,Jones,7", "a.pdf"),
    ] {
        let error = DocumentAddress::parse(typed, &site()).unwrap_err();
        let expected = AddressError::WordsAround { suggestion: offered_as(suggestion) };
        assert_eq!(error, expected, "{typed}");
    }
    for (typed, path) in [
        ("Smith,John.pdf", "/Smith%2CJohn.pdf"),
        ("https://docs.example.com/Smith,John.pdf", "/Smith,John.pdf"),
        ("a.pdf?x=1,2", "/a.pdf?x=1,2"),
        ("https://docs.example.com/a.pdf?list=b.pdf,c", "/a.pdf?list=b.pdf,c"),
        // A document that is really called so has a name to type.
        (&typed_name("a.pdf,Jones"), "/a.pdf%2CJones"),
        ("https://docs.example.com/a.pdf%2CJones", "/a.pdf%2CJones"),
    ] {
        assert_eq!(path_of(typed), path, "{typed}");
    }
    let url = "https://docs.example.com/a.pdf,Jones";
    assert_eq!(DocumentAddress::parse_url(url).unwrap().as_str(), url);
}

#[test]
fn a_path_on_a_computer_is_told_to_scripts_too() {
    for text in [
        "C:\\Users\\me\\a.pdf",
        "C:/Users/me/a.pdf",
        "\"C:\\Users\\me\\a.pdf\"",
        "\\\\server\\share\\a.pdf",
        "/home/me/a.pdf",
        "/Users/me/a.pdf",
        "/tmp/a.pdf",
        "~/a.pdf",
        "$HOME/a.pdf",
        "%USERPROFILE%\\a.pdf",
        "file:///home/me/a.pdf",
        "file:///C:/Users/me/a.pdf",
        "file:a.pdf",
        "smb://server/a.pdf",
        "Desktop\\a.pdf",
    ] {
        let expected = Err(AddressError::OnComputer { site: None });
        assert_eq!(DocumentAddress::parse_url(text), expected, "{text}");
    }
    for text in ["a.pdf", "/a.pdf", "contracts/a.pdf", "docs.example.com/a.pdf"] {
        let expected = Err(AddressError::Invalid { suggestion: None });
        assert_eq!(DocumentAddress::parse_url(text), expected, "{text}");
    }
    assert!(DocumentAddress::parse_url("https://h.example/home/me/a.pdf").is_ok());
}

#[test]
fn an_address_in_a_query_is_read_again_as_it_was() {
    for typed in [
        "(docs.example.com/\u{e9}?\u{fffd}https://\u{e9}=\u{e9}",
        "\u{e9}?x=\u{fffd}https://other.example/b",
        "a.pdf?to=https://a.example/b",
        "a.pdf?to=%20https://a.example/b",
        "a.pdf?to=https://a.example/ https://b.example/",
        "a.pdf?to=https://a.example/\u{e9}https://b.example/",
        "a.pdf?to=https://a.example/?u=https://b.example/",
        "https://docs.example.com/a?x=%20https://b.example/",
        "https://docs.example.com/a?x=\u{fffd}https://b.example/",
        "https://docs.example.com/a?x=https://b.example/%E2%80%8Bhttps://c.example/",
        "https://docs.example.com/a%20https://b.example/",
        "https://docs.example.com/a?x=1https://b.example/",
    ] {
        if let Ok(address) = DocumentAddress::parse(typed, &site()) {
            let again = DocumentAddress::parse(address.as_str(), &site());
            assert_eq!(again, Ok(address), "{typed}");
        }
        if let Ok(address) = DocumentAddress::parse_url(typed) {
            assert_eq!(DocumentAddress::parse_url(address.as_str()), Ok(address), "{typed}");
        }
    }
    // With a scheme or without, what ends a sentence is no part of the address.
    for marks in ["", "?", "??", ".", "!", ",", ")."] {
        for begin in ["https://", "//", ""] {
            assert_eq!(
                path_of(&format!("{begin}docs.example.com/a.pdf{marks}")),
                "/a.pdf",
                "{marks}"
            );
        }
    }
    // Two addresses are two, and one in the query of another is none of its own.
    assert_eq!(
        path_of("https://docs.example.com/a?x=%20https://b.example/"),
        "/a?x=%20https://b.example/"
    );
    for two in [
        "https://docs.example.com/a.pdf?v=1 https://docs.example.com/b.pdf?v=1",
        "https://docs.example.com/a.pdf?v=1,https://docs.example.com/b.pdf",
        "https://docs.example.com/a.pdf?v=1https://docs.example.com/b.pdf",
        "https://docs.example.com/a%20https://docs.example.com/b",
    ] {
        let expected = AddressError::Several { count: 2, suggestion: None };
        assert_eq!(DocumentAddress::parse(two, &site()), Err(expected), "{two}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn addresses_within_addresses_read_back_as_themselves(
        begin in "[(<\"]?|(https://)?docs\\.example\\.com/|\\(docs",
        pieces in prop::collection::vec(
            "https://|http://|[a\u{e9}]|[?&=/:,;|. ]|%20|%EF%BF%BD|\u{fffd}|\\.pdf|b\\.example/",
            0..12,
        ),
    ) {
        let text = format!("{begin}{}", pieces.concat());
        if let Ok(address) = DocumentAddress::parse(&text, &site()) {
            prop_assert_eq!(DocumentAddress::parse(address.as_str(), &site()), Ok(address), "{}", text);
        }
        if let Ok(address) = DocumentAddress::parse_url(&text) {
            prop_assert_eq!(DocumentAddress::parse_url(address.as_str()), Ok(address), "{}", text);
        }
    }

    #[test]
    fn what_is_shown_as_typed_is_read_as_the_same(text in "[a\u{e9}e\u{301} %?#*&=+:;,/.~'()-]{1,12}(\\.pdf)?") {
        if let Ok(address) = DocumentAddress::parse(&text, &site()) {
            let read = |typed: &str| DocumentAddress::parse(typed, &site()).ok();
            let typed = address.as_typed(read);
            prop_assert_eq!(read(&typed), Some(address), "{} {}", text, typed);
        }
    }

    /// However the address of a link is encoded, by Signet or by another program.
    #[test]
    fn the_name_of_an_encoded_address_is_read_as_that_address(
        path in "([ab./+&=,;:@()!~'-]|%(20|25|2B|2F|2f|3F|23|26|2A|5C|61|FF|C3%A9|c3%bc|65%CC%81|E2%80%AE|F0%9F%93%84)){1,10}(\\.pdf)?(\\?v=[a%20+]{1,3})?"
    ) {
        let url = format!("https://docs.example.com/{path}");
        if let Ok(address) = DocumentAddress::parse(&url, &site()) {
            let read = |typed: &str| DocumentAddress::parse(typed, &site()).ok();
            let typed = address.as_typed(read);
            let again = read(&typed).map(|again| again.as_str().to_owned());
            prop_assert_eq!(again.as_deref(), Some(address.as_str()), "{} {}", path, typed);
        }
    }
}
