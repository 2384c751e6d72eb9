//! A list of documents becomes links: nothing is lost, nothing is made twice, whatever comes between.

use std::collections::BTreeSet;

use chrono::Utc;
use signet_app::{
    BatchId, GoOnError, HistoryEntry, HistoryStoreError, KeyId, LinkBatch, OpenKeyError, PlanError,
    RowError, RowState, RowsFilter, Run, SaveError, Stage as Making, Trouble, UnfinishedBatch,
};
use signet_cloudfront::address::AddressError;
use signet_cloudfront::document_list::{self, ListedDocument, RowEndError};
use signet_cloudfront::key::SigningKey;
use signet_cloudfront::lifetime::{Lifetime, LifetimeError};
use signet_cloudfront::moment::MomentError;

use crate::stage::{DAY, NOW, Stage};

impl Stage {
    fn with_p256() -> (Self, KeyId) {
        let stage = Self::new();
        let key = stage.add("Client papers", &SigningKey::generate_p256());
        (stage, key)
    }

    fn list(&self, key: &KeyId, text: &str) -> LinkBatch {
        let documents = document_list::read(text).unwrap();
        LinkBatch::new(self.app.registered_key(key).unwrap(), "", documents, NOW, &Utc)
    }

    fn make_all(&self, list: &LinkBatch) {
        let run = self.app.plan_batch(list, &Lifetime::OneDay, NOW, &Utc).unwrap();
        self.app.make_batch(list, run);
    }

    fn entries(&self) -> Vec<HistoryEntry> {
        self.world.entries.lock().unwrap().values().cloned().collect()
    }

    fn plans(&self) -> usize {
        self.world.plans.lock().unwrap().iter().flatten().count()
    }
}

fn numbered(count: usize) -> String {
    (0..count).map(|number| format!("{number}.pdf\n")).collect()
}

fn states(list: &LinkBatch) -> Vec<RowState> {
    list.rows(RowsFilter::All, 0, usize::MAX).0.into_iter().map(|row| row.state).collect()
}

fn links(list: &LinkBatch) -> Vec<String> {
    list.made(0, usize::MAX).into_iter().map(|row| row.link.as_str().to_owned()).collect()
}

#[test]
fn each_document_gets_the_link_that_it_would_get_alone() {
    let (stage, key) = Stage::with_p256();
    let list = stage.list(&key, &numbered(1_000));
    stage.make_all(&list);
    let tally = list.tally();
    assert_eq!((tally.total, tally.made, tally.failed, tally.unlisted), (1_000, 1_000, 0, 0));
    assert_eq!((tally.stage, tally.trouble), (Making::Finished, None));
    let entries = stage.entries();
    assert_eq!(entries.len(), 1_000);
    for (at, row) in list.made(0, usize::MAX).into_iter().enumerate() {
        assert_eq!(
            row.planned.address.file_name(),
            format!("{at}.pdf"),
            "in the order of the list"
        );
        let again = stage.app.sign_again(entries[at].id).unwrap();
        assert_eq!(again, row.link);
    }
    let alone = stage.make(&key, "7.pdf", &Default::default());
    assert_eq!(links(&list)[7], alone.link.as_str());
    assert_eq!(stage.plans(), 0, "no plan is left behind");
}

#[test]
fn rows_say_their_own_end_and_note() {
    let (stage, key) = Stage::with_p256();
    let list = stage.list(&key, "a.pdf\tMs Jones\t2 days\nb.pdf\t\t\n");
    assert_eq!(list.tally().own_ends, 1);
    stage.make_all(&list);
    let made: Vec<_> = stage
        .entries()
        .into_iter()
        .map(|entry| (entry.made.terms.expires_at(), entry.note.as_str().to_owned()))
        .collect();
    assert_eq!(made, [(NOW + 2 * DAY, "Ms Jones".to_owned()), (NOW + DAY, String::new())]);
}

