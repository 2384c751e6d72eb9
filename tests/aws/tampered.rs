//! A journal that is mixed up or was changed: nothing is removed for its id alone. What is not as Signet
//! made it stays and is named, and the rest is taken back.

use serde_json::{Value, json};
use signet_cloudfront::key::SigningKey;
use signet_setup::Names;

use crate::stage::{REGION, Stage};

const XMLNS: &str = "xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"";

/// Makes a thing in the account, past Signet; gives its id.
fn make(stage: &Stage, kind: &str, body: &str) -> String {
    let made = stage.ask("cloudfront", "POST", &format!("/2020-05-31/{kind}"), body);
    let (_, rest) = made.split_once("<Id>").unwrap();
    rest.split('<').next().unwrap().to_owned()
}

fn control(stage: &Stage, name: &str, behavior: &str) -> String {
    make(
        stage,
        "origin-access-control",
        &format!(
            "<OriginAccessControlConfig {XMLNS}><Name>{name}</Name><SigningProtocol>sigv4</SigningProtocol>\
             <SigningBehavior>{behavior}</SigningBehavior><OriginAccessControlOriginType>s3\
             </OriginAccessControlOriginType></OriginAccessControlConfig>"
        ),
    )
}

fn key(stage: &Stage, name: &str) -> String {
    let pem = SigningKey::generate_p256().public_key().to_spki_pem();
    make(
        stage,
        "public-key",
        &format!(
            "<PublicKeyConfig {XMLNS}><CallerReference>{name}</CallerReference><Name>{name}</Name>\
             <EncodedKey>{pem}</EncodedKey></PublicKeyConfig>"
        ),
    )
}

fn group(stage: &Stage, name: &str, keys: &[&str]) -> String {
    let items: String = keys.iter().map(|key| format!("<PublicKey>{key}</PublicKey>")).collect();
    make(
        stage,
        "key-group",
        &format!(
            "<KeyGroupConfig {XMLNS}><Name>{name}</Name><Items>{items}</Items></KeyGroupConfig>"
        ),
    )
}

/// A distribution of others for the bucket, which takes links of their group.
fn distribution(stage: &Stage, name: &str, control: &str, group: &str) -> String {
    let host = format!("{}.s3.{REGION}.amazonaws.com", stage.bucket);
    stage.distribution(&format!(
        "<DistributionConfig {XMLNS}><CallerReference>{name}</CallerReference><Comment>{name}</Comment>\
         <Enabled>true</Enabled><Origins><Quantity>1</Quantity><Items><Origin><Id>{host}</Id><DomainName>{host}\
         </DomainName><OriginAccessControlId>{control}</OriginAccessControlId><S3OriginConfig>\
         <OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig></Origin></Items></Origins>\
         <DefaultCacheBehavior><TargetOriginId>{host}</TargetOriginId><ViewerProtocolPolicy>https-only\
         </ViewerProtocolPolicy><TrustedKeyGroups><Enabled>true</Enabled><Quantity>1</Quantity><Items><KeyGroup>\
         {group}</KeyGroup></Items></TrustedKeyGroups></DefaultCacheBehavior></DistributionConfig>"
    ))
}

/// What others have in the account: one thing of each kind.
struct Theirs {
    control: String,
    key: String,
    group: String,
    distribution: String,
}

impl Theirs {
    fn make(stage: &Stage) -> Self {
        let control = control(stage, "production-control", "always");
        let key = key(stage, "production-key");
        let group = group(stage, "production-group", &[&key]);
        let distribution = distribution(stage, "production", &control, &group);
        Self { control, key, group, distribution }
    }

    /// As the account has them.
    fn of(&self, account: &Value) -> Value {
        let named = |list: &str, id: &str| {
            let all = account[list].as_array().unwrap().iter();
            all.clone().find(|one| one["Id"] == id).cloned().unwrap_or_default()
        };
        json!([
            named("access_controls", &self.control),
            named("public_keys", &self.key),
            named("key_groups", &self.group),
            account["distributions"][&self.distribution]
        ])
    }
}

/// Changes the entry of a kind in what is written down.
fn tamper(stage: &Stage, what: &str, field: &str, value: &Value) {
    stage.edit_journal(|journal| {
        let entries = journal["set_up"]["made"].as_array_mut().unwrap();
        let entry = entries.iter_mut().find(|entry| entry["what"] == what).unwrap();
        entry[field] = value.clone();
    });
}

fn entries(stage: &Stage) -> Vec<String> {
    let journal: Value = serde_json::from_slice(&std::fs::read(stage.journal()).unwrap()).unwrap();
    let made = journal["set_up"]["made"].as_array().unwrap();
    made.iter().map(|entry| entry["what"].as_str().unwrap().to_owned()).collect()
}

