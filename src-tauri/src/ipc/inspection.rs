//! *Check a link*: what somebody pasted is found, read and judged.

use signet_cloudfront::inspection::{self, KnownKey, Verdict};
use tauri::State;

use super::views::inspection::{InspectRequest, InspectionView};
use super::{IpcError, Signet};

#[tauri::command]
pub(super) async fn inspect_link(
    signet: State<'_, Signet>,
    request: InspectRequest,
) -> Result<InspectionView, IpcError> {
    let now = signet.clock.now();
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
                return Ok(InspectionView::of(&second, &found));
            }
            Ok(InspectionView::of(&first, &found))
        })
        .await?
}
