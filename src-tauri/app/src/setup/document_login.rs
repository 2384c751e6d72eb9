//! A login for a site's documents as a part of its set-up: planned for the place where the site's documents lie, its access
//! key put into the keychain the moment that it is made, and forgotten there once it is taken back.
//!
//! No access key is left that nobody has: where the keychain does not take it, it is removed at AWS, and where that is not
//! reached the journal has it, so that the next set-up or undo removes it.

use signet_setup::AccessKeyId;
use signet_setup::document_login::{DocumentLoginObstacle, DocumentLoginPlan, DocumentsPlace};
use signet_setup::journal::{Journal, Made};
use signet_setup::plan::{Part, Plan};
use thiserror::Error;

use super::{
    Account, Accounts, ApplyError, Journals, NotReached, PlanSetUpError, Progress, Reach,
    SetUpRequest, SettingUp, Turn, UndoError, Watch, Watching,
};
use crate::access_keys::{ForgetAccessKeyError, SetAccessKeyError};
use crate::storage::Storage;
use crate::{AccessKey, KeyId};

/// Why an access key that AWS has made did not come into the keychain. It was removed at AWS, or the journal has it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AccessKeyNotKept {
    /// It was not taken.
    #[error(transparent)]
    Set(#[from] SetAccessKeyError),
    /// The keychain was not reached.
    #[error(transparent)]
    NotReached(#[from] NotReached),
}

/// Why an undo did not begin with the access key.
pub(super) enum AccessKeyStays {
    /// AWS did not remove it.
    Undo(UndoError),
    /// It is gone there, and the keychain did not let it go.
    InKeychain(ForgetAccessKeyError),
    /// It is gone there, and the keychain was not reached.
    NotReached(NotReached),
}

/// Why a login was not made.
pub(super) enum LoginNotMade {
    /// AWS did not do it.
    Apply(ApplyError),
    /// Its access key was not kept.
    NotKept(AccessKeyNotKept),
}

impl From<ApplyError> for LoginNotMade {
    fn from(error: ApplyError) -> Self {
        Self::Apply(error)
    }
}

impl<A: Accounts, J: Journals, R: Reach> SettingUp<'_, A, J, R> {
    /// What would be done by now.
    pub(super) async fn plan_with(
        &self,
        request: &SetUpRequest,
        account: &impl Account,
        journal: Option<&Journal>,
    ) -> Result<Plan, PlanSetUpError> {
        let spec = &request.spec;
        let mut plan = Plan::of(spec, account.current_state(spec).await?)?;
        if let Some(login) = request.document_login {
            let (place, of_site) = self.documents_place(request, &plan).await?;
            let found = account.document_user(spec).await?;
            let (name, of_site) = (spec.document_user(), of_site.as_ref());
            let login = DocumentLoginPlan::of(login, name, place, found, of_site, journal)?;
            plan.document_login = Some(login);
        }
        Ok(plan)
    }

    /// Where the documents of the key's site will lie, and the access key that it has for them.
    async fn documents_place(
        &self,
        request: &SetUpRequest,
        plan: &Plan,
    ) -> Result<(DocumentsPlace, Option<AccessKeyId>), PlanSetUpError> {
        use DocumentLoginObstacle as O;
        let SetUpRequest { key, spec, .. } = request;
        let key = key.clone().ok_or(O::NoSite)?;
        let site = self.app.disk(move |app| app.site_with(&key)).await?.ok_or(O::NoSite)?;
        let place = plan.origin_path(spec).and_then(|path| Storage::place_of_set_up(spec, path));
        let place = place.ok_or(O::PlaceUnknown)?;
        let known = site.storage.as_ref();
        if let Some(known) = known.filter(|known| known.place() != place) {
            return Err(O::Elsewhere { bucket: known.bucket.as_str().to_owned() }.into());
        }
        let planned = match &plan.distribution {
            Part::There(there) => Some(there.found.id.clone()),
            Part::Missing => None,
        };
        let place = DocumentsPlace {
            prefix: place.root().to_string(),
            distribution: known.and_then(|known| known.distribution.clone()).or(planned),
            bucket: place.bucket,
        };
        Ok((place, known.and_then(|known| known.access_key.clone())))
    }

    /// Makes what is missing of the login, and puts its access key into the keychain. Gives what AWS calls it.
    pub(super) async fn make_login<T: Turn>(
        &self,
        request: &SetUpRequest,
        (plan, distribution): (&DocumentLoginPlan, &signet_setup::DistributionId),
        account: &A::Account,
        journal: &mut Journal,
        watching: &mut Watching<'_, T>,
    ) -> Result<Option<AccessKeyId>, LoginNotMade> {
        let plan_for = (plan, distribution);
        let made = account.make_document_login(&request.spec, plan_for, journal, watching).await?;
        let Some(made) = made else {
            return Ok(plan.access_key.clone());
        };
        let id = made.id().clone();
        let Err(not_kept) = self.keep(request.key.clone(), made).await else { return Ok(Some(id)) };
        // Nobody has its secret any more.
        if account.remove_access_key(journal).await == Ok(true) {
            strike(journal);
            watching.keep(journal).map_err(ApplyError::from)?;
        }
        Err(LoginNotMade::NotKept(not_kept))
    }

    async fn keep(&self, listed: Option<KeyId>, made: AccessKey) -> Result<(), AccessKeyNotKept> {
        let kept = self.app.keychain(move |app| {
            let site = listed.and_then(|listed| app.site_with(&listed));
            app.set_access_key(&site.ok_or(SetAccessKeyError::Unknown)?.id, &made)
        });
        kept.await??;
        Ok(())
    }

    /// Removes the access key at AWS and then in the keychain, and strikes it out last: whatever stops it, the same once
    /// more goes on.
    pub(super) async fn undo_access_key<T: Turn>(
        &self,
        account: &A::Account,
        journal: &mut Journal,
        watching: &mut Watching<'_, T>,
    ) -> Result<(), AccessKeyStays> {
        let Some(entered) = journal.access_key() else { return Ok(()) };
        let id = entered.id.cloned();
        let is_refused = account.refuse_undo(journal, watching).await;
        is_refused.map_err(AccessKeyStays::Undo)?;
        if watching.is_stopped() {
            return Err(AccessKeyStays::Undo(UndoError::Stopped));
        }
        let entries = journal.made().iter().filter(|made| is_access_key(made));
        entries.for_each(|made| watching.progress(Progress::TakingBack(made.clone())));
        let is_gone = account.remove_access_key(journal).await;
        if !is_gone.map_err(|error| AccessKeyStays::Undo(error.into()))? {
            // What is not as Signet made it is told with all the rest.
            return Ok(());
        }
        if let Some(id) = id {
            let forgotten = self.app.keychain(move |app| app.forget_access_key_of(&id)).await;
            let forgotten = forgotten.map_err(AccessKeyStays::NotReached)?;
            forgotten.map_err(AccessKeyStays::InKeychain)?;
        }
        strike(journal);
        watching.keep(journal).map_err(|error| AccessKeyStays::Undo(error.into()))
    }
}

fn is_access_key(made: &Made) -> bool {
    matches!(made, Made::AccessKey { .. })
}

fn strike(journal: &mut Journal) {
    let entries: Vec<_> =
        journal.made().iter().filter(|made| is_access_key(made)).cloned().collect();
    entries.iter().for_each(|made| journal.remove(made));
}
