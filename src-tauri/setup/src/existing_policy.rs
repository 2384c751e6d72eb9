//! A bucket policy that is there, and the statements that are added to it or taken out again.
//!
//! The text is edited in place: every byte that is not of Signet's statements stays as it is.

use std::ops::Range;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;
use thiserror::Error;

use super::bucket_access::has_own_statement;
use super::bucket_policy::{statement, statement_of_old, withdrawn};
use super::policy_meaning::texts;
use super::{Bucket, DistributionArn};

/// The policy is not what S3 is known to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the bucket policy cannot be read")]
pub struct ParsePolicyError;

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

/// The statements of a policy, as they stand there. S3 does not mind how its keys are capitalised.
struct Policy<'a>(&'a RawValue);

impl<'de: 'a, 'a> Deserialize<'de> for Policy<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = &'de RawValue;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a policy")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut statement = None;
                while let Some(key) = map.next_key::<String>()? {
                    let value: &'de RawValue = map.next_value()?;
                    let is_statement = key.eq_ignore_ascii_case("Statement");
                    if is_statement && statement.replace(value).is_some() {
                        return Err(A::Error::custom("it has two lists of statements"));
                    }
                }
                statement.ok_or_else(|| A::Error::missing_field("Statement"))
            }
        }
        deserializer.deserialize_map(Fields).map(Policy)
    }
}

/// The statements of a policy and where they stand in its text.
struct Standing<'a> {
    is_list: bool,
    outer: Range<usize>,
    items: Vec<(Range<usize>, Value)>,
    text: &'a str,
}

impl<'a> Standing<'a> {
    fn of(text: &'a str) -> Result<Self, ParsePolicyError> {
        let Policy(statement) = serde_json::from_str(text).map_err(|_| ParsePolicyError)?;
        let place = |raw: &RawValue| {
            let start = raw.get().as_ptr().addr().checked_sub(text.as_ptr().addr());
            start.map(|start| start..start + raw.get().len()).ok_or(ParsePolicyError)
        };
        let outer = place(statement)?;
        let raw = statement.get();
        let is_list = raw.starts_with('[');
        let items: Vec<&RawValue> = if is_list {
            serde_json::from_str(raw).map_err(|_| ParsePolicyError)?
        } else {
            vec![statement]
        };
        let items = items.into_iter().map(|item| {
            let value: Value = serde_json::from_str(item.get()).map_err(|_| ParsePolicyError)?;
            if !value.is_object() {
                return Err(ParsePolicyError);
            }
            Ok((place(item)?, value))
        });
        Ok(Self { is_list, outer, items: items.collect::<Result<_, _>>()?, text })
    }

    fn slice(&self, place: Range<usize>) -> &'a str {
        self.text.get(place).unwrap_or_default()
    }

    fn statements(&self) -> Vec<Value> {
        self.items.iter().map(|(_, statement)| statement.clone()).collect()
    }

    fn has_sid(&self, sid: &Value) -> bool {
        self.items.iter().any(|(_, there)| there["Sid"] == *sid)
    }

    /// Where Signet's own statement stands. It has the Sid with which it was made, or none: a Sid stands
    /// once in a policy, and another distribution's statement may have had it.
    fn own(&self, made: &[Value]) -> Option<usize> {
        made.iter().find_map(|made| self.own_in_this_form(made))
    }

    fn own_in_this_form(&self, made: &Value) -> Option<usize> {
        let same = |there: &Value| without_sid(there) == without_sid(made);
        let named = |sid: &Value| {
            self.items.iter().rposition(|(_, there)| same(there) && there["Sid"] == *sid)
        };
        named(&made["Sid"]).or_else(|| named(&Value::Null))
    }

    /// Whether a statement of the same name or for the same action is about the same distribution.
    fn has_like(&self, made: &Value) -> bool {
        let arn = &made["Condition"]["StringEquals"]["AWS:SourceArn"];
        let is_about = |there: &Value| texts(there).iter().any(|text| *arn == **text);
        self.items.iter().any(|(_, there)| {
            let is_named = there["Sid"] == made["Sid"];
            is_about(there)
                && (is_named || texts(&there["Action"]).iter().any(|one| made["Action"] == **one))
        })
    }

    /// The text without these statements. Each is cut with what stands between it and the statement
    /// before it, or after the first.
    fn without(&self, gone: &[usize]) -> String {
        let mut cut = Vec::new();
        let mut has_kept = false;
        for (n, (place, _)) in self.items.iter().enumerate() {
            if !gone.contains(&n) {
                has_kept = true;
            } else if has_kept {
                cut.push(self.items[n - 1].0.end..place.end);
            } else {
                let next = self.items.get(n + 1).map_or(place.end, |(next, _)| next.start);
                cut.push(place.start..next);
            }
        }
        let (mut left, mut at) = (String::new(), 0);
        for Range { start, end } in cut {
            left.push_str(self.slice(at..start));
            at = end;
        }
        left.push_str(self.slice(at..self.text.len()));
        left
    }

    /// The text with one more statement at the end.
    fn with(&self, statement: &str) -> String {
        if self.is_list {
            let (end, comma) = match self.items.last() {
                Some((last, _)) => (last.end, ","),
                None => (self.outer.start + 1, ""),
            };
            let (start, rest) = (self.slice(0..end), self.slice(end..self.text.len()));
            format!("{start}{comma}{statement}{rest}")
        } else {
            let Range { start, end } = self.outer;
            let (head, one) = (self.slice(0..start), self.slice(start..end));
            let rest = self.slice(end..self.text.len());
            format!("{head}[{one},{statement}]{rest}")
        }
    }
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

/// The statements of a policy.
pub(super) fn statements_of(policy: &str) -> Result<Vec<Value>, ParsePolicyError> {
    Ok(Standing::of(policy)?.statements())
}

/// A statement without its name.
pub(super) fn without_sid(statement: &Value) -> Value {
    let mut statement = statement.clone();
    if let Some(fields) = statement.as_object_mut() {
        fields.remove("Sid");
    }
    statement
}

#[cfg(test)]
mod tests;
