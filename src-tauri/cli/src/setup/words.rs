//! What AWS answered and what was done, in words.

use signet_app::setup::{
    ApplyError, ApplySetUpError, AskError, CheckSetUpError, DenyingRule, Kept, NotKept, NotReached,
    PlanRule, PlanSetUpError, Progress, TurnError, UndoError, UndoSetUpError, Unreadable, WhyKept,
};
use signet_app::{CreateLinkError, RegisterKeyError};
use signet_cloudfront::foreign::shown;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_setup::distribution_config::{MAX_KEY_GROUPS, Unfit};
use signet_setup::document_login::DocumentLoginObstacle;
use signet_setup::journal::Made;
use signet_setup::permissions;
use signet_setup::plan::{Obstacle, PlanStep};
use signet_setup::{AccessControlId, AccessKeyId, Bucket, DistributionId, KeyGroupId, SetupSpec};

use crate::failure::Failure;
use crate::keys::{name_of, not_opened, not_saved, to_write};
use crate::{access_keys, conditions};

/// What a refusal is about.
pub struct About<'a> {
    /// The bucket, where it is known.
    pub bucket: Option<&'a Bucket>,
    /// The distribution that is there.
    pub distribution: Option<&'a DistributionId>,
}

impl<'a> About<'a> {
    /// What a spec is about.
    pub fn spec(spec: &'a SetupSpec) -> Self {
        Self { bucket: Some(&spec.bucket), distribution: spec.distribution.as_ref() }
    }
}

/// AWS did not do what it was asked.
pub fn asked(error: &AskError, about: &About<'_>) -> Failure {
    let bucket = about.bucket.map_or("of that name", Bucket::as_str);
    match error {
        AskError::NoLogin => Failure::other(
            "There is no AWS login on this computer.",
            "Log in (aws configure, or aws sso login), or name one with --profile, and try again.",
        ),
        AskError::LoginOfTools { profile } => Failure::other(
            "The AWS login was made with aws login, which Signet does not read.",
            format!(
                "Have the AWS tools hand it on: aws configure set credential_process \"aws configure \
                 export-credentials{}\" --profile signet. Then name it with --profile signet.",
                profile
                    .as_ref()
                    .map(|name| format!(" --profile {}", shown(name)))
                    .unwrap_or_default()
            ),
        ),
        AskError::LoginUnusable => Failure::other(
            "The AWS settings of this computer cannot be used, or have no such profile.",
            "Look at the files in ~/.aws and at --profile, and try again.",
        ),
        AskError::LoginExpired => Failure::other(
            "The AWS login is not valid any more.",
            "Log in once more (aws sso login, or aws configure) and try again.",
        ),
        AskError::AccessKeyUnknown => Failure::other(
            "AWS does not know the access key of this site: it was deleted there, or made inactive.",
            "Make it active again, or give another one with signet sites storage and --access-key-file.",
        ),
        AskError::AccessKeyMismatch => Failure::other(
            "The secret of this site's access key is not the one that belongs to its ID.",
            "Give the access key once more with signet sites storage and --access-key-file, from the file that AWS gave.",
        ),
        AskError::WrongClock => Failure::other(
            "This computer's clock is too wrong for AWS.",
            "Set it right and try again.",
        ),
        AskError::NotAllowed { action, denied_by: None } => not_allowed(action, about),
        AskError::NotAllowed { action, denied_by: Some(rule) } => held_back(action, *rule),
        AskError::AccountNotReady { message } => Failure::other(
            format!("AWS does not let this account do that yet: {message}."),
            "Write to AWS Support from that account, and try again: nothing is made twice.",
        ),
        AskError::PricingPlan { rule, message } => in_plan(*rule, message),
        AskError::SwitchedOn => Failure::other(
            "The distribution was switched on again, so AWS does not remove it.",
            "See who uses it. To remove it all the same, run this again: it is switched off first.",
        ),
        AskError::Conflict => Failure::other(
            "Somebody else has just changed the distribution or the bucket.",
            "Review the plan once more and try again.",
        ),
        AskError::Quota { what } => Failure::other(
            format!("This AWS account may not have more of these: {what}."),
            "Remove what is not used, or ask AWS for a higher quota, and try again.",
        ),
        AskError::NoBucket => Failure::other(
            format!("There is no bucket {bucket}."),
            "Give the name as it stands in S3, in the list of buckets.",
        ),
        AskError::NoDistribution => Failure::other(
            "There is no such distribution in this AWS account.",
            "Log in to the account that has it, or give another --distribution.",
        ),
        AskError::WrongRegion { region: Some(region) } => Failure::other(
            format!("The bucket {bucket} is in the region {}.", region.as_str()),
            format!("Give --region {}.", region.as_str()),
        ),
        AskError::WrongRegion { region: None } => Failure::other(
            format!("The bucket {bucket} is in another region."),
            "Give the region that stands beside the bucket in S3.",
        ),
        AskError::PublicAccessBlocked => Failure::other(
            "Block public access refuses the bucket's policy, because a statement that is in it already lets everybody in.",
            "Take that statement out of the policy, and leave Block public access on: Signet needs nothing public.",
        ),
        AskError::PolicyRefused { message } => Failure::other(
            format!("S3 does not take the bucket's policy: {message}."),
            "Mend the policy that is there, and try again.",
        ),
        AskError::InUse => Failure::other(
            "It is still in use, so AWS does not remove it.",
            "Take it out of where it is used, and try again.",
        ),
        AskError::Busy => Failure::other("AWS has too much to do.", "Wait a minute and try again."),
        AskError::Unreachable => Failure::other(
            "AWS did not answer.",
            "Look whether this computer is online, and try again: nothing is made twice.",
        ),
        AskError::Endless { action } => Failure::other(
            format!(
                "The list that AWS gives for {action} does not end, so it was not read further."
            ),
            "Try again later; if it stays so, use the script (signet setup script).",
        ),
        AskError::Refused { .. } => Failure::other(
            format!("{}.", capital(error)),
            "Mend that and try again: nothing is made twice.",
        ),
        AskError::IsThere | AskError::NotThere | AskError::Unexpected { .. } => Failure::other(
            format!("AWS answered otherwise than Signet knows: {error}."),
            "Try again; if it stays so, use the script (signet setup script).",
        ),
    }
}

