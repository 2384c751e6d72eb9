"""A document of this computer in the real window: dropped or chosen, and how few actions lead to its copied link."""

import os
from pathlib import Path
from urllib.parse import unquote

import pytest
from aws import BUCKET, account
from gate import gate
from links import unsigned_parts
from stage import fetch, wait_for
from steps import site_with_storage
from test_staff import Counted

CONTENT = b"%PDF-1.7\nWhat only she wrote\n"
CONTRACT = "Contract.pdf"
NAME = "Vertrag für Ömer (final).pdf"


@pytest.fixture
def aws():
    with account() as there:
        yield there


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


def test_a_dropped_contract_is_on_the_site_and_its_link_copied_with_three_actions(stage, open_window, aws):
    window = open_window(stage)
    site_with_storage(stage, window, aws)
    window = open_window(stage)
    window.field("Which document?")
    file = _file(stage)
    staff = Counted(window)

    _drop(stage, file)  # The first action.
    window.shows("It goes to Client papers, into reports/2026")
    assert aws.s3.list_objects_v2(Bucket=BUCKET)["KeyCount"] == 0, "nothing is sent before a click"
    staff.click("Upload and create link")
    staff.click("Copy link")
    window.shows("Copied")
    assert len(staff.clicks) == 2 and staff.typed == []

    base, _ = unsigned_parts(stage.clipboard())
    assert unquote(base) == f"https://docs.example.com/reports/2026/{NAME}"
    there = aws.s3.get_object(Bucket=BUCKET, Key=f"reports/2026/{NAME}")
    assert (there["Body"].read(), there["ContentType"]) == (CONTENT, "application/pdf")
    assert "filename*=UTF-8''Vertrag%20f%C3%BCr%20%C3%96mer" in there["ContentDisposition"]
    assert str(file.parent) not in window.script("return document.documentElement.outerHTML")


def test_nothing_on_the_site_is_written_over_that_was_not_shown(stage, open_window, aws):
    window = open_window(stage)
    site_with_storage(stage, window, aws)
    window = open_window(stage)
    key = f"reports/2026/{CONTRACT}"
    aws.s3.put_object(Bucket=BUCKET, Key=key, Body=b"the one that is there")

    window.click("From this computer…")
    stage.choose_in_dialog("Choose a document", _file(stage, CONTRACT))
    window.shows("It goes to Client papers, into reports/2026")
    window.click("Upload and create link")
    window.shows(f"There is a “{CONTRACT}” already.")
    window.shows("21 bytes, today")
    # Somebody else puts another one there while she reads.
    aws.s3.put_object(Bucket=BUCKET, Key=key, Body=b"a newer one, which nobody was shown")
    window.click("Replace it")
    window.shows("so nothing was replaced")
    assert aws.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read() == b"a newer one, which nobody was shown"

    window.click("Upload and create link")
    window.shows("35 bytes, today")
    window.click("Replace it")
    window.link()
    assert aws.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read() == CONTENT
    window.shows("Readers may still get the old one for a day.")


def test_without_a_login_she_is_told_whom_to_ask_and_everything_is_still_there(stage, open_window, aws):
    window = open_window(stage)
    site_with_storage(stage, window, aws)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        del stage.env[name]
    window = open_window(stage)
    window.click("From this computer…")
    stage.choose_in_dialog("Choose a document", _file(stage, CONTRACT))
    window.type("For whom?", "Ms Okafor")
    window.click("Upload and create link")
    window.shows("This computer has no login with which documents can be put on the site.")
    window.shows("Ask your IT person")
    assert window.value("For whom?") == "Ms Okafor"
    window.shows("29 bytes, from this computer")


def test_a_cancel_and_a_lost_network_leave_nothing_half_and_what_is_typed_stays(stage, open_window, aws):
    window = open_window(stage)
    site_with_storage(stage, window, aws)
    content = os.urandom(40 << 20)
    file = _file(stage, "film.bin", content)
    nothing = {"there": {}, "parts": []}

    def there():
        parts = aws.s3.list_multipart_uploads(Bucket=BUCKET).get("Uploads", [])
        listed = aws.s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])
        return {"there": {one["Key"]: one["Size"] for one in listed}, "parts": parts}

    with gate(aws.endpoint) as network:
        stage.env["AWS_ENDPOINT_URL"] = network.endpoint
        window = open_window(stage)
        window.click("From this computer…")
        stage.choose_in_dialog("Choose a document", file)
        window.shows("42 MB, from this computer")
        window.type("For whom?", "Ms Okafor")
        network.limit(12 << 20)
        window.click("Upload and create link")
        wait_for("the middle of the file", network.is_waited_at, 60)
        window.click("Cancel")
        network.open()
        window.shows("Stopped. The document is not on the site.")
        wait_for("the parts to be gone", lambda: there() == nothing)
        assert window.value("For whom?") == "Ms Okafor"

        # Four of its five parts go at once, so that one is there when the fifth has begun.
        network.limit(34 << 20)
        window.click("Upload and create link")
        wait_for("most of the file", network.is_waited_at, 60)
        network.cut()
        window.shows("The site's storage did not answer.", 120)
        assert window.value("For whom?") == "Ms Okafor"
        window.shows("42 MB, from this computer")
        assert there()["there"] == {}

        # It goes on, and not all of it is sent again.
        network.open()
        network.limit(34 << 20)
        window.click("Upload and create link")
        assert unquote(window.link().split("?")[0]) == "https://docs.example.com/reports/2026/film.bin"
        assert there() == {"there": {"reports/2026/film.bin": len(content)}, "parts": []}
        assert aws.s3.get_object(Bucket=BUCKET, Key="reports/2026/film.bin")["Body"].read() == content


def test_a_file_that_changes_while_it_goes_is_not_on_the_site_and_the_next_time_it_is(stage, open_window, aws):
    window = open_window(stage)
    site_with_storage(stage, window, aws)
    file = _file(stage, "film.bin", os.urandom(20 << 20))
    with gate(aws.endpoint) as network:
        stage.env["AWS_ENDPOINT_URL"] = network.endpoint
        window = open_window(stage)
        window.click("From this computer…")
        stage.choose_in_dialog("Choose a document", file)
        window.type("For whom?", "Ms Okafor")
        for change, what in [
            (lambda: file.write_bytes(os.urandom(21 << 20)), "film.bin was changed while it was read."),
            (lambda: os.truncate(file, 1 << 20), "film.bin became shorter while it was read."),
            (file.unlink, "film.bin is gone."),
        ]:
            if not file.exists() or file.stat().st_size < (20 << 20):
                file.write_bytes(os.urandom(20 << 20))
            network.limit(12 << 20)
            window.click("Upload and create link")
            wait_for("the middle of the file", network.is_waited_at, 60)
            change()
            network.open()
            window.shows(what, 60)
            assert window.value("For whom?") == "Ms Okafor"
            assert "Contents" not in aws.s3.list_objects_v2(Bucket=BUCKET)
            assert "Uploads" not in aws.s3.list_multipart_uploads(Bucket=BUCKET)
        file.write_bytes(b"whole")
        window.click("Upload and create link")
        window.link()
        assert aws.s3.get_object(Bucket=BUCKET, Key="reports/2026/film.bin")["Body"].read() == b"whole"
