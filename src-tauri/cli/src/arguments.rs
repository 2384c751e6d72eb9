//! The words of the command line. The names of the options are those of `aws cloudfront sign`.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use signet_cloudfront::key::{HashAlgorithm, KeyKind};

use crate::key_source::KeySource;

const EXAMPLES: &str = "\
Examples:
  signet sign --url https://docs.example.com/a.pdf --key 'Client papers' --expires-in 7d

  signet sign --url https://docs.example.com/a.pdf --key-pair-id K2JCJMDEHXQW5F \\
      --private-key file://key.pem --date-less-than 2026-12-01T17:00:00

  signet share Contract.pdf --to reports/2026/ --expires-in 7d

  signet sign --list papers.csv --key 'Client papers' --expires-in 7d > links.txt

  signet sign --urls-from addresses.txt --key 'Client papers' --expires-in 7d > links.txt";

const EXIT_CODES: &str = "\
Exit code: 0 where the link works, 1 where it does not, 2 where the call was wrong. With --try the \
site decides: 0 where it gave the document for the link, 1 otherwise. Ctrl-C cancels.";

const CHECK_EXIT_CODES: &str = "\
Exit code: 0 where everything is right, 1 where something is wrong or not yet deployed, or where it \
cannot be seen whether the bucket lets the distribution in (--document shows it), 2 where the call \
was wrong.";

/// Links to private documents behind Amazon CloudFront. Alone on a line it opens the window.
#[derive(Debug, Parser)]
#[command(name = "signet", version, after_help = EXAMPLES)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be done from a terminal.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sign an address, or one on each line of a file
    Sign(Box<Sign>),
    /// Upload files to a site and write their links
    Share(Box<Share>),
    /// The documents of a site
    #[command(subcommand)]
    Documents(Documents),
    /// Sign cookies, for a site that sets them itself
    SignCookies(Box<SignCookies>),
    /// Say what a link does, or why it does not open
    Inspect(Inspect),
    /// The sites, each with the keys that make its links
    #[command(subcommand)]
    Sites(Sites),
    /// The keys in this computer's keychain
    #[command(subcommand)]
    Keys(Keys),
    /// Set up CloudFront for a key's links
    #[command(subcommand)]
    Setup(Setup),
    /// Write the completions for a shell
    Completions {
        /// Which one
        shell: Shell,
    },
    /// Write the manual page
    Man,
}

/// What can be done with the sites.
#[derive(Debug, Subcommand)]
pub enum Sites {
    /// Name, address, state and public key ID of each site, separated by tabs; a site that CloudFront is
    /// not set up for has neither address nor ID. The states: needs-key, needs-set-up, ready, replacing
    /// (a new key waits), old-key-stays (for the links it made)
    List,
    /// Give a site another name. A key that is called as its site was is renamed with it
    Rename {
        /// What it is called
        #[arg(long, value_name = "NAME")]
        site: String,
        /// What it is to be called
        #[arg(long, value_name = "NAME")]
        name: String,
    },
    /// Where the documents of a site lie: bucket, region, profile, origin path, distribution, folder and the ID of the
    /// access key, separated by tabs. With options it is said, or forgotten; the documents stay as they are
    Storage(SiteStorage),
}