/// *Undo*, which leaves something; all that it says.
fn undo(stage: &Stage) -> String {
    let output = stage.run(&["undo", "--yes"]);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(output.stdout.is_empty() && !error.contains("panicked"), "{error}");
    error
}

#[test]
fn an_id_of_somebody_elses_thing_removes_nothing_and_is_named() {
    for what in ["access-control", "public-key", "key-group", "distribution"] {
        let stage = Stage::new();
        let theirs = Theirs::make(&stage);
        let before = theirs.of(&stage.account());
        stage.apply(&[]);
        let (id, thing) = match what {
            "access-control" => (&theirs.control, "origin access control"),
            "public-key" => (&theirs.key, "public key"),
            "key-group" => (&theirs.group, "key group"),
            _ => (&theirs.distribution, "distribution"),
        };
        tamper(&stage, what, "id", &json!(id));
        let said = undo(&stage);
        assert_eq!(theirs.of(&stage.account()), before, "{what}: {said}");
        let named = format!("the {thing} {id}, which is not as Signet made it");
        assert!(said.contains(&named), "{what}: {said}");
        // The rest went on as far as it could, and what stayed is still written down.
        assert_eq!(stage.account()["policy"], Value::Null, "{what}: {said}");
        assert!(entries(&stage).contains(&what.to_owned()), "{what}: {said}");
        assert!(!entries(&stage).contains(&"policy".to_owned()), "{what}: {said}");
        if what == "access-control" {
            assert_eq!(entries(&stage), [what]);
            assert!(said.contains("Not everything was taken back."), "{said}");
        }
    }
}

/// Their statement has the form of Signet's own, for another key's set-up made it.
#[test]
fn a_statement_that_others_need_stays() {
    let stage = Stage::new();
    let theirs = Theirs::make(&stage);
    let arn = format!("arn:aws:cloudfront::{}:distribution/{}", stage.account, theirs.distribution);
    let policy = json!({ "Version": "2012-10-17", "Statement": [{
        "Sid": "SignetRead",
        "Effect": "Allow",
        "Principal": { "Service": "cloudfront.amazonaws.com" },
        "Action": "s3:GetObject",
        "Resource": format!("arn:aws:s3:::{}/*", stage.bucket),
        "Condition": { "StringEquals": { "AWS:SourceArn": arn } }
    }] });
    stage.put_policy(&policy.to_string());
    stage.apply(&[]);
    let both = stage.account()["policy"].clone();
    tamper(&stage, "policy", "arn", &json!(arn));
    let said = undo(&stage);
    assert!(said.contains("by which links of other keys open"), "{said}");
    assert_eq!(stage.account()["policy"], both);
}

#[test]
fn a_statement_that_somebody_has_changed_stays() {
    let stage = Stage::new();
    stage.apply(&[]);
    let policy = stage.account()["policy"].as_str().unwrap().to_owned();
    let changed = policy.replace("/*\"", "/public/*\"");
    assert_ne!(changed, policy);
    stage.put_policy(&changed);
    let said = undo(&stage);
    let named =
        format!("the policy of the bucket {}, which is not as Signet made it", stage.bucket);
    assert!(said.contains(&named), "{said}");
    let left = stage.account();
    assert_eq!(left["policy"], json!(changed));
    assert_eq!((&left["distributions"], &left["public_keys"]), (&json!({}), &json!([])));
    assert_eq!(entries(&stage), ["policy"]);
}

/// Without its key group it would open for everyone.
#[test]
fn a_distribution_of_others_does_not_lose_its_key_group() {
    let stage = Stage::new();
    let theirs = Theirs::make(&stage);
    let id = stage.open_distribution();
    let before = theirs.of(&stage.account());
    stage.apply(&["--distribution", &id]);
    tamper(&stage, "change", "id", &json!(theirs.distribution));
    tamper(&stage, "change", "key_group", &json!(theirs.group));
    let said = undo(&stage);
    assert_eq!(theirs.of(&stage.account()), before, "{said}");
    let named = format!("the distribution {}, which is not as Signet made it", theirs.distribution);
    assert!(said.contains(&named), "{said}");
}

#[test]
fn a_distribution_of_others_does_not_lose_its_access_control() {
    let stage = Stage::new();
    let theirs = Theirs::make(&stage);
    let id = stage.open_distribution();
    let before = theirs.of(&stage.account());
    stage.apply(&["--distribution", &id]);
    let origin = format!("{}.s3.{REGION}.amazonaws.com", stage.bucket);
    let given = json!({ "id": theirs.control, "identity": "" });
    let changes = [("id", json!(theirs.distribution)), ("origin", json!(origin))];
    for (field, value) in changes.iter().chain([&("access_control", given)]) {
        tamper(&stage, "change", field, value);
    }
    let said = undo(&stage);
    assert_eq!(theirs.of(&stage.account()), before, "{said}");
    assert!(said.contains("which is not as Signet made it"), "{said}");
}

