"""Nothing of an AWS login, nor of what signs a question, reaches the page, whatever AWS answers: an AWS that
repeats all that it was sent, in every usual encoding and in every place of an answer."""

import base64
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aws import ACCOUNT, BUCKET, LOGIN, REGION
from conftest import PROGRAM
from stage import wait_for

SIGNET = str(PROGRAM.with_name("signet"))
TOKEN = "IQoJb3JpZ2luX2VjEJrSIGNETwindowTOKENaCXVzLWVhc3QtMSJHMEUCIQDsession"
MARK = "what AWS says otherwise"
IDENTITY = (
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>'
    f"<Arn>arn:aws:iam::{ACCOUNT}:user/a</Arn><UserId>A</UserId><Account>{ACCOUNT}</Account>"
    "</GetCallerIdentityResult></GetCallerIdentityResponse>"
)
XMLNS = 'xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"'


def forms(text):
    """As it may be written."""
    raw = text.encode()
    return [
        text,
        text.lower(),
        "".join(f"%{byte:02X}" for byte in raw),
        base64.b64encode(raw).decode(),
        base64.urlsafe_b64encode(b"a" + raw).decode(),
        raw.hex(),
    ]


def error(code, message):
    return (
        f"<ErrorResponse {XMLNS}><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
        f"<RequestId>{code}</RequestId></ErrorResponse>"
    )


def s3_error(code, message):
    return f"<Error><Code>{code}</Code><Message>{message}</Message><Region>{message}</Region><RequestId>{code}</RequestId></Error>"


# What may repeat it: status, headers and body.
PLACES = [
    lambda it: (400, {}, error("Odd", f"Not this: {it}.")),
    lambda it: (400, {}, error(it, "x")),
    lambda it: (403, {}, error("AccessDenied", f"User {it} is not authorized to perform: s3:{it} on {it}")),
    lambda it: (403, {}, error("SignatureDoesNotMatch", f"The string to sign was AWS4-HMAC-SHA256 {it}")),
    lambda it: (400, {}, s3_error("Odd", it)),
    lambda it: (400, {}, s3_error(f"TooMany{it}", it)),
    lambda it: (301, {"x-amz-bucket-region": it, "Location": f"/{it}"}, s3_error("PermanentRedirect", it)),
    lambda it: (400, {"x-amzn-RequestId": it, "x-amzn-ErrorType": it}, it),
    lambda it: (
        200,
        {},
        f"<ListAllMyBucketsResult><Buckets><Bucket><Name>{it}</Name></Bucket></Buckets></ListAllMyBucketsResult>",
    ),
    lambda it: (
        200,
        {"ETag": it},
        f"<DistributionList {XMLNS}><Marker></Marker><NextMarker>{it}</NextMarker><MaxItems>1</MaxItems><IsTruncated>false</IsTruncated><Quantity>0</Quantity></DistributionList>",
    ),
    lambda it: (200, {}, f"<LocationConstraint>{it}</LocationConstraint>"),
]


class Parrot(ThreadingHTTPServer):
    """Answers as it is told, with what `told` makes of the question's own signature."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.told = lambda signature: (400, {}, s3_error("Odd", MARK))
        self.knows_who = True
        self.heads, self.signatures, self.lock = [], set(), threading.Lock()


class Answers(BaseHTTPRequestHandler):
    def _answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        found = re.search(r"Signature=([0-9a-f]{64})", self.headers.get("Authorization") or "")
        signature = found[1] if found else ""
        with self.server.lock:
            self.server.heads.append(str(self.headers))
            self.server.signatures.add(signature)
        if self.server.knows_who and b"GetCallerIdentity" in body:
            status, headers, text = 200, {}, IDENTITY
        else:
            status, headers, text = self.server.told(signature)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text.encode())

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = _answer

    def log_message(self, *_):
        pass


@contextmanager
def parrot():
    with Parrot() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


ASK = """
    const invoke = window.__TAURI_INTERNALS__.invoke;
    const ask = (command, words) => invoke(command, words).then((value) => ({ value }), (error) => ({ error }));
    window.answers = null;
    ask("start").then(({ value }) => value.sites[0].id).then((siteId) => Promise.all([
      ask("aws_places", { request: { siteId } }), ask("plan_set_up", { request: { siteId } }),
      ask("check_set_up", { request: { siteId, document: "" } }),
    ]))
      .then((answers) => { window.answers = JSON.stringify(answers); });
"""
ANSWER = """
    const invoke = window.__TAURI_INTERNALS__.invoke;
    const [bucket, region] = arguments;
    window.answers = null;
    invoke("start").then(({ sites }) => invoke("answer_set_up", { request: { siteId: sites[0].id, answers: {
      keyId: "", bucket, region, distributionId: "", publicKeyId: "", arn: "", domain: "", profile: "", done: [],
    } } })).then(() => { window.answers = '"done"'; }, (error) => { window.answers = JSON.stringify(error); });
"""


def answers_to(window, script, *words):
    window.script(script, *words)
    return wait_for("the answers", lambda: window.script("return window.answers"), 60)


@pytest.fixture
def aws():
    with parrot() as server:
        yield server


def test_nothing_of_a_login_reaches_the_page_whatever_aws_repeats(stage, open_window, aws):
    endpoint = f"http://127.0.0.1:{aws.server_port}"
    stage.env |= LOGIN | {"AWS_SESSION_TOKEN": TOKEN, "AWS_ENDPOINT_URL": endpoint, "AWS_EC2_METADATA_DISABLED": "true"}
    assert stage.run(SIGNET, "keys", "make", "--name", "Contracts").returncode == 0
    window = open_window(stage)
    assert answers_to(window, ANSWER, BUCKET, REGION) == '"done"'
    # The positive control: what is no secret does reach the page.
    assert answers_to(window, ASK).count(MARK) >= 2

    secrets = [*LOGIN.values(), TOKEN]
    written = [form for secret in secrets for form in forms(secret)]
    # Of which a half is too much.
    parts = [form[2 : len(form) // 2 + 4] for form in written]
    said = []
    for number, form in enumerate([*written, *range(len(forms("")))]):
        for place in PLACES[number % 2 :: 2]:
            if isinstance(form, int):
                aws.told = lambda signature, place=place, form=form: place(forms(signature)[form])
            else:
                aws.told = lambda _, place=place, form=form: place(form)
            aws.knows_who = number % 4 != 3
            said.append(answers_to(window, ASK))
    parts += [form[2 : len(form) // 2 + 4] for signature in aws.signatures if signature for form in forms(signature)]
    every = "\n".join(said)
    assert len(said) > 120 and every.count('"code"') > 300
    assert [part for part in parts if part in every] == []
    # The positive controls: it was sent, each form would be found, and what the page shows is looked at too.
    sent = "\n".join(aws.heads)
    assert LOGIN["AWS_ACCESS_KEY_ID"] in sent and TOKEN in sent and len(aws.signatures) > 10
    assert all(any(part in f"a {form} b" for part in parts) for form in written)
    assert not any(part in window.text() for part in parts)
