//! The text of a bucket policy: its statements, where they stand in it, and the text with one more or without some.

use std::ops::Range;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;
use thiserror::Error;

use super::policy_meaning::texts;

/// The policy is not what S3 is known to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the bucket policy cannot be read")]
pub struct ParsePolicyError;

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
pub(super) struct Standing<'a> {
    pub(super) is_list: bool,
    pub(super) outer: Range<usize>,
    pub(super) items: Vec<(Range<usize>, Value)>,
    text: &'a str,
}

impl<'a> Standing<'a> {
    pub(super) fn of(text: &'a str) -> Result<Self, ParsePolicyError> {
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

    pub(super) fn slice(&self, place: Range<usize>) -> &'a str {
        self.text.get(place).unwrap_or_default()
    }

    pub(super) fn statements(&self) -> Vec<Value> {
        self.items.iter().map(|(_, statement)| statement.clone()).collect()
    }

    pub(super) fn has_sid(&self, sid: &Value) -> bool {
        self.items.iter().any(|(_, there)| there["Sid"] == *sid)
    }

    /// Where Signet's own statement stands. It has the Sid with which it was made, or none: a Sid stands
    /// once in a policy, and another distribution's statement may have had it.
    pub(super) fn own(&self, made: &[Value]) -> Option<usize> {
        made.iter().find_map(|made| self.own_in_this_form(made))
    }

    pub(super) fn own_in_this_form(&self, made: &Value) -> Option<usize> {
        let same = |there: &Value| without_sid(there) == without_sid(made);
        let named = |sid: &Value| {
            self.items.iter().rposition(|(_, there)| same(there) && there["Sid"] == *sid)
        };
        named(&made["Sid"]).or_else(|| named(&Value::Null))
    }

    /// Whether a statement of the same name or for the same action is about the same distribution.
    pub(super) fn has_like(&self, made: &Value) -> bool {
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
    pub(super) fn without(&self, gone: &[usize]) -> String {
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
    pub(super) fn with(&self, statement: &str) -> String {
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
