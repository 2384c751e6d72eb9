"""The main path as staff go it: how few actions it takes, and that the main button is always in view."""

import pytest
from stage import wait_for
from steps import add_papers, fill_in, pem, rsa_key

IN_VIEW = """
    const button = document.querySelector(".button.main");
    const { top, bottom, left, right } = button.getBoundingClientRect();
    const middle = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return {
        name: button.textContent.trim(),
        isIn: top >= 0 && left >= 0 && bottom <= window.innerHeight && right <= window.innerWidth,
        isOnTop: button.contains(middle),
        size: [window.innerWidth, window.innerHeight],
    };
"""
EMPTY = """
    const fields = [...document.querySelectorAll("main input:not([type=radio])")].filter((one) => one.checkVisibility());
    return fields.map((field) => field.value);
"""
LONG = (
    "contracts/2026/Statement of the independent auditor on the consolidated accounts of the whole group with notes.pdf"
)


class Counted:
    """A window of which each action is counted: a click, or a field that is filled in."""

    def __init__(self, window):
        self.window, self.clicks, self.typed = window, [], []

    def click(self, name):
        self.clicks.append(name)
        self.window.click(name)

    def type_where_the_keyboard_is(self, text):
        """Without going to a field: it has to have the keyboard already."""
        self.typed.append(text)
        active = self.window.script("return document.activeElement")
        element = next(iter(active.values()))
        self.window._call("POST", f"/element/{element}/value", {"text": text})


def test_a_link_is_copied_with_two_actions_and_the_name_and_so_is_the_next(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    # A fresh start: the window opens where a link begins.
    window.close()
    window = open_window(stage)
    staff = Counted(window)
    links = []
    for name in ["Lease.pdf", "contracts/Offer.pdf"]:
        staff.type_where_the_keyboard_is(name)
        staff.click("Create link")
        staff.click("Copy link")
        window.shows("Copied")
        links.append(stage.clipboard())
        if name == "Lease.pdf":
            window.click("Another link")
            window.shows("Which document?")
            assert set(window.script(EMPTY)) <= {""}, "there is nothing to delete"
    assert (len(staff.clicks), len(staff.typed)) == (2 * len(links), len(links))
    assert "/Lease.pdf?" in links[0] and "/contracts/Offer.pdf?" in links[1]


# The field that has the keyboard, whole.
UNCOVERED = """
    const at = document.activeElement.getBoundingClientRect();
    const footer = document.querySelector(".footer").getBoundingClientRect();
    return at.top >= 0 && at.bottom <= footer.top;
"""


@pytest.mark.parametrize(("width", "height"), [(960, 720), (480, 720)])
def test_the_main_button_is_in_view_with_two_sites_an_error_and_a_long_name(stage, open_window, width, height):
    window = open_window(stage)
    add_papers(stage, window)
    window.click("Sites")
    path = stage.root / "second.pem"
    path.write_bytes(pem(rsa_key()))
    name = "Papers of the supervisory board and all of its committees"
    fill_in(window, name=name, site="board.example.com")
    window.click("Choose key file…")
    stage.choose_in_dialog("Choose key file", path)
    window.shows(f"“{name}” is ready.")
    window.click("Make a link")

    found = stage.run("xdotool", "search", "--onlyvisible", "--name", "^Signet$").stdout.split()[-1].decode()
    stage.run("xdotool", "windowsize", "--sync", found, str(width), str(height))
    window.type("Which document?", LONG)
    window.type("For whom?", "Ms Okafor of the legal department, who is away until Thursday")
    window.click("More limits")
    window.type("Only from one office", "10.0.0.0/8")
    window.click("Create link")
    window.shows("10.0.0.0/8")
    seen = window.script(IN_VIEW)
    assert seen["size"][0] <= width and seen["name"] == "Create link", seen
    assert seen["isIn"] and seen["isOnTop"], seen

    for label in ("Only from one office", "For whom?", "Which document?", "For whom?"):
        window.script("arguments[0].focus()", window.field(label))
        wait_for(f"{label} above the footer", lambda: window.script(UNCOVERED))
