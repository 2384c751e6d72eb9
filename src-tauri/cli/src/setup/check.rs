//! `signet setup check`: whether everything is in force, as AWS says, and as the site answers where a
//! document is named.

use std::io::Write;
use std::process::ExitCode;

use serde_json::{Value, json};
use signet_app::setup::{
    Checked, DocumentToTry, SetUpKey, SetUpRequest, SitePlace, TrialKey, Tried, any_region,
};
use signet_app::{App, Storage};
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::foreign;
use signet_cloudfront::inspection;
use signet_cloudfront::key::SigningKey;
use signet_probe::{Sites, Trial};
use signet_setup::bucket_access::{Denial, ListedBy};
use signet_setup::check::{Line, State, Sum};
use signet_setup::document_access::{DocumentAction, NoAccess};
use signet_setup::plan::Obstacle;
use signet_setup::{DistributionId, SetupSpec};

use super::{access, aws, spec, words};
use crate::arguments::Checking;
use crate::failure::Failure;
use crate::inspect::trial;
use crate::keys::{self, app};
use crate::moment::now;
use crate::released::code;
use crate::terminal;

/// Checks: exit code 0 where everything is in force.
pub fn run(request: &Checking) -> Result<ExitCode, Failure> {
    let app = app()?;
    let asked = asked(request, &app)?;
    let mut no_key = None;
    let mut fetch = || match private_half(request) {
        Ok(key) => key,
        Err(failure) => {
            no_key = Some(failure);
            None
        }
    };
    let document = request.document.as_deref().map(address).transpose()?;
    let document = document.map(|address| DocumentToTry {
        address,
        now: now(),
        key: match &request.key.key {
            Some(_) => TrialKey::Listed,
            None => TrialKey::Fetched(&mut fetch),
        },
    });
    let checked =
        aws::wait(&app, async |setting_up| setting_up.check(&asked, document, &Sites).await)?;
    let checked = checked
        .map_err(|error| no_key.unwrap_or_else(|| words::not_checked(&error, &asked.spec)))?;
    show(&checked, &asked.spec, request.json)
}

/// What is to be checked. Where that is not said it is what is known of the key's site, or the one distribution that has
/// its address.
fn asked(request: &Checking, app: &App) -> Result<SetUpRequest, Failure> {
    let SetUpKey { public_half: key, listed } = spec::key(&request.key, app)?;
    let login = aws::login(&request.login);
    let distribution = request.distribution.as_deref().map(spec::distribution).transpose()?;
    if let (Some(bucket), Some(region)) = (&request.bucket, &request.region) {
        let place = (spec::bucket(bucket)?, spec::region(region)?);
        let spec = SetupSpec { key, bucket: place.0, region: place.1, distribution };
        return Ok(SetUpRequest { key: listed, spec, login, document_login: None });
    }
    let not_known = |what: &str| Failure::other(what, "Give --bucket and --region.");
    let site = listed.as_ref().and_then(|id| app.site_with(id));
    let site = site.ok_or_else(|| {
        not_known("Signet has no site for this key, so it is not known what is to be checked.")
    })?;
    if let Some(storage) = &site.storage {
        let Storage { bucket, region, .. } = storage.clone();
        let distribution = distribution.or_else(|| storage.distribution.clone());
        return Ok(SetUpRequest {
            key: listed,
            spec: SetupSpec { key, bucket, region, distribution },
            login,
            document_login: None,
        });
    }
    let address = site.address.as_ref().ok_or_else(|| {
        not_known(
            "The site of this key has no address yet, so it is not known what is to be checked.",
        )
    })?;
    let places = aws::wait(app, async |setting_up| setting_up.places(&login, &any_region()).await)?;
    let places = places.map_err(|error| {
        words::asked(&error, &words::About { bucket: None, distribution: None })
    })?;
    match places.of_site(address) {
        SitePlace::One { distribution: found, bucket, region: Some(region) } => {
            let found = DistributionId::parse(&found).ok();
            let distribution = distribution.or(found);
            Ok(SetUpRequest {
                key: listed,
                spec: SetupSpec { key, bucket, region, distribution },
                login,
                document_login: None,
            })
        }
        SitePlace::One { region: None, .. } => {
            Err(not_known("The region of this site's bucket could not be found."))
        }
        SitePlace::None => {
            Err(not_known("No distribution of this AWS account has the address of the site."))
        }
        SitePlace::Several { .. } => Err(not_known(
            "Several distributions of this AWS account have the address of the site.",
        )),
        SitePlace::NoBucket { .. } => Err(not_known(
            "The distribution of this site does not fetch its documents from a bucket.",
        )),
    }
}

