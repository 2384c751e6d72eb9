//! What people type and paste, and what it means at both doors: the terminal's tests and those of the
//! window's commands read the same tables.
//!
//! Each row stands for a kind. Keys are made when a test runs, and ends lie far ahead, for the terminal reads
//! the real clock.

/// What becomes of a text: the address that is signed, or by what a refusal is known, the terminal's by
/// some of its words and the window's by its code.
pub type Meant = Result<&'static str, &'static str>;

const A: Meant = Ok("https://docs.example.com/a.pdf");
/// The terminal takes whole addresses alone.
const NO_ADDRESS: Meant = Err("no whole address");
/// Both doors know what lies on nobody's site.
const ON_COMPUTER: Meant = Err("on a computer");
const FOLDER: Meant = Err("addressIsFolder");
const PLACEHOLDER: Meant = Err("addressIsPlaceholder");

/// A text, what `signet sign --url` makes of it, and what the window does whose key is of docs.example.com.
pub const ADDRESSES: &[(&str, Meant, Meant)] = &[
    // What stands around one address.
    ("<https://docs.example.com/a.pdf>", A, A),
    ("[Contract](https://docs.example.com/a.pdf)", A, A),
    ("See https://docs.example.com/a.pdf.", A, A),
    ("“https://docs.example.com/a.pdf”", A, A),
    ("=HYPERLINK(\"https://docs.example.com/a.pdf\")", A, A),
    // Two, and words that may belong to it.
    (
        "https://docs.example.com/a.pdf https://docs.example.com/b.pdf",
        Err("2 addresses"),
        Err("addressSeveral"),
    ),
    (
        "https://docs.example.com/a.pdf,https://docs.example.com/b.pdf",
        Err("2 addresses"),
        Err("addressSeveral"),
    ),
    ("https://docs.example.com/a.pdf, b.pdf", Err("2 addresses"), Err("addressSeveral")),
    ("https://docs.example.com/a.pdf b.pdf", Err("2 addresses"), Err("addressSeveral")),
    (
        "https://docs.example.com/a.pdf for Mr Smith",
        Err("words stand around"),
        Err("addressWordsAround"),
    ),
    ("a.pdf for Mr Smith", NO_ADDRESS, Err("addressWordsAround")),
    ("a.pdf,Jones", NO_ADDRESS, Err("addressWordsAround")),
    ("a.pdf - 31.12.2035", NO_ADDRESS, Err("addressWordsAround")),
    ("a.pdf until 31/12/2035", NO_ADDRESS, Err("addressWordsAround")),
    ("a.pdf from 203.0.113.0/24", NO_ADDRESS, Err("addressWordsAround")),
    ("a.pdf, b.pdf", NO_ADDRESS, Err("addressSeveral")),
    ("\"a.pdf\"", NO_ADDRESS, A),
    ("=SUM(A1)", NO_ADDRESS, Err("addressIsFormula")),
    // Wildcards and question marks.
    ("reports/*", NO_ADDRESS, Err("addressIsPattern")),
    (
        "https://docs.example.com/reports/*",
        Ok("https://docs.example.com/reports/*"),
        Err("addressIsPattern"),
    ),
    ("*", NO_ADDRESS, Err("addressNamesNoDocument")),
    ("/", NO_ADDRESS, Err("addressNamesNoDocument")),
    ("?", NO_ADDRESS, Err("addressNamesNoDocument")),
    ("---", NO_ADDRESS, Err("addressNamesNoDocument")),
    ("What is this?.pdf", NO_ADDRESS, Err("addressHasQuestionMark")),
    ("What is this%3F.pdf", NO_ADDRESS, Ok("https://docs.example.com/What%20is%20this%3F.pdf")),
    (
        "https://docs.example.com/a.pdf?filename*=UTF-8''a.pdf",
        Ok("https://docs.example.com/a.pdf?filename*=UTF-8%27%27a.pdf"),
        Err("addressIsPattern"),
    ),
    (
        "https://docs.example.com/100%.pdf",
        Err("forbidden character: %"),
        Err("addressForbiddenCharacter"),
    ),
    // What browsers rewrite.
    ("https://docs.example.com/x/../a.pdf", Err("goes up"), Err("addressGoesUp")),
    ("https://docs.example.com/x/%2e%2E/a.pdf", Err("goes up"), Err("addressGoesUp")),
    ("../a.pdf", NO_ADDRESS, Err("addressGoesUp")),
    ("https://docs.example.com/./a.pdf", A, A),
    ("https://docs.example.com/%2e/a.pdf", A, A),
    ("./a.pdf", NO_ADDRESS, A),
    ("https://DOCS.Example.com/a.pdf", A, A),
    ("https://docs.example.com:443/a.pdf", A, A),
    (
        "https://docs.example.com/a.pdf?v='x'",
        Ok("https://docs.example.com/a.pdf?v=%27x%27"),
        Ok("https://docs.example.com/a.pdf?v=%27x%27"),
    ),
    (
        "https://docs.example.com/it's.pdf",
        Ok("https://docs.example.com/it's.pdf"),
        Ok("https://docs.example.com/it's.pdf"),
    ),
    (
        "https://docs.example.com/x\\a.pdf",
        Err("forbidden character: \\"),
        Err("addressHasBackslash"),
    ),
    ("https://docs.example.com/a.pdf#page=2", Err("fragment"), Err("addressHasFragment")),
    ("a.pdf#page=2", NO_ADDRESS, Err("addressHasFragment")),
    // Signed already, and somewhere else.
    (
        "https://docs.example.com/a.pdf?X-Amz-Signature=1",
        Err("signed for S3"),
        Err("addressIsSignedForS3"),
    ),
    (
        "https://docs.example.com/a.pdf?Policy=1&Signature=2&Key-Pair-Id=K",
        Err("signed link already"),
        Err("addressIsLink"),
    ),
    (
        "https://docs.example.com/a.pdf?Expires=1",
        Err("parameter Expires"),
        Err("addressHasSigningParameter"),
    ),
    (
        "https://papers.s3.eu-west-1.amazonaws.com/a.pdf",
        Err("storage address"),
        Err("addressIsStorageAddress"),
    ),
    ("s3://papers/a.pdf", Err("storage address"), Err("addressIsStorageAddress")),
    ("upload: ./a.pdf to s3://papers/a.pdf", NO_ADDRESS, Err("addressIsStorageAddress")),
    ("https://me:pw@docs.example.com/a.pdf", Err("user name"), Err("addressHasUserInfo")),
    ("www.other.example/a.pdf", NO_ADDRESS, Err("addressOtherSite")),
    (
        "https://drive.google.com/file/d/1/view",
        Ok("https://drive.google.com/file/d/1/view"),
        Err("addressOtherSite"),
    ),
    ("https://https://docs.example.com/a.pdf", NO_ADDRESS, Err("addressInvalid")),
    ("http://docs.example.com/a.pdf", Ok("http://docs.example.com/a.pdf"), Err("addressNotSecure")),
    ("https://127.1/a.pdf", NO_ADDRESS, Err("addressOtherSite")),
    // What lies on a computer.
    ("\"C:\\Users\\me\\Desktop\\Contract.pdf\"", ON_COMPUTER, Err("addressOnComputer")),
    ("Z:a.pdf", ON_COMPUTER, Err("addressOnComputer")),
    ("\\\\server\\share\\a.pdf", ON_COMPUTER, Err("addressOnComputer")),
    ("/home/me/Desktop/a.pdf", ON_COMPUTER, Err("addressOnComputer")),
    ("/storage/emulated/0/Download/a.pdf", ON_COMPUTER, Err("addressOnComputer")),
    ("~/a.pdf", ON_COMPUTER, Err("addressOnComputer")),
    ("file:///C:/Users/me/a.pdf", ON_COMPUTER, Err("addressOnComputer")),
    ("smb://server/share/a.pdf", ON_COMPUTER, Err("addressOnComputer")),
    ("contracts\\2035\\a.pdf", NO_ADDRESS, Err("addressHasBackslash")),
    ("C:/Users/me/a.pdf", ON_COMPUTER, Err("addressOnComputer")),
    ("/Users/me/Desktop/a.pdf", ON_COMPUTER, Err("addressOnComputer")),
    ("/tmp/a.pdf", ON_COMPUTER, Err("addressOnComputer")),
    ("$HOME/a.pdf", ON_COMPUTER, Err("addressOnComputer")),
    ("%USERPROFILE%\\a.pdf", ON_COMPUTER, Err("addressOnComputer")),
    ("file:///home/me/a.pdf", ON_COMPUTER, Err("addressOnComputer")),
    ("file:a.pdf", ON_COMPUTER, Err("addressOnComputer")),
    ("/contracts/a.pdf", NO_ADDRESS, Ok("https://docs.example.com/contracts/a.pdf")),
    // A folder: AWS's tools sign it, and a person means its documents.
    ("contracts/", NO_ADDRESS, FOLDER),
    ("/contracts/2035/", NO_ADDRESS, FOLDER),
    ("<contracts/>", NO_ADDRESS, FOLDER),
    ("docs.example.com/contracts/", NO_ADDRESS, FOLDER),
    ("https://docs.example.com/contracts/", Ok("https://docs.example.com/contracts/"), FOLDER),
    (
        "https://docs.example.com/contracts/?x=1",
        Ok("https://docs.example.com/contracts/?x=1"),
        FOLDER,
    ),
    (
        "https://docs.example.com/a%2F",
        Ok("https://docs.example.com/a%2F"),
        Ok("https://docs.example.com/a%2F"),
    ),
    // What stands where a name should be.
    ("undefined", NO_ADDRESS, PLACEHOLDER),
    ("{{name}}.pdf", NO_ADDRESS, PLACEHOLDER),
    ("<name>", NO_ADDRESS, PLACEHOLDER),
    ("contracts/${file}", NO_ADDRESS, PLACEHOLDER),
    ("YOUR_FILE.pdf", NO_ADDRESS, PLACEHOLDER),
    ("[object Object]", NO_ADDRESS, PLACEHOLDER),
    ("#N/A", NO_ADDRESS, PLACEHOLDER),
    ("https://docs.example.com/undefined", Ok("https://docs.example.com/undefined"), PLACEHOLDER),
    ("https://docs.example.com/null/a.pdf", Ok("https://docs.example.com/null/a.pdf"), PLACEHOLDER),
    (
        "https://docs.example.com/%7B%7Bname%7D%7D.pdf",
        Ok("https://docs.example.com/%7B%7Bname%7D%7D.pdf"),
        PLACEHOLDER,
    ),
    (
        "https://docs.example.com/{{name}}.pdf",
        Ok("https://docs.example.com/%7B%7Bname%7D%7D.pdf"),
        PLACEHOLDER,
    ),
    ("https://docs.example.com/<name>.pdf", Err("stands where a name"), PLACEHOLDER),
    (
        "Undefined behaviour.pdf",
        NO_ADDRESS,
        Ok("https://docs.example.com/Undefined%20behaviour.pdf"),
    ),
    ("[draft].pdf", NO_ADDRESS, Ok("https://docs.example.com/%5Bdraft%5D.pdf")),
    // Out of a page's source.
    (
        "https://docs.example.com/a.pdf?x=1&amp;y=2",
        Ok("https://docs.example.com/a.pdf?x=1&amp;y=2"),
        Err("addressIsHtml"),
    ),
    ("R&amp;D.pdf", NO_ADDRESS, Err("addressIsHtml")),
    ("R&D.pdf", NO_ADDRESS, Ok("https://docs.example.com/R%26D.pdf")),
    // An address within the query of another.
    (
        "https://docs.example.com/a?x=%20https://b.example/",
        Ok("https://docs.example.com/a?x=%20https://b.example/"),
        Ok("https://docs.example.com/a?x=%20https://b.example/"),
    ),
    // What nobody sees, and letters of every kind.
    ("https://docs.example.com/a\u{200b}.pdf", Err("U+200B"), Err("addressForbiddenCharacter")),
    ("\u{202a}C:\\Users\\me\\a.pdf", Err("U+202A"), Err("addressOnComputer")),
    (
        "https://docs.example.com/e\u{301}.pdf",
        Ok("https://docs.example.com/e%CC%81.pdf"),
        Ok("https://docs.example.com/e%CC%81.pdf"),
    ),
    (
        "https://docs.example.com/\u{e9} +.pdf",
        Ok("https://docs.example.com/%C3%A9%20+.pdf"),
        Ok("https://docs.example.com/%C3%A9%20+.pdf"),
    ),
    ("a+b \u{1f4c4}.pdf", NO_ADDRESS, Ok("https://docs.example.com/a%2Bb%20%F0%9F%93%84.pdf")),
];

