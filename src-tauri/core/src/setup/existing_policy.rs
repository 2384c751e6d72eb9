//! A bucket policy that is there, and the statements that are added to it or taken out again.
//!
//! The text is edited in place: every byte that is not of Signet's statements stays as it is.

use std::ops::Range;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use thiserror::Error;

use super::{Bucket, DistributionArn, statements};

/// The policy is not what S3 is known to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the bucket policy cannot be read")]
pub struct PolicyNotUnderstood;

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

/// What is added to a bucket's policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    /// How it stood.
    pub before: PolicyBefore,
    /// The statement by which the distribution reads documents is missing.
    pub read: bool,
    /// The one by which it is told that a document is not there is missing.
    pub list: bool,
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

#[derive(Deserialize)]
struct Policy<'a> {
    #[serde(rename = "Statement", borrow)]
    statement: &'a RawValue,
}

/// The statements of a policy and where they stand in its text.
struct Standing<'a> {
    is_list: bool,
    outer: Range<usize>,
    items: Vec<(Range<usize>, Value)>,
    text: &'a str,
}

impl<'a> Standing<'a> {
    fn of(text: &'a str) -> Result<Self, PolicyNotUnderstood> {
        let policy: Policy<'_> = serde_json::from_str(text).map_err(|_| PolicyNotUnderstood)?;
        let place = |raw: &RawValue| {
            let start = raw.get().as_ptr().addr().checked_sub(text.as_ptr().addr());
            start.map(|start| start..start + raw.get().len()).ok_or(PolicyNotUnderstood)
        };
        let outer = place(policy.statement)?;
        let raw = policy.statement.get();
        let is_list = raw.starts_with('[');
        let items: Vec<&RawValue> = if is_list {
            serde_json::from_str(raw).map_err(|_| PolicyNotUnderstood)?
        } else {
            vec![policy.statement]
        };
        let items = items.into_iter().map(|item| {
            let value: Value = serde_json::from_str(item.get()).map_err(|_| PolicyNotUnderstood)?;
            if !value.is_object() {
                return Err(PolicyNotUnderstood);
            }
            Ok((place(item)?, value))
        });
        Ok(Self { is_list, outer, items: items.collect::<Result<_, _>>()?, text })
    }

    fn slice(&self, place: Range<usize>) -> &'a str {
        self.text.get(place).unwrap_or_default()
    }

    fn has(&self, wanted: &Value) -> bool {
        self.items.iter().any(|(_, there)| without_sid(there) == without_sid(wanted))
    }
}

/// What has to be added to a policy, so that the distribution is let in; `None` where it says so
/// already.
///
/// # Errors
/// [`PolicyNotUnderstood`].
pub fn addition(
    policy: Option<&str>,
    bucket: &Bucket,
    arn: &DistributionArn,
) -> Result<Option<Addition>, PolicyNotUnderstood> {
    let wanted = statements(bucket, arn);
    let Some(text) = policy.filter(|text| !text.trim().is_empty()) else {
        let after = serde_json::json!({ "Version": "2012-10-17", "Statement": wanted });
        return Ok(Some(Addition {
            before: PolicyBefore::None,
            read: true,
            list: true,
            after: after.to_string(),
        }));
    };
    let standing = Standing::of(text)?;
    let [read, list] = wanted.each_ref().map(|statement| !standing.has(statement));
    if !read && !list {
        return Ok(None);
    }
    let missing = wanted.iter().zip([read, list]).filter(|(_, is_missing)| *is_missing);
    let missing: Vec<_> = missing
        .map(|(statement, _)| {
            // A Sid stands once in a policy, and another distribution's statement may have it.
            let is_taken = standing.items.iter().any(|(_, there)| there["Sid"] == statement["Sid"]);
            if is_taken { without_sid(statement) } else { statement.clone() }.to_string()
        })
        .collect();
    let missing = missing.join(",");
    let (before, after) = if standing.is_list {
        let (end, comma) = match standing.items.last() {
            Some((last, _)) => (last.end, ","),
            None => (standing.outer.start + 1, ""),
        };
        let (start, rest) = (standing.slice(0..end), standing.slice(end..text.len()));
        (PolicyBefore::List, format!("{start}{comma}{missing}{rest}"))
    } else {
        let Range { start, end } = standing.outer;
        let (head, one) = (standing.slice(0..start), standing.slice(start..end));
        let rest = standing.slice(end..text.len());
        (PolicyBefore::Single, format!("{head}[{one},{missing}]{rest}"))
    };
    Ok(Some(Addition { before, read, list, after }))
}

