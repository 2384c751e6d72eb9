//! What AWS did not do, as the window says it.

use std::path::Path;

use signet_app::setup::{
    AccessKeyNotKept, ApplyError, ApplySetUpError, AskError, CheckSetUpError, NotKept, NotReached,
    PlanSetUpError, TurnError, UndoError, UndoSetUpError, Unreadable,
};
use signet_app::{KeychainError, SetAccessKeyError};
use signet_setup::plan::Obstacle;
use signet_setup::{SetupSpec, permissions};

use super::IpcError;
use super::made_thing::MadeThing;

impl IpcError {
    /// AWS did not answer a question about this spec as it should.
    pub(super) fn of_asking(error: AskError, spec: Option<&SetupSpec>) -> Self {
        let policy = match (&error, spec) {
            // Where a rule of another kind is against it, one more permission does not help.
            (
                AskError::NotAllowed { action, denied_by: None },
                Some(SetupSpec { bucket, distribution, .. }),
            ) => permissions::policy_for_action(action, bucket, distribution.as_ref()),
            _ => None,
        };
        Self::Aws {
            bucket: spec.map(|spec| spec.bucket.as_str().to_owned()),
            policy: policy.map(|policy| format!("{policy:#}")),
            why: error,
        }
    }

    pub(super) fn of_planning(error: PlanSetUpError, spec: &SetupSpec) -> Self {
        match error {
            PlanSetUpError::Ask(error) => Self::of_asking(error, Some(spec)),
            PlanSetUpError::Obstacle(error) => error.into(),
            PlanSetUpError::DocumentLogin(error) => error.into(),
            PlanSetUpError::NotReached(error) => error.into(),
        }
    }

    pub(super) fn of_applying(error: ApplySetUpError, spec: &SetupSpec) -> Self {
        match error {
            ApplySetUpError::NotBegun(error) => error.into(),
            ApplySetUpError::Ask(error) => Self::of_asking(error, Some(spec)),
            ApplySetUpError::Unreadable(error) => error.into(),
            ApplySetUpError::Obstacle(error) => error.into(),
            ApplySetUpError::DocumentLogin(error) => error.into(),
            ApplySetUpError::NotPlanned | ApplySetUpError::NotWanted => Self::SetUpNotPlanned,
            ApplySetUpError::Apply(error) => Self::of_making(error, spec),
            ApplySetUpError::OtherId { name, made } => Self::SetUpOtherId {
                name: name.to_string(),
                id: made.public_key_id.as_str().to_owned(),
                host: made.site.host().to_owned(),
            },
            ApplySetUpError::Connect(error) => error.into(),
            ApplySetUpError::NotReached(error) => error.into(),
            ApplySetUpError::AccessKey(error) => error.into(),
        }
    }

    pub(super) fn of_checking(error: CheckSetUpError, spec: &SetupSpec) -> Self {
        match error {
            CheckSetUpError::Clock(error) => error.into(),
            CheckSetUpError::Ask(error) => Self::of_asking(error, Some(spec)),
            CheckSetUpError::Obstacle(error) => error.into(),
            CheckSetUpError::Link(error) => error.into(),
            CheckSetUpError::NotReached(error) => error.into(),
            CheckSetUpError::NotOfTheWeb => Self::TrialNotPossible,
            // In the window the key is one of the list, with an id and its own private half.
            CheckSetUpError::NoPublicKey
            | CheckSetUpError::NoPrivateKey
            | CheckSetUpError::OtherHalf => Self::KeyUnknown,
        }
    }

    fn of_making(error: ApplyError, spec: &SetupSpec) -> Self {
        match error {
            ApplyError::Ask(error) => Self::of_asking(error, Some(spec)),
            ApplyError::PolicyChanged => Self::of_asking(AskError::Conflict, Some(spec)),
            ApplyError::Policy => Self::SetUpPolicyUnreadable,
            ApplyError::Save(error) => Self::of_journal(error),
            ApplyError::Stopped => Self::SetUpStopped,
        }
    }

