//! *Check a link*: what somebody pasted is found, read and judged.

use signet_app::App;
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::inspection::{self, Inspection, KnownKey, Verdict};
use signet_cloudfront::site::SiteAddress;
use tauri::State;

use super::views::inspection::{InspectRequest, InspectionView, TypedDocumentView};
use super::views::links::Signer;
use super::{IpcError, Signet};

/// The document as it is typed on the site that has it.
fn document_of(
    inspection: &Inspection,
    app: &App,
    practice: Option<&SiteAddress>,
) -> Option<TypedDocumentView> {
    let url = inspection.details.address.as_deref()?;
    if let Some(site) = practice {
        let read = |typed: &str| DocumentAddress::parse(typed, site).ok();
        if let Some(document) = read(url) {
            return Some(TypedDocumentView {
                signer: Signer::Practice,
                typed: document.as_typed(read),
            });
        }
    }
    let (site, typed) = app.document_on_a_site(url)?;
    Some(TypedDocumentView { signer: Signer::Site { id: site.to_string() }, typed })
}

#[tauri::command]
pub(super) async fn inspect_link(
    signet: State<'_, Signet>,
    request: InspectRequest,
) -> Result<InspectionView, IpcError> {
    let now = signet.clock.now();
    let practice = signet.practice.lock().await.as_ref().map(|practice| practice.site());
    signet
        .at_app(move |app| {
            let found = inspection::find(&request.text)?;
            let records = app.registered_keys();
            let sites: Vec<_> = records.iter().map(|record| record.site.clone()).collect();
            let mut keys: Vec<_> = records
                .iter()
                .map(|record| KnownKey {
                    name: record.name.as_str().to_owned(),
                    public_key_id: record.public_key_id.clone(),
                    public_key: None,
                })
                .collect();
            let first = inspection::inspect(&found, now, &keys, &sites);
            // The keychain is asked for the one key whose signature this should be, and only where
            // nothing else is wrong that can be seen without it.
            if let Verdict::SignatureNotChecked { key, .. } = &first.verdict
                && let Some(at) = keys.iter().position(|known| known.name == *key)
                && let Some(record) = records.get(at)
                && let Ok(opened) = app.open_key(&record.id)
                && let Some(known) = keys.get_mut(at)
            {
                known.public_key = Some(opened.public_key());
                let second = inspection::inspect(&found, now, &keys, &sites);
                let document = document_of(&second, app, practice.as_ref());
                return Ok(InspectionView::of(&second, &found, document));
            }
            let document = document_of(&first, app, practice.as_ref());
            Ok(InspectionView::of(&first, &found, document))
        })
        .await?
}