fn show(checked: &Checked<Trial>, spec: &SetupSpec, is_json: bool) -> Result<ExitCode, Failure> {
    let tried = checked.tried.as_ref();
    let lines: Vec<_> =
        checked.lines.iter().map(|line| Shown::of(line.clone(), spec, tried)).collect();
    if is_json {
        let lines: Vec<_> = lines.iter().map(Shown::to_json).collect();
        let access = access::to_json(&checked.access);
        terminal::json(&json!({ "account": checked.account, "lines": lines, "access": access }))?;
    } else {
        let mut output = terminal::output();
        writeln!(output, "In the AWS account {}:", foreign::shown(&checked.account))?;
        for line in &lines {
            output.write_all(line.to_text().as_bytes())?;
        }
        if !checked.access.is_empty() {
            writeln!(output, "\nWho may open what of the bucket:")?;
            output.write_all(access::to_text(&checked.access).as_bytes())?;
        }
    }
    Ok(match Sum::of(&checked.lines) {
        Sum::Right => ExitCode::SUCCESS,
        Sum::Wrong | Sum::Waiting | Sum::NotSeen => ExitCode::FAILURE,
    })
}

fn address(text: &str) -> Result<DocumentAddress, Failure> {
    DocumentAddress::parse_url(text).map_err(|error| {
        Failure::usage(
            format!("The value of --document cannot be used: {error}."),
            "Give the whole address on CloudFront, as https://docs.example.com/a.pdf.",
        )
    })
}

fn private_half(request: &Checking) -> Result<Option<SigningKey>, Failure> {
    let Some(source) = &request.private_key else { return Ok(None) };
    keys::private_key(source, request.passphrase_file.as_deref()).map(Some)
}

/// What a line says, and where something is to be done what.
pub(super) type Words = (String, Option<String>);

/// A line with its words.
struct Shown {
    code: String,
    /// Of the lines about documents: which permission.
    action: Option<&'static str>,
    state: State,
    words: Words,
}

impl Shown {
    fn of(line: Line, spec: &SetupSpec, tried: Option<&Tried<Trial>>) -> Self {
        let words = match tried {
            Some(tried) if line == Line::SignedOpens => (answer(tried).0, None),
            Some(tried) if line == Line::SignedRefused => {
                let (what, do_now) = answer(tried);
                (what, Some(do_now))
            }
            _ => words_of(&line, spec),
        };
        let action = match &line {
            Line::DocumentsAllowed { action }
            | Line::DocumentsRefused { action }
            | Line::DocumentsNotSeen { action } => Some(permission(*action)),
            _ => None,
        };
        Self { code: code(&line), action, state: line.state(), words }
    }

    fn to_text(&self) -> String {
        let state = state(self.state);
        let (what, do_now) = &self.words;
        let do_now = do_now.iter().map(|text| format!("           {text}\n")).collect::<String>();
        format!("  {state:<9}{}\n{do_now}", foreign::line(what))
    }

    fn to_json(&self) -> Value {
        let mut line = json!({
            "line": self.code,
            "state": code(&self.state),
            "what": self.words.0,
            "do": self.words.1
        });
        if let Some(action) = self.action {
            line["action"] = action.into();
        }
        line
    }
}

/// What the site answered to the link.
fn answer(Tried { trial, expires_at }: &Tried<Trial>) -> (String, String) {
    trial::words(trial, &inspection::Verdict::Works { until: *expires_at })
}

