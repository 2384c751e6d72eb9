//! The answer for a person: the verdict, what to do, and what stands in the link.

use chrono::{DateTime, Local};
use signet_cloudfront::foreign;
use signet_cloudfront::inspection::{
    Details, Finding, Form, Found, Hash, Inspection, PolicyKind, Repair, Resource, Signature,
    Unseen,
};
use signet_cloudfront::key::KeyKind;
use signet_cloudfront::policy::Readers;

use super::{Words, hash_name};

/// All of the answer.
pub fn text(found: &Found, inspection: &Inspection, words: &Words) -> String {
    let mut text = format!("{}\n{}\n", words.what, words.do_now);
    if !found.repairs.is_empty() {
        text += "\nTo get the link out of what was given:\n";
        for repair in &found.repairs {
            text += &format!("- {}\n", foreign::line(&repair_words(repair)));
        }
    }
    let notes: Vec<_> = inspection.findings.iter().flat_map(finding_words).collect();
    if !notes.is_empty() {
        text += "\nGood to know:\n";
        for note in notes {
            text += &format!("- {}\n", foreign::line(&note));
        }
    }
    if found.others > 0 {
        text +=
            &format!("\nOther signed links beside this one, not looked at: {}.\n", found.others);
    }
    text += "\n";
    for (name, value) in lines(found, &inspection.details) {
        text += &format!("{name:<10} {}\n", foreign::line(&value));
    }
    text
}

/// A second in the zone of this computer, and in UTC.
pub fn moment(second: i64) -> String {
    const SHAPE: &str = "%-d %B %Y, %H:%M:%S";
    match DateTime::from_timestamp(second, 0) {
        Some(utc) => {
            let here = utc.with_timezone(&Local);
            let in_utc = format!("{} UTC", utc.format(SHAPE));
            match here.offset().local_minus_utc() {
                0 => in_utc,
                _ => format!("{} (UTC{}), {in_utc}", here.format(SHAPE), here.format("%:z")),
            }
        }
        None => format!("second {second} since 1970"),
    }
}

fn lines(found: &Found, details: &Details) -> Vec<(&'static str, String)> {
    let form = match found.form {
        Form::Link => "link",
        Form::Cookies { .. } => "cookies",
    };
    let mut lines = vec![("Form", form.to_owned())];
    let mut add = |name, value: Option<String>| lines.extend(value.map(|value| (name, value)));
    add("Address", details.address.clone());
    add(
        "Policy",
        details.policy.map(|policy| match policy {
            PolicyKind::Canned => "canned".to_owned(),
            PolicyKind::Custom => "custom".to_owned(),
        }),
    );
    add(
        "Opens",
        details.resource.as_ref().map(|resource| match resource {
            Resource::Everything => "everything".to_owned(),
            Resource::Matching(resource) => resource.clone(),
        }),
    );
    add("Begins", details.starts_at.map(moment));
    add("Ends", details.ends_at.map(moment));
    add("Network", details.network.map(|network| network.to_string()));
    add(
        "Key",
        details.key_id.as_ref().map(|id| match &details.key {
            Some(key) => format!("{id}, “{key}”"),
            None => id.clone(),
        }),
    );
    if details.signature != Signature::None {
        add(
            "Hash",
            Some(match &details.hash {
                Hash::Known(hash) => hash_name(*hash).to_owned(),
                Hash::Other(stated) => stated.clone(),
            }),
        );
    }
    let state = match details.signature {
        Signature::Valid => "…[hidden], right",
        Signature::Wrong => "…[hidden], wrong",
        Signature::NotChecked => "…[hidden], not checked",
        Signature::None => "none that can be read",
    };
    let kind = match details.signed_with {
        Some(KeyKind::Rsa2048) => ", of an RSA 2048 key",
        Some(KeyKind::P256) => ", of a P-256 key",
        None => "",
    };
    add("Signature", Some(format!("{state}{kind}")));
    lines
}

