//! A distribution's id and ARN.

use thiserror::Error;

use signet_cloudfront::pasted;
use signet_cloudfront::public_key_id::{PublicKeyId, PublicKeyIdError};

/// A distribution's id: `E` and 11 to 14 capitals or digits.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct DistributionId(String);

/// What was given in place of a distribution's id.
#[derive(Debug, Clone, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum DistributionIdError {
    /// Nothing.
    #[error("the distribution ID is empty")]
    Empty,
    /// A public key's id, `K…`.
    #[error("this is a public key ID")]
    IsPublicKeyId,
    /// A domain name, `d….cloudfront.net`.
    #[error("this is a domain name")]
    IsDomain,
    /// Anything else.
    #[error("this is not a distribution ID")]
    Invalid,
}

impl DistributionId {
    /// Takes a typed id; white space around it goes.
    ///
    /// # Errors
    /// [`DistributionIdError`].
    pub fn parse(text: &str) -> Result<Self, DistributionIdError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(DistributionIdError::Empty);
        }
        match PublicKeyId::parse(text) {
            Err(PublicKeyIdError::IsDistributionId { id }) => Ok(Self(id)),
            Ok(_) => Err(DistributionIdError::IsPublicKeyId),
            Err(_) if text.contains('.') => Err(DistributionIdError::IsDomain),
            Err(_) => Err(DistributionIdError::Invalid),
        }
    }

    /// Takes what was pasted into a field: the id alone, or the one id in a label, quotes, an ARN or the address of
    /// the console's page about it.
    ///
    /// # Errors
    /// [`DistributionIdError`], named after what was pasted instead.
    pub fn pasted(text: &str) -> Result<Self, DistributionIdError> {
        let error = match Self::parse(text) {
            Ok(id) => return Ok(id),
            Err(error) => error,
        };
        let pieces = pasted::pieces(text);
        // A word in capitals is no ID: each that CloudFront gives has a digit.
        let ids = pieces.iter().filter(|piece| piece.bytes().any(|byte| byte.is_ascii_digit()));
        if let Some(id) = pasted::only(ids.filter_map(|piece| Self::parse(piece).ok())) {
            return Ok(id);
        }
        let is_key = pieces.iter().any(|piece| PublicKeyId::parse(piece).is_ok());
        Err(if is_key { DistributionIdError::IsPublicKeyId } else { error })
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What policies call a distribution: `arn:aws:cloudfront::ACCOUNT:distribution/ID`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistributionArn(String);

impl DistributionArn {
    /// Takes an ARN as AWS gives it; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("arn:aws:cloudfront::")?;
        let (account, id) = rest.split_once(":distribution/")?;
        let is_account = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
        (is_account && DistributionId::parse(id).is_ok()).then(|| Self(text.to_owned()))
    }

    /// One that nothing in an account has, for a distribution that is not there yet.
    pub(super) fn of_nobody(account: &str) -> Self {
        Self(format!("arn:aws:cloudfront::{account}:distribution/E0000000000000"))
    }

    /// The ARN as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The account's number.
    pub fn account(&self) -> &str {
        self.0.split(':').nth(4).unwrap_or_default()
    }

    /// The distribution's id.
    pub fn id(&self) -> DistributionId {
        DistributionId(self.0.rsplit('/').next().unwrap_or_default().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{DistributionArn, DistributionId, DistributionIdError as E};

    #[test]
    fn names_what_is_no_distribution() {
        for (text, result) in [
            (" E2QWRUHAPOMQZL\n", Ok("E2QWRUHAPOMQZL".to_owned())),
            ("", Err(E::Empty)),
            ("K2JCJMDEHXQW5F", Err(E::IsPublicKeyId)),
            ("d111111abcdef8.cloudfront.net", Err(E::IsDomain)),
            ("client-papers", Err(E::Invalid)),
        ] {
            assert_eq!(DistributionId::parse(text).map(|id| id.as_str().to_owned()), result);
        }
    }

    #[test]
    fn the_answer_is_taken_where_it_is_in_what_was_pasted() {
        let id = "E2QWRUHAPOMQZL";
        let console = "https://us-east-1.console.aws.amazon.com/cloudfront/v4/home#/distributions";
        for text in [
            id.to_owned(),
            format!("\"{id}\","),
            format!("Distribution ID: {id}"),
            format!("\"Id\": \"{id}\","),
            format!("arn:aws:cloudfront::123456789012:distribution/{id}"),
            format!("\"AWS:SourceArn\": \"arn:aws:cloudfront::123456789012:distribution/{id}\""),
            format!("{console}/{id}"),
            format!("{console}/{id}/behaviors?tab=all"),
            format!("`{id}`"),
            format!("{id} (d111111abcdef8.cloudfront.net)"),
            format!("--distribution={id}"),
        ] {
            assert_eq!(
                DistributionId::pasted(&text).map(|found| found.as_str().to_owned()),
                Ok(id.into()),
                "{text}"
            );
        }
        for (text, error) in [
            ("", E::Empty),
            ("E2QWRUHAPOMQZL E3QWRUHAPOMQZL", E::Invalid),
            ("Key: K2JCJMDEHXQW5F", E::IsPublicKeyId),
            ("https://d111111abcdef8.cloudfront.net/", E::IsDomain),
            ("https://docs.example.com/E2QWRUHAPOMQZL", E::IsDomain),
            ("OUR EVERYTHINGELSE", E::Invalid),
        ] {
            assert_eq!(DistributionId::pasted(text), Err(error), "{text}");
        }
    }

    #[test]
    fn an_arn_holds_an_account_and_an_id() {
        let arn = "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL";
        assert_eq!(
            DistributionArn::parse(arn).map(|arn| arn.as_str().to_owned()),
            Some(arn.into())
        );
        let parsed = DistributionArn::parse(arn).unwrap();
        assert_eq!((parsed.account(), parsed.id().as_str()), ("123456789012", "E2QWRUHAPOMQZL"));
        for text in [
            "",
            "E2QWRUHAPOMQZL",
            "arn:aws:cloudfront::123:distribution/E2QWRUHAPOMQZL",
            "arn:aws-cn:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL",
        ] {
            assert_eq!(DistributionArn::parse(text), None, "{text}");
        }
    }
}
