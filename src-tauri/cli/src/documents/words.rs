//! What became of documents, in words.

use chrono::{DateTime, Local};
use signet_app::documents::{
    AskError, DocumentKeyError, FileTrouble, KmsKey, NotAddressed, NotKept, OpenFileError,
    PutError, RemoveError, RenameError, StoredDocument, UploadHoldError,
};
use signet_app::sharing::{
    Caches, DocumentLinks, LinkDocumentError, OpenDocumentsError, PlanDocumentError,
    PutDocumentError, RenameDocumentError, ShareFileError,
};
use signet_app::{CreateLinkError, HistoryStoreError};
use signet_cloudfront::foreign::shown;
use signet_setup::permissions::{self, DocumentsScope};

use crate::access_keys;
use crate::conditions;
use crate::failure::Failure;
use crate::keys::{name_of, not_opened, to_write};
use crate::setup::words::{self, About};

const AGAIN: &str = "run the same again: nothing is sent or made twice";

/// AWS did not do what it was asked about documents.
pub fn asked(error: &AskError, scope: &DocumentsScope<'_>) -> Failure {
    let bucket = scope.bucket.as_str();
    match error {
        AskError::NotAllowed { action, denied_by: None } => {
            let what = format!("This AWS login may not do what is needed: {action}.");
            match permissions::documents_for_action(action, scope) {
                Some(policy) => Failure::other(
                    what,
                    format!(
                        "Ask whoever runs the AWS account for this permission and {AGAIN}.\n{policy:#}"
                    ),
                ),
                None => Failure::other(
                    what,
                    format!("Ask whoever runs the AWS account for that permission and {AGAIN}."),
                ),
            }
        }
        AskError::NoBucket => Failure::other(
            format!("There is no bucket {bucket}."),
            "Say with signet sites storage where the documents lie.",
        ),
        AskError::WrongRegion { region } => Failure::other(
            match region {
                Some(region) => {
                    format!("The bucket {bucket} is in the region {}.", region.as_str())
                }
                None => format!("The bucket {bucket} is in another region."),
            },
            "Say it with signet sites storage and --region.",
        ),
        AskError::NoDistribution => Failure::other(
            "There is no such distribution in this AWS account.",
            "Say with signet sites storage and --distribution which one it is.",
        ),
        AskError::Conflict
        | AskError::Endless { .. }
        | AskError::Refused { .. }
        | AskError::IsThere
        | AskError::NotThere
        | AskError::Unexpected { .. } => Failure::other(
            format!("AWS did not do it: {error}."),
            format!("Wait a minute and {AGAIN}."),
        ),
        other => words::asked(
            other,
            &About { bucket: Some(scope.bucket), distribution: scope.distribution },
        ),
    }
}

/// The documents of a site cannot be asked for.
pub fn not_open(error: &OpenDocumentsError, scope: &DocumentsScope<'_>) -> Failure {
    match error {
        OpenDocumentsError::Ask(error) => asked(error, scope),
        OpenDocumentsError::AccessKey(error) => access_keys::not_opened(error),
        OpenDocumentsError::Unknown => Failure::other(
            "The site was removed by another Signet.",
            "Call signet sites list to see what there is.",
        ),
        OpenDocumentsError::NoStorage => Failure::other(
            "It is not known where the documents of this site lie.",
            "Say it with signet sites storage, or let signet setup check find it.",
        ),
        OpenDocumentsError::NotSetUp => Failure::other(
            "CloudFront knows no key of this site yet, so no link would open anything.",
            "Finish its set-up first: signet setup apply, or signet keys connect.",
        ),
    }
}

/// A file of this computer cannot be opened.
fn not_read(error: OpenFileError) -> Failure {
    let do_now = match error {
        OpenFileError::NotFound => "Look at its name, and where it lies.",
        OpenFileError::Folder | OpenFileError::LinkToFolder => "Give the folder itself.",
        OpenFileError::DeadLink => "Give the file itself.",
        OpenFileError::Pipe | OpenFileError::Device => {
            "Save what comes from there in a file, and give that."
        }
        OpenFileError::NotAllowed => "Let whoever owns it give you the right to read it.",
        OpenFileError::Unreadable => "Look at the disk that it lies on.",
    };
    Failure::other(format!("This file cannot be uploaded: {error}."), do_now)
}

/// A document cannot be called so.
pub fn not_called(error: &DocumentKeyError) -> Failure {
    Failure::other(
        format!("No document can be called so: {error}."),
        "Give it another name, or put it into another folder.",
    )
}

fn not_addressed(error: &NotAddressed) -> Failure {
    Failure::other(
        format!("No link could open a document of that name: {error}."),
        "Give it another name, or put it into another folder.",
    )
}

/// There is no place for a file.
fn not_planned(error: &PlanDocumentError, scope: &DocumentsScope<'_>) -> Failure {
    match error {
        PlanDocumentError::Name(error) => not_called(error),
        PlanDocumentError::Address(error) => not_addressed(error),
        PlanDocumentError::Ask(error) => asked(error, scope),
        PlanDocumentError::NotReached(error) => broken_off(&error.to_string()),
    }
}

