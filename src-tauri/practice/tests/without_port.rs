//! Practice on a computer that has no free port left. Alone in its process, for it takes the
//! process's last file descriptor.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use signet_cloudfront::key::SigningKey;
use signet_cloudfront::public_key_id::PublicKeyId;
use signet_practice::{PracticeEdge, StartPracticeError};

#[test]
fn without_a_free_port_practice_says_so_and_opens_once_there_is_one() {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let start = || {
        let id = PublicKeyId::parse("KPRACTICEONLY1").unwrap();
        let key = SigningKey::generate_p256().public_key();
        runtime.block_on(async { PracticeEdge::start(id, key, || 0).await.map(drop) })
    };
    // Once, so that nothing is opened for the first time under the limit.
    assert_eq!(start(), Ok(()));
    let usual = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: Some(0), ..usual }).unwrap();
    assert_eq!(start(), Err(StartPracticeError::NoFreePort));
    setrlimit(Resource::Nofile, usual).unwrap();
    assert_eq!(start(), Ok(()));
}
