"""Judges links as CloudFront would, written from AWS's documentation alone: a second opinion for
Signet's own reading of links, with which it shares no line.

    python verifier.py KEY-PAIR-ID PUBLIC.pem [KEY-PAIR-ID PUBLIC.pem ...] < requests

Reads a request a line (JSON: url, from, now) and prints a verdict a line: `Opened`, `MissingKey`,
`InvalidKey`, `MalformedSignature`, `MalformedPolicy`, `AccessDenied`, or `Refused`: where the
documentation says, or good sense, that such a link does not open, and nobody with which words.

Refused so, because AWS is silent: a signing parameter that is there twice; no signature, or one with
bits behind its end; a hash with another name than SHA256; neither an end nor a policy, or both; an
end that is not a plain number. The words are those of the first of these that is wrong: id,
signature, policy, and what the policy says.
"""

import base64
import ipaddress
import json
import re
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding

PARAMETER = re.compile(r"(Expires|Policy|Signature|Key-Pair-Id|Hash-Algorithm)=(.*)", re.DOTALL)
KEY_PAIR_ID = re.compile(r"K[0-9A-Z]{13}|APKA[0-9A-Z]{16}")
# The documentation's table: plus, equals and slash are replaced, and nothing else occurs.
ENCODED = re.compile(r"[0-9A-Za-z~-]*_{0,2}")
OCTET = r"(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])"
NETWORK = re.compile(rf"{OCTET}(?:\.{OCTET}){{3}}(?:/(?:\d|[12]\d|3[0-2]))?", re.ASCII)
URL = re.compile(r"([^:/?]*)://([^/?]*)(/[^?]*)?(?:\?(.*))?", re.DOTALL)


class Refusal(Exception):
    pass


def judge(request, trusted):
    base, given = take_apart(request["url"])
    key = trusted_key(given["Key-Pair-Id"], trusted)
    signature = signature_of(given["Signature"])
    hash = hash_of(given["Hash-Algorithm"])
    signed, statement = policy_of(base, given["Expires"], given["Policy"])
    require(is_signed(key, hash, signed, signature), "AccessDenied")
    require(allows(statement, base, request), "AccessDenied")


def take_apart(url):
    """The address that was signed, and all values of each of the five parameters."""
    given = {name: [] for name in ("Expires", "Policy", "Signature", "Key-Pair-Id", "Hash-Algorithm")}
    path, mark, query = url.partition("?")
    own = []
    for parameter in query.split("&") if mark else []:
        match = PARAMETER.fullmatch(parameter)
        if match:
            given[match[1]].append(match[2])
        elif parameter in given:
            given[parameter].append("")
        else:
            own.append(parameter)
    return path + ("?" + "&".join(own) if own else ""), given


def trusted_key(values, trusted):
    require(len(values) < 2, "Refused")
    require(values and KEY_PAIR_ID.fullmatch(values[0]), "MissingKey")
    require(values[0] in trusted, "InvalidKey")
    return trusted[values[0]]


def signature_of(values):
    require(len(values) == 1 and values[0], "Refused")
    signature = decode(values[0])
    require(signature is not None, "MalformedSignature")
    # RFC 4648 leaves it to the decoder whether it minds bits behind the last byte.
    require(encode(signature) == values[0], "Refused")
    return signature


def hash_of(values):
    require(values in ([], ["SHA256"]), "Refused")
    return hashes.SHA256() if values else hashes.SHA1()


def policy_of(base, expires, policy):
    """The bytes that were signed, and the statement in them."""
    require(len(expires) + len(policy) == 1, "Refused")
    if expires:
        require(re.fullmatch(r"0|[1-9][0-9]{0,18}", expires[0]) and int(expires[0]) < 2**63, "Refused")
        condition = '{"DateLessThan":{"AWS:EpochTime":%s}}' % expires[0]
        text = '{"Statement":[{"Resource":"%s","Condition":%s}]}' % (base, condition)
        return text.encode(), {"end": int(expires[0]), "resource": None, "start": None, "network": None}
    signed = decode(policy[0])
    require(signed is not None, "MalformedPolicy")
    require(encode(signed) == policy[0], "Refused")
    try:
        return signed, statement_of(json.loads(signed.decode("utf-8"), parse_constant=not_json))
    except (ValueError, KeyError, TypeError):
        raise Refusal("MalformedPolicy") from None


