//! A session with a keychain in it, as a desktop has one, for one person of one test.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A bus that starts nothing by itself: with the system's own settings a mere question after the keychain would start a
/// second one, locked and empty.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd"><busconfig><type>session</type>
<listen>unix:tmpdir=/tmp</listen><policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#;

/// The bus and the keychain, until this is dropped.
pub struct Session {
    /// `DBUS_SESSION_BUS_ADDRESS`.
    pub bus: String,
    processes: Vec<Child>,
}

impl Drop for Session {
    fn drop(&mut self) {
        for process in &mut self.processes {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }
}

impl Session {
    /// With an empty keychain that is open, in this home.
    pub fn start(home: &Path) -> Self {
        let settings = home.join("bus.conf");
        std::fs::write(&settings, BUS).unwrap();
        let mut bus = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", settings.display()))
            .args(["--nofork", "--print-address"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon, which the tests of the window need too");
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let mut session = Self { bus: address.trim().to_owned(), processes: vec![bus] };
        let mut keychain = session
            .command("gnome-keyring-daemon", home)
            .args(["--foreground", "--unlock", "--components=secrets"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon, which the tests of the window need too");
        keychain.stdin.take().unwrap().write_all(b"test password").unwrap();
        session.processes.push(keychain);
        let latest = Instant::now() + Duration::from_secs(60);
        while !session.ask(home, "ReadAlias", "string:default").contains("/collection/") {
            assert!(Instant::now() < latest, "the keychain does not open");
            std::thread::sleep(Duration::from_millis(50));
        }
        session
    }

    /// Locks the keychain, which nobody is there to open again.
    pub fn lock(&self, home: &Path) {
        let all = "array:objpath:/org/freedesktop/secrets/collection/login";
        assert!(self.ask(home, "Lock", all).contains("collection/login"));
    }

    /// Opens it again.
    pub fn unlock(&mut self, home: &Path) {
        let mut keychain = self.processes.pop().unwrap();
        keychain.kill().unwrap();
        keychain.wait().unwrap();
        let mut bus = self.processes.pop().unwrap();
        bus.kill().unwrap();
        bus.wait().unwrap();
        *self = Self::start(home);
    }

    fn ask(&self, home: &Path, what: &str, argument: &str) -> String {
        let output = self
            .command("dbus-send", home)
            .args(["--session", "--print-reply", "--dest=org.freedesktop.secrets"])
            .arg("/org/freedesktop/secrets")
            .arg(format!("org.freedesktop.Secret.Service.{what}"))
            .arg(argument)
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn command(&self, program: &str, home: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", home)
            .env("XDG_RUNTIME_DIR", home)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus);
        command
    }
}
