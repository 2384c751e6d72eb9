use super::*;
use crate::ProfileFolder;
use signet_app::{Choices, Key, KeyId, Name, Profile, Registration, Zoom};
use signet_cloudfront::day_end::DayEnd;
use signet_cloudfront::key::{HashAlgorithm, KeyKind};
use signet_cloudfront::lifetime::Lifetime;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::site::SiteAddress;
use signet_setup::guide::{Answers, GuideStep};

fn save(profile: &ProfileFolder, settings: &Settings) -> Result<(), SettingsError> {
    profile.update(&mut |kept| kept.clone_from(settings)).map(drop)
}

fn save_at(file: &SettingsFile, settings: &Settings) -> Result<(), SettingsError> {
    file.update(&mut |kept| kept.clone_from(settings)).map(drop)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn key(digit: &str, called: &str, registration: Option<Registration>) -> Key {
    Key {
        id: KeyId::parse(&digit.repeat(32)).unwrap(),
        name: name(called),
        kind: KeyKind::P256,
        fingerprint: "8f".repeat(32).parse().unwrap(),
        registration,
    }
}

/// One site that makes links while its key is being replaced, and one whose set-up was just begun.
fn settings() -> Settings {
    let mut settings = Settings::default();
    let registration = Registration {
        public_key_id: PublicKeyId::parse("K2JCJMDEHXQW5F").unwrap(),
        hash: HashAlgorithm::Sha256,
    };
    let papers = settings.add_site(name("Client papers"));
    papers.address = Some(SiteAddress::parse("docs.example.com").unwrap());
    papers.lifetime = Some(Lifetime::ThirtyDays);
    papers.keys =
        vec![key("1", "Client papers", Some(registration)), key("2", "Client papers (new)", None)];
    let site = Some(papers.id.clone());
    settings.add_site(name("Plans")).set_up = Answers {
        bucket: "plans".to_owned(),
        done: [GuideStep::PublicKey, GuideStep::BucketPolicy].into(),
        ..Answers::default()
    };
    let zoom = Zoom::of_percent(125).unwrap();
    settings.choices = Choices { site, lifetime: Some(Lifetime::OneDay), zoom };
    settings
}

#[test]
fn gives_back_what_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let profile = ProfileFolder::at(folder.path().join("signet"));
    assert_eq!(profile.read(), Ok(Settings::default()));
    assert!(!folder.path().join("signet").exists(), "reading makes nothing");
    save(&profile, &settings()).unwrap();
    assert_eq!(profile.read(), Ok(settings()));
    assert_eq!(profile.quarantine_what_is_damaged(), None);
}

