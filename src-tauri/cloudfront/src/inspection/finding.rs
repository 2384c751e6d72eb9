//! The link in what was pasted: a link alone, a whole mail, a page's source, a command.
//!
//! Of the addresses in it the one is chosen that is the likest to a signed link. What was done to get
//! it is said ([`Repair`]): the text as it was pasted does not open then, and the link as it was found
//! may.

use std::borrow::Cow;
use std::fmt;

use super::budget::{Work, beginning};
use super::candidates::{self, Candidate};
use super::cookies::{self, Cookies};
use super::mail::Mail;
use super::message;
use super::ranking::Rank;
use super::repair::Repair;
use super::storage::signs_for_storage;
use super::unwrapping;
use crate::characters::unseen_name;
use crate::verify::Link;

/// So much of what was pasted is looked at; a longer mail has its attachments behind.
pub const MAX_BYTES: usize = 4 << 20;
/// A link or cookies, out of what was pasted.
///
/// Whoever has it can open the document, so its `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Found {
    link: String,
    /// What it is.
    pub form: Form,
    /// What was done to get it, in this order.
    pub repairs: Vec<Repair>,
    /// How many other signed links were pasted with it.
    pub others: usize,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// An address.
    Link,
    /// Cookies, read as the link that would open the same.
    Cookies {
        /// Whether the address of their page was pasted with them.
        has_address: bool,
    },
}

/// There is nothing to inspect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotFound {
    /// Nothing was pasted.
    #[error("the text is empty")]
    Empty,
    /// No address and no cookie.
    #[error("there is no link in the text")]
    NoAddress,
}

impl Found {
    fn of(sources: &[Source<'_>], work: &mut Work) -> Option<Self> {
        let mut candidates = Vec::new();
        for source in sources {
            candidates.extend(source.told(candidates::addresses(&source.text, work)));
        }
        if !candidates.iter().any(|candidate| candidate.rank == Rank::Signed) {
            for source in sources {
                let broken = candidates::broken_in_its_beginning(&source.text, work);
                candidates.extend(source.told(broken));
                let bare = candidates::without_scheme(&source.text, work);
                candidates.extend(source.told(bare));
            }
        }
        let first_of = |rank| candidates.iter().find(|candidate| candidate.rank == rank);
        let (chosen, form) = if let Some(signed) = first_of(Rank::Signed) {
            (signed.clone(), Form::Link)
        } else {
            let address = first_of(Rank::Address).map(|candidate| candidate.link.as_str());
            match sources.iter().find_map(|source| source.cookies(address)) {
                Some(cookies) => cookies,
                None => {
                    let any = first_of(Rank::Hinted).or_else(|| first_of(Rank::Address));
                    (any?.clone(), Form::Link)
                }
            }
        };
        let mut seen = std::collections::HashSet::from([chosen.link.as_str()]);
        let others = candidates
            .iter()
            .filter(|other| other.rank == Rank::Signed && seen.insert(other.link.as_str()))
            .count();
        let mut repairs = Vec::new();
        for repair in chosen.repairs {
            if !repairs.contains(&repair) {
                repairs.push(repair);
            }
        }
        Some(Self { link: chosen.link.clone(), form, repairs, others })
    }

    fn is_signed(&self) -> bool {
        self.form != Form::Link || Rank::of(&self.link) == Rank::Signed
    }

    /// The link as it can be asked for; for cookies the one that would open the same.
    pub fn link(&self) -> &str {
        &self.link
    }

    /// The address that somebody would ask for who has no link: without what signs it, for CloudFront
    /// or for the storage.
    pub fn without_signature(&self) -> String {
        let base = Link::take_apart(&self.link).base;
        let Some((path, query)) = base.split_once('?') else {
            return base;
        };
        let own: Vec<_> = query.split('&').filter(|part| !signs_for_storage(part)).collect();
        if own.is_empty() { path.to_owned() } else { format!("{path}?{}", own.join("&")) }
    }
}

impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { link: _, form, repairs, others } = self;
        f.debug_struct("Found")
            .field("link", &"…[hidden]")
            .field("form", form)
            .field("repairs", repairs)
            .field("others", others)
            .finish()
    }
}

/// Looks for the first signed link in a text, and where there is none for cookies, then for the first
/// address of any kind.
///
/// # Errors
/// [`NotFound`].
pub fn find(text: &str) -> Result<Found, NotFound> {
    let text = beginning(text, MAX_BYTES);
    if text.chars().all(|c| c.is_whitespace() || unseen_name(c).is_some()) {
        return Err(NotFound::Empty);
    }
    let mut work = Work::new();
    // Where a mail is not one, or is cut, its pieces may still have the link.
    let whole = Found::of(&Source::of_mail(text), &mut work);
    if let Some(whole) = whole.as_ref().filter(|whole| whole.is_signed()) {
        return Ok(whole.clone());
    }
    let pieces = Found::of(&Source::of_pieces(text), &mut work);
    let signed = pieces.as_ref().is_some_and(Found::is_signed);
    pieces.filter(|_| signed || whole.is_none()).or(whole).ok_or(NotFound::NoAddress)
}

/// A text in which links are looked for.
struct Source<'a> {
    text: Cow<'a, str>,
    /// What was done to get all of it.
    repairs: Vec<Repair>,
}

impl<'a> Source<'a> {
    /// The texts of a mail; none where it is no mail.
    fn of_mail(text: &str) -> Vec<Source<'static>> {
        let texts = message::texts(text).into_iter();
        texts.map(|part| Source::new(Cow::Owned(part.text), part.repairs)).collect()
    }

    /// What was pasted; where it has parts in base64 first the rest, and then these.
    fn of_pieces(text: &'a str) -> Vec<Self> {
        match Mail::open(text) {
            None => vec![Self::new(Cow::Borrowed(text), Vec::new())],
            Some(Mail { rest, decoded }) => vec![
                Self::new(Cow::Owned(rest), Vec::new()),
                Self::new(Cow::Owned(decoded), vec![Repair::Base64]),
            ],
        }
    }

    fn new(text: Cow<'a, str>, mut repairs: Vec<Repair>) -> Self {
        let text = unwrapping::text(text, &mut repairs);
        Self { text, repairs }
    }

    /// Candidates, with what was done to the text before they were found in it.
    fn told(
        &self,
        candidates: impl IntoIterator<Item = Candidate>,
    ) -> impl Iterator<Item = Candidate> {
        candidates.into_iter().map(|candidate| {
            let repairs = [self.repairs.clone(), candidate.repairs].concat();
            Candidate { repairs, ..candidate }
        })
    }

    fn cookies(&self, address: Option<&str>) -> Option<(Candidate, Form)> {
        let Cookies { link, has_address } = cookies::read(&self.text, address)?;
        let cookies = Candidate { link, repairs: self.repairs.clone(), rank: Rank::Signed };
        Some((cookies, Form::Cookies { has_address }))
    }
}
