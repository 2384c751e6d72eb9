"""The access key to a site's documents in the real window: from its file through the native dialog into the keychain."""

import os

import pytest
from aws import account
from steps import open_for_it, site_with_storage

ID = "AKIAZ7QXW2RTY5PLMN4B"
SECRET = "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"
CSV = f"Access key ID,Secret access key\r\n{ID},{SECRET}\r\n"


@pytest.fixture
def aws():
    with account() as there:
        yield there


def files_with_the_secret(stage):
    pieces = [SECRET[at : at + 12].encode() for at in range(len(SECRET) - 11)]
    hits = []
    for folder, _, names in os.walk(stage.home):
        for path in (os.path.join(folder, name) for name in names):
            if os.path.isfile(path) and not os.path.islink(path):
                with open(path, "rb") as file:
                    content = file.read()
                if any(piece in content for piece in pieces):
                    hits.append(path)
    return hits


def test_an_access_key_goes_from_its_file_into_the_keychain_and_is_seen_by_its_id(stage, open_window, aws):
    site_with_storage(stage, open_window(stage), aws)
    file = stage.root / "papers_accessKeys.csv"
    file.write_text(CSV, newline="")
    window = open_window(stage)
    open_for_it(window)
    window.shows("the usual login of this computer")
    window.click("Use an access key…")
    window.click("Choose its file…")
    stage.choose_in_dialog("Choose the file with the access key", file)
    window.shows(ID)
    window.shows("papers_accessKeys.csv in")
    assert "You can delete the file now." in window.text()
    assert file.read_bytes() == CSV.encode()
    page = window.script("return document.documentElement.outerHTML + JSON.stringify(localStorage)")
    assert ID in page and SECRET[:12] not in page
    found = stage.run("secret-tool", "search", "--all", "service", "Signet")
    assert SECRET in (found.stdout + found.stderr).decode(errors="replace")
    assert files_with_the_secret(stage) == []
    # The positive control.
    (stage.home / "planted").write_text(CSV)
    assert files_with_the_secret(stage) == [str(stage.home / "planted")]
    (stage.home / "planted").unlink()

    window.click("Forget the access key")
    window.shows("the usual login of this computer")
    found = stage.run("secret-tool", "search", "--all", "service", "Signet")
    assert SECRET not in (found.stdout + found.stderr).decode(errors="replace")
