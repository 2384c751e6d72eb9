//! `--try`: the site is asked, and its answer is said in words.

use std::io::Write;

use signet_cloudfront::clock::Comparison;
use signet_cloudfront::foreign::shown;
use signet_cloudfront::inspection::{Found, Verdict};
use signet_probe::response::Classification;
use signet_probe::{NotPossible, Outcome, Question, Trial};

use crate::failure::Failure;

/// What can be asked about a link.
pub fn question(found: &Found) -> Result<Question, Failure> {
    Question::about(found).map_err(|error| {
        Failure::usage(
            format!("This cannot be tried: {error}."),
            match error {
                NotPossible::NoAddress => "Put the address of the page before the cookies.",
                NotPossible::NotOfTheWeb => {
                    "Give the document's address on CloudFront, or leave out --try."
                }
            },
        )
    })
}

/// Asks. What it needs is set up here, so that no other command pays for it.
pub fn ask(question: &Question) -> Result<Trial, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|_| {
        Failure::other("The network cannot be used from here.", "Leave out --try, or try again.")
    })?;
    let trial = runtime.block_on(question.ask());
    // A look-up of a name that nobody answers is not waited for.
    runtime.shutdown_background();
    Ok(trial)
}

/// Asks, and says so before: what was written is there while the site is waited for.
pub fn show(
    question: &Question,
    verdict: &Verdict,
    output: &mut impl Write,
) -> Result<Trial, Failure> {
    writeln!(output, "\nAsking {} …", shown(question.host()))?;
    output.flush()?;
    let trial = ask(question)?;
    output.write_all(text(&trial, verdict).as_bytes())?;
    Ok(trial)
}

fn text(trial: &Trial, verdict: &Verdict) -> String {
    let (what, do_now) = words(trial, verdict);
    let mut text = format!("{what}\n{do_now}\n");
    text += match trial.is_public {
        Some(true) => {
            "\nWarning: Anyone can open this document: it is not private.\nLet whoever runs the site restrict it to signed links (Restrict viewer access).\n"
        }
        Some(false) => "\nWithout a signature it does not open.\n",
        None if matches!(trial.signed, Outcome::Answered(_)) => {
            "\nWhether it opens without a signature could not be seen.\n"
        }
        None => "",
    };
    if trial.is_rewritten {
        text += "\nWarning: browsers write this address otherwise (they take out /../ and the usual port, for instance), and Signet asked as they do.\nSign the address as a browser shows it.\n";
    }
    text += &match trial.clock {
        Some(Comparison::Right) => "This computer's clock is right.\n".to_owned(),
        Some(Comparison::Ahead { seconds }) => clock_words(seconds, "ahead of"),
        Some(Comparison::Behind { seconds }) => clock_words(seconds, "behind"),
        None => String::new(),
    };
    text
}