/// `signet sites storage`.
#[derive(Debug, Args)]
pub struct SiteStorage {
    /// What the site is called
    #[arg(value_name = "NAME")]
    pub site: String,
    /// The bucket that holds the documents
    #[arg(long, requires = "region")]
    pub bucket: Option<String>,
    /// The bucket's region, as eu-central-1
    #[arg(long, requires = "bucket")]
    pub region: Option<String>,
    /// The profile of the AWS tools that reaches it; unless given, what they would take
    #[arg(long, value_name = "NAME", requires = "bucket")]
    pub profile: Option<String>,
    /// The part of the bucket that the distribution fetches from (its origin path); unless given, all of it
    #[arg(long, value_name = "PATH", requires = "bucket")]
    pub origin_path: Option<String>,
    /// The distribution, by its ID, whose caches are told of a document that was replaced or taken away
    #[arg(long, value_name = "ID", requires = "bucket")]
    pub distribution: Option<String>,
    /// Where new documents are put, as reports/2026/; unless given, beside each other at the top
    #[arg(long, value_name = "FOLDER", requires = "bucket")]
    pub folder: Option<String>,
    /// A file with an access key for the documents, as the AWS console gives it (CSV), or - for the standard input. It
    /// goes into the keychain, and the documents are reached with it in the place of a login of this computer
    #[arg(long, value_name = "FILE", conflicts_with = "profile")]
    pub access_key_file: Option<PathBuf>,
    /// Forget the access key; in AWS it stays valid
    #[arg(long, conflicts_with = "access_key_file")]
    pub forget_access_key: bool,
    /// Forget it all
    #[arg(long, conflicts_with_all = ["bucket", "region", "access_key_file", "forget_access_key"])]
    pub forget: bool,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// What can be done with the documents of a site. The AWS login of this computer is used, or an own one of the site
/// (signet sites storage).
#[derive(Debug, Subcommand)]
pub enum Documents {
    /// Name, size in bytes and time of each document of a folder, separated by tabs; of a folder in it the name
    /// alone, with a slash
    List(ListDocuments),
    /// Upload files and write where they open, without links
    Put(Box<Put>),
    /// Give a document another name: links to the old one end
    Rename(RenameDocument),
    /// Take a document away: links to it end
    Remove(RemoveDocument),
}

/// Which documents, and with which AWS login.
#[derive(Debug, Args)]
pub struct OfSite {
    /// The site; unless given, the only one whose storage is known
    #[arg(long, value_name = "NAME")]
    pub site: Option<String>,
    /// A profile of the AWS tools; unless given, the site's, or what the tools would take
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Another address than AWS's own, for tests
    #[arg(long, value_name = "URL")]
    pub endpoint_url: Option<String>,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// Which files, where to, and what happens where one of that name is there.
#[derive(Debug, Args)]
pub struct Uploading {
    /// The files; of a folder all that is in it, under the folder's name, but for what is hidden and for links
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The folder of the site, as reports/2026/, which is remembered; unless given, that of the last time
    #[arg(long, value_name = "FOLDER")]
    pub to: Option<String>,
    /// Where a document of that name is there, keep both: the new one is called “Contract (2).pdf”. So it is unless
    /// said otherwise
    #[arg(long)]
    pub keep_both: bool,
    /// Where a document of that name is there, replace it: links that were sent open the new one
    #[arg(long, conflicts_with = "keep_both")]
    pub replace: bool,
    #[command(flatten)]
    pub of: OfSite,
}

/// `signet share`.
#[derive(Debug, Args)]
pub struct Share {
    #[command(flatten)]
    pub uploading: Uploading,
    /// When the links end, from now: 90s, 45m, 168h, 7d or 2w; unless given, as the window would choose
    #[arg(long, value_name = "SPAN")]
    pub expires_in: Option<String>,
    /// When the links end: 2026-12-01 (0:00 UTC), 2026-12-01T17:00:00 (UTC, or with +01:00), or seconds since 1970
    #[arg(long, value_name = "TIME", conflicts_with = "expires_in")]
    pub date_less_than: Option<String>,
}

/// `signet documents put`.
#[derive(Debug, Args)]
pub struct Put {
    #[command(flatten)]
    pub uploading: Uploading,
}

/// `signet documents list`.
#[derive(Debug, Args)]
pub struct ListDocuments {
    /// The folder of the site, as reports/2026/; unless given, what is in none
    pub folder: Option<String>,
    #[command(flatten)]
    pub of: OfSite,
}

/// `signet documents rename`.
#[derive(Debug, Args)]
pub struct RenameDocument {
    /// What it is called, with its folders, as reports/2026/Contract.pdf
    pub document: String,
    /// What it is to be called, with its folders
    pub name: String,
    #[command(flatten)]
    pub of: OfSite,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
}

/// `signet documents remove`.
#[derive(Debug, Args)]
pub struct RemoveDocument {
    /// What it is called, with its folders, as reports/2026/Contract.pdf
    pub document: String,
    #[command(flatten)]
    pub of: OfSite,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
}

/// What can be done with the keys of the keychain.
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Name, site, public key ID, kind and fingerprint of each key, separated by tabs; a key that was
    /// made here and is not connected yet has neither site nor ID
    List {
        /// Instead, ID, kind and fingerprint of each key that is in the keychain and in no list
        #[arg(long)]
        orphans: bool,
    },
    /// Put a key that is in the keychain and in no list back into the list, to be connected
    Restore(Restore),
    /// Remove a key that is in the keychain and in no list
    Remove(Remove),
    /// Make a new key in the keychain and write its public key, for CloudFront's Create public key
    Make(Make),
    /// Connect a key that was made here with its site, so that it makes links
    Connect(Connect),
    /// Write a key's public key, for CloudFront's Create public key
    Public {
        /// The key's name
        #[arg(long, value_name = "NAME")]
        key: String,
    },
    /// Write a key into a file that a passphrase locks; no file is overwritten
    Backup(Backup),
    /// Put a key from its file into the keychain; the file stays where it is
    Import(Import),
}

/// What can be done about a set-up. A script, a template or a page is handed to an IT person.
#[derive(Debug, Subcommand)]
pub enum Setup {
    /// Show what a set-up would make and change in an AWS account; nothing is done
    Plan(Planning),
    /// Make what is missing, with the AWS login of this computer; run again after a stop, it goes on
    Apply(Applying),
    /// Look whether everything is right; nothing is changed
    Check(Checking),
    /// Take back exactly what was made here
    Undo(Undoing),
    /// Write the IAM policy that an AWS login needs, and no more, for whoever runs the account
    Policy(PolicyFor),
    /// Write a script of AWS CLI commands that makes what is missing
    Script(Handoff),
    /// Write a CloudFormation template
    Template(Handoff),
    /// Write a page (HTML) for an IT person, with the script and the template in it
    Page(Handoff),
}

/// What is to be set up, but for the key.
#[derive(Debug, Args)]
pub struct Place {
    /// The bucket that holds the documents
    #[arg(long)]
    pub bucket: String,
    /// The bucket's region, as eu-central-1
    #[arg(long)]
    pub region: String,
    /// A distribution that is there, by its ID; unless given, a new one is made
    #[arg(long, value_name = "ID")]
    pub distribution: Option<String>,
}

/// Whose links are to open the documents.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("which").required(true).args(["key", "public_key"])))]
pub struct WhichKey {
    /// A key of the keychain, by its name
    #[arg(long, value_name = "NAME")]
    pub key: Option<String>,
    /// The public key's file, as file://public.pem or public.pem
    #[arg(long, value_name = "FILE")]
    pub public_key: Option<String>,
}

/// With which AWS login.
#[derive(Debug, Args)]
pub struct AwsLogin {
    /// A profile of the AWS tools; unless given, what they would take
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Another address than AWS's own, for tests
    #[arg(long, value_name = "URL")]
    pub endpoint_url: Option<String>,
}

/// `signet setup plan`.
#[derive(Debug, Args)]
pub struct Planning {
    #[command(flatten)]
    pub place: Place,
    #[command(flatten)]
    pub key: WhichKey,
    #[command(flatten)]
    pub login: AwsLogin,
    /// Make a login for the site's documents too: an IAM user and its access key, which goes into the keychain
    #[arg(long)]
    pub with_document_login: bool,
    /// For that login: rename and remove documents too
    #[arg(long, requires = "with_document_login")]
    pub remove: bool,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// `signet setup apply`.
#[derive(Debug, Args)]
pub struct Applying {
    #[command(flatten)]
    pub plan: Planning,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
}

/// `signet setup check`.
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXIT_CODES)]
pub struct Checking {
    /// The bucket that holds the documents; unless given, that of the key's site, as it is known or found by its address
    #[arg(long, requires = "region")]
    pub bucket: Option<String>,
    /// The bucket's region, as eu-central-1
    #[arg(long, requires = "bucket")]
    pub region: Option<String>,
    /// The distribution, by its ID; unless given, the one of the site or of the set-up
    #[arg(long, value_name = "ID")]
    pub distribution: Option<String>,
    #[command(flatten)]
    pub key: WhichKey,
    #[command(flatten)]
    pub login: AwsLogin,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
    /// The address of a document on the site, to ask for one byte of it with a link and without
    #[arg(long, value_name = "URL")]
    pub document: Option<String>,
    /// The private key to make that link with, where the key is not in the keychain; see signet sign
    #[arg(long, value_name = "KEY", requires = "document", conflicts_with = "key")]
    #[arg(allow_hyphen_values = true)]
    pub private_key: Option<KeySource>,
    /// A file whose first line is the passphrase of the private key's file
    #[arg(long, value_name = "FILE", requires = "private_key")]
    pub passphrase_file: Option<PathBuf>,
}

