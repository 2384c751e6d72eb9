//! `signet inspect`: what a link does, or why it does not open. The signature is never written, and
//! nothing is asked of a network without `--try`.

mod answer;
mod machine;
pub mod trial;

use std::io::{self, Read, Write};
use std::process::ExitCode;

use signet_app::RegisteredKey;
use signet_cloudfront::foreign;
use signet_cloudfront::inspection::{
    self, Found, Inspection, KnownKey, MAX_BYTES, SignatureFault, Verdict,
};
use signet_cloudfront::key::{HashAlgorithm, PublicKey};
use signet_cloudfront::public_key_id::{PublicKeyId, PublicKeyIdError};
use signet_cloudfront::site::SiteAddress;
use signet_probe::Outcome;
use signet_probe::response::Classification;

use crate::arguments::Inspect;
use crate::failure::Failure;
use crate::keys;
use crate::moment::now;
use crate::{conditions, terminal};
use answer::moment;

/// Inspects what was given: exit code 0 where it works, or opened where it was tried; 1 otherwise.
pub fn run(request: &Inspect) -> Result<ExitCode, Failure> {
    let text = pasted(&request.link)?;
    let found = inspection::find(&text).map_err(|error| {
        Failure::usage(
            format!("Nothing can be inspected: {error}."),
            "Give the whole link in quotes, or - and the mail on the standard input.",
        )
    })?;
    let question = request.try_now.then(|| trial::question(&found)).transpose()?;
    let id = id_of(&found);
    let mut keys = of_files(request, id.as_ref())?;
    let records = listed(request)?;
    for record in &records {
        keys.push(KnownKey {
            name: record.name.as_str().to_owned(),
            public_key_id: record.public_key_id.clone(),
            public_key: from_keychain(request, record, id.as_ref())?,
        });
    }
    let sites: Vec<SiteAddress> = records.into_iter().map(|record| record.site).collect();
    // Whether a link has ended is judged by this computer's clock.
    conditions::warn_of_clock()?;
    let inspection = inspection::inspect(&found, now(), &keys, &sites);
    let trial = if request.json {
        let trial = question.as_ref().map(trial::ask).transpose()?;
        terminal::json(&machine::json(&found, &inspection, trial.as_ref()))?;
        trial
    } else {
        let mut output = terminal::output();
        let text = answer::text(&found, &inspection, &words(&inspection.verdict));
        output.write_all(text.as_bytes())?;
        match &question {
            Some(question) => Some(trial::show(question, &inspection.verdict, &mut output)?),
            None => None,
        }
    };
    let works = match &trial {
        Some(trial) => trial.signed == Outcome::Answered(Classification::Opens),
        None => matches!(inspection.verdict, Verdict::Works { .. }),
    };
    Ok(if works { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A verdict in words.
struct Words {
    what: String,
    do_now: String,
}

/// Every verdict has its words.
fn words(verdict: &Verdict) -> Words {
    let say = |what: String, do_now: &str| Words {
        what: foreign::line(&what),
        do_now: do_now.to_owned(),
    };
    match verdict {
        Verdict::Works { until } => say(
            format!("This link works until {}.", moment(*until)),
            "The link itself is fine. If it does not open for a reader, look at what cannot be seen from here, below.",
        ),
        Verdict::SignatureNotChecked { key, until } => say(
            format!(
                "It is the id of your key “{key}”, whose signature was not checked; nothing else is wrong, and the link ends at {}.",
                moment(*until)
            ),
            "Add --check-signature to check it with the keychain, or give --public-key.",
        ),
        Verdict::Ended { at } => say(
            format!("This link ended at {}.", moment(*at)),
            "Make a new link; one that was sent cannot be prolonged.",
        ),
        Verdict::NotBegun { from } => say(
            format!("This link does not open before {}.", moment(*from)),
            "Wait until then, or make a new link that begins earlier.",
        ),
        Verdict::CutOff { missing } => say(
            format!(
                "The end of this link was cut off; missing or not whole: {}.",
                missing.join(", ")
            ),
            "Copy the whole link once more; mail programs cut long lines, and a P-256 key makes shorter links.",
        ),
        Verdict::ParameterMissing { names } => say(
            format!("This link has no {}.", names.join(" and no ")),
            "Copy the link once more from where it was made.",
        ),
        Verdict::Altered => say(
            "This link was changed after it was signed.".to_owned(),
            "Copy the link once more from where it was made, or make a new one.",
        ),
        Verdict::AddedAfterSigning { names } => say(
            format!("After signing, this was added to the link: {}.", added(names)),
            "Take that out of the link, and switch off link tracking where the link is sent from.",
        ),
        Verdict::PointsElsewhere { signed_for, points_at } => say(
            format!("This link was signed for {signed_for} and points at {points_at}."),
            "Make the link for the host on which it is opened.",
        ),
        Verdict::SchemeChanged { signed_for, points_at } => say(
            format!("This link was signed with {signed_for}: and begins with {points_at}:."),
            "Put back the beginning that was signed, or make a new link.",
        ),
        Verdict::PathChanged { signed_for, points_at } => say(
            format!("This link was signed for {signed_for} and points at {points_at}."),
            "Use the address that was signed, or make a link for the other one.",
        ),
        Verdict::EncodedTwice { signed_for } => say(
            format!("The address in this link was encoded a second time; {signed_for} was signed."),
            "Copy the link as it was made; a program on the way has encoded it.",
        ),
        Verdict::OutsideResource { resource } => say(
            format!("This link opens {resource}, and its own address is not among that."),
            "Make a link whose resource covers the address.",
        ),
        Verdict::EndInMilliseconds { stated, meant } => say(
            format!(
                "The end in this link, {stated}, is in milliseconds; {} was signed.",
                moment(*meant)
            ),
            "Write the end in seconds, as it was signed.",
        ),
        Verdict::EndUnreadable { stated } => say(
            format!("The end in this link is no whole number of seconds: {stated}."),
            "Make a new link whose Expires is in seconds since 1970.",
        ),
        Verdict::WrongHash { stated, signed_with } => say(
            match (signed_with, stated) {
                (Some(hash), None) => {
                    format!("This link was signed with {} and does not say so.", hash_name(*hash))
                }
                (Some(hash), Some(stated)) => format!(
                    "This link was signed with {} and says Hash-Algorithm={stated}.",
                    hash_name(*hash)
                ),
                (None, stated) => format!(
                    "CloudFront knows no hash named {}.",
                    stated.as_deref().unwrap_or_default()
                ),
            },
            match signed_with {
                Some(HashAlgorithm::Sha256) => "Add Hash-Algorithm=SHA256 to the link.",
                Some(HashAlgorithm::Sha1) => "Take Hash-Algorithm out of the link.",
                None => {
                    "Sign with SHA-1 without Hash-Algorithm, or with SHA-256 and Hash-Algorithm=SHA256."
                }
            },
        ),
        Verdict::OtherKeySigned { id, key, key_id } => say(
            format!("This link names the key {id}, but “{key}” ({key_id}) has signed it."),
            "Give each key the id that CloudFront gave to it, and make the link again.",
        ),
        Verdict::KeyOfOtherSize { bits } => say(
            format!("An RSA key of {bits} bits has signed this link; CloudFront takes 2048 only."),
            "Make a key of RSA 2048 or P-256 and sign with that.",
        ),
        Verdict::UnknownKey { id } => say(
            format!(
                "The key {id} of this link is not known here, so that its signature was not checked; nothing else is wrong."
            ),
            "Give its public key with --public-key.",
        ),
        Verdict::IdIsNotAKeyId { instead } => say(
            format!("Key-Pair-Id is wrong: {}.", instead_name(instead)),
            "Use the public key ID, which begins with K: CloudFront, Key management, Public keys.",
        ),
        Verdict::StorageAddress { host, presigned: false } => say(
            format!("{host} is a storage address, where CloudFront's signatures open nothing."),
            "Sign the document's address on CloudFront.",
        ),
        Verdict::StorageAddress { host, presigned: true } => say(
            format!("This is a link of the storage itself ({host}), not of CloudFront."),
            "Ask whoever made it; CloudFront's rules do not hold for it.",
        ),
        Verdict::NotSigned => say(
            "This address is not signed.".to_owned(),
            "Sign it with signet sign, or copy the whole link.",
        ),
        Verdict::Misnamed { given, meant } => say(
            format!("This link has {given} where {meant} must stand."),
            "Write the name with its capitals.",
        ),
        Verdict::BothPolicyAndExpires => {
            say("This link has both Expires and Policy.".to_owned(), "Make it with one of them.")
        }
        Verdict::DuplicatedParameter { name } => say(
            format!("This link has {name} more than once."),
            "Sign the address alone, not a link that is signed already.",
        ),
        Verdict::SignatureUnreadable { why: SignatureFault::OtherBase64 } => say(
            "The signature is in another base64 than CloudFront's.".to_owned(),
            "In standard base64, with padding, write - for +, _ for = and ~ for /.",
        ),
        Verdict::SignatureUnreadable { why: SignatureFault::NoBase64 } => say(
            "The signature cannot be decoded.".to_owned(),
            "Copy the link once more from where it was made.",
        ),
        Verdict::PolicyUnreadable => say(
            "The policy of this link cannot be read.".to_owned(),
            "Copy the link once more; a program that makes links writes one statement with DateLessThan.",
        ),
        Verdict::TooLong { length, most } => say(
            format!("This link has {length} bytes; CloudFront takes {most}."),
            "Shorten the address.",
        ),
        Verdict::CookiesWithoutAddress { until } => say(
            format!(
                "These cookies open one address until {}; without it their signature cannot be checked.",
                moment(*until)
            ),
            "Put the address of the page before the cookies.",
        ),
    }
}

fn added(names: &[String]) -> String {
    let names: Vec<_> =
        names.iter().map(|name| if name.is_empty() { "&" } else { name.as_str() }).collect();
    names.join(", ")
}

fn hash_name(hash: HashAlgorithm) -> &'static str {
    match hash {
        HashAlgorithm::Sha1 => "SHA-1",
        HashAlgorithm::Sha256 => "SHA-256",
    }
}

fn instead_name(instead: &PublicKeyIdError) -> String {
    match instead {
        PublicKeyIdError::IsDistributionId { id } => format!("{id} is a distribution ID"),
        PublicKeyIdError::IsKeyGroupId { id } => format!("{id} is a key group ID"),
        other => other.to_string(),
    }
}

fn pasted(link: &str) -> Result<String, Failure> {
    if link != "-" {
        return Ok(link.to_owned());
    }
    let mut bytes = Vec::new();
    // What lies behind is not looked at.
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(|_| {
        Failure::other("The standard input could not be read.", "Look at where it comes from.")
    })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn id_of(found: &Found) -> Option<PublicKeyId> {
    let inspection: Inspection = inspection::inspect(found, 0, &[], &[]);
    PublicKeyId::parse(&inspection.details.key_id?).ok()
}

/// The keys of `--public-key`.
fn of_files(request: &Inspect, of_link: Option<&PublicKeyId>) -> Result<Vec<KnownKey>, Failure> {
    let ids = &request.key_pair_id;
    if !ids.is_empty() && ids.len() != request.public_key.len() {
        return Err(Failure::usage(
            "There are not as many --key-pair-id as --public-key.",
            "Give an id for each file, in the same order, or no id at all.",
        ));
    }
    let mut keys = Vec::new();
    for (at, file) in request.public_key.iter().enumerate() {
        let public_key = keys::public_key(file)?;
        let id = match ids.get(at) {
            Some(id) => Some(PublicKeyId::pasted(id).map_err(|error| {
                Failure::usage(
                    format!("The value of --key-pair-id cannot be used: {error}."),
                    "Give the public key ID, which begins with K.",
                )
            })?),
            None => of_link.cloned(),
        };
        if let Some(public_key_id) = id {
            keys.push(KnownKey { name: file.clone(), public_key_id, public_key: Some(public_key) });
        }
    }
    Ok(keys)
}

/// The keys of the list. Without a folder for settings there is none.
fn listed(request: &Inspect) -> Result<Vec<RegisteredKey>, Failure> {
    match keys::app() {
        Ok(app) => Ok(app.registered_keys()),
        Err(failure) if request.check_signature => Err(failure),
        Err(_) => Ok(Vec::new()),
    }
}

/// The public half of a key of the keychain. Only the link's own key must be there.
fn from_keychain(
    request: &Inspect,
    record: &RegisteredKey,
    of_link: Option<&PublicKeyId>,
) -> Result<Option<PublicKey>, Failure> {
    if !request.check_signature {
        return Ok(None);
    }
    match keys::app()?.open_key(&record.id) {
        Ok(key) => Ok(Some(key.public_key())),
        Err(error) if of_link == Some(&record.public_key_id) => Err(Failure::other(
            format!("The signature was not checked: {error}."),
            "Start or unlock the keychain and try again, or give --public-key.",
        )),
        Err(_) => Ok(None),
    }
}
