//! The shapes in which a verdict on a link crosses IPC. No signature is in them.

use serde::{Deserialize, Serialize};
use signet_cloudfront::inspection::{
    self, Finding, Form, Found, Inspection, PolicyKind, Repair, Resource, Signature, Unseen,
    Verdict, Wrapper,
};
use signet_cloudfront::key::KeyKind;

use super::shown::shown;

/// What was pasted.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct InspectRequest {
    pub text: String,
}

/// What is said of it, verdict first.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct InspectionView {
    #[serde(serialize_with = "shown")]
    pub verdict: VerdictView,
    #[serde(serialize_with = "shown")]
    pub findings: Vec<FindingView>,
    pub repairs: Vec<RepairView>,
    /// How many other signed links were pasted with it.
    pub others: usize,
    /// The link as it was before it was changed on the way, where it opens so.
    pub mended: Option<String>,
    #[serde(serialize_with = "shown")]
    pub details: DetailsView,
}

/// Whether the link opens, and otherwise the cause that helps most.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[rustfmt::skip]
pub enum VerdictView {
    Works { #[cfg_attr(test, ts(type = "number"))] until: i64 },
    SignatureNotChecked { key: String, #[cfg_attr(test, ts(type = "number"))] until: i64 },
    Ended { #[cfg_attr(test, ts(type = "number"))] at: i64 },
    NotBegun { #[cfg_attr(test, ts(type = "number"))] from: i64 },
    CutOff,
    ParameterMissing { names: Vec<&'static str> },
    Altered,
    AddedAfterSigning { names: Vec<String> },
    PointsElsewhere { signed_for: String, points_at: String },
    SchemeChanged { signed_for: String, points_at: String },
    PathChanged { signed_for: String, points_at: String },
    EncodedTwice { signed_for: String },
    OutsideResource { resource: String },
    EndInMilliseconds { #[cfg_attr(test, ts(type = "number"))] meant: i64 },
    EndUnreadable { stated: String },
    WrongHash,
    OtherKeySigned { id: String, key: String, key_id: String },
    KeyOfOtherSize { bits: usize },
    UnknownKey { id: String },
    IdIsNotAKeyId,
    StorageAddress { host: String, presigned: bool },
    NotSigned,
    Misnamed { given: String, meant: &'static str },
    BothPolicyAndExpires,
    DuplicatedParameter { name: &'static str },
    SignatureUnreadable,
    PolicyUnreadable,
    TooLong { length: usize, most: usize },
    CookiesWithoutAddress { #[cfg_attr(test, ts(type = "number"))] until: i64 },
}

/// What is worth knowing beside the verdict.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[rustfmt::skip]
pub enum FindingView {
    CookiesInstead,
    OpensEverything,
    OpensMore { resource: String },
    OnlyFrom { network: String, private: bool },
    EndInMilliseconds { #[cfg_attr(test, ts(type = "number"))] meant: i64 },
    StartInMilliseconds { #[cfg_attr(test, ts(type = "number"))] meant: i64 },
    NeverOpens,
    NotSecure,
    CannotSee { unseen: Vec<UnseenView> },
}

/// Why a link that works here may still not open for a reader.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum UnseenView {
    Missing,
    BucketPolicy,
    Distribution,
    Firewall,
    Public,
    ReadersNetwork,
    LongDownload,
}

/// What was done to get the link out of what was pasted.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum RepairView {
    Base64,
    QuotedPrintable,
    JsonEscapes,
    SafeLinks,
    Google,
    Proofpoint,
    HtmlEntities,
    EncodedTwice,
    LineBreaks,
    ReplyMarks,
    Spaces,
    HiddenCharacters,
    Punctuation,
    Fragment,
    Encoded,
    SchemeAdded,
    PaddingRestored,
}

/// What stands in the link.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct DetailsView {
    /// Without the signing parameters.
    pub address: Option<String>,
    /// Whether it was cookies.
    pub is_cookies: bool,
    /// Whether the policy is custom; null where there is none.
    pub is_custom: Option<bool>,
    /// What a custom policy opens; empty where it opens everything.
    pub resource: Option<String>,
    #[cfg_attr(test, ts(type = "number | null"))]
    pub starts_at: Option<i64>,
    #[cfg_attr(test, ts(type = "number | null"))]
    pub ends_at: Option<i64>,
    pub network: Option<String>,
    pub key_id: Option<String>,
    /// The name of the key of the list that has this id.
    pub key: Option<String>,
    /// `SHA-1`, `SHA-256`, or the word that stands there.
    pub hash: String,
    pub signature: SignatureView,
    /// `RSA 2048` or `P-256`, by the signature's length.
    pub signed_with: Option<&'static str>,
}

/// What is known of the signature.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum SignatureView {
    Valid,
    Wrong,
    NotChecked,
    None,
}

impl InspectionView {
    pub(in crate::ipc) fn of(inspection: &Inspection, found: &Found) -> Self {
        Self {
            verdict: VerdictView::of(&inspection.verdict),
            findings: inspection.findings.iter().map(FindingView::of).collect(),
            repairs: found.repairs.iter().map(RepairView::of).collect(),
            others: found.others,
            mended: (matches!(inspection.verdict, Verdict::Works { .. })
                && !found.repairs.is_empty()
                && found.form == Form::Link)
                .then(|| found.link().to_owned()),
            details: DetailsView::of(&inspection.details, found.form),
        }
    }
}

impl VerdictView {
    fn of(verdict: &Verdict) -> Self {
        match verdict.clone() {
            Verdict::Works { until } => Self::Works { until },
            Verdict::SignatureNotChecked { key, until } => Self::SignatureNotChecked { key, until },
            Verdict::Ended { at } => Self::Ended { at },
            Verdict::NotBegun { from } => Self::NotBegun { from },
            Verdict::CutOff { .. } => Self::CutOff,
            Verdict::ParameterMissing { names } => Self::ParameterMissing { names },
            Verdict::Altered => Self::Altered,
            Verdict::AddedAfterSigning { names } => Self::AddedAfterSigning { names },
            Verdict::PointsElsewhere { signed_for, points_at } => {
                Self::PointsElsewhere { signed_for, points_at }
            }
            Verdict::SchemeChanged { signed_for, points_at } => {
                Self::SchemeChanged { signed_for, points_at }
            }
            Verdict::PathChanged { signed_for, points_at } => {
                Self::PathChanged { signed_for, points_at }
            }
            Verdict::EncodedTwice { signed_for } => Self::EncodedTwice { signed_for },
            Verdict::OutsideResource { resource } => Self::OutsideResource { resource },
            Verdict::EndInMilliseconds { meant, .. } => Self::EndInMilliseconds { meant },
            Verdict::EndUnreadable { stated } => Self::EndUnreadable { stated },
            Verdict::WrongHash { .. } => Self::WrongHash,
            Verdict::OtherKeySigned { id, key, key_id } => Self::OtherKeySigned { id, key, key_id },
            Verdict::KeyOfOtherSize { bits } => Self::KeyOfOtherSize { bits },
            Verdict::UnknownKey { id } => Self::UnknownKey { id },
            Verdict::IdIsNotAKeyId { .. } => Self::IdIsNotAKeyId,
            Verdict::StorageAddress { host, presigned } => Self::StorageAddress { host, presigned },
            Verdict::NotSigned => Self::NotSigned,
            Verdict::Misnamed { given, meant } => Self::Misnamed { given, meant },
            Verdict::BothPolicyAndExpires => Self::BothPolicyAndExpires,
            Verdict::DuplicatedParameter { name } => Self::DuplicatedParameter { name },
            Verdict::SignatureUnreadable { .. } => Self::SignatureUnreadable,
            Verdict::PolicyUnreadable => Self::PolicyUnreadable,
            Verdict::TooLong { length, most } => Self::TooLong { length, most },
            Verdict::CookiesWithoutAddress { until } => Self::CookiesWithoutAddress { until },
        }
    }
}

impl FindingView {
    fn of(finding: &Finding) -> Self {
        match finding {
            Finding::CookiesInstead => Self::CookiesInstead,
            Finding::OpensEverything => Self::OpensEverything,
            Finding::OpensMore { resource } => Self::OpensMore { resource: resource.clone() },
            Finding::OnlyFrom { network, private } => {
                Self::OnlyFrom { network: network.to_string(), private: *private }
            }
            Finding::EndInMilliseconds { meant, .. } => Self::EndInMilliseconds { meant: *meant },
            Finding::StartInMilliseconds { meant, .. } => {
                Self::StartInMilliseconds { meant: *meant }
            }
            Finding::NeverOpens => Self::NeverOpens,
            Finding::NotSecure => Self::NotSecure,
            Finding::CannotSee(unseen) => {
                Self::CannotSee { unseen: unseen.iter().map(UnseenView::of).collect() }
            }
        }
    }
}

impl UnseenView {
    fn of(unseen: &Unseen) -> Self {
        match unseen {
            Unseen::Missing => Self::Missing,
            Unseen::BucketPolicy => Self::BucketPolicy,
            Unseen::Distribution => Self::Distribution,
            Unseen::Firewall => Self::Firewall,
            Unseen::Public => Self::Public,
            Unseen::ReadersNetwork => Self::ReadersNetwork,
            Unseen::LongDownload => Self::LongDownload,
        }
    }
}

impl RepairView {
    fn of(repair: &Repair) -> Self {
        match repair {
            Repair::Base64 => Self::Base64,
            Repair::QuotedPrintable => Self::QuotedPrintable,
            Repair::JsonEscapes => Self::JsonEscapes,
            Repair::Unwrapped(Wrapper::SafeLinks) => Self::SafeLinks,
            Repair::Unwrapped(Wrapper::Google) => Self::Google,
            Repair::Unwrapped(Wrapper::Proofpoint) => Self::Proofpoint,
            Repair::HtmlEntities => Self::HtmlEntities,
            Repair::EncodedTwice => Self::EncodedTwice,
            Repair::LineBreaks { .. } => Self::LineBreaks,
            Repair::ReplyMarks => Self::ReplyMarks,
            Repair::Spaces => Self::Spaces,
            Repair::HiddenCharacters { .. } => Self::HiddenCharacters,
            Repair::Punctuation { .. } => Self::Punctuation,
            Repair::Fragment => Self::Fragment,
            Repair::Encoded => Self::Encoded,
            Repair::SchemeAdded => Self::SchemeAdded,
            Repair::PaddingRestored => Self::PaddingRestored,
        }
    }
}

impl DetailsView {
    fn of(details: &inspection::Details, form: Form) -> Self {
        Self {
            address: details.address.clone(),
            is_cookies: matches!(form, Form::Cookies { .. }),
            is_custom: details.policy.map(|policy| policy == PolicyKind::Custom),
            resource: details.resource.as_ref().map(|resource| match resource {
                Resource::Everything => String::new(),
                Resource::Matching(text) => text.clone(),
            }),
            starts_at: details.starts_at,
            ends_at: details.ends_at,
            network: details.network.map(|network| network.to_string()),
            key_id: details.key_id.clone(),
            key: details.key.clone(),
            hash: match &details.hash {
                inspection::Hash::Known(signet_cloudfront::key::HashAlgorithm::Sha1) => {
                    "SHA-1".into()
                }
                inspection::Hash::Known(signet_cloudfront::key::HashAlgorithm::Sha256) => {
                    "SHA-256".into()
                }
                inspection::Hash::Other(word) => word.clone(),
            },
            signature: match details.signature {
                Signature::Valid => SignatureView::Valid,
                Signature::Wrong => SignatureView::Wrong,
                Signature::NotChecked => SignatureView::NotChecked,
                Signature::None => SignatureView::None,
            },
            signed_with: details.signed_with.map(|kind| match kind {
                KeyKind::Rsa2048 => "RSA 2048",
                KeyKind::P256 => "P-256",
            }),
        }
    }
}