    pub(super) fn of_taking_back(error: UndoError, spec: Option<&SetupSpec>) -> Self {
        match error {
            UndoError::Ask(error) => Self::of_asking(error, spec),
            UndoError::Policy => Self::SetUpPolicyUnreadable,
            UndoError::InUse { made } => {
                let (thing, id) = MadeThing::of(&made);
                Self::SetUpInUse { thing, id }
            }
            UndoError::Shared { distribution } => Self::SetUpShared { id: distribution },
            UndoError::OtherAccount { account } => Self::SetUpOtherAccount { account },
            UndoError::StillOn { distribution } => Self::SetUpStillOn { id: distribution },
            UndoError::Save(error) => Self::of_journal(error),
            UndoError::Stopped => Self::SetUpStopped,
        }
    }

    fn of_journal(NotKept { file, why }: NotKept) -> Self {
        Self::SetUpNotKept { file_name: name_of(&file), reason: why }
    }
}

impl From<Obstacle> for IpcError {
    fn from(obstacle: Obstacle) -> Self {
        match obstacle {
            Obstacle::OtherKey { id, name } => {
                Self::SetUpOtherKey { id: id.as_str().to_owned(), name }
            }
            Obstacle::KeyNotInGroup { name } => Self::SetUpKeyNotInGroup { name },
            Obstacle::Unfit { id, why } => {
                Self::SetUpUnfit { id: id.as_str().to_owned(), unfit: why }
            }
            Obstacle::Policy => Self::SetUpPolicyUnreadable,
            Obstacle::OtherPartition { region } => {
                Self::SetUpOtherPartition { region: region.as_str().to_owned() }
            }
        }
    }
}

impl From<UndoSetUpError> for IpcError {
    fn from(error: UndoSetUpError) -> Self {
        match error {
            UndoSetUpError::NotBegun(error) => error.into(),
            UndoSetUpError::NothingMade | UndoSetUpError::NotWanted => Self::SetUpNothingMade,
            UndoSetUpError::Ask(error) => Self::of_asking(error, None),
            UndoSetUpError::Unreadable(error) => error.into(),
            UndoSetUpError::OtherAccount { accounts } => {
                Self::SetUpOtherAccount { account: accounts.join(", ") }
            }
            UndoSetUpError::AccessKey(error) => error.into(),
            UndoSetUpError::NotReached(error) => error.into(),
        }
    }
}

impl From<AccessKeyNotKept> for IpcError {
    fn from(error: AccessKeyNotKept) -> Self {
        match error {
            AccessKeyNotKept::Set(SetAccessKeyError::Keychain(_)) => Self::AccessKeyNotKept,
            AccessKeyNotKept::Set(error) => error.into(),
            AccessKeyNotKept::NotReached(error) => error.into(),
        }
    }
}

impl From<NotReached> for IpcError {
    fn from(error: NotReached) -> Self {
        match error {
            NotReached::Busy => KeychainError::Busy.into(),
            NotReached::Broken => Self::Internal,
        }
    }
}

impl From<Unreadable> for IpcError {
    fn from(Unreadable { file }: Unreadable) -> Self {
        Self::SetUpJournalUnreadable { file_name: name_of(&file) }
    }
}

/// A file's name alone: where it lies is not the page's affair.
fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

