//! A practice edge that runs, and requests to it over a real connection.

use std::io::{Read, Write};
use std::net::TcpStream;

use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::key::SigningKey;
use signet_cloudfront::link_conditions::LinkConditions;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::signed_url;
use signet_cloudfront::site::SiteAddress;
use signet_practice::PracticeEdge;

pub const END: i64 = 1_796_144_400;

pub struct Running {
    pub edge: PracticeEdge,
    pub key: SigningKey,
    pub id: PublicKeyId,
    // Dropped last: the edge's task lives in it.
    pub runtime: tokio::runtime::Runtime,
}

pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Running {
    pub fn at(clock: fn() -> i64) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let key = SigningKey::generate_p256();
        let id = PublicKeyId::parse("KPRACTICEONLY1").unwrap();
        let edge =
            runtime.block_on(PracticeEdge::start(id.clone(), key.public_key(), clock)).unwrap();
        Self { edge, key, id, runtime }
    }

    pub fn link(&self, document: &str) -> String {
        self.link_within(document, &LinkConditions::until(END))
    }

    pub fn address(&self, document: &str) -> DocumentAddress {
        DocumentAddress::parse(document, &self.edge.site()).unwrap()
    }

    pub fn link_within(&self, document: &str, terms: &LinkConditions) -> String {
        signed_url::sign(
            &self.address(document),
            terms,
            self.key.default_hash(),
            &self.key,
            &self.id,
        )
        .unwrap()
        .as_str()
        .to_owned()
    }

    pub fn get(&self, url: &str) -> Answer {
        ask(&self.edge.site(), "GET", url, "")
    }
}

/// One request over a connection of its own. `url` begins with the site's origin.
pub fn ask(site: &SiteAddress, method: &str, url: &str, more: &str) -> Answer {
    let target = url.strip_prefix(&site.origin()).unwrap();
    let host =
        if more.contains("Host:") { String::new() } else { format!("Host: {}\r\n", site.host()) };
    let mut stream = TcpStream::connect(site.host()).unwrap();
    write!(stream, "{method} {target} HTTP/1.1\r\n{host}{more}Connection: close\r\n\r\n").unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_lowercase(), body: bytes[end + 4..].to_vec() }
}