#[test]
fn a_row_with_a_problem_is_mended_or_left_out() {
    let (stage, key) = Stage::with_p256();
    let text = "Document\tEnd\tNote\na.pdf\t\t\nhttps://h.example/b.pdf\t\t\nc.pdf\tsoon\t\nd.pdf\t2020-01-01\t\n";
    let list = stage.list(&key, text);
    let (rows, found) = list.rows(RowsFilter::Problems, 0, 10);
    assert_eq!((rows.len(), found), (3, 3));
    let errors: Vec<_> = rows.iter().map(|row| row.error.clone().unwrap()).collect();
    let other = AddressError::OtherSite {
        host: "h.example".to_owned(),
        site: "docs.example.com".to_owned(),
        suggestion: None,
    };
    assert_eq!(
        errors,
        [
            RowError::Address(other),
            RowError::End(RowEndError {
                text: "soon".to_owned(),
                why: MomentError::Unreadable { suggestion: None },
            }),
            RowError::Lifetime(LifetimeError::Over),
        ]
    );
    let plan = |list: &LinkBatch| stage.app.plan_batch(list, &Lifetime::OneDay, NOW, &Utc).err();
    assert_eq!(plan(&list), Some(PlanError::Problems { count: 3 }));
    assert!(stage.entries().is_empty(), "nothing is made of half a list");

    let words = |document: &str, end: &str| ListedDocument {
        document: document.to_owned(),
        end: end.to_owned(),
        ..ListedDocument::default()
    };
    let mended = list.mend(1, words("b.pdf", ""), NOW, &Utc).unwrap().unwrap();
    assert_eq!((mended.state, mended.listed.line), (RowState::Ready, 3));
    let no_better = list.mend(2, words("c.pdf", "later"), NOW, &Utc).unwrap().unwrap();
    assert_eq!((no_better.state, no_better.listed.end.as_str()), (RowState::Problem, "later"));
    assert_eq!(list.mend(4, words("e.pdf", ""), NOW, &Utc), Ok(None));
    list.leave_out_problems().unwrap();
    list.leave_out(&[3, 99], false).unwrap();
    assert_eq!(plan(&list), Some(PlanError::Problems { count: 1 }));
    list.leave_out(&[0, 1, 3], true).unwrap();
    assert_eq!(plan(&list), Some(PlanError::Nothing));
    list.leave_out(&[0, 1], false).unwrap();
    stage.make_all(&list);
    use RowState::{LeftOut, Made};
    assert_eq!(states(&list), [Made, Made, LeftOut, LeftOut]);
    let tally = list.tally();
    assert_eq!((tally.made, tally.left_out, tally.problems), (2, 2, 0));

    // What was left out can be taken in later, and gets the end of the others; no other is made again.
    list.mend(2, words("c.pdf", ""), NOW, &Utc).unwrap();
    stage.app.make_batch(&list, list.plan_rest(NOW + 60, &Utc).unwrap());
    assert_eq!(states(&list), [Made, Made, Made, LeftOut]);
    let ends = stage.entries().into_iter().map(|entry| entry.made.terms.expires_at());
    assert_eq!(ends.collect::<Vec<_>>(), [NOW + DAY; 3]);
    assert_eq!(list.plan_rest(NOW, &Utc).err(), Some(PlanError::Nothing));
}

#[test]
fn what_was_mended_stays_so_when_the_list_is_read_once_more() {
    let (stage, key) = Stage::with_p256();
    let heading = "Document\tEnd\tNote\n";
    let text = "a.pdf\tsoon\tMs Jones\nb.pdf\t\t\nc.pdf\tsoon\t\nc.pdf\tsoon\t\nd.pdf\tsoon\t\n";
    let earlier = stage.list(&key, &format!("{heading}{text}"));
    let mend = |row: usize, document: &str| {
        let words = ListedDocument { document: document.to_owned(), ..ListedDocument::default() };
        earlier.mend(row, words, NOW, &Utc).unwrap().unwrap();
    };
    mend(0, "a once.pdf");
    mend(0, "a twice.pdf");
    mend(3, "the second c.pdf");
    earlier.leave_out(&[1, 4], true).unwrap();

    // A line before the others, and one that no longer says an end.
    let text = "new.pdf\tsoon\t\na.pdf\tsoon\tMs Jones\nb.pdf\t\t\nc.pdf\tsoon\t\nc.pdf\tsoon\t\nd.pdf\t\t\n";
    let list = stage.list(&key, &format!("{heading}{text}"));
    list.mend_as(&earlier, NOW, &Utc);
    let rows = list.rows(RowsFilter::All, 0, 10).0;
    let rows: Vec<_> =
        rows.iter().map(|row| (row.listed.line, row.listed.document.as_str(), row.state)).collect();
    use RowState::{LeftOut, Problem, Ready};
    assert_eq!(
        rows,
        [
            (2, "new.pdf", Problem),
            (3, "a twice.pdf", Ready),
            (4, "b.pdf", LeftOut),
            (5, "c.pdf", Problem),
            (6, "the second c.pdf", Ready),
            (7, "d.pdf", Ready),
        ]
    );
}

