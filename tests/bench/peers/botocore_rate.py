"""botocore signs with python's cryptography, the key loaded once, as a script does: an address after
another for so many seconds, then prints links per second and the first link. Without SECONDS it
prints the link of each address instead.

    python botocore_rate.py KEY.pem HASH ID END ADDRESSES [SECONDS]
"""

import datetime
import itertools
import sys
import time

from botocore.signers import CloudFrontSigner
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

path, hash_name, id, end, addresses, *seconds = sys.argv[1:]
with open(path, "rb") as file:
    key = serialization.load_pem_private_key(file.read(), None)
hash = {"SHA1": hashes.SHA1(), "SHA256": hashes.SHA256()}[hash_name]
tail = {"SHA1": "", "SHA256": "&Hash-Algorithm=SHA256"}[hash_name]
end = datetime.datetime.fromtimestamp(int(end), datetime.timezone.utc)
with open(addresses) as file:
    addresses = file.read().splitlines()


def sign_rsa(message):
    return key.sign(message, padding.PKCS1v15(), hash)


def sign_p256(message):
    return key.sign(message, ec.ECDSA(hash))


signer = CloudFrontSigner(id, sign_rsa if isinstance(key, rsa.RSAPrivateKey) else sign_p256)


def sign(address):
    return signer.generate_presigned_url(address, date_less_than=end) + tail


if not seconds:
    for address in addresses:
        print(sign(address))
    sys.exit()

first = sign(addresses[0])
began = time.perf_counter()
for count, address in enumerate(itertools.cycle(addresses), 1):
    sign(address)
    took = time.perf_counter() - began
    if took >= float(seconds[0]):
        break
print(count / took, first)
