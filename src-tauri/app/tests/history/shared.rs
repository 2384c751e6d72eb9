//! A file becomes a document and a link, over a storage in memory: what is decided, in which order it is done, and that
//! nothing is done twice.

use std::sync::Arc;

use chrono::Utc;
use percent_encoding::percent_decode_str;
use signet_app::documents::{
    AskError, DocumentKeyError, FileTrouble, Folder, LocalFile, PutError, RemoveError,
    UploadHoldError,
};
use signet_app::sharing::{
    Caches, DocumentLinks, IfThere, LinkDocumentError, OpenDocumentsError, PlanDocumentError,
    PlannedDocument, PutDocument, PutDocumentError, ShowUpload, SiteDocuments, WantedLink,
};
use signet_app::{
    ChosenLimits, CreateLinkError, HistoryStoreError, KeyId, NewLink, Note, TypedStorage,
};
use signet_cloudfront::key::SigningKey;
use signet_cloudfront::lifetime::Lifetime;

use crate::bucket::{Bucket, File, Here};
use crate::stage::{DAY, NOW, Stage};

pub const PAPERS: TypedStorage<'_> = TypedStorage {
    bucket: "client-papers",
    region: "eu-central-1",
    profile: "",
    origin_path: "",
    distribution: "E2QWRUHAPOMQZL",
    folder: "",
};

pub struct Person {
    pub stage: Stage,
    pub bucket: Bucket,
    pub key: KeyId,
}

struct Nobody;

impl ShowUpload for Nobody {
    fn sent(&mut self, _: u64) {}

    fn is_stopped(&self) -> bool {
        false
    }
}

pub type Documents<'a> = SiteDocuments<'a, Bucket, Bucket, Here<'a>>;

impl Person {
    pub fn new() -> Self {
        Self::with(&PAPERS)
    }

    pub fn with(storage: &TypedStorage<'_>) -> Self {
        let stage = Stage::new();
        let key = stage.add("Papers", &SigningKey::generate_p256());
        stage.app.set_storage(&stage.site_with(&key), storage).unwrap();
        Self { stage, bucket: Bucket::default(), key }
    }

