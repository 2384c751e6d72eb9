//! From a link to what is said of it.
//!
//! Whether it opens is what [`reading::judge`] says, and nothing else. Where it does not, what cannot
//! be read comes before what was signed wrongly, and that before its times. A wrong signature is
//! explained by finding what it is a signature of: another hash, another key, another address.

use std::net::{IpAddr, Ipv4Addr};

use super::budget::{MAX_LINK_BYTES, beginning};
use super::finding::{Form, Found};
use super::signature::{self, Outside};
use super::storage::storage;
use super::variants::{self, Variant};
use super::verdict::{
    Details, Finding, Hash, Inspection, PolicyKind, Resource, Signature, SignatureFault, Unseen,
    Verdict,
};
use super::{KnownKey, playlists, redact, services, wrappers, writings};
use crate::address::{MAX_BYTES, SIGNING_PARAMETERS};
use crate::encoding;
use crate::host::{split_authority, split_scheme};
use crate::key::{HashAlgorithm, KeyKind, PublicKey};
use crate::policy::{self, Policy, PolicyFault, Readers};
use crate::policy_resource::PolicyResource;
use crate::public_key_id::{PublicKeyId, PublicKeyIdError};
use crate::site::SiteAddress;
use crate::verify::{self, Link, Request};

const DAY: i64 = 86_400;

/// A resource of stars takes as long as its length times the address's, and there are many addresses
/// to try; no resource that somebody means comes near.
const MAX_COMPARED: usize = 200_000;

const HASHES: [HashAlgorithm; 2] = [HashAlgorithm::Sha1, HashAlgorithm::Sha256];

/// The names without which nothing opens, in the order in which links have them.
const NEEDED: [&str; 3] = ["Expires", "Signature", "Key-Pair-Id"];

/// Says what a link does.
pub(super) fn of(found: &Found, now: i64, keys: &[KnownKey], sites: &[SiteAddress]) -> Inspection {
    let case = Case::new(found, now, keys, sites);
    let verdict = case.verdict();
    Inspection { findings: case.findings(&verdict), details: case.details(), verdict }
}

/// A link, and all that is known beside it.
struct Case<'a> {
    found: &'a Found,
    link: Link<'a>,
    now: i64,
    keys: &'a [KnownKey],
    sites: &'a [SiteAddress],
    id: Result<PublicKeyId, PublicKeyIdError>,
    hash: Hash,
    /// The signature's bytes, where all of them are there.
    signature: Option<(Option<KeyKind>, Vec<u8>)>,
    /// The bytes that were signed, and what they say.
    policy: Option<(Vec<u8>, Policy)>,
}

/// A link of which every part can be read.
struct Readable<'a> {
    id: &'a PublicKeyId,
    hash: HashAlgorithm,
    signature: &'a [u8],
    message: &'a [u8],
    policy: &'a Policy,
}

impl<'a> Case<'a> {
    fn new(found: &'a Found, now: i64, keys: &'a [KnownKey], sites: &'a [SiteAddress]) -> Self {
        // Of what is too long for any link, the beginning tells enough.
        let link = Link::take_apart(beginning(found.link(), MAX_LINK_BYTES));
        let id = link.only("Key-Pair-Id").unwrap_or_default();
        let hash = match link.only("Hash-Algorithm") {
            None if link.count("Hash-Algorithm") == 0 => Hash::Known(HashAlgorithm::Sha1),
            Some("SHA256") => Hash::Known(HashAlgorithm::Sha256),
            other => Hash::Other(redact::word(other.unwrap_or_default())),
        };
        let text = link.only("Signature").unwrap_or_default();
        let signature = match signature::outside(text) {
            Outside::Whole(kind, bytes) => Some((Some(kind), bytes)),
            Outside::Odd => Some((None, Vec::new())),
            _ => None,
        };
        // What CloudFront may read otherwise than it is meant is not called working.
        let is_exact = |(json, _): &(Vec<u8>, Policy)| Policy::almost(json).is_none();
        let policy = link.policy().ok().filter(is_exact);
        Self { id: PublicKeyId::parse(id), hash, signature, policy, found, link, now, keys, sites }
    }

