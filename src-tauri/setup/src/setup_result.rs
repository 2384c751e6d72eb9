//! What an IT person sends back: the public key ID and the site, in one paste. The script's last two
//! lines, a template's outputs and a mail with both in it are all read.

use thiserror::Error;

use signet_cloudfront::host::is_cloudfront;
use signet_cloudfront::public_key_id::{PublicKeyId, PublicKeyIdError};
use signet_cloudfront::site::SiteAddress;
use signet_cloudfront::site_in_text;

/// No answer is longer; a whole mail is much shorter.
const MAX_BYTES: usize = 100_000;

/// What a key needs to be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupResult {
    /// Under which id CloudFront has the key.
    pub public_key_id: PublicKeyId,
    /// Where the documents open.
    pub site: SiteAddress,
}

/// What is wrong with a paste.
#[derive(Debug, Clone, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SetupResultError {
    /// A private key is in it. Nothing of it is repeated.
    #[error("there is a private key in it")]
    PrivateKey,
    /// No public key ID; what stands there instead, where that is known.
    #[error("there is no public key ID in it")]
    NoPublicKeyId {
        /// What looks like one.
        instead: Option<PublicKeyIdError>,
    },
    /// Several public key IDs.
    #[error("there are several public key IDs in it")]
    SeveralPublicKeyIds,
    /// No site.
    #[error("there is no site address in it")]
    NoSite,
    /// Several sites, none of them alone with CloudFront's own name.
    #[error("there are several site addresses in it")]
    SeveralSites {
        /// Their hosts.
        hosts: Vec<String>,
    },
    /// More than anybody sends back.
    #[error("this is too long")]
    TooLong,
}

impl SetupResult {
    /// Finds both in a pasted text.
    ///
    /// CloudFront's own name for the distribution goes before other names, which may be anything in a
    /// mail.
    ///
    /// # Errors
    /// [`SetupResultError`].
    pub fn find(text: &str) -> Result<Self, SetupResultError> {
        if text.len() > MAX_BYTES {
            return Err(SetupResultError::TooLong);
        }
        if text.contains("PRIVATE KEY-----") {
            return Err(SetupResultError::PrivateKey);
        }
        let public_key_id = public_key_id(text)?;
        let text = without_signature(text);
        let (own, other): (Vec<_>, Vec<_>) =
            site_in_text::sites(text).into_iter().partition(|site| is_cloudfront(site.host()));
        let labelled = labelled(text, &other);
        let other = if labelled.is_empty() { other } else { labelled };
        let mut sites = if own.is_empty() { other } else { own };
        match (sites.pop(), sites.as_slice()) {
            (Some(site), []) => Ok(Self { public_key_id, site }),
            (None, _) => Err(SetupResultError::NoSite),
            (Some(last), first) => Err(SetupResultError::SeveralSites {
                hosts: first.iter().chain([&last]).map(|site| site.host().to_owned()).collect(),
            }),
        }
    }
}

fn public_key_id(text: &str) -> Result<PublicKeyId, SetupResultError> {
    let mut found: Option<PublicKeyId> = None;
    let mut instead = None;
    for word in words(text, |c| !c.is_ascii_alphanumeric() && c != '-') {
        match PublicKeyId::parse(word) {
            Ok(id) if found.as_ref().is_some_and(|other| *other != id) => {
                return Err(SetupResultError::SeveralPublicKeyIds);
            }
            Ok(id) => found = Some(id),
            // Words of the text.
            Err(
                PublicKeyIdError::Empty
                | PublicKeyIdError::NotFilledIn
                | PublicKeyIdError::SmallLetters
                | PublicKeyIdError::Invalid,
            ) => {}
            Err(error) => instead = Some(error),
        }
    }
    found.ok_or(SetupResultError::NoPublicKeyId { instead })
}

/// The text without what a mail program adds to each mail (RFC 3676, 4.3: a line of `-- `).
fn without_signature(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && line.trim_end_matches(['\r', '\n']) == "-- " {
            return text.get(..at).unwrap_or(text);
        }
        at += line.len();
    }
    text
}

/// Those that stand behind a word for what they are. In a mail there are other addresses as well: of the firm,
/// of a ticket, of an explanation.
fn labelled(text: &str, sites: &[SiteAddress]) -> Vec<SiteAddress> {
    const LABELS: [&str; 9] = [
        "site",
        "domain",
        "domainname",
        "host",
        "hostname",
        "distribution",
        "seite",
        "domäne",
        "adresse",
    ];
    let is_label = |word: &str| {
        LABELS.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str())
    };
    let mut found = Vec::new();
    for line in text.lines() {
        let mut words = line.split(|c: char| c.is_whitespace() || "\"'<>()*`|,;:=".contains(c));
        let Some(first) = words.by_ref().find(|word| !word.is_empty()) else { continue };
        if is_label(first) || words.take(3).any(is_label) {
            found.extend(site_in_text::sites(line).into_iter().filter(|site| sites.contains(site)));
        }
    }
    found.dedup();
    found
}

