"""Several files of this computer, or a folder, in the real window: their links, and what becomes of them on hard days."""

import os
import signal
from pathlib import Path

import pytest
from aws import BUCKET, account
from gate import gate
from links import unsigned_parts
from stage import wait_for
from steps import site_with_storage
from test_staff import Counted

MIB = 1 << 20


@pytest.fixture
def aws():
    with account() as there:
        yield there


@pytest.fixture
def network(aws):
    with gate(aws.endpoint) as between:
        yield between


def _files(stage, sizes):
    folder = stage.root / "Desktop" / "Papers"
    for name, size in sizes.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(os.urandom(size))
    return folder


def _drop(stage, *files):
    source = Path(__file__).with_name("drag_source.py")
    stage.start("/usr/bin/python3", str(source), *(file.as_uri() for file in files))
    stage.drag("Files", "Signet")


def _there(aws):
    """What the bucket has by its name, and no parts of anything."""
    assert "Uploads" not in aws.s3.list_multipart_uploads(Bucket=BUCKET)
    listed = aws.s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])
    return {one["Key"]: aws.s3.get_object(Bucket=BUCKET, Key=one["Key"])["Body"].read() for one in listed}


def _addresses(stage):
    return [unsigned_parts(link)[0] for link in stage.clipboard().splitlines()]


def _written(stage):
    folder = stage.home / ".config" / "signet"
    return [file.name for file in folder.iterdir() if file.name.startswith(("files-", "upload-"))]


def _kill(window):
    """As a computer that loses its power ends it."""
    os.killpg(window.driver.pid, signal.SIGKILL)


def _in_the_middle(stage, open_window, aws, network):
    """Three files on their way, of which the second one waits in its middle; gives the window and their folder."""
    window = open_window(stage)
    site_with_storage(stage, window, aws)
    stage.env["AWS_ENDPOINT_URL"] = network.endpoint
    window = open_window(stage)
    folder = _files(stage, {"a.pdf": MIB, "b.bin": 20 * MIB, "c.pdf": MIB})
    _drop(stage, folder)
    window.shows("3 files from this computer")
    network.limit(12 * MIB)
    window.click("Upload and create links")
    wait_for("the middle of the second file", network.is_waited_at, 60)
    return window, folder


def test_a_dropped_folder_is_on_the_site_and_its_links_copied_with_three_actions(stage, open_window, aws):
    window = open_window(stage)
    site_with_storage(stage, window, aws)
    window = open_window(stage)
    window.field("Which document?")
    folder = _files(stage, {"Lease.pdf": 1_000, "2026/Annex.txt": 500, ".DS_Store": 10, "letter.pdf": 0})
    staff = Counted(window)

    _drop(stage, folder)  # The first action.
    window.shows("3 files from this computer")
    window.shows("Left out: Papers/.DS_Store (hidden).")
    window.shows("They go to Client papers, into reports/2026")
    assert _there(aws) == {}, "nothing is sent before a click"
    staff.click("Upload and create links")
    window.shows("3 of 3 documents have their links.")
    staff.click("Copy all")
    window.shows("3 links copied")
    assert len(staff.clicks) == 2 and staff.typed == []

    names = ["2026/Annex.txt", "Lease.pdf", "letter.pdf"]
    assert _addresses(stage) == [f"https://docs.example.com/reports/2026/Papers/{name}" for name in names]
    assert _there(aws) == {f"reports/2026/Papers/{name}": (folder / name).read_bytes() for name in names}
    assert str(folder.parent) not in window.script("return document.documentElement.outerHTML")
    assert _written(stage) == []


def test_files_that_are_there_already_are_kept_and_only_those_that_were_shown_are_replaced(stage, open_window, aws):
    window = open_window(stage)
    site_with_storage(stage, window, aws)
    window = open_window(stage)
    folder = _files(stage, {"a.pdf": 10, "b.pdf": 20})
    aws.s3.put_object(Bucket=BUCKET, Key="reports/2026/a.pdf", Body=b"the old one")
    _drop(stage, folder / "a.pdf", folder / "b.pdf")
    window.click("Upload and create links")
    window.shows("1 of them is on the site already.")
    window.shows("on the site already: 11 bytes, today")
    aws.s3.put_object(Bucket=BUCKET, Key="reports/2026/b.pdf", Body=b"put there meanwhile")
    window.click("Replace that one")
    window.shows("2 of 2 documents have their links.")
    there = _there(aws)
    assert there["reports/2026/a.pdf"] == (folder / "a.pdf").read_bytes()
    assert there["reports/2026/b.pdf"] == b"put there meanwhile"
    assert there["reports/2026/b (2).pdf"] == (folder / "b.pdf").read_bytes()


def test_after_a_kill_in_the_middle_the_rest_goes_on_and_nothing_is_there_twice(stage, open_window, aws, network):
    window, folder = _in_the_middle(stage, open_window, aws, network)
    window.shows("1 of 3 documents")
    _kill(window)

    network.open()
    window = open_window(stage)
    window.shows("Signet stopped while 3 files went to Client papers.")
    window.click("Go on")
    window.shows("3 of 3 documents have their links.", 60)
    window.click("Copy all")
    window.shows("3 links copied")
    names = ["a.pdf", "b.bin", "c.pdf"]
    assert _addresses(stage) == [f"https://docs.example.com/reports/2026/Papers/{name}" for name in names]
    assert _there(aws) == {f"reports/2026/Papers/{name}": (folder / name).read_bytes() for name in names}
    assert _written(stage) == []
    window.click("My links")
    window.shows("Working 3")


def test_a_lost_network_and_a_cancel_cost_nothing_that_is_there(stage, open_window, aws, network):
    window, folder = _in_the_middle(stage, open_window, aws, network)
    network.cut()
    window.shows("1 of 3 documents has its link.", 120)
    window.shows("The site's storage did not answer.")

    # It is there again, and then she stops it herself.
    network.open()
    network.limit(6 * MIB)
    window.click("Go on")
    wait_for("the middle of the second file", network.is_waited_at, 60)
    window.click("Cancel")
    network.open()
    window.shows("1 of 3 documents has its link.", 60)
    window.click("Go on")
    window.shows("3 of 3 documents have their links.", 60)
    names = ["a.pdf", "b.bin", "c.pdf"]
    assert _there(aws) == {f"reports/2026/Papers/{name}": (folder / name).read_bytes() for name in names}

    # What is left half way is taken back, and what is there stays.
    other = _files(stage, {"d.pdf": MIB, "e.bin": 20 * MIB})
    window.click("Done")
    _drop(stage, other / "d.pdf", other / "e.bin")
    window.shows("2 files from this computer")
    network.limit(12 * MIB)
    window.click("Upload and create links")
    wait_for("the middle of the second file", network.is_waited_at, 60)
    window.click("Cancel")
    network.open()
    window.click("Leave it")
    window.field("Which document?")
    wait_for("the parts to be gone", lambda: "Uploads" not in aws.s3.list_multipart_uploads(Bucket=BUCKET))
    assert sorted(set(_there(aws)) - {f"reports/2026/Papers/{name}" for name in names}) == ["reports/2026/d.pdf"]
    assert _written(stage) == []
