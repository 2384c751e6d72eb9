//! Whether a link that was just made opens: one request, with the link alone, and three seconds at most.
//!
//! No redirect is followed, for what stands elsewhere is not the document. Where nobody answered, this computer's
//! own routes tell whether it is offline; nothing is sent for that.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::time::Duration;

use super::asking::{Asked, Browser, Redirects};
use super::{Outcome, Question, is_this_computer};

/// Whoever has just made a link wants to send it.
const LIMIT: Duration = Duration::from_secs(3);

/// Kept for examples by RFC 5737 and RFC 3849: nobody is there, and every route to the world leads there.
const ELSEWHERE: [IpAddr; 2] = [
    IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)),
    IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)),
];

/// What came of trying a link that was just made.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Opening {
    /// This computer has no route to anywhere.
    Offline,
    /// The site was asked.
    #[serde(untagged)]
    Asked(Outcome),
}

impl Question {
    /// Asks once, with the link alone; three seconds at most. Needs a running tokio with its timer and network.
    /// Whoever drops the future closes the connection.
    pub async fn opens(&self) -> Opening {
        self.opens_within(LIMIT).await
    }

    /// [`Self::opens`] with another limit.
    pub async fn opens_within(&self, limit: Duration) -> Opening {
        let is_here = is_this_computer(&self.with_link);
        let asked = match Browser::new(is_here, Redirects::None) {
            Some(browser) => browser.ask(&self.with_link, limit).await,
            None => Asked::of(Outcome::NotTrusted),
        };
        meaning(asked.outcome, !is_here && is_offline())
    }
}

/// An answer is one, whatever the routes are by now.
fn meaning(outcome: Outcome, is_offline: bool) -> Opening {
    let is_unanswered =
        matches!(outcome, Outcome::NoSuchHost | Outcome::NoConnection | Outcome::TimedOut);
    if is_unanswered && is_offline { Opening::Offline } else { Opening::Asked(outcome) }
}

/// Whether the system knows no route to the world. Connecting a datagram socket looks the route up and sends
/// nothing.
fn is_offline() -> bool {
    ELSEWHERE.iter().all(|elsewhere| {
        let own: IpAddr = match elsewhere {
            IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
            IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
        };
        let Ok(socket) = UdpSocket::bind(SocketAddr::new(own, 0)) else { return true };
        socket.connect(SocketAddr::new(*elsewhere, 9)).is_err_and(|error| {
            matches!(
                error.kind(),
                ErrorKind::NetworkUnreachable
                    | ErrorKind::HostUnreachable
                    | ErrorKind::NetworkDown
                    | ErrorKind::AddrNotAvailable
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::response::Classification;

    #[test]
    fn only_where_nobody_answered_is_this_computer_called_offline() {
        for outcome in [Outcome::NoSuchHost, Outcome::NoConnection, Outcome::TimedOut] {
            assert_eq!(meaning(outcome.clone(), true), Opening::Offline);
            assert_eq!(meaning(outcome.clone(), false), Opening::Asked(outcome));
        }
        let elsewhere = Outcome::Redirected { host: "login.example".to_owned() };
        for outcome in [
            Outcome::Answered(Classification::Opens),
            Outcome::Answered(Classification::Refused),
            Outcome::NotTrusted,
            elsewhere,
        ] {
            assert_eq!(meaning(outcome.clone(), true), Opening::Asked(outcome));
        }
    }
}
