//! `signet setup check`: whether everything is in force, as AWS says, and as the site answers where a
//! document is named.

use std::io::Write;
use std::process::ExitCode;

use serde_json::{Value, json};
use signet_app::App;
use signet_aws::Account;
use signet_core::address::DocumentAddress;
use signet_core::answer::Meaning;
use signet_core::clock::{self, ClockWrong};
use signet_core::foreign;
use signet_core::inspection;
use signet_core::key::SigningKey;
use signet_core::public_key_id::PublicKeyId;
use signet_core::setup::HandOver;
use signet_core::setup::check::{Line, State};
use signet_core::setup::listed_names::ListedBy;
use signet_core::setup::plan::Obstacle;
use signet_core::signed_url;
use signet_core::terms::Terms;
use signet_probe::{Outcome, Trial};

use super::words::About;
use super::{aws, wish, words};
use crate::arguments::Checking;
use crate::failure::Failure;
use crate::inspect::trial;
use crate::keys::{self, desk, not_opened};
use crate::moment::now;
use crate::{terminal, terms};

/// The link of a trial ends so soon, in seconds.
const SPAN: i64 = 300;

/// Checks: exit code 0 where everything is in force.
pub fn run(request: &Checking) -> Result<ExitCode, Failure> {
    let desk = desk()?;
    let planning = &request.plan;
    let wish = wish::of(&planning.place, wish::key(&planning.key, &desk)?)?;
    let fingerprint = wish.key.fingerprint();
    let record = desk.keys().into_iter().find(|key| key.fingerprint == fingerprint);
    let connected = record.as_ref().map(|record| (&record.public_key_id, &record.site));
    let facts = aws::runtime()?.block_on(async {
        let failed = |error| words::asked(&error, &About::wish(&wish));
        let account = Account::open(&aws::login(&planning.login), &wish.region).await;
        account.map_err(failed)?.inspect(&wish, connected).await.map_err(failed)
    })?;
    let mut lines: Vec<Shown> =
        facts.lines(&wish).into_iter().map(|line| Shown::of(line, &wish)).collect();
    if let Some(address) = &request.document {
        let id = record.map(|record| record.public_key_id);
        let id = id.or(facts.public_key.as_ref().map(|key| key.id.clone()));
        lines.extend(tried(request, &desk, &wish, address, id)?);
    }
    if planning.json {
        let lines: Vec<_> = lines.iter().map(Shown::to_json).collect();
        terminal::json(&json!({ "account": facts.account, "lines": lines }))?;
    } else {
        let mut output = terminal::output();
        writeln!(output, "In the AWS account {}:", foreign::shown(&facts.account))?;
        for line in &lines {
            output.write_all(line.to_text().as_bytes())?;
        }
    }
    let is_in_force = |line: &Shown| matches!(line.state, State::Right | State::Note);
    Ok(if lines.iter().all(is_in_force) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Asks the site for one byte, with a link that is made for it and without.
fn tried(
    request: &Checking,
    desk: &App,
    wish: &HandOver,
    address: &str,
    id: Option<PublicKeyId>,
) -> Result<[Shown; 2], Failure> {
    let address = DocumentAddress::parse_url(address).map_err(|error| {
        Failure::usage(
            format!("The value of --document cannot be used: {error}."),
            "Give the whole address on CloudFront, as https://docs.example.com/a.pdf.",
        )
    })?;
    let id = id.ok_or_else(|| {
        Failure::other(
            "CloudFront does not have the key, so no link opens anything.",
            "Leave out --document to see what else is missing.",
        )
    })?;
    let key = private_half(request, desk)?;
    if key.public_key().fingerprint() != wish.key.fingerprint() {
        return Err(Failure::usage(
            "The private key does not belong to the public key.",
            "Give the two halves of one key.",
        ));
    }
    let end = clock::end_after(now(), SPAN).map_err(|ClockWrong { .. }| {
        terms::clock_wrong("Set its date and time, or leave out --document.")
    })?;
    let link = signed_url::sign(&address, &Terms::until(end), key.default_hash(), &key, &id);
    let link = link.map_err(|error| {
        Failure::other(format!("No link could be made: {error}."), "Shorten the address.")
    })?;
    let found = inspection::find(link.as_str()).map_err(|error| {
        Failure::usage(
            format!("The value of --document cannot be used: {error}."),
            "Give the whole address on CloudFront.",
        )
    })?;
    let trial = trial::ask(&trial::question(&found)?)?;
    Ok([unsigned(&trial, wish), signed(&trial, end)].map(|(line, words)| Shown::with(line, words)))
}

fn unsigned(trial: &Trial, wish: &HandOver) -> (Line, Words) {
    let line = match trial.is_public {
        Some(false) => Line::UnsignedRefused,
        Some(true) => Line::UnsignedOpens,
        None => Line::UnsignedUnknown,
    };
    let words = words_of(&line, wish);
    (line, words)
}

fn signed(trial: &Trial, end: i64) -> (Line, Words) {
    let works = inspection::Verdict::Works { until: end };
    let (what, do_now) = trial::words(trial, &works);
    if trial.signed == Outcome::Answered(Meaning::Opens) {
        (Line::SignedOpens, (what, None))
    } else {
        (Line::SignedRefused, (what, Some(do_now)))
    }
}

fn private_half(request: &Checking, desk: &App) -> Result<SigningKey, Failure> {
    match (&request.private_key, &request.plan.key.key) {
        (Some(source), _) => keys::private_key(source, request.passphrase_file.as_deref()),
        (None, Some(name)) => {
            let record = desk.key_named(name).map_err(|error| not_opened(&error))?;
            desk.open_key(&record).map_err(|error| not_opened(&error))
        }
        (None, None) => Err(Failure::usage(
            "A link for --document can only be made with the private key.",
            "Give --key, or --private-key beside --public-key.",
        )),
    }
}

/// What a line says, and where something is to be done what.
type Words = (String, Option<String>);

/// A line with its words.
struct Shown {
    code: &'static str,
    state: State,
    words: Words,
}

impl Shown {
    fn of(line: Line, wish: &HandOver) -> Self {
        let words = words_of(&line, wish);
        Self::with(line, words)
    }

    fn with(line: Line, words: Words) -> Self {
        Self { code: code(&line), state: line.state(), words }
    }

    fn to_text(&self) -> String {
        let state = match self.state {
            State::Right => "right",
            State::Waiting => "waiting",
            State::Note => "note",
            State::Wrong => "wrong",
        };
        let (what, do_now) = &self.words;
        let do_now = do_now.iter().map(|text| format!("           {text}\n")).collect::<String>();
        format!("  {state:<9}{}\n{do_now}", foreign::line(what))
    }

    fn to_json(&self) -> Value {
        json!({
            "line": self.code,
            "state": match self.state {
                State::Right => "right",
                State::Waiting => "waiting",
                State::Note => "note",
                State::Wrong => "wrong",
            },
            "what": self.words.0,
            "do": self.words.1
        })
    }
}

fn code(line: &Line) -> &'static str {
    match line {
        Line::KeyHeld(_) => "key-held",
        Line::KeyMissing => "key-missing",
        Line::OtherKey(_) => "other-key",
        Line::NoDistribution => "no-distribution",
        Line::SwitchedOff(_) => "switched-off",
        Line::Deployed(_) => "deployed",
        Line::Deploying(_) => "deploying",
        Line::Unfit(..) => "unfit",
        Line::KeyActive => "key-active",
        Line::KeyNotActive => "key-not-active",
        Line::AsksForLinks => "asks-for-links",
        Line::OpenToEveryone => "open-to-everyone",
        Line::PathsOpen(_) => "paths-open",
        Line::AccessControl => "access-control",
        Line::NoAccessControl => "no-access-control",
        Line::LetIn => "let-in",
        Line::NotLetIn => "not-let-in",
        Line::OthersLetIn(_) => "others-let-in",
        Line::NamesListed { .. } => "names-listed",
        Line::PolicyUnreadable => "policy-unreadable",
        Line::PublicBlocked => "public-blocked",
        Line::PublicNotBlocked => "public-not-blocked",
        Line::EncryptedByS3 => "encrypted-by-s3",
        Line::EncryptedByAwsKey => "encrypted-by-aws-key",
        Line::EncryptedByKms(_) => "encrypted-by-kms",
        Line::Ipv6 => "ipv6",
        Line::UnsignedRefused => "unsigned-refused",
        Line::UnsignedOpens => "unsigned-opens",
        Line::UnsignedUnknown => "unsigned-unknown",
        Line::SignedOpens => "signed-opens",
        Line::SignedRefused => "signed-refused",
    }
}

/// What it means that the distribution may list.
fn names_listed(has_root_object: bool) -> &'static str {
    if has_root_object {
        "CloudFront may list the names of all documents (s3:ListBucket), and only the default root object keeps the list from being shown."
    } else {
        "CloudFront may list the names of all documents (s3:ListBucket): a link or cookies for the site itself, / or /*, show them all."
    }
}

