//! `signet sign --urls-from`: an address on each line becomes a link on each line, in the same order,
//! on all cores, in constant memory.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Stdout, Write};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use signet_cloudfront::address::MAX_BYTES;
use signet_cloudfront::document_list;
use signet_cloudfront::signed_url::SignedUrl;

use crate::failure::Failure;
use crate::url_signer::UrlSigner;
use crate::{conditions, terminal};

/// So many lines are in memory three times over, read, signed and written: few enough that their memory
/// is reached at once and stays, and enough to keep all cores busy between two writes.
const LINES_AT_ONCE: usize = 1_024;

/// What is kept of a line: more than an address may have, so that a longer one is refused as such.
const LINE_BYTES: u64 = MAX_BYTES as u64 + 100;

/// Signs every line of a file, or of the standard input for `-`.
///
/// A line that has no link gets an error line with its number, and the others go on. While lines are
/// signed, those before them are written and those behind them read, so that no core waits for that.
pub fn run(file: &Path, signer: &UrlSigner) -> Result<(), Failure> {
    let (mut input, size) = open(file)?;
    skip_mark(&mut *input)?;
    let progress = progress(size);
    let mut output = Output::new(&progress);
    let mut lines = next_lines(&mut *input, &progress)?;
    check_addresses(&lines)?;
    let mut made = Vec::new();
    while !lines.is_empty() {
        let (links, (written, next)) = rayon::join(
            || lines.par_iter().map(|line| link_of(line, signer)).collect::<Vec<_>>(),
            || (output.write(&made), next_lines(&mut *input, &progress)),
        );
        written?;
        made = links;
        lines = match next {
            Ok(lines) => lines,
            Err(failure) => {
                output.write(&made)?;
                return Err(failure);
            }
        };
    }
    output.write(&made)?;
    progress.finish_and_clear();
    if output.number > output.failed {
        conditions::warn(&signer.terms)?;
    }
    output.verdict()
}

/// What became of a line.
struct Made {
    link: SignedUrl,
    /// Its address, where it is signed in another form than it was given.
    changed: Option<String>,
    warning: Option<String>,
}

/// Where the links go, and how many lines have none.
struct Output<'a> {
    links: BufWriter<Stdout>,
    progress: &'a ProgressBar,
    number: u64,
    failed: u64,
}

impl<'a> Output<'a> {
    fn new(progress: &'a ProgressBar) -> Self {
        Self { links: BufWriter::new(terminal::exact()), progress, number: 0, failed: 0 }
    }

    fn write(&mut self, made: &[Result<Made, Failure>]) -> Result<(), Failure> {
        for link in made {
            self.number += 1;
            match link {
                Ok(Made { link, changed, warning }) => {
                    writeln!(self.links, "{}", link.as_str())?;
                    let number = self.number;
                    if let Some(address) = changed {
                        let say = || {
                            writeln!(terminal::errors(), "Line {number}, signed address: {address}")
                        };
                        self.progress.suspend(say)?;
                    }
                    if let Some(warning) = warning {
                        let say = || writeln!(terminal::errors(), "Line {number}: {warning}");
                        self.progress.suspend(say)?;
                    }
                }
                Err(failure) => {
                    self.failed += 1;
                    let number = self.number;
                    let say = || writeln!(terminal::errors(), "Line {number}: {}", failure.what());
                    self.progress.suspend(say)?;
                }
            }
        }
        Ok(self.links.flush()?)
    }

    fn verdict(&self) -> Result<(), Failure> {
        let Self { number, failed, .. } = self;
        if *failed == 0 {
            return Ok(());
        }
        Err(Failure::other(
            format!("{failed} of {number} lines have no link."),
            "Mend the lines named above and sign them again; the others have their links.",
        ))
    }
}

