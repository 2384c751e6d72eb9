"""What the language itself is made of cannot be changed in the window's page."""

import json
import subprocess

# A context of its own in Node has what the language defines, and nothing of a page.
OF_THE_LANGUAGE = "console.log(JSON.stringify(require('vm').runInNewContext('Object.getOwnPropertyNames(globalThis)')))"

# Everything that is reached from those names, and from what the language makes, without the script
# that froze it. Gives the ways to what can be changed.
LOOK = """
    const [names] = arguments;
    const seen = new Map();
    const go = (value, way) => {
        if (Object(value) !== value || value === globalThis || seen.has(value)) return;
        seen.set(value, way);
        go(Object.getPrototypeOf(value), way + ".[prototype]");
        for (const key of Reflect.ownKeys(value)) {
            const { value: inside, get, set } = Reflect.getOwnPropertyDescriptor(value, key);
            for (const each of [inside, get, set]) go(each, `${way}.${String(key)}`);
        }
    };
    for (const name of names) go(globalThis[name], name);
    const made = {
        "an async function": async () => {}, "a generator": function* () {}, "an async generator": async function* () {},
        "an array's iterator": [].values(), "a text's iterator": ""[Symbol.iterator](), "a map's iterator": new Map().keys(),
        "a set's iterator": new Set().values(), "matches": "".matchAll(/a/g), "segments": new Intl.Segmenter().segment("a"),
    };
    for (const [name, value] of Object.entries(made)) go(Object.getPrototypeOf(value), name);
    const ways = [...seen].filter(([value]) => !Object.isFrozen(value)).map(([, way]) => way);
    const names_left = names.filter((name) => {
        const property = Object.getOwnPropertyDescriptor(globalThis, name);
        return property && (property.writable || property.configurable);
    });
    return [seen.size, ways, names_left];
"""

# Tries what a clever name in some data would do, and says what came of it.
TRY = """
    "use strict";
    const [count] = arguments;
    const tries = {
        Array: () => { Array.prototype.map = 0; }, Promise: () => { Promise.prototype.then = 0; },
        Map: () => { Map.prototype.get = 0; }, JSON: () => { JSON.parse = 0; }, String: () => { String.prototype.extra = 0; },
        Function: () => { Function.prototype.call = 0; }, call: () => { Array.prototype.map.call = 0; },
        iterator: () => { [].values().__proto__.next = 0; }, global: () => { window.Promise = 0; },
        Error: () => { Error.prototype.message = 0; }, Object: () => { ({}).__proto__.extra = 0; },
    };
    return Object.entries(tries).filter(([, run]) => { try { run(); return true; } catch { return false; } }).map(([name]) => name);
"""

# What libraries do with objects of their own still works.
USE = """
    "use strict";
    class OwnError extends TypeError { constructor() { super("first"); this.name = "OwnError"; this.message = "then"; } }
    const error = new OwnError();
    const plain = new Error("a"); plain.name = "Plain";
    return [String(error), String(plain), String(new RangeError("b")), Object.keys([1]).length];
"""


def test_nothing_of_the_language_can_be_changed(stage, open_window):
    window = open_window(stage)
    names = json.loads(subprocess.run(["node", "-e", OF_THE_LANGUAGE], capture_output=True, check=True).stdout)
    # What Node adds to the language; the page has another one, which shows the driver's messages.
    names = [name for name in names if name not in ("console", "globalThis", "undefined", "NaN", "Infinity")]
    seen, changeable, left = window.script(LOOK, names)
    assert seen > 500, "so many are looked at"
    assert (changeable, left) == ([], [])
    # The positive control: the page's own objects are not the language's, and the look says so.
    assert window.script(LOOK, ["Node"])[1] != []
    assert window.script(TRY) == []
    assert window.script(USE) == ["OwnError: then", "Plain: a", "RangeError: b", 1]
