use super::*;
use crate::spec::examples;

/// As CloudFront answers, shortened, with what no library knows yet.
const XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<DistributionConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><CallerReference>a</CallerReference><Comment>Papers &amp; more</Comment><Enabled>true</Enabled><IsIPV6Enabled>true</IsIPV6Enabled><Newer a="b"><Deep/></Newer><Origins><Quantity>2</Quantity><Items><Origin><Id>other</Id><DomainName>example.com</DomainName><CustomOriginConfig/></Origin><Origin><Id>papers</Id><DomainName>client-papers.s3.eu-central-1.amazonaws.com</DomainName><OriginPath></OriginPath><S3OriginConfig><OriginAccessIdentity>IDENTITY</OriginAccessIdentity><NewerToo>1</NewerToo></S3OriginConfig><OriginAccessControlId></OriginAccessControlId></Origin></Items></Origins><DefaultCacheBehavior><TargetOriginId>papers</TargetOriginId><TrustedSigners><Enabled>false</Enabled><Quantity>0</Quantity></TrustedSigners><TrustedKeyGroups><Enabled>false</Enabled><Quantity>0</Quantity></TrustedKeyGroups></DefaultCacheBehavior><CacheBehaviors><Quantity>1</Quantity><Items><CacheBehavior><PathPattern>/free/*</PathPattern><TargetOriginId>papers</TargetOriginId></CacheBehavior></Items></CacheBehaviors></DistributionConfig>"#;

fn spec() -> SetupSpec {
    examples()[0].clone()
}

fn of(xml: &str) -> DistributionConfig {
    DistributionConfig::parse(xml).unwrap()
}

#[test]
fn a_change_is_made_and_taken_back_to_the_byte() {
    let identity = "<OriginAccessIdentity>IDENTITY<";
    let trusting = "<Enabled>false</Enabled><Quantity>0</Quantity></TrustedKeyGroups>";
    for (xml, trust) in [
        (XML.to_owned(), Trust::Closes),
        (XML.replace(identity, "<OriginAccessIdentity><"), Trust::Closes),
        (
            XML.replace(
                trusting,
                "<Enabled>true</Enabled><Quantity>1</Quantity><Items><KeyGroup>theirs</KeyGroup></Items></TrustedKeyGroups>",
            ),
            Trust::Beside,
        ),
        (
            XML.replace("<Enabled>false</Enabled><Quantity>0</Quantity></TrustedSigners>", "<Enabled>true</Enabled></TrustedSigners>"),
            Trust::Beside,
        ),
    ] {
        let before = of(&xml);
        let change = before.change_for(&spec(), Some("group")).unwrap();
        assert_eq!(change.key_group, Some(trust));
        assert!(change.access_control.is_some());
        let after = of(&before.with(&change, "control", "group").unwrap());
        assert!(after.change_for(&spec(), Some("group")).unwrap().is_nothing());
        assert_eq!(after.trusted_groups().last().map(String::as_str), Some("group"));
        assert!(after.xml.contains(r#"<Newer a="b"><Deep/></Newer>"#));
        assert_eq!(after.without(&change, "control", "group").unwrap(), xml);
        assert_eq!(before.without(&change, "control", "group"), None);
    }
}

#[test]
fn what_others_changed_since_stays() {
    let before = of(XML);
    let change = before.change_for(&spec(), Some("group")).unwrap();
    let after = before.with(&change, "control", "group").unwrap();
    let after = after
        .replace("<Comment>Papers", "<Comment>New papers")
        .replace(
            "<Quantity>1</Quantity><Items><KeyGroup>",
            "<Quantity>2</Quantity><Items><KeyGroup>theirs</KeyGroup><KeyGroup>",
        )
        .replace(">control<", ">theirs<");
    let left = of(&after).without(&change, "control", "group").unwrap();
    assert!(left.contains("<Comment>New papers"));
    assert!(left.contains(
        "<Enabled>true</Enabled><Quantity>1</Quantity><Items><KeyGroup>theirs</KeyGroup></Items>"
    ));
    assert!(left.contains("<OriginAccessControlId>theirs</OriginAccessControlId>"));
}

#[test]
fn elements_that_are_not_there_are_made() {
    let bare = XML.replace("<OriginAccessControlId></OriginAccessControlId>", "").replace(
        "<TrustedKeyGroups><Enabled>false</Enabled><Quantity>0</Quantity></TrustedKeyGroups>",
        "",
    );
    let before = of(&bare);
    let change = before.change_for(&spec(), None).unwrap();
    let after = of(&before.with(&change, "control", "group").unwrap());
    assert!(after.change_for(&spec(), Some("group")).unwrap().is_nothing());
    assert_eq!(after.access_control(&spec().bucket, &spec().region), Some("control"));
}

#[test]
fn an_access_control_of_another_name_is_as_good() {
    let xml = XML.replace("<OriginAccessControlId><", "<OriginAccessControlId>theirs<");
    assert_eq!(of(&xml).change_for(&spec(), None).unwrap().access_control, None);
}

#[test]
fn what_does_not_fit_is_named() {
    let host = "client-papers.s3.eu-central-1.amazonaws.com";
    for (from, to, unfit) in [
        (host, "client-papers.s3.eu-west-1.amazonaws.com", Unfit::OtherBucket),
        (host, "client-papers.s3-website.eu-central-1.amazonaws.com", Unfit::Website),
        ("<TargetOriginId>papers<", "<TargetOriginId>other<", Unfit::OtherBehaviour),
        (
            "<Enabled>true</Enabled>",
            "<Enabled>true</Enabled><Staging>true</Staging>",
            Unfit::Staging,
        ),
        (
            "<Enabled>true</Enabled>",
            "<Enabled>true</Enabled><ConnectionMode>tenant-only</ConnectionMode>",
            Unfit::MultiTenant,
        ),
        (
            "<S3OriginConfig><OriginAccessIdentity>IDENTITY</OriginAccessIdentity><NewerToo>1</NewerToo></S3OriginConfig>",
            "<CustomOriginConfig/>",
            Unfit::CustomOrigin,
        ),
        (
            "<Quantity>0</Quantity></TrustedKeyGroups></DefaultCacheBehavior>",
            "<Quantity>4</Quantity><Items><KeyGroup>a</KeyGroup><KeyGroup>b</KeyGroup><KeyGroup>c</KeyGroup><KeyGroup>d</KeyGroup></Items></TrustedKeyGroups></DefaultCacheBehavior>",
            Unfit::KeyGroupsFull,
        ),
    ] {
        assert_eq!(of(&XML.replace(from, to)).change_for(&spec(), None), Err(unfit), "{to}");
    }
    // A fourth group fits, and one that is there already is none more.
    let groups = |list: &[&str]| {
        let items: String = list.iter().map(|id| format!("<KeyGroup>{id}</KeyGroup>")).collect();
        let end = "<Enabled>false</Enabled><Quantity>0</Quantity></TrustedKeyGroups>";
        let trusting = format!("<Enabled>true</Enabled><Items>{items}</Items></TrustedKeyGroups>");
        of(&XML.replace(end, &trusting)).change_for(&spec(), Some("group")).unwrap().key_group
    };
    assert_eq!(groups(&["a", "b", "c"]), Some(Trust::Beside));
    assert_eq!(groups(&["a", "b", "c", "group"]), None);
    for host in [
        "client-papers.s3.amazonaws.com",
        "client-papers.s3-eu-central-1.amazonaws.com",
        "client-papers.s3.dualstack.eu-central-1.amazonaws.com",
    ] {
        let xml = XML.replace("client-papers.s3.eu-central-1.amazonaws.com", host);
        assert!(of(&xml).change_for(&spec(), None).is_ok(), "{host}");
    }
}

#[test]
fn it_is_switched_off_once() {
    let off = of(XML).switched_off().unwrap();
    assert_eq!(off, XML.replacen("<Enabled>true<", "<Enabled>false<", 1));
    assert_eq!(of(&off).switched_off(), None);
}

#[test]
fn another_answer_is_not_understood() {
    for xml in ["", "<Error/>", "<DistributionConfig/>"] {
        assert_eq!(DistributionConfig::parse(xml), Err(ParseDistributionConfigError));
    }
}

/// As a set-up makes it, and with one thing of it otherwise.
#[test]
fn what_a_set_up_made_is_known_by_its_name_and_content() {
    const HOST: &str = "client-papers.s3.eu-central-1.amazonaws.com";
    let made = format!(
        "<DistributionConfig><CallerReference>signet-1</CallerReference><Comment>signet-1</Comment><Enabled>true\
         </Enabled><Origins><Items><Origin><Id>{HOST}</Id><DomainName>{HOST}</DomainName><S3OriginConfig/></Origin>\
         </Items></Origins><DefaultCacheBehavior><TargetOriginId>{HOST}</TargetOriginId></DefaultCacheBehavior>\
         <CacheBehaviors><Quantity>0</Quantity></CacheBehaviors></DistributionConfig>"
    );
    let is_made =
        |xml: &str, host| DistributionConfig::parse(xml).unwrap().is_made_as("signet-1", host);
    assert!(is_made(&made, Some(HOST)) && is_made(&made, None));
    assert!(!is_made(&made, Some("other.s3.eu-central-1.amazonaws.com")));
    assert!(is_made(&made.replace(">true<", ">false<"), Some(HOST)), "it may be switched off");
    let behaviour = format!(
        "<Items><CacheBehavior><PathPattern>/a</PathPattern><TargetOriginId>{HOST}</TargetOriginId></CacheBehavior></Items>"
    );
    let origin = "<Origin><Id>o</Id><DomainName>o.example</DomainName></Origin></Items></Origins>";
    for (from, to) in [
        ("<CallerReference>signet-1", "<CallerReference>production"),
        ("<CallerReference>signet-1</CallerReference>", ""),
        ("<Comment>signet-1", "<Comment>Production"),
        ("</Items></Origins>", origin),
        ("<S3OriginConfig/>", ""),
        ("<DomainName>client", "<DomainName>other"),
        ("<Quantity>0</Quantity>", behaviour.as_str()),
    ] {
        let xml = made.replace(from, to);
        assert_ne!(xml, made);
        assert!(!is_made(&xml, None), "{xml}");
    }
}

#[test]
fn the_part_of_the_bucket_is_the_default_behaviours() {
    let SetupSpec { bucket, region, .. } = spec();
    for (xml, path) in [
        ("<OriginPath></OriginPath>", ""),
        ("<OriginPath>/production</OriginPath>", "/production"),
        ("<OriginPath>/a &amp; b</OriginPath>", "/a & b"),
        ("", ""),
    ] {
        let config = of(&XML.replace("<OriginPath></OriginPath>", xml));
        assert_eq!(config.origin_path(&bucket, &region), Some(path), "{xml}");
    }
    let other = Bucket::parse("other-papers").unwrap();
    assert_eq!(of(XML).origin_path(&other, &region), None);
}

#[test]
fn a_distribution_answers_for_its_other_names() {
    let aliases = "<Aliases><Quantity>2</Quantity><Items><CNAME>docs.example.com</CNAME><CNAME>*.example.org</CNAME></Items></Aliases>";
    let config = of(&XML.replace("<Origins>", &format!("{aliases}<Origins>")));
    for (host, expected) in [
        ("docs.example.com", true),
        ("Docs.Example.com", true),
        ("a.example.org", true),
        ("a.b.example.org", false),
        ("example.org", false),
        ("docs.example.com.evil.example", false),
        ("evildocs.example.com", false),
    ] {
        assert_eq!(config.has_alias(host), expected, "{host}");
    }
    assert!(!of(XML).has_alias("docs.example.com"));
}

/// The change is made at the member that is the bucket, and the group stays.
#[test]
fn an_origin_group_with_the_bucket_in_it_is_changed_as_the_bucket() {
    let group = "</Origins><OriginGroups><Quantity>1</Quantity><Items><OriginGroup><Id>grp</Id><Members><Quantity>2</Quantity><Items><OriginGroupMember><OriginId>other</OriginId></OriginGroupMember><OriginGroupMember><OriginId>papers</OriginId></OriginGroupMember></Items></Members></OriginGroup></Items></OriginGroups>";
    let xml =
        XML.replace("</Origins>", group).replace("<TargetOriginId>papers<", "<TargetOriginId>grp<");
    let before = of(&xml);
    let change = before.change_for(&spec(), None).unwrap();
    assert_eq!(change.origin, "papers");
    let after = of(&before.with(&change, "control", "group").unwrap());
    assert_eq!(after.access_control_at("papers"), Some("control"));
    assert_eq!(after.groups_by_access_control(&spec().bucket, &spec().region), ["group"]);
    assert_eq!(after.without(&change, "control", "group").unwrap(), xml);
    // Without the bucket it is elsewhere.
    let without = xml.replace("<OriginId>papers<", "<OriginId>other<");
    assert_eq!(of(&without).change_for(&spec(), None), Err(Unfit::OtherBehaviour));
}