/// What no permission lifts.
pub fn held_back(action: &str, rule: DenyingRule) -> Failure {
    let rule = rule.name();
    Failure::other(
        format!(
            "Not the permissions of this AWS login are against what is needed, but a rule of another kind: {action} ({rule})."
        ),
        format!(
            "Ask whoever runs the AWS account to change the {rule}: one more permission does not help."
        ),
    )
}

/// What a flat-rate plan does not let.
fn in_plan(rule: PlanRule, message: &str) -> Failure {
    match rule {
        PlanRule::Subscribed => Failure::other(
            "The distribution has a pricing plan, and AWS removes none that has one.",
            "Cancel the plan in CloudFront. It runs to the end of the month that is paid for; then run this again.",
        ),
        PlanRule::NeedsWebAcl => Failure::other(
            "The pricing plan of the distribution asks for a web ACL, so none may be taken off.",
            "Leave the web ACL where it is, or cancel the plan in CloudFront, and run this again.",
        ),
        PlanRule::NotInPlan => Failure::other(
            format!("The pricing plan of the distribution does not have that: {message}."),
            "Take a larger plan in CloudFront, or cancel it, and run this again.",
        ),
    }
}

/// The action, and the policy that allows it.
fn not_allowed(action: &str, about: &About<'_>) -> Failure {
    let policy = about
        .bucket
        .and_then(|bucket| permissions::policy_for_action(action, bucket, about.distribution));
    let what = format!("This AWS login may not do what is needed: {action}.");
    match policy {
        Some(policy) => Failure::other(
            what,
            format!(
                "Ask whoever runs the AWS account for this permission and try again:\n{policy:#}"
            ),
        ),
        None => Failure::other(
            what,
            "Ask whoever runs the AWS account for that permission and try again.",
        ),
    }
}

