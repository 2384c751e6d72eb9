//! The set-up as commands of the AWS CLI.
//!
//! It needs python3 beside the CLI: an existing bucket policy and an existing distribution are edited
//! as JSON and come back whole, which the CLI's `--query` cannot do. Where the CLI is, Python often is
//! too, and AWS CloudShell has both; jq would be one more thing to install.
//!
//! The values in it are parsed types: none has a quote, a space, a `$` or a backslash, so the shell
//! takes each as it stands.

use serde_json::Value;

use signet_setup::bucket_policy::{statement_for, withdrawn};
use signet_setup::{SetupSpec, new_distribution};

const SCRIPT: &str = include_str!("script/script.sh");
const MERGE_POLICY: &str = include_str!("script/merge_policy.py");
const EDIT_DISTRIBUTION: &str = include_str!("script/edit_distribution.py");

/// Commands of the AWS CLI for a shell. Run once or several times it leaves the same.
pub fn script(spec: &SetupSpec) -> String {
    let name = spec.name();
    let access_control = new_distribution::origin_access_control(&name);
    // The shell knows these three when it comes there.
    let distribution =
        new_distribution::distribution(&name, &spec.origin(), "$access_control", "$key_group");
    [
        ("@MERGE_POLICY@", MERGE_POLICY.trim_end().to_owned()),
        ("@EDIT_DISTRIBUTION@", EDIT_DISTRIBUTION.trim_end().to_owned()),
        ("@PUBLIC_KEY@", spec.key.to_spki_pem().trim_end().to_owned()),
        ("@ACCESS_CONTROL@", readable(&access_control)),
        (
            "@NEW_DISTRIBUTION@",
            readable(&new_distribution::distribution_with_tags(&distribution, &name)),
        ),
        ("@STATEMENT@", readable(&statement_for(&spec.bucket, "$arn", "$account"))),
        ("@WITHDRAWN@", readable(&withdrawn(&spec.bucket, "$arn"))),
        ("@BUCKET@", spec.bucket.as_str().to_owned()),
        ("@REGION@", spec.region.as_str().to_owned()),
        ("@NAME@", name),
        (
            "@DISTRIBUTION@",
            spec.distribution.as_ref().map_or_else(String::new, |id| id.as_str().to_owned()),
        ),
    ]
    .iter()
    .fold(SCRIPT.to_owned(), |script, (place, text)| script.replace(place, text))
}

fn readable(value: &Value) -> String {
    format!("{value:#}")
}

#[cfg(test)]
mod tests {
    use crate::setup::handoff::examples;

    #[test]
    fn every_place_is_filled() {
        for spec in examples() {
            let script = super::script(&spec);
            // The shell's own, for all arguments.
            assert_eq!(script.matches('@').count(), script.matches("\"$@\"").count(), "{script}");
            assert!(script.contains(&spec.key.to_spki_pem()));
        }
    }

    /// What the shell reads inside quotes and documents is what stands there.
    #[test]
    fn no_value_means_something_to_a_shell() {
        for spec in examples() {
            let values = [
                spec.name(),
                spec.bucket.as_str().to_owned(),
                spec.region.as_str().to_owned(),
                spec.origin(),
                spec.distribution.map_or_else(String::new, |id| id.as_str().to_owned()),
            ];
            for value in values {
                let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.');
                assert!(value.bytes().all(is_plain), "{value}");
            }
        }
    }
}
