//! A login for a site's documents, made and taken back: an IAM user, its policy and an access key. IAM is asked only where
//! one is wanted, or was made.
//!
//! IAM knows its users by their names. One that has the set-up's tag is this set-up's, and where its id is written down it
//! must be that one too. The secret of an access key is said by AWS once, and goes from here to whoever keeps it.

use std::time::Duration;

use aws_sdk_iam::config::retry::RetryConfig;
use aws_sdk_iam::types::Tag;
use signet_app::AccessKey;
use signet_app::setup::{ApplyError, AskError, UndoError, WhyKept};
use signet_setup::document_login::{DocumentLoginPlan, FoundUser, POLICY_NAME, TAG};
use signet_setup::journal::{Journal, Made};
use signet_setup::plan::{Part, PlanStep};
use signet_setup::{AccessKeyId, DistributionId, Names, SetupSpec, UserId};

use crate::account::Account;
use crate::apply;
use crate::undo::{self, DIFFERS, Outcome};

/// What was just made is not known everywhere at once: so long IAM may say that there is no such user,
const SETTLING: Duration = Duration::from_secs(1);

/// and so often it is asked once more.
const LOOKS: u32 = 10;

const HAS_MORE: Outcome = Outcome::Kept(WhyKept::HasMore);

/// A user as it is now.
struct User {
    id: UserId,
    /// Whether it has the tag of the set-up of that name.
    is_own: bool,
}

impl Account {
    fn iam(&self) -> aws_sdk_iam::Client {
        let config = aws_sdk_iam::config::Builder::from(&self.config);
        aws_sdk_iam::Client::from_conf(config.interceptor(self.login.echo.clone()).build())
    }

    /// The user for documents of a set-up, with all that a plan needs to know. Nothing is changed.
    ///
    /// # Errors
    /// [`AskError`].
    pub(crate) async fn find_document_user(
        &self,
        spec: &SetupSpec,
    ) -> Result<Option<FoundUser>, AskError> {
        let name = spec.document_user();
        let Some(User { id, is_own }) = self.user(&spec.name()).await? else { return Ok(None) };
        // What somebody else's may do and has is not asked for.
        if !is_own {
            return Ok(Some(FoundUser { id, is_own, policy: None, keys: Vec::new() }));
        }
        let (policy, keys) = (self.user_policy(&name).await?, self.access_keys(&name).await?);
        Ok(Some(FoundUser { id, is_own, policy, keys }))
    }

    /// The user of a set-up of that name; `None` where there is none.
    async fn user(&self, set_up: &str) -> Result<Option<User>, AskError> {
        const ACTION: &str = "iam:GetUser";
        let asked = self.iam().get_user().user_name(Names::document_user_of(set_up)).send().await;
        let user = match asked.map_err(|error| self.login.refused(ACTION, error)) {
            Ok(answer) => answer.user.ok_or(AskError::Unexpected { action: ACTION })?,
            Err(AskError::NotThere) => return Ok(None),
            Err(error) => return Err(error),
        };
        let is_own = user.tags().iter().any(|tag| tag.key == TAG && tag.value == set_up);
        let id = UserId::parse(&user.user_id).ok_or(AskError::Unexpected { action: ACTION })?;
        Ok(Some(User { id, is_own }))
    }

