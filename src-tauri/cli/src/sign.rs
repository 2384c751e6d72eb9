//! `signet sign`: an address becomes a link. A file of them is the module [`batch`].

use std::io::Write;
use std::path::Path;

use signet_cloudfront::address::{AddressError, DocumentAddress};
use signet_cloudfront::foreign::shown;
use signet_cloudfront::key::{HashAlgorithm, SigningKey};
use signet_cloudfront::link_conditions::LinkConditions;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::signed_url::{self, SignUrlError, SignedUrl};
use signet_cloudfront::site::SiteAddress;
use signet_cloudfront::stack;

use crate::arguments::Sign;
use crate::failure::Failure;
use crate::key_source::KeySource;
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
    let seal = Seal { terms, hash, key, id };
    match (&request.url, &request.urls_from, &request.list) {
        (Some(url), ..) => one(url, seal),
        (None, Some(file), _) => batch::run(file, &seal),
        (None, None, Some(file)) => list::run(file, &site_of(request)?, &seal),
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

/// All that turns an address into a link.
pub struct Seal {
    terms: LinkConditions,
    hash: HashAlgorithm,
    key: SigningKey,
    id: PublicKeyId,
}

impl Seal {
    /// When and from where the links work.
    pub fn terms(&self) -> &LinkConditions {
        &self.terms
    }

    /// The link of an address, and the address as it was signed.
    pub fn link(&self, url: &str) -> Result<(DocumentAddress, SignedUrl), Failure> {
        let address = DocumentAddress::parse_url(url).map_err(|error| {
            let do_now = match (error.suggestion(), &error) {
                (Some(address), _) => format!("If it is meant, give {} instead.", shown(address)),
                (None, AddressError::OnComputer { .. }) => "Upload it to the site first and give its address there, as https://docs.example.com/a.pdf.".into(),
                (None, _) => "Give the whole address on CloudFront, as https://docs.example.com/a.pdf."
                    .into(),
            };
            Failure::usage(format!("This address cannot be signed: {error}."), do_now)
        })?;
        let link = self.sign(&address, &self.terms)?;
        Ok((address, link))
    }

    /// The link of an address that has its own end, or the end of all.
    pub fn link_until(
        &self,
        address: &DocumentAddress,
        expires_at: Option<i64>,
    ) -> Result<SignedUrl, Failure> {
        let Some(expires_at) = expires_at else {
            return self.sign(address, &self.terms);
        };
        let terms =
            self.terms.ending(expires_at).map_err(|_| conditions::ends_before_it_begins())?;
        self.sign(address, &terms)
    }

    fn sign(
        &self,
        address: &DocumentAddress,
        terms: &LinkConditions,
    ) -> Result<SignedUrl, Failure> {
        match signed_url::sign(address, terms, self.hash, &self.key, &self.id) {
            Ok(link) => Ok(link),
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

fn one(url: &str, seal: Seal) -> Result<(), Failure> {
    let (address, link) = stack::wiped_after(|| seal.link(url))?;
    // Whoever reads the output may take its time, and the key does not wait for that.
    let Seal { terms, key, .. } = seal;
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