#[test]
fn an_end_that_passes_before_the_making_is_a_problem() {
    let (stage, key) = Stage::with_p256();
    let list = stage.list(&key, "a.pdf\t2026-11-24 12:01\nb.pdf\t\n");
    let late = NOW + 60;
    let refused = stage.app.plan_batch(&list, &Lifetime::OneDay, late, &Utc).err();
    assert_eq!(refused, Some(PlanError::Problems { count: 1 }));
    assert_eq!(states(&list), [RowState::Problem, RowState::Ready]);
    let over =
        Lifetime::Until(signet_cloudfront::calendar::local_time("2026-11-24T12:00").unwrap());
    assert_eq!(
        stage.app.plan_batch(&list, &over, late, &Utc).err(),
        Some(PlanError::Lifetime(LifetimeError::Over))
    );
}

#[test]
fn a_link_that_would_be_too_long_fails_alone() {
    let (stage, key) = Stage::with_p256();
    let long = "x".repeat(8_100);
    let list = stage.list(&key, &format!("a.pdf\n{long}\nb.pdf\n"));
    stage.make_all(&list);
    assert_eq!(states(&list), [RowState::Made, RowState::Failed, RowState::Made]);
    let (rows, _) = list.rows(RowsFilter::NotMade, 0, 10);
    assert!(matches!(rows[0].error, Some(RowError::Sign(_))), "{:?}", rows[0].error);
    assert_eq!(list.tally().stage, Making::Finished);
    // Shorter, it is made alone.
    let words = ListedDocument { document: "c.pdf".to_owned(), ..ListedDocument::default() };
    list.mend(1, words, NOW, &Utc).unwrap();
    stage.app.make_batch(&list, list.plan_rest(NOW, &Utc).unwrap());
    assert_eq!(states(&list), [RowState::Made; 3]);
    assert_eq!(stage.entries().len(), 3);
}

#[test]
fn what_was_made_before_a_stop_stays_and_the_rest_is_made_alone() {
    let (stage, key) = Stage::with_p256();
    let list = stage.list(&key, &numbered(5_000));
    let run = stage.app.plan_batch(&list, &Lifetime::OneDay, NOW, &Utc).unwrap();
    assert!(list.leave_out(&[0], true).is_err(), "it is being made");
    assert_eq!(
        stage.app.plan_batch(&list, &Lifetime::OneDay, NOW, &Utc).err(),
        Some(PlanError::Busy)
    );
    list.stop();
    stage.app.make_batch(&list, run);
    let tally = list.tally();
    assert_eq!(tally.stage, Making::Stopped);
    assert!((1..5_000).contains(&tally.made), "{}", tally.made);
    assert_eq!((stage.entries().len(), stage.plans()), (tally.made, 0));

    let first = links(&list);
    stage.app.make_batch(&list, list.plan_rest(NOW + 60, &Utc).unwrap());
    assert_eq!(list.tally().stage, Making::Finished);
    assert_eq!(links(&list)[..first.len()], first);
    let ends: BTreeSet<_> =
        stage.entries().iter().map(|entry| entry.made.terms.expires_at()).collect();
    let names: BTreeSet<_> =
        stage.entries().iter().map(|entry| entry.made.address.file_name()).collect();
    assert_eq!((stage.entries().len(), names.len()), (5_000, 5_000));
    assert_eq!(ends, BTreeSet::from([NOW + DAY]), "all end with the first");

    let late = stage.list(&key, &numbered(5_000));
    late.stop();
    let run = stage.app.plan_batch(&late, &Lifetime::OneHour, NOW, &Utc).unwrap();
    late.stop();
    stage.app.make_batch(&late, run);
    let over = late.plan_rest(NOW + DAY, &Utc).err();
    assert_eq!(over, Some(PlanError::Lifetime(LifetimeError::Over)));
}

#[test]
fn without_its_key_nothing_is_made_and_nothing_is_lost() {
    let (stage, key) = Stage::with_p256();
    let list = stage.list(&key, &numbered(3));
    let secrets = std::mem::take(&mut *stage.world.secrets.lock().unwrap());
    stage.make_all(&list);
    let tally = list.tally();
    let missing = OpenKeyError::Missing { name: "Client papers".to_owned() };
    assert_eq!((tally.stage, tally.trouble), (Making::Stopped, Some(Trouble::Key(missing))));
    assert_eq!((tally.made, stage.entries().len(), stage.plans()), (0, 0, 0));
    *stage.world.secrets.lock().unwrap() = secrets;
    stage.app.make_batch(&list, list.plan_rest(NOW, &Utc).unwrap());
    assert_eq!((list.tally().made, list.tally().trouble), (3, None));
}

