//! Lists as people have them: each is understood, or its rows need a look, and no date is lost silently.
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

use chrono::Utc;
use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use proptest::prelude::*;
use signet_app::{ListReader, RowError};
use signet_cloudfront::address::AddressError;
use signet_cloudfront::document_list::{self, Asks, DocumentList, Doubt, line_of};
use signet_cloudfront::moment::MomentError;
use signet_cloudfront::site::SiteAddress;

/// 24 November 2026, 12:00 UTC.
const NOW: i64 = 1_795_521_600;
/// The last second of 31 December 2026.
const NEW_YEARS_EVE: i64 = 1_798_761_599;

fn site() -> SiteAddress {
    SiteAddress::parse("docs.example.com").unwrap()
}

/// A row's path, its own end and its note; or what is wrong with it.
type Row = Result<(String, Option<i64>, String), RowError>;

fn rows(list: &DocumentList) -> Vec<Row> {
    let reader = ListReader::new(list);
    let read = |row| reader.read(row, "", &site(), NOW, &Utc);
    let shown = |row| {
        read(row).map(|read| {
            (read.address.path().to_owned(), read.expires_at, read.note.as_str().to_owned())
        })
    };
    list.rows.iter().map(shown).collect()
}

fn read(text: &str) -> DocumentList {
    document_list::read(text).unwrap()
}

/// That a list is read as these documents, with their ends and notes.
fn assert_read(text: &str, expected: &[(&str, Option<i64>, &str)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|(path, end, note)| Ok(((*path).to_owned(), *end, (*note).to_owned())))
        .collect();
    assert_eq!(rows(&read(text)), expected, "{text}");
}

const EVE: Option<i64> = Some(NEW_YEARS_EVE);

#[test]
fn tables_of_the_field_are_understood() {
    assert_read(
        "\u{feff}Dateiname;Gültig bis;Empfänger\r\nVertrag Müller.pdf;31.12.2026;Müller GmbH\r\nAngebot (2).pdf;31.12.2026 17:00;\r\n",
        &[
            ("/Vertrag%20M%C3%BCller.pdf", EVE, "Müller GmbH"),
            ("/Angebot%20%282%29.pdf", Some(NEW_YEARS_EVE + 1 - 7 * 3_600), ""),
        ],
    );
    assert_read(
        "Datei;Bis;Notiz\rVertrag.pdf;31.12.2026;Meier\rAnlage.pdf;;",
        &[("/Vertrag.pdf", EVE, "Meier"), ("/Anlage.pdf", None, "")],
    );
    assert_read(
        "- [Contract](https://docs.example.com/Contract.pdf)\n- [Offer](https://docs.example.com/Offer%20a.pdf)\n* b.pdf\n1. c.pdf\n",
        &[
            ("/Contract.pdf", None, ""),
            ("/Offer%20a.pdf", None, ""),
            ("/b.pdf", None, ""),
            ("/c.pdf", None, ""),
        ],
    );
    assert_read(
        "Client A,,\r\n,a.pdf,2026-12-31\r\n,b.pdf,\r\nClient B,,\r\n,c.pdf,2027-01-31\r\n",
        &[
            ("/a.pdf", EVE, "Client A"),
            ("/b.pdf", None, "Client A"),
            ("/c.pdf", Some(NEW_YEARS_EVE + 31 * 86_400), "Client B"),
        ],
    );
    assert_read(
        "2026-11-01 10:00:00      12345 reports/a.pdf\n2026-11-01 10:00:00       2345 reports/Quarter 3.pdf\n",
        &[("/reports/a.pdf", None, ""), ("/reports/Quarter%203.pdf", None, "")],
    );
    assert_read(
        "\u{feff}sep=;\r\nDocument;Expires;Note\r\na.pdf;2026-12-31;x\r\nb.pdf;;y\r\n",
        &[("/a.pdf", EVE, "x"), ("/b.pdf", None, "y")],
    );
    assert_read(
        "Document,Expires\r\na.pdf,46387\r\nb.pdf,46387.708333\r\n",
        &[("/a.pdf", EVE, ""), ("/b.pdf", Some(NEW_YEARS_EVE + 1 - 7 * 3_600), "")],
    );
    assert_read(
        "Links to send – November,,\r\n,,\r\nDocument,Expires,Client\r\na.pdf,2026-12-31,A\r\nb.pdf,2026-12-31,B\r\n",
        &[("/a.pdf", EVE, "A"), ("/b.pdf", EVE, "B")],
    );
    assert_read(
        "\u{feff}Document,Expiry Date,Sent to\r\nContract.pdf,31/12/2026,Ms Jones\r\nOffer.pdf,31/12/2026 17:00,Mr Lee\r\n",
        &[
            ("/Contract.pdf", EVE, "Ms Jones"),
            ("/Offer.pdf", Some(NEW_YEARS_EVE + 1 - 7 * 3_600), "Mr Lee"),
        ],
    );
}