/// A plan cannot be made.
pub fn obstacle(obstacle: &Obstacle, spec: &SetupSpec) -> Failure {
    let bucket = spec.bucket.as_str();
    match obstacle {
        Obstacle::OtherKey { .. } => {
            Failure::other(format!("{}.", capital(obstacle)), "Rename or remove it and try again.")
        }
        Obstacle::KeyNotInGroup { .. } => Failure::other(
            format!("{}.", capital(obstacle)),
            "Put the key into it, or remove the key group, and try again.",
        ),
        Obstacle::Unfit { id, why } => {
            let id = id.as_str();
            match why {
                Unfit::OtherBucket => Failure::other(
                    format!("The distribution {id} does not fetch from the bucket {bucket}."),
                    "Give the distribution that does, or none for a new one.",
                ),
                Unfit::OtherBehaviour => Failure::other(
                    format!(
                        "The default behaviour of the distribution {id} does not fetch from the bucket {bucket}."
                    ),
                    "Give another distribution or none for a new one, or restrict the right behaviour by hand.",
                ),
                Unfit::Website => Failure::other(
                    format!("The distribution {id} fetches from the bucket as from a website."),
                    "Change that origin to the bucket itself, or give no distribution for a new one.",
                ),
                Unfit::CustomOrigin => Failure::other(
                    format!(
                        "The distribution {id} fetches from the bucket through a custom origin, which signs no request, so a private bucket does not let it in."
                    ),
                    "Make an S3 origin for the bucket and use that one in the behaviour, or give no distribution for a new one.",
                ),
                Unfit::Staging => Failure::other(
                    format!(
                        "The distribution {id} is a staging distribution: readers of a site come to it only by a header, or as a small share of them."
                    ),
                    "Give the primary distribution, or none for a new one.",
                ),
                Unfit::MultiTenant => Failure::other(
                    format!(
                        "The distribution {id} is a multi-tenant one, which has no address of its own for documents to open at."
                    ),
                    "Add the key group to it by hand where its tenants are meant, or give no distribution for a new one.",
                ),
                Unfit::KeyGroupsFull => Failure::other(
                    format!(
                        "The default behaviour of the distribution {id} has {MAX_KEY_GROUPS} key groups already, and CloudFront takes no more unless AWS has raised that for this account."
                    ),
                    "Take out one that is not used (Behaviors, Restrict viewer access), or put this key into one of them by hand: its links open documents then.",
                ),
            }
        }
        Obstacle::Policy => Failure::other(
            format!("The policy of the bucket {bucket} cannot be read, so it is not touched."),
            "Look at it in S3, under Permissions.",
        ),
        Obstacle::OtherPartition { region } => Failure::other(
            format!(
                "The region {} is in a part of AWS that is by itself, with names and addresses of its own, and Signet does not set up CloudFront there.",
                region.as_str()
            ),
            "Use a bucket in another region, or set it up by hand with AWS's guide for that part.",
        ),
    }
}

/// There is no plan.
pub fn not_planned(error: &PlanSetUpError, spec: &SetupSpec) -> Failure {
    match error {
        PlanSetUpError::Ask(error) => asked(error, &About::spec(spec)),
        PlanSetUpError::Obstacle(error) => obstacle(error, spec),
        PlanSetUpError::DocumentLogin(error) => no_document_login(error, spec),
        PlanSetUpError::NotReached(error) => not_reached(*error),
    }
}