#[test]
fn links_that_cannot_be_written_down_are_made_and_written_down_later() {
    let (stage, key) = Stage::with_p256();
    let list = stage.list(&key, &numbered(600));
    let fault = HistoryStoreError::NotSaved { reason: SaveError::DiskFull };
    *stage.world.history_fails.lock().unwrap() = Some(fault);
    stage.make_all(&list);
    let tally = list.tally();
    assert_eq!((tally.made, tally.unlisted, tally.failed), (600, 600, 0));
    assert_eq!((tally.stage, tally.trouble), (Making::Finished, Some(Trouble::Listing(fault))));
    let before = links(&list);
    *stage.world.history_fails.lock().unwrap() = None;
    stage.app.make_batch(&list, list.plan_rest(NOW + 5, &Utc).unwrap());
    assert_eq!((list.tally().unlisted, stage.entries().len()), (0, 600));
    assert_eq!(links(&list), before);
}

#[test]
fn what_ended_with_the_program_goes_on_and_repeats_nothing() {
    let (stage, key) = Stage::with_p256();
    // The whole making, for the bytes to compare with.
    let whole = stage.list(&key, &numbered(1_000));
    stage.make_all(&whole);
    stage.world.entries.lock().unwrap().clear();

    // A program that died in the middle leaves a plan, and entries for what it has marked.
    let batch = {
        let list = stage.list(&key, &numbered(1_000));
        let run = stage.app.plan_batch(&list, &Lifetime::OneDay, NOW, &Utc).unwrap();
        let mut plan = None;
        stage.app.make_batch(&list, run);
        std::mem::swap(&mut plan, &mut stage.world.last_plan.lock().unwrap());
        plan.unwrap()
    };
    stage.world.entries.lock().unwrap().retain(|id, _| id.0 <= 312);
    let made = (0..1_000).map(|row| row < 312).collect();
    stage.world.plans.lock().unwrap().push(Some(UnfinishedBatch { id: BatchId(3), batch, made }));
    assert_eq!(stage.entries().len(), 312);

    let unfinished = stage.app.unfinished_batch().unwrap().unwrap();
    let held = stage.app.hold_batch(unfinished.id).unwrap();
    assert_eq!(stage.app.unfinished_batch(), Ok(None), "it is in hand");
    let (list, run) =
        LinkBatch::unfinished(stage.app.registered_key(&key).unwrap(), held, NOW).unwrap();
    assert_eq!(list.tally().stage, Making::Making);
    stage.app.make_batch(&list, run);
    assert_eq!((list.tally().made, list.tally().stage), (1_000, Making::Finished));
    assert_eq!(links(&list), links(&whole), "byte for byte");
    let names: BTreeSet<_> =
        stage.entries().iter().map(|entry| entry.made.address.file_name()).collect();
    assert_eq!((stage.entries().len(), names.len()), (1_000, 1_000));
    assert_eq!(stage.plans(), 0);
}

impl Stage {
    /// A list of which a program that was killed has made the first so list, and the run that goes on.
    fn cut_off(&self, key: &KeyId, total: usize, made: usize) -> (LinkBatch, Run) {
        let list = self.list(key, &numbered(total));
        self.make_all(&list);
        let batch = self.world.last_plan.lock().unwrap().take().unwrap();
        self.world.entries.lock().unwrap().retain(|id, _| id.0 <= made as i64);
        let id = {
            let mut plans = self.world.plans.lock().unwrap();
            let id = BatchId(plans.len() as i64 + 1);
            let made = (0..total).map(|row| row < made).collect();
            plans.push(Some(UnfinishedBatch { id, batch, made }));
            id
        };
        let held = self.app.hold_batch(id).unwrap();
        LinkBatch::unfinished(self.app.registered_key(key).unwrap(), held, NOW).unwrap()
    }

    fn assert_each_is_there_once(&self, total: usize) {
        let entries = self.entries();
        let names: BTreeSet<_> =
            entries.iter().map(|entry| entry.made.address.file_name()).collect();
        assert_eq!((entries.len(), names.len()), (total, total));
        assert_eq!((self.plans(), self.world.held.lock().unwrap().len()), (0, 0));
    }
}

