"""Whatever address a link is made of, the real browser asks for it in a form that opens: the window's own
WebKit is asked for that form, and a verifier that shares no line with Signet judges it."""

import base64
import json
import random
import string
import sys
from pathlib import Path

from conftest import PROGRAM
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from stage import wait_for
from steps import ID, add_papers

sys.path.append(str(Path(__file__).parents[1] / "conformance"))
import verifier

SIGNET = str(PROGRAM.with_name("signet"))
END = 4_102_444_800
SITE = "https://docs.example.com/"
OF_A_TERMINAL, OF_THE_WINDOW = 1_500, 500

UNRESERVED = string.ascii_letters + string.digits + "-._~"
DELIMITERS = ":/?#[]@" + "!$&'()*+,;="
# What is written with them, and what people type beyond them.
OTHERS = [
    "/./",
    "/../",
    "/.",
    "/..",
    "./",
    "../",
    "//",
    "%2e",
    "%2E%2e/",
    "/.%2E/",
    "%2F",
    "%5C",
    "%25",
    "%00",
    " ",
    "é",
    "e\u0301",
    "日本",
    "😀",
    '"',
    "<",
    ">",
    "\\",
    "^",
    "`",
    "{",
    "|",
    "}",
    "%",
    "%4",
    "%zz",
    "\u00a0",
    "\u200b",
]
# Of which a browser makes another one, or none.
ORIGINS = [
    "https://docs.example.com/",
    "https://DOCS.Example.com/",
    "https://docs.example.com:443/",
    "HTTPS://docs.example.com/",
    "https://docs.example.com./",
    "https://docs.example.com",
    "https://docs.example.com?",
    "https://docs.example.com:/",
    "https://docs.example.com:8443/",
    "http://docs.example.com:80/",
    "https://bücher.example/",
    "https://xn--bcher-kva.example/",
    "http://127.1/",
    "https://0x7f.0.0.1/",
    "https://[::1]/",
]


def random_piece(chance):
    match chance.randrange(8):
        case 0 | 1 | 2:
            return chance.choice(UNRESERVED)
        case 3 | 4:
            return chance.choice(DELIMITERS)
        case 5:
            return f"%{chance.randrange(256):02{chance.choice('xX')}}"
        case 6:
            return chance.choice(["report", "a.pdf", "x/", "2026"])
        case _:
            return chance.choice(OTHERS)


def random_tail(chance):
    text = "".join(random_piece(chance) for _ in range(chance.randrange(1, 11)))
    if chance.randrange(3):
        return text
    return text + "?x=" + "".join(random_piece(chance) for _ in range(chance.randrange(8)))


def of_a_terminal(stage, addresses):
    """The links that a batch makes of them, and why there is none of each other."""
    lines = "".join(f"{address}\n" for address in addresses).encode()
    made = stage.run(
        SIGNET, "sign", "--urls-from", "-", "--date-less-than", str(END), "--key", "Client papers", input=lines
    )
    assert made.returncode in (0, 1), made.stderr
    said = [line.split(": ", 1) for line in made.stderr.decode().splitlines() if line.startswith("Line ")]
    refused = {
        int(where.removeprefix("Line ")): why
        for where, why in said
        if "," not in where and not why.startswith("Warning: ")
    }
    links = made.stdout.decode().splitlines()
    assert len(links) + len(refused) == len(addresses), made.stderr.decode()[-2_000:]
    return links, {addresses[number - 1]: why for number, why in refused.items()}


MAKE = """
    const invoke = window.__TAURI_INTERNALS__.invoke;
    const [addresses] = arguments;
    const make = (id, address) => invoke("create_link", { request: {
      signer: { kind: "site", id }, address, lifetime: { kind: "oneDay" },
      limits: { start: null, network: "", folder: null }, note: "",
    } }).then(({ link }) => ({ link }), (error) => ({ why: error.code ?? String(error) }));
    window.answers = null;
    invoke("start").then(({ sites }) => Promise.all(addresses.map((address) => make(sites[0].id, address))))
      .then((answers) => { window.answers = JSON.stringify(answers); }, (error) => { window.answers = JSON.stringify([String(error)]); });
"""


def of_the_window(window, addresses):
    window.script(MAKE, addresses)
    answers = json.loads(wait_for("all answers", lambda: window.script("return window.answers"), 120))
    assert len(answers) == len(addresses), answers
    links = [answer["link"] for answer in answers if "link" in answer]
    return links, {
        address: answer["why"] for address, answer in zip(addresses, answers, strict=True) if "why" in answer
    }


# As an address is read, as a link on a page is, and as what is to be fetched is.
ASK = """
    const anchor = document.createElement("a");
    return arguments[0].map((link) => {
        anchor.href = link;
        return [new URL(link).href, anchor.href, new Request(link).url];
    });
"""


def opens(link, key):
    request = {"url": link, "from": "127.0.0.1", "now": 0}
    try:
        verifier.judge(request, {ID: key.public_key()})
    except verifier.Refusal:
        return False
    return True


def signed_as_typed(address, key):
    """As a tool does that thinks nothing of browsers."""
    policy = '{"Statement":[{"Resource":"%s","Condition":{"DateLessThan":{"AWS:EpochTime":%d}}}]}' % (address, END)
    signature = base64.b64encode(key.sign(policy.encode(), padding.PKCS1v15(), hashes.SHA1()))
    mark = "&" if "?" in address else "?"
    return f"{address}{mark}Expires={END}&Signature={signature.decode().translate(str.maketrans('+=/', '-_~'))}&Key-Pair-Id={ID}"


def test_every_link_opens_in_the_form_in_which_the_browser_asks_for_it(stage, open_window):
    window = open_window(stage)
    key, _ = add_papers(stage, window)
    chance = random.Random(31)
    links, why_not = of_a_terminal(stage, [chance.choice(ORIGINS) + random_tail(chance) for _ in range(OF_A_TERMINAL)])
    tails = [random_tail(chance) for _ in range(OF_THE_WINDOW)]
    more, why_none = of_the_window(window, [SITE + tail if number % 2 else tail for number, tail in enumerate(tails)])
    assert len(links) > 400 and len(more) > 100
    assert all(
        why.startswith(("This address cannot be signed: ", "This line has several columns")) for why in why_not.values()
    ), why_not
    assert all(why.startswith("address") for why in why_none.values()), why_none
    # Where nothing but a path is out of the ordinary, the reason is a better one than that.
    vague = {
        address: why
        for address, why in (why_not | why_none).items()
        if "no whole address" in why or why == "addressInvalid"
    }
    assert not [address for address in vague if address.startswith((SITE, ORIGINS[1], ORIGINS[2]))], vague
    for link, asked in zip(links + more, window.script(ASK, links + more), strict=True):
        # What arrives is what was shown, and opens.
        assert asked == [link] * 3
        assert opens(link, key), link

    # The positive control: signed as they are typed, these would open byte for byte, and the browser asks for others.
    typed = ["./a.pdf", "x/../a.pdf", "%2e/a.pdf", "x/%2E%2e/a.pdf", "a.pdf?b='c'", "a b.pdf", 'a".pdf', "é.pdf"]
    links = [signed_as_typed(SITE + address, key) for address in typed]
    for link, [asked, *_] in zip(links, window.script(ASK, links), strict=True):
        assert opens(link, key) and not opens(asked, key), (link, asked)
