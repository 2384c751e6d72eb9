"""What of a key lies in a person's files, where nothing of it may lie."""

import base64
import os

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec


def der(key):
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def needles(key):
    """What of a key must not stand in any file: its numbers in every usual dress."""
    whole = der(key)
    # The middle of it: the beginning is the same for every key of the kind.
    secret = whole[len(whole) // 3 : -16]
    numbers = key.private_numbers()
    if isinstance(key, ec.EllipticCurvePrivateKey):
        secrets = [numbers.private_value]
    else:
        secrets = [numbers.p, numbers.q, numbers.d]
    raw = [secret[:48]] + [n.to_bytes((n.bit_length() + 7) // 8, "big")[:48] for n in secrets]
    for piece in raw:
        yield piece
        yield piece.hex().encode()
        for shift in range(3):
            # The first and last characters depend on the neighbours.
            yield base64.b64encode(bytes(shift) + piece)[4:-4]


def files_with(stage, key):
    wanted = list(needles(key))
    hits = []
    for folder, _, names in os.walk(stage.home):
        for name in names:
            path = os.path.join(folder, name)
            # The keychain's own file is encrypted and is where the key belongs.
            if os.path.isfile(path) and not os.path.islink(path):
                with open(path, "rb") as file:
                    content = file.read()
                # PEM breaks its lines wherever they are full.
                unbroken = content.replace(b"\r", b"").replace(b"\n", b"")
                if any(needle in content or needle in unbroken for needle in wanted):
                    hits.append(path)
    return hits
