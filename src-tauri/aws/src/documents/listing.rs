//! What a bucket has: a part of a folder, one document, and whether a document is one that went up from here.

use aws_sdk_s3::types::EncodingType;
use percent_encoding::percent_decode_str;
use signet_app::documents::{
    AskError, DocumentKey, ETag, Folder, Listing, MAX_LISTED, PageMark, StoredDocument, UploadToken,
};

use super::Documents;
use super::refusal::Refusal;

pub(super) const LIST: &str = "s3:ListBucket";
pub(super) const GET: &str = "s3:GetObject";

/// Under which name the token of an upload stands at its document.
pub(super) const TOKEN: &str = "signet-upload";

impl Documents {
    pub(super) async fn list_folder(
        &self,
        folder: &Folder,
        after: Option<&PageMark>,
        most: u16,
    ) -> Result<Listing, AskError> {
        let page = self
            .s3
            .list_objects_v2()
            .bucket(self.bucket())
            .prefix(folder.as_str())
            .delimiter("/")
            // Some characters of keys are none of XML's, and one such key would hide all others.
            .encoding_type(EncodingType::Url)
            .max_keys(i32::from(most.clamp(1, MAX_LISTED)))
            .set_continuation_token(after.map(|mark| mark.as_str().to_owned()))
            .send()
            .await
            .map_err(|error| self.refused(LIST, error))?;
        let is_encoded = page.encoding_type() == Some(&EncodingType::Url);
        let mut listing =
            Listing { folders: vec![], documents: vec![], without_address: 0, next: None };
        for there in page.common_prefixes() {
            let text = decoded(there.prefix().unwrap_or_default(), is_encoded);
            match text.as_deref().and_then(Folder::found).filter(|there| there != folder) {
                Some(there) => listing.folders.push(there),
                None => listing.without_address += 1,
            }
        }
        for there in page.contents() {
            let key = decoded(there.key().unwrap_or_default(), is_encoded);
            // What stands for the folder itself, as consoles make it.
            if key.as_deref() == Some(folder.as_str()) {
                continue;
            }
            match key.as_deref().and_then(DocumentKey::found) {
                Some(key) => listing.documents.push(stored(key, there)?),
                None => listing.without_address += 1,
            }
        }
        let next = page.next_continuation_token().filter(|_| page.is_truncated() == Some(true));
        listing.next = next
            .map(|mark| PageMark::parse(mark).filter(|mark| Some(mark) != after))
            .map(|mark| mark.ok_or(AskError::Endless { action: LIST }))
            .transpose()?;
        Ok(listing)
    }

    /// By a listing, for which a login need not be able to read documents.
    pub(super) async fn look_at(
        &self,
        key: &DocumentKey,
    ) -> Result<Option<StoredDocument>, AskError> {
        let page = self
            .s3
            .list_objects_v2()
            .bucket(self.bucket())
            .prefix(key.as_str())
            .encoding_type(EncodingType::Url)
            // A key comes before all that begin with it.
            .max_keys(1)
            .send()
            .await
            .map_err(|error| self.refused(LIST, error))?;
        let is_encoded = page.encoding_type() == Some(&EncodingType::Url);
        let Some(there) = page.contents().first() else { return Ok(None) };
        let found = decoded(there.key().unwrap_or_default(), is_encoded);
        if found.as_deref() != Some(key.as_str()) {
            return Ok(None);
        }
        stored(key.clone(), there).map(Some)
    }

    /// The document, where it went up with this token. A login that may not read documents cannot tell.
    pub(super) async fn with_token(
        &self,
        key: &DocumentKey,
        token: &UploadToken,
    ) -> Result<Option<StoredDocument>, AskError> {
        let head = self.s3.head_object().bucket(self.bucket()).key(key.as_str()).send().await;
        let head = match head.map_err(|error| self.refusal(GET, error)) {
            Ok(head) => head,
            Err(Refusal::NoDocument | Refusal::Other(AskError::NotAllowed { .. })) => {
                return Ok(None);
            }
            Err(refusal) => return Err(refusal.into_ask(GET)),
        };
        let there = head.metadata().and_then(|metadata| metadata.get(TOKEN));
        if there.map(String::as_str) != Some(token.as_str()) {
            return Ok(None);
        }
        let unexpected = AskError::Unexpected { action: GET };
        let size = head.content_length().and_then(|size| u64::try_from(size).ok());
        let etag = head.e_tag().and_then(ETag::parse);
        match (size, head.last_modified(), etag) {
            (Some(size), Some(modified), Some(etag)) => {
                Ok(Some(StoredDocument { key: key.clone(), size, modified: modified.secs(), etag }))
            }
            _ => Err(unexpected),
        }
    }
}

fn stored(key: DocumentKey, there: &aws_sdk_s3::types::Object) -> Result<StoredDocument, AskError> {
    let size = there.size().and_then(|size| u64::try_from(size).ok());
    let etag = there.e_tag().and_then(ETag::parse);
    match (size, there.last_modified(), etag) {
        (Some(size), Some(modified), Some(etag)) => {
            Ok(StoredDocument { key, size, modified: modified.secs(), etag })
        }
        _ => Err(AskError::Unexpected { action: LIST }),
    }
}

/// A key as it is, where S3 wrote it as forms do; `None` for what is no text.
fn decoded(text: &str, is_encoded: bool) -> Option<String> {
    if !is_encoded {
        return Some(text.to_owned());
    }
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().ok().map(|text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn a_key_is_what_s3_means() {
        for (text, is_encoded, key) in [
            ("a+b%2Bc%20d.pdf", true, Some("a b+c d.pdf")),
            ("%C3%9Cbersicht.pdf", true, Some("\u{dc}bersicht.pdf")),
            ("50%25.pdf", true, Some("50%.pdf")),
            ("50%.pdf", false, Some("50%.pdf")),
            ("a+b.pdf", false, Some("a+b.pdf")),
            ("%FF", true, None),
        ] {
            assert_eq!(decoded(text, is_encoded).as_deref(), key, "{text}");
        }
    }
}
