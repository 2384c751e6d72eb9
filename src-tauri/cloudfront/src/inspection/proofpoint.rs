//! Proofpoint's own writings of an address (URL Defense 2 and 3).

use base64::Engine;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use percent_encoding::percent_decode_str;

use crate::host::split_scheme;

/// What is inside, from what stands behind the host.
pub(super) fn inside(rest: &str) -> Option<String> {
    if let Some(text) = rest.strip_prefix("/v3/__") {
        return third(text);
    }
    let (_, query) = rest.strip_prefix("/v2/url?")?.split_once("u=")?;
    let escaped = query.split('&').next()?.replace('-', "%").replace('_', "/");
    Some(percent_decode_str(&escaped).decode_utf8().ok()?.into_owned())
}

/// The address with a `*` for each character that was taken out, or `**` and a letter for several;
/// then `__;`, these characters in base64, and `!!`.
fn third(text: &str) -> Option<String> {
    const COUNTS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (address, rest) = text.rsplit_once("__;")?;
    let taken_out = rest.split("!!").next().unwrap_or_default();
    let taken_out =
        URL_SAFE_NO_PAD.decode(taken_out).or_else(|_| URL_SAFE.decode(taken_out)).ok()?;
    let taken_out = String::from_utf8(taken_out).ok()?;
    let mut taken_out = taken_out.chars();
    let mut address = match address.split_once(":/") {
        Some((scheme, rest)) if !rest.starts_with('/') => format!("{scheme}://{rest}"),
        _ => address.to_owned(),
    };
    if address.contains('*') {
        let mut whole = String::with_capacity(address.len());
        let mut rest = address.chars().peekable();
        while let Some(character) = rest.next() {
            if character != '*' {
                whole.push(character);
                continue;
            }
            let count = match rest.next_if_eq(&'*') {
                Some(_) => COUNTS.find(rest.next()?)? + 2,
                None => 1,
            };
            whole.extend(taken_out.by_ref().take(count));
        }
        address = whole;
    }
    split_scheme(&address).is_some().then_some(address)
}

#[cfg(test)]
mod tests {
    use super::third;

    #[test]
    fn proofpoint_gives_its_characters_back() {
        for (text, expected) in [
            ("https://h.example/a.pdf__;!!abc!def$", "https://h.example/a.pdf"),
            ("https:/h.example/a.pdf__;!!abc!def$", "https://h.example/a.pdf"),
            ("https://h.example/a*b__;Iw!!abc!def$", "https://h.example/a#b"),
            ("https://h.example/a**Bb__;Iys-!!abc!def$", "https://h.example/a#+>b"),
        ] {
            assert_eq!(third(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(third("https://h.example/a"), None);
    }
}
