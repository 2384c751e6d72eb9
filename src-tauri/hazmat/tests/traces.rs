//! After a key was dropped, its numbers are nowhere in the process's memory.
//!
//! A process of its own is looked into from outside, so that looking leaves no traces: this program
//! starts itself again, and the child says on its output when its memory is to be read. (It has no
//! harness, for a child that is a test would pass whenever nobody asked it anything.)
#![allow(clippy::unwrap_used, reason = "a test may stop where its own set-up fails")]
#![allow(clippy::print_stdout, reason = "both processes speak on their output")]

#[cfg(target_os = "linux")]
fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("child") => linux::child(),
        _ => linux::a_dropped_key_leaves_nothing_in_memory(),
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("Another process's memory is read on Linux only.");
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs::File;
    use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
    use std::process::{Command, Stdio};

    use rsa::pkcs1::der::Decode;
    use rsa::pkcs1::{EncodeRsaPrivateKey, RsaPrivateKeyRef};
    use rsa::{PrivateKey, rand_core::UnwrapErr};
    use signet_hazmat::{Digest, RsaPrivateKey};

    /// Takes a key's DER from its input, signs with it, and drops it; stops twice to be looked at.
    pub fn child() {
        // Without the buffer of the standard library's input, in which the DER would stay.
        let mut input = File::open("/dev/stdin").unwrap();
        let mut length = [0; 2];
        input.read_exact(&mut length).unwrap();
        let mut der = vec![0; u16::from_be_bytes(length).into()];
        input.read_exact(&mut der).unwrap();
        let key = RsaPrivateKey::from_pkcs1_der(&der).unwrap();
        der.fill(0);
        assert!(std::hint::black_box(&der).iter().all(|byte| *byte == 0));
        for n in 0..100 {
            key.sign(&Digest::Sha1([n; 20])).unwrap();
            key.sign(&Digest::Sha256([n; 32])).unwrap();
        }
        let mut stop = |word: &str| {
            println!("{word}");
            std::io::stdout().flush().unwrap();
            input.read_exact(&mut [0]).unwrap();
        };
        stop("alive");
        drop(key);
        stop("dropped");
    }

    pub fn a_dropped_key_leaves_nothing_in_memory() {
        let key = PrivateKey::new(&mut UnwrapErr(getrandom::SysRng), 2048).unwrap();
        let der = key.to_pkcs1_der().unwrap();
        let parts = RsaPrivateKeyRef::from_der(der.as_bytes()).unwrap();
        let numbers =
            [parts.private_exponent, parts.prime1, parts.prime2, parts.exponent1, parts.exponent2];

        let mut child = Command::new(std::env::current_exe().unwrap())
            .arg("child")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(&u16::try_from(der.as_bytes().len()).unwrap().to_be_bytes()).unwrap();
        input.write_all(der.as_bytes()).unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let mut found_when = |word: &str| {
            assert!(output.any(|line| line == word), "the child ended before it was {word}");
            let memory = memory_of(child.id());
            let found = numbers.iter().filter(|number| is_in(&memory, number.as_bytes())).count();
            input.write_all(b"\n").unwrap();
            found
        };
        // The positive control: what is looked for is found while the key is in use.
        let (alive, dropped) = (found_when("alive"), found_when("dropped"));
        assert!(child.wait().unwrap().success());
        assert_eq!((alive, dropped), (numbers.len(), 0), "numbers found alive and dropped");
        println!("{alive} numbers found while the key was alive, {dropped} after it was dropped");
    }

    /// Every page that the process may write.
    fn memory_of(process: u32) -> Vec<u8> {
        let maps = std::fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
        let mut file = File::open(format!("/proc/{process}/mem")).unwrap();
        let mut memory = Vec::new();
        for line in maps.lines() {
            let mut fields = line.split_whitespace();
            let (range, rights) = (fields.next().unwrap(), fields.next().unwrap());
            if !rights.starts_with("rw") {
                continue;
            }
            let (start, end) = range.split_once('-').unwrap();
            let address = |text| u64::from_str_radix(text, 16).unwrap();
            let (start, end) = (address(start), address(end));
            file.seek(SeekFrom::Start(start)).unwrap();
            let mut pages = vec![0; usize::try_from(end - start).unwrap()];
            // Some ranges, such as the kernel's own, cannot be read even by their owner.
            if file.read_exact(&mut pages).is_ok() {
                memory.extend(pages);
            }
        }
        memory
    }

    /// Looks for a number as files write it, and as AWS-LC holds it: the other end first. A piece of
    /// it is enough, for a piece that is left behind is a leak too.
    fn is_in(memory: &[u8], number: &[u8]) -> bool {
        let reversed: Vec<u8> = number.iter().rev().copied().collect();
        let mut pieces = number.chunks_exact(32).chain(reversed.chunks_exact(32));
        pieces.any(|piece| memory.windows(piece.len()).any(|window| window == piece))
    }
}