    async fn user_policy(&self, user: &str) -> Result<Option<String>, AskError> {
        const ACTION: &str = "iam:GetUserPolicy";
        let asked = self.iam().get_user_policy().user_name(user).policy_name(POLICY_NAME);
        match asked.send().await.map_err(|error| self.login.refused(ACTION, error)) {
            Ok(answer) => {
                // IAM gives it back as it may stand in an address.
                let text = percent_encoding::percent_decode_str(&answer.policy_document);
                let text = text.decode_utf8().map_err(|_| AskError::Unexpected { action: ACTION });
                Ok(Some(text?.into_owned()))
            }
            Err(AskError::NotThere) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The access keys of a user. AWS lets one have two, so there is no second page.
    async fn access_keys(&self, user: &str) -> Result<Vec<AccessKeyId>, AskError> {
        const ACTION: &str = "iam:ListAccessKeys";
        let listed = self.iam().list_access_keys().user_name(user).send().await;
        let listed = listed.map_err(|error| self.login.refused(ACTION, error))?;
        let ids = listed.access_key_metadata.into_iter().filter_map(|key| key.access_key_id);
        let ids = ids.map(|id| AccessKeyId::parse(&id));
        ids.collect::<Result<_, _>>().map_err(|_| AskError::Unexpected { action: ACTION })
    }

    async fn make_user(&self, spec: &SetupSpec) -> Result<String, AskError> {
        const ACTION: &str = "iam:CreateUser";
        let unexpected = || AskError::Unexpected { action: ACTION };
        let tag = Tag::builder().key(TAG).value(spec.name()).build().map_err(|_| unexpected())?;
        let made = self.iam().create_user().user_name(spec.document_user()).tags(tag).send().await;
        match made.map_err(|error| self.login.refused(ACTION, error)) {
            Ok(answer) => answer.user.map(|user| user.user_id),
            // The answer to the first was lost on the way.
            Err(AskError::IsThere) => {
                let there = self.user(&spec.name()).await?.filter(|user| user.is_own);
                there.map(|user| user.id.as_str().to_owned())
            }
            Err(error) => return Err(error),
        }
        .ok_or_else(unexpected)
    }

    async fn put_user_policy(&self, user: &str, policy: &str) -> Result<(), AskError> {
        let mut settling = Settling::default();
        loop {
            let asked = self.iam().put_user_policy().user_name(user).policy_name(POLICY_NAME);
            let put = asked.policy_document(policy).send().await;
            let put = put.map_err(|error| self.login.refused("iam:PutUserPolicy", error));
            if !settling.goes_on(put.as_ref().err()).await {
                return put.map(drop);
            }
        }
    }

    /// Makes an access key. The library does not ask twice: where the first answer was lost there would be two of them.
    async fn make_access_key(&self, user: &str) -> Result<AccessKey, AskError> {
        const ACTION: &str = "iam:CreateAccessKey";
        let mut settling = Settling::default();
        let made = loop {
            let once = aws_sdk_iam::config::Builder::new().retry_config(RetryConfig::disabled());
            let asked = self.iam().create_access_key().user_name(user).customize();
            let made = asked.config_override(once).send().await;
            let made = made.map_err(|error| self.login.refused(ACTION, error));
            if !settling.goes_on(made.as_ref().err()).await {
                break made?.access_key;
            }
        };
        let key = made.and_then(|made| {
            let id = AccessKeyId::parse(&made.access_key_id).ok()?;
            AccessKey::made(id, made.secret_access_key)
        });
        key.ok_or(AskError::Unexpected { action: ACTION })
    }

    async fn delete_access_key(&self, user: &str, key: &AccessKeyId) -> Result<(), AskError> {
        let asked = self.iam().delete_access_key().user_name(user).access_key_id(key.as_str());
        let gone = asked.send().await;
        match gone.map_err(|error| self.login.refused("iam:DeleteAccessKey", error)) {
            Ok(_) | Err(AskError::NotThere) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The user that the journal says was made; `None` where it is gone, and an outcome where it is another one.
    async fn entered_user(
        &self,
        name: &str,
        made: &[Made],
    ) -> Result<Result<Option<User>, Outcome>, AskError> {
        let Some(user) = self.user(name).await? else { return Ok(Ok(None)) };
        let is_it = made.iter().all(|made| match made {
            Made::DocumentUser { id: Some(id) } => *id == user.id,
            _ => true,
        });
        Ok(if user.is_own && is_it { Ok(Some(user)) } else { Err(DIFFERS) })
    }

    /// Removes the access key that the journal holds, which stays as it is. Gives whether it is gone.
    ///
    /// # Errors
    /// [`AskError`].
    pub(crate) async fn remove_access_key(&self, journal: &Journal) -> Result<bool, AskError> {
        let outcome = self.take_access_key(journal.name(), journal.made()).await?;
        Ok(matches!(outcome, Outcome::Gone))
    }

    async fn take_access_key(&self, name: &str, made: &[Made]) -> Result<Outcome, AskError> {
        let user = Names::document_user_of(name);
        match self.entered_user(name, made).await? {
            Ok(Some(_)) => {}
            Ok(None) => return Ok(Outcome::Gone),
            Err(outcome) => return Ok(outcome),
        }
        let there = self.access_keys(&user).await?;
        let Some(entered) = Made::access_key_of(made) else { return Ok(Outcome::Gone) };
        match entered.of(&there) {
            Some(key) => {
                self.delete_access_key(&user, &key).await?;
                Ok(Outcome::Gone)
            }
            None if entered.is_gone_from(&there) => Ok(Outcome::Gone),
            // Several came since it was begun.
            None => Ok(DIFFERS),
        }
    }
}

/// How long IAM has been asked about what was just made. What it does not know yet it has not changed.
#[derive(Default)]
struct Settling {
    looks: u32,
}

impl Settling {
    /// Waits where that is the answer; gives whether to ask once more.
    async fn goes_on(&mut self, error: Option<&AskError>) -> bool {
        let is_settling = error == Some(&AskError::NotThere) && self.looks < LOOKS;
        if is_settling {
            self.looks += 1;
            tokio::time::sleep(SETTLING).await;
        }
        is_settling
    }
}

impl apply::Work<'_> {
    /// Makes what a plan says is missing. Gives the access key where one was made: it is nowhere else.
    pub(crate) async fn document_login(
        &mut self,
        plan: &DocumentLoginPlan,
        distribution: &DistributionId,
    ) -> Result<Option<AccessKey>, ApplyError> {
        let (account, user) = (self.account, plan.user_name.as_str());
        let there = match &plan.user {
            Some(id) => Part::There(id.as_str().to_owned()),
            None => Part::Missing,
        };
        let make = account.make_user(self.spec);
        let step = (PlanStep::DocumentUser, "iam:CreateUser");
        self.part(step, &there, Made::document_user, make).await?;
        let policy = plan.policy(distribution);
        if !plan.has_policy(&policy) {
            // One that was there is another computer's as well, and undo leaves it.
            let entry = plan.policy_before.is_none().then_some(Made::DocumentPolicy);
            self.begin(PlanStep::DocumentPolicy, entry.clone())?;
            if let Err(error) = account.put_user_policy(user, &policy.to_string()).await {
                return Err(self.not_made(entry.as_ref(), error)?);
            }
        }
        if plan.access_key.is_some() {
            return Ok(None);
        }
        self.begin(PlanStep::AccessKey, None)?;
        for lost in &plan.lost {
            account.delete_access_key(user, lost).await?;
        }
        let others = account.access_keys(user).await?;
        let is_key = |made: &&Made| matches!(made, Made::AccessKey { .. });
        for before in self.journal.made().iter().filter(is_key).cloned().collect::<Vec<_>>() {
            self.journal.remove(&before);
        }
        let entry = Made::AccessKey { id: None, others: others.clone() };
        self.journal.begin(entry.clone());
        self.watch.keep(self.journal)?;
        match account.make_access_key(user).await {
            Ok(key) => {
                self.journal.finish(&Made::AccessKey { id: Some(key.id().clone()), others });
                self.watch.keep(self.journal)?;
                Ok(Some(key))
            }
            Err(error) => Err(self.not_made(Some(&entry), error)?),
        }
    }
}

impl undo::Work<'_> {
    /// Takes back one thing of the login.
    pub(crate) async fn undo_document_login(&mut self, made: &Made) -> Result<Outcome, UndoError> {
        let (account, name) = (self.account, self.name.as_str());
        let user = Names::document_user_of(name);
        if let Made::AccessKey { .. } = made {
            return Ok(account.take_access_key(name, &self.made).await?);
        }
        match account.entered_user(name, &self.made).await? {
            Ok(Some(_)) => {}
            Ok(None) => return Ok(Outcome::Gone),
            Err(outcome) => return Ok(outcome),
        }
        // Another computer reaches documents with one.
        if !account.access_keys(&user).await?.is_empty() {
            return Ok(HAS_MORE);
        }
        if let Made::DocumentPolicy = made {
            let asked = account.iam().delete_user_policy().user_name(user);
            let gone = asked.policy_name(POLICY_NAME).send().await;
            gone.map_err(|error| account.login.refused("iam:DeleteUserPolicy", error))?;
            return Ok(Outcome::Gone);
        }
        let gone = account.iam().delete_user().user_name(user).send().await;
        match gone.map_err(|error| account.login.refused("iam:DeleteUser", error)) {
            Ok(_) => Ok(Outcome::Gone),
            // Groups, policies, a password: whatever it is, IAM has looked.
            Err(AskError::Refused { code, .. }) if code.as_str() == "DeleteConflict" => {
                Ok(HAS_MORE)
            }
            Err(error) => Err(error.into()),
        }
    }
}