/// `signet setup undo`.
#[derive(Debug, Args)]
pub struct Undoing {
    #[command(flatten)]
    pub key: WhichKey,
    #[command(flatten)]
    pub login: AwsLogin,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
}

/// `signet setup script`, `template` and `page`.
#[derive(Debug, Args)]
pub struct Handoff {
    #[command(flatten)]
    pub place: Place,
    /// The public key's file, as file://public.pem or public.pem
    #[arg(long, value_name = "FILE")]
    pub public_key: String,
    /// Where to write; unless given, and for -, the standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `signet setup policy`.
#[derive(Debug, Args)]
pub struct PolicyFor {
    /// What the login is for
    #[arg(long = "for", value_name = "PURPOSE")]
    pub purpose: PolicyPurpose,
    /// A site whose storage says bucket and distribution
    #[arg(long, value_name = "NAME")]
    pub site: Option<String>,
    /// The bucket that holds the documents
    #[arg(long, conflicts_with = "site")]
    pub bucket: Option<String>,
    /// The distribution, by its ID; unless given, any
    #[arg(long, value_name = "ID")]
    pub distribution: Option<String>,
    /// For documents: the only folder, as reports/2026/; unless given, all
    #[arg(long, value_name = "FOLDER")]
    pub folder: Option<String>,
    /// For documents: rename and remove them too
    #[arg(long)]
    pub remove: bool,
    /// For set-up and undo: with what --with-document-login needs besides
    #[arg(long)]
    pub with_document_login: bool,
}

/// What an AWS login is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PolicyPurpose {
    /// Making a set-up
    SetUp,
    /// Checking one
    Check,
    /// Taking one back
    Undo,
    /// Putting documents on a site
    Documents,
}

