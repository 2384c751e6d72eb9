//! Which hosts are a bucket's, and how it is fetched from through each.

use super::parts::Origin;
use crate::{Bucket, Region};

/// How a host leads to a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// As to a bucket, whose policy knows who asks.
    Bucket,
    /// As to a web server, which knows nobody: the website of a bucket, or a custom origin on its own host.
    Website,
    /// The same, on the host that S3 answers signed requests at.
    Custom,
}

impl Way {
    /// How an origin leads to the bucket; `None` where it leads elsewhere.
    pub(super) fn of(origin: &Origin, bucket: &Bucket, region: &Region) -> Option<Self> {
        let host = origin.host.trim_end_matches('.').to_ascii_lowercase();
        let host = host.strip_suffix(".cn").unwrap_or(&host);
        let (bucket, region) = (bucket.as_str(), region.as_str());
        let of_s3 = host.strip_suffix(".amazonaws.com")?;
        // Also `BUCKET.s3.amazonaws.com`, and `s3.REGION.amazonaws.com/BUCKET`, where the bucket stands in the path.
        let (name, service) =
            match of_s3.strip_prefix(bucket).and_then(|rest| rest.strip_prefix('.')) {
                Some(service) => (Some(bucket), service),
                None => (None, of_s3),
            };
        if name.is_none() {
            let folder = origin.path.trim_start_matches('/').split('/').next().unwrap_or_default();
            if !folder.is_empty() && folder != bucket {
                return None;
            }
        }
        let at = |text: &str| text == region;
        let is_website = name.is_some()
            && (service.strip_prefix("s3-website.").is_some_and(at)
                || service.strip_prefix("s3-website-").is_some_and(at));
        if is_website {
            return Some(Self::Website);
        }
        let is_everywhere = matches!(service, "s3" | "s3-accelerate" | "s3-accelerate.dualstack");
        let starts = ["s3.", "s3-", "s3.dualstack.", "s3-fips.", "s3-fips.dualstack."];
        let is_regional = starts.iter().any(|start| service.strip_prefix(start).is_some_and(at));
        if !is_everywhere && !is_regional {
            return None;
        }
        Some(if name.is_some() && origin.identity.is_some() { Self::Bucket } else { Self::Custom })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_has_many_hosts() {
        let bucket = Bucket::parse("client-papers").unwrap();
        let way = |host: &str, path: &str, is_s3: bool, region: &str| {
            let origin = Origin {
                id: "o".into(),
                host: host.into(),
                path: path.into(),
                access_control: None,
                identity: is_s3.then(String::new),
            };
            Way::of(&origin, &bucket, &Region::parse(region).unwrap())
        };
        let here = "eu-central-1";
        for host in [
            "client-papers.s3.eu-central-1.amazonaws.com",
            "Client-Papers.S3.EU-Central-1.amazonaws.com.",
            "client-papers.s3-eu-central-1.amazonaws.com",
            "client-papers.s3.amazonaws.com",
            "client-papers.s3.dualstack.eu-central-1.amazonaws.com",
            "client-papers.s3-accelerate.amazonaws.com",
        ] {
            assert_eq!(way(host, "", true, here), Some(Way::Bucket), "{host}");
            assert_eq!(way(host, "", false, here), Some(Way::Custom), "{host}");
        }
        for host in [
            "client-papers.s3-website.eu-central-1.amazonaws.com",
            "client-papers.s3-website-eu-central-1.amazonaws.com",
        ] {
            assert_eq!(way(host, "", false, here), Some(Way::Website), "{host}");
        }
        let china = "client-papers.s3.cn-north-1.amazonaws.com.cn";
        assert_eq!(way(china, "", true, "cn-north-1"), Some(Way::Bucket));
        // The bucket stands in the path.
        let s3 = "s3.eu-central-1.amazonaws.com";
        for (path, expected) in [
            ("/client-papers", Some(Way::Custom)),
            ("/client-papers/a", Some(Way::Custom)),
            ("", Some(Way::Custom)),
            ("/other-papers", None),
        ] {
            assert_eq!(way(s3, path, false, here), expected, "{path}");
        }
        for host in [
            "client-papers.s3.eu-west-1.amazonaws.com",
            "other.client-papers.s3.eu-central-1.amazonaws.com",
            "client-papers-dr.s3.eu-central-1.amazonaws.com",
            "client-papers.s3.eu-central-1.amazonaws.com.evil.example",
            "client-papers.s3-website.eu-west-1.amazonaws.com",
            "client-papers.example.com",
            "execute-api.eu-central-1.amazonaws.com",
            "",
        ] {
            assert_eq!(way(host, "", false, here), None, "{host}");
        }
    }
}
