//! A page of the history: which rows match, in which order, and how many there are.
//!
//! A search walks once through an index that holds all it needs, which takes milliseconds for
//! 100,000 rows; an index of words would have to forget what is removed, too. On that walk the states
//! are counted.

use std::cmp::Reverse;

use rusqlite::{Connection, named_params};
use signet_app::{
    ENDING_SECONDS, HistoryPage, HistoryQuery, HistorySort, KeyId, LinkState, Name, RegisteredKey,
    StateCounts, StateFilter,
};

use super::file::Fault;
use super::row::{Row, folded};

pub(super) fn read(
    connection: &Connection,
    query: &HistoryQuery,
    keys: &[RegisteredKey],
    now: i64,
) -> Result<HistoryPage, Fault> {
    let total = connection
        .prepare_cached("SELECT count(*) FROM entries")?
        .query_row([], |row| row.get::<_, u32>(0))? as usize;
    let is_all =
        query.search.trim().is_empty() && query.state == StateFilter::Any && query.key.is_none();
    let (ids, found, counts) = if is_all {
        let counts = if query.skip == 0 { Some(count_all(connection, total, now)?) } else { None };
        (first_of_all(connection, query, now)?, total, counts)
    } else {
        let Matching { ids, found, counts } = matching(connection, query, keys, now)?;
        (ids, found, (query.skip == 0).then_some(counts))
    };
    let mut page = HistoryPage { found, total, counts, ..HistoryPage::default() };
    for id in ids {
        // Another Signet may have removed it in this moment.
        if let Some(row) = Row::find(connection, id)? {
            match row.open() {
                Some(entry) => page.entries.push(entry),
                None => page.unreadable += 1,
            }
        }
    }
    Ok(page)
}

/// The keys that made an entry, each with the name that it had in its last one.
pub(super) fn keys(connection: &Connection) -> rusqlite::Result<Vec<(KeyId, Name)>> {
    // From one key to the next along the index: the entries themselves are many.
    let mut statement = connection.prepare_cached(
        "WITH RECURSIVE keys (key) AS (SELECT min(key_id) FROM entries UNION ALL \
         SELECT (SELECT min(key_id) FROM entries WHERE key_id > key) FROM keys WHERE key IS NOT NULL) \
         SELECT key, (SELECT key_name FROM entries WHERE key_id = key ORDER BY id DESC LIMIT 1) \
         FROM keys WHERE key IS NOT NULL",
    )?;
    let rows =
        statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    let read = |(id, name): (String, String)| Some((KeyId::parse(&id)?, Name::parse(&name).ok()?));
    rows.filter_map(|row| row.map(read).transpose()).collect()
}

/// The states of all rows, by what the indexes hold: to look at each row would take twice as long.
fn count_all(connection: &Connection, total: usize, now: i64) -> Result<StateCounts, Fault> {
    let soon = now.saturating_add(ENDING_SECONDS);
    let by_end = |sql: &str, bounds: &[i64]| {
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, u32>(0)?, row.get(1)?));
        connection.prepare_cached(sql)?.query_row(rusqlite::params_from_iter(bounds), read)
    };
    let (ended, _): (u32, Option<i64>) =
        by_end("SELECT count(*), NULL FROM entries WHERE expires_at <= ?1", &[now])?;
    let (ends_soon, first_end): (u32, Option<i64>) = by_end(
        "SELECT count(*), min(expires_at) FROM entries WHERE expires_at > ?1 AND expires_at < ?2",
        &[now, soon],
    )?;
    let first_later: Option<i64> = connection
        .prepare_cached("SELECT min(expires_at) FROM entries WHERE expires_at >= ?1")?
        .query_row([soon], |row| row.get(0))?;
    // Few links have a start, and no index is of those alone.
    let (waiting, of_ends_soon, first_start): (u32, u32, Option<i64>) = connection
        .prepare_cached(
            "SELECT count(*), count(*) FILTER (WHERE expires_at < ?2), min(starts_after) \
             FROM entries INDEXED BY entries_by_name WHERE starts_after >= ?1 AND expires_at > ?1",
        )?
        .query_row([now, soon], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let waiting = waiting as usize;
    let (ended, ending) = (ended as usize, ends_soon.saturating_sub(of_ends_soon) as usize);
    let changes = [
        first_end,
        first_later.map(|end| end.saturating_sub(ENDING_SECONDS - 1)),
        first_start.map(|after| after.saturating_add(1)),
    ];
    Ok(StateCounts {
        waiting,
        works: total.saturating_sub(waiting + ending + ended),
        ending,
        ended,
        next_change: changes.into_iter().flatten().min(),
    })
}

