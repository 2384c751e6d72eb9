//! Addresses of others around a link: the link inside is found as it was signed, and what stood around
//! it is named.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use proptest::prelude::*;
use signet_cloudfront::inspection::find;
use signet_cloudfront::key::HashAlgorithm::{Sha1, Sha256};
use signet_cloudfront::link_conditions::Limits;

use crate::properties::good;
use crate::stage::{P256_ID, RSA_ID, STAGE, URL};

/// What it is called, what it makes of a link, and by what each layer is named, the outermost first.
type Way = (&'static str, fn(&str) -> String, &'static [&'static str]);

fn percent(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// As Python's `quote` and Amazon SES write it.
fn p_but(text: &str, kept: &str) -> String {
    let mut written = String::new();
    for character in text.chars() {
        match character {
            _ if character.is_ascii_alphanumeric() || "-._~".contains(character) => {
                written.push(character);
            }
            _ if kept.contains(character) => written.push(character),
            _ => written.push_str(&percent(&character.to_string())),
        }
    }
    written
}

fn safe_link(link: &str) -> String {
    format!(
        "https://nam02.safelinks.protection.outlook.com/?url={}&data=05%7C02%7Cjane%40example.com%7C0&sdata=aB%2Bc%3D&reserved=0",
        percent(link)
    )
}

fn proofpoint_2(link: &str) -> String {
    let escaped = p_but(link, "/").replace('-', "%2D").replace('_', "%5F");
    let escaped = escaped.replace('/', "_").replace('%', "-");
    format!("https://urldefense.proofpoint.com/v2/url?u={escaped}&d=DwMFaQ&c=abc&r=x-Y&m=z&s=q&e=")
}

/// A `*` for one character that is taken out, `**` and a letter for several.
fn proofpoint_3(link: &str) -> String {
    const COUNTS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let is_taken = |c: char| "~%*".contains(c);
    let taken: String = link.chars().filter(|c| is_taken(*c)).collect();
    let mut kept = String::new();
    let mut rest = link;
    while let Some(at) = rest.find(is_taken) {
        let (before, behind) = rest.split_at(at);
        let count = behind.chars().take_while(|c| is_taken(*c)).count().min(COUNTS.len());
        kept += before;
        match count {
            1 => kept.push('*'),
            _ => kept.extend("**".chars().chain(COUNTS.chars().nth(count - 2))),
        }
        rest = behind.split_at(count).1;
    }
    let taken = BASE64_URL_SAFE_NO_PAD.encode(taken);
    format!("https://urldefense.com/v3/__{kept}{rest}__;{taken}!!AbC!dEf-gH$")
}

fn mandrill(link: &str) -> String {
    let inner = serde_json::json!({ "u": 30, "v": 1, "url": link, "id": "a" }).to_string();
    let outer = serde_json::json!({ "s": "x", "v": 1, "p": inner.replace('/', "\\/") }).to_string();
    format!(
        "https://mandrillapp.com/track/click/30/docs.example.com?p={}",
        BASE64_URL_SAFE_NO_PAD.encode(outer)
    )
}

const WAYS: &[Way] = &[
    ("Safe Links", safe_link, &["safeLinks"]),
    (
        "Safe Links, Europe",
        |link| {
            format!("https://eur05.safelinks.protection.outlook.com/?url={}&data=05", percent(link))
        },
        &["safeLinks"],
    ),
    (
        "Safe Links, with a path",
        |link| {
            format!(
                "https://gbr01.safelinks.protection.outlook.com/ap/b-59584e83/?url={}&data=05",
                percent(link)
            )
        },
        &["safeLinks"],
    ),
    (
        "Safe Links, small hex digits",
        |link| {
            format!(
                "https://can01.safelinks.protection.outlook.com/?url={}&reserved=0",
                lower_hex(&percent(link))
            )
        },
        &["safeLinks"],
    ),
    (
        "Safe Links, of the US government",
        |link| {
            format!(
                "https://usg02.safelinks.protection.office365.us/?url={}&data=05",
                percent(link)
            )
        },
        &["safeLinks"],
    ),
    (
        "Safe Links, of China",
        |link| {
            format!(
                "https://chn01.safelinks.protection.partner.outlook.cn/?url={}&data=05",
                percent(link)
            )
        },
        &["safeLinks"],
    ),
    (
        "Safe Links, url not first",
        |link| {
            format!(
                "https://aus01.safelinks.protection.outlook.com/?data=05%7C&url={}&reserved=0",
                percent(link)
            )
        },
        &["safeLinks"],
    ),
    (
        "Safe Links, colon and slash plain",
        |link| {
            format!(
                "https://apc01.safelinks.protection.outlook.com/?url={}&data=x",
                p_but(link, ":/")
            )
        },
        &["safeLinks"],
    ),
    (
        "Teams",
        |link| {
            format!(
                "https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url={}&locale=en-us&dest=https%3A%2F%2Fteams.microsoft.com%2Fapi%2Fmt%2Fpart%2Femea%2Fbeta%2Fatpsafelinks%2Fgeturlreputationsitev2%2F&pc=a",
                percent(link)
            )
        },
        &["safeLinks"],
    ),
    (
        "Teams, older",
        |link| {
            format!(
                "https://statics.teams.microsoft.com/evergreen-assets/safelinks/1/atp-safelinks.html?dest=https%3A%2F%2Fteams.microsoft.com%2Fapi&url={}",
                percent(link)
            )
        },
        &["safeLinks"],
    ),
    (
        "Outlook on the web",
        |link| {
            format!("https://outlook.office.com/mail/safelink.html?url={}&corid=a-b", percent(link))
        },
        &["safeLinks"],
    ),
    (
        "Outlook.com",
        |link| format!("https://outlook.live.com/mail/0/safelink.html?url={}", percent(link)),
        &["safeLinks"],
    ),
    (
        "Outlook on the web, new host",
        |link| format!("https://outlook.cloud.microsoft/mail/safelink.html?url={}", percent(link)),
        &["safeLinks"],
    ),
    (
        "Azure's mails",
        |link| {
            format!(
                "https://nam.safelink.emails.azure.net/redirect/?destination={}&p=bT0x",
                percent(link)
            )
        },
        &["safeLinks"],
    ),
    (
        "Safe Links, in a page",
        |link| format!("<a href=\"{}\">Q3</a>", safe_link(link).replace('&', "&amp;")),
        &["safeLinks"],
    ),
    (
        "Barracuda",
        |link| {
            format!(
                "https://linkprotect.cudasvc.com/url?a={}&c=E,1,aBc-d_e,,&typo=1",
                percent(link)
            )
        },
        &["barracuda"],
    ),
    (
        "Barracuda, partly encoded",
        |link| {
            format!("https://linkprotect.cudasvc.com/url?a={}&c=E,1,a&typo=0", p_but(link, ":/"))
        },
        &["barracuda"],
    ),
    (
        "Cisco",
        |link| format!("https://secure-web.cisco.com/1aBc-D_e/{}", percent(link)),
        &["cisco"],
    ),
    (
        "Cisco, http",
        |link| format!("http://secure-web.cisco.com/1aBc-D_e/{}", p_but(link, "-._~")),
        &["cisco"],
    ),
    (
        "Cisco, Europe",
        |link| format!("https://secure-web.eu.cisco.com/1aBc/{}", percent(link)),
        &["cisco"],
    ),
    (
        "Proofpoint 1",
        |link| {
            format!(
                "https://urldefense.proofpoint.com/v1/url?u={}&k=abc%3D%3D%0A&r=x%3D%0A&m=y%3D%0A&s=0123",
                p_but(link, ":/")
            )
        },
        &["proofpoint"],
    ),
    (
        "Proofpoint 1, all encoded",
        |link| format!("https://urldefense.proofpoint.com/v1/url?u={}&k=abc", percent(link)),
        &["proofpoint"],
    ),
    ("Proofpoint 2", proofpoint_2, &["proofpoint"]),
    (
        "Proofpoint 3, nothing taken out",
        |link| format!("https://urldefense.com/v3/__{link}__;!!abc!def$"),
        &["proofpoint"],
    ),
    ("Proofpoint 3", proofpoint_3, &["proofpoint"]),
    (
        "Proofpoint 3, of the US government",
        |link| proofpoint_3(link).replacen("urldefense.com", "urldefense.us", 1),
        &["proofpoint"],
    ),
    (
        "Sophos",
        |link| {
            format!(
                "https://us-west-2.protection.sophos.com/?d=example.com&u={}&p=m&i=NWY%3D&t=a%3D&h=b&s=c",
                BASE64_STANDARD.encode(link).replace('=', "%3D")
            )
        },
        &["sophos"],
    ),
    (
        "Sophos, Europe",
        |link| {
            format!(
                "https://eu-central-1.protection.sophos.com?d=example.com&u={}&i=NWY=&t=a=&h=b",
                BASE64_STANDARD.encode(link)
            )
        },
        &["sophos"],
    ),
    (
        "FireEye",
        |link| format!("https://protect2.fireeye.com/url?k=0-1&q=1&e=2&u={}", percent(link)),
        &["trellix"],
    ),
    (
        "FireEye, v1",
        |link| format!("https://protect2.fireeye.com/v1/url?k=0-1&q=1&e=2&u={}", percent(link)),
        &["trellix"],
    ),
    (
        "Trend Micro",
        |link| {
            format!(
                "https://ddec1-0-en-ctp.trendmicro.com/wis/clicktime/v1/query?url={}&umid=a&auth=b",
                percent(link)
            )
        },
        &["trendMicro"],
    ),
    (
        "Trend Micro, with a port",
        |link| {
            format!(
                "https://imsva91-ctp.trendmicro.com:443/wis/clicktime/v1/query?url={}&umid=a",
                percent(link)
            )
        },
        &["trendMicro"],
    ),
    (
        "Symantec",
        |link| format!("https://clicktime.symantec.com/15tStoAnBo?h=abc%3D&u={}", percent(link)),
        &["symantec"],
    ),
    (
        "Symantec, all raw but &",
        |link| format!("https://clicktime.symantec.com/3aBc?u={}", p_but(link, ":/?=")),
        &["symantec"],
    ),
    (
        "Trustwave",
        |link| format!("https://scanmail.trustwave.com/?c=1&d=abc&u={}", percent(link)),
        &["trustwave"],
    ),
    (
        "EdgePilot",
        |link| format!("https://link.edgepilot.com/s/01ab/cDeF-g?u={}", percent(link)),
        &["edgePilot"],
    ),
    (
        "FortiMail",
        |link| {
            format!(
                "https://mail.office.example/fmlurlsvc/?fewReq=:B:JVoyM2Y&url={}",
                percent(link)
            )
        },
        &["fortiMail"],
    ),
    (
        "Libraesva",
        |link| format!("https://urlsand.esvalabs.com/?u={}&e=a&h=b&f=y&p=y", percent(link)),
        &["libraesva"],
    ),
    (
        "TitanHQ",
        |link| format!("https://linklock.titanhq.com/analyse?url={}&data=eJw", percent(link)),
        &["titanHq"],
    ),
    (
        "Avanan",
        |link| format!("https://url.avanan.click/v2/___{link}___.YXAzOmE6YTpvOjA2:6:ab12:cd34:h:T"),
        &["checkPoint"],
    ),
    (
        "Check Point",
        |link| {
            format!(
                "https://checkpoint.url-protection.com/v1/r02/url?o={}&g=a&h=b&p=c",
                percent(link)
            )
        },
        &["checkPoint"],
    ),
    (
        "Bitdefender",
        |link| {
            format!(
                "https://lsems.gravityzone.bitdefender.com/scan/{}/0A1B?c=1&i=1&docs=1",
                BASE64_URL_SAFE_NO_PAD.encode(link)
            )
        },
        &["bitdefender"],
    ),
    (
        "GMX",
        |link| {
            format!(
                "https://deref-gmx.net/mail/client/aB-c/dereferrer/?redirectUrl={}",
                percent(link)
            )
        },
        &["gmx"],
    ),
    (
        "Exclaimer",
        |link| {
            format!(
                "https://us.content.exclaimer.net/?url={}&tenantid=a&templateid=b",
                percent(link)
            )
        },
        &["exclaimer"],
    ),
    (
        "Amazon SES",
        |link| {
            format!(
                "https://abc123.r.us-east-1.awstrack.me/L0/{}/1/0100018f-ab-000000/xYz=123",
                p_but(link, ":=")
            )
        },
        &["amazonSes"],
    ),
    (
        "Amazon SES, all encoded",
        |link| {
            format!("https://abc123.r.eu-west-1.awstrack.me/L0/{}/2/0100018f/xYz=9", percent(link))
        },
        &["amazonSes"],
    ),
    ("Mandrill", mandrill, &["mandrill"]),
    ("Slack", |link| format!("https://slack-redir.net/link?url={}", percent(link)), &["slack"]),
    (
        "Google",
        |link| {
            format!(
                "https://www.google.com/url?q={}&sa=D&source=editors&ust=1&usg=AOv",
                percent(link)
            )
        },
        &["google"],
    ),
    (
        "Google, of a country",
        |link| format!("https://www.google.co.uk/url?sa=t&url={}&usg=AOv", percent(link)),
        &["google"],
    ),
    (
        "Google, nothing encoded",
        |link| format!("https://www.google.com/url?q={link}&sa=D&usg=AOv"),
        &["google"],
    ),
    (
        "Facebook",
        |link| format!("https://l.facebook.com/l.php?u={}&h=AT0&s=1", percent(link)),
        &["facebook"],
    ),
    (
        "Messenger",
        |link| format!("https://l.messenger.com/l.php?u={}&h=AT0", percent(link)),
        &["facebook"],
    ),
    (
        "Instagram",
        |link| format!("https://l.instagram.com/?u={}&e=AT0", percent(link)),
        &["facebook"],
    ),
    (
        "LinkedIn",
        |link| {
            format!("https://www.linkedin.com/redir/redirect?url={}&urlhash=a&trk=b", percent(link))
        },
        &["linkedIn"],
    ),
    (
        "LinkedIn, of a message",
        |link| format!("https://www.linkedin.com/safety/go?url={}&trk=b", percent(link)),
        &["linkedIn"],
    ),
    (
        "YouTube",
        |link| {
            format!(
                "https://www.youtube.com/redirect?event=comments&redir_token=a&q={}",
                percent(link)
            )
        },
        &["youTube"],
    ),
    (
        "Bing",
        |link| {
            format!(
                "https://www.bing.com/ck/a?!&&p=ab&u=a1{}&ntb=1",
                BASE64_URL_SAFE_NO_PAD.encode(link)
            )
        },
        &["bing"],
    ),
    (
        "WhatsApp",
        |link| format!("https://wa.me/?text={}", percent(&format!("Here it is: {link}"))),
        &["whatsApp"],
    ),
    (
        "Google's viewer",
        |link| format!("https://docs.google.com/viewer?embedded=true&url={}", percent(link)),
        &["google"],
    ),
    (
        "Office's viewer",
        |link| {
            format!(
                "https://view.officeapps.live.com/op/view.aspx?src={}&wdOrigin=BROWSELINK",
                percent(link)
            )
        },
        &["officeViewer"],
    ),
    // Nobody's that is known.
    (
        "unknown: a parameter",
        |link| format!("https://go.unknown.example/r?id=7&target={}&x=1", percent(link)),
        &["other go.unknown.example"],
    ),
    (
        "unknown: encoded twice",
        |link| format!("https://go.unknown.example/r?to={}", percent(&percent(link))),
        &["other go.unknown.example"],
    ),
    (
        "unknown: colon and slash plain",
        |link| format!("https://go.unknown.example/r?to={}&n=1", p_but(link, ":/")),
        &["other go.unknown.example"],
    ),
    (
        "unknown: base64",
        |link| {
            format!(
                "https://go.unknown.example/r?x=1&u={}",
                BASE64_STANDARD.encode(link).replace('+', "%2B").replace('=', "%3D")
            )
        },
        &["other go.unknown.example"],
    ),
    (
        "unknown: base64 in the path",
        |link| format!("https://go.unknown.example/c/{}/7", BASE64_URL_SAFE_NO_PAD.encode(link)),
        &["other go.unknown.example"],
    ),
    (
        "unknown: a part of the path",
        |link| format!("https://go.unknown.example/CL0/{}/1/0100-000/abc=9", percent(link)),
        &["other go.unknown.example"],
    ),
    (
        "unknown: the end of the path",
        |link| format!("https://go.unknown.example/away/{}", percent(link)),
        &["other go.unknown.example"],
    ),
    (
        "unknown: the path, not encoded",
        |link| format!("https://go.unknown.example/web/2026/{link}"),
        &["other go.unknown.example"],
    ),
    (
        "unknown: JSON in a parameter",
        |link| {
            format!(
                "https://mkt.unknown.example/r/abc?target={}&e=1",
                percent(&serde_json::json!({"TargetUrl": percent(link), "o": {}}).to_string())
            )
        },
        &["other mkt.unknown.example"],
    ),
    (
        "unknown: behind a #",
        |link| format!("https://app.unknown.example/#/open?url={}", percent(link)),
        &["other app.unknown.example"],
    ),
    (
        "unknown: the whole query",
        |link| format!("https://go.unknown.example/?{}", percent(link)),
        &["other go.unknown.example"],
    ),
    (
        "unknown: HTML around",
        |link| {
            format!("<a href=\"https://go.unknown.example/r?a=1&amp;u={}&amp;b=2\">", percent(link))
        },
        &["other go.unknown.example"],
    ),
    // One in the other.
    (
        "Safe Links in Barracuda",
        |link| format!("https://linkprotect.cudasvc.com/url?a={}&c=E,1", percent(&safe_link(link))),
        &["barracuda", "safeLinks"],
    ),
    (
        "Google in Safe Links",
        |link| safe_link(&format!("https://www.google.com/url?q={}&sa=D", percent(link))),
        &["safeLinks", "google"],
    ),
    (
        "Proofpoint 2 in Safe Links",
        |link| safe_link(&proofpoint_2(link)),
        &["safeLinks", "proofpoint"],
    ),
    (
        "Proofpoint 3 in Safe Links",
        |link| safe_link(&proofpoint_3(link)),
        &["safeLinks", "proofpoint"],
    ),
    (
        "Safe Links in Proofpoint 2",
        |link| proofpoint_2(&safe_link(link)),
        &["proofpoint", "safeLinks"],
    ),
    (
        "Safe Links in Proofpoint 3",
        |link| proofpoint_3(&safe_link(link)),
        &["proofpoint", "safeLinks"],
    ),
    (
        "an unknown one in Safe Links",
        |link| safe_link(&format!("https://go.unknown.example/r?u={}", percent(link))),
        &["safeLinks", "other go.unknown.example"],
    ),
    (
        "Safe Links in an unknown one",
        |link| format!("https://go.unknown.example/r?u={}", percent(&safe_link(link))),
        &["other go.unknown.example", "safeLinks"],
    ),
    (
        "SES in Safe Links in Cisco",
        |link| {
            format!(
                "https://secure-web.cisco.com/1a/{}",
                percent(&safe_link(&format!(
                    "https://a.r.us-east-1.awstrack.me/L0/{}/1/0100/x=1",
                    p_but(link, ":=")
                )))
            )
        },
        &["cisco", "safeLinks", "amazonSes"],
    ),
];

fn lower_hex(text: &str) -> String {
    let mut parts = text.split('%');
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        written += &format!("%{}{rest}", digits.to_ascii_lowercase());
    }
    written
}

/// By what each layer is named.
fn named(text: &str) -> (String, Vec<String>) {
    let Ok(found) = find(text) else { return Default::default() };
    let names = found.repairs.iter().filter_map(|repair| {
        let said = serde_json::to_value(repair).unwrap();
        let from = said.get("from")?;
        let kind = from.as_str().or_else(|| from["kind"].as_str())?.to_owned();
        Some(if kind == "other" { format!("other {}", from["name"].as_str()?) } else { kind })
    });
    (found.link().to_owned(), names.collect())
}

#[test]
fn a_link_comes_out_of_whatever_stands_around_it() {
    let links = [
        STAGE.link(RSA_ID, Sha1, URL, Limits::default()),
        STAGE.link(
            P256_ID,
            Sha256,
            "https://docs.example.com/%C3%A9%20%28it's%29%2B1.pdf",
            Limits { starts_after: Some(1), ..Limits::default() },
        ),
    ];
    let mut wrong = Vec::new();
    for (name, way, names) in WAYS {
        for link in &links {
            let (found, found_names) = named(&way(link));
            if found != *link {
                wrong.push(format!("{name}: not found, {found_names:?}"));
            } else if found_names != *names {
                wrong.push(format!("{name}: named {found_names:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Those that may stand around anything, each other too.
const AROUND_ANYTHING: &[Way] = &[
    ("Safe Links", safe_link, &["safeLinks"]),
    (
        "Barracuda",
        |link| format!("https://linkprotect.cudasvc.com/url?a={}&c=E,1", percent(link)),
        &["barracuda"],
    ),
    ("Cisco", |link| format!("https://secure-web.cisco.com/1a/{}", percent(link)), &["cisco"]),
    (
        "Proofpoint 1",
        |link| format!("https://urldefense.proofpoint.com/v1/url?u={}&k=a", p_but(link, ":/")),
        &["proofpoint"],
    ),
    ("Proofpoint 2", proofpoint_2, &["proofpoint"]),
    ("Proofpoint 3", proofpoint_3, &["proofpoint"]),
    (
        "Sophos",
        |link| {
            format!(
                "https://us-west-2.protection.sophos.com/?d=x.example&u={}&i=a",
                BASE64_URL_SAFE_NO_PAD.encode(link)
            )
        },
        &["sophos"],
    ),
    (
        "Amazon SES",
        |link| format!("https://a.r.us-east-1.awstrack.me/L0/{}/1/0100/x=1", p_but(link, ":=")),
        &["amazonSes"],
    ),
    ("Mandrill", mandrill, &["mandrill"]),
    ("Slack", |link| format!("https://slack-redir.net/link?url={}", percent(link)), &["slack"]),
    ("Google", |link| format!("https://www.google.com/url?sa=D&q={}", percent(link)), &["google"]),
    (
        "Bing",
        |link| format!("https://www.bing.com/ck/a?p=b&u=a1{}", BASE64_URL_SAFE_NO_PAD.encode(link)),
        &["bing"],
    ),
    (
        "Trend Micro",
        |link| {
            format!(
                "https://x-ctp.trendmicro.com/wis/clicktime/v1/query?url={}&umid=a",
                percent(link)
            )
        },
        &["trendMicro"],
    ),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_link_comes_out_of_any_three_in_one_another(
        good in good(),
        ways in prop::array::uniform3(0..AROUND_ANYTHING.len()),
    ) {
        let [inner, middle, outer] = ways.map(|at| AROUND_ANYTHING[at]);
        let text = outer.1(&middle.1(&inner.1(&good.link)));
        let (found, names) = named(&text);
        prop_assert_eq!(found, good.link, "{} in {} in {}", inner.0, middle.0, outer.0);
        // What is the same twice is said once.
        let mut expected: Vec<&str> = Vec::new();
        for name in [outer.2[0], middle.2[0], inner.2[0]] {
            if !expected.contains(&name) {
                expected.push(name);
            }
        }
        prop_assert_eq!(names, expected);
    }
}
