//! Characters that a person cannot see, and what they are called.
//!
//! Here: one list, Unicode's own, used wherever text becomes a name, a note or a part of an address, and
//! wherever text from outside is shown, so that a character is judged the same way everywhere.
//! Deliberately not here: look-alike letters (a Cyrillic `о` in a host). A host is always shown as its
//! ASCII punycode instead, which makes every look-alike plain without a list.
//!
//! Why refuse at all: what is shown must be what is signed. A right-to-left override lets
//! `fdp.exe` read as `exe.pdf`; a zero-width space makes two different names look the same.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu_properties::props::{
    DefaultIgnorableCodePoint, GeneralCategory, PrependedConcatenationMark, VariationSelector,
};
use icu_properties::{CodePointMapData, CodePointSetData};

/// What a character is that does not show as itself; `None` for all others.
///
/// Such are control and format characters, direction marks, everything that Unicode calls ignorable by
/// default, separators of lines and paragraphs, blanks that are not the space, and characters for private
/// use or not assigned, of which nobody can say what they look like.
pub(crate) fn unseen_name(character: char) -> Option<&'static str> {
    if matches!(character, ' '..='~') {
        return None;
    }
    if let Some(name) = own_name(character) {
        return Some(name);
    }
    if CodePointSetData::new::<VariationSelector>().contains(character) {
        return Some("variation selector");
    }
    if CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character) {
        return Some("invisible character");
    }
    match CodePointMapData::<GeneralCategory>::new().get(character) {
        GeneralCategory::Control => Some("control character"),
        // Those stand before Arabic and other digits, and are drawn.
        GeneralCategory::Format
            if CodePointSetData::new::<PrependedConcatenationMark>().contains(character) =>
        {
            None
        }
        GeneralCategory::Format => Some("formatting character"),
        GeneralCategory::LineSeparator => Some("line separator"),
        GeneralCategory::ParagraphSeparator => Some("paragraph separator"),
        GeneralCategory::SpaceSeparator => Some("space of another width"),
        GeneralCategory::PrivateUse => Some("private-use character"),
        GeneralCategory::Unassigned => Some("unassigned character"),
        _ => None,
    }
}

/// The name of a character that may stand in no address as it is, for it shows nothing or reorders its
/// neighbours; `None` for all others.
///
/// Documents carry some of what cannot be seen in their real names: emoji and Japanese names have
/// variation selectors, macOS writes a narrow space before `PM`, and what is not assigned today is next
/// year's emoji. These may stand in an address, which encodes them, and are marked where it is shown.
pub(crate) fn hidden_name(character: char) -> Option<&'static str> {
    let name = unseen_name(character)?;
    let is_of_documents = CodePointSetData::new::<VariationSelector>().contains(character)
        || character == BLANK_PATTERN
        || matches!(
            CodePointMapData::<GeneralCategory>::new().get(character),
            GeneralCategory::SpaceSeparator | GeneralCategory::PrivateUse
        )
        || is_unassigned(character);
    (!is_of_documents).then_some(name)
}

/// The first character of a text that may stand in no address as it is, as `U+202E`, and what it is called; `None`
/// where there is none.
#[must_use]
pub fn hidden_in(text: &str) -> Option<(String, &'static str)> {
    text.chars().find_map(|character| Some((code_point(character), hidden_name(character)?)))
}

/// A text in the one form in which letters with marks are one character each (NFC): macOS writes names in pieces.
#[must_use]
pub fn composed(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc().normalize(text).into_owned()
}

/// The letter under the marks of a character that is composed of several: `U` for `Ü`.
#[must_use]
pub fn letter_under(character: char) -> Option<char> {
    let pieces = DecomposingNormalizerBorrowed::new_nfkd();
    pieces
        .normalize(character.encode_utf8(&mut [0; 4]))
        .chars()
        .next()
        .filter(|first| *first != character)
}

/// Braille's pattern without a dot: a symbol to Unicode, and as blank as a space.
const BLANK_PATTERN: char = '\u{2800}';

/// Of what is not assigned, what is not ignorable whatever it will be.
fn is_unassigned(character: char) -> bool {
    CodePointMapData::<GeneralCategory>::new().get(character) == GeneralCategory::Unassigned
        && !CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
}

