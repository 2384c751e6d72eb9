//! The site that was pasted into a field, and the sites that a mail or a script's output speaks of.

use crate::host::{split_authority, split_scheme};
use crate::inspection::address_inside;
use crate::pasted;
use crate::site::{SiteAddress, SiteAddressError};

/// Ends of the names of files that are no end of a site's name.
const FILES: [&str; 40] = [
    "js", "mjs", "ts", "tsx", "jsx", "json", "yaml", "yml", "xml", "toml", "ini", "cfg", "conf",
    "txt", "csv", "log", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "png", "jpg", "jpeg",
    "gif", "html", "htm", "css", "pem", "key", "crt", "cer", "der", "exe", "ps1", "bat", "cmd",
    "tf",
];

/// Ends of the names of files under which sites are found as well: with a name of two parts a file is meant.
const FILES_OR_SITES: [&str; 9] = ["sh", "py", "rs", "md", "zip", "pl", "mov", "ps", "so"];

/// Takes what was pasted into a field: the site alone, or the one site in a label, quotes, marks or the address of
/// one of its documents.
///
/// # Errors
/// [`SiteAddressError`], named after what was pasted instead.
pub fn site(text: &str) -> Result<SiteAddress, SiteAddressError> {
    let error = match SiteAddress::parse(text) {
        Ok(site) => return Ok(site),
        Err(error) => error,
    };
    let words = pasted::words(text);
    let is_bare = words.iter().map(String::as_str).eq([text.trim()]);
    if is_bare && !matches!(error, SiteAddressError::HasPath { .. }) {
        return Err(error);
    }
    let read: Vec<_> = words.iter().map(|word| read(word)).collect();
    if let Some(site) = pasted::only(read.iter().flatten()) {
        return Ok(site.clone());
    }
    let is_named = |error: &&SiteAddressError| **error != SiteAddressError::Invalid;
    let named = read.iter().filter_map(|read| read.as_ref().err()).find(is_named);
    match named {
        Some(named) if read.iter().flatten().next().is_none() => Err(named.clone()),
        _ => Err(error),
    }
}

/// A word as a site, if it is one; what is wrong with it otherwise. The address of a document is one of its site; that
/// of a folder may be meant to be all of the site, which it cannot be.
fn read(word: &str) -> Result<SiteAddress, SiteAddressError> {
    // A mail filter or a click counter stands around it.
    if let Some(inside) = address_inside(word) {
        return read(&inside);
    }
    if is_no_site(word) {
        return Err(SiteAddressError::Invalid);
    }
    match SiteAddress::parse(word) {
        Err(SiteAddressError::HasPath { path }) if !is_folder(&path) => site_of(word),
        read => read,
    }
}

/// The sites that are named, each once, in their order.
pub fn sites(text: &str) -> Vec<SiteAddress> {
    let mut sites: Vec<SiteAddress> = Vec::new();
    let read = |word: &String| match read(word) {
        Err(SiteAddressError::HasPath { .. }) => {
            site_of(&address_inside(word).unwrap_or_else(|| word.clone())).ok()
        }
        read => read.ok(),
    };
    for site in pasted::words(text).iter().filter_map(read) {
        if !sites.contains(&site) {
            sites.push(site);
        }
    }
    sites
}

/// Of an address of one of its documents.
fn site_of(word: &str) -> Result<SiteAddress, SiteAddressError> {
    let behind = split_scheme(word).map_or(word, |(_, rest)| rest);
    let (authority, _) = split_authority(behind);
    let end = word.len() - behind.len() + authority.len();
    SiteAddress::parse(word.get(..end).unwrap_or(word))
}

fn is_folder(path: &str) -> bool {
    path.split(['?', '#']).next().is_some_and(|path| path.len() > 1 && path.ends_with('/'))
}

/// A mail address, a file, a version, an abbreviation, or a word.
fn is_no_site(word: &str) -> bool {
    if split_scheme(word).is_some() {
        return false;
    }
    let name = word.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let labels: Vec<&str> = name.trim_end_matches('.').split('.').collect();
    let [.., before, last] = labels[..] else { return false };
    let last = last.to_ascii_lowercase();
    word.contains('@')
        || before.is_empty()
        || last.chars().count() < 2
        || !(last.chars().all(char::is_alphabetic) || last.starts_with("xn--"))
        || FILES.contains(&last.as_str())
        || (labels.len() == 2 && FILES_OR_SITES.contains(&last.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_is_taken_where_it_is_in_what_was_pasted() {
        for text in [
            "docs.example.com",
            "\"docs.example.com\",",
            "`docs.example.com`",
            "**docs.example.com**",
            "<https://docs.example.com/>",
            "Site: docs.example.com",
            "Site:docs.example.com",
            "Domain name = docs.example.com;",
            "DomainName\tdocs.example.com\tSend this back too",
            "https://docs.example.com/test.pdf",
            "docs.example.com/contracts/Lease.pdf?version=2",
            "[our site](https://docs.example.com)",
            "Our site is docs.example.com.",
            "\u{feff}docs.example.com\u{200b}",
            "docs.example.com (mail: it@firm.example)",
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fdocs.example.com%2F&data=05%7C01&reserved=0",
            "Site: https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fdocs.example.com%2ftest.pdf&c=E,1,x&typo=1",
        ] {
            let read = site(text).map(|site| site.host().to_owned());
            assert_eq!(read, Ok("docs.example.com".to_owned()), "{text}");
        }
        let storage = |host: &str| SiteAddressError::IsStorageAddress { host: host.to_owned() };
        for (text, error) in [
            ("Site: http://docs.example.com", SiteAddressError::NotSecure),
            ("Site: papers.s3.amazonaws.com", storage("papers.s3.amazonaws.com")),
            (
                "\"E2QWRUHAPOMQZL\"",
                SiteAddressError::IsDistributionId { id: "E2QWRUHAPOMQZL".to_owned() },
            ),
            (
                "see https://us-east-1.console.aws.amazon.com/cloudfront",
                SiteAddressError::IsConsole,
            ),
            ("docs.example.com www.example.com", SiteAddressError::Invalid),
            ("ask it@firm.example", SiteAddressError::HasUserInfo),
            ("I ran setup.sh", SiteAddressError::Invalid),
            (
                "Site: docs.example.com/papers/",
                SiteAddressError::HasPath { path: "/papers/".to_owned() },
            ),
            (
                "https://docs.example.com/papers/",
                SiteAddressError::HasPath { path: "/papers/".to_owned() },
            ),
            ("the site", SiteAddressError::Invalid),
        ] {
            assert_eq!(site(text), Err(error), "{text}");
        }
    }

    #[test]
    fn names_of_files_and_abbreviations_are_no_sites() {
        let text = "I ran signet-setup.sh and ./run.py with Node.js 22.1, see README.md, public.pem, my.policy.json and \
                    a.b.tf, i.e. as ann@firm.example said. No. 3. https://docs.example.sh/a.pdf docs.firm.md";
        let hosts: Vec<_> = sites(text).iter().map(|site| site.host().to_owned()).collect();
        assert_eq!(hosts, ["docs.example.sh", "docs.firm.md"]);
    }
}
