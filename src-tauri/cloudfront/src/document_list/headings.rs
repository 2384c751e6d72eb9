//! What the columns of a table are called: in English, German, French, Spanish and some neighbours of
//! theirs, folded.

use crate::folding::words;

/// What stands in a column, by its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The document; the smaller, the surer.
    Document(usize),
    /// When its link ends.
    End,
    /// A date, of whatever.
    Date,
    /// From when something is valid.
    Start,
    /// From where alone something may be opened.
    Network,
    /// What is no end, whatever stands in it: when a file was changed, a size.
    OtherDate,
    /// The folder in which the document is.
    Folder,
    /// A note, or whoever gets the link.
    Note,
}

/// The surest first: a *name* may be a reader's.
const DOCUMENT: [&str; 63] = [
    "document",
    "documents",
    "document address",
    "document name",
    "document url",
    "document path",
    "address",
    "url",
    "link",
    "file name",
    "filename",
    "file",
    "files",
    "file path",
    "filepath",
    "path",
    "key",
    "object key",
    "s3 key",
    "object",
    "dokument",
    "dokumente",
    "dokumentname",
    "datei",
    "dateien",
    "dateiname",
    "dateipfad",
    "pfad",
    "adresse",
    "unterlage",
    "unterlagen",
    "fichier",
    "fichiers",
    "nom du fichier",
    "nom de fichier",
    "chemin",
    "lien",
    "documento",
    "documentos",
    "nombre del documento",
    "archivo",
    "archivos",
    "nombre del archivo",
    "nombre de archivo",
    "fichero",
    "ruta",
    "direccion",
    "enlace",
    "nome file",
    "percorso",
    "arquivo",
    "bestand",
    "bestandsnaam",
    "attachment",
    "anlage",
    "anhang",
    "piece jointe",
    "adjunto",
    "pdf",
    "object name",
    "name",
    "nom",
    "nombre",
];

/// One of these words in a heading makes it an end.
const END: [&str; 90] = [
    "expires",
    "expire",
    "expiry",
    "expiration",
    "expiring",
    "expired",
    "exp",
    "until",
    "till",
    "thru",
    "through",
    "end",
    "ends",
    "ending",
    "deadline",
    "validity",
    "lifetime",
    "duration",
    "ttl",
    "bis",
    "ende",
    "endet",
    "enddatum",
    "endtermin",
    "endzeit",
    "ablauf",
    "ablaufdatum",
    "ablaufzeit",
    "ablaufend",
    "abgelaufen",
    "verfall",
    "verfallt",
    "verfallsdatum",
    "verfallsdatum",
    "gultigkeit",
    "gultigkeitsdauer",
    "laufzeit",
    "dauer",
    "frist",
    "fristende",
    "befristet",
    "befristung",
    "lebensdauer",
    "fin",
    "expire",
    "jusqu",
    "jusque",
    "echeance",
    "peremption",
    "validite",
    "duree",
    "limite",
    "hasta",
    "vence",
    "vencimiento",
    "caduca",
    "caducidad",
    "expira",
    "expiracion",
    "validez",
    "vigencia",
    "duracion",
    "scadenza",
    "scade",
    "vervaldatum",
    "verloopt",
    "closes",
    "closing",
    "closure",
    "cutoff",
    "limit",
    "terminates",
    "termination",
    "lapses",
    "gultigkeitsende",
    "endzeitpunkt",
    "verfallszeit",
    "schlusstermin",
    "cloture",
    "butoir",
    "caduc",
    "delai",
    "plazo",
    "termina",
    "finaliza",
    "caducan",
    "fino",
    "validade",
    "vencen",
    "expiran",
];

const END_PHRASES: [&str; 15] = [
    "valid to",
    "available to",
    "open to",
    "date fin",
    "usable to",
    "works to",
    "not after",
    "use by",
    "use before",
    "best before",
    "valid before",
    "cut off",
    "cut off date",
    "ungultig ab",
    "ungueltig ab",
];

/// *Läuft ab* ends what *ab* alone begins.
const END_VERBS: [&str; 3] = ["lauft", "laeuft", "laufen"];

const START: [&str; 17] = [
    "from",
    "start",
    "starts",
    "starting",
    "begin",
    "begins",
    "beginning",
    "beginn",
    "ab",
    "von",
    "debut",
    "partir",
    "desde",
    "inicio",
    "inicia",
    "startdatum",
    "before",
];

