//! The configuration of a distribution that is there, as the XML that CloudFront gave, and the few
//! places of it that a set-up changes.
//!
//! An update replaces the whole configuration, and AWS's library drops what is newer than itself.
//! Therefore the XML is edited in place and goes back as it came, but for those places.

use thiserror::Error;

use super::xml::{Document, Edits, Element};
use super::{Bucket, Region, SetupSpec};

/// The XML of a `DistributionConfig`, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistributionConfig {
    xml: String,
    /// What it was made under.
    caller_reference: Option<String>,
    /// What the distribution is called.
    pub comment: String,
    /// Whether readers may come over IPv6.
    pub has_ipv6: bool,
    /// Whether it answers readers at all.
    pub is_enabled: bool,
    /// Whether the site's root is a document.
    pub has_root_object: bool,
    /// The names that it has beside its own.
    aliases: Vec<String>,
    origins: Vec<Origin>,
    default: Behaviour,
    others: Vec<Behaviour>,
}

/// Where a distribution fetches from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Origin {
    id: String,
    host: String,
    /// What it puts before every path, as it stands there.
    path: String,
    access_control: Option<String>,
    /// The older way to be let in; `None` of what is no bucket.
    identity: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Behaviour {
    /// `None` of the default one.
    path: Option<String>,
    origin: String,
    key_groups: Trusted,
    has_signers: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Trusted {
    is_enabled: bool,
    ids: Vec<String>,
}

/// The configuration is not what CloudFront is known to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the configuration of the distribution cannot be read")]
pub struct ParseDistributionConfigError;

/// Why a distribution cannot be made to ask for links to a bucket's documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "UnfitWhy"))]
#[serde(rename_all = "camelCase")]
pub enum Unfit {
    /// It does not fetch from the bucket.
    #[error("the distribution does not fetch from the bucket")]
    OtherBucket,
    /// Only other behaviours than the default one do.
    #[error("the default behaviour does not fetch from the bucket")]
    OtherBehaviour,
    /// It fetches as from a website, which asks for no signature.
    #[error("the distribution fetches from the bucket as from a website")]
    Website,
}

/// What has to be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The origin that fetches from the bucket.
    pub origin: String,
    /// The origin gets the access control, in place of this older identity, where it has one.
    pub access_control: Option<Replaced>,
    /// The default behaviour gets the key group.
    pub key_group: Option<Trust>,
}

/// What an access control takes the place of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// The older origin access identity, or nothing.
    pub identity: String,
}

/// What a key group does to the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// What opens for everyone today will need a link.
    Closes,
    /// Links of other keys open them already.
    Beside,
}

impl Change {
    /// Whether there is nothing to do.
    pub fn is_nothing(&self) -> bool {
        self.access_control.is_none() && self.key_group.is_none()
    }
}

impl DistributionConfig {
    /// Reads the XML of a `DistributionConfig`.
    ///
    /// # Errors
    /// [`ParseDistributionConfigError`].
    pub fn parse(xml: &str) -> Result<Self, ParseDistributionConfigError> {
        let document = Document::parse(xml).ok_or(ParseDistributionConfigError)?;
        Self::read(&document, xml).ok_or(ParseDistributionConfigError)
    }

    fn read(document: &Document<'_>, xml: &str) -> Option<Self> {
        let root = document.root();
        if root.name() != "DistributionConfig" {
            return None;
        }
        let origins = root.child("Origins")?.items().map(|item| origin(document, item));
        let default = behaviour(document, root.child("DefaultCacheBehavior")?);
        let others = root.child("CacheBehaviors").into_iter().flat_map(Element::items);
        let others = others.map(|item| behaviour(document, item));
        let is_true = |name| document.child_value(root, name).is_some_and(|value| value == "true");
        Some(Self {
            xml: xml.to_owned(),
            caller_reference: document
                .child_value(root, "CallerReference")
                .map(|value| value.into_owned()),
            comment: document.child_value(root, "Comment")?.into_owned(),
            has_ipv6: is_true("IsIPV6Enabled"),
            is_enabled: is_true("Enabled"),
            has_root_object: document
                .child_value(root, "DefaultRootObject")
                .is_some_and(|value| !value.is_empty()),
            aliases: root
                .child("Aliases")
                .into_iter()
                .flat_map(Element::items)
                .filter_map(|item| document.value(item))
                .map(|name| name.into_owned())
                .collect(),
            origins: origins.collect::<Option<_>>()?,
            default: default?,
            others: others.collect::<Option<_>>()?,
        })
    }

