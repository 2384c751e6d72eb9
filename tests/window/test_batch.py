"""*Many at once* in the real window: a list with a bad row becomes links, codes on paper and a table."""

import csv
import datetime
import io
import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from links import from_cloudfront, unsigned_parts
from stage import wait_for
from steps import add_papers

MANY = 40_000


def paste(stage, window, text):
    """As a person pastes: from another program's clipboard, with the keyboard."""
    stage.copy(text)
    window.find("textarea")
    wait_for(
        "the field to have the keyboard", lambda: window.script("return document.activeElement.tagName === 'TEXTAREA'")
    )
    stage.run("xdotool", "key", "ctrl+v")


def lines_of_history(stage):
    path = next(stage.home.rglob("history.sqlite3"), None)
    if path is None:
        return []
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as history:
        return history.execute("SELECT url, note, expires_at FROM entries ORDER BY id").fetchall()


def assert_signed(key, link):
    base, parts = unsigned_parts(link)
    policy = f'{{"Statement":[{{"Resource":"{base}","Condition":{{"DateLessThan":{{"AWS:EpochTime":{parts["Expires"]}}}}}}}]}}'
    key.public_key().verify(from_cloudfront(parts["Signature"]), policy.encode(), padding.PKCS1v15(), hashes.SHA256())


def numbered(count):
    return "".join(f"Letter no. {n}.pdf\n" for n in range(count))


def test_a_list_with_a_bad_row_becomes_links_a_table_and_codes_on_paper(stage, open_window):
    window = open_window(stage)
    key, _ = add_papers(stage, window)
    window.click("Many at once")
    window.type("Folder on the site", "reports/2026")
    window.script("document.querySelector('textarea').focus()")
    paste(stage, window, "Q3 résumé + notes.pdf\tMs Jones\t2 days\nhttps://other.example/b.pdf\t\t\nb.pdf\t\t\n")
    window.shows("3 documents, 1 problem")
    window.shows("That document is on other.example")
    window.click("Create links")
    window.shows("1 document has a problem.")
    window.type("Document", "c.pdf")
    window.click("Done")
    wait_for("the problem to go", lambda: "problem" not in window.text())
    window.click("Create links")
    window.shows("3 links were made.")

    window.click("Copy all")
    window.shows("3 links copied, one a line.")
    links = stage.clipboard().split("\n")
    names = ["Q3%20r%C3%A9sum%C3%A9%20%2B%20notes.pdf", "c.pdf", "b.pdf"]
    assert [unsigned_parts(link)[0] for link in links] == [
        f"https://docs.example.com/reports/2026/{name}" for name in names
    ]
    for link in links:
        assert_signed(key, link)
    zone = ZoneInfo(stage.env["TZ"])
    now = datetime.datetime.now(zone)
    ends = [datetime.datetime.fromtimestamp(int(unsigned_parts(link)[1]["Expires"]), zone) for link in links]
    # "2 days" in a list is this time of day; a week that is chosen ends with the working day.
    since = now - (ends[0] - datetime.timedelta(days=2))
    assert datetime.timedelta() <= since < datetime.timedelta(minutes=10), ends
    assert ends[1] == ends[2] and ends[1].hour == 18
    # Six where midnight came in between.
    assert (ends[1].date() - now.date()).days in (6, 7), ends
    history = lines_of_history(stage)
    assert [(url.rsplit("/", 1)[1], note) for url, note, _ in history] == list(zip(names, ["Ms Jones", "", ""]))
    window.click("Copy")
    window.shows("Copied")
    assert stage.clipboard() == links[0]

    window.click("Save as CSV")
    table = stage.root / "sent.csv"
    stage.choose_in_dialog("Save links", table)
    window.shows("Saved as sent.csv.")
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))))
    assert [row["Link"] for row in rows] == links
    assert rows[0]["Note"] == "Ms Jones"

    window.click("Print QR codes…")
    paper = stage.print_to_file()
    text = subprocess.run(["pdftotext", "-layout", str(paper), "-"], capture_output=True, check=True).stdout.decode()
    for part in ["Links to docs.example.com", "Q3 résumé + notes.pdf", "Ms Jones", "b.pdf", "Works until"]:
        assert part in text, text
    assert "Create links" not in text, "the screen is not on paper"
    pages = stage.root / "page"
    subprocess.run(["pdftoppm", "-r", "200", "-png", str(paper), str(pages)], check=True)
    read = stage.run("zbarimg", "--quiet", "--raw", *map(str, stage.root.glob("page*.png"))).stdout.decode()
    assert set(read.split()) == set(links)
    paper.unlink()
    for picture in stage.root.glob("page*.png"):
        picture.unlink()

    # Links are in memory, on the clipboard and in what the person saved; not in the profile.
    def holding(needle):
        files = [path for path in stage.home.rglob("*") if path.is_file() and not path.is_symlink()]
        return [path for path in files if needle in path.read_bytes()]

    for link in links:
        assert not holding(unsigned_parts(link)[1]["Signature"][:40].encode())
    planted = stage.home / "planted"
    planted.write_text(links[0])
    assert holding(unsigned_parts(links[0])[1]["Signature"][:40].encode()) == [planted]
    planted.unlink()
    assert holding(b"reports/2026/c.pdf"), "what may be there is found"


