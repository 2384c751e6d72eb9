//! A file of addresses: the order, the lines that have no link, and the memory.

use std::fmt::Write as _;

use crate::stage::{Stage, with_key};

#[test]
fn a_file_of_addresses_becomes_links_in_the_same_order() {
    let stage = Stage::new();
    let key = stage.p256();
    let mut addresses = String::new();
    for n in 1..=9_000 {
        match n {
            17 => writeln!(addresses, "no address"),
            8_999 => writeln!(addresses, "https://h.example/a?Policy=x"),
            _ => write!(addresses, "https://h.example/{n}.pdf{}", ["\n", "\r\n"][n % 2]),
        }
        .unwrap();
    }
    let file = stage.file("addresses.txt", &addresses);
    let end = ["--date-less-than", "4102444800"];
    for (from, input) in [(file.as_str(), ""), ("-", addresses.as_str())] {
        let words = with_key(&key, &["--urls-from", from, end[0], end[1]]);
        let output = stage.signet(&words, input.as_bytes());
        assert_eq!(output.status.code(), Some(1));
        let error = String::from_utf8(output.stderr).unwrap();
        let [first, second, last, _] = error.lines().collect::<Vec<_>>()[..] else {
            panic!("{error}");
        };
        assert!(first.starts_with("Line 17: "), "{error}");
        assert!(second.starts_with("Line 8999: "), "{error}");
        assert_eq!(last, "2 of 9000 lines have no link.");
        let links = String::from_utf8(output.stdout).unwrap();
        let numbers: Vec<usize> = links
            .lines()
            .map(|link| link.split(['/', '.']).nth(4).unwrap().parse().unwrap())
            .collect();
        let expected: Vec<usize> = (1..=9_000).filter(|n| ![17, 8_999].contains(n)).collect();
        assert_eq!(numbers, expected);
    }
    let one = with_key(&key, &["--url", "https://h.example/3.pdf", end[0], end[1]]);
    let words = with_key(&key, &["--urls-from", "-", end[0], end[1]]);
    let output = stage.signet(&words, b"https://h.example/3.pdf");
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim_end(), stage.link(&one));
    assert!(output.status.success());
}

#[test]
fn a_line_of_any_length_is_one_line() {
    let stage = Stage::new();
    let key = stage.p256();
    let long = format!("https://h.example/{}", "a".repeat(30_000_000));
    let input = format!("{long}\nhttps://h.example/b\n\n\u{fffd}https://h.example/c\n");
    let words = ["--urls-from", "-", "--date-less-than", "4102444800"];
    let output = stage.signet(&with_key(&key, &words), input.as_bytes());
    let error = String::from_utf8(output.stderr).unwrap();
    let links = String::from_utf8(output.stdout).unwrap();
    assert!(links.starts_with("https://h.example/b?Expires=") && links.lines().count() == 1);
    for number in [1, 3, 4] {
        assert!(error.contains(&format!("Line {number}: ")), "{error}");
    }
    assert!(error.contains("3 of 4 lines have no link."), "{error}");
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_address() {
    let stage = Stage::new();
    let key = stage.p256();
    let words = ["--urls-from", "-", "--date-less-than", "4102444800"];
    let plain = "https://h.example/a\r\nhttps://h.example/b\r\n";
    let marked = format!("\u{feff}{plain}");
    let links = |input: &str| {
        let output = stage.signet(&with_key(&key, &words), input.as_bytes());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    assert_eq!(links(&marked), links(plain));
}

#[test]
fn a_line_of_other_bytes_is_refused_alone() {
    let stage = Stage::new();
    let key = stage.p256();
    let words = ["--urls-from", "-", "--date-less-than", "4102444800"];
    let input = b"https://h.example/\xe9.pdf\nhttps://h.example/b.pdf\n";
    let output = stage.signet(&with_key(&key, &words), input);
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.starts_with("Line 1: This line is not text in UTF-8.\n"), "{error}");
    assert!(output.stdout.starts_with(b"https://h.example/b.pdf?"));
    assert_eq!(output.status.code(), Some(1));
}

/// Ten times the lines take no more memory; longer lines do, so the measure sees memory.
#[test]
#[cfg(target_os = "linux")]
fn a_file_of_any_length_takes_the_same_memory() {
    let stage = Stage::new();
    let key = stage.p256();
    let few = peak_memory(&stage, &key, 10_000, 10);
    let many = peak_memory(&stage, &key, 100_000, 10);
    let long = peak_memory(&stage, &key, 10_000, 3_000);
    let noise = 4 << 10;
    assert!(many < few + noise, "{few} KiB for 10,000 lines, {many} KiB for 100,000");
    assert!(long > few + noise, "{few} KiB for short lines, {long} KiB for long ones");
}

/// The most memory that signing so many addresses took, in KiB. The input stays open until that is
/// known, so that the program is still there.
#[cfg(target_os = "linux")]
fn peak_memory(stage: &Stage, key: &str, count: usize, length: usize) -> u64 {
    use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
    use std::process::Stdio;
    use std::sync::mpsc;

    let words = ["--urls-from", "-", "--date-less-than", "4102444800"];
    let mut process = stage
        .command(&with_key(key, &words))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = BufWriter::new(process.stdin.take().unwrap());
    let (measured, until_measured) = mpsc::channel();
    let feeding = std::thread::spawn(move || {
        for number in 0..count {
            writeln!(input, "https://h.example/{number:0length$}.pdf").unwrap();
        }
        input.flush().unwrap();
        until_measured.recv().unwrap();
    });
    let mut links = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
    // The last ones wait in the program for more to go with them.
    let waiting = 2 * 4_096;
    assert_eq!(links.by_ref().take(count - waiting).count(), count - waiting);
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    measured.send(()).unwrap();
    assert_eq!(links.count(), waiting);
    feeding.join().unwrap();
    assert!(process.wait().unwrap().success());
    peak.trim().strip_suffix(" kB").unwrap().parse().unwrap()
}
