//! Links that open, and the ways in which a link, its reader or its moment can be spoiled in one
//! place. Some of them leave it whole, so that nobody can pass by refusing everything.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde_json::{Value, json};
use signet_cloudfront::encoding;

use crate::keys::{ID, TestKey};
use crate::random::Random;
use crate::recipe::Recipe;

/// A request that the edge lets in.
pub struct Good {
    pub recipe: Recipe,
    pub link: String,
    pub from: Ipv4Addr,
    pub now: i64,
    /// The policy or signature of another link, and the id of another key.
    pub other_link: String,
    pub other_id: String,
}

/// A request as it comes to the edge.
pub struct Asked {
    pub url: String,
    pub from: IpAddr,
    pub now: i64,
}

/// `None` where there is nothing of that kind to spoil.
type Way = fn(&mut Random, &Good) -> Option<Asked>;

pub const WAYS: &[(&str, Way)] = &[
    // Not spoiled.
    ("whole", |_, good| good.link(good.link.clone())),
    ("at the last second", |_, good| good.at(good.recipe.end - 1)),
    ("at the first second", |_, good| good.at(good.recipe.start? + 1)),
    ("parameters in another order", |random, good| {
        let (mut signing, own) = good.split_parameters();
        let by = random.below(signing.len());
        signing.rotate_left(by);
        let all = if random.maybe() { [signing, own] } else { [own, signing] };
        good.query(&all.concat())
    }),
    ("over IPv6, any network", |_, good| match good.recipe.network {
        Some(_) => None,
        None => good.from(IpAddr::V6(Ipv6Addr::LOCALHOST)),
    }),
    // Who asks, and when.
    ("at the end", |_, good| good.at(good.recipe.end)),
    ("after the end", |random, good| {
        good.at(good.recipe.end.saturating_add(1 + random.second_below(100_000)))
    }),
    ("at the start", |_, good| good.at(good.recipe.start?)),
    ("before the start", |random, good| {
        good.at(good.recipe.start? - 1 - random.second_below(100_000))
    }),
    ("from anywhere", |random, good| good.from(any_ipv4(random).into())),
    ("from beside the network", |_, good| {
        let (first, last) = network(good.recipe.network.as_deref()?);
        let (before, after) = (first.wrapping_sub(1), last.wrapping_add(1));
        good.from(Ipv4Addr::from(if good.now % 2 == 0 { before } else { after }).into())
    }),
    ("over IPv6, one network", |_, good| {
        good.recipe.network.as_ref()?;
        good.from(IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 7)))
    }),
    // The signature.
    ("a letter of the signature", |random, good| good.with_letter(random, "Signature", BASE64)),
    ("no base64 in the signature", |random, good| good.with_letter(random, "Signature", NO_BASE64)),
    ("a cut signature", |random, good| good.with_cut(random, "Signature")),
    ("an empty signature", |_, good| good.with("Signature", "")),
    ("no signature", |_, good| good.without("Signature")),
    ("the signature of another link", |_, good| {
        good.with("Signature", value(&good.other_link, "Signature")?)
    }),
    ("bits behind the end of the signature", |_, good| {
        let text = value(&good.link, "Signature")?;
        let at = text.find('_')? - 1;
        let (before, after) = text.split_at(at);
        let (letter, padding) = after.split_at(1);
        let number = BASE64.find(letter)?;
        good.with(
            "Signature",
            &format!("{before}{}{padding}", BASE64.split_at(number + 1).1.get(..1)?),
        )
    }),
    ("the base64 of others", |_, good| {
        let signature = value(&good.link, "Signature")?;
        let standard = signature.replace('-', "+").replace('_', "=").replace('~', "/");
        (standard != signature).then(|| good.with("Signature", &standard))?
    }),
    // The policy.
    ("a letter of the policy", |random, good| good.with_letter(random, "Policy", BASE64)),
    ("a byte of the policy", |random, good| {
        let mut policy = encoding::decode(value(&good.link, "Policy")?)?;
        let at = random.below(policy.len());
        policy[at] = u8::try_from(0x20 + random.below(0x60)).ok()?;
        good.with("Policy", &encoding::encode(&policy))
    }),
    ("no base64 in the policy", |random, good| good.with_letter(random, "Policy", NO_BASE64)),
    ("a cut policy", |random, good| good.with_cut(random, "Policy")),
    ("an empty policy", |_, good| good.with("Policy", "")),
    ("no policy", |_, good| good.without("Policy")),
    ("the policy of another link", |_, good| {
        good.with("Policy", value(&good.other_link, "Policy")?)
    }),
    ("a policy beside the end", |_, good| {
        value(&good.link, "Expires")?;
        good.link(format!(
            "{}&Policy={}",
            good.link,
            encoding::encode(good.recipe.canned().as_bytes())
        ))
    }),
    ("an end beside the policy", |_, good| {
        value(&good.link, "Policy")?;
        good.link(format!("{}&Expires={}", good.link, good.recipe.end))
    }),
    ("a canned policy sent along", |_, good| {
        let end = format!("Expires={}", value(&good.link, "Expires")?);
        let policy = encoding::encode(good.recipe.canned().as_bytes());
        good.link(good.link.replace(&end, &format!("Policy={policy}")))
    }),
    // The end.
    ("a second more", |_, good| good.with("Expires", &good.recipe.end.wrapping_add(1).to_string())),
    ("a second less", |_, good| good.with("Expires", &(good.recipe.end - 1).to_string())),
    ("milliseconds", |_, good| good.with("Expires", &format!("{}000", good.recipe.end))),
    ("a zero before the end", |_, good| good.with("Expires", &format!("0{}", good.recipe.end))),
    ("a plus before the end", |_, good| good.with("Expires", &format!("+{}", good.recipe.end))),
    ("an end in words", |_, good| good.with("Expires", "never")),
    ("an empty end", |_, good| good.with("Expires", "")),
    ("no end", |_, good| good.without("Expires")),
    // The address.
    ("a letter of the path", |random, good| {
        good.in_path(random, |random, _| Some(random.one_of(&["a", "Q", "7", "-", "."]).to_owned()))
    }),
    ("another case in the path", |random, good| good.in_path(random, |_, byte| other_case(byte))),
    ("a letter encoded", |random, good| {
        good.in_path(random, |_, byte| byte.is_ascii_alphanumeric().then(|| format!("%{byte:02X}")))
    }),
    ("a letter less in the path", |random, good| good.in_path(random, |_, _| Some(String::new()))),
    ("a folder more", |_, good| good.address(&format!("{}/more", good.path()))),
    ("a slash at the end", |_, good| good.address(&format!("{}/", good.path()))),
    ("another host", |_, good| good.address(&good.path().replacen("://", "://x", 1))),
    ("another case in the host", |_, good| {
        let (host, path) = good.path().split_at(good.host_end());
        good.address(&format!("{}{path}", host.to_ascii_uppercase().replacen("HTTP", "http", 1)))
    }),
    ("another port", |_, good| {
        let (host, path) = good.path().split_at(good.host_end());
        good.address(&format!("{host}:444{path}"))
    }),
    ("another scheme", |_, good| {
        let path = good.path();
        good.address(&match path.strip_prefix("https:") {
            Some(rest) => format!("http:{rest}"),
            None => path.replacen("http:", "https:", 1),
        })
    }),
    ("another value in the address", |_, good| {
        let (signing, mut own) = good.split_parameters();
        own.last_mut()?.push('x');
        good.query(&[own, signing].concat())
    }),
    ("a parameter of the address less", |_, good| {
        let (signing, mut own) = good.split_parameters();
        own.pop()?;
        good.query(&[own, signing].concat())
    }),
    ("parameters of the address in another order", |_, good| {
        let (signing, mut own) = good.split_parameters();
        own.reverse();
        (own.len() > 1).then(|| good.query(&[own, signing].concat()))?
    }),
    ("a parameter of the address twice", |_, good| {
        let (signing, mut own) = good.split_parameters();
        own.push(own.last()?.clone());
        good.query(&[own, signing].concat())
    }),
    ("a parameter added behind", |_, good| good.link(format!("{}&utm_source=mail", good.link))),
    ("a parameter added before", |_, good| {
        let (mut signing, own) = good.split_parameters();
        signing.insert(0, "fbclid=IwAR0".to_owned());
        good.query(&[own, signing].concat())
    }),
    // The id.
    ("another id", |random, good| {
        good.with_letter(random, "Key-Pair-Id", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    }),
    ("no id in the id", |random, good| good.with_letter(random, "Key-Pair-Id", "abcz-_.%!")),
    ("the id of another key", |_, good| good.with("Key-Pair-Id", &good.other_id)),
    ("a cut id", |random, good| good.with_cut(random, "Key-Pair-Id")),
    ("a longer id", |_, good| {
        good.with("Key-Pair-Id", &format!("{}A", value(&good.link, "Key-Pair-Id")?))
    }),
    ("an empty id", |_, good| good.with("Key-Pair-Id", "")),
    ("no id", |_, good| good.without("Key-Pair-Id")),
    // The hash.
    ("no hash", |_, good| good.without("Hash-Algorithm")),
    ("another hash", |random, good| {
        good.with("Hash-Algorithm", random.one_of(&["SHA1", "SHA512", "sha256", "SHA-256", ""]))
    }),
    ("a hash added", |_, good| match value(&good.link, "Hash-Algorithm") {
        Some(_) => None,
        None => good.link(format!("{}&Hash-Algorithm=SHA256", good.link)),
    }),
    // What programs on the way do.
    ("a parameter twice", |random, good| {
        let (signing, own) = good.split_parameters();
        let twice = signing[random.below(signing.len())].clone();
        good.query(&[own, signing, vec![twice]].concat())
    }),
    ("a parameter without its value", |random, good| {
        let (mut signing, own) = good.split_parameters();
        let at = random.below(signing.len());
        signing[at] = signing[at].split('=').next()?.to_owned();
        good.query(&[own, signing].concat())
    }),
    ("a name in small letters", |random, good| {
        let (mut signing, own) = good.split_parameters();
        let at = random.below(signing.len());
        let (name, value) = signing[at].split_once('=')?;
        signing[at] = format!("{}={value}", name.to_lowercase());
        good.query(&[own, signing].concat())
    }),
    ("a cut tail", |random, good| {
        let least = good.recipe.url().len();
        let at = least + random.below(good.link.len() - least);
        good.link(good.link.split_at(at).0.to_owned())
    }),
    ("the address alone", |_, good| good.link(good.recipe.url().to_owned())),
    ("&amp;", |_, good| good.link(good.link.replace('&', "&amp;"))),
    ("%26", |_, good| good.link(good.link.replace('&', "%26"))),
    ("a line broken in two", |random, good| {
        let (before, after) = good.link.split_at(good.recipe.url().len() + random.below(100));
        good.link(format!("{before}%20{after}"))
    }),
    ("a full stop behind", |random, good| {
        good.link(format!("{}{}", good.link, random.one_of(&[".", ")", ">", ",", "%22", "="])))
    }),
];

