//! What of a configuration has a bearing on links beside its origins and behaviours.

use super::parts::{is_true, text};
use crate::xml::{Document, Element};

/// What stands around the behaviours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// It is the trial of another distribution, whose readers come to it by a header or as a share of them.
    pub is_staging: bool,
    /// A share of its readers may be answered by another configuration.
    pub has_continuous_deployment: bool,
    /// It is a pattern for the sites of tenants, and has no address of its own.
    pub is_multi_tenant: bool,
    /// A web ACL stands in front of it.
    pub has_web_acl: bool,
    /// The host of the bucket into which its standard logs of the older kind are written.
    pub log_bucket: Option<String>,
    /// Refusals (403) and missing documents (404) that are answered with a page of the site's instead.
    pub error_pages: Vec<u16>,
}

impl Surroundings {
    pub(super) fn read(document: &Document<'_>) -> Self {
        let root = document.root();
        let logging = root.child("Logging").filter(|item| is_true(document, item, "Enabled"));
        let pages = root.child("CustomErrorResponses").into_iter().flat_map(Element::items);
        let pages = pages.filter(|page| text(document, page, "ResponsePagePath").is_some());
        let codes = pages.filter_map(|page| document.child_value(page, "ErrorCode")?.parse().ok());
        Self {
            is_staging: is_true(document, root, "Staging"),
            has_continuous_deployment: text(document, root, "ContinuousDeploymentPolicyId")
                .is_some(),
            is_multi_tenant: text(document, root, "ConnectionMode")
                .is_some_and(|mode| mode.eq_ignore_ascii_case("tenant-only")),
            has_web_acl: text(document, root, "WebACLId").is_some(),
            log_bucket: logging.and_then(|logging| text(document, logging, "Bucket")),
            error_pages: codes.filter(|code| matches!(code, 403 | 404)).collect(),
        }
    }
}
