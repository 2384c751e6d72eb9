"""What a person does in more than one journey: have a key file made, add a site, open it."""

from aws import BUCKET, REGION
from conftest import PROGRAM
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from stage import wait_for

ID = "K2JCJMDEHXQW5F"
TERMINAL = str(PROGRAM.with_name("signet"))


def rsa_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key, layout=serialization.PrivateFormat.PKCS8, passphrase=None):
    lock = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, layout, lock)


def fill_in(window, name="Client papers", site="docs.example.com", public_key_id=ID):
    window.click("I have a key file")
    window.type("Name of the site", name)
    window.type("Site address", site)
    window.type("Public key ID", public_key_id)


def add(stage, window, path, **typed):
    fill_in(window, **typed)
    window.click("Choose key file…")
    stage.choose_in_dialog("Choose key file", path)


def add_papers(stage, window):
    """Adds the site “Client papers” and gives its key, with the file it came from."""
    key, path = rsa_key(), stage.root / "signing.pem"
    path.write_bytes(pem(key))
    add(stage, window, path)
    window.shows("“Client papers” is ready.")
    return key, path


def site_with_storage(stage, window, aws):
    """A site that makes links, and whose IT person has said where its documents lie; the window is closed then."""
    add_papers(stage, window)
    stage.env["AWS_EC2_METADATA_DISABLED"] = "true"
    aws.log_in(stage)
    storage = ["--bucket", BUCKET, "--region", REGION, "--folder", "reports/2026"]
    said = stage.run(TERMINAL, "sites", "storage", "Client papers", *storage)
    assert said.returncode == 0, said.stderr
    window.close()


OPEN = """
    const rows = [...document.querySelectorAll("button.site")];
    const row = rows.find((one) => one.querySelector(".name").textContent.trim() === arguments[0]);
    row?.click();
    return row !== undefined;
"""
IS_OPEN = "return document.querySelector('h1')?.textContent.trim() === arguments[0]"
UNFOLD = """
    const folds = [...document.querySelectorAll("button.fold")];
    const fold = folds.find((one) => one.textContent.trim() === "For your IT person");
    if (fold?.ariaExpanded === "false") fold.click();
    return fold?.ariaExpanded === "true";
"""


def open_site(window, name="Client papers"):
    """From the list of sites to one of them."""
    window.click("Sites")
    wait_for(f"the site {name} in the list", lambda: window.script(OPEN, name))
    wait_for(f"the site {name}", lambda: window.script(IS_OPEN, name))


def open_for_it(window, name="Client papers"):
    """To what is behind a site, for the IT person."""
    open_site(window, name)
    wait_for("what is for the IT person", lambda: window.script(UNFOLD))


def name_site(window, name="Contracts"):
    """From the welcome to the set-up of a new site."""
    window.click("Set up CloudFront")
    window.type("Name", name)
    window.click("Continue")
    window.shows(f"Set up “{name}”")


def confirm(window, button):
    """Clicks the button of the question that has just come up."""
    look = """
        const buttons = [...document.querySelectorAll("[role=alertdialog] button")];
        const found = buttons.find((one) => one.textContent.trim() === arguments[0]);
        found?.click();
        return found !== undefined;
    """
    wait_for(f"the question with {button}", lambda: window.script(look, button))