/// A set-up was not made, or the key not connected with it.
pub fn not_applied(error: &ApplySetUpError, spec: &SetupSpec) -> Failure {
    match error {
        ApplySetUpError::NotBegun(error) => not_begun(error),
        ApplySetUpError::Ask(error) => asked(error, &About::spec(spec)),
        ApplySetUpError::Unreadable(error) => unreadable(error),
        ApplySetUpError::Obstacle(error) => obstacle(error, spec),
        ApplySetUpError::DocumentLogin(error) => no_document_login(error, spec),
        ApplySetUpError::Apply(error) => not_made(error, spec),
        ApplySetUpError::NotPlanned | ApplySetUpError::NotWanted => {
            Failure::other("Nothing was done.", "Review the plan and run this again.")
        }
        ApplySetUpError::OtherId { name, made } => Failure::other(
            format!("Everything is made, but Signet has the key “{name}” under another ID."),
            format!(
                "Its links open at {} once it has the ID {} there.",
                made.site.host(),
                made.public_key_id.as_str()
            ),
        ),
        ApplySetUpError::Connect(RegisterKeyError::Save(error)) => not_saved(*error),
        ApplySetUpError::Connect(error) => not_connected(&error.to_string()),
        ApplySetUpError::NotReached(error) => not_connected(&error.to_string()),
        ApplySetUpError::AccessKey(error) => Failure::other(
            format!(
                "Everything else is made, but the access key for documents was not kept: {error}."
            ),
            "Start or unlock the keychain and run this again: another access key is made in its place.",
        ),
    }
}

/// No login for documents can be made.
fn no_document_login(obstacle: &DocumentLoginObstacle, spec: &SetupSpec) -> Failure {
    let leave_out = "leave out --with-document-login";
    let (what, do_now) = match obstacle {
        DocumentLoginObstacle::NoSite => (
            "Signet has no site for this key, so there is none whose documents an access key could be for.".to_owned(),
            format!("Name a key of the keychain with --key, or {leave_out}."),
        ),
        DocumentLoginObstacle::PlaceUnknown => (
            format!(
                "It is not clear which part of the bucket {} the distribution fetches from.",
                spec.bucket.as_str()
            ),
            format!("Look at the origin path of its origins in CloudFront, or {leave_out}."),
        ),
        DocumentLoginObstacle::Elsewhere { bucket } => (
            format!(
                "The documents of this site lie elsewhere than those of this set-up: in the bucket {}, or in another part of it.",
                shown(bucket)
            ),
            format!("Say it anew with signet sites storage, or {leave_out}."),
        ),
        DocumentLoginObstacle::HasAccessKey => (
            "The site has an access key for its documents already, and it stays.".to_owned(),
            format!(
                "To have another one made, let this one be forgotten with signet sites storage and --forget-access-key. Otherwise {leave_out}."
            ),
        ),
        DocumentLoginObstacle::OtherUser { user } => (
            format!("There is an IAM user {} that was not made for this set-up.", shown(user)),
            format!("Look at it in IAM and remove it if nobody needs it, or {leave_out}."),
        ),
        DocumentLoginObstacle::NoMoreKeys { user } => (
            format!(
                "The IAM user {} has two access keys, and AWS gives no third.",
                shown(user)
            ),
            format!("Remove one that nobody uses in IAM and try again, or {leave_out}."),
        ),
    };
    Failure::other(what, do_now)
}

fn not_connected(why: &str) -> Failure {
    Failure::other(
        format!("Everything is made, but the key could not be connected: {why}."),
        "Connect it with signet keys connect.",
    )
}

/// Nothing was taken back.
pub fn not_undone(error: &UndoSetUpError) -> Failure {
    match error {
        UndoSetUpError::NotBegun(error) => not_begun(error),
        UndoSetUpError::NothingMade => Failure::other(
            "Nothing was made for this key from this computer.",
            "What a script or a template made is removed where it was made.",
        ),
        UndoSetUpError::Ask(error) => asked(error, &About { bucket: None, distribution: None }),
        UndoSetUpError::Unreadable(error) => unreadable(error),
        UndoSetUpError::OtherAccount { accounts } => other_account(&accounts.join(", ")),
        UndoSetUpError::AccessKey(error) => access_keys::not_forgotten(error.clone()),
        UndoSetUpError::NotWanted => {
            Failure::other("Nothing was done.", "To do it, run this again and type yes.")
        }
        UndoSetUpError::NotReached(error) => not_reached(*error),
    }
}

