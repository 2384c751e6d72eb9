//! What signs the addresses of one call.

use signet_cloudfront::address::{AddressError, DocumentAddress};
use signet_cloudfront::foreign::shown;
use signet_cloudfront::key::{HashAlgorithm, SigningKey};
use signet_cloudfront::link_conditions::LinkConditions;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::signed_url::{self, SignUrlError, SignedUrl};

use crate::conditions;
use crate::failure::Failure;

/// All that turns an address into a link.
pub struct UrlSigner {
    /// When and from where the links work.
    pub terms: LinkConditions,
    pub hash: HashAlgorithm,
    pub key: SigningKey,
    pub id: PublicKeyId,
}

impl UrlSigner {
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
