//! How far a set-up by hand is: what was typed and ticked, what is wrong with it, and which steps can be
//! taken with it.
//!
//! Deliberately not here: where to click, which the words of the window say.

use std::collections::BTreeSet;

use thiserror::Error;

use super::by_hand::{self, DistributionArnError, PolicyTexts, Step};
use super::{
    AwsProfile, Bucket, BucketError, DistributionArn, DistributionId, DistributionIdError, Region,
    RegionError, SetupSpec,
};
use signet_cloudfront::key::PublicKey;
use signet_cloudfront::public_key_id::{PublicKeyId, PublicKeyIdError};
use signet_cloudfront::site::{SiteAddress, SiteAddressError};
use signet_cloudfront::site_in_text;

/// What was typed, right or wrong, and what was ticked.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SetUpAnswers"))]
#[serde(rename_all = "camelCase")]
pub struct Answers {
    /// Which key, as the list of keys names it.
    #[serde(rename = "keyId")]
    pub key: String,
    /// Where the documents are.
    pub bucket: String,
    /// Where that is.
    pub region: String,
    /// The distribution that is there; empty for a new one.
    #[serde(rename = "distributionId")]
    pub distribution: String,
    /// The ID that CloudFront gave to the key.
    pub public_key_id: String,
    /// The distribution's ARN.
    pub arn: String,
    /// The distribution's domain name, or another name of it.
    pub domain: String,
    /// The AWS profile that Signet uses; empty for the login that the environment has.
    pub profile: String,
    /// The steps that the person has done.
    pub done: BTreeSet<GuideStep>,
}

impl Answers {
    /// Whether something was typed or ticked. A key alone is where every set-up stands that was looked at.
    pub fn is_begun(&self) -> bool {
        *self != Self { key: self.key.clone(), ..Self::default() }
    }

    /// The profile, where one is named.
    pub fn profile(&self) -> Option<String> {
        let typed = Some(self.profile.trim()).filter(|name| !name.is_empty())?;
        // What is none is asked for as it stands: the AWS tools say that there is no such profile.
        let name = AwsProfile::pasted(typed);
        Some(name.map_or_else(|_| typed.to_owned(), |name| name.as_str().to_owned()))
    }

    fn at(&self, field: Field) -> &str {
        match field {
            Field::Bucket => &self.bucket,
            Field::Region => &self.region,
            Field::Distribution => &self.distribution,
            Field::PublicKeyId => &self.public_key_id,
            Field::Arn => &self.arn,
            Field::Domain => &self.domain,
        }
    }

    fn at_mut(&mut self, field: Field) -> &mut String {
        match field {
            Field::Bucket => &mut self.bucket,
            Field::Region => &mut self.region,
            Field::Distribution => &mut self.distribution,
            Field::PublicKeyId => &mut self.public_key_id,
            Field::Arn => &mut self.arn,
            Field::Domain => &mut self.domain,
        }
    }

    /// No profile is called so, and what was pasted by mistake is kept nowhere.
    fn is_no_profile(&self) -> bool {
        !self.profile.trim().is_empty() && AwsProfile::pasted(&self.profile).is_err()
    }
}

/// The steps, in their order.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SetUpStep"))]
#[serde(rename_all = "camelCase")]
pub enum GuideStep {
    /// A key is chosen.
    Key,
    /// It is said where the documents are.
    Documents,
    /// [`Step::PublicKey`].
    PublicKey,
    /// [`Step::KeyGroup`].
    KeyGroup,
    /// [`Step::AccessControl`].
    AccessControl,
    /// [`Step::Distribution`].
    Distribution,
    /// [`Step::BucketPolicy`].
    BucketPolicy,
    /// [`Step::RestrictViewerAccess`].
    RestrictViewerAccess,
    /// The key gets its site and its public key ID.
    Connect,
}

/// What is typed somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SetUpField"))]
#[serde(rename_all = "camelCase")]
pub enum Field {
    /// [`Answers::bucket`].
    Bucket,
    /// [`Answers::region`].
    Region,
    /// [`Answers::distribution`].
    #[serde(rename = "distributionId")]
    Distribution,
    /// [`Answers::public_key_id`].
    PublicKeyId,
    /// [`Answers::arn`].
    Arn,
    /// [`Answers::domain`].
    Domain,
}