/// These words make a start of a date, though other words of an end stand beside them: *Embargo until*.
const START_WHATEVER: [&str; 16] = [
    "embargo",
    "embargoed",
    "sperrfrist",
    "gesperrt",
    "locked",
    "hidden",
    "freigabe",
    "freigegeben",
    "freigeschaltet",
    "release",
    "released",
    "publication",
    "veroffentlichung",
    "veroeffentlichung",
    "activation",
    "opens",
];

/// The same in two words.
const START_PAIRS: [(&str, &str); 5] =
    [("not", "until"), ("nicht", "vor"), ("pas", "avant"), ("no", "antes"), ("erst", "ab")];

/// These may as well say who somebody is.
const WEAK_STARTS: [&str; 5] = ["from", "von", "desde", "partir", "start"];

/// One of these words in a heading makes it a network.
const NETWORK: [&str; 20] = [
    "ip",
    "ips",
    "ipv4",
    "ipv6",
    "ip4",
    "cidr",
    "cidrs",
    "network",
    "networks",
    "subnet",
    "subnets",
    "netzwerk",
    "netzwerke",
    "netz",
    "subnetz",
    "reseau",
    "reseaux",
    "netwerk",
    "rete",
    "whitelist",
];

const DATE: [&str; 21] = [
    "date",
    "dates",
    "datum",
    "date and time",
    "datum und uhrzeit",
    "fecha",
    "fecha y hora",
    "data",
    "termin",
    "tag",
    "day",
    "jour",
    "dia",
    "when",
    "wann",
    "quand",
    "cuando",
    "time",
    "zeit",
    "zeitpunkt",
    "heure",
];

/// These words beside a date make it no end.
const OTHER_DATE: [&str; 34] = [
    "modified",
    "lastmodified",
    "lastmodifieddate",
    "modification",
    "changed",
    "created",
    "creation",
    "uploaded",
    "upload",
    "updated",
    "added",
    "geandert",
    "geaendert",
    "anderung",
    "anderungsdatum",
    "aenderungsdatum",
    "erstellt",
    "erstelldatum",
    "erstellungsdatum",
    "erstellung",
    "hochgeladen",
    "modifie",
    "cree",
    "ajoute",
    "modificado",
    "modificacion",
    "creado",
    "creacion",
    "subido",
    "gewijzigd",
    "gemaakt",
    "modificato",
    "creato",
    "aktualisiert",
];

/// Below these stand numbers that may look like days, and none is one.
const NO_DATE: [&str; 23] = [
    "size",
    "grosse",
    "groesse",
    "taille",
    "tamano",
    "type",
    "typ",
    "tipo",
    "price",
    "preis",
    "prix",
    "precio",
    "phone",
    "telephone",
    "telefon",
    "telefono",
    "etag",
    "version",
    "file size",
    "dateigrosse",
    "dateigroesse",
    "storage class",
    "made",
];

const FOLDER: [&str; 18] = [
    "folder",
    "folder name",
    "folder path",
    "directory",
    "dir",
    "subfolder",
    "prefix",
    "ordner",
    "ordnername",
    "unterordner",
    "verzeichnis",
    "dossier",
    "repertoire",
    "carpeta",
    "directorio",
    "cartella",
    "pasta",
    "sous dossier",
];

/// What numbers below a heading count, as it is written behind them: `Valid for (days)`.
const UNITS: [(&str, &[&str]); 4] = [
    ("hours", &["hours", "hrs", "stunden", "std", "heures", "horas", "ore"]),
    ("days", &["days", "tage", "tagen", "jours", "dias", "giorni"]),
    ("weeks", &["weeks", "wochen", "semaines", "semanas", "settimane"]),
    ("months", &["months", "monate", "monaten", "mois", "meses", "mesi"]),
];

const NOTE: [&str; 68] = [
    "note",
    "notes",
    "reader",
    "readers",
    "recipient",
    "recipients",
    "for",
    "for whom",
    "client",
    "clients",
    "customer",
    "comment",
    "comments",
    "remark",
    "remarks",
    "sent to",
    "send to",
    "to",
    "email",
    "e mail",
    "mail",
    "who",
    "whom",
    "person",
    "contact",
    "company",
    "empfanger",
    "empfaenger",
    "notiz",
    "notizen",
    "bemerkung",
    "bemerkungen",
    "kommentar",
    "fur",
    "fuer",
    "fur wen",
    "fuer wen",
    "kunde",
    "kundin",
    "mandant",
    "mandantin",
    "leser",
    "leserin",
    "an",
    "gesendet an",
    "firma",
    "ansprechpartner",
    "hinweis",
    "remarque",
    "remarques",
    "destinataire",
    "lecteur",
    "commentaire",
    "pour",
    "pour qui",
    "societe",
    "destinatario",
    "cliente",
    "lector",
    "nota",
    "notas",
    "comentario",
    "para",
    "para quien",
    "empresa",
    "name",
    "nom",
    "nombre",
];

