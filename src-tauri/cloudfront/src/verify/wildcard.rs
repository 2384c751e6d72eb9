//! Whether a custom policy's resource opens an address: `*` is zero or more characters, `?` exactly
//! one, and neither reaches from one section of `scheme://host/path?query` into the next, but for a
//! `*` at the end of the path, which covers the query, and at the end of the host, which covers both.
//!
//! Source: "Use wildcard characters for the Resource element", Amazon CloudFront Developer Guide.

/// So many places are tried as the beginning of the query: more than a resource that somebody means
/// has, and few enough for the time that one takes that nobody means.
const MAX_READINGS: usize = 16;

/// Whether `resource` opens `url`. A `?` in a resource is a wildcard or begins the query, and which
/// of them does is not documented: it opens what it opens in any of these readings.
pub(super) fn opens(resource: &str, url: &str) -> bool {
    if resource == "*" {
        return true;
    }
    let marks = resource.match_indices('?').map(|(mark, _)| mark);
    // A `?` at the very end begins no query.
    let marks = marks.filter(|mark| mark + 1 < resource.len()).take(MAX_READINGS);
    marks.map(Some).chain([None]).any(|mark| opens_read_so(resource, mark, url))
}

/// Reads the resource with its query behind this `?`, or without one.
fn opens_read_so(resource: &str, mark: Option<usize>, url: &str) -> bool {
    let (Some(pattern), Some(actual)) =
        (Sections::of(resource, mark), Sections::of(url, url.find('?')))
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
    fn of(text: &'a str, query: Option<usize>) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let (host, tail) = match rest.find('/') {
            Some(slash) => rest.split_at(slash),
            None => (rest, ""),
        };
        if tail.is_empty() {
            return Some(Self { scheme, host, path: None, query: None });
        }
        let split = query.and_then(|mark| mark.checked_sub(text.len() - tail.len()));
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
            ("https://h.example/a.pdf?v", "https://h.example/a.pdf?v", true),
            ("https://h.example/a.pdf?v", "https://h.example/a.pdf?w", false),
            ("*://h.example/a.pdf?v", "https://h.example/a.pdf?v", true),
            ("https://h.example/a.pdf?v*", "https://h.example/a.pdf?version", true),
            ("https://h.example/a?*", "https://h.example/abc", true),
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
