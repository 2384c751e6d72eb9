//! `signet sign`: one address, or one on each line, becomes a link.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use rayon::prelude::*;
use signet_core::address::DocumentAddress;
use signet_core::key::{HashAlgorithm, SigningKey};
use signet_core::policy::Network;
use signet_core::policy_resource::PolicyResource;
use signet_core::public_key_id::PublicKeyId;
use signet_core::signed_url::{self, SignUrlError, SignedUrl};
use signet_core::terms::{Limits, Terms};

use crate::arguments::{Hash, Sign};
use crate::failure::Failure;
use crate::{keys, moment};

/// So many lines are in memory at once: enough to keep all cores busy between two writes.
const LINES_AT_ONCE: usize = 4_096;

const A_TIME: &str =
    "Give a time as 2026-12-01, 2026-12-01T17:00:00, 2026-12-01T17:00:00+01:00 or 1796144400.";

/// Signs what was asked for and writes the links to the standard output.
pub fn run(request: &Sign) -> Result<(), Failure> {
    let terms = terms(request)?;
    let (key, id) = keys::open(&request.signer)?;
    let hash = match request.hash_algorithm {
        Some(Hash::Sha1) => HashAlgorithm::Sha1,
        Some(Hash::Sha256) => HashAlgorithm::Sha256,
        None => key.default_hash(),
    };
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

fn terms(request: &Sign) -> Result<Terms, Failure> {
    let time = |name: &str, text: &str| {
        moment::parse(text).ok_or_else(|| {
            Failure::usage(format!("The value of {name} is no time: {text}."), A_TIME)
        })
    };
    let end = match (&request.date_less_than, &request.expires_in) {
        (Some(text), _) => time("--date-less-than", text)?,
        (None, span) => {
            let span = span.as_deref().unwrap_or_default();
            moment::parse_span(span).and_then(|span| now().checked_add(span)).ok_or_else(|| {
                let what = format!("The value of --expires-in is no span of time: {span}.");
                Failure::usage(what, "Give a span as 90s, 45m, 12h, 7d or 2w.")
            })?
        }
    };
    let starts_after = match &request.date_greater_than {
        Some(text) => Some(time("--date-greater-than", text)?),
        None => None,
    };
    let network = match &request.ip_address {
        Some(text) => Some(Network::parse(text).ok_or_else(|| {
            Failure::usage(
                format!("The value of --ip-address is no IPv4 address or range: {text}."),
                "Give it as 203.0.113.7 or 203.0.113.0/24.",
            )
        })?),
        None => None,
    };
    let resource = match &request.policy_resource {
        Some(text) => Some(resource(text)?),
        None => None,
    };
    Terms::new(end, Limits { starts_after, network, resource }).map_err(|_| {
        Failure::usage(
            "The link would end before it begins.",
            "Give a --date-greater-than that lies before the end.",
        )
    })
}

fn resource(text: &str) -> Result<PolicyResource, Failure> {
    let resource = PolicyResource::parse(text).map_err(|error| {
        Failure::usage(
            format!("The value of --policy-resource cannot be used: {error}."),
            "Give it as https://docs.example.com/reports/*.",
        )
    })?;
    if resource.opens_everything() {
        let mut warning = io::stderr().lock();
        writeln!(warning, "Warning: this link opens everything that the key protects.")?;
    }
    Ok(resource)
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
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
