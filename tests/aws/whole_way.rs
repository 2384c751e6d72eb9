//! From an account with a bucket in it to a link, to another key, and back.

use serde_json::Value;

use crate::stage::Stage;

/// A link that the stage's key makes, as a person makes one with it.
fn link(stage: &Stage, id: &str, site: &str) -> String {
    let (key, url) = (stage.key_file("private"), format!("https://{site}/a.pdf"));
    let words = ["--private-key", &key, "--key-pair-id", id, "--url", &url, "--expires-in", "1h"];
    let output = stage.signet(&[&["sign"], words.as_slice()].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Whether CloudFront would take it: judged with the public half of the key as CloudFront gives it back.
fn opens(stage: &Stage, link: &str) -> bool {
    let (_, id) = link.split_once("Key-Pair-Id=").unwrap();
    let id = id.split('&').next().unwrap();
    let account = stage.account();
    let keys = account["public_keys"].as_array().unwrap();
    let Some(key) = keys.iter().find(|key| key["Id"] == id) else { return false };
    let active = account["distributions"].as_object().unwrap().values().any(|config| {
        let groups = config["DefaultCacheBehavior"]["TrustedKeyGroups"]["Items"].as_array();
        let groups = groups.into_iter().flatten();
        groups.flat_map(|group| keys_of(&account, group)).any(|key| key == id)
    });
    std::fs::write(stage.path("held.pem"), key["PublicKeyConfig"]["EncodedKey"].as_str().unwrap())
        .unwrap();
    active && stage.signet(&["inspect", "--public-key", "held.pem", link]).status.success()
}

fn keys_of<'a>(account: &'a Value, group: &'a Value) -> impl Iterator<Item = &'a Value> {
    let groups = account["key_groups"].as_array().unwrap().iter();
    let groups = groups.filter(move |other| other["Id"] == *group);
    groups.flat_map(|group| group["KeyGroupConfig"]["Items"].as_array().unwrap())
}

/// The public key ID and the site that `apply` says, on its first two lines.
fn said(stage: &Stage, more: &[&str]) -> (String, String) {
    let said = stage.apply(more);
    let mut lines = said.lines().map(|line| line.split_once(": ").unwrap().1.to_owned());
    (lines.next().unwrap(), lines.next().unwrap())
}

#[test]
fn plan_apply_check_link_rotate_undo() {
    let mut stage = Stage::new();
    let before = stage.account();
    assert_eq!(stage.plan(&[])["nothing_to_do"], false);
    let (id, site) = said(&stage, &[]);
    stage.done(&stage.words("check", &[]));
    let first = stage.account();
    let old_link = link(&stage, &id, &site);
    assert!(opens(&stage, &old_link));
    assert!(!opens(&stage, &old_link.replace("a.pdf", "b.pdf")), "the control");

    // Another key beside it: only what belongs to that key is made, and nobody loses anything.
    stage.use_key("second-");
    let distribution = first["distributions"].as_object().unwrap().keys().next().unwrap();
    let options = ["--distribution", distribution.as_str()];
    let plan = stage.plan(&options);
    assert_eq!(plan["closes_documents"], false);
    let steps = plan["steps"].as_array().unwrap().iter();
    let open: Vec<_> =
        steps.filter(|step| step["done"] == false).map(|step| &step["step"]).collect();
    assert_eq!(open, ["public-key", "key-group", "change-distribution"]);
    let (second_id, second_site) = said(&stage, &options);
    assert_ne!(second_id, id);
    assert_eq!(second_site, site);
    let both = stage.account();
    assert_eq!(both["access_controls"], first["access_controls"]);
    assert_eq!(both["policy"], first["policy"]);
    stage.done(&stage.words("check", &options));
    let new_link = link(&stage, &second_id, &site);
    assert!(opens(&stage, &new_link) && opens(&stage, &old_link));
    assert_eq!(stage.plan(&options)["nothing_to_do"], true);

    // What the first key's set-up made is not taken away from under the second one's links.
    stage.use_key("");
    let (what, _) = stage.failed(&["undo", "--yes"]);
    assert_eq!(
        what,
        format!(
            "Links of other keys open through the distribution {distribution} too, so nothing is taken back."
        )
    );
    assert_eq!(stage.account(), both);
    assert!(opens(&stage, &new_link));

    stage.use_key("second-");
    stage.undo();
    assert_eq!(stage.account(), first);
    assert!(opens(&stage, &old_link) && !opens(&stage, &new_link));
    stage.use_key("");
    stage.undo();
    assert_eq!(stage.account(), before);
}
