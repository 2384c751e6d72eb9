//! The steps of a login for documents, as a plan shows them.

use super::{Difference, Differing, NEW_ONE, PlanStep, Shown};
use crate::AccessKeyId;
use crate::document_login::DocumentLoginPlan;

pub(super) fn shown(login: &DocumentLoginPlan) -> [Shown; 3] {
    let (policy, has_policy) = login.planned_policy();
    let after = format!("{policy:#}").replace("distribution/*", &format!("distribution/{NEW_ONE}"));
    let before = login.policy_before.clone();
    let policy = Difference { what: Differing::DocumentPolicy, before, after };
    let lost: Vec<_> = login.lost.iter().map(AccessKeyId::as_str).collect();
    let replaced = (!lost.is_empty()).then(|| Difference {
        what: Differing::AccessKey,
        before: Some(lost.join(", ")),
        after: "(a new one)".to_owned(),
    });
    [
        Shown {
            step: PlanStep::DocumentUser,
            is_done: login.user.is_some(),
            id: Some(login.user_name.clone()),
            changes: Vec::new(),
        },
        Shown {
            step: PlanStep::DocumentPolicy,
            is_done: has_policy,
            id: has_policy.then(|| login.user_name.clone()),
            changes: if has_policy { Vec::new() } else { vec![policy] },
        },
        Shown {
            step: PlanStep::AccessKey,
            is_done: login.access_key.is_some(),
            id: login.access_key.as_ref().map(|id| id.as_str().to_owned()),
            changes: replaced.into_iter().collect(),
        },
    ]
}
