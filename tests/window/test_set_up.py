"""The set-up of a site in the real window: by hand over a restart, and by way of an IT person."""

import base64
import json
import re

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from links import from_cloudfront, unsigned_parts
from stage import wait_for
from steps import ID, add, confirm, name_site, open_for_it, pem, rsa_key
from traces import der, files_with

DISTRIBUTION = "E2QWRUHAPOMQZL"
ARN = f"arn:aws:cloudfront::123456789012:distribution/{DISTRIBUTION}"
DOMAIN = "d111111abcdef8.cloudfront.net"


def add_key(stage, window):
    """Adds the site “Client papers” at the distribution's own address, and gives its key."""
    key, path = rsa_key(), stage.root / "signing.pem"
    path.write_bytes(pem(key))
    add(stage, window, path, site=DOMAIN)
    window.shows("“Client papers” is ready.")
    return key


def enter(window, way, name="Client papers"):
    open_for_it(window, name)
    window.click("Set up")
    window.tick(way)


def say_where_the_documents_are(window):
    window.type("Bucket", "client-papers")
    window.type("Region", "eu-central-1")
    window.click("Continue")


def begin(window, way):
    """The two steps that every way has: the site's key is one of them, and there."""
    enter(window, way)
    unfolded(window, "Say where the documents are")
    say_where_the_documents_are(window)


def unfolded(window, title):
    """Waits until the step with this title is the one that is unfolded."""
    look = "return [...document.querySelectorAll('.step [aria-expanded=true]')].map((line) => line.textContent)"
    wait_for(f"the step {title}", lambda: [title in line for line in window.script(look)] == [True])


def copied(stage, window, name):
    """Copies a value and gives what the clipboard has then; another program had it before."""
    stage.copy("something else")
    window.click(name)
    wait_for("the clipboard", lambda: stage.clipboard() != "something else")
    return stage.clipboard()


def paste(stage, window, text):
    """As a person pastes: from another program's clipboard, with the keyboard."""
    stage.copy(text)
    window.script("document.querySelector('textarea').focus(); document.querySelector('textarea').select()")
    stage.run("xdotool", "key", "ctrl+v")


def spki(public):
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def settings(stage):
    return (stage.home / ".config/signet/settings.json").read_text()


def policy_of(link):
    base, signed = unsigned_parts(link)
    policy = '{"Statement":[{"Resource":"%s","Condition":{"DateLessThan":{"AWS:EpochTime":%s}}}]}' % (
        base,
        signed["Expires"],
    )
    return base, signed, policy.encode()


def test_by_hand_from_a_key_to_its_first_link_over_a_restart(stage, open_window):
    window = open_window(stage)
    key = add_key(stage, window)
    begin(window, "By hand")

    unfolded(window, "Upload the public key to CloudFront")
    assert copied(stage, window, "Copy key").strip() == spki(key.public_key()).strip()
    name = copied(stage, window, "Copy name")
    assert re.fullmatch("signet-[0-9a-f]{12}", name)
    window.type("Public key ID", DISTRIBUTION)
    window.shows("That is a distribution ID: it starts with E.")
    window.type("Public key ID", ID)
    window.click("Mark as done")
    unfolded(window, "Add it to a key group")
    assert copied(stage, window, "Copy name") == name
    window.click("Mark as done")
    unfolded(window, "Create an origin access control")
    window.click("Mark as done")
    unfolded(window, "Set up the distribution")
    assert copied(stage, window, "Copy origin") == "client-papers.s3.eu-central-1.amazonaws.com"
    window.type("Distribution domain name", DOMAIN)
    window.type("ARN", DISTRIBUTION)
    window.shows(f"That is the distribution's ID, {DISTRIBUTION}, and not its ARN.")

    # What is right is there after a restart, and what is wrong is not; nor is it on the disk.
    assert DOMAIN in settings(stage) and DISTRIBUTION not in settings(stage)
    window.close()
    window = open_window(stage)
    open_for_it(window)
    window.click("Set up")
    unfolded(window, "Set up the distribution")
    assert window.value("Distribution domain name") == DOMAIN
    assert window.value("ARN") == ""
    text = window.text()
    assert "client-papers in eu-central-1, a new distribution" in text and name in text

    window.type("ARN", ARN)
    window.click("Mark as done")
    unfolded(window, "Let the distribution read the bucket")
    whole = json.loads(copied(stage, window, "Copy policy"))
    statement = json.loads(copied(stage, window, "Copy statement"))
    assert whole["Statement"] == [statement]
    assert statement["Condition"]["StringEquals"]["AWS:SourceArn"] == ARN
    assert statement["Action"] == "s3:GetObject"
    window.click("Mark as done")
    unfolded(window, "Restrict viewer access")
    window.shows("From then on the documents open by links only.")
    window.click("Mark as done")
    window.shows(f"“Client papers” makes links for {DOMAIN}.")

    window.click("Make the first link")
    window.type("Which document?", "a.pdf")
    window.click("Create link")
    base, signed, policy = policy_of(window.link())
    assert base == f"https://{DOMAIN}/a.pdf" and signed["Key-Pair-Id"] == ID and signed["Hash-Algorithm"] == "SHA256"
    key.public_key().verify(from_cloudfront(signed["Signature"]), policy, padding.PKCS1v15(), hashes.SHA256())
    assert files_with(stage, key) == []


