//! A site on a port of 127.0.0.1 that answers as it is told and remembers what it was asked.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What the site does with a request.
pub enum Reply {
    /// These bytes, and the end of the connection.
    Bytes(Vec<u8>),
    /// These bytes, and then nothing.
    Stall(Vec<u8>),
    /// These bytes, and then the last of them again and again.
    Endless(Vec<u8>),
}

/// The site. Dropping it closes its port.
pub struct Site {
    address: SocketAddr,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    is_over: AtomicBool,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    requests: Vec<String>,
    connections: usize,
    closed: usize,
    sent: usize,
}

impl Site {
    /// A site that gives to each target of a request its reply.
    pub fn open(reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        Self::with(None, reply)
    }

    /// The same behind TLS.
    pub fn secure(
        config: ServerConfig,
        reply: impl Fn(&str) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::with(Some(Arc::new(config)), reply)
    }

    fn with(
        config: Option<Arc<ServerConfig>>,
        reply: impl Fn(&str) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Seen::default());
        let (of_site, reply) = (Arc::clone(&seen), Arc::new(reply));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if of_site.is_over.load(Ordering::SeqCst) {
                    return;
                }
                let (Ok(stream), seen) = (stream, Arc::clone(&of_site)) else { continue };
                let (config, reply) = (config.clone(), Arc::clone(&reply));
                seen.change(|state| state.connections += 1);
                thread::spawn(move || {
                    match config {
                        Some(config) => {
                            let connection = ServerConnection::new(config).unwrap();
                            serve(StreamOwned::new(connection, stream), &*reply, &seen);
                        }
                        None => serve(stream, &*reply, &seen),
                    }
                    seen.change(|state| state.closed += 1);
                });
            }
        });
        Self { address, seen }
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The requests that came whole, heads only.
    pub fn requests(&self) -> Vec<String> {
        self.seen.state.lock().unwrap().requests.clone()
    }

    /// The requests' targets, sorted.
    pub fn targets(&self) -> Vec<String> {
        let mut targets: Vec<_> =
            self.requests().iter().map(|head| target(head).to_owned()).collect();
        targets.sort();
        targets
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        self.seen.state.lock().unwrap().connections
    }

    /// How many bytes were sent.
    pub fn sent(&self) -> usize {
        self.seen.state.lock().unwrap().sent
    }

    /// Waits until so many requests have come.
    pub fn wait_for_requests(&self, count: usize) {
        self.wait_until("requests", |state| state.requests.len() >= count);
    }

    /// Waits until every connection is closed.
    pub fn wait_until_closed(&self) {
        self.wait_until("closed connections", |state| state.closed == state.connections);
    }

    fn wait_until(&self, what: &str, is_so: impl Fn(&State) -> bool) {
        let deadline = Instant::now() + Duration::from_secs(20);
        let mut state = self.seen.state.lock().unwrap();
        while !is_so(&state) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "waited in vain for {what}");
            state = self.seen.changed.wait_timeout(state, left).unwrap().0;
        }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.seen.is_over.store(true, Ordering::SeqCst);
        // Wakes the one who waits for connections.
        let _ = TcpStream::connect(self.address).map(|stream| stream.shutdown(Shutdown::Both));
    }
}

impl Seen {
    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap());
        self.changed.notify_all();
    }
}

/// Answers one request; ends when the other side is gone or all is said.
fn serve(mut stream: impl Read + Write, reply: &dyn Fn(&str) -> Reply, seen: &Seen) {
    let Some(head) = head(&mut stream) else { return };
    seen.change(|state| state.requests.push(head.clone()));
    let mut send = |bytes: &[u8]| {
        let sent = stream.write_all(bytes).and_then(|()| stream.flush());
        seen.change(|state| state.sent += bytes.len());
        sent.is_ok()
    };
    match reply(target(&head)) {
        Reply::Bytes(bytes) => {
            send(&bytes);
        }
        Reply::Endless(bytes) => {
            let again = vec![*bytes.last().unwrap(); 16 << 10];
            let mut is_there = send(&bytes);
            while is_there {
                is_there = send(&again);
            }
        }
        Reply::Stall(bytes) => {
            send(&bytes);
            // Until the other side closes.
            while stream.read(&mut [0; 64]).is_ok_and(|read| read > 0) {}
        }
    }
}

fn head(stream: &mut impl Read) -> Option<String> {
    let mut bytes = Vec::new();
    let mut next = [0; 1];
    while !bytes.ends_with(b"\r\n\r\n") {
        if stream.read(&mut next).ok()? == 0 {
            return None;
        }
        bytes.extend(next);
    }
    String::from_utf8(bytes).ok()
}

/// What a request asks for.
pub fn target(head: &str) -> &str {
    head.split(' ').nth(1).unwrap()
}