/// What a heading says; `None` for a word that is none of these.
pub(super) fn role(heading: &str) -> Option<Role> {
    // A cell of prose is no heading.
    if heading.len() > 60 {
        return None;
    }
    let heading = words(&apart(heading));
    let each = || heading.split(' ');
    if let Some(rank) = DOCUMENT.iter().position(|name| *name == heading) {
        return Some(Role::Document(rank));
    }
    if FOLDER.contains(&heading.as_str()) {
        return Some(Role::Folder);
    }
    if NOTE.contains(&heading.as_str()) {
        return Some(Role::Note);
    }
    if each().any(|word| END_VERBS.contains(&word)) && each().any(|word| word == "ab") {
        return Some(Role::End);
    }
    let has = |wanted: &str| each().any(|word| word == wanted);
    if each().any(|word| START_WHATEVER.contains(&word))
        || START_PAIRS.iter().any(|(first, second)| has(first) && has(second))
    {
        return Some(Role::Start);
    }
    let is_other = each().any(|word| OTHER_DATE.contains(&word));
    let is_end = END_PHRASES.contains(&heading.as_str()) || each().any(|word| END.contains(&word));
    if is_other || NO_DATE.contains(&heading.as_str()) {
        // *Upload expires* says both, and so is asked about.
        return (!is_end).then_some(Role::OtherDate);
    }
    let is_network = each().any(|word| NETWORK.contains(&word)) || heading == "red";
    if is_network && (!is_end || has("limit") || has("limite")) {
        return Some(Role::Network);
    }
    if is_end {
        return Some(Role::End);
    }
    if each().any(|word| START.contains(&word)) {
        return Some(Role::Start);
    }
    if DATE.contains(&heading.as_str()) {
        return Some(Role::Date);
    }
    each().any(is_misspelt_end).then_some(Role::End)
}

/// Whether a heading surely says a start, whatever stands below it.
pub(super) fn is_sure_start(heading: &str) -> bool {
    role(heading) == Some(Role::Start) && !WEAK_STARTS.contains(&words(&apart(heading)).as_str())
}

/// What numbers below a heading count; `None` where it does not say.
pub(super) fn unit(heading: &str) -> Option<&'static str> {
    let heading = words(&apart(heading));
    let is_unit = |names: &[&str]| heading.split(' ').any(|word| names.contains(&word));
    UNITS.iter().find(|(_, names)| is_unit(names)).map(|(unit, _)| *unit)
}

/// Whether times below a heading are UTC's: `Expires (UTC)`.
pub(super) fn is_in_utc(heading: &str) -> bool {
    words(heading).split(' ').any(|word| matches!(word, "utc" | "gmt" | "zulu"))
}

/// `validUntil` in two words.
fn apart(heading: &str) -> String {
    let mut apart = String::with_capacity(heading.len() + 4);
    let mut was_small = false;
    for character in heading.chars() {
        if was_small && character.is_uppercase() {
            apart.push(' ');
        }
        was_small = character.is_lowercase();
        apart.push(character);
    }
    apart
}

