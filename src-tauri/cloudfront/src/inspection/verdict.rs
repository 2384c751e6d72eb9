//! What is said of a link: one verdict, what else is worth knowing, and what stands in it.

use super::wrappers::Wrapper;
use crate::key::{HashAlgorithm, KeyKind};
use crate::policy::{Network, PolicyFault};
use crate::public_key_id::PublicKeyIdError;

/// What a link does. Times are Unix time in seconds. No signature is in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// The one thing to know.
    pub verdict: Verdict,
    /// What else is worth knowing.
    pub findings: Vec<Finding>,
    /// What stands in it.
    pub details: Details,
}

/// Whether it opens, and otherwise the cause that helps most.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "VerdictView"))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Verdict {
    /// It opens, as far as can be seen from here.
    Works {
        /// The first second at which it no longer opens.
        until: i64,
    },
    /// Nothing is wrong that can be seen without the key, which is one that is known.
    SignatureNotChecked {
        /// The key's name.
        key: String,
        /// The first second at which it no longer opens.
        until: i64,
    },
    /// It no longer opens.
    Ended {
        /// Since this second.
        at: i64,
    },
    /// It does not open yet.
    NotBegun {
        /// The first second at which it opens.
        from: i64,
    },
    /// Its end was lost on the way.
    CutOff {
        /// The parameters that are missing or not whole.
        missing: Vec<&'static str>,
    },
    /// A parameter is missing, and others stand behind its place.
    ParameterMissing {
        /// Their names; `Expires` stands for `Expires` or `Policy`.
        names: Vec<&'static str>,
    },
    /// The signature is not over this link: something in it was changed.
    Altered,
    /// It opens without these parameters of its address.
    AddedAfterSigning {
        /// Their names.
        names: Vec<String>,
    },
    /// It was signed for another host.
    PointsElsewhere {
        /// The host that was signed.
        signed_for: String,
        /// The link's own.
        points_at: String,
    },
    /// It was signed for `https` and has `http`, or the other way round.
    SchemeChanged {
        /// The scheme that was signed.
        signed_for: String,
        /// The link's own.
        points_at: String,
    },
    /// It was signed for another address on the same host.
    PathChanged {
        /// The address that was signed.
        signed_for: String,
        /// The link's own.
        points_at: String,
    },
    /// Its address was percent-encoded a second time.
    EncodedTwice {
        /// The address that was signed.
        signed_for: String,
    },
    /// It was signed before its address was percent-encoded.
    SignedUnencoded {
        /// The address that was signed.
        signed_for: String,
    },
    /// Accents are characters of their own in it and were none when it was signed, or the other way round.
    ComposedOtherwise {
        /// The address that was signed.
        signed_for: String,
    },
    /// It is a part of a stream and has the signature of the stream's playlist.
    SignedForPlaylist {
        /// The address that was signed.
        signed_for: String,
    },
    /// Its policy, which CloudFront rebuilds from the link, was signed in another writing.
    PolicyWrittenOtherwise {
        /// What is other.
        how: PolicyWriting,
    },
    /// Its address is not among those that it opens.
    OutsideResource {
        /// What it opens.
        resource: String,
    },
    /// Its end was signed in seconds and stands there in milliseconds.
    EndInMilliseconds {
        /// As it stands there.
        stated: i64,
        /// The second that was signed.
        meant: i64,
    },
    /// Its end was signed in milliseconds and stands there in seconds.
    EndSignedInMilliseconds {
        /// As it stands there.
        stated: i64,
        /// As it was signed.
        signed: i64,
    },
    /// `Expires` is no number of seconds.
    EndUnreadable {
        /// As it stands there.
        stated: String,
    },
    /// It was signed with another hash than it says.
    WrongHash {
        /// What `Hash-Algorithm` says, where it stands there.
        stated: Option<String>,
        /// What it was signed with, where that can be told.
        signed_with: Option<HashAlgorithm>,
    },
    /// Another key than the one that it names has signed it.
    OtherKeySigned {
        /// The id in the link.
        id: String,
        /// The name of the key that signed.
        key: String,
        /// The id of the key that signed.
        key_id: String,
    },
    /// The signature is of an RSA key that CloudFront does not take.
    KeyOfOtherSize {
        /// The size of its modulus.
        bits: usize,
    },
    /// Its key is not among those that are known.
    UnknownKey {
        /// The id in the link.
        id: String,
    },
    /// `Key-Pair-Id` is no public key ID.
    IdIsNotAKeyId {
        /// What it is.
        instead: PublicKeyIdError,
    },
    /// `Key-Pair-Id` is no public key ID, and the signature is of a key that is known.
    IdDamaged {
        /// The name of the key that signed.
        key: String,
        /// The id of the key that signed.
        key_id: String,
    },
    /// It has the signature of another service than CloudFront.
    SignedForOtherService {
        /// As the service is called.
        service: &'static str,
    },
    /// The address is the storage's, which checks no signature of CloudFront.
    StorageAddress {
        /// The storage's host, or `s3://bucket`.
        host: String,
        /// Whether it has a signature of the storage's own.
        presigned: bool,
    },
    /// An address without any parameter of a signature.
    NotSigned,
    /// An address that another program puts around links, which cannot be read inside it.
    Wrapped {
        /// Whose.
        by: Wrapper,
    },
    /// A parameter of the signature is not spelled as it must be.
    Misnamed {
        /// As it stands there.
        given: String,
        /// As it must be.
        meant: &'static str,
    },
    /// `Expires` and `Policy` together.
    BothPolicyAndExpires,
    /// A parameter of the signature stands there twice.
    DuplicatedParameter {
        /// Its name.
        name: &'static str,
    },
    /// The signature is not written as CloudFront reads it.
    SignatureUnreadable {
        /// What is wrong with it.
        why: SignatureFault,
    },
    /// The policy does not decode, or says something else than policies say.
    PolicyUnreadable {
        /// Which rule it breaks.
        why: PolicyFault,
    },
    /// Longer than CloudFront takes.
    TooLong {
        /// Its length in bytes.
        length: usize,
        /// The most it may have.
        most: usize,
    },
    /// Cookies with a canned policy: what they open is their page's address, which is not here.
    CookiesWithoutAddress {
        /// The first second at which they no longer open.
        until: i64,
    },
}

