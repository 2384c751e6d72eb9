//! What `rclone ls`, `lsl` and `lsd` print: a size before each path, at the right of nine places, and perhaps
//! the moment of the last change with its nanoseconds.

use super::row_end::SOME_DAY;
use super::{Doubt, ListedDocument};
use crate::moment;

/// So many places a size has, and more if it needs them.
const PLACES: usize = 9;

/// The documents of a listing; `None` where a line is none of it. A size that stands in no such place may
/// be part of a name, so its row needs a look.
pub(super) fn listing(text: &str) -> Option<Vec<ListedDocument>> {
    let lines = || text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let is_command = |line: &str| line.trim_start_matches(['$', '>', ' ']).starts_with("rclone ls");
    let mut rows = Vec::new();
    // Whoever pastes may lose the blanks before the first line.
    let mut first = true;
    let (mut are_apart, mut are_moved) = (false, false);
    for (at, line) in lines() {
        let row = |document: &str, doubt| ListedDocument {
            line: at + 1,
            document: document.to_owned(),
            doubt,
            ..ListedDocument::default()
        };
        if rows.is_empty() && is_command(line) {
            rows.push(row(line.trim(), Some(Doubt::NoDocument)));
            continue;
        }
        let (place, rest) = size_before(line)?;
        let (document, is_sure) = match (folder_of(line), behind_moment(rest)) {
            (Some(folder), _) => (format!("{folder}/"), true),
            (None, Some(path)) => (path.to_owned(), true),
            (None, None) => (rest.to_owned(), false),
        };
        if document.trim().is_empty() {
            return None;
        }
        let is_apart = line.starts_with(' ');
        let is_placed = place == PLACES || !is_apart && (first || place > PLACES);
        are_apart |= is_sure || is_apart;
        are_moved |= !is_sure && !is_placed;
        first = false;
        rows.push(row(&document, None));
    }
    // Without blanks before any line, the numbers may begin names.
    if !are_apart {
        return None;
    }
    if are_moved {
        for (row, (_, line)) in rows.iter_mut().zip(lines()) {
            line.trim().clone_into(&mut row.document);
            row.doubt.get_or_insert(Doubt::SeveralColumns);
        }
    }
    Some(rows)
}

/// Where the size at the beginning of a line ends, and what stands behind it and one blank.
fn size_before(line: &str) -> Option<(usize, &str)> {
    let size = line.trim_start_matches(' ');
    let size = size.strip_prefix('-').unwrap_or(size);
    let behind = size.trim_start_matches(|c: char| c.is_ascii_digit());
    let place = line.len() - behind.len();
    let rest = behind.strip_prefix(' ').filter(|_| behind.len() < size.len())?;
    Some((place, rest))
}

/// What stands behind a moment with its nanoseconds, as `lsl` has it.
fn behind_moment(text: &str) -> Option<&str> {
    let (date, rest) = text.split_once(' ')?;
    let (time, rest) = rest.split_once(' ')?;
    let (clock, fraction) = time.split_once('.')?;
    let is_moment = date.len() == 10
        && clock.len() == 8
        && fraction.len() == 9
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
        && moment::read(&format!("{date} {clock}"), SOME_DAY, None).is_ok();
    is_moment.then_some(rest)
}

/// The folder in a line of `lsd`: `          -1 2026-11-01 10:00:00        -1 reports`.
fn folder_of(line: &str) -> Option<&str> {
    let (_, rest) = size_before(line)?;
    let (date, rest) = rest.split_once(' ')?;
    let (clock, rest) = rest.split_once(' ')?;
    let is_moment = date.len() == 10
        && clock.len() == 8
        && moment::read(&format!("{date} {clock}"), SOME_DAY, None).is_ok();
    let (_, folder) = size_before(rest).filter(|_| is_moment)?;
    Some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Vec<(String, Option<Doubt>)>> {
        let rows = listing(text)?.into_iter();
        Some(rows.map(|row| (row.document, row.doubt)).collect())
    }

    fn documents(names: &[&str]) -> Option<Vec<(String, Option<Doubt>)>> {
        Some(names.iter().map(|name| ((*name).to_owned(), None)).collect())
    }

    #[test]
    fn sizes_and_moments_are_no_part_of_a_name() {
        for (text, names) in [
            ("   123456 path/to/file.pdf\n", &["path/to/file.pdf"][..]),
            ("   123456 a.pdf\n       12 Quarter 3.pdf\n", &["a.pdf", "Quarter 3.pdf"]),
            ("123456 a.pdf\n       12 b.pdf\n", &["a.pdf", "b.pdf"]),
            ("1234567890 big.zip\n       12 b.pdf\n", &["big.zip", "b.pdf"]),
            ("        0 2026 report.pdf\n", &["2026 report.pdf"]),
            ("   123456 2026-11-01 10:00:00.123456789 x/a b.pdf\n", &["x/a b.pdf"]),
            ("123456 2026-11-01 10:00:00.000000000 a.pdf\n", &["a.pdf"]),
            ("          -1 2026-11-01 10:00:00        -1 reports\n", &["reports/"]),
            ("        0 reports/\n       12 reports/a.pdf\n", &["reports/", "reports/a.pdf"]),
        ] {
            assert_eq!(read(text), documents(names), "{text}");
        }
        let with_command = read("$ rclone ls remote:papers\n       12 a.pdf\n").unwrap();
        assert_eq!(with_command[0].1, Some(Doubt::NoDocument));
        assert_eq!(with_command[1], ("a.pdf".to_owned(), None));
    }

    #[test]
    fn numbers_that_begin_names_are_left_alone() {
        for text in [
            "",
            "a.pdf\n",
            "1 Introduction.pdf\n2 Results.pdf\n",
            "2025 report.pdf\n2026 report.pdf\n",
            "12345 Smith/contract.pdf\n",
            "20261101 Minutes.pdf\n",
            "   123456 a.pdf\nb.pdf\n",
            "       12 \n",
            "       12\n",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn sizes_in_other_places_need_a_look() {
        for text in
            ["  12 Angry Men.pdf\n", "  12 a.pdf\n 345 b.pdf\n", "1 a.pdf\n     123 b.pdf\n"]
        {
            let rows = read(text).unwrap();
            assert!(rows.iter().all(|(_, doubt)| *doubt == Some(Doubt::SeveralColumns)), "{text}");
        }
    }
}
