//! `signet setup plan`: what would be made and changed, before anything is.

use std::fmt::Write as _;
use std::io::Write as _;

use serde_json::{Value, json};
use signet_cloudfront::foreign;
use signet_setup::SetupSpec;
use signet_setup::check::{Line, State};
use signet_setup::plan::{Difference, Differing, Plan, PlanStep, Shown};

use super::check::words_of;
use super::{access, aws, spec, words};
use crate::arguments::Planning;
use crate::failure::Failure;
use crate::keys::app;
use crate::released::code;
use crate::terminal;

/// Shows the plan.
pub fn run(request: &Planning) -> Result<(), Failure> {
    let app = app()?;
    let asked = spec::request(request, &app)?;
    let spec = asked.spec.clone();
    let planned = aws::wait(&app, async |setting_up| setting_up.plan(asked).await)?;
    let plan = planned.map_err(|error| words::not_planned(&error, &spec))?.plan;
    if request.json {
        return Ok(terminal::json(&to_json(&plan, &spec))?);
    }
    let text = to_text(&plan, &spec) + next(&plan, &spec);
    Ok(terminal::output().write_all(text.as_bytes())?)
}

fn next(plan: &Plan, spec: &SetupSpec) -> &'static str {
    if plan.is_nothing(spec) {
        "\nThere is nothing to do.\n"
    } else {
        "\nNothing was done. signet setup apply with the same options does it.\n"
    }
}

/// The plan for a person.
pub fn to_text(plan: &Plan, spec: &SetupSpec) -> String {
    let mut text = format!(
        "In the AWS account {}, under the name {}:\n",
        foreign::shown(&plan.account),
        plan.name
    );
    for shown in plan.shown(spec) {
        let state = match (shown.is_done, shown.step) {
            (true, _) => "is there",
            (_, PlanStep::BucketPolicy | PlanStep::ChangeDistribution) => "will change",
            (_, PlanStep::DocumentPolicy) if shown.is_replaced() => "will change",
            _ => "will make",
        };
        let is_named = |step| {
            matches!(
                step,
                PlanStep::BucketPolicy | PlanStep::DocumentUser | PlanStep::DocumentPolicy
            )
        };
        let id = shown.id.as_ref().filter(|_| !is_named(shown.step));
        let id = id.map(|id| format!(" {}", foreign::shown(id))).unwrap_or_default();
        text += &format!("  {state:<12}{}{id}\n", thing(shown.step, spec));
        for difference in &shown.changes {
            text += &lines(difference);
        }
    }
    if plan.closes_documents() {
        text += "\nWarning: what opens for everyone today will need a link.\nLet those who have bookmarks or links of their own know before it is done.\n";
    }
    if !plan.stays_open().is_empty() {
        let paths = foreign::line(&plan.stays_open().join(", "));
        _ = writeln!(
            text,
            "\nWarning: these paths of the distribution stay open to everyone: {paths}.\nRestrict them by hand where they should not be (Behaviors, Restrict viewer access)."
        );
    }
    text += "\nWho may open what of the bucket, once that is done:\n";
    text += &access::to_text(&plan.access());
    text += COSTS;
    for line in plan.remarks() {
        let (what, do_now) = words_of(line, spec);
        let do_now = do_now.map(|text| format!("{text}\n")).unwrap_or_default();
        _ = write!(text, "\n{}: {}\n{do_now}", kind(line.state()), foreign::line(&what));
    }
    text
}

/// By AWS's price list for CloudFront, paid as you go.
const COSTS: &str = "\nWhat it costs: CloudFront, paid as you go, is free for the first 1 TB and 10 million requests of a month,\nand for the first 1,000 paths that are cleared from its caches, one for each document that is replaced\nor removed. What goes beyond that, and what S3 stores, is paid for. All else in this plan costs nothing.\n";

