//! Words as they are compared: without capitals, accents and marks.
//!
//! Here: one folding for the names of months and the headings of tables, so that *GÜLTIG BIS:* and
//! `gültig bis` are one word wherever words are recognised. Deliberately not here: anything that becomes
//! part of an address, whose bytes decide.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// Small letters without accents, composed or not: `Gültig` and `GU\u{308}LTIG` become `gultig`.
pub(crate) fn folded(text: &str) -> String {
    // Compatibility forms as well: Japanese and old Mac programs write full-width digits and ligatures.
    let decomposed = const { DecomposingNormalizerBorrowed::new_nfkd() }.normalize(text);
    let mut folded = String::with_capacity(decomposed.len());
    for character in decomposed.chars().filter(|c| !is_accent(*c)) {
        match character {
            'ß' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'ı' => folded.push('i'),
            _ => folded.extend(character.to_lowercase().filter(|c| !is_accent(*c))),
        }
    }
    folded
}

fn is_accent(character: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&character)
}

/// The words of a text, folded, with one space between them: `E-Mail (privat):` becomes `e mail privat`.
pub(crate) fn words(text: &str) -> String {
    let folded = folded(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_one_whatever_they_wear() {
        for (text, expected) in [
            ("Gültig BIS:", "gultig bis"),
            ("GU\u{308}LTIG_BIS", "gultig bis"),
            ("  (Échéance) ", "echeance"),
            ("Straße", "strasse"),
            ("İstanbul", "istanbul"),
            ("expires-at", "expires at"),
            ("１２", "12"),
            ("…", ""),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }
}
