//! What Signet's documents are measured beside:
//!
//!     documents-rate serve            a store that keeps nothing and lists 100,000 documents; prints its address
//!     documents-rate put FILE URL     a bare loop of the same crate: the file in parts, four at once
//!     documents-rate list URL TIMES   a folder's first page, bare and by Signet in turns; prints the milliseconds of both
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "its answer")]

mod bare;
mod listing;
mod store;

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["serve"] => store::serve(),
        ["put", file, url] => run(bare::put(file, url)),
        ["list", url, times] => run(listing::list(url, times.parse().expect("TIMES is a number"))),
        _ => panic!("serve | put FILE URL | list URL TIMES"),
    }
}

/// As Signet's programs run it.
fn run(work: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("the system gives a runtime").block_on(work);
}
