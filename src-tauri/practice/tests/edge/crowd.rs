//! Many connections, slow ones and endless ones: the edge keeps few, for a short time, and none after
//! its own end.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::thread::sleep;
use std::time::{Duration, Instant};

use signet_practice::DOCUMENT_ADDRESS;

use crate::running::{END, Running};

const CROWD: usize = 1_500;

/// What the edge promises; see `practice/connections.rs`.
const MAX: usize = 64;

/// Both ends of each connection are in this process, and many systems give it 1,024 descriptors.
fn with_descriptors_for_a_crowd() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
        setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).unwrap();
    }
}

fn connect(running: &Running) -> TcpStream {
    TcpStream::connect(running.edge.site().host()).unwrap()
}

fn is_open(connection: &mut TcpStream) -> bool {
    connection.set_nonblocking(true).unwrap();
    match connection.read(&mut [0; 1024]) {
        Ok(0) => false,
        Ok(_) => true,
        Err(error) => error.kind() == ErrorKind::WouldBlock,
    }
}

fn open_among(connections: &mut [TcpStream]) -> usize {
    connections.iter_mut().map(is_open).filter(|open| *open).count()
}

/// How long it takes until at most so many are open; not longer than a minute.
fn until_open(most: usize, connections: &mut [TcpStream]) -> Duration {
    let begun = Instant::now();
    while open_among(connections) > most {
        assert!(begun.elapsed() < Duration::from_secs(60), "{} open", open_among(connections));
        sleep(Duration::from_millis(20));
    }
    begun.elapsed()
}

#[test]
fn a_crowd_that_says_nothing_leaves_room_for_a_reader_and_goes_with_the_edge() {
    with_descriptors_for_a_crowd();
    let running = Running::at(|| END - 1);
    let link = running.link(DOCUMENT_ADDRESS);
    let mut crowd = Vec::new();
    for n in 0..CROWD {
        crowd.push(connect(&running));
        if n % 100 == 99 {
            assert_eq!(running.get(&link).status, 200, "after {n} connections");
        }
    }
    until_open(MAX, &mut crowd);
    assert!(open_among(&mut crowd) > 0, "they are not all closed at once");
    let mut last = (0..MAX).map(|_| connect(&running)).collect::<Vec<_>>();
    assert_eq!(running.get(&link).status, 200);
    assert!(open_among(&mut last) > 0, "some are open when the edge ends");

    let Running { edge, runtime: _runtime, .. } = running;
    drop(edge);
    until_open(0, &mut crowd);
    until_open(0, &mut last);
}

#[test]
fn who_does_not_say_what_is_wanted_is_left() {
    let running = Running::at(|| END - 1);
    let mut silent = connect(&running);
    let mut slow = connect(&running);
    let mut unfinished = connect(&running);
    slow.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
    write!(unfinished, "POST / HTTP/1.1\r\nHost: {}\r\n", running.edge.site().host()).unwrap();
    unfinished.write_all(b"Content-Length: 1000000\r\n\r\na").unwrap();
    let begun = Instant::now();
    while is_open(&mut silent) || is_open(&mut slow) || is_open(&mut unfinished) {
        assert!(begun.elapsed() < Duration::from_secs(40), "it waits on and on");
        // A byte now and then is not an answer either.
        let _ = slow.write_all(b"a");
        let _ = unfinished.write_all(b"a");
        sleep(Duration::from_millis(100));
    }
    assert_eq!(running.get(&running.link(DOCUMENT_ADDRESS)).status, 200);
}

#[test]
fn who_speaks_without_end_is_interrupted() {
    let running = Running::at(|| END - 1);
    let mut endless = connect(&running);
    endless.write_all(b"GET /").unwrap();
    let block = [b'a'; 16 * 1024];
    let taken = (0..4_096).take_while(|_| endless.write_all(&block).is_ok()).count();
    assert!(taken < 4_096, "64 MiB were taken");
    assert_eq!(running.get(&running.link(DOCUMENT_ADDRESS)).status, 200);
}

#[test]
fn a_connection_has_one_answer() {
    let running = Running::at(|| END - 1);
    let mut connection = connect(&running);
    let request = format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", running.edge.site().host());
    connection.write_all(request.repeat(3).as_bytes()).unwrap();
    let mut answers = String::new();
    // Two requests that nobody reads end the connection with a reset, after the answer.
    let _ = connection.read_to_string(&mut answers);
    assert_eq!(answers.matches("HTTP/1.1 403").count(), 1, "{answers}");
}
