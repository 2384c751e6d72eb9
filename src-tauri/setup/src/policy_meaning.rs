//! What a statement of a bucket's policy means for the requests of one distribution, as S3 reads it and
//! however it is written (AWS, "IAM JSON policy elements reference").
//!
//! A condition may be about what nobody knows here, the time or a document's tags; then the answer is
//! [`Holds::Perhaps`], and whoever asks says so.

use serde_json::Value;

use super::policy_pattern::Pattern;
use super::{Bucket, DistributionArn};

/// The principal that every distribution is.
const CLOUDFRONT: &str = "cloudfront.amazonaws.com";

/// What an AWS service's request to a bucket never has: it comes from no person's network, and from no
/// user or role (AWS, "AWS global condition context keys").
const ABSENT: [&str; 21] = [
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourcevpcarn",
    "aws:vpcsourceip",
    "aws:vpceaccount",
    "aws:vpceorgid",
    "aws:vpceorgpaths",
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:userid",
    "aws:username",
    "aws:multifactorauthpresent",
    "aws:multifactorauthage",
    "aws:tokenissuetime",
    "aws:federatedprovider",
    "aws:sourceidentity",
    "aws:calledvia",
    "aws:calledviafirst",
    "aws:calledvialast",
];

/// Whether something is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holds {
    No,
    /// Only the request itself shows it.
    Perhaps,
    Yes,
}

impl Holds {
    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Perhaps => Self::Perhaps,
            Self::Yes => Self::No,
        }
    }
}

impl From<bool> for Holds {
    fn from(is_it: bool) -> Self {
        if is_it { Self::Yes } else { Self::No }
    }
}

/// On what something is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum On<'a> {
    /// The bucket itself.
    Bucket,
    /// Some document whose name begins so.
    Some(&'a str),
    /// Every document whose name begins so.
    Every(&'a str),
}

/// What a distribution asks of a bucket.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request<'a> {
    pub(super) bucket: &'a Bucket,
    pub(super) arn: &'a DistributionArn,
    /// As policies call it, `s3:GetObject`.
    pub(super) action: &'static str,
    pub(super) on: On<'a>,
}

/// A statement, read.
pub(super) struct Statement<'a>(pub(super) &'a Value);

impl Statement<'_> {
    fn field(&self, name: &str) -> Option<&Value> {
        let mut fields = self.0.as_object()?.iter();
        fields.find_map(|(key, value)| key.eq_ignore_ascii_case(name).then_some(value))
    }

    pub(super) fn allows(&self) -> bool {
        self.has_effect("Allow")
    }

    pub(super) fn denies(&self) -> bool {
        self.has_effect("Deny")
    }

    fn has_effect(&self, effect: &str) -> bool {
        let there = self.field("Effect").and_then(Value::as_str);
        there.is_some_and(|there| there.eq_ignore_ascii_case(effect))
    }

    pub(super) fn sid(&self) -> Option<&str> {
        self.field("Sid").and_then(Value::as_str).filter(|sid| !sid.is_empty())
    }

    /// Whether it is about this request.
    pub(super) fn is_about(&self, request: Request<'_>) -> Holds {
        self.principal()
            .min(self.action(request.action).into())
            .min(self.resource(request))
            .min(self.conditions(request.arn))
    }

    /// Whether it is about this action on such a thing, whoever asks for it.
    pub(super) fn concerns(&self, request: Request<'_>) -> bool {
        self.action(request.action) && self.resource(request) != Holds::No
    }

    /// Whether it names CloudFront, and not just everybody.
    pub(super) fn names_cloudfront(&self) -> bool {
        self.field("Principal").is_some_and(|who| {
            let services = who.as_object().into_iter().flatten();
            let mut services = services.filter(|(kind, _)| kind.eq_ignore_ascii_case("Service"));
            services.any(|(_, who)| texts(who).iter().any(|who| is_cloudfront(who)))
        })
    }

    /// Who is let in by it, as it names them; everybody where it only says who is not.
    pub(super) fn who(&self) -> Vec<String> {
        match self.field("Principal").map(texts) {
            Some(who) if !who.is_empty() => who,
            _ => vec!["*".to_owned()],
        }
    }

    fn principal(&self) -> Holds {
        let is_us = |who: &Value| texts(who).iter().any(|who| who == "*" || is_cloudfront(who));
        match (self.field("Principal"), self.field("NotPrincipal")) {
            (Some(who), _) => is_us(who).into(),
            (None, Some(who)) => Holds::from(is_us(who)).not(),
            // Of a policy that S3 would not take.
            (None, None) => Holds::Perhaps,
        }
    }

    fn action(&self, action: &str) -> bool {
        let action = action.to_ascii_lowercase();
        let has = |field: &Value| {
            texts(field).iter().any(|one| Pattern::of(&one.to_ascii_lowercase()).is(&action))
        };
        match (self.field("Action"), self.field("NotAction")) {
            (Some(actions), _) => has(actions),
            (None, Some(actions)) => !has(actions),
            (None, None) => false,
        }
    }

    fn resource(&self, Request { bucket, on, .. }: Request<'_>) -> Holds {
        let bucket = bucket.arn();
        let is_in = |field: &Value, on: On<'_>| {
            let below = |name: &str| format!("{bucket}/{name}");
            let patterns = texts(field).into_iter().map(|text| Pattern::of(&text));
            let each = patterns.map(|pattern| {
                let is_it = match on {
                    On::Bucket => pattern.is(&bucket),
                    On::Some(start) => pattern.meets_below(&below(start)),
                    On::Every(start) => pattern.covers_below(&below(start)),
                };
                if is_it && pattern.has_variable { Holds::Perhaps } else { is_it.into() }
            });
            each.max().unwrap_or(Holds::No)
        };
        match (self.field("Resource"), self.field("NotResource")) {
            (Some(resources), _) => is_in(resources, on),
            // Some are left where not every one is named, and every one where none is.
            (None, Some(resources)) => is_in(
                resources,
                match on {
                    On::Bucket => On::Bucket,
                    On::Some(start) => On::Every(start),
                    On::Every(start) => On::Some(start),
                },
            )
            .not(),
            (None, None) => Holds::No,
        }
    }

    /// Whether all its conditions hold for a request of this distribution.
    fn conditions(&self, arn: &DistributionArn) -> Holds {
        let all = self.each_condition().map(|condition| condition.holds(arn));
        all.min().unwrap_or(Holds::Yes)
    }

    pub(super) fn each_condition(&self) -> impl Iterator<Item = Condition> {
        let operators = self.field("Condition").and_then(Value::as_object).into_iter().flatten();
        operators.flat_map(|(operator, keys)| {
            let keys = keys.as_object().into_iter().flatten();
            keys.map(|(key, values)| Condition::of(operator, key, values))
        })
    }
}