/// The ids of a part of all rows.
fn first_of_all(
    connection: &Connection,
    HistoryQuery { sort, skip, take, .. }: &HistoryQuery,
    now: i64,
) -> Result<Vec<i64>, Fault> {
    let (mut ids, mut found) = (Vec::new(), 0);
    if *take == 0 {
        return Ok(ids);
    }
    for Run { only, order } in runs(*sort, now) {
        let sql = format!("SELECT id FROM entries WHERE {only} ORDER BY {order}");
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if found >= *skip {
                ids.push(row.get(0)?);
            }
            found += 1;
            if ids.len() == *take {
                return Ok(ids);
            }
        }
    }
    Ok(ids)
}

/// What one walk through the rows found.
struct Matching {
    /// The wanted part.
    ids: Vec<i64>,
    /// How many match.
    found: usize,
    /// The states of those that match but for the state.
    counts: StateCounts,
}

fn matching(
    connection: &Connection,
    query: &HistoryQuery,
    keys: &[RegisteredKey],
    now: i64,
) -> Result<Matching, Fault> {
    let HistoryQuery { search, state, key, sort, skip, take } = query;
    let search = folded(search.trim());
    let named: Vec<&str> = keys
        .iter()
        .filter(|key| folded(key.name.as_str()).contains(&search))
        .map(|key| key.id.as_str())
        .collect();
    // To ask that of each row, where no key has such a name, takes as long as to search it.
    let by_key =
        if named.is_empty() { "" } else { "OR key_id IN (SELECT value FROM json_each(:named))" };
    let named = serde_json::to_string(&named).unwrap_or_default();
    // Only this order the index has; for another, SQLite would make a sorted table of all that match.
    let order = if *sort == HistorySort::Name { BY_NAME } else { "NULL" };
    // Without being told, SQLite would walk through the whole rows, which are three times as long.
    let sql = format!(
        "SELECT id, expires_at, starts_after FROM entries INDEXED BY entries_by_name \
         WHERE (:key IS NULL OR key_id = :key) \
         AND (:search = '' OR instr(searched, :search) {by_key}) \
         AND :named IS NOT NULL ORDER BY {order}",
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(named_params! {
        ":key": key.as_ref().map(KeyId::as_str),
        ":search": search,
        ":named": named,
    })?;
    let mut counts = StateCounts::default();
    let mut found: Vec<(i64, i64)> = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, expires_at) = (row.get(0)?, row.get(1)?);
        let starts_at = row.get::<_, Option<i64>>(2)?.map(|after| after.saturating_add(1));
        let is = counts.add(starts_at, expires_at, now);
        let is_wanted = match state {
            StateFilter::Any => true,
            StateFilter::Working => is != LinkState::Ended,
            StateFilter::Is(wanted) => is == *wanted,
        };
        if is_wanted {
            found.push((id, expires_at));
        }
    }
    match sort {
        HistorySort::Name => {}
        HistorySort::Newest => found.sort_unstable_by_key(|(id, _)| Reverse(*id)),
        // Those that work, the next to end first; behind them those that ended, the last one first.
        HistorySort::EndsFirst => found.sort_unstable_by_key(|(id, expires_at)| {
            let has_ended = *expires_at <= now;
            let turned = |number: i64| if has_ended { -i128::from(number) } else { number.into() };
            (has_ended, turned(*expires_at), turned(*id))
        }),
    }
    let ids = found.iter().map(|(id, _)| *id).skip(*skip).take(*take).collect();
    Ok(Matching { ids, found: found.len(), counts })
}

/// The order of `entries_by_name`.
const BY_NAME: &str = "searched, key_id, expires_at, starts_after, id";

/// Rows that come one after the other in one order.
struct Run {
    only: String,
    order: &'static str,
}

/// Orders that an index has already, to its last column, so that the first rows come without a sort.
fn runs(sort: HistorySort, now: i64) -> Vec<Run> {
    let all = |order| vec![Run { only: "TRUE".to_owned(), order }];
    match sort {
        HistorySort::Newest => all("id DESC"),
        HistorySort::Name => all(BY_NAME),
        HistorySort::EndsFirst => vec![
            Run { only: format!("expires_at > {now}"), order: "expires_at, id" },
            Run { only: format!("expires_at <= {now}"), order: "expires_at DESC, id DESC" },
        ],
    }
}
