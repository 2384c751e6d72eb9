//! An access key for documents: the pair with which AWS lets a program in, as its IT person gives it.
//!
//! It goes from its file or the clipboard into the keychain and from there to AWS, and nowhere else. Deliberately not
//! here: a login that ends by itself (`ASIA…`), which is the AWS tools' affair, and any form in which the secret could be
//! shown, copied or written.

use signet_setup::AccessKeyId;
use thiserror::Error;
use zeroize::Zeroizing;

/// So many characters a secret access key has.
const SECRET_LENGTH: usize = 40;

/// What the IDs of logins begin with that end by themselves.
const TEMPORARY: &str = "ASIA";

/// An access key. There is no `Debug`, `Clone` or `Serialize`, for the secret is in it.
pub struct AccessKey {
    id: AccessKeyId,
    secret: Zeroizing<String>,
}

/// Why a text is no access key. Nothing of the text is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum AccessKeyTextError {
    /// Nothing is in it that looks like one.
    #[error("there is no access key in it")]
    NoAccessKey,
    /// It is the private key that signs links.
    #[error("it holds a private key for links, and no access key")]
    IsSigningKey,
    /// The ID alone, as a list of access keys shows it.
    #[error("it holds the ID of an access key and not its secret")]
    NoSecret,
    /// The secret alone.
    #[error("it holds the secret of an access key and not its ID")]
    NoId,
    /// More than one, so that it is not clear which one is meant, or which secret belongs to it.
    #[error("it holds more than one access key")]
    Several,
    /// It ends within hours.
    #[error("it holds a login that ends by itself")]
    Temporary,
}

impl AccessKey {
    /// Finds the access key in what people have of it: the console's CSV file, the answer of
    /// `aws iam create-access-key`, a part of `~/.aws/credentials`, both lines as they were copied.
    ///
    /// # Errors
    /// [`AccessKeyTextError`].
    pub fn read(bytes: &[u8]) -> Result<Self, AccessKeyTextError> {
        let text = plain(bytes);
        let (mut ids, mut secrets) = (Vec::new(), Vec::new());
        for word in text.split(|c: char| !is_of_base64(c)) {
            let words = if is_id(word) { &mut ids } else { &mut secrets };
            if (is_id(word) || word.len() == SECRET_LENGTH) && !words.contains(&word) {
                words.push(word);
            }
        }
        match (ids.as_slice(), secrets.as_slice()) {
            _ if text.contains("PRIVATE KEY-----") => Err(AccessKeyTextError::IsSigningKey),
            ([id], _) if id.starts_with(TEMPORARY) => Err(AccessKeyTextError::Temporary),
            ([id], [secret]) => Self::of(id, secret).ok_or(AccessKeyTextError::NoAccessKey),
            ([], []) => Err(AccessKeyTextError::NoAccessKey),
            ([_], []) => Err(AccessKeyTextError::NoSecret),
            ([], [_]) => Err(AccessKeyTextError::NoId),
            _ => Err(AccessKeyTextError::Several),
        }
    }

    /// One that AWS has just made; `None` where the secret is none as AWS makes them.
    #[must_use]
    pub fn made(id: AccessKeyId, secret: String) -> Option<Self> {
        let secret = Zeroizing::new(secret);
        Self::of(id.as_str(), &secret)
    }

    fn of(id: &str, secret: &str) -> Option<Self> {
        let id = AccessKeyId::parse(id).ok()?;
        let is_one = secret.len() == SECRET_LENGTH && secret.chars().all(is_of_base64);
        is_one.then(|| Self { id, secret: Zeroizing::new(secret.to_owned()) })
    }

    /// What AWS calls it.
    #[must_use]
    pub fn id(&self) -> &AccessKeyId {
        &self.id
    }

    /// The secret, for whoever speaks to AWS.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// As it is kept in the keychain.
    pub(crate) fn stored(&self) -> Zeroizing<Vec<u8>> {
        // Reserved at once, so that growing leaves no copy behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(256));
        bytes.extend_from_slice(self.id.as_str().as_bytes());
        bytes.push(b'\n');
        bytes.extend_from_slice(self.secret.as_bytes());
        bytes
    }

    /// What [`AccessKey::stored`] gave; `None` for anything else.
    pub(crate) fn of_stored(bytes: &[u8]) -> Option<Self> {
        let (id, secret) = std::str::from_utf8(bytes).ok()?.split_once('\n')?;
        Self::of(id, secret)
    }
}

/// The ASCII of a text, whichever encoding it is in: of UTF-16 that is every other byte. JSON may write `/` as `\/`.
fn plain(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len()));
    let mut characters = bytes.iter().copied().filter(|byte| *byte != 0).peekable();
    while let Some(byte) = characters.next() {
        if byte == b'\\' && characters.peek() == Some(&b'/') {
            continue;
        }
        text.push(if byte.is_ascii() { char::from(byte) } else { ' ' });
    }
    text
}

fn is_of_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/')
}