#[test]
fn reads_what_the_first_version_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let key = |id: &str, kind: &str, hash: &str| {
        format!(
            r#"{{"id":"{}","name":"{kind}","site":"https://docs.example.com","public_key_id":"K2JCJMDEHXQW5F","kind":"{kind}","fingerprint":"{}"{hash}}}"#,
            id.repeat(32),
            "8f".repeat(32)
        )
    };
    let file = |version: u32, keys: &[String]| {
        let keys = keys.join(",");
        let text = format!(
            r#"{{"version":{version},"keys":[{keys}],"last_key":null,"last_lifetime":"one-day"}}"#
        );
        fs::write(folder.path().join(FILE), text).unwrap();
        ProfileFolder::at(folder.path().to_owned()).read()
    };
    let hashes = |settings: Result<Settings, SettingsError>| {
        let sites = settings.unwrap().sites;
        let keys = sites.iter().flat_map(|site| &site.keys);
        keys.map(|key| key.registration.as_ref().unwrap().hash).collect::<Vec<_>>()
    };
    let first = file(1, &[key("1", "rsa2048", ""), key("2", "p256", "")]);
    assert_eq!(hashes(first), [HashAlgorithm::Sha1, HashAlgorithm::Sha256]);
    let second = file(2, &[key("1", "rsa2048", r#","hash":"sha256""#)]);
    assert_eq!(hashes(second), [HashAlgorithm::Sha256]);
    // A P-256 key with SHA-1 was never written.
    let never = file(2, &[key("2", "p256", r#","hash":"sha1""#)]);
    assert_eq!(never, Err(SettingsError::Damaged));
}

/// What version 4 writes, to the letter: a newer Signet has to read it.
#[test]
fn sites_are_written_and_read() {
    let folder = tempfile::tempdir().unwrap();
    let profile = ProfileFolder::at(folder.path().to_owned());
    let settings = settings();
    save(&profile, &settings).unwrap();
    let set_up = |bucket: &str, done: &str| {
        let texts = ["region", "distribution", "public_key_id", "arn", "domain", "profile"];
        let texts = texts.map(|text| format!("        \"{text}\": \"\",\n")).concat();
        format!(
            "{{\n        \"key\": \"\",\n        \"bucket\": \"{bucket}\",\n{texts}        \"done\": {done}\n      }}"
        )
    };
    let golden = format!(
        r#"{{
  "version": 4,
  "sites": [
    {{
      "id": "{papers}",
      "name": "Client papers",
      "address": "https://docs.example.com",
      "keys": [
        {{
          "id": "{one}",
          "name": "Client papers",
          "kind": "p256",
          "fingerprint": "{fingerprint}",
          "registration": {{
            "public_key_id": "K2JCJMDEHXQW5F",
            "hash": "sha256"
          }}
        }},
        {{
          "id": "{two}",
          "name": "Client papers (new)",
          "kind": "p256",
          "fingerprint": "{fingerprint}",
          "registration": null
        }}
      ],
      "lifetime": "thirty-days",
      "set_up": {unbegun}
    }},
    {{
      "id": "{plans}",
      "name": "Plans",
      "address": null,
      "keys": [],
      "lifetime": null,
      "set_up": {begun}
    }}
  ],
  "last_site": "{papers}",
  "last_lifetime": "one-day",
  "zoom": 125
}}"#,
        papers = "356fd8ff0c2cfa4b5c63c17a24beb6e5",
        plans = "6a1088f5304ce0b709a174cf524e9a3a",
        one = "1".repeat(32),
        two = "2".repeat(32),
        fingerprint = "8f".repeat(32),
        unbegun = set_up("", "[]"),
        begun =
            set_up("plans", "[\n          \"public-key\",\n          \"bucket-policy\"\n        ]"),
    );
    let file = folder.path().join(FILE);
    assert_eq!(fs::read_to_string(&file).unwrap(), golden);
    assert_eq!(profile.read(), Ok(settings.clone()));
    // Whether new links are tried stands there only where they are not.
    let mut untried = settings.clone();
    for site in &mut untried.sites {
        site.tries_links = false;
    }
    save(&profile, &untried).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap().matches(r#""tries_links": false"#).count(), 2);
    assert_eq!(profile.read(), Ok(untried));
    // The end of the working day stands there where it is another than the usual one.
    let mut early = settings;
    early.sites[0].day_end = DayEnd::parse("16:30").unwrap();
    save(&profile, &early).unwrap();
    let with = "\"lifetime\": \"thirty-days\",\n      \"day_end\": \"16:30\",";
    let early_golden = golden.replacen("\"lifetime\": \"thirty-days\",", with, 1);
    assert_eq!(fs::read_to_string(&file).unwrap(), early_golden);
    assert_eq!(profile.read(), Ok(early));
    fs::write(&file, early_golden.replacen("16:30", "evening", 1)).unwrap();
    assert_eq!(profile.read(), Err(SettingsError::Damaged));
    // A key with more or less than that, or one that signs for nowhere, was never written.
    for (from, to) in [
        ("p256", "p384"),
        (r#""kind": "p256","#, ""),
        ("8f8f", "8F8F"),
        ("sha256", "sha1"),
        (r#""https://docs.example.com""#, "null"),
        ("Client papers", ""),
        (r#""last_site": ""#, r#""last_site": "x"#),
    ] {
        fs::write(&file, golden.replacen(from, to, 1)).unwrap();
        assert_eq!(profile.read(), Err(SettingsError::Damaged), "{to}");
    }
}

#[test]
fn what_is_damaged_is_put_aside_where_that_is_asked_for_and_every_one_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let profile = ProfileFolder::at(folder.path().to_owned());
    let file = folder.path().join(FILE);
    let junk = [
        &b"{"[..],
        b"",
        &[0xff; 9],
        &[0; 4096],
        b"[]",
        b"null",
        br#"{"keys":[]}"#,
        br#"{"version":"4","keys":[]}"#,
        br#"{"version":0,"keys":[],"last_key":null,"last_lifetime":null}"#,
        br#"{"version":-4,"keys":[]}"#,
        br#"{"version":3,"keys":[]"#,
        br#"{"version":3,"keys":[],"last_key":null,"last_lifetime":null}}"#,
        br#"{"version":3,"keys":[],"last_key":"","last_lifetime":null}"#,
        br#"{"version":3,"keys":{},"last_key":null,"last_lifetime":null}"#,
        br#"{"version":3,"version":5,"keys":[]}"#,
    ];
    for (n, junk) in junk.iter().enumerate() {
        fs::write(&file, junk).unwrap();
        // Who reads or writes leaves it where it is.
        assert_eq!(profile.read(), Err(SettingsError::Damaged));
        assert_eq!(save(&profile, &settings()), Err(SettingsError::Damaged));
        assert_eq!(fs::read(&file).unwrap(), *junk);
        let aside = profile.quarantine_what_is_damaged().unwrap();
        assert_eq!(aside, format!("settings.damaged-{}.json", n + 1));
        assert_eq!(fs::read(folder.path().join(aside)).unwrap(), *junk);
        assert_eq!(profile.read(), Ok(Settings::default()));
    }
    save(&profile, &settings()).unwrap();
    assert_eq!(profile.read(), Ok(settings()));
}

#[test]
fn what_a_newer_version_wrote_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let profile = ProfileFolder::at(folder.path().to_owned());
    let file = folder.path().join(FILE);
    for newer in [
        r#"{"version":5,"keys":[]}"#,
        r#"{"version":5}"#,
        r#"{"version":4.5,"keys":[],"last_key":null,"last_lifetime":null}"#,
        r#"{"version":18446744073709551616,"sites":{}}"#,
        r#"{"sites":[{"keys":["other","shape"]}],"version":12}"#,
    ] {
        fs::write(&file, newer).unwrap();
        assert_eq!(profile.read(), Err(SettingsError::Newer), "{newer}");
        assert_eq!(save(&profile, &settings()), Err(SettingsError::Newer), "{newer}");
        assert_eq!(profile.quarantine_what_is_damaged(), None, "{newer}");
        assert_eq!(fs::read_to_string(&file).unwrap(), newer);
    }
    assert_eq!(names(folder.path()), [FILE, LOCK]);
}

/// These stand for everything that is there and cannot be read, for root can read what others may not.
#[cfg(unix)]
#[test]
fn what_cannot_be_read_stays_and_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("signet");
    let elsewhere = folder.path().join("elsewhere");
    let profile = ProfileFolder::at(home.clone());
    let file = home.join(FILE);
    let (link, pipe) = (std::os::unix::fs::symlink::<&Path, &Path>, |path: &Path| {
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    });
    save(&profile, &settings()).unwrap();
    fs::rename(&file, &elsewhere).unwrap();
    let sound = fs::read(&elsewhere).unwrap();
    let obstacles: [(&str, &dyn Fn()); 5] = [
        ("a folder", &|| fs::create_dir(&file).unwrap()),
        ("a pipe", &|| pipe(&file)),
        ("a link", &|| link(&elsewhere, &file).unwrap()),
        ("a link that leads nowhere", &|| link(Path::new("gone"), &file).unwrap()),
        ("too much", &|| fs::File::create(&file).unwrap().set_len(MAX_BYTES as u64 + 1).unwrap()),
    ];
    for (name, put) in obstacles {
        put();
        let before = file.symlink_metadata().unwrap();
        assert_eq!(profile.read(), Err(SettingsError::Unreadable), "{name}");
        assert_eq!(save(&profile, &settings()), Err(SettingsError::Unreadable), "{name}");
        assert_eq!(profile.quarantine_what_is_damaged(), None, "{name}");
        let after = file.symlink_metadata().unwrap();
        assert_eq!((before.file_type(), before.len()), (after.file_type(), after.len()), "{name}");
        assert_eq!(names(&home), [FILE, LOCK], "{name}");
        if before.is_dir() {
            fs::remove_dir(&file).unwrap()
        } else {
            fs::remove_file(&file).unwrap()
        }
    }
    assert_eq!(fs::read(&elsewhere).unwrap(), sound);
    // A folder that leads nowhere for the moment, as one on a disk that is not there.
    fs::rename(&home, folder.path().join("away")).unwrap();
    link(Path::new("gone"), &home).unwrap();
    assert_eq!(profile.read(), Err(SettingsError::Unreadable));
    assert!(save(&profile, &settings()).is_err());
    fs::remove_file(&home).unwrap();
    fs::write(&home, b"").unwrap();
    assert_eq!(profile.read(), Err(SettingsError::Unreadable));
    assert!(matches!(save(&profile, &settings()), Err(SettingsError::NotSaved { .. })));
    let deeper = ProfileFolder::at(home.join("deeper"));
    assert_eq!(save(&deeper, &settings()), Err(SaveError::ReadOnly.into()));
    assert_eq!(fs::read(&home).unwrap(), b"");
}

#[cfg(unix)]
#[test]
fn what_stands_in_the_place_of_the_lock_is_named_and_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let profile = ProfileFolder::at(folder.path().to_owned());
    save(&profile, &settings()).unwrap();
    let lock = folder.path().join(LOCK);
    fs::remove_file(&lock).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&lock).status().unwrap().success());
    assert_eq!(save(&profile, &Settings::default()), Err(SettingsError::NoLock));
    assert_eq!(profile.read(), Ok(settings()));
}

#[test]
fn another_one_that_writes_is_waited_for_and_told_where_it_does_not_end() {
    let folder = tempfile::tempdir().unwrap();
    let [one, other] = [(); 2].map(|()| SettingsFile::in_folder(folder.path().to_owned()));
    save_at(&one, &settings()).unwrap();
    let turn = other.turn().unwrap();
    let waiting = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| save_at(&one, &Settings::default()));
        std::thread::sleep(Duration::from_millis(50));
        assert!(!waiting.is_finished());
        drop(turn);
        waiting.join().unwrap()
    });
    assert_eq!(waiting, Ok(()));
    let _turn = other.turn().unwrap();
    let impatient = Lock::take(&folder.path().join(LOCK), Duration::from_millis(20));
    assert!(matches!(impatient, Err(LockError::Busy)));
    assert_eq!(one.read(), Ok(Settings::default()), "who reads waits for nobody");
}

