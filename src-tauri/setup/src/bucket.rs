//! The bucket that holds the documents, and where it is.

use thiserror::Error;

/// A bucket's name, as S3 takes it (AWS, "General purpose bucket naming rules"): 3 to 63 lower-case
/// letters, digits, `-` and `.`, with a letter or digit at both ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket(String);

/// What was given in place of a bucket's name.
#[derive(Debug, Clone, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum BucketError {
    /// Nothing.
    #[error("the bucket's name is empty")]
    Empty,
    /// An address or an ARN that holds the name.
    #[error("this is an address; the bucket is {bucket}")]
    IsAddress {
        /// The bucket in it.
        bucket: String,
    },
    /// Anything else.
    #[error("this is not a bucket's name")]
    Invalid,
}

impl Bucket {
    /// Takes a typed name; white space around it goes.
    ///
    /// # Errors
    /// [`BucketError`].
    pub fn parse(text: &str) -> Result<Self, BucketError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(BucketError::Empty);
        }
        if is_name(text) && !text.contains(".s3.") && !text.contains(".s3-") {
            return Ok(Self(text.to_owned()));
        }
        match inside(text).filter(|name| is_name(name)) {
            Some(name) => Err(BucketError::IsAddress { bucket: name.to_owned() }),
            None => Err(BucketError::Invalid),
        }
    }

    /// The bucket of a distribution's origin, and its region where the host says it; `None` for what is no
    /// bucket, or a bucket's website.
    pub fn of_origin(host: &str) -> Option<(Self, Option<Region>)> {
        let host = host.to_ascii_lowercase();
        let (name, rest) = host.strip_suffix("amazonaws.com")?.rsplit_once(".s3")?;
        let bucket = is_name(name).then(|| Self(name.to_owned()))?;
        // `.s3.amazonaws.com` of old says no region.
        let rest = rest.strip_prefix(['.', '-'])?;
        let rest = rest.strip_prefix("dualstack.").unwrap_or(rest);
        match rest.trim_end_matches('.') {
            "" => Some((bucket, None)),
            region => Some((bucket, Some(Region::parse(region).ok()?))),
        }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What policies call the bucket.
    pub fn arn(&self) -> String {
        format!("arn:aws:s3:::{}", self.0)
    }

    /// The host that a distribution fetches from (AWS, "S3 REST API endpoint").
    pub fn origin(&self, region: &Region) -> String {
        format!("{}.s3.{}.amazonaws.com", self.0, region.as_str())
    }
}

fn is_name(text: &str) -> bool {
    let ends = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    (3..=63).contains(&text.len())
        && text.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.')
        })
        && ends(text.bytes().next())
        && ends(text.bytes().next_back())
        && !text.contains("..")
        && text.parse::<std::net::Ipv4Addr>().is_err()
}

/// The bucket in `s3://bucket/…`, an ARN or `bucket.s3.region.amazonaws.com`.
fn inside(text: &str) -> Option<&str> {
    let rest = ["arn:aws:s3:::", "s3://", "https://", "http://"]
        .iter()
        .find_map(|start| text.strip_prefix(start))
        .unwrap_or(text);
    let host = rest.split('/').next()?;
    match host.split_once(".s3.").or_else(|| host.split_once(".s3-")) {
        Some((bucket, tail)) => tail.ends_with("amazonaws.com").then_some(bucket),
        None => (!text.starts_with("http")).then_some(host),
    }
}

/// No region's code is longer.
const LONGEST_REGION: usize = 32;

/// A region's code, as `eu-central-1`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Region(String);

/// The text is no region's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this is not a region's code")]
pub struct RegionError;

impl Region {
    /// Takes a code: two letters, words, and a number.
    ///
    /// # Errors
    /// [`RegionError`]. Whether AWS has such a region is not known here.
    pub fn parse(text: &str) -> Result<Self, RegionError> {
        let text = text.trim();
        let parts: Vec<&str> = text.split('-').collect();
        let word = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
        match parts.as_slice() {
            [words @ .., number]
                if text.len() <= LONGEST_REGION
                    && (2..=4).contains(&words.len())
                    && words.iter().all(word)
                    && words.first().is_some_and(|area| area.len() == 2)
                    && number.parse::<u8>().is_ok() =>
            {
                Ok(Self(text.to_owned()))
            }
            _ => Err(RegionError),
        }
    }

