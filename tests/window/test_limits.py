"""*More limits* and *Signature* in the real window: what is set is what the link's policy says."""

import json

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from links import from_cloudfront, unsigned_parts
from stage import fetch
from steps import add_papers, open_for_it

OFFICE = "203.0.113.0/24"


def test_limits_set_in_the_window_are_in_the_signed_policy(stage, open_window):
    window = open_window(stage)
    key, _ = add_papers(stage, window)
    open_for_it(window)
    window.click("SHA-256 (recommended)")
    window.shows("Links made from now on are signed with SHA-256.")
    window.click("New link")
    window.type("Which document?", "reports/Q3 résumé.pdf")
    assert window.field_names_shown().isdisjoint({"Only from one office", "Start date"})
    window.click("More limits")
    window.tick("Works from")
    window.type("Start date", "2027-01-04")
    window.type("Start time", "09:00")
    window.click("Another day…")
    window.type("Day", "2027-01-08")
    window.type("Time", "17:00")
    window.type("Only from one office", OFFICE)
    window.shows("on a phone, on another network, or whose connection uses IPv6")
    window.tick("Whole folder")
    window.shows("/elsewhere/another.pdf")
    window.shows(
        "Opens Q3 résumé.pdf and all of /reports/* from Monday 4 January 2027, 09:00 until"
        f" Friday 8 January 2027, 17:00, only from the network {OFFICE}."
    )
    window.script("window.scrollTo(0, document.body.scrollHeight)")
    assert window.script("return window.scrollY") > 0
    window.click("Create link for the whole folder")
    base, signed = unsigned_parts(window.link())
    # The time left is what a person came for; it stands at the top.
    assert window.script("return window.scrollY") == 0
    assert base == "https://docs.example.com/reports/Q3%20r%C3%A9sum%C3%A9.pdf"
    assert signed["Hash-Algorithm"] == "SHA256"
    policy = policy_of(window.link())
    [statement] = json.loads(policy)["Statement"]
    assert statement == {
        "Resource": "https://docs.example.com/reports/*",
        "Condition": {
            "DateLessThan": {"AWS:EpochTime": 1799427600},
            "DateGreaterThan": {"AWS:EpochTime": 1799053199},
            "IpAddress": {"AWS:SourceIp": OFFICE},
        },
    }
    key.public_key().verify(from_cloudfront(signed["Signature"]), policy, padding.PKCS1v15(), hashes.SHA256())
    window.shows("Works in")


def policy_of(link):
    return from_cloudfront(unsigned_parts(link)[1]["Policy"])


def test_the_practice_edge_keeps_to_the_limits(stage, open_window):
    window = open_window(stage)
    window.click("Try it with a practice document")
    window.click("More limits")
    window.type("Only from one office", OFFICE)
    window.click("Create link")
    refused = window.link()
    assert fetch(refused)[0] == 403
    window.click("New link")
    window.click("More limits")
    assert window.value("Only from one office") == ""
    window.type("Only from one office", "127.0.0.1")
    window.click("Create link")
    opens = window.link()
    assert "Policy=" in opens and fetch(opens)[0] == 200


def test_a_mistake_in_a_limit_opens_the_fold_and_loses_nothing(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    window.click("Make a link")
    window.type("Which document?", "a.pdf")
    window.click("More limits")
    window.type("Only from one office", "2001:db8::1")
    window.click("More limits")
    window.click("Create link")
    window.shows("This is an IPv6 address")
    assert window.value("Only from one office") == "2001:db8::1"
    assert window.value("Which document?") == "a.pdf"
    window.type("Only from one office", "203.0.113.7")
    window.click("Create link")
    assert b'"AWS:SourceIp":"203.0.113.7/32"' in policy_of(window.link())
