//! The shapes in which a link crosses IPC, from what is typed to what is handed out.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone};
use serde::{Deserialize, Serialize};
use signet_app::{ChosenLimits, HistoryStoreError, LinkRecipe, NewLink, SaveError};
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::day_end::DayEnd;
use signet_cloudfront::document_list::RowEndError;
use signet_cloudfront::lifetime::{Lifetime, LifetimeError};
use signet_cloudfront::link_conditions::LinkConditions;
use signet_cloudfront::moment;
use signet_cloudfront::policy::{Network, Readers};
use signet_cloudfront::qr::QrCode;

use crate::ipc::IpcError;
use crate::ipc::shown::network_text;

/// For what is signed: a site of the list, or practice.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Signer {
    Practice,
    Site { id: String },
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
    /// A date and time on this computer's clock, `2026-12-01T17:00`, or another end as it was typed.
    Until {
        local: String,
    },
}

/// An address as it is being typed.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AddressRequest {
    pub signer: Signer,
    pub address: String,
    /// The folder that the link opens, as in [`LinkLimits`]: it may be named itself then.
    #[serde(default)]
    pub folder: Option<String>,
}

/// The address that will be signed, and its parts.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AddressView {
    pub url: String,
    pub host: String,
    pub path: String,
    /// The names of the folders that it is in, outermost first, as people read them.
    pub folders: Vec<String>,
    pub file_name: String,
}

/// A lifetime as it is being chosen.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LifetimePreviewRequest {
    pub signer: Signer,
    pub lifetime: LifetimeRequest,
}

/// When a link made now would end.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LifetimeView {
    pub expires_at: i64,
}

/// For what a lifetime is being chosen.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct EndsRequest {
    pub signer: Signer,
}

/// When a link made now would end, for each lifetime that can be chosen again; null for one that is over.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct EndsView {
    pub one_minute: Option<i64>,
    pub one_hour: Option<i64>,
    pub end_of_today: Option<i64>,
    pub one_day: Option<i64>,
    pub seven_days: Option<i64>,
    pub thirty_days: Option<i64>,
    /// When the working day ends, `18:00`.
    pub day_end: String,
}

/// What stands under *More limits*, as it is typed.
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct LinkLimits {
    /// A date and time on this computer's clock, `2026-12-01T09:00`, or as it was typed.
    pub start: Option<String>,
    /// One IPv4 address or range; empty for everywhere.
    pub network: String,
    /// A folder of the site; empty for the document's own.
    pub folder: Option<String>,
}

/// The link to make, or to look at before it is made.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LinkRequest {
    pub signer: Signer,
    pub address: String,
    pub lifetime: LifetimeRequest,
    #[serde(default)]
    pub limits: LinkLimits,
    /// What to write down with it; mostly empty.
    #[serde(default)]
    pub note: String,
}

/// What limits mean for a document.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LimitsView {
    pub starts_at: Option<i64>,
    pub network: Option<NetworkView>,
    pub folder: Option<FolderView>,
}

/// The network from which a link works.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct NetworkView {
    /// `203.0.113.7`, or `203.0.113.0/24`.
    pub text: String,
    pub readers: Readers,
}

/// What a link opens beside its document.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FolderView {
    /// Encoded path, with wildcards.
    pub path: String,
    pub examples: Vec<ExampleView>,
}

/// A path near the document, and whether the link opens it.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ExampleView {
    pub path: String,
    pub opens: bool,
}

/// A link that was made, with what *Make again* needs.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LinkView {
    /// Names it for its trial, as long as no other link is made.
    pub number: u32,
    pub link: String,
    pub url: String,
    pub host: String,
    pub file_name: String,
    pub signer: Signer,
    pub address: String,
    pub lifetime: LifetimeRequest,
    pub limits: LinkLimits,
    /// What the limits mean.
    pub limited: LimitsView,
    pub created_at: i64,
    pub expires_at: i64,
    /// None for a link of more than 2,953 bytes, which no QR code holds.
    pub qr: Option<QrView>,
    /// Its entry in the list; none for practice, and where it could not be written.
    pub entry_id: Option<i64>,
    pub history_trouble: Option<HistoryTrouble>,
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

impl LinkRequest {
    pub(in crate::ipc) fn parse(&self, now: i64) -> Result<LinkRecipe, IpcError> {
        Ok(LinkRecipe {
            address: self.address.clone(),
            lifetime: self.lifetime.parse(now)?,
            limits: self.limits.parse(now)?,
        })
    }
}

impl LinkLimits {
    pub(in crate::ipc) fn parse(&self, now: i64) -> Result<ChosenLimits, IpcError> {
        let (start, network) = (self.start(now)?, self.network()?);
        Ok(ChosenLimits { start, network, folder: self.folder.clone() })
    }

    /// Its first moment on this computer's clock.
    pub(in crate::ipc) fn start(&self, now: i64) -> Result<Option<NaiveDateTime>, IpcError> {
        let Some(text) = self.start.as_deref().map(str::trim) else { return Ok(None) };
        if text.is_empty() {
            return Err(IpcError::StartInvalid);
        }
        let read = moment::read(text, today(now), None);
        let read =
            read.map_err(|why| IpcError::Start(RowEndError { text: text.to_owned(), why }))?;
        Ok(Some(read.beginning(now, &chrono::Local).ok_or(IpcError::StartInvalid)?))
    }

