"""Verifies P-256 links with python's cryptography: reads a case a line (JSON: url, expires, link),
builds the canned policy for itself, and prints `true` or `false` a line.

    python verify_p256.py PUBLIC.pem < cases
"""

import base64
import json
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

with open(sys.argv[1], "rb") as file:
    key = serialization.load_pem_public_key(file.read())

for line in sys.stdin:
    case = json.loads(line)
    policy = '{"Statement":[{"Resource":"%s","Condition":{"DateLessThan":{"AWS:EpochTime":%d}}}]}'
    signed = dict(part.split("=", 1) for part in case["link"].split("?", 1)[1].split("&") if "=" in part)
    base64_text = signed["Signature"].replace("-", "+").replace("_", "=").replace("~", "/")
    try:
        message = (policy % (case["url"], case["expires"])).encode()
        key.verify(base64.b64decode(base64_text, validate=True), message, ec.ECDSA(hashes.SHA256()))
        print("true")
    except InvalidSignature:
        print("false")
