"""The window among the other things on a computer: a second start, a wrong clock, damaged settings,
the clipboard, files that are saved, and a screen reader's view."""

import json
import os
import subprocess
import time
from pathlib import Path

import pytest
from conftest import PROGRAM
from memory import process_of
from stage import wait_for
from steps import add_papers, fill_in, open_for_it, pem, rsa_key

UI = Path(__file__).parents[2] / "ui"


@pytest.mark.parametrize("junk", [b"", b"{", b"\xff\xfe\x00"])
def test_damaged_settings_are_put_aside_and_nothing_is_lost(stage, open_window, junk):
    folder = stage.home / ".config/signet"
    folder.mkdir(parents=True)
    (folder / "settings.json").write_bytes(junk)
    window = open_window(stage)
    window.shows("They were put aside as settings.damaged-1.json")
    assert (folder / "settings.damaged-1.json").read_bytes() == junk
    window.shows("Try it with a practice document")


def test_settings_of_a_newer_signet_stay_as_they_are(stage, open_window):
    folder = stage.home / ".config/signet"
    folder.mkdir(parents=True)
    newer = b'{"version": 99}'
    (folder / "settings.json").write_bytes(newer)
    window = open_window(stage)
    window.shows("Your list of sites was written by a newer Signet, so nothing in it is changed here.")
    window.click("Check a link")
    window.click("Practice")
    window.click("Create link")
    window.link()
    window.close()
    assert (folder / "settings.json").read_bytes() == newer
    assert list(folder.glob("settings.damaged*")) == []


@pytest.mark.parametrize(("chosen", "used"), [(None, "1"), ("0", "0")])
def test_signet_alone_becomes_the_window_with_the_renderer_that_works(stage, chosen, used):
    del stage.env["WEBKIT_DISABLE_DMABUF_RENDERER"]
    if chosen is not None:
        stage.env["WEBKIT_DISABLE_DMABUF_RENDERER"] = chosen
    started = stage.start(str(PROGRAM.with_name("signet")))
    look = ["xdotool", "search", "--onlyvisible", "--name", "^Signet$"]
    wait_for("the window", lambda: stage.run(*look).stdout)
    process = Path(f"/proc/{started.pid}")
    assert (process / "exe").readlink() == PROGRAM
    settings = (process / "environ").read_bytes().split(b"\0")
    assert f"WEBKIT_DISABLE_DMABUF_RENDERER={used}".encode() in settings


def active_window(stage):
    return stage.run("xdotool", "getactivewindow", "getwindowname").stdout.decode().strip()


def is_of(stage, pid):
    try:
        return f"HOME={stage.home}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_second_start_brings_the_first_to_the_front(stage, open_window):
    window = open_window(stage)
    own = stage.run("xdotool", "search", "--onlyvisible", "--name", "^Signet$").stdout.split()[0]
    stage.run("xdotool", "windowminimize", "--sync", own.decode())
    # The window manager says that it is minimised before it says which window is in front.
    wait_for("another window in front", lambda: active_window(stage) != "Signet")
    second = subprocess.run([PROGRAM], env=stage.env, timeout=20, check=False, capture_output=True)
    assert second.returncode == 0
    wait_for("the first window in front", lambda: active_window(stage) == "Signet")
    window.shows("Try it with a practice document")
    # Of this person: another test may have a window open beside it.
    pids = stage.run("pgrep", "-xf", str(PROGRAM)).stdout.decode().split()
    assert len([pid for pid in pids if is_of(stage, pid)]) == 1


def test_a_wrong_clock_is_said_before_and_makes_no_link(stage, open_window):
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    stage.env.update(LD_PRELOAD=str(library), FAKETIME="@2019-01-01 12:00:00", FAKETIME_DONT_FAKE_MONOTONIC="1")
    window = open_window(stage)
    said = "The clock of this computer is wrong, so links would not work."
    window.shows(said)
    window.click("Try it with a practice document")
    window.click("Create link")
    wait_for("the sentence beside the button", lambda: window.text().count(said) == 1)
    assert "Your link" not in window.text()


