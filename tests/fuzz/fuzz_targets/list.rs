//! Any file as a list of documents: it is read or refused, and what is read is read again as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signet_cloudfront::document_list::{self, MAX_ROWS, RowEnd};

fuzz_target!(|bytes: &[u8]| {
    let Ok(list) = document_list::read_bytes(bytes) else {
        return;
    };
    let (rows, today) = (list.rows, chrono::NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day"));
    assert!((1..=MAX_ROWS).contains(&rows.len()));
    for row in &rows {
        assert_eq!(row.asked.len(), if row.asked.is_empty() { 0 } else { list.asked.len() });
        assert!(row.line > 0);
        assert_eq!(row.document, row.document.trim());
        if let Ok(Some(end)) = RowEnd::parse(&row.end, today, None) {
            let now = 1_795_521_600;
            if let Ok(second) = end.expires_at(now, &chrono::Utc) {
                assert!(second > now, "{:?}", row.end);
            }
        }
    }
    // A name is a line, whatever stands in it; what no line can hold stands in no name of a file either.
    for name in rows.iter().map(|row| row.document.as_str()) {
        let holds = |c: char| c.is_control() || matches!(c, '"' | '\'' | '\u{feff}') || c.is_whitespace() && c != ' ';
        // An address in it is one to every reader, and a file's name has none.
        if name.is_empty() || name.contains(holds) || name.contains("://") {
            continue;
        }
        let again = document_list::read(&document_list::line_of(name)).expect("a name is a list");
        assert_eq!(again.rows.len(), 1);
        assert_eq!(again.rows[0].document, name);
    }
});
