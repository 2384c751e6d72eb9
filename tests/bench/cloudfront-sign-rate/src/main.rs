//! The crate `cloudfront_sign` signs an address after another for so many seconds, then prints links
//! per second and the first link. It knows RSA with SHA-1 alone, and reads the key anew for each link.
//!
//!     cloudfront-sign-rate KEY.pem SHA1 ID END ADDRESSES SECONDS

use std::hint::black_box;
use std::time::Instant;

use cloudfront_sign::{SignedOptions, get_signed_url};

fn main() {
    let [key, _, id, end, addresses, seconds] = std::env::args()
        .skip(1)
        .collect::<Vec<_>>()
        .try_into()
        .expect("KEY.pem SHA1 ID END ADDRESSES SECONDS");
    let options = SignedOptions {
        key_pair_id: id.into(),
        private_key: std::fs::read_to_string(key).expect("the key file can be read").into(),
        date_less_than: end.parse().expect("END is a number"),
        ..SignedOptions::default()
    };
    let addresses = std::fs::read_to_string(addresses).expect("the addresses can be read");
    let seconds: f64 = seconds.parse().expect("SECONDS is a number");
    let sign = |address| get_signed_url(address, &options).expect("the address can be signed");

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
    println!("{} {first}", count / began.elapsed().as_secs_f64());
}
