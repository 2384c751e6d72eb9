//! The script and the template against what Signet makes itself.

use std::process::{Command, Output};

use serde_json::Value;
use signet_setup::permissions::{self, DocumentsScope, Purpose};
use signet_setup::{Bucket, DistributionId};

use crate::existing::{show, trusting};
use crate::server::root;
use crate::stage::{REGION, Stage};

/// An account without what AWS chose in it, so that two can be compared.
fn without_ids(account: &Value, stage: &Stage) -> Value {
    let mut text = account.to_string();
    let ids = |list: &str| account[list].as_array().unwrap().iter().map(|one| one["Id"].clone());
    let mut names: Vec<String> = ["access_controls", "public_keys", "key_groups"]
        .into_iter()
        .flat_map(ids)
        .map(|id| id.as_str().unwrap().to_owned())
        .collect();
    names.extend(account["distributions"].as_object().unwrap().keys().cloned());
    names.extend([stage.account.clone(), stage.bucket.clone()]);
    names.push(signet_setup::Names::of(&stage.key).common());
    for (n, name) in names.iter().enumerate() {
        text = text.replace(name, &format!("({n})"));
    }
    let mut account: Value = serde_json::from_str(&text).unwrap();
    // Two ways to write one policy.
    if let Some(policy) = account["policy"].as_str() {
        account["policy"] = serde_json::from_str(policy).unwrap();
    }
    for key in account["public_keys"].as_array_mut().unwrap() {
        key["CreatedTime"] = Value::Null;
        key["PublicKeyConfig"]["EncodedKey"] = Value::Null;
    }
    for group in account["key_groups"].as_array_mut().unwrap() {
        group["LastModifiedTime"] = Value::Null;
    }
    account
}

pub fn run_script(stage: &Stage, distribution: Option<&str>) -> String {
    let output = script_output(stage, distribution);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    String::from_utf8(output.stdout).unwrap()
}

fn script_output(stage: &Stage, distribution: Option<&str>) -> Output {
    let mut words = vec!["setup", "script", "--bucket", &stage.bucket, "--region", REGION];
    words.extend(["--public-key", "public.pem", "--output", "set-up.sh"]);
    words.extend(distribution.iter().flat_map(|id| ["--distribution", *id]));
    let written = Command::new(env!("CARGO_BIN_EXE_signet"))
        .args(words)
        .current_dir(stage.path("."))
        .status()
        .unwrap();
    assert!(written.success());
    let mut shell = Command::new("sh");
    shell.args(["set-up.sh", "--yes"]).current_dir(stage.path("."));
    stage.surround(&mut shell);
    shell.env("PATH", stage.tools()).env("AWS_ENDPOINT_URL", stage.proxy.url());
    shell.output().unwrap()
}

/// As Signet does.
#[test]
fn the_script_says_what_is_in_the_way_before_it_makes_anything() {
    let stage = Stage::new();
    let id = stage.open_distribution();
    let four = trusting(&["a", "b", "c", "d"]);
    for (inside, default, wanted) in [
        ("<Staging>true</Staging>", "", "is a staging distribution"),
        ("", four.as_str(), "has 4 key groups already"),
    ] {
        show(&stage, &id, inside, default, "");
        let output = script_output(&stage, Some(&id));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(wanted) && !output.status.success(), "{said}");
    }
    assert!(!stage.proxy.calls().iter().any(crate::proxy::Call::is_write));
}

