"""Says whether the signature of a request (JSON on the input: method, path, head, body) is the one that
AWS works out itself for these bytes with this secret key (Signature Version 4)."""

import hashlib
import hmac
import json
import re
import sys
from urllib.parse import parse_qsl, quote

call, secret = json.load(sys.stdin), sys.argv[1]
headers = {}
for line in call["head"].strip().split("\r\n")[1:]:
    name, value = line.split(":", 1)
    headers[name.lower()] = value.strip()
credential, signed, signature = re.match(
    r"AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)$",
    headers["authorization"],
).groups()
_, day, region, service, end = credential.rsplit("/", 4)

path, _, query = call["path"].partition("?")
query = sorted(parse_qsl(query, keep_blank_values=True))
query = "&".join("{}={}".format(quote(name, "-_.~"), quote(value, "-_.~")) for name, value in query)
request = "\n".join(
    [
        call["method"],
        path,
        query,
        *("{}:{}".format(name, headers[name]) for name in signed.split(";")),
        "",
        signed,
        hashlib.sha256(call["body"].encode()).hexdigest(),
    ]
)
scope = "/".join([day, region, service, end])
digest = hashlib.sha256(request.encode()).hexdigest()
text = "\n".join(["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, digest])
key = ("AWS4" + secret).encode()
for part in [day, region, service, end, text]:
    key = hmac.new(key, part.encode(), hashlib.sha256).digest()
print("right" if key.hex() == signature else "wrong")
