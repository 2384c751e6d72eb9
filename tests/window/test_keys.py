"""Keys in the real window: the native picker, the real keychain, and what is left on the disk."""

import base64
import hashlib
import os
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from links import from_cloudfront, unsigned_parts
from steps import ID, add, add_papers, confirm, fill_in, open_for_it, pem, rsa_key
from traces import der, files_with


def secrets_in_keychain(stage):
    found = stage.run("secret-tool", "search", "--all", "service", "Signet")
    # The secret itself is printed too, and it is no text.
    return (found.stdout + found.stderr).decode(errors="replace")


def test_an_rsa_key_goes_from_its_file_into_the_keychain_and_signs(stage, open_window):
    key = rsa_key()
    path = stage.root / "signing.pem"
    path.write_bytes(pem(key, serialization.PrivateFormat.TraditionalOpenSSL))
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    os.umask(0)
    window = open_window(stage)
    add(stage, window, path)
    window.shows("“Client papers” is ready.")
    assert "signing.pem stays in the folder" in window.text()
    open_for_it(window)
    window.shows("RSA 2048")
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert hashlib.sha256(public).hexdigest() in window.text().replace(" ", "").replace("\n", "")
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert "Signet key" in secrets_in_keychain(stage)

    window.click("Make a link")
    window.type("Which document?", "Q3 résumé + notes.pdf")
    window.shows("Opens Q3 résumé + notes.pdf until ")
    window.click("One hour")
    window.click("Create link")
    link = window.link()
    base, signed = unsigned_parts(link)
    assert base == "https://docs.example.com/Q3%20r%C3%A9sum%C3%A9%20%2B%20notes.pdf"
    assert signed["Key-Pair-Id"] == ID and signed["Hash-Algorithm"] == "SHA256"
    policy = '{"Statement":[{"Resource":"%s","Condition":{"DateLessThan":{"AWS:EpochTime":%s}}}]}' % (
        base,
        signed["Expires"],
    )
    key.public_key().verify(from_cloudfront(signed["Signature"]), policy.encode(), padding.PKCS1v15(), hashes.SHA256())
    window.click("Copy link")
    window.shows("Copied")
    assert stage.clipboard() == link

    assert files_with(stage, key) == []
    for folder, _, names in os.walk(stage.home / ".config/signet"):
        assert os.stat(folder).st_mode & 0o777 == 0o700
        for name in names:
            assert os.stat(os.path.join(folder, name)).st_mode & 0o777 == 0o600
    # The positive control: a key that does lie in the profile is found, in any dress.
    for planted in (der(key), base64.b64encode(der(key)), der(key).hex().encode()):
        (stage.home / "planted").write_bytes(planted)
        assert files_with(stage, key) == [str(stage.home / "planted")]
    (stage.home / "planted").unlink()

    window.close()
    window = open_window(stage)
    window.shows("Which document?")
    assert (
        window.script("return document.querySelector('[role=radio][data-state=checked] .name').textContent")
        == "One hour"
    )
    window.type("Which document?", "a.pdf")
    window.click("Create link")
    window.click("Copy link")
    window.shows("Copied")
    assert urlsplit(stage.clipboard()).path == "/a.pdf"


def test_a_locked_p256_key_asks_for_its_passphrase_until_it_is_right(stage, open_window):
    key = ec.generate_private_key(ec.SECP256R1())
    path = stage.root / "locked.pem"
    path.write_bytes(pem(key, passphrase=b"right horse"))
    window = open_window(stage)
    add(stage, window, path)
    window.shows("locked.pem is locked.")
    window.type("Passphrase", "wrong horse")
    window.click("Unlock")
    window.shows("The passphrase does not open this file.")
    window.type("Passphrase", "right horse")
    window.click("Unlock")
    window.shows("“Client papers” is ready.")
    window.click("Make a link")
    window.type("Which document?", "https://docs.example.com/a.pdf?version=2")
    window.click("Create link")
    link = window.link()
    assert link.startswith("https://docs.example.com/a.pdf?version=2&Expires=")
    assert link.endswith(f"&Key-Pair-Id={ID}&Hash-Algorithm=SHA256")
    base, signed = link.split("&Expires=")[0], unsigned_parts(link)[1]
    policy = '{"Statement":[{"Resource":"%s","Condition":{"DateLessThan":{"AWS:EpochTime":%s}}}]}' % (
        base,
        signed["Expires"],
    )
    key.public_key().verify(from_cloudfront(signed["Signature"]), policy.encode(), ec.ECDSA(hashes.SHA256()))


def test_a_mistake_has_its_sentence_and_loses_nothing_typed(stage, open_window):
    window = open_window(stage)
    fill_in(window, public_key_id="E2QWRUHAPOMQZL")
    window.click("Choose key file…")
    window.shows("That is a distribution ID: it starts with E.")
    assert window.value("Name of the site") == "Client papers"
    assert window.value("Site address") == "docs.example.com"
    assert window.value("Public key ID") == "E2QWRUHAPOMQZL"

    path = stage.root / "public.pem"
    path.write_bytes(
        rsa_key().public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    window.type("Public key ID", ID)
    window.click("Choose key file…")
    stage.choose_in_dialog("Choose key file", path)
    window.shows("public.pem holds a public key, which cannot sign.")
    assert window.value("Name of the site") == "Client papers"


def test_a_removed_site_is_gone_from_list_and_keychain(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    assert "Signet key" in secrets_in_keychain(stage)
    open_for_it(window)
    window.click("Remove this site")
    window.shows("Links already sent keep working until they end.")
    window.click("Keep site")
    assert "Signet key" in secrets_in_keychain(stage)
    window.click("Remove this site")
    window.shows("Keep site")
    confirm(window, "Remove this site")
    window.shows("Your sites appear here")
    assert "Signet key" not in secrets_in_keychain(stage)
    settings = (stage.home / ".config/signet/settings.json").read_text()
    assert ID not in settings
