//! The options that say when and from where a link works.

use std::io::Write;
use std::time::{SystemTime, UNIX_EPOCH};

use signet_core::policy::Network;
use signet_core::policy_resource::PolicyResource;
use signet_core::terms::{self, Terms};

use crate::arguments::Limits;
use crate::failure::Failure;
use crate::{moment, terminal};

/// The terms that the options state.
pub fn of(request: &Limits, policy_resource: Option<&str>) -> Result<Terms, Failure> {
    let now = now();
    let time = |name: &str, text: &str| match moment::parse(text, now) {
        Ok(seconds) if seconds < 0 => {
            let what = format!("The value of {name} lies before 1970.");
            Err(Failure::usage(what, "CloudFront knows no such time: give a later one."))
        }
        Ok(seconds) => Ok(seconds),
        Err(error) => {
            let (what, do_now) = moment::sentences(&format!("The value of {name}"), &error);
            Err(Failure::usage(what, do_now))
        }
    };
    let end = match (&request.date_less_than, &request.expires_in) {
        (Some(text), _) => time("--date-less-than", text)?,
        (None, span) => {
            let span = span.as_deref().unwrap_or_default();
            moment::end_of_span(span, now, &chrono::Local).ok_or_else(|| {
                Failure::usage(
                    "The value of --expires-in is no span of time.",
                    "Give a span as 90s, 45m, 168h, 7d or 2w.",
                )
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
                "The value of --ip-address is no IPv4 address or range.",
                "Give it as 203.0.113.7 or 203.0.113.0/24.",
            )
        })?),
        None => None,
    };
    let resource = match policy_resource {
        Some(text) => Some(resource(text)?),
        None => None,
    };
    Terms::new(end, terms::Limits { starts_after, network, resource })
        .map_err(|_| ends_before_it_begins())
}

/// The end is not behind the start.
pub fn ends_before_it_begins() -> Failure {
    Failure::usage(
        "The link would end before it begins.",
        "Give a --date-greater-than that lies before the end.",
    )
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

/// The second it is.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
