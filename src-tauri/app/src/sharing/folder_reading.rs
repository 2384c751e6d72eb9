//! What was read of a folder so far, to be looked through.
//!
//! A storage gives a folder in parts, by the bytes of its names, and never by day. So of a folder that is not read to
//! its end nobody knows which document is the newest, nor that a name is not there: *newest first* is for a whole folder,
//! and a part of one stands as the storage gave it, where what comes later is added behind.

use std::collections::HashSet;

use signet_cloudfront::characters::composed;

use crate::documents::{DocumentKey, Folder, Listing, PageMark, StoredDocument};

/// A folder, as far as it was read.
#[derive(Debug, Clone)]
pub struct FolderReading {
    folder: Folder,
    /// In the order of the storage. What was taken away leaves its place, for the places are what entries are named by.
    entries: Vec<Option<Entry>>,
    /// What was put there meanwhile, and would come a second time.
    own: HashSet<DocumentKey>,
    without_address: usize,
    next: Next,
    matching: Option<Matching>,
}

/// Something in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FolderEntry {
    /// A folder in it.
    Folder(Folder),
    /// A document in it.
    Document(StoredDocument),
}

/// In which order a folder is looked through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum FolderOrder {
    /// The folders by name, then the documents, the newest first.
    #[default]
    Newest,
    /// By the bytes of the names, folders and documents alike.
    Name,
}

/// What is looked for in a folder.
#[derive(Debug, Clone, Copy)]
pub struct FolderQuery<'a> {
    /// A part of a name, in capitals or small letters; empty for everything.
    pub search: &'a str,
    /// In which order.
    pub order: FolderOrder,
    /// So many of what is found are left out.
    pub skip: usize,
    /// So many are given at most.
    pub take: usize,
}

/// A part of what was found.
#[derive(Debug, PartialEq, Eq)]
pub struct FolderPage<'a> {
    /// Each with its number, by which it is known from now on.
    pub entries: Vec<(usize, &'a FolderEntry)>,
    /// How many were found in what was read.
    pub found: usize,
    /// In which order they are: the one that was asked for, where the folder is read to its end.
    pub order: FolderOrder,
}

#[derive(Debug, Clone)]
struct Entry {
    is: FolderEntry,
    /// Its name, as a search compares it.
    searched: String,
}

#[derive(Debug, Clone)]
enum Next {
    Beginning,
    After(PageMark),
    End,
}

/// What was found last, so that the next part of it costs nothing.
#[derive(Debug, Clone)]
struct Matching {
    search: String,
    order: FolderOrder,
    /// So many entries were looked at.
    looked_at: usize,
    numbers: Vec<usize>,
}

impl FolderReading {
    /// A folder of which nothing was read.
    #[must_use]
    pub fn new(folder: Folder) -> Self {
        Self {
            folder,
            entries: vec![],
            own: HashSet::new(),
            without_address: 0,
            next: Next::Beginning,
            matching: None,
        }
    }

