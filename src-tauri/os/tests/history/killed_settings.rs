//! A process that is killed while it changes the list of keys or writes down a set-up loses nothing that it
//! has answered for, and stands in nobody's way.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use signet_app::setup::{Journals as _, Turn as _};
use signet_app::{Name, Profile, Settings};
use signet_cloudfront::key::{PublicKey, SigningKey};
use signet_os::ProfileFolder;
use signet_setup::journal::{Journal, Made};
use signet_setup::{Bucket, DistributionArn, Region, existing_policy::PolicyBefore};

use crate::killed::random_below;
use crate::stage::{kills, said, say, second_part, second_process};

const ACCOUNT: &str = "123456789012";
const ARN: &str = "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL";

/// So many folders at once: each mostly waits for the disk.
const LANES: u64 = 2;

/// Half of the kills for the list of keys, half for the set-ups.
fn rounds_of_a_lane() -> u64 {
    kills().div_ceil(2 * LANES)
}

/// Another number in each process and at each call of it.
fn numbers() -> impl Iterator<Item = u64> {
    let process = (u64::from(std::process::id()) << 32) + ((random_below(1 << 16) as u64) << 16);
    (0..).map(move |number| process + number)
}

/// Starts two processes, kills the first after some answers and a moment more, and the second a little
/// later; gives what both have answered for.
fn kill_two(test: &str, folder: &Path, most: u64) -> Vec<u64> {
    let mut answered = Vec::new();
    let mut processes = [(); 2].map(|()| second_process(test, folder));
    for process in &mut processes {
        let mut lines =
            said(process).filter_map(|line| line.strip_prefix("kept ")?.parse::<u64>().ok());
        answered.extend(lines.by_ref().take(random_below(most)));
        std::thread::sleep(Duration::from_micros(random_below(5_000) as u64));
        process.kill().unwrap();
        process.wait().unwrap();
        answered.extend(lines);
    }
    answered
}

fn in_lanes(lane: impl Fn() -> u64 + Copy + Send + 'static) {
    let lanes: Vec<_> = (0..LANES).map(|_| std::thread::spawn(lane)).collect();
    let answered: u64 = lanes.into_iter().map(|lane| lane.join().unwrap()).sum();
    assert!(answered > LANES * rounds_of_a_lane(), "only {answered} answers between the kills");
}

const KEYS: &str = "killed_settings::no_kill_loses_a_key_that_was_answered_for";

#[test]
fn no_kill_loses_a_key_that_was_answered_for() {
    if let Some(folder) = second_part() {
        let profile = ProfileFolder::at(folder);
        for number in numbers() {
            profile
                .update(&mut |settings: &mut Settings| {
                    settings.add_site(called(number));
                })
                .unwrap();
            say(&format!("kept {number}"));
        }
    }
    in_lanes(|| {
        let folder = tempfile::tempdir().unwrap();
        let profile = ProfileFolder::at(folder.path().to_owned());
        let mut answered = BTreeSet::new();
        // Two are killed in a round.
        for _ in 0..rounds_of_a_lane().div_ceil(2) {
            answered.extend(kill_two(KEYS, folder.path(), 8));
            // Whoever comes next reads it, and has the lock.
            let settings = profile.update(&mut |_| {}).unwrap();
            assert_eq!(profile.read().as_ref(), Ok(&settings));
            let there: BTreeSet<_> =
                settings.sites.iter().map(|site| site.name.to_string()).collect();
            let is_lost = |number: &&u64| !there.contains(called(**number).as_str());
            let lost: Vec<_> = answered.iter().filter(is_lost).collect();
            assert!(lost.is_empty(), "{lost:?}");
        }
        answered.len() as u64
    });
}

fn called(number: u64) -> Name {
    Name::parse(&format!("Site {number}")).unwrap()
}

const SET_UPS: &str = "killed_settings::no_kill_loses_what_was_written_down_of_a_set_up";

#[test]
fn no_kill_loses_what_was_written_down_of_a_set_up() {
    if let Some(folder) = second_part() {
        let set_ups = ProfileFolder::at(folder.clone()).set_ups();
        let key = key_of(&folder);
        let mut numbers = numbers();
        loop {
            // Two take turns; a turn of one is refused to the other.
            let Ok(turn) = set_ups.begin(&key) else { continue };
            let mut journal = turn.journal(ACCOUNT).unwrap();
            for number in numbers.by_ref().take(1 + random_below(4)) {
                let journal = journal.get_or_insert_with(|| Journal::new(&key, ACCOUNT));
                journal.begin(changed(number));
                turn.keep(journal).unwrap();
                say(&format!("kept {number}"));
            }
        }
    }
    in_lanes(|| {
        let folder = tempfile::tempdir().unwrap();
        let key = SigningKey::generate_p256().public_key();
        std::fs::write(folder.path().join("key.pem"), key.to_spki_pem()).unwrap();
        let set_ups = ProfileFolder::at(folder.path().to_owned()).set_ups();
        let mut answered = 0;
        for _ in 0..rounds_of_a_lane().div_ceil(2) {
            let numbers = kill_two(SET_UPS, folder.path(), 8);
            answered += numbers.len() as u64;
            let turn = set_ups.begin(&key).unwrap();
            let mut journal =
                turn.journal(ACCOUNT).unwrap().unwrap_or_else(|| Journal::new(&key, ACCOUNT));
            let lost: Vec<_> =
                numbers.iter().filter(|n| !journal.made().contains(&changed(**n))).collect();
            assert!(lost.is_empty(), "{lost:?}");
            // All of it is taken back, and nothing is left of it.
            for made in journal.made().to_vec() {
                journal.remove(&made);
            }
            turn.keep(&journal).unwrap();
            drop(turn);
            assert_eq!(set_ups.accounts(journal.name()), [""; 0]);
            assert_no_lock(folder.path());
        }
        answered
    });
}

fn key_of(folder: &Path) -> PublicKey {
    PublicKey::from_spki_pem(&std::fs::read_to_string(folder.join("key.pem")).unwrap()).unwrap()
}

fn changed(number: u64) -> Made {
    Made::Policy {
        bucket: Bucket::parse(&format!("papers-{number}")).unwrap(),
        region: Region::parse("eu-central-1").unwrap(),
        arn: DistributionArn::parse(ARN).unwrap(),
        before: PolicyBefore::Single,
        read: true,
        list: false,
    }
}

fn assert_no_lock(folder: &Path) {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let locks: Vec<_> =
        names.filter(|name| name.to_str().is_some_and(|name| name.ends_with(".lock"))).collect();
    assert!(locks.is_empty(), "{locks:?}");
}
