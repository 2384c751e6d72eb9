"""What a screen reader is told of the main path, in the real window and over the desktop's own way (AT-SPI)."""

from pathlib import Path

import pytest
from conftest import PROGRAM
from stage import Stage, Window, wait_for
from steps import add_papers

SPOKEN = Path(__file__).with_name("spoken.py")


@pytest.fixture
def stage():
    with Stage() as stage:
        del stage.env["NO_AT_BRIDGE"]
        stage.start("/usr/libexec/at-spi-bus-launcher", "--launch-immediately")
        ask = [
            "dbus-send",
            "--session",
            "--print-reply",
            "--dest=org.a11y.Bus",
            "/org/a11y/bus",
            "org.a11y.Bus.GetAddress",
        ]
        wait_for("the bus of screen readers", lambda: b"unix:" in stage.run(*ask).stdout)
        yield stage


def spoken(stage):
    """Lines of role, name, description and notes. The system's own Python has the library."""
    said = stage.run("/usr/bin/python3", str(SPOKEN), PROGRAM.name).stdout.decode()
    return [tuple(line.split("\t")) for line in said.splitlines()]


def in_order(lines, *expected):
    """Whether each of these is said, one behind the other; others may stand between them."""
    rest = iter(lines)
    return all(any(line[: len(wanted)] == wanted for line in rest) for wanted in expected)


def hears(stage, *expected):
    last = []

    def heard():
        last[:] = spoken(stage)
        return in_order(last, *expected)

    try:
        wait_for("what is spoken", heard, 10)
    except AssertionError:
        raise AssertionError("\n".join(map(str, last))) from None
    return last


def note_of(lines, role, name):
    return next(line[3] for line in lines if line[:2] == (role, name))


def test_the_main_path_is_spoken_in_order(stage):
    window = Window(stage, PROGRAM)
    add_papers(stage, window)
    window.click("Make a link")
    asked = hears(
        stage,
        ("landmark", "Main"),
        ("push button", "New link"),
        ("push button", "My links"),
        ("heading", "New link"),
        ("entry", "Which document?"),
        ("radio button",),
        ("entry", "For whom?"),
        ("push button", "More limits"),
        ("push button", "Create link"),
    )
    # The keyboard is where one begins, and one lifetime is chosen.
    assert note_of(asked, "entry", "Which document?") == "keyboard"
    assert [line[3] for line in asked if line[0] == "radio button"].count("chosen") == 1

    window.type("Which document?", "contracts/Lease.pdf")
    window.type("For whom?", "Ms Okafor")
    window.click("Create link")
    made = hears(
        stage,
        ("heading", "Your link is ready"),
        ("push button", "Copy link"),
        ("push button", "Write an e-mail"),
        # What opens a dialog, in the words of WebKit.
        ("combo box", "QR code"),
        ("push button", "Another link"),
    )
    assert note_of(made, "push button", "Copy link") == "keyboard"
    # No button is without a word.
    assert all(name for role, name, *_ in made if role == "push button")


def test_something_out_of_order_is_noticed():
    """The positive control."""
    lines = [("heading", "New link", "", ""), ("entry", "Which document?", "", "keyboard")]
    assert in_order(lines, ("heading", "New link"), ("entry",))
    assert not in_order(lines, ("entry",), ("heading", "New link"))