/// A policy without the statements that were added; `None` where none of them is in it any more.
///
/// # Errors
/// [`PolicyNotUnderstood`].
pub fn without(
    policy: &str,
    bucket: &Bucket,
    arn: &DistributionArn,
    before: PolicyBefore,
    added: [bool; 2],
) -> Result<Option<Left>, PolicyNotUnderstood> {
    let standing = Standing::of(policy)?;
    let wanted = statements(bucket, arn);
    let ours: Vec<_> = wanted.iter().zip(added).filter(|(_, added)| *added).collect();
    let is_ours = |there: &Value| {
        ours.iter().any(|(statement, _)| without_sid(there) == without_sid(statement))
    };
    let keep: Vec<_> =
        standing.items.iter().enumerate().filter(|(_, (_, value))| !is_ours(value)).collect();
    if keep.len() == standing.items.len() {
        return Ok(None);
    }
    if keep.is_empty() && before == PolicyBefore::None {
        return Ok(Some(Left::Nothing));
    }
    if !standing.is_list {
        // One alone, and it was Signet's: a policy of nothing cannot be.
        return Ok(Some(Left::Nothing));
    }
    let (head, tail) =
        (standing.slice(0..standing.outer.start), standing.slice(standing.outer.end..policy.len()));
    if let ([(_, (one, _))], PolicyBefore::Single) = (keep.as_slice(), before) {
        return Ok(Some(Left::Changed(format!("{head}{}{tail}", standing.slice(one.clone())))));
    }
    // What goes is cut with what stands between it and the statement before it, or after the first.
    let mut cut = Vec::new();
    let mut has_kept = false;
    for (n, (place, value)) in standing.items.iter().enumerate() {
        if !is_ours(value) {
            has_kept = true;
        } else if has_kept {
            cut.push(standing.items[n - 1].0.end..place.end);
        } else {
            let next = standing.items.get(n + 1).map_or(place.end, |(next, _)| next.start);
            cut.push(place.start..next);
        }
    }
    let (mut left, mut at) = (String::new(), 0);
    for Range { start, end } in cut {
        left.push_str(standing.slice(at..start));
        at = end;
    }
    left.push_str(standing.slice(at..policy.len()));
    Ok(Some(if keep.is_empty() { Left::Nothing } else { Left::Changed(left) }))
}

/// Who else may read the bucket by this policy: each principal of a statement that allows and is not
/// for this distribution. `*` is everybody.
///
/// # Errors
/// [`PolicyNotUnderstood`].
pub fn others_let_in(
    policy: &str,
    bucket: &Bucket,
    arn: &DistributionArn,
) -> Result<Vec<String>, PolicyNotUnderstood> {
    let wanted = statements(bucket, arn);
    let mut others = Vec::new();
    for (_, statement) in Standing::of(policy)?.items {
        let is_ours = wanted.iter().any(|one| without_sid(one) == without_sid(&statement));
        if is_ours || statement["Effect"] != "Allow" || !reads(&statement) {
            continue;
        }
        let mut who = Vec::new();
        collect_texts(&statement["Principal"], &mut who);
        if who.is_empty() {
            // `NotPrincipal`: everybody but those.
            who.push("*".to_owned());
        }
        others.extend(who);
    }
    others.sort();
    others.dedup();
    Ok(others)
}

/// Whether a statement may be about reading documents.
fn reads(statement: &Value) -> bool {
    let mut actions = Vec::new();
    collect_texts(&statement["Action"], &mut actions);
    actions.is_empty()
        || actions.iter().any(|action| {
            let action = action.to_ascii_lowercase();
            action.contains('*') || action.contains('?') || action.starts_with("s3:getobject")
        })
}

fn collect_texts(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect_texts(item, into)),
        Value::Object(fields) => fields.values().for_each(|field| collect_texts(field, into)),
        _ => {}
    }
}

fn without_sid(statement: &Value) -> Value {
    let mut statement = statement.clone();
    if let Some(fields) = statement.as_object_mut() {
        fields.remove("Sid");
    }
    statement
}

#[cfg(test)]
mod tests {
    use super::*;

    const OTHER: &str = r#"{ "Sid": "Ours",  "Effect" : "Deny", "Principal":"*","Action":"s3:*","Resource":["a","b"], "Unknown": 1.50 }"#;

    fn arn(id: &str) -> DistributionArn {
        let arn = format!("arn:aws:cloudfront::123456789012:distribution/{id}");
        DistributionArn::parse(&arn).unwrap()
    }