/// What happened, and what to do.
pub fn words(trial: &Trial, verdict: &Verdict) -> (String, String) {
    let host = &shown(&trial.host);
    let say = |what: &str, do_now: &str| (what.to_owned(), do_now.to_owned());
    let meaning = match &trial.signed {
        Outcome::Answered(meaning) => *meaning,
        Outcome::Redirected { host: other } => {
            return say(
                &format!("The site points to {}, which was not asked.", shown(other)),
                "Look which of the two hosts has the document; a link opens on the host for which it was signed.",
            );
        }
        Outcome::NewBucket => {
            return say(
                "The storage behind the site is new: until its name is known everywhere, CloudFront is sent on to the storage's region.",
                "Wait, up to a day, or let whoever runs the site name the bucket with its region in the distribution's origin. The link is not the matter.",
            );
        }
        Outcome::PointsToStorage => {
            return say(
                "Most likely the distribution's origin names the bucket in another region than its own: the site points to its storage, which was not asked and takes no links.",
                "Let whoever runs the site give the bucket's own regional name as the distribution's origin.",
            );
        }
        Outcome::NoSuchHost => {
            return say(
                &format!("Signet could not reach {host}."),
                "The name may be wrong, or this computer is offline: compare it with the site's own name.",
            );
        }
        Outcome::NoConnection => {
            return say(
                &format!("There is no connection with {host}, or it broke."),
                "Look whether this computer is online, and try again.",
            );
        }
        Outcome::NotTrusted => {
            return say(
                &format!(
                    "This computer does not trust the certificate of {host}; it was asked nothing."
                ),
                "Look at this computer's date and time first, and otherwise let whoever runs the site look at its certificate.",
            );
        }
        Outcome::TimedOut => {
            return say(
                &format!("{host} did not answer within ten seconds."),
                "Try again; a firewall may be on the way.",
            );
        }
    };
    match meaning {
        Classification::Opens => say("The document opened with this link.", opened(trial, verdict)),
        Classification::KeyIdMissing => say(
            "CloudFront found no public key ID in this link, or a malformed one.",
            "Copy the whole link once more from where it was made.",
        ),
        Classification::KeyUnknown => say(
            "CloudFront does not take the key of this link for this document.",
            "Put the public key into the key group of the document's behavior, or sign with a key that is in it; after a change wait until it is deployed.",
        ),
        Classification::SignatureMalformed => say(
            "Most likely the signature was cut or changed on the way: CloudFront cannot decode it.",
            "Copy the whole link once more from where it was made.",
        ),
        Classification::PolicyMalformed => say(
            "Most likely the policy was cut or changed on the way: CloudFront cannot decode it.",
            "Copy the whole link once more from where it was made.",
        ),
        Classification::Refused => say(
            "Most likely CloudFront itself refused this link; it does not say why.",
            match verdict {
                Verdict::Works { .. } => {
                    "The link is right as it stands: most likely the public key behind its id is another one, or this computer's network is not the one allowed, or its clock is wrong."
                }
                _ => "What is said above is the most likely reason.",
            },
        ),
        Classification::StorageRefused => say(
            "Most likely there is no such document: CloudFront took the link, and the storage behind it refused.",
            "Compare the address with the document's name, capitals too. If it is right, CloudFront may not read it: let whoever runs the site look at the bucket's policy and at its encryption key.",
        ),
        Classification::StorageAddressSigned => say(
            "Most likely the storage was asked and not CloudFront, whose signatures open nothing there.",
            "Sign the document's address on CloudFront.",
        ),
        Classification::LinksNotAsked => say(
            "Most likely CloudFront does not ask for links here: it left the link's signature to the storage, which does not know it.",
            "Let whoever runs the site restrict the behavior of this path to signed links (Restrict viewer access). Until then the bucket's policy alone keeps others out.",
        ),
        Classification::Archived => say(
            "The document is in an archive of the storage, from which nothing opens.",
            "Let whoever runs the site restore it in S3, which takes minutes to hours. The link is not the matter.",
        ),
        Classification::EncryptionKeyRefused => say(
            "Most likely CloudFront may not use the KMS key by which the document is encrypted, or that key is switched off.",
            "Let whoever runs the site allow kms:Decrypt for this distribution in the key's policy. The link is not the matter.",
        ),
        Classification::AllAccessDisabled => say(
            "AWS has shut all access to this bucket or document.",
            "Let whoever runs the site ask AWS's support. The link is not the matter.",
        ),
        Classification::NoSuchBucket => say(
            "The bucket behind the site is not there.",
            "Let whoever runs the site look at the distribution's origin. The link is not the matter.",
        ),
        Classification::ErrorPage { status } => say(
            &format!(
                "{host} answered with a page and the status {status}: most likely its own error page, which may stand for any refusal, of the link as of the document."
            ),
            "Compare the address with the document's name. If it is right, let whoever runs the site look at its custom error responses.",
        ),
        Classification::NotFound => say(
            "There is no such document on the site.",
            "Compare the address with the document's name, capitals too.",
        ),
        Classification::Blocked => say(
            &format!(
                "Most likely a firewall or a block of countries is before the document, or no distribution has the name {host}."
            ),
            "Let whoever runs the site look at the firewall and at the distribution's alternate domain names.",
        ),
        Classification::Unexpected { status } => say(
            &format!("The site answered with the status {status}, which says nothing of the link."),
            "Open the link in a browser to see the answer, or try again later.",
        ),
    }
}

fn opened(trial: &Trial, verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Works { .. } => {
            "If it does not open for a reader, let them copy the whole link once more."
        }
        _ if trial.is_public != Some(false) => {
            "That says nothing of the link where the site asks for no signature."
        }
        Verdict::UnknownKey { .. } | Verdict::SignatureNotChecked { .. } => {
            "Its signature is right, and the site trusts its key."
        }
        _ => "That is not what is said above: look at this computer's clock, and try again.",
    }
}

fn clock_words(seconds: u64, side: &str) -> String {
    format!(
        "\nWarning: this computer's clock is {} {side} the site's.\nSet it right: the ends of links are worked out from it.\n",
        span(seconds)
    )
}

/// A span in its largest unit.
fn span(seconds: u64) -> String {
    let (count, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..3_600 => (seconds / 60, "minute"),
        3_600..86_400 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

#[cfg(test)]
mod tests {
    use super::span;

    #[test]
    fn spans_are_said_in_their_largest_unit() {
        for (seconds, said) in
            [(31, "31 seconds"), (60, "1 minute"), (7_199, "1 hour"), (172_800, "2 days")]
        {
            assert_eq!(span(seconds), said);
        }
    }
}
