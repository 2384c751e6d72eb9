//! The sites that a text speaks of: of a mail, of a script's output, of what was pasted into a field.

use super::{SiteAddress, SiteAddressError};
use crate::host::split_scheme;
use crate::pasted;

/// Ends of the names of files that are no end of a site's name.
const FILES: [&str; 40] = [
    "js", "mjs", "ts", "tsx", "jsx", "json", "yaml", "yml", "xml", "toml", "ini", "cfg", "conf",
    "txt", "csv", "log", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "png", "jpg", "jpeg",
    "gif", "html", "htm", "css", "pem", "key", "crt", "cer", "der", "exe", "ps1", "bat", "cmd",
    "tf",
];

/// Ends of the names of files under which sites are found as well: with a name of two parts a file is meant.
const FILES_OR_SITES: [&str; 9] = ["sh", "py", "rs", "md", "zip", "pl", "mov", "ps", "so"];

/// A word as a site, if it is one; what is wrong with it otherwise.
pub(super) fn read(word: &str) -> Result<SiteAddress, SiteAddressError> {
    if is_no_site(word) {
        return Err(SiteAddressError::Invalid);
    }
    match SiteAddress::parse(word) {
        // A document of it was named.
        Err(SiteAddressError::HasPath { path }) => {
            let host = word.get(..word.len().saturating_sub(path.len())).unwrap_or(word);
            // Of a long path the beginning alone is named.
            let end = word.find(path.as_str()).unwrap_or(host.len());
            SiteAddress::parse(word.get(..end).unwrap_or(host))
        }
        read => read,
    }
}

/// The sites that are named, each once, in their order.
pub fn mentioned(text: &str) -> Vec<SiteAddress> {
    let mut sites: Vec<SiteAddress> = Vec::new();
    for site in pasted::words(text).iter().filter_map(|word| read(word).ok()) {
        if !sites.contains(&site) {
            sites.push(site);
        }
    }
    sites
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