fn is_id(word: &str) -> bool {
    let permanent = word.strip_prefix(TEMPORARY).map(|rest| format!("AKIA{rest}"));
    AccessKeyId::parse(permanent.as_deref().unwrap_or(word)).is_ok()
}

#[cfg(test)]
mod tests {
    use static_assertions::assert_not_impl_any;

    use super::*;

    assert_not_impl_any!(AccessKey: std::fmt::Debug, std::fmt::Display, Clone, serde::Serialize);

    const ID: &str = "AKIAIOSFODNN7EXAMPLE";
    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    fn error(text: &str) -> Option<AccessKeyTextError> {
        AccessKey::read(text.as_bytes()).err()
    }

    #[test]
    fn it_is_found_in_whatever_people_have_of_it() {
        let escaped = SECRET.replace('/', "\\/");
        let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
        };
        let csv = format!("Access key ID,Secret access key\r\n{ID},{SECRET}\r\n");
        for text in [
            csv.clone().into_bytes(),
            format!("\u{feff}{csv}").into_bytes(),
            utf16(&csv, u16::to_le_bytes),
            utf16(&csv, u16::to_be_bytes),
            format!(
                "User name,Password,Access key ID,Secret access key,Console login link\nJürgen,,{ID},{SECRET},https://123456789012.signin.aws.amazon.com/console\n"
            )
            .into_bytes(),
            format!("\"User Name\";\"Access key ID\";\"Secret access key\"\n\"papers\";\"{ID}\";\"{SECRET}\"")
                .into_bytes(),
            format!("AWSAccessKeyId={ID}\r\nAWSSecretKey={SECRET}\r\n").into_bytes(),
            format!(
                r#"{{"AccessKey":{{"UserName":"papers","AccessKeyId":"{ID}","Status":"Active","SecretAccessKey":"{escaped}","CreateDate":"2026-11-28T22:00:00+00:00"}}}}"#
            )
            .into_bytes(),
            format!("ACCESSKEY\t{ID}\t2026-11-28T22:00:00+00:00\t{SECRET}\tActive\tpapers").into_bytes(),
            format!("[papers]\naws_access_key_id = {ID}\naws_secret_access_key = {SECRET}\nregion = eu-central-1\n")
                .into_bytes(),
            format!("export AWS_ACCESS_KEY_ID={ID}\nexport AWS_SECRET_ACCESS_KEY=\"{SECRET}\"\n").into_bytes(),
            format!("{ID}\n{SECRET}\n").into_bytes(),
            format!("  {SECRET}  {ID}").into_bytes(),
            // The same twice is one.
            format!("{csv}{csv}").into_bytes(),
        ] {
            let shown = String::from_utf8_lossy(&text).into_owned();
            let key = AccessKey::read(&text).map_err(|error| (error, shown)).ok().unwrap();
            assert_eq!((key.id().as_str(), key.secret()), (ID, SECRET));
            let kept = AccessKey::of_stored(&key.stored()).unwrap();
            assert_eq!((kept.id(), kept.secret()), (key.id(), key.secret()));
        }
    }

    #[test]
    fn what_is_none_has_its_own_reason() {
        let other = "AKIAI44QH8DHBEXAMPLE";
        for (text, why) in [
            (String::new(), AccessKeyTextError::NoAccessKey),
            ("Access key ID,Secret access key\r\n".into(), AccessKeyTextError::NoAccessKey),
            (format!("{ID},{}", SECRET.trim_start_matches('w')), AccessKeyTextError::NoSecret),
            (format!("{ID},{SECRET}x"), AccessKeyTextError::NoSecret),
            (format!("Access key ID\n{ID}\nActive"), AccessKeyTextError::NoSecret),
            (SECRET.into(), AccessKeyTextError::NoId),
            (format!("AIDAIOSFODNN7EXAMPLE,{SECRET}"), AccessKeyTextError::NoId),
            (format!("{ID},{SECRET}\n{other},{SECRET}"), AccessKeyTextError::Several),
            (format!("{ID},{SECRET}\n{ID},{}", SECRET.to_lowercase()), AccessKeyTextError::Several),
            (
                format!("ASIAIOSFODNN7EXAMPLE,{SECRET},IQoJb3JpZ2luX2VjEJr"),
                AccessKeyTextError::Temporary,
            ),
            (format!("ASIAIOSFODNN7EXAMPLE {ID} {SECRET}"), AccessKeyTextError::Several),
            (
                "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n".into(),
                AccessKeyTextError::IsSigningKey,
            ),
            ("a letter to whom it may concern".into(), AccessKeyTextError::NoAccessKey),
        ] {
            assert_eq!(error(&text), Some(why), "{text}");
        }
        assert!(AccessKey::read(&[0xff; 70_000]).is_err());
    }

    #[test]
    fn what_is_kept_is_read_as_nothing_else() {
        for bytes in [
            &b""[..],
            b"\n",
            b"AKIAIOSFODNN7EXAMPLE",
            b"AKIAIOSFODNN7EXAMPLE\nshort",
            b"\x30\x82\x04",
            b"\xff\n\xff",
        ] {
            assert!(AccessKey::of_stored(bytes).is_none());
        }
    }
}
