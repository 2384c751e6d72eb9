//! A bucket policy that is there, and the statements that are added to it or taken out again.
//!
//! The text is edited in place: every byte that is not of Signet's statements stays as it is.

use std::ops::Range;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use thiserror::Error;

use super::bucket_policy::{statement, withdrawn};
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
    fn of(text: &'a str) -> Result<Self, ParsePolicyError> {
        let policy: Policy<'_> = serde_json::from_str(text).map_err(|_| ParsePolicyError)?;
        let place = |raw: &RawValue| {
            let start = raw.get().as_ptr().addr().checked_sub(text.as_ptr().addr());
            start.map(|start| start..start + raw.get().len()).ok_or(ParsePolicyError)
        };
        let outer = place(policy.statement)?;
        let raw = policy.statement.get();
        let is_list = raw.starts_with('[');
        let items: Vec<&RawValue> = if is_list {
            serde_json::from_str(raw).map_err(|_| ParsePolicyError)?
        } else {
            vec![policy.statement]
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

    fn has(&self, wanted: &Value) -> bool {
        self.items.iter().any(|(_, there)| without_sid(there) == without_sid(wanted))
    }

    fn has_sid(&self, sid: &Value) -> bool {
        self.items.iter().any(|(_, there)| there["Sid"] == *sid)
    }

    /// Where Signet's own statement stands. It has the Sid with which it was made, or none: a Sid stands
    /// once in a policy, and another distribution's statement may have had it.
    fn own(&self, made: &Value) -> Option<usize> {
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

/// What has to become of a policy, so that the distribution may fetch documents and Signet lets nobody
/// list them; `None` where it is so already.
///
/// # Errors
/// [`ParsePolicyError`].
pub fn edit(
    policy: Option<&str>,
    bucket: &Bucket,
    arn: &DistributionArn,
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
    let listing = standing.own(&old).filter(is_ours);
    let adds_read = !standing.has(&read);
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
    let made = [statement(bucket, arn), withdrawn(bucket, arn.as_str())];
    let made = made.iter().zip(added).filter_map(|(made, added)| added.then_some(made));
    let (mut gone, mut is_changed) = (Vec::new(), false);
    for made in made {
        match standing.own(made) {
            Some(own) => gone.push(own),
            None => is_changed |= standing.has_like(made),
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

/// Who else may read the bucket by this policy: each principal of a statement that allows and is not
/// for this distribution. `*` is everybody.
///
/// # Errors
/// [`ParsePolicyError`].
pub fn others_let_in(
    policy: &str,
    bucket: &Bucket,
    arn: &DistributionArn,
) -> Result<Vec<String>, ParsePolicyError> {
    let wanted = statement(bucket, arn);
    let mut others = Vec::new();
    for (_, statement) in Standing::of(policy)?.items {
        let is_ours = without_sid(&wanted) == without_sid(&statement);
        if is_ours || statement["Effect"] != "Allow" || !reads(&statement) {
            continue;
        }
        let mut who = texts(&statement["Principal"]);
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
    let actions = texts(&statement["Action"]);
    actions.is_empty()
        || actions.iter().any(|action| {
            let action = action.to_ascii_lowercase();
            action.contains('*') || action.contains('?') || action.starts_with("s3:getobject")
        })
}

/// Every text in a value, at any depth.
pub(super) fn texts(value: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    collect_texts(value, &mut texts);
    texts
}

/// The statements of a policy.
pub(super) fn statements_of(policy: &str) -> Result<Vec<Value>, ParsePolicyError> {
    Ok(Standing::of(policy)?.items.into_iter().map(|(_, statement)| statement).collect())
}

fn collect_texts(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect_texts(item, into)),
        Value::Object(fields) => fields.values().for_each(|field| collect_texts(field, into)),
        _ => {}
    }
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

    fn add(policy: Option<&str>, id: &str) -> Option<PolicyEdit> {
        edit(policy, &bucket(), &arn(id)).unwrap()
    }

    fn taken(policy: &str, id: &str, before: PolicyBefore, added: [bool; 2]) -> TakenOut {
        without(policy, &bucket(), &arn(id), before, added).unwrap()
    }

    fn take(policy: &str, id: &str, added: &PolicyEdit) -> Option<Left> {
        let TakenOut { left, is_changed } =
            taken(policy, id, added.before, [added.adds_read, false]);
        assert!(!is_changed, "{policy}");
        left
    }

    /// A policy as an older Signet left it, from one with a list.
    fn with_list(policy: &str, id: &str) -> String {
        let made = [statement(&bucket(), &arn(id)), withdrawn(&bucket(), arn(id).as_str())];
        let made = made.map(|statement| {
            let is_taken = policy.contains(statement["Sid"].as_str().unwrap());
            if is_taken { without_sid(&statement) } else { statement }.to_string()
        });
        let end = policy.get(..policy.rfind(']').unwrap()).unwrap().trim_end().len();
        let (start, end) = policy.split_at(end);
        format!("{start},{}{end}", made.join(","))
    }

    #[test]
    fn what_is_added_goes_again_and_leaves_every_byte() {
        for policy in [
            format!("{{\n \"Version\":\"2012-10-17\",\"Statement\": [ {OTHER} ],\t\"Id\":\"x\"}}"),
            format!(r#"{{"Statement":[{OTHER} , {OTHER}]}}"#),
            format!(r#"{{"Statement": {OTHER} }}"#),
        ] {
            let added = add(Some(&policy), "E2QWRUHAPOMQZL").unwrap();
            assert!(added.adds_read && !added.withdraws_list);
            let value: Value = serde_json::from_str(&added.after).unwrap();
            assert_eq!(value["Statement"].as_array().unwrap().last().unwrap()["Sid"], "SignetRead");
            assert!(added.after.contains(OTHER) && !added.after.contains("ListBucket"));
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
            // Another distribution came in the meantime, whose statement has no Sid.
            let second = add(Some(&added.after), "E3QWRUHAPOMQZL").unwrap();
            assert_eq!(second.before, PolicyBefore::List);
            let Some(Left::Changed(left)) = take(&second.after, "E2QWRUHAPOMQZL", &added) else {
                panic!("the second distribution's statement is there");
            };
            let value: Value = serde_json::from_str(&left).unwrap();
            assert_eq!(value["Statement"].as_array().unwrap().len(), 1);
            assert!(left.contains("E3QWRUHAPOMQZL") && !left.contains("E2QWRUHAPOMQZL"));
            assert_eq!(
                take(&second.after, "E3QWRUHAPOMQZL", &second),
                Some(Left::Changed(added.after))
            );
        }
    }

    #[test]
    fn what_was_there_already_is_not_added() {
        let read = without_sid(&statement(&bucket(), &arn("E2QWRUHAPOMQZL")));
        for sid in ["", r#""Sid":"AllowCloudFront","#] {
            let read = read.to_string().replacen('{', &format!("{{{sid}"), 1);
            assert_eq!(add(Some(&format!(r#"{{"Statement":[{read}]}}"#)), "E2QWRUHAPOMQZL"), None);
        }
    }

    /// What an older Signet added goes, and nothing else: each way in which it may stand there.
    #[test]
    fn the_list_of_names_is_taken_back() {
        let id = "E2QWRUHAPOMQZL";
        for theirs in [
            format!("{{ \"Version\":\"2012-10-17\", \"Statement\": [ {OTHER} ] ,\t\"Id\":\"x\"}}"),
            format!(r#"{{"Statement":[{OTHER} , {OTHER}]}}"#),
            // Another distribution's, of the same names, stay.
            with_list(&format!(r#"{{"Statement":[{OTHER}]}}"#), "E3QWRUHAPOMQZL"),
        ] {
            let policy = with_list(&theirs, id);
            assert_eq!(
                policy.matches("ListBucket").count(),
                theirs.matches("ListBucket").count() + 1
            );
            let edited = add(Some(&policy), id).unwrap();
            assert!(edited.withdraws_list && !edited.adds_read);
            let fresh = add(Some(&theirs), id).unwrap();
            assert_eq!(edited.after, fresh.after);
            assert_eq!(add(Some(&edited.after), id), None);
            // A journal of that time, before and after.
            for policy in [&policy, &edited.after] {
                let TakenOut { left, is_changed } =
                    taken(policy, id, PolicyBefore::List, [true; 2]);
                assert_eq!((left, is_changed), (Some(Left::Changed(theirs.clone())), false));
            }
        }
        // Alone, without a list around it and in one.
        let list = withdrawn(&bucket(), arn(id).as_str());
        for policy in [format!(r#"{{"Statement":{list}}}"#), format!(r#"{{"Statement":[{list}]}}"#)]
        {
            let edited = add(Some(&policy), id).unwrap();
            assert!(edited.withdraws_list && edited.adds_read);
            let value: Value = serde_json::from_str(&edited.after).unwrap();
            assert_eq!(value["Statement"], serde_json::json!([statement(&bucket(), &arn(id))]));
            let left = taken(&policy, id, PolicyBefore::None, [true; 2]).left;
            assert_eq!(left, Some(Left::Nothing));
        }
        // A bucket that had no policy.
        let policy = with_list(r#"{"Statement":[]}"#, id).replace("[,", "[");
        let TakenOut { left, .. } = taken(&policy, id, PolicyBefore::None, [true; 2]);
        assert_eq!(left, Some(Left::Nothing));
    }

    #[test]
    fn a_list_of_names_that_is_not_signets_stays() {
        let id = "E2QWRUHAPOMQZL";
        let list = withdrawn(&bucket(), arn(id).as_str());
        let other = |change: &dyn Fn(&mut Value)| {
            let mut other = list.clone();
            change(&mut other);
            other
        };
        for other in [
            other(&|one| one["Sid"] = "Listing".into()),
            // As AWS's guide has it, and nothing of that name beside it.
            without_sid(&list),
            other(&|one| one["Action"] = "s3:List*".into()),
            other(&|one| one["Action"] = serde_json::json!(["s3:ListBucket"])),
            other(&|one| one["Effect"] = "Deny".into()),
            other(&|one| one["Resource"] = "arn:aws:s3:::client-papers-2".into()),
            other(&|one| one["Principal"] = "*".into()),
            other(&|one| one["Condition"]["StringEquals"]["AWS:SourceAccount"] = "1".into()),
            other(&|one| {
                one["Condition"]["StringEquals"]["AWS:SourceArn"] =
                    arn("E3QWRUHAPOMQZL").as_str().into()
            }),
            other(&|one| one["Condition"] = Value::Null),
        ] {
            let policy = format!(r#"{{"Statement":[ {other}]}}"#);
            let edited = add(Some(&policy), id).unwrap();
            assert!(!edited.withdraws_list, "{other}");
            assert!(edited.after.contains(&other.to_string()), "{other}");
            let left = take(&edited.after, id, &edited);
            assert_eq!(left, Some(Left::Changed(policy)));
        }
    }

    #[test]
    fn only_what_was_added_is_taken_out() {
        let read = statement(&bucket(), &arn("E2QWRUHAPOMQZL"));
        let policy = format!(r#"{{"Statement":[{read}]}}"#);
        let list = with_list(&policy, "E2QWRUHAPOMQZL").replacen(
            &format!(",{}", without_sid(&read)),
            "",
            1,
        );
        let TakenOut { left, .. } =
            taken(&list, "E2QWRUHAPOMQZL", PolicyBefore::List, [false, true]);
        assert_eq!(left, Some(Left::Changed(policy)));
    }

    #[test]
    fn what_somebody_has_changed_since_stays_and_is_told() {
        let id = "E2QWRUHAPOMQZL";
        let read = statement(&bucket(), &arn(id));
        let changed = |change: &dyn Fn(&mut Value)| {
            let mut changed = read.clone();
            change(&mut changed);
            format!(r#"{{"Statement":[{changed}]}}"#)
        };
        for policy in [
            changed(&|one| one["Sid"] = "Ours".into()),
            changed(&|one| one["Resource"] = "arn:aws:s3:::client-papers/public/*".into()),
            changed(&|one| {
                one["Action"] = serde_json::json!(["s3:GetObject", "s3:GetObjectTagging"])
            }),
            changed(&|one| {
                one["Condition"]["Bool"] = serde_json::json!({"aws:SecureTransport": "true"})
            }),
        ] {
            let found = taken(&policy, id, PolicyBefore::None, [true, false]);
            assert_eq!(found, TakenOut { left: None, is_changed: true }, "{policy}");
        }
        // What is gone, or about another distribution, is not Signet's.
        for policy in [
            format!(r#"{{"Statement":[{OTHER}]}}"#),
            format!(r#"{{"Statement":[{}]}}"#, statement(&bucket(), &arn("E3QWRUHAPOMQZL"))),
        ] {
            let found = taken(&policy, id, PolicyBefore::None, [true, true]);
            assert_eq!(found, TakenOut { left: None, is_changed: false }, "{policy}");
        }
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
                edit(Some(text), &bucket(), &arn("E2QWRUHAPOMQZL")),
                Err(ParsePolicyError),
                "{text}"
            );
        }
    }
}
