//! Signed cookies in what was pasted: a header, a tool's table, or JSON, also that of a browser's extension.

use serde_json::Value;

use super::budget::MAX_LINK_BYTES;
use crate::encoding;
use crate::host::{split_authority, split_scheme};
use crate::policy::Policy;

/// What the names of all of them begin with.
const PREFIX: &str = "cloudfront-";

/// What these names go on with, in the order in which links have them.
const NAMES: [&str; 5] = ["Expires", "Policy", "Signature", "Key-Pair-Id", "Hash-Algorithm"];

/// The address of cookies whose page is not known; nothing is signed for it.
const NOWHERE: &str = "https://cookies.invalid/";

/// Cookies as the link that would open the same.
pub(super) struct Cookies {
    pub(super) link: String,
    /// Whether the address in it is the page's own and not taken from the policy.
    pub(super) has_address: bool,
}

/// Reads them; `address` is the page for which they were sent, where it was pasted with them.
pub(super) fn read(text: &str, address: Option<&str>) -> Option<Cookies> {
    let lower = text.to_ascii_lowercase();
    if !lower.contains(PREFIX) {
        return None;
    }
    let mut values = NAMES.map(|name| (name, 0, None));
    for (at, _) in lower.match_indices(PREFIX) {
        let rest = text.get(at + PREFIX.len()..)?;
        let named = values.iter_mut().find(|(name, ..)| begins(rest, name));
        // A name inside a value that was refused is passed by: a text of names would be read for ever.
        let named = named.filter(|(_, behind, known)| *behind <= at && known.is_none());
        let Some((name, behind, known)) = named else {
            continue;
        };
        if let Some((value, after)) = rest.get(name.len()..).and_then(value) {
            *behind = text.len() - after.len();
            *known = readable(value);
        }
    }
    let is_exported = values.iter().all(|(.., value)| value.is_none());
    // A list in JSON has the site of each cookie, which is no page.
    let address = address.filter(|address| !is_exported || !is_site(address));
    if is_exported {
        for (name, _, known) in &mut values {
            *known = exported(text, name);
        }
    }
    let parameters: Vec<_> =
        values.into_iter().filter_map(|(name, _, value)| Some((name, value?))).collect();
    let given = |wanted: &str| parameters.iter().find(|(name, _)| *name == wanted);
    given("Signature").or_else(|| given("Policy"))?;
    let resource = given("Policy")
        .and_then(|(_, policy)| Policy::parse(&encoding::decode(policy)?).ok()?.resource)
        .filter(|resource| resource.contains("://"));
    let base = address.or(resource.as_deref()).unwrap_or(NOWHERE);
    let separator = if base.contains('?') { '&' } else { '?' };
    let query: Vec<_> = parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
    Some(Cookies {
        link: format!("{base}{separator}{}", query.join("&")),
        has_address: address.is_some(),
    })
}

fn is_site(address: &str) -> bool {
    split_scheme(address).is_some_and(|(_, rest)| matches!(split_authority(rest).1, "" | "/"))
}

/// A cookie of a list in JSON, in which each is an object with its name and its value.
fn exported(text: &str, name: &str) -> Option<String> {
    /// What stands before a list is not longer than some brackets.
    const MAX_BEGINNINGS: usize = 4;
    let beginnings = text.match_indices(['[', '{']).take(MAX_BEGINNINGS);
    beginnings
        .filter_map(|(at, _)| {
            serde_json::Deserializer::from_str(text.get(at..)?).into_iter().next()?.ok()
        })
        .find_map(|document: Value| in_document(&document, &format!("{PREFIX}{name}")))
}

fn in_document(document: &Value, name: &str) -> Option<String> {
    let object = match document {
        Value::Array(all) => return all.iter().find_map(|one| in_document(one, name)),
        Value::Object(object) => object,
        _ => return None,
    };
    let is_name =
        |value: &Value| value.as_str().is_some_and(|text| text.eq_ignore_ascii_case(name));
    if !object.values().any(is_name) {
        return object.values().find_map(|one| in_document(one, name));
    }
    let is_value = |key: &str| {
        let key = key.to_ascii_lowercase();
        key.starts_with("value") || key.starts_with("content")
    };
    readable(object.iter().find(|(key, _)| is_value(key))?.1.as_str()?)
}

fn begins(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|text| text.eq_ignore_ascii_case(word))
}

/// What follows a cookie's name, and what is behind it: `=value`, `": "value"`, or white space and the
/// value.
fn value(rest: &str) -> Option<(&str, &str)> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ':' | '=');
    let value = rest.trim_start_matches(is_between);
    if value.len() == rest.len() {
        return None;
    }
    let is_value =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '~' | '%' | '+' | '/' | '=');
    value.split_at_checked(value.find(|c| !is_value(c)).unwrap_or(value.len()))
}

fn readable(value: &str) -> Option<String> {
    if value.len() > MAX_LINK_BYTES {
        return None;
    }
    let value = percent_encoding::percent_decode_str(value).decode_utf8().ok()?;
    let is_value =
        !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'&');
    is_value.then(|| value.into_owned())
}
