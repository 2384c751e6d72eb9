"""A document of this computer in the real window: dropped or chosen, and how few actions lead to its copied link."""

from pathlib import Path
from urllib.parse import unquote

from stage import fetch
from test_staff import Counted

CONTENT = b"%PDF-1.7\nWhat only she wrote\n"
CONTRACT = "Contract.pdf"
NAME = "Vertrag für Ömer (final).pdf"


def _file(stage, name=NAME, content=CONTENT):
    folder = stage.root / "Desktop"
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_bytes(content)
    return file


def _drop(stage, file):
    source = Path(__file__).with_name("drag_source.py")
    process = stage.start("/usr/bin/python3", str(source), file.as_uri())
    stage.drag("Files", "Signet")
    return process


def _opens(link, content, name):
    status, headers, body = fetch(link)
    assert (status, body, headers["Content-Type"]) == (200, content, "application/pdf")
    assert unquote(link.split("?")[0].rsplit("/", 1)[1]) == name


def test_a_newcomer_shares_her_own_document_in_practice_with_three_actions(stage, open_window):
    window = open_window(stage)
    window.click("Try it with a practice document")
    window.shows("Nothing is kept.")
    file = _file(stage)
    before = file.stat().st_mtime_ns
    staff = Counted(window)

    _drop(stage, file)  # The first action.
    window.shows("29 bytes, from this computer")
    staff.click("Create link")
    staff.click("Copy link")
    window.shows("Copied")
    assert len(staff.clicks) == 2 and staff.typed == []
    _opens(stage.clipboard(), CONTENT, NAME)

    # The page was never told where the file lies, and the file is as it was.
    assert str(file.parent) not in window.script("return document.documentElement.outerHTML")
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (CONTENT, before)


def test_the_next_document_begins_clean_and_one_of_the_same_name_is_asked_about(stage, open_window):
    window = open_window(stage)
    window.click("Try it with a practice document")
    window.click("From this computer…")
    stage.choose_in_dialog("Choose a document", _file(stage, CONTRACT))
    window.shows("29 bytes, from this computer")
    window.click("Create link")
    first = window.link()
    _opens(first, CONTENT, CONTRACT)

    window.click("Another link")
    assert window.value("Which document?") == "Practice letter.html"
    window.click("From this computer…")
    stage.choose_in_dialog("Choose a document", _file(stage, CONTRACT, b"%PDF-1.7\nAnother version\n"))
    window.shows("25 bytes, from this computer")
    window.click("Create link")
    window.shows(f"There is a “{CONTRACT}” already.")
    window.click("Keep both")
    second = window.link()
    _opens(second, b"%PDF-1.7\nAnother version\n", "Contract (2).pdf")
    _opens(first, CONTENT, CONTRACT)