#[test]
fn whatever_stops_what_is_gone_on_with_nothing_is_written_down_twice() {
    const TOTAL: usize = 2_000;
    const MADE: usize = 1_800;
    let full = HistoryStoreError::NotSaved { reason: SaveError::DiskFull };

    // The keychain does not give the key, and the plan stays in hand.
    let (stage, key) = Stage::with_p256();
    let (list, run) = stage.cut_off(&key, TOTAL, MADE);
    let secrets = std::mem::take(&mut *stage.world.secrets.lock().unwrap());
    stage.app.make_batch(&list, run);
    assert_eq!((list.tally().made, stage.plans()), (0, 1));
    assert_eq!(stage.app.unfinished_batch(), Ok(None), "no other window is asked to go on with it");
    *stage.world.secrets.lock().unwrap() = secrets;
    stage.app.make_batch(&list, list.plan_rest(NOW, &Utc).unwrap());
    stage.assert_each_is_there_once(TOTAL);

    // It is stopped before it comes to what was not made.
    let (stage, key) = Stage::with_p256();
    let (list, run) = stage.cut_off(&key, TOTAL, MADE);
    list.stop();
    stage.app.make_batch(&list, run);
    assert!(list.tally().made < MADE, "{:?}", list.tally());
    stage.app.make_batch(&list, list.plan_rest(NOW, &Utc).unwrap());
    assert_eq!((list.tally().made, list.tally().stage), (TOTAL, Making::Finished));
    stage.assert_each_is_there_once(TOTAL);

    // Nothing can be written down, and then it can.
    let (stage, key) = Stage::with_p256();
    let (list, run) = stage.cut_off(&key, TOTAL, MADE);
    *stage.world.history_fails.lock().unwrap() = Some(full);
    stage.app.make_batch(&list, run);
    assert_eq!((list.tally().made, list.tally().unlisted), (TOTAL, TOTAL - MADE));
    *stage.world.history_fails.lock().unwrap() = None;
    stage.app.make_batch(&list, list.plan_rest(NOW, &Utc).unwrap());
    stage.assert_each_is_there_once(TOTAL);

    // The plan cannot be forgotten after a stop, and the next one takes its place.
    let (stage, key) = Stage::with_p256();
    let list = stage.list(&key, &numbered(TOTAL));
    let run = stage.app.plan_batch(&list, &Lifetime::OneDay, NOW, &Utc).unwrap();
    list.stop();
    *stage.world.ends_fail.lock().unwrap() = true;
    stage.app.make_batch(&list, run);
    assert_eq!(stage.plans(), 1);
    *stage.world.ends_fail.lock().unwrap() = false;
    stage.app.make_batch(&list, list.plan_rest(NOW, &Utc).unwrap());
    stage.assert_each_is_there_once(TOTAL);
}

#[test]
fn a_list_is_gone_on_with_by_one_program() {
    let (stage, key) = Stage::with_p256();
    let (list, run) = stage.cut_off(&key, 600, 300);
    let id = BatchId(stage.world.plans.lock().unwrap().len() as i64);
    assert_eq!(stage.app.unfinished_batch(), Ok(None));
    assert_eq!(stage.app.hold_batch(id).err(), Some(GoOnError::Elsewhere));
    assert_eq!(stage.app.leave_batch(id), Err(GoOnError::Elsewhere));
    stage.app.make_batch(&list, run);
    stage.assert_each_is_there_once(600);
    assert_eq!(stage.app.hold_batch(id).err(), Some(GoOnError::Gone));
    assert_eq!(stage.app.leave_batch(id), Ok(()));
}

#[test]
fn what_a_column_says_of_a_row_is_asked_about_after_the_row_was_mended_too() {
    let (stage, key) = Stage::with_p256();
    let text = "Document;Meeting;IP\nhttps://h.example/a.pdf;;203.0.113.7\nhttps://h.example/b.pdf;31.12.2027;\nhttps://h.example/c.pdf;31.12.2027;\n";
    let list = stage.list(&key, text);
    let mend = |row: usize, document: &str, end: &str| {
        let words = ListedDocument {
            document: document.to_owned(),
            end: end.to_owned(),
            ..ListedDocument::default()
        };
        list.mend(row, words, NOW, &Utc).unwrap().unwrap()
    };
    for (row, document) in [(0, "a.pdf"), (1, "b.pdf")] {
        let mended = mend(row, document, "");
        assert!(matches!(mended.error, Some(RowError::Asked { .. })), "{document}: {mended:?}");
    }
    // An end that was typed is the row's own.
    let mended = mend(2, "c.pdf", "7 days");
    assert_eq!((mended.state, mended.expires_at), (RowState::Ready, Some(NOW + 7 * DAY)));
    list.answer(0, true, NOW, &Utc).unwrap();
    assert_eq!(list.rows(RowsFilter::Problems, 0, 9).1, 1);
    list.answer(1, false, NOW, &Utc).unwrap();
    assert_eq!(list.rows(RowsFilter::Problems, 0, 9).1, 1, "a limit is not left out by a No");
    list.answer(1, true, NOW, &Utc).unwrap();
    assert_eq!(list.rows(RowsFilter::Problems, 0, 9).1, 0);
}
