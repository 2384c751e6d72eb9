"""Keys made in the real window: into the real keychain, to CloudFront, and back from their backup."""

import base64
import hashlib
import json
import os
import subprocess
import time

from conftest import PROGRAM
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from links import from_cloudfront, unsigned_parts
from stage import wait_for
from steps import ID, add, confirm, name_site, open_for_it, open_site, pem
from traces import der, files_with

SIGNET = str(PROGRAM.with_name("signet"))
PASSPHRASE = "horse battery staple seal"
MISSING = "The key “Contracts” is no longer in this computer's password store."


def make_key(window):
    """A site whose key is made here; gives its public key, from what is for the IT person."""
    name_site(window)
    window.tick("By hand")
    window.shows("This site has no key yet.")
    checked = "return document.querySelector('[role=radio][data-state=checked]').textContent"
    assert window.script(checked).strip() == "P-256 (recommended)"
    window.click("Make key")
    window.shows("1. Get the key ready\nDone\nContracts")
    open_for_it(window, "Contracts")
    window.click("Public key")
    return window.value("Public key")


def enter_id(window, public_key_id=ID):
    window.click("Enter the public key ID")
    window.type("Site address", "docs.example.com")
    window.type("Public key ID", public_key_id)
    window.click("Finish")


def type_passphrase(window, text):
    window.type("Passphrase for the backup", text)
    window.type("The same passphrase again", text)


def back_up(stage, window):
    """From what is for the IT person to a backup, and the private key that openssl finds in it."""
    path = stage.root / "contracts-backup.pem"
    window.click("Back up…")
    type_passphrase(window, PASSPHRASE)
    window.click("Save backup…")
    stage.choose_in_dialog("Back up key", path)
    window.shows(f"“Contracts” is backed up as contracts-backup.pem in the folder {stage.root.name}.")
    window.shows("Nobody can recover its passphrase")
    window.click("Close")
    opened = stage.run("openssl", "pkey", "-in", str(path), "-passin", f"pass:{PASSPHRASE}", "-outform", "PEM")
    assert opened.returncode == 0, opened.stderr
    return path, serialization.load_pem_private_key(opened.stdout, None)


def openssl_accepts(stage, public, link):
    """Whether the link's signature is that of the public key in this file."""
    base, signed = unsigned_parts(link)
    assert signed["Key-Pair-Id"] == ID and signed["Hash-Algorithm"] == "SHA256"
    policy = stage.root / "policy"
    policy.write_text(
        '{"Statement":[{"Resource":"%s","Condition":{"DateLessThan":{"AWS:EpochTime":%s}}}]}'
        % (base, signed["Expires"])
    )
    signature = stage.root / "signature"
    signature.write_bytes(from_cloudfront(signed["Signature"]))
    checked = stage.run("openssl", "dgst", "-sha256", "-verify", str(public), "-signature", str(signature), str(policy))
    return checked.returncode == 0 and checked.stdout.strip() == b"Verified OK"


def make_link(window):
    window.click("Make a link")
    window.type("Which document?", "a.pdf")
    window.click("Create link")
    link = window.link()
    assert unsigned_parts(link)[0] == "https://docs.example.com/a.pdf"
    return link


def nothing_private_on_disk(stage, key):
    assert files_with(stage, key) == []
    # The positive control: a key that does lie in the profile is found, in any dress.
    numbers = key.private_numbers().private_value.to_bytes(32, "big")
    sec1 = pem(key, serialization.PrivateFormat.TraditionalOpenSSL)
    planted = stage.home / "planted"
    for dress in (der(key), base64.b64encode(der(key)), der(key).hex().encode(), pem(key), sec1, numbers):
        planted.write_bytes(dress)
        assert files_with(stage, key) == [str(planted)], dress
    planted.unlink()


def holding(stage, text):
    files = [path for path in stage.home.rglob("*") if path.is_file() and not path.is_symlink()]
    return [path for path in files if text.encode() in path.read_bytes()]


def secrets_in_keychain(stage):
    found = stage.run("secret-tool", "search", "--all", "service", "Signet")
    # The secret itself is printed too, and it is no text.
    return (found.stdout + found.stderr).decode(errors="replace")


