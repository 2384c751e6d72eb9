//! The set-up as a page for the person who does it: what and why, three ways, what to send back.
//!
//! One HTML file without scripts or anything from the network, so that it can be mailed, opened where
//! nothing may be loaded, and printed. The script and the template are in it, to be saved by a click.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quick_xml::escape::escape;

use signet_setup::bucket_policy::statement_for;
use signet_setup::by_hand::{self, Step};
use signet_setup::permissions::{self, Purpose};
use signet_setup::{SetupSpec, new_distribution};

use super::{script, template};

const PAGE: &str = include_str!("page/page.html");

/// An HTML file that explains the whole, with the script and the template in it. It needs nothing
/// from the network.
pub fn page(spec: &SetupSpec) -> String {
    let (script, template) = (script(spec), template(spec));
    let permissions = permissions::policy(Purpose::SetUp, &spec.bucket, spec.distribution.as_ref());
    let words = words(spec);
    let steps: Vec<String> = by_hand::steps(spec, None).iter().map(step).collect();
    [
        ("@SCRIPT_BASE64@", STANDARD.encode(&script)),
        ("@TEMPLATE_BASE64@", STANDARD.encode(&template)),
        ("@DISTRIBUTION_TITLE@", words.title),
        ("@DISTRIBUTION_TEXT@", words.text),
        ("@WARNING@", words.warning.to_owned()),
        ("@TEMPLATE_REST@", words.template_rest.to_owned()),
        ("@TAKE_BACK@", words.undo.to_owned()),
        ("@SITE@", words.site.to_owned()),
        ("@STEPS@", steps.concat()),
        ("@BUCKET@", shown(spec.bucket.as_str())),
        ("@REGION@", shown(spec.region.as_str())),
        ("@NAME@", shown(&spec.name())),
        ("@PERMISSIONS@", shown(&format!("{permissions:#}"))),
        // Last, for they are not to be searched for places.
        ("@TEMPLATE@", shown(template.trim_end())),
        ("@SCRIPT@", shown(script.trim_end())),
    ]
    .iter()
    .fold(PAGE.to_owned(), |page, (place, text)| page.replace(place, text))
}

/// What differs between a new distribution and one that is there.
struct Words {
    title: String,
    text: String,
    warning: &'static str,
    template_rest: &'static str,
    undo: &'static str,
    site: &'static str,
}

fn words(spec: &SetupSpec) -> Words {
    match &spec.distribution {
        None => Words {
            title: "A new distribution".to_owned(),
            text: format!(
                "It fetches from <code>{}</code>, sends readers from http to https, caches by the \
                 managed policy <i>CachingOptimized</i> (<code>{}</code>), and opens documents by \
                 links of this key only. Its comment and its tag <i>Name</i> are its name.",
                shown(&spec.origin()),
                new_distribution::CACHE_POLICY_ID
            ),
            warning: "",
            template_rest: "<li>Send back <i>PublicKeyId</i> and <i>DomainName</i>.</li>",
            undo: "<li>Disable the distribution, delete it when that is in force, and take the \
                        statement that names it out of the bucket policy.</li>",
            site: "d….cloudfront.net",
        },
        Some(id) => Words {
            title: format!("The distribution {}, changed", shown(id.as_str())),
            text:
                "Its origin in the bucket gets the access control if it has none, and its default \
                   behaviour trusts the key group. All its other settings stay."
                    .to_owned(),
            warning: "<div class=\"note\"><p><b>Documents of its default behaviour that open for \
                      everyone today will need a link.</b> If that must not be, ask for a new \
                      distribution.</p></div>",
            template_rest: "<li>CloudFormation cannot change a distribution that it did not make: \
                            do steps 4 and 6 of way 3 by hand, then send back <i>PublicKeyId</i> \
                            and the domain name of the distribution.</li>",
            undo: "<li>At the default behaviour of the distribution, take the key group away \
                        (without any, its documents open for everyone again). Take the \
                        statement that names the distribution out of the bucket policy only if \
                        nothing else needs it.</li>",
            site: "the distribution's domain name",
        },
    }
}

