//! What an address hardly means, though it can be signed: it opens no document, or none that is called so.
//!
//! A person is asked, for her link would open nothing. A script gets what it gave, byte for byte as from
//! AWS's tools, and is told: a key may be called `contracts/`, or `null`. Deliberately not here: what
//! cannot be right at all.

use std::borrow::Cow;

use super::encode;

/// What an address hardly means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unlikely {
    /// The site itself.
    Site,
    /// A folder, and no document in it.
    Folder {
        /// Its path, encoded, with a slash on both sides.
        folder: String,
    },
    /// What a program or an instruction has in the place of a name: `undefined`, `{{name}}`.
    Placeholder {
        /// That.
        text: String,
    },
    /// HTML's way to write a character, `&amp;`.
    Html {
        /// The address without it.
        plain: String,
    },
}

/// What an encoded address hardly means, with its host.
pub(super) fn in_address(host: &str, path_and_query: &str) -> Option<Unlikely> {
    if let Cow::Owned(plain) = without_html(path_and_query) {
        return Some(Unlikely::Html { plain });
    }
    let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
    if let Some(text) = placeholder_in_host(host).or_else(|| placeholder_in(path, query)) {
        return Some(Unlikely::Placeholder { text });
    }
    match path {
        "/" => Some(Unlikely::Site),
        _ if path.ends_with('/') => Some(Unlikely::Folder { folder: path.to_owned() }),
        _ => None,
    }
}

/// HTML's names of the characters that it has a name for wherever an address stands in it.
const HTML: [(&str, &str); 13] = [
    ("&amp;", "&"),
    ("&#38;", "&"),
    ("&#038;", "&"),
    ("&#x26;", "&"),
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&#039;", "'"),
    ("&#x27;", "'"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&nbsp;", " "),
];

/// A text without HTML's names of characters, where such stand in it.
pub(super) fn without_html(text: &str) -> Cow<'_, str> {
    let found = |text: &str| {
        let small = text.to_ascii_lowercase();
        HTML.iter().find_map(|(name, sign)| Some((small.find(name)?, name.len(), *sign)))
    };
    let mut plain = Cow::Borrowed(text);
    // It may have been written as HTML twice: `&amp;amp;`.
    while plain.contains(';')
        && let Some((at, length, sign)) = found(&plain)
    {
        plain.to_mut().replace_range(at..at + length, sign);
    }
    plain
}

/// What stands in a path or a query in the place of a name.
fn placeholder_in(path: &str, query: &str) -> Option<String> {
    let whole = encode::decoded(path);
    let whole = whole.strip_prefix('/').unwrap_or(&whole);
    if OF_SPREADSHEETS.contains(&whole) {
        return Some(whole.to_owned());
    }
    let segment = |segment: &str| placeholder_in_name(&encode::decoded(segment));
    let value = |parameter: &str| {
        let decoded = encode::decoded(parameter);
        let value = decoded.split_once('=').map_or(decoded.as_str(), |(_, value)| value);
        let is_word = matches!(value, "undefined" | "[object Object]" | "[object+Object]");
        if is_word { Some(value.to_owned()) } else { template_in(&decoded) }
    };
    path.split('/').find_map(segment).or_else(|| query.split('&').find_map(value))
}

/// What stands in a name, or for it, as it was typed or decoded.
pub(super) fn placeholder_in_name(name: &str) -> Option<String> {
    if let Some(template) = template_in(name) {
        return Some(template);
    }
    let stem = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 5 => stem,
        _ => name,
    };
    [stem, name].into_iter().find(|text| stands_for_a_name(text)).map(str::to_owned)
}

/// The errors of a spreadsheet, which it writes in the place of a name that it could not find.
const OF_SPREADSHEETS: [&str; 12] = [
    "#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#NV", "#BEZUG!", "#WERT!",
    "#N/D", "#SPILL!",
];

/// What programs write where nothing was there, in just these letters, for people have names too: *Null*
/// is German, and *Nan* a grandmother.
const OF_PROGRAMS: [&str; 13] = [
    "undefined",
    "Undefined",
    "UNDEFINED",
    "null",
    "NULL",
    "NaN",
    "(null)",
    "None",
    "nil",
    "[object Object]",
    "[object Undefined]",
    "[object Promise]",
    "%!s(MISSING)",
];

/// What instructions have in the place of a name. In small letters a document may be called so but for
/// those with a mark between their words.
const OF_INSTRUCTIONS: [&str; 17] = [
    "FILE",
    "FILENAME",
    "FILE_NAME",
    "FILE-NAME",
    "FILE_PATH",
    "FILEPATH",
    "PATH_TO_FILE",
    "OBJECT",
    "OBJECT_KEY",
    "OBJECT_NAME",
    "OBJECT-KEY",
    "S3_KEY",
    "DOCUMENT_NAME",
    "BUCKET_NAME",
    "yourfile",
    "yourfilename",
    "your_file",
];

