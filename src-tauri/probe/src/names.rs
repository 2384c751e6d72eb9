//! Names of hosts, by the system's own resolver; whether nobody knows a name or nobody could be
//! asked is told apart, because offline people must not look for a mistake in the address.

use std::error::Error;
use std::fmt;
use std::net::SocketAddr;

use dns_lookup::{LookupError, LookupErrorKind};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// The system's resolver.
pub struct SystemNames;

/// No address for a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAddress {
    /// There is no such name.
    Unknown,
    /// The resolver could not be reached, or did not answer.
    NotAnswered,
}

impl fmt::Display for NoAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "the name is not known",
            Self::NotAnswered => "nobody answered for the name",
        })
    }
}

impl Error for NoAddress {}

impl Resolve for SystemNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let look_up = move || dns_lookup::lookup_host(name.as_str()).map(Vec::from_iter);
            let found = tokio::task::spawn_blocking(look_up).await?.map_err(why)?;
            // The port is the address's own.
            Ok(Box::new(found.into_iter().map(|ip| SocketAddr::new(ip, 0))) as Addrs)
        })
    }
}

fn why(error: LookupError) -> NoAddress {
    match error.kind() {
        LookupErrorKind::NoName | LookupErrorKind::NoData => NoAddress::Unknown,
        _ => NoAddress::NotAnswered,
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    async fn resolved(name: &str) -> Result<Vec<SocketAddr>, NoAddress> {
        let found = SystemNames.resolve(name.parse().unwrap()).await;
        found.map(Vec::from_iter).map_err(|error| *error.downcast().unwrap())
    }

    /// The system knows by itself that no host may be called `-`, and asks nobody.
    #[tokio::test]
    async fn names_are_known_or_not() {
        assert_eq!(resolved("-.invalid").await, Err(NoAddress::Unknown));
        let found = resolved("localhost").await.unwrap();
        assert!(!found.is_empty() && found.iter().all(|address| address.ip().is_loopback()));
    }

    #[test]
    fn a_resolver_that_cannot_be_reached_knows_nothing_of_the_name() {
        const EAI_NONAME: i32 = -2;
        const EAI_AGAIN: i32 = -3;
        assert_eq!(why(LookupError::new(EAI_NONAME)), NoAddress::Unknown);
        assert_eq!(why(LookupError::new(EAI_AGAIN)), NoAddress::NotAnswered);
    }
}