/// How it stands, for a person.
fn state(state: State) -> &'static str {
    match state {
        State::Right => "fine",
        State::Waiting => "waiting",
        State::Note => "look",
        State::Wrong => "wrong",
        State::NotSeen => "not seen",
    }
}

/// A statement of the bucket's policy that refuses the distribution, and what to do about it.
fn denied(Denial { sid, number, is_certain, is_of_all }: &Denial) -> Words {
    let statement = match sid {
        Some(sid) => format!("the statement “{}” (Deny)", foreign::shown(sid)),
        None => format!("statement {number} (a Deny without a Sid)"),
    };
    let documents = if *is_of_all { "documents" } else { "some documents" };
    let refused =
        format!("CloudFront is refused {documents} by {statement} of the bucket's policy");
    let (what, do_now) = if *is_certain {
        (
            format!("{refused}, whatever else lets it in."),
            r#"Let it leave CloudFront out, for example by the condition "Bool": {"aws:PrincipalIsAWSService": "false"} (S3, Permissions, Bucket policy)."#,
        )
    } else {
        (
            format!("Whether {refused} cannot be seen from here."),
            "Look at its condition (S3, Permissions, Bucket policy), and try a document with --document.",
        )
    };
    (what, Some(do_now.to_owned()))
}

/// What it means that the distribution may list.
fn names_listed(has_root_object: bool) -> &'static str {
    if has_root_object {
        "CloudFront may list the names of all documents (s3:ListBucket), and only the default root object keeps the list from being shown."
    } else {
        "CloudFront may list the names of all documents (s3:ListBucket): a link or cookies for the site itself, / or /*, show them all."
    }
}

