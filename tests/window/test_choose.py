"""A document of the site is chosen in the real window: by the keyboard alone, out of a large folder, and in practice."""

import time
from urllib.parse import unquote

import pytest
from aws import BUCKET, account
from links import unsigned_parts
from stage import fetch, wait_for
from steps import site_with_storage

SEARCH = "Search this folder"


@pytest.fixture
def aws():
    with account() as there:
        yield there


def _put(aws, *keys):
    for key in keys:
        aws.s3.put_object(Bucket=BUCKET, Key=key, Body=key.encode())


def _press(stage, *keys):
    for key in keys:
        stage.run("xdotool", "key", key)
        time.sleep(0.15)


def _active(window):
    look = """
        const at = document.querySelector("[role=combobox]")?.getAttribute("aria-activedescendant");
        return document.getElementById(at ?? "")?.querySelector(".name")?.textContent.trim() ?? null;
    """
    return window.script(look)


def _is_at(window, name):
    wait_for(f"the row {name}", lambda: _active(window) == name)


def _choose(window):
    window.click("Choose…")
    window.field(SEARCH)


def test_a_document_of_the_site_becomes_a_link_by_the_keyboard_alone(stage, open_window, aws):
    _put(aws, "reports/2026/Übersicht #1 (final)?.pdf", "reports/2026/Q1.pdf", "reports/old.pdf", "Contract.pdf")
    # What a console makes for a folder is no document.
    _put(aws, "reports/")
    window = open_window(stage)
    site_with_storage(stage, window, aws)
    window = open_window(stage)
    window.field("Which document?")
    window.script("document.querySelector('input').focus()")

    # From the document's name: past the file of this computer.
    _press(stage, "Tab", "Tab", "space")
    window.shows("2 are here, the newest first.")
    _is_at(window, "reports")
    _press(stage, "Return")
    _is_at(window, "2026")
    _press(stage, "BackSpace")
    _is_at(window, "reports")
    _press(stage, "Return")
    _is_at(window, "2026")
    _press(stage, "Return")
    window.shows("2 are here, the newest first.")
    stage.run("xdotool", "type", "final")
    window.shows("1 found in this folder.")
    _is_at(window, "Übersicht #1 (final)?.pdf")
    _press(stage, "Return")
    wait_for("the dialog to close", lambda: window.script("return document.querySelector('[role=dialog]') === null"))
    # It was understood as if it had been typed.
    wait_for(
        "the document",
        lambda: (
            "Übersicht #1 (final)?.pdf"
            in window.script("return document.querySelector('.understood')?.innerText ?? ''")
        ),
    )
    _press(stage, "Return")
    base, _ = unsigned_parts(window.link())
    assert unquote(base) == "https://docs.example.com/reports/2026/Übersicht #1 (final)?.pdf"

    # The next time begins where she was, and Escape leaves everything as it is.
    window.click("Another link")
    _choose(window)
    window.shows("2 are here, the newest first.")
    _press(stage, "Escape")
    wait_for("the dialog to close", lambda: window.script("return document.querySelector('[role=dialog]') === null"))
    assert window.value("Which document?") == ""


def test_of_a_large_folder_the_beginning_is_shown_and_a_search_finds_the_end(stage, open_window, aws):
    _put(aws, *(f"invoices/Invoice {number:05}.pdf" for number in range(1, 1_204)))
    window = open_window(stage)
    site_with_storage(stage, window, aws)
    window = open_window(stage)
    _choose(window)
    _is_at(window, "invoices")
    _press(stage, "Return")
    window.shows("More than 1,000 are here. These are the first by name.")
    _is_at(window, "Invoice 00001.pdf")
    # Only what is seen is in the page.
    assert window.script("return document.querySelectorAll('[role=option]').length") < 60
    window.type(SEARCH, "01203")
    window.shows("1 found in this folder.")
    _is_at(window, "Invoice 01203.pdf")
    _press(stage, "ctrl+a", "BackSpace")
    window.shows("1,203 are here, by name.")
    window.click("Newest first")
    window.shows("1,203 are here, the newest first.")


def test_in_practice_there_are_the_practice_documents(stage, open_window):
    window = open_window(stage)
    window.click("Try it with a practice document")
    window.type("Which document?", "something else.pdf")
    _choose(window)
    _is_at(window, "Practice letter.html")
    _press(stage, "Return")
    wait_for("the name", lambda: window.value("Which document?") == "Practice letter.html")
    window.click("Create link")
    assert fetch(window.link())[0] == 200


def test_without_a_login_and_offline_she_is_told_and_types_the_name(stage, open_window, aws):
    window = open_window(stage)
    site_with_storage(stage, window, aws)
    login = {name: stage.env.pop(name) for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    window = open_window(stage)
    _choose(window)
    window.shows("This computer has no login with which the site's documents can be seen.")
    window.click("Cancel")
    window.type("Which document?", "Contract.pdf")
    window.click("Create link")
    window.link()
    window.close()

    stage.env |= login | {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}
    window = open_window(stage)
    _choose(window)
    window.shows("The site's documents could not be reached.", seconds=60)
    window.shows("See whether this computer is online")
