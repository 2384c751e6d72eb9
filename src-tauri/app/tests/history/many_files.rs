//! Files become documents and links together, over a storage in memory: in their order, going on after whatever ended an
//! earlier time, with nothing twice and nothing replaced that was not shown.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::Utc;
use signet_app::documents::{
    FileFacts, FileTrouble, Folder, FoundFile, LocalFile, LocalFiles, OpenFileError,
};
use signet_app::sharing::{
    DocumentThere, FileState, FilesStage, ManyFiles, Replaces, ShareFileError, ShareMany,
    SharedFile, ShowMany, ShowUpload, WantedLink,
};
use signet_app::{ChosenLimits, Note};
use signet_cloudfront::lifetime::Lifetime;
use signet_cloudfront::moment::Reading;

use crate::bucket::File;
use crate::shared::Person;
use crate::stage::{DAY, NOW};

/// The files of this computer, by their names.
#[derive(Clone, Default)]
struct Disk(Arc<Mutex<BTreeMap<PathBuf, Arc<File>>>>);

impl Disk {
    fn with(names: &[&str]) -> Self {
        let disk = Self::default();
        names.iter().for_each(|name| disk.put(File::new(name, name.as_bytes())));
        disk
    }

    fn put(&self, file: File) {
        let path = file.facts().path().to_owned();
        self.0.lock().unwrap().insert(path, Arc::new(file));
    }

    fn remove(&self, name: &str) {
        self.0.lock().unwrap().remove(&Path::new("/home/ada").join(name)).unwrap();
    }
}

impl LocalFiles for Disk {
    type File = SharedFacts;

    fn open(&self, path: &Path) -> Result<SharedFacts, OpenFileError> {
        let file = self.0.lock().unwrap().get(path).cloned();
        file.map(SharedFacts).ok_or(OpenFileError::NotFound)
    }
}

struct SharedFacts(Arc<File>);

impl LocalFile for SharedFacts {
    fn facts(&self) -> &FileFacts {
        self.0.facts()
    }

    fn read_at(&self, offset: u64, bytes: &mut [u8]) -> Result<(), FileTrouble> {
        self.0.read_at(offset, bytes)
    }

    fn check(&self) -> Result<(), FileTrouble> {
        self.0.check()
    }
}

/// Stops once so many files have ended.
#[derive(Default)]
struct Told {
    stop_after: Option<usize>,
    ended: Vec<String>,
    replaced: Vec<String>,
}

impl ShowUpload for Told {
    fn sent(&mut self, _: u64) {}

    fn is_stopped(&self) -> bool {
        self.stop_after == Some(self.ended.len())
    }
}

impl ShowMany for Told {
    fn replaces(&mut self, there: &DocumentThere) {
        self.replaced.push(there.document.key.to_string());
    }

    fn ended(
        &mut self,
        row: usize,
        file: &FoundFile,
        became: Result<&SharedFile, &ShareFileError>,
    ) {
        let became = became.map(|shared| shared.name.clone());
        let became = became.unwrap_or_else(ToString::to_string);
        self.ended.push(format!("{row} {}: {became}", file.with_folder()));
    }
}

type Many = ManyFiles<String>;

/// Files with the folder below the one that was chosen: `Papers/a.pdf` lies in `/home/ada/Papers`.
fn many(names: &[&str]) -> Many {
    let found = |name: &&str| FoundFile {
        path: Path::new("/home/ada").join(name),
        folder: name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(),
        name: name.rsplit('/').next().unwrap().to_owned(),
        size: name.len() as u64,
    };
    ManyFiles::new(names.iter().map(found).collect(), &Replaces::Nothing)
}

fn wanted() -> WantedLink {
    WantedLink {
        lifetime: Lifetime::written(Reading::Moment(NOW + 7 * DAY)),
        limits: ChosenLimits::default(),
        note: Note::default(),
    }
}

impl Person {
    async fn look(&self, disk: &Disk, many: &Many) -> bool {
        self.do_with(disk, many, None, NOW).await
    }

    async fn share(&self, disk: &Disk, many: &Many, told: &mut Told) {
        self.do_with(disk, many, Some(told), NOW).await;
    }

