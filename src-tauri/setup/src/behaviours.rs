//! Who may open what of a bucket through a distribution, behaviour by behaviour: one that is right says nothing of the
//! others.

use super::SetupSpec;
use super::found::FoundDistribution;

/// A behaviour that reaches the bucket.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct BehaviourAccess {
    /// Its pattern, as `/reports/*`; `None` of the default one, which is for all that no other is for.
    pub path: Option<String>,
    /// The key groups whose links open it. Where there are none and no signers, everybody may.
    pub groups: Vec<TrustedGroup>,
    /// Links by the old key pairs of AWS accounts open it too.
    pub has_signers: bool,
}

/// Who may open what a behaviour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Opener {
    /// Everybody, without a link.
    Everyone,
    /// Whoever has a link of this key.
    ThisKey,
    /// Whoever has a link of this key or of another one.
    ThisKeyAndOthers,
    /// Whoever has a link of another key.
    OtherKeys,
}

/// A key group that a behaviour trusts.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TrustedGroup {
    /// Its id.
    pub id: String,
    /// The ids of the public keys in it that are in force; none while it is being deployed.
    pub keys: Vec<String>,
    /// This key is one of them, or will be.
    pub has_key: bool,
}

impl BehaviourAccess {
    /// Those that reach the bucket, the default one last, as CloudFront looks for the right one. The key is the one
    /// whose links are asked about, by its id.
    pub fn all(there: &FoundDistribution, spec: &SetupSpec, key: Option<&str>) -> Vec<Self> {
        let group = |id: &String| {
            let active = there.active_groups.iter().find(|group| group.id == *id);
            let keys = active.map(|group| group.keys.clone()).unwrap_or_default();
            let has_key = key.is_some_and(|key| keys.iter().any(|id| id == key));
            TrustedGroup { id: id.clone(), keys, has_key }
        };
        let reaching = there.config.reaching(&spec.bucket, &spec.region);
        let each = reaching.map(|one| Self {
            path: one.path.clone(),
            groups: one.key_groups.active().iter().map(group).collect(),
            has_signers: one.signers.is_enabled,
        });
        each.collect()
    }

    /// The one of a distribution that a set-up makes: everything, by links of this key alone.
    pub(super) fn of_new(group: TrustedGroup) -> Self {
        Self { path: None, groups: vec![group], has_signers: false }
    }

    /// The same once the default behaviour trusts this group too.
    pub(super) fn with(&self, group: &TrustedGroup) -> Self {
        let mut with = self.clone();
        if with.path.is_none() {
            with.groups.retain(|one| one.id != group.id);
            with.groups.push(group.clone());
        }
        with
    }

    /// Whether this key's links open it.
    pub fn takes_key(&self) -> bool {
        self.groups.iter().any(|group| group.has_key)
    }

    /// Who may open it.
    pub fn opens_for(&self) -> Opener {
        let has_others = self.has_signers
            || self.groups.iter().any(|group| !group.has_key || group.keys.len() > 1);
        match (self.is_open(), self.takes_key()) {
            (true, _) => Opener::Everyone,
            (false, true) if has_others => Opener::ThisKeyAndOthers,
            (false, true) => Opener::ThisKey,
            (false, false) => Opener::OtherKeys,
        }
    }

    /// Whether everybody may open it.
    pub fn is_open(&self) -> bool {
        self.groups.is_empty() && !self.has_signers
    }

    /// Its pattern, or `*` of the default one.
    pub fn pattern(&self) -> String {
        self.path.clone().unwrap_or_else(|| "*".to_owned())
    }
}
