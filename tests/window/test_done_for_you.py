"""The set-up of a site, done for you, in the real window and with an AWS account on loopback."""

import json
import os
import pty
from pathlib import Path

import pytest
from aws import BUCKET, REGION, SECRET, account
from links import unsigned_parts
from stage import wait_for
from steps import name_site, open_for_it, pem, rsa_key

SIGNET = Path(__file__).parents[2] / "target/debug/signet"
CHOOSE = """
    const field = arguments[0];
    field.value = arguments[1];
    field.dispatchEvent(new Event("change", { bubbles: true }));
"""


@pytest.fixture
def aws():
    with account() as one:
        yield one


@pytest.fixture(autouse=True)
def nothing_beyond_this_computer(stage):
    # Where a computer in AWS finds its own login.
    stage.env["AWS_EC2_METADATA_DISABLED"] = "true"


def make_key(window):
    """A new site with a key that is made here, and its set-up done by Signet."""
    name_site(window)
    window.tick("Done for you")
    window.click("Make key")


def find_login(window):
    window.click("Look for my AWS login")
    window.shows("The login is for the AWS account 123456789012.")
    window.click("Continue")


def choose_bucket(window):
    window.script(CHOOSE, window.field("Bucket"), BUCKET)
    # S3 says where a bucket is, and moto does not.
    window.type("Region", REGION)


def planned(window):
    """A window that shows the plan of a new distribution for a new site."""
    make_key(window)
    find_login(window)
    choose_bucket(window)
    window.click("Continue")
    window.click("Show the plan")
    window.shows(f"Distribution for the bucket {BUCKET}")
    return window


def all_made(window):
    """When all is made, the step that looks at it unfolds by itself."""
    window.shows("Looks in AWS whether everything is right for “Contracts”", seconds=60)


def check(window):
    """*Check the set-up*: of the key that makes the links of the site."""
    open_for_it(window, "Contracts")
    window.click("Check the set-up")


def unfold(window, step):
    look = """
        const lines = [...document.querySelectorAll(".step button.line")];
        const line = lines.find((one) => one.textContent.includes(arguments[0]));
        if (line?.ariaExpanded === "false") line.click();
        return line?.ariaExpanded === "true";
    """
    wait_for(f"the step {step}", lambda: window.script(look, step))


def check_old(window):
    """The check of another key of the site than the one that makes its links."""
    open_for_it(window, "Contracts")
    window.click("Set up")
    window.tick("Done for you")
    unfold(window, "Get the key ready")
    window.tick("Contracts (old)")
    window.click("Continue")
    # Then the next step unfolds by itself.
    folded = "return document.querySelector('[data-stop=key]').ariaExpanded === 'false'"
    wait_for("the key's step to fold", lambda: window.script(folded))
    unfold(window, "Check the set-up")
    window.click("Check now")


def replace_key(window, aws, group, old):
    """*Replace this key*, with the clicks in the console done by AWS's own library; gives the new ID."""
    open_for_it(window, "Contracts")
    window.click("Replace this key")
    window.click("Make the new key")
    new = aws.add_key(window.value("Public key"), group["Id"])
    window.type("Public key ID", old)
    window.click("Switch to the new key")
    window.shows("This is the ID of the old key.")
    window.type("Public key ID", new)
    window.click("Switch to the new key")
    window.shows("The new key makes the links of “Contracts” now")
    window.shows("1 link of the old key still works.")
    return new


def files_holding(folder, text):
    found = []
    for where, _, names in os.walk(folder):
        for name in names:
            path = Path(where, name)
            if path.is_file() and not path.is_symlink() and text.encode() in path.read_bytes():
                found.append(path)
    return found