    /// What a program does with the documents that is started now.
    pub async fn run<T>(&self, work: impl AsyncFnOnce(&Documents<'_>) -> T) -> T {
        let here = Here(&self.stage.app);
        let site = self.stage.app.site_with(&self.key).unwrap();
        let open = SiteDocuments::open(&self.bucket, &self.bucket, &here, &site, None);
        work(&open.await.unwrap()).await
    }

    async fn plan(&self, file: &File, folder: &str) -> Result<PlannedDocument, PlanDocumentError> {
        self.run(async |open| {
            let folder = open.folder(&Folder::parse(folder).unwrap())?;
            open.plan(file.facts(), &folder, &file.facts().name(), NOW).await
        })
        .await
    }

    async fn put(
        &self,
        file: &Arc<File>,
        if_there: IfThere,
    ) -> Result<PutDocument, PutDocumentError> {
        let planned = self.plan(file, "").await.unwrap();
        self.put_planned(&planned, file, if_there).await
    }

    async fn put_planned(
        &self,
        planned: &PlannedDocument,
        file: &Arc<File>,
        if_there: IfThere,
    ) -> Result<PutDocument, PutDocumentError> {
        self.run(async |open| open.put(planned, if_there, Arc::clone(file), &mut Nobody).await)
            .await
    }

    async fn link(&self, put: &PutDocument, now: i64) -> Result<NewLink, LinkDocumentError> {
        let wanted = WantedLink {
            lifetime: Lifetime::OneDay,
            limits: ChosenLimits::default(),
            note: Note::default(),
        };
        self.run(async |open| open.link(put, &wanted, now, Utc).await).await
    }

    async fn finish(&self, put: &PutDocument) {
        self.run(async |open| open.finish(put)).await.unwrap();
    }

    pub fn done(&self) -> Vec<String> {
        std::mem::take(&mut self.bucket.world().done)
    }
}

fn file(name: &str) -> Arc<File> {
    Arc::new(File::new(name, b"the new one"))
}

#[tokio::test]
async fn a_file_becomes_a_document_and_a_link() {
    let person = Person::new();
    let file = file("Contract.pdf");
    let planned = person.plan(&file, "reports/2026").await.unwrap();
    assert_eq!(planned.key.as_str(), "reports/2026/Contract.pdf");
    assert_eq!((&planned.there, &planned.begun), (&None, &None));
    assert_eq!(person.done(), [""; 0], "planning does nothing");
    let put = person.put_planned(&planned, &file, IfThere::KeepBoth).await.unwrap();
    assert_eq!((put.has_replaced, &put.caches), (false, &Caches::Untouched));
    let made = person.link(&put, NOW).await.unwrap();
    let url = "https://docs.example.com/reports/2026/Contract.pdf";
    assert_eq!((made.address.as_str(), &made.address), (url, &planned.address));
    assert!(made.link.as_str().starts_with(&format!("{url}?Expires=")));
    assert_eq!(person.bucket.world().written().len(), 1, "until it is finished");
    person.finish(&put).await;
    assert_eq!(person.bucket.world().written(), [""; 0]);
    assert_eq!(person.done(), ["put reports/2026/Contract.pdf"]);
    assert_eq!(person.stage.ids().len(), 1);
}

#[tokio::test]
async fn both_are_kept_unless_it_is_said_otherwise() {
    let person = Person::new();
    for name in ["Contract.pdf", "Contract (2).pdf"] {
        person.bucket.world().put(name, b"the old one");
    }
    let file = file("Contract.pdf");
    let there = person.plan(&file, "").await.unwrap().there.unwrap();
    assert_eq!((there.document.size, there.beside.as_str()), (11, "Contract (3).pdf"));
    let put = person.put(&file, IfThere::default()).await.unwrap();
    assert_eq!(put.document.key.as_str(), "Contract (3).pdf");
    assert_eq!(person.link(&put, NOW).await.unwrap().address.path(), "/Contract%20%283%29.pdf");
    assert_eq!(person.bucket.world().bytes("Contract.pdf"), Some(&b"the old one"[..]));
    assert_eq!(person.done(), ["put Contract (3).pdf"], "no cache has anything of it");
}

#[tokio::test]
async fn what_is_replaced_is_what_was_shown_and_the_caches_are_told_after_it() {
    let person = Person::new();
    person.bucket.world().put("Contract.pdf", b"the old one");
    let [own, limits] = [None, Some("/".to_owned())]
        .map(|folder| ChosenLimits { folder, ..ChosenLimits::default() });
    for address in ["Contract.pdf", "Contract.pdf?v=2", "%43ontract.pdf", "Other.pdf"] {
        person.stage.make(&person.key, address, &own);
    }
    person.stage.make(&person.key, "Other.pdf", &limits);
    person.stage.make(
        &person.key,
        "a/Other.pdf",
        &ChosenLimits { folder: Some(String::new()), ..own },
    );
    let file = file("Contract.pdf");
    let planned = person.plan(&file, "").await.unwrap();
    let links = planned.there.as_ref().unwrap().links;
    assert_eq!(links, Ok(DocumentLinks { own: 3, of_folders: 1 }));
    // Those that have ended open nothing.
    let later = person.run(async |open| open.links_of(&[&planned.key], NOW + 2 * DAY).await).await;
    assert_eq!(later, Ok(Ok(vec![DocumentLinks::default()])));

    let put = person.put_planned(&planned, &file, IfThere::Replace).await.unwrap();
    assert_eq!((put.has_replaced, &put.caches), (true, &Caches::Told));
    assert_eq!(person.bucket.world().bytes("Contract.pdf"), Some(&b"the new one"[..]));
    person.link(&put, NOW).await.unwrap();
    assert_eq!(person.done(), ["put Contract.pdf", "tell E2QWRUHAPOMQZL /Contract.pdf"]);

    // Another one than was shown stays.
    person.finish(&put).await;
    let planned = person.plan(&file, "").await.unwrap();
    person.bucket.world().put("Contract.pdf", b"somebody else's");
    let error = person.put_planned(&planned, &file, IfThere::Replace).await.unwrap_err();
    assert!(
        matches!(&error, PutDocumentError::Put(PutError::ChangedMeanwhile { there: Some(_) })),
        "{error:?}"
    );
    assert_eq!(person.bucket.world().bytes("Contract.pdf"), Some(&b"somebody else's"[..]));
    // Seen, it is replaced.
    person.put(&file, IfThere::Replace).await.unwrap();
    assert_eq!(person.bucket.world().bytes("Contract.pdf"), Some(&b"the new one"[..]));
}

#[tokio::test]
async fn what_somebody_else_puts_there_meanwhile_is_kept_too() {
    let person = Person::new();
    let file = file("Contract.pdf");
    for (if_there, is_put) in [(IfThere::KeepBoth, true), (IfThere::Replace, false)] {
        let planned = person.plan(&file, "").await.unwrap();
        assert_eq!(planned.there, None);
        let other = |world: &mut crate::bucket::World| world.put("Contract.pdf", b"theirs");
        person.bucket.world().meanwhile = Some(Box::new(other));
        let put = person.put_planned(&planned, &file, if_there).await;
        assert_eq!(person.bucket.world().bytes("Contract.pdf"), Some(&b"theirs"[..]));
        match put {
            Ok(put) if is_put => {
                assert_eq!(put.document.key.as_str(), "Contract (2).pdf");
                person.finish(&put).await;
                person.bucket.world().remove("Contract (2).pdf");
            }
            Err(PutDocumentError::Put(PutError::AlreadyThere { .. })) if !is_put => {}
            other => panic!("{other:?}"),
        }
        person.bucket.world().remove("Contract.pdf");
    }
}

#[tokio::test]
async fn a_name_that_another_program_uploads_to_is_left_to_it() {
    let person = Person::new();
    let file = file("Contract.pdf");
    person.bucket.hold("Contract.pdf");
    let put = person.put(&file, IfThere::KeepBoth).await.unwrap();
    assert_eq!(put.document.key.as_str(), "Contract (2).pdf");
    let error = person.put(&file, IfThere::Replace).await.unwrap_err();
    assert_eq!(error, PutDocumentError::Hold(UploadHoldError::Elsewhere));
}

#[tokio::test]
async fn caches_that_are_not_told_cost_no_document_and_no_link() {
    let without = TypedStorage { distribution: "", ..PAPERS };
    for (storage, refuses, expected) in
        [(PAPERS, true, "cloudfront:CreateInvalidation"), (without, false, "not known")]
    {
        let person = Person::with(&storage);
        person.bucket.world().put("Contract.pdf", b"the old one");
        person.bucket.world().refuses_caches = refuses;
        let put = person.put(&file("Contract.pdf"), IfThere::Replace).await.unwrap();
        match &put.caches {
            Caches::NotTold(AskError::NotAllowed { action, .. }) => assert_eq!(action, expected),
            Caches::NotKnown => assert_eq!(expected, "not known"),
            other => panic!("{other:?}"),
        }
        assert_eq!(person.bucket.world().bytes("Contract.pdf"), Some(&b"the new one"[..]));
        person.link(&put, NOW).await.unwrap();
    }
}

#[tokio::test]
async fn a_document_without_a_link_is_there_and_gets_only_the_link_the_next_time() {
    let person = Person::new();
    person.bucket.world().put("Contract.pdf", b"the old one");
    let file = file("Contract.pdf");
    let put = person.put(&file, IfThere::KeepBoth).await.unwrap();
    let secrets = std::mem::take(&mut *person.stage.world.secrets.lock().unwrap());
    let error = person.link(&put, NOW).await.unwrap_err();
    assert!(matches!(error, LinkDocumentError::Create(CreateLinkError::Key(_))), "{error:?}");
    assert_eq!(person.bucket.world().keys(), ["Contract (2).pdf", "Contract.pdf"]);
    assert_eq!(person.done(), ["put Contract (2).pdf"]);

    *person.stage.world.secrets.lock().unwrap() = secrets;
    let planned = person.plan(&file, "").await.unwrap();
    assert_eq!(planned.begun.as_ref().unwrap().key, put.document.key);
    let again = person.put_planned(&planned, &file, IfThere::KeepBoth).await.unwrap();
    assert_eq!(again.document, put.document);
    person.link(&again, NOW).await.unwrap();
    person.finish(&again).await;
    assert_eq!(person.done(), [""; 0], "nothing is sent again");
    assert_eq!(person.stage.ids().len(), 1);
    // It is done, so the next time is another time.
    assert_eq!(
        person.put(&file, IfThere::KeepBoth).await.unwrap().document.key.as_str(),
        "Contract (3).pdf"
    );
}

#[tokio::test]
async fn a_link_that_a_killed_run_made_is_made_again_and_not_a_second_one() {
    let person = Person::new();
    let file = file("Contract.pdf");
    let put = person.put(&file, IfThere::KeepBoth).await.unwrap();
    let first = person.link(&put, NOW).await.unwrap();
    // It was killed before it was finished.
    let again = person.put(&file, IfThere::KeepBoth).await.unwrap();
    let second = person.link(&again, NOW + 60).await.unwrap();
    assert_eq!(second.link.as_str(), first.link.as_str());
    assert_eq!(second.entry, first.entry);
    assert_eq!(person.stage.ids().len(), 1);
    // One that would end a day earlier than the wanted one does not do.
    let later = person.link(&again, NOW + DAY / 2).await.unwrap();
    assert_ne!(later.link.as_str(), first.link.as_str());
    // A document that is put there anew gets a link of its own.
    person.finish(&again).await;
    person.bucket.world().remove("Contract.pdf");
    let anew = person.put(&file, IfThere::KeepBoth).await.unwrap();
    let before = person.stage.ids().len();
    person.link(&anew, NOW).await.unwrap();
    assert_eq!(person.stage.ids().len(), before + 1);
}

#[tokio::test]
async fn what_another_file_left_on_its_way_is_taken_back() {
    let person = Person::new();
    let old = File::new("Contract.pdf", b"half of the old one").troubled(FileTrouble::Changed);
    let old = Arc::new(old);
    let error = person.put(&old, IfThere::KeepBoth).await.unwrap_err();
    assert_eq!(error, PutDocumentError::Put(PutError::File(FileTrouble::Changed)));
    assert_eq!(person.bucket.world().written(), [""; 0], "nothing of it stays");
    assert_eq!(person.done(), ["abort Contract.pdf"]);
    assert_eq!(person.bucket.world().keys(), [""; 0]);

    // One of which a killed program left a part.
    let planned = person.plan(&old, "").await.unwrap();
    let put = person.put(&file("Contract.pdf"), IfThere::KeepBoth).await.unwrap();
    person.bucket.world().remove("Contract.pdf");
    let error = person.put_planned(&planned, &old, IfThere::KeepBoth).await.unwrap_err();
    assert!(matches!(error, PutDocumentError::Put(PutError::File(_))));
    assert_eq!(person.done(), ["put Contract.pdf", "abort Contract.pdf", "abort Contract.pdf"]);
    drop(put);
}

/// What is signed is what was uploaded, whatever it is called.
#[tokio::test]
async fn the_link_opens_the_very_document() {
    for origin_path in ["", "/production", "/a b+c"] {
        let person = Person::with(&TypedStorage { origin_path, ..PAPERS });
        for name in [
            "Contract.pdf",
            "U\u{308}bersicht.pdf",
            "What is this?.pdf",
            "100%25 sure.pdf",
            "100%.pdf",
            "a#b.pdf",
            "a+b & c=d.pdf",
            "a*b.pdf",
            "O'Hara \"final\".pdf",
            "a<b>c.pdf",
            "a;b,c|d.pdf",
            "{{name}}.pdf",
            "undefined",
            "null.pdf",
            " leading and trailing ",
            "~home.pdf",
            "a&amp;b.pdf",
            "Expires=1&Signature=x.pdf",
            "https:.pdf",
            "www.example.com.pdf",
            "\u{65e5}\u{672c}\u{8a9e}.pdf",
            "\u{1f4c4}.pdf",
            "=1+1.csv",
            "[a].pdf",
            "a^b`c.pdf",
            "$x.pdf",
            "a:b@c.pdf",
        ] {
            let file = file(name);
            let planned = person.plan(&file, "reports").await.unwrap();
            let put = person.put_planned(&planned, &file, IfThere::KeepBoth).await.unwrap();
            let link = person.link(&put, NOW).await.unwrap().link;
            let url = link.as_str().split('?').next().unwrap();
            let path = url.strip_prefix("https://docs.example.com").unwrap();
            let fetched = percent_decode_str(path).decode_utf8().unwrap().into_owned();
            let fetched = format!("{origin_path}{fetched}");
            assert_eq!(fetched.strip_prefix('/').unwrap(), put.document.key.as_str(), "{name}");
            assert!(person.bucket.world().bytes(put.document.key.as_str()).is_some(), "{name}");
            person.finish(&put).await;
        }
    }
}

#[tokio::test]
async fn what_could_have_no_link_is_known_before_anything_is_sent() {
    let person = Person::new();
    let planned = person.plan(&file("a.pdf"), "").await.unwrap();
    let check = async |lifetime, now| {
        let wanted =
            WantedLink { lifetime, limits: ChosenLimits::default(), note: Note::default() };
        person.run(async |open| open.check_link(&planned, &wanted, now, Utc).await).await
    };
    let over = chrono::DateTime::from_timestamp(NOW - 60, 0).unwrap().naive_utc();
    let error = check(Lifetime::Until(over), NOW).await;
    assert!(matches!(error, Err(LinkDocumentError::Create(CreateLinkError::Lifetime(_)))));
    let error = check(Lifetime::OneDay, 0).await;
    assert!(matches!(error, Err(LinkDocumentError::Create(CreateLinkError::Clock(_)))));
    assert_eq!(check(Lifetime::OneDay, NOW).await, Ok(()));
    assert_eq!(person.done(), [""; 0]);
}

#[tokio::test]
async fn a_name_that_no_link_opens_is_refused_before_anything_is_sent() {
    let person = Person::new();
    for name in ["a\\b.pdf", "fdp\u{202e}.exe", "a\u{200b}.pdf", ".", "..", "a\n.pdf"] {
        let error = person
            .run(async |open| open.plan(file("x").facts(), &Folder::default(), name, NOW).await)
            .await;
        assert!(matches!(error, Err(PlanDocumentError::Name(_))), "{name:?}: {error:?}");
    }
    let long = "a".repeat(1025);
    let error = person
        .run(async |open| open.plan(file("x").facts(), &Folder::default(), &long, NOW).await)
        .await;
    assert!(matches!(error, Err(PlanDocumentError::Name(DocumentKeyError::TooLong { .. }))));
    assert_eq!(person.done(), [""; 0]);
}

#[tokio::test]
async fn taking_away_and_renaming_end_links_and_tell_the_caches() {
    let person = Person::new();
    person.bucket.world().put("a.pdf", b"one");
    person.stage.make_plain(&person.key, "a.pdf");
    person
        .run(async |open| {
            let key = open.key("/a.pdf").unwrap();
            let document = open.look(&key).await.unwrap().unwrap();
            let links = open.links_of(&[&key], NOW).await.unwrap().unwrap();
            assert_eq!(links, [DocumentLinks { own: 1, of_folders: 0 }]);
            let address = open.address(&key).unwrap();
            let opening = |most| person.stage.app.links_opening(&address, most, NOW).unwrap();
            let (counted, first) = opening(9);
            assert_eq!((counted, first.len()), (links[0], 1));
            assert_eq!(first[0].made.address.path(), "/a.pdf");
            // They are counted where none has room to be shown, too.
            assert_eq!(opening(0), (links[0], vec![]));
            let renamed = open.rename(&document, &open.key("b.pdf").unwrap()).await.unwrap();
            assert_eq!(renamed.caches, Caches::Told);
            assert_eq!(renamed.address.path(), "/b.pdf");
            let document = renamed.renamed.document;
            let removed = open.remove(&document).await.unwrap();
            assert_eq!(removed.caches, Caches::Told);
            let gone = open.remove(&document).await.unwrap_err();
            assert_eq!(gone, RemoveError::ChangedMeanwhile { there: None });
        })
        .await;
    assert_eq!(
        person.done(),
        [
            "rename a.pdf b.pdf",
            "tell E2QWRUHAPOMQZL /a.pdf",
            "remove b.pdf",
            "tell E2QWRUHAPOMQZL /b.pdf"
        ]
    );
}

#[tokio::test]
async fn a_history_that_cannot_be_read_is_no_count_of_nothing() {
    let person = Person::new();
    person.bucket.world().put("Contract.pdf", b"the old one");
    *person.stage.world.history_fails.lock().unwrap() = Some(HistoryStoreError::Unreadable);
    let planned = person.plan(&file("Contract.pdf"), "").await.unwrap();
    assert_eq!(planned.there.unwrap().links, Err(HistoryStoreError::Unreadable));
}

#[tokio::test]
async fn a_site_without_storage_or_key_has_no_documents() {
    let person = Person::new();
    let (app, here) = (&person.stage.app, Here(&person.stage.app));
    let open = async |site| {
        let site = app.site(&site).unwrap();
        let open = SiteDocuments::open(&person.bucket, &person.bucket, &here, &site, None);
        open.await.err()
    };
    let site = app.site_with(&person.key).unwrap().id;
    assert_eq!(open(site.clone()).await, None);
    let empty = app.add_site("Empty").unwrap().id;
    assert_eq!(open(empty.clone()).await, Some(OpenDocumentsError::NoStorage));
    app.set_storage(&empty, &PAPERS).unwrap();
    assert_eq!(open(empty).await, Some(OpenDocumentsError::NotSetUp));
    app.forget_storage(&site).unwrap();
    assert_eq!(open(site).await, Some(OpenDocumentsError::NoStorage));
}

#[tokio::test]
async fn the_folder_is_remembered() {
    let person = Person::new();
    let folder = Folder::parse("reports/2026").unwrap();
    person.run(async |open| open.remember_folder(&folder).await).await.unwrap();
    person.run(async |open| assert_eq!(open.storage().folder, folder)).await;
}
