//! Whether a custom policy's resource opens an address: `*` is zero or more characters, `?` exactly
//! one, and neither reaches from one section of `scheme://host/path?query` into the next, but for a
//! `*` at the end of the path, which covers the query, and at the end of the host, which covers both.
//!
//! Source: "Use wildcard characters for the Resource element", Amazon CloudFront Developer Guide.

/// Whether `resource` opens `url`.
pub(super) fn opens(resource: &str, url: &str) -> bool {
    if resource == "*" {
        return true;
    }
    let (Some(pattern), Some(actual)) = (Sections::of(resource, true), Sections::of(url, false))
    else {
        return false;
    };
    if !matches(pattern.scheme, actual.scheme) || !matches(pattern.host, actual.host) {
        return false;
    }
    let Some(path) = pattern.path else {
        return pattern.host.ends_with('*')
            || actual.path.unwrap_or("/") == "/" && actual.query.is_none();
    };
    if !matches(path, actual.path.unwrap_or("/")) {
        return false;
    }
    match (pattern.query, actual.query) {
        (Some(pattern), Some(actual)) => matches(pattern, actual),
        (None, Some(_)) => path.ends_with('*'),
        (Some(pattern), None) => pattern.bytes().all(|byte| byte == b'*'),
        (None, None) => true,
    }
}

struct Sections<'a> {
    scheme: &'a str,
    host: &'a str,
    path: Option<&'a str>,
    query: Option<&'a str>,
}

impl<'a> Sections<'a> {
    fn of(text: &'a str, is_pattern: bool) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let (host, tail) = match rest.find('/') {
            Some(slash) => rest.split_at(slash),
            None => (rest, ""),
        };
        if tail.is_empty() {
            return Some(Self { scheme, host, path: None, query: None });
        }
        let split = if is_pattern { query_start(tail) } else { tail.find('?') };
        let (path, query) = match split {
            Some(mark) => {
                let (path, query) = tail.split_at(mark);
                (path, query.strip_prefix('?'))
            }
            None => (tail, None),
        };
        Some(Self { scheme, host, path: Some(path), query })
    }
}

/// In a resource a `?` is a wildcard in the path or begins the query. It begins the query where a
/// parameter follows: a name and `=`, or a `*` at the very end.
fn query_start(tail: &str) -> Option<usize> {
    tail.char_indices().filter(|(_, c)| *c == '?').map(|(mark, _)| mark).find(|mark| {
        let after = tail.get(mark + 1..).unwrap_or_default();
        after == "*" || after.split(['/', '?']).next().is_some_and(|name| name.contains('='))
    })
}

/// One section. Goes back only to the last `*`, so the time is at most pattern × text.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut last_star = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                last_star = Some((p, t));
                p += 1;
            }
            Some(b'?') => (p, t) = (p + 1, t + 1),
            Some(byte) if Some(byte) == text.get(t) => (p, t) = (p + 1, t + 1),
            _ => match last_star {
                Some((star, from)) => {
                    (p, t) = (star + 1, from + 1);
                    last_star = Some((star, from + 1));
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(p).all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::opens;

    #[test]
    fn a_wildcard_stays_in_its_section() {
        for (resource, url, expected) in [
            ("https://h.example/a.pdf", "https://h.example/a.pdf", true),
            ("https://h.example/a.pdf", "https://h.example/b.pdf", false),
            ("https://h.example/a.pdf", "http://h.example/a.pdf", false),
            ("*://h.example/a.pdf", "http://h.example/a.pdf", true),
            ("http*://h.example/a.pdf", "https://h.example/a.pdf", true),
            ("https://h.example/*", "https://h.example/deep/er/a.pdf", true),
            ("https://h.example/*", "https://h.example/a.pdf?x=1", true),
            ("https://h.example/*.pdf", "https://h.example/x/a.pdf", true),
            ("https://h.example/*.pdf", "https://h.example/a.pdf?x=1", false),
            ("https://h.example/*.pdf", "https://h.example/a.doc?b.pdf", false),
            ("https://h.example/a?.pdf", "https://h.example/ab.pdf", true),
            ("https://h.example/a?.pdf", "https://h.example/a.pdf", false),
            ("https://h.example/a?.pdf", "https://h.example/abc.pdf", false),
            ("https://h.example/a.pdf?x=*", "https://h.example/a.pdf?x=1", true),
            ("https://h.example/a.pdf?x=*", "https://h.example/a.pdf?y=1", false),
            ("https://h.example/a.pdf?*", "https://h.example/a.pdf?y=1", true),
            ("https://*.example/a.pdf", "https://h.example/a.pdf", true),
            ("https://*.example/a.pdf", "https://evil.test/x.example/a.pdf", false),
            ("https://h.example*", "https://h.example/a.pdf?x=1", true),
            ("https://h.example", "https://h.example/a.pdf", false),
            ("*", "https://anything.example/a", true),
            ("h.example/a.pdf", "https://h.example/a.pdf", false),
        ] {
            assert_eq!(opens(resource, url), expected, "{resource} {url}");
        }
    }

    #[test]
    fn many_stars_take_no_time() {
        let resource = format!("https://h.example/{}b", "a*".repeat(2_000));
        let url = format!("https://h.example/{}", "a".repeat(6_000));
        assert!(!opens(&resource, &url));
    }
}