/// Whether a principal is the one that every distribution is.
pub(super) fn is_cloudfront(who: &str) -> bool {
    who.eq_ignore_ascii_case(CLOUDFRONT)
}

/// One condition: an operator, a key and what it is compared with.
pub(super) struct Condition {
    /// In small letters, without what stands before and after it.
    operator: String,
    absent: Absent,
    /// In small letters.
    key: String,
    values: Vec<String>,
}

/// What a condition says of a request that has nothing under its key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Absent {
    /// It does not hold, and where it is negated it does.
    Differs,
    /// It holds, for `…IfExists` and `ForAllValues:`.
    Holds,
    /// It does not hold, negated or not, for `ForAnyValue:`.
    Fails,
}

/// What a request of a distribution has under a key.
enum Actual {
    Is(String),
    /// One of these, and nobody says which.
    OneOf(&'static [&'static str]),
    Absent,
    Unknown,
}

impl Condition {
    fn of(operator: &str, key: &str, values: &Value) -> Self {
        let operator = operator.to_ascii_lowercase();
        let (set, operator) = operator.split_once(':').unwrap_or(("", &operator));
        let stripped = operator.strip_suffix("ifexists");
        Self {
            operator: stripped.unwrap_or(operator).to_owned(),
            absent: match set {
                "forallvalues" => Absent::Holds,
                _ if stripped.is_some() => Absent::Holds,
                "foranyvalue" => Absent::Fails,
                _ => Absent::Differs,
            },
            key: key.to_ascii_lowercase(),
            values: texts(values),
        }
    }

    /// The key, as policies mostly write it.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// What the key has to be, where the condition names it.
    pub(super) fn named(&self) -> &[String] {
        const NAMING: [&str; 5] =
            ["stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"];
        let is_named = NAMING.contains(&self.operator.as_str()) || self.operator == "ipaddress";
        if is_named && self.absent != Absent::Holds { &self.values } else { &[] }
    }