#[test]
fn more_dresses_of_the_same_table() {
    let expected = [("/a.pdf", EVE, "Ms Jones"), ("/b.pdf", None, "Mr Lee")];
    for text in [
        "Note;Expires;Document\nMs Jones;31.12.2026;a.pdf\nMr Lee;;b.pdf\n",
        "Expires\tDocument\tNote\n31/12/2026\ta.pdf\tMs Jones\n\tb.pdf\tMr Lee\n",
        "| Document | Expires | Note |\n|---|:--:|---|\n| a.pdf | 2026-12-31 | Ms Jones |\n| b.pdf | | Mr Lee |\n",
        "\"Document\",\"Expires\",\"Note\"\n\"a.pdf\",\"December 31, 2026\",\"Ms Jones\"\n\"b.pdf\",\"\",\"Mr Lee\"\n",
        "SEP=,\nDocument,Expires,Note\na.pdf,31 Dec 2026,Ms Jones\nb.pdf,,Mr Lee\n",
        "List of 24.11.2026;;\nFor all;;\n;;\nDocument;Expires;Note\na.pdf;31.12.2026;Ms Jones\n;;\nDocument;Expires;Note\nb.pdf;;Mr Lee\n",
        "Fichier;Valable jusqu'au;Destinataire\na.pdf;31 décembre 2026;Ms Jones\nb.pdf;;Mr Lee\n",
        "Archivo;Fecha de vencimiento;Cliente\na.pdf;31 de diciembre de 2026;Ms Jones\nb.pdf;;Mr Lee\n",
        "Key,Size,Last modified,Expires,Note\na.pdf,12,2026-11-01T10:00:00.000Z,2026-12-31,Ms Jones\nb.pdf,12,2026-11-02T10:00:00.000Z,,Mr Lee\n",
        "a.pdf;2026-12-31;Ms Jones\nb.pdf;;Mr Lee\n",
        "Ms Jones;2026-12-31;a.pdf\nMr Lee;;b.pdf\n",
    ] {
        assert_read(text, &expected);
    }
    assert_read(
        "\"papers\",\"reports/a.pdf\",\"12\",\"2026-11-01T10:00:00.000Z\",\"abc\"\n\"papers\",\"Quarter+3%2B.pdf\",\"12\",\"2026-11-01T10:00:00.000Z\",\"abc\"\n",
        &[("/reports/a.pdf", None, ""), ("/Quarter%203%2B.pdf", None, "")],
    );
    assert_read(
        "2026-11-01 10:00:00    1.2 MiB a.pdf\n\nTotal Objects: 1\n   Total Size: 1.2 MiB\n",
        &[("/a.pdf", None, "")],
    );
    assert_read(
        "https://docs.example.com/a.pdf https://docs.example.com/b.pdf\n",
        &[("/a.pdf", None, ""), ("/b.pdf", None, "")],
    );
    assert_read("1) a.pdf\n2) b.pdf\n", &[("/a.pdf", None, ""), ("/b.pdf", None, "")]);
    assert_read("• a.pdf\n• [ ] b.pdf,\n", &[("/a.pdf", None, ""), ("/b.pdf", None, "")]);
    assert_read("Expires (UTC);Document\n31.12.2026 23:59:59;a.pdf\n", &[("/a.pdf", EVE, "")]);
}

#[test]
fn a_column_of_dates_that_is_not_understood_is_asked_about() {
    for (text, heading) in [
        ("Plik;Ważne do\na.pdf;31.12.2026\n", "Ważne do"),
        ("Document;Meeting;Note\na.pdf;31.12.2026;x\n", "Meeting"),
        ("Document;Expires;Date\na.pdf;31.12.2026;1.12.2026\n", "Date"),
        ("Document;Note\na.pdf;31.12.2026\n", "Note"),
        ("Document;X\na.pdf;46387\n", "X"),
        ("Document;X\na.pdf;7 days\n", "X"),
    ] {
        let list = read(text);
        assert_eq!((list.asked.len(), list.asked[0].heading.as_str()), (1, heading), "{text}");
        assert_eq!(list.asked[0].asks, Asks::IsEnd);
        let with_date = |row: &Result<_, _>| matches!(row, Err(RowError::Asked { .. }));
        assert_eq!(rows(&list).iter().filter(|row| with_date(row)).count(), 1, "{text}");
    }
    // A few dates among notes.
    let list = read("a.pdf;x\nb.pdf;31.12.2026\nc.pdf;y\nd.pdf;z\n");
    assert!(rows(&list).iter().all(|row| matches!(row, Err(RowError::Asked { .. }))));
    assert_eq!(list.rows[0].note, "x");
    let list = read("Document;Valid from\na.pdf;31.12.2026\nb.pdf;\n");
    assert_eq!(list.asked[0].asks, Asks::IgnoresStart);
    assert!(matches!(rows(&list)[0], Err(RowError::Asked { .. })) && rows(&list)[1].is_ok());
    // What is known to be another date is asked of nobody.
    assert!(read("Document;Last modified\na.pdf;1.11.2026\n").asked.is_empty());
}

