//! The configuration of a distribution that is there, as the XML that CloudFront gave, and the few
//! places of it that a set-up changes.
//!
//! An update replaces the whole configuration, and AWS's library drops what is newer than itself.
//! Therefore the XML is edited in place and goes back as it came, but for those places.

mod bucket_host;
mod parts;
mod surroundings;

pub use surroundings::Surroundings;

use thiserror::Error;

use self::bucket_host::Way;
use self::parts::{Behaviour, Origin, OriginGroup, ids, is_true, origin_named};
use super::xml::{Document, Edits, Element};
use super::{Bucket, Region, SetupSpec};

/// CloudFront takes no more key groups at a behaviour, unless AWS raised that for an account ("Quotas").
pub const MAX_KEY_GROUPS: usize = 4;

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
    surroundings: Surroundings,
    origins: Vec<Origin>,
    origin_groups: Vec<OriginGroup>,
    default: Behaviour,
    others: Vec<Behaviour>,
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
    /// It fetches from a host of the bucket's as from any web server, and so signs nothing.
    #[error("the distribution fetches from the bucket through a custom origin")]
    CustomOrigin,
    /// It is the trial of another one.
    #[error("the distribution is a staging distribution")]
    Staging,
    /// It has no address, but the tenants that are made of it.
    #[error("the distribution is a multi-tenant one")]
    MultiTenant,
    /// The default behaviour trusts as many key groups as it may.
    #[error("the default behaviour has {MAX_KEY_GROUPS} key groups already")]
    KeyGroupsFull,
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
        let list = |name| root.child(name).into_iter().flat_map(Element::items);
        let origins = root.child("Origins")?.items().map(|item| Origin::read(document, item));
        let groups = list("OriginGroups").map(|item| OriginGroup::read(document, item));
        let default = Behaviour::read(document, root.child("DefaultCacheBehavior")?);
        let others = list("CacheBehaviors").map(|item| Behaviour::read(document, item));
        Some(Self {
            xml: xml.to_owned(),
            caller_reference: document
                .child_value(root, "CallerReference")
                .map(|value| value.into_owned()),
            comment: document.child_value(root, "Comment")?.into_owned(),
            has_ipv6: is_true(document, root, "IsIPV6Enabled"),
            is_enabled: is_true(document, root, "Enabled"),
            has_root_object: document
                .child_value(root, "DefaultRootObject")
                .is_some_and(|value| !value.is_empty()),
            aliases: list("Aliases")
                .filter_map(|item| document.value(item))
                .map(|name| name.into_owned())
                .collect(),
            surroundings: Surroundings::read(document),
            origins: origins.collect::<Option<_>>()?,
            origin_groups: groups.collect::<Option<_>>()?,
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
        let origin = self.fit(&spec.bucket, &spec.region)?;
        let identity = origin.identity.clone().unwrap_or_default();
        let behaviour = &self.default;
        let has = |list: &[String]| key_group.is_some_and(|id| list.iter().any(|one| one == id));
        let trusts = has(behaviour.key_groups.active());
        if !has(&behaviour.key_groups.ids) && self.has_key_groups_full() {
            return Err(Unfit::KeyGroupsFull);
        }
        let trust = if behaviour.asks_for_links() { Trust::Beside } else { Trust::Closes };
        Ok(Change {
            origin: origin.id.clone(),
            access_control: origin.access_control.is_none().then_some(Replaced { identity }),
            key_group: (!trusts).then_some(trust),
        })
    }

    /// The origin through which the default behaviour opens the bucket's documents, where links can open them there.
    fn fit(&self, bucket: &Bucket, region: &Region) -> Result<&Origin, Unfit> {
        if self.surroundings.is_staging {
            return Err(Unfit::Staging);
        }
        if self.surroundings.is_multi_tenant {
            return Err(Unfit::MultiTenant);
        }
        self.origin_of(bucket, region)
    }

    /// Why links cannot open a bucket's documents through it at all, whatever its behaviours trust.
    ///
    /// # Errors
    /// [`Unfit`].
    pub fn check_fit(&self, bucket: &Bucket, region: &Region) -> Result<(), Unfit> {
        self.fit(bucket, region).map(drop)
    }

    /// Whether the default behaviour can trust no further key group.
    pub fn has_key_groups_full(&self) -> bool {
        self.default.key_groups.ids.len() >= MAX_KEY_GROUPS
    }

    /// What of it has a bearing on links beside origins and behaviours.
    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    /// The behaviours that reach the bucket, in whatever way, as CloudFront looks for the right one: the default one
    /// comes last.
    pub(super) fn reaching(
        &self,
        bucket: &Bucket,
        region: &Region,
    ) -> impl Iterator<Item = &Behaviour> {
        let ways: Vec<&str> = self
            .origins
            .iter()
            .filter(|origin| Way::of(origin, bucket, region).is_some())
            .map(|origin| origin.id.as_str())
            .collect();
        let behaviours = self.others.iter().chain([&self.default]);
        behaviours.filter(move |one| self.members(&one.target).any(|id| ways.contains(&id)))
    }

    /// The hosts that stand beside the bucket in the origin group of the default behaviour, and whether the bucket is
    /// asked first; `None` where it has none.
    pub fn failover(&self, bucket: &Bucket, region: &Region) -> Option<(Vec<String>, bool)> {
        let ours = self.origin_of(bucket, region).ok()?;
        let others = self.members(&self.default.target).filter(|id| *id != ours.id);
        let hosts = others.filter_map(|id| Some(self.origin(id)?.host.clone()));
        let hosts: Vec<_> = hosts.collect();
        let is_first = self.members(&self.default.target).next() == Some(&ours.id);
        (!hosts.is_empty()).then_some((hosts, is_first))
    }

    /// What the default behaviour adds to the answers: the id of a response headers policy.
    pub fn headers_policy(&self) -> Option<&str> {
        self.default.headers_policy.as_deref()
    }

    /// The origins that stand behind this id, in the order in which they are asked.
    fn members<'a>(&'a self, target: &'a str) -> impl Iterator<Item = &'a str> {
        let group = self.origin_groups.iter().find(|group| group.id == target);
        let members = group.map(|group| group.members.iter().map(String::as_str));
        let alone = group.is_none().then_some(target);
        members.into_iter().flatten().chain(alone)
    }

    fn origin(&self, id: &str) -> Option<&Origin> {
        self.origins.iter().find(|origin| origin.id == id)
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
        self.default.key_groups.active()
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
            && self.default.target == origin.id
    }

    /// The key groups whose links open what is fetched from the bucket with an access control.
    pub fn groups_by_access_control(&self, bucket: &Bucket, region: &Region) -> Vec<&String> {
        let is_way = |id: &str| {
            self.origin(id).is_some_and(|origin| {
                origin.access_control.is_some() && Way::of(origin, bucket, region).is_some()
            })
        };
        let behaviours = self.others.iter().chain([&self.default]);
        let by_origin = behaviours.filter(|one| self.members(&one.target).any(is_way));
        by_origin.flat_map(|one| one.key_groups.active()).collect()
    }

    /// Whether the default behaviour names this key group.
    pub fn names_group(&self, key_group: &str) -> bool {
        self.default.key_groups.ids.iter().any(|id| id == key_group)
    }

    /// The access control of the origin with this id.
    pub fn access_control_at(&self, origin: &str) -> Option<&str> {
        self.origin(origin)?.access_control.as_deref()
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
        let way = |origin: &&Origin| Way::of(origin, bucket, region);
        let members = self.members(&self.default.target).filter_map(|id| self.origin(id));
        let (mut is_website, mut is_custom) = (false, false);
        for origin in members {
            match way(&origin) {
                Some(Way::Bucket) => return Ok(origin),
                Some(Way::Website) => is_website = true,
                Some(Way::Custom) => is_custom = true,
                None => {}
            }
        }
        let has = |wanted| self.origins.iter().any(|origin| way(&origin) == Some(wanted));
        Err(if is_website {
            Unfit::Website
        } else if is_custom {
            Unfit::CustomOrigin
        } else if has(Way::Bucket) {
            Unfit::OtherBehaviour
        } else if has(Way::Website) {
            Unfit::Website
        } else if has(Way::Custom) {
            Unfit::OtherBehaviour
        } else {
            Unfit::OtherBucket
        })
    }
}

#[cfg(test)]
mod tests;
