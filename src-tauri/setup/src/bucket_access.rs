//! Whom a bucket's policy lets read documents: the distribution, which statements refuse it, who else,
//! and whether it may list their names.
//!
//! With the list, and without a default root object, a link (or cookies) for the site's root shows all
//! names: S3 takes the request for `/` as one for the list.

use serde_json::Value;

use super::bucket_policy::{WITHDRAWN_SID, withdrawn};
use super::policy_meaning::{Holds, On, Request, Statement, is_cloudfront};
use super::policy_pattern::Pattern;
use super::policy_text::{statements_of, without_sid};
use super::{Bucket, DistributionArn, ParsePolicyError};

const READ: &str = "s3:GetObject";
const LIST: &str = "s3:ListBucket";

/// What of the documents is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Readable {
    /// None.
    None,
    /// Whether any could not be told from the policy: a condition is about something else.
    Perhaps,
    /// Some of them.
    Some,
    /// All.
    All,
}

/// A statement that refuses the distribution.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Denial {
    /// What it is called, if it has a name.
    pub sid: Option<String>,
    /// Its place among the statements, from 1.
    pub number: usize,
    /// It refuses documents for certain; otherwise only a request shows it.
    pub is_certain: bool,
    /// It refuses all of them.
    pub is_of_all: bool,
}

/// By whom a distribution may list the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ListedBy {
    /// By the statement that an older Signet added, which `apply` takes back.
    Signet,
    /// By somebody else's.
    Others,
}

/// What a policy says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BucketAccess {
    /// What the distribution may read.
    pub reads: Readable,
    /// The statements that refuse it.
    pub denials: Vec<Denial>,
    /// By whom it may list the names. What is not known for certain counts as letting it.
    pub listed_by: Option<ListedBy>,
    /// Who else may read, as the policy names them; `*` is everybody. What a condition narrows is followed
    /// by its key.
    pub others: Vec<String>,
    /// Any distribution of any AWS account may read.
    pub is_for_any_distribution: bool,
}

impl BucketAccess {
    /// Reads a policy, for a distribution that fetches below this folder of the bucket (`""`, or `reports/`).
    ///
    /// # Errors
    /// [`ParsePolicyError`].
    pub fn of(
        policy: &str,
        bucket: &Bucket,
        arn: &DistributionArn,
        folder: &str,
    ) -> Result<Self, ParsePolicyError> {
        let statements = statements_of(policy)?;
        let read = |on| Request { bucket, arn, action: READ, on };
        let (every, some) = (read(On::Every(folder)), read(On::Some(folder)));
        Ok(Self {
            reads: readable(&statements, every, some, |one| one.allows()),
            denials: denials(&statements, every, some),
            listed_by: listed_by(&statements, bucket, arn),
            others: others(&statements, some),
            is_for_any_distribution: statements
                .iter()
                .map(Statement)
                .any(|one| one.is_for_any_distribution(some)),
        })
    }
}

/// Whether a statement for CloudFront lets this distribution read all documents, and not just one for everybody,
/// which may go.
pub(super) fn has_own_statement(
    statements: &[Value],
    bucket: &Bucket,
    arn: &DistributionArn,
    folder: &str,
) -> bool {
    let read = |on| Request { bucket, arn, action: READ, on };
    let (every, some) = (read(On::Every(folder)), read(On::Some(folder)));
    let is_own = |one: &Statement<'_>| one.allows() && one.names_cloudfront();
    readable(statements, every, some, is_own) == Readable::All
}