    /// The XML as it came.
    pub fn xml(&self) -> &str {
        &self.xml
    }

    /// What is missing, so that the default behaviour opens the bucket's documents by links of this
    /// key group alone. An access control of another name lets the distribution in just as well.
    ///
    /// # Errors
    /// [`Unfit`].
    pub fn change_for(&self, spec: &SetupSpec, key_group: Option<&str>) -> Result<Change, Unfit> {
        let origin = self.origin_of(&spec.bucket, &spec.region)?;
        let Some(identity) = &origin.identity else { return Err(Unfit::Website) };
        let behaviour = &self.default;
        let trusts = behaviour.key_groups.is_enabled
            && key_group.is_some_and(|id| behaviour.key_groups.ids.iter().any(|other| other == id));
        let trust = if behaviour.asks_for_links() { Trust::Beside } else { Trust::Closes };
        Ok(Change {
            origin: origin.id.clone(),
            access_control: origin
                .access_control
                .is_none()
                .then(|| Replaced { identity: identity.clone() }),
            key_group: (!trusts).then_some(trust),
        })
    }

    /// The access control by which the bucket's origin is let in, if it has one.
    pub fn access_control(&self, bucket: &Bucket, region: &Region) -> Option<&str> {
        self.origin_of(bucket, region).ok()?.access_control.as_deref()
    }

    /// Whether it answers for a host by a name beside its own, which may be `*.example.com`.
    pub fn has_alias(&self, host: &str) -> bool {
        self.aliases.iter().any(|alias| match alias.strip_prefix('*') {
            // A star stands for one label.
            Some(domain) => host.split_once('.').is_some_and(|(_, rest)| {
                domain.strip_prefix('.').is_some_and(|domain| domain.eq_ignore_ascii_case(rest))
            }),
            None => alias.eq_ignore_ascii_case(host),
        })
    }

    /// Which part of the bucket the default behaviour fetches from, as it stands there: mostly empty, or
    /// `/production`. `None` where it fetches from elsewhere.
    pub fn origin_path(&self, bucket: &Bucket, region: &Region) -> Option<&str> {
        Some(self.origin_of(bucket, region).ok()?.path.as_str())
    }

    /// What the names of the documents begin with in the bucket that the default behaviour opens: `""`, or
    /// `production/`.
    pub fn folder(&self, bucket: &Bucket, region: &Region) -> String {
        let path = self.origin_path(bucket, region).unwrap_or_default().trim_matches('/');
        if path.is_empty() { String::new() } else { format!("{path}/") }
    }

    /// The key groups whose links the default behaviour takes.
    pub fn trusted_groups(&self) -> &[String] {
        if self.default.key_groups.is_enabled { &self.default.key_groups.ids } else { &[] }
    }

    /// Whether it is the distribution that a set-up made under this name: it fetches from this host, or
    /// where that is not known from some bucket, and from nowhere else.
    pub fn is_made_as(&self, name: &str, host: Option<&str>) -> bool {
        let [origin] = self.origins.as_slice() else { return false };
        let is_bucket = origin.identity.is_some()
            && origin.id == origin.host
            && origin.host.contains(".s3.")
            && host.is_none_or(|host| host == origin.host);
        self.caller_reference.as_deref() == Some(name)
            && self.comment == name
            && is_bucket
            && self.others.is_empty()
            && self.default.origin == origin.id
    }