    async fn do_with(&self, disk: &Disk, many: &Many, told: Option<&mut Told>, now: i64) -> bool {
        let wanted = wanted();
        self.run(async |open| {
            let target = open.folder(&Folder::parse("in").unwrap()).unwrap();
            let how = ShareMany {
                files: disk.clone(),
                target: &target,
                wanted: Some(&wanted),
                clock: || now,
                zone: Utc,
            };
            let say = |file: &FoundFile, error: ShareFileError| format!("{}: {error}", file.name);
            match told {
                None => {
                    many.begin(FilesStage::Looking).unwrap();
                    open.look_at_all(many, &how, say).await
                }
                Some(told) => {
                    many.begin(FilesStage::Going).unwrap();
                    let are_all_there = open.share_all(many, &how, told, say).await;
                    if are_all_there {
                        // Until then a killed program finds each of them again.
                        assert_eq!(self.bucket.world().written().len(), many.files().len());
                        open.finish_all(many);
                    }
                    false
                }
            }
        })
        .await
    }
}

fn links(many: &Many) -> Vec<String> {
    let link = |_, file: &SharedFile| file.link.as_ref().unwrap().link.as_str().to_owned();
    many.shared_files(link)
}

const PAPERS: [&str; 4] = ["Papers/a.pdf", "Papers/2026/a.pdf", "b.pdf", "c.pdf"];

#[tokio::test]
async fn files_and_folders_become_documents_and_links_that_end_together() {
    let person = Person::new();
    let (disk, many) = (Disk::with(&PAPERS), many(&PAPERS));
    assert!(person.look(&disk, &many).await, "nothing is there, so they go at once");
    assert_eq!(person.done(), [""; 0], "looking does nothing");
    let mut told = Told::default();
    many.ended();
    person.share(&disk, &many, &mut told).await;
    let keys = ["in/Papers/a.pdf", "in/Papers/2026/a.pdf", "in/b.pdf", "in/c.pdf"];
    assert_eq!(person.done(), keys.map(|key| format!("put {key}")));
    let ended = [0, 1, 2, 3].map(|row| format!("{row} {}: {}", PAPERS[row], keys[row]));
    assert_eq!(told.ended, ended);
    let tally = many.tally();
    assert_eq!((tally.made, tally.total, tally.failed), (4, 4, 0));
    assert_eq!((tally.sent, tally.size, tally.stage), (39, 39, FilesStage::Finished));
    let end = |_, file: &SharedFile| file.link.as_ref().unwrap().terms.expires_at();
    assert_eq!(many.shared_files(end), [NOW + 7 * DAY; 4]);
    // All of them are done, so nothing stays written down.
    assert_eq!(person.bucket.world().written(), [""; 0]);
    assert_eq!(person.stage.ids().len(), 4);
}

#[tokio::test]
async fn whatever_ended_it_the_rest_goes_on_and_nothing_is_there_or_linked_twice() {
    for stop_after in 0..=4 {
        let person = Person::new();
        let (disk, first) = (Disk::with(&PAPERS), many(&PAPERS));
        let mut told = Told { stop_after: Some(stop_after), ..Told::default() };
        person.share(&disk, &first, &mut told).await;
        let expected = if stop_after == 4 { FilesStage::Finished } else { FilesStage::Stopped };
        assert_eq!((first.tally().made, first.tally().stage), (stop_after, expected));
        let before = links(&first);
        // In the same window what is there is not even looked at again, and a killed one knows nothing of it.
        let is_killed = stop_after % 2 == 0;
        let again = if is_killed { many(&PAPERS) } else { first };
        if stop_after == 4 {
            continue;
        }
        let mut told = Told::default();
        person.do_with(&disk, &again, Some(&mut told), NOW + 2 * DAY).await;
        assert_eq!(told.ended.len(), if is_killed { 4 } else { 4 - stop_after });
        let after = links(&again);
        assert_eq!(after.len(), 4);
        assert_eq!(after[..stop_after], before, "the very links, byte for byte");
        assert_eq!(person.done().len(), 4, "each went up once");
        assert_eq!(person.bucket.world().keys().len(), 4);
        assert_eq!(person.stage.ids().len(), 4);
        assert_eq!(person.bucket.world().written(), [""; 0]);
    }
}

