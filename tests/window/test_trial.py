"""*Test whether the document opens* in the real window: a site on this computer is asked on a click and never before."""

import socket
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from stage import wait_for
from steps import add_papers

MISSING_KEY = (
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>MissingKey</Code>'
    "<Message>Missing Key-Pair-Id query parameter or cookie value</Message></Error>"
)
DENIED = (
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>Access denied</Message></Error>'
)


class Site:
    """Answers as it is told, and remembers who asked for what."""

    def __init__(self):
        self.signed, self.unsigned, self.clock = (206, "x"), (403, MISSING_KEY), 0
        self.asked = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append((self.path, self.headers["Range"]))
                status, body = site.signed if "Signature=" in self.path else site.unsigned
                # Without the date that the server itself would add.
                self.send_response_only(status)
                self.send_header("Server", "CloudFront")
                self.send_header("Date", formatdate(time.time() + site.clock, usegmt=True))
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.host = f"127.0.0.1:{self.server.server_port}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()


def check(window, link):
    window.type("Link", link)
    window.click("Check")


def a_link(window, host):
    """A link that was really made, pointing at this computer."""
    window.click("New link")
    window.type("Which document?", "Q3 report.pdf")
    window.click("Create link")
    link = window.link()
    window.click("Check a link")
    return link.replace("https://docs.example.com", f"http://{host}")


def test_a_site_is_asked_on_a_click_and_its_answer_is_told(stage, open_window, site):
    window = open_window(stage)
    add_papers(stage, window)
    link = a_link(window, site.host)
    check(window, link)
    window.shows("Test whether the document opens")
    time.sleep(1)
    assert site.asked == [], "nobody is asked before the click"

    window.click("Test whether the document opens")
    window.shows("Without a link the document stays closed.")
    window.shows("This computer's clock is right.")
    path = link.removeprefix(f"http://{site.host}")
    wanted = [(path.split("?")[0], "bytes=0-0"), (path, "bytes=0-0")]
    assert sorted(site.asked) == sorted(wanted)

    site.unsigned = (200, "the whole document")
    window.click("Test it again")
    window.shows("Anyone can open this document: it is not private.")
    site.unsigned, site.signed, site.clock = (403, MISSING_KEY), (403, DENIED), -7 * 60
    window.click("Test it again")
    window.shows(f"{site.host} refuses it.")
    window.shows(f"This computer's clock is 7 minutes ahead of that of {site.host}.")
    # What was said of one link is not left standing for another.
    check(window, link[:-90])
    wait_for("the old answer to go", lambda: "refuses it." not in window.text())


def test_a_trial_is_cancelled(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(15)
        host = "127.0.0.1:%d" % silent.getsockname()[1]
        check(window, a_link(window, host))
        window.click("Test whether the document opens")
        window.shows(f"Asking {host}…")
        connections = [silent.accept()[0] for _ in range(2)]
        window.click("Cancel")
        wait_for("the asking to end", lambda: f"Asking {host}…" not in window.text())
        for connection in connections:
            connection.settimeout(15)
            # Whatever was sent before, the end of it comes.
            while connection.recv(4096):
                pass
            connection.close()
    window.click("Test whether the document opens")
    window.shows("Test it again")
    window.shows(f"{host} could not be reached.")