#[test]
fn what_the_heading_says_is_not_lost() {
    const DAYS: i64 = 86_400;
    for (text, expected) in [
        // A folder in its own column, and the longer of two paths.
        ("Folder,File,Expires\nx,a.pdf,2026-12-31\n", ("/x/a.pdf", EVE, "")),
        ("Ordner;Datei;Bis\nx/y/;a.pdf;31.12.2026\n", ("/x/y/a.pdf", EVE, "")),
        ("Path,Filename,Expires\nx/,a.pdf,2026-12-31\n", ("/x/a.pdf", EVE, "")),
        ("Document,Path,Expires\na.pdf,x/a.pdf,2026-12-31\n", ("/x/a.pdf", EVE, "")),
        ("Folder,File\nx,https://docs.example.com/y/a.pdf\n", ("/y/a.pdf", None, "")),
        // Numbers whose unit the heading says.
        ("Document;Expires in (days)\na.pdf;7\n", ("/a.pdf", Some(NOW + 7 * DAYS), "")),
        ("Datei;Laufzeit (Stunden)\na.pdf;48\n", ("/a.pdf", Some(NOW + 2 * DAYS), "")),
        ("Fichier;Durée (jours)\na.pdf;7 \n", ("/a.pdf", Some(NOW + 7 * DAYS), "")),
        // Rows in quotation marks as a whole, and a mark that is stated wrongly.
        ("\"Document,Expires,Note\"\n\"a.pdf,2026-12-31,\"\"x\"\"\"\n", ("/a.pdf", EVE, "x")),
        ("sep=,\r\nDocument;Expires\r\na.pdf;31.12.2026\r\n", ("/a.pdf", EVE, "")),
        // What databases print.
        (
            "+----------+------------+\n| document | expires    |\n+----------+------------+\n| a.pdf    | 2026-12-31 |\n+----------+------------+\n",
            ("/a.pdf", EVE, ""),
        ),
        (
            " document |  expires   \n----------+------------\n a.pdf    | 2026-12-31\n",
            ("/a.pdf", EVE, ""),
        ),
    ] {
        assert_read(text, &[expected]);
    }
    for text in [
        // More cells than the heading has names: a comma stands in one.
        "Document,Expires,Client\na.pdf,December 31, 2026,Jones\n",
        "Document,Expires,Client\nSmith, John.pdf,2026-12-31,Jones\n",
        "Document,Expires\na.pdf,2026-12-31,b.pdf\n",
        "a.pdf,December 31, 2026\n",
        "a.pdf,Dec 31,2027,x\n",
        // Two documents in a row.
        "Document,Document 2,Expires\na.pdf,b.pdf,2026-12-31\n",
        "File,Link,Expires\na.pdf,https://docs.example.com/x/b.pdf,2026-12-31\n",
        // An end for all of them, above the heading.
        "Valid until 31.12.2026;;\nDocument;Client;\na.pdf;A;\n",
        // A quotation mark that is closed in another row, or nowhere.
        "Document,Note,Expires\na.pdf,\"x,2026-12-31\nb.pdf,y\",2026-12-31\n",
        "Document,Note,Expires\nc.pdf,5\" disk,2026-12-31\na.pdf,\"x,2026-12-31\nb.pdf,y,2026-12-31\n",
        "Document;Days\na.pdf;7\n",
        "Document;Expires\ncontracts/;31.12.2026\n",
    ] {
        let list = read(text);
        assert!(rows(&list).iter().any(Result::is_err), "{text}: {:?}", rows(&list));
    }
    for text in [
        "Name,URL,Expires\nThe contract.pdf,https://docs.example.com/x/a.pdf,2026-12-31\n",
        "Document,Website,Expires\nx/a.pdf,https://client.example.org,2026-12-31\n",
        "Title,File,Expires\nOffer v1.2,x/a.pdf,2026-12-31\n",
        "Document,Size,Expires\nx/a.pdf,12.1 KB,2026-12-31\n",
        "Document,Invoice,Expires\nx/a.pdf,10001,2026-12-31\n",
    ] {
        let found = rows(&read(text));
        let is_read =
            matches!(&found[..], [Ok((path, end, _))] if path == "/x/a.pdf" && *end == EVE);
        assert!(is_read, "{text}: {found:?}");
    }
}

