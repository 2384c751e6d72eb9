//! The second process: does one thing with documents and says what came of it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use signet_app::documents::{
    DocumentKey, DocumentLogin, DocumentStore, DocumentStores, ETag, Folder, Guard, LocalFile,
    Login, NotKept, OriginPath, PageMark, PutError, StoragePlace, StoredDocument, Undo, Upload,
    UploadTurn, UploadWatch, Uploads, VersionId,
};
use signet_aws::{Aws, Documents};
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::site::SiteAddress;
use signet_os::{DocumentFile, KeptUpload, ProfileFolder};
use signet_setup::{Bucket, DistributionId, Region};

use crate::stage::REGION;

/// Where it stands what to do.
pub const WORK: &str = "SIGNET_WORK_OF_A_TEST";

/// What a line begins with that is the answer.
pub const ANSWER: &str = "answer ";

/// The name of the test that does it.
pub const NAME: &str = "documents::worker::second_process";

#[derive(Serialize, Deserialize)]
pub struct Work {
    pub bucket: String,
    pub endpoint_url: String,
    pub what: What,
}

#[derive(Clone, Serialize, Deserialize)]
pub enum What {
    Put { file: PathBuf, key: String, replaces: Option<String>, stop_at: Option<u64> },
    Abort { key: String },
    List { folder: String, after: Option<String>, most: u16 },
    Look { key: String },
    Rename { key: String, to: String, etag: String },
    Remove { key: String, etag: String },
    Restore { key: String, marker: String },
    Invalidate { distribution: String, document: String },
}

#[test]
fn second_process() {
    let Some(work) = std::env::var_os(WORK) else { return };
    let work: Work = serde_json::from_str(work.to_str().unwrap()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut over = None;
    let answer = runtime.block_on(done(work, &mut over));
    say(&format!("{ANSWER}{answer}"));
    // Whoever is killed before that has the same answer the next time.
    if let Some(turn) = over {
        turn.forget().unwrap();
    }
}

fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").unwrap();
    out.flush().unwrap();
}

/// What came of it, and the upload that is over by it.
async fn done(work: Work, over: &mut Option<KeptUpload>) -> Value {
    let place = StoragePlace {
        bucket: Bucket::parse(&work.bucket).unwrap(),
        region: Region::parse(REGION).unwrap(),
        origin_path: OriginPath::default(),
    };
    let login =
        DocumentLogin::OfComputer(Login { profile: None, endpoint_url: Some(work.endpoint_url) });
    let store = match Aws.open(&login, &place).await {
        Ok(store) => store,
        Err(error) => return failed(error),
    };
    let key = |text: &str| DocumentKey::parse(text).unwrap();
    let there = |key: &str, etag: &str| StoredDocument {
        key: DocumentKey::parse(key).unwrap(),
        size: 1,
        modified: 0,
        etag: ETag::parse(etag).unwrap(),
    };
    match work.what {
        What::Put { file, key, replaces, stop_at } => {
            let key = DocumentKey::parse(&key).unwrap();
            let guard =
                replaces.map_or(Guard::New, |etag| Guard::Replaces(ETag::parse(&etag).unwrap()));
            put(&store, place, (key, guard), &file, stop_at, over).await
        }
        What::Abort { key: text } => {
            let turn = uploads().hold(&place, &key(&text)).unwrap();
            let upload = turn.upload().unwrap().unwrap();
            match store.abort(&upload).await {
                Ok(()) => {
                    turn.forget().unwrap();
                    json!({ "ok": null })
                }
                Err(error) => failed(error),
            }
        }
        What::List { folder, after, most } => {
            let folder = Folder::parse(&folder).unwrap();
            let after = after.map(|mark| PageMark::parse(&mark).unwrap());
            match store.list(&folder, after.as_ref(), most).await {
                Ok(listing) => json!({ "ok": {
                    "folders": listing.folders.iter().map(Folder::as_str).collect::<Vec<_>>(),
                    "documents": listing.documents.iter().map(shown).collect::<Vec<_>>(),
                    "without_address": listing.without_address,
                    "next": listing.next.as_ref().map(PageMark::as_str),
                } }),
                Err(error) => failed(error),
            }
        }
        What::Look { key: text } => match store.look(&key(&text)).await {
            Ok(there) => json!({ "ok": there.as_ref().map(shown) }),
            Err(error) => failed(error),
        },
        What::Rename { key: text, to, etag } => {
            match store.rename(&there(&text, &etag), &key(&to)).await {
                Ok(renamed) => json!({ "ok": shown(&renamed.document) }),
                Err(error) => failed(error),
            }
        }
        What::Remove { key: text, etag } => match store.remove(&there(&text, &etag)).await {
            Ok(removed) => {
                json!({ "ok": removed.undo.map(|undo| undo.marker.as_str().to_owned()) })
            }
            Err(error) => failed(error),
        },
        What::Restore { key: text, marker } => {
            let marker = VersionId::parse(&marker).unwrap();
            match store.restore(&Undo { key: key(&text), marker }).await {
                Ok(there) => json!({ "ok": shown(&there) }),
                Err(error) => failed(error),
            }
        }
        What::Invalidate { distribution, document } => {
            let site = SiteAddress::parse("docs.example.com").unwrap();
            let document = DocumentAddress::parse(&document, &site).unwrap();
            let distribution = DistributionId::parse(&distribution).unwrap();
            match store.invalidate(&distribution, &document).await {
                Ok(()) => json!({ "ok": null }),
                Err(error) => failed(error),
            }
        }
    }
}

