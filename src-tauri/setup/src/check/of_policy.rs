//! What a bucket's policy comes to, in lines.

use super::line::Line;
use crate::SetupSpec;
use crate::bucket_access::{BucketAccess, Denial, Readable};
use crate::found::FoundDistribution;

pub(super) fn lines(
    policy: Option<&str>,
    there: &FoundDistribution,
    spec: &SetupSpec,
) -> Vec<Line> {
    let Some(policy) = policy.filter(|text| !text.trim().is_empty()) else {
        return vec![Line::NotLetIn];
    };
    let folder = there.config.folder(&spec.bucket, &spec.region);
    let Ok(access) = BucketAccess::of(policy, &spec.bucket, &there.arn, &folder) else {
        return vec![Line::PolicyUnreadable];
    };
    let mut lines = Vec::new();
    // Nothing is right that a statement makes untrue.
    let is_refused = access.denials.iter().any(|denial| !denial.is_certain || denial.is_of_all);
    match access.reads {
        Readable::All if is_refused => {}
        Readable::All => lines.push(Line::LetIn),
        Readable::Some => lines.push(Line::LetInPartly),
        Readable::Perhaps => lines.push(Line::LetInPerhaps),
        Readable::None => lines.push(Line::NotLetIn),
    }
    let BucketAccess { denials, listed_by, others, is_for_any_distribution, .. } = access;
    lines.extend(denials.into_iter().map(|denial: Denial| Line::Denied { denial }));
    if let Some(by) = listed_by {
        let has_root_object = there.config.has_root_object;
        lines.push(Line::NamesListed { by, has_root_object });
    }
    if is_for_any_distribution {
        lines.push(Line::AnyDistributionLetIn);
    }
    if !others.is_empty() {
        lines.push(Line::OthersLetIn { who: others });
    }
    lines
}
