//! The site whose documents are meant, opened.

use signet_app::documents::{DocumentStores, Folder, Login};
use signet_app::sharing::SiteDocuments;
use signet_app::{App, Site, Storage};
use signet_aws::Aws;
use signet_os::KeptUploads;
use signet_setup::permissions::DocumentsScope;

use super::words;
use crate::arguments::OfSite;
use crate::failure::Failure;
use crate::setup::aws::Here;
use crate::sites;

/// The documents of a site, at AWS.
pub type Open<'a> = SiteDocuments<'a, <Aws as DocumentStores>::Store, KeptUploads, Here<'a>>;

/// The site that the options name.
pub fn of(options: &OfSite, app: &App) -> Result<Site, Failure> {
    if let Some(name) = &options.site {
        return sites::named(app, name, "--site");
    }
    let all = app.sites();
    let mut known = all.iter().filter(|site| site.storage.is_some());
    match (known.next(), known.next()) {
        (Some(site), None) => Ok(site.clone()),
        (Some(_), Some(_)) => Err(Failure::usage(
            "There are several sites, and it is not said which one is meant.",
            "Name it with --site.",
        )),
        (None, _) => Err(Failure::other(
            "It is not known of any site where its documents lie.",
            "Say it with signet sites storage, or let signet setup check find it.",
        )),
    }
}

/// Opens the storage of a site.
pub async fn open<'a>(
    options: &OfSite,
    site: &Site,
    uploads: &'a KeptUploads,
    app: &'a Here<'a>,
) -> Result<Open<'a>, Failure> {
    let storage = sites::storage_of(site)?;
    let own = storage.login();
    let login = Login {
        profile: options.profile.clone().or(own.profile),
        endpoint_url: options.endpoint_url.clone(),
    };
    let opened = SiteDocuments::open(&Aws, uploads, app, site, Some(&login)).await;
    opened.map_err(|error| words::not_open(&error, &scope(&storage, &root(&storage))))
}

/// The part of the bucket that the site shows.
pub fn root(storage: &Storage) -> Folder {
    storage.place().root()
}

/// What a login would have to be allowed.
pub fn scope<'a>(storage: &'a Storage, root: &'a Folder) -> DocumentsScope<'a> {
    DocumentsScope {
        bucket: &storage.bucket,
        prefix: root.as_str(),
        distribution: storage.distribution.as_ref(),
        may_remove: true,
    }
}
