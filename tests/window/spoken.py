#!/usr/bin/python3
"""Prints what a screen reader is given of a program, in its order: one line each, with role, name and description,
and whether it has the keyboard. By AT-SPI, so with the system's own Python, which has the library for it.

    spoken.py PROGRAM
"""

import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

CHOSEN = Atspi.StateType.CHECKED

# What only holds other things is not spoken.
SILENT = {"panel", "section", "filler", "redundant object", "unknown", "internal frame", "scroll pane", "document web"}


def walk(node):
    role, name = node.get_role_name(), (node.get_name() or "").strip()
    states = node.get_state_set()
    has_keyboard = states.contains(Atspi.StateType.FOCUSED)
    if name == "" and "Text" in node.get_interfaces():
        # What stands for the parts inside is no text.
        text = Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))
        name = " ".join(text.replace("\ufffc", " ").split())
    if role not in SILENT and (name or has_keyboard):
        notes = [note for note, is_so in [("keyboard", has_keyboard), ("chosen", states.contains(CHOSEN))] if is_so]
        print("\t".join([role, name, node.get_description() or "", " ".join(notes)]))
    for at in range(node.get_child_count()):
        child = node.get_child_at_index(at)
        if child is not None:
            walk(child)


Atspi.init()
desktop = Atspi.get_desktop(0)
for at in range(desktop.get_child_count()):
    program = desktop.get_child_at_index(at)
    if program is not None and program.get_name() == sys.argv[1]:
        walk(program)