def test_a_key_is_made_handed_to_cloudfront_and_finished_after_a_restart(stage, open_window):
    window = open_window(stage)
    shown = make_key(window)
    assert "Signet key" in secrets_in_keychain(stage)
    window.click("Copy")
    window.shows("Copied")
    assert stage.clipboard().strip() == shown
    public = stage.root / "contracts.pem"
    window.click("Save…")
    stage.choose_in_dialog("Save public key", public)
    window.shows("Saved as contracts.pem.")
    assert public.read_text().strip() == shown
    half = serialization.load_pem_public_key(public.read_bytes())
    assert isinstance(half.curve, ec.SECP256R1)

    window.close()
    window = open_window(stage)
    window.shows("Not set up yet")
    open_for_it(window, "Contracts")
    as_der = stage.run("openssl", "pkey", "-pubin", "-in", str(public), "-outform", "DER").stdout
    assert hashlib.sha256(as_der).hexdigest() in window.text().replace(" ", "").replace("\n", "")
    enter_id(window, "E2QWRUHAPOMQZL")
    window.shows("That is a distribution ID: it starts with E.")
    assert window.value("Site address") == "docs.example.com"
    window.type("Public key ID", ID)
    window.click("Finish")
    window.shows("“Contracts” is ready.")

    link = make_link(window)
    assert openssl_accepts(stage, public, link)
    # The positive control: another document's link is not taken for this one.
    assert not openssl_accepts(stage, public, link.replace("/a.pdf?", "/b.pdf?"))

    open_for_it(window, "Contracts")
    _, key = back_up(stage, window)
    assert key.public_key() == half
    nothing_private_on_disk(stage, key)
    window.close()
    window = open_window(stage)
    window.shows("Which document?")
    open_for_it(window, "Contracts")
    window.shows(ID)
    assert "CloudFront does not know it yet" not in window.text()
    open_site(window, "Contracts")
    assert "Not set up yet" not in window.text()


def test_a_removed_key_comes_back_from_its_backup_as_any_key_file(stage, open_window):
    window = open_window(stage)
    shown = make_key(window)
    window.click("Close")
    window.click("Back up…")
    window.shows("At least 15 characters")
    type_passphrase(window, "14 characters.")
    window.click("Save backup…")
    window.shows("The passphrase has fewer than 15 characters.")
    type_passphrase(window, PASSPHRASE)
    window.click("Save backup…")
    stage.cancel_dialog("Back up key")
    for field in ("Passphrase for the backup", "The same passphrase again"):
        wait_for(f"what was typed: {field}", lambda: window.value(field) == PASSPHRASE)
    window.click("Cancel")
    path, key = back_up(stage, window)
    assert os.stat(path).st_mode & 0o777 == 0o600
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in path.read_bytes()
    wrong = stage.run("openssl", "pkey", "-in", str(path), "-passin", "pass:another one of these", "-noout")
    assert wrong.returncode != 0
    assert holding(stage, PASSPHRASE) == []
    planted = stage.home / "planted"
    planted.write_text(f"The passphrase is {PASSPHRASE}.")
    assert holding(stage, PASSPHRASE) == [planted]
    planted.unlink()

    window.click("Remove key")
    window.shows("gone for good, unless there is a backup")
    confirm(window, "Remove key")
    window.shows("This site has no key yet.")
    assert "Signet key" not in secrets_in_keychain(stage)
    window.click("Sites")

    add(stage, window, path, name="Contracts again")
    window.shows("contracts-backup.pem is locked.")
    window.type("Passphrase", PASSPHRASE)
    window.click("Unlock")
    window.shows("“Contracts again” is ready.")
    public = stage.root / "contracts.pem"
    public.write_text(shown + "\n")
    assert openssl_accepts(stage, public, make_link(window))
    nothing_private_on_disk(stage, key)


def test_a_made_key_that_is_gone_from_the_keychain_is_put_back_from_its_backup(stage, open_window):
    window = open_window(stage)
    shown = make_key(window)
    window.click("Close")
    path, _ = back_up(stage, window)
    stage.run("secret-tool", "clear", "service", "Signet")
    assert "Signet key" not in secrets_in_keychain(stage)
    window.click("Public key")
    window.shows(MISSING)
    window.click("Choose key file…")
    stage.choose_in_dialog("Choose key file", path)
    window.type("Passphrase", PASSPHRASE)
    window.click("Unlock")
    window.shows("The key is back in this computer's password store.")
    assert window.value("Public key") == shown
    assert "Signet key" in secrets_in_keychain(stage)
    window.shows("CloudFront does not know it yet")