impl From<TurnError> for IpcError {
    fn from(error: TurnError) -> Self {
        match error {
            TurnError::Elsewhere => Self::SetUpElsewhere,
            TurnError::NoLock { file } => Self::SetUpNoLock { file_name: name_of(&file) },
            TurnError::Save(error) => Self::of_journal(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use signet_app::SaveError;
    use signet_app::setup::{DenyingRule, ErrorCode, PlanRule};
    use signet_cloudfront::key::SigningKey;
    use signet_cloudfront::public_key_id::PublicKeyId;
    use signet_setup::distribution_config::Unfit;
    use signet_setup::document_login::DocumentLoginObstacle;
    use signet_setup::journal::Made;
    use signet_setup::{Bucket, DistributionId, Region};

    fn spec() -> SetupSpec {
        SetupSpec {
            key: SigningKey::generate_p256().public_key(),
            bucket: Bucket::parse("client-papers").unwrap(),
            region: Region::parse("eu-central-1").unwrap(),
            distribution: None,
        }
    }

    fn seen(error: &IpcError) -> Value {
        serde_json::to_value(error).unwrap()
    }

    #[test]
    fn what_aws_answers_has_a_code_of_its_own() {
        let message = "No".to_owned();
        let code = |text: &str| ErrorCode::parse(text).unwrap();
        for (error, mut expected) in [
            (AskError::NoLogin, json!({ "why": "noLogin" })),
            (AskError::LoginUnusable, json!({ "why": "loginUnusable" })),
            (
                AskError::LoginOfTools { profile: Some("papers".to_owned()) },
                json!({ "why": "loginOfTools", "profile": "papers" }),
            ),
            (AskError::LoginExpired, json!({ "why": "loginExpired" })),
            (AskError::WrongClock, json!({ "why": "wrongClock" })),
            (AskError::Conflict, json!({ "why": "conflict" })),
            (
                AskError::Quota { what: code("TooManyKeyGroups") },
                json!({ "why": "quota", "what": "TooManyKeyGroups" }),
            ),
            (AskError::NoBucket, json!({ "why": "noBucket" })),
            (AskError::NoDistribution, json!({ "why": "noDistribution" })),
            (
                AskError::WrongRegion { region: None },
                json!({ "why": "wrongRegion", "region": null }),
            ),
            (AskError::PublicAccessBlocked, json!({ "why": "publicAccessBlocked" })),
            (
                AskError::PolicyRefused { message: message.clone() },
                json!({ "why": "policyRefused", "message": "No" }),
            ),
            (AskError::Busy, json!({ "why": "busy" })),
            (AskError::Unreachable, json!({ "why": "unreachable" })),
            (
                AskError::Endless { action: "s3:Any" },
                json!({ "why": "endless", "action": "s3:Any" }),
            ),
            (
                AskError::Refused { action: "s3:Any", code: code("Any"), message },
                json!({ "why": "refused", "action": "s3:Any", "message": "No" }),
            ),
            (AskError::IsThere, json!({ "why": "isThere" })),
            (AskError::SwitchedOn, json!({ "why": "switchedOn" })),
            (
                AskError::AccountNotReady { message: "New".to_owned() },
                json!({ "why": "accountNotReady", "message": "New" }),
            ),
            (
                AskError::PricingPlan { rule: PlanRule::Subscribed, message: "Plan".to_owned() },
                json!({ "why": "pricingPlan", "rule": "subscribed", "message": "Plan" }),
            ),
            (
                AskError::NotAllowed {
                    action: "s3:PutBucketPolicy".to_owned(),
                    denied_by: Some(DenyingRule::ServiceControlPolicy),
                },
                json!({ "why": "notAllowed", "action": "s3:PutBucketPolicy", "deniedBy": "service control policy" }),
            ),
            (
                AskError::Unexpected { action: "s3:Any" },
                json!({ "why": "unexpected", "action": "s3:Any" }),
            ),
        ] {
            expected["code"] = json!("aws");
            expected["bucket"] = json!("client-papers");
            expected["policy"] = Value::Null;
            assert_eq!(seen(&IpcError::of_asking(error, Some(&spec()))), expected);
        }
    }

    #[test]
    fn a_missing_permission_comes_with_the_policy_that_gives_it() {
        let action = || "cloudfront:CreateKeyGroup".to_owned();
        let error = AskError::NotAllowed { action: action(), denied_by: None };
        let IpcError::Aws { policy: Some(policy), why, .. } =
            IpcError::of_asking(error.clone(), Some(&spec()))
        else {
            panic!("it has none");
        };
        let policy: Value = serde_json::from_str(&policy).unwrap();
        assert_eq!((&policy["Statement"][0]["Action"], &why), (&json!(action()), &error));
        let without = IpcError::Aws { bucket: None, policy: None, why: error.clone() };
        assert_eq!(IpcError::of_asking(error, None), without);
    }

    #[test]
    fn what_stands_in_the_way_of_a_set_up_has_a_code_of_its_own() {
        let id = || PublicKeyId::parse("K2JCJMDEHXQW5F").unwrap();
        let distribution = || DistributionId::parse("E2QWRUHAPOMQZL").unwrap();
        let name = || "signet-1".to_owned();
        for (obstacle, code) in [
            (Obstacle::OtherKey { id: id(), name: name() }, "setUpOtherKey"),
            (Obstacle::KeyNotInGroup { name: name() }, "setUpKeyNotInGroup"),
            (Obstacle::Unfit { id: distribution(), why: Unfit::Website }, "setUpUnfit"),
            (Obstacle::Policy, "setUpPolicyUnreadable"),
            (
                Obstacle::OtherPartition { region: Region::parse("cn-north-1").unwrap() },
                "setUpOtherPartition",
            ),
        ] {
            assert_eq!(seen(&obstacle.into())["code"], code);
        }
        let not_kept = |why| NotKept { file: "/home/ann/signet/set-up-1.json".into(), why };
        for (error, code) in [
            (ApplyError::Ask(AskError::Busy), "aws"),
            (ApplyError::PolicyChanged, "aws"),
            (ApplyError::Policy, "setUpPolicyUnreadable"),
            (ApplyError::Save(not_kept(SaveError::DiskFull)), "setUpNotKept"),
            (ApplyError::Stopped, "setUpStopped"),
        ] {
            assert_eq!(seen(&IpcError::of_applying(error.into(), &spec()))["code"], code);
        }
        let locked = || SetAccessKeyError::Keychain(KeychainError::Locked);
        for (error, code) in [
            (AccessKeyNotKept::Set(locked()), "accessKeyNotKept"),
            (AccessKeyNotKept::Set(SetAccessKeyError::Unknown), "siteUnknown"),
            (AccessKeyNotKept::NotReached(NotReached::Broken), "internal"),
        ] {
            assert_eq!(seen(&IpcError::of_applying(error.into(), &spec()))["code"], code);
        }
        let user = || "signet-1-documents".to_owned();
        for (obstacle, expected) in [
            (DocumentLoginObstacle::NoSite, json!({ "why": "noSite" })),
            (DocumentLoginObstacle::PlaceUnknown, json!({ "why": "placeUnknown" })),
            (
                DocumentLoginObstacle::Elsewhere { bucket: "other".to_owned() },
                json!({ "why": "elsewhere", "bucket": "other" }),
            ),
            (DocumentLoginObstacle::HasAccessKey, json!({ "why": "hasAccessKey" })),
            (
                DocumentLoginObstacle::OtherUser { user: user() },
                json!({ "why": "otherUser", "user": user() }),
            ),
            (
                DocumentLoginObstacle::NoMoreKeys { user: user() },
                json!({ "why": "noMoreKeys", "user": user() }),
            ),
        ] {
            let mut expected = expected;
            expected["code"] = json!("documentLogin");
            assert_eq!(seen(&IpcError::of_planning(obstacle.clone().into(), &spec())), expected);
            assert_eq!(seen(&IpcError::of_applying(obstacle.into(), &spec())), expected);
        }
        let made = Made::key_group(Some("g")).unwrap();
        for (error, expected) in [
            (
                UndoError::Ask(AskError::Busy),
                json!({ "code": "aws", "why": "busy", "bucket": null, "policy": null }),
            ),
            (UndoError::Policy, json!({ "code": "setUpPolicyUnreadable" })),
            (
                UndoError::InUse { made },
                json!({ "code": "setUpInUse", "thing": "keyGroup", "id": "g" }),
            ),
            (
                UndoError::Shared { distribution: "E".to_owned() },
                json!({ "code": "setUpShared", "id": "E" }),
            ),
            (
                UndoError::StillOn { distribution: "E".to_owned() },
                json!({ "code": "setUpStillOn", "id": "E" }),
            ),
            (
                UndoError::OtherAccount { account: "1".to_owned() },
                json!({ "code": "setUpOtherAccount", "account": "1" }),
            ),
            (
                UndoError::Save(not_kept(SaveError::Other)),
                json!({ "code": "setUpNotKept", "fileName": "set-up-1.json", "reason": "other" }),
            ),
            (UndoError::Stopped, json!({ "code": "setUpStopped" })),
        ] {
            assert_eq!(seen(&IpcError::of_taking_back(error, None)), expected);
        }
    }
}