/// What is only begun is found by its name, and looked at all the same.
#[test]
fn another_thing_of_the_same_name_stays() {
    type Make = fn(&Stage, &str) -> String;
    let name = |stage: &Stage| Names::of(&stage.key).common();
    let make: [(&str, Make); 3] = [
        ("access-control", |stage, name| control(stage, name, "never")),
        ("public-key", key),
        ("key-group", |stage, name| {
            let other = key(stage, "production-key");
            group(stage, name, &[&other])
        }),
    ];
    for (what, make) in make {
        let stage = Stage::new();
        stage.apply(&[]);
        let journal = stage.journal();
        let written = std::fs::read(&journal).unwrap();
        stage.undo();
        make(&stage, &name(&stage));
        let before = stage.account();
        std::fs::write(&journal, &written).unwrap();
        stage.edit_journal(|journal| {
            journal["set_up"]["made"] = json!([{ "what": what, "id": null }]);
        });
        let said = undo(&stage);
        assert_eq!(stage.account(), before, "{what}: {said}");
        assert!(said.contains("which is not as Signet made it"), "{what}: {said}");
    }
}

/// Links of that key open through the distribution, too.
#[test]
fn a_key_group_with_somebody_elses_key_stays() {
    let stage = Stage::new();
    let theirs = key(&stage, "production-key");
    stage.apply(&[]);
    let made = stage.account();
    let group = made["key_groups"][0]["Id"].as_str().unwrap();
    let name = Names::of(&stage.key).common();
    let ours = made["public_keys"].as_array().unwrap().iter();
    let ours = ours.filter(|key| key["Id"] != theirs.as_str());
    let ours = ours.map(|key| key["Id"].as_str().unwrap()).next().unwrap();
    stage.ask(
        "cloudfront",
        "PUT",
        &format!("/2020-05-31/key-group/{group}"),
        &format!(
            "<KeyGroupConfig {XMLNS}><Name>{name}</Name><Items><PublicKey>{ours}</PublicKey><PublicKey>{theirs}\
             </PublicKey></Items></KeyGroupConfig>"
        ),
    );
    let before = stage.account();
    let (id, _) = made["distributions"].as_object().unwrap().iter().next().unwrap();
    let said = undo(&stage);
    assert!(
        said.contains(&format!("Links of other keys open through the distribution {id} too")),
        "{said}"
    );
    assert_eq!(stage.account(), before);
}

/// Somebody gave the distribution another origin, whose documents would go with it.
#[test]
fn a_distribution_that_fetches_from_elsewhere_too_stays() {
    let stage = Stage::new();
    stage.apply(&[]);
    let made = stage.account();
    let (id, _) = made["distributions"].as_object().unwrap().iter().next().unwrap();
    let path = format!("/2020-05-31/distribution/{id}/config");
    stage.edit_distribution(&path, |config| {
        let other = "<Origin><Id>other</Id><DomainName>other.example.com</DomainName><CustomOriginConfig>\
                     <HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort><OriginProtocolPolicy>https-only\
                     </OriginProtocolPolicy></CustomOriginConfig></Origin>";
        config.replacen("</Items></Origins>", &format!("{other}</Items></Origins>"), 1)
    });
    let before = stage.account()["distributions"].clone();
    let said = undo(&stage);
    assert!(
        said.contains(&format!("the distribution {id}, which is not as Signet made it")),
        "{said}"
    );
    assert_eq!(stage.account()["distributions"], before);
}

#[test]
fn what_is_no_id_is_not_asked_for() {
    let stage = Stage::new();
    stage.apply(&[]);
    let made = stage.account();
    let written = std::fs::read(stage.journal()).unwrap();
    for (what, field, value) in [
        ("access-control", "id", "../distribution/E2QWRUHAPOMQZL"),
        ("public-key", "id", "production"),
        ("key-group", "id", "a\u{1b}[2J"),
        ("distribution", "id", "K2JCJMDEHXQW5F"),
        ("policy", "bucket", "Production"),
        ("policy", "region", "eu-central-1/?x"),
        ("policy", "arn", "arn:aws:s3:::client-papers"),
    ] {
        tamper(&stage, what, field, &json!(value));
        stage.proxy.calls();
        let said = undo(&stage);
        assert!(said.contains("cannot be read"), "{what}: {said}");
        assert!(!said.contains('\u{1b}'), "{what}: {said}");
        assert!(!stage.proxy.calls().iter().any(crate::proxy::Call::is_write), "{what}");
        std::fs::write(stage.journal(), &written).unwrap();
    }
    assert_eq!(stage.account(), made);
    stage.undo();
}
