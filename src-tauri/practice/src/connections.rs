//! The edge's connections: so many and so long, whoever opens them.
//!
//! Any program of this computer can reach the edge, and each connection costs the window one of its
//! file descriptors, without which no dialog opens. So there are few; where one more comes, the
//! oldest gives way, for an honest reader asks at once and is answered in milliseconds. Deliberately
//! not here: a second request over the same connection, which would have to be waited for.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::task::{AbortHandle, JoinSet};

use super::answer::Answer;

/// So many connections at once.
const MAX: usize = 64;

/// So long a reader may take to say what is wanted.
const LONGEST_HEAD: Duration = Duration::from_secs(5);

/// So long a connection lasts, whatever is done over it.
const LONGEST: Duration = Duration::from_secs(15);

/// So many bytes a request may have before its body; a link has 8 KiB at the most.
const LARGEST_HEAD: usize = 64 * 1024;

/// Where no connection can be taken, for the computer has no descriptor left: so long until the next.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers whoever connects, until it is dropped; every connection is closed with it.
pub(super) async fn serve(
    listener: TcpListener,
    answer: impl Fn(Request<Incoming>, IpAddr) -> Answer + Send + Sync + 'static,
) {
    let answer = Arc::new(answer);
    let mut open = JoinSet::new();
    let mut oldest_first: VecDeque<AbortHandle> = VecDeque::new();
    loop {
        let Ok((stream, from)) = listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        while open.try_join_next().is_some() {}
        oldest_first.retain(|connection| !connection.is_finished());
        if open.len() >= MAX {
            if let Some(oldest) = oldest_first.pop_front() {
                oldest.abort();
            }
            open.join_next().await;
        }
        let answer = Arc::clone(&answer);
        oldest_first.push_back(open.spawn(tokio::time::timeout(LONGEST, async move {
            let service = service_fn(|request| {
                std::future::ready(Ok::<_, Infallible>(answer(request, from.ip())))
            });
            // That a reader went away is no news to anybody.
            let _ = http().serve_connection(TokioIo::new(stream), service).await;
        })));
    }
}

fn http() -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(LONGEST_HEAD)
        .max_buf_size(LARGEST_HEAD)
        .keep_alive(false);
    http
}
