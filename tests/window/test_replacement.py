"""*Replace this key* in the real window: a new key takes over, the old one goes when its links have ended."""

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from links import from_cloudfront, unsigned_parts
from steps import ID, add_papers, confirm, open_for_it

NEW_ID = "K3TUN4J9WXYZ12"


def make_link(window, name):
    window.type("Which document?", name)
    window.click("Create link")
    link = window.link()
    assert unsigned_parts(link)[0] == f"https://docs.example.com/{name}"
    return link


def secrets_in_keychain(stage):
    found = stage.run("secret-tool", "search", "--all", "service", "Signet")
    # The secret itself is printed too, and it is no text.
    return (found.stdout + found.stderr).decode(errors="replace").count("Signet key")


def test_a_key_is_replaced_over_a_restart(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    window.click("Make a link")
    old_link = make_link(window, "a.pdf")
    assert unsigned_parts(old_link)[1]["Key-Pair-Id"] == ID

    open_for_it(window)
    window.click("Replace this key")
    window.click("Make the new key")
    half = serialization.load_pem_public_key(window.value("Public key").encode())
    window.close()

    # Days may lie between: links are made with the old key until the new one takes over.
    window = open_window(stage)
    assert unsigned_parts(make_link(window, "b.pdf"))[1]["Key-Pair-Id"] == ID
    open_for_it(window)
    window.shows("Is to make the links")
    window.click("Go on replacing")
    window.type("Public key ID", ID)
    window.click("Switch to the new key")
    window.shows("This is the ID of the old key.")
    window.type("Public key ID", NEW_ID)
    window.click("Switch to the new key")
    window.shows("The new key makes the links of “Client papers” now")
    window.shows("2 links of the old key still work. The last one ends on ")

    # The site is the same, so nothing is chosen anew.
    window.click("New link")
    assert "Client papers — " not in window.text()
    base, signed = unsigned_parts(make_link(window, "c.pdf"))
    assert signed["Key-Pair-Id"] == NEW_ID and signed["Hash-Algorithm"] == "SHA256"
    policy = '{"Statement":[{"Resource":"%s","Condition":{"DateLessThan":{"AWS:EpochTime":%s}}}]}' % (
        base,
        signed["Expires"],
    )
    half.verify(from_cloudfront(signed["Signature"]), policy.encode(), ec.ECDSA(hashes.SHA256()))

    open_for_it(window)
    window.shows("Client papers (old)")
    assert secrets_in_keychain(stage) == 2
    window.click("Go on replacing")
    window.shows(f"take {ID} out of its key group")
    window.click("Remove old key")
    window.shows("Keep key")
    confirm(window, "Remove old key")
    window.shows("All sites")
    window.shows(NEW_ID)
    text = window.text()
    assert "Client papers" in text and "(old)" not in text and "Replace this key" in text
    assert secrets_in_keychain(stage) == 1