#[test]
fn a_line_is_a_name_or_needs_a_look() {
    for text in [
        // One name with a mark in it, or two columns.
        "Smith,John.pdf\n",
        "Smith,John.pdf\nMeier,Anna.pdf\n",
        "Jones;a.pdf\nLee;b.pdf\n",
        "Jones|a.pdf\n",
        "1;a.pdf\n2;b.pdf\n",
        "C|/a.pdf\n",
        "https://docs.example.com/a.pdf,Jones\n",
        "https://docs.example.com/a.pdf;Jones\nhttps://docs.example.com/b.pdf;Lee\n",
        // A date behind the name, whatever stands between.
        "a.pdf until 31.12.2026\n",
        "a.pdf bis 31.12.2026\n",
        "a.pdf (31.12.2026)\n",
        "a.pdf - 31.12.2026\n",
        "a.pdf: 31.12.2026\n",
        "a.pdf    31.12.2026\n",
        "a.pdf 2026-12-31\n",
        "a.pdf -> 31 Dec 2026\n",
        "a.pdf:2026-12-31\n",
        "a.pdf^2026-12-31\n",
        "a.pdf~2026-12-31\n",
        "a.pdf，2026-12-31\n",
        "a.pdf، 2026-12-31\n",
        "│ a.pdf │ 2026-12-31 │\n",
        // Columns of one width, and what programs print.
        "Document      Expires     Client\n",
        "b.pdf                     Lee\n",
        "-rw-r--r-- 1 me me 12345 Nov  1 10:00 a.pdf\n",
        "01.11.2026  10:00            12.345 a.pdf\n",
        "2026-11-01 10:00 12 a.pdf\n",
        "Document,Expires,Client\n",
        "Document:Expires\n",
        "Document^Expires\n",
        "Offer,,Lee\n",
        "Row 1,,\n",
        "document: a.pdf\n",
        "expires: 2026-12-31\n",
        "- document: a.pdf\n",
        "{\"document\":\"a.pdf\",\"expires\":\"2026-12-31\"}\n",
        "<table><tr><td>a.pdf</td><td>2026-12-31</td></tr></table>\n",
        "[\n",
        "{\n",
        "],\n",
        "----------+------------\n",
        "upload: ./a.pdf to s3://papers/a.pdf\n",
        "31.12.2026\n",
        "contracts/\n",
        "https://docs.example.com/a.pdf?v=1&amp;w=2\n",
        "undefined\n",
        "{{name}}.pdf\n",
        "<name>\n",
        "- <name>\n",
        "#N/A\n",
        "/home/me/a.pdf\n",
    ] {
        let found = document_list::read(text).map(|list| rows(&list)).unwrap_or_default();
        assert!(found.iter().all(Result::is_err), "{text}: {found:?}");
    }
    for (text, first) in [
        ("Hello,\na.pdf\n", "Hello,"),
        ("please make links for:\na.pdf\nb.pdf\n", "please make links for:"),
        (
            "$ aws s3 ls s3://papers/\n2026-11-01 10:00:00      12345 a.pdf\n",
            "$ aws s3 ls s3://papers/",
        ),
    ] {
        let found = rows(&read(text));
        assert!(found[0].is_err() && found[1..].iter().all(Result::is_ok), "{first}: {found:?}");
    }
    for (text, path) in [
        ("https://docs.example.com/e?v=1,2\n", "/e?v=1,2"),
        ("https://docs.example.com/e;v=1\nhttps://docs.example.com/f;v=2\n", "/e;v=1"),
        ("https://docs.example.com/a,b\n", "/a,b"),
        ("https://docs.example.com/a.pdf?v=1&x;w=2\n", "/a.pdf?v=1&x;w=2"),
        ("Report 31.12.2026.pdf\n", "/Report%2031.12.2026.pdf"),
        ("Report 31.12.2026.pdf;x\nb.pdf;y\n", "/Report%2031.12.2026.pdf"),
        ("2026-12-31 Minutes.pdf\n", "/2026-12-31%20Minutes.pdf"),
        ("1,5 Percent.pdf\n", "/1%2C5%20Percent.pdf"),
        ("R&D, Q1 (final)!.pdf\n", "/R%26D%2C%20Q1%20%28final%29%21.pdf"),
        ("Report: final.pdf\n", "/Report%3A%20final.pdf"),
        ("\"Smith,John.pdf\"\n", "/Smith%2CJohn.pdf"),
        ("\"2026-12-31\"\n", "/2026-12-31"),
        ("a.pdf,\nb.pdf,\n", "/a.pdf"),
        ("\"a.pdf\",\n\"b.pdf\"\n", "/a.pdf"),
        ("a.pdf;;;\nb.pdf;;;\n", "/a.pdf"),
        ("See https://docs.example.com/a.pdf and https://docs.example.com/b.pdf.\n", "/a.pdf"),
    ] {
        let found = rows(&read(text));
        assert!(matches!(&found[0], Ok((found, None, _)) if found == path), "{text}: {found:?}");
    }
}

