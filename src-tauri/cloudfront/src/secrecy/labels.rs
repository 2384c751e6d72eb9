//! Secrets that are named: between a key file's first and last line, and behind `Signature=` and its
//! kind.

use std::ops::Range;

/// What is said of a value that is one, in small letters and without anything but letters.
const NAMES: &[&str] = &[
    "accesskey",
    "accesskeyid",
    "authorization",
    "awsaccesskeyid",
    "awssecretaccesskey",
    "awssecretkey",
    "awssecuritytoken",
    "awssessiontoken",
    "bearer",
    "cloudfrontpolicy",
    "cloudfrontsignature",
    "credential",
    "pass",
    "passin",
    "passout",
    "passphrase",
    "passwd",
    "password",
    "policy",
    "privateexponent",
    "privatekey",
    "pwd",
    "secret",
    "secretaccesskey",
    "secretkey",
    "securitytoken",
    "sessiontoken",
    "sig",
    "signature",
    "token",
    "xamzcredential",
    "xamzsecuritytoken",
    "xamzsignature",
];

/// The longest name, with what may stand between its letters.
const LONGEST_NAME: usize = 40;

/// What stands between a `-----BEGIN … PRIVATE KEY-----` and its end, in whatever became of the dashes,
/// the blanks and the line ends. Without an end it is all that follows.
pub(super) fn frames(text: &str) -> Vec<Range<usize>> {
    let upper = text.to_ascii_uppercase();
    let mut found = Vec::new();
    // The last line of a file whose first was lost.
    for (at, _) in upper.match_indices("END ") {
        let rest = upper.get(at..).unwrap_or_default();
        if rest.chars().take(LONGEST_NAME).collect::<String>().contains("PRIVATE KEY") {
            found.push(dashes_before(&upper, at)..end_of_line(&upper, at));
        }
    }
    let mut from = 0;
    while let Some(at) = upper.get(from..).and_then(|rest| rest.find("BEGIN")).map(|at| from + at) {
        let head = upper.get(at..).unwrap_or_default();
        let label: String =
            head.chars().take(LONGEST_NAME).filter(char::is_ascii_alphabetic).collect();
        from = at + "BEGIN".len();
        // "PRIVATE%20KEY" leaves no letters between the two words, "PRIVATE\nKEY" one.
        let is_key =
            label.contains("PRIVATE") || label.contains("OPENSSH") || label.contains("ENCRYPTED");
        if !is_key {
            continue;
        }
        let start = dashes_before(&upper, at);
        let end = upper
            .get(from..)
            .and_then(|rest| rest.find("END ").or(rest.find("END%20")).or(rest.find("END+")));
        let end = end.map_or(text.len(), |end| end_of_line(&upper, from + end));
        found.push(start..end);
        from = end;
    }
    found
}

fn dashes_before(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let dashes = before.trim_end_matches(' ');
    match dashes.trim_end_matches(['-', '—', '–']).len() {
        start if start < dashes.len() => start,
        _ => at,
    }
}

/// Behind the label of the last line and its dashes.
fn end_of_line(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let label = rest.find("KEY").map_or("END".len(), |key| key + "KEY".len());
    let tail = rest.get(label..).unwrap_or_default();
    at + label + (tail.len() - tail.trim_start_matches('-').len())
}

/// The values behind the names of secrets: `Signature=…`, `aws_secret_access_key = …`,
/// `"password": "…"`, `pass:…`.
pub(super) fn values(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, sign) in text
        .match_indices(['=', ':'])
        .chain(text.match_indices("%3D"))
        .chain(text.match_indices("%3d"))
    {
        let name = name_before(text.get(..at).unwrap_or_default());
        if !NAMES.contains(&name.as_str()) || (sign == ":" && name == "policy") {
            continue;
        }
        let start = at + sign.len();
        let rest = text.get(start..).unwrap_or_default();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '"', '\'', '\\']).len();
        let value = rest.get(blanks..).unwrap_or_default();
        let end = value.find(|c: char| c.is_whitespace() || "\"'&;,<>()[]{}”’".contains(c));
        let end = end.unwrap_or(value.len());
        let value = value.get(..end).unwrap_or_default().trim_end_matches('.');
        if !value.is_empty() {
            found.push(start + blanks..start + blanks + value.len());
        }
    }
    found
}

/// The letters of the word before a sign, in small letters: of `X-Amz-Signature` too.
fn name_before(text: &str) -> String {
    let text = text.trim_end_matches([' ', '\t', '"', '\'', '\\']);
    let mut letters: Vec<char> = Vec::new();
    for c in text.chars().rev().take(LONGEST_NAME) {
        match c {
            _ if c.is_ascii_alphabetic() => letters.push(c.to_ascii_lowercase()),
            '-' | '_' | '.' => {}
            _ => break,
        }
    }
    letters.into_iter().rev().collect()
}