def test_a_copied_link_is_marked_as_sensitive(stage, open_window):
    window = open_window(stage)
    window.click("Try it with a practice document")
    window.click("Create link")
    window.click("Copy link")
    window.shows("Copied")
    mark = "x-kde-passwordManagerHint"
    look = ["xclip", "-o", "-selection", "clipboard", "-t"]
    assert mark in stage.run(*look, "TARGETS").stdout.decode().split()
    assert stage.run(*look, mark).stdout == b"secret"
    assert stage.run(*look, "UTF8_STRING").stdout.decode() == window.link()


@pytest.mark.parametrize("format", ["png", "svg"])
def test_a_saved_qr_code_holds_the_link(stage, open_window, format):
    window = open_window(stage)
    window.click("Try it with a practice document")
    window.click("Create link")
    path = stage.root / f"code.{format}"
    window.click("QR code")
    if format == "svg":
        window.click("More")
    window.click({"png": "Save picture", "svg": "Save as SVG"}[format])
    stage.choose_in_dialog("Save QR code", path)
    window.shows(f"Saved as code.{format}.")
    picture = path
    if format == "svg":
        picture = stage.root / "from-svg.png"
        stage.run("rsvg-convert", "--width=800", "--output", str(picture), str(path))
    read = stage.run("zbarimg", "--quiet", "--raw", str(picture)).stdout.decode().strip()
    assert read == window.link()


# axe is written for old browsers: it gives its own regular expressions other methods in a way that the
# language does not allow where theirs are frozen. It gets a kind of its own to do that with.
FOR_AXE = """
    function RegExp(pattern, flags) { return new window.RegExp(pattern, flags); }
    RegExp.prototype = Object.create(window.RegExp.prototype);
    for (const key of ["exec", Symbol.replace]) {
        const value = window.RegExp.prototype[key];
        Object.defineProperty(RegExp.prototype, key, { value, writable: true, configurable: true });
    }
"""


def violations(window):
    axe = (UI / "node_modules/axe-core/axe.min.js").read_text()
    window.script(f"{FOR_AXE};{axe};window.axe = axe;")
    window.script("window.judged = null; axe.run().then((judged) => (window.judged = judged))")
    judged = wait_for("axe's judgement", lambda: window.script("return window.judged"))
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in judged["violations"]]


def test_axe_finds_nothing_in_the_real_window(stage, open_window):
    window = open_window(stage)
    assert violations(window) == []
    add_papers(stage, window)
    assert violations(window) == []
    window.click("Sites")
    assert violations(window) == []
    open_for_it(window)
    assert violations(window) == []
    window.click("New link")
    window.click("Create link")
    window.shows("No document was named.")
    assert violations(window) == []
    window.type("Which document?", "a.pdf")
    window.click("Create link")
    window.link()
    assert violations(window) == []
    # The positive control: what axe should find, it finds.
    window.script("document.querySelector('main').append(document.createElement('img'))")
    assert "image-alt" in json.dumps(violations(window))


def test_a_crash_would_leave_no_dump(stage, open_window):
    open_window(stage)
    pid = process_of(stage, PROGRAM)
    with open(f"/proc/{pid}/limits") as limits:
        core = next(line for line in limits if line.startswith("Max core file size"))
    assert core.split()[4:6] == ["0", "0"]


def files_below(*folders):
    return {path for folder in folders for path in folder.rglob("*") if not path.is_symlink()}


def test_what_is_made_is_nobody_elses_and_what_is_saved_keeps_the_persons_umask(stage, open_window):
    before = files_below(stage.home)
    stage.umask = 0
    window = open_window(stage)
    add_papers(stage, window)
    open_for_it(window)
    window.click("Public key")
    window.click("Save…")
    public = stage.root / "public.pem"
    stage.choose_in_dialog("Save public key", public)
    window.shows("Saved as public.pem.")
    # The positive control: to whoever says nothing of rights, the umask lets everybody in.
    assert os.stat(public).st_mode & 0o777 == 0o666
    window.click("New link")
    window.type("Which document?", "a.pdf")
    window.click("Create link")
    window.click("QR code")
    window.click("Save picture")
    picture = stage.root / "code.png"
    stage.choose_in_dialog("Save QR code", picture)
    window.shows("Saved as code.png.")
    assert os.stat(picture).st_mode & 0o777 == 0o600
    made = files_below(stage.home) - before
    assert any(path.is_dir() for path in made) and any(path.is_file() for path in made)
    assert [str(path) for path in made if path.stat().st_mode & 0o077] == []


