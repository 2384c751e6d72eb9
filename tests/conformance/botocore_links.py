"""botocore's links: reads a case a line (JSON: url, expires, id), prints a link a line.

    python botocore_links.py KEY.pem < cases
"""

import datetime
import json
import sys

from botocore.signers import CloudFrontSigner
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

with open(sys.argv[1], "rb") as file:
    key = serialization.load_pem_private_key(file.read(), None)


def sign(message):
    return key.sign(message, padding.PKCS1v15(), hashes.SHA1())


for line in sys.stdin:
    case = json.loads(line)
    end = datetime.datetime.fromtimestamp(case["expires"], datetime.timezone.utc)
    print(CloudFrontSigner(case["id"], sign).generate_presigned_url(case["url"], end))
