//! `signet sign-cookies`: what a link would open, as cookies.

use std::io::Write;

use signet_cloudfront::signed_cookies::{self, Opened, SignedCookies};
use signet_cloudfront::stack;

use crate::arguments::{CookieFormat, SignCookies};
use crate::failure::Failure;
use crate::{conditions, keys, terminal};

/// Signs what was asked for and writes the cookies to the standard output.
pub fn run(request: &SignCookies) -> Result<(), Failure> {
    let terms = conditions::of(&request.signing.limits, None)?;
    let opened = Opened::parse(&request.resource).map_err(|error| {
        Failure::usage(
            format!("The value of --resource cannot be used: {error}."),
            "Give it as https://docs.example.com/reports/*.",
        )
    })?;
    match &opened {
        Opened::Resource(resource) => conditions::warn_of(resource)?,
        Opened::Address(address) => {
            if let Some(warning) = conditions::warning_of(address, &terms, "--resource") {
                writeln!(terminal::errors(), "{warning}")?;
            }
        }
    }
    // The key is gone before anybody reads the output, who may take their time.
    let cookies = stack::wiped_after(|| {
        let (key, id, hash) = keys::open(&request.signing.signer)?;
        let hash = request.signing.hash_algorithm.map_or(hash, Into::into);
        signed_cookies::sign(&opened, &terms, hash, &key, &id)
            .map_err(|error| Failure::other(format!("No cookie was made: {error}."), "Try again."))
    })?;
    conditions::warn(&terms)?;
    let text = match request.format {
        CookieFormat::Json => json(&cookies),
        CookieFormat::Header => headers(&cookies),
    };
    Ok(terminal::exact().write_all(text.as_bytes())?)
}

fn json(cookies: &SignedCookies) -> String {
    let lines: Vec<_> =
        cookies.iter().map(|(name, value)| format!("    \"{name}\": \"{value}\"")).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// For every path of the host that answers with them, and not for scripts or plain http.
fn headers(cookies: &SignedCookies) -> String {
    let line = |(name, value)| format!("Set-Cookie: {name}={value}; Path=/; Secure; HttpOnly\n");
    cookies.iter().map(line).collect()
}
