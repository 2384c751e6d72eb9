//! Policies: the bytes that are signed.
//!
//! A canned policy is never sent: CloudFront rebuilds it from the link, so every byte is fixed. A
//! custom policy travels in the link, and is written and read here. Deliberately not here: which of
//! the two a link gets ([`crate::link_conditions`]).
//!
//! Source: "Create a signed URL using a canned policy" and "… a custom policy", Amazon CloudFront
//! Developer Guide.

mod fault;

use std::fmt;
use std::net::Ipv4Addr;

use serde::Deserialize;

pub use fault::PolicyFault;

/// The canned policy for one address: no white space, this order of keys, `/` and `&` unescaped.
/// `expires_at` is Unix time in seconds. The address must hold no quote, backslash or control
/// character; a [`crate::address::DocumentAddress`] holds none.
pub fn canned(url: &str, expires_at: i64) -> String {
    format!(
        r#"{{"Statement":[{{"Resource":"{url}","Condition":{{"DateLessThan":{{"AWS:EpochTime":{expires_at}}}}}}}]}}"#
    )
}

/// What a policy allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// What it opens, with wildcards; `None` opens everything.
    pub resource: Option<String>,
    /// The first second at which it no longer holds.
    pub expires_at: i64,
    /// The last second at which it does not hold yet.
    pub starts_after: Option<i64>,
    /// From where.
    pub network: Option<Network>,
}

/// An IPv4 network: addresses that share their first `prefix` bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "string"))]
#[serde(into = "String")]
pub struct Network {
    address: Ipv4Addr,
    prefix: u8,
}

impl Network {
    /// Reads `203.0.113.7` or `203.0.113.0/24`.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/').unwrap_or((text, "32"));
        // As it is written again: `+24` and `024` are read by others as they please.
        let is_plain = prefix.bytes().all(|byte| byte.is_ascii_digit())
            && (prefix.len() == 1 || !prefix.starts_with('0'));
        let prefix = prefix.parse().ok().filter(|prefix| is_plain && *prefix <= 32)?;
        Some(Self { address: address.parse().ok()?, prefix })
    }

    /// Who comes from it, as CloudFront sees them.
    pub fn readers(self) -> Readers {
        let is_in = |(address, prefix): &([u8; 4], u8)| {
            let block = Self { address: Ipv4Addr::from(*address), prefix: *prefix };
            *prefix <= self.prefix && block.contains(self.address)
        };
        match self.prefix {
            0 => Readers::Everybody,
            _ if WITHOUT_READERS.iter().any(is_in) => Readers::Nobody,
            _ if OF_EXAMPLES.iter().any(is_in) => Readers::OfExamples,
            _ => Readers::Some,
        }
    }

    /// The network, where readers may come from it. What is kept for examples passes: it is said where it
    /// stands, and nobody takes it for their own office.
    ///
    /// # Errors
    /// [`NetworkWithoutReaders`]: a link limited to it would never open.
    pub fn with_readers(self) -> Result<Self, NetworkWithoutReaders> {
        match self.readers() {
            Readers::Nobody => Err(NetworkWithoutReaders { network: self }),
            Readers::OfExamples | Readers::Everybody | Readers::Some => Ok(self),
        }
    }

    /// Whether this address is in the network.
    pub fn contains(self, address: Ipv4Addr) -> bool {
        let mask = u32::MAX.checked_shl(32 - u32::from(self.prefix)).unwrap_or(0);
        u32::from(address) & mask == u32::from(self.address) & mask
    }
}

/// Nobody who reads comes from the network: a private one, for example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no reader comes from {network}")]
pub struct NetworkWithoutReaders {
    /// The network.
    pub network: Network,
}

/// Who comes from a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "NetworkReaders"))]
#[serde(rename_all = "camelCase")]
pub enum Readers {
    /// No reader: its addresses are used inside offices, homes and computers, and CloudFront sees the
    /// public one instead, or they are no reader's at all.
    Nobody,
    /// No reader: its addresses stand in examples.
    OfExamples,
    /// Everybody over IPv4: the network is all of it.
    Everybody,
    /// Those who are in it.
    Some,
}

/// Source: IANA's registry of special-purpose IPv4 addresses (RFC 6890), and multicast (RFC 5771).
const WITHOUT_READERS: [([u8; 4], u8); 11] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    // Multicast, what is reserved behind it, and "everybody here".
    ([224, 0, 0, 0], 3),
    ([192, 88, 99, 0], 24),
];

