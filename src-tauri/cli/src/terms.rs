//! The options that say when and from where a link works.

use std::io::Write;

use signet_core::clock::{self, ClockWrong};
use signet_core::foreign::shown;
use signet_core::policy::Network;
use signet_core::policy_resource::PolicyResource;
use signet_core::terms::{self, Terms};

use crate::arguments::Limits;
use crate::failure::Failure;
use crate::moment::{self, now};
use crate::terminal;

const A_TIME: &str =
    "Give a time as 2026-12-01, 2026-12-01T17:00:00, 2026-12-01T17:00:00+01:00 or 1796144400.";

/// The terms that the options state.
pub fn of(request: &Limits, policy_resource: Option<&str>) -> Result<Terms, Failure> {
    let time = |name: &str, text: &str| match moment::parse(text) {
        Some(seconds) if seconds < 0 => {
            let what = format!("The value of {name} lies before 1970: {}.", shown(text));
            Err(Failure::usage(what, "CloudFront knows no such time: give a later one."))
        }
        Some(seconds) => Ok(seconds),
        None => {
            Err(Failure::usage(format!("The value of {name} is no time: {}.", shown(text)), A_TIME))
        }
    };
    let end = match (&request.date_less_than, &request.expires_in) {
        (Some(text), _) => {
            let end = time("--date-less-than", text)?;
            warn_of_clock()?;
            end
        }
        (None, span) => {
            let span = span.as_deref().unwrap_or_default();
            let is_span = |span: &i64| now().checked_add(*span).is_some();
            let span = moment::parse_span(span).filter(is_span).ok_or_else(|| {
                let what =
                    format!("The value of --expires-in is no span of time: {}.", shown(span));
                Failure::usage(what, "Give a span as 90s, 45m, 12h, 7d or 2w.")
            })?;
            clock::end_after(now(), span).map_err(|ClockWrong { .. }| {
                clock_wrong("Set its date and time, or give the end itself with --date-less-than.")
            })?
        }
    };
    let starts_after = match &request.date_greater_than {
        Some(text) => Some(time("--date-greater-than", text)?),
        None => None,
    };
    let network = match &request.ip_address {
        Some(text) => Some(Network::parse(text).ok_or_else(|| {
            Failure::usage(
                format!("The value of --ip-address is no IPv4 address or range: {}.", shown(text)),
                "Give it as 203.0.113.7 or 203.0.113.0/24.",
            )
        })?),
        None => None,
    };
    let resource = match policy_resource {
        Some(text) => Some(resource(text)?),
        None => None,
    };
    Terms::new(end, terms::Limits { starts_after, network, resource }).map_err(|_| {
        Failure::usage(
            "The link would end before it begins.",
            "Give a --date-greater-than that lies before the end.",
        )
    })
}

fn resource(text: &str) -> Result<PolicyResource, Failure> {
    let resource = PolicyResource::parse(text).map_err(|error| {
        Failure::usage(
            format!("The value of --policy-resource cannot be used: {error}."),
            "Give it as https://docs.example.com/reports/*.",
        )
    })?;
    warn_of(&resource)?;
    Ok(resource)
}

/// Says so where a resource opens everything: CloudFront would not.
pub fn warn_of(resource: &PolicyResource) -> Result<(), Failure> {
    if resource.opens_everything() {
        writeln!(terminal::errors(), "Warning: this link opens everything that the key protects.")?;
    }
    Ok(())
}

/// What is signed with an end that was given is right under every clock; whoever reckoned it may have
/// done so with this one.
pub fn warn_of_clock() -> Result<(), Failure> {
    if let Err(ClockWrong { now }) = clock::believe(now()) {
        let says = chrono::DateTime::from_timestamp(now, 0);
        let says = says.map_or_else(|| now.to_string(), |time| time.format("%Y-%m-%d").to_string());
        writeln!(
            terminal::errors(),
            "Warning: the clock of this computer is wrong, it says {says}."
        )?;
    }
    Ok(())
}

/// No link is made whose end would be reckoned from a time that is not now.
pub fn clock_wrong(do_now: &str) -> Failure {
    Failure::other("The clock of this computer is wrong, so links would not work.", do_now)
}