def test_from_an_account_to_the_first_link_and_back(stage, open_window, aws):
    aws.log_in(stage)
    before = aws.all()
    window = planned(open_window(stage))
    assert window.text().count("Will be made") == 4 and "Will change" in window.text()
    assert aws.all() == before, "nothing is done by looking"

    window.click("Apply")
    all_made(window)
    after = aws.all()
    [(distribution, config)] = after["distributions"].items()
    [public_key] = after["public_keys"]
    assert config["DefaultCacheBehavior"]["TrustedKeyGroups"]["Enabled"]
    assert distribution in after["policy"]

    window.click("Check now")
    window.shows("CloudFront holds the key, as ")
    window.shows("Documents open by links alone.")

    window.click("Make the first link")
    window.type("Which document?", "a.pdf")
    window.click("Create link")
    link = window.link()
    assert unsigned_parts(link)[1]["Key-Pair-Id"] == public_key["Id"]
    # The public key as CloudFront gives it back judges the link as CloudFront would.
    half = stage.root / "public.pem"
    half.write_text(public_key["PublicKeyConfig"]["EncodedKey"])
    judge = [SIGNET, "inspect", "--public-key", str(half)]
    assert stage.run(*judge, link).returncode == 0
    assert stage.run(*judge, link.replace("a.pdf", "b.pdf")).returncode != 0, "the control"

    replaced = replace_key(window, aws, after["key_groups"][0], public_key["Id"])
    window.click("Make a link")
    window.type("Which document?", "b.pdf")
    window.click("Create link")
    link = window.link()
    assert unsigned_parts(link)[1]["Key-Pair-Id"] == replaced
    half.write_text(aws.cloudfront.get_public_key(Id=replaced)["PublicKey"]["PublicKeyConfig"]["EncodedKey"])
    assert stage.run(*judge, link).returncode == 0
    check(window)
    window.shows(f"CloudFront holds the key, as {replaced}.")
    window.shows("The distribution takes links of this key.")

    # No login is written anywhere, nor shown.
    assert files_holding(stage.home, SECRET) == [] and SECRET not in window.text()
    planted = stage.home / "planted"
    planted.write_text(f"[default]\naws_secret_access_key = {SECRET}\n")
    assert files_holding(stage.home, SECRET) == [planted], "the control"
    planted.unlink()

    # Some other day.
    window.close()
    window = open_window(stage)
    check_old(window)
    window.shows(f"CloudFront holds the key, as {public_key['Id']}.")
    window.click("Undo…")
    window.shows("Links of this key open nothing after that.")
    window.click("Undo it")
    # What was made by hand is taken out by hand, and before that its links are not ended.
    window.shows("Links of other keys open through the distribution")
    assert replaced in aws.all()["key_groups"][0]["KeyGroupConfig"]["Items"]
    aws.remove_key(replaced, after["key_groups"][0]["Id"])
    assert aws.all() == after
    window.click("Undo…")
    window.click("Undo it")
    window.shows("All that Signet made is taken back.", seconds=60)
    assert aws.all() == before
    open_for_it(window, "Contracts")
    window.shows("CloudFront does not know it yet")


def test_an_access_key_for_the_documents_is_made_and_taken_back(stage, open_window, aws):
    aws.log_in(stage)
    before = aws.all()
    window = planned(open_window(stage))
    has_apply = "return [...document.querySelectorAll('button')].some((one) => one.textContent.trim() === 'Apply')"
    assert window.text().count("Will be made") == 4 and window.script(has_apply), "nobody asked for it yet"
    window.tick("Also make an access key for the documents")
    # The plan that was shown is not the one that is wanted now.
    wait_for("the plan to go", lambda: not window.script(has_apply))
    window.click("Show the plan")
    window.shows(f"Distribution for the bucket {BUCKET}")
    assert window.text().count("Will be made") == 7
    assert aws.all() == before, "nothing is done by looking"

    window.click("Apply")
    all_made(window)
    [user] = aws.all()["users"]
    [key] = user["keys"]
    assert list(user["policies"]) and not user["attached"] and not user["groups"]
    open_for_it(window, "Contracts")
    window.shows(key)

    # Its secret is in the keychain, and nowhere on the disk. The ID is no secret, and is the control.
    settings = stage.home / ".config/signet/settings.json"
    assert settings in files_holding(stage.home, key)
    assert "aws_secret" not in settings.read_text() and "secretAccessKey" not in settings.read_text()

    window.click("Set up")
    window.tick("Done for you")
    unfold(window, "Check the set-up")
    window.click("Undo…")
    window.click("Undo it")
    window.shows("All that Signet made is taken back.", seconds=60)
    assert aws.all() == before
    open_for_it(window, "Contracts")
    window.shows("CloudFront does not know it yet")
    assert key not in window.text()