pub(super) fn words_of(line: &Line, spec: &SetupSpec) -> Words {
    const APPLY: &str = "signet setup apply with the same options does it.";
    let right = |what: String| (what, None);
    let wrong = |what: String, do_now: &str| (what, Some(do_now.to_owned()));
    let bucket = spec.bucket.as_str();
    match line {
        Line::KeyHeld { id } => right(format!("CloudFront holds the key, as {}.", id.as_str())),
        Line::KeyMissing => wrong("CloudFront does not have the key.".to_owned(), APPLY),
        Line::OtherKey { id } => wrong(
            format!("CloudFront has another key as {}.", id.as_str()),
            "Give the ID that CloudFront shows for this key, or make it there anew.",
        ),
        Line::NoDistribution => wrong("There is no distribution.".to_owned(), APPLY),
        Line::SwitchedOff { id } => wrong(
            format!("The distribution {} is switched off.", id.as_str()),
            "Switch it on in CloudFront (Enable).",
        ),
        Line::Deployed { id } => {
            right(format!("The distribution {} is deployed.", id.as_str()))
        }
        Line::Deploying { id } => wrong(
            format!("The distribution {} is on its way to all places.", id.as_str()),
            "Check again in some minutes.",
        ),
        Line::Unfit { id, why } => {
            let obstacle = Obstacle::Unfit { id: id.clone(), why: *why };
            let (what, do_now) = words::obstacle(&obstacle, spec).into_sentences();
            (what, Some(do_now))
        }
        Line::KeyActive => right("The distribution takes links of this key.".to_owned()),
        Line::KeyNotActive => {
            wrong("The distribution does not take links of this key.".to_owned(), APPLY)
        }
        Line::AsksForLinks => right("Documents open by links alone.".to_owned()),
        Line::OpenToEveryone => wrong("Documents open for everyone.".to_owned(), APPLY),
        Line::PathsOpen { paths } => wrong(
            format!("These paths of the bucket open for everyone, without a link: {}.", foreign::shown(&paths.join(", "))),
            "Restrict them where they should not be (Behaviors, Restrict viewer access).",
        ),
        Line::PathsOtherKeys { paths } => wrong(
            format!("These paths take links of other keys alone, so none of this key opens a document there: {}.", foreign::shown(&paths.join(", "))),
            "Add this key's group where its links should open documents (Behaviors, Restrict viewer access).",
        ),
        Line::LegacySigners { paths } => wrong(
            format!("Links by the old key pairs of AWS accounts (trusted signers) open documents too: {}.", foreign::shown(&paths.join(", "))),
            "Take the signers out where nobody uses those links any more (Behaviors, Restrict viewer access).",
        ),
        Line::AccessControl => right("Origin access control is on and signs requests to the bucket.".to_owned()),
        Line::NoAccessControl => wrong(
            "The distribution's origin has no origin access control, so the bucket's policy does not know it.".to_owned(),
            APPLY,
        ),
        Line::LetIn => right(format!("The bucket {bucket} lets the distribution in.")),
        Line::NotLetIn => {
            wrong(format!("The bucket {bucket} does not let the distribution in."), APPLY)
        }
        Line::LetInPartly => wrong(
            format!("The bucket {bucket} lets the distribution read some of its documents, and not all."),
            APPLY,
        ),
        Line::LetInPerhaps => wrong(
            format!("Whether the bucket {bucket} lets the distribution in is up to a condition of its policy that cannot be judged from here."),
            "Try a document with --document, or add a statement without that condition: signet setup apply with the same options does it.",
        ),
        Line::Denied { denial } => denied(denial),
        Line::AnyDistributionLetIn => wrong(
            "The bucket's policy lets any CloudFront distribution read, of any AWS account: whoever knows the bucket's name can publish it.".to_owned(),
            "Take that statement out, or give it the condition AWS:SourceArn with the ARN of your distribution (S3, Permissions, Bucket policy).",
        ),
        Line::OthersLetIn { who } if who.iter().any(|one| one == "*") => wrong(
            "The bucket's policy lets everybody read documents past CloudFront.".to_owned(),
            "Take that statement out of the policy where it is not meant.",
        ),
        Line::OthersLetIn { who } => wrong(
            format!("The bucket's policy lets others read documents too: {}.", foreign::shown(&who.join(", "))),
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
        Line::EncryptedByKms { key } => wrong(
            format!("The bucket encrypts with the KMS key {key}."),
            "Let its key policy allow kms:Decrypt to cloudfront.amazonaws.com for this distribution (AWS:SourceArn).",
        ),
        Line::UnfinishedEnds => {
            right("What is left of a stopped upload is removed by a lifecycle rule.".to_owned())
        }
        Line::UnfinishedStays => wrong(
            "No lifecycle rule of the whole bucket ends unfinished uploads, so what a stopped one left may stay there unseen, and is paid for.".to_owned(),
            "Add one in S3 (the bucket, Management, Create lifecycle rule): all objects, delete incomplete multipart uploads after 7 days.",
        ),
        Line::UnfinishedNotSeen => wrong(
            "Whether a lifecycle rule ends unfinished uploads could not be seen.".to_owned(),
            "Look in S3 (the bucket, Management), or give this login s3:GetLifecycleConfiguration: signet setup policy --for check.",
        ),
        Line::DocumentsAllowed { action } => right(format!(
            "The login for this site's documents may {} ({}).",
            doing(*action),
            permission(*action)
        )),
        Line::DocumentsRefused { action } => wrong(
            format!("The login for this site's documents may not {}.", doing(*action)),
            &format!(
                "Give it {}: signet setup policy --for documents with --site shows the whole policy.",
                permission(*action)
            ),
        ),
        Line::DocumentsNotSeen { action } => wrong(
            format!(
                "Whether the login for this site's documents may {} could not be seen without doing it.",
                doing(*action)
            ),
            &format!("It needs {}, if that is wanted.", permission(*action)),
        ),
        Line::DocumentsNotReached { no_access } => {
            let (what, do_now) = not_reached(no_access);
            wrong(what, do_now)
        }
        Line::ContinuousDeployment => wrong(
            "The distribution has a continuous deployment: a share of the readers may be answered by a staging distribution, which is not looked at here.".to_owned(),
            "Check that one too, by hand: its behaviour needs the same key group, or links fail now and then.",
        ),
        Line::OriginGroup { hosts, is_first } => {
            let hosts = foreign::shown(&hosts.join(", "));
            wrong(
                if *is_first {
                    format!("Where the bucket fails, documents come from {hosts} (origin group), which is not looked at here.")
                } else {
                    format!("Documents come from {hosts} first (origin group), which is not looked at here, and from the bucket where that fails.")
                },
                "Look there whether it has the same documents, is private and lets the distribution in.",
            )
        }
        Line::OriginPath { path } => wrong(
            format!("Documents come from the folder {} of the bucket (origin path), which is no part of their links.", foreign::shown(path)),
            "Leave that folder out of the addresses of documents.",
        ),
        Line::WebAcl => wrong(
            "A firewall (AWS WAF web ACL) stands in front of the distribution, and may refuse readers whom a link lets in.".to_owned(),
            "If a good link is refused, look at its rules and its sampled requests in AWS WAF.",
        ),
        Line::ErrorPages { codes } => {
            let codes: Vec<_> = codes.iter().map(ToString::to_string).collect();
            wrong(
                format!("Custom error pages stand in for CloudFront's own answers ({}), and hide why a link was refused or that a document is missing.", codes.join(", ")),
                "Take them off while you look for a fault (Error pages), and see that their page needs no link and tells readers whom to ask.",
            )
        }
        Line::SecurityHeaders => right("Answers carry security headers.".to_owned()),
        Line::NoSecurityHeaders => wrong(
            "Answers carry no security headers, so a browser may guess a document's type or show it inside another site.".to_owned(),
            "Choose the response headers policy SecurityHeadersPolicy at the behaviour (Behaviors, Edit).",
        ),
        Line::SecurityHeadersNotSeen => wrong(
            "The behaviour has a response headers policy of this account, and what it adds was not looked at.".to_owned(),
            "Look whether it adds X-Content-Type-Options: nosniff (Policies, Response headers).",
        ),
        Line::LogsKept { bucket, is_with_documents, readers } => {
            let who = match readers {
                None => "its policy was not seen".to_owned(),
                Some(who) if who.is_empty() => "its policy names nobody else".to_owned(),
                Some(who) if who.iter().any(|one| one == "*") => "its policy lets everybody".to_owned(),
                Some(who) => format!("its policy lets {}", foreign::shown(&who.join(", "))),
            };
            wrong(
                format!("Standard logs are kept in {}, with the whole query string, which is the working link. Whoever reads them can use the links that have not ended: {who}, and in this account may read it who may read S3.", foreign::shown(bucket)),
                if *is_with_documents {
                    "Keep them in another bucket: a link for everything opens them with the documents."
                } else {
                    "Let nobody but those who run the site read that bucket, and let its logs end by a lifecycle rule."
                },
            )
        }
        Line::RealTimeLogs { paths } => wrong(
            format!("Real-time logs are on ({}): whoever reads the stream can use the links in it.", foreign::shown(&paths.join(", "))),
            "Leave cs-uri-query out of their fields, or let few read that stream (Telemetry, Logs).",
        ),
        Line::LogsNotSeen => wrong(
            "Whether logs of the newer kind (v2) are kept, and who may read logs, cannot be seen from here.".to_owned(),
            "Look at the distribution's tab Logging: the query string in a log is the working link. The field cs-uri-query can be left out.",
        ),
        Line::QueryKept { parameter } => {
            right(format!("The parameter {} of the address reaches the bucket.", foreign::shown(parameter)))
        }
        Line::QueryShared { parameter } => wrong(
            format!("The parameter {} of the address reaches the bucket, but is no part of what is cached, so one link may get the answer of another.", foreign::shown(parameter)),
            "Choose a cache policy with query strings for the behaviour, as UseOriginCacheControlHeaders-QueryStrings (Behaviors, Edit).",
        ),
        Line::QueryDropped { parameter } => wrong(
            format!("The parameter {} of the address does not reach the bucket, so it changes nothing.", foreign::shown(parameter)),
            "Choose a cache policy with query strings for the behaviour, as UseOriginCacheControlHeaders-QueryStrings (Behaviors, Edit), or leave it out.",
        ),
        Line::QueryNotSeen { parameter } => wrong(
            format!("Whether the parameter {} of the address reaches the bucket is up to a policy of this account, which was not looked at.", foreign::shown(parameter)),
            "Look whether its cache policy has query strings (Policies, Cache).",
        ),
        Line::Ipv6 => wrong(
            "Readers may come over IPv6, where a link that is limited to one network does not open.".to_owned(),
            "Switch IPv6 off for the distribution if such links are made.",
        ),
        Line::UnsignedRefused => right("Without a signature the document does not open.".to_owned()),
        Line::UnsignedOpens => wrong(
            "Anyone can open this document: it is not private.".to_owned(),
            "Restrict its behaviour (Restrict viewer access); after a change wait until it is deployed.",
        ),
        Line::UnsignedUnknown => wrong(
            "Whether the document opens without a signature could not be seen.".to_owned(),
            "Open its address in a browser.",
        ),
        // What the site answered has its own words.
        Line::SignedOpens | Line::SignedRefused => right(String::new()),
    }
}

fn doing(action: DocumentAction) -> &'static str {
    match action {
        DocumentAction::List => "see what is in their folder",
        DocumentAction::Put => "put documents there",
        DocumentAction::Read => "read them, which it takes to replace one",
        DocumentAction::Abort => "take back what a stopped upload sent",
        DocumentAction::Remove => "rename and remove them",
        DocumentAction::Invalidate => "tell CloudFront's caches of a change",
    }
}