    /// The key groups whose links open what is fetched from the bucket with an access control.
    pub fn groups_by_access_control(&self, bucket: &Bucket, region: &Region) -> Vec<&String> {
        let hosts = hosts(bucket, region);
        let is_origin = |id: &str| {
            self.origins.iter().any(|origin| {
                origin.id == id && origin.access_control.is_some() && hosts.contains(&origin.host)
            })
        };
        let behaviours = self.others.iter().chain([&self.default]);
        let by_origin =
            behaviours.filter(|one| one.key_groups.is_enabled && is_origin(&one.origin));
        by_origin.flat_map(|one| &one.key_groups.ids).collect()
    }

    /// Whether the default behaviour names this key group.
    pub fn names_group(&self, key_group: &str) -> bool {
        self.default.key_groups.ids.iter().any(|id| id == key_group)
    }

    /// The access control of the origin with this id.
    pub fn access_control_at(&self, origin: &str) -> Option<&str> {
        self.origins.iter().find(|one| one.id == origin)?.access_control.as_deref()
    }

    /// Whether the default behaviour opens documents by links alone.
    pub fn asks_for_links(&self) -> bool {
        self.default.asks_for_links()
    }

    /// The paths of this origin that open without a link.
    pub fn open_paths(&self, origin: &str) -> Vec<String> {
        let open = self.others.iter().filter(|one| one.origin == origin && !one.asks_for_links());
        open.filter_map(|one| one.path.clone()).collect()
    }

    /// The whole configuration with a change made; `None` where it changes nothing.
    pub fn with(&self, change: &Change, access_control: &str, key_group: &str) -> Option<String> {
        let document = Document::parse(&self.xml)?;
        let root = document.root();
        let mut edits = Edits::of(&document);
        if let Some(replaced) = &change.access_control {
            let origin = origin_named(&document, &change.origin)?;
            edits.set_child(origin, "OriginAccessControlId", access_control);
            if !replaced.identity.is_empty() {
                edits.set_child(origin.child("S3OriginConfig")?, "OriginAccessIdentity", "");
            }
        }
        if change.key_group.is_some() {
            let behaviour = root.child("DefaultCacheBehavior")?;
            let item = format!("<KeyGroup>{}</KeyGroup>", quick_xml::escape::escape(key_group));
            match behaviour.child("TrustedKeyGroups") {
                Some(groups) => {
                    let is_in = ids(&document, groups).any(|id| id == key_group);
                    edits.set_child(groups, "Enabled", "true");
                    if !is_in {
                        let count = groups.items().count() + 1;
                        edits.set_child(groups, "Quantity", &count.to_string());
                        match groups.child("Items") {
                            Some(items) => edits.append(items, &item),
                            None => edits.append(groups, &format!("<Items>{item}</Items>")),
                        }
                    }
                }
                None => edits.append(
                    behaviour,
                    &format!(
                        "<TrustedKeyGroups><Enabled>true</Enabled><Quantity>1</Quantity>\
                         <Items>{item}</Items></TrustedKeyGroups>"
                    ),
                ),
            }
        }
        edits.done()
    }

    /// The whole configuration without what [`Self::with`] changed; `None` where nothing of that is in
    /// force any more. What others changed since stays.
    pub fn without(
        &self,
        change: &Change,
        access_control: &str,
        key_group: &str,
    ) -> Option<String> {
        let document = Document::parse(&self.xml)?;
        let mut edits = Edits::of(&document);
        if let Some(replaced) = &change.access_control
            && let Some(origin) = origin_named(&document, &change.origin)
            && let Some(control) = origin.child("OriginAccessControlId")
            && document.value(control)? == access_control
        {
            edits.set(control, "");
            if !replaced.identity.is_empty() {
                let config = origin.child("S3OriginConfig")?;
                edits.set_child(config, "OriginAccessIdentity", &replaced.identity);
            }
        }
        if let Some(_trust) = change.key_group
            && let Some(groups) =
                document.root().child("DefaultCacheBehavior")?.child("TrustedKeyGroups")
            && let Some(ours) =
                groups.items().find(|item| document.value(item).is_some_and(|id| id == key_group))
        {
            let others = groups.items().count() - 1;
            edits.set_child(groups, "Quantity", &others.to_string());
            if others == 0 {
                // A list of nothing is left out.
                edits.set_child(groups, "Enabled", "false");
                edits.remove(groups.child("Items")?);
            } else {
                edits.remove(ours);
            }
        }
        edits.done()
    }

