//! Who may open what of a bucket, as a table: path, who, through which key.

use serde_json::{Value, json};
use signet_cloudfront::foreign;
use signet_setup::behaviours::{BehaviourAccess, Opener, TrustedGroup};

/// A pattern that is longer has a line of its own.
const MAX_COLUMN: usize = 32;

/// The table for a person, a behaviour a line.
pub fn to_text(access: &[BehaviourAccess]) -> String {
    let paths: Vec<_> = access.iter().map(path).collect();
    let width = |text: &String| text.chars().count();
    let widest = paths.iter().map(width).filter(|width| *width <= MAX_COLUMN).max().unwrap_or(0);
    let rows = access.iter().zip(&paths).map(|(one, path)| {
        let end = if width(path) > widest { format!("\n  {:widest$}", "") } else { String::new() };
        format!("  {path:widest$}{end}  {}\n", who(one))
    });
    rows.collect()
}

fn path(one: &BehaviourAccess) -> String {
    let path = one.path.as_deref().map(foreign::shown);
    path.unwrap_or_else(|| "everything else".to_owned())
}

fn who(one: &BehaviourAccess) -> String {
    let who = match one.opens_for() {
        Opener::Everyone => return "everyone, without a link".to_owned(),
        Opener::ThisKey => "links of this key",
        Opener::ThisKeyAndOthers => "links of this key and of others",
        Opener::OtherKeys => "links of other keys alone",
    };
    let groups = one.groups.iter().map(group);
    let signers = one.has_signers.then(|| "key pairs of AWS accounts".to_owned());
    let through: Vec<_> = groups.chain(signers).collect();
    format!("{who}: {}", through.join(", "))
}

fn group(TrustedGroup { id, keys, has_key }: &TrustedGroup) -> String {
    let keys = match keys.as_slice() {
        [] if *has_key => "this key".to_owned(),
        [] => "not in force yet".to_owned(),
        keys => keys.iter().map(|id| foreign::shown(id)).collect::<Vec<_>>().join(", "),
    };
    format!("key group {} ({keys})", foreign::shown(id))
}

/// The same for scripts.
pub fn to_json(access: &[BehaviourAccess]) -> Value {
    let rows = access.iter().map(|one| {
        let groups = one
            .groups
            .iter()
            .map(|group| json!({ "id": group.id, "keys": group.keys, "this_key": group.has_key }));
        json!({
            "path": one.path,
            "open": one.is_open(),
            "this_key": one.takes_key(),
            "groups": groups.collect::<Vec<_>>(),
            "signers": one.has_signers
        })
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_who_opens_it_and_through_which_key() {
        let group = |id: &str, keys: &[&str], has_key| TrustedGroup {
            id: id.into(),
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            has_key,
        };
        let one = |path: Option<&str>, groups: &[TrustedGroup], has_signers| BehaviourAccess {
            path: path.map(str::to_owned),
            groups: groups.to_vec(),
            has_signers,
        };
        let long = "/a/path/that/is/longer/than/any/column/may/be/*";
        let text = to_text(&[
            one(Some("/free/*"), &[], false),
            one(Some("/old/*"), &[], true),
            one(Some(long), &[group("THEIRS", &["K3"], false)], false),
            one(None, &[group("signet-1", &[], true), group("new", &[], false)], false),
        ]);
        let expected = format!(
            "  /free/*          everyone, without a link\n\
             \x20 /old/*           links of other keys alone: key pairs of AWS accounts\n\
             \x20 {long}\n                   links of other keys alone: key group THEIRS (K3)\n\
             \x20 everything else  links of this key and of others: key group signet-1 (this key), key group new (not in force yet)\n"
        );
        assert_eq!(text, expected);
    }
}