/// A document was not put there.
fn not_put(error: &PutDocumentError, scope: &DocumentsScope<'_>) -> Failure {
    match error {
        PutDocumentError::Hold(error) => not_held(error),
        PutDocumentError::Unreadable(error) => Failure::other(
            format!(
                "What Signet wrote down of this document cannot be read: {}.",
                name_of(&error.file)
            ),
            "Move that file away and try again.",
        ),
        PutDocumentError::Save(error) => not_kept(error),
        PutDocumentError::Address(error) => not_addressed(error),
        PutDocumentError::Put(error) => match error {
            PutError::Ask(error) => asked(error, scope),
            PutError::AlreadyThere { .. } | PutError::ChangedMeanwhile { .. } => changed(),
            PutError::KmsKey { key } => no_kms_key(key.as_ref()),
            PutError::TooLarge { size, most } => Failure::other(
                format!("This file has {size} bytes, and S3 takes {most} at most."),
                "Give it in several parts.",
            ),
            PutError::File(trouble) => {
                let do_now = match trouble {
                    FileTrouble::Changed | FileTrouble::Shrank => {
                        "Wait until nothing writes to it, and share it again."
                    }
                    FileTrouble::Vanished | FileTrouble::Unreadable => {
                        "Look at where it lies, and share it again."
                    }
                };
                Failure::other(
                    format!("While it was uploaded, {trouble}. Nothing of it is there."),
                    do_now,
                )
            }
            PutError::Save(error) => not_kept(error),
            PutError::Stopped { .. } => stopped(),
        },
    }
}

/// A file is no document, or has no link.
pub fn not_shared(error: &ShareFileError, scope: &DocumentsScope<'_>) -> Failure {
    match error {
        ShareFileError::Open(error) => not_read(*error),
        ShareFileError::Folder(error) => not_called(error),
        ShareFileError::Plan(error) => not_planned(error, scope),
        ShareFileError::Twice => twice(),
        ShareFileError::NotLinkable(error) => not_linkable(error),
        ShareFileError::Put(error) => not_put(error, scope),
        ShareFileError::NotLinked { why, .. } => not_linked(why),
        ShareFileError::NotReached(error) => broken_off(&error.to_string()),
    }
}

/// Two files of one call would lie under one name, and one of them be lost.
fn twice() -> Failure {
    Failure::other(
        "Another file of this call lies under the same name, and would be replaced.",
        "Give it another name, or share it by itself.",
    )
}

/// Somebody wanted it to stop.
pub fn stopped() -> Failure {
    Failure::other("It was stopped.", format!("To go on, {AGAIN}."))
}

/// The document that is there is another one than was shown.
fn changed() -> Failure {
    Failure::other(
        "Somebody else has just put another document there, so nothing was replaced.",
        "Look at it, and run the same again.",
    )
}

fn no_kms_key(key: Option<&KmsKey>) -> Failure {
    let which = key.map(|key| format!(" {}", shown(key.as_str()))).unwrap_or_default();
    Failure::other(
        format!(
            "The bucket encrypts with a KMS key{which} that this AWS login may not use, or that is switched off."
        ),
        "Ask whoever runs the AWS account to allow kms:GenerateDataKey and kms:Decrypt with it.",
    )
}

fn not_held(error: &UploadHoldError) -> Failure {
    match error {
        UploadHoldError::Elsewhere => Failure::other(
            "This document is being uploaded from another window or terminal.",
            "Wait until that has ended, then run the same again.",
        ),
        UploadHoldError::NoLock { file } => Failure::other(
            "Something stands in the place of Signet's lock, so nothing was done.",
            format!("Move {} away and try again.", name_of(file)),
        ),
        UploadHoldError::Save(error) => not_kept(error),
    }
}

fn not_kept(NotKept { file, why }: &NotKept) -> Failure {
    Failure::other(
        format!("{} could not be written, so nothing more was done: {why}.", name_of(file)),
        format!("{} Then {AGAIN}.", to_write(*why)),
    )
}

fn broken_off(why: &str) -> Failure {
    Failure::other(format!("It broke off: {why}."), format!("To go on, {AGAIN}."))
}

/// The document is there, and it has no link.
fn not_linked(error: &LinkDocumentError) -> Failure {
    without_link("The document is there, but it has no link.", error)
}

/// A document could have no link, so it is not put there.
fn not_linkable(error: &LinkDocumentError) -> Failure {
    without_link("Nothing was uploaded, for it could have no link.", error)
}

fn without_link(what: &str, error: &LinkDocumentError) -> Failure {
    let (why, do_now) = match error {
        LinkDocumentError::Create(CreateLinkError::Clock(_)) => {
            conditions::clock_wrong("Set its date and time.").into_sentences()
        }
        LinkDocumentError::Create(CreateLinkError::Key(error)) => {
            not_opened(error).into_sentences()
        }
        LinkDocumentError::Create(error) => {
            (format!("No link could be made: {error}."), "Give another end or name.".to_owned())
        }
        LinkDocumentError::NotReached(error) => broken_off(&error.to_string()).into_sentences(),
    };
    Failure::other(format!("{what} {why}"), format!("{do_now} Then {AGAIN}."))
}

