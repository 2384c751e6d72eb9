//! With what AWS is asked.

/// Which of the computer's AWS logins, and where AWS is.
#[derive(Debug, Clone, Default)]
pub struct Login {
    /// A named profile; without one, what the environment says.
    pub profile: Option<String>,
    /// Another address than AWS's own, for tests.
    pub endpoint_url: Option<String>,
}
