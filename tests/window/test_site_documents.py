"""The documents of a site in the real window: taken away, brought back, renamed and replaced, with the links that ends."""

import time

import pytest
from aws import BUCKET, account
from stage import fetch, wait_for
from steps import site_with_storage
from test_documents import _file


@pytest.fixture
def aws():
    with account() as there:
        yield there


def _keys(aws):
    return [there["Key"] for there in aws.s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])]


def _rows(window):
    return window.script(
        "return [...document.querySelectorAll('.document-row .name')].map((e) => e.textContent.trim())"
    )


def _shows_rows(window, *names):
    wait_for(f"the rows {names}", lambda: _rows(window) == list(names))


def _choose(window, name, item):
    window.click(f"More about {name}")
    window.click(item)


def _at_documents(stage, open_window, aws):
    """A site with a contract and an offer, and a link to the contract."""
    aws.s3.put_object(Bucket=BUCKET, Key="Offer.pdf", Body=b"the offer")
    time.sleep(1.1)
    aws.s3.put_object(Bucket=BUCKET, Key="Contract.pdf", Body=b"the contract")
    window = open_window(stage)
    site_with_storage(stage, window, aws)
    window = open_window(stage)
    window.click("Documents")
    _shows_rows(window, "Contract.pdf", "Offer.pdf")
    window.script("document.querySelector('[aria-label=\"New link for “Contract.pdf”\"]').click()")
    wait_for("the document", lambda: window.value("Which document?") == "Contract.pdf")
    window.click("Create link")
    window.link()
    window.click("Documents")
    _shows_rows(window, "Contract.pdf", "Offer.pdf")
    return window


def test_a_document_is_taken_away_with_its_links_and_brought_back(stage, open_window, aws):
    aws.s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    window = _at_documents(stage, open_window, aws)
    _choose(window, "Contract.pdf", "Links that open it")
    window.shows("1 link opens it alone.")
    _choose(window, "Contract.pdf", "Take away…")
    window.shows("1 link that still works opens nothing then.")
    window.shows("If the site's storage keeps old versions, its content stays there")
    assert "Contract.pdf" in _keys(aws), "nothing goes before a click"
    window.click("Take it away")
    window.shows("“Contract.pdf” was taken away. 1 link has ended with it.")
    assert _keys(aws) == ["Offer.pdf"]
    _shows_rows(window, "Offer.pdf")
    window.click("Undo")
    window.shows("“Contract.pdf” is back.")
    _shows_rows(window, "Contract.pdf", "Offer.pdf")
    assert aws.s3.get_object(Bucket=BUCKET, Key="Contract.pdf")["Body"].read() == b"the contract"


def test_what_is_not_what_was_shown_is_neither_taken_away_nor_renamed_nor_replaced(stage, open_window, aws):
    window = _at_documents(stage, open_window, aws)
    aws.s3.put_object(Bucket=BUCKET, Key="Contract.pdf", Body=b"another one, which nobody was shown")
    _choose(window, "Contract.pdf", "Take away…")
    window.click("Take it away")
    window.shows("Contract.pdf is not what it was when it was shown, so nothing was done.")
    window.click("More about Contract.pdf")
    window.click("Replace…")
    stage.choose_in_dialog("Choose a document", _file(stage, "signed.pdf"))
    window.click("Replace it")
    window.shows("Contract.pdf is not what it was when it was shown, so nothing was done.")
    assert aws.s3.get_object(Bucket=BUCKET, Key="Contract.pdf")["Body"].read() == b"another one, which nobody was shown"

    window.click("Look again")
    wait_for("the new size", lambda: "35 bytes" in window.text())
    _choose(window, "Contract.pdf", "Take away…")
    window.click("Take it away")
    window.shows("“Contract.pdf” was taken away. 1 link has ended with it. Readers may still get it for a day.")
    # This bucket keeps nothing, and nothing is promised.
    assert "Undo" not in window.text()
    assert _keys(aws) == ["Offer.pdf"]


def test_a_document_is_renamed_and_replaced(stage, open_window, aws):
    window = _at_documents(stage, open_window, aws)
    _choose(window, "Contract.pdf", "Rename…")
    window.shows("1 link that still works opens nothing then.")
    window.type("New name", "Offer.pdf")
    window.click("Rename")
    window.shows("There is a “Offer.pdf” there already.")
    window.type("New name", "Contract 2026.pdf")
    window.click("Rename")
    window.shows("It is “Contract 2026.pdf” now.")
    assert _keys(aws) == ["Contract 2026.pdf", "Offer.pdf"]
    window.click("Undo")
    window.shows("“Contract.pdf” is back.")
    assert _keys(aws) == ["Contract.pdf", "Offer.pdf"]

    file = _file(stage, "signed.pdf")
    _choose(window, "Offer.pdf", "Replace…")
    stage.choose_in_dialog("Choose a document", file)
    window.shows("9 bytes, today")
    window.shows("signed.pdf, 29 bytes")
    window.click("Replace it")
    window.shows("“Offer.pdf” was replaced. Readers may still get the old one for a day.")
    assert aws.s3.get_object(Bucket=BUCKET, Key="Offer.pdf")["Body"].read() == file.read_bytes()
    assert str(file.parent) not in window.script("return document.documentElement.outerHTML")


def test_the_same_in_practice(stage, open_window):
    window = open_window(stage)
    window.click("Try it with a practice document")
    window.click("Create link")
    link = window.link()
    assert fetch(link)[0] == 200
    window.click("Documents")
    _shows_rows(window, "Practice letter.html")
    _choose(window, "Practice letter.html", "Take away…")
    window.click("Take it away")
    window.shows("There is nothing on Practice yet.")
    assert fetch(link)[0] in (403, 404)
    window.click("Undo")
    _shows_rows(window, "Practice letter.html")
    assert fetch(link)[0] == 200
