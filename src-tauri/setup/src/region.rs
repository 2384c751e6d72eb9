//! Where a bucket is.

use signet_cloudfront::pasted;
use thiserror::Error;

/// No region's code is longer.
const LONGEST_REGION: usize = 32;

/// What the console calls the regions, in small letters ("AWS Regions", November 2026), with their codes. A name that
/// two have a part of (*Canada*) is not among them.
const NAMES: [(&str, &str); 35] = [
    ("n. virginia", "us-east-1"),
    ("ohio", "us-east-2"),
    ("n. california", "us-west-1"),
    ("oregon", "us-west-2"),
    ("cape town", "af-south-1"),
    ("hong kong", "ap-east-1"),
    ("taipei", "ap-east-2"),
    ("mumbai", "ap-south-1"),
    ("hyderabad", "ap-south-2"),
    ("singapore", "ap-southeast-1"),
    ("sydney", "ap-southeast-2"),
    ("jakarta", "ap-southeast-3"),
    ("melbourne", "ap-southeast-4"),
    ("malaysia", "ap-southeast-5"),
    ("new zealand", "ap-southeast-6"),
    ("thailand", "ap-southeast-7"),
    ("tokyo", "ap-northeast-1"),
    ("seoul", "ap-northeast-2"),
    ("osaka", "ap-northeast-3"),
    ("canada central", "ca-central-1"),
    ("calgary", "ca-west-1"),
    ("frankfurt", "eu-central-1"),
    ("zurich", "eu-central-2"),
    ("ireland", "eu-west-1"),
    ("london", "eu-west-2"),
    ("paris", "eu-west-3"),
    ("milan", "eu-south-1"),
    ("spain", "eu-south-2"),
    ("stockholm", "eu-north-1"),
    ("tel aviv", "il-central-1"),
    ("mexico central", "mx-central-1"),
    ("bahrain", "me-south-1"),
    ("uae", "me-central-1"),
    ("são paulo", "sa-east-1"),
    ("sao paulo", "sa-east-1"),
];

/// Of what codes are made.
fn is_of_code(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
}

/// A region's code, as `eu-central-1`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Region(String);

/// The text is no region's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this is not a region's code")]
pub struct RegionError;

impl Region {
    /// Takes what was pasted into a field: the code, or the one code in a name, a label, quotes or an address; or the
    /// name by which the console calls a region.
    ///
    /// # Errors
    /// [`RegionError`].
    pub fn pasted(text: &str) -> Result<Self, RegionError> {
        if let Ok(region) = Self::parse(&text.to_ascii_lowercase()) {
            return Ok(region);
        }
        let words = pasted::words(text);
        let all = words.join(" ");
        // A page of the console is served from one region and about another.
        let asked = all.split("region=").skip(1).filter_map(|rest| {
            Self::parse(rest.get(..rest.find(|c: char| !is_of_code(c)).unwrap_or(rest.len()))?).ok()
        });
        let asked: Vec<_> = asked.collect();
        if !asked.is_empty() {
            return pasted::only(asked).ok_or(RegionError);
        }
        let small = text.to_lowercase();
        // `eu-central-1a` is one of a region's places.
        let codes = small.split(|c| !is_of_code(c)).filter_map(|piece| {
            let bare = piece.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            Self::parse(piece).or_else(|_| Self::parse(bare)).ok()
        });
        let codes: Vec<_> = codes.collect();
        if !codes.is_empty() {
            return pasted::only(codes).ok_or(RegionError);
        }
        let named = NAMES.iter().filter(|(name, _)| {
            let mut at = small.match_indices(name);
            at.any(|(at, _)| {
                let around = [
                    small.get(..at).and_then(|before| before.chars().next_back()),
                    small.get(at + name.len()..).and_then(|after| after.chars().next()),
                ];
                around.into_iter().flatten().all(|c| !c.is_alphanumeric())
            })
        });
        let code = pasted::only(named.map(|(_, code)| *code)).ok_or(RegionError)?;
        Self::parse(code)
    }

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
    use super::{Region, RegionError};

    #[test]
    fn a_region_is_taken_by_its_code_or_its_name() {
        for (text, code) in [
            ("eu-central-1", "eu-central-1"),
            ("EU-Central-1", "eu-central-1"),
            ("Europe (Frankfurt) eu-central-1", "eu-central-1"),
            ("Europe (Frankfurt)", "eu-central-1"),
            ("Frankfurt", "eu-central-1"),
            ("\"eu-central-1\",", "eu-central-1"),
            ("region: eu-central-1", "eu-central-1"),
            ("region = eu-central-1", "eu-central-1"),
            ("AWS_REGION=eu-central-1", "eu-central-1"),
            ("--region eu-central-1", "eu-central-1"),
            ("eu-central-1a", "eu-central-1"),
            ("US East (N. Virginia)", "us-east-1"),
            ("South America (São Paulo)", "sa-east-1"),
            ("client-papers.s3.eu-central-1.amazonaws.com", "eu-central-1"),
            (
                "https://us-east-1.console.aws.amazon.com/s3/buckets/papers?region=eu-central-1&tab=objects",
                "eu-central-1",
            ),
            ("https://eu-central-1.console.aws.amazon.com/s3/buckets/papers", "eu-central-1"),
        ] {
            assert_eq!(
                Region::pasted(text).map(|r| r.as_str().to_owned()),
                Ok(code.into()),
                "{text}"
            );
        }
        for text in [
            "",
            "Europe",
            "Canada",
            "eu-central-1 eu-west-1",
            "Frankfurt or Ireland",
            "Frankfurter",
            "eu--1",
        ] {
            assert_eq!(Region::pasted(text), Err(RegionError), "{text}");
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
}