fn failed(error: impl std::fmt::Debug) -> Value {
    json!({ "error": format!("{error:?}") })
}

fn shown(there: &StoredDocument) -> Value {
    json!({
        "key": there.key.as_str(),
        "size": there.size,
        "modified": there.modified,
        "etag": there.etag.as_str(),
    })
}

fn uploads() -> signet_os::KeptUploads {
    ProfileFolder::of_this_person().unwrap().uploads()
}

/// As a person's click does it: what is written down of the same file goes on.
async fn put(
    store: &Documents,
    place: StoragePlace,
    (key, guard): (DocumentKey, Guard),
    file: &Path,
    stop_at: Option<u64>,
    over: &mut Option<KeptUpload>,
) -> Value {
    let file = match DocumentFile::open(file) {
        Ok(file) => Arc::new(file),
        Err(error) => return failed(error),
    };
    let turn = match uploads().hold(&place, &key) {
        Ok(turn) => turn,
        Err(error) => return failed(error),
    };
    let new = || Upload::new(place.clone(), key.clone(), guard.clone(), file.facts().clone());
    let mut upload = turn.upload().unwrap().unwrap_or_else(new);
    upload.guard = guard;
    turn.keep(&upload).unwrap();
    let mut watch = Watch { turn: &turn, sent: 0, stop_at };
    say(&format!("idle {}", memory()));
    let put = store.put(&mut upload, file, &mut watch).await;
    say(&format!("peak {}", memory()));
    if matches!(put, Ok(_) | Err(PutError::Stopped { is_gone: true })) {
        *over = Some(turn);
    }
    match put {
        Ok(there) => json!({ "ok": shown(&there) }),
        Err(error) => failed(error),
    }
}

/// The most memory that this process has had, in bytes; 0 where the system does not say so.
fn memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<usize>().ok()).unwrap_or(0) << 10
}

struct Watch<'a> {
    turn: &'a KeptUpload,
    sent: u64,
    stop_at: Option<u64>,
}

impl UploadWatch for Watch<'_> {
    fn keep(&mut self, upload: &Upload) -> Result<(), NotKept> {
        self.turn.keep(upload)
    }

    fn sent(&mut self, bytes: u64) {
        self.sent = bytes;
        say(&format!("sent {bytes}"));
    }

    fn is_stopped(&self) -> bool {
        self.stop_at.is_some_and(|bytes| self.sent >= bytes)
    }
}
