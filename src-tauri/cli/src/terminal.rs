//! The two streams, and the only way to write to them: text goes through [`foreign`], so that a terminal
//! obeys nothing that came from outside. What has to arrive byte for byte is Signet's own and says so.
//!
//! A line break and a tab pass, since answers are made of them; a foreign text that goes into a line
//! is [`foreign::shown`] before.
#![expect(clippy::disallowed_methods, reason = "everywhere else the streams are used through here")]

use std::io::{self, IsTerminal, Stderr, Stdout, Write};

use serde_json::Value;
use signet_cloudfront::foreign;

/// The standard output, for text.
pub fn output() -> Text<Stdout> {
    Text(io::stdout())
}

/// The error stream.
pub fn errors() -> Text<Stderr> {
    Text(io::stderr())
}

/// A line on the error stream, where the answer is not.
pub fn say(line: &str) {
    // There is nobody left to tell that even this could not be written.
    let _ = writeln!(errors(), "{line}");
}

/// JSON for a script: the value as it is, in which a terminal finds nothing to obey.
pub fn json(value: &Value) -> io::Result<()> {
    writeln!(exact(), "{}", foreign::json(&format!("{value:#}")))
}

/// The standard output, byte for byte: for links, cookies, keys, and files that Signet makes.
pub fn exact() -> Stdout {
    io::stdout()
}

/// Whether a person reads the standard output.
pub fn is_read() -> bool {
    io::stdout().is_terminal()
}

/// Whether a person reads the error stream.
pub fn are_errors_read() -> bool {
    io::stderr().is_terminal()
}

/// A stream for text. Each write is taken for whole characters, as all of `write!` are.
pub struct Text<W>(W);

impl<W: Write> Write for Text<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let cells = |line: &str| line.split('\t').map(foreign::line).collect::<Vec<_>>().join("\t");
        let lines: Vec<_> = text.split('\n').map(cells).collect();
        self.0.write_all(lines.join("\n").as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_obeys_nothing_that_is_written() {
        let mut written = Text(Vec::new());
        writeln!(written, "a\t\u{1b}[2J\n\u{9b}2J\u{202e}\r").unwrap();
        written.write_all(b"\xff").unwrap();
        assert_eq!(
            String::from_utf8(written.0).unwrap(),
            "a\t[U+001B][2J\n[U+009B]2J[U+202E][U+000D]\n\u{fffd}"
        );
    }
}