def test_page_script_and_template_hold_the_public_key_and_no_private_one(stage, open_window):
    window = open_window(stage)
    key = add_key(stage, window)
    begin(window, "For my IT person")
    unfolded(window, "Send it to your IT person")
    folder = stage.home / "papers"
    folder.mkdir()

    window.click("Save page…")
    stage.cancel_dialog("Save page")
    papers = {}
    for kind, file in (("page", "page.html"), ("script", "set-up.sh"), ("template", "set-up.json")):
        # The window takes the next click once the dialog before it is answered.
        wait_for("the window", lambda: window.script("return !document.querySelector('.papers [aria-disabled=true]')"))
        window.click(f"Save {kind}…")
        stage.choose_in_dialog(f"Save {kind}", folder / file)
        window.shows(f"Saved as {file}.")
        papers[kind] = (folder / file).read_text()
    lines = spki(key.public_key()).split("\n")[1:-2]
    assert len(lines) > 5
    for kind, text in papers.items():
        assert all(line in text for line in lines), kind
        assert "PRIVATE KEY-----" not in text, kind
    json.loads(papers["template"])
    assert stage.run("sh", "-n", str(folder / "set-up.sh")).returncode == 0
    # Script and template are in the page as well, and there too they are these.
    inside = [base64.b64decode(part).decode() for part in re.findall(';base64,([^"]+)"', papers["page"])]
    assert inside == [papers["script"], papers["template"]]

    assert files_with(stage, key) == []
    # The positive control: a page with the private key in it is found, in any dress.
    for dress in (der(key), base64.b64encode(der(key)), der(key).hex().encode(), pem(key)):
        (folder / "page.html").write_bytes(papers["page"].encode() + dress)
        assert files_with(stage, key) == [str(folder / "page.html")]


def test_what_came_back_connects_a_key_that_was_made_here(stage, open_window):
    window = open_window(stage)
    name_site(window)
    window.tick("For my IT person")
    window.click("Make key")
    unfolded(window, "Say where the documents are")
    open_for_it(window, "Contracts")
    window.click("Public key")
    public = serialization.load_pem_public_key(window.value("Public key").encode())
    window.click("Close")
    window.click("Set up")
    unfolded(window, "Say where the documents are")
    say_where_the_documents_are(window)
    unfolded(window, "Send it to your IT person")
    window.script(
        "[...document.querySelectorAll('.step button')].find((b) => b.textContent.includes('Paste their answer')).click()"
    )
    unfolded(window, "Paste their answer")

    # Somebody sends more than they should.
    leaked = ec.generate_private_key(ec.SECP256R1())
    mail = f"The ID is {ID}, the site {DOMAIN}, and here is a key:\n{pem(leaked).decode()}"
    paste(stage, window, mail)
    window.shows("There is a private key in this text, and Signet did not take it.")
    assert window.value("Their answer") == mail
    assert files_with(stage, leaked) == [] and ID not in settings(stage)
    (stage.home / "planted").write_text(mail)
    assert files_with(stage, leaked) == [str(stage.home / "planted")]
    (stage.home / "planted").unlink()

    window.click("Read it")
    window.shows("There is a private key in this text, and Signet did not take it.")

    paste(stage, window, f"Hello,\n\nPublic key ID: {ID}\nSite: {DOMAIN}\n\nBye, ann@example.com\n")
    window.shows(f"The key gets the public key ID {ID}, and “Contracts” makes links for {DOMAIN} from then on.")
    window.click("Connect")
    window.shows(f"“Contracts” makes links for {DOMAIN}.")
    window.click("Make the first link")
    window.type("Which document?", "a.pdf")
    window.click("Create link")
    base, signed, policy = policy_of(window.link())
    assert base == f"https://{DOMAIN}/a.pdf"
    assert signed["Key-Pair-Id"] == ID and signed["Hash-Algorithm"] == "SHA256"
    public.verify(from_cloudfront(signed["Signature"]), policy, ec.ECDSA(hashes.SHA256()))

    # A set-up that was done is done after a restart, and is forgotten only when somebody says so.
    window.close()
    window = open_window(stage)
    enter(window, "For my IT person", "Contracts")
    window.shows(f"“Contracts” makes links for {DOMAIN}.")
    window.click("Start again")
    window.shows("What was made in AWS stays as it is")
    window.click("Keep it")
    assert DOMAIN in settings(stage) and "client-papers" in settings(stage)
    window.click("Start again")
    window.shows("What was made in AWS stays as it is")
    confirm(window, "Start again")

    def site():
        (kept,) = json.loads(settings(stage))["sites"]
        return kept

    wait_for("the answers to go", lambda: "client-papers" not in json.dumps(site()["set_up"]))
    # The site goes on as it is: it makes links, and where its documents lie is known of it.
    assert site()["storage"]["bucket"] == "client-papers"
