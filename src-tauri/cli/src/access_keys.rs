//! The access key to a site's documents: from a file or the standard input into the keychain. It is no argument, which
//! others on this computer could see, and its secret is in no message.

use std::io::{self, Read};
use std::path::Path;

use signet_app::{
    AccessKey, AccessKeyTextError, ForgetAccessKeyError, OpenAccessKeyError, SetAccessKeyError,
};
use signet_cloudfront::key_file::MAX_BYTES;
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::keys::{not_saved, not_taken, site_removed};

/// The access key in a file; `-` is the standard input.
pub fn read(from: &Path) -> Result<AccessKey, Failure> {
    let is_input = from == Path::new("-");
    let bytes = if is_input { of_input()? } else { of_file(from)? };
    AccessKey::read(&bytes).map_err(|error| not_one(is_input, error))
}

fn of_input() -> Result<Zeroizing<Vec<u8>>, Failure> {
    // Reserved at once, so that growing leaves no copy of a key behind in freed memory.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_BYTES + 1));
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(|_| {
        Failure::other(
            "The access key could not be read from the standard input.",
            "Look at where it comes from.",
        )
    })?;
    Ok(bytes)
}

fn of_file(path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    signet_os::key_file::read(path).map_err(|error| {
        Failure::other(
            format!("The file of --access-key-file cannot be used: {error}."),
            "Give the CSV file that the AWS console gave for the access key, or - for the standard input.",
        )
    })
}

fn not_one(is_input: bool, error: AccessKeyTextError) -> Failure {
    let what = if is_input { "The standard input" } else { "The file of --access-key-file" };
    let do_now = match error {
        AccessKeyTextError::NoAccessKey => {
            "Give the CSV file that the AWS console gave for the access key."
        }
        AccessKeyTextError::IsSigningKey => {
            "It signs links: signet keys import takes it. For documents give the access key of an IAM user."
        }
        AccessKeyTextError::NoSecret => {
            "The secret is shown once only, when the access key is made: give the file from then, or make another access key."
        }
        AccessKeyTextError::NoId => "Give the file that holds both, as the AWS console made it.",
        AccessKeyTextError::Several => "Give a file that holds the one that is meant.",
        AccessKeyTextError::Temporary => {
            "Give the access key of an IAM user, whose ID begins with AKIA, or name a profile with --profile."
        }
    };
    Failure::other(format!("{what} cannot be used: {error}."), do_now)
}

/// The access key was not taken.
pub fn not_kept(error: SetAccessKeyError) -> Failure {
    match error {
        SetAccessKeyError::Unknown => site_removed(),
        SetAccessKeyError::NoStorage => Failure::usage(
            "It is not known where the documents of this site lie, so there is no use for an access key yet.",
            "Say it in the same call, with --bucket and --region.",
        ),
        SetAccessKeyError::Keychain(error) => not_taken(error),
        SetAccessKeyError::Save(error) => not_saved(error),
    }
}

/// The access key was not forgotten.
pub fn not_forgotten(error: ForgetAccessKeyError) -> Failure {
    match error {
        ForgetAccessKeyError::Unknown => site_removed(),
        ForgetAccessKeyError::Keychain(error) => Failure::other(
            format!("The keychain did not let the access key go: {error}."),
            "Start or unlock the keychain and try again.",
        ),
        ForgetAccessKeyError::Save(error) => not_saved(error),
    }
}

/// The access key of a site cannot be used.
pub fn not_opened(error: &OpenAccessKeyError) -> Failure {
    match error {
        OpenAccessKeyError::None | OpenAccessKeyError::Missing { .. } => Failure::other(
            "The keychain does not have the access key of this site any more.",
            "Give it again with signet sites storage and --access-key-file, or let it be forgotten with --forget-access-key.",
        ),
        OpenAccessKeyError::Keychain(error) => Failure::other(
            format!("The keychain did not give the access key of this site: {error}."),
            "Start or unlock the keychain and try again.",
        ),
        OpenAccessKeyError::NotReached(error) => Failure::other(
            format!("The access key of this site could not be opened: {error}."),
            "Try again.",
        ),
    }
}
