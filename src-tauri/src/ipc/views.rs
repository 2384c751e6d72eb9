//! The shapes that cross IPC. `ui/src/backend/bindings.ts` is made from them; a test keeps it so.
//!
//! Times are Unix seconds. A view has nothing secret in it; the one request that has wipes it.

use serde::{Deserialize, Serialize};
use signet_core::address::DocumentAddress;
use signet_core::desk::{KeyRecord, NewLink};
use signet_core::key;
use signet_core::lifetime::{Lifetime, LifetimeError};
use signet_core::qr::QrCode;
use zeroize::Zeroizing;

use crate::practice::{DOCUMENT_ADDRESS, Practice};

/// What the window shows when it opens.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StartView {
    pub keys: Vec<KeyView>,
    pub last_signer: Option<Signer>,
    pub last_lifetime: Option<LifetimeRequest>,
    pub clock: ClockView,
    /// The name of a damaged settings file that was put aside.
    pub set_aside: Option<String>,
}

/// Whether links made by this computer's clock would work.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ClockView {
    Plausible,
    Wrong {
        #[cfg_attr(test, ts(type = "number"))]
        now: i64,
    },
}

/// A key in the list.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct KeyView {
    pub id: String,
    pub name: String,
    pub site: String,
    pub host: String,
    pub public_key_id: String,
    pub kind: KeyKind,
    pub fingerprint: String,
}

/// The kinds of key that CloudFront takes.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum KeyKind {
    Rsa2048,
    P256,
}

/// Who signs: a key of the list, or the practice key.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Signer {
    Practice,
    Key { id: String },
}

/// How long a link shall work.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Lifetime"))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum LifetimeRequest {
    OneMinute,
    OneHour,
    EndOfToday,
    OneDay,
    SevenDays,
    ThirtyDays,
    /// A date and time on this computer's clock, `2026-12-01T17:00`.
    Until {
        local: String,
    },
}

/// What is typed about a key before its file is chosen.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AddKeyRequest {
    pub name: String,
    pub site: String,
    pub public_key_id: String,
}

/// The passphrase of the file that was just chosen.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct UnlockKeyRequest {
    #[serde(deserialize_with = "wiped")]
    #[cfg_attr(test, ts(type = "string"))]
    pub passphrase: Zeroizing<String>,
}

/// The key whose file is to be chosen again.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RestoreKeyRequest {
    pub id: String,
}

/// A key and its new name.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RenameKeyRequest {
    pub id: String,
    pub name: String,
}

/// The key to remove.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RemoveKeyRequest {
    pub id: String,
}

/// What became of a key file.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum AddKeyOutcome {
    Cancelled,
    PassphraseNeeded {
        file_name: String,
    },
    Added {
        key: KeyView,
        file_name: String,
        /// The last folder's name alone, never a path.
        folder_name: String,
    },
}

/// An address as it is being typed.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AddressRequest {
    pub signer: Signer,
    pub address: String,
}

/// The address that will be signed, and its parts.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AddressView {
    pub url: String,
    pub host: String,
    pub path: String,
    pub file_name: String,
}

/// A lifetime as it is being chosen.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LifetimePreviewRequest {
    pub lifetime: LifetimeRequest,
}

/// When a link made now would end.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LifetimeView {
    #[cfg_attr(test, ts(type = "number"))]
    pub expires_at: i64,
}

/// The link to make.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CreateLinkRequest {
    pub signer: Signer,
    pub address: String,
    pub lifetime: LifetimeRequest,
}

/// A link that was made, with what *Make again* needs.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LinkView {
    pub link: String,
    pub url: String,
    pub host: String,
    pub file_name: String,
    pub signer: Signer,
    pub address: String,
    pub lifetime: LifetimeRequest,
    #[cfg_attr(test, ts(type = "number"))]
    pub created_at: i64,
    #[cfg_attr(test, ts(type = "number"))]
    pub expires_at: i64,
    /// None for a link of more than 2,953 bytes, which no QR code holds.
    pub qr: Option<QrView>,
}

/// A QR code to draw.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct QrView {
    /// Modules a side, without the quiet zone of 4 around.
    pub modules: usize,
    /// An SVG path in a view box of `modules + 8` a side.
    pub path: String,
}

/// A text for the clipboard.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CopyRequest {
    pub text: String,
}

/// The QR code to save.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SaveQrRequest {
    pub link: String,
    pub format: QrFormat,
    pub suggested_name: String,
}

/// The formats in which a QR code is saved.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum QrFormat {
    Png,
    Svg,
}

/// What became of a file that was to be saved.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SaveOutcome {
    Cancelled,
    Saved { file_name: String },
}

/// The link to open in the browser.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OpenLinkRequest {
    pub link: String,
}