def not_json(name):
    raise ValueError(name)


def statement_of(policy):
    statements = policy["Statement"]
    if not isinstance(statements, list):
        raise TypeError("an object in place of the array")
    (statement,) = statements
    condition = statement["Condition"]
    resource = statement.get("Resource")
    if not isinstance(resource, str | None):
        raise TypeError("a resource that is no text")
    network = condition["IpAddress"]["AWS:SourceIp"] if "IpAddress" in condition else None
    if network is not None and not NETWORK.fullmatch(network):
        raise ValueError("no IPv4 network")
    start = condition.get("DateGreaterThan")
    return {
        "resource": resource,
        "end": second(condition["DateLessThan"]),
        "start": None if start is None else second(start),
        "network": network,
    }


def second(date):
    value = date["AWS:EpochTime"]
    if type(value) is not int or not -(2**63) <= value < 2**63:
        raise ValueError("no second")
    return value


def is_signed(key, hash, message, signature):
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, message, ec.ECDSA(hash))
        else:
            key.verify(signature, message, padding.PKCS1v15(), hash)
    except InvalidSignature:
        return False
    return True


def allows(statement, url, request):
    if statement["resource"] is not None and not opens(statement["resource"], url):
        return False
    if request["now"] >= statement["end"]:
        return False
    if statement["start"] is not None and request["now"] <= statement["start"]:
        return False
    if statement["network"] is None:
        return True
    reader = ipaddress.ip_address(request["from"])
    return reader.version == 4 and reader in ipaddress.IPv4Network(statement["network"], strict=False)


def opens(resource, url):
    """A `?` is one character, or it begins the query: which of them does is not written anywhere, so
    that a resource opens what it opens in any of these ways of reading it."""
    if resource == "*":
        return True
    marks = [match.start() for match in re.finditer(r"\?(?=.)", resource)]
    readings = [(resource, None)] + [(resource[:at], resource[at + 1 :]) for at in marks]
    return any(opens_read_so(before, query, url) for before, query in readings)


def opens_read_so(before_query, query, url):
    asked = URL.fullmatch(url)
    pattern = re.fullmatch(r"([^:/]*)://([^/]*)(/.*)?", before_query, re.DOTALL)
    if not asked or not pattern:
        return False
    if not fits(pattern[1], asked[1]) or not fits(pattern[2], asked[2]):
        return False
    if pattern[3] is None and pattern[2].endswith("*"):
        return True
    if not fits(pattern[3] or "/", asked[3] or "/"):
        return False
    if query is None:
        return asked[4] is None or (pattern[3] or "").endswith("*")
    return fits(query, asked[4] or "")


def fits(pattern, section):
    parts = {"*": ".*", "?": "."}
    return re.fullmatch("".join(parts.get(c) or re.escape(c) for c in pattern), section, re.DOTALL)


def decode(text):
    if not ENCODED.fullmatch(text) or len(text) % 4:
        return None
    try:
        return base64.b64decode(text.translate(str.maketrans("-_~", "+=/")), validate=True)
    except ValueError:
        return None


def encode(data):
    return base64.b64encode(data).decode().translate(str.maketrans("+=/", "-_~"))


def require(condition, refusal):
    if not condition:
        raise Refusal(refusal)


def read_key(path):
    with open(path, "rb") as file:
        return serialization.load_pem_public_key(file.read())


def main():
    ids, paths = sys.argv[1::2], sys.argv[2::2]
    trusted = {id: read_key(path) for id, path in zip(ids, paths, strict=True)}
    for line in sys.stdin:
        try:
            judge(json.loads(line), trusted)
            print("Opened")
        except Refusal as refusal:
            print(refusal)


if __name__ == "__main__":
    main()