/// A row of a list: its path, its own end on the reader's clock, and whom it is for. A row that needs a
/// look is its line.
pub type Row = Result<(&'static str, Option<&'static str>, &'static str), usize>;

const EVE: Option<&str> = Some("2035-12-31T23:59:59");

/// What a list is, its file, the encoding that is said of it, and its rows.
pub type List = (&'static str, &'static [u8], Option<&'static str>, &'static [Row]);

pub const LISTS: &[List] = &[
    (
        "Excel's, in German",
        include_bytes!("lists/de_excel.csv"),
        None,
        &[
            Ok(("/Vertrag%20M%C3%BCller.pdf", EVE, "Müller GmbH")),
            Ok(("/Angebot%20%282%29.pdf", Some("2035-12-31T17:00:00"), "")),
        ],
    ),
    (
        "Excel's on an old Mac",
        include_bytes!("lists/de_excel_mac.csv"),
        None,
        &[Ok(("/Vertrag.pdf", EVE, "Meier")), Ok(("/Anlage.pdf", None, ""))],
    ),
    (
        "Markdown",
        include_bytes!("lists/md.txt"),
        None,
        &[
            Ok(("/Contract.pdf", None, "")),
            Ok(("/Offer%20a.pdf", None, "")),
            Ok(("/b.pdf", None, "")),
            Ok(("/c.pdf", None, "")),
        ],
    ),
    (
        "merged rows",
        include_bytes!("lists/merged.csv"),
        None,
        &[
            Ok(("/a.pdf", EVE, "Client A")),
            Ok(("/b.pdf", None, "Client A")),
            Ok(("/c.pdf", Some("2036-01-31T23:59:59"), "Client B")),
        ],
    ),
    (
        "aws s3 ls",
        include_bytes!("lists/s3_ls.txt"),
        None,
        &[Ok(("/reports/a.pdf", None, "")), Ok(("/reports/Quarter%203.pdf", None, ""))],
    ),
    (
        "sep=;",
        include_bytes!("lists/sep.csv"),
        None,
        &[Ok(("/a.pdf", EVE, "x")), Ok(("/b.pdf", None, "y"))],
    ),
    (
        "Excel's day numbers",
        include_bytes!("lists/serial.csv"),
        None,
        &[Ok(("/a.pdf", EVE, "")), Ok(("/b.pdf", Some("2035-12-31T17:00:00"), ""))],
    ),
    (
        "a title above the heading",
        include_bytes!("lists/title_row.csv"),
        None,
        &[Ok(("/a.pdf", EVE, "A")), Ok(("/b.pdf", EVE, "B"))],
    ),
    (
        "Excel's, in British English",
        include_bytes!("lists/uk_excel.csv"),
        None,
        &[
            Ok(("/Contract.pdf", EVE, "Ms Jones")),
            Ok(("/Offer.pdf", Some("2035-12-31T17:00:00"), "Mr Lee")),
        ],
    ),
    (
        "Windows-1252",
        b"Datei;G\xfcltig bis\r\nM\xfcller.pdf;31.12.2035\r\n",
        Some("windows-1252"),
        &[Ok(("/M%C3%BCller.pdf", EVE, ""))],
    ),
    (
        "Windows-1252 with CR alone",
        b"Datei;G\xfcltig bis\rM\xfcller.pdf;31.12.2035\r",
        Some("windows-1252"),
        &[Ok(("/M%C3%BCller.pdf", EVE, ""))],
    ),
    (
        "a Mac's letters",
        b"Datei;G\x9fltig bis\nM\x9fller.pdf;31.12.2035\n",
        Some("macintosh"),
        &[Ok(("/M%C3%BCller.pdf", EVE, ""))],
    ),
    (
        "UTF-16",
        b"\xff\xfeF\0i\0l\0e\0\t\0E\0n\0d\0s\0\n\0\xe9\0.\0p\0d\0f\0\t\x003\x001\0/\x001\x002\0/\x002\x000\x003\x005\0\n\0",
        Some("UTF-16LE"),
        &[Ok(("/%C3%A9.pdf", EVE, ""))],
    ),
    (
        "two addresses in a line are two rows",
        b"https://docs.example.com/a.pdf, https://docs.example.com/b.pdf\nhttps://docs.example.com/c.pdf and https://docs.example.com/d.pdf\n",
        None,
        &[
            Ok(("/a.pdf", None, "")),
            Ok(("/b.pdf", None, "")),
            Ok(("/c.pdf", None, "")),
            Ok(("/d.pdf", None, "")),
        ],
    ),
    (
        "an inventory of S3",
        b"\"papers\",\"reports/Quarter+3%2B.pdf\"\n\"papers\",\"a.pdf\"\n",
        None,
        &[Ok(("/reports/Quarter%203%2B.pdf", None, "")), Ok(("/a.pdf", None, ""))],
    ),
    (
        "a folder in its own column, and days",
        b"Ordner;Datei;Notiz\nreports;a.pdf;x\n",
        None,
        &[Ok(("/reports/a.pdf", None, "x"))],
    ),
    ("a date with two readings", b"Document;Expires\na.pdf;5/6/2035\nb.pdf;\n", None, &[Err(2), Ok(("/b.pdf", None, ""))]),
    (
        "one date shows the order of the others",
        b"Document;Expires\na.pdf;5/6/2035\nb.pdf;31/12/2035\n",
        None,
        &[Ok(("/a.pdf", Some("2035-06-05T23:59:59"), "")), Ok(("/b.pdf", EVE, ""))],
    ),
    ("a column that is not known", b"Plik;Data spotkania\na.pdf;31.12.2035\nb.pdf;\n", None, &[Err(2), Ok(("/b.pdf", None, ""))]),
    ("a comma in a date", b"Document,Expires,Client\na.pdf,December 31, 2035,Jones\n", None, &[Err(2)]),
    ("a comma in a name, or two columns", b"Smith,John.pdf\nJones,Ann.pdf\n", None, &[Err(1), Err(2)]),
    ("two documents in a row", b"Document;Document 2;Expires\na.pdf;b.pdf;31.12.2035\n", None, &[Err(2)]),
    ("an end for all, above the heading", b"Valid until 31.12.2035;;\nDocument;Client;\na.pdf;x;\n", None, &[Err(1), Ok(("/a.pdf", None, "x"))]),
    ("a date behind a name", b"a.pdf until 31.12.2035\nb.pdf    31.12.2035\n", None, &[Err(1), Err(2)]),
    ("whole rows that came out as one name", b"a;;b\nx;;y\n", None, &[Err(1), Err(2)]),
    ("a column of networks", b"Document;IP;Expires\na.pdf;203.0.113.0/24;31.12.2035\nb.pdf;;31.12.2035\n", None, &[Err(2), Ok(("/b.pdf", EVE, ""))]),
    ("networks in German", b"Datei;Netzwerk\na.pdf;192.168.1.5\nb.pdf;\n", None, &[Err(2), Ok(("/b.pdf", None, ""))]),
    ("networks without a heading", b"a.pdf,203.0.113.7\nb.pdf,2001:db8::1\n", None, &[Err(1), Err(2)]),
    ("a network for all, above the heading", b"Only from 203.0.113.0/24;;\nDocument;Client;\na.pdf;x;\n", None, &[Err(1), Ok(("/a.pdf", None, "x"))]),
    ("a network behind a name", b"a.pdf 203.0.113.7\nb.pdf from 203.0.113.0/24\n", None, &[Err(1), Err(2)]),
    ("a column of versions", b"Document;Version\na.pdf;1.2.3.4\n", None, &[Ok(("/a.pdf", None, ""))]),
    ("starts", b"Document;Valid from;Valid to\na.pdf;1.12.2035;31.12.2035\nb.pdf;;31.12.2035\n", None, &[Err(2), Ok(("/b.pdf", EVE, ""))]),
    ("starts in German", b"Datei;Ab\na.pdf;1.12.2035\nb.pdf;\n", None, &[Err(2), Ok(("/b.pdf", None, ""))]),
    ("an embargo", b"Document;Embargo until\na.pdf;1.12.2035\n", None, &[Err(2)]),
    ("rclone ls", b"   123456 path/to/file.pdf\n       12 Quarter 3.pdf\n", None, &[Ok(("/path/to/file.pdf", None, "")), Ok(("/Quarter%203.pdf", None, ""))]),
    ("rclone lsl", b"   123456 2035-11-01 10:00:00.123456789 path/to/file.pdf\n", None, &[Ok(("/path/to/file.pdf", None, ""))]),
    ("rclone lsd", b"          -1 2035-11-01 10:00:00        -1 reports\n", None, &[Err(1)]),
    ("sizes in other places", b"  12 Angry Men.pdf\n", None, &[Err(1)]),
    ("what stands for a name", b"Document;Note\nundefined;x\n{{name}}.pdf;y\na.pdf;z\n", None, &[Err(2), Err(3), Ok(("/a.pdf", None, "z"))]),
    ("what stands for a name, in lines", b"<name>\n#N/A\na.pdf\n", None, &[Err(1), Err(2), Ok(("/a.pdf", None, ""))]),
    ("out of a page's source", b"https://docs.example.com/a.pdf?x=1&amp;y=2\nb.pdf\n", None, &[Err(1), Ok(("/b.pdf", None, ""))]),
    ("a folder in a table", b"Document;Note\ncontracts/;x\na.pdf;y\n", None, &[Err(2), Ok(("/a.pdf", None, "y"))]),
    ("a folder's whole address", b"https://docs.example.com/contracts/\na.pdf\n", None, &[Err(1), Ok(("/a.pdf", None, ""))]),
    ("a folder", b"contracts/\na.pdf\n", None, &[Err(1), Ok(("/a.pdf", None, ""))]),
    ("what lies on a computer", b"C:\\Users\\me\\a.pdf\nb.pdf\n", None, &[Err(1), Ok(("/b.pdf", None, ""))]),
    ("an end that is past", b"Document;Expires\na.pdf;31.12.2019\n", None, &[Err(2)]),
    ("milliseconds", b"Document;Expires\na.pdf;2082758399000\n", None, &[Err(2)]),
];

/// A time, and the second that it is, or by what a refusal is known in the terminal and in the window.
pub type Time = (&'static str, Result<i64, (&'static str, &'static str)>);

pub const TIMES: &[Time] = &[
    ("2035-12-31T17:00Z", Ok(2_082_733_200)),
    ("2035-12-31T17:00:00.000Z", Ok(2_082_733_200)),
    ("2035-12-31T18:00:00+01", Ok(2_082_733_200)),
    ("2035-12-31 17:00:00 UTC", Ok(2_082_733_200)),
    ("2035-12-31T17:00:00.000000+00:00", Ok(2_082_733_200)),
    ("Mon, 31 Dec 2035 17:00:00 GMT", Ok(2_082_733_200)),
    ("Mon Dec 31 2035 18:00:00 GMT+0100 (Central European Standard Time)", Ok(2_082_733_200)),
    ("2082733200", Ok(2_082_733_200)),
    ("2082733200.0", Ok(2_082_733_200)),
    ("2082733200000", Err(("milliseconds", "endTooFine"))),
    ("2082733200000000", Err(("microseconds", "endTooFine"))),
    ("5/6/2035", Err(("two ways", "endAmbiguous"))),
    ("31.11.2035", Err(("calendar does not have", "endNoSuchDay"))),
    ("Tue, 31 Dec 2035 17:00:00 GMT", Err(("another day of the week", "endOtherWeekday"))),
    ("undefined", Err(("cannot read", "endUnreadable"))),
    ("NaN", Err(("cannot read", "endUnreadable"))),
];

/// Text for a public key ID that is none, and what the terminal says.
pub const NO_IDS: &[(&str, &str)] = &[
    ("undefined", "filled in"),
    ("null", "filled in"),
    ("$KEY_PAIR_ID", "filled in"),
    ("KXXXXXXXXXXXXX", "filled in"),
    ("Kxxxxxxxxxxxxx", "filled in"),
    ("k2jcjmdehxqw5f", "capitals"),
    ("E2JCJMDEHXQW5F", "distribution ID"),
    ("K2JCJMDEHXQW5", "13 capital letters or digits"),
];

/// The same key in other dress.
pub fn dressed(pem: &str) -> Vec<(&'static str, String)> {
    let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let lines = |line: fn(&str) -> String| pem.lines().map(line).collect();
    vec![
        ("\\n for line ends", pem.replace('\n', "\\n")),
        ("in .env", format!("KEY=\"{}\"\n", pem.replace('\n', "\\n"))),
        ("in JSON", format!("{{\"key\":\"{}\"}}", pem.replace('\n', "\\n"))),
        ("quoted in a mail", lines(|line| format!("> {line}\n"))),
        ("in quotes", lines(|line| format!("\"{line}\"\n"))),
        ("with CRLF", pem.replace('\n', "\r\n")),
        ("with CR", pem.replace('\n', "\r")),
        ("without its frame", base64),
        ("under another label", pem.replace("PRIVATE KEY", "RSA PRIVATE KEY")),
    ]
}

/// Files that are named and not read, the terminal's words and the window's code.
pub const OTHER_KEYS: &[(&str, &str, &str)] = &[
    (
        "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: me\nPrivate-Lines: 1\nAAABAQCkMOONLIGHT\n",
        "PuTTY",
        "keyFilePutty",
    ),
    (
        "{\"kty\":\"RSA\",\"n\":\"0vx7agoebGcQSuuPiLJX\",\"e\":\"AQAB\",\"d\":\"X4cTMOONLIGHT\"}",
        "JSON Web Key",
        "keyFileJwk",
    ),
    ("<RSAKeyValue><Modulus>0vx7</Modulus><D>X4cTMOONLIGHT</D></RSAKeyValue>", "XML", "keyFileXml"),
];

/// Percent-encoded, all but letters and digits.
fn encoded(text: &str) -> String {
    let unit = |byte: u8| match byte {
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(unit).collect()
}

/// What is pasted for a link that works, and the programs whose addresses stood around it, the outermost
/// first, as the window calls them.
pub type Around = (&'static str, fn(&str) -> String, &'static [&'static str]);

pub const AROUND_LINKS: &[Around] = &[
    (
        "Teams",
        |link| {
            format!(
                "https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url={}&locale=en-us&dest=https%3A%2F%2Fteams.microsoft.com%2Fapi",
                encoded(link)
            )
        },
        &["safeLinks"],
    ),
    (
        "Outlook on the web",
        |link| {
            format!("https://outlook.office.com/mail/safelink.html?url={}&corid=a", encoded(link))
        },
        &["safeLinks"],
    ),
    (
        "Barracuda",
        |link| format!("https://linkprotect.cudasvc.com/url?a={}&c=E,1,a&typo=1", encoded(link)),
        &["barracuda"],
    ),
    ("Cisco", |link| format!("https://secure-web.cisco.com/1aBc/{}", encoded(link)), &["cisco"]),
    (
        "Proofpoint 1",
        |link| format!("https://urldefense.proofpoint.com/v1/url?u={}&k=a%3D", encoded(link)),
        &["proofpoint"],
    ),
    ("Slack", |link| format!("https://slack-redir.net/link?url={}", encoded(link)), &["slack"]),
    (
        "Amazon SES",
        |link| {
            let inside = encoded(link).replace("%3A", ":").replace("%3D", "=");
            format!("https://a.r.us-east-1.awstrack.me/L0/{inside}/1/0100018f-ab/xYz=123")
        },
        &["amazonSes"],
    ),
    (
        "a parameter of an unknown host",
        |link| format!("https://go.unknown.example/r?id=7&to={}&x=1", encoded(link)),
        &["other"],
    ),
    (
        "the path of an unknown host",
        |link| format!("https://go.unknown.example/r/{}/7", encoded(link)),
        &["other"],
    ),
    (
        "one in the other",
        |link| {
            let inside = format!("https://linkprotect.cudasvc.com/url?a={}&c=E", encoded(link));
            format!(
                "https://eur01.safelinks.protection.outlook.com/?url={}&reserved=0",
                encoded(&inside)
            )
        },
        &["safeLinks", "barracuda"],
    ),
    ("a shell's marks", |link| link.replace('&', "\\&"), &[]),
    ("cmd's marks", |link| link.replace('&', "^&"), &[]),
    ("one slash", |link| link.replacen("https://", "https:/", 1), &[]),
    ("an apostrophe before it", |link| format!("Here's the paper: {link}"), &[]),
];

/// What is pasted in which no link can be seen, or one of another service, and the verdict as the window
/// calls it.
pub const NO_LINKS: &[(&str, &str)] = &[
    ("https://protect-eu.mimecast.com/s/AbCdC1234?domain=docs.example.com", "wrapped"),
    ("https://d2v8tf04.eu1.hubspotlinks.com/Ctc/2F+113/d2v8tf04/VWb", "wrapped"),
    (
        "https://docs.example.com/a.pdf?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=2082733200&Signature=aBc%3D",
        "signedForOtherService",
    ),
    (
        "https://docs.example.com/a.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0a1b",
        "signedForOtherService",
    ),
    (
        "https://docs.example.com/a.pdf?Expires=2082733200&KeyName=my-key&Signature=aBc=",
        "signedForOtherService",
    ),
];

/// The second at which the links below end.
pub const CAUSES_END: &str = "4102444800";

/// A link that does not open: its address, the text that was signed for it, and the verdict as the window
/// calls it. A text that is no policy of the link's own travels in it where that is said.
pub struct Cause {
    pub name: &'static str,
    pub address: &'static str,
    pub signed: &'static str,
    pub travels: bool,
    pub verdict: &'static str,
}

const fn cause(
    name: &'static str,
    address: &'static str,
    signed: &'static str,
    verdict: &'static str,
) -> Cause {
    Cause { name, address, signed, travels: false, verdict }
}

const fn policy(name: &'static str, signed: &'static str) -> Cause {
    let address = "https://docs.example.com/a.pdf";
    Cause { name, address, signed, travels: true, verdict: "policyUnreadable" }
}

pub const CAUSES: &[Cause] = &[
    cause(
        "a space signed before it was encoded",
        "https://docs.example.com/Q3%20notes.pdf",
        r#"{"Statement":[{"Resource":"https://docs.example.com/Q3 notes.pdf","Condition":{"DateLessThan":{"AWS:EpochTime":4102444800}}}]}"#,
        "signedUnencoded",
    ),
    cause(
        "other characters signed before they were encoded",
        "https://docs.example.com/%C3%A9it%27s%2Ca%3Db.pdf",
        "{\"Statement\":[{\"Resource\":\"https://docs.example.com/\u{e9}it's,a=b.pdf\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":4102444800}}}]}",
        "signedUnencoded",
    ),
    cause(
        "slashes escaped",
        "https://docs.example.com/a.pdf",
        r#"{"Statement":[{"Resource":"https:\/\/docs.example.com\/a.pdf","Condition":{"DateLessThan":{"AWS:EpochTime":4102444800}}}]}"#,
        "policyWrittenOtherwise",
    ),
    cause(
        "accents composed",
        "https://docs.example.com/cafe%CC%81.pdf",
        r#"{"Statement":[{"Resource":"https://docs.example.com/caf%C3%A9.pdf","Condition":{"DateLessThan":{"AWS:EpochTime":4102444800}}}]}"#,
        "composedOtherwise",
    ),
    cause(
        "a playlist's signature",
        "https://docs.example.com/v/1.ts",
        r#"{"Statement":[{"Resource":"https://docs.example.com/v/index.m3u8","Condition":{"DateLessThan":{"AWS:EpochTime":4102444800}}}]}"#,
        "signedForPlaylist",
    ),
    cause(
        "milliseconds signed",
        "https://docs.example.com/a.pdf",
        r#"{"Statement":[{"Resource":"https://docs.example.com/a.pdf","Condition":{"DateLessThan":{"AWS:EpochTime":4102444800000}}}]}"#,
        "endSignedInMilliseconds",
    ),
    cause(
        "nothing that is known",
        "https://docs.example.com/a.pdf",
        r#"{"Statement":[{"Resource":"https://docs.example.com/xyzzy.pdf","Condition":{"DateLessThan":{"AWS:EpochTime":4102444800}}}]}"#,
        "altered",
    ),
    policy(
        "no end",
        r#"{"Statement":[{"Resource":"https://docs.example.com/a.pdf","Condition":{}}]}"#,
    ),
    policy(
        "an end in quotes",
        r#"{"Statement":[{"Resource":"https://docs.example.com/a.pdf","Condition":{"DateLessThan":{"AWS:EpochTime":"4102444800"}}}]}"#,
    ),
    policy(
        "two statements",
        r#"{"Statement":[{"Condition":{"DateLessThan":{"AWS:EpochTime":4102444800}}},{"Condition":{"DateLessThan":{"AWS:EpochTime":4102444800}}}]}"#,
    ),
    policy(
        "IPv6",
        r#"{"Statement":[{"Resource":"https://docs.example.com/a.pdf","Condition":{"DateLessThan":{"AWS:EpochTime":4102444800},"IpAddress":{"AWS:SourceIp":"2001:db8::/32"}}}]}"#,
    ),
    policy(
        "a list of networks",
        r#"{"Statement":[{"Resource":"https://docs.example.com/a.pdf","Condition":{"DateLessThan":{"AWS:EpochTime":4102444800},"IpAddress":{"AWS:SourceIp":["203.0.113.0/24"]}}}]}"#,
    ),
];

impl Cause {
    /// The link, with the signature that a key makes.
    pub fn link(&self, id: &str, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
        let base64 = |bytes: &[u8]| signet_cloudfront::encoding::encode(bytes);
        let what = match self.travels {
            true => format!("Policy={}", base64(self.signed.as_bytes())),
            false => format!("Expires={CAUSES_END}"),
        };
        let signature = base64(&sign(self.signed.as_bytes()));
        format!(
            "{}?{what}&Signature={signature}&Key-Pair-Id={id}&Hash-Algorithm=SHA256",
            self.address
        )
    }
}