fn words(text: &str, ends: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    text.split(ends).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_found_however_they_are_sent() {
        for text in [
            "Public key ID: K2JCJMDEHXQW5F\nSite: d111111abcdef8.cloudfront.net\n",
            "PublicKeyId\tK2JCJMDEHXQW5F\tSend this back\r\nDomainName\t\
             d111111abcdef8.cloudfront.net\tSend this back too",
            r#"[{"OutputKey":"PublicKeyId","OutputValue":"K2JCJMDEHXQW5F"},
               {"OutputKey":"DomainName","OutputValue":"d111111abcdef8.cloudfront.net"}]"#,
            "Hello, the key is K2JCJMDEHXQW5F, the site https://d111111abcdef8.cloudfront.net/. \
             Later it will be docs.example.com. Bye, ann@example.com",
            "Site:d111111abcdef8.cloudfront.net ID:K2JCJMDEHXQW5F",
        ] {
            let found = SetupResult::find(text).unwrap();
            assert_eq!(found.public_key_id.as_str(), "K2JCJMDEHXQW5F", "{text}");
            assert_eq!(found.site.host(), "d111111abcdef8.cloudfront.net", "{text}");
        }
        let own = SetupResult::find("K2JCJMDEHXQW5F on docs.example.com, i.e. ours.").unwrap();
        assert_eq!(own.site.host(), "docs.example.com");
    }

    #[test]
    fn an_answer_in_a_mail_is_taken() {
        let (key, own) = ("K2JCJMDEHXQW5F", "d111111abcdef8.cloudfront.net");
        for (text, site) in [
            (format!("Key: {key}. Try https://docs.example.com/test.pdf"), "docs.example.com"),
            (format!("**Key:** `{key}`\n**Site:** `{own}`"), own),
            (
                format!(
                    "Hi Ann,\nI ran signet-setup.sh and it worked. The key ID is {key} and the site is docs.example.com.\nRegards, Bob"
                ),
                "docs.example.com",
            ),
            (format!("{key}\r\nhttps://{own}/contracts/Lease.pdf?a=1\r\n"), own),
            (format!("> Key ID: {key}\n> Site: {own}\n"), own),
            (format!("I used public.pem and Node.js. {key}, docs.example.com"), "docs.example.com"),
            (
                format!(
                    "{key}\nSite: docs.example.com\n\nBob Jones\nwww.firm.example\nbob@firm.example"
                ),
                "docs.example.com",
            ),
            (
                format!("{key} docs.example.com\n-- \nBob Jones, www.firm.example"),
                "docs.example.com",
            ),
            (
                format!(
                    "<p>Key <b>{key}</b>, site <a href=\"https://docs.example.com/\">docs.example.com</a></p>"
                ),
                "docs.example.com",
            ),
            (format!("| Public key ID | {key} |\n| Site | docs.example.com |"), "docs.example.com"),
        ] {
            let found = SetupResult::find(&text);
            let found =
                found.as_ref().map(|found| (found.public_key_id.as_str(), found.site.host()));
            assert_eq!(found, Ok((key, site)), "{text}");
        }
    }

    #[test]
    fn the_site_is_found_inside_what_a_mail_filter_put_around_it() {
        let text = "Key K2JCJMDEHXQW5F, try https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fdocs.example.com%2Ftest.pdf&data=05%7C02%7C&reserved=0";
        assert_eq!(SetupResult::find(text).unwrap().site.host(), "docs.example.com");
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        use SetupResultError as E;
        let site = "d111111abcdef8.cloudfront.net";
        for (text, error) in [
            (String::new(), E::NoPublicKeyId { instead: None }),
            (site.to_owned(), E::NoPublicKeyId { instead: None }),
            (
                format!("E2QWRUHAPOMQZL {site}"),
                E::NoPublicKeyId {
                    instead: Some(PublicKeyIdError::IsDistributionId {
                        id: "E2QWRUHAPOMQZL".into(),
                    }),
                },
            ),
            (
                format!("a1b2c3d4-5678-90ab-cdef-1234567890ab {site}"),
                E::NoPublicKeyId {
                    instead: Some(PublicKeyIdError::IsKeyGroupId {
                        id: "a1b2c3d4-5678-90ab-cdef-1234567890ab".into(),
                    }),
                },
            ),
            (format!("K2JCJMDEHXQW5F K2JCJMDEHXQW5G {site}"), E::SeveralPublicKeyIds),
            ("K2JCJMDEHXQW5F".into(), E::NoSite),
            ("K2JCJMDEHXQW5F at client-papers.s3.eu-central-1.amazonaws.com".into(), E::NoSite),
            (
                "K2JCJMDEHXQW5F a.example b.example".into(),
                E::SeveralSites { hosts: vec!["a.example".into(), "b.example".into()] },
            ),
            (format!("K2JCJMDEHXQW5F {site}\n-----BEGIN EC PRIVATE KEY-----\nMHc"), E::PrivateKey),
            ("a".repeat(100_001), E::TooLong),
        ] {
            assert_eq!(SetupResult::find(&text), Err(error), "{text}");
        }
    }
}
