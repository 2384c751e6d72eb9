//! The app over a history in memory: a link is made again byte for byte, whatever became of its
//! key's settings, and what is removed comes back or is gone.

use chrono::{TimeZone, Utc};
use chrono_tz::Europe::London;
use signet_app::{
    App, ChosenLimits, EntryError, EntryId, HistoryEntry, HistoryQuery, HistoryStoreError,
    LinkRecipe, Note, NoteError, OpenKeyError, SaveError, SetNoteError, SignAgainError,
};
use signet_cloudfront::calendar::local_time;
use signet_cloudfront::key::{HashAlgorithm, SigningKey};
use signet_cloudfront::lifetime::Lifetime;
use signet_cloudfront::policy::Network;

use crate::stage::{DAY, NOW, Ports, Stage, rsa};

/// A canned policy, and every limit alone and together.
fn all_limits() -> Vec<ChosenLimits> {
    let start = local_time("2026-11-24T15:00:30");
    let network = Network::parse("203.0.113.0/24");
    let mut all = Vec::new();
    for start in [None, start] {
        for network in [None, network] {
            for folder in [None, Some(""), Some("/"), Some("/rep*ts/*")] {
                let folder = folder.map(str::to_owned);
                all.push(ChosenLimits { start, network, folder });
            }
        }
    }
    all
}

#[test]
fn a_link_is_made_again_byte_for_byte() {
    let mut links = std::collections::BTreeSet::new();
    for (key, hashes) in [
        (rsa(), &[HashAlgorithm::Sha1, HashAlgorithm::Sha256][..]),
        (SigningKey::generate_p256(), &[HashAlgorithm::Sha256]),
    ] {
        let stage = Stage::new();
        let id = stage.add("Papers", &key);
        for hash in hashes {
            stage.app.change_hash(&id, *hash).unwrap();
            for limits in all_limits() {
                for address in ["reports/a.pdf", "reports/Q3 r\u{e9}sum\u{e9}.pdf?v=1&w='2'.pdf"] {
                    let made = stage.make(&id, address, &limits);
                    let entry = made.entry.unwrap().unwrap();
                    // What the key is called and signs with from now on changes no old link.
                    for other in hashes {
                        stage.app.change_hash(&id, *other).unwrap();
                        let again = stage.app.sign_again(entry).unwrap();
                        assert_eq!(again.as_str(), made.link.as_str(), "{limits:?}");
                    }
                    stage.app.change_hash(&id, *hash).unwrap();
                    links.insert(made.link.as_str().to_owned());
                }
            }
        }
    }
    assert_eq!(links.len(), 3 * 16 * 2, "each is another link");
}

#[test]
fn an_entry_holds_neither_signature_nor_policy() {
    let stage = Stage::new();
    let id = stage.add("Papers", &SigningKey::generate_p256());
    for limits in all_limits() {
        let made = stage.make(&id, "reports/a.pdf", &limits);
        let entry = format!("{:?}", stage.world.entries.lock().unwrap().values().last().unwrap());
        let (_, secret) = made.link.as_str().split_once('?').unwrap();
        for parameter in secret.split('&') {
            let (name, value) = parameter.split_once('=').unwrap();
            let is_open = matches!(name, "Expires" | "Key-Pair-Id" | "Hash-Algorithm");
            assert!(is_open || value.len() > 80, "{name}");
            assert!(is_open || !entry.contains(value), "{name}");
        }
        assert!(entry.contains("https://docs.example.com/reports/a.pdf"), "the control");
        assert!(!entry.contains("Statement"));
    }
}

#[test]
fn a_link_is_made_though_it_cannot_be_written_down() {
    let stage = Stage::new();
    let id = stage.add("Papers", &SigningKey::generate_p256());
    let sound = stage.make(&id, "a.pdf", &ChosenLimits::default());
    let trouble = HistoryStoreError::NotSaved { reason: SaveError::DiskFull };
    *stage.world.history_fails.lock().unwrap() = Some(trouble);
    let made = stage.make(&id, "a.pdf", &ChosenLimits::default());
    assert_eq!(made.link, sound.link);
    assert_eq!(made.entry, Err(trouble));
    *stage.world.history_fails.lock().unwrap() = None;
    assert_eq!(stage.ids().len(), 1);
}

#[test]
fn without_a_history_nothing_is_remembered() {
    let ports = Ports::default();
    let app = App::new(Box::new(ports.clone()), Box::new(ports.clone()));
    let stage = Stage { app, world: ports.0 };
    let id = stage.add("Papers", &SigningKey::generate_p256());
    assert_eq!(stage.make(&id, "a.pdf", &ChosenLimits::default()).entry, Ok(None));
    let query = HistoryQuery { take: 9, ..HistoryQuery::default() };
    assert_eq!(stage.app.history(&query, NOW), Err(HistoryStoreError::Unreadable));
    assert_eq!(stage.app.history_set_aside(), None);
}