#[tokio::test]
async fn a_file_that_cannot_go_costs_only_itself_and_is_mended() {
    let person = Person::new();
    let (disk, many) = (Disk::with(&PAPERS), many(&PAPERS));
    disk.remove("b.pdf");
    disk.put(File::new("c.pdf", b"half").troubled(FileTrouble::Changed));
    assert!(person.look(&disk, &many).await);
    many.ended();
    person.share(&disk, &many, &mut Told::default()).await;
    let tally = many.tally();
    assert_eq!((tally.made, tally.failed, tally.stage), (2, 2, FilesStage::Finished));
    let said = |row: signet_app::sharing::FileRow<'_, String>| {
        (row.row, row.state, row.error.cloned().unwrap_or_default())
    };
    let (failed, found) = many.rows(true, 0, 10, said);
    assert_eq!(found, 2);
    let expected = [
        (2, FileState::Failed, "b.pdf: there is no such file".to_owned()),
        (3, FileState::Failed, "c.pdf: the file was changed".to_owned()),
    ];
    assert_eq!(failed, expected);
    // Until all are there it is written down which are.
    assert_eq!(person.bucket.world().written().len(), 2);
    disk.put(File::new("b.pdf", b"here"));
    disk.put(File::new("c.pdf", b"whole"));
    person.done();
    person.share(&disk, &many, &mut Told::default()).await;
    assert_eq!(person.done(), ["put in/b.pdf", "put in/c.pdf"]);
    assert_eq!((many.tally().made, many.tally().failed), (4, 0));
    assert_eq!(person.bucket.world().written(), [""; 0]);
}

#[tokio::test]
async fn what_all_of_them_would_fare_stops_all_of_them() {
    let person = Person::new();
    let (disk, many) = (Disk::with(&PAPERS), many(&PAPERS));
    let secrets = std::mem::take(&mut *person.stage.world.secrets.lock().unwrap());
    let mut told = Told::default();
    person.share(&disk, &many, &mut told).await;
    assert_eq!((told.ended.len(), many.tally().stage), (1, FilesStage::Stopped));
    assert!(many.with_trouble(|trouble| trouble.is_some()));
    *person.stage.world.secrets.lock().unwrap() = secrets;
    person.share(&disk, &many, &mut Told::default()).await;
    assert_eq!((many.tally().made, person.bucket.world().keys().len()), (4, 4));
    assert_eq!(person.done().len(), 4, "the first one did not go up again");
    assert!(many.with_trouble(|trouble| trouble.is_none()));
}

#[tokio::test]
async fn what_is_there_is_counted_and_both_are_kept_unless_it_is_said_otherwise() {
    let person = Person::new();
    for key in ["in/b.pdf", "in/Papers/a.pdf", "in/other.pdf"] {
        person.bucket.world().put(key, b"the old one");
    }
    person.stage.make_plain(&person.key, "in/b.pdf");
    let (disk, many) = (Disk::with(&PAPERS), many(&PAPERS));
    assert!(!person.look(&disk, &many).await, "it is asked about");
    let tally = many.tally();
    assert_eq!((tally.there, tally.links_there), (2, Some(1)));
    assert_eq!(tally.stage, FilesStage::Asked);
    // A look that is begun anew knows nothing of the one before.
    many.replace_what_was_shown();
    many.begin(FilesStage::Looking).unwrap();
    assert_eq!(many.tally().there, 0);
    assert!(many.replaces().iter().all(|replaces| *replaces == Replaces::Nothing));
    many.ended();
    many.keep_both();
    person.share(&disk, &many, &mut Told::default()).await;
    assert_eq!((many.tally().beside, many.tally().replaced), (2, 0));
    assert_eq!(person.bucket.world().bytes("in/b (2).pdf"), Some(&b"b.pdf"[..]));
    assert_eq!(person.bucket.world().bytes("in/b.pdf"), Some(&b"the old one"[..]));
}

#[tokio::test]
async fn only_the_version_that_was_shown_is_replaced() {
    let person = Person::new();
    let names = ["b.pdf", "c.pdf", "d.pdf", "e.pdf"];
    for key in ["in/b.pdf", "in/c.pdf", "in/e.pdf"] {
        person.bucket.world().put(key, b"the old one");
    }
    let (disk, many) = (Disk::with(&names), many(&names));
    assert!(!person.look(&disk, &many).await);
    many.replace_what_was_shown();
    // Meanwhile: one is another one, one is new, one is gone.
    person.bucket.world().put("in/c.pdf", b"somebody else's");
    person.bucket.world().put("in/d.pdf", b"somebody else's too");
    person.bucket.world().remove("in/e.pdf");
    person.share(&disk, &many, &mut Told::default()).await;
    let world = |key| person.bucket.world().bytes(key).map(<[u8]>::to_vec);
    assert_eq!(world("in/b.pdf"), Some(b"b.pdf".to_vec()));
    assert_eq!(world("in/c.pdf"), Some(b"somebody else's".to_vec()), "it was not shown");
    assert_eq!(world("in/d.pdf"), Some(b"somebody else's too".to_vec()));
    assert_eq!(world("in/d (2).pdf"), Some(b"d.pdf".to_vec()));
    assert_eq!(world("in/e.pdf"), Some(b"e.pdf".to_vec()));
    let tally = many.tally();
    assert_eq!((tally.made, tally.failed, tally.replaced, tally.beside), (3, 1, 1, 1));
}

