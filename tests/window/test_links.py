"""*My links* and *Check a link* in the real window: what was made is found again, copied, removed, judged."""

import quopri
import sqlite3

from links import unsigned_parts
from stage import wait_for
from steps import add_papers


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
    window.click("Copy again")
    window.shows("Copied")
    assert stage.clipboard() == second

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
    again.click("Copy again")
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
    window.click("Copy the mended link")
    window.shows("Copied")
    assert stage.clipboard() == link
    window.script(paste, link + "&utm_source=mail")
    window.click("Check")
    window.shows("Something was added after it was signed: utm_source.")
    window.script(paste, link[:-90])
    window.click("Check")
    window.shows("Part of the link is missing.")
    window.click("Make it again")
    wait_for("the address", lambda: "Q3%20report.pdf" in window.value("Which document?"))
