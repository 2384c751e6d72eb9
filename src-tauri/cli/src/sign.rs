//! `signet sign`: one address, or one on each line, becomes a link.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Write};
use std::path::Path;

use rayon::prelude::*;
use signet_core::address::DocumentAddress;
use signet_core::key::{HashAlgorithm, SigningKey};
use signet_core::public_key_id::PublicKeyId;
use signet_core::signed_url::{self, SignUrlError, SignedUrl};
use signet_core::terms::Terms;

use crate::arguments::Sign;
use crate::failure::Failure;
use crate::{keys, terms};

/// So many lines are in memory at once: enough to keep all cores busy between two writes.
const LINES_AT_ONCE: usize = 4_096;

/// Signs what was asked for and writes the links to the standard output.
pub fn run(request: &Sign) -> Result<(), Failure> {
    let terms = terms::of(&request.limits, request.policy_resource.as_deref())?;
    let (key, id) = keys::open(&request.signer)?;
    let hash = request.hash_algorithm.map_or(key.default_hash(), Into::into);
    let seal = Seal { terms, hash, key, id };
    match (&request.url, &request.urls_from) {
        (Some(url), _) => one(url, &seal),
        (None, Some(file)) => many(file, &seal),
        (None, None) => Err(Failure::usage("There is no address.", "Give --url or --urls-from.")),
    }
}

/// All that turns an address into a link.
struct Seal {
    terms: Terms,
    hash: HashAlgorithm,
    key: SigningKey,
    id: PublicKeyId,
}

impl Seal {
    fn link(&self, url: &str) -> Result<(DocumentAddress, SignedUrl), Failure> {
        let address = DocumentAddress::parse_url(url).map_err(|error| {
            Failure::usage(
                format!("This address cannot be signed: {error}."),
                "Give the whole address on CloudFront, as https://docs.example.com/a.pdf.",
            )
        })?;
        let link = signed_url::sign(&address, &self.terms, self.hash, &self.key, &self.id);
        match link {
            Ok(link) => Ok((address, link)),
            Err(SignUrlError::NotCovered) => Err(Failure::usage(
                "The policy resource does not open this address.",
                "Change --policy-resource or the address.",
            )),
            Err(error) => Err(Failure::other(
                format!("This address cannot be signed: {error}."),
                "Shorten the address, or try again.",
            )),
        }
    }
}

fn one(url: &str, seal: &Seal) -> Result<(), Failure> {
    let (address, link) = seal.link(url)?;
    if address.as_str() != url {
        writeln!(io::stderr(), "Signed address: {}", address.as_str())?;
    }
    let mut output = io::stdout().lock();
    write!(output, "{}", link.as_str())?;
    // A script gets the link alone, as `aws cloudfront sign` writes it.
    if output.is_terminal() {
        writeln!(output)?;
    }
    Ok(output.flush()?)
}

fn many(file: &Path, seal: &Seal) -> Result<(), Failure> {
    let mut input: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        let opened = File::open(file).map_err(|_| {
            Failure::other(
                format!("{} cannot be read.", file.display()),
                "Give a text file with an address on each line.",
            )
        })?;
        Box::new(BufReader::new(opened))
    };
    let mut output = BufWriter::new(io::stdout().lock());
    let (mut number, mut failed) = (0_u64, 0_u64);
    loop {
        let lines = next_lines(&mut *input)?;
        if lines.is_empty() {
            break;
        }
        let links: Vec<_> = lines.par_iter().map(|line| link_of_line(line, seal)).collect();
        for link in links {
            number += 1;
            match link {
                Ok(link) => writeln!(output, "{}", link.as_str())?,
                Err(failure) => {
                    failed += 1;
                    writeln!(io::stderr(), "Line {number}: {}", failure.what())?;
                }
            }
        }
    }
    output.flush()?;
    if failed == 0 {
        return Ok(());
    }
    Err(Failure::other(
        format!("{failed} of {number} lines have no link."),
        "Mend the lines named above and sign them again; the others have their links.",
    ))
}

fn link_of_line(line: &[u8], seal: &Seal) -> Result<SignedUrl, Failure> {
    let text = std::str::from_utf8(line).map_err(|_| {
        Failure::usage("This line is not text in UTF-8.", "Save the file as UTF-8.")
    })?;
    seal.link(text.trim_end_matches(['\r', '\n'])).map(|(_, link)| link)
}

fn next_lines(input: &mut dyn BufRead) -> Result<Vec<Vec<u8>>, Failure> {
    let mut lines = Vec::new();
    while lines.len() < LINES_AT_ONCE {
        let mut line = Vec::new();
        let length = input.read_until(b'\n', &mut line).map_err(|_| {
            Failure::other("The addresses could not be read.", "Look at where they come from.")
        })?;
        if length == 0 {
            break;
        }
        lines.push(line);
    }
    Ok(lines)
}
