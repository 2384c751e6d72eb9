"""A link, taken apart."""

import base64


def unsigned_parts(link):
    """The address, and the parameters behind it."""
    base, query = link.split("?", 1)
    return base, dict(part.split("=", 1) for part in query.split("&"))


def from_cloudfront(text):
    return base64.b64decode(text.replace("-", "+").replace("_", "=").replace("~", "/"))
