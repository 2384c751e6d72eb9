"""Whoever comes from a Signet that knew no sites finds every key, replacement, link and half-done set-up again."""

import json

from links import unsigned_parts
from stage import wait_for
from steps import ID, add_papers, open_for_it, open_site

SETTINGS = ".config/signet/settings.json"


def as_before_sites(settings):
    """The same in the form of version 3: lists of keys, pairs that replace each other, one set-up."""
    keys, made, replacements, set_up = [], [], [], None
    for site in settings["sites"]:
        ids = [key["id"] for key in site["keys"]]
        replacements += [{"old": old, "new": new} for old, new in zip(ids, ids[1:])]
        for key in site["keys"]:
            registration = key.pop("registration")
            if registration is None:
                made.append(key)
            else:
                keys.append(key | registration | {"site": site["address"]})
        if any(site["set_up"].values()):
            assert set_up is None, "there was one"
            set_up = site["set_up"]
    return {
        "version": 3,
        "keys": keys,
        "made": made,
        "replacements": replacements,
        "last_key": keys[0]["id"],
        "last_lifetime": settings["last_lifetime"],
        "set_up": set_up,
    }


def make_link(window, name):
    window.click("New link")
    window.type("Which document?", name)
    window.click("Create link")
    return window.link()


def test_what_an_older_signet_left_is_all_there(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    before = make_link(window, "a.pdf")
    open_for_it(window)
    window.click("Replace this key")
    window.click("Make the new key")
    window.value("Public key")
    window.click("Sites")
    window.click("Add a site")
    window.type("Name", "Plans")
    window.click("Continue")
    window.tick("By hand")
    window.click("Make key")
    window.shows("Say where the documents are")
    window.type("Bucket", "office-plans")
    file = stage.home / SETTINGS
    wait_for("the bucket in the settings", lambda: "office-plans" in file.read_text())
    window.close()

    older = as_before_sites(json.loads(file.read_text()))
    assert len(older["keys"]) == 1 and len(older["made"]) == 2 and len(older["replacements"]) == 1
    file.write_text(json.dumps(older))

    window = open_window(stage)
    # At once at a link, with the key that made them before, and nobody is asked which.
    base, signed = unsigned_parts(make_link(window, "b.pdf"))
    assert (base, signed["Key-Pair-Id"]) == ("https://docs.example.com/b.pdf", ID)
    window.click("My links")
    window.shows("a.pdf")
    window.type("Search", "a.pdf")
    wait_for("the other row to go", lambda: "b.pdf" not in window.text())
    stage.copy("something else")
    window.click("Copy")
    wait_for("the old link", lambda: stage.clipboard() == before)

    open_for_it(window)
    window.shows("Is to make the links")
    window.shows("Go on replacing")
    open_site(window, "Plans")
    window.click("Go on with the set-up")
    window.tick("By hand")
    window.shows("Say where the documents are")
    assert window.value("Bucket") == "office-plans"
    assert json.loads(file.read_text())["version"] == 3, "what nobody changed is not written"

    # The first change writes it as sites, with all of it.
    open_site(window, "Plans")
    window.click("Rename")
    window.type("New name", "Drawings")
    window.click("Save")
    wait_for("the new form", lambda: json.loads(file.read_text())["version"] == 4)
    sites = json.loads(file.read_text())["sites"]
    assert [(site["name"], len(site["keys"])) for site in sites] == [("Client papers", 2), ("Drawings", 1)]
    assert sites[1]["set_up"]["bucket"] == "office-plans"