BOOKMARK = """<bookmark href="file://{path}" added="{now}" modified="{now}" visited="{now}">
<info><metadata owner="http://freedesktop.org"><mime:mime-type type="text/plain"/><bookmark:applications>
<bookmark:application name="{program}" exec="&apos;{program} %u&apos;" modified="{now}" count="1"/>
</bookmark:applications></metadata></info></bookmark>
"""


def test_what_was_chosen_is_in_no_list_of_recent_files(stage, open_window):
    # Of another program, and of an earlier Signet.
    letter, old = stage.home / "letter.txt", stage.home / "old.pem"
    for path in (letter, old):
        path.write_text("text")
    recent = stage.home / ".local/share/recently-used.xbel"
    recent.parent.mkdir(parents=True, exist_ok=True)
    # GTK drops what is older than a month.
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    recent.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<xbel version="1.0" '
        'xmlns:bookmark="http://www.freedesktop.org/standards/desktop-bookmarks" '
        'xmlns:mime="http://www.freedesktop.org/standards/shared-mime-info">\n'
        + BOOKMARK.format(path=letter, program="gedit", now=now)
        + BOOKMARK.format(path=old, program="signet-desktop", now=now)
        + "</xbel>\n"
    )
    window = open_window(stage)
    _, path = add_papers(stage, window)
    # The positive control: GTK has written the list anew, without what an earlier Signet had left in it.
    wait_for("the list", lambda: str(old) not in recent.read_text())
    # By then it has written down what was chosen, if ever.
    time.sleep(4)
    assert path.name not in recent.read_text() and "letter.txt" in recent.read_text()


# Root sees into every process, and what root started only root's own; a portal and the window are a person's.
AS_A_PERSON = ["setpriv", "--bounding-set=-sys_ptrace", "--inh-caps=-sys_ptrace"] if os.geteuid() == 0 else []


def test_a_portals_dialog_comes_and_is_the_only_one_that_sees_who_asks(stage, open_window):
    stage.env |= {"GTK_USE_PORTAL": "1", "XDG_CURRENT_DESKTOP": "GNOME"}
    stage.starter = AS_A_PERSON
    window = open_window(stage)
    stage.env["GTK_USE_PORTAL"] = "0"
    names = ["org.freedesktop.impl.portal.desktop.gtk", "org.freedesktop.portal.Desktop"]
    for program, name in zip(["xdg-desktop-portal-gtk", "xdg-desktop-portal"], names, strict=True):
        stage.start(f"/usr/libexec/{program}")
        ask = [
            "dbus-send",
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.DBus",
            "/",
            "org.freedesktop.DBus.NameHasOwner",
        ]
        wait_for(name, lambda name=name: b"true" in stage.run(*ask, f"string:{name}").stdout)
    pid = process_of(stage, PROGRAM)
    look = [*AS_A_PERSON, "readlink", f"/proc/{pid}/root"]
    assert stage.run(*look).returncode != 0
    key, path = rsa_key(), stage.root / "signing.pem"
    path.write_bytes(pem(key))
    fill_in(window)
    window.click("Choose key file…")
    title = ["xdotool", "search", "--onlyvisible", "--name", "^Choose key file$"]
    dialog = wait_for("the dialog", lambda: stage.run(*title).stdout.split())[-1].decode()
    # The positive controls: it is another program's, and that one sees this one now.
    assert int(stage.run("xdotool", "getwindowpid", dialog).stdout) != pid
    assert stage.run(*look).returncode == 0
    stage.choose_in_dialog("Choose key file", path)
    window.shows("“Client papers” is ready.")
    assert stage.run(*look).returncode != 0
