//! The shapes in which a verdict on a link crosses IPC. No signature is in them.

use serde::{Deserialize, Serialize};
use signet_cloudfront::inspection::{
    self, Finding, Form, Found, Inspection, PolicyKind, Repair, Resource, Signature, Verdict,
};
use signet_cloudfront::key::KeyKind;

use crate::ipc::shown::shown;
use crate::ipc::views::links::Signer;

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
    pub verdict: Verdict,
    #[serde(serialize_with = "shown")]
    pub findings: Vec<Finding>,
    #[serde(serialize_with = "shown")]
    pub repairs: Vec<Repair>,
    /// How many other signed links were pasted with it.
    pub others: usize,
    /// The link as it was before it was changed on the way, where it opens so.
    pub mended: Option<String>,
    /// Its document, where a site that is here has it; null for one that is elsewhere.
    pub document: Option<TypedDocumentView>,
    #[serde(serialize_with = "shown")]
    pub details: DetailsView,
}

/// A document of a site, as a person types it there.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TypedDocumentView {
    pub signer: Signer,
    pub typed: String,
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
    pub starts_at: Option<i64>,
    pub ends_at: Option<i64>,
    pub network: Option<String>,
    pub key_id: Option<String>,
    /// The name of the key of the list that has this id.
    pub key: Option<String>,
    /// `SHA-1`, `SHA-256`, or the word that stands there.
    pub hash: String,
    pub signature: Signature,
    /// `RSA 2048` or `P-256`, by the signature's length.
    pub signed_with: Option<&'static str>,
}

impl InspectionView {
    pub(in crate::ipc) fn of(
        inspection: &Inspection,
        found: &Found,
        document: Option<TypedDocumentView>,
    ) -> Self {
        Self {
            document,
            verdict: inspection.verdict.clone(),
            findings: inspection.findings.clone(),
            repairs: found.repairs.clone(),
            others: found.others,
            mended: (matches!(inspection.verdict, Verdict::Works { .. })
                && !found.repairs.is_empty()
                && found.form == Form::Link)
                .then(|| found.link().to_owned()),
            details: DetailsView::of(&inspection.details, found.form),
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
            signature: details.signature,
            signed_with: details.signed_with.map(|kind| match kind {
                KeyKind::Rsa2048 => "RSA 2048",
                KeyKind::P256 => "P-256",
            }),
        }
    }
}
