//! From a file's bytes to text, and in which encoding they were read.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, MACINTOSH, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE,
    WINDOWS_1252,
};

/// The text, and the encoding's name unless it is UTF-8. `None` for bytes that are no text, or two kinds of
/// it, of which one would become other documents' names.
pub(super) fn text_of(bytes: &[u8]) -> Option<(String, Option<&'static str>)> {
    let encoding = encoding_of(bytes);
    let is_single = encoding == WINDOWS_1252 || encoding == MACINTOSH;
    let is_of_pairs = [BIG5, EUC_JP, EUC_KR, GB18030, GBK, SHIFT_JIS].contains(&encoding);
    if is_single && has_utf8(bytes) || is_of_pairs && stand_alone(bytes) {
        return None;
    }
    let (text, had_errors) = encoding.decode_with_bom_removal(bytes);
    // A spreadsheet's own file, say, may be text by chance in its first bytes, but no list has a NUL.
    let is_text = !had_errors && !text.chars().any(|c| c.is_control() && !is_white(c));
    let name = (encoding != UTF_8).then(|| encoding.name());
    is_text.then(|| (text.into_owned(), name))
}

fn is_white(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}')
}

fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    if is_macs(bytes) {
        return MACINTOSH;
    }
    // What is usual in the west is not guessed at: in a short text the frequencies of letters say little.
    if bytes.iter().all(|byte| byte.is_ascii() || WESTERN.contains(byte)) {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether letters beyond ASCII stand alone among others, as those of Chinese and Japanese never do: such
/// bytes are of an encoding that nothing here knows.
fn stand_alone(bytes: &[u8]) -> bool {
    bytes.windows(2).all(|pair| pair.iter().any(u8::is_ascii))
}

/// Whether Excel on a Mac wrote this: the letters that stand beside others tell, for in the Mac's set they
/// lie where Windows has marks, and the other way round. Of texts that do not tell, only old Macs end lines
/// with CR alone.
fn is_macs(bytes: &[u8]) -> bool {
    // DOS has its most frequent letter there, the Mac `Å`, and Windows nothing.
    if bytes.contains(&0x81) {
        return false;
    }
    let is_letter =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphabetic);
    let (mut of_macs, mut of_windows) = (0, 0);
    for (at, byte) in bytes.iter().enumerate() {
        if !is_letter(at.checked_sub(1)) && !is_letter(Some(at + 1)) {
            continue;
        }
        match byte {
            0x80..=0x9f if !is_mark_of_windows(*byte) => of_macs += 1,
            // `ß` there, and an apostrophe here.
            0xa7 => of_macs += 1,
            0xc0..=0xff if !(0xd0..=0xd5).contains(byte) => of_windows += 1,
            _ => {}
        }
    }
    if of_macs == of_windows {
        return bytes.contains(&b'\r') && !bytes.contains(&b'\n');
    }
    of_macs > of_windows
}

/// Quotation marks, dashes and the like, which stand beside letters in Windows' texts as well.
fn is_mark_of_windows(byte: u8) -> bool {
    matches!(byte, 0x80 | 0x82 | 0x84 | 0x85 | 0x8b | 0x91..=0x97 | 0x99 | 0x9b)
}

/// Whether letters stand there in UTF-8, which in Windows-1252 are a pair that no word has: `Ã¼`.
fn has_utf8(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| matches!(pair, [0xc3, 0x80..=0xbf]))
}

/// The letters and marks of German, French, Spanish, Portuguese, Dutch and the Nordic languages in
/// Windows-1252.
const WESTERN: &[u8] = b"\x80\x82\x84\x85\x8b\x8c\x91\x92\x93\x94\x95\x96\x97\x99\x9b\x9c\xa0\xa1\xa7\xa9\xab\xae\xb0\xb2\xb3\xb4\xb7\xba\xbb\xbf\
\xc0\xc1\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\xca\xcb\xcd\xcf\xd1\xd3\xd4\xd5\xd6\xd8\xda\xdb\xdc\xdf\
\xe0\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xed\xee\xef\xf1\xf3\xf4\xf5\xf6\xf8\xfa\xfb\xfc";