/// Nothing was checked.
pub fn not_checked(error: &CheckSetUpError, spec: &SetupSpec) -> Failure {
    match error {
        CheckSetUpError::Clock(_) | CheckSetUpError::Link(CreateLinkError::Clock(_)) => {
            conditions::clock_wrong("Set its date and time, or leave out --document.")
        }
        CheckSetUpError::Ask(error) => asked(error, &About::spec(spec)),
        CheckSetUpError::Obstacle(error) => obstacle(error, spec),
        CheckSetUpError::NoPublicKey => Failure::other(
            "CloudFront does not have the key, so no link opens anything.",
            "Leave out --document to see what else is missing.",
        ),
        CheckSetUpError::NoPrivateKey => Failure::usage(
            "A link for --document can only be made with the private key.",
            "Give --key, or --private-key beside --public-key.",
        ),
        CheckSetUpError::OtherHalf => Failure::usage(
            "The private key does not belong to the public key.",
            "Give the two halves of one key.",
        ),
        CheckSetUpError::Link(CreateLinkError::Key(error)) => not_opened(error),
        CheckSetUpError::Link(error) => {
            Failure::other(format!("No link could be made: {error}."), "Shorten the address.")
        }
        CheckSetUpError::NotOfTheWeb => Failure::usage(
            format!("The value of --document cannot be used: {error}."),
            "Give the whole address on CloudFront.",
        ),
        CheckSetUpError::NotReached(error) => not_reached(*error),
    }
}

fn not_reached(error: NotReached) -> Failure {
    Failure::other(format!("The keys could not be reached: {error}."), "Try again.")
}

/// A set-up was not finished.
fn not_made(error: &ApplyError, spec: &SetupSpec) -> Failure {
    match error {
        ApplyError::Ask(error) => asked(error, &About::spec(spec)),
        ApplyError::PolicyChanged => asked(&AskError::Conflict, &About::spec(spec)),
        ApplyError::Policy => obstacle(&Obstacle::Policy, spec),
        ApplyError::Save(error) => not_kept(error),
        ApplyError::Stopped => Failure::other(
            "It was stopped before the next step.",
            "Run it again to go on, or signet setup undo to take back what was made.",
        ),
    }
}

/// Not everything was taken back.
pub fn not_taken_back(error: &UndoError, about: &About<'_>) -> Failure {
    match error {
        UndoError::Ask(error) => asked(error, about),
        UndoError::Policy => Failure::other(
            "The bucket's policy cannot be read, so it is not touched.",
            "Look at it in S3, under Permissions, and try again.",
        ),
        UndoError::InUse { made } => Failure::other(
            format!("Something else still uses {}, so AWS does not remove it.", thing(made)),
            "Take it out of where it is used, or wait until CloudFront has switched that off everywhere, and run this again.",
        ),
        UndoError::Shared { distribution } => Failure::other(
            format!(
                "Links of other keys open through the distribution {distribution} too, so nothing is taken back."
            ),
            "To take out this key alone, remove its key group from the distribution in CloudFront. To take all of it back, undo the set-up of the other keys first.",
        ),
        UndoError::OtherAccount { account } => other_account(account),
        UndoError::StillOn { distribution } => Failure::other(
            format!(
                "CloudFront has not switched off the distribution {distribution} within an hour."
            ),
            "Run this again later: it goes on from there.",
        ),
        UndoError::Save(error) => not_kept(error),
        UndoError::Stopped => {
            Failure::other("It was stopped before the next step.", "Run it again to go on.")
        }
    }
}

/// A thing that undo left as it is, and why.
pub fn kept(kept: &Kept) -> String {
    let thing = thing(&kept.made);
    match kept.why {
        WhyKept::Differs => format!("{thing}, which is not as Signet made it"),
        WhyKept::OthersUseIt => format!("{thing}, by which links of other keys open"),
        WhyKept::HasMore => {
            format!("{thing}, where there is more by now than Signet made")
        }
    }
}