fn step(step: &Step) -> String {
    let text = match step {
        Step::PublicKey { name, key } => format!(
            "CloudFront, <i>Key management</i>, <i>Public keys</i>, <i>Create public key</i>. Name \
             <code>{}</code>, key:<pre>{}</pre>Note the ID, which begins with K.",
            shown(name),
            shown(key.trim_end())
        ),
        Step::KeyGroup { name } => format!(
            "<i>Key groups</i>, <i>Create key group</i>. Name <code>{0}</code>, with the public key \
             <code>{0}</code>.",
            shown(name)
        ),
        Step::AccessControl { name } => format!(
            "<i>Security</i>, <i>Origin access</i>, <i>Create control setting</i>. Name \
             <code>{}</code>, <i>Sign requests</i>, origin type <i>S3</i>.",
            shown(name)
        ),
        Step::Distribution { existing: None, origin, access_control, name } => format!(
            "<i>Distributions</i>, <i>Create distribution</i>; of the plans <i>Pay as you go</i> will do. \
             <i>Get started</i>: <i>Distribution name</i> <code>{}</code>, <i>Single website or app</i>. \
             <i>Specify origin</i>: <i>Amazon S3</i>, origin <code>{}</code>, with <i>Allow private S3 bucket \
             access to CloudFront</i> and the recommended settings. <i>Enable security</i>: as you want it; a \
             firewall is paid for. <i>Get TLS certificate</i>: only for a name of your own. <i>Review and \
             create</i>: <i>Create distribution</i>. It has an origin access control then, its own or \
             <code>{}</code>. Note its domain name and its ARN.",
            shown(name),
            shown(origin),
            shown(access_control)
        ),
        Step::Distribution { existing: Some(id), origin, access_control, .. } => format!(
            "The distribution <code>{}</code>, <i>Origins</i>, the origin <code>{}</code>, \
             <i>Edit</i>. If it has no origin access control, choose <code>{}</code>. Note the \
             distribution's domain name and its ARN.",
            shown(id.as_str()),
            shown(origin),
            shown(access_control)
        ),
        Step::BucketPolicy { bucket, .. } => format!(
            "S3, <code>{0}</code>, <i>Permissions</i>, <i>Bucket policy</i>, <i>Edit</i>. Add this \
             statement, with the ARN of the distribution in place of ARN, and the account's number, which stands in \
             it, in place of ACCOUNT:<pre>{1}</pre>",
            shown(bucket.as_str()),
            shown(&format!("{:#}", statement_for(bucket, "ARN", "ACCOUNT")))
        ),
        Step::RestrictViewerAccess { key_group } => format!(
            "The distribution, <i>Behaviors</i>, <i>Default (*)</i>, <i>Edit</i>: <i>Restrict viewer \
             access</i> <i>Yes</i>, <i>Trusted key groups</i>, <code>{}</code>.",
            shown(key_group)
        ),
    };
    format!("<li>{text}</li>\n")
}

/// Text as HTML shows it.
fn shown(text: &str) -> String {
    escape(text).into_owned()
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::{script, shown, template};
    use crate::setup::handoff::examples;

    #[test]
    fn nothing_that_is_shown_becomes_html() {
        let hostile = "<script>alert(\"1\")</script> & 'x' @SCRIPT@";
        let text = shown(hostile);
        assert!(!text.contains(['<', '>', '"', '\'']), "{text}");
    }

    #[test]
    fn a_page_is_whole_and_loads_nothing() {
        for spec in examples() {
            let page = super::page(&spec);
            for place in super::PAGE.split('@').filter(|part| {
                !part.is_empty() && part.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
            }) {
                assert!(!page.contains(&format!("@{place}@")), "{place}");
            }
            let without_links = page.replace("data:", "");
            for loaded in ["src=", "http://", "https://", "url(", "<script", "<link", "@import"] {
                // The script may speak of addresses; the page has none.
                assert!(!without_links.contains(loaded), "{loaded}");
            }
        }
    }

    #[test]
    fn the_script_and_the_template_are_saved_as_they_are() {
        for spec in examples() {
            let page = super::page(&spec);
            let saved: Vec<String> = page
                .split(";base64,")
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
                .map(|text| String::from_utf8(STANDARD.decode(text).unwrap()).unwrap())
                .collect();
            assert_eq!(saved, [script(&spec), template(&spec)]);
        }
    }
}