/// The addresses, and how many bytes they are where that can be known.
fn open(file: &Path) -> Result<(Box<dyn BufRead + Send>, Option<u64>), Failure> {
    if file == Path::new("-") {
        return Ok((Box::new(BufReader::new(io::stdin())), None));
    }
    let opened = File::open(file).map_err(|_| {
        Failure::other(
            "The file of --urls-from cannot be read.",
            "Give a text file with an address on each line.",
        )
    })?;
    let size = opened.metadata().ok().filter(std::fs::Metadata::is_file).map(|data| data.len());
    Ok((Box::new(BufReader::new(opened)), size))
}

/// A bar for a person at a terminal. Where the links themselves go to the terminal there is none: it
/// would stand between them.
fn progress(size: Option<u64>) -> ProgressBar {
    match size {
        Some(size) if terminal::are_errors_read() && !terminal::is_read() => {
            let style = ProgressStyle::with_template("{percent:>3} % {wide_bar} {eta} left");
            let bar = ProgressBar::new(size);
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        }
        _ => ProgressBar::hidden(),
    }
}

/// Refuses once, and not line by line, what is no list of addresses.
fn check_addresses(lines: &[Vec<u8>]) -> Result<(), Failure> {
    if lines
        .first()
        .is_some_and(|line| line.starts_with(b"\xff\xfe") || line.starts_with(b"\xfe\xff"))
    {
        return Err(Failure::usage(
            "What --urls-from gives is not text in UTF-8.",
            "Save the file as UTF-8, or give it with --list, which reads UTF-16 too.",
        ));
    }
    if document_list::is_table(&String::from_utf8_lossy(&lines.concat())) {
        return Err(Failure::usage(
            "What --urls-from gives is a table, and not addresses alone.",
            "Give it with --list, which reads its columns, and with --site or --key.",
        ));
    }
    Ok(())
}

fn link_of(line: &[u8], signer: &UrlSigner) -> Result<Made, Failure> {
    let text = std::str::from_utf8(line).map_err(|_| {
        Failure::usage("This line is not text in UTF-8.", "Save the file as UTF-8.")
    })?;
    let text = text.trim_end_matches(['\r', '\n']);
    if text.contains([',', ';', '\t', '|']) && document_list::has_columns(text) {
        return Err(Failure::usage(
            "This line has several columns, and not an address alone: give the table with --list.",
            "Give the table with --list.",
        ));
    }
    let (address, link) = signer.link(text)?;
    let changed = (address.as_str() != text).then(|| address.as_str().to_owned());
    let warning = conditions::warning_of(&address, &signer.terms, "--policy-resource");
    Ok(Made { link, changed, warning })
}

/// Editors on Windows begin a file with a byte order mark, which is no part of its first address.
fn skip_mark(input: &mut dyn BufRead) -> Result<(), Failure> {
    const MARK: &[u8] = b"\xef\xbb\xbf";
    // A mark that a pipe gives in pieces would be taken for a part of the line, and so be refused.
    if input.fill_buf().map_err(unreadable)?.starts_with(MARK) {
        input.consume(MARK.len());
    }
    Ok(())
}

/// What was opened, and gave no more.
fn unreadable(error: io::Error) -> Failure {
    Failure::other(
        format!("What --urls-from names could not be read: {}.", error.kind()),
        "Look at where the addresses come from.",
    )
}

fn next_lines(input: &mut dyn BufRead, progress: &ProgressBar) -> Result<Vec<Vec<u8>>, Failure> {
    let mut lines = Vec::new();
    while lines.len() < LINES_AT_ONCE {
        let mut line = Vec::new();
        let read = input.take(LINE_BYTES).read_until(b'\n', &mut line);
        let read = read.and_then(|length| match line.last() {
            Some(last) if *last != b'\n' && length as u64 == LINE_BYTES => {
                Ok(length + input.skip_until(b'\n')?)
            }
            _ => Ok(length),
        });
        let length = read.map_err(unreadable)?;
        if length == 0 {
            break;
        }
        progress.inc(length as u64);
        lines.push(line);
    }
    Ok(lines)
}