const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-~";
const NO_BASE64: &str = "+/=!%. *";

impl Good {
    pub fn random(random: &mut Random, key: &TestKey, id: &str, other_id: &str) -> Self {
        let recipe = Recipe::random(random);
        let link = recipe.link(key).replace(ID, id);
        let other_link = Recipe::random(random).link(key).replace(ID, id);
        let now = match recipe.start {
            Some(start) => start + 1 + random.second_below(recipe.end - start - 1),
            None => recipe.end - 1 - random.second_below(100_000),
        };
        let (first, last) = network(recipe.network.as_deref().unwrap_or("0.0.0.0/0"));
        let from = match u32::try_from(random.next() >> 32).unwrap() {
            any if last - first == u32::MAX => any,
            any => first + any % (last - first + 1),
        };
        Self { from: from.into(), now, recipe, link, other_link, other_id: other_id.to_owned() }
    }

    fn link(&self, url: String) -> Option<Asked> {
        Some(Asked { url, from: self.from.into(), now: self.now })
    }

    fn at(&self, now: i64) -> Option<Asked> {
        Some(Asked { url: self.link.clone(), from: self.from.into(), now })
    }

    fn from(&self, from: IpAddr) -> Option<Asked> {
        Some(Asked { url: self.link.clone(), from, now: self.now })
    }

