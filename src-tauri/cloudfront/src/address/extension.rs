//! By what a document's name is known to end.

/// The ends of the names of documents, in small letters. A list, because `v1.2` and `Smith.John` have a
/// full stop too.
const EXTENSIONS: [&str; 92] = [
    "pdf", "doc", "docx", "docm", "dot", "dotx", "xls", "xlsx", "xlsm", "xlsb", "ppt", "pptx",
    "pps", "ppsx", "odt", "ods", "odp", "odg", "rtf", "txt", "csv", "tsv", "md", "tex", "pages",
    "numbers", "key", "epub", "mobi", "xps", "vsd", "vsdx", "pub", "one", "mpp", "jpg", "jpeg",
    "png", "gif", "svg", "webp", "tif", "tiff", "bmp", "heic", "psd", "ai", "eps", "indd", "dwg",
    "dxf", "step", "stl", "mp3", "mp4", "m4a", "m4v", "mov", "avi", "mkv", "webm", "wav", "flac",
    "ogg", "wmv", "m3u8", "mpd", "ts", "zip", "7z", "rar", "gz", "tgz", "tar", "bz2", "xz", "iso",
    "dmg", "exe", "msi", "apk", "ipa", "html", "htm", "xml", "json", "yaml", "eml", "msg", "ics",
    "vcf", "sql",
];

/// Whether the last name in a path ends as a document's does.
pub(super) fn has_known_extension(path: &str) -> bool {
    let name = path.trim_end().rsplit(['/', '\\']).next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(before, extension)| {
        !before.is_empty() && EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known))
    })
}

/// A text up to the end of its last name with a known extension, and what follows.
pub(super) fn split_at_last_name(text: &str) -> Option<(&str, &str)> {
    let mut ends = text.char_indices().filter(|(_, c)| *c == '.').filter_map(|(dot, _)| {
        let after = text.get(dot + 1..)?;
        let length = after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len());
        let end = dot + 1 + length;
        has_known_extension(text.get(..end)?).then_some(end)
    });
    ends.next_back().and_then(|end| text.split_at_checked(end))
}
