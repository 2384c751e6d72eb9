"""After a key was used, nothing of it is left in the memory of either program: every page that the
program may write is read from outside, while the program stands still."""

import fcntl
import os
import secrets
import subprocess
import time

import pytest
from conftest import PROGRAM
from cryptography.hazmat.primitives.asymmetric import ec
from links import from_cloudfront, unsigned_parts
from memory import Memory, of_key, of_signature, of_text, process_of
from stage import wait_for
from steps import ID, add, pem, rsa_key

SIGNET = PROGRAM.with_name("signet")
END = ["--date-less-than", "1796144400"]
RSA_NUMBERS = ["d", "dmp1", "dmq1", "iqmp", "p", "q"]

# WebKit hands the page's messages on through memory of its own, which it uses again and does not wipe.
WEBKITS_OWN = 30


def p256_key():
    return ec.generate_private_key(ec.SECP256R1())


def locked_file(stage, key):
    """The key's file, and the passphrase that opens it."""
    path, passphrase = stage.root / "signing.pem", secrets.token_hex(24)
    path.write_bytes(pem(key, passphrase=passphrase.encode()))
    return path, passphrase


def make_link(stage, window, document):
    """Gives it by way of the clipboard: a driver that reads the page, in which it stands, leaves copies behind."""
    window.type("Which document?", document)
    window.click("Create link")
    window.click("Copy link")
    said = "return document.querySelector('.toast').textContent.includes('Copied')"
    wait_for("the link to be copied", lambda: window.script(said))
    link = stage.clipboard()
    assert document in link
    window.click("New link")
    return link


def signature_in(link, name):
    text = unsigned_parts(link)[1]["Signature"]
    return list(of_signature(name, from_cloudfront(text), text))


@pytest.mark.parametrize("kind", [rsa_key, p256_key])
def test_nothing_of_a_key_stays_in_the_window(stage, open_window, kind):
    key = kind()
    path, passphrase = locked_file(stage, key)
    of_the_key, of_the_lock = list(of_key(key)), list(of_text("passphrase", passphrase, 16))
    # What is not secret and stays: that it is found shows that the look would find the rest.
    planted = f"Client {secrets.token_hex(12)}"
    of_the_name = [("name", planted.encode())]
    window = open_window(stage)
    add(stage, window, path, name=planted)
    window.type("Passphrase", passphrase)
    window.click("Unlock")
    window.shows(f"“{planted}” is ready.")
    process = process_of(stage, PROGRAM)

    def found(*needles):
        return Memory(process).found([each for some in needles for each in some])

    wait_for("the key to be gone", lambda: found(of_the_key, of_the_name) == ["name"], 5)
    wait_for("the passphrase to be gone", lambda: found(of_the_lock) == [], WEBKITS_OWN)

    window.click("Make a link")
    links = [make_link(stage, window, f"report-{n}.pdf") for n in range(8)]
    wait_for("the key to be gone", lambda: found(of_the_key, of_the_name) == ["name"], 5)
    earlier = [needle for n, link in enumerate(links[:-1]) for needle in signature_in(link, f"signature {n}")]

    def gone_as_one_goes_on():
        if found(earlier) == []:
            return True
        # WebKit uses a place again for what is as large: the next link, and not while nobody does anything.
        links.append(make_link(stage, window, f"report-{len(links)}.pdf"))
        return False

    wait_for("earlier links to be gone", gone_as_one_goes_on, WEBKITS_OWN)
    # The last one is still on the clipboard, which is the window's own memory.
    assert found(signature_in(links[-1], "the last")) == ["the last"]

    time.sleep(3)
    assert found(of_the_key, of_the_lock, of_the_name, earlier) == ["name"]


def waiting_batch(stage, path, *more):
    """A terminal that has its key and waits for addresses."""
    file = ["--key-pair-id", ID, "--private-key", str(path), *more]
    return stage.start(str(SIGNET), "sign", "--urls-from", "-", *END, *file, stdin=subprocess.PIPE)


def test_the_look_finds_a_key_that_is_in_use(stage):
    """The positive control, in each of its dresses that a program has a use for."""
    for key, numbers in [(rsa_key(), RSA_NUMBERS), (p256_key(), ["private_value"])]:
        path, passphrase = locked_file(stage, key)
        (stage.root / "passphrase").write_text(passphrase)
        batch = waiting_batch(stage, path, "--passphrase-file", str(stage.root / "passphrase"))
        needles = list(of_key(key))
        wait_for("the key", lambda: Memory(batch.pid).found(needles) == numbers)
        batch.kill()


@pytest.fixture
def nobody_reads():
    """A pipe that is full, so that a program waits when it has something to say."""
    read, write = os.pipe()
    flags = fcntl.fcntl(write, fcntl.F_GETFL)
    fcntl.fcntl(write, fcntl.F_SETFL, flags | os.O_NONBLOCK)
    try:
        while os.write(write, bytes(4096)):
            pass
    except BlockingIOError:
        fcntl.fcntl(write, fcntl.F_SETFL, flags)
    yield write
    os.close(read)
    os.close(write)


@pytest.mark.parametrize("kind", [rsa_key, p256_key])
def test_nothing_of_a_key_stays_in_the_terminal(stage, nobody_reads, kind):
    key = kind()
    path, passphrase = locked_file(stage, key)
    (stage.root / "passphrase").write_text(passphrase)
    needles = [*of_key(key), *of_text("passphrase", passphrase, 16)]
    file = ["--key-pair-id", ID, "--private-key", str(path), "--passphrase-file", str(stage.root / "passphrase")]
    address = ["--url", "https://docs.example.com/a.pdf", *END]

    # As the key signs once it is listed, so that the link by its name is the same.
    signing = [str(SIGNET), "sign", *address, *file, "--hash-algorithm", "SHA256"]
    signature = signature_in(stage.run(*signing).stdout.decode(), "signature")
    # It has signed, for the link is there, and waits to be read.
    signed = stage.start(*signing, stdout=nobody_reads)
    wait_for("the link", lambda: Memory(signed.pid).found(signature) == ["signature"])
    wait_for("the key to be gone", lambda: Memory(signed.pid).found(needles) == [], 5)
    assert signed.poll() is None

    named = ["--name", "Contracts", "--site", "docs.example.com"]
    imported = stage.start(str(SIGNET), "keys", "import", *named, *file, stdout=nobody_reads)
    listed = [str(SIGNET), "keys", "list"]
    wait_for("the key in the list", lambda: stage.run(*listed).stdout.startswith(b"Contracts\t"))
    wait_for("the key to be gone", lambda: Memory(imported.pid).found(needles) == [], 5)
    assert imported.poll() is None

    by_name = stage.start(str(SIGNET), "sign", *address, "--key", "Contracts", stdout=nobody_reads)
    wait_for("the link", lambda: Memory(by_name.pid).found(signature) == ["signature"])
    wait_for("the key to be gone", lambda: Memory(by_name.pid).found(needles) == [], 5)
    assert by_name.poll() is None


def test_neither_program_leaves_a_dump(stage, open_window):
    open_window(stage)
    path = stage.root / "signing.pem"
    path.write_bytes(pem(p256_key()))
    terminal = waiting_batch(stage, path)
    wait_for("the terminal", lambda: os.readlink(f"/proc/{terminal.pid}/exe") == str(SIGNET))

    def may_dump(pid):
        with open(f"/proc/{pid}/limits") as limits:
            return next(line for line in limits if line.startswith("Max core file size")).split()[4:6]

    for pid in (process_of(stage, PROGRAM), terminal.pid):
        wait_for("no dump", lambda pid=pid: may_dump(pid) == ["0", "0"])
