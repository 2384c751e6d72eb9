//! `signet sign`: an address becomes a link. A file of them is the module [`batch`].

use std::io::Write;
use std::path::Path;

use signet_cloudfront::site::SiteAddress;
use signet_cloudfront::stack;

use crate::arguments::Sign;
use crate::failure::Failure;
use crate::key_source::KeySource;
use crate::url_signer::UrlSigner;
use crate::{batch, conditions, keys, list, terminal};

/// Signs what was asked for and writes the links to the standard output.
pub fn run(request: &Sign) -> Result<(), Failure> {
    let input = request.urls_from.as_deref().or(request.list.as_deref());
    let is_input = input == Some(Path::new("-"));
    if is_input && matches!(request.signing.signer.private_key, Some(KeySource::StandardInput)) {
        return Err(Failure::usage(
            "The standard input cannot give both the key and the addresses.",
            "Give one of them in a file.",
        ));
    }
    let terms = conditions::of(&request.signing.limits, request.policy_resource.as_deref())?;
    let (key, id, hash) = stack::wiped_after(|| keys::open(&request.signing.signer))?;
    let hash = request.signing.hash_algorithm.map_or(hash, Into::into);
    let signer = UrlSigner { terms, hash, key, id };
    match (&request.url, &request.urls_from, &request.list) {
        (Some(url), ..) => one(url, signer),
        (None, Some(file), _) => batch::run(file, &signer),
        (None, None, Some(file)) => list::run(file, &site_of(request)?, &signer),
        (None, None, None) => {
            Err(Failure::usage("There is no address.", "Give --url, --urls-from or --list."))
        }
    }
}

/// Where the documents of a list are.
fn site_of(request: &Sign) -> Result<SiteAddress, Failure> {
    if let Some(text) = &request.site {
        return SiteAddress::parse(text).map_err(|error| {
            Failure::usage(
                format!("The value of --site cannot be used: {error}."),
                "Give the host name of the documents, as docs.example.com.",
            )
        });
    }
    match &request.signing.signer.key {
        Some(name) => keys::site_of(name),
        None => Err(Failure::usage(
            "It is not said on which site the documents of the list are.",
            "Give --site docs.example.com, or a key of the keychain with --key.",
        )),
    }
}

fn one(url: &str, signer: UrlSigner) -> Result<(), Failure> {
    let (address, link) = stack::wiped_after(|| signer.link(url))?;
    // Whoever reads the output may take its time, and the key does not wait for that.
    let UrlSigner { terms, key, .. } = signer;
    drop(key);
    if address.as_str() != url {
        writeln!(terminal::errors(), "Signed address: {}", address.as_str())?;
    }
    conditions::warn(&terms)?;
    if let Some(warning) = conditions::warning_of(&address, &terms, "--policy-resource") {
        writeln!(terminal::errors(), "{warning}")?;
    }
    let mut output = terminal::exact();
    write!(output, "{}", link.as_str())?;
    // A script gets the link alone, as `aws cloudfront sign` writes it.
    if terminal::is_read() {
        writeln!(output)?;
    }
    Ok(output.flush()?)
}