/// `signet keys restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// The key's ID, as keys list --orphans writes it
    pub id: String,
    /// What to call the key; unless given, “Found key” and the beginning of its fingerprint
    #[arg(long)]
    pub name: Option<String>,
}

/// `signet keys remove`.
#[derive(Debug, Args)]
pub struct Remove {
    /// The key's ID, as keys list --orphans writes it
    pub id: String,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
}

/// `signet keys make`.
#[derive(Debug, Args)]
pub struct Make {
    /// What to call the key
    #[arg(long)]
    pub name: String,
    /// The kind: P256 makes short links, RSA2048 is what older set-ups expect
    #[arg(long = "type", value_name = "TYPE", default_value = "P256", ignore_case = true)]
    pub kind: Kind,
}

/// `signet keys connect`.
#[derive(Debug, Args)]
pub struct Connect {
    /// The name of a key that was made here
    #[arg(long, value_name = "NAME")]
    pub key: String,
    /// The site of its links, as docs.example.com
    #[arg(long)]
    pub site: String,
    /// The public key ID that CloudFront gave to the key
    #[arg(long, value_name = "ID")]
    pub key_pair_id: String,
}

/// `signet keys backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// The key's name
    #[arg(long, value_name = "NAME")]
    pub key: String,
    /// The file to write
    #[arg(long)]
    pub file: PathBuf,
    /// A file whose first line is the passphrase to lock it with
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// The kinds of key that CloudFront takes.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Kind {
    #[value(name = "P256")]
    P256,
    #[value(name = "RSA2048")]
    Rsa2048,
}

/// `signet keys import`.
#[derive(Debug, Args)]
pub struct Import {
    /// What to call the key
    #[arg(long)]
    pub name: String,
    /// The site of its links, as docs.example.com
    #[arg(long)]
    pub site: String,
    #[command(flatten)]
    pub file: KeyFile,
}

/// A key in a file.
#[derive(Debug, Args)]
pub struct KeyFile {
    /// The public key ID that CloudFront gave to the key
    #[arg(long, value_name = "ID")]
    pub key_pair_id: String,
    /// The private key: its file (key.pem, file://key.pem), env://NAME, - for the standard input, or
    /// the text itself, which others on this computer can see in the list of processes
    #[arg(long, value_name = "KEY", allow_hyphen_values = true)]
    pub private_key: KeySource,
    /// A file whose first line is the passphrase of the private key's file
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// `signet sign`.
#[derive(Debug, Args)]
#[command(
    group(ArgGroup::new("address").required(true).args(["url", "urls_from", "list"])),
)]
pub struct Sign {
    /// The address to sign; with a * in it, the link opens all that matches
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Sign each line of a file (- is the standard input), in the same order
    #[arg(long, value_name = "FILE")]
    pub urls_from: Option<PathBuf>,
    /// Sign each document of a list or a table (- is the standard input), read as the window reads it:
    /// one link a line, in the order of the rows; a row that says its own end gets that
    #[arg(long, value_name = "FILE")]
    pub list: Option<PathBuf>,
    /// The site on which the documents of --list are, as docs.example.com; unless given, the key's
    #[arg(long, value_name = "ADDRESS", requires = "list", conflicts_with_all = ["url", "urls_from"])]
    pub site: Option<String>,
    /// What the link opens in place of its address alone, with * and ?
    #[arg(long, value_name = "RESOURCE")]
    pub policy_resource: Option<String>,
    #[command(flatten)]
    pub signing: Signing,
}