/// What is wrong in a field. An empty one is not wrong, only unanswered.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FieldError {
    /// In [`Field::Bucket`].
    #[error(transparent)]
    Bucket(#[from] BucketError),
    /// In [`Field::Region`].
    #[error(transparent)]
    Region(#[from] RegionError),
    /// In [`Field::Distribution`].
    #[error(transparent)]
    Distribution(#[from] DistributionIdError),
    /// In [`Field::PublicKeyId`].
    #[error(transparent)]
    PublicKeyId(#[from] PublicKeyIdError),
    /// In [`Field::Arn`].
    #[error(transparent)]
    Arn(#[from] DistributionArnError),
    /// In [`Field::Domain`].
    #[error(transparent)]
    Domain(#[from] SiteAddressError),
}

/// A step as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which one.
    pub step: GuideStep,
    /// Whether it can be taken, or was.
    pub state: StepState,
    /// What is pasted there.
    pub values: Vec<(ValueName, String)>,
}

/// Whether a step can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SetUpStepState"))]
#[serde(rename_all = "camelCase")]
pub enum StepState {
    /// Something that it needs was not answered yet.
    Waiting,
    /// It can be taken.
    Open,
    /// It was taken.
    Done,
}

/// What a value is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SetUpValueName"))]
#[serde(rename_all = "camelCase")]
pub enum ValueName {
    /// What a thing is called.
    Name,
    /// The public half as PEM.
    Key,
    /// The bucket's host.
    Origin,
    /// A whole bucket policy.
    Policy,
    /// The statement for a policy that is there.
    Statement,
}

/// Something has to be answered first, in this step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{step:?} is not answered")]
pub struct Incomplete {
    /// Where.
    pub step: GuideStep,
}

/// A set-up by hand as it stands.
pub struct Guide<'a> {
    answers: &'a Answers,
    key: Option<&'a PublicKey>,
    is_connected: bool,
    bucket: Result<Bucket, BucketError>,
    region: Result<Region, RegionError>,
    distribution: Result<Option<DistributionId>, DistributionIdError>,
    public_key_id: Result<PublicKeyId, PublicKeyIdError>,
    arn: Result<DistributionArn, DistributionArnError>,
    domain: Result<SiteAddress, SiteAddressError>,
}

impl<'a> Guide<'a> {
    /// Reads the answers. The public half is that of their key, which may make links already.
    pub fn of(answers: &'a Answers, key: Option<&'a PublicKey>, is_connected: bool) -> Self {
        let distribution = match answers.distribution.trim() {
            "" => Ok(None),
            text => DistributionId::pasted(text).map(Some),
        };
        let chosen = distribution.as_ref().ok().and_then(Option::as_ref);
        Self {
            arn: by_hand::distribution_arn(&answers.arn, chosen),
            bucket: Bucket::pasted(&answers.bucket),
            region: Region::pasted(&answers.region),
            public_key_id: PublicKeyId::pasted(&answers.public_key_id),
            domain: site_in_text::site(&answers.domain),
            distribution,
            answers,
            key,
            is_connected,
        }
    }

    /// Every step, in its order.
    pub fn steps(&self) -> Vec<Standing> {
        use GuideStep as G;
        let Ok(spec) = self.spec() else {
            let first = [G::Key, G::Documents].map(|step| self.standing(step, Vec::new()));
            let later = [
                G::PublicKey,
                G::KeyGroup,
                G::AccessControl,
                G::Distribution,
                G::BucketPolicy,
                G::RestrictViewerAccess,
                G::Connect,
            ];
            let later = later.map(|step| {
                let state = StepState::Waiting;
                Standing { step, state, values: Vec::new() }
            });
            return first.into_iter().chain(later).collect();
        };
        let by_hand = by_hand::steps(&spec, self.arn.as_ref().ok()).map(values);
        [(G::Key, Vec::new()), (G::Documents, Vec::new())]
            .into_iter()
            .chain(by_hand)
            .chain([(G::Connect, Vec::new())])
            .map(|(step, values)| self.standing(step, values))
            .collect()
    }

    /// What was understood of each field that is answered.
    fn meant(&self) -> [(Field, Option<String>); 6] {
        let distribution = self.distribution.as_ref().ok().and_then(Option::as_ref);
        let text = |text: &str| text.to_owned();
        [
            (Field::Bucket, self.bucket.as_ref().ok().map(|it| text(it.as_str()))),
            (Field::Region, self.region.as_ref().ok().map(|it| text(it.as_str()))),
            (Field::Distribution, distribution.map(|it| text(it.as_str()))),
            (Field::PublicKeyId, self.public_key_id.as_ref().ok().map(|it| text(it.as_str()))),
            (Field::Arn, self.arn.as_ref().ok().map(|it| text(it.as_str()))),
            (Field::Domain, self.domain.as_ref().ok().map(|it| text(it.host()))),
        ]
    }

    /// What was understood where more than that was pasted.
    pub fn understood(&self) -> Vec<(Field, String)> {
        let typed = self.answers;
        let is_other = |(field, meant): (Field, Option<String>)| {
            let meant = meant.filter(|meant| meant != typed.at(field).trim())?;
            Some((field, meant))
        };
        self.meant().into_iter().filter_map(is_other).collect()
    }

    /// What is wrong with what was typed.
    pub fn errors(&self) -> Vec<(Field, FieldError)> {
        let Answers { bucket, region, distribution, public_key_id, arn, domain, .. } = self.answers;
        let all: [(&str, Field, Option<FieldError>); 6] = [
            (bucket, Field::Bucket, self.bucket.as_ref().err().cloned().map(Into::into)),
            (region, Field::Region, self.region.as_ref().err().copied().map(Into::into)),
            (
                distribution,
                Field::Distribution,
                self.distribution.as_ref().err().cloned().map(Into::into),
            ),
            (
                public_key_id,
                Field::PublicKeyId,
                self.public_key_id.as_ref().err().cloned().map(Into::into),
            ),
            (arn, Field::Arn, self.arn.as_ref().err().cloned().map(Into::into)),
            (domain, Field::Domain, self.domain.as_ref().err().cloned().map(Into::into)),
        ];
        let typed = all.into_iter().filter(|(text, ..)| !text.trim().is_empty());
        typed.filter_map(|(_, field, error)| error.map(|error| (field, error))).collect()
    }

    /// The answers that are right: what is written down for the next time. A field may hold what was
    /// pasted by mistake, a private key for one, and that is kept nowhere. Nor is a key alone: a look at a
    /// set-up writes nothing.
    pub fn to_keep(&self) -> Answers {
        let mut kept = self.answers.clone();
        if kept.is_no_profile() {
            kept.profile.clear();
        }
        for (field, meant) in self.meant() {
            *kept.at_mut(field) = meant.unwrap_or_default();
        }
        if !kept.is_begun() {
            kept.key.clear();
        }
        kept
    }

    /// What can be handed to an IT person.
    ///
    /// # Errors
    /// [`Incomplete`], the first step that is not answered.
    pub fn spec(&self) -> Result<SetupSpec, Incomplete> {
        let key = self.key.cloned().ok_or(Incomplete { step: GuideStep::Key })?;
        match (&self.bucket, &self.region, &self.distribution) {
            (Ok(bucket), Ok(region), Ok(distribution)) => Ok(SetupSpec {
                key,
                bucket: bucket.clone(),
                region: region.clone(),
                distribution: distribution.clone(),
            }),
            _ => Err(Incomplete { step: GuideStep::Documents }),
        }
    }

    /// A value of a step.
    ///
    /// # Errors
    /// [`Incomplete`], where the step has no such value yet.
    pub fn value(&self, step: GuideStep, name: ValueName) -> Result<String, Incomplete> {
        self.spec()?;
        let steps = self.steps().into_iter();
        let mut values = steps.filter(|of| of.step == step).flat_map(|of| of.values);
        values.find(|(of, _)| *of == name).map(|(_, text)| text).ok_or(Incomplete {
            step: if step == GuideStep::BucketPolicy { GuideStep::Distribution } else { step },
        })
    }

    /// The site and the public key ID that the key gets.
    ///
    /// # Errors
    /// [`Incomplete`], the first step that is not answered.
    pub fn connection(&self) -> Result<(SiteAddress, PublicKeyId), Incomplete> {
        let incomplete = |step| Incomplete { step };
        self.key.ok_or(incomplete(GuideStep::Key))?;
        let id = self.public_key_id.clone().map_err(|_| incomplete(GuideStep::PublicKey))?;
        let site = self.domain.clone().map_err(|_| incomplete(GuideStep::Distribution))?;
        Ok((site, id))
    }

    fn standing(&self, step: GuideStep, values: Vec<(ValueName, String)>) -> Standing {
        Standing { step, state: self.state(step), values }
    }

    fn state(&self, step: GuideStep) -> StepState {
        use GuideStep as G;
        let of = |is_done: bool| if is_done { StepState::Done } else { StepState::Open };
        let is_ticked = self.answers.done.contains(&step);
        match step {
            G::Key => of(self.key.is_some()),
            G::Documents => {
                of(self.bucket.is_ok() && self.region.is_ok() && self.distribution.is_ok())
            }
            G::PublicKey => of(is_ticked && self.public_key_id.is_ok()),
            G::Distribution => of(is_ticked && self.arn.is_ok() && self.domain.is_ok()),
            G::BucketPolicy if self.arn.is_err() => StepState::Waiting,
            G::KeyGroup | G::AccessControl | G::BucketPolicy | G::RestrictViewerAccess => {
                of(is_ticked)
            }
            G::Connect if self.is_connected => StepState::Done,
            G::Connect if self.connection().is_err() => StepState::Waiting,
            G::Connect => StepState::Open,
        }
    }
}

fn values(step: Step) -> (GuideStep, Vec<(ValueName, String)>) {
    use ValueName as V;
    match step {
        Step::PublicKey { name, key } => {
            (GuideStep::PublicKey, vec![(V::Name, name), (V::Key, key)])
        }
        Step::KeyGroup { name } => (GuideStep::KeyGroup, vec![(V::Name, name)]),
        Step::AccessControl { name } => (GuideStep::AccessControl, vec![(V::Name, name)]),
        Step::Distribution { origin, name, .. } => {
            (GuideStep::Distribution, vec![(V::Origin, origin), (V::Name, name)])
        }
        Step::BucketPolicy { texts, .. } => {
            let of = |PolicyTexts { whole, statement }| {
                vec![(V::Policy, whole), (V::Statement, statement)]
            };
            (GuideStep::BucketPolicy, texts.map(of).unwrap_or_default())
        }
        Step::RestrictViewerAccess { key_group } => {
            (GuideStep::RestrictViewerAccess, vec![(V::Name, key_group)])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use GuideStep as G;
    use StepState::{Done, Open, Waiting};
    use signet_cloudfront::key::SigningKey;

    const ARN: &str = "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL";

    fn states(answers: &Answers, key: Option<&PublicKey>) -> Vec<StepState> {
        Guide::of(answers, key, false).steps().into_iter().map(|of| of.state).collect()
    }

    #[test]
    fn a_set_up_goes_from_the_key_to_its_connection() {
        let key = SigningKey::generate_p256().public_key();
        let mut answers = Answers::default();
        let start = [Open, Open, Waiting, Waiting, Waiting, Waiting, Waiting, Waiting, Waiting];
        assert_eq!(states(&answers, None), start);
        let first = Guide::of(&answers, None, false).spec().unwrap_err();
        assert_eq!(first.step, G::Key);

        answers.bucket = "client-papers".to_owned();
        answers.region = "eu-central-1".to_owned();
        assert_eq!(
            states(&answers, Some(&key)),
            [Done, Done, Open, Open, Open, Open, Waiting, Open, Waiting]
        );
        answers.done.extend([G::PublicKey, G::KeyGroup, G::AccessControl, G::Distribution]);
        // Ticked, but what came back is missing.
        assert_eq!(
            states(&answers, Some(&key)),
            [Done, Done, Open, Done, Done, Open, Waiting, Open, Waiting]
        );
        let guide = Guide::of(&answers, Some(&key), false);
        let policy = guide.value(G::BucketPolicy, ValueName::Policy);
        assert_eq!(policy, Err(Incomplete { step: G::Distribution }));
        assert_eq!(guide.connection(), Err(Incomplete { step: G::PublicKey }));

        answers.public_key_id = "K2JCJMDEHXQW5F".to_owned();
        answers.arn = ARN.to_owned();
        answers.domain = "d111111abcdef8.cloudfront.net".to_owned();
        answers.done.extend([G::BucketPolicy, G::RestrictViewerAccess]);
        assert_eq!(
            states(&answers, Some(&key)),
            [Done, Done, Done, Done, Done, Done, Done, Done, Open]
        );
        let guide = Guide::of(&answers, Some(&key), true);
        assert!(guide.value(G::BucketPolicy, ValueName::Policy).unwrap().contains(ARN));
        assert_eq!(guide.value(G::PublicKey, ValueName::Key).unwrap(), key.to_spki_pem());
        let (site, id) = guide.connection().unwrap();
        assert_eq!((site.host(), id.as_str()), ("d111111abcdef8.cloudfront.net", "K2JCJMDEHXQW5F"));
        assert_eq!(guide.steps().last().unwrap().state, Done);
        assert_eq!(guide.errors(), []);
    }

    #[test]
    fn what_is_typed_is_judged_and_what_is_empty_is_not() {
        let answers = Answers {
            bucket: "Client Papers".to_owned(),
            region: "Europe".to_owned(),
            distribution: "K2JCJMDEHXQW5F".to_owned(),
            public_key_id: "E2QWRUHAPOMQZL".to_owned(),
            arn: "E2QWRUHAPOMQZL".to_owned(),
            domain: "client-papers.s3.eu-central-1.amazonaws.com".to_owned(),
            ..Answers::default()
        };
        let fields: Vec<_> =
            Guide::of(&answers, None, false).errors().into_iter().map(|(field, _)| field).collect();
        use Field as F;
        assert_eq!(
            fields,
            [F::Bucket, F::Region, F::Distribution, F::PublicKeyId, F::Arn, F::Domain]
        );
        assert_eq!(Guide::of(&Answers::default(), None, false).errors(), []);
    }

    #[test]
    fn what_was_understood_is_shown_and_kept_in_the_place_of_what_was_pasted() {
        let id = "E2QWRUHAPOMQZL";
        let answers = Answers {
            bucket: "arn:aws:s3:::client-papers/*".to_owned(),
            region: "Europe (Frankfurt) eu-central-1".to_owned(),
            distribution: format!("Distribution ID: {id}"),
            public_key_id: "K2JCJMDEHXQW5F ".to_owned(),
            arn: String::new(),
            domain: "https://docs.example.com/test.pdf".to_owned(),
            ..Answers::default()
        };
        let guide = Guide::of(&answers, None, false);
        assert_eq!(guide.errors(), []);
        let understood = [
            (Field::Bucket, "client-papers"),
            (Field::Region, "eu-central-1"),
            (Field::Distribution, id),
            (Field::Domain, "docs.example.com"),
        ];
        assert_eq!(guide.understood(), understood.map(|(field, text)| (field, text.to_owned())));
        let kept = guide.to_keep();
        assert_eq!(
            [
                &kept.bucket,
                &kept.region,
                &kept.distribution,
                &kept.public_key_id,
                &kept.arn,
                &kept.domain
            ],
            ["client-papers", "eu-central-1", id, "K2JCJMDEHXQW5F", "", "docs.example.com"]
        );
        assert_eq!(Guide::of(&kept, None, false).understood(), []);
    }

    #[test]
    fn what_is_wrong_is_not_kept() {
        // The beginning of a key file, and no key.
        let pem =
            "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----".to_owned();
        let right = Answers { bucket: "client-papers".to_owned(), ..Answers::default() };
        let answers = Answers {
            region: pem.clone(),
            distribution: pem.clone(),
            public_key_id: pem.clone(),
            arn: pem.clone(),
            domain: pem,
            ..right.clone()
        };
        assert_eq!(Guide::of(&answers, None, false).to_keep(), right);
    }
}
