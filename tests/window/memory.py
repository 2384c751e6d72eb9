"""What stands in the memory of another process, where nothing of a key may stand any more."""

import os
import signal
from pathlib import Path

from traces import der

PAGE = os.sysconf("SC_PAGE_SIZE")
PRESENT = 1 << 63


def process_of(stage, program):
    """The one process of this stage that runs this program."""
    found = [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if _is(stage, pid, program)]
    assert len(found) == 1, found
    return found[0]


def _is(stage, pid, program):
    try:
        if Path(f"/proc/{pid}/exe").readlink() != program:
            return False
        return f"HOME={stage.home}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return False


class Memory:
    """Every page that a process may write and has in use, as it is in one moment."""

    def __init__(self, pid):
        # Nothing moves while it is read.
        os.kill(pid, signal.SIGSTOP)
        try:
            self.areas = dict(self._areas(pid))
        finally:
            os.kill(pid, signal.SIGCONT)

    @staticmethod
    def _areas(pid):
        with open(f"/proc/{pid}/pagemap", "rb") as pages, open(f"/proc/{pid}/mem", "rb", 0) as memory:
            for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
                where, rights, *rest = line.split(maxsplit=5)
                start, end = (int(address, 16) for address in where.split("-"))
                if not rights.startswith("rw"):
                    continue
                pages.seek(start // PAGE * 8)
                state = pages.read((end - start) // PAGE * 8)
                kept = []
                for number, entry in enumerate(memoryview(state).cast("Q")):
                    # Pages that are nowhere hold nothing.
                    if entry >> 62:
                        if kept and kept[-1][1] == number:
                            kept[-1][1] = number + 1
                        else:
                            kept.append([number, number + 1])
                for first, last in kept:
                    memory.seek(start + first * PAGE)
                    try:
                        yield (start + first * PAGE, (rest[-1] if len(rest) == 4 else "")), memory.read((last - first) * PAGE)
                    except OSError:
                        pass

    def size(self):
        return sum(len(area) for area in self.areas.values())

    def found(self, needles):
        """Which of these are there: the names of those of which a piece is."""
        return sorted({name for name, piece in needles if any(piece in area for area in self.areas.values())})

    def places(self, needles):
        for name, piece in needles:
            for (start, what), area in self.areas.items():
                at = area.find(piece)
                while at >= 0:
                    yield name, hex(start + at), what, area[max(0, at - 48):at + 80]
                    at = area.find(piece, at + 1)


def pieces(name, secret, size=32):
    """A piece that is left behind is a leak too."""
    for start in range(0, len(secret) - size + 1, size):
        yield name, secret[start : start + size]


def of_rsa_key(key):
    """Its numbers, as files write them and as processors hold them: the other end first."""
    numbers = key.private_numbers()
    for name in ("p", "q", "d", "dmp1", "dmq1", "iqmp"):
        number = getattr(numbers, name)
        big = number.to_bytes((number.bit_length() + 7) // 8, "big")
        yield from pieces(name, big)
        yield from pieces(name, big[::-1])


def of_text(name, text, size):
    """A text in one byte a character, and in two as WebKit also keeps it."""
    yield from pieces(name, text.encode(), size)
    yield from pieces(name, text.encode("utf-16-le"), 2 * size)


def of_pem(text):
    """The lines of a key file: those behind its public half."""
    lines = text.decode().splitlines()[6:-2]
    return [("its file", line.encode()) for line in lines]