def test_a_question_about_a_list_is_answered_for_all_its_rows(stage, open_window):
    window = open_window(stage)
    key, _ = add_papers(stage, window)
    window.click("Many at once")
    window.script("document.querySelector('textarea').focus()")
    day = (datetime.date.today() + datetime.timedelta(days=60)).isoformat()
    paste(stage, window, f"Document\tMeeting\na.pdf\t{day}\nb.pdf\t{day}\n")
    window.shows("Is this when each link ends?")
    window.click("Yes, each link ends then")
    wait_for("the rows to be ready", lambda: "problem" not in window.text())
    window.click("Create links")
    window.shows("2 links were made.")
    ends = [end for _, _, end in lines_of_history(stage)]
    assert [datetime.datetime.fromtimestamp(end - 1).date().isoformat() for end in ends] == [day, day]


def test_cancel_keeps_what_is_done_and_the_rest_is_made_later(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    window.click("Many at once")
    paste(stage, window, numbered(MANY))
    window.shows(f"{MANY:,} documents")
    window.click("Create links")
    window.shows(f" of {MANY:,}")
    window.click("Cancel")
    window.shows(f" of {MANY:,} links were made.")
    made = len(lines_of_history(stage))
    assert 0 < made < MANY
    window.shows(f"{made:,} of {MANY:,} links were made.")
    window.click("Make the rest")
    window.shows(f"\n{MANY:,} links were made.", seconds=120)
    lines = lines_of_history(stage)
    assert len(lines) == MANY
    assert len({url for url, _, _ in lines}) == MANY, "nothing was made twice"
    assert len({end for _, _, end in lines}) == 1


def test_a_list_goes_on_after_the_program_was_killed(stage, open_window):
    window = open_window(stage)
    key, _ = add_papers(stage, window)
    window.click("Many at once")
    paste(stage, window, numbered(MANY))
    window.shows(f"{MANY:,} documents")
    window.click("Create links")
    wait_for("some links", lambda: len(lines_of_history(stage)) > 1_000)
    os.killpg(window.driver.pid, signal.SIGKILL)
    time.sleep(0.5)
    made = len(lines_of_history(stage))
    assert made < MANY
    window = open_window(stage)
    window.shows(f"{made:,} of {MANY:,} links were made when Signet stopped.")
    window.click("Go on")
    window.shows(f"\n{MANY:,} links were made.", seconds=120)
    lines = lines_of_history(stage)
    assert len(lines) == MANY
    assert len({url for url, _, _ in lines}) == MANY, "nothing was made twice"
    window.click("Copy")
    window.shows("Copied")
    assert_signed(key, stage.clipboard())
    # What was finished is not asked about again.
    window.close()
    window = open_window(stage)
    window.click("My links")
    window.shows("Letter no.")
    assert "when Signet stopped" not in window.text()


def test_a_list_comes_from_a_file(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    window.click("Many at once")
    listed = stage.root / "readers.csv"
    listed.write_bytes("\ufeffReader;Document\r\nMs Jones;a.pdf\r\nMr Smith;b.pdf\r\n".encode())
    window.click("Choose a file…")
    stage.choose_in_dialog("Choose a list of documents", listed)
    window.shows("2 documents")
    window.shows("Mr Smith")
    window.click("Create links")
    window.shows("2 links were made.")
    assert [note for _, note, _ in lines_of_history(stage)] == ["Ms Jones", "Mr Smith"]

    window.click("New list")
    listed.write_bytes(b"R\xe9sum\xe9.pdf\n")
    window.click("Choose a file…")
    stage.choose_in_dialog("Choose a list of documents", listed)
    window.shows("The file was read as Windows-1252 (Western Europe).")
    window.shows("https://docs.example.com/R%C3%A9sum%C3%A9.pdf")

    window.click("Back")
    listed.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    window.click("Choose a file…")
    stage.choose_in_dialog("Choose a list of documents", listed)
    window.shows("readers.csv is not a text or a table in text.")


def test_a_file_dropped_on_new_link_is_said_to_lie_on_this_computer(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    window.click("Make a link")
    window.field("Which document?")
    file = stage.root / "What is this?.pdf"
    os.mkfifo(file)
    source = Path(__file__).with_name("drag_source.py")
    stage.start("/usr/bin/python3", str(source), file.as_uri())
    stage.drag("Files", "Signet")
    window.shows("This file is on your computer, so nobody else can open it.")
    assert window.value("Which document?") == ""
    window.click("It is there: use its name")
    window.click("Create link")
    base, _ = unsigned_parts(window.link())
    assert base == "https://docs.example.com/What%20is%20this%3F.pdf"


def test_dropped_files_give_their_names_and_are_not_opened(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    window.click("Many at once")
    window.find("textarea")
    files = [stage.root / name for name in ("Q3 résumé.pdf", "b.pdf")]
    # What cannot be read gives its name all the same.
    for file in files:
        os.mkfifo(file)
    source = Path(__file__).with_name("drag_source.py")
    stage.start("/usr/bin/python3", str(source), *(file.as_uri() for file in files))
    stage.drag("Files", "Signet")
    window.shows("2 documents")
    window.shows("Q3 résumé.pdf")
    window.shows("These files are on your computer, so nobody else can open them.")
    assert str(stage.root) not in window.script("return document.documentElement.outerHTML")
