//! The parts of a configuration: origins, groups of them, and behaviours.

use crate::xml::{Document, Element};

/// Where a distribution fetches from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) id: String,
    pub(super) host: String,
    /// What it puts before every path, as it stands there.
    pub(super) path: String,
    pub(super) access_control: Option<String>,
    /// The older way to be let in; `None` of what is fetched from as from any web server.
    pub(super) identity: Option<String>,
}

/// Origins that stand for one: the second is asked where the first fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OriginGroup {
    pub(super) id: String,
    pub(super) members: Vec<String>,
}

/// What is done with the addresses of one pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Behaviour {
    /// `None` of the default one.
    pub(crate) path: Option<String>,
    /// An origin's id, or an origin group's.
    pub(super) target: String,
    pub(crate) key_groups: Trusted,
    /// AWS accounts, or `self`, whose old key pairs it trusts.
    pub(crate) signers: Trusted,
    /// What is added to the answers.
    pub(crate) headers_policy: Option<String>,
    /// Each request goes into a stream at once.
    pub(crate) has_real_time_logs: bool,
}

/// Whose links a behaviour takes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Trusted {
    pub(crate) is_enabled: bool,
    pub(super) ids: Vec<String>,
}

impl Trusted {
    fn read(document: &Document<'_>, list: Option<&Element>) -> Self {
        let Some(list) = list else { return Self::default() };
        Self { is_enabled: is_true(document, list, "Enabled"), ids: ids(document, list).collect() }
    }

    /// Those whose links are taken.
    pub(crate) fn active(&self) -> &[String] {
        if self.is_enabled { &self.ids } else { &[] }
    }
}

impl Behaviour {
    pub(crate) fn asks_for_links(&self) -> bool {
        self.key_groups.is_enabled || self.signers.is_enabled
    }

    pub(super) fn read(document: &Document<'_>, item: &Element) -> Option<Self> {
        Some(Self {
            path: match item.child("PathPattern") {
                Some(path) => Some(document.value(path)?.into_owned()),
                None => None,
            },
            target: document.child_value(item, "TargetOriginId")?.into_owned(),
            key_groups: Trusted::read(document, item.child("TrustedKeyGroups")),
            signers: Trusted::read(document, item.child("TrustedSigners")),
            headers_policy: text(document, item, "ResponseHeadersPolicyId"),
            has_real_time_logs: text(document, item, "RealtimeLogConfigArn").is_some(),
        })
    }
}

impl Origin {
    pub(super) fn read(document: &Document<'_>, item: &Element) -> Option<Self> {
        Some(Self {
            id: document.child_value(item, "Id")?.into_owned(),
            host: document.child_value(item, "DomainName")?.into_owned(),
            path: document.child_value(item, "OriginPath").unwrap_or_default().into_owned(),
            access_control: text(document, item, "OriginAccessControlId"),
            identity: item.child("S3OriginConfig").map(|config| {
                let identity = document.child_value(config, "OriginAccessIdentity");
                identity.unwrap_or_default().into_owned()
            }),
        })
    }
}

impl OriginGroup {
    pub(super) fn read(document: &Document<'_>, item: &Element) -> Option<Self> {
        let members = item.child("Members").into_iter().flat_map(Element::items);
        let members =
            members.map(|member| Some(document.child_value(member, "OriginId")?.into_owned()));
        Some(Self {
            id: document.child_value(item, "Id")?.into_owned(),
            members: members.collect::<Option<_>>()?,
        })
    }
}

/// A text that is not empty.
pub(super) fn text(document: &Document<'_>, item: &Element, name: &str) -> Option<String> {
    let text = document.child_value(item, name)?;
    (!text.is_empty()).then(|| text.into_owned())
}

pub(super) fn is_true(document: &Document<'_>, item: &Element, name: &str) -> bool {
    document.child_value(item, name).is_some_and(|value| value == "true")
}

pub(super) fn ids<'a>(
    document: &'a Document<'_>,
    list: &'a Element,
) -> impl Iterator<Item = String> + 'a {
    list.items().filter_map(|item| document.value(item)).map(|id| id.into_owned())
}

pub(super) fn origin_named<'a>(document: &'a Document<'_>, id: &str) -> Option<&'a Element> {
    let origins = document.root().child("Origins")?;
    origins.items().find(|item| document.child_value(item, "Id").is_some_and(|other| other == id))
}
