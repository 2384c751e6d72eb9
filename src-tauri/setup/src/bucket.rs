//! The bucket that holds the documents.

use signet_cloudfront::host::{is_console, split_authority, split_scheme};
use signet_cloudfront::pasted;
use thiserror::Error;

use crate::Region;

/// A bucket's name, as S3 takes it (AWS, "General purpose bucket naming rules"): 3 to 63 lower-case
/// letters, digits, `-` and `.`, with a letter or digit at both ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket(String);

/// What was given in place of a bucket's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase")]
pub enum BucketError {
    /// Nothing.
    #[error("the bucket's name is empty")]
    Empty,
    /// The alias or the ARN of an access point: what is behind it is not said by it.
    #[error("this is an access point")]
    IsAccessPoint,
    /// Several names that differ.
    #[error("these are several buckets")]
    Several,
    /// Anything else.
    #[error("this is not a bucket's name")]
    Invalid,
}

impl Bucket {
    /// Takes a name alone; white space around it goes.
    ///
    /// # Errors
    /// [`BucketError`].
    pub fn parse(text: &str) -> Result<Self, BucketError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(BucketError::Empty);
        }
        if text.ends_with("-s3alias") || text.contains(":accesspoint/") {
            return Err(BucketError::IsAccessPoint);
        }
        let is_host =
            text.contains(".s3.") || text.contains(".s3-") || text.ends_with("amazonaws.com");
        if is_name(text) && !is_host {
            Ok(Self(text.to_owned()))
        } else {
            Err(BucketError::Invalid)
        }
    }

    /// Takes what was pasted into a field: the name, or the one bucket in a label, quotes, an ARN, an `s3://` address,
    /// the storage's own address or that of a page of the console.
    ///
    /// # Errors
    /// [`BucketError`].
    pub fn pasted(text: &str) -> Result<Self, BucketError> {
        let error = match Self::parse(text) {
            Err(error @ (BucketError::Invalid | BucketError::IsAccessPoint)) => error,
            parsed => return parsed,
        };
        let words = pasted::words(text);
        if words.iter().any(|word| word.contains(":accesspoint/")) {
            return Err(BucketError::IsAccessPoint);
        }
        let inside: Vec<Self> =
            words.iter().filter_map(|word| Self::parse(inside(word)?).ok()).collect();
        match (pasted::only(&inside), words.as_slice()) {
            (Some(bucket), _) => Ok(bucket.clone()),
            (None, _) if !inside.is_empty() => Err(BucketError::Several),
            // `"client-papers",` or `client-papers/`; the last word behind a label.
            (None, [word]) => Self::parse(word.trim_end_matches('/')),
            (None, [label @ .., word]) if is_label(text, label) => {
                Self::parse(word.trim_end_matches('/'))
            }
            _ => Err(error),
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

/// Whether all that stands before the last word is its label: it ends in a colon or an equals sign, or speaks of a bucket.
fn is_label(text: &str, before: &[String]) -> bool {
    let is_of_a_bucket = |word: &String| {
        ["bucket", "name", "s3", "the", "our", "is"].contains(&word.to_ascii_lowercase().as_str())
    };
    let has_mark =
        text.rsplit_once([':', '=']).is_some_and(|(_, rest)| pasted::words(rest).len() == 1);
    has_mark || before.iter().all(is_of_a_bucket)
}

/// The bucket in `s3://bucket/…`, an ARN, `bucket.s3.region.amazonaws.com`, `s3.region.amazonaws.com/bucket` or
/// `….console.aws.amazon.com/s3/buckets/bucket`, as it stands there.
fn inside(word: &str) -> Option<&str> {
    let before_path = |text: &str| text.find(['/', '?', '#']).unwrap_or(text.len());
    if let Some(rest) = word.strip_prefix("arn:aws:s3:::").or_else(|| word.strip_prefix("s3://")) {
        return rest.get(..before_path(rest));
    }
    let rest = match split_scheme(word) {
        Some((scheme, rest)) if matches!(scheme.as_str(), "https" | "http") => rest,
        Some(_) => return None,
        None => word,
    };
    let (host, path) = split_authority(rest);
    if is_console(host) {
        let (_, rest) = path.split_once("/buckets/").or_else(|| path.split_once("/object/"))?;
        return rest.get(..before_path(rest));
    }
    let name = host.strip_suffix("amazonaws.com")?;
    if name.starts_with("s3.") || name.starts_with("s3-") {
        let rest = path.strip_prefix('/')?;
        return rest.get(..before_path(rest));
    }
    // Of old, with a region, from both stacks, as a website or over the shorter way.
    let at = name.rfind(".s3.").or_else(|| name.rfind(".s3-"))?;
    name.get(..at)
}

#[cfg(test)]
mod tests {
    use super::{Bucket, BucketError as E};
    use crate::Region;

    #[test]
    fn takes_names() {
        for name in ["abc", "client-papers", "docs.example.com", "1a2", " client-papers\n"] {
            assert_eq!(Bucket::parse(name).map(|b| b.as_str().to_owned()), Ok(name.trim().into()));
        }
    }

    #[test]
    fn names_what_is_no_name() {
        for (text, error) in [
            (" ", E::Empty),
            ("https://docs.example.com/a.pdf", E::Invalid),
            ("https://docs.example.com/buckets/client-papers", E::Invalid),
            ("Client-Papers", E::Invalid),
            ("ab", E::Invalid),
            ("-abc", E::Invalid),
            ("a..b", E::Invalid),
            ("192.168.0.1", E::Invalid),
            ("client papers", E::Invalid),
            ("s3.eu-central-1.amazonaws.com", E::Invalid),
            ("https://s3.console.aws.amazon.com/s3/home?region=eu-central-1", E::Invalid),
            ("s3://client-papers s3://other-papers", E::Several),
            ("arn:aws:s3:eu-central-1:123456789012:accesspoint/papers", E::IsAccessPoint),
            ("papers-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias", E::IsAccessPoint),
        ] {
            assert_eq!(Bucket::pasted(text), Err(error), "{text}");
        }
    }

    #[test]
    fn the_answer_is_taken_where_it_is_in_what_was_pasted() {
        for text in [
            "client-papers",
            "client-papers/",
            "\"client-papers\",",
            "`client-papers`",
            "**client-papers**",
            "Bucket: client-papers",
            "\"Bucket\": \"client-papers\",",
            "bucket = client-papers",
            "Bucket name\tclient-papers",
            "arn:aws:s3:::client-papers",
            "arn:aws:s3:::client-papers/*",
            "\"Resource\": \"arn:aws:s3:::client-papers/*\"",
            "s3://client-papers/a.pdf",
            "aws s3 ls s3://client-papers/",
            "client-papers.s3.eu-central-1.amazonaws.com",
            "client-papers.s3-eu-central-1.amazonaws.com",
            "client-papers.s3.dualstack.eu-central-1.amazonaws.com",
            "http://client-papers.s3-website.eu-central-1.amazonaws.com/",
            "https://client-papers.s3.amazonaws.com/a.pdf",
            "https://s3.eu-central-1.amazonaws.com/client-papers/a.pdf",
            "https://s3.console.aws.amazon.com/s3/buckets/client-papers?region=eu-central-1&tab=objects",
            "https://eu-central-1.console.aws.amazon.com/s3/buckets/client-papers?region=eu-central-1&prefix=a/",
            "https://eu-central-1.console.aws.amazon.com/s3/object/client-papers?region=eu-central-1&prefix=a.pdf",
        ] {
            let found = Bucket::pasted(text).map(|bucket| bucket.as_str().to_owned());
            assert_eq!(found, Ok("client-papers".into()), "{text}");
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
