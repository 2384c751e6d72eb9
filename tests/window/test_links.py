"""*My links* and *Check a link* in the real window: what was made is found again, copied, removed, judged."""

import quopri
import sqlite3

from links import unsigned_parts
from stage import wait_for
from steps import add_papers

# Where everything stands that is there to be read or clicked.
PLACES = """
    return [...document.querySelectorAll(".app :is(button, input, h1, [data-row] p)")].map((part) => {
        const { x, y, width, height } = part.getBoundingClientRect();
        return [part.textContent, x, y, width, height].join(" ");
    });
"""


def make_link(window, name):
    window.click("New link")
    window.type("Which document?", name)
    window.click("Create link")
    return window.link()


def bytes_of_history(stage):
    files = [path for path in stage.home.rglob("history.sqlite3*") if path.is_file()]
    assert files
    return b"".join(path.read_bytes() for path in files)


def test_a_link_is_found_copied_again_removed_and_put_back(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    first, second = make_link(window, "Q3 report.pdf"), make_link(window, "letters/offer.pdf")
    window.click("My links")
    window.shows("Q3 report.pdf")
    window.type("Search", "offer")
    wait_for("the other row to go", lambda: "Q3 report.pdf" not in window.text())
    before = window.script(PLACES)
    window.click("Copy")
    window.shows("Copied")
    assert stage.clipboard() == second
    # It is said over the screen: whoever copies several in a row finds the next button where it was.
    assert window.script(PLACES) == before and len(before) > 8

    # Nothing that opens a document lies on the disk: neither link, nor what makes it one.
    stored = bytes_of_history(stage)
    for link in (first, second):
        assert unsigned_parts(link)[1]["Signature"].encode() not in stored
        assert unsigned_parts(link)[1]["Expires"].encode() + b"&" not in stored
    # The positive control: what may be there is there, and would be found.
    assert b"offer.pdf" in stored

    window.click("More about offer.pdf")
    window.click("Remove")
    window.shows("Removed")
    assert b"offer.pdf" not in bytes_of_history(stage)
    window.click("Undo")
    # The sentence of the removal names it too, so the row alone would prove nothing.
    wait_for("the row to be written again", lambda: b"offer.pdf" in bytes_of_history(stage))
    window.shows("offer.pdf")


def test_a_link_for_the_same_document_is_for_the_same_reader(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    make_link(window, "letters/Vertrag Nr. 5.pdf")
    window.click("My links")
    window.shows("All 1")
    window.click("More about Vertrag Nr. 5.pdf")
    window.click("Details")
    window.type("For whom?", "Frau Schmidt\ue007")
    wait_for("the note in the row", lambda: "Frau Schmidt" in window.text())
    window.click("More about Vertrag Nr. 5.pdf")
    window.click("New link for the same document")
    wait_for("the name", lambda: window.value("Which document?") == "letters/Vertrag Nr. 5.pdf")
    window.click("Create link")
    window.link()
    window.click("My links")
    window.shows("All 2")
    assert window.text().count("Frau Schmidt") == 2


def test_the_list_is_emptied_after_a_question(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    make_link(window, "Q3 report.pdf")
    window.click("My links")
    window.shows("Q3 report.pdf")
    window.click("More about the list")
    window.click("Empty this list…")
    window.shows("Links already sent keep working")
    dialog = window.script("return document.querySelector('[role=alertdialog]').getBoundingClientRect().toJSON()")
    inside = window.script("return document.querySelector('[role=alertdialog]').scrollHeight")
    assert dialog["height"] < 400 and abs(dialog["height"] - inside) <= 3
    window.click("Empty the list")
    window.shows("Links you make appear here.")
    assert b"report.pdf" not in bytes_of_history(stage)


def test_the_list_is_there_after_a_restart_and_private(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    link = make_link(window, "Q3 report.pdf")
    window.close()
    [path] = stage.home.rglob("history.sqlite3")
    assert path.stat().st_mode & 0o077 == 0
    again = open_window(stage)
    again.click("My links")
    again.shows("Q3 report.pdf")
    again.click("Copy")
    again.shows("Copied")
    assert stage.clipboard() == link
    with sqlite3.connect(path) as history:
        assert history.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_mail_with_a_broken_link_is_understood(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    link = make_link(window, "Q3 report.pdf")
    window.click("Check a link")
    html = f'<p>Here it is: <a href="{link.replace("&", "&amp;")}">Q3 report</a>.</p>'
    mail = quopri.encodestring(html.encode()).decode()
    assert "=\n" in mail and "=3D" in mail
    paste = """
        const [text] = arguments, field = document.querySelector("textarea");
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
    """
    window.find("textarea")
    window.script(paste, mail)
    window.click("Check")
    window.shows("It works until ")
    window.click("Copy the fixed link")
    window.shows("Copied")
    assert stage.clipboard() == link
    window.script(paste, link + "&utm_source=mail")
    window.click("Check")
    window.shows("Something was added after it was signed: utm_source.")
    window.script(paste, link[:-90])
    window.click("Check")
    window.shows("Part of the link is missing.")
    window.click("New link for the same document")
    wait_for("the address", lambda: window.value("Which document?") == "Q3 report.pdf")
