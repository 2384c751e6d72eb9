//! What a person asks a link to be, in their own words and on their own clock, and what that means
//! for one document at one moment.
//!
//! Deliberately not here: signing ([`super::links`]), and the terms as CloudFront knows them
//! ([`signet_cloudfront::link_conditions`]).

use chrono::{NaiveDateTime, TimeZone};
use thiserror::Error;

use signet_cloudfront::address::{AddressError, DocumentAddress};
use signet_cloudfront::calendar::moment;
use signet_cloudfront::lifetime::Lifetime;
use signet_cloudfront::link_conditions::{Limits, LinkConditions, TermsError};
use signet_cloudfront::policy::{Network, NetworkWithoutReaders};
use signet_cloudfront::policy_resource::{FolderError, PolicyResource};
use signet_cloudfront::site::SiteAddress;

/// All that makes a link but the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRecipe {
    /// A name, a path or a full address, as typed.
    pub address: String,
    /// How long it works.
    pub lifetime: Lifetime,
    /// From when, from where, and how much of the site.
    pub limits: ChosenLimits,
}

/// What stands under *More limits*. Mostly nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChosenLimits {
    /// The first moment at which the link works, on this computer's clock.
    pub start: Option<NaiveDateTime>,
    /// The only network from which it works.
    pub network: Option<Network>,
    /// The folder that it opens, as typed; empty is the document's own.
    pub folder: Option<String>,
}

/// Why limits cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LimitsError {
    /// The start is no moment of this calendar.
    #[error("the start is no date and time")]
    StartInvalid,
    /// The link would end before it begins.
    #[error("the start is not before the end")]
    StartsAfterEnd,
    /// Nobody who reads comes from the network, so that the link would never open.
    #[error(transparent)]
    Network(#[from] NetworkWithoutReaders),
    /// The folder cannot be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The document is not in the folder.
    #[error("the folder does not hold the document")]
    FolderMissesDocument,
}

impl ChosenLimits {
    /// The address that a link with these limits is for, as typed: where it opens a folder, that may be the
    /// folder's own.
    ///
    /// # Errors
    /// [`AddressError`].
    pub fn document(
        &self,
        typed: &str,
        site: &SiteAddress,
    ) -> Result<DocumentAddress, AddressError> {
        match self.folder {
            None => DocumentAddress::parse(typed, site),
            Some(_) => DocumentAddress::parse_for_folder(typed, site),
        }
    }

    /// What they mean for a document on a site: terms that open it.
    ///
    /// # Errors
    /// [`LimitsError`].
    pub fn terms<Z: TimeZone>(
        &self,
        document: &DocumentAddress,
        site: &SiteAddress,
        expires_at: i64,
        zone: &Z,
    ) -> Result<LinkConditions, LimitsError> {
        let network = self.network_on(site)?;
        let starts_after = self.starts_after(zone)?;
        let resource = self.resource(document, site)?;
        LinkConditions::new(expires_at, Limits { starts_after, network, resource })
            .map_err(|TermsError::StartsAfterEnd| LimitsError::StartsAfterEnd)
    }

    /// What is wrong with each of them, in the order of the form. Where the document or the end is not known,
    /// what hangs on it is not judged.
    pub fn wrong<Z: TimeZone>(
        &self,
        document: Option<&DocumentAddress>,
        site: &SiteAddress,
        expires_at: Option<i64>,
        zone: &Z,
    ) -> Vec<LimitsError> {
        let start = self.starts_after(zone).and_then(|starts_after| {
            let limits = Limits { starts_after, network: None, resource: None };
            // Before every start.
            let terms = LinkConditions::new(expires_at.unwrap_or(i64::MAX), limits);
            terms.map_err(|TermsError::StartsAfterEnd| LimitsError::StartsAfterEnd)
        });
        let folder = document.map(|document| self.resource(document, site));
        [start.err(), self.network_on(site).err(), folder.and_then(Result::err)]
            .into_iter()
            .flatten()
            .collect()
    }

    /// A network from which somebody reads.
    fn network_on(&self, site: &SiteAddress) -> Result<Option<Network>, LimitsError> {
        // The practice edge runs on this computer, and so does its reader.
        if let Some(network) = self.network.filter(|_| !site.is_of_practice()) {
            network.with_readers()?;
        }
        Ok(self.network)
    }

    /// The last second at which the link does not work yet.
    fn starts_after<Z: TimeZone>(&self, zone: &Z) -> Result<Option<i64>, LimitsError> {
        let Some(start) = self.start else { return Ok(None) };
        let start = moment(start, zone).filter(|start| *start > 0);
        // CloudFront refuses on the very second that it is given, too.
        Ok(Some(start.ok_or(LimitsError::StartInvalid)? - 1))
    }

