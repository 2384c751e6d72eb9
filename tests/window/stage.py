"""A stage for the real window: a fresh person on a display of their own, and nothing left behind.

Only Python's standard library, so that `make run` can use it without installing anything.
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

WEBDRIVER_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir={folder}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def wait_for(what, condition, seconds=15):
    """Polls until the condition holds and gives what it gave."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s for: {what}")
        time.sleep(0.05)


class Stage:
    """A home, a display, a session bus and, if asked for, a keychain."""

    def __init__(self, keychain=True):
        self.root = Path(tempfile.mkdtemp(prefix="signet-window-"))
        self.home = self.root / "home"
        self.processes = []
        # That of whoever runs the test, unless it says another one.
        self.umask = -1
        # What the programs are started by, if by anything.
        self.starter = []
        runtime = self.root / "run"
        for folder in (self.home, runtime):
            folder.mkdir(mode=0o700)
        self.env = {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TZ": os.environ.get("TZ", "Europe/London"),
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_DATA_HOME": str(self.home / ".local/share"),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "NO_AT_BRIDGE": "1",
            "GTK_USE_PORTAL": "0",
        }
        try:
            self._open_display()
            self._open_bus()
            if keychain:
                self.unlock_keychain()
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def start(self, *command, **options):
        process = subprocess.Popen(
            [*self.starter, *command],
            env=self.env,
            start_new_session=True,
            cwd=self.home,
            stdin=options.pop("stdin", subprocess.DEVNULL),
            stdout=options.pop("stdout", subprocess.DEVNULL),
            stderr=subprocess.DEVNULL,
            umask=self.umask,
            **options,
        )
        self.processes.append(process)
        return process

    def run(self, *command, **options):
        return subprocess.run(command, env=self.env, capture_output=True, timeout=30, check=False, **options)

    def _open_display(self):
        read, write = os.pipe()
        self.start(
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            "1280x900x24",
            "-nolisten",
            "tcp",
            "-fbdir",
            str(self.root),
            pass_fds=(write,),
        )
        os.close(write)
        with os.fdopen(read) as number:
            self.env["DISPLAY"] = f":{number.readline().strip()}"
        self.start("openbox")

    def _open_bus(self):
        # A bus that starts nothing by itself: with the system's own settings a mere question after
        # the keychain would start a second one, locked and empty.
        settings = self.root / "bus.conf"
        settings.write_text(BUS.format(folder=self.root))
        bus = self.start(
            "dbus-daemon",
            f"--config-file={settings}",
            "--nofork",
            "--print-address",
            stdout=subprocess.PIPE,
        )
        self.env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()

    def unlock_keychain(self):
        daemon = self.start(
            "gnome-keyring-daemon",
            "--foreground",
            "--unlock",
            "--components=secrets",
            stdin=subprocess.PIPE,
        )
        daemon.stdin.write(b"test password")
        daemon.stdin.close()
        self.keychain = daemon
        ask = [
            "dbus-send",
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.secrets",
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.ReadAlias",
            "string:default",
        ]
        wait_for("the keychain", lambda: b"/collection/" in self.run(*ask).stdout)

    def lock_keychain(self):
        locked = self.run(
            "dbus-send",
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.secrets",
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.Lock",
            "array:objpath:/org/freedesktop/secrets/collection/login",
        )
        assert b"collection/login" in locked.stdout, locked.stderr

    def start_prompter(self):
        """The desktop's own program that asks for the keychain's password."""
        service = Path("/usr/share/dbus-1/services/org.gnome.keyring.SystemPrompter.service")
        line = next(line for line in service.read_text().splitlines() if line.startswith("Exec="))
        self.start(*line.removeprefix("Exec=").split())

    def picture(self, path):
        done = self.run("import", "-window", "root", str(path))
        assert done.returncode == 0, done.stderr

    def clipboard(self):
        return self.run("xclip", "-o", "-selection", "clipboard").stdout.decode()

    def choose_in_dialog(self, title, path):
        """Types a path into the native file dialog and accepts it."""
        look = self._go_to_dialog(title)
        self.run("xdotool", "key", "ctrl+l")
        time.sleep(0.4)
        self.run("xdotool", "key", "ctrl+a")
        self.run("xdotool", "type", "--delay", "5", str(path))
        time.sleep(0.4)
        self.run("xdotool", "key", "Return")
        wait_for("the dialog to close", lambda: not self.run(*look).stdout.split())

    def cancel_dialog(self, title):
        """Leaves the native file dialog without a choice."""
        look = self._go_to_dialog(title)
        self.run("xdotool", "key", "Escape")
        wait_for("the dialog to close", lambda: not self.run(*look).stdout.split())

    def _go_to_dialog(self, title):
        """Brings it to the front, and gives what finds it."""
        look = ["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"]
        window = wait_for(f"the dialog {title}", lambda: self.run(*look).stdout.split())
        self.run("xdotool", "windowactivate", "--sync", window[-1].decode())
        # GTK opens its location field without any event to wait for.
        time.sleep(0.5)
        return look

    def copy(self, text):
        """Puts a text on the clipboard, as another program."""
        self.start("xclip", "-i", "-selection", "clipboard", stdin=subprocess.PIPE)
        clipboard = self.processes[-1]
        clipboard.stdin.write(text.encode())
        clipboard.stdin.close()
        wait_for("the clipboard", lambda: self.clipboard() == text)

    def print_to_file(self):
        """Chooses the file in the native print dialog, prints, and gives the file."""
        look = ["xdotool", "search", "--onlyvisible", "--name", "^Print$"]
        dialog = wait_for("the print dialog", lambda: self.run(*look).stdout.split(), 60)[-1].decode()
        paper = self.home / "output.pdf"

        def printed():
            # The first in the list of printers.
            self.run("xdotool", "windowactivate", "--sync", dialog)
            self.run("xdotool", "mousemove", "--window", dialog, "90", "88", "click", "1")
            time.sleep(0.5)
            self.run("xdotool", "key", "Return")
            time.sleep(0.5)
            return not self.run(*look).stdout.split()

        wait_for("the dialog to close", printed)
        size = -1

        def whole():
            nonlocal size
            before, size = size, paper.stat().st_size if paper.exists() else -1
            return size > 0 and size == before and paper.read_bytes().rstrip().endswith(b"%%EOF")

        wait_for("the file", whole)
        return paper

    def drag(self, source, target):
        """Drags from the middle of one window to the middle of another, with the mouse."""

        def middle(name):
            look = ["xdotool", "search", "--onlyvisible", "--name", f"^{name}$"]
            window = wait_for(f"the window {name}", lambda: self.run(*look).stdout.split())[-1].decode()
            shape = self.run("xdotool", "getwindowgeometry", "--shell", window).stdout.decode()
            at = dict(line.split("=") for line in shape.split())
            return int(at["X"]) + int(at["WIDTH"]) // 2, int(at["Y"]) + int(at["HEIGHT"]) // 2

        (x, y), (to_x, to_y) = middle(source), middle(target)
        time.sleep(0.5)
        self.run("xdotool", "mousemove", str(x), str(y), "mousedown", "1")
        # A drag begins after some way, and each window on the way is told of it.
        for part in range(1, 21):
            self.run("xdotool", "mousemove", str(x + (to_x - x) * part // 20), str(y + (to_y - y) * part // 20))
            time.sleep(0.03)
        time.sleep(0.3)
        self.run("xdotool", "mouseup", "1")

    def close(self):
        for process in reversed(self.processes):
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()
        shutil.rmtree(self.root, ignore_errors=True)


class Window:
    """Signet's window, driven as a person would: by what is written on it."""

    def __init__(self, stage, program):
        self.stage = stage
        stage.env["TAURI_AUTOMATION"] = stage.env["TAURI_WEBVIEW_AUTOMATION"] = "true"
        port = _free_port()
        self.driver = stage.start("WebKitWebDriver", f"--port={port}")
        self.url = f"http://127.0.0.1:{port}"
        wait_for("the driver", self._is_ready)
        options = {"binary": str(Path(program).resolve()), "args": []}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        session = self._call("POST", "/session", wanted)["sessionId"]
        self.url += f"/session/{session}"
        self.find("h1")

    def _is_ready(self):
        try:
            return self._call("GET", "/status")["ready"]
        except OSError:
            return False

    def _call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, method=method)
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=40) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()) from None

    def script(self, text, *arguments):
        return self._call("POST", "/execute/sync", {"script": text, "args": list(arguments)})

    def find(self, css):
        return wait_for(css, lambda: self._elements(css))[0]

    def _elements(self, css):
        return self._call("POST", "/elements", {"using": "css selector", "value": css})

    def _named(self, names, css):
        look = """
            const [names, css] = arguments;
            const by = (e) => document.getElementById(e.getAttribute("aria-labelledby") ?? "");
            const name = (e) => (e.labels?.[0] ?? by(e) ?? e).textContent.trim();
            return [...document.querySelectorAll(css)].find((e) => names.includes(name(e))) ?? null;
        """
        return self.script(look, names, css)

    def click(self, name):
        """Clicks the button, radio, link or item of a menu with this name."""
        css = "button, a, [role=radio], [role=menuitem], summary"
        element = wait_for(f"a button {name}", lambda: self._named([name], css))
        self._uncover(element)
        self._call("POST", f"/element/{element[WEBDRIVER_ELEMENT]}/click", {})

    def _uncover(self, element):
        """Scrolls, as a person does, to what lies under the footer that stays in view."""
        look = """
            const [e] = arguments, at = e.getBoundingClientRect();
            const above = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);
            if (above?.closest(".footer") && !e.contains(above)) e.scrollIntoView({ block: "center" });
        """
        self.script(look, element)

    def field(self, label):
        return wait_for(f"a field {label}", lambda: self._named([label], "input, select, textarea"))

    def type(self, label, text):
        field = self.field(label)
        self._uncover(field)
        element = field[WEBDRIVER_ELEMENT]
        self._call("POST", f"/element/{element}/clear", {})
        self._call("POST", f"/element/{element}/value", {"text": text})

    def tick(self, label):
        field = self.field(label)
        self._uncover(field)
        self._call("POST", f"/element/{field[WEBDRIVER_ELEMENT]}/click", {})

    def field_names_shown(self):
        look = """
            const shown = [...document.querySelectorAll("input")].filter((e) => e.checkVisibility());
            return shown.map((e) => e.labels[0].textContent.trim());
        """
        return set(self.script(look))

    def value(self, label):
        return self.script("return arguments[0].value", self.field(label))

    def text(self):
        return self.script("return document.body.innerText")

    def shows(self, text, seconds=15):
        try:
            wait_for(f"the text {text!r}", lambda: text in self.text(), seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}, on\n{self.text()}") from None

    def link(self):
        return self.value("Link")

    def close(self):
        self._call("DELETE", "")
        os.killpg(self.driver.pid, signal.SIGKILL)


def _free_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(url, **headers):
    """Status, headers and body, a refusal included."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()
