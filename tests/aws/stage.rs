//! An account with a bucket in it, a person's folder, and `signet` as that person calls it.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;
use signet_cloudfront::key::{PublicKey, SigningKey};

use crate::proxy::{Call, Proxy, forward, header};
use crate::server::{self, root};

pub const REGION: &str = "eu-central-1";

/// What no output, file or log may hold.
pub const SECRETS: [&str; 3] =
    ["AKIACANARYCANARYCAN1", "canaryOfTheLoginCanaryCanary+/1", "canarySessionToken=="];

pub struct Stage {
    folder: tempfile::TempDir,
    pub account: String,
    pub bucket: String,
    pub key: PublicKey,
    /// What the files of the key begin with.
    key_file: &'static str,
    pub proxy: Proxy,
}

impl Stage {
    pub fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let account = format!("{number:012}");
        let folder = tempfile::tempdir().unwrap();
        let key = SigningKey::generate_p256().public_key();
        let (bucket, proxy) = (format!("client-papers-{number}"), Proxy::start(&account));
        let mut stage = Self { folder, bucket, account, key, key_file: "", proxy };
        stage.use_key("");
        let place = format!(
            "<CreateBucketConfiguration><LocationConstraint>{REGION}</LocationConstraint></CreateBucketConfiguration>"
        );
        stage.ask("s3", "PUT", &format!("/{}", stage.bucket), &place);
        stage
    }

    /// From now on everything is for this key, which is made where it is new.
    pub fn use_key(&mut self, prefix: &'static str) {
        let [private, public] =
            ["private", "public"].map(|half| self.path(&format!("{prefix}{half}.pem")));
        if !public.exists() {
            let key = SigningKey::generate_p256();
            fs::write(private, key.to_pkcs8_der().as_slice()).unwrap();
            fs::write(&public, key.public_key().to_spki_pem()).unwrap();
        }
        self.key = PublicKey::from_spki_pem(&fs::read_to_string(public).unwrap()).unwrap();
        self.key_file = prefix;
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Asks moto in this account, past the proxy; gives the body of its answer.
    pub fn ask(&self, service: &str, method: &str, path: &str, body: &str) -> String {
        self.ask_with("", service, method, path, body).1
    }

    /// Asks a service that is asked by forms.
    pub fn ask_form(&self, service: &str, form: &str) -> String {
        let header = "Content-Type: application/x-www-form-urlencoded\r\n";
        self.ask_with(header, service, "POST", "/", form).1
    }

    /// The same with one more header; gives head and body.
    fn ask_with(
        &self,
        header: &str,
        service: &str,
        method: &str,
        path: &str,
        body: &str,
    ) -> (String, String) {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {}\r\n{header}Authorization: \
             AWS4-HMAC-SHA256 Credential=test/20260101/{REGION}/{service}/aws4_request, \
             SignedHeaders=host, Signature=0\r\n\r\n",
            body.len()
        );
        let call = Call {
            method: method.to_owned(),
            path: path.to_owned(),
            head,
            body: body.to_owned(),
            content: None,
        };
        let answer = String::from_utf8(forward(&call, &self.account).unwrap()).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.split(' ').nth(1).unwrap().starts_with('2'), "{answer}");
        (head.to_owned(), body.to_owned())
    }

    /// Removes a distribution that is switched off.
    pub fn remove_distribution(&self, id: &str) {
        let path = format!("/2020-05-31/distribution/{id}");
        let (head, _) = self.ask_with("", "cloudfront", "GET", &format!("{path}/config"), "");
        let etag = header(&head, "etag").unwrap();
        self.ask_with(&format!("If-Match: {etag}\r\n"), "cloudfront", "DELETE", &path, "");
    }

    /// Changes the configuration of a distribution, as somebody else does.
    pub fn edit_distribution(&self, path: &str, edit: impl FnOnce(String) -> String) {
        let (head, config) = self.ask_with("", "cloudfront", "GET", path, "");
        let etag = header(&head, "etag").unwrap();
        let if_match = format!("If-Match: {etag}\r\n");
        self.ask_with(&if_match, "cloudfront", "PUT", path, &edit(config));
    }

    pub fn put_policy(&self, policy: &str) {
        self.ask("s3", "PUT", &format!("/{}?policy", self.bucket), policy);
    }

    /// All that the account has, as AWS's own library sees it.
    pub fn account(&self) -> Value {
        server::account(&self.account, &self.bucket)
    }

    /// `signet setup` with these words and this account.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_signet"));
        let url = self.proxy.url();
        command
            .arg("setup")
            .args(words)
            .args(["--public-key", &self.key_file("public"), "--endpoint-url", url.as_str()])
            .current_dir(self.folder.path());
        self.surround(&mut command);
        command
    }

    /// `signet` with these words, in the person's folder.
    pub fn signet(&self, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_signet"));
        command.args(words).current_dir(self.folder.path());
        self.surround(&mut command);
        command.output().unwrap()
    }

    /// The file of one half of the key, in the person's folder.
    pub fn key_file(&self, half: &str) -> String {
        format!("{}{half}.pem", self.key_file)
    }

    /// A home and a login, and nothing else.
    pub fn surround(&self, command: &mut Command) {
        let [id, secret, token] = SECRETS;
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("AWS_ACCESS_KEY_ID", id)
            .env("AWS_SECRET_ACCESS_KEY", secret)
            .env("AWS_SESSION_TOKEN", token);
    }

    pub fn words<'a>(&'a self, command: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        [&[command, "--bucket", &self.bucket, "--region", REGION], more].concat()
    }

    pub fn start(&self, words: &[&str]) -> Child {
        let mut command = self.command(words);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    pub fn run(&self, words: &[&str]) -> Output {
        self.start(words).wait_with_output().unwrap()
    }

    /// What it answers where it does what it was asked.
    pub fn done(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }

    pub fn plan(&self, more: &[&str]) -> Value {
        let words = self.words("plan", &[more, &["--json"]].concat());
        serde_json::from_str(&self.done(&words)).unwrap()
    }

    pub fn apply(&self, more: &[&str]) -> String {
        self.done(&self.words("apply", &[more, &["--yes"]].concat()))
    }

    pub fn undo(&self) -> String {
        self.done(&["undo", "--yes"])
    }

    /// Changes what is written down of the one set-up.
    pub fn edit_journal(&self, edit: impl FnOnce(&mut Value)) {
        let file = self.journal();
        let mut journal = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        edit(&mut journal);
        fs::write(file, journal.to_string()).unwrap();
    }

    /// The file in which the one set-up is written down.
    pub fn journal(&self) -> PathBuf {
        let files = fs::read_dir(self.path(".config/signet")).unwrap();
        let mut files = files.map(|entry| entry.unwrap().path());
        let is_it = |file: &PathBuf| {
            let name = file.file_name().unwrap().to_str().unwrap();
            name.starts_with("set-up-") && name.ends_with(".json")
        };
        files.find(is_it).unwrap()
    }

    /// What a failed call says: what happened, and what to do.
    pub fn failed(&self, words: &[&str]) -> (String, String) {
        let output = self.run(words);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{words:?}: {error}");
        assert!(output.stdout.is_empty() && !error.contains("panicked"), "{words:?}: {error}");
        let mut lines: Vec<_> = error.lines().collect();
        // A policy to copy may follow.
        if let Some(policy) = lines.iter().rposition(|line| *line == "{") {
            lines.truncate(policy);
        }
        let [.., what, do_now] = lines[..] else { panic!("{words:?}: {error}") };
        (what.to_owned(), do_now.to_owned())
    }

    /// A distribution that is there, as its XML says; gives its id.
    pub fn distribution(&self, xml: &str) -> String {
        let made = self.ask("cloudfront", "POST", "/2020-05-31/distribution", xml);
        let (_, rest) = made.split_once("<Id>").unwrap();
        rest.split('<').next().unwrap().to_owned()
    }

    /// A distribution for the bucket that opens for everyone.
    pub fn open_distribution(&self) -> String {
        let host = format!("{}.s3.{REGION}.amazonaws.com", self.bucket);
        self.distribution(&format!(
            "<DistributionConfig xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\">\
             <CallerReference>theirs</CallerReference><Comment>Papers</Comment><Enabled>true</Enabled>\
             <Origins><Quantity>1</Quantity><Items><Origin><Id>papers</Id><DomainName>{host}</DomainName>\
             <S3OriginConfig><OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig></Origin></Items>\
             </Origins><DefaultCacheBehavior><TargetOriginId>papers</TargetOriginId>\
             <ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy><TrustedKeyGroups><Enabled>false</Enabled>\
             <Quantity>0</Quantity></TrustedKeyGroups></DefaultCacheBehavior></DistributionConfig>"
        ))
    }

    /// The venv's AWS CLI comes first on the path, for the script.
    pub fn tools(&self) -> String {
        format!("{}:/usr/bin:/bin", root().join(".cache/venv/bin").display())
    }
}