/// `signet sign-cookies`.
#[derive(Debug, Args)]
pub struct SignCookies {
    /// What the cookies open: an address, or one with * and ?
    #[arg(long, value_name = "RESOURCE")]
    pub resource: String,
    #[command(flatten)]
    pub signing: Signing,
    /// How the cookies are written
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    pub format: CookieFormat,
}

/// `signet inspect`.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub struct Inspect {
    /// The link, or - to take a whole mail, a page or cookies from the standard input
    pub link: String,
    /// The file of a public key that may have signed it, as file://public.pem or public.pem; for
    /// several keys, several times
    #[arg(long, value_name = "FILE")]
    pub public_key: Vec<String>,
    /// The public key ID of each --public-key, in the same order; unless given, the link's own
    #[arg(long, value_name = "ID", requires = "public_key")]
    pub key_pair_id: Vec<String>,
    /// Check the signature with the keys of the keychain
    #[arg(long)]
    pub check_signature: bool,
    /// Ask the site too, for one byte, with the link and without its signature; nothing else
    /// connects anywhere
    #[arg(long = "try")]
    pub try_now: bool,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// What links and cookies are signed with alike.
#[derive(Debug, Args)]
pub struct Signing {
    #[command(flatten)]
    pub signer: Signer,
    #[command(flatten)]
    pub limits: Limits,
    /// The hash under the signature: unless said here, the one chosen for a key of the keychain, and
    /// for a key file SHA1 where it is RSA and SHA256 where it is P-256
    #[arg(long, value_name = "HASH", ignore_case = true)]
    pub hash_algorithm: Option<Hash>,
}

/// How cookies are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum CookieFormat {
    /// One object of names and values
    Json,
    /// A Set-Cookie line each
    Header,
}

/// When and from where.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("end").required(true).args(["date_less_than", "expires_in"])))]
pub struct Limits {
    /// When the link ends: 2026-12-01 (0:00 UTC), 2026-12-01T17:00:00 (UTC, or with +01:00), or
    /// seconds since 1970
    #[arg(long, value_name = "TIME")]
    pub date_less_than: Option<String>,
    /// When the link ends, from now: 90s, 45m, 168h, 7d or 2w; days are the calendar's, as in the
    /// window, and hours are counted
    #[arg(long, value_name = "SPAN")]
    pub expires_in: Option<String>,
    /// The last second at which the link does not work yet
    #[arg(long, value_name = "TIME")]
    pub date_greater_than: Option<String>,
    /// The only IPv4 address or range from which the link works
    #[arg(long, value_name = "ADDRESS")]
    pub ip_address: Option<String>,
}

/// With which key.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("signer").required(true).args(["key", "private_key"])))]
pub struct Signer {
    /// A key of the keychain, by its name
    #[arg(long, value_name = "NAME", conflicts_with_all = ["key_pair_id", "passphrase_file"])]
    pub key: Option<String>,
    /// The public key ID that CloudFront gave to the key
    #[arg(long, value_name = "ID", requires = "private_key")]
    pub key_pair_id: Option<String>,
    /// The private key: its file (key.pem, file://key.pem), env://NAME, - for the standard input, or
    /// the text itself, which others on this computer can see in the list of processes
    #[arg(long, value_name = "KEY", requires = "key_pair_id", allow_hyphen_values = true)]
    pub private_key: Option<KeySource>,
    /// A file whose first line is the passphrase of the private key's file
    #[arg(long, value_name = "FILE", requires = "private_key")]
    pub passphrase_file: Option<PathBuf>,
}

/// The hashes that CloudFront takes.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Hash {
    #[value(name = "SHA1")]
    Sha1,
    #[value(name = "SHA256")]
    Sha256,
}

impl From<Hash> for HashAlgorithm {
    fn from(hash: Hash) -> Self {
        match hash {
            Hash::Sha1 => Self::Sha1,
            Hash::Sha256 => Self::Sha256,
        }
    }
}

impl From<Kind> for KeyKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::P256 => Self::P256,
            Kind::Rsa2048 => Self::Rsa2048,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_words_fit_together() {
        super::Arguments::command().debug_assert();
    }
}
