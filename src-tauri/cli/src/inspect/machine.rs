//! The answer for a script. Names and codes stay; new ones may be added. Times are Unix time.

use serde_json::{Value, json};
use signet_cloudfront::clock::Comparison;
use signet_cloudfront::inspection::{
    Details, Finding, Form, Found, Hash, Inspection, PolicyKind, Repair, Resource, Verdict,
};
use signet_cloudfront::key::{HashAlgorithm, KeyKind};
use signet_probe::response::Classification;
use signet_probe::{Outcome, Trial};

use super::instead_name;
use crate::released::{code, fields};

/// One object.
pub fn json(found: &Found, inspection: &Inspection, trial: Option<&Trial>) -> Value {
    let verdict = &inspection.verdict;
    json!({
        "works": matches!(verdict, Verdict::Works { .. }),
        "verdict": code(verdict),
        "cause": cause(verdict),
        "repairs": found.repairs.iter().map(repair).collect::<Vec<_>>(),
        "other_links": found.others,
        "findings": inspection.findings.iter().map(finding).collect::<Vec<_>>(),
        "details": details(found, &inspection.details),
        "trial": trial.map(tried),
    })
}

/// What belongs to a verdict.
fn cause(verdict: &Verdict) -> Value {
    let mut cause = fields(verdict);
    match verdict {
        Verdict::WrongHash { signed_with, .. } => {
            cause.insert("signed_with".to_owned(), json!(signed_with.map(hash)));
        }
        Verdict::IdIsNotAKeyId { instead } => {
            cause.insert("instead".to_owned(), json!(instead_name(instead)));
        }
        Verdict::PolicyUnreadable { why } => {
            cause.extend(fields(why));
            cause.insert("why".to_owned(), json!(code(why)));
        }
        Verdict::PolicyWrittenOtherwise { how } => {
            cause.insert("how".to_owned(), json!(code(how)));
        }
        Verdict::Wrapped { by } => {
            cause.insert("by".to_owned(), json!(code(by)));
            cause.insert("name".to_owned(), json!(by.name));
        }
        Verdict::SignatureUnreadable { why } => {
            cause.insert("why".to_owned(), json!(code(why)));
        }
        _ => {}
    }
    Value::Object(cause)
}

fn repair(repair: &Repair) -> Value {
    let mut said = fields(repair);
    said.insert("repair".to_owned(), json!(code(repair)));
    if let Repair::Unwrapped { from } = repair {
        said.insert("from".to_owned(), json!(code(from)));
        said.insert("name".to_owned(), json!(from.name));
    }
    Value::Object(said)
}

fn finding(finding: &Finding) -> Value {
    let mut said = fields(finding);
    said.insert("finding".to_owned(), json!(code(finding)));
    if let Finding::CannotSee { unseen } = finding {
        said.insert("unseen".to_owned(), unseen.iter().map(code).collect());
    }
    Value::Object(said)
}

fn details(found: &Found, details: &Details) -> Value {
    json!({
        "form": match found.form {
            Form::Link => "link",
            Form::Cookies { .. } => "cookies",
        },
        "address": details.address,
        "policy": details.policy.map(|policy| match policy {
            PolicyKind::Canned => "canned",
            PolicyKind::Custom => "custom",
        }),
        "resource": details.resource.as_ref().map(|resource| match resource {
            Resource::Everything => "*",
            Resource::Matching(resource) => resource,
        }),
        "starts_at": details.starts_at,
        "ends_at": details.ends_at,
        "network": details.network.map(|network| network.to_string()),
        "key_id": details.key_id,
        "key": details.key,
        "hash": match &details.hash {
            Hash::Known(known) => hash(*known),
            Hash::Other(stated) => stated,
        },
        "signature": code(&details.signature),
        "signed_with": details.signed_with.map(|kind| match kind {
            KeyKind::Rsa2048 => "RSA-2048",
            KeyKind::P256 => "P-256",
        }),
    })
}

/// What the site said; `likely` where that is seen of it and not documented.
fn tried(trial: &Trial) -> Value {
    json!({
        "host": trial.host,
        "answer": code(&trial.signed),
        "status": match &trial.signed {
            Outcome::Answered(
                Classification::Unexpected { status } | Classification::ErrorPage { status },
            ) => Some(status),
            _ => None,
        },
        "redirected_to": match &trial.signed {
            Outcome::Redirected { host } => Some(host),
            _ => None,
        },
        "likely": trial.signed.is_likely(),
        "is_public": trial.is_public,
        "clock": clock(trial.clock),
        "rewritten": trial.is_rewritten,
    })
}

