//! Where the computer stands and which language it speaks: nothing of that is in a link.

use crate::stage::{Stage, URL, with_key};

/// Also rules in place of a name, a name that is none, and nothing.
const ZONES: [&str; 13] = [
    "UTC",
    "Europe/London",
    "Asia/Kathmandu",
    "America/St_Johns",
    "America/New_York",
    "Pacific/Apia",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "<+0545>-5:45",
    "NZST-12NZDT,M9.5.0,M4.1.0/3",
    "Nowhere/Land",
    "",
];

const LANGUAGES: [&str; 10] = [
    "C",
    "de_DE.UTF-8",
    "tr_TR.UTF-8",
    "ar_EG.UTF-8",
    "fa_IR",
    "hi_IN",
    "ja_JP.SJIS",
    "zh_TW.Big5",
    "no such language",
    "",
];

/// Each way to write a time, also the hours that London, New York and Lord Howe Island skip or
/// have twice.
const TIMES: [(&str, &str); 10] = [
    ("2026-12-01", "1796083200"),
    ("2026-12-01T17:00", "1796144400"),
    ("2026-12-01T17:00:00", "1796144400"),
    ("2026-12-01 17:00:00Z", "1796144400"),
    ("2026-12-01T22:30:00+05:30", "1796144400"),
    ("2026-12-01T12:00:00-0500", "1796144400"),
    ("2027-03-28T01:30:00", "1806197400"),
    ("2027-10-31T01:30:00", "1824946200"),
    ("2027-03-14T02:30:00", "1804991400"),
    ("2027-10-03T02:15:00", "1822529700"),
];

const VARIABLES: [&str; 7] =
    ["LC_ALL", "LANG", "LANGUAGE", "LC_NUMERIC", "LC_TIME", "LC_CTYPE", "LC_MESSAGES"];

/// Every zone meets every language, and each of both every way to write a time.
#[test]
fn the_link_is_the_same_in_every_zone_and_language() {
    let stage = Stage::new();
    let key = stage.rsa();
    let words = |kind: &[&'static str], time: &'static str| {
        with_key(&key, &[&["--url", URL, "--date-less-than", time], kind].concat())
    };
    let custom = ["--date-greater-than", "2026-10-25T01:30:00", "--ip-address", "93.184.216.0/24"];
    let custom_in_seconds = ["--date-greater-than", "1792891800", custom[2], custom[3]];
    let kinds: [(&[&str], &[&str]); 2] = [(&[], &[]), (&custom, &custom_in_seconds)];
    for (kind, kind_in_seconds) in kinds {
        let expected = TIMES.map(|(_, seconds)| stage.link(&words(kind_in_seconds, seconds)));
        assert_ne!(expected[1], expected[0]);
        for (z, zone) in ZONES.iter().enumerate() {
            for (l, language) in LANGUAGES.iter().enumerate() {
                let turn = (z + l) % TIMES.len();
                let words = words(kind, TIMES[turn].0);
                let mut command = stage.command(&words);
                command.env("TZ", zone).envs(VARIABLES.map(|name| (name, *language)));
                let output = command.output().unwrap();
                assert_eq!(
                    (String::from_utf8(output.stdout), String::from_utf8(output.stderr)),
                    (Ok(expected[turn].clone()), Ok(String::new())),
                    "{zone} {language} {words:?}"
                );
            }
        }
    }
}

#[test]
fn another_offset_gives_another_link() {
    let stage = Stage::new();
    let key = stage.rsa();
    let link = |time| stage.link(&with_key(&key, &["--url", URL, "--date-less-than", time]));
    assert_ne!(link("2026-12-01T17:00:00+05:30"), link("2026-12-01T17:00:00"));
}
