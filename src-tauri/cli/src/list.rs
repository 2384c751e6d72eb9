//! `signet sign --list`: a table of documents becomes a link for each row, in their order. It is read as
//! the window reads it, and a row about which the window would ask is refused with its line.

use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use rayon::prelude::*;
use signet_app::{ListReader, ReadRow, RowError};
use signet_cloudfront::document_list::{self, Asks, Doubt, ListError, ListedDocument, MAX_BYTES};
use signet_cloudfront::site::SiteAddress;
use signet_os::list_file;

use crate::failure::Failure;
use crate::url_signer::UrlSigner;
use crate::{moment, terminal};

/// Signs every row of a file, or of the standard input for `-`. Rows that say no end get the signer's.
pub fn run(file: &Path, site: &SiteAddress, signer: &UrlSigner) -> Result<(), Failure> {
    let list = document_list::read_bytes(&bytes_of(file)?).map_err(not_a_list)?;
    if let Some(encoding) = list.encoding {
        writeln!(terminal::errors(), "The list was read as {encoding}.")?;
    }
    let reader = ListReader::new(&list);
    let now = moment::now();
    let link = |row: &ListedDocument| {
        let read = reader.read(row, "", site, now, &chrono::Local).map_err(|error| what(&error))?;
        let ReadRow { address, expires_at, .. } = read;
        let link = signer.link_until(&address, expires_at);
        link.map_err(|failure| failure.what().to_owned())
    };
    let links: Vec<_> = list.rows.par_iter().map(link).collect();
    let mut output = BufWriter::new(terminal::exact());
    let mut failed = 0;
    for (row, link) in list.rows.iter().zip(&links) {
        match link {
            Ok(link) => writeln!(output, "{}", link.as_str())?,
            Err(what) => {
                failed += 1;
                let refused = Failure::other(format!("Line {}: {what}", row.line), "");
                writeln!(terminal::errors(), "{}", refused.what())?;
            }
        }
    }
    output.flush()?;
    if failed == 0 {
        return Ok(());
    }
    Err(Failure::other(
        format!("{failed} of {} documents have no link.", links.len()),
        "Mend the lines named above and sign them again; the others have their links.",
    ))
}

fn bytes_of(file: &Path) -> Result<Vec<u8>, Failure> {
    if file != Path::new("-") {
        return list_file::read(file).map_err(|error| {
            Failure::other(
                format!("The file of --list cannot be used: {error}."),
                "Give a text file, or a table that was saved as CSV.",
            )
        });
    }
    let mut bytes = Vec::new();
    // One more than the most is enough to see that there are too many.
    let read = io::stdin().take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes);
    read.map(|_| bytes).map_err(|_| {
        let what = "The list could not be read from the standard input.";
        Failure::other(what, "Look at where it comes from.")
    })
}

fn not_a_list(error: ListError) -> Failure {
    let do_now = match error {
        ListError::Empty => "Give a document on each line, or a table with a column of documents.",
        ListError::NotText => "Save it as CSV UTF-8 and give that file.",
        ListError::TooLong { .. } | ListError::TooLarge { .. } => "Give it in several parts.",
    };
    Failure::other(format!("The list cannot be used: {error}."), do_now)
}

/// What is wrong with a row: a line has room for one sentence and what to do.
fn what(error: &RowError) -> String {
    match error {
        RowError::End(error) => {
            let (what, do_now) =
                moment::sentences(&format!("the end “{}”", error.text), &error.why);
            format!("{what} {do_now}")
        }
        RowError::Asked { heading, number, text, asks } => {
            let column = if heading.is_empty() {
                format!("column {number}")
            } else {
                format!("the column “{heading}”")
            };
            match asks {
                Asks::IsEnd => format!(
                    "It is not clear whether the link ends at “{text}”, in {column}. Call that column “Expires” if it does, or leave it out."
                ),
                Asks::IgnoresNetwork => format!(
                    "A list limits no link to a network, and “{text}” stands in {column}. Sign that document alone with --url and --ip-address, or leave the column out, and the link opens from everywhere."
                ),
                Asks::IgnoresStart => format!(
                    "A list knows no start, and “{text}” stands in {column}. Leave that column out, and the links work at once."
                ),
            }
        }
        RowError::Doubt(doubt @ (Doubt::SeveralColumns | Doubt::SeveralDocuments)) => {
            format!("{}. Put a name with such marks in it into quotation marks.", sentence(doubt))
        }
        RowError::Doubt(doubt) => format!("{}.", sentence(doubt)),
        RowError::Address(error) => format!("This document cannot be signed: {error}."),
        RowError::Lifetime(error) => format!("Its end cannot be used: {error}."),
        RowError::Clock(_) => {
            "The clock of this computer is wrong, so its own end cannot be used.".to_owned()
        }
        RowError::Note(error) => format!("Its note cannot be used: {error}."),
        RowError::Sign(error) => format!("This document cannot be signed: {error}."),
    }
}

fn sentence(doubt: &Doubt) -> String {
    let words = doubt.to_string();
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
