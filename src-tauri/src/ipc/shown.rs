//! Shapes whose texts are said and never used again: what came from outside crosses as text that can be
//! seen.

use serde::{Serialize, Serializer};
use serde_json::Value;
use signet_cloudfront::foreign;
use signet_cloudfront::policy::Network;
use signet_cloudfront::secrecy::redacted;

/// Serialises with each text in it as one line of [`foreign`].
pub(super) fn shown<T: Serialize, S: Serializer>(
    shape: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    with(shape, &foreign::line, serializer)
}

/// The same, with no more of a text than a person reads of a name.
pub(super) fn shown_in_brief<T: Serialize, S: Serializer>(
    shape: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    with(shape, &foreign::shown, serializer)
}

/// Serialises with each text in it as a part of a sentence, and without what may be a secret in what a person
/// typed or a server said; one that is named `policy` is to be copied
/// and keeps its lines.
pub(in crate::ipc) fn said<T: Serialize, S: Serializer>(
    shape: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    with(shape, &|text| foreign::sentence(&redacted(text)), serializer)
}

fn with<T: Serialize, S: Serializer>(
    shape: &T,
    show: &dyn Fn(&str) -> String,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(shape).map_err(serde::ser::Error::custom)?;
    each(&mut value, show);
    value.serialize(serializer)
}

fn each(value: &mut Value, show: &dyn Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = show(text),
        Value::Array(all) => all.iter_mut().for_each(|value| each(value, show)),
        Value::Object(all) => all.iter_mut().for_each(|(name, value)| match value {
            Value::String(policy) if name == "policy" => *policy = foreign::lines(policy),
            value => each(value, show),
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// `203.0.113.7`, or `203.0.113.0/24`.
pub(super) fn network_text(network: Network) -> String {
    let text = network.to_string();
    text.strip_suffix("/32").unwrap_or(&text).to_owned()
}
