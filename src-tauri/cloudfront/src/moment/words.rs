//! The words in which people write dates, folded: the languages of Signet's first readers and their
//! neighbours.

use chrono::Weekday::{self, Fri, Mon, Sat, Sun, Thu, Tue, Wed};

/// Months by name, in full and as they are cut. *mar* is March in three languages; as Tuesday's short
/// form (French, Italian) it makes a second month of the date, which is then refused.
const MONTHS: [&[&str]; 12] = [
    &[
        "january", "jan", "januar", "janner", "janvier", "janv", "enero", "ene", "gennaio", "gen",
        "januari", "janeiro",
    ],
    &[
        "february",
        "feb",
        "febr",
        "februar",
        "feber",
        "fevrier",
        "fevr",
        "fev",
        "febrero",
        "febbraio",
        "februari",
        "fevereiro",
    ],
    &["march", "mar", "marz", "maerz", "mrz", "mars", "marzo", "maart", "mrt", "marco", "marts"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile"],
    &["may", "mai", "mayo", "maggio", "mag", "mei", "maio", "maj"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho"],
    &["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho"],
    &["august", "aug", "aout", "agosto", "ago", "augustus", "augusti"],
    &[
        "september",
        "sep",
        "sept",
        "septembre",
        "septiembre",
        "setiembre",
        "set",
        "settembre",
        "setembro",
    ],
    &["october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "outubro", "out"],
    &["november", "nov", "novembre", "noviembre", "novembro"],
    &["december", "dec", "dezember", "dez", "decembre", "diciembre", "dic", "dicembre", "dezembro"],
];

const WEEKDAYS: [(Weekday, &[&str]); 7] = [
    (
        Mon,
        &["monday", "mon", "montag", "mo", "lundi", "lun", "lunes", "lunedi", "maandag", "segunda"],
    ),
    (
        Tue,
        &[
            "tuesday", "tue", "tues", "dienstag", "di", "mardi", "martes", "martedi", "dinsdag",
            "terca",
        ],
    ),
    (
        Wed,
        &[
            "wednesday",
            "wed",
            "weds",
            "mittwoch",
            "mi",
            "mercredi",
            "mer",
            "miercoles",
            "mie",
            "mercoledi",
            "woensdag",
        ],
    ),
    (
        Thu,
        &[
            "thursday",
            "thu",
            "thur",
            "thurs",
            "donnerstag",
            "do",
            "jeudi",
            "jeu",
            "jueves",
            "jue",
            "giovedi",
            "donderdag",
        ],
    ),
    (
        Fri,
        &[
            "friday", "fri", "freitag", "fr", "vendredi", "ven", "viernes", "vie", "venerdi",
            "vrijdag",
        ],
    ),
    (
        Sat,
        &[
            "saturday",
            "sat",
            "samstag",
            "sonnabend",
            "sa",
            "samedi",
            "sam",
            "sabado",
            "sab",
            "sabato",
            "zaterdag",
        ],
    ),
    (
        Sun,
        &[
            "sunday", "sun", "sonntag", "so", "dimanche", "dim", "domingo", "dom", "domenica",
            "zondag",
        ],
    ),
];

/// Words that stand around a date and say nothing of it.
const AROUND: [&str; 40] = [
    "until", "till", "by", "on", "at", "the", "of", "to", "bis", "am", "um", "zum", "den", "der",
    "ab", "vom", "le", "la", "el", "al", "a", "du", "de", "del", "au", "jusquau", "hasta", "il",
    "fino", "tot", "uhr", "oclock", "heures", "heure", "hrs", "hr", "horas", "hora", "year",
    "date",
];

const ORDINALS: [&str; 9] = ["st", "nd", "rd", "th", "er", "ter", "o", "º", "re"];

const NOON: [&str; 5] = ["noon", "midday", "mittag", "midi", "mediodia"];

const MIDNIGHT: [&str; 5] = ["midnight", "mitternacht", "minuit", "medianoche", "mezzanotte"];

const TODAY: [&str; 6] = ["today", "heute", "aujourdhui", "hoy", "oggi", "vandaag"];

const TOMORROW: [&str; 5] = ["tomorrow", "morgen", "demain", "manana", "domani"];

/// What a word is in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// 1 to 12.
    Month(u32),
    Weekday(Weekday),
    Noon,
    Midnight,
    /// So many days from today.
    InDays(u64),
    Around,
}

/// What a folded word means; `None` for words of no date.
pub(super) fn meaning(word: &str) -> Option<Meaning> {
    // A word of one of these languages is short; a name in a list may be any text.
    if word.len() > 12 {
        return None;
    }
    let weekday = || WEEKDAYS.iter().find(|(_, names)| names.contains(&word)).map(|(day, _)| *day);
    Some(match word {
        _ if NOON.contains(&word) => Meaning::Noon,
        _ if MIDNIGHT.contains(&word) => Meaning::Midnight,
        _ if TODAY.contains(&word) => Meaning::InDays(0),
        _ if TOMORROW.contains(&word) => Meaning::InDays(1),
        _ if AROUND.contains(&word) => Meaning::Around,
        _ => match month(word) {
            Some(month) => Meaning::Month(month),
            None => Meaning::Weekday(weekday()?),
        },
    })
}

fn month(word: &str) -> Option<u32> {
    let at = MONTHS.iter().position(|names| names.contains(&word))?;
    u32::try_from(at + 1).ok()
}

/// The name that was probably meant by a misspelt one.
pub(super) fn nearest(word: &str) -> Option<Meaning> {
    let most = match word.len() {
        0..=3 => return None,
        4..=6 => 1,
        7..=13 => 2,
        _ => return None,
    };
    let months = (1..)
        .zip(MONTHS)
        .flat_map(|(number, names)| names.iter().map(move |name| (*name, Meaning::Month(number))));
    let days = WEEKDAYS
        .into_iter()
        .flat_map(|(day, names)| names.iter().map(move |name| (*name, Meaning::Weekday(day))));
    let length = word.chars().count();
    let letters: Vec<_> = word.chars().take(2).collect();
    // Most words of a list are of documents' names, and a slip leaves a word nearly as long, with one of
    // its first two letters there.
    let is_near = |name: &str| {
        name.chars().count().abs_diff(length) <= most
            && name.chars().take(2).any(|letter| letters.contains(&letter))
    };
    months
        .chain(days)
        .filter(|(name, _)| name.len() > 3 && is_near(name))
        .map(|(name, meaning)| (strsim::osa_distance(name, word), meaning))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, meaning)| meaning)
}

pub(super) fn is_ordinal(word: &str) -> bool {
    ORDINALS.contains(&word)
}