    fn holds(&self, arn: &DistributionArn) -> Holds {
        let (positive, is_negated) = match self.operator.as_str() {
            "stringnotequals" => ("stringequals", true),
            "stringnotequalsignorecase" => ("stringequalsignorecase", true),
            "stringnotlike" => ("stringlike", true),
            "numericnotequals" => ("numericequals", true),
            "datenotequals" => ("dateequals", true),
            "notipaddress" => ("ipaddress", true),
            "arnnotequals" | "arnnotlike" => ("arnlike", true),
            "arnequals" => ("arnlike", false),
            other => (other, false),
        };
        let holds = match (self.actual(arn), positive) {
            (Actual::Unknown, "null") => Holds::Perhaps,
            (actual, "null") => {
                let is_absent = matches!(actual, Actual::Absent);
                return self.values.iter().any(|value| (value == "true") == is_absent).into();
            }
            (Actual::Absent, _) => match self.absent {
                Absent::Holds => return Holds::Yes,
                Absent::Fails => return Holds::No,
                Absent::Differs => Holds::No,
            },
            // A request of CloudFront's own comes from one of its addresses, which nobody lists.
            (_, "ipaddress") if self.key == "aws:sourceip" => {
                self.values.iter().any(|net| net.ends_with("/0")).into()
            }
            (Actual::Unknown, _) => Holds::Perhaps,
            (Actual::Is(actual), operator) => self.compares(operator, &actual),
            (Actual::OneOf(all), operator) => {
                let mut each = all.iter().map(|actual| self.compares(operator, actual));
                let first = each.next().unwrap_or(Holds::Perhaps);
                if each.all(|other| other == first) { first } else { Holds::Perhaps }
            }
        };
        if is_negated { holds.not() } else { holds }
    }

    /// Whether one of its values is what a request has.
    fn compares(&self, operator: &str, actual: &str) -> Holds {
        let each = self.values.iter().map(|value| compare(operator, value, actual));
        each.max().unwrap_or(Holds::No)
    }

    fn actual(&self, arn: &DistributionArn) -> Actual {
        let is = |text: &str| Actual::Is(text.to_owned());
        match self.key.as_str() {
            "aws:sourcearn" => is(arn.as_str()),
            "aws:sourceaccount" => is(arn.account()),
            // CloudFront asks as its reader does, and the links are https.
            "aws:principalisawsservice" | "aws:securetransport" => is("true"),
            "aws:viaawsservice" => is("false"),
            "aws:principalservicename" | "aws:principalservicenameslist" => is(CLOUDFRONT),
            "s3:signatureversion" => is("AWS4-HMAC-SHA256"),
            "s3:authtype" => is("REST-HEADER"),
            // Which of them is not documented.
            "s3:tlsversion" => Actual::OneOf(&["1.2", "1.3"]),
            key if ABSENT.contains(&key) || key.starts_with("aws:principaltag/") => Actual::Absent,
            _ => Actual::Unknown,
        }
    }
}

/// Whether a value of a policy is what a request has.
fn compare(operator: &str, value: &str, actual: &str) -> Holds {
    let pattern = Pattern::of(value);
    if pattern.has_variable {
        return Holds::Perhaps;
    }
    let is_arn = || {
        // Neither star nor question mark goes over a colon of the first five.
        let parts =
            |text: &str| -> Vec<String> { text.splitn(6, ':').map(str::to_owned).collect() };
        let (value, actual) = (parts(value), parts(actual));
        value.len() == 6
            && actual.len() == 6
            && value.iter().zip(&actual).all(|(value, actual)| Pattern::of(value).is(actual))
    };
    let number = |is_it: fn(f64, f64) -> bool| match (actual.parse(), value.parse()) {
        (Ok(actual), Ok(value)) => is_it(actual, value).into(),
        _ => Holds::No,
    };
    match operator {
        "stringequals" => (value == actual).into(),
        "stringequalsignorecase" | "bool" => value.eq_ignore_ascii_case(actual).into(),
        "stringlike" => pattern.is(actual).into(),
        "arnlike" => is_arn().into(),
        "numericequals" => number(|actual, value| (actual - value).abs() < f64::EPSILON),
        "numericlessthan" => number(|actual, value| actual < value),
        "numericlessthanequals" => number(|actual, value| actual <= value),
        "numericgreaterthan" => number(|actual, value| actual > value),
        "numericgreaterthanequals" => number(|actual, value| actual >= value),
        _ => Holds::Perhaps,
    }
}

/// Every text in a value, at any depth; numbers and truth values as they are written.
pub(super) fn texts(value: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    collect_texts(value, &mut texts);
    texts
}

fn collect_texts(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect_texts(item, into)),
        Value::Object(fields) => fields.values().for_each(|field| collect_texts(field, into)),
        Value::Bool(_) | Value::Number(_) => into.push(value.to_string()),
        Value::Null => {}
    }
}
