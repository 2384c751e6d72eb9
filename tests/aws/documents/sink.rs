//! As much of S3 as takes a file and keeps nothing of it, so that a large one costs neither memory nor disk.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crate::proxy::header;

/// The bytes of parts that came in.
pub struct Sink {
    pub port: u16,
    taken: Arc<AtomicU64>,
}

impl Sink {
    pub fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&taken);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let counter = Arc::clone(&counter);
                thread::spawn(move || drop(serve(stream.unwrap(), &counter)));
            }
        });
        Self { port, taken }
    }

    pub fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }
}

fn serve(stream: TcpStream, taken: &AtomicU64) -> std::io::Result<()> {
    let mut to = stream.try_clone()?;
    let mut from = BufReader::with_capacity(1 << 16, stream);
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if from.read_line(&mut head)? == 0 {
                return Ok(());
            }
        }
        if header(&head, "expect").is_some() {
            to.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        let length = header(&head, "content-length").map_or(0, |length| length.parse().unwrap());
        let read = std::io::copy(&mut from.by_ref().take(length), &mut std::io::sink())?;
        let line = head.lines().next().unwrap();
        let body = if line.contains("partNumber=") {
            taken.fetch_add(read, Ordering::Relaxed);
            ""
        } else if line.starts_with("POST") && line.contains("uploadId=") {
            "<CompleteMultipartUploadResult><ETag>\"whole\"</ETag></CompleteMultipartUploadResult>"
        } else if line.starts_with("POST") {
            "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>"
        } else if line.contains("uploads") {
            "<ListMultipartUploadsResult></ListMultipartUploadsResult>"
        } else {
            "<ListBucketResult></ListBucketResult>"
        };
        write!(
            to,
            "HTTP/1.1 200 OK\r\nETag: \"part\"\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
    }
}
