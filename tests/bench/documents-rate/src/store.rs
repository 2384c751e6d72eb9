//! As much of S3 as takes documents and keeps nothing of them, so that what is measured is who sends.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Result, Write, copy, sink};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

const DOCUMENTS: usize = 100_000;
const PAGE: usize = 1_000;

/// The bytes that came in since somebody asked, so that nobody is quick who sends nothing.
static TAKEN: AtomicU64 = AtomicU64::new(0);

pub fn serve() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("there is a port");
    println!("http://{}", listener.local_addr().expect("it has an address"));
    for stream in listener.incoming().flatten() {
        thread::spawn(move || answer_all(stream));
    }
}

fn answer_all(stream: TcpStream) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut to = stream.try_clone()?;
    let mut from = BufReader::with_capacity(1 << 18, stream);
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
        let length = header(&head, "content-length").and_then(|text| text.parse().ok());
        let taken = copy(&mut from.by_ref().take(length.unwrap_or(0)), &mut sink())?;
        TAKEN.fetch_add(taken, Ordering::Relaxed);
        let body = body(head.lines().next().unwrap_or_default());
        write!(
            to,
            "HTTP/1.1 200 OK\r\nETag: \"0123456789abcdef0123456789abcdef\"\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (there, value) = line.split_once(':')?;
        there.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

fn body(line: &str) -> String {
    match line {
        "GET /taken HTTP/1.1" => TAKEN.swap(0, Ordering::Relaxed).to_string(),
        _ if line.starts_with("POST") && line.contains("uploadId=") => {
            "<CompleteMultipartUploadResult><ETag>\"0123456789abcdef0123456789abcdef-1\"</ETag></CompleteMultipartUploadResult>".to_owned()
        }
        _ if line.starts_with("POST") => "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>".to_owned(),
        _ if line.contains("partNumber=") => String::new(),
        // Whether a document is there is asked for by its name; the whole folder is not.
        _ if line.contains("list-type=2") && line.contains("delimiter=") && !line.contains("prefix=bench") => page(),
        _ if line.contains("list-type=2") => "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>".to_owned(),
        _ if line.contains("uploads") => "<ListMultipartUploadsResult></ListMultipartUploadsResult>".to_owned(),
        _ => String::new(),
    }
}

/// The first page of many.
fn page() -> String {
    let mut text = String::from(
        "<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated><NextContinuationToken>next</NextContinuationToken>",
    );
    for at in 0..PAGE {
        let n = at * (DOCUMENTS / PAGE);
        let _ = write!(
            text,
            "<Contents><Key>Letter+no.+{n:06}.pdf</Key><LastModified>2026-11-28T09:00:00.000Z</LastModified><ETag>&quot;{n:032x}&quot;</ETag><Size>{n}</Size><StorageClass>STANDARD</StorageClass></Contents>"
        );
    }
    text + "</ListBucketResult>"
}
