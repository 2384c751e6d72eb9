"""Signet's window beside a bare Tauri window from the same tree: start, memory, size, and the way
from *Create link* to the link. Every figure is a ratio or a difference measured in this run.

    python window.py PROGRAMS    (the folder with signet-desktop and bare-window)
"""

import os
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "window"))
from stage import Stage, Window, wait_for
from starts import start
from steps import add_papers

PROGRAMS = Path(sys.argv[1]).resolve()
SIGNET, BARE = PROGRAMS / "signet-desktop", PROGRAMS / "bare-window"
STARTS, LINKS = 15, 40


def start_afresh(program):
    with Stage(keychain=False) as stage:
        return start(stage, program)


TIMED_CALL = """
    const [command] = arguments;
    window.took = null;
    const began = performance.now();
    window.__TAURI_INTERNALS__.invoke(command, {}).then(() => (window.took = performance.now() - began));
"""

TIMED_LINK = """
    window.took = null;
    const button = [...document.querySelectorAll("button")].find((b) => b.textContent === "Create link");
    const began = performance.now();
    new MutationObserver((_, observer) => {
        if (document.getElementById("link") === null) return;
        observer.disconnect();
        window.took = performance.now() - began;
    }).observe(document.body, { childList: true, subtree: true });
    button.click();
"""


def took(window, script, *arguments):
    window.script(script, *arguments)
    # In a list, for WebKit's clock ticks in milliseconds and nothing may have been 0 of them.
    ask = "return window.took === null ? [] : [window.took]"
    return wait_for("the end", lambda: window.script(ask))[0]


def calls(command, key):
    """Milliseconds of a bare call that signs, and nothing else."""
    with Stage(keychain=False) as stage:
        stage.env["BARE_RSA_KEY"] = str(key)
        window = Window(stage, BARE)
        return [took(window, TIMED_CALL, command) for _ in range(LINKS)]


def links(window):
    """Milliseconds from *Create link* to the link in the page."""
    for n in range(LINKS):
        window.type("Which document?", f"Letter {n}.html")
        yield took(window, TIMED_LINK)
        window.click("New link")


def middle(values):
    return statistics.median(values)


def mean(values):
    """Of whole milliseconds: their middle would be a whole one too."""
    return statistics.fmean(values)


def main():
    pairs = [(start_afresh(SIGNET), start_afresh(BARE)) for _ in range(STARTS)]
    for what, number, unit in [("start to usable window", 0, "s"), ("memory", 1, "MiB")]:
        ours = middle(pair[0][number] for pair in pairs)
        bare = middle(pair[1][number] for pair in pairs)
        print(f"{what}: {ours:.3g} {unit}, bare {bare:.3g} {unit}: ratio {ours / bare:.2f}")
    ours, bare = (os.path.getsize(program) / 1e6 for program in (SIGNET, BARE))
    print(f"size: {ours:.3g} MB, bare {bare:.3g} MB: ratio {ours / bare:.2f}")

    with Stage() as stage:
        window = Window(stage, SIGNET)
        _, path = add_papers(stage, window)
        window.click("Make a link")
        rsa = list(links(window))
        window.click("Practice")
        p256 = list(links(window))
        bare = {"RSA": calls("sign_rsa", path), "P-256": calls("sign_p256", path)}
    for kind, ours in [("RSA", rsa), ("P-256", p256)]:
        more = mean(ours) - mean(bare[kind])
        where = "key in the keychain" if kind == "RSA" else "practice key"
        print(
            f"Create link to link, {kind}, {where}: {mean(ours):.3g} ms, "
            f"bare call with a signature {mean(bare[kind]):.3g} ms: {more:.3g} ms more"
        )


main()