    /// Whether it is in China, in GovCloud or in one of AWS's closed regions, where ARNs, hosts and accounts are
    /// others (AWS, "Partitions").
    pub fn is_of_other_partition(&self) -> bool {
        let mut words = self.0.split('-');
        let area = words.next().unwrap_or_default();
        area == "cn" || words.next().is_some_and(|word| word == "gov" || word.starts_with("iso"))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{Bucket, BucketError as E, Region, RegionError};

    #[test]
    fn takes_names() {
        for name in ["abc", "client-papers", "docs.example.com", "1a2", " client-papers\n"] {
            assert_eq!(Bucket::parse(name).map(|b| b.as_str().to_owned()), Ok(name.trim().into()));
        }
    }

    #[test]
    fn names_what_is_no_name() {
        let address = || Err(E::IsAddress { bucket: "client-papers".into() });
        for (text, result) in [
            (" ", Err(E::Empty)),
            ("arn:aws:s3:::client-papers", address()),
            ("arn:aws:s3:::client-papers/*", address()),
            ("s3://client-papers/a.pdf", address()),
            ("client-papers.s3.eu-central-1.amazonaws.com", address()),
            ("https://client-papers.s3.amazonaws.com/a.pdf", address()),
            ("client-papers/", address()),
            ("https://docs.example.com/a.pdf", Err(E::Invalid)),
            ("Client-Papers", Err(E::Invalid)),
            ("ab", Err(E::Invalid)),
            ("-abc", Err(E::Invalid)),
            ("a..b", Err(E::Invalid)),
            ("192.168.0.1", Err(E::Invalid)),
        ] {
            assert_eq!(Bucket::parse(text).map(|b| b.as_str().to_owned()), result, "{text}");
        }
    }

    #[test]
    fn regions_have_a_shape() {
        for text in ["eu-central-1", "us-gov-west-1", "ap-southeast-2"] {
            assert_eq!(Region::parse(text).map(|r| r.as_str().to_owned()), Ok(text.into()));
        }
        for text in ["", "Frankfurt", "eu-central", "EU-central-1", "eu--1", "eu-central-1a"] {
            assert_eq!(Region::parse(text), Err(RegionError), "{text}");
        }
        for (text, is_other) in [
            ("eu-central-1", false),
            ("us-east-1", false),
            ("ap-southeast-2", false),
            ("cn-north-1", true),
            ("cn-northwest-1", true),
            ("us-gov-east-1", true),
            ("us-gov-west-1", true),
            ("us-iso-east-1", true),
            ("us-isob-east-1", true),
        ] {
            assert_eq!(Region::parse(text).unwrap().is_of_other_partition(), is_other, "{text}");
        }
    }

    #[test]
    fn an_origin_names_bucket_and_region() {
        let bucket = Bucket::parse("client-papers").unwrap();
        let region = Region::parse("eu-central-1").unwrap();
        assert_eq!(bucket.origin(&region), "client-papers.s3.eu-central-1.amazonaws.com");
        for (host, is_known) in [
            ("client-papers.s3.eu-central-1.amazonaws.com", true),
            ("Client-Papers.S3-eu-central-1.amazonaws.com", true),
            ("client-papers.s3.dualstack.eu-central-1.amazonaws.com", true),
            ("client-papers.s3.amazonaws.com", false),
        ] {
            let expected = (bucket.clone(), is_known.then(|| region.clone()));
            assert_eq!(Bucket::of_origin(host), Some(expected), "{host}");
        }
        for host in [
            "client-papers.s3-website.eu-central-1.amazonaws.com",
            "client-papers.s3-website-eu-central-1.amazonaws.com",
            "client-papers.s3-accelerate.amazonaws.com",
            "s3.eu-central-1.amazonaws.com",
            "docs.example.com",
            "client-papers.s3.eu-central-1.amazonaws.com.evil.example",
            "",
        ] {
            assert_eq!(Bucket::of_origin(host), None, "{host}");
        }
    }
}
