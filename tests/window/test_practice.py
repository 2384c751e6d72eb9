"""Practice in the real window: from the welcome to a link that opens, and to its end."""

import re
import resource
import socket
import time
from contextlib import contextmanager

from conftest import PROGRAM
from stage import Stage, fetch, wait_for


def test_from_the_welcome_to_a_link_that_ends(stage, open_window):
    window = open_window(stage)
    assert "Private links that end when you say" in window.text()
    window.click("Try it with a practice document")
    window.shows("Nothing is kept.")
    window.click("Create link")
    link = window.link()
    window.shows("Practice: a throw-away key")

    status, headers, body = fetch(link)
    assert status == 200
    assert "You opened a private document" in body.decode()

    status, headers, body = fetch(link.split("?")[0])
    assert (status, headers["Server"]) == (403, "CloudFront")
    assert "<Code>MissingKey</Code>" in body.decode()

    # One minute is the shortest life there is; the card and the edge must agree on its end.
    window.shows("This link has ended", seconds=75)
    status, headers, body = fetch(link)
    assert status == 403
    assert "<Code>AccessDenied</Code><Message>Access denied</Message>" in body.decode()
    window.click("Make a new one")
    window.click("Copy link")
    window.shows("Copied")
    again = stage.clipboard()
    assert again != link and fetch(again)[0] == 200

    window.click("Leave practice")
    window.shows("Try it with a practice document")
    wait_for("the edge to stop", lambda: _refuses(again))


def _refuses(link):
    try:
        fetch(link)
    except OSError:
        return True
    return False


def test_the_qr_code_on_screen_is_the_link(stage, open_window):
    window = open_window(stage)
    window.click("Try it with a practice document")
    window.click("Create link")
    link = window.link()
    window.click("QR code")
    picture = stage.root / "window.png"

    def decoded():
        stage.picture(picture)
        return stage.run("zbarimg", "--quiet", "--raw", str(picture)).stdout.decode().strip()

    assert wait_for("a QR code that decodes", decoded) == link


def test_the_message_names_the_end_with_its_zone(stage, open_window):
    window = open_window(stage)
    window.click("Try it with a practice document")
    window.click("Create link")
    link = window.link()
    window.click("Write an e-mail")
    window.shows("Paste it into an e-mail.")
    lines = stage.clipboard().splitlines()
    assert link in lines
    assert re.search(r"\d\d:\d\d \(London time, GMT(\+1)?\)\.$", lines[-1])


def sockets_of(stage, program):
    listed = stage.run("ss", "-tanpH").stdout.decode().splitlines()
    return [line for line in listed if f"pid={program}," in line]


def test_nothing_listens_or_connects_before_practice(stage, open_window):
    # Without the driver, which reaches the window over a socket of its own.
    program = stage.start(str(PROGRAM))
    looks = ["xdotool", "search", "--onlyvisible", "--name", "^Signet$"]
    wait_for("the window", lambda: stage.run(*looks).stdout)
    # Once the page has asked its first question, everything that starts has started.
    wait_for("the web process", lambda: stage.run("pgrep", "-P", str(program.pid)).stdout)
    for _ in range(20):
        assert sockets_of(stage, program.pid) == []
        time.sleep(0.05)
    # The positive control: the same look does see a practice edge.
    with Stage(keychain=False) as other:
        window = open_window(other)
        window.click("Try it with a practice document")
        window.shows("Nothing is kept.")
        window.click("Create link")
        port = window.link().split("/")[2]
        listed = other.run("ss", "-tanpH").stdout.decode()
        assert any("LISTEN" in line and port in line for line in listed.splitlines())


def test_the_window_goes_nowhere_and_calls_nothing_but_its_commands(stage, open_window):
    window = open_window(stage)
    window.script("window.location = 'https://example.com/'")
    assert window.script("return window.open('https://example.com/')") is None
    assert window.script("return Object.isFrozen(Object.prototype)")
    wait_for("the page to stay", lambda: window.script("return location.protocol") == "tauri:")
    ask = """
        const [command] = arguments;
        window.answer = null;
        window.__TAURI_INTERNALS__.invoke(command, {}).then(
            () => (window.answer = "allowed"), (error) => (window.answer = String(error)));
    """
    for command in [
        "plugin:fs|read_file",
        "plugin:dialog|open",
        "plugin:opener|open_url",
        "plugin:clipboard-manager|read_text",
        "plugin:window|close",
    ]:
        window.script(ask, command)
        answer = wait_for(command, lambda: window.script("return window.answer"))
        assert "not allowed" in answer or "not found" in answer, (command, answer)
    # The positive control: the same call does reach a command that is granted.
    window.script(ask, "start")
    assert wait_for("start", lambda: window.script("return window.answer")) == "allowed"


