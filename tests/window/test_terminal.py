"""The terminal and the window side by side: one keychain, one list of keys, the same links."""

from conftest import PROGRAM
from steps import ID, add_papers, pem, rsa_key
from traces import files_with

SIGNET = str(PROGRAM.with_name("signet"))
END = ["--date-less-than", "1796144400"]


def test_a_key_from_the_window_signs_in_the_terminal(stage, open_window):
    window = open_window(stage)
    _, path = add_papers(stage, window)
    listed = stage.run(SIGNET, "keys", "list").stdout.decode()
    assert listed.startswith(f"Client papers\thttps://docs.example.com\t{ID}\tRSA 2048\t")
    address = ["--url", "https://docs.example.com/a.pdf", *END]
    by_name = stage.run(SIGNET, "sign", *address, "--key", "client papers")
    file = ["--key-pair-id", ID, "--private-key", str(path)]
    # As the list says that the key signs; of a file it would be SHA-1, as with the AWS CLI.
    by_file = stage.run(SIGNET, "sign", *address, *file, "--hash-algorithm", "SHA256")
    assert by_name.returncode == 0, by_name.stderr
    assert by_name.stdout == by_file.stdout

    stage.lock_keychain()
    locked = stage.run(SIGNET, "sign", *address, "--key", "Client papers")
    assert (locked.returncode, locked.stdout) == (1, b"")
    assert b"The keychain did not give the key: the keychain is locked." in locked.stderr


def import_contracts(stage):
    """Puts the key “Contracts” into the keychain, by the terminal alone."""
    path = stage.root / "signing.pem"
    path.write_bytes(pem(rsa_key()))
    imported = stage.run(
        SIGNET,
        "keys",
        "import",
        "--name",
        "Contracts",
        "--site",
        "docs.example.com",
        "--key-pair-id",
        ID,
        "--private-key",
        str(path),
    )
    assert imported.returncode == 0, imported.stderr


def test_a_signature_is_checked_with_the_keychain(stage):
    import_contracts(stage)
    signed = stage.run(
        SIGNET, "sign", "--url", "https://docs.example.com/a.pdf", "--expires-in", "7d", "--key", "Contracts"
    )
    assert signed.returncode == 0, signed.stderr
    link = signed.stdout.decode().strip()
    before, signature = link.split("Signature=")
    first = "B" if signature[0] == "A" else "A"
    spoiled = f"{before}Signature={first}{signature[1:]}"

    unchecked = stage.run(SIGNET, "inspect", link)
    assert unchecked.returncode == 1
    assert "of your key “Contracts”, whose signature was not checked" in unchecked.stdout.decode()
    right = stage.run(SIGNET, "inspect", link, "--check-signature")
    assert right.returncode == 0, right.stderr
    assert right.stdout.startswith(b"This link works until ")
    assert "…[hidden], right, of an RSA 2048 key" in right.stdout.decode()
    wrong = stage.run(SIGNET, "inspect", spoiled, "--check-signature")
    assert wrong.returncode == 1
    assert wrong.stdout.startswith(b"This link was changed after it was signed.\n")
    assert "…[hidden], wrong" in wrong.stdout.decode()

    stage.lock_keychain()
    locked = stage.run(SIGNET, "inspect", link, "--check-signature")
    assert (locked.returncode, locked.stdout) == (1, b"")
    assert locked.stderr.decode().splitlines() == [
        "The signature was not checked: the keychain is locked.",
        "Start or unlock the keychain and try again, or give --public-key.",
    ]


def test_a_key_imported_in_the_terminal_is_in_the_window(stage, open_window):
    key = rsa_key()
    path = stage.root / "signing.pem"
    path.write_bytes(pem(key, passphrase=b"right horse"))
    passphrase = stage.root / "passphrase"
    passphrase.write_text("right horse\n")
    told = [
        "--name",
        "Contracts",
        "--site",
        "docs.example.com",
        "--key-pair-id",
        ID,
        "--private-key",
        f"file://{path}",
        "--passphrase-file",
        str(passphrase),
    ]
    imported = stage.run(SIGNET, "keys", "import", *told)
    assert imported.returncode == 0, imported.stderr
    assert imported.stdout.startswith(b"Contracts\t")
    assert files_with(stage, key) == []
    again = stage.run(SIGNET, "keys", "import", *told)
    assert (again.returncode, len(again.stderr.splitlines())) == (2, 2)

    window = open_window(stage)
    window.type("Which document?", "a.pdf")
    window.click("Create link")
    assert window.link().startswith("https://docs.example.com/a.pdf?Expires=")


def listed(stage):
    """The names of the keys, as a terminal lists them."""
    keys = stage.run(SIGNET, "keys", "list")
    assert keys.returncode == 0, keys.stderr
    return sorted(line.split("\t")[0] for line in keys.stdout.decode().splitlines())


def lost(stage):
    """What the keychain holds and the list does not name."""
    found = stage.run(SIGNET, "keys", "list", "--orphans")
    assert found.returncode == 0, found.stderr
    return found.stdout.decode().splitlines()


def secrets_of_signet(stage):
    found = stage.run("secret-tool", "search", "--all", "service", "Signet")
    return (found.stdout + found.stderr).count(b"attribute.username = ")


def test_keys_of_a_terminal_come_into_the_open_window_and_stay(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    window.click("Sites")
    made = stage.run(SIGNET, "keys", "make", "--name", "Made elsewhere")
    assert made.returncode == 0, made.stderr
    window.shows("Made elsewhere")
    import_contracts(stage)
    window.shows("Contracts")

    # A link writes the list too, and here before the window has looked at it again.
    window.click("New link")
    window.type("Which document?", "a.pdf")
    assert stage.run(SIGNET, "keys", "make", "--name", "A moment before").returncode == 0
    window.click("Create link")
    assert window.link().startswith("https://docs.example.com/a.pdf?Expires=")
    names = ["A moment before", "Client papers", "Contracts", "Made elsewhere"]
    assert listed(stage) == names
    assert (lost(stage), secrets_of_signet(stage)) == ([], 4)
    window.click("Sites")
    for name in names:
        window.shows(name)


def test_keys_that_are_made_at_once_are_all_listed_and_none_is_lost(stage):
    names = [f"Key {number}" for number in range(6)]
    makers = [stage.start(SIGNET, "keys", "make", "--name", name) for name in names]
    assert [maker.wait(60) for maker in makers] == [0] * 6
    assert listed(stage) == names
    assert (lost(stage), secrets_of_signet(stage)) == ([], 6)
    for name in names:
        public = stage.run(SIGNET, "keys", "public", "--key", name)
        assert public.stdout.startswith(b"-----BEGIN PUBLIC KEY-----"), public.stderr