#[test]
fn keys_that_are_gone_are_known_by_their_links() {
    let stage = Stage::new();
    let here = stage.add("Here", &SigningKey::generate_p256());
    let gone = stage.add("Gone", &SigningKey::generate_p256());
    let unused = stage.add("Unused", &SigningKey::generate_p256());
    stage.make_plain(&gone, "a.pdf");
    stage.make_plain(&here, "b.pdf");
    stage.app.remove_key(&gone).unwrap();
    stage.app.rename_key(&here, "Still here").unwrap();
    let keys: Vec<_> = stage.app.history_keys().unwrap();
    let names: Vec<_> = keys.iter().map(|(id, name)| (id, name.as_str())).collect();
    assert_eq!(names, [(&here, "Still here"), (&unused, "Unused"), (&gone, "Gone")]);
}

#[test]
fn a_link_of_a_removed_key_is_not_made_again() {
    let stage = Stage::new();
    let key = SigningKey::generate_p256();
    let id = stage.add("Papers", &key);
    let entry = stage.make_plain(&id, "a.pdf");
    let link = stage.app.sign_again(entry).unwrap();
    stage.app.remove_key(&id).unwrap();
    assert_eq!(stage.app.sign_again(entry), Err(SignAgainError::Key(OpenKeyError::Unknown)));
    // The same key added again makes it again.
    stage.add("Other name", &key);
    assert_eq!(stage.app.sign_again(entry), Ok(link));
    let unknown = SignAgainError::Entry(EntryError::Unknown);
    assert_eq!(stage.app.sign_again(EntryId(99)), Err(unknown));
}

#[test]
fn a_recipe_asks_for_a_link_like_the_old_one() {
    let stage = Stage::new();
    let id = stage.add("Papers", &SigningKey::generate_p256());
    for limits in all_limits() {
        let made = stage.make(&id, "reports/Q3 r\u{e9}sum\u{e9} + 1.pdf?v=1.pdf", &limits);
        let entry = made.entry.unwrap().unwrap();
        let (key, recipe, _) = stage.app.recipe_of(entry, NOW, &Utc).unwrap();
        assert_eq!((&key, recipe.lifetime), (&id, Lifetime::SevenDays));
        let again = stage.app.create_link(&key, &recipe, &Note::default(), NOW, &Utc).unwrap();
        assert_eq!(again.address, made.address);
        assert_eq!(again.terms.starts_at(), made.terms.starts_at());
        assert_eq!(again.terms.network(), made.terms.network());
        assert_eq!(again.terms.resource(), made.terms.resource());
        assert_eq!(again.terms.expires_at(), NOW + 7 * DAY);
        // Once it has begun, the next one begins at once.
        let (_, later, _) = stage.app.recipe_of(entry, NOW + DAY, &Utc).unwrap();
        assert_eq!(later.limits.start, None);
    }
    let summer = London.with_ymd_and_hms(2027, 7, 1, 9, 0, 0).unwrap().timestamp();
    let recipe = LinkRecipe {
        address: "a.pdf".to_owned(),
        lifetime: Lifetime::until("2027-12-01T12:00").unwrap(),
        limits: ChosenLimits { start: local_time("2027-07-01T08:00"), ..ChosenLimits::default() },
    };
    let made = stage.app.create_link(&id, &recipe, &Note::default(), NOW, &Utc).unwrap();
    assert_eq!(made.terms.starts_at(), Some(summer));
    let (_, recipe, _) = stage.app.recipe_of(made.entry.unwrap().unwrap(), NOW, &London).unwrap();
    assert_eq!(recipe.limits.start, local_time("2027-07-01T09:00"), "on the clock of the person");
}

#[test]
fn a_recipe_names_the_document_as_it_is_typed_and_its_reader() {
    let stage = Stage::new();
    let id = stage.add("Papers", &SigningKey::generate_p256());
    let recipe = |entry| stage.app.recipe_of(entry, NOW, &Utc).unwrap();
    let made = stage.make_plain(&id, "reports/Vertrag Nr. 5 (Endfassung).pdf");
    stage.app.set_note(made, "Frau Schmidt").unwrap();
    let (_, typed, note) = recipe(made);
    assert_eq!(typed.address, "reports/Vertrag Nr. 5 (Endfassung).pdf");
    assert_eq!(note.as_str(), "Frau Schmidt");
    // A folder that is open as a whole may be named itself.
    let whole = ChosenLimits { folder: Some("/reports/*".to_owned()), ..ChosenLimits::default() };
    let folder = stage.make(&id, "reports/", &whole).entry.unwrap().unwrap();
    assert_eq!(recipe(folder).1.address, "reports/");
    assert_eq!(recipe(folder).2, Note::default());
    // Without its key nobody knows on which site the name would be typed.
    stage.app.remove_key(&id).unwrap();
    let url = "https://docs.example.com/reports/Vertrag%20Nr.%205%20%28Endfassung%29.pdf";
    assert_eq!(recipe(made).1.address, url);
}