/// Why a signature cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum SignatureFault {
    /// It is in another base64 than CloudFront's.
    OtherBase64,
    /// A character stands in it that is in no base64, or bits are left over.
    NoBase64,
}

/// What is other in a canned policy that was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum PolicyWriting {
    /// `/` or `&` was escaped, as JSON allows.
    Escaped,
    /// White space stands in it.
    WhiteSpace,
    /// The end is in quotes.
    EndInQuotes,
    /// Its parts are in another order.
    OtherOrder,
}

/// What is worth knowing beside the verdict.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "FindingView"))]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Finding {
    /// Cookies, not a link.
    CookiesInstead,
    /// It opens everything of every distribution that trusts the key.
    OpensEverything,
    /// It opens more than its own address.
    OpensMore {
        /// With wildcards.
        resource: String,
    },
    /// It opens from one network only.
    OnlyFrom {
        /// The network.
        network: Network,
        /// Whether it is one from which no reader comes: an office's or a home's own.
        private: bool,
    },
    /// The end that was signed is probably in milliseconds: it lies tens of thousands of years ahead.
    EndInMilliseconds {
        /// As it was signed.
        stated: i64,
        /// The second that was probably meant.
        meant: i64,
    },
    /// The start that was signed is probably in milliseconds.
    StartInMilliseconds {
        /// As it was signed.
        stated: i64,
        /// The second that was probably meant.
        meant: i64,
    },
    /// It ends before it begins.
    NeverOpens,
    /// Its address begins with `http:`; whoever listens on the way can open it too.
    NotSecure,
    /// What cannot be seen without asking a network.
    CannotSee {
        /// Each of it.
        unseen: Vec<Unseen>,
    },
}

/// Why a link that works here may still not open for a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "UnseenView"))]
#[serde(rename_all = "camelCase")]
pub enum Unseen {
    /// There may be no such document.
    Missing,
    /// The bucket's policy may not let CloudFront read it.
    BucketPolicy,
    /// The key may not be in the distribution's key group, or the host not on the distribution.
    Distribution,
    /// A firewall or a block of countries may be before it.
    Firewall,
    /// The document may open without any link.
    Public,
    /// The reader may come over IPv6, a VPN or a mobile network.
    ReadersNetwork,
    /// A long download may be interrupted and go on after the end.
    LongDownload,
}

/// What stands in a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// The address without the signing parameters; signatures of others in it are hidden.
    pub address: Option<String>,
    /// Which policy it has.
    pub policy: Option<PolicyKind>,
    /// What a custom policy opens.
    pub resource: Option<Resource>,
    /// The first second at which it opens.
    pub starts_at: Option<i64>,
    /// The first second at which it no longer opens.
    pub ends_at: Option<i64>,
    /// From where.
    pub network: Option<Network>,
    /// The id in it. Left out where it belongs to a secret.
    pub key_id: Option<String>,
    /// The name of the known key that has this id.
    pub key: Option<String>,
    /// The hash that it says.
    pub hash: Hash,
    /// Its signature.
    pub signature: Signature,
    /// The kind of key that made it, by the signature's length.
    pub signed_with: Option<KeyKind>,
}

/// Which policy a link has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyKind {
    /// `Expires`; CloudFront writes the policy itself.
    Canned,
    /// `Policy`.
    Custom,
}

/// What a custom policy opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resource {
    /// The policy has no resource.
    Everything,
    /// An address, which may have wildcards.
    Matching(String),
}

/// The hash that a link says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hash {
    /// One that CloudFront knows.
    Known(HashAlgorithm),
    /// Another word.
    Other(String),
}

/// What is known of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "SignatureView"))]
#[serde(rename_all = "camelCase")]
pub enum Signature {
    /// The key that the link names has signed this.
    Valid,
    /// It has not.
    Wrong,
    /// Not checked: that key is not here.
    NotChecked,
    /// There is none, or none that can be read.
    None,
}