    /// What the link opens beside its document, which is in it.
    fn resource(
        &self,
        document: &DocumentAddress,
        site: &SiteAddress,
    ) -> Result<Option<PolicyResource>, LimitsError> {
        let resource = match self.folder.as_deref().map(str::trim) {
            None => return Ok(None),
            Some("") => PolicyResource::folder_of(document),
            Some(text) => PolicyResource::folder_on(text, site)?,
        };
        if resource.opens(document.as_str()) {
            Ok(Some(resource))
        } else {
            Err(LimitsError::FolderMissesDocument)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::London;
    use signet_cloudfront::calendar::local_time;
    use signet_cloudfront::policy_resource::FolderError;

    /// 1 December 2026, 17:00 in London.
    const END: i64 = 1_796_144_400;

    fn terms(limits: &ChosenLimits) -> Result<LinkConditions, LimitsError> {
        let site = SiteAddress::parse("h.example").unwrap();
        let document = DocumentAddress::parse("reports/a.pdf", &site).unwrap();
        limits.terms(&document, &site, END, &London)
    }

    fn starting(text: &str) -> ChosenLimits {
        ChosenLimits { start: local_time(text), ..ChosenLimits::default() }
    }

    fn opening(folder: &str) -> ChosenLimits {
        ChosenLimits { folder: Some(folder.to_owned()), ..ChosenLimits::default() }
    }

    #[test]
    fn without_limits_only_the_end_is_said() {
        assert_eq!(terms(&ChosenLimits::default()), Ok(LinkConditions::until(END)));
    }

    #[test]
    fn a_link_works_from_the_very_second_that_was_chosen() {
        let policy = |limits: &ChosenLimits| {
            let terms = terms(limits).unwrap();
            (terms.starts_at(), terms.network().map(|network| network.to_string()))
        };
        assert_eq!(policy(&starting("2026-12-01T09:00")), (Some(END - 28_800), None));
        // Summer time: an hour before UTC.
        assert_eq!(policy(&starting("2026-07-01T09:00")).0, Some(1_782_892_800));
        // The clocks go forward at 1:00, and 1:30 is not on them: the first moment after the gap.
        assert_eq!(policy(&starting("2026-03-29T01:30")).0, Some(1_774_746_000));
        let network = Network::parse("203.0.113.7");
        let here = ChosenLimits { network, ..ChosenLimits::default() };
        assert_eq!(policy(&here), (None, Some("203.0.113.7/32".to_owned())));
    }

    #[test]
    fn a_start_lies_before_the_end_and_on_the_calendar() {
        for late in ["2026-12-01T17:00", "2026-12-01T17:01", "2030-01-01T00:00"] {
            assert_eq!(terms(&starting(late)), Err(LimitsError::StartsAfterEnd), "{late}");
        }
        assert!(terms(&starting("2026-12-01T16:59:59")).is_ok());
        assert_eq!(terms(&starting("1969-12-31T23:00")), Err(LimitsError::StartInvalid));
    }

    #[test]
    fn a_link_that_nobody_could_open_is_not_made() {
        let from =
            |text: &str| ChosenLimits { network: Network::parse(text), ..ChosenLimits::default() };
        for text in
            ["192.168.1.5", "10.0.0.0/8", "127.0.0.1", "100.64.0.1", "169.254.0.0/16", "224.0.0.1"]
        {
            let network = Network::parse(text).unwrap();
            assert_eq!(terms(&from(text)), Err(NetworkWithoutReaders { network }.into()));
        }
        for text in ["9.9.9.9", "0.0.0.0/0", "203.0.113.7"] {
            assert!(terms(&from(text)).is_ok(), "{text}");
        }
        let site = SiteAddress::practice(9000);
        let document = DocumentAddress::parse("a.pdf", &site).unwrap();
        assert!(from("127.0.0.1").terms(&document, &site, END, &London).is_ok());
    }

    #[test]
    fn each_limit_is_judged_for_itself() {
        let site = SiteAddress::parse("h.example").unwrap();
        let document = DocumentAddress::parse("reports/a.pdf", &site).unwrap();
        let network = Network::parse("10.0.0.0/8").unwrap();
        let of_network = LimitsError::from(NetworkWithoutReaders { network });
        let limits = ChosenLimits {
            start: local_time("2030-01-01T00:00"),
            network: Some(network),
            folder: Some("letters".to_owned()),
        };
        let wrong = |document, end| limits.wrong(document, &site, end, &London);
        assert_eq!(
            wrong(Some(&document), Some(END)),
            [LimitsError::StartsAfterEnd, of_network.clone(), LimitsError::FolderMissesDocument]
        );
        // What is not known is not held against them.
        assert_eq!(wrong(None, None), [of_network]);
        let fine = ChosenLimits { folder: Some(String::new()), ..starting("2026-12-01T09:00") };
        assert_eq!(fine.wrong(Some(&document), &site, Some(END), &London), []);
        let never = starting("1969-12-31T23:00");
        assert_eq!(never.wrong(None, &site, None, &London), [LimitsError::StartInvalid]);
    }

    #[test]
    fn a_folder_holds_its_document() {
        for folder in ["", " ", "reports", "/", "/rep*", "https://h.example/reports/"] {
            assert!(terms(&opening(folder)).unwrap().resource().is_some(), "{folder}");
        }
        for folder in ["letters", "reports/2026", "/a.pdf", "Reports"] {
            assert_eq!(terms(&opening(folder)), Err(LimitsError::FolderMissesDocument), "{folder}");
        }
        let other = FolderError::OtherSite { site: "h.example".to_owned() };
        assert_eq!(terms(&opening("https://x.example/*")), Err(other.into()));
    }
}
