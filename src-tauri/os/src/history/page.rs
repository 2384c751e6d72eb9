//! A page of the history: which rows match, in which order, and how many there are.
//!
//! A search walks once through an index that holds all it needs, which takes milliseconds for
//! 100,000 rows; an index of words would have to forget what is removed, too.

use rusqlite::{Connection, named_params};
use signet_app::{
    ENDING_SECONDS, HistoryPage, HistoryQuery, HistorySort, KeyId, LinkState, Name, RegisteredKey,
    StateFilter,
};

use super::file::Fault;
use super::row::{Row, folded};

pub(super) fn read(
    connection: &Connection,
    query: &HistoryQuery,
    keys: &[RegisteredKey],
    now: i64,
) -> Result<HistoryPage, Fault> {
    let count = |sql: &str, parameters: &[&dyn rusqlite::ToSql]| {
        connection.prepare_cached(sql)?.query_row(parameters, |row| row.get::<_, u32>(0))
    };
    let total = count("SELECT count(*) FROM entries", &[])? as usize;
    let working = count("SELECT count(*) FROM entries WHERE expires_at > ?1", &[&now])? as usize;
    let (ids, found) = matching(connection, query, keys, now)?;
    let mut page =
        HistoryPage { found: found.unwrap_or(total), total, working, ..HistoryPage::default() };
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

/// The ids of the wanted part, and how many match; `None` where every row does.
fn matching(
    connection: &Connection,
    query: &HistoryQuery,
    keys: &[RegisteredKey],
    now: i64,
) -> Result<(Vec<i64>, Option<usize>), Fault> {
    let HistoryQuery { search, state, key, sort, skip, take } = query;
    let search = folded(search.trim());
    let named: Vec<&str> = keys
        .iter()
        .filter(|key| folded(key.name.as_str()).contains(&search))
        .map(|key| key.id.as_str())
        .collect();
    let is_all = search.is_empty() && *state == StateFilter::Any && key.is_none();
    // Without being told, SQLite would walk through the whole rows, which are three times as long.
    let index = if is_all { "" } else { "INDEXED BY entries_by_name" };
    // To ask that of each row, where no key has such a name, takes as long as to search it.
    let by_key =
        if named.is_empty() { "" } else { "OR key_id IN (SELECT value FROM json_each(:named))" };
    let named = serde_json::to_string(&named).unwrap_or_default();
    let (mut ids, mut found) = (Vec::new(), 0);
    // SQLite would make a sorted table of all that match before it gives the first.
    let is_sorted_here = *sort == HistorySort::Newest && !is_all;
    for Run { only, order } in runs(*sort, now) {
        let order = if is_sorted_here { "NULL" } else { order };
        let sql = format!(
            "SELECT id FROM entries {index} WHERE {} AND {only} \
             AND (:key IS NULL OR key_id = :key) \
             AND (:search = '' OR instr(searched, :search) {by_key}) \
             AND :named IS NOT NULL ORDER BY {order}",
            condition(*state, now),
        );
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query(named_params! {
            ":key": key.as_ref().map(KeyId::as_str),
            ":search": search,
            ":named": named,
        })?;
        while let Some(row) = rows.next()? {
            if is_sorted_here || found >= *skip && ids.len() < *take {
                ids.push(row.get(0)?);
            }
            found += 1;
            if is_all && ids.len() == *take {
                return Ok((ids, None));
            }
        }
    }
    if is_sorted_here {
        ids.sort_unstable_by(|one: &i64, other| other.cmp(one));
        ids = ids.into_iter().skip(*skip).take(*take).collect();
    }
    Ok((ids, Some(found)))
}

/// What [`LinkState::at`] says, in SQL.
fn condition(state: StateFilter, now: i64) -> String {
    let soon = now.saturating_add(ENDING_SECONDS);
    let has_started = format!("coalesce(starts_after < {now}, TRUE)");
    match state {
        StateFilter::Any => "TRUE".to_owned(),
        StateFilter::Working => format!("expires_at > {now}"),
        StateFilter::Is(LinkState::Waiting) => {
            format!("expires_at > {now} AND NOT {has_started}")
        }
        StateFilter::Is(LinkState::Works) => format!("expires_at >= {soon} AND {has_started}"),
        StateFilter::Is(LinkState::Ending) => {
            format!("expires_at > {now} AND expires_at < {soon} AND {has_started}")
        }
        StateFilter::Is(LinkState::Ended) => format!("expires_at <= {now}"),
    }
}

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
        HistorySort::Name => all("searched, key_id, expires_at, starts_after, id"),
        HistorySort::EndsFirst => vec![
            Run { only: format!("expires_at > {now}"), order: "expires_at, id" },
            Run { only: format!("expires_at <= {now}"), order: "expires_at DESC, id DESC" },
        ],
    }
}