/// Names that say more than the kind does.
fn own_name(character: char) -> Option<&'static str> {
    Some(match character {
        '\t' => "tab",
        '\n' | '\r' => "line break",
        '\u{a0}' | '\u{202f}' => "no-break space",
        '\u{ad}' => "soft hyphen",
        '\u{34f}' => "combining grapheme joiner",
        '\u{61c}' => "Arabic letter mark",
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => "Hangul filler",
        '\u{180e}' => "Mongolian vowel separator",
        '\u{200b}' => "zero-width space",
        '\u{200c}' => "zero-width non-joiner",
        '\u{200d}' => "zero-width joiner",
        '\u{200e}' => "left-to-right mark",
        '\u{200f}' => "right-to-left mark",
        '\u{202a}' => "left-to-right embedding",
        '\u{202b}' => "right-to-left embedding",
        '\u{202c}' => "pop directional formatting",
        '\u{202d}' => "left-to-right override",
        '\u{202e}' => "right-to-left override",
        '\u{2060}' => "word joiner",
        '\u{2061}'..='\u{2064}' => "invisible operator",
        '\u{2066}' => "left-to-right isolate",
        '\u{2067}' => "right-to-left isolate",
        '\u{2068}' => "first strong isolate",
        '\u{2069}' => "pop directional isolate",
        '\u{206a}'..='\u{206f}' => "formatting character",
        BLANK_PATTERN => "blank Braille pattern",
        '\u{3000}' => "ideographic space",
        '\u{feff}' => "zero-width no-break space",
        '\u{fff9}'..='\u{fffb}' => "interlinear annotation mark",
        '\u{e0000}'..='\u{e007f}' => "tag character",
        _ => return None,
    })
}

/// What a person typed as a name or a note, as it will be shown: blanks of any kind are spaces, none
/// stands at either end, and what nobody can see is gone.
pub fn as_seen(text: &str) -> String {
    let seen: String = text
        .chars()
        .map(|c| if is_blank(c) { ' ' } else { c })
        .filter(|c| unseen_name(*c).is_none())
        .collect();
    seen.trim().to_owned()
}