    fn verdict(&self) -> Verdict {
        if let Some(host) = storage(self.found.link()) {
            let lower = self.link.base.to_ascii_lowercase();
            let presigned = ["x-amz-signature=", "awsaccesskeyid="];
            let presigned = presigned.iter().any(|name| lower.contains(name));
            return Verdict::StorageAddress { host, presigned };
        }
        let length = self.found.link().len();
        if length > MAX_BYTES {
            return Verdict::TooLong { length, most: MAX_BYTES };
        }
        match &self.policy {
            Some((_, policy)) if self.opens(policy) => Verdict::Works { until: policy.expires_at },
            _ => match self.unreadable() {
                Ok(readable) => self.refused(&readable),
                Err(verdict) => verdict,
            },
        }
    }

    /// Whether CloudFront lets a reader in who comes from where the policy says.
    fn opens(&self, policy: &Policy) -> bool {
        let network = policy.network.map(|network| network.to_string());
        let address = network.as_deref().and_then(|text| text.split('/').next()?.parse().ok());
        let from = IpAddr::V4(address.unwrap_or(Ipv4Addr::UNSPECIFIED));
        let request = Request { url: self.found.link(), from, now: self.now };
        self.keys.iter().any(|key| {
            key.public_key.as_ref().is_some_and(|public_key| {
                let trusted = [(key.public_key_id.clone(), public_key.clone())];
                verify::evaluate(&request, &trusted).is_ok()
            })
        })
    }