#[test]
fn entries_appear_under_their_keys_present_names() {
    let stage = Stage::new();
    let id = stage.add("Papers", &SigningKey::generate_p256());
    let entry = stage.make_plain(&id, "a.pdf");
    stage.app.rename_key(&id, "Contracts").unwrap();
    let name = |entry: &HistoryEntry| entry.made.key_name.as_str().to_owned();
    assert_eq!(name(&stage.app.working_links_of(&id, NOW).unwrap().entries[0]), "Contracts");
    assert_eq!(name(&stage.app.set_note(entry, "for Jo").unwrap()), "Contracts");
    stage.app.remove_key(&id).unwrap();
    let query = HistoryQuery { take: 9, ..HistoryQuery::default() };
    assert_eq!(name(&stage.app.history(&query, NOW).unwrap().entries[0]), "Papers");
}

#[test]
fn a_note_is_kept_or_refused() {
    let stage = Stage::new();
    let id = stage.add("Papers", &SigningKey::generate_p256());
    let entry = stage.make_plain(&id, "a.pdf");
    assert_eq!(stage.app.set_note(entry, " for Jo ").unwrap().note.as_str(), "for Jo");
    let too_long = SetNoteError::Note(NoteError::TooLong { most: 200 });
    assert_eq!(stage.app.set_note(entry, &"n".repeat(201)), Err(too_long));
    let unknown = SetNoteError::Entry(EntryError::Unknown);
    assert_eq!(stage.app.set_note(EntryId(99), "x"), Err(unknown));
    assert_eq!(stage.world.entries.lock().unwrap()[&entry].note.as_str(), "for Jo");
}

#[test]
fn what_is_removed_comes_back_or_is_gone() {
    let stage = Stage::new();
    let id = stage.add("Papers", &SigningKey::generate_p256());
    let all = ["a.pdf", "b.pdf", "c.pdf"].map(|name| stage.make_plain(&id, name));
    let before = stage.world.entries.lock().unwrap().clone();
    stage.app.remove_entries(&[all[0]]).unwrap();
    stage.app.remove_entries(&[all[2], all[0], EntryId(99)]).unwrap();
    assert_eq!(stage.ids(), [all[1]]);
    // All of them or none.
    assert_eq!(stage.app.restore_entries(&[all[0], EntryId(99)]), Err(EntryError::Unknown));
    assert_eq!(stage.ids(), [all[1]]);
    stage.app.restore_entries(&[all[0]]).unwrap();
    stage.app.restore_entries(&[all[2]]).unwrap();
    assert_eq!(*stage.world.entries.lock().unwrap(), before);

    let fault = HistoryStoreError::NotSaved { reason: SaveError::ReadOnly };
    stage.app.remove_entries(&[all[0]]).unwrap();
    *stage.world.history_fails.lock().unwrap() = Some(fault);
    assert_eq!(stage.app.restore_entries(&[all[0]]), Err(fault.into()));
    assert_eq!(stage.app.clear_history(), Err(fault));
    assert_eq!(stage.app.remove_entries(&[all[1]]), Err(fault));
    *stage.world.history_fails.lock().unwrap() = None;
    // What failed can be tried again.
    stage.app.restore_entries(&[all[0]]).unwrap();
    assert_eq!(*stage.world.entries.lock().unwrap(), before);

    stage.app.remove_entries(&[all[0]]).unwrap();
    stage.app.clear_history().unwrap();
    assert!(stage.ids().is_empty());
    assert_eq!(stage.app.restore_entries(&[all[0]]), Err(EntryError::Unknown));
}

#[test]
fn an_export_has_the_links_that_work_and_asks_the_keychain_once_for_each_key() {
    let stage = Stage::new();
    let (here, gone) = (SigningKey::generate_p256(), SigningKey::generate_p256());
    let here = stage.add("Here", &here);
    let gone = stage.add("Gone", &gone);
    let links: Vec<_> = ["a.pdf", "b.pdf", "c.pdf"]
        .map(|name| stage.make(&here, name, &ChosenLimits::default()).link)
        .into();
    stage.make_plain(&gone, "d.pdf");
    stage.app.remove_key(&gone).unwrap();
    *stage.world.reads.lock().unwrap() = 0;
    let rows = stage.app.export_history(true, NOW).unwrap();
    let made: Vec<_> = rows.iter().rev().map(|row| row.link.clone()).collect();
    assert_eq!(made[..3], links.into_iter().map(Some).collect::<Vec<_>>());
    assert_eq!(made[3..], [None]);
    assert_eq!(*stage.world.reads.lock().unwrap(), 1);
    let count = |with_links, now| {
        let rows = stage.app.export_history(with_links, now).unwrap();
        (rows.len(), rows.iter().filter(|row| row.link.is_some()).count())
    };
    assert_eq!(count(false, NOW), (4, 0));
    assert_eq!(count(true, NOW + DAY), (4, 0), "they have ended");
    stage.world.secrets.lock().unwrap().clear();
    let missing = OpenKeyError::Missing { name: "Here".to_owned() };
    assert_eq!(stage.app.export_history(true, NOW), Err(missing.into()));
}
