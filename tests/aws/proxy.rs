//! Between a program and moto: puts each call into the test's account, keeps all that was asked, and
//! does with it what the test says.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::server;

/// The version that answers of the test's own have.
pub const ETAG: &str = "ETAG";

/// What was asked.
#[derive(Debug, Clone)]
pub struct Call {
    pub method: String,
    /// With the query.
    pub path: String,
    pub head: String,
    pub body: String,
    /// The body where it is no text; then the other one is empty.
    pub content: Option<Vec<u8>>,
}

impl Call {
    pub fn bytes(&self) -> &[u8] {
        self.content.as_deref().unwrap_or(self.body.as_bytes())
    }

    /// Whether it changes anything.
    pub fn is_write(&self) -> bool {
        // STS and IAM are asked by POST.
        let is_question = ["Action=Get", "Action=List"].iter().any(|one| self.body.contains(one));
        self.method != "GET" && !(self.path == "/" && is_question)
    }
}

/// What becomes of a call.
pub enum Answer {
    /// moto's answer.
    Real,
    /// Status and body.
    Other(u16, String),
    /// Status, lines of the head, and body.
    With(u16, String, String),
    /// moto does it, and its answer is lost.
    Lost,
    /// Nothing, until whoever asked is gone; moto has done it, or not.
    Never {
        is_done: bool,
        /// Called once it is so far.
        then: Box<dyn FnOnce() + Send>,
    },
}

impl Answer {
    /// An error as CloudFront, S3 and STS say it.
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        let error = format!("<Error><Code>{code}</Code><Message>{message}</Message></Error>");
        Self::Other(
            status,
            format!("<ErrorResponse>{error}<RequestId>1</RequestId></ErrorResponse>"),
        )
    }

    /// S3 has no element around its errors.
    pub fn s3_error(status: u16, code: &str, message: &str) -> Self {
        Self::Other(
            status,
            format!(
                "<Error><Code>{code}</Code><Message>{message}</Message><RequestId>1</RequestId></Error>"
            ),
        )
    }
}

type Rule = Box<dyn FnMut(&Call) -> Answer + Send>;

struct Shared {
    account: String,
    calls: Mutex<Vec<Call>>,
    rule: Mutex<Rule>,
}

/// A proxy on a port of its own.
#[derive(Clone)]
pub struct Proxy {
    pub port: u16,
    shared: Arc<Shared>,
}

impl Proxy {
    pub fn start(account: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            account: account.to_owned(),
            calls: Mutex::default(),
            rule: Mutex::new(Box::new(|_| Answer::Real)),
        });
        let proxy = Self { port, shared: Arc::clone(&shared) };
        thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&shared);
                // A program that is killed in the middle breaks its connection.
                thread::spawn(move || drop(serve(stream.unwrap(), &shared)));
            }
        });
        proxy
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Does this with every call from now on.
    pub fn rule(&self, rule: impl FnMut(&Call) -> Answer + Send + 'static) {
        *self.shared.rule.lock().unwrap() = Box::new(rule);
    }

    /// What was asked since the last time.
    pub fn calls(&self) -> Vec<Call> {
        std::mem::take(&mut *self.shared.calls.lock().unwrap())
    }
}

fn serve(stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mut to = stream.try_clone()?;
    let mut from = BufReader::new(stream);
    let call = read(&mut from, &mut to)?;
    shared.calls.lock().unwrap().push(call.clone());
    let answer = (shared.rule.lock().unwrap())(&call);
    match answer {
        Answer::Real => to.write_all(&forward(&call, &shared.account)?),
        Answer::Other(status, body) => write!(
            to,
            "HTTP/1.1 {status} Test\r\nContent-Type: application/xml\r\nContent-Length: {}\r\n\
             x-amz-bucket-region: eu-west-1\r\nETag: {ETAG}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        ),
        Answer::With(status, head, body) => write!(
            to,
            "HTTP/1.1 {status} Test\r\nContent-Type: application/xml\r\nContent-Length: {}\r\n\
             {head}Connection: close\r\n\r\n{body}",
            body.len()
        ),
        Answer::Lost => forward(&call, &shared.account).map(drop),
        Answer::Never { is_done, then } => {
            if is_done {
                forward(&call, &shared.account)?;
            }
            then();
            from.read_to_end(&mut Vec::new()).map(drop)
        }
    }
}

fn read(from: &mut impl BufRead, to: &mut impl Write) -> std::io::Result<Call> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if from.read_line(&mut head)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    if header(&head, "expect").is_some() {
        to.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    let length = header(&head, "content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    from.read_exact(&mut body)?;
    let (body, content) = match String::from_utf8(body) {
        Ok(text) => (text, None),
        Err(error) => (String::new(), Some(error.into_bytes())),
    };
    let mut words = head.split(' ');
    Ok(Call {
        method: words.next().unwrap().to_owned(),
        path: words.next().unwrap().to_owned(),
        body,
        content,
        head,
    })
}

/// moto's whole answer, head and body.
pub fn forward(call: &Call, account: &str) -> std::io::Result<Vec<u8>> {
    let mut moto = TcpStream::connect((Ipv4Addr::LOCALHOST, server::port()))?;
    let lines = call.head.trim_end().lines().filter(|line| {
        let name = line.split(':').next().unwrap().to_ascii_lowercase();
        !["expect", "connection"].contains(&name.as_str())
    });
    let head: String = lines.map(|line| format!("{line}\r\n")).collect();
    write!(moto, "{head}x-moto-account-id: {account}\r\nConnection: close\r\n\r\n")?;
    moto.write_all(call.bytes())?;
    let mut answer = Vec::new();
    moto.read_to_end(&mut answer)?;
    Ok(answer)
}

pub fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (there, value) = line.split_once(':')?;
        there.eq_ignore_ascii_case(name).then_some(value.trim())
    })
}