def lose_the_list(stage):
    """What an older Signet could do: the settings forget the key, and the keychain keeps it."""
    settings = stage.home / ".config/signet/settings.json"
    kept = json.loads(settings.read_text())
    kept["sites"] = []
    settings.write_text(json.dumps(kept))


def found_in_terminal(stage):
    listed = stage.run(SIGNET, "keys", "list", "--orphans")
    assert listed.returncode == 0, listed.stderr
    return [line.split("\t") for line in listed.stdout.decode().splitlines()]


def test_a_key_that_the_list_has_lost_is_found_put_back_and_makes_links(stage, open_window):
    made = stage.run(SIGNET, "keys", "make", "--name", "Contracts")
    assert made.returncode == 0, made.stderr
    assert found_in_terminal(stage) == []
    lose_the_list(stage)
    [(key_id, kind, fingerprint)] = found_in_terminal(stage)
    assert kind == "P-256"
    # Somebody else's secret under Signet's name stays where it is.
    stored = subprocess.run(
        ["secret-tool", "store", "--label=notes", "service", "Signet", "username", "notes"],
        env=stage.env,
        input=b"mine",
        timeout=30,
        check=False,
    )
    assert stored.returncode == 0

    window = open_window(stage)
    window.click("Look for lost keys")
    window.shows("Found in the password store")
    assert fingerprint in window.text().replace(" ", "").replace("\n", "")
    window.shows("“notes”: no key of Signet's")
    window.type("Name of the site", "Contracts again")
    window.click("Put back")
    window.shows("“Contracts again” is here again, as a site to set up.")
    open_for_it(window, "Contracts again")
    enter_id(window)
    window.shows("“Contracts again” is ready.")
    public = stage.root / "contracts.pem"
    public.write_bytes(made.stdout)
    assert openssl_accepts(stage, public, make_link(window))
    assert found_in_terminal(stage) == []


def test_a_key_that_the_list_has_lost_is_removed_after_a_question(stage, open_window):
    for name in ("Contracts", "Board"):
        assert stage.run(SIGNET, "keys", "make", "--name", name).returncode == 0
    lose_the_list(stage)
    first, second = found_in_terminal(stage)
    asked = stage.run(SIGNET, "keys", "remove", first[0])
    assert (asked.returncode, asked.stdout) == (2, b"")
    assert first[2].encode() in asked.stderr
    assert found_in_terminal(stage) == [first, second]
    removed = stage.run(SIGNET, "keys", "remove", first[0], "--yes")
    assert removed.returncode == 0, removed.stderr
    assert found_in_terminal(stage) == [second]

    window = open_window(stage)
    window.click("Look for lost keys")
    window.click("Remove…")
    window.shows("Remove this key from the password store?")
    shown = window.script("return document.querySelector('[role=alertdialog]').innerText")
    assert second[2] in shown.replace(" ", "").replace("\n", "")
    window.click("Keep key")
    assert found_in_terminal(stage) == [second]
    window.click("Remove…")
    confirm(window, "Remove key")
    window.shows("The key is removed from the password store.")
    assert found_in_terminal(stage) == []
    restored = stage.run(SIGNET, "keys", "restore", second[0])
    assert (restored.returncode, len(restored.stderr.splitlines())) == (1, 2)


def test_a_locked_keychain_is_asked_nothing_when_keys_are_looked_at(stage, open_window):
    assert stage.run(SIGNET, "keys", "make", "--name", "Contracts").returncode == 0
    lose_the_list(stage)
    stage.lock_keychain()
    stage.start_prompter()
    locked = stage.run(SIGNET, "keys", "list", "--orphans")
    assert (locked.returncode, locked.stdout) == (1, b"")
    assert locked.stderr.startswith(b"The keychain could not be asked: the keychain is locked.\n")
    window = open_window(stage)
    window.click("Look for lost keys")
    window.shows("Your sites appear here")
    time.sleep(2)
    look = ["xdotool", "search", "--onlyvisible", "--class", "gcr-prompter"]
    assert not stage.run(*look).stdout.split()
    window.shows("The password store of this computer is locked.")
    assert "Found in the password store" not in window.text()