#[test]
fn an_inventory_without_a_date_is_one_too() {
    assert_read(
        "\"papers\",\"x/a.pdf\"\n\"papers\",\"Quarter+3%2B.pdf\"\n",
        &[("/x/a.pdf", None, ""), ("/Quarter%203%2B.pdf", None, "")],
    );
    assert_read("\"papers\",\"Quarter+3.pdf\",\"12\"\n", &[("/Quarter%203.pdf", None, "")]);
    // A reader's name beside a document's.
    let of_readers = rows(&read("\"jones\",\"a b.pdf\"\n\"lee\",\"c.pdf\"\n"));
    assert!(of_readers.iter().all(Result::is_err), "{of_readers:?}");
}

#[test]
fn one_date_of_a_list_shows_the_order_of_the_others() {
    let ends =
        |text: &str| rows(&read(text)).into_iter().map(|row| row.map(|(_, end, _)| end.unwrap()));
    let both = |first: i64, second: i64| vec![Ok(first), Ok(second)];
    let fifth_of_june = NEW_YEARS_EVE + 156 * 86_400;
    let sixth_of_may = NEW_YEARS_EVE + 126 * 86_400;
    let table = |other: &str| format!("Document;Expires\na.pdf;5/6/2027\nb.pdf;{other}\n");
    assert_eq!(ends(&table("31/12/2026")).collect::<Vec<_>>(), both(fifth_of_june, NEW_YEARS_EVE));
    assert_eq!(ends(&table("12/31/2026")).collect::<Vec<_>>(), both(sixth_of_may, NEW_YEARS_EVE));
    for other in ["6/7/2027", "31.12.2026", "2026-12-31", ""] {
        let rows = rows(&read(&table(other)));
        assert!(
            matches!(&rows[0], Err(RowError::End(error)) if matches!(error.why, MomentError::Ambiguous { by_order: true, .. })),
            "{other}: {rows:?}"
        );
    }
    let contradiction =
        read("Document;Expires\na.pdf;5/6/2027\nb.pdf;31/12/2026\nc.pdf;12/31/2026\n");
    assert!(rows(&contradiction)[0].is_err());
}

#[test]
fn what_may_be_no_document_needs_a_look() {
    for (text, doubt) in [
        ("a.pdf, b.pdf\nc\n", Doubt::SeveralDocuments),
        ("Contract;31.12.2026;Müller\nx\n", Doubt::SeveralColumns),
        ("Vertrag Müller.pdf;31.12.2026\nx\n", Doubt::SeveralColumns),
        ("a;b;c\nx\n", Doubt::SeveralColumns),
        ("2026-11-01 10:00:00 my-bucket\n", Doubt::SeveralColumns),
        ("\"a.pdf,2026-12-31,x\"\n\"b.pdf,,y\"\n", Doubt::SeveralColumns),
        ("Papers for the meeting\na.pdf\nb.pdf\n", Doubt::NoDocument),
        ("Client A;;\na.pdf;2026-12-31;x\nb.pdf;;\n", Doubt::NoDocument),
        ("Document;Note\na.pdf;\"x\nb.pdf;y\n", Doubt::OpenQuote),
    ] {
        assert_eq!(read(text).rows[0].doubt, Some(doubt), "{text}");
    }
    for plain in [
        "Smith, John.pdf\n",
        "Smith, John; final.pdf\n",
        "https://docs.example.com/e?v=1,2\n",
        "https://docs.example.com/a,b,c,d,e.pdf\n",
        "Report 2026-11.pdf\n",
        "README\na.pdf\nb.pdf\n",
    ] {
        assert_eq!(read(plain).rows[0].doubt, None, "{plain}");
    }
    for name in ["1. a.pdf", "- a.pdf", "a|b.pdf", "`a`.pdf", "a;b;c.pdf"] {
        let list = read(&line_of(name));
        assert_eq!((list.rows[0].document.as_str(), list.rows[0].doubt), (name, None));
    }
    for name in [";", "||", ";|,", "| .pdf", "; .pdf"] {
        assert_eq!(read(&line_of(name)).rows[0].document, name);
    }
}