/// What two texts have in common that a person takes for the same: letters of any width and case,
/// composed or not, with the same words.
pub fn as_read(text: &str) -> String {
    let plain = ComposingNormalizerBorrowed::new_nfkc().normalize(text);
    // Twice, since not every pair of letters meets in small ones alone: `ß` and `SS`.
    let folded = as_seen(&plain).to_uppercase().to_lowercase();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_blank(character: char) -> bool {
    character.is_whitespace() || character == BLANK_PATTERN
}

/// `U+202E` for U+202E: at least four upper-case hexadecimal digits.
pub(crate) fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The window marks what is typed before Rust is asked about it, by this file. What is not assigned is left
    /// out, for it differs between versions of Unicode.
    #[test]
    fn the_window_is_told_which_they_are() {
        let mut ranges: Vec<[u32; 2]> = Vec::new();
        let unseen = |c: &char| unseen_name(*c).is_some() && !is_unassigned(*c);
        for code in ('\0'..=char::MAX).filter(unseen).map(u32::from) {
            match ranges.last_mut() {
                Some([_, last]) if *last + 1 == code => *last = code,
                _ => ranges.push([code, code]),
            }
        }
        let lines: Vec<_> = ranges.iter().map(|[a, b]| format!("  [{a}, {b}]")).collect();
        let made = format!("[\n{}\n]\n", lines.join(",\n"));
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/copy/unseen.json");
        if std::env::var_os("SIGNET_WRITE_BINDINGS").is_some() {
            std::fs::write(path, &made).unwrap();
        }
        assert!(
            std::fs::read_to_string(path).unwrap() == made,
            "SIGNET_WRITE_BINDINGS=1 cargo test -p signet-cloudfront --lib characters prints it anew"
        );
    }

    /// Nobody sees them, and no document's name needs them.
    const HIDDEN: [char; 34] = [
        '\0',
        '\t',
        '\n',
        '\r',
        '\u{1b}',
        '\u{7f}',
        '\u{85}',
        '\u{9b}',
        '\u{ad}',
        '\u{34f}',
        '\u{61c}',
        '\u{115f}',
        '\u{1160}',
        '\u{17b4}',
        '\u{17b5}',
        '\u{180e}',
        '\u{200b}',
        '\u{200e}',
        '\u{2028}',
        '\u{2029}',
        '\u{202e}',
        '\u{2060}',
        '\u{2065}',
        '\u{206f}',
        '\u{3164}',
        '\u{feff}',
        '\u{ffa0}',
        '\u{fff0}',
        '\u{fffb}',
        '\u{13430}',
        '\u{1bca0}',
        '\u{1d173}',
        '\u{e0041}',
        '\u{e0fff}',
    ];

    /// Nobody sees them, and documents have them in their names.
    const OF_DOCUMENTS: [char; 15] = [
        '\u{a0}',
        '\u{1680}',
        '\u{180b}',
        '\u{180f}',
        '\u{2003}',
        '\u{202f}',
        '\u{205f}',
        '\u{2800}',
        '\u{3000}',
        '\u{e000}',
        '\u{fdd0}',
        '\u{fe0f}',
        '\u{e0100}',
        '\u{e01ef}',
        '\u{10fffd}',
    ];

    #[test]
    fn what_nobody_sees_has_a_name_and_the_rest_has_none() {
        for character in HIDDEN {
            let name = code_point(character);
            assert!(unseen_name(character).is_some(), "{name}");
            assert_eq!(hidden_name(character), unseen_name(character), "{name}");
        }
        for character in OF_DOCUMENTS {
            let name = code_point(character);
            assert!(unseen_name(character).is_some(), "{name}");
            assert_eq!(hidden_name(character), None, "{name}");
        }
        for character in "aé\u{301} ~0日ا\u{600}\u{6dd}😀️❤\u{fffd}".chars() {
            if character != '\u{fe0f}' {
                assert_eq!(unseen_name(character), None, "{}", code_point(character));
            }
        }
    }

    #[test]
    fn nothing_that_unicode_lets_be_ignored_is_seen() {
        let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>();
        let mut count = 0;
        for character in ('\0'..=char::MAX).filter(|c| ignorable.contains(*c)) {
            count += 1;
            assert!(unseen_name(character).is_some(), "{}", code_point(character));
        }
        assert!(count > 4_000, "{count}");
    }

    #[test]
    fn the_ones_people_meet_have_their_own_names() {
        for (character, name) in [
            ('\u{202e}', "right-to-left override"),
            ('\u{200b}', "zero-width space"),
            ('\0', "control character"),
            ('\n', "line break"),
            ('\u{85}', "control character"),
            ('\u{fe0f}', "variation selector"),
            ('\u{2065}', "invisible character"),
            ('\u{2028}', "line separator"),
        ] {
            assert_eq!(unseen_name(character), Some(name), "{}", code_point(character));
        }
    }

    #[test]
    fn what_reads_the_same_is_the_same() {
        for (one, other) in [
            ("Main key", "main  KEY"),
            ("Main key", "Main\u{a0}key"),
            ("Main key", "Main\u{3000}key"),
            ("Main key", "Main\u{2800}key\u{2800}"),
            ("Main key", "Ma\u{ad}in k\u{e0065}ey\u{fe0f}"),
            ("Main key", "Ｍａｉｎ ｋｅｙ"),
            ("Mu\u{308}ller", "M\u{fc}ller"),
            ("Straße", "STRASSE"),
            ("ﬁle", "file"),
        ] {
            assert_eq!(as_read(one), as_read(other), "{one} {other}");
        }
        assert_ne!(as_read("Main key"), as_read("Main keys"));
        assert_ne!(as_read("Muller"), as_read("Müller"));
    }

    #[test]
    fn code_points_are_written_as_unicode_writes_them() {
        assert_eq!(code_point('\n'), "U+000A");
        assert_eq!(code_point('\u{202e}'), "U+202E");
        assert_eq!(code_point('\u{e0001}'), "U+E0001");
    }
}
