"""What a person does in more than one journey: have a key file made, add a key."""

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

ID = "K2JCJMDEHXQW5F"


def rsa_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key, layout=serialization.PrivateFormat.PKCS8, passphrase=None):
    lock = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, layout, lock)


def fill_in(window, name="Client papers", site="docs.example.com", public_key_id=ID):
    window.click("Add a key")
    window.type("Name", name)
    window.type("Site address", site)
    window.type("Public key ID", public_key_id)


def add(stage, window, path, **typed):
    fill_in(window, **typed)
    window.click("Choose key file…")
    stage.choose_in_dialog("Choose key file", path)


def add_papers(stage, window):
    """Adds the key “Client papers” and gives it, with the file it came from."""
    key, path = rsa_key(), stage.root / "signing.pem"
    path.write_bytes(pem(key))
    add(stage, window, path)
    window.shows("“Client papers” is ready.")
    return key, path