#[test]
fn a_column_of_networks_is_asked_about() {
    for text in [
        "Document;IP\na.pdf;203.0.113.7\nb.pdf;\n",
        "Document;Network\na.pdf;203.0.113.0/24\nb.pdf;\n",
        "Datei;Netzwerk;Bis\na.pdf;203.0.113.0/24;31.12.2026\nb.pdf;;31.12.2026\n",
        "Document,IP address,Note\na.pdf,203.0.113.7,x\nb.pdf,,y\n",
        "CIDR\tFile\n203.0.113.0/24\ta.pdf\n\tb.pdf\n",
        "Document;Allowed from\na.pdf;203.0.113.7\nb.pdf;\n",
        "Document;Expires;X\na.pdf;31.12.2026;203.0.113.7\nb.pdf;31.12.2026;\n",
        // A reader's name does not look like that.
        "Document;For\na.pdf;203.0.113.7\nb.pdf;\n",
        "Plik;Sie\u{107}\na.pdf;203.0.113.7\nb.pdf;\n",
        // Without a heading.
        "a.pdf;203.0.113.7\nb.pdf;\n",
        "a.pdf,203.0.113.0/24\nb.pdf,\n",
        "a.pdf\t203.0.113.0/24\t31.12.2026\nb.pdf\t\t\n",
        "https://docs.example.com/a.pdf;203.0.113.7\nhttps://docs.example.com/b.pdf;\n",
        // Nothing that CloudFront could keep, and meant all the same.
        "Document;IP\na.pdf;2001:db8::/32\nb.pdf;\n",
        "Document;IP\na.pdf;192.168.1.5\nb.pdf;\n",
        "Document;IP\na.pdf;203.0.113.7, 198.51.100.7\nb.pdf;\n",
        "Document;IP\na.pdf;203.0.113.*\nb.pdf;\n",
        "Document;Network\na.pdf;the office\nb.pdf;\n",
    ] {
        let list = read(text);
        let asks: Vec<_> = list.asked.iter().map(|column| column.asks).collect();
        assert_eq!(asks, [Asks::IgnoresNetwork], "{text}");
        let rows = rows(&list);
        let asked =
            |row: &Row| matches!(row, Err(RowError::Asked { asks: Asks::IgnoresNetwork, .. }));
        assert!(asked(&rows[0]) && rows[1].is_ok(), "{text}: {rows:?}");
    }
    // A network for all, or one that stands in no column.
    for text in [
        "Only from 203.0.113.0/24;;\nDocument;Client;\na.pdf;x;\n",
        "a.pdf 203.0.113.7\n",
        "a.pdf from 203.0.113.0/24\n",
        "a.pdf, 203.0.113.7, Jones\n",
        "https://docs.example.com/a.pdf,203.0.113.7\n",
    ] {
        assert!(rows(&read(text))[0].is_err(), "{text}");
    }
    for text in [
        "Document;Version\na.pdf;1.2.3.4\n",
        "Document;Uploaded from IP\na.pdf;203.0.113.7\n",
        "Document;Note\na.pdf;Server 203.0.113.7 in Berlin\nb.pdf;x\n",
        "Document;Network\na.pdf;\n",
    ] {
        let list = read(text);
        assert!(list.asked.is_empty() && rows(&list)[0].is_ok(), "{text}: {:?}", rows(&list));
    }
}

#[test]
fn a_column_of_starts_is_asked_about() {
    for heading in [
        "Valid from",
        "Gültig ab",
        "Ab",
        "Not before",
        "notBefore",
        "Start",
        "Available from",
        "Embargo until",
        "Sperrfrist bis",
        "Nicht vor",
        "Pas avant le",
        "Desde",
        "À partir du",
    ] {
        for row in ["a.pdf;1.12.2026\nb.pdf;\n", "a.pdf;2026-12-01 09:00\nb.pdf;\n"] {
            let list = read(&format!("Document;{heading}\n{row}"));
            let asks: Vec<_> = list.asked.iter().map(|column| column.asks).collect();
            assert_eq!(asks, [Asks::IgnoresStart], "{heading}");
            let rows = rows(&list);
            assert!(matches!(rows[0], Err(RowError::Asked { .. })) && rows[1].is_ok(), "{heading}");
        }
    }
    // A start that is no date is one all the same, and whoever sends something is none.
    let list = read("Document;Valid from\na.pdf;after payment\nb.pdf;\n");
    assert!(rows(&list)[0].is_err() && rows(&list)[1].is_ok());
    assert!(rows(&read("Document;From\na.pdf;Ms Jones\n"))[0].is_ok());
    // Without a heading, the first of two dates is not taken for the end unasked.
    let list = read("a.pdf;1.12.2026;31.12.2026\n");
    assert!(matches!(rows(&list)[0], Err(RowError::Asked { .. })));
}

