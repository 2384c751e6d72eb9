//! With what AWS is asked.

use crate::access_key::AccessKey;

/// Which of the computer's AWS logins, and where AWS is.
#[derive(Debug, Clone, Default)]
pub struct Login {
    /// A named profile; without one, what the environment says.
    pub profile: Option<String>,
    /// Another address than AWS's own, for tests.
    pub endpoint_url: Option<String>,
}

/// With what the documents of a site are asked for. There is no `Debug`, for it may have a secret in it.
pub enum DocumentLogin {
    /// With a login of this computer.
    OfComputer(Login),
    /// With an access key of the site's own, and with nothing else that this computer has.
    AccessKey {
        /// It.
        key: AccessKey,
        /// Another address than AWS's own, for tests.
        endpoint_url: Option<String>,
    },
}

impl DocumentLogin {
    /// Another address than AWS's own, for tests.
    #[must_use]
    pub fn endpoint_url(&self) -> Option<&str> {
        match self {
            Self::OfComputer(login) => login.endpoint_url.as_deref(),
            Self::AccessKey { endpoint_url, .. } => endpoint_url.as_deref(),
        }
    }
}