fn readable(
    statements: &[Value],
    every: Request<'_>,
    some: Request<'_>,
    is_meant: impl Fn(&Statement<'_>) -> bool,
) -> Readable {
    let each = statements.iter().map(Statement).filter(|one| is_meant(one)).map(|one| {
        match (one.is_about(every), one.is_about(some)) {
            (Holds::Yes, _) => Readable::All,
            (_, Holds::Yes) => Readable::Some,
            (_, Holds::Perhaps) => Readable::Perhaps,
            (_, Holds::No) => Readable::None,
        }
    });
    each.max().unwrap_or(Readable::None)
}

fn denials(statements: &[Value], every: Request<'_>, some: Request<'_>) -> Vec<Denial> {
    let each = statements.iter().map(Statement).zip(1..).filter(|(one, _)| one.denies());
    let each = each.filter_map(|(one, number)| {
        let holds = one.is_about(some);
        (holds != Holds::No).then(|| Denial {
            sid: one.sid().map(str::to_owned),
            number,
            is_certain: holds == Holds::Yes,
            is_of_all: one.is_about(every) != Holds::No,
        })
    });
    each.collect()
}

fn listed_by(statements: &[Value], bucket: &Bucket, arn: &DistributionArn) -> Option<ListedBy> {
    let list = Request { bucket, arn, action: LIST, on: On::Bucket };
    let each = || statements.iter().map(Statement);
    if each().any(|one| one.denies() && one.is_about(list) == Holds::Yes) {
        return None;
    }
    let ours = without_sid(&withdrawn(bucket, arn.as_str()));
    let by = each().filter(|one| one.allows() && one.is_about(list) != Holds::No).map(|one| {
        let is_ours = one.sid() == Some(WITHDRAWN_SID) && without_sid(one.0) == ours;
        if is_ours { ListedBy::Signet } else { ListedBy::Others }
    });
    // Once Signet's is taken back, somebody else's is still there.
    by.reduce(|one, other| if one == other { one } else { ListedBy::Others })
}

/// Each principal of a statement that allows, but for this distribution.
fn others(statements: &[Value], some: Request<'_>) -> Vec<String> {
    let mut others = Vec::new();
    for one in statements.iter().map(Statement) {
        if !one.allows() || !one.concerns(some) {
            continue;
        }
        for who in one.who() {
            if is_cloudfront(&who) {
                others.extend(one.other_distributions(some.arn));
                continue;
            }
            // What anybody can say of himself narrows nothing down.
            match one.narrowing() {
                Some(key) if who == "*" => others.push(format!("* ({key})")),
                _ => others.push(who),
            }
        }
    }
    others.sort();
    others.dedup();
    others
}

impl Statement<'_> {
    /// Whether a statement for CloudFront lets in what is asked for a stranger's distribution too. A condition on
    /// an organisation keeps strangers out, and what else cannot be judged does not.
    fn is_for_any_distribution(&self, some: Request<'_>) -> bool {
        let stranger = DistributionArn::of_nobody("000000000000");
        let is_of_organisation = self.each_condition().any(|condition| {
            condition.key().starts_with("aws:sourceorg") && !condition.named().is_empty()
        });
        self.allows()
            && self.names_cloudfront()
            && !is_of_organisation
            && self.is_about(Request { arn: &stranger, ..some }) != Holds::No
    }

    /// The other distributions that a statement for CloudFront names, or all those of the accounts that it names.
    fn other_distributions(&self, arn: &DistributionArn) -> Vec<String> {
        let named = |key: &str| -> Vec<String> {
            let of_key = self.each_condition().filter(|condition| condition.key() == key);
            of_key.flat_map(|condition| condition.named().to_vec()).collect()
        };
        let arns = named("aws:sourcearn");
        if !arns.is_empty() {
            return arns.into_iter().filter(|other| other != arn.as_str()).collect();
        }
        let accounts = named("aws:sourceaccount").into_iter();
        accounts.map(|account| format!("arn:aws:cloudfront::{account}:distribution/*")).collect()
    }

    /// The key by which a statement for everybody is for some alone, as S3 sees it ("The meaning of public").
    fn narrowing(&self) -> Option<String> {
        const NARROW: [&str; 12] = [
            "aws:sourceip",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:principalorgid",
            "aws:principalorgpaths",
            "aws:principalarn",
            "aws:principalaccount",
            "aws:sourcearn",
            "aws:sourceaccount",
            "aws:sourceorgid",
            "aws:userid",
            "s3:dataaccesspointaccount",
        ];
        let narrowing = self.each_condition().find(|condition| {
            let values = condition.named();
            // What stands for everything narrows nothing.
            let is_open = |value: &String| Pattern::of(value).is("") || value.ends_with("/0");
            NARROW.contains(&condition.key()) && !values.is_empty() && !values.iter().any(is_open)
        });
        narrowing.map(|condition| condition.key().to_owned())
    }
}

#[cfg(test)]
mod tests;
