//! What becomes of the query string of an address at a behaviour: AWS's own policies are known by their ids, and one of
//! the account's is not looked at.

use super::fields::{is_true, text};
use crate::xml::{Document, Element};

/// Where it is a part of what is cached ("Use managed cache policies"),
const IN_CACHE_KEY: [&str; 2] =
    ["4cc15a8a-d715-48a4-82b8-cc0b614638fe", "2e54312d-136d-493c-8eb9-b001f22f67d2"];

/// where nothing is cached,
const UNCACHED: &str = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

/// and where the answer is the same for every query string.
const CACHED_WITHOUT: [&str; 3] = [
    "658327ea-f89d-4fab-a63d-7e88639e58f6",
    "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
    "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
];

/// What hands it on all the same ("Use managed origin request policies"),
const HANDED_ON: [&str; 4] = [
    "216adef6-5c7f-47e4-b989-5492eafa07d3",
    "b689b0a8-53d0-40ab-baf2-68738e2966ac",
    "33f36d7e-f396-46d9-90e0-52428a34d9dc",
    "775133bc-15f2-49f9-abea-afb2e0bf67d2",
];

/// and what does not.
const NOT_HANDED_ON: [&str; 4] = [
    "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
    "59781a5b-3903-41f3-afcb-af62929ccde1",
    "acba4595-bd28-49b8-b9fe-13317c0390fa",
    "bf0718e1-ba1e-49d1-88b1-f726733018ae",
];

/// What becomes of a query string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryUse {
    /// It reaches the bucket, and each has its own answer.
    Kept,
    /// It reaches the bucket, and the answer to one is given for all of them while it is cached.
    Shared,
    /// It does not reach the bucket.
    Dropped,
    /// A policy of the account decides it.
    NotSeen,
}

/// What a behaviour says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct QueryRules {
    /// `None` where the settings are those of before there were policies.
    cache_policy: Option<String>,
    request_policy: Option<String>,
    /// What those of before say.
    is_forwarded: bool,
}

impl QueryRules {
    pub(super) fn read(document: &Document<'_>, item: &Element) -> Self {
        let before = item.child("ForwardedValues");
        Self {
            cache_policy: text(document, item, "CachePolicyId"),
            request_policy: text(document, item, "OriginRequestPolicyId"),
            is_forwarded: before.is_some_and(|before| is_true(document, before, "QueryString")),
        }
    }

    pub(super) fn used(&self) -> QueryUse {
        let Some(cached) = self.cache_policy.as_deref() else {
            return if self.is_forwarded { QueryUse::Kept } else { QueryUse::Dropped };
        };
        if IN_CACHE_KEY.contains(&cached) {
            return QueryUse::Kept;
        }
        let is_handed_on = match self.request_policy.as_deref() {
            None => Some(false),
            Some(id) if HANDED_ON.contains(&id) => Some(true),
            Some(id) if NOT_HANDED_ON.contains(&id) => Some(false),
            Some(_) => None,
        };
        match (is_handed_on, CACHED_WITHOUT.contains(&cached)) {
            (Some(true), _) if cached == UNCACHED => QueryUse::Kept,
            (Some(false), _) if cached == UNCACHED => QueryUse::Dropped,
            (Some(true), true) => QueryUse::Shared,
            (Some(false), true) => QueryUse::Dropped,
            _ => QueryUse::NotSeen,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_becomes_of_a_query_string_is_up_to_two_policies() {
        let used = |inside: &str| {
            let xml = format!("<CacheBehavior>{inside}</CacheBehavior>");
            let document = Document::parse(&xml).unwrap();
            QueryRules::read(&document, document.root()).used()
        };
        let both = |cache: &str, request: &str| {
            used(&format!(
                "<CachePolicyId>{cache}</CachePolicyId><OriginRequestPolicyId>{request}</OriginRequestPolicyId>"
            ))
        };
        const OPTIMIZED: &str = CACHED_WITHOUT[0];
        const ALL_VIEWER: &str = HANDED_ON[0];
        const CORS: &str = NOT_HANDED_ON[0];
        for (used, expected) in [
            (used(""), QueryUse::Dropped),
            (
                used("<ForwardedValues><QueryString>true</QueryString></ForwardedValues>"),
                QueryUse::Kept,
            ),
            (
                used("<ForwardedValues><QueryString>false</QueryString></ForwardedValues>"),
                QueryUse::Dropped,
            ),
            (both(OPTIMIZED, ""), QueryUse::Dropped),
            (both(OPTIMIZED, CORS), QueryUse::Dropped),
            (both(OPTIMIZED, ALL_VIEWER), QueryUse::Shared),
            (both(OPTIMIZED, "own"), QueryUse::NotSeen),
            (both(UNCACHED, ALL_VIEWER), QueryUse::Kept),
            (both(UNCACHED, ""), QueryUse::Dropped),
            (both(IN_CACHE_KEY[0], ""), QueryUse::Kept),
            (both("own", ""), QueryUse::NotSeen),
            (both("own", ALL_VIEWER), QueryUse::NotSeen),
        ] {
            assert_eq!(used, expected);
        }
    }
}
