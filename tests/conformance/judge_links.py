"""Judges Signet's links by botocore and python's cryptography: reads a case a line (JSON: link, url,
resource, end, start, network, id, hash), makes the link or at least its policy for itself, and prints
`same`, `verified`, or what is wrong, a line.

    python judge_links.py KEY.pem < cases
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


def moment(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)


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


def judge(case):
    hash = HASHES[case["hash"]]
    signer = CloudFrontSigner(case["id"], lambda message: key.sign(message, padding.PKCS1v15(), hash))
    policy = build_policy(signer, case)
    canned = case["resource"] == case["url"] and case["start"] is None and case["network"] is None
    tail = "&Hash-Algorithm=SHA256" if case["hash"] == "SHA256" else ""
    if isinstance(key, rsa.RSAPrivateKey):
        theirs = signer.generate_presigned_url(case["url"], policy=policy)
        if canned:
            encoded = "Policy=" + signer._url_b64encode(policy.encode()).decode()
            theirs = theirs.replace(encoded, f"Expires={case['end']}")
        return "same" if theirs + tail == case["link"] else f"other: {theirs}"
    separator = "&" if "?" in case["url"] else "?"
    stated = f"Expires={case['end']}" if canned else (
        "Policy=" + signer._url_b64encode(policy.encode()).decode())
    before = f"{case['url']}{separator}{stated}&Signature="
    if not case["link"].startswith(before):
        return f"other beginning: {before}"
    signature, _, after = case["link"].removeprefix(before).partition("&")
    if after != f"Key-Pair-Id={case['id']}{tail}":
        return f"other end: {after}"
    raw = base64.b64decode(signature.replace("-", "+").replace("_", "=").replace("~", "/"), validate=True)
    try:
        key.public_key().verify(raw, policy.encode(), ec.ECDSA(hash))
        return "verified"
    except InvalidSignature:
        return "not verified"


for line in sys.stdin:
    print(judge(json.loads(line)))