    /// The whole configuration, switched off; `None` where it is off already.
    pub fn switched_off(&self) -> Option<String> {
        let document = Document::parse(&self.xml)?;
        let mut edits = Edits::of(&document);
        if self.is_enabled {
            edits.set_child(document.root(), "Enabled", "false");
        }
        edits.done()
    }

    fn origin_of(&self, bucket: &Bucket, region: &Region) -> Result<&Origin, Unfit> {
        let hosts = hosts(bucket, region);
        let (bucket, region) = (bucket.as_str(), region.as_str());
        let websites = [
            format!("{bucket}.s3-website.{region}.amazonaws.com"),
            format!("{bucket}.s3-website-{region}.amazonaws.com"),
        ];
        let target = &self.default.origin;
        let mut of_bucket =
            self.origins.iter().filter(|origin| hosts.contains(&origin.host)).peekable();
        match of_bucket.peek() {
            Some(_) => of_bucket.find(|origin| origin.id == *target).ok_or(Unfit::OtherBehaviour),
            None if self.origins.iter().any(|origin| websites.contains(&origin.host)) => {
                Err(Unfit::Website)
            }
            None => Err(Unfit::OtherBucket),
        }
    }
}

/// The hosts that a bucket has, but for its website's.
fn hosts(bucket: &Bucket, region: &Region) -> [String; 3] {
    let (bucket, region) = (bucket.as_str(), region.as_str());
    [
        format!("{bucket}.s3.{region}.amazonaws.com"),
        format!("{bucket}.s3-{region}.amazonaws.com"),
        format!("{bucket}.s3.amazonaws.com"),
    ]
}

impl Behaviour {
    fn asks_for_links(&self) -> bool {
        self.key_groups.is_enabled || self.has_signers
    }
}

fn origin(document: &Document<'_>, item: &Element) -> Option<Origin> {
    let control = document.child_value(item, "OriginAccessControlId").unwrap_or_default();
    Some(Origin {
        id: document.child_value(item, "Id")?.into_owned(),
        host: document.child_value(item, "DomainName")?.into_owned(),
        path: document.child_value(item, "OriginPath").unwrap_or_default().into_owned(),
        access_control: (!control.is_empty()).then(|| control.into_owned()),
        identity: item.child("S3OriginConfig").map(|config| {
            let identity = document.child_value(config, "OriginAccessIdentity");
            identity.unwrap_or_default().into_owned()
        }),
    })
}

fn behaviour(document: &Document<'_>, item: &Element) -> Option<Behaviour> {
    let is_enabled = |kind: Option<&Element>| {
        kind.and_then(|kind| document.child_value(kind, "Enabled")).is_some_and(|on| on == "true")
    };
    let groups = item.child("TrustedKeyGroups");
    Some(Behaviour {
        path: match item.child("PathPattern") {
            Some(path) => Some(document.value(path)?.into_owned()),
            None => None,
        },
        origin: document.child_value(item, "TargetOriginId")?.into_owned(),
        key_groups: Trusted {
            is_enabled: is_enabled(groups),
            ids: groups.into_iter().flat_map(|groups| ids(document, groups)).collect(),
        },
        has_signers: is_enabled(item.child("TrustedSigners")),
    })
}

fn ids<'a>(document: &'a Document<'_>, groups: &'a Element) -> impl Iterator<Item = String> + 'a {
    groups.items().filter_map(|item| document.value(item)).map(|id| id.into_owned())
}

fn origin_named<'a>(document: &'a Document<'_>, id: &str) -> Option<&'a Element> {
    let origins = document.root().child("Origins")?;
    origins.items().find(|item| document.child_value(item, "Id").is_some_and(|other| other == id))
}

#[cfg(test)]
mod tests;
