"""When links end, in the real window: a day from the calendar, by mouse and by keyboard, and a site's own end of days."""

import datetime
from zoneinfo import ZoneInfo

from links import unsigned_parts
from stage import WEBDRIVER_ELEMENT, wait_for
from steps import add_papers, open_site

KEYS = {"right": "\ue014", "down": "\ue015", "enter": "\ue007", "left": "\ue012", "page down": "\ue00f"}
DAYS = """
    const days = [...document.querySelectorAll(".calendar [data-value]:not([data-outside-month]):not([data-disabled])")];
    return days.filter((day) => day.matches(".day")).map((day) => [day.getAttribute("data-value"), day]);
"""
FOCUSED = "return document.activeElement?.getAttribute('data-value')"


def zone_of(window):
    return ZoneInfo(window.stage.env["TZ"])


def today_in(window):
    return datetime.datetime.now(zone_of(window)).date()


def ends_at(window, hour, minute):
    """The day on which the link of *Your link* ends, whose time of day must be this one."""
    seconds = int(unsigned_parts(window.link())[1]["Expires"])
    end = datetime.datetime.fromtimestamp(seconds, zone_of(window))
    assert (end.hour, end.minute, end.second) == (hour, minute, 0), end
    return end.date()


def days(window):
    """The days of the month that is shown and can be chosen, by their dates."""
    return dict(wait_for("the calendar", lambda: window.script(DAYS)))


def press(window, key):
    window._call(
        "POST",
        f"/element/{window.script('return document.activeElement')[WEBDRIVER_ELEMENT]}/value",
        {"text": KEYS[key]},
    )


def begin(window, name):
    window.click("New link")
    window.type("Which document?", name)
    window.click("Another day…")


def test_a_day_is_chosen_in_the_calendar_by_mouse_and_by_keyboard(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    begin(window, "by mouse.pdf")
    window.script("document.querySelector('[aria-label=\"The month after\"]').click()")
    today = today_in(window)
    month = (today.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
    wait_for("the next month", lambda: str(month) in days(window))
    wanted = month.replace(day=17)
    window._call("POST", f"/element/{days(window)[str(wanted)][WEBDRIVER_ELEMENT]}/click", {})
    window.shows(f"Until {wanted:%A} {wanted.day} {wanted:%B %Y}, 18:00")
    assert window.value("Day") == f"{wanted.day} {wanted:%B %Y}"
    window.click("Create link")
    assert ends_at(window, 18, 0) == wanted

    # By keyboard from today: to the left there is nothing to choose.
    begin(window, "by keyboard.pdf")
    window.script("arguments[0].focus()", days(window)[str(today)])
    for key in ["left", "down", "right"]:
        press(window, key)
    wanted = today + datetime.timedelta(days=8)
    wait_for("the day after a week", lambda: window.script(FOCUSED) == str(wanted))
    press(window, "enter")
    window.shows(f"Until {wanted:%A} {wanted.day} {wanted:%B %Y}, 18:00")
    # What is typed moves the calendar.
    window.type("Day", "31 March 2031")
    window.shows("Until Monday 31 March 2031, 18:00")
    wait_for("its month", lambda: "2031-03-31" in days(window))
    window.type("Time", "09:15")
    window.shows("Until Monday 31 March 2031, 09:15")
    window.click("Create link")
    assert ends_at(window, 9, 15) == datetime.date(2031, 3, 31)


def test_a_link_ends_when_its_sites_working_day_does(stage, open_window):
    window = open_window(stage)
    add_papers(stage, window)
    open_site(window)
    window.type("Working day ends at", "half past")
    window.click("Save")
    window.shows("This is not a time of day.")
    assert window.value("Working day ends at") == "half past"
    window.type("Working day ends at", "17:30")
    window.click("Save")
    window.shows("Links that work until a day end at 17:30 now.")
    window.close()

    window = open_window(stage)
    tomorrow = today_in(window) + datetime.timedelta(days=1)
    window.type("Which document?", "a.pdf")
    window.click("Tomorrow")
    window.click("Create link")
    assert ends_at(window, 17, 30) == tomorrow
    begin(window, "b.pdf")
    window.type("Day", "31 March 2031")
    window.shows("Until Monday 31 March 2031, 17:30")
    window.click("Create link")
    assert ends_at(window, 17, 30) == datetime.date(2031, 3, 31)

    open_site(window)
    window.type("Working day ends at", "18:00")
    window.click("Save")
    window.shows("Links that work until a day end at 18:00 now.")
    window.click("New link")
    window.type("Which document?", "c.pdf")
    window.click("One week")
    window.click("Create link")
    assert ends_at(window, 18, 0) == today_in(window) + datetime.timedelta(days=7)
