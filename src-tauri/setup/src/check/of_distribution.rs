//! What a distribution means for links beside its way to the bucket, in lines: who else opens documents, what hides a
//! refusal, and what of it nobody sees from here.

use super::line::Line;
use crate::SetupSpec;
use crate::behaviours::BehaviourAccess;
use crate::distribution_config::DistributionConfig;

/// AWS's own policies that add security headers (AWS, "Use managed response headers policies"),
const SECURE: [&str; 3] = [
    "67f7725c-6f97-4210-82d7-5512b31e9d03",
    "e61eb60c-9c35-4d20-a928-2b84e02af89c",
    "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
];

/// and those that add only what lets other sites read.
const PLAIN: [&str; 2] =
    ["60669652-455b-4ae9-85a4-c4c02393f86c", "5cc3b908-e619-4b99-88e5-2cf7f45965bd"];

/// Whose links open the bucket's documents, and where none is needed. Nothing is right that another behaviour makes
/// untrue.
pub(super) fn links(behaviours: &[BehaviourAccess]) -> Vec<Line> {
    if behaviours.is_empty() {
        return Vec::new();
    }
    let mut lines = Vec::new();
    let default = behaviours.iter().find(|one| one.path.is_none());
    let others = || behaviours.iter().filter(|one| one.path.is_some());
    let takes_key = match default {
        Some(default) => default.takes_key,
        None => others().any(|one| one.takes_key),
    };
    let has_foreign = others().any(is_foreign);
    match takes_key {
        true if has_foreign => {}
        true => lines.push(Line::KeyActive),
        false => lines.push(Line::KeyNotActive),
    }
    let is_default_open = default.is_some_and(BehaviourAccess::is_open);
    let open: Vec<_> = others().filter(|one| one.is_open()).map(|one| one.pattern()).collect();
    match (is_default_open, open.is_empty()) {
        (true, _) => lines.push(Line::OpenToEveryone),
        (false, true) => lines.push(Line::AsksForLinks),
        (false, false) => {}
    }
    if !open.is_empty() {
        lines.push(Line::PathsOpen { paths: open });
    }
    lines
}

/// It takes links, and none of this key.
fn is_foreign(one: &BehaviourAccess) -> bool {
    !one.is_open() && !one.takes_key
}

/// What a plan says of it too, before anything is made.
pub(crate) fn remarks(
    config: &DistributionConfig,
    spec: &SetupSpec,
    behaviours: &[BehaviourAccess],
) -> Vec<Line> {
    let SetupSpec { bucket, region, .. } = spec;
    let (around, mut lines) = (config.surroundings(), Vec::new());
    let paths = |is_it: &dyn Fn(&BehaviourAccess) -> bool| -> Vec<String> {
        behaviours.iter().filter(|one| is_it(one)).map(BehaviourAccess::pattern).collect()
    };
    let foreign = paths(&|one| one.path.is_some() && is_foreign(one));
    if !foreign.is_empty() {
        lines.push(Line::PathsOtherKeys { paths: foreign });
    }
    let signed = paths(&|one| one.has_signers);
    if !signed.is_empty() {
        lines.push(Line::LegacySigners { paths: signed });
    }
    if around.has_continuous_deployment && !around.is_staging {
        lines.push(Line::ContinuousDeployment);
    }
    if let Some((hosts, is_first)) = config.failover(bucket, region) {
        lines.push(Line::OriginGroup { hosts, is_first });
    }
    if let Some(path) = config.origin_path(bucket, region).filter(|path| !path.is_empty()) {
        lines.push(Line::OriginPath { path: path.to_owned() });
    }
    if around.has_web_acl {
        lines.push(Line::WebAcl);
    }
    if !around.error_pages.is_empty() {
        lines.push(Line::ErrorPages { codes: around.error_pages.clone() });
    }
    lines
}

/// What only a check says.
pub(super) fn notes(config: &DistributionConfig, spec: &SetupSpec) -> Vec<Line> {
    let headers = match config.headers_policy() {
        None => Line::NoSecurityHeaders,
        Some(id) if SECURE.contains(&id) => Line::SecurityHeaders,
        Some(id) if PLAIN.contains(&id) => Line::NoSecurityHeaders,
        Some(_) => Line::SecurityHeadersNotSeen,
    };
    let kept = config.surroundings().log_bucket.clone();
    let mut lines = vec![headers];
    let streamed = config.reaching(&spec.bucket, &spec.region).filter(|one| one.has_real_time_logs);
    let paths: Vec<_> =
        streamed.map(|one| one.path.clone().unwrap_or_else(|| "*".to_owned())).collect();
    if !paths.is_empty() {
        lines.push(Line::RealTimeLogs { paths });
    }
    lines.extend(kept.map(|bucket| Line::LogsKept { bucket }));
    lines.push(Line::LogsNotSeen);
    lines
}