/// Text of the west in UTF-16 has a zero in every second byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 4 || bytes.len() % 2 == 1 {
        return None;
    }
    let zeros = |at: usize| bytes.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = bytes.len() / 2;
    match (even, odd) {
        (0, odd) if odd * 10 > half * 7 => Some(UTF_16LE),
        (even, 0) if even * 10 > half * 7 => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{WINDOWS_1250, WINDOWS_1251};

    use super::*;

    #[test]
    fn what_excel_writes_is_read_and_named() {
        let german =
            "Dateiname;Gültig bis;Empfänger\r\nVertrag Müller.pdf;31.12.2026;Weiß & Söhne\r\n";
        let french = "Fichier;Échéance\r\nRésumé de l’été.pdf;31/12/2026\r\n";
        let spanish = "Archivo;Válido hasta\r\nAño señal.pdf;31/12/2026\r\n";
        let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| {
            text.encode_utf16().flat_map(bytes).collect::<Vec<_>>()
        };
        for text in [german, french, spanish] {
            for (bytes, name) in [
                (text.as_bytes().to_vec(), None),
                (format!("\u{feff}{text}").into_bytes(), None),
                (WINDOWS_1252.encode(text).0.into_owned(), Some("windows-1252")),
                (utf16(&format!("\u{feff}{text}"), u16::to_le_bytes), Some("UTF-16LE")),
                (utf16(&format!("\u{feff}{text}"), u16::to_be_bytes), Some("UTF-16BE")),
                (utf16(text, u16::to_le_bytes), Some("UTF-16LE")),
                (utf16(text, u16::to_be_bytes), Some("UTF-16BE")),
            ] {
                assert_eq!(text_of(&bytes), Some((text.to_owned(), name)), "{name:?}");
            }
        }
        // `G\x9fltig` is Mac OS Roman.
        let mac = b"Datei;G\x9fltig bis\rM\x9fller.pdf;31.12.2026\r";
        let text = "Datei;Gültig bis\rMüller.pdf;31.12.2026\r";
        assert_eq!(text_of(mac), Some((text.to_owned(), Some("macintosh"))));
        // Which of both it is, the letters say, and not the line ends.
        let german = "Datei;Gültig bis\rMüller Größe.pdf;31.12.2026\r";
        let (bytes, _, _) = WINDOWS_1252.encode(german);
        assert_eq!(text_of(&bytes), Some((german.to_owned(), Some("windows-1252"))));
        let german = "Datei;Gültig bis\nMüller Größe.pdf;31.12.2026\n";
        let (bytes, _, _) = MACINTOSH.encode(german);
        assert_eq!(text_of(&bytes), Some((german.to_owned(), Some("macintosh"))));
    }

    #[test]
    fn two_encodings_in_one_file_are_not_read() {
        let mixed = ["Müller.pdf;31.12.2026\n".as_bytes(), b"Wei\xdf.pdf;31.12.2026\n"].concat();
        assert_eq!(text_of(&mixed), None);
        // `ü` as DOS wrote it.
        assert_eq!(text_of(b"Datei;Bis\rM\x81ller.pdf;31.12.2026\r"), None);
        let one = b"M\xfcller.pdf\nWei\xdf.pdf\n";
        assert!(text_of(one).is_some());
    }

    #[test]
    fn other_alphabets_are_told_by_their_letters() {
        for (text, encoding) in [
            (
                "Dokument;Ważne do\nUmowa łącząca żółć.pdf;31.12.2026\nZałącznik główny.pdf;\n",
                WINDOWS_1250,
            ),
            ("Документ;Действует до\nДоговор поставки.pdf;31.12.2026\n", WINDOWS_1251),
            ("文件;到期\n合約與附件說明文件.pdf;2026-12-31\n", BIG5),
        ] {
            let (bytes, _, _) = encoding.encode(text);
            assert_eq!(text_of(&bytes), Some((text.to_owned(), Some(encoding.name()))));
        }
    }

    #[test]
    fn what_is_no_text_is_not_read() {
        for bytes in [&b"PK\x03\x04\0\0"[..], b"\xff\xfe\0\xd8", b"\0", b"a\0b\0\0\0", b"\x1b[31m"]
        {
            assert_eq!(text_of(bytes), None, "{bytes:?}");
        }
    }
}
