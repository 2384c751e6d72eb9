use super::*;
use serde_json::Value;

const OTHER: &str = r#"{ "Sid": "Ours",  "Effect" : "Deny", "Principal":"*","Action":"s3:*","Resource":["a","b"], "Unknown": 1.50 }"#;

fn arn(id: &str) -> DistributionArn {
    let arn = format!("arn:aws:cloudfront::123456789012:distribution/{id}");
    DistributionArn::parse(&arn).unwrap()
}

fn bucket() -> Bucket {
    Bucket::parse("client-papers").unwrap()
}

fn add(policy: Option<&str>, id: &str) -> Option<PolicyEdit> {
    edit(policy, &bucket(), &arn(id), "").unwrap()
}

fn taken(policy: &str, id: &str, before: PolicyBefore, added: [bool; 2]) -> TakenOut {
    without(policy, &bucket(), &arn(id), before, added).unwrap()
}

fn take(policy: &str, id: &str, added: &PolicyEdit) -> Option<Left> {
    let TakenOut { left, is_changed } = taken(policy, id, added.before, [added.adds_read, false]);
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
        assert_eq!(policy.matches("ListBucket").count(), theirs.matches("ListBucket").count() + 1);
        let edited = add(Some(&policy), id).unwrap();
        assert!(edited.withdraws_list && !edited.adds_read);
        let fresh = add(Some(&theirs), id).unwrap();
        assert_eq!(edited.after, fresh.after);
        assert_eq!(add(Some(&edited.after), id), None);
        // A journal of that time, before and after.
        for policy in [&policy, &edited.after] {
            let TakenOut { left, is_changed } = taken(policy, id, PolicyBefore::List, [true; 2]);
            assert_eq!((left, is_changed), (Some(Left::Changed(theirs.clone())), false));
        }
    }
    // Alone, without a list around it and in one.
    let list = withdrawn(&bucket(), arn(id).as_str());
    for policy in [format!(r#"{{"Statement":{list}}}"#), format!(r#"{{"Statement":[{list}]}}"#)] {
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
    let list =
        with_list(&policy, "E2QWRUHAPOMQZL").replacen(&format!(",{}", without_sid(&read)), "", 1);
    let TakenOut { left, .. } = taken(&list, "E2QWRUHAPOMQZL", PolicyBefore::List, [false, true]);
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
        changed(&|one| one["Action"] = serde_json::json!(["s3:GetObject", "s3:GetObjectTagging"])),
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

/// As it was before the account was named: it lets in as well, and *undo* knows it.
#[test]
fn a_statement_of_before_the_account_was_named_is_as_good_and_is_taken_out() {
    let old = statement_of_old(&bucket(), &arn("E2QWRUHAPOMQZL"));
    let policy = format!(r#"{{"Statement":[{OTHER},{old}]}}"#);
    assert_eq!(add(Some(&policy), "E2QWRUHAPOMQZL"), None);
    let left = taken(&policy, "E2QWRUHAPOMQZL", PolicyBefore::List, [true, false]).left;
    assert_eq!(left, Some(Left::Changed(format!(r#"{{"Statement":[{OTHER}]}}"#))));
}

/// Whoever made it, and however it is written, nothing is added to it.
#[test]
fn what_lets_the_distribution_in_needs_no_statement_of_signets() {
    let made = statement(&bucket(), &arn("E2QWRUHAPOMQZL"));
    let with = |field: &str, value: Value| {
        let mut one = made.clone();
        one[field] = value;
        one["Sid"] = "Theirs".into();
        serde_json::json!({ "Statement": [one] }).to_string()
    };
    let wildcard = serde_json::json!({
        "ArnLike": { "aws:sourcearn": "arn:aws:cloudfront::123456789012:distribution/*" }
    });
    for policy in [
        with("Action", serde_json::json!(["s3:GetObject", "s3:GetObjectVersion"])),
        with("Action", "s3:Get*".into()),
        with("Resource", "arn:aws:s3:::client-papers*".into()),
        with("Condition", wildcard),
        with("Sid", "x".into()).replace("\"Statement\"", "\"statement\""),
    ] {
        assert_eq!(add(Some(&policy), "E2QWRUHAPOMQZL"), None, "{policy}");
    }
    let literal = serde_json::json!({
        "StringEquals": { "aws:sourcearn": "arn:aws:cloudfront::123456789012:distribution/*" }
    });
    for policy in [
        // A star in what is compared letter by letter is a star.
        with("Condition", literal),
        with("Resource", "arn:aws:s3:::client-papers".into()),
        with("Resource", "arn:aws:s3:::client-papers/reports/*".into()),
        // Everybody may be taken out some day.
        with("Principal", "*".into()),
    ] {
        assert!(add(Some(&policy), "E2QWRUHAPOMQZL").unwrap().adds_read, "{policy}");
    }
    let folder = with("Resource", "arn:aws:s3:::client-papers/reports/*".into());
    assert_eq!(edit(Some(&folder), &bucket(), &arn("E2QWRUHAPOMQZL"), "reports/"), Ok(None));
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
            edit(Some(text), &bucket(), &arn("E2QWRUHAPOMQZL"), ""),
            Err(ParsePolicyError),
            "{text}"
        );
    }
}