/// How a remark begins.
fn kind(state: State) -> &'static str {
    match state {
        State::Wrong => "Warning",
        State::NotSeen => "Not seen",
        State::Right | State::Waiting | State::Note => "Note",
    }
}

fn thing(step: PlanStep, spec: &SetupSpec) -> String {
    match step {
        PlanStep::AccessControl => "the origin access control".to_owned(),
        PlanStep::PublicKey => "the public key".to_owned(),
        PlanStep::KeyGroup => "the key group".to_owned(),
        PlanStep::NewDistribution => {
            format!("a distribution for the bucket {}", spec.bucket.as_str())
        }
        PlanStep::BucketPolicy => format!("the policy of the bucket {}", spec.bucket.as_str()),
        PlanStep::ChangeDistribution => "the distribution".to_owned(),
        PlanStep::DocumentUser => format!("the IAM user {} for documents", spec.document_user()),
        PlanStep::DocumentPolicy => "the policy of that user".to_owned(),
        PlanStep::AccessKey => {
            "an access key of that user, for the keychain of this computer".to_owned()
        }
    }
}

fn lines(difference: &Difference) -> String {
    let what = match difference.what {
        Differing::AccessControl => "how its origin is let into the bucket",
        Differing::KeyGroups => "whose links its default behaviour takes",
        Differing::Policy => "the policy",
        Differing::DocumentPolicy => "what it may do",
        Differing::AccessKey => "the one of a set-up that was stopped, whose secret nobody has",
    };
    let before = difference.before.as_deref().unwrap_or("(none)");
    format!("    {what}\n{}{}", block("before", before), block("after", &difference.after))
}

fn block(label: &str, text: &str) -> String {
    let text: String =
        readable(text).lines().map(|line| format!("        {}\n", foreign::line(line))).collect();
    format!("      {label}:\n{text}")
}

/// A policy in lines, whatever it came in.
fn readable(text: &str) -> String {
    serde_json::from_str::<Value>(text).map_or_else(|_| text.to_owned(), |json| format!("{json:#}"))
}

fn to_json(plan: &Plan, spec: &SetupSpec) -> Value {
    json!({
        "account": plan.account,
        "name": plan.name,
        "steps": plan.shown(spec).iter().map(step).collect::<Vec<_>>(),
        "nothing_to_do": plan.is_nothing(spec),
        "closes_documents": plan.closes_documents(),
        "stays_open": plan.stays_open(),
        "access": access::to_json(&plan.access()),
        "remarks": plan.remarks().iter().map(|line| remark(line, spec)).collect::<Vec<_>>(),
        "ipv6": plan.has_ipv6()
    })
}

fn remark(line: &Line, spec: &SetupSpec) -> Value {
    let (what, do_now) = words_of(line, spec);
    json!({ "line": code(line), "state": code(&line.state()), "what": what, "do": do_now })
}

fn step(shown: &Shown) -> Value {
    let name = match shown.step {
        PlanStep::AccessControl => "access-control",
        PlanStep::PublicKey => "public-key",
        PlanStep::KeyGroup => "key-group",
        PlanStep::NewDistribution => "new-distribution",
        PlanStep::BucketPolicy => "bucket-policy",
        PlanStep::ChangeDistribution => "change-distribution",
        PlanStep::DocumentUser => "document-user",
        PlanStep::DocumentPolicy => "document-policy",
        PlanStep::AccessKey => "access-key",
    };
    let changes = shown.changes.iter().map(|difference| {
        json!({
            "what": match difference.what {
                Differing::AccessControl => "access-control",
                Differing::KeyGroups => "key-groups",
                Differing::Policy => "policy",
                Differing::DocumentPolicy => "document-policy",
                Differing::AccessKey => "access-key",
            },
            "before": difference.before,
            "after": difference.after
        })
    });
    json!({
        "step": name,
        "done": shown.is_done,
        "id": shown.id,
        "changes": changes.collect::<Vec<_>>()
    })
}