    fn bucket() -> Bucket {
        Bucket::parse("client-papers").unwrap()
    }

    fn add(policy: Option<&str>, id: &str) -> Option<Addition> {
        addition(policy, &bucket(), &arn(id)).unwrap()
    }

    fn take(policy: &str, id: &str, added: &Addition) -> Option<Left> {
        let bits = [added.read, added.list];
        without(policy, &bucket(), &arn(id), added.before, bits).unwrap()
    }

    #[test]
    fn what_is_added_goes_again_and_leaves_every_byte() {
        for policy in [
            format!("{{\n \"Version\":\"2012-10-17\",\"Statement\": [ {OTHER} ],\t\"Id\":\"x\"}}"),
            format!(r#"{{"Statement":[{OTHER} , {OTHER}]}}"#),
            format!(r#"{{"Statement": {OTHER} }}"#),
        ] {
            let added = add(Some(&policy), "E2QWRUHAPOMQZL").unwrap();
            assert!(added.read && added.list);
            let value: Value = serde_json::from_str(&added.after).unwrap();
            assert_eq!(value["Statement"].as_array().unwrap().last().unwrap()["Sid"], "SignetList");
            assert!(added.after.contains(OTHER));
            assert_eq!(add(Some(&added.after), "E2QWRUHAPOMQZL"), None);
            assert_eq!(
                take(&added.after, "E2QWRUHAPOMQZL", &added),
                Some(Left::Changed(policy.clone()))
            );
            assert_eq!(take(&policy, "E2QWRUHAPOMQZL", &added), None);
        }
    }

    #[test]
    fn a_bucket_without_a_policy_has_none_again() {
        for nothing in [None, Some("")] {
            let added = add(nothing, "E2QWRUHAPOMQZL").unwrap();
            assert_eq!(take(&added.after, "E2QWRUHAPOMQZL", &added), Some(Left::Nothing));
            // Another distribution came in the meantime, whose statements have no Sid.
            let second = add(Some(&added.after), "E3QWRUHAPOMQZL").unwrap();
            assert_eq!(second.before, PolicyBefore::List);
            let Some(Left::Changed(left)) = take(&second.after, "E2QWRUHAPOMQZL", &added) else {
                panic!("the second distribution's statements are there");
            };
            let value: Value = serde_json::from_str(&left).unwrap();
            assert_eq!(value["Statement"].as_array().unwrap().len(), 2);
            assert!(left.contains("E3QWRUHAPOMQZL") && !left.contains("E2QWRUHAPOMQZL"));
            assert_eq!(
                take(&second.after, "E3QWRUHAPOMQZL", &second),
                Some(Left::Changed(added.after))
            );
        }
    }

    #[test]
    fn only_what_was_added_is_taken_out() {
        let [read, _] = statements(&bucket(), &arn("E2QWRUHAPOMQZL"));
        let policy = format!(r#"{{"Statement":[{read}]}}"#);
        let added = add(Some(&policy), "E2QWRUHAPOMQZL").unwrap();
        assert_eq!((added.read, added.list), (false, true));
        assert_eq!(take(&added.after, "E2QWRUHAPOMQZL", &added), Some(Left::Changed(policy)));
    }

    #[test]
    fn who_else_is_let_in_is_named() {
        let of = |statement: &str| {
            let policy = format!(r#"{{"Statement":[{statement}]}}"#);
            let policy = add(Some(&policy), "E2QWRUHAPOMQZL").unwrap().after;
            others_let_in(&policy, &bucket(), &arn("E2QWRUHAPOMQZL")).unwrap()
        };
        assert_eq!(of(OTHER), [] as [&str; 0]);
        let everybody =
            r#"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"x"}"#;
        assert_eq!(of(everybody), ["*"]);
        let account = r#"{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::1:root"]},"Action":["s3:*"],"Resource":"x"}"#;
        assert_eq!(of(account), ["arn:aws:iam::1:root"]);
        let writer =
            r#"{"Effect":"Allow","Principal":{"AWS":"b"},"Action":"s3:PutObject","Resource":"x"}"#;
        assert_eq!(of(writer), [] as [&str; 0]);
    }

    #[test]
    fn what_is_no_policy_is_refused() {
        for text in [
            "[]",
            "{}",
            r#"{"Statement":1}"#,
            r#"{"Statement":[1]}"#,
            r#"{"Statement":[],"Statement":[]}"#,
        ] {
            assert_eq!(
                addition(Some(text), &bucket(), &arn("E2QWRUHAPOMQZL")),
                Err(PolicyNotUnderstood),
                "{text}"
            );
        }
    }
}
