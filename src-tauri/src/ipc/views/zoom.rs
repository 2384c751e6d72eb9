//! How large everything in the window is to be, and is.

use serde::{Deserialize, Serialize};
use signet_app::ZoomChange;

#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ZoomRequest {
    pub change: ZoomChange,
}

/// In percent of what it is in the beginning.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ZoomView {
    pub percent: u16,
}
