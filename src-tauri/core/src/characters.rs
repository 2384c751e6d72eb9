//! Characters that a person cannot see, and what they are called.
//!
//! Here: one list, used wherever text becomes part of an address, so that a name is judged the same
//! way everywhere. Deliberately not here: look-alike letters (a Cyrillic `о` in a host). A host is
//! always shown as its ASCII punycode instead, which makes every look-alike plain without a list.
//!
//! Why refuse at all: what is shown must be what is signed. A right-to-left override lets
//! `fdp.exe` read as `exe.pdf`; a zero-width space makes two different names look the same.

/// The name of a character that shows nothing or reorders its neighbours; `None` for all others.
///
/// Covers control characters, bidirectional marks, zero-width and filler characters, line and
/// paragraph separators, tag characters and interlinear marks. Variation selectors are *not*
/// covered: ordinary emoji in file names carry them.
pub(crate) fn hidden_name(character: char) -> Option<&'static str> {
    Some(match character {
        '\t' => "tab",
        '\n' | '\r' => "line break",
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => "control character",
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
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
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
        '\u{feff}' => "zero-width no-break space",
        '\u{fff9}'..='\u{fffb}' => "interlinear annotation mark",
        '\u{e0000}'..='\u{e007f}' => "tag character",
        _ => return None,
    })
}

/// `U+202E` for U+202E: at least four upper-case hexadecimal digits.
pub(crate) fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_have_names_and_visible_ones_have_none() {
        let cases = [
            ('\u{202e}', Some("right-to-left override")),
            ('\u{200b}', Some("zero-width space")),
            ('\0', Some("control character")),
            ('\n', Some("line break")),
            ('\u{85}', Some("control character")),
            ('a', None),
            (' ', None),
            ('é', None),
            ('\u{301}', None),
            ('\u{fe0f}', None),
            ('\u{fffd}', None),
        ];
        for (character, name) in cases {
            assert_eq!(hidden_name(character), name, "{}", code_point(character));
        }
    }

    #[test]
    fn code_points_are_written_as_unicode_writes_them() {
        assert_eq!(code_point('\n'), "U+000A");
        assert_eq!(code_point('\u{202e}'), "U+202E");
        assert_eq!(code_point('\u{e0001}'), "U+E0001");
    }
}
