//! Playlists of a stream: a player puts what signs the list on each of its segments, where a signature of one
//! address opens nothing.

use crate::host::split_scheme;

/// What the segments and the keys of a stream end with, and the lists in a list.
const SEGMENTS: [&str; 14] = [
    "ts", "m4s", "m4a", "m4v", "mp4", "aac", "ac3", "vtt", "webvtt", "key", "cmfv", "cmfa", "m3u8",
    "mpd",
];

const LISTS: [&str; 2] = [".m3u8", ".mpd"];

/// What lists are called.
const NAMES: [&str; 13] = [
    "index",
    "playlist",
    "master",
    "main",
    "manifest",
    "prog_index",
    "stream",
    "chunklist",
    "output",
    "video",
    "hls",
    "dash",
    "list",
];

/// So many folders a list may lie above a segment.
const MAX_ABOVE: usize = 3;

/// The lists to which a segment may belong; none for what is no segment.
pub(super) fn of(base: &str) -> Vec<String> {
    let path = base.split('?').next().unwrap_or_default();
    if !is_segment(path) {
        return Vec::new();
    }
    let Some((scheme, rest)) = split_scheme(path) else { return Vec::new() };
    let mut parts: Vec<&str> = rest.split('/').collect();
    let file = parts.pop().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_'));
    let mut lists = Vec::new();
    for _ in 0..MAX_ABOVE {
        // The first part is the host.
        let Some(folder) = parts.last().filter(|_| parts.len() > 1).or(parts.first()) else {
            break;
        };
        for name in NAMES.into_iter().chain([stem, *folder]).filter(|name| !name.is_empty()) {
            lists.extend(LISTS.map(|end| format!("{scheme}://{}/{name}{end}", parts.join("/"))));
        }
        if parts.len() == 1 {
            break;
        }
        parts.pop();
    }
    lists
}

/// Whether a resource is a list, and the address a part of its stream.
pub(super) fn is_list_of(resource: &str, base: &str) -> bool {
    let folder = resource.rsplit_once('/').map(|(folder, _)| format!("{folder}/"));
    LISTS.iter().any(|end| resource.ends_with(end))
        && is_segment(base.split('?').next().unwrap_or_default())
        && folder.is_some_and(|folder| base.starts_with(&folder))
}

fn is_segment(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, end)| SEGMENTS.iter().any(|known| end.eq_ignore_ascii_case(known)))
}