#[test]
fn what_rclone_prints_is_read() {
    for (text, path) in [
        ("   123456 path/to/file.pdf\n       12 b.pdf\n", "/path/to/file.pdf"),
        ("   123456 2026-11-01 10:00:00.123456789 path/to/a b.pdf\n", "/path/to/a%20b.pdf"),
    ] {
        let list = read(text);
        assert!(list.asked.is_empty());
        assert_eq!(rows(&list)[0], Ok((path.to_owned(), None, String::new())), "{text}");
    }
    for text in [
        "  12 Angry Men.pdf\n",
        "     12345  2026-11-01T10:00:00Z  gs://papers/a.pdf\n",
        "2026-11-01 10:00     12345   s3://papers/a.pdf\n",
        "[2026-11-01 10:00:00 UTC]  12KiB STANDARD a.pdf\n",
    ] {
        assert!(rows(&read(text))[0].is_err(), "{text}: {:?}", rows(&read(text)));
    }
}

#[test]
fn a_folder_needs_a_look_wherever_it_stands() {
    for text in [
        "reports/\na.pdf\n",
        "\"reports/\"\na.pdf\n",
        "- reports/\n- a.pdf\n",
        "https://docs.example.com/reports/\na.pdf\n",
        "https://docs.example.com/reports/?x=1\na.pdf\n",
        "Document;Note\nreports/;x\na.pdf;y\n",
        "Document,Note\nhttps://docs.example.com/reports/,x\na.pdf,y\n",
        "  PRE reports/\n2026-11-01 10:00:00   12 a.pdf\n",
        "2026-11-01 10:00:00          0 reports/\n2026-11-01 10:00:00   12 a.pdf\n",
        "\"papers\",\"reports/\"\n\"papers\",\"a.pdf\"\n",
    ] {
        let read = rows(&read(text));
        let folder = AddressError::IsFolder { folder: "/reports/".to_owned() };
        assert_eq!(read[0], Err(RowError::Address(folder)), "{text}");
        assert!(read[1].is_ok(), "{text}");
    }
}

#[test]
fn the_encoding_is_said() {
    let text = "Dateiname;Gültig bis\r\nMüller.pdf;31.12.2026\r\n";
    let (bytes, _, _) = WINDOWS_1252.encode(text);
    let list = document_list::read_bytes(&bytes).unwrap();
    assert_eq!((list.encoding, rows(&list)), (Some("windows-1252"), rows(&read(text))));
    assert_eq!(document_list::read_bytes(text.as_bytes()).unwrap().encoding, None);
}

/// What says that links end then, in four languages and some of their neighbours': none of these is asked
/// about.
const ENDS: &[&str] = &[
    "Expires",
    "Expiry",
    "Expiry Date",
    "Expiration date",
    "Expires on",
    "Valid until",
    "Valid to",
    "Valid thru",
    "Until",
    "Works until",
    "End",
    "End date",
    "Ends",
    "Deadline",
    "Available until",
    "Link expires",
    "Date",
    "Not after",
    "Use by",
    "Closing date",
    "Time limit",
    "Gültig bis",
    "Ablaufdatum",
    "Bis",
    "Ende",
    "Läuft ab am",
    "Frist",
    "Verfällt am",
    "Datum",
    "Befristet bis",
    "Gültigkeit",
    "Laufzeit",
    "Endet am",
    "Verfallsdatum",
    "Verfügbar bis",
    "Ungültig ab",
    "Date d'expiration",
    "Expire le",
    "Valable jusqu'au",
    "Échéance",
    "Date de fin",
    "Fin de validité",
    "Date limite",
    "Jusqu'à",
    "Clôture",
    "Fecha de caducidad",
    "Válido hasta",
    "Vence",
    "Vencimiento",
    "Expira el",
    "Hasta",
    "Caduca el",
    "Fecha límite",
    "Fecha de expiración",
    "Scadenza",
];

/// What says it to nobody, or only in a language that is not known here.
const OTHERS: [&str; 8] =
    ["Due", "Due date", "Termin", "Meeting", "Ważne do", "Note", "Whatever", "Upload expires"];

