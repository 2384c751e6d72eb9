//! How parsed types are written down and read: as the text that they were parsed from. Whoever reads a
//! file that somebody has changed is told so, before anything is done with what it says.

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use super::{
    AccessControlId, AccessKeyId, Bucket, DistributionArn, DistributionId, KeyGroupId, Region,
    UserId,
};
use signet_cloudfront::public_key_id::PublicKeyId;

/// A type with one text for each value.
pub(super) trait AsText: Sized {
    fn read(text: &str) -> Option<Self>;
    fn written(&self) -> &str;
}

macro_rules! as_text {
    ($($kind:ty: $parse:expr;)*) => {$(
        impl AsText for $kind {
            fn read(text: &str) -> Option<Self> {
                // What is written down is not typed: nothing around it is forgiven.
                let parse: fn(&str) -> Option<Self> = $parse;
                parse(text).filter(|value| value.as_str() == text)
            }

            fn written(&self) -> &str {
                self.as_str()
            }
        }
    )*};
}

as_text! {
    AccessControlId: AccessControlId::parse;
    KeyGroupId: KeyGroupId::parse;
    UserId: UserId::parse;
    AccessKeyId: |text| AccessKeyId::parse(text).ok();
    DistributionArn: DistributionArn::parse;
    DistributionId: |text| DistributionId::parse(text).ok();
    PublicKeyId: |text| PublicKeyId::parse(text).ok();
    Bucket: |text| Bucket::parse(text).ok();
    Region: |text| Region::parse(text).ok();
}

/// Reads what may not be known yet; `None` where it is no text of the type.
pub(super) fn known<T: AsText>(text: Option<&str>) -> Option<Option<T>> {
    match text {
        Some(text) => T::read(text).map(Some),
        None => Some(None),
    }
}

pub(super) fn serialize<T: AsText, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(value.written())
}

pub(super) fn deserialize<'a, T: AsText, D: Deserializer<'a>>(from: D) -> Result<T, D::Error> {
    T::read(&String::deserialize(from)?).ok_or_else(|| D::Error::custom("not an id of this kind"))
}

/// The same for what may not be known yet.
pub(super) mod optional {
    use super::{AsText, Deserialize, Deserializer, Error, Serialize, Serializer};

    pub(crate) fn serialize<T: AsText, S: Serializer>(
        value: &Option<T>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().map(AsText::written).serialize(to)
    }

    pub(crate) fn deserialize<'a, T: AsText, D: Deserializer<'a>>(
        from: D,
    ) -> Result<Option<T>, D::Error> {
        let unread = || D::Error::custom("not an id of this kind");
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| T::read(&text).ok_or_else(unread)).transpose()
    }
}

/// The same for several.
pub(super) mod list {
    use super::{AsText, Deserialize, Deserializer, Error, Serialize, Serializer};

    pub(crate) fn serialize<T: AsText, S: Serializer>(
        values: &[T],
        to: S,
    ) -> Result<S::Ok, S::Error> {
        values.iter().map(AsText::written).collect::<Vec<_>>().serialize(to)
    }

    pub(crate) fn deserialize<'a, T: AsText, D: Deserializer<'a>>(
        from: D,
    ) -> Result<Vec<T>, D::Error> {
        let unread = || D::Error::custom("not an id of this kind");
        let texts = Vec::<String>::deserialize(from)?;
        texts.iter().map(|text| T::read(text).ok_or_else(unread)).collect()
    }
}
