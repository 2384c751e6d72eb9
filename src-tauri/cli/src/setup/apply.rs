//! `signet setup apply`: the plan, shown and done.

use std::io::Write;

use serde_json::json;
use signet_app::setup::{AppliedSetUp, Consent};
use signet_cloudfront::foreign::shown;
use signet_setup::AccessKeyId;
use signet_setup::plan::Plan;

use super::progress::Terminal;
use super::{aws, plan, spec, words};
use crate::arguments::Applying;
use crate::failure::Failure;
use crate::keys::app;
use crate::question;
use crate::terminal::{self, say};

/// Shows the plan, asks, does it, and connects the key.
pub fn run(request: &Applying) -> Result<(), Failure> {
    let app = app()?;
    let asked = spec::request(&request.plan, &app)?;
    let mut refused = None;
    let mut wanted = |plan: &Plan| {
        say(plan::to_text(plan, &asked.spec).trim_end());
        let needs_no_yes = request.yes || plan.is_nothing(&asked.spec);
        refused = (!needs_no_yes).then(|| question::confirm("setup apply").err()).flatten();
        refused.is_none()
    };
    let applied = aws::wait(&app, async |setting_up| {
        setting_up.apply(&asked, Consent::Asked(&mut wanted), &mut Terminal::new()).await
    })?;
    let applied = applied
        .map_err(|error| refused.unwrap_or_else(|| words::not_applied(&error, &asked.spec)))?;
    show(&applied, request.plan.json)
}

fn show(
    AppliedSetUp { made, key, access_key }: &AppliedSetUp,
    is_json: bool,
) -> Result<(), Failure> {
    let (id, site) = (made.public_key_id.as_str(), made.site.host());
    let key = key.as_ref().map(|key| key.name.as_str());
    let access_key = access_key.as_ref().map(AccessKeyId::as_str);
    if is_json {
        let json = json!({
            "public_key_id": id,
            "site": site,
            "distribution": made.distribution.as_str(),
            "key": key,
            "access_key_id": access_key
        });
        return Ok(terminal::json(&json)?);
    }
    say(
        "\nDone. CloudFront takes some minutes to deploy it; signet setup check says when it is done.",
    );
    if let Some(name) = key {
        say(&format!("The key “{name}” makes links for this site now."));
    }
    if let Some(access_key) = access_key {
        say(&format!(
            "Its documents are reached with the access key {access_key}, which is in the keychain. AWS takes some seconds to let a new one in."
        ));
    }
    let (id, site) = (shown(id), shown(site));
    Ok(writeln!(terminal::output(), "Public key ID: {id}\nSite: {site}")?)
}