/// Undo came to its end, and left these as they are.
pub fn left(things: &[Kept], file: &str) -> Failure {
    let things: Vec<_> = things.iter().map(kept).collect();
    Failure::other(
        format!(
            "Not everything was taken back. These were left as they are: {}.",
            things.join("; ")
        ),
        format!(
            "Look at them in CloudFront, S3 and IAM, and remove by hand what is not needed. What is gone Signet forgets the next time; to forget all of it, move {file} out of Signet's folder."
        ),
    )
}

/// The login is of another account.
fn other_account(account: &str) -> Failure {
    Failure::other(
        format!("This set-up was made in the AWS account {account}, and the login is for another."),
        "Log in to that account, or name its login with --profile.",
    )
}

/// A set-up is not begun.
fn not_begun(error: &TurnError) -> Failure {
    match error {
        TurnError::Elsewhere => Failure::other(
            "A set-up of this key is going on in another window or terminal.",
            "Wait until it has ended, then start again.",
        ),
        TurnError::NoLock { file } => Failure::other(
            "Something stands in the place of Signet's lock, so nothing was done.",
            format!("Move {} away and try again.", name_of(file)),
        ),
        TurnError::Save(error) => not_kept(error),
    }
}

/// The journal's file is damaged.
fn unreadable(error: &Unreadable) -> Failure {
    Failure::other(
        format!("What Signet wrote down of this set-up cannot be read: {}.", name_of(&error.file)),
        "Move that file away to go on without it; what was made before is then not taken back by undo.",
    )
}

fn not_kept(NotKept { file, why }: &NotKept) -> Failure {
    Failure::other(
        format!("{} could not be written, so nothing more was done: {why}.", name_of(file)),
        format!("{} Then run this again.", to_write(*why)),
    )
}

/// A step as it begins.
pub fn progress(progress: &Progress) -> String {
    match progress {
        Progress::Doing(step) => match step {
            PlanStep::AccessControl => "Making the origin access control".to_owned(),
            PlanStep::PublicKey => "Making the public key".to_owned(),
            PlanStep::KeyGroup => "Making the key group".to_owned(),
            PlanStep::NewDistribution => "Making the distribution".to_owned(),
            PlanStep::BucketPolicy => "Changing the policy of the bucket".to_owned(),
            PlanStep::ChangeDistribution => "Changing the distribution".to_owned(),
            PlanStep::DocumentUser => "Making the IAM user for documents".to_owned(),
            PlanStep::DocumentPolicy => "Giving that user its policy".to_owned(),
            PlanStep::AccessKey => "Making its access key".to_owned(),
        },
        Progress::TakingBack(made) => match made {
            Made::Policy { .. } | Made::Change { .. } => format!("Changing back {}", thing(made)),
            _ => format!("Removing {}", thing(made)),
        },
        Progress::Waiting { .. } => {
            "Waiting until CloudFront has switched the distribution off everywhere (some minutes)"
                .to_owned()
        }
    }
}

/// What was made, as it is called in a sentence.
pub fn thing(made: &Made) -> String {
    let with = |what: &str, id: Option<&str>| match id {
        Some(id) => format!("{what} {id}"),
        None => what.to_owned(),
    };
    match made {
        Made::AccessControl { id } => {
            with("the origin access control", id.as_ref().map(AccessControlId::as_str))
        }
        Made::PublicKey { id } => with("the public key", id.as_ref().map(PublicKeyId::as_str)),
        Made::KeyGroup { id } => with("the key group", id.as_ref().map(KeyGroupId::as_str)),
        Made::Distribution { id } => {
            with("the distribution", id.as_ref().map(DistributionId::as_str))
        }
        Made::Policy { bucket, .. } => format!("the policy of the bucket {}", bucket.as_str()),
        Made::Change { id, .. } => format!("the distribution {}", id.as_str()),
        Made::DocumentUser { .. } => "the IAM user for documents".to_owned(),
        Made::DocumentPolicy => "the policy of the IAM user for documents".to_owned(),
        Made::AccessKey { id, .. } => {
            with("the access key for documents", id.as_ref().map(AccessKeyId::as_str))
        }
    }
}

fn capital(error: &impl ToString) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => text,
    }
}
