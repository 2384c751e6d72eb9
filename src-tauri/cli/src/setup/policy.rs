//! `signet setup policy`: the IAM policy that a login needs, for whoever runs the AWS account. Nothing is
//! asked of AWS.

use signet_app::Storage;
use signet_app::documents::Folder;
use signet_setup::permissions::{self, DocumentsScope, Purpose};
use signet_setup::{Bucket, DistributionId};

use crate::arguments::{PolicyFor, PolicyPurpose};
use crate::failure::Failure;
use crate::keys::app;
use crate::{places, sites, terminal};

/// Writes the policy.
pub fn run(request: &PolicyFor) -> Result<(), Failure> {
    let storage = match &request.site {
        Some(name) => Some(sites::storage_of(&sites::named(&app()?, name, "--site")?)?),
        None => None,
    };
    let (bucket, distribution) = place(request, storage.as_ref())?;
    let purpose = match request.purpose {
        PolicyPurpose::SetUp => Purpose::SetUp,
        PolicyPurpose::Check => Purpose::Check,
        PolicyPurpose::Undo => Purpose::Undo,
        PolicyPurpose::Documents => {
            let folder = request.folder.as_deref().unwrap_or_default();
            let folder =
                Folder::parse(folder).map_err(|error| places::no_folder("--folder", &error))?;
            let part = storage.map(|storage| storage.place().root()).unwrap_or_default();
            let scope = DocumentsScope {
                bucket: &bucket,
                prefix: &format!("{part}{folder}"),
                distribution: distribution.as_ref(),
                may_remove: request.remove,
            };
            return Ok(terminal::json(&permissions::documents(&scope))?);
        }
    };
    let of = match request.with_document_login {
        true => permissions::policy_with_document_login,
        false => permissions::policy,
    };
    Ok(terminal::json(&of(purpose, &bucket, distribution.as_ref()))?)
}

fn place(
    request: &PolicyFor,
    storage: Option<&Storage>,
) -> Result<(Bucket, Option<DistributionId>), Failure> {
    let bucket = match (&request.bucket, storage) {
        (Some(text), _) => Bucket::pasted(text).map_err(|error| places::no_bucket(&error))?,
        (None, Some(storage)) => storage.bucket.clone(),
        (None, None) => {
            return Err(Failure::usage(
                "It is not said which bucket is meant.",
                "Give --bucket, or the site with --site.",
            ));
        }
    };
    let distribution = match &request.distribution {
        Some(text) => Some(
            DistributionId::pasted(text)
                .map_err(|error| places::no_distribution(&error, "for any"))?,
        ),
        None => storage.and_then(|storage| storage.distribution.clone()),
    };
    Ok((bucket, distribution))
}