fn is_misspelt_end(word: &str) -> bool {
    let most = match word.len() {
        0..=5 => return false,
        6..=8 => 1,
        _ => 2,
    };
    let long = END.iter().filter(|name| name.len() >= 6);
    long.map(|name| strsim::osa_distance(name, word)).any(|distance| distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_known_in_many_words() {
        for heading in [
            "Expires",
            "expires at",
            "expiresAt",
            "Expiry",
            "Expiry Date",
            "Expiration",
            "EXPIRATION DATE:",
            "Exp. date",
            "Valid until",
            "validUntil",
            "Valid to",
            "Valid thru",
            "Valid through",
            "Valid till",
            "Works until",
            "Until",
            "Ends",
            "End",
            "End date",
            "End Date/Time",
            "Link ends",
            "Deadline",
            "Available until",
            "Validity",
            "Lifetime",
            "Gültig bis",
            "GÜLTIG BIS",
            "Gueltig bis",
            "Bis",
            "Ablauf",
            "Ablaufdatum",
            "Ende",
            "Enddatum",
            "Läuft ab bis",
            "Verfallsdatum",
            "Gültigkeit",
            "Laufzeit",
            "Frist",
            "Befristet bis",
            "Expire le",
            "Date d'expiration",
            "Valable jusqu'au",
            "Valide jusqu’au",
            "Jusqu'au",
            "Échéance",
            "Date d’échéance",
            "Fin",
            "Date de fin",
            "Fin de validité",
            "Válido hasta",
            "Hasta",
            "Fecha de vencimiento",
            "Vence",
            "Caduca",
            "Fecha de caducidad",
            "Expira",
            "Fecha de expiración",
            "Scadenza",
            "Expires (UTC)",
            "Expriy date",
            "Experation",
            "Läuft ab",
            "Läuft ab am",
            "Laeuft ab am",
            "Ungültig ab",
            "Gültigkeitsende",
            "Not after",
            "notAfter",
            "Use by",
            "Best before",
            "Closing date",
            "Cut-off date",
            "Time limit",
            "Termination",
            "Clôture",
            "Date butoir",
            "Délai",
            "Plazo",
            "Termina el",
            "Finaliza",
            "Fino al",
        ] {
            assert_eq!(role(heading), Some(Role::End), "{heading}");
        }
        for heading in [
            "Document",
            "File name",
            "FileName",
            "file_name",
            "Dateiname",
            "Datei",
            "Fichier",
            "Nom du fichier",
            "Archivo",
            "Nombre del archivo",
            "Documento",
            "Key",
            "URL",
            "Pfad",
            "Name",
        ] {
            assert!(matches!(role(heading), Some(Role::Document(_))), "{heading}");
        }
        for heading in
            ["Note", "Sent to", "Empfänger", "Destinataire", "Cliente", "E-Mail", "Für wen?"]
        {
            assert_eq!(role(heading), Some(Role::Note), "{heading}");
        }
        for heading in [
            "Valid from",
            "Gültig ab",
            "Start date",
            "À partir du",
            "Desde",
            "Not before",
            "notBefore",
            "Not valid before",
            "Available from",
            "Ab",
            "Erst ab",
            "Nicht vor",
            "Pas avant le",
            "No antes de",
            "Embargo until",
            "Embargo bis",
            "Sperrfrist bis",
            "Gesperrt bis",
            "Locked until",
            "Not until",
            "Freigabe ab",
            "Release date",
        ] {
            assert_eq!(role(heading), Some(Role::Start), "{heading}");
        }
        assert!(is_sure_start("Valid from") && !is_sure_start("From") && !is_sure_start("Von"));
        for heading in [
            "IP",
            "IP address",
            "IP-Adresse",
            "ipAddress",
            "Allowed IPs",
            "IP limit",
            "From IP",
            "Source IP",
            "CIDR",
            "Network",
            "Netzwerk",
            "Nur aus dem Netz",
            "Réseau",
            "Red",
            "Adresse IP",
            "IPv4",
            "IP whitelist",
        ] {
            assert_eq!(role(heading), Some(Role::Network), "{heading}");
        }
        assert_eq!(role("Network access until"), Some(Role::End));
        for heading in [
            "Last modified",
            "Created at",
            "Geändert am",
            "Date de modification",
            "LastModifiedDate",
            "Size",
            "Type",
        ] {
            assert_eq!(role(heading), Some(Role::OtherDate), "{heading}");
        }
        for heading in ["Upload expires", "Created until"] {
            assert_eq!(role(heading), None, "{heading}");
        }
        assert_eq!(role("Price valid until"), Some(Role::End));
        for heading in ["Folder", "Ordner", "Dossier", "Carpeta", "Verzeichnis"] {
            assert_eq!(role(heading), Some(Role::Folder), "{heading}");
        }
        for (heading, counts) in [
            ("Days", Some("days")),
            ("Expires in (days)", Some("days")),
            ("Gültig (Tage)", Some("days")),
            ("Laufzeit in Stunden", Some("hours")),
            ("Durée (jours)", Some("days")),
            ("Duración (días)", Some("days")),
            ("Valid weeks", Some("weeks")),
            ("Expires", None),
            ("Day", None),
            ("Holidays", None),
        ] {
            assert_eq!(unit(heading), counts, "{heading}");
        }
        for heading in ["", "Ref", "Ważne do", "Agenda", "a.pdf", "Endkunde", "Trend"] {
            assert_eq!(role(heading), None, "{heading}");
        }
        assert!(is_in_utc("Expires (UTC)") && !is_in_utc("Expires"));
    }
}