    /// All parts of the link, or why one of them cannot be read.
    fn unreadable(&self) -> Result<Readable<'_>, Verdict> {
        self.check_names()?;
        let signature = self.whole_signature()?;
        let id = self.whole_id()?;
        let hash = self.known_hash(signature)?;
        let Some((message, policy)) = &self.policy else {
            return Err(match self.link.only("Expires") {
                Some(stated) if verify::bare_integer(stated).is_none() => {
                    Verdict::EndUnreadable { stated: redact::word(stated) }
                }
                _ => Verdict::PolicyUnreadable { why: self.policy_fault() },
            });
        };
        Ok(Readable { id, hash, signature, message, policy })
    }

    /// Which rule a policy breaks that cannot be read.
    fn policy_fault(&self) -> PolicyFault {
        let text = self.link.only("Policy").unwrap_or_default();
        match encoding::decode(text) {
            Some(json) => {
                let almost = || Policy::almost(&json).unwrap_or(PolicyFault::Other);
                Policy::parse(&json).err().unwrap_or_else(almost)
            }
            None => match signature::not_decoded(text) {
                Outside::Cut => PolicyFault::Cut,
                Outside::OtherBase64 => PolicyFault::OtherBase64,
                _ => PolicyFault::NotBase64,
            },
        }
    }

    /// That every parameter is there once and under its name.
    fn check_names(&self) -> Result<(), Verdict> {
        let link = &self.link;
        if let Some(service) = services::of(self.found.link()) {
            return Err(Verdict::SignedForOtherService { service });
        }
        if let Some(name) = SIGNING_PARAMETERS.into_iter().find(|name| link.count(name) > 1) {
            return Err(Verdict::DuplicatedParameter { name });
        }
        if let Some((given, meant)) = self.misnamed() {
            return Err(Verdict::Misnamed { given, meant });
        }
        if SIGNING_PARAMETERS.iter().all(|name| link.count(name) == 0) {
            let known = wrappers::known(self.found.link());
            return Err(
                known.map_or(Verdict::NotSigned, |known| Verdict::Wrapped { by: known.wrapper() })
            );
        }
        if link.count("Expires") + link.count("Policy") == 2 {
            return Err(Verdict::BothPolicyAndExpires);
        }
        let has = NEEDED
            .map(|name| link.count(name) > 0 || name == "Expires" && link.count("Policy") > 0);
        let names: Vec<_> =
            NEEDED.into_iter().zip(has).filter(|(_, has)| !has).map(|(name, _)| name).collect();
        match has {
            [true, true, true] => Ok(()),
            [true, false, false] => Err(Verdict::CutOff { missing: names }),
            [true, true, false] => {
                let signature = link.only("Signature").unwrap_or_default();
                let is_cut = matches!(signature::outside(signature), Outside::Cut);
                let cut = is_cut.then_some("Signature").into_iter();
                Err(Verdict::CutOff { missing: cut.chain(names).collect() })
            }
            _ => Err(Verdict::ParameterMissing { names }),
        }
    }

    /// A parameter that is missing and stands there in other capitals.
    fn misnamed(&self) -> Option<(String, &'static str)> {
        let (_, query) = self.link.base.split_once('?')?;
        let names = query.split('&').map(|part| part.split('=').next().unwrap_or_default());
        names.into_iter().find_map(|given| {
            let meant =
                SIGNING_PARAMETERS.into_iter().find(|name| name.eq_ignore_ascii_case(given))?;
            (self.link.count(meant) == 0).then(|| (given.to_owned(), meant))
        })
    }

    fn whole_signature(&self) -> Result<&[u8], Verdict> {
        let unreadable = |why| Err(Verdict::SignatureUnreadable { why });
        let text = self.link.only("Signature").unwrap_or_default();
        match signature::outside(text) {
            Outside::Cut => Err(Verdict::CutOff { missing: vec!["Signature"] }),
            Outside::OtherRsa { bits } => Err(Verdict::KeyOfOtherSize { bits }),
            Outside::OtherBase64 => unreadable(SignatureFault::OtherBase64),
            Outside::NoBase64 => unreadable(SignatureFault::NoBase64),
            Outside::Whole(..) | Outside::Odd => {
                Ok(self.signature.as_ref().map(|(_, bytes)| bytes.as_slice()).unwrap_or_default())
            }
        }
    }

    fn whole_id(&self) -> Result<&PublicKeyId, Verdict> {
        let text = self.link.only("Key-Pair-Id").unwrap_or_default();
        let is_last = self.found.link().ends_with(&format!("Key-Pair-Id={text}"));
        let begins_as_one = text.is_empty()
            || text.starts_with('K') && text.len() < 14
            || text.starts_with("APKA") && text.len() < 20;
        self.id.as_ref().map_err(|instead| self.no_id(instead, is_last && begins_as_one))
    }

    fn no_id(&self, instead: &PublicKeyIdError, is_begun: bool) -> Verdict {
        match instead {
            PublicKeyIdError::Invalid
            | PublicKeyIdError::SmallLetters
            | PublicKeyIdError::Empty
                if is_begun =>
            {
                Verdict::CutOff { missing: vec!["Key-Pair-Id"] }
            }
            PublicKeyIdError::Empty => Verdict::ParameterMissing { names: vec!["Key-Pair-Id"] },
            // Whoever has the right key must not be sent to change it.
            _ if let Some(signer) = self.signer() => Verdict::IdDamaged {
                key: signer.name.clone(),
                key_id: signer.public_key_id.as_str().to_owned(),
            },
            // What is to be said of a link is the same: its id is none.
            PublicKeyIdError::NotFilledIn | PublicKeyIdError::SmallLetters => {
                Verdict::IdIsNotAKeyId { instead: PublicKeyIdError::Invalid }
            }
            instead => Verdict::IdIsNotAKeyId { instead: instead.clone() },
        }
    }

    /// The known key that has signed this, with whichever hash.
    fn signer(&self) -> Option<&'a KnownKey> {
        let (kind, signature) = self.signature.as_ref()?;
        let (message, _) = self.policy.as_ref()?;
        self.keys.iter().find(|known| {
            known.public_key.as_ref().is_some_and(|key| {
                *kind == Some(key.kind())
                    && HASHES.into_iter().any(|hash| key.verify(hash, message, signature))
            })
        })
    }

    fn known_hash(&self, signature: &[u8]) -> Result<HashAlgorithm, Verdict> {
        let last = self.found.link().rsplit(['&', '?']).next().unwrap_or_default();
        let whole = "Hash-Algorithm=SHA256";
        if !last.is_empty() && last != whole && whole.starts_with(last) {
            return Err(Verdict::CutOff { missing: vec!["Hash-Algorithm"] });
        }
        match &self.hash {
            Hash::Known(hash) => Ok(*hash),
            Hash::Other(stated) => {
                let message = self.policy.as_ref().map(|(message, _)| message.as_slice());
                let signed_with = message.and_then(|message| {
                    HASHES.into_iter().find(|hash| {
                        self.named_keys().any(|(_, key)| key.verify(*hash, message, signature))
                    })
                });
                Err(Verdict::WrongHash { stated: Some(stated.clone()), signed_with })
            }
        }
    }

    /// Why a link that can be read does not open.
    fn refused(&self, link: &Readable<'_>) -> Verdict {
        if self.is_valid(link) {
            return self.other_resource(link).or_else(|| self.by_time(link.policy)).unwrap_or(
                // The judge and this have read the link alike, so that nothing is left.
                Verdict::Altered,
            );
        }
        if let Some(explained) = self.explained(link) {
            return match self.by_time(link.policy) {
                Some(ended @ Verdict::Ended { .. }) => ended,
                _ => explained,
            };
        }
        let needs_address = self.found.form == (Form::Cookies { has_address: false })
            && self.link.count("Expires") > 0;
        if self.named_keys().next().is_some() && !needs_address {
            return Verdict::Altered;
        }
        if let Some(refused) = self.other_resource(link).or_else(|| self.by_time(link.policy)) {
            return refused;
        }
        let until = link.policy.expires_at;
        if needs_address {
            return Verdict::CookiesWithoutAddress { until };
        }
        match self.keys.iter().find(|key| key.public_key_id == *link.id) {
            Some(key) => Verdict::SignatureNotChecked { key: key.name.clone(), until },
            None => Verdict::UnknownKey { id: link.id.as_str().to_owned() },
        }
    }

    /// The keys that the link names, as far as their public halves are here.
    fn named_keys(&self) -> impl Iterator<Item = (&'a KnownKey, &'a PublicKey)> {
        let id = self.id.clone().ok();
        self.keys
            .iter()
            .filter(move |key| Some(&key.public_key_id) == id.as_ref())
            .filter_map(|key| Some((key, key.public_key.as_ref()?)))
    }

    fn is_valid(&self, link: &Readable<'_>) -> bool {
        self.named_keys().any(|(_, key)| key.verify(link.hash, link.message, link.signature))
    }

    fn by_time(&self, policy: &Policy) -> Option<Verdict> {
        if self.now >= policy.expires_at {
            return Some(Verdict::Ended { at: policy.expires_at });
        }
        let start = policy.starts_after.filter(|start| self.now <= *start)?;
        Some(Verdict::NotBegun { from: start.saturating_add(1) })
    }

    /// Why a custom policy does not open the link's own address.
    fn other_resource(&self, link: &Readable<'_>) -> Option<Verdict> {
        let resource = link.policy.resource.as_deref()?;
        let base = &self.link.base;
        if verify::opens(resource, base) {
            return None;
        }
        let variants = match resource.len() * base.len() > MAX_COMPARED {
            true => Vec::new(),
            false => variants::of(base, link.policy.expires_at, self.sites),
        };
        // Of what a wildcard opens nobody can say that it is the one that was meant.
        let is_exact = |cause: &Verdict| match cause {
            Verdict::PointsElsewhere { signed_for, .. } => host(resource) == Some(signed_for),
            Verdict::PathChanged { .. } | Verdict::SignedForPlaylist { .. } => {
                !resource.contains('*')
            }
            _ => true,
        };
        let mut variants = variants.into_iter().filter(|variant| is_exact(&variant.cause));
        let signed = variants.find(|variant| verify::opens(resource, &variant.base));
        if let Some(Variant { cause, .. }) = signed {
            return Some(cause);
        }
        if playlists::is_list_of(resource, base) {
            return Some(Verdict::SignedForPlaylist { signed_for: redact::address(resource) });
        }
        if let (Some(signed_for), Some(points_at)) = (host(resource), host(base))
            && signed_for != points_at
            && !signed_for.contains(['*', '?'])
        {
            let (signed_for, points_at) = (redact::address(signed_for), redact::address(points_at));
            return Some(Verdict::PointsElsewhere { signed_for, points_at });
        }
        let signed_for = redact::address(resource);
        if resource.contains('*') {
            return Some(Verdict::OutsideResource { resource: signed_for });
        }
        Some(Verdict::PathChanged { signed_for, points_at: redact::address(base) })
    }

    /// What the signature is one of, where it is none of this link.
    fn explained(&self, link: &Readable<'_>) -> Option<Verdict> {
        let other_hash = match link.hash {
            HashAlgorithm::Sha1 => HashAlgorithm::Sha256,
            HashAlgorithm::Sha256 => HashAlgorithm::Sha1,
        };
        let verifies = |key: &PublicKey, hash, message: &[u8]| {
            let kind = self.signature.as_ref().and_then(|(kind, _)| *kind);
            kind == Some(key.kind()) && key.verify(hash, message, link.signature)
        };
        let by_name =
            |hash, message: &[u8]| self.named_keys().any(|(_, key)| verifies(key, hash, message));
        if by_name(other_hash, link.message) {
            let stated = self.link.only("Hash-Algorithm").map(str::to_owned);
            return Some(Verdict::WrongHash { stated, signed_with: Some(other_hash) });
        }
        if let Some(signer) = self.signer() {
            return Some(Verdict::OtherKeySigned {
                id: link.id.as_str().to_owned(),
                key: signer.name.clone(),
                key_id: signer.public_key_id.as_str().to_owned(),
            });
        }
        if self.link.count("Expires") == 0 || self.named_keys().next().is_none() {
            return None;
        }
        let writings = writings::of(&self.link.base, link.policy.expires_at);
        let mut writings = writings.into_iter();
        if let Some((_, how)) = writings.find(|(policy, _)| by_name(link.hash, policy.as_bytes())) {
            return Some(Verdict::PolicyWrittenOtherwise { how });
        }
        let variants = variants::of(&self.link.base, link.policy.expires_at, self.sites);
        variants.into_iter().find_map(|Variant { base, expires_at, cause }| {
            let message = policy::canned(&base, expires_at);
            if by_name(link.hash, message.as_bytes()) {
                return Some(cause);
            }
            // A link cut off behind the `&` of its last parameter.
            let ends_open =
                self.found.link().ends_with('&') && by_name(other_hash, message.as_bytes());
            ends_open.then(|| Verdict::CutOff { missing: vec!["Hash-Algorithm"] })
        })
    }

    fn findings(&self, verdict: &Verdict) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.found.form != Form::Link {
            findings.push(Finding::CookiesInstead);
        }
        if let Some((_, policy)) = &self.policy {
            self.add_findings_of(policy, verdict, &mut findings);
        }
        let is_over_http = split_scheme(&self.link.base)
            .is_some_and(|(scheme, rest)| scheme == "http" && !rest.starts_with("127.0.0.1"));
        if is_over_http && !matches!(verdict, Verdict::SchemeChanged { .. }) {
            findings.push(Finding::NotSecure);
        }
        if let Verdict::Works { until } | Verdict::SignatureNotChecked { until, .. } = verdict {
            let mut unseen = vec![
                Unseen::Missing,
                Unseen::BucketPolicy,
                Unseen::Distribution,
                Unseen::Firewall,
                Unseen::Public,
            ];
            if self.policy.as_ref().is_some_and(|(_, policy)| policy.network.is_some()) {
                unseen.push(Unseen::ReadersNetwork);
            }
            if until.saturating_sub(self.now) < DAY {
                unseen.push(Unseen::LongDownload);
            }
            findings.push(Finding::CannotSee { unseen });
        }
        findings
    }

    fn add_findings_of(&self, policy: &Policy, verdict: &Verdict, findings: &mut Vec<Finding>) {
        if self.kind() == Some(PolicyKind::Custom) {
            match policy.resource.as_deref() {
                None => findings.push(Finding::OpensEverything),
                Some(text) => {
                    let resource = PolicyResource::parse(text);
                    if resource.is_ok_and(|resource| resource.opens_everything()) {
                        findings.push(Finding::OpensEverything);
                    } else if text.contains('*') {
                        findings.push(Finding::OpensMore { resource: redact::address(text) });
                    }
                }
            }
        }
        if let Some(network) = policy.network {
            findings
                .push(Finding::OnlyFrom { network, private: network.readers() == Readers::Nobody });
        }
        let end = policy.expires_at;
        match variants::seconds(end) {
            Some(meant) if !matches!(verdict, Verdict::EndInMilliseconds { .. }) => {
                findings.push(Finding::EndInMilliseconds { stated: end, meant });
            }
            _ => {}
        }
        if let Some(start) = policy.starts_after {
            if let Some(meant) = variants::seconds(start) {
                findings.push(Finding::StartInMilliseconds { stated: start, meant });
            }
            if start >= end.saturating_sub(1) {
                findings.push(Finding::NeverOpens);
            }
        }
    }

    fn kind(&self) -> Option<PolicyKind> {
        match (self.link.count("Expires"), self.link.count("Policy")) {
            (1.., 0) => Some(PolicyKind::Canned),
            (0, 1..) => Some(PolicyKind::Custom),
            _ => None,
        }
    }

    fn details(&self) -> Details {
        let policy = self.policy.as_ref().map(|(_, policy)| policy);
        let resource = policy.filter(|_| self.kind() == Some(PolicyKind::Custom));
        let key = self.keys.iter().find(|key| Ok(&key.public_key_id) == self.id.as_ref());
        let is_secret = matches!(
            self.id,
            Err(PublicKeyIdError::IsAccessKey | PublicKeyIdError::IsPem | PublicKeyIdError::Empty)
        );
        let has_address = self.found.form != Form::Cookies { has_address: false };
        Details {
            address: has_address.then(|| redact::address(&self.link.base)),
            policy: self.kind(),
            resource: resource.map(|policy| match &policy.resource {
                None => Resource::Everything,
                Some(resource) => Resource::Matching(redact::address(resource)),
            }),
            starts_at: policy.and_then(|policy| policy.starts_after?.checked_add(1)),
            ends_at: policy.map(|policy| policy.expires_at),
            network: policy.and_then(|policy| policy.network),
            key_id: self.link.only("Key-Pair-Id").filter(|_| !is_secret).map(redact::word),
            key: key.map(|key| key.name.clone()),
            hash: self.hash.clone(),
            signature: self.signature_state(),
            signed_with: self.signature.as_ref().and_then(|(kind, _)| *kind),
        }
    }

    fn signature_state(&self) -> Signature {
        let (Some((_, bytes)), Some((message, _))) = (&self.signature, &self.policy) else {
            return Signature::None;
        };
        let needs_address = self.found.form == (Form::Cookies { has_address: false })
            && self.link.count("Expires") > 0;
        if needs_address || self.named_keys().next().is_none() {
            return Signature::NotChecked;
        }
        let is_valid = match self.hash {
            Hash::Known(hash) => self.named_keys().any(|(_, key)| key.verify(hash, message, bytes)),
            Hash::Other(_) => false,
        };
        if is_valid { Signature::Valid } else { Signature::Wrong }
    }
}

/// The host of an address or a resource, with its port.
fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    Some(split_authority(rest).0)
}