    fn path(&self) -> &str {
        self.link.split('?').next().unwrap_or_default()
    }

    /// Where the path begins.
    fn host_end(&self) -> usize {
        let scheme = self.link.find("://").unwrap_or_default() + "://".len();
        self.link.match_indices('/').find(|(at, _)| *at >= scheme).map_or(0, |(at, _)| at)
    }

    /// The same query behind another address.
    fn address(&self, path: &str) -> Option<Asked> {
        self.link(self.link.replacen(self.path(), path, 1))
    }

    /// One character of the path in other words.
    fn in_path(
        &self,
        random: &mut Random,
        change: fn(&mut Random, u8) -> Option<String>,
    ) -> Option<Asked> {
        let path = self.path();
        let first = self.host_end() + 1;
        if path.len() <= first {
            return None;
        }
        let at = first + random.below(path.len() - first);
        let (before, after) = path.split_at(at);
        let changed = change(random, *after.as_bytes().first()?)?;
        self.address(&format!("{before}{changed}{}", after.split_at(1).1))
    }

    /// CloudFront's parameters, and the address's own.
    fn split_parameters(&self) -> (Vec<String>, Vec<String>) {
        let query = self.link.split_once('?').map_or("", |(_, query)| query);
        let own = match self.recipe.url().split_once('?') {
            Some((_, own)) => own.split('&').count(),
            None => 0,
        };
        let mut all: Vec<_> = query.split('&').map(ToOwned::to_owned).collect();
        (all.split_off(own), all)
    }

