//! Which rule a policy breaks that CloudFront would not take.
//!
//! Source: "Create a signed URL using a custom policy". How strictly CloudFront reads names that are almost
//! right is not documented; they are named, because what they should say does not hold.

use serde_json::{Map, Value};

/// Why a custom policy cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PolicyFault {
    /// Its base64 is another one than CloudFront's.
    OtherBase64,
    /// It is in no base64.
    NotBase64,
    /// Its end is missing.
    Cut,
    /// It is no JSON.
    NotJson,
    /// It has a `\\/`, a `\\u0026` or their kin: CloudFront compares the characters as they stand.
    Escaped,
    /// It has no statement.
    NoStatement,
    /// Its statement is not in a list.
    StatementNotAList,
    /// It has several statements.
    SeveralStatements {
        /// How many.
        count: usize,
    },
    /// A name in it is almost one that policies have.
    WrongName {
        /// As it stands there, shortened.
        given: String,
        /// As it should.
        meant: &'static str,
    },
    /// Its resource is no text: a list, for example.
    ResourceNotText,
    /// It says no end.
    NoEnd,
    /// A time in it is in quotes.
    TimeInQuotes,
    /// A time in it is no whole number of seconds.
    TimeNotWhole,
    /// Its network is one of IPv6.
    Ipv6,
    /// It has several networks.
    SeveralNetworks,
    /// Its network is no IPv4 address and no network.
    NetworkUnreadable,
    /// Something else.
    Other,
}

const END: &str = "DateLessThan";
const START: &str = "DateGreaterThan";
const ADDRESS: &str = "IpAddress";
const TIME: &str = "AWS:EpochTime";
const SOURCE: &str = "AWS:SourceIp";

/// No name of a policy is longer, and what is may be a secret.
const MAX_SHOWN: usize = 40;

/// What a policy breaks although it has the shape of one.
pub(super) fn beside_the_shape(json: &[u8]) -> Option<PolicyFault> {
    if json.contains(&b'\\') {
        return Some(PolicyFault::Escaped);
    }
    let document: Value = serde_json::from_slice(json).ok()?;
    let statement = document.get("Statement")?.get(0)?.as_object()?;
    let condition = statement.get("Condition").and_then(Value::as_object);
    // Without these a policy is read all the same, and allows more than it says.
    wrong_name(statement, &["Resource"])
        .or_else(|| wrong_name(condition?, &[START, ADDRESS]))
        .or_else(|| {
            matches!(statement.get("Resource"), Some(Value::Null))
                .then_some(PolicyFault::ResourceNotText)
        })
}

/// What a policy breaks that has not the shape of one.
pub(super) fn of_shape(json: &[u8]) -> PolicyFault {
    let document: Value = match serde_json::from_slice(json) {
        Ok(document) => document,
        Err(error) if error.is_eof() => return PolicyFault::Cut,
        Err(_) => return PolicyFault::NotJson,
    };
    let Some(document) = document.as_object() else { return PolicyFault::NoStatement };
    of_document(document).unwrap_or(PolicyFault::Other)
}

fn of_document(document: &Map<String, Value>) -> Option<PolicyFault> {
    let statements = match document.get("Statement") {
        None => return wrong_name(document, &["Statement"]).or(Some(PolicyFault::NoStatement)),
        Some(Value::Array(statements)) => statements,
        Some(Value::Object(_)) => return Some(PolicyFault::StatementNotAList),
        Some(_) => return Some(PolicyFault::NoStatement),
    };
    let statement = match statements.as_slice() {
        [] => return Some(PolicyFault::NoStatement),
        [one] => one.as_object()?,
        several => return Some(PolicyFault::SeveralStatements { count: several.len() }),
    };
    if statement.get("Resource").is_some_and(|resource| !resource.is_string()) {
        return Some(PolicyFault::ResourceNotText);
    }
    let Some(condition) = statement.get("Condition") else {
        return wrong_name(statement, &["Condition"]).or(Some(PolicyFault::NoEnd));
    };
    let condition = condition.as_object()?;
    let Some(end) = condition.get(END) else {
        return wrong_name(condition, &[END]).or(Some(PolicyFault::NoEnd));
    };
    of_time(end)
        .or_else(|| of_time(condition.get(START)?))
        .or_else(|| of_network(condition.get(ADDRESS)?))
}

fn of_time(date: &Value) -> Option<PolicyFault> {
    let date = date.as_object()?;
    match date.get(TIME) {
        None => wrong_name(date, &[TIME]).or(Some(PolicyFault::NoEnd)),
        Some(Value::String(_)) => Some(PolicyFault::TimeInQuotes),
        Some(time) if time.is_i64() => None,
        Some(_) => Some(PolicyFault::TimeNotWhole),
    }
}

fn of_network(address: &Value) -> Option<PolicyFault> {
    let address = address.as_object()?;
    match address.get(SOURCE) {
        None => wrong_name(address, &[SOURCE]).or(Some(PolicyFault::NetworkUnreadable)),
        Some(Value::Array(_)) => Some(PolicyFault::SeveralNetworks),
        Some(Value::String(text)) if text.contains([',', ' ']) => {
            Some(PolicyFault::SeveralNetworks)
        }
        Some(Value::String(text)) if text.contains(':') => Some(PolicyFault::Ipv6),
        Some(_) => Some(PolicyFault::NetworkUnreadable),
    }
}

/// A name that is missing and of which there is one that is almost it.
fn wrong_name(object: &Map<String, Value>, names: &[&'static str]) -> Option<PolicyFault> {
    const MAX_DISTANCE: usize = 2;
    let plain = |name: &str| name.to_ascii_lowercase().trim_start_matches("aws:").to_owned();
    names.iter().filter(|name| !object.contains_key(**name)).find_map(|meant| {
        let wanted = plain(meant);
        let is_near = |given: &&String| {
            let given = plain(given);
            given.len() <= MAX_SHOWN
                && (given == wanted
                    || given.strip_prefix(&wanted) == Some("equals")
                    || strsim::levenshtein(&given, &wanted) <= MAX_DISTANCE)
        };
        let given = object.keys().find(is_near)?;
        Some(PolicyFault::WrongName { given: crate::foreign::line(given), meant })
    })
}
