"""*Your link* in the real window: whether it opens is tried once, and no control moves when something is copied."""

import re
import socketserver
import ssl
import threading
import time
from datetime import datetime, timedelta, timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from stage import wait_for
from steps import add_papers, open_site, pem

ABSENT = (
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.'
    "</Message><RequestId>8J3CTQ7S5KKGZ1QF</RequestId><HostId>v8lB/aQ=</HostId></Error>"
)


HOST = "docs.example.com"


def certificate(folder):
    """One of the site, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(timezone.utc)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path, secret = folder / "site.crt", folder / "site.key"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(pem(key))
    return path, secret


class Site(socketserver.ThreadingTCPServer):
    """The proxy of the system, which is all the world to the window, and behind it the one site there is."""

    daemon_threads = True

    def __init__(self, folder):
        self.answer, self.wanted, self.asked, self.left = (206, "%"), [], [], 0
        self.certificate, secret = certificate(folder)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.certificate, secret)
        super().__init__(("127.0.0.1", 0), Visit)
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.proxy = f"http://127.0.0.1:{self.server_address[1]}"


class Visit(socketserver.StreamRequestHandler):
    def handle(self):
        wanted = self.head()[0].split()
        self.server.wanted.append(wanted)
        self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        if self.server.answer is None:
            # It says nothing more, and sees the other side go.
            while self.rfile.read(1):
                pass
            self.server.left += 1
            return
        secure = self.server.context.wrap_socket(self.connection, server_side=True)
        self.rfile = secure.makefile("rb")
        head = self.head()
        ranges = [line.split(": ")[1] for line in head if line.lower().startswith("range: ")]
        self.server.asked.append((head[0].split()[1], ranges))
        status, body = self.server.answer
        answer = f"HTTP/1.1 {status} So\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        secure.sendall(answer.encode())
        secure.close()

    def head(self):
        lines = []
        while (line := self.rfile.readline().decode().strip()) != "":
            lines.append(line)
        return lines


@pytest.fixture
def site(stage):
    with Site(stage.root) as site:
        stage.env["SSL_CERT_FILE"] = str(site.certificate)
        stage.env["https_proxy"] = site.proxy
        yield site
        site.shutdown()


def make(window, name):
    window.click("New link")
    window.type("Which document?", name)
    window.click("Create link")
    window.shows("Your link is ready")


TO_SITE = ["CONNECT", f"{HOST}:443", "HTTP/1.1"]


def test_a_new_link_is_tried_once_with_itself_alone_and_not_where_that_is_switched_off(stage, open_window, site):
    window = open_window(stage)
    add_papers(stage, window)
    assert site.wanted == []
    make(window, "Q3 report.pdf")
    window.shows("Tried just now: it opens the document.")
    assert site.wanted == [TO_SITE]
    assert site.asked == [(window.link().removeprefix(f"https://{HOST}"), ["bytes=0-0"])]
    window.click("Copy link")
    window.shows("Copied")

    site.answer = (404, ABSENT)
    make(window, "Nowhere.pdf")
    window.shows("The link is right, but there is no such document on the site.")
    assert site.wanted == [TO_SITE] * 2

    open_site(window)
    window.shows(f"When you make a link, Signet contacts {HOST} once, with that link, to see whether it opens.")
    window.tick("Try each new link")
    make(window, "Q3 report.pdf")
    window.shows("That is switched off for this site.")
    window.close()
    # It stays so, until it is switched on: the same site is asked once.
    window = open_window(stage)
    make(window, "Q3 report.pdf")
    window.shows("That is switched off for this site.")
    window.click("Copy link")
    window.shows("Copied")
    time.sleep(1)
    assert (len(site.wanted), len(site.asked)) == (2, 2), "nobody is asked"
    open_site(window)
    window.tick("Try each new link")
    make(window, "Q3 report.pdf")
    window.shows("there is no such document")
    assert (site.wanted, len(site.asked)) == ([TO_SITE] * 3, 3)


def test_a_silent_site_holds_up_nobody_and_is_left_by_whoever_goes_away(stage, open_window, site):
    site.answer = None
    window = open_window(stage)
    add_papers(stage, window)
    make(window, "Q3 report.pdf")
    window.click("Copy link")
    window.shows("Copied")
    assert stage.clipboard() == window.link()
    # The year is said where it is another one, by the web engine's own calendar.
    until = window.script("return document.querySelector('[data-part=until]').textContent.trim()")
    said = re.fullmatch(r"until (?:[A-Z][a-z]+day \d+ [A-Z][a-z]+( \d{4})?|today|tomorrow), \d\d:\d\d", until)
    assert said and said[1] != f" {datetime.now(timezone.utc).year}", until
    window.shows(f"Could not be tried: {HOST} did not answer within 3 seconds.")
    wait_for("the connection to be closed", lambda: site.left == 1)
    make(window, "Q3 report.pdf")
    wait_for("the site to be asked", lambda: len(site.wanted) == 2)
    window.click("Check a link")
    wait_for("the connection to be closed", lambda: site.left == 2)


def test_a_practice_link_is_tried_at_the_practice_edge(stage, open_window):
    window = open_window(stage)
    window.click("Try it with a practice document")
    window.click("Create link")
    window.shows("Tried just now: it opens the document.")


PLACES = """
    const shown = [...document.querySelectorAll("main button, main input, main textarea, [role=dialog] button")];
    return shown.filter((e) => e.checkVisibility()).map((e) => {
      const { x, y, width, height } = e.getBoundingClientRect();
      return [(e.labels?.[0] ?? e).textContent.trim(), x, y + scrollY, width, height];
    });
"""


def test_no_control_moves_when_something_is_copied_or_saved(stage, open_window):
    window = open_window(stage)
    window.click("Try it with a practice document")
    window.click("One hour")
    window.click("Create link")
    window.shows("Tried just now: it opens the document.")
    before = window.script(PLACES)
    names = [name for name, *_ in before]
    assert {"Copy link", "Write an e-mail", "QR code", "Another link"} <= set(names), names
    window.click("Copy link")
    window.shows("Copied")
    assert stage.clipboard() == window.link()
    assert window.script(PLACES) == before
    window.click("Write an e-mail")
    window.shows("Copied. Paste it into an e-mail.")
    assert window.link() in stage.clipboard().splitlines()
    assert window.script(PLACES) == before

    window.click("QR code")
    window.shows("Save picture")
    opened = window.script(PLACES)
    window.click("Save picture")
    stage.choose_in_dialog("Save QR code", stage.root / "code.png")
    window.shows("Saved as code.png.")
    assert window.script(PLACES) == opened
    window.click("Close")
    wait_for("the dialog to close", lambda: window.script("return document.querySelector('[role=dialog]') === null"))
    assert window.script(PLACES) == before
    # The positive control: what does move is seen.
    window.click("The link itself")
    assert window.script(PLACES) != before