#[tokio::test]
async fn what_was_to_be_replaced_is_still_that_version_after_a_kill() {
    let person = Person::new();
    let names = ["b.pdf", "c.pdf"];
    for name in names {
        person.bucket.world().put(&format!("in/{name}"), b"the old one");
    }
    let (disk, first) = (Disk::with(&names), many(&names));
    person.look(&disk, &first).await;
    first.replace_what_was_shown();
    let mut told = Told { stop_after: Some(1), ..Told::default() };
    person.share(&disk, &first, &mut told).await;
    person.bucket.world().put("in/c.pdf", b"somebody else's");
    let again = many(&names);
    again.replace_as(first.replaces());
    person.share(&disk, &again, &mut Told::default()).await;
    assert_eq!((again.tally().made, again.tally().failed), (1, 1));
    assert_eq!(links(&again), links(&first));
    assert_eq!(person.bucket.world().bytes("in/c.pdf"), Some(&b"somebody else's"[..]));
    assert_eq!(person.bucket.world().keys(), ["in/b.pdf", "in/c.pdf"]);
}

#[tokio::test]
async fn of_two_files_of_one_name_none_takes_the_place_of_the_other() {
    let person = Person::new();
    person.bucket.world().put("in/a.pdf", b"the old one");
    let found = |folder: &str| FoundFile {
        path: Path::new("/home/ada").join(folder).join("a.pdf"),
        folder: String::new(),
        name: "a.pdf".to_owned(),
        size: 1,
    };
    let files = vec![found("one"), found("two")];
    let disk = Disk::with(&["one/a.pdf", "two/a.pdf"]);
    let shown: Many = ManyFiles::new(files.clone(), &Replaces::Nothing);
    person.look(&disk, &shown).await;
    shown.replace_what_was_shown();
    person.share(&disk, &shown, &mut Told::default()).await;
    assert_eq!((shown.tally().replaced, shown.tally().beside), (1, 1));
    assert_eq!(person.bucket.world().bytes("in/a.pdf"), Some(&b"one/a.pdf"[..]));
    assert_eq!(person.bucket.world().bytes("in/a (2).pdf"), Some(&b"two/a.pdf"[..]));
    // Where a terminal's call replaces whatever is there, the second one is refused.
    let careless: Many = ManyFiles::new(files, &Replaces::WhatIsThere);
    let mut told = Told::default();
    person.share(&disk, &careless, &mut told).await;
    assert_eq!((careless.tally().made, careless.tally().failed), (1, 1));
    assert_eq!(told.replaced, ["in/a.pdf"]);
    assert_eq!(person.bucket.world().bytes("in/a.pdf"), Some(&b"one/a.pdf"[..]));
}

#[tokio::test]
async fn what_is_left_is_taken_back_and_what_is_there_stays() {
    let person = Person::new();
    let (disk, first) = (Disk::with(&PAPERS), many(&PAPERS));
    let mut told = Told { stop_after: Some(2), ..Told::default() };
    person.share(&disk, &first, &mut told).await;
    person.run(async |open| open.discard_rest(&first).await).await;
    assert_eq!(person.bucket.world().written(), [""; 0]);
    assert_eq!(person.bucket.world().keys().len(), 2);
    assert!(!person.done().iter().any(|done| done.starts_with("abort")));
    // And where the program that shared them was killed.
    let (person, mut told) = (Person::new(), Told { stop_after: Some(2), ..Told::default() });
    person.share(&disk, &many(&PAPERS), &mut told).await;
    person.run(async |open| open.discard_rest(&many(&PAPERS)).await).await;
    assert_eq!(person.bucket.world().written(), [""; 0]);
    assert_eq!(person.bucket.world().keys().len(), 2);
}

#[tokio::test]
async fn two_at_once_are_refused_and_a_stop_stops() {
    let many = many(&PAPERS);
    many.begin(FilesStage::Going).unwrap();
    assert!(many.begin(FilesStage::Going).is_err());
    assert!(many.begin(FilesStage::Looking).is_err());
    assert_eq!(many.next(0), Some(0));
    many.stop();
    assert_eq!(many.next(0), None);
    assert!(!many.ended());
    assert_eq!(many.tally().stage, FilesStage::Stopped);
}
