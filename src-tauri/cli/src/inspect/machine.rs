//! The answer for a script. Names and codes stay; new ones may be added. Times are Unix time.

use serde_json::{Map, Value, json};
use signet_cloudfront::clock::Comparison;
use signet_cloudfront::inspection::{
    Details, Finding, Form, Found, Hash, Inspection, PolicyKind, Repair, Resource, Signature,
    SignatureFault, Unseen, Verdict, Wrapper,
};
use signet_cloudfront::key::{HashAlgorithm, KeyKind};
use signet_probe::response::Classification;
use signet_probe::{Outcome, Trial};

use super::{instead_name, trial, words};

/// One object.
pub fn json(found: &Found, inspection: &Inspection, trial: Option<&Trial>) -> Value {
    let verdict = &inspection.verdict;
    json!({
        "works": matches!(verdict, Verdict::Works { .. }),
        "verdict": words(verdict).code,
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
    match verdict {
        Verdict::Works { until } | Verdict::CookiesWithoutAddress { until } => {
            json!({"until": until})
        }
        Verdict::SignatureNotChecked { key, until } => json!({"key": key, "until": until}),
        Verdict::Ended { at } => json!({"at": at}),
        Verdict::NotBegun { from } => json!({"from": from}),
        Verdict::CutOff { missing } => json!({"missing": missing}),
        Verdict::ParameterMissing { names } => json!({"names": names}),
        Verdict::AddedAfterSigning { names } => json!({"names": names}),
        Verdict::PointsElsewhere { signed_for, points_at }
        | Verdict::SchemeChanged { signed_for, points_at }
        | Verdict::PathChanged { signed_for, points_at } => {
            json!({"signed_for": signed_for, "points_at": points_at})
        }
        Verdict::EncodedTwice { signed_for } => json!({"signed_for": signed_for}),
        Verdict::OutsideResource { resource } => json!({"resource": resource}),
        Verdict::EndInMilliseconds { stated, meant } => json!({"stated": stated, "meant": meant}),
        Verdict::EndUnreadable { stated } => json!({"stated": stated}),
        Verdict::WrongHash { stated, signed_with } => {
            json!({"stated": stated, "signed_with": signed_with.map(hash)})
        }
        Verdict::OtherKeySigned { id, key, key_id } => {
            json!({"id": id, "key": key, "key_id": key_id})
        }
        Verdict::KeyOfOtherSize { bits } => json!({"bits": bits}),
        Verdict::UnknownKey { id } => json!({"id": id}),
        Verdict::IdIsNotAKeyId { instead } => json!({"instead": instead_name(instead)}),
        Verdict::StorageAddress { host, presigned } => {
            json!({"host": host, "presigned": presigned})
        }
        Verdict::Misnamed { given, meant } => json!({"given": given, "meant": meant}),
        Verdict::DuplicatedParameter { name } => json!({"name": name}),
        Verdict::SignatureUnreadable { why } => json!({"why": match why {
            SignatureFault::OtherBase64 => "other-base64",
            SignatureFault::NoBase64 => "no-base64",
        }}),
        Verdict::TooLong { length, most } => json!({"length": length, "most": most}),
        Verdict::Altered
        | Verdict::NotSigned
        | Verdict::BothPolicyAndExpires
        | Verdict::PolicyUnreadable => Value::Object(Map::new()),
    }
}

fn repair(repair: &Repair) -> Value {
    let code = |code: &str| json!({"repair": code});
    match repair {
        Repair::Base64 => code("base64"),
        Repair::QuotedPrintable => code("quoted-printable"),
        Repair::JsonEscapes => code("json-escapes"),
        Repair::Unwrapped(Wrapper::SafeLinks) => {
            json!({"repair": "unwrapped", "from": "safe-links"})
        }
        Repair::Unwrapped(Wrapper::Google) => json!({"repair": "unwrapped", "from": "google"}),
        Repair::Unwrapped(Wrapper::Proofpoint) => {
            json!({"repair": "unwrapped", "from": "proofpoint"})
        }
        Repair::HtmlEntities => code("html-entities"),
        Repair::EncodedTwice => code("encoded-twice"),
        Repair::LineBreaks { count } => json!({"repair": "line-breaks", "count": count}),
        Repair::ReplyMarks => code("reply-marks"),
        Repair::Spaces => code("spaces"),
        Repair::HiddenCharacters { count } => {
            json!({"repair": "hidden-characters", "count": count})
        }
        Repair::Punctuation { removed } => json!({"repair": "punctuation", "removed": removed}),
        Repair::Fragment => code("fragment"),
        Repair::Encoded => code("encoded"),
        Repair::SchemeAdded => code("scheme-added"),
        Repair::PaddingRestored => code("padding-restored"),
    }
}

fn finding(finding: &Finding) -> Value {
    let code = |code: &str| json!({"finding": code});
    match finding {
        Finding::CookiesInstead => code("cookies-instead"),
        Finding::OpensEverything => code("opens-everything"),
        Finding::OpensMore { resource } => json!({"finding": "opens-more", "resource": resource}),
        Finding::OnlyFrom { network, private } => {
            json!({"finding": "only-from", "network": network.to_string(), "private": private})
        }
        Finding::EndInMilliseconds { stated, meant } => {
            json!({"finding": "end-in-milliseconds", "stated": stated, "meant": meant})
        }
        Finding::StartInMilliseconds { stated, meant } => {
            json!({"finding": "start-in-milliseconds", "stated": stated, "meant": meant})
        }
        Finding::NeverOpens => code("never-opens"),
        Finding::NotSecure => code("not-secure"),
        Finding::CannotSee(unseen) => {
            let unseen: Vec<_> = unseen.iter().map(|unseen| unseen_code(*unseen)).collect();
            json!({"finding": "cannot-see", "unseen": unseen})
        }
    }
}

fn unseen_code(unseen: Unseen) -> &'static str {
    match unseen {
        Unseen::Missing => "missing",
        Unseen::BucketPolicy => "bucket-policy",
        Unseen::Distribution => "distribution",
        Unseen::Firewall => "firewall",
        Unseen::Public => "public",
        Unseen::ReadersNetwork => "readers-network",
        Unseen::LongDownload => "long-download",
    }
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
        "signature": match details.signature {
            Signature::Valid => "valid",
            Signature::Wrong => "wrong",
            Signature::NotChecked => "not-checked",
            Signature::None => "none",
        },
        "signed_with": details.signed_with.map(|kind| match kind {
            KeyKind::Rsa2048 => "RSA-2048",
            KeyKind::P256 => "P-256",
        }),
    })
}

/// What the site said; `likely` where that is seen of it and not documented.
fn tried(trial: &Trial) -> Value {
    let (clock, seconds) = match trial.clock {
        Some(Comparison::Right) => ("right", None),
        Some(Comparison::Ahead { seconds }) => ("ahead", Some(seconds)),
        Some(Comparison::Behind { seconds }) => ("behind", Some(seconds)),
        None => ("unknown", None),
    };
    json!({
        "host": trial.host,
        "answer": trial::code(&trial.signed),
        "status": match &trial.signed {
            Outcome::Answered(Classification::Unexpected { status }) => Some(status),
            _ => None,
        },
        "redirected_to": match &trial.signed {
            Outcome::Redirected { host } => Some(host),
            _ => None,
        },
        "likely": trial.signed.is_likely(),
        "is_public": trial.is_public,
        "clock": {"state": clock, "seconds": seconds},
        "rewritten": trial.is_rewritten,
    })
}

fn hash(hash: HashAlgorithm) -> &'static str {
    match hash {
        HashAlgorithm::Sha1 => "SHA1",
        HashAlgorithm::Sha256 => "SHA256",
    }
}
