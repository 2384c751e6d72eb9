"""The keychain when it does not do as it is asked: absent, locked, dismissed, slow, dying, emptied."""

import os
import signal
import time

from stage import Stage, wait_for
from steps import add, add_papers, pem, rsa_key
from traces import files_with


def test_without_a_keychain_a_key_is_kept_nowhere(open_window):
    with Stage(keychain=False) as stage:
        key = rsa_key()
        path = stage.root / "signing.pem"
        path.write_bytes(pem(key))
        window = open_window(stage)
        add(stage, window, path)
        window.shows("This computer has no password store that answers", seconds=40)
        assert window.value("Name of the site") == "Client papers"
        assert files_with(stage, key) == []
        # One who starts it need not start Signet again.
        stage.unlock_keychain()
        window.click("Choose key file…")
        stage.choose_in_dialog("Choose key file", path)
        window.shows("“Client papers” is ready.")


def test_a_key_removed_outside_signet_is_missed_and_put_back(stage, open_window):
    window = open_window(stage)
    _, path = add_papers(stage, window)
    stage.run("secret-tool", "clear", "service", "Signet")
    window.click("Make a link")
    window.type("Which document?", "a.pdf")
    window.click("Create link")
    window.shows("The key “Client papers” is no longer in this computer's password store.")
    window.click("Choose key file…")
    stage.choose_in_dialog("Choose key file", path)
    # What was wrong goes, and the button moves up.
    window.shows("The key is back in this computer's password store.")
    window.click("Create link")
    assert window.link().startswith("https://docs.example.com/a.pdf?Expires=")


def ask_for_a_link(window):
    window.click("Make a link")
    window.type("Which document?", "a.pdf")
    window.click("Create link")


LOOK_FOR_PROMPT = ["xdotool", "search", "--onlyvisible", "--class", "gcr-prompter"]


def prompts(stage):
    return stage.run(*LOOK_FOR_PROMPT).stdout.split()


def answer_prompt(stage, *keys):
    prompt = wait_for("the question for the password", lambda: prompts(stage))[-1].decode()
    stage.run("xdotool", "windowactivate", "--sync", prompt)
    # GTK takes no key before its entry has the focus, and says nothing when it has.
    time.sleep(0.5)
    for action, text in keys:
        stage.run("xdotool", action, text)
    wait_for("the question to go", lambda: not prompts(stage))


def is_alive(window):
    """The window answers while it waits: what is typed appears, and its own commands go through."""
    window.type("Which document?", "other.pdf")
    window.shows("Client papers›other.pdf", seconds=3)


def test_a_locked_keychain_that_can_ask_nobody_is_locked(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    stage.lock_keychain()
    ask_for_a_link(window)
    window.shows("The password store of this computer is locked.")
    assert window.value("Which document?") == "a.pdf"


def test_a_dismissed_question_is_not_asked_again_and_the_next_try_asks(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    stage.lock_keychain()
    stage.start_prompter()
    ask_for_a_link(window)
    wait_for("the question for the password", lambda: prompts(stage))
    is_alive(window)
    answer_prompt(stage, ("key", "Escape"))
    window.shows("The password store was not unlocked.")
    # Long enough for a second question to come up, if one came.
    time.sleep(2)
    assert not prompts(stage)
    assert window.value("Which document?") == "other.pdf"

    window.click("Create link")
    answer_prompt(stage, ("type", "test password"), ("key", "Return"))
    assert window.link().startswith("https://docs.example.com/other.pdf?Expires=")


def test_a_dismissed_question_leaves_a_new_key_nowhere(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    stage.lock_keychain()
    stage.start_prompter()
    key = rsa_key()
    path = stage.root / "second.pem"
    path.write_bytes(pem(key))
    window.click("Sites")
    add(stage, window, path, name="Contracts")
    answer_prompt(stage, ("key", "Escape"))
    window.shows("The password store was not unlocked.")
    assert window.value("Name of the site") == "Contracts"
    assert files_with(stage, key) == []
    window.click("Sites")
    window.shows("Client papers")
    assert "Contracts" not in window.text()


def test_a_keychain_that_never_answers_is_given_up_and_asked_again(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    os.kill(stage.keychain.pid, signal.SIGSTOP)
    ask_for_a_link(window)
    window.shows("If your computer asks to unlock the password store, answer there first.")
    is_alive(window)
    window.shows("The password store did not answer in time.", seconds=75)
    os.kill(stage.keychain.pid, signal.SIGCONT)
    window.click("Create link")
    assert window.link().startswith("https://docs.example.com/other.pdf?Expires=")


def test_a_keychain_that_dies_while_it_is_asked_is_absent_until_it_is_back(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    os.kill(stage.keychain.pid, signal.SIGSTOP)
    ask_for_a_link(window)
    window.shows("Creating…")
    os.kill(stage.keychain.pid, signal.SIGKILL)
    window.shows("This computer has no password store that answers")
    stage.unlock_keychain()
    window.click("Create link")
    assert window.link().startswith("https://docs.example.com/a.pdf?Expires=")


def test_many_links_at_once_are_all_made(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    window.script("""
        const invoke = window.__TAURI_INTERNALS__.invoke;
        const ask = (id, number) => invoke("create_link", { request: {
          signer: { kind: "site", id }, address: `${number}.pdf`, lifetime: { kind: "oneDay" },
          limits: { start: null, network: "", folder: null }, note: "",
        } }).then(() => "made", (error) => error.code ?? String(error));
        window.answers = null;
        invoke("start").then(({ sites }) => Promise.all(Array.from({ length: 300 }, (_, n) => ask(sites[0].id, n))))
          .then((answers) => { window.answers = answers; }, (error) => { window.answers = [String(error)]; });
    """)
    answers = wait_for("all answers", lambda: window.script("return window.answers"), 120)
    assert answers == ["made"] * 300, {answer: answers.count(answer) for answer in set(answers)}
