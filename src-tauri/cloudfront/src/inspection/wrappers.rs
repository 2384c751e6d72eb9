//! The programs that put addresses of their own around others: mail filters, chats, click counters, and
//! short addresses. A row of [`KNOWN`] is all that is known of one.
//!
//! Deliberately not here: how the address inside is found, which is the same for all but Proofpoint
//! ([`super::unwrapping`]).

use super::proofpoint;
use crate::host::{split_authority, split_scheme};

/// Whose address stands around another.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Wrapper {
    /// Its name for scripts; `other` for one that is not known.
    pub kind: &'static str,
    /// As it is called; of one that is not known the host.
    pub name: String,
}

/// A program that is known.
pub(super) struct Known {
    kind: &'static str,
    name: &'static str,
    /// Hosts; one `*` stands for anything.
    hosts: &'static [&'static str],
    /// What its paths begin with.
    path: &'static str,
    /// What stands inside in a writing of its own.
    pub(super) own_writing: fn(&str) -> Option<String>,
}

impl Known {
    pub(super) fn wrapper(&self) -> Wrapper {
        Wrapper { kind: self.kind, name: self.name.to_owned() }
    }
}

impl Wrapper {
    pub(super) fn other(host: &str) -> Self {
        Self { kind: "other", name: crate::foreign::line(host) }
    }
}

/// The program whose address this is, where it is known.
pub(super) fn known(link: &str) -> Option<&'static Known> {
    let (_, rest) = split_scheme(link)?;
    let (authority, rest) = split_authority(rest);
    let authority = authority.to_ascii_lowercase();
    let host = authority.split(':').next().unwrap_or_default();
    let is_of = |pattern: &&str| match pattern.split_once('*') {
        Some((begin, end)) => host.strip_prefix(begin).is_some_and(|behind| behind.ends_with(end)),
        None => host == *pattern,
    };
    KNOWN.iter().find(|known| rest.starts_with(known.path) && known.hosts.iter().any(is_of))
}

const fn row(
    kind: &'static str,
    name: &'static str,
    hosts: &'static [&'static str],
    path: &'static str,
) -> Known {
    Known { kind, name, hosts, path, own_writing: |_| None }
}