#[test]
fn what_another_one_changes_is_seen_without_reading() {
    let folder = tempfile::tempdir().unwrap();
    let [one, other] = [(); 2].map(|()| ProfileFolder::at(folder.path().to_owned()));
    assert_eq!(one.read(), Ok(Settings::default()));
    assert!(!one.is_changed());
    save(&other, &settings()).unwrap();
    assert!(one.is_changed());
    assert!(!other.is_changed(), "what was written here is known here");
    one.read().unwrap();
    assert!(!one.is_changed());
    // In the same moment and of the same length.
    let lifetime = Some(Lifetime::OneHour);
    save(
        &other,
        &Settings { choices: Choices { site: None, lifetime, ..Choices::default() }, ..settings() },
    )
    .unwrap();
    assert!(one.is_changed());
    one.read().unwrap();
    fs::remove_file(folder.path().join(FILE)).unwrap();
    assert!(one.is_changed());
}

/// Eight at once add keys: nobody's is lost.
#[test]
fn what_many_add_at_once_is_all_there() {
    let folder = tempfile::tempdir().unwrap();
    let called = |thread: usize, round: usize| name(&format!("{thread} {round}"));
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let folder = folder.path().to_owned();
            scope.spawn(move || {
                let profile = ProfileFolder::at(folder);
                for round in 0..5 {
                    profile
                        .update(&mut |settings| {
                            settings.add_site(called(thread, round));
                        })
                        .unwrap();
                }
            });
        }
    });
    let settings = ProfileFolder::at(folder.path().to_owned()).read().unwrap();
    let mut names: Vec<_> = settings.sites.iter().map(|site| site.name.to_string()).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 40);
}

#[test]
fn what_was_left_as_it_is_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let profile = ProfileFolder::at(folder.path().to_owned());
    // As version 1 wrote it: read, and written in this version only with a change.
    let first = r#"{"version":1,"keys":[],"last_key":null,"last_lifetime":"one-day"}"#;
    fs::write(folder.path().join(FILE), first).unwrap();
    let kept = profile.update(&mut |_| ()).unwrap();
    assert_eq!(kept.choices.lifetime, Some(Lifetime::OneDay));
    assert_eq!(fs::read_to_string(folder.path().join(FILE)).unwrap(), first);
    save(&profile, &settings()).unwrap();
    assert_eq!(profile.read(), Ok(settings()));
}

#[cfg(unix)]
#[test]
fn is_private() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("signet");
    let profile = ProfileFolder::at(home.clone());
    save(&profile, &settings()).unwrap();
    assert_eq!(fs::metadata(&home).unwrap().permissions().mode() & 0o777, 0o700);
    for name in [FILE, LOCK] {
        assert_eq!(fs::metadata(home.join(name)).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