    fn query(&self, parameters: &[String]) -> Option<Asked> {
        self.link(format!("{}?{}", self.path(), parameters.join("&")))
    }

    fn with(&self, name: &str, new: &str) -> Option<Asked> {
        let old = format!("&{name}={}", value(&self.link, name)?);
        let (before, after) = self.link.rsplit_once(&old).or_else(|| {
            // The first one of all.
            self.link.rsplit_once(old.trim_start_matches('&'))
        })?;
        let separator = if before.ends_with('?') { "" } else { "&" };
        self.link(format!("{before}{separator}{name}={new}{after}"))
    }

    fn without(&self, name: &str) -> Option<Asked> {
        value(&self.link, name)?;
        let (mut signing, own) = self.split_parameters();
        signing.retain(|parameter| !parameter.starts_with(&format!("{name}=")));
        self.query(&[own, signing].concat())
    }

    fn with_letter(&self, random: &mut Random, name: &str, letters: &str) -> Option<Asked> {
        let old = value(&self.link, name)?;
        let (before, after) = old.split_at(random.below(old.len()));
        let number = random.below(letters.len());
        let letter = letters.get(number..=number)?;
        self.with(name, &format!("{before}{letter}{}", after.split_at(1).1))
    }

    fn with_cut(&self, random: &mut Random, name: &str) -> Option<Asked> {
        let old = value(&self.link, name)?;
        self.with(name, old.split_at(random.below(old.len())).0)
    }
}

impl Asked {
    pub fn to_json(&self) -> Value {
        json!({"url": self.url, "from": self.from, "now": self.now})
    }
}

/// The value of one of CloudFront's parameters, which stand last.
fn value<'a>(link: &'a str, name: &str) -> Option<&'a str> {
    let mut parameters = link.split_once('?')?.1.rsplit('&');
    parameters.find_map(|parameter| parameter.strip_prefix(name)?.strip_prefix('='))
}

/// The first and the last address.
fn network(text: &str) -> (u32, u32) {
    let (address, prefix) = text.split_once('/').unwrap_or((text, "32"));
    let address = u32::from(address.parse::<Ipv4Addr>().unwrap());
    let rest = u32::try_from((1_u64 << (32 - prefix.parse::<u32>().unwrap())) - 1).unwrap();
    (address & !rest, address | rest)
}

fn any_ipv4(random: &mut Random) -> Ipv4Addr {
    u32::try_from(random.next() >> 32).unwrap().into()
}

fn other_case(byte: u8) -> Option<String> {
    let other = if byte.is_ascii_lowercase() {
        byte.to_ascii_uppercase()
    } else {
        byte.to_ascii_lowercase()
    };
    (other != byte).then(|| char::from(other).to_string())
}