/// This computer's clock beside the site's.
fn clock(comparison: Option<Comparison>) -> Value {
    let seconds =
        comparison.map(|comparison| fields(&comparison)).and_then(|mut all| all.remove("seconds"));
    json!({
        "state": comparison.map_or_else(|| "unknown".to_owned(), |comparison| code(&comparison)),
        "seconds": seconds,
    })
}

fn hash(hash: HashAlgorithm) -> &'static str {
    match hash {
        HashAlgorithm::Sha1 => "SHA1",
        HashAlgorithm::Sha256 => "SHA256",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use signet_cloudfront::inspection::{PolicyWriting, SignatureFault, Unseen, find};
    use signet_cloudfront::policy::{Network, PolicyFault};
    use signet_cloudfront::public_key_id::PublicKeyIdError;

    /// Every verdict, with the name and the cause that scripts were promised.
    #[test]
    fn verdicts_keep_their_released_names() {
        let text = str::to_owned;
        let (until, at, from, meant, stated) = (9, 9, 9, 9, 9_000);
        let (signed_for, points_at) = (|| text("a"), || text("b"));
        for (verdict, name, expected) in [
            (Verdict::Works { until }, "works", json!({"until": 9})),
            (
                Verdict::SignatureNotChecked { key: text("a"), until },
                "signature-not-checked",
                json!({"key": "a", "until": 9}),
            ),
            (Verdict::Ended { at }, "ended", json!({"at": 9})),
            (Verdict::NotBegun { from }, "not-begun", json!({"from": 9})),
            (
                Verdict::CutOff { missing: vec!["Signature"] },
                "cut-off",
                json!({"missing": ["Signature"]}),
            ),
            (
                Verdict::ParameterMissing { names: vec!["Expires"] },
                "parameter-missing",
                json!({"names": ["Expires"]}),
            ),
            (Verdict::Altered, "altered", json!({})),
            (
                Verdict::AddedAfterSigning { names: vec![text("utm_source")] },
                "added-after-signing",
                json!({"names": ["utm_source"]}),
            ),
            (
                Verdict::PointsElsewhere { signed_for: signed_for(), points_at: points_at() },
                "points-elsewhere",
                json!({"signed_for": "a", "points_at": "b"}),
            ),
            (
                Verdict::SchemeChanged { signed_for: signed_for(), points_at: points_at() },
                "scheme-changed",
                json!({"signed_for": "a", "points_at": "b"}),
            ),
            (
                Verdict::PathChanged { signed_for: signed_for(), points_at: points_at() },
                "path-changed",
                json!({"signed_for": "a", "points_at": "b"}),
            ),
            (
                Verdict::EncodedTwice { signed_for: signed_for() },
                "encoded-twice",
                json!({"signed_for": "a"}),
            ),
            (
                Verdict::OutsideResource { resource: text("a") },
                "outside-resource",
                json!({"resource": "a"}),
            ),
            (
                Verdict::EndInMilliseconds { stated, meant },
                "end-in-milliseconds",
                json!({"stated": 9_000, "meant": 9}),
            ),
            (
                Verdict::EndUnreadable { stated: text("soon") },
                "end-unreadable",
                json!({"stated": "soon"}),
            ),
            (
                Verdict::WrongHash {
                    stated: Some(text("SHA512")),
                    signed_with: Some(HashAlgorithm::Sha256),
                },
                "wrong-hash",
                json!({"stated": "SHA512", "signed_with": "SHA256"}),
            ),
            (
                Verdict::WrongHash { stated: None, signed_with: None },
                "wrong-hash",
                json!({"stated": null, "signed_with": null}),
            ),
            (
                Verdict::OtherKeySigned { id: text("K1"), key: text("a"), key_id: text("K2") },
                "other-key-signed",
                json!({"id": "K1", "key": "a", "key_id": "K2"}),
            ),
            (Verdict::KeyOfOtherSize { bits: 4_096 }, "key-of-other-size", json!({"bits": 4_096})),
            (Verdict::UnknownKey { id: text("K1") }, "unknown-key", json!({"id": "K1"})),
            (
                Verdict::IdIsNotAKeyId {
                    instead: PublicKeyIdError::IsKeyGroupId { id: text("a") },
                },
                "id-is-not-a-key-id",
                json!({"instead": "a is a key group ID"}),
            ),
            (
                Verdict::IdIsNotAKeyId { instead: PublicKeyIdError::SmallLetters },
                "id-is-not-a-key-id",
                json!({"instead": PublicKeyIdError::SmallLetters.to_string()}),
            ),
            (
                Verdict::StorageAddress { host: text("a"), presigned: true },
                "storage-address",
                json!({"host": "a", "presigned": true}),
            ),
            (Verdict::NotSigned, "not-signed", json!({})),
            (
                Verdict::Misnamed { given: text("expires"), meant: "Expires" },
                "misnamed",
                json!({"given": "expires", "meant": "Expires"}),
            ),
            (Verdict::BothPolicyAndExpires, "both-policy-and-expires", json!({})),
            (
                Verdict::DuplicatedParameter { name: "Policy" },
                "duplicated-parameter",
                json!({"name": "Policy"}),
            ),
            (
                Verdict::SignatureUnreadable { why: SignatureFault::OtherBase64 },
                "signature-unreadable",
                json!({"why": "other-base64"}),
            ),
            (
                Verdict::SignatureUnreadable { why: SignatureFault::NoBase64 },
                "signature-unreadable",
                json!({"why": "no-base64"}),
            ),
            (
                Verdict::PolicyUnreadable { why: PolicyFault::SeveralStatements { count: 2 } },
                "policy-unreadable",
                json!({"why": "several-statements", "count": 2}),
            ),
            (
                Verdict::PolicyUnreadable { why: PolicyFault::Ipv6 },
                "policy-unreadable",
                json!({"why": "ipv6"}),
            ),
            (
                Verdict::SignedUnencoded { signed_for: "a b".to_owned() },
                "signed-unencoded",
                json!({"signed_for": "a b"}),
            ),
            (
                Verdict::ComposedOtherwise { signed_for: "a".to_owned() },
                "composed-otherwise",
                json!({"signed_for": "a"}),
            ),
            (
                Verdict::SignedForPlaylist { signed_for: "a".to_owned() },
                "signed-for-playlist",
                json!({"signed_for": "a"}),
            ),
            (
                Verdict::PolicyWrittenOtherwise { how: PolicyWriting::EndInQuotes },
                "policy-written-otherwise",
                json!({"how": "end-in-quotes"}),
            ),
            (
                Verdict::EndSignedInMilliseconds { stated: 9, signed: 9_000 },
                "end-signed-in-milliseconds",
                json!({"stated": 9, "signed": 9_000}),
            ),
            (
                Verdict::IdDamaged { key: "a".to_owned(), key_id: "K".to_owned() },
                "id-damaged",
                json!({"key": "a", "key_id": "K"}),
            ),
            (
                Verdict::SignedForOtherService { service: "S3" },
                "signed-for-other-service",
                json!({"service": "S3"}),
            ),
            (
                Verdict::TooLong { length: 9_000, most: 8_192 },
                "too-long",
                json!({"length": 9_000, "most": 8_192}),
            ),
            (
                Verdict::CookiesWithoutAddress { until },
                "cookies-without-address",
                json!({"until": 9}),
            ),
        ] {
            assert_eq!((code(&verdict), cause(&verdict)), (name.to_owned(), expected));
        }
    }

    #[test]
    fn what_was_done_and_found_keeps_its_released_names() {
        let removed = ".".to_owned();
        for (done, expected) in [
            (Repair::Base64, json!({"repair": "base64"})),
            (Repair::QuotedPrintable, json!({"repair": "quoted-printable"})),
            (Repair::EncodedWords, json!({"repair": "encoded-words"})),
            (Repair::JsonEscapes, json!({"repair": "json-escapes"})),
            (Repair::HtmlEntities, json!({"repair": "html-entities"})),
            (Repair::EncodedTwice, json!({"repair": "encoded-twice"})),
            (Repair::LineBreaks { count: 2 }, json!({"repair": "line-breaks", "count": 2})),
            (Repair::ReplyMarks, json!({"repair": "reply-marks"})),
            (Repair::Spaces, json!({"repair": "spaces"})),
            (
                Repair::HiddenCharacters { count: 2 },
                json!({"repair": "hidden-characters", "count": 2}),
            ),
            (Repair::Punctuation { removed }, json!({"repair": "punctuation", "removed": "."})),
            (Repair::Fragment, json!({"repair": "fragment"})),
            (Repair::Encoded, json!({"repair": "encoded"})),
            (Repair::SchemeAdded, json!({"repair": "scheme-added"})),
            (Repair::Slashes, json!({"repair": "slashes"})),
            (Repair::EscapeMarks, json!({"repair": "escape-marks"})),
            (Repair::PaddingRestored, json!({"repair": "padding-restored"})),
        ] {
            assert_eq!(repair(&done), expected);
        }
        let network = Network::parse("203.0.113.7").unwrap();
        let (stated, meant, resource) = (9_000, 9, "a/*".to_owned());
        let unseen = vec![
            Unseen::Missing,
            Unseen::BucketPolicy,
            Unseen::Distribution,
            Unseen::Firewall,
            Unseen::Public,
            Unseen::ReadersNetwork,
            Unseen::LongDownload,
        ];
        for (found, expected) in [
            (Finding::CookiesInstead, json!({"finding": "cookies-instead"})),
            (Finding::OpensEverything, json!({"finding": "opens-everything"})),
            (Finding::OpensMore { resource }, json!({"finding": "opens-more", "resource": "a/*"})),
            (
                Finding::OnlyFrom { network, private: false },
                json!({"finding": "only-from", "network": "203.0.113.7/32", "private": false}),
            ),
            (
                Finding::EndInMilliseconds { stated, meant },
                json!({"finding": "end-in-milliseconds", "stated": 9_000, "meant": 9}),
            ),
            (
                Finding::StartInMilliseconds { stated, meant },
                json!({"finding": "start-in-milliseconds", "stated": 9_000, "meant": 9}),
            ),
            (Finding::NeverOpens, json!({"finding": "never-opens"})),
            (Finding::NotSecure, json!({"finding": "not-secure"})),
            (
                Finding::CannotSee { unseen },
                json!({"finding": "cannot-see", "unseen": [
                    "missing", "bucket-policy", "distribution", "firewall", "public",
                    "readers-network", "long-download",
                ]}),
            ),
        ] {
            assert_eq!(finding(&found), expected);
        }
    }

    #[test]
    fn wrappers_keep_their_released_names() {
        let signed = "https%3A%2F%2Fd.example%2Fa%3FExpires%3D1%26Signature%3Da%26Key-Pair-Id%3DK";
        for (before, from, name) in [
            ("eur01.safelinks.protection.outlook.com/?url=", "safe-links", "Outlook's Safe Links"),
            ("www.google.com/url?q=", "google", "Google's redirect"),
            ("urldefense.proofpoint.com/v1/url?u=", "proofpoint", "Proofpoint's URL Defense"),
            ("go.example/?to=", "other", "go.example"),
        ] {
            let found = find(&format!("https://{before}{signed}")).unwrap();
            let said = json!({"repair": "unwrapped", "from": from, "name": name});
            assert_eq!(repair(&found.repairs[0]), said);
        }
        let found = find("https://protect-eu.mimecast.com/s/AbCd?domain=d.example").unwrap();
        let verdict = signet_cloudfront::inspection::inspect(&found, 0, &[], &[]).verdict;
        assert_eq!(code(&verdict), "wrapped");
        let said = json!({"by": "mimecast", "name": "Mimecast's mail filter"});
        assert_eq!(cause(&verdict), said);
    }

    #[test]
    fn answers_of_a_site_keep_their_released_names() {
        let answered = Outcome::Answered;
        let host = "a".to_owned();
        for (outcome, name) in [
            (answered(Classification::Opens), "opens"),
            (answered(Classification::KeyIdMissing), "key-id-missing"),
            (answered(Classification::KeyUnknown), "key-unknown"),
            (answered(Classification::SignatureMalformed), "signature-malformed"),
            (answered(Classification::PolicyMalformed), "policy-malformed"),
            (answered(Classification::Refused), "refused"),
            (answered(Classification::StorageRefused), "storage-refused"),
            (answered(Classification::StorageAddressSigned), "storage-address-signed"),
            (answered(Classification::LinksNotAsked), "links-not-asked"),
            (answered(Classification::Archived), "archived"),
            (answered(Classification::EncryptionKeyRefused), "encryption-key-refused"),
            (answered(Classification::AllAccessDisabled), "all-access-disabled"),
            (answered(Classification::NoSuchBucket), "no-such-bucket"),
            (answered(Classification::ErrorPage { status: 404 }), "error-page"),
            (Outcome::NewBucket, "new-bucket"),
            (Outcome::PointsToStorage, "points-to-storage"),
            (answered(Classification::NotFound), "not-found"),
            (answered(Classification::Blocked), "blocked"),
            (answered(Classification::Unexpected { status: 503 }), "unexpected"),
            (Outcome::Redirected { host }, "redirected"),
            (Outcome::NoSuchHost, "no-such-host"),
            (Outcome::NoConnection, "no-connection"),
            (Outcome::NotTrusted, "not-trusted"),
            (Outcome::TimedOut, "timed-out"),
        ] {
            assert_eq!(code(&outcome), name);
        }
        for (comparison, expected) in [
            (Some(Comparison::Right), json!({"state": "right", "seconds": null})),
            (Some(Comparison::Ahead { seconds: 9 }), json!({"state": "ahead", "seconds": 9})),
            (Some(Comparison::Behind { seconds: 9 }), json!({"state": "behind", "seconds": 9})),
            (None, json!({"state": "unknown", "seconds": null})),
        ] {
            assert_eq!(clock(comparison), expected);
        }
    }
}
