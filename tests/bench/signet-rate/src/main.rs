//! Signet signs an address after another for so many seconds, then prints links per second
//! and the first link.
//!
//!     signet-rate KEY.pem HASH ID END ADDRESSES SECONDS
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "its answer")]

use std::hint::black_box;
use std::time::Instant;

use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::key::HashAlgorithm;
use signet_cloudfront::key_file::{self, KeyFile};
use signet_cloudfront::link_conditions::LinkConditions;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_cloudfront::signed_url;

fn main() {
    let [key, hash, id, end, addresses, seconds] = std::env::args()
        .skip(1)
        .collect::<Vec<_>>()
        .try_into()
        .expect("KEY.pem HASH ID END ADDRESSES SECONDS");
    let key = std::fs::read(key).expect("the key file can be read");
    let Ok(KeyFile::Ready(key)) = key_file::read(&key) else { panic!("it holds no open key") };
    let hash = match hash.as_str() {
        "SHA1" => HashAlgorithm::Sha1,
        "SHA256" => HashAlgorithm::Sha256,
        _ => panic!("HASH is SHA1 or SHA256"),
    };
    let id = PublicKeyId::parse(&id).expect("ID is a public key ID");
    let terms = LinkConditions::until(end.parse().expect("END is a number"));
    let addresses = std::fs::read_to_string(addresses).expect("the addresses can be read");
    let seconds: f64 = seconds.parse().expect("SECONDS is a number");
    let sign = |url| {
        let address = DocumentAddress::parse_url(url).expect("the address can be signed");
        signed_url::sign(&address, &terms, hash, &key, &id).expect("the key signs")
    };

    let first = sign(addresses.lines().next().expect("there is an address"));
    let began = Instant::now();
    let mut count = 0.0;
    for address in addresses.lines().cycle() {
        black_box(sign(address));
        count += 1.0;
        if began.elapsed().as_secs_f64() >= seconds {
            break;
        }
    }
    println!("{} {}", count / began.elapsed().as_secs_f64(), first.as_str());
}