fn repair_words(repair: &Repair) -> String {
    match repair {
        Repair::Base64 => "The mail's encoding (base64) was undone.".to_owned(),
        Repair::QuotedPrintable => "Mail's encoding (=3D) was undone.".to_owned(),
        Repair::EncodedWords => "It was taken out of a field of the mail, its subject for example.".to_owned(),
        Repair::JsonEscapes => "A program's escapes (\\u0026) were undone.".to_owned(),
        Repair::Unwrapped { from } => format!("It stood inside an address of {}.", from.name),
        Repair::HtmlEntities => "&amp; was read as &; whoever opens it with &amp; is refused.".to_owned(),
        Repair::EncodedTwice => "It was percent-encoded once too often; as it was given it does not open.".to_owned(),
        Repair::LineBreaks { count: 1 } => "A line break inside it was taken out; as it was given it does not open.".to_owned(),
        Repair::LineBreaks { count } => format!("{count} line breaks inside it were taken out; as it was given it does not open."),
        Repair::ReplyMarks => "The marks of a reply (>) were taken out.".to_owned(),
        Repair::Spaces => "Spaces inside it were encoded or taken out.".to_owned(),
        Repair::HiddenCharacters { count } => format!("Characters that nobody can see were taken out: {count}."),
        Repair::Punctuation { removed } => format!("Punctuation behind it was left out: {removed}"),
        Repair::Fragment => "What follows # was left out; no program sends it.".to_owned(),
        Repair::Encoded => "Letters were percent-encoded, as a browser does.".to_owned(),
        Repair::SchemeAdded => "https:// was put before it.".to_owned(),
        Repair::Slashes => "The slashes behind https: were put right.".to_owned(),
        Repair::EscapeMarks => "Marks of a shell or a program (such as \\ or ^ before &) were taken out.".to_owned(),
        Repair::PaddingRestored => "The _ at its end, which a mail program cut off, was put back; as it was given it does not open.".to_owned(),
    }
}

fn finding_words(finding: &Finding) -> Vec<String> {
    let one = |text: String| vec![text];
    match finding {
        Finding::CookiesInstead => {
            one("These are cookies, not a link; a browser must send all of them.".to_owned())
        }
        Finding::OpensEverything => {
            one("Warning: it opens everything that the key protects.".to_owned())
        }
        Finding::OpensMore { resource } => {
            one(format!("It opens more than one document: {resource}."))
        }
        Finding::OnlyFrom { network, .. } if network.readers() == Readers::Everybody => {
            one("It opens from every IPv4 network, and never over IPv6.".to_owned())
        }
        Finding::OnlyFrom { network, private: false } => {
            one(format!("It opens from {network} only, and never over IPv6."))
        }
        Finding::OnlyFrom { network, private: true } => one(format!(
            "Warning: it opens from {network} only, from where no reader comes: that is a network inside an office or a home."
        )),
        Finding::EndInMilliseconds { stated, meant } => one(format!(
            "Warning: the end, {stated}, is probably in milliseconds, and {} was meant.",
            moment(*meant)
        )),
        Finding::StartInMilliseconds { stated, meant } => one(format!(
            "Warning: the start, {stated}, is probably in milliseconds, and {} was meant.",
            moment(*meant)
        )),
        Finding::NeverOpens => one("Warning: it ends before it begins and never opens.".to_owned()),
        Finding::NotSecure => {
            one("Warning: it begins with http:, so that others on the way can read it.".to_owned())
        }
        Finding::CannotSee { unseen } => unseen
            .iter()
            .map(|unseen| format!("Not seen from here: {}.", unseen_words(*unseen)))
            .collect(),
    }
}

fn unseen_words(unseen: Unseen) -> &'static str {
    match unseen {
        Unseen::Missing => {
            "whether the document exists; a missing one may be refused like a wrong link"
        }
        Unseen::BucketPolicy => "whether the bucket lets CloudFront read it",
        Unseen::Distribution => "whether CloudFront has this key in its key group, and this host",
        Unseen::Firewall => "whether a firewall or a block of countries is before it",
        Unseen::Public => "whether the document opens without any link too",
        Unseen::ReadersNetwork => {
            "whether the reader's network is the one allowed; IPv6, a VPN or a mobile network is not"
        }
        Unseen::LongDownload => {
            "whether a long download goes on after the end, where it is interrupted"
        }
    }
}
