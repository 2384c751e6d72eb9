//! The options that say when and from where a link works.

use std::io::Write;

use signet_cloudfront::address::{DocumentAddress, Unlikely};
use signet_cloudfront::clock::{self, ClockWrong};
use signet_cloudfront::foreign::shown;
use signet_cloudfront::link_conditions::{self, LinkConditions};
use signet_cloudfront::moment::is_by_today;
use signet_cloudfront::policy::{Network, NetworkWithoutReaders, Readers};
use signet_cloudfront::policy_resource::PolicyResource;

use crate::arguments::Limits;
use crate::failure::Failure;
use crate::moment::{self, now};
use crate::terminal;

/// The terms that the options state.
pub fn of(request: &Limits, policy_resource: Option<&str>) -> Result<LinkConditions, Failure> {
    let now = now();
    let end = end(request.date_less_than.as_deref(), request.expires_in.as_deref(), now)?;
    let starts_after = match &request.date_greater_than {
        Some(text) => Some(time("--date-greater-than", text, now)?),
        None => None,
    };
    let network = match &request.ip_address {
        Some(text) => Some(network(text)?),
        None => None,
    };
    let resource = match policy_resource {
        Some(text) => Some(resource(text)?),
        None => None,
    };
    LinkConditions::new(end, link_conditions::Limits { starts_after, network, resource })
        .map_err(|_| ends_before_it_begins())
}

/// The end that the options state: one of them is there.
pub fn end(
    date_less_than: Option<&str>,
    expires_in: Option<&str>,
    now: i64,
) -> Result<i64, Failure> {
    if let Some(text) = date_less_than {
        let end = time("--date-less-than", text, now)?;
        warn_of_clock()?;
        return Ok(end);
    }
    let span = expires_in.unwrap_or_default();
    let end = moment::end_of_span(span, now, &chrono::Local).ok_or_else(|| {
        Failure::usage(
            "The value of --expires-in is no span of time.",
            "Give a span as 90s, 45m, 168h, 7d or 2w.",
        )
    })?;
    clock::believe(now).map_err(|ClockWrong { .. }| {
        clock_wrong("Set its date and time, or give the end itself with --date-less-than.")
    })?;
    Ok(end)
}

fn time(name: &str, text: &str, now: i64) -> Result<i64, Failure> {
    match moment::parse(text, now) {
        Ok(seconds) if seconds < 0 => {
            let what = format!("The value of {name} lies before 1970.");
            Err(Failure::usage(what, "CloudFront knows no such time: give a later one."))
        }
        Ok(_) if is_by_today(text, None) && clock::believe(now).is_err() => {
            Err(clock_wrong("Set its date and time, or give a date with its year."))
        }
        Ok(seconds) => Ok(seconds),
        Err(error) => {
            let (what, do_now) = moment::sentences(&format!("the value of {name}"), &error);
            Err(Failure::usage(what, do_now))
        }
    }
}

/// The end is not behind the start.
pub fn ends_before_it_begins() -> Failure {
    Failure::usage(
        "The link would end before it begins.",
        "Give a --date-greater-than that lies before the end.",
    )
}

fn network(text: &str) -> Result<Network, Failure> {
    let network = Network::parse(text).ok_or_else(|| {
        Failure::usage(
            "The value of --ip-address is no IPv4 address or range.",
            "Give it as 203.0.113.7 or 203.0.113.0/24.",
        )
    })?;
    network.with_readers().map_err(|NetworkWithoutReaders { network }| {
        Failure::usage(
            format!("No reader comes from {network}, so the link would open nothing."),
            "That address is used inside an office or a home: give the public address of the readers' network with --ip-address.",
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

/// Says so where a link that was made opens nothing, or less is limited than was meant: CloudFront
/// would not.
pub fn warn(terms: &LinkConditions) -> Result<(), Failure> {
    let end = terms.expires_at();
    if end <= now() {
        let end = chrono::DateTime::from_timestamp(end, 0).map_or_else(
            || end.to_string(),
            |end| end.format("%A %-d %B %Y, %H:%M UTC").to_string(),
        );
        writeln!(terminal::errors(), "Warning: this ended on {end}, so it opens nothing.")?;
    }
    let Some(network) = terms.network() else {
        return Ok(());
    };
    let what = match network.readers() {
        // The latter is refused before.
        Readers::Some | Readers::Nobody => return Ok(()),
        Readers::OfExamples => {
            format!(
                "{network} is kept for examples and no reader comes from it, so it opens nothing"
            )
        }
        Readers::Everybody => format!(
            "{network} is every IPv4 address, so only readers whose connection uses IPv6 are kept out"
        ),
    };
    Ok(writeln!(terminal::errors(), "Warning: {what}.")?)
}

/// What is said of an address that can be signed and is hardly meant: AWS's tools sign it, and it opens
/// nothing, or the site itself, where CloudFront may list the bucket. `of_all` is the option with which
/// more is opened.
pub fn warning_of(
    address: &DocumentAddress,
    terms: &LinkConditions,
    of_all: &str,
) -> Option<String> {
    let warning = match address.unlikely()? {
        Unlikely::Site => "this is the site itself and no document. Where the bucket's policy allows s3:ListBucket, it shows the names of all documents.".to_owned(),
        // Such a link opens what is in the folder.
        Unlikely::Folder { .. } if terms.resource().is_some() => return None,
        Unlikely::Folder { folder } => {
            let url = address.as_str();
            let origin = url.strip_suffix(address.path()).unwrap_or_default();
            format!(
                "this is a folder, and the link opens no document in it. For all of them give {of_all} {}.",
                shown(&format!("{origin}{folder}*"))
            )
        }
        Unlikely::Placeholder { text } => format!(
            "{} stands where a name should be, so the link opens nothing unless something is called so.",
            shown(&text)
        ),
        Unlikely::Html { .. } => "&amp; is how HTML writes &, so the site is asked for something else than was meant. Give the address with & alone.".to_owned(),
    };
    Some(format!("Warning: {warning}"))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn warning(url: &str, limits: link_conditions::Limits) -> Option<String> {
        let terms = LinkConditions::new(100, limits).unwrap();
        warning_of(&DocumentAddress::parse_url(url).unwrap(), &terms, "--policy-resource")
    }

    #[test]
    fn what_is_hardly_meant_is_said() {
        for (url, says) in [
            ("https://h.example/", "site itself"),
            ("https://h.example", "site itself"),
            ("http://h.example:8443/", "site itself"),
            ("https://h.example/?a=/b", "site itself"),
            ("https://h.example?a=1", "site itself"),
            ("https://h.example/contracts/", "--policy-resource https://h.example/contracts/*"),
            ("https://h.example/contracts/?b", "a folder"),
            ("https://h.example//", "a folder"),
            ("https://h.example/undefined", "undefined stands where"),
            ("https://undefined/a.pdf", "undefined stands where"),
            ("https://h.example/a.pdf?x=1&amp;y=2", "how HTML writes &"),
        ] {
            let warning = warning(url, link_conditions::Limits::default()).unwrap_or_default();
            assert!(warning.contains(says), "{url}: {warning}");
        }
        for url in ["https://h.example/a", "https://h.example/%2F", "https://h.example/a/*"] {
            assert_eq!(warning(url, link_conditions::Limits::default()), None, "{url}");
        }
        let resource = PolicyResource::parse("https://h.example/contracts/*").ok();
        let limits = link_conditions::Limits { resource, ..link_conditions::Limits::default() };
        assert_eq!(warning("https://h.example/contracts/", limits), None);
    }
}