/// Whether all of a text only stands for a name.
fn stands_for_a_name(text: &str) -> bool {
    let is_named = |inner: &str| {
        let is_of_name = |byte: u8| byte.is_ascii_alphabetic() || b"_-. ".contains(&byte);
        (1..=32).contains(&inner.len())
            && inner.bytes().all(is_of_name)
            && inner.bytes().any(|byte| byte.is_ascii_alphabetic())
    };
    let between = |before: &str, behind: &str| {
        text.strip_prefix(before).and_then(|text| text.strip_suffix(behind)).is_some_and(is_named)
    };
    let is_variable = |name: &str| {
        name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
    };
    let is_of_your = || {
        let begin = text.get(..5).unwrap_or_default();
        let rest = text.get(5..).unwrap_or_default();
        let is_loud = !text.contains(|c: char| c.is_ascii_lowercase());
        let is_thing = ["file", "object", "key", "path"]
            .iter()
            .any(|thing| rest.get(..thing.len()).is_some_and(|rest| rest == *thing));
        matches!(begin, "YOUR_" | "YOUR-" | "YOUR ") && is_loud
            || matches!(begin, "your_" | "your-") && is_thing
    };
    OF_PROGRAMS.contains(&text)
        || OF_INSTRUCTIONS.contains(&text)
        || is_of_your()
        || between("{", "}")
        || between("%", "%")
        || text.strip_prefix('$').is_some_and(is_variable)
        || text.strip_prefix(':').is_some_and(|name| is_variable(name) && !name.is_empty())
        || matches!(text, "%s" | "%d" | "%@")
        || (4..=8).contains(&text.len())
            && text.bytes().all(|byte| byte.eq_ignore_ascii_case(&b'x'))
}

/// What a template has in the place of a value, wherever it stands.
fn template_in(text: &str) -> Option<String> {
    const MARKS: [(&str, &str); 6] =
        [("{{", "}}"), ("${", "}"), ("#{", "}"), ("<%", "%>"), ("{%", "%}"), ("<", ">")];
    MARKS.iter().find_map(|(before, behind)| {
        let begin = text.find(before)?;
        let rest = text.get(begin..)?;
        let end = rest.find(behind)? + behind.len();
        let found = rest.get(..end)?;
        let inner = found.get(before.len()..end - behind.len())?;
        // Between angle brackets words alone: `a<b>c` with more in it is some text.
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-');
        let is_one = *before != "<" || !inner.is_empty() && inner.chars().all(is_name);
        is_one.then(|| found.to_owned())
    })
}