/// RFC 5737.
const OF_EXAMPLES: [([u8; 4], u8); 3] =
    [([192, 0, 2, 0], 24), ([198, 51, 100, 0], 24), ([203, 0, 113, 0], 24)];

impl From<Network> for String {
    fn from(network: Network) -> Self {
        network.to_string()
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

impl Policy {
    /// The bytes of a custom policy, with the order of keys that botocore and the AWS CLI write. The
    /// resource must hold no quote, backslash or control character, as [`Policy::parse`] would find
    /// none in what CloudFront takes.
    pub(crate) fn to_json(&self) -> String {
        let mut json = String::from(r#"{"Statement":[{"#);
        if let Some(resource) = &self.resource {
            json += &format!(r#""Resource":"{resource}","#);
        }
        let end = self.expires_at;
        json += &format!(r#""Condition":{{"DateLessThan":{{"AWS:EpochTime":{end}}}"#);
        if let Some(network) = self.network {
            json += &format!(r#","IpAddress":{{"AWS:SourceIp":"{network}"}}"#);
        }
        if let Some(start) = self.starts_after {
            json += &format!(r#","DateGreaterThan":{{"AWS:EpochTime":{start}}}"#);
        }
        json + "}}]}"
    }

    /// What of a policy that can be read is almost, and not quite, as AWS's guide has it. Whether CloudFront takes it is
    /// not documented, so it is read by [`Self::parse`], and named where somebody asks what is wrong.
    pub fn almost(json: &[u8]) -> Option<PolicyFault> {
        fault::beside_the_shape(json)
    }

    /// Reads a custom policy.
    ///
    /// # Errors
    /// [`PolicyFault`], where CloudFront would call it malformed.
    pub fn parse(json: &[u8]) -> Result<Self, PolicyFault> {
        let of_shape = || fault::of_shape(json);
        let document: Document = serde_json::from_slice(json).map_err(|_| of_shape())?;
        let [statement] = <[Statement; 1]>::try_from(document.statement).map_err(|_| of_shape())?;
        let condition = statement.condition;
        let network = match condition.ip_address {
            Some(ip) => Some(Network::parse(&ip.source_ip).ok_or_else(of_shape)?),
            None => None,
        };
        Ok(Self {
            resource: statement.resource,
            expires_at: condition.date_less_than.epoch_time,
            starts_after: condition.date_greater_than.map(|date| date.epoch_time),
            network,
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Document {
    statement: Vec<Statement>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Statement {
    resource: Option<String>,
    condition: Condition,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Condition {
    date_less_than: Date,
    date_greater_than: Option<Date>,
    ip_address: Option<Source>,
}

#[derive(Deserialize)]
struct Date {
    #[serde(rename = "AWS:EpochTime")]
    epoch_time: i64,
}

#[derive(Deserialize)]
struct Source {
    #[serde(rename = "AWS:SourceIp")]
    source_ip: String,
}

#[cfg(test)]
mod tests {
    use super::{Network, Policy, canned};

    #[test]
    fn a_canned_policy_is_these_bytes() {
        assert_eq!(
            canned("https://d111111abcdef8.cloudfront.net/a.pdf?x=1&y=2", 1_796_144_400),
            r#"{"Statement":[{"Resource":"https://d111111abcdef8.cloudfront.net/a.pdf?x=1&y=2","Condition":{"DateLessThan":{"AWS:EpochTime":1796144400}}}]}"#
        );
    }

    #[test]
    fn a_custom_policy_is_read_with_every_condition() {
        let json = br#"{"Statement":[{"Condition":{"IpAddress":{"AWS:SourceIp":"203.0.113.0/24"},"DateGreaterThan":{"AWS:EpochTime":10},"DateLessThan":{"AWS:EpochTime":20}},"Resource":"https://h/*"}]}"#;
        let policy = Policy::parse(json);
        assert_eq!(
            policy,
            Ok(Policy {
                resource: Some("https://h/*".into()),
                expires_at: 20,
                starts_after: Some(10),
                network: Network::parse("203.0.113.0/24"),
            })
        );
    }

    #[test]
    fn a_custom_policy_is_read_as_it_was_written() {
        let full = Policy {
            resource: Some("https://h.example/*".into()),
            expires_at: 20,
            starts_after: Some(10),
            network: Network::parse("203.0.113.0/24"),
        };
        assert_eq!(
            full.to_json(),
            r#"{"Statement":[{"Resource":"https://h.example/*","Condition":{"DateLessThan":{"AWS:EpochTime":20},"IpAddress":{"AWS:SourceIp":"203.0.113.0/24"},"DateGreaterThan":{"AWS:EpochTime":10}}}]}"#
        );
        let without = |change: fn(&mut Policy)| {
            let mut policy = full.clone();
            change(&mut policy);
            policy
        };
        for policy in [
            without(|p| p.network = None),
            without(|p| p.starts_after = None),
            without(|p| p.resource = None),
            full.clone(),
        ] {
            assert_eq!(Policy::parse(policy.to_json().as_bytes()), Ok(policy));
        }
    }

    #[test]
    fn a_policy_of_another_shape_is_malformed() {
        for json in [
            "",
            "{}",
            "[]",
            r#"{"Statement":{"Resource":"x","Condition":{"DateLessThan":{"AWS:EpochTime":1}}}}"#,
            r#"{"Statement":[]}"#,
            r#"{"Statement":[{"Resource":"x"}]}"#,
            r#"{"Statement":[{"Resource":"x","Condition":{}}]}"#,
            r#"{"Statement":[{"Resource":"x","Condition":{"DateLessThan":{"AWS:EpochTime":"1"}}}]}"#,
            r#"{"Statement":[{"Resource":"x","Condition":{"DateLessThan":{"AWS:EpochTime":1}}},{"Resource":"x","Condition":{"DateLessThan":{"AWS:EpochTime":1}}}]}"#,
            r#"{"Statement":[{"Resource":"x","Condition":{"DateLessThan":{"AWS:EpochTime":1},"IpAddress":{"AWS:SourceIp":"::1"}}}]}"#,
        ] {
            assert!(Policy::parse(json.as_bytes()).is_err(), "{json}");
        }
    }

    #[test]
    fn a_network_holds_its_addresses() {
        let holds = |network: &str, address: [u8; 4]| {
            Network::parse(network).map(|n| n.contains(address.into()))
        };
        assert_eq!(holds("203.0.113.0/24", [203, 0, 113, 255]), Some(true));
        assert_eq!(holds("203.0.113.0/24", [203, 0, 114, 0]), Some(false));
        assert_eq!(holds("203.0.113.7", [203, 0, 113, 7]), Some(true));
        assert_eq!(holds("203.0.113.7", [203, 0, 113, 8]), Some(false));
        assert_eq!(holds("0.0.0.0/0", [9, 9, 9, 9]), Some(true));
        for other in
            ["203.0.113.0/33", "203.0.113.0/+24", "203.0.113.0/024", "203.0.113.0/", "203.0.113"]
        {
            assert_eq!(Network::parse(other), None, "{other}");
        }
        assert_eq!(Network::parse("203.0.113.7").unwrap().to_string(), "203.0.113.7/32");
        assert_eq!(Network::parse("2001:db8::/32"), None);
    }

    #[test]
    fn networks_without_readers_are_known() {
        use super::Readers::{Everybody, Nobody, OfExamples, Some};
        for (network, readers) in [
            ("192.168.1.0/24", Nobody),
            ("192.168.1.5", Nobody),
            ("192.168.0.0/16", Nobody),
            ("10.0.0.1", Nobody),
            ("172.16.0.0/12", Nobody),
            ("172.31.0.0/16", Nobody),
            ("100.64.0.1", Nobody),
            ("100.127.255.0/24", Nobody),
            ("127.0.0.1", Nobody),
            ("169.254.1.1", Nobody),
            ("0.0.0.0", Nobody),
            ("0.0.0.0/8", Nobody),
            ("192.0.0.8", Nobody),
            ("198.19.0.0/16", Nobody),
            ("224.0.0.1", Nobody),
            ("239.1.2.3", Nobody),
            ("240.0.0.1", Nobody),
            ("255.255.255.255", Nobody),
            ("192.88.99.1", Nobody),
            ("203.0.113.0/24", OfExamples),
            ("198.51.100.7", OfExamples),
            ("192.0.2.128/25", OfExamples),
            ("0.0.0.0/0", Everybody),
            ("203.0.113.7/0", Everybody),
            // Part of these is, and readers come from the rest.
            ("10.0.0.0/7", Some),
            ("0.0.0.0/1", Some),
            ("192.0.0.0/16", Some),
            ("203.0.112.0/22", Some),
            ("100.128.0.1", Some),
            ("100.63.255.255", Some),
            ("172.32.0.1", Some),
            ("172.15.0.1", Some),
            ("9.9.9.9", Some),
            ("223.255.255.255", Some),
            ("198.20.0.1", Some),
        ] {
            assert_eq!(Network::parse(network).unwrap().readers(), readers, "{network}");
        }
    }
}
