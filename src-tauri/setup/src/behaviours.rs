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
    /// This key's links open it.
    pub takes_key: bool,
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
}

impl BehaviourAccess {
    /// Those that reach the bucket, the default one last, as CloudFront looks for the right one. The key is the one
    /// whose links are asked about, by its id.
    pub fn all(there: &FoundDistribution, spec: &SetupSpec, key: Option<&str>) -> Vec<Self> {
        let group = |id: &String| {
            let active = there.active_groups.iter().find(|group| group.id == *id);
            let keys = active.map(|group| group.keys.clone()).unwrap_or_default();
            TrustedGroup { id: id.clone(), keys }
        };
        let reaching = there.config.reaching(&spec.bucket, &spec.region);
        let each = reaching.map(|one| {
            let groups: Vec<_> = one.key_groups.active().iter().map(group).collect();
            let has = |key: &str| groups.iter().any(|one| one.keys.iter().any(|id| id == key));
            Self {
                path: one.path.clone(),
                takes_key: key.is_some_and(has),
                groups,
                has_signers: one.signers.is_enabled,
            }
        });
        each.collect()
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