/// A host in whose place something else stands: `undefined`, `your-domain`, `null.cloudfront.net`.
fn placeholder_in_host(host: &str) -> Option<String> {
    let name = host.split(':').next().unwrap_or_default();
    let first = name.strip_suffix(".cloudfront.net").unwrap_or(name);
    let is_nothing = matches!(first, "undefined" | "null" | "nan" | "none" | "nil");
    let is_yours = first.starts_with("your-") || first.starts_with("your_");
    (!first.contains('.') && (is_nothing || is_yours)).then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str) -> Option<Unlikely> {
        in_address("docs.example.com", path)
    }

    #[test]
    fn what_stands_in_the_place_of_a_name_is_known() {
        for (path, text) in [
            ("/undefined", "undefined"),
            ("/undefined/a.pdf", "undefined"),
            ("/contracts/undefined.pdf", "undefined"),
            ("/null", "null"),
            ("/null.pdf", "null"),
            ("/NULL", "NULL"),
            ("/NaN.pdf", "NaN"),
            ("/None", "None"),
            ("/(null)", "(null)"),
            ("/[object%20Object]", "[object Object]"),
            ("/%5Bobject%20Object%5D.pdf", "[object Object]"),
            ("/%7B%7Bname%7D%7D", "{{name}}"),
            ("/%7b%7b%20name%20%7d%7d.pdf", "{{ name }}"),
            ("/contract-%7B%7Bid%7D%7D.pdf", "{{id}}"),
            ("/$%7Bfile%7D", "${file}"),
            ("/%24%7Bfile%7D.pdf", "${file}"),
            ("/a-%23%7Bid%7D.pdf", "#{id}"),
            ("/%7Bid%7D/a.pdf", "{id}"),
            ("/%3Cname%3E", "<name>"),
            ("/x/%3Cyour%20file%3E.pdf", "<your file>"),
            ("/%3C%25=%20name%20%25%3E", "<%= name %>"),
            ("/%25FILE%25", "%FILE%"),
            ("/%24FILE.pdf", "$FILE"),
            ("/%25s", "%s"),
            ("/:id", ":id"),
            ("/YOUR_FILE", "YOUR_FILE"),
            ("/YOUR-DOCUMENT.pdf", "YOUR-DOCUMENT"),
            ("/your-file.pdf", "your-file"),
            ("/your_file_name.pdf", "your_file_name"),
            ("/FILENAME", "FILENAME"),
            ("/OBJECT_KEY", "OBJECT_KEY"),
            ("/XXXX.pdf", "XXXX"),
            ("/%23N/A", "#N/A"),
            ("/%23REF!", "#REF!"),
            ("/a.pdf?v=undefined", "undefined"),
            ("/a.pdf?v=%7B%7Bversion%7D%7D", "{{version}}"),
            ("/a.pdf?x=1&to=$%7Bto%7D", "${to}"),
        ] {
            assert_eq!(of(path), Some(Unlikely::Placeholder { text: text.to_owned() }), "{path}");
        }
        for host in ["undefined", "null:8443", "undefined.cloudfront.net", "your-domain"] {
            assert!(matches!(in_address(host, "/a"), Some(Unlikely::Placeholder { .. })), "{host}");
        }
        for path in [
            "/a.pdf",
            "/Undefined%20behaviour.pdf",
            "/null%20hypothesis.pdf",
            "/Null.pdf",
            "/nan.pdf",
            "/Nan/a.pdf",
            "/nullable.pdf",
            "/Nil.pdf",
            "/None%20of%20the%20above.pdf",
            "/none.pdf",
            "/[draft].pdf",
            "/%5Bdraft%5D.pdf",
            "/%7B3F2504E0-4F89-11D3-9A0C-0305E82C3301%7D.pdf",
            "/%7B1%7D.pdf",
            "/a%7Bb%7D.pdf",
            "/$5.pdf",
            "/%2450%20offer.pdf",
            "/100%25.pdf",
            "/5%25%20of%2010%25.pdf",
            "/YOUR.pdf",
            "/Yours.pdf",
            "/your-invoice.pdf",
            "/Your%20document.pdf",
            "/Your-File.pdf",
            "/file.pdf",
            "/filename.pdf",
            "/path/to/file.pdf",
            "/document.pdf",
            "/XXX.pdf",
            "/x.pdf",
            "/a%3C%3Eb",
            "/%23N/A%20list.pdf",
            "/a.pdf?versionId=null",
            "/a.pdf?v=None",
        ] {
            assert_eq!(of(path), None, "{path}");
        }
        for host in ["docs.example.com", "null.example.com", "d111111abcdef8.cloudfront.net"] {
            assert_eq!(in_address(host, "/a"), None, "{host}");
        }
    }

    #[test]
    fn html_is_seen_and_taken_back() {
        for (path, plain) in [
            ("/a.pdf?x=1&amp;y=2", "/a.pdf?x=1&y=2"),
            ("/a.pdf?x=1&amp;amp;y=2", "/a.pdf?x=1&y=2"),
            ("/a.pdf?x=1&AMP;y=2&amp;z", "/a.pdf?x=1&y=2&z"),
            ("/a.pdf?x=1&#38;y=2", "/a.pdf?x=1&y=2"),
            ("/a.pdf?x=1&#x26;y=2", "/a.pdf?x=1&y=2"),
            ("/R&amp;D.pdf", "/R&D.pdf"),
            ("/it&#39;s.pdf", "/it's.pdf"),
        ] {
            assert_eq!(of(path), Some(Unlikely::Html { plain: plain.to_owned() }), "{path}");
            assert_eq!(without_html(path), plain);
        }
        for path in ["/a.pdf?x=1&y=2", "/R&D.pdf", "/a.pdf?amp;x", "/a%26amp%3Bb.pdf", "/a&b;c"] {
            assert_eq!(of(path), None, "{path}");
            assert!(matches!(without_html(path), Cow::Borrowed(_)), "{path}");
        }
    }

    #[test]
    fn a_site_and_a_folder_are_told_from_documents() {
        for path in ["/", "/?x=1"] {
            assert_eq!(of(path), Some(Unlikely::Site), "{path}");
        }
        for (path, folder) in [
            ("/contracts/", "/contracts/"),
            ("/a/b%20c/", "/a/b%20c/"),
            ("/contracts/?x=1", "/contracts/"),
            ("//", "//"),
        ] {
            assert_eq!(of(path), Some(Unlikely::Folder { folder: folder.to_owned() }), "{path}");
        }
        for path in ["/a", "/a/b", "/a?b=/", "/a%2F", "/%2F"] {
            assert_eq!(of(path), None, "{path}");
        }
    }
}