def test_a_check_names_what_refuses_cloudfront(stage, open_window, aws):
    aws.log_in(stage)
    window = planned(open_window(stage))
    window.click("Apply")
    all_made(window)
    own = json.loads(aws.all()["policy"])
    for condition, line in [
        (
            {"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}},
            "CloudFront is refused documents by the statement “Guard” (Deny) of the bucket's policy, whatever else lets it in.",
        ),
        (
            {"StringEquals": {"s3:ExistingObjectTag/secret": "yes"}},
            "Whether CloudFront is refused documents by the statement “Guard” (Deny)",
        ),
        (
            {"Bool": {"aws:SecureTransport": "false"}},
            "The bucket lets the distribution in.",
        ),
    ]:
        guard = {
            "Sid": "Guard",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": f"arn:aws:s3:::{BUCKET}/*",
            "Condition": condition,
        }
        guarded = own | {"Statement": [*own["Statement"], guard]}
        aws.s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(guarded))
        window.click("Check again" if "Check again" in window.text() else "Check now")
        window.shows(line)


def test_what_is_there_keeps_all_that_is_not_signets(stage, open_window, aws):
    aws.log_in(stage)
    host = f"{BUCKET}.s3.{REGION}.amazonaws.com"
    made = aws.cloudfront.create_distribution(
        DistributionConfig={
            "CallerReference": "theirs",
            "Comment": "Papers",
            "Enabled": True,
            "Origins": {
                "Quantity": 1,
                "Items": [
                    {
                        "Id": "papers",
                        "DomainName": host,
                        "S3OriginConfig": {"OriginAccessIdentity": ""},
                    }
                ],
            },
            "DefaultCacheBehavior": {"TargetOriginId": "papers", "ViewerProtocolPolicy": "allow-all"},
        }
    )["Distribution"]["Id"]
    own = (
        '{"Version":"2012-10-17","Statement":[{"Sid":"Own","Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::%s/*"}]}'
        % BUCKET
    )
    aws.s3.put_bucket_policy(Bucket=BUCKET, Policy=own)
    before = aws.all()

    window = open_window(stage)
    make_key(window)
    find_login(window)
    choose_bucket(window)
    window.tick("One that is there")
    window.script(CHOOSE, window.field("Distribution ID"), made)
    window.click("Continue")
    window.click("Show the plan")
    window.shows("Documents that open for everyone today will need a link.")
    window.shows("Own")
    window.click("Apply")
    all_made(window)
    after = aws.all()
    assert after["distributions"][made]["DefaultCacheBehavior"]["TrustedKeyGroups"]["Enabled"]
    assert '"Own"' in after["policy"] and made in after["policy"]
    window.click("Undo…")
    window.click("Undo it")
    window.shows("All that Signet made is taken back.", seconds=60)
    assert aws.all() == before


def test_without_a_login_it_says_so_and_nothing_typed_is_lost(stage, open_window, aws):
    window = open_window(stage)
    make_key(window)
    window.click("Look for my AWS login")
    window.shows("There is no AWS login on this computer.")
    window.type("AWS profile", "nobody")
    window.click("Look for my AWS login")
    window.shows("The AWS settings of this computer cannot be used")
    assert window.value("AWS profile") == "nobody"
    # Somebody logs in, and the same click goes on.
    folder = stage.home / ".aws"
    folder.mkdir()
    (folder / "config").write_text(f"[profile nobody]\nregion = {REGION}\nendpoint_url = {aws.endpoint}\n")
    (folder / "credentials").write_text(
        f"[nobody]\naws_access_key_id = AKIASIGNETWINDOW0002\naws_secret_access_key = {SECRET}\n"
    )
    window.click("Look again")
    window.shows("The login is for the AWS account 123456789012.")


def test_what_a_terminal_is_at_is_not_done_in_the_window_too(stage, open_window, aws):
    aws.log_in(stage)
    before = aws.all()
    window = planned(open_window(stage))

    # A terminal shows its plan for the same key, and waits for a yes.
    typing, asked = pty.openpty()
    words = ["--key", "Contracts", "--bucket", BUCKET, "--region", REGION]
    terminal = stage.start(SIGNET, "setup", "apply", *words, stdin=asked)
    settings = stage.home / ".config/signet"
    wait_for("the terminal to be at it", lambda: list(settings.glob("set-up-*.lock")))
    window.click("Apply")
    window.shows("A set-up of this key is going on in another window or terminal.")
    window.shows("Wait until it has ended, then start again.")
    assert aws.all() == before, "neither has done anything"

    os.write(typing, b"no\n")
    assert terminal.wait(30) == 1
    os.close(typing)
    os.close(asked)
    window.click("Go on")
    all_made(window)
    assert len(aws.all()["distributions"]) == 1
    assert not list(settings.glob("set-up-*.lock"))


def test_a_terminal_means_the_key_that_was_named(stage, aws):
    """One private key for two sites: the first one of the list is not taken for the other."""
    aws.log_in(stage)
    private = stage.root / "signing.pem"
    private.write_bytes(pem(rsa_key()))
    public = stage.root / "public.pem"
    assert stage.run("openssl", "pkey", "-in", str(private), "-pubout", "-out", str(public)).returncode == 0
    place = ["--bucket", BUCKET, "--region", REGION]

    def signet(*words):
        done = stage.run(SIGNET, *words)
        assert done.returncode == 0, done.stderr
        return done

    said = json.loads(signet("setup", "apply", *place, "--public-key", str(public), "--yes", "--json").stdout)
    # Under the right ID for one site, and under an older one for the other.
    for name, identity in [("First", "K2JCJMDEHXQW5F"), ("Second", said["public_key_id"])]:
        signet(
            "keys",
            "import",
            "--name",
            name,
            "--site",
            f"{name.lower()}.example.com",
            "--key-pair-id",
            identity,
            "--private-key",
            str(private),
        )

    second = json.loads(signet("setup", "apply", *place, "--key", "Second", "--yes", "--json").stdout)
    assert second == said | {"key": "Second"}
    first = stage.run(SIGNET, "setup", "apply", *place, "--key", "First", "--yes", "--json")
    assert first.returncode == 1
    assert b"Signet has the key \xe2\x80\x9cFirst\xe2\x80\x9d under another ID." in first.stderr

    def lines(name):
        checked = stage.run(SIGNET, "setup", "check", *place, "--key", name, "--json")
        return [line["line"] for line in json.loads(checked.stdout)["lines"]]

    assert lines("Second")[0] == "key-held"
    assert lines("First")[0] == "key-missing", "AWS has nothing under its ID"

    # The one that was named waits, also where the other one has the same ID by now.
    signet(
        "keys",
        "import",
        "--name",
        "Third",
        "--site",
        "third.example.com",
        "--key-pair-id",
        said["public_key_id"],
        "--private-key",
        str(private),
    )
    undone = signet("setup", "undo", "--key", "Third", "--yes").stderr.decode()
    assert "The key “Third” waits to be connected again." in undone
    assert "The key “Second” has the same ID: its links open nothing either." in undone
    listed = [line.split("\t")[:2] for line in signet("keys", "list").stdout.decode().splitlines()]
    assert listed == [["First", "https://first.example.com"], ["Second", "https://second.example.com"], ["Third", ""]]