    pub(in crate::ipc) fn network(&self) -> Result<Option<Network>, IpcError> {
        let text = self.network.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let is_ipv6 = text.contains(':');
        let wrong = || if is_ipv6 { IpcError::NetworkIsIpv6 } else { IpcError::NetworkInvalid };
        Network::parse(text).map(Some).ok_or_else(wrong)
    }
}

impl QrView {
    pub(in crate::ipc) fn of(code: &QrCode) -> Self {
        Self { modules: code.modules(), path: code.path() }
    }
}

impl LimitsView {
    pub(in crate::ipc) fn of(terms: &LinkConditions, document: &DocumentAddress) -> Self {
        let network = |network: Network| NetworkView {
            text: network_text(network),
            readers: network.readers(),
        };
        Self {
            starts_at: terms.starts_at(),
            network: terms.network().map(network),
            folder: terms.resource().map(|resource| FolderView {
                path: resource.path().to_owned(),
                examples: resource
                    .examples(document)
                    .into_iter()
                    .map(|example| ExampleView { path: example.path, opens: example.opens })
                    .collect(),
            }),
        }
    }
}

/// The day it is on this computer's clock.
fn today(now: i64) -> NaiveDate {
    let utc = DateTime::from_timestamp(now, 0).unwrap_or_default();
    utc.with_timezone(&chrono::Local).date_naive()
}

impl EndsView {
    pub(in crate::ipc) fn of<Z: TimeZone>(now: i64, day_end: DayEnd, zone: &Z) -> Self {
        let end = |lifetime: Lifetime| lifetime.expires_at(now, day_end, zone).ok();
        Self {
            one_minute: end(Lifetime::OneMinute),
            one_hour: end(Lifetime::OneHour),
            end_of_today: end(Lifetime::EndOfToday),
            one_day: end(Lifetime::OneDay),
            seven_days: end(Lifetime::SevenDays),
            thirty_days: end(Lifetime::ThirtyDays),
            day_end: day_end.to_string(),
        }
    }
}

impl LifetimeRequest {
    /// A practice link of that lifetime, without limits.
    pub(in crate::ipc) fn for_practice(self, address: String) -> LinkRequest {
        let (limits, note) = (LinkLimits::default(), String::new());
        LinkRequest { signer: Signer::Practice, address, lifetime: self, limits, note }
    }

    pub(in crate::ipc) fn parse(&self, now: i64) -> Result<Lifetime, IpcError> {
        Ok(match self {
            Self::OneMinute => Lifetime::OneMinute,
            Self::OneHour => Lifetime::OneHour,
            Self::EndOfToday => Lifetime::EndOfToday,
            Self::OneDay => Lifetime::OneDay,
            Self::SevenDays => Lifetime::SevenDays,
            Self::ThirtyDays => Lifetime::ThirtyDays,
            Self::Until { local } if local.trim().is_empty() => {
                return Err(LifetimeError::Invalid.into());
            }
            Self::Until { local } => {
                let text = local.trim().to_owned();
                let read = moment::read(&text, today(now), None);
                let reading = read.map_err(|why| RowEndError { text, why })?;
                Lifetime::written_as_day(reading, now, &chrono::Local)
            }
        })
    }

    pub(in crate::ipc) fn of(lifetime: &Lifetime) -> Self {
        match lifetime {
            Lifetime::OneMinute => Self::OneMinute,
            Lifetime::OneHour => Self::OneHour,
            Lifetime::EndOfToday => Self::EndOfToday,
            Lifetime::OneDay => Self::OneDay,
            Lifetime::SevenDays => Self::SevenDays,
            Lifetime::ThirtyDays => Self::ThirtyDays,
            Lifetime::OnDay(day) => Self::Until { local: day.to_string() },
            Lifetime::Until(local) => {
                Self::Until { local: local.format("%Y-%m-%dT%H:%M").to_string() }
            }
            Lifetime::Written(reading) => Self::Until { local: reading.to_string() },
        }
    }
}

impl AddressView {
    pub(in crate::ipc) fn of(address: &DocumentAddress) -> Self {
        Self {
            url: address.as_str().to_owned(),
            host: address.host().to_owned(),
            path: address.path().to_owned(),
            folders: address.folders(),
            file_name: address.file_name(),
        }
    }
}

impl LinkView {
    pub(in crate::ipc) fn of(
        made: NewLink,
        number: u32,
        request: LinkRequest,
        created_at: i64,
    ) -> Self {
        let link = made.link.as_str().to_owned();
        let qr = QrCode::of(&link).ok();
        Self {
            number,
            link,
            url: made.address.as_str().to_owned(),
            host: made.address.host().to_owned(),
            file_name: made.address.file_name(),
            signer: request.signer,
            address: request.address,
            lifetime: request.lifetime,
            limits: request.limits,
            limited: LimitsView::of(&made.terms, &made.address),
            created_at,
            expires_at: made.terms.expires_at(),
            qr: qr.as_ref().map(QrView::of),
            entry_id: made.entry.ok().flatten().map(|id| id.0),
            history_trouble: made.entry.err().map(HistoryTrouble::of),
        }
    }
}

/// Why a link that was made is not in the list.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct HistoryTrouble {
    pub reason: SaveError,
}

impl HistoryTrouble {
    pub(in crate::ipc) fn of(error: HistoryStoreError) -> Self {
        let reason = match error {
            HistoryStoreError::NotSaved { reason } => reason,
            HistoryStoreError::Unreadable => SaveError::Other,
        };
        Self { reason }
    }
}