    /// Which folder.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Whether all of it was read.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        matches!(self.next, Next::End)
    }

    /// Behind which mark the storage goes on.
    #[must_use]
    pub fn after(&self) -> Option<&PageMark> {
        match &self.next {
            Next::After(mark) => Some(mark),
            Next::Beginning | Next::End => None,
        }
    }

    /// How many folders and documents were read.
    #[must_use]
    pub fn read(&self) -> usize {
        self.entries.iter().flatten().count()
    }

    /// How many were read besides that no link can open.
    #[must_use]
    pub fn without_address(&self) -> usize {
        self.without_address
    }

    /// Adds the part that comes next.
    pub fn take(&mut self, part: Listing) {
        let Listing { folders, documents, without_address, next } = part;
        let mut entries: Vec<_> = folders.into_iter().map(FolderEntry::Folder).collect();
        let new = documents.into_iter().filter(|document| !self.own.contains(&document.key));
        entries.extend(new.map(FolderEntry::Document));
        entries.sort_by(|one, other| one.key().cmp(other.key()));
        self.entries.extend(entries.into_iter().map(|is| Some(Entry::of(is))));
        self.without_address += without_address;
        self.next = next.map_or(Next::End, Next::After);
    }

    /// A part of what is found in what was read.
    pub fn page(&mut self, query: &FolderQuery<'_>) -> FolderPage<'_> {
        let order = if self.is_whole() { query.order } else { FolderOrder::Name };
        let search = searched(query.search.trim());
        let mut matching = match self.matching.take() {
            // What was read since stands behind what was found.
            Some(known) if known.search == search && known.order == order => known,
            _ => Matching { search, order, looked_at: 0, numbers: vec![] },
        };
        if matching.looked_at < self.entries.len() {
            let new = self.entries.iter().enumerate().skip(matching.looked_at);
            let is_found = |entry: &Entry| entry.searched.contains(&matching.search);
            let found = new.filter(|(_, entry)| entry.as_ref().is_some_and(is_found));
            matching.numbers.extend(found.map(|(number, _)| number));
            matching.looked_at = self.entries.len();
            if order == FolderOrder::Newest {
                matching.numbers.sort_by_key(|number| (self.put_at(*number), *number));
            }
        }
        let Self { entries, matching: kept, .. } = self;
        let numbers = &kept.insert(matching).numbers;
        let of_page = numbers.iter().skip(query.skip).take(query.take);
        let entries = of_page.filter_map(|number| Some((*number, at(entries, *number)?))).collect();
        FolderPage { entries, found: numbers.len(), order }
    }

    /// For what is sorted by it: nothing for a folder, and less the newer it is.
    fn put_at(&self, number: usize) -> Option<i64> {
        match self.entry(number)? {
            FolderEntry::Folder(_) => None,
            FolderEntry::Document(document) => Some(-document.modified),
        }
    }

    fn entry(&self, number: usize) -> Option<&FolderEntry> {
        at(&self.entries, number)
    }

    /// The document of a number, as it was read.
    #[must_use]
    pub fn document(&self, number: usize) -> Option<&StoredDocument> {
        match self.entry(number)? {
            FolderEntry::Document(document) => Some(document),
            FolderEntry::Folder(_) => None,
        }
    }

    /// What stands at a number from now on: the document as it is now, or nothing.
    pub fn change(&mut self, number: usize, now: Option<StoredDocument>) {
        self.matching = None;
        let Some(place) = self.entries.get_mut(number) else { return };
        let now = now.filter(|document| document.key.folder() == self.folder);
        if let Some(document) = &now {
            self.own.insert(document.key.clone());
        }
        *place = now.map(|document| Entry::of(FolderEntry::Document(document)));
    }
}

impl FolderEntry {
    /// Its name without the folders around it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Folder(folder) => folder.name(),
            Self::Document(document) => document.key.name(),
        }
    }

    fn key(&self) -> &str {
        match self {
            Self::Folder(folder) => folder.as_str(),
            Self::Document(document) => document.key.as_str(),
        }
    }
}

impl Entry {
    fn of(is: FolderEntry) -> Self {
        Self { searched: searched(is.name()), is }
    }
}

fn at(entries: &[Option<Entry>], number: usize) -> Option<&FolderEntry> {
    Some(&entries.get(number)?.as_ref()?.is)
}

