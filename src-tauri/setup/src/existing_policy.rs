//! A bucket policy that is there, and the statements that are added to it or taken out again.
//!
//! The text is edited in place: every byte that is not of Signet's statements stays as it is.

use std::ops::Range;

use serde::Deserialize;

use super::bucket_access::has_own_statement;
use super::bucket_policy::{statement, statement_of_old, withdrawn};
use super::policy_text::{Standing, without_sid};
use super::{Bucket, DistributionArn, ParsePolicyError};

/// How a policy stood before statements were added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PolicyBefore {
    /// There was none.
    None,
    /// One statement without a list around it.
    Single,
    /// A list of statements.
    List,
}

/// What becomes of a bucket's policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyEdit {
    /// How it stood.
    pub before: PolicyBefore,
    /// The statement by which the distribution reads documents is added.
    pub adds_read: bool,
    /// The one by which Signet once let it list their names is taken back.
    pub withdraws_list: bool,
    /// The whole policy that is to be put.
    pub after: String,
}

/// What is to become of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// This text takes its place.
    Changed(String),
    /// Nothing but Signet's statements was in it: it goes.
    Nothing,
}

/// What *undo* makes of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenOut {
    /// What is to be put or removed; `None` where nothing of Signet's is in it any more.
    pub left: Option<Left>,
    /// In the place of a statement of Signet's there is one that somebody has changed. It stays.
    pub is_changed: bool,
}

/// What has to become of a policy, so that the distribution may fetch the documents below a folder of the
/// bucket (`""`, or `reports/`) and Signet lets nobody list them; `None` where it is so already, in whatever
/// words.
///
/// # Errors
/// [`ParsePolicyError`].
pub fn edit(
    policy: Option<&str>,
    bucket: &Bucket,
    arn: &DistributionArn,
    folder: &str,
) -> Result<Option<PolicyEdit>, ParsePolicyError> {
    let read = statement(bucket, arn);
    let Some(text) = policy.filter(|text| !text.trim().is_empty()) else {
        let after = serde_json::json!({ "Version": "2012-10-17", "Statement": [read] });
        return Ok(Some(PolicyEdit {
            before: PolicyBefore::None,
            adds_read: true,
            withdraws_list: false,
            after: after.to_string(),
        }));
    };
    let standing = Standing::of(text)?;
    let old = withdrawn(bucket, arn.as_str());
    // Without its Sid it is Signet's only where that was taken: AWS's own guide shows the same statement.
    let is_ours =
        |n: &usize| standing.items[*n].1["Sid"] == old["Sid"] || standing.has_sid(&old["Sid"]);
    let listing = standing.own_in_this_form(&old).filter(is_ours);
    let adds_read = !has_own_statement(&standing.statements(), bucket, arn, folder);
    if !adds_read && listing.is_none() {
        return Ok(None);
    }
    let before = if standing.is_list { PolicyBefore::List } else { PolicyBefore::Single };
    let mut after = text.to_owned();
    if let Some(listing) = listing {
        after = if standing.is_list {
            standing.without(&[listing])
        } else {
            let Range { start, end } = standing.outer;
            format!("{}[]{}", standing.slice(0..start), standing.slice(end..text.len()))
        };
    }
    if adds_read {
        let standing = Standing::of(&after)?;
        // A Sid stands once in a policy, and another distribution's statement may have it.
        let read = if standing.has_sid(&read["Sid"]) { without_sid(&read) } else { read };
        let with = standing.with(&read.to_string());
        after = with;
    }
    Ok(Some(PolicyEdit { before, adds_read, withdraws_list: listing.is_some(), after }))
}

/// A policy without the statements that were added: the one for documents, and the one for their names
/// that an older Signet added too.
///
/// # Errors
/// [`ParsePolicyError`].
pub fn without(
    policy: &str,
    bucket: &Bucket,
    arn: &DistributionArn,
    before: PolicyBefore,
    added: [bool; 2],
) -> Result<TakenOut, ParsePolicyError> {
    let standing = Standing::of(policy)?;
    let made = [
        vec![statement(bucket, arn), statement_of_old(bucket, arn)],
        vec![withdrawn(bucket, arn.as_str())],
    ];
    let made = made.iter().zip(added).filter_map(|(made, added)| added.then_some(made));
    let (mut gone, mut is_changed) = (Vec::new(), false);
    for made in made {
        match standing.own(made) {
            Some(own) => gone.push(own),
            None => is_changed |= made.iter().any(|made| standing.has_like(made)),
        }
    }
    let left = (!gone.is_empty()).then(|| {
        let keep: Vec<_> = (0..standing.items.len()).filter(|n| !gone.contains(n)).collect();
        match (keep.as_slice(), before) {
            // A policy of nothing cannot be.
            ([], _) => Left::Nothing,
            ([one], PolicyBefore::Single) => {
                let Range { start, end } = standing.outer;
                let (head, tail) = (standing.slice(0..start), standing.slice(end..policy.len()));
                let one = standing.slice(standing.items[*one].0.clone());
                Left::Changed(format!("{head}{one}{tail}"))
            }
            _ => Left::Changed(standing.without(&gone)),
        }
    });
    Ok(TakenOut { left, is_changed })
}

#[cfg(test)]
mod tests;
