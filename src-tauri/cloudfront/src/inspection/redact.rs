//! An address as it may be shown: what opens a document stays hidden, and what nobody could see shows.

use crate::foreign;

/// What stands in the place of a secret.
const HIDDEN: &str = "…[hidden]";

/// No word in a query that a person wants to see is longer.
const MAX_SHOWN: usize = 80;

const MAX_WORD: usize = 40;

/// An address without the value of any parameter that may be a signature or a token.
pub(super) fn address(url: &str) -> String {
    let parts = url.split('&').map(|part| match part.rsplit_once('=') {
        Some((name, value)) if is_secret(name, value) => format!("{name}={HIDDEN}"),
        None if part.len() > MAX_SHOWN && url.contains('&') && !part.contains('/') => {
            HIDDEN.to_owned()
        }
        _ => part.to_owned(),
    });
    foreign::line(&parts.collect::<Vec<_>>().join("&"))
}

/// A value that is a word or a number; anything longer may be a signature in a wrong place.
pub(super) fn word(text: &str) -> String {
    if text.len() > MAX_WORD { HIDDEN.to_owned() } else { foreign::line(text) }
}

fn is_secret(name: &str, value: &str) -> bool {
    let name = name.rsplit(['?', '&', '/']).next().unwrap_or(name).to_ascii_lowercase();
    value.len() > MAX_SHOWN
        || ["sig", "nature", "credential", "token", "accesskey", "policy"]
            .iter()
            .any(|secret| name.contains(secret))
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn secrets_of_others_are_hidden_and_the_rest_stays() {
        for (url, shown) in [
            ("https://h.example/a.pdf", "https://h.example/a.pdf"),
            ("https://h.example/\u{1b}[2J\u{202e}", "https://h.example/[U+001B][2J[U+202E]"),
            ("https://h.example/a?v=2&x", "https://h.example/a?v=2&x"),
            (
                "https://h.example/a?v=2&X-Amz-Signature=ab",
                "https://h.example/a?v=2&X-Amz-Signature=…[hidden]",
            ),
            ("https://h.example/a?signature=ab&v=2", "https://h.example/a?signature=…[hidden]&v=2"),
            ("https://h.example/aSignature=ab", "https://h.example/aSignature=…[hidden]"),
            ("https://h.example/a?access_token=ab", "https://h.example/a?access_token=…[hidden]"),
        ] {
            assert_eq!(address(url), shown);
        }
        let long = "x".repeat(200);
        assert_eq!(
            address(&format!("https://h.example/?q={long}")),
            "https://h.example/?q=…[hidden]"
        );
    }
}
