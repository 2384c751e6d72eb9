"""Judges Signet's links and cookies by botocore and python's cryptography: reads a case a line (JSON:
url, resource, end, start, network, id, hash, and either link or cookies), makes the same for itself,
or for a P-256 key all but the signature, and prints `same`, `verified`, or what is wrong, a line.

    python botocore_oracle.py KEY.pem < cases
"""

import base64
import datetime
import json
import sys

from botocore.signers import CloudFrontSigner
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

HASHES = {"SHA1": hashes.SHA1(), "SHA256": hashes.SHA256()}
# The last second that a datetime can be.
LAST = 253402300799

with open(sys.argv[1], "rb") as file:
    key = serialization.load_pem_private_key(file.read(), None)


def judge(case):
    signer = CloudFrontSigner(case["id"], lambda message: sign(message, case["hash"]))
    policy = build_policy(signer, case)
    if "cookies" in case:
        return compare_cookies(signer, case, policy)
    return compare_links(signer, case, policy)


def compare_links(signer, case, policy):
    tail = "&Hash-Algorithm=SHA256" if case["hash"] == "SHA256" else ""
    if isinstance(key, rsa.RSAPrivateKey):
        theirs = links(signer, case, policy) + tail
        return "same" if theirs == case["link"] else f"other: {theirs}"
    separator = "&" if "?" in case["url"] else "?"
    stated = f"Expires={case['end']}" if is_canned(case) else f"Policy={encode(signer, policy)}"
    before = f"{case['url']}{separator}{stated}&Signature="
    if not case["link"].startswith(before):
        return f"other beginning: {before}"
    signature, _, after = case["link"].removeprefix(before).partition("&")
    if after != f"Key-Pair-Id={case['id']}{tail}":
        return f"other end: {after}"
    return verify(signature, policy, case["hash"])


def links(signer, case, policy):
    if not is_canned(case):
        return signer.generate_presigned_url(case["url"], policy=policy)
    if case["end"] <= LAST:
        return signer.generate_presigned_url(case["url"], moment(case["end"]))
    link = signer.generate_presigned_url(case["url"], policy=policy)
    return link.replace(f"Policy={encode(signer, policy)}", f"Expires={case['end']}")


def compare_cookies(signer, case, policy):
    """Botocore makes no cookies: their names are the documentation's, their values botocore's."""
    theirs = {"CloudFront-Key-Pair-Id": case["id"]}
    if is_canned(case):
        theirs["CloudFront-Expires"] = str(case["end"])
    else:
        theirs["CloudFront-Policy"] = encode(signer, policy)
    if case["hash"] == "SHA256":
        theirs["CloudFront-Hash-Algorithm"] = "SHA256"
    ours = dict(case["cookies"])
    if isinstance(key, rsa.RSAPrivateKey):
        signature = signer.rsa_signer(policy.encode())
        theirs["CloudFront-Signature"] = signer._url_b64encode(signature).decode()
        return "same" if theirs == ours else f"other: {theirs}"
    signature = ours.pop("CloudFront-Signature")
    return verify(signature, policy, case["hash"]) if theirs == ours else f"other: {theirs}"


def is_canned(case):
    """As `aws cloudfront sign` decides."""
    limited = case["start"] is not None or case["network"] is not None
    return not limited and "*" not in case["resource"] and case["resource"] == case["url"]


def build_policy(signer, case):
    if max(case["end"], case["start"] or 0) <= LAST:
        start = None if case["start"] is None else moment(case["start"])
        return signer.build_policy(
            case["resource"], moment(case["end"]), date_greater_than=start, ip_address=case["network"]
        )
    # Beyond the year 9999 datetime has no words: the same shape by hand.
    condition = {"DateLessThan": {"AWS:EpochTime": case["end"]}}
    if case["network"]:
        network = case["network"] if "/" in case["network"] else case["network"] + "/32"
        condition["IpAddress"] = {"AWS:SourceIp": network}
    if case["start"] is not None:
        condition["DateGreaterThan"] = {"AWS:EpochTime": case["start"]}
    statement = {"Resource": case["resource"], "Condition": condition}
    return json.dumps({"Statement": [statement]}, separators=(",", ":"))


def moment(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)


def encode(signer, policy):
    return signer._url_b64encode(policy.encode()).decode()


def sign(message, hash):
    return key.sign(message, padding.PKCS1v15(), HASHES[hash])


def verify(signature, policy, hash):
    raw = base64.b64decode(signature.replace("-", "+").replace("_", "=").replace("~", "/"), validate=True)
    try:
        key.public_key().verify(raw, policy.encode(), ec.ECDSA(HASHES[hash]))
        return "verified"
    except InvalidSignature:
        return "not verified"


for line in sys.stdin:
    print(judge(json.loads(line)))