#[test]
fn the_script_makes_what_signet_makes() {
    for is_existing in [false, true] {
        let [by_hand, ours] = [Stage::new(), Stage::new()];
        let policy = |stage: &Stage| {
            format!(
                r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::{}/*"}}}}"#,
                stage.bucket
            )
        };
        let ids = [&by_hand, &ours].map(|stage| {
            is_existing.then(|| {
                stage.put_policy(&policy(stage));
                stage.open_distribution()
            })
        });
        let said = run_script(&by_hand, ids[0].as_deref());
        ours.apply(&ids[1].iter().flat_map(|id| ["--distribution", id]).collect::<Vec<_>>());
        assert_eq!(
            without_ids(&by_hand.account(), &by_hand),
            without_ids(&ours.account(), &ours),
            "existing: {is_existing}"
        );

        // What one began the other finds done, and says the same of it.
        by_hand.proxy.calls();
        let options: Vec<_> = ids[0].iter().flat_map(|id| ["--distribution", id]).collect();
        assert_eq!(by_hand.apply(&options), said);
        assert!(by_hand.proxy.calls().iter().all(|call| !call.is_write()));
        assert!(ours.proxy.calls().iter().any(crate::proxy::Call::is_write));
        run_script(&ours, ids[1].as_deref());
        assert!(!ours.proxy.calls().iter().any(crate::proxy::Call::is_write));
    }
}

/// Writes the template, and whatever moto's CloudFormation needs of it.
fn template(stage: &Stage, distribution: Option<&str>) -> String {
    let mut words = vec!["setup", "template", "--bucket", &stage.bucket, "--region", REGION];
    words.extend(["--public-key", "public.pem", "--output", "template.json"]);
    words.extend(distribution.iter().flat_map(|id| ["--distribution", *id]));
    let mut command = Command::new(env!("CARGO_BIN_EXE_signet"));
    assert!(command.args(words).current_dir(stage.path(".")).status().unwrap().success());
    std::fs::read_to_string(stage.path("template.json")).unwrap()
}

/// Whether cfn-lint finds nothing in the template, and what it said.
fn lint(stage: &Stage) -> (bool, String) {
    let mut lint = Command::new(root().join(".cache/venv/bin/cfn-lint"));
    let words = ["--regions", REGION, "--", "template.json"];
    let output = lint.args(words).current_dir(stage.path(".")).output();
    let output = output.expect("`make test` installs cfn-lint");
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.success(), said)
}

#[test]
fn the_template_passes_the_linter() {
    let stage = Stage::new();
    for distribution in [None, Some("E2QWRUHAPOMQZL")] {
        template(&stage, distribution);
        let (is_right, said) = lint(&stage);
        assert!(is_right, "{said}");
    }
    // That it looks: a property that CloudFormation does not have.
    let wrong = template(&stage, None).replace("\"PriceClass\"", "\"PriceKlass\"");
    std::fs::write(stage.path("template.json"), wrong).unwrap();
    assert!(!lint(&stage).0);
}

/// moto knows none of the template's types, nor outputs about them; it reads the rest and makes a stack.
#[test]
fn moto_takes_the_template() {
    let stage = Stage::new();
    let is_taken = |name: &str| {
        let mut aws = Command::new(root().join(".cache/venv/bin/aws"));
        let words = ["cloudformation", "create-stack", "--region", REGION, "--stack-name", name];
        aws.args(words).args(["--template-body", "file://template.json", "--parameters"]);
        aws.arg("ParameterKey=BucketPolicyExists,ParameterValue=no");
        aws.args(["--endpoint-url", &stage.proxy.url()]).current_dir(stage.path("."));
        stage.surround(&mut aws);
        aws.output().unwrap().status.success()
    };
    for (name, distribution) in [("new", None), ("existing", Some("E2QWRUHAPOMQZL"))] {
        let mut known: Value = serde_json::from_str(&template(&stage, distribution)).unwrap();
        let outputs = known["Outputs"].as_object_mut().unwrap();
        outputs.retain(|_, output| output["Value"]["Fn::GetAtt"].is_null());
        std::fs::write(stage.path("template.json"), known.to_string()).unwrap();
        assert!(is_taken(name), "{known:#}");
    }
    // That it reads what it is given.
    std::fs::write(stage.path("template.json"), r#"{ "Resources": "#).unwrap();
    assert!(!is_taken("broken"));
}

/// cfn-lint has AWS's tables of actions and of what each can be narrowed to.
#[test]
fn the_permissions_pass_the_linter() {
    let bucket = Bucket::parse("client-papers").unwrap();
    let distribution = DistributionId::parse("E2QWRUHAPOMQZL").unwrap();
    let stage = Stage::new();
    let lint = |policies: Vec<Value>| {
        let resources = policies.into_iter().enumerate().map(|(n, policy)| {
            let properties = serde_json::json!({ "PolicyDocument": policy });
            let resource =
                serde_json::json!({ "Type": "AWS::IAM::ManagedPolicy", "Properties": properties });
            (format!("Policy{n}"), resource)
        });
        let resources: serde_json::Map<_, _> = resources.collect();
        let template = serde_json::json!({ "Resources": resources });
        std::fs::write(stage.path("template.json"), template.to_string()).unwrap();
        lint(&stage)
    };
    let purposes = [Purpose::SetUp, Purpose::Check, Purpose::Undo];
    let policies = purposes.into_iter().flat_map(|purpose| {
        let of = [permissions::policy, permissions::policy_with_document_login];
        [None, Some(&distribution)].map(|id| of.map(|of| of(purpose, &bucket, id)))
    });
    let policies = policies.flatten();
    let (is_right, said) = lint(policies.collect());
    assert!(is_right, "{said}");
    let of_documents = ["", "reports/2026/", "a*b?$c/"].into_iter().flat_map(|prefix| {
        [(None, false), (Some(&distribution), true)].map(|(distribution, may_remove)| {
            let scope = DocumentsScope { bucket: &bucket, prefix, distribution, may_remove };
            permissions::documents(&scope)
        })
    });
    let (is_right, said) = lint(of_documents.collect());
    assert!(is_right, "{said}");
    let mut wrong = permissions::policy(Purpose::Check, &bucket, None);
    wrong["Statement"][0]["Action"] = "cloudfront:GetPublicKee".into();
    assert!(!lint(vec![wrong]).0);
}