fn searched(text: &str) -> String {
    composed(text).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::ETag;

    fn document(key: &str, modified: i64) -> StoredDocument {
        let etag = ETag::parse("e").unwrap();
        StoredDocument { key: DocumentKey::found(key).unwrap(), size: 1, modified, etag }
    }

    fn part(folders: &[&str], documents: &[(&str, i64)], next: Option<&str>) -> Listing {
        Listing {
            folders: folders.iter().map(|folder| Folder::found(folder).unwrap()).collect(),
            documents: documents.iter().map(|(key, modified)| document(key, *modified)).collect(),
            without_address: 0,
            next: next.map(|mark| PageMark::parse(mark).unwrap()),
        }
    }

    fn names(reading: &mut FolderReading, search: &str, order: FolderOrder) -> Vec<String> {
        let page = reading.page(&FolderQuery { search, order, skip: 0, take: 100 });
        assert_eq!(page.found, page.entries.len());
        page.entries.iter().map(|(_, entry)| entry.name().to_owned()).collect()
    }

    #[test]
    fn a_whole_folder_stands_newest_first_and_a_part_of_one_as_it_was_given() {
        let mut reading = FolderReading::new(Folder::default());
        assert!(!reading.is_whole());
        reading.take(part(&["b/"], &[("a.pdf", 1), ("c.pdf", 3)], Some("c")));
        assert!(!reading.is_whole());
        let page =
            reading.page(&FolderQuery { search: "", order: FolderOrder::Newest, skip: 0, take: 9 });
        assert_eq!(page.order, FolderOrder::Name, "it is not known which one is the newest");
        assert_eq!(names(&mut reading, "", FolderOrder::Newest), ["a.pdf", "b", "c.pdf"]);

        // What comes later stands behind, and no row moves.
        reading.take(part(&["d/"], &[("e.pdf", 2)], None));
        assert!(reading.is_whole() && reading.after().is_none());
        assert_eq!(
            names(&mut reading, "", FolderOrder::Name),
            ["a.pdf", "b", "c.pdf", "d", "e.pdf"]
        );
        assert_eq!(
            names(&mut reading, "", FolderOrder::Newest),
            ["b", "d", "c.pdf", "e.pdf", "a.pdf"]
        );
    }

    #[test]
    fn a_search_finds_a_part_of_a_name_in_any_letters_and_goes_on_with_what_is_read() {
        let mut reading = FolderReading::new(Folder::found("reports/").unwrap());
        let nfd = "reports/U\u{308}bersicht.pdf";
        reading.take(part(&["reports/Lease papers/"], &[("reports/LEASE 1.pdf", 1)], Some("x")));
        assert_eq!(
            names(&mut reading, " lease ", FolderOrder::Newest),
            ["LEASE 1.pdf", "Lease papers"]
        );
        reading.take(part(&[], &[(nfd, 5), ("reports/new lease.pdf", 9)], None));
        assert_eq!(
            names(&mut reading, " lease ", FolderOrder::Name),
            ["LEASE 1.pdf", "Lease papers", "new lease.pdf"]
        );
        assert_eq!(names(&mut reading, "ÜBER", FolderOrder::Name), ["U\u{308}bersicht.pdf"]);
        // The folder's own name is none of its entries'.
        assert!(names(&mut reading, "reports", FolderOrder::Name).is_empty());
    }

    #[test]
    fn what_is_shown_is_a_part_of_what_is_found() {
        let mut reading = FolderReading::new(Folder::default());
        let all: Vec<_> = (0..2_500).map(|number| format!("{number:04}.pdf")).collect();
        let all: Vec<_> = (0..).zip(&all).map(|(at, name)| (name.as_str(), at)).collect();
        reading.take(part(&[], &all, None));
        let query = FolderQuery { search: "", order: FolderOrder::Newest, skip: 100, take: 2 };
        let page = reading.page(&query);
        assert_eq!((page.found, page.entries.len()), (2_500, 2));
        assert_eq!((page.entries[0].0, page.entries[0].1.name()), (2_399, "2399.pdf"));
        let nothing = FolderQuery { skip: 9_999, ..query };
        assert!(reading.page(&nothing).entries.is_empty());
    }

    #[test]
    fn what_changes_keeps_its_number_and_does_not_come_twice() {
        let mut reading = FolderReading::new(Folder::default());
        reading.take(part(&[], &[("a.pdf", 1), ("b.pdf", 2)], Some("b")));
        reading.change(0, Some(document("z.pdf", 3)));
        assert_eq!(reading.document(0).unwrap().key.as_str(), "z.pdf");
        reading.change(1, None);
        assert_eq!((reading.document(1), reading.read()), (None, 1));
        reading.take(part(&[], &[("c.pdf", 2), ("z.pdf", 3)], None));
        assert_eq!(names(&mut reading, "", FolderOrder::Name), ["z.pdf", "c.pdf"]);
        // Back again, or gone into another folder.
        reading.change(1, Some(document("b.pdf", 2)));
        assert_eq!(names(&mut reading, "", FolderOrder::Name), ["z.pdf", "b.pdf", "c.pdf"]);
        reading.change(0, Some(document("old/a.pdf", 2)));
        assert_eq!(names(&mut reading, "", FolderOrder::Newest), ["b.pdf", "c.pdf"]);
        reading.change(99, None);
    }
}
