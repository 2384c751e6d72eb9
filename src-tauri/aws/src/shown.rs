//! What of an answer of AWS's may be shown.

use signet_app::setup::ErrorCode;
use signet_cloudfront::{foreign, secrecy};

use crate::echo::Echo;

/// What is no code, or repeats a part of the login, is unknown.
pub(crate) fn code_of(text: &str, echo: &Echo) -> ErrorCode {
    let code = ErrorCode::parse(text).filter(|_| !echo.is_in(text.as_bytes()));
    code.unwrap_or_else(ErrorCode::unknown)
}

/// AWS's words as they may be shown: in one line, all of it visible, not endless, and without what may be
/// a secret, whosever it is.
pub(crate) fn shown(text: &str) -> String {
    let shown = secrecy::redacted(text).split_whitespace().collect::<Vec<_>>().join(" ");
    foreign::shown(shown.trim_end_matches('.'))
}