fn words_of(line: &Line, wish: &HandOver) -> Words {
    const APPLY: &str = "signet setup apply with the same options does it.";
    let right = |what: String| (what, None);
    let wrong = |what: String, do_now: &str| (what, Some(do_now.to_owned()));
    let bucket = wish.bucket.as_str();
    match line {
        Line::KeyHeld(id) => right(format!("CloudFront holds the key, as {}.", id.as_str())),
        Line::KeyMissing => wrong("CloudFront does not have the key.".to_owned(), APPLY),
        Line::OtherKey(id) => wrong(
            format!("CloudFront has another key as {}.", id.as_str()),
            "Give the ID that CloudFront shows for this key, or make it there anew.",
        ),
        Line::NoDistribution => wrong("There is no distribution.".to_owned(), APPLY),
        Line::SwitchedOff(id) => wrong(
            format!("The distribution {} is switched off.", id.as_str()),
            "Switch it on in CloudFront (Enable).",
        ),
        Line::Deployed(id) => {
            right(format!("The distribution {} is in force everywhere.", id.as_str()))
        }
        Line::Deploying(id) => wrong(
            format!("The distribution {} is on its way to all places.", id.as_str()),
            "Check again in some minutes.",
        ),
        Line::Unfit(id, why) => {
            let obstacle = Obstacle::Unfit { id: id.clone(), why: *why };
            let (what, do_now) = words::obstacle(&obstacle, wish).into_sentences();
            (what, Some(do_now))
        }
        Line::KeyActive => right("The distribution takes links of this key.".to_owned()),
        Line::KeyNotActive => {
            wrong("The distribution does not take links of this key.".to_owned(), APPLY)
        }
        Line::AsksForLinks => right("Documents open by links alone.".to_owned()),
        Line::OpenToEveryone => wrong("Documents open for everyone.".to_owned(), APPLY),
        Line::PathsOpen(paths) => wrong(
            format!("These paths open for everyone: {}.", paths.join(", ")),
            "Restrict them where they should not be (Behaviors, Restrict viewer access).",
        ),
        Line::AccessControl => right("The distribution signs what it asks of the bucket.".to_owned()),
        Line::NoAccessControl => wrong(
            "The distribution's origin has no origin access control, so the bucket's policy does not know it.".to_owned(),
            APPLY,
        ),
        Line::LetIn => right(format!("The bucket {bucket} lets the distribution in.")),
        Line::NotLetIn => {
            wrong(format!("The bucket {bucket} does not let the distribution in."), APPLY)
        }
        Line::OthersLetIn(who) if who.iter().any(|one| one == "*") => wrong(
            "The bucket's policy lets everybody read documents past CloudFront, under conditions at most.".to_owned(),
            "Take that statement out of the policy where it is not meant.",
        ),
        Line::OthersLetIn(who) => wrong(
            format!("The bucket's policy lets others read documents too: {}.", who.join(", ")),
            "Take those statements out of the policy where they are not meant.",
        ),
        Line::NamesListed { by, has_root_object } => wrong(
            names_listed(*has_root_object).to_owned(),
            match by {
                ListedBy::Signet => "signet setup apply with the same options takes that back: an older Signet gave it.",
                ListedBy::Others => "Take s3:ListBucket out of the bucket's policy for this distribution (S3, Permissions), unless something else needs it.",
            },
        ),
        Line::PolicyUnreadable => wrong(
            "The bucket's policy cannot be read.".to_owned(),
            "Look at it in S3, under Permissions.",
        ),
        Line::PublicBlocked => right("Block public access keeps the bucket private.".to_owned()),
        Line::PublicNotBlocked => wrong(
            "Block public access is off for the bucket, which Signet does not need.".to_owned(),
            "Switch it on in S3, under Permissions, unless something else needs it off.",
        ),
        Line::EncryptedByS3 => right("CloudFront can read what the bucket encrypts.".to_owned()),
        Line::EncryptedByAwsKey => wrong(
            "The bucket encrypts with the key aws/s3, which CloudFront may not use.".to_owned(),
            "Choose S3's own encryption or a key of your account for the bucket, and put the documents in once more.",
        ),
        Line::EncryptedByKms(key) => wrong(
            format!("The bucket encrypts with the KMS key {key}."),
            "Let its key policy allow kms:Decrypt to cloudfront.amazonaws.com for this distribution (AWS:SourceArn).",
        ),
        Line::Ipv6 => wrong(
            "Readers may come over IPv6, where a link that is limited to one network does not open.".to_owned(),
            "Switch IPv6 off for the distribution if such links are made.",
        ),
        Line::UnsignedRefused => right("Without a signature the document does not open.".to_owned()),
        Line::UnsignedOpens => wrong(
            "Anyone can open this document: it is not private.".to_owned(),
            "Restrict its behaviour (Restrict viewer access); after a change wait until it is in force.",
        ),
        Line::UnsignedUnknown => wrong(
            "Whether the document opens without a signature could not be seen.".to_owned(),
            "Open its address in a browser.",
        ),
        // What the site answered has its own words.
        Line::SignedOpens | Line::SignedRefused => right(String::new()),
    }
}