def test_the_window_runs_no_foreign_script_and_reaches_no_other_host(open_window):
    with Stage(keychain=False) as stage:
        window = open_window(stage)
        # A server that would answer: what is refused here is refused by the window, not by the lack
        # of somebody to answer.
        window.click("Try it with a practice document")
        window.click("Create link")
        link = window.link()
        assert fetch(link)[0] == 200
        try_it = """
            const [link] = arguments;
            window.ran = [];
            const inline = document.createElement("script");
            inline.textContent = "window.ran.push('inline')";
            document.body.append(inline);
            try { window.ran.push(new Function("return 'eval'")()); } catch { /* as it should be */ }
            const frame = document.createElement("iframe");
            frame.onload = () => window.ran.push(frame.contentDocument === null ? "frame" : "empty");
            frame.src = link;
            document.body.append(frame);
            const picture = new Image();
            picture.onload = () => window.ran.push("picture");
            picture.onerror = () => window.refused = true;
            picture.src = "https://example.com/a.png";
            const ask = fetch(link).then(() => "fetched", () => "refused");
            ask.then((answer) => (window.asked = answer));
        """
        window.script(try_it, link)
        asked = wait_for("the answer", lambda: window.script("return window.asked"))
        assert asked == "refused"
        wait_for("the picture to be refused", lambda: window.script("return window.refused"))
        assert window.script("return window.ran.filter((what) => what !== 'empty')") == []


def test_the_keyboard_alone_makes_and_copies_a_link(stage, open_window):
    window = open_window(stage)

    def press(*keys):
        stage.run("xdotool", "key", "--clearmodifiers", *keys)

    def has_keyboard(name):
        look = "const e = document.activeElement; return (e.labels?.[0] ?? e.querySelector('.name') ?? e).textContent.trim()"
        wait_for(f"the keyboard at {name}", lambda: window.script(look) == name)

    own = stage.run("xdotool", "search", "--onlyvisible", "--name", "^Signet$").stdout.split()[0]
    stage.run("xdotool", "windowfocus", "--sync", own.decode())
    press("Tab")
    has_keyboard("Try it with a practice document")
    press("Return")
    has_keyboard("Which document?")
    window.shows("One document")
    press("Tab")
    has_keyboard("Address")
    press("Tab")
    has_keyboard("From this computer…")
    press("Tab")
    has_keyboard("Choose…")
    press("Tab", "Right")
    has_keyboard("One hour")
    press("Tab")
    has_keyboard("More limits")
    press("Tab")
    has_keyboard("Create link")
    press("space")
    has_keyboard("Copy link")
    press("Return")
    window.shows("Copied")
    assert stage.clipboard() == window.link()
    assert "One hour" not in window.text() and fetch(window.link())[0] == 200


@contextmanager
def descriptors(most):
    """What is started within may have so many open at once."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def is_open(connection):
    connection.setblocking(False)
    try:
        return connection.recv(1) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def test_a_crowd_of_connections_takes_nothing_from_the_window(stage, open_window):
    # As many as a desktop gives a program.
    with descriptors(1024):
        window = open_window(stage)
    window.click("Try it with a practice document")
    window.click("Create link")
    link = window.link()
    host, port = link.split("/")[2].split(":")
    with descriptors(resource.getrlimit(resource.RLIMIT_NOFILE)[1]):
        crowd = [socket.create_connection((host, int(port))) for _ in range(1500)]
        try:
            assert fetch(link)[0] == 200
            path = stage.root / "code.png"
            window.click("QR code")
            window.click("Save picture")
            stage.choose_in_dialog("Save QR code", path)
            window.shows("Saved as code.png.")
            window.click("Close")
            wait_for("few connections", lambda: sum(map(is_open, crowd)) <= 64)
            # The positive control: some are open until practice ends.
            crowd += [socket.create_connection((host, int(port))) for _ in range(8)]
            assert is_open(crowd[-1])
            window.click("Leave practice")
            wait_for("all to be closed", lambda: not any(map(is_open, crowd)))
        finally:
            for connection in crowd:
                connection.close()