/// As IAM calls it.
fn permission(action: DocumentAction) -> &'static str {
    match action {
        DocumentAction::List => "s3:ListBucket",
        DocumentAction::Put => "s3:PutObject",
        DocumentAction::Read => "s3:GetObject",
        DocumentAction::Abort => "s3:AbortMultipartUpload",
        DocumentAction::Remove => "s3:DeleteObject",
        DocumentAction::Invalidate => "cloudfront:CreateInvalidation",
    }
}

fn not_reached(no_access: &NoAccess) -> (String, &'static str) {
    const AGAIN: &str = "Give it again with signet sites storage and --access-key-file.";
    match no_access {
        NoAccess::AccessKeyMissing => (
            "The keychain does not give the access key for this site's documents.".to_owned(),
            "Unlock the keychain, or give the access key again with signet sites storage and --access-key-file.",
        ),
        NoAccess::AccessKeyUnknown => (
            "AWS does not know the access key for this site's documents: it was deleted there, or made inactive.".to_owned(),
            "Make it active again, or give another one with signet sites storage and --access-key-file.",
        ),
        NoAccess::AccessKeyMismatch => (
            "The secret of the access key for this site's documents does not belong to its ID.".to_owned(),
            AGAIN,
        ),
        NoAccess::OtherAccount { account } => (
            format!(
                "The access key for this site's documents is of another AWS account, {}.",
                foreign::shown(account)
            ),
            "Give one of the account that has the bucket, with signet sites storage and --access-key-file.",
        ),
        NoAccess::Login => (
            "The AWS login of this computer that is said for this site's documents does not work.".to_owned(),
            "Log in once more, or say another one with signet sites storage.",
        ),
        NoAccess::Bucket => (
            "The bucket that is said for this site's documents is not there, or in another region.".to_owned(),
            "Say where they lie with signet sites storage.",
        ),
        NoAccess::NoAnswer => (
            "What the login for this site's documents may do could not be seen, for there was no answer.".to_owned(),
            "Check again in a minute.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use signet_cloudfront::public_key_id::PublicKeyId;
    use signet_setup::DistributionId;
    use signet_setup::distribution_config::Unfit;

    /// Scripts were promised them.
    #[test]
    fn lines_keep_their_released_names() {
        let key = || PublicKeyId::parse("K2JCJMDEHXQW5F").unwrap();
        let id = || DistributionId::parse("E2QWRUHAPOMQZL").unwrap();
        let denial = || Denial { sid: None, number: 1, is_certain: true, is_of_all: true };
        for (line, name) in [
            (Line::KeyHeld { id: key() }, "key-held"),
            (Line::KeyMissing, "key-missing"),
            (Line::OtherKey { id: key() }, "other-key"),
            (Line::NoDistribution, "no-distribution"),
            (Line::SwitchedOff { id: id() }, "switched-off"),
            (Line::Deployed { id: id() }, "deployed"),
            (Line::Deploying { id: id() }, "deploying"),
            (Line::Unfit { id: id(), why: Unfit::Website }, "unfit"),
            (Line::KeyActive, "key-active"),
            (Line::KeyNotActive, "key-not-active"),
            (Line::AsksForLinks, "asks-for-links"),
            (Line::OpenToEveryone, "open-to-everyone"),
            (Line::PathsOpen { paths: vec![] }, "paths-open"),
            (Line::PathsOtherKeys { paths: vec![] }, "paths-other-keys"),
            (Line::LegacySigners { paths: vec![] }, "legacy-signers"),
            (Line::ContinuousDeployment, "continuous-deployment"),
            (Line::OriginGroup { hosts: vec![], is_first: true }, "origin-group"),
            (Line::OriginPath { path: String::new() }, "origin-path"),
            (Line::WebAcl, "web-acl"),
            (Line::ErrorPages { codes: vec![403] }, "error-pages"),
            (Line::SecurityHeaders, "security-headers"),
            (Line::NoSecurityHeaders, "no-security-headers"),
            (Line::SecurityHeadersNotSeen, "security-headers-not-seen"),
            (
                Line::LogsKept { bucket: String::new(), is_with_documents: false, readers: None },
                "logs-kept",
            ),
            (Line::QueryKept { parameter: String::new() }, "query-kept"),
            (Line::QueryShared { parameter: String::new() }, "query-shared"),
            (Line::QueryDropped { parameter: String::new() }, "query-dropped"),
            (Line::QueryNotSeen { parameter: String::new() }, "query-not-seen"),
            (Line::RealTimeLogs { paths: vec![] }, "real-time-logs"),
            (Line::LogsNotSeen, "logs-not-seen"),
            (Line::AccessControl, "access-control"),
            (Line::NoAccessControl, "no-access-control"),
            (Line::LetIn, "let-in"),
            (Line::NotLetIn, "not-let-in"),
            (Line::OthersLetIn { who: vec![] }, "others-let-in"),
            (Line::LetInPartly, "let-in-partly"),
            (Line::LetInPerhaps, "let-in-perhaps"),
            (Line::Denied { denial: denial() }, "denied"),
            (Line::AnyDistributionLetIn, "any-distribution-let-in"),
            (Line::NamesListed { by: ListedBy::Signet, has_root_object: true }, "names-listed"),
            (Line::PolicyUnreadable, "policy-unreadable"),
            (Line::PublicBlocked, "public-blocked"),
            (Line::PublicNotBlocked, "public-not-blocked"),
            (Line::EncryptedByS3, "encrypted-by-s3"),
            (Line::EncryptedByAwsKey, "encrypted-by-aws-key"),
            (Line::EncryptedByKms { key: String::new() }, "encrypted-by-kms"),
            (Line::UnfinishedEnds, "unfinished-ends"),
            (Line::UnfinishedStays, "unfinished-stays"),
            (Line::UnfinishedNotSeen, "unfinished-not-seen"),
            (Line::DocumentsAllowed { action: DocumentAction::List }, "documents-allowed"),
            (Line::DocumentsRefused { action: DocumentAction::Put }, "documents-refused"),
            (Line::DocumentsNotSeen { action: DocumentAction::Remove }, "documents-not-seen"),
            (Line::DocumentsNotReached { no_access: NoAccess::Login }, "documents-not-reached"),
            (Line::Ipv6, "ipv6"),
            (Line::UnsignedRefused, "unsigned-refused"),
            (Line::UnsignedOpens, "unsigned-opens"),
            (Line::UnsignedUnknown, "unsigned-unknown"),
            (Line::SignedOpens, "signed-opens"),
            (Line::SignedRefused, "signed-refused"),
        ] {
            assert_eq!(code(&line), name);
        }
        for (state, name) in [
            (State::Right, "right"),
            (State::Waiting, "waiting"),
            (State::Note, "note"),
            (State::Wrong, "wrong"),
            (State::NotSeen, "not-seen"),
        ] {
            assert_eq!(code(&state), name);
        }
    }
}
