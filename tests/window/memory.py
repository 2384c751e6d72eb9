"""What stands in the memory of another process, where nothing of a key may stand any more."""

import base64
import os
import signal
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from traces import der

PAGE = os.sysconf("SC_PAGE_SIZE")


def process_of(stage, program):
    """The one process of this stage that runs this program."""
    pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    found = [pid for pid in pids if _is(stage, pid, program)]
    assert len(found) == 1, found
    return found[0]


def _is(stage, pid, program):
    process = Path(f"/proc/{pid}")
    try:
        if (process / "exe").readlink() != program.resolve():
            return False
        return f"HOME={stage.home}".encode() in (process / "environ").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return False


class Memory:
    """Every page that a process may write and has in use, as it is in one moment."""

    def __init__(self, pid):
        # Nothing moves while it is read.
        os.kill(pid, signal.SIGSTOP)
        try:
            self.areas = list(_areas(pid))
        finally:
            os.kill(pid, signal.SIGCONT)
        assert sum(map(len, self.areas)) > 0, "the memory of this process was read"

    def found(self, needles):
        """The names of those of which a piece is there."""
        return sorted({name for name, piece in needles if any(piece in area for area in self.areas)})


def _areas(pid):
    with open(f"/proc/{pid}/pagemap", "rb") as pages, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            where, rights = line.split()[:2]
            # The kernel's own pages cannot be read by anybody.
            if not rights.startswith("rw") or line.endswith("[vvar]"):
                continue
            start, end = (int(address, 16) for address in where.split("-"))
            pages.seek(start // PAGE * 8)
            entries = memoryview(pages.read((end - start) // PAGE * 8)).cast("Q")
            for first, last in _in_use(entries):
                memory.seek(start + first * PAGE)
                try:
                    yield memory.read((last - first) * PAGE)
                except OSError:
                    # A device's, such as a graphics card's.
                    continue


def _in_use(entries):
    """The runs of pages that are in memory or swapped out; the others hold nothing."""
    first = None
    for number, entry in enumerate(entries):
        if entry >> 62 and first is None:
            first = number
        elif not entry >> 62 and first is not None:
            yield first, number
            first = None
    if first is not None:
        yield first, len(entries)


def _pieces(name, secret, size):
    """What is left behind of a secret is a leak too."""
    for start in range(0, len(secret) - size + 1, size):
        yield name, secret[start : start + size]


def _number(name, number):
    """As files write it, and as processors hold it: the other end first."""
    big = number.to_bytes((number.bit_length() + 7) // 8, "big")
    size = min(32, len(big) // 2)
    yield from _pieces(name, big, size)
    yield from _pieces(name, big[::-1], size)


def of_key(key):
    """Its numbers, and its DER in base64 as files hold it; the DER itself is made of the numbers."""
    numbers = key.private_numbers()
    names = (
        ["private_value"] if isinstance(key, ec.EllipticCurvePrivateKey) else ["p", "q", "d", "dmp1", "dmq1", "iqmp"]
    )
    for name in names:
        yield from _number(name, getattr(numbers, name))
    whole = der(key)
    # Behind the public half of RSA's, which begins a file; of P-256's the number stands before it.
    secret = whole[320:] if len(names) > 1 else whole[36:68]
    for shift in range(3):
        # The first and last characters depend on the neighbours.
        text = base64.b64encode(bytes(shift) + secret)[4:-4]
        yield from _pieces("base64", text, min(48, len(text)))


def of_text(name, text, size):
    """A text of one byte a character, and of two, as WebKit has it too."""
    yield from _pieces(name, text.encode(), size)
    yield from _pieces(name, text.encode("utf-16-le"), 2 * size)


def of_signature(name, signature, text):
    """A link's signature as it is made, and as the link has it."""
    yield from _pieces(name, signature, 32)
    yield from _pieces(name, signature[::-1], 32)
    yield from of_text(name, text, 43)