/// Where the practice document is.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PracticeView {
    pub site: String,
    pub host: String,
    pub document_address: &'static str,
}

impl KeyView {
    pub(super) fn of(record: &KeyRecord) -> Self {
        Self {
            id: record.id.to_string(),
            name: record.name.as_str().to_owned(),
            site: record.site.origin(),
            host: record.site.host().to_owned(),
            public_key_id: record.public_key_id.as_str().to_owned(),
            kind: match record.kind {
                key::KeyKind::Rsa2048 => KeyKind::Rsa2048,
                key::KeyKind::P256 => KeyKind::P256,
            },
            fingerprint: record.fingerprint.to_string(),
        }
    }
}

impl LifetimeRequest {
    pub(super) fn parse(&self) -> Result<Lifetime, LifetimeError> {
        Ok(match self {
            Self::OneMinute => Lifetime::OneMinute,
            Self::OneHour => Lifetime::OneHour,
            Self::EndOfToday => Lifetime::EndOfToday,
            Self::OneDay => Lifetime::OneDay,
            Self::SevenDays => Lifetime::SevenDays,
            Self::ThirtyDays => Lifetime::ThirtyDays,
            Self::Until { local } => Lifetime::until(local)?,
        })
    }

    pub(super) fn of(lifetime: &Lifetime) -> Self {
        match lifetime {
            Lifetime::OneMinute => Self::OneMinute,
            Lifetime::OneHour => Self::OneHour,
            Lifetime::EndOfToday => Self::EndOfToday,
            Lifetime::OneDay => Self::OneDay,
            Lifetime::SevenDays => Self::SevenDays,
            Lifetime::ThirtyDays => Self::ThirtyDays,
            Lifetime::Until(local) => {
                Self::Until { local: local.format("%Y-%m-%dT%H:%M").to_string() }
            }
        }
    }
}

impl AddressView {
    pub(super) fn of(address: &DocumentAddress) -> Self {
        Self {
            url: address.as_str().to_owned(),
            host: address.host().to_owned(),
            path: address.path().to_owned(),
            file_name: address.file_name(),
        }
    }
}

impl LinkView {
    pub(super) fn of(made: NewLink, request: CreateLinkRequest, created_at: i64) -> Self {
        let link = made.link.as_str().to_owned();
        let qr = QrCode::of(&link).ok();
        Self {
            link,
            url: made.address.as_str().to_owned(),
            host: made.address.host().to_owned(),
            file_name: made.address.file_name(),
            signer: request.signer,
            address: request.address,
            lifetime: request.lifetime,
            created_at,
            expires_at: made.expires_at,
            qr: qr.map(|qr| QrView { modules: qr.modules(), path: qr.path() }),
        }
    }
}

impl PracticeView {
    pub(super) fn of(practice: &Practice) -> Self {
        let site = practice.site();
        Self {
            site: site.origin(),
            host: site.host().to_owned(),
            document_address: DOCUMENT_ADDRESS,
        }
    }
}

fn wiped<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Zeroizing<String>, D::Error> {
    String::deserialize(deserializer).map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ts_rs::{Config, TS};

    macro_rules! declarations {
        ($($shape:ty),* $(,)?) => {{
            let config = Config::new();
            [$(format!("export {}", <$shape as TS>::decl(&config))),*]
        }};
    }

    /// `SIGNET_WRITE_BINDINGS=1 cargo test bindings` writes the file that this test compares.
    #[test]
    fn the_bindings_of_the_ui_are_these_shapes() {
        let shapes = declarations![
            StartView,
            ClockView,
            KeyView,
            KeyKind,
            Signer,
            LifetimeRequest,
            AddKeyRequest,
            UnlockKeyRequest,
            RestoreKeyRequest,
            RenameKeyRequest,
            RemoveKeyRequest,
            AddKeyOutcome,
            AddressRequest,
            AddressView,
            LifetimePreviewRequest,
            LifetimeView,
            CreateLinkRequest,
            LinkView,
            QrView,
            CopyRequest,
            SaveQrRequest,
            QrFormat,
            SaveOutcome,
            OpenLinkRequest,
            PracticeView,
            crate::ipc::error::FailReason,
            crate::ipc::IpcError,
        ];
        let made = format!(
            "// The shapes that cross IPC, made from src-tauri/src/ipc/views.rs and error.rs by\n// `SIGNET_WRITE_BINDINGS=1 cargo test bindings`; do not edit.\n\n{}\n",
            shapes.join("\n\n")
        );
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/backend/bindings.ts");
        if std::env::var_os("SIGNET_WRITE_BINDINGS").is_some() {
            std::fs::write(path, &made).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), made);
    }
}