/// Source: what the makers document, and links as they arrive.
const KNOWN: &[Known] = &[
    // Mail filters.
    row(
        "safeLinks",
        "Outlook's Safe Links",
        &[
            "*.safelinks.protection.outlook.com",
            "*.safelinks.protection.office365.us",
            "*.safelinks.protection.partner.outlook.cn",
            "*.safelink.emails.azure.net",
        ],
        "",
    ),
    row("safeLinks", "Outlook's Safe Links", &["statics.teams.*"], "/evergreen-assets/safelinks/"),
    row("safeLinks", "Outlook's Safe Links", &["outlook.*"], "/mail/"),
    Known {
        own_writing: proofpoint::inside,
        ..row("proofpoint", "Proofpoint's URL Defense", &["urldefense.*"], "")
    },
    row("barracuda", "Barracuda's mail filter", &["linkprotect.cudasvc.com"], ""),
    row("cisco", "Cisco's mail filter", &["secure-web.*cisco.com"], ""),
    row("sophos", "Sophos's mail filter", &["*.protection.sophos.com"], ""),
    row("trellix", "Trellix's mail filter", &["protect2.fireeye.com", "*.fireeye.com"], ""),
    row("trendMicro", "Trend Micro's mail filter", &["*-ctp.trendmicro.com"], ""),
    row("symantec", "Symantec's mail filter", &["clicktime.symantec.com"], ""),
    row("symantec", "Symantec's mail filter", &["clicktime.cloud.postoffice.net"], ""),
    row("trustwave", "Trustwave's mail filter", &["scanmail.trustwave.com"], ""),
    row("edgePilot", "EdgePilot's mail filter", &["link.edgepilot.com"], ""),
    row("fortiMail", "FortiMail's mail filter", &["*"], "/fmlurlsvc/"),
    row("libraesva", "Libraesva's mail filter", &["urlsand.esvalabs.com", "urlsand.com"], ""),
    row("titanHq", "TitanHQ's mail filter", &["linklock.titanhq.com", "linkscan.io"], ""),
    row(
        "checkPoint",
        "Check Point's mail filter",
        &["url.avanan.click", "*.url-protection.com", "protect.checkpoint.com"],
        "",
    ),
    row("bitdefender", "Bitdefender's mail filter", &["*.gravityzone.bitdefender.com"], "/scan/"),
    row("mimecast", "Mimecast's mail filter", &["*.mimecast.com", "*.mimecastprotect.com"], "/s/"),
    row("inky", "Inky's mail filter", &["*.inky.com"], "/link"),
    row("hornetsecurity", "Hornetsecurity's mail filter", &["*.hornetsecurity.com"], "/"),
    row("perceptionPoint", "Perception Point's mail filter", &["*.emailprotection.link"], ""),
    row("gmx", "GMX's mail program", &["deref-gmx.net", "deref-gmx.com", "deref-web.de"], ""),
    row("exclaimer", "Exclaimer's signatures", &["*.content.exclaimer.net"], ""),
    // Click counters of mails.
    row("amazonSes", "Amazon SES's click counter", &["*.awstrack.me"], ""),
    row("mandrill", "Mandrill's click counter", &["mandrillapp.com"], "/track/click"),
    row("mailchimp", "Mailchimp's click counter", &["*.list-manage.com"], "/track/click"),
    row("hubSpot", "HubSpot's click counter", &["*.hubspotlinks.com", "*.hubspotemail.net"], ""),
    row("hubSpot", "HubSpot's click counter", &["*"], "/Ctc/"),
    row("hubSpot", "HubSpot's click counter", &["*"], "/e3t/Ctc/"),
    row("sendGrid", "SendGrid's click counter", &["*"], "/ls/click"),
    row("sendGrid", "SendGrid's click counter", &["sendgrid.net", "*.sendgrid.net"], "/"),
    // Chats, social networks and viewers.
    row("slack", "Slack's redirect", &["slack-redir.net"], ""),
    row("google", "Google's redirect", &["google.com", "www.google.*"], "/url"),
    row("google", "Google's viewer", &["docs.google.com"], "/viewer"),
    row("google", "Google's viewer", &["docs.google.com"], "/gview"),
    row("facebook", "Facebook's redirect", &["l.facebook.com", "lm.facebook.com"], ""),
    row("facebook", "Facebook's redirect", &["l.messenger.com", "l.instagram.com"], ""),
    row("facebook", "Facebook's redirect", &["l.workplace.com", "l.threads.net", "l.wl.co"], ""),
    row("linkedIn", "LinkedIn's redirect", &["www.linkedin.com"], "/redir/"),
    row("linkedIn", "LinkedIn's redirect", &["www.linkedin.com"], "/safety/go"),
    row("youTube", "YouTube's redirect", &["www.youtube.com"], "/redirect"),
    row("bing", "Bing's redirect", &["www.bing.com"], "/ck/"),
    row("duckDuckGo", "DuckDuckGo's redirect", &["duckduckgo.com"], "/l/"),
    row("whatsApp", "WhatsApp's sharing", &["wa.me", "api.whatsapp.com"], ""),
    row("officeViewer", "Office's viewer", &["view.officeapps.live.com"], "/op/"),
    // Short addresses.
    row("bitly", "the short addresses of Bitly", &["bit.ly", "j.mp"], ""),
    row("tinyUrl", "the short addresses of TinyURL", &["tinyurl.com"], ""),
    row("x", "the short addresses of X", &["t.co"], ""),
    row("linkedIn", "the short addresses of LinkedIn", &["lnkd.in"], ""),
    row("owly", "the short addresses of Hootsuite", &["ow.ly"], ""),
    row("isgd", "the short addresses of is.gd", &["is.gd", "v.gd"], ""),
    row("rebrandly", "the short addresses of Rebrandly", &["rebrand.ly"], ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_known_by_host_and_path() {
        for (link, expected) in [
            ("https://NAM02.SafeLinks.protection.outlook.com/?url=x", Some("safeLinks")),
            ("https://x-ctp.trendmicro.com:443/wis", Some("trendMicro")),
            ("https://www.google.de/url?q=x", Some("google")),
            ("https://www.google.de/maps", None),
            ("https://protect-eu.mimecast.com/s/AbCd?domain=docs.example.com", Some("mimecast")),
            ("https://mail.example.com/e3t/Ctc/2F+113/abc", Some("hubSpot")),
            ("https://safelinks.protection.outlook.com.evil.example/?url=x", None),
            ("https://docs.example.com/a.pdf", None),
            ("no address", None),
        ] {
            assert_eq!(known(link).map(|known| known.kind), expected, "{link}");
        }
    }
}