const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

const MARKS: [&str; 4] = ["\t", ";", ",", "|"];

/// How a program writes the bytes of a text; `None` where its encoding lacks a letter of it.
type Encoded = fn(&str) -> Option<Vec<u8>>;

const ENCODINGS: [Encoded; 7] = [
    |text| Some(text.as_bytes().to_vec()),
    |text| Some(format!("\u{feff}{text}").into_bytes()),
    |text| in_one(text, WINDOWS_1252),
    |text| in_one(text, MACINTOSH),
    |text| Some(format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()),
    |text| Some(format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect()),
    |text| Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
];

fn in_one(text: &str, encoding: &'static Encoding) -> Option<Vec<u8>> {
    let (bytes, _, has_others) = encoding.encode(text);
    (!has_others).then(|| bytes.into_owned())
}

#[test]
fn every_known_heading_is_an_end_in_every_table() {
    assert!(ENDS.len() >= 40);
    let expected: Vec<Row> = vec![
        Ok(("/Vertrag%20M%C3%BCller.pdf".to_owned(), EVE, "Weiß".to_owned())),
        Ok(("/b.pdf".to_owned(), None, String::new())),
    ];
    for heading in ENDS {
        let table = [
            ["Document", heading, "Client"],
            ["Vertrag Müller.pdf", "31.12.2026", "Weiß"],
            ["b.pdf", "", ""],
        ];
        let shapes = ORDERS.iter().flat_map(|order| MARKS.map(|mark| (order, mark)));
        for ((order, mark), encoded) in shapes.zip(ENCODINGS.iter().cycle()) {
            let line = |row: &[&str; 3]| order.map(|at| row[at]).join(mark);
            let text = table.iter().map(line).collect::<Vec<_>>().join("\r\n");
            let Some(bytes) = encoded(&text) else { continue };
            let list = document_list::read_bytes(&bytes).unwrap();
            assert_eq!(rows(&list), expected, "{text} {:?}", list.encoding);
        }
    }
}

proptest! {
    /// A table of three columns in any order, between any marks, in any encoding: each row has its own
    /// end as it was written, or the person is asked.
    #[test]
    fn no_table_loses_a_date_silently(
        heading in prop::sample::select([ENDS, &OTHERS[..]].concat()),
        names in prop::sample::select(vec![("Document", "Client"), ("Dateiname", "Empfänger"), ("Fichier", "Destinataire"), ("Archivo", "Ref"), ("Plik", "Kto"), ("Name", "Sent to")]),
        order in prop::sample::select(&ORDERS[..]),
        mark in prop::sample::select(&MARKS[..]),
        line_end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        encoding in 0..ENCODINGS.len(),
        date in prop::sample::select(vec!["2026-12-31", "31.12.2026", "31/12/2026", "12/31/2026", "31.12.26", "31 December 2026", "31. Dez. 2026", "31 déc. 2026", "2026-12-31T23:59:59Z", "46387", "5/6/2027", "31.11.2026", "1798761599000"]),
        is_first in any::<bool>(),
    ) {
        let rows_of_it = [
            [names.0, heading, names.1],
            ["a.pdf", if is_first { date } else { "" }, "Müller"],
            ["Vertrag b.pdf", date, ""],
            ["c.pdf", "", "Lee"],
        ];
        let line = |row: &[&str; 3]| order.map(|at| row[at]).join(mark);
        let text = rows_of_it.iter().map(line).collect::<Vec<_>>().join(line_end);
        let bytes = ENCODINGS[encoding](&text);
        prop_assume!(bytes.is_some());
        let bytes = bytes.unwrap_or_default();
        let list = document_list::read_bytes(&bytes).unwrap();
        let found = rows(&list);
        for (at, name) in [(0, "/a.pdf"), (1, "/Vertrag%20b.pdf"), (2, "/c.pdf")] {
            let has_date = !rows_of_it[at + 1][1].is_empty();
            let row = found.iter().filter(|row| matches!(row, Ok((path, ..)) if path == name)).collect::<Vec<_>>();
            match row[..] {
                [Ok((_, end, _))] => prop_assert_eq!(*end, has_date.then_some(NEW_YEARS_EVE), "{}", text),
                [] => {
                    // It needs a look; where nothing is asked of the whole list, so does its own row.
                    let count = found.iter().filter(|row| row.is_err()).count();
                    prop_assert!(count > 0 && has_date, "{}: {:?}", text, found);
                }
                _ => prop_assert!(false, "twice: {}", text),
            }
        }
    }
}