/// A document has not got another name.
pub fn not_renamed(error: &RenameDocumentError, scope: &DocumentsScope<'_>) -> Failure {
    let error = match error {
        RenameDocumentError::Address(error) => return not_addressed(error),
        RenameDocumentError::Rename(error) => error,
    };
    match error {
        RenameError::Ask(error) => asked(error, scope),
        RenameError::AlreadyThere { there } => Failure::other(
            format!("There is a document of that name already: {}.", of(there)),
            "Give another name.",
        ),
        RenameError::ChangedMeanwhile { .. } => changed(),
        RenameError::KmsKey { key } => no_kms_key(key.as_ref()),
        RenameError::TooLarge { size, most } => Failure::other(
            format!("The document has {size} bytes, and S3 renames none with more than {most}."),
            "Put it there under its new name, and remove the old one.",
        ),
        RenameError::HasBoth { why, .. } => {
            let (why, do_now) = not_removed(why, scope).into_sentences();
            Failure::other(
                format!("The document has both names now, and links to both open it. {why}"),
                do_now,
            )
        }
    }
}

/// A document was not taken away.
pub fn not_removed(error: &RemoveError, scope: &DocumentsScope<'_>) -> Failure {
    match error {
        RemoveError::Ask(error) => asked(error, scope),
        RemoveError::ChangedMeanwhile { .. } => Failure::other(
            "Somebody else has just changed this document, so it was left as it is.",
            "Look at it, and run the same again.",
        ),
    }
}

/// What is said of CloudFront's caches, where they do not know it; `effect` is what readers may get.
pub fn caches(caches: &Caches, effect: &str, scope: &DocumentsScope<'_>) -> Option<String> {
    match caches {
        Caches::Untouched | Caches::Told => None,
        Caches::NotKnown => Some(format!(
            "CloudFront's caches were not told, for it is not known which distribution it is, so {effect} for a day.\n\
             Say it with signet sites storage and --distribution, or let signet setup check find it."
        )),
        Caches::NotTold(error) => {
            let (what, do_now) = asked(error, scope).into_sentences();
            Some(format!(
                "CloudFront's caches were not told, so {effect} for a day. {what}\n{do_now}"
            ))
        }
    }
}

/// What becomes of the links to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It is not there any more under its name.
    Gone,
    /// Another one is there.
    Replaced,
}

/// How many links are concerned, as sentences.
pub fn links(links: &Result<DocumentLinks, HistoryStoreError>, effect: Effect) -> String {
    let Ok(DocumentLinks { own, of_folders }) = *links else {
        return "How many links are concerned is not known, for the history cannot be read."
            .to_owned();
    };
    let sentence = |number: usize, of: &str, verb: &str, rest: &str| match number {
        0 => None,
        1 => Some(format!("1 link{of} that was made here {verb}s{rest}.")),
        number => Some(format!("{number} links{of} that were made here {verb}{rest}.")),
    };
    let all = match effect {
        Effect::Gone => [
            sentence(own, "", "end", ""),
            sentence(of_folders, " to its folder", "open", " it no more"),
        ],
        Effect::Replaced => [
            sentence(own, "", "open", " the new one"),
            sentence(of_folders, " to its folder", "open", " the new one"),
        ],
    };
    let all: Vec<_> = all.into_iter().flatten().collect();
    match all.as_slice() {
        [] => "No link that was made here opens it.".to_owned(),
        all => all.join(" "),
    }
}

/// A document's size and day.
pub fn of(document: &StoredDocument) -> String {
    let day = DateTime::from_timestamp(document.modified, 0);
    let day = day.map(|day| day.with_timezone(&Local).format(" of %-d %B %Y").to_string());
    format!("{} bytes{}", grouped(document.size), day.unwrap_or_default())
}

/// A number as it is read: 12,345.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345_678, "12,345,678")]
        {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn links_are_counted_apart() {
        let of = |own, of_folders, effect| links(&Ok(DocumentLinks { own, of_folders }), effect);
        assert_eq!(of(0, 0, Effect::Gone), "No link that was made here opens it.");
        assert_eq!(of(1, 0, Effect::Gone), "1 link that was made here ends.");
        assert_eq!(
            of(3, 1, Effect::Gone),
            "3 links that were made here end. 1 link to its folder that was made here opens it no more."
        );
        assert_eq!(of(1, 0, Effect::Replaced), "1 link that was made here opens the new one.");
        assert_eq!(
            of(0, 2, Effect::Replaced),
            "2 links to its folder that were made here open the new one."
        );
        let unknown = links(&Err(HistoryStoreError::Unreadable), Effect::Gone);
        assert!(unknown.contains("not known"), "{unknown}");
    }
}
