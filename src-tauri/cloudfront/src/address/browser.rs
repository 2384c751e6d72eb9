//! What a browser makes of an address before it asks for it. CloudFront compares with what arrives, so
//! that form is signed.
//!
//! Source: the URL Standard of the WHATWG, "URL parsing". Here: folding a path, and hosts in numbers.
//! What a browser only encodes (spaces, a `'` in a query) is encoded in [`super::encode`].

use std::net::Ipv4Addr;

/// The path goes up with `..`: what a browser asks for is another document's.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct GoesUp {
    /// Path and query that a browser would ask for.
    pub(super) arrives: String,
    /// Whether it leads out of the site, as a path from one document to another may.
    pub(super) is_above: bool,
}

/// Path and query as a browser asks for them: without the segments that mean "here".
pub(super) fn folded(path_and_query: String) -> Result<String, GoesUp> {
    let (path, query) = match path_and_query.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (path_and_query.as_str(), None),
    };
    if !path.split('/').any(|segment| is_here(segment) || is_up(segment)) {
        return Ok(path_and_query);
    }
    let goes_up = path.split('/').any(is_up);
    let mut segments = path.strip_prefix('/').unwrap_or(path).split('/').peekable();
    let mut kept: Vec<&str> = Vec::new();
    let mut is_above = false;
    while let Some(segment) = segments.next() {
        if is_up(segment) {
            is_above |= kept.pop().is_none();
        }
        if !is_up(segment) && !is_here(segment) {
            kept.push(segment);
        } else if segments.peek().is_none() {
            kept.push("");
        }
    }
    let mut arrives = format!("/{}", kept.join("/"));
    if let Some(query) = query {
        arrives.push('?');
        arrives.push_str(query);
    }
    if goes_up { Err(GoesUp { arrives, is_above }) } else { Ok(arrives) }
}

fn is_here(segment: &str) -> bool {
    segment == "." || segment.eq_ignore_ascii_case("%2e")
}

fn is_up(segment: &str) -> bool {
    ["..", ".%2e", "%2e.", "%2e%2e"].iter().any(|up| segment.eq_ignore_ascii_case(up))
}

/// Whether a browser takes this host, which is in its normal form, as it stands: one that ends in a
/// number must be an IPv4 address, and of its many spellings only the usual one is left alone.
pub(super) fn keeps_host(name: &str, ends_in_number: bool) -> bool {
    !ends_in_number || name.parse::<Ipv4Addr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::{GoesUp, folded};

    #[test]
    fn a_path_is_folded_as_browsers_fold_it() {
        for (path, arrives) in [
            ("/a.pdf", "/a.pdf"),
            ("/./a.pdf", "/a.pdf"),
            ("/%2e/a.pdf", "/a.pdf"),
            ("/%2E/a.pdf", "/a.pdf"),
            ("/a/.", "/a/"),
            ("/a/%2e", "/a/"),
            ("/.", "/"),
            ("/a/././b?c=/./d", "/a/b?c=/./d"),
            ("//a//./b", "//a//b"),
            ("/.a/..b/c./d..", "/.a/..b/c./d.."),
            ("/.../a%2Epdf", "/.../a%2Epdf"),
            ("/a?..", "/a?.."),
        ] {
            assert_eq!(folded(path.to_owned()).as_deref(), Ok(arrives), "{path}");
        }
        for (path, arrives) in [
            ("/x/../a.pdf", "/a.pdf"),
            ("/x/%2e%2e/a.pdf", "/a.pdf"),
            ("/x/%2E%2e/a.pdf", "/a.pdf"),
            ("/x/.%2E/a.pdf", "/a.pdf"),
            ("/x/%2e./a.pdf", "/a.pdf"),
            ("/x/..", "/"),
            ("/x/y/..", "/x/"),
            ("/x//../a", "/x/a"),
            ("/x/./../a?b", "/a?b"),
        ] {
            let expected = GoesUp { arrives: arrives.to_owned(), is_above: false };
            assert_eq!(folded(path.to_owned()), Err(expected), "{path}");
        }
        for path in ["/../a.pdf", "/x/../../a.pdf", "/%2e%2e/a.pdf"] {
            let expected = GoesUp { arrives: "/a.pdf".to_owned(), is_above: true };
            assert_eq!(folded(path.to_owned()), Err(expected), "{path}");
        }
    }
}
