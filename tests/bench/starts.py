"""How long a window takes to come up, and what it keeps in memory."""

import mmap
import os
import re
import signal
import struct
import time
from pathlib import Path

from stage import wait_for

# The colour of the one main button of the first screen, as it lies in the screen's memory.
BUTTON = bytes((0x8F, 0x47, 0x23))


# Every how many rows are looked at. All of them, a thousand times a second, take half a core from the programs.
ROWS = 16


class Screen:
    """The pixels of the stage's display, without asking the display for them.

    They lie in a file of the format XWD (`X11/XWDFile.h`).
    """

    def __init__(self, stage):
        path = stage.root / "Xvfb_screen0"
        with wait_for("the screen's memory", lambda: path.exists() and path.open("rb")) as file:
            self.memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack(">25I", self.memory[:100])
        size, height, stride, colours = header[0], header[5], header[12], header[19]
        first = size + colours * 12
        self.rows = [slice(at, at + stride) for at in range(first, first + height * stride, ROWS * stride)]

    def shows_button(self):
        return sum(self.memory[row].count(BUTTON) for row in self.rows) > 3000 / ROWS


def start(stage, program):
    """Seconds from the start of the program to its button on the screen, and its memory in MiB."""
    screen = Screen(stage)
    wait_for("an empty screen", lambda: not screen.shows_button())
    # One who sits at a computer has started programs before: what all windows load is in memory.
    began = time.monotonic()
    process = stage.start(str(program))
    while not screen.shows_button():
        assert time.monotonic() < began + 30, "no button came up"
        time.sleep(0.001)
    seconds = time.monotonic() - began
    time.sleep(2)
    memory = memory_of(process.pid)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return seconds, memory


def memory_of(session):
    """What all processes of the session have, shared pages divided among those that share them."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rsplit(")", 1)[1].split()[3]) == session:
                rollup = (stat.parent / "smaps_rollup").read_text()
                total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total / 1024
