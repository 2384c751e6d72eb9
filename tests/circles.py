#!/usr/bin/env python3
"""Looks for circles: Rust modules beside each other that need each other.

    tests/circles.py lib.rs…     of crates by their first file

A Rust module and what is inside it are one room, and may speak of each other. Two modules beside each other may not,
however far inside them it happens and however many others stand between. `use` and paths alike are followed to where
the name is declared, through whatever passes it on. Tests may look anywhere and are left out.

Deliberately not here: methods, which belong to their type wherever they are written; which crate may use which, for
Cargo keeps that; and the UI, whose `imports.test.ts` looks for the same.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

Name = tuple[str, ...]
Edges = dict[tuple[Name, Name], set[tuple[Name, Name]]]

TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|b?r(#*)".*?"\1|b?"(?:\\.|[^"\\])*"|b?\'(?:\\.[^\']*|[^\'\\])\'|\'\w+|\w+|::|=>|->|[^\s]',
    re.DOTALL,
)


def tokens(text: str) -> list[str]:
    """The words and marks of a file, without comments and texts."""
    found = (match.group() for match in TOKEN.finditer(text))
    return [token for token in found if not re.match(r'//|/\*|b?r?#*"|\'|b\'', token)]


def end_of(words: list[str], start: int, opening: str, closing: str) -> int:
    """Behind the mark that closes the one at `start`."""
    depth = 0
    for at in range(start, len(words)):
        depth += (words[at] == opening) - (words[at] == closing)
        if depth == 0:
            return at + 1
    return len(words)


def end_of_item(words: list[str], start: int) -> int:
    """Behind the item that begins at `start`."""
    at = start
    while at < len(words):
        if words[at] in "([":
            at = end_of(words, at, words[at], {"(": ")", "[": "]"}[words[at]])
        elif words[at] == "{":
            return end_of(words, at, "{", "}")
        elif words[at] == ";":
            return at + 1
        else:
            at += 1
    return at


def without_tests(words: list[str]) -> list[str]:
    """The words without the items that only tests have."""
    kept: list[str] = []
    at = 0
    while at < len(words):
        if words[at : at + 2] == ["#", "["]:
            end = end_of(words, at + 1, "[", "]")
            attribute = words[at + 2 : end - 1]
            if attribute[:3] == ["cfg", "(", "test"] or attribute == ["test"]:
                while words[end : end + 2] == ["#", "["]:
                    end = end_of(words, end + 1, "[", "]")
                at = end_of_item(words, end)
                continue
            at = end
            continue
        kept.append(words[at])
        at += 1
    return kept


def trees(words: list[str], at: int, before: Name = ()) -> tuple[list[tuple[Name, str]], int]:
    """The paths of a `use`, each with the name that it gets here, and where the words go on."""
    path, alias = list(before), ""
    found: list[tuple[Name, str]] = []
    while at < len(words):
        word = words[at]
        if word == "::":
            at += 1
        elif word == "{":
            at += 1
            while words[at] != "}":
                inner, at = trees(words, at, tuple(path))
                found += inner
                at += words[at] == ","
            return found, at + 1
        elif word == "as":
            alias, at = words[at + 1], at + 2
        elif word in ",;}":
            break
        else:
            path.append(word)
            at += 1
    if path[-1] == "self":
        path.pop()
    return [(tuple(path), alias or path[-1])], at


class Module:
    def __init__(self) -> None:
        self.children: set[str] = set()
        self.uses: list[tuple[Name, str]] = []
        self.paths: set[Name] = set()


def read(words: list[str], name: Name, crate: dict[Name, Module]) -> None:
    module = crate.setdefault(name, Module())
    at = 0
    while at < len(words):
        # What an `impl` type captures is written with the same word: `use<T>`.
        if words[at] == "use" and words[at + 1 : at + 2] != ["<"]:
            found, at = trees(words, at + 1)
            module.uses += found
        elif words[at] == "mod" and words[at + 2 : at + 3] == ["{"]:
            end = end_of(words, at + 2, "{", "}")
            module.children.add(words[at + 1])
            read(words[at + 3 : end - 1], (*name, words[at + 1]), crate)
            at = end
        elif words[at] == "mod" and words[at + 2 : at + 3] == [";"]:
            module.children.add(words[at + 1])
            at += 3
        elif words[at + 1 : at + 2] == ["::"] and re.match(r"\w", words[at]):
            path = [words[at]]
            at += 1
            while at + 1 < len(words) and words[at] == "::" and re.match(r"\w", words[at + 1]):
                path.append(words[at + 1])
                at += 2
            module.paths.add(tuple(path))
        else:
            at += 1


def modules(root: Path) -> dict[Name, Module]:
    """The modules of the crate whose first file is `root`, by their names."""
    crate: dict[Name, Module] = {}

    def load(file: Path, name: Name) -> None:
        read(without_tests(tokens(file.read_text())), name, crate)
        inside = file.parent if not name or file.name == "mod.rs" else file.with_suffix("")
        for child in sorted(crate[name].children):
            for place in (inside / f"{child}.rs", inside / child / "mod.rs"):
                if place.exists() and (*name, child) not in crate:
                    load(place, (*name, child))

    load(root, ())
    return crate


def declared(crate: dict[Name, Module], home: Name, path: Name, seen: frozenset = frozenset()) -> Name | None:
    """The module in which what the path says is declared, or nothing where it is another crate's."""
    if (home, path) in seen:
        return None
    seen |= {(home, path)}
    at, rest = home, list(path)
    if rest[0] == "crate":
        at, rest = (), rest[1:]
    else:
        while rest and rest[0] in ("self", "super"):
            at = at[:-1] if rest[0] == "super" else at
            rest = rest[1:]
    is_relative = len(rest) == len(path)
    while rest:
        module = crate[at]
        if rest[0] in module.children and (*at, rest[0]) in crate:
            at, rest = (*at, rest[0]), rest[1:]
            is_relative = False
            continue
        for target, name in module.uses:
            if name == rest[0] and target != (rest[0],):
                return declared(crate, at, (*target, *rest[1:]), seen)
            if name == "*" and (wide := declared(crate, at, target[:-1] or ("self",), seen)) not in (None, at):
                passed_on = rest[0] in crate[wide].children or any(name == rest[0] for _, name in crate[wide].uses)
                if passed_on:
                    return declared(crate, wide, ("self", *rest), seen)
        return None if is_relative else at
    return at


def needs(crate: dict[Name, Module]) -> Edges:
    """Which neighbour needs which, each with the modules inside them because of which it does."""
    found: Edges = {}
    for home, module in crate.items():
        paths = {path[:-1] if name == "*" else path for path, name in module.uses} | module.paths
        for path in paths:
            there = declared(crate, home, path) if path else None
            if there is None:
                continue
            shared = 0
            while shared < min(len(home), len(there)) and home[shared] == there[shared]:
                shared += 1
            if shared < min(len(home), len(there)):
                pair = (home[: shared + 1], there[: shared + 1])
                found.setdefault(pair, set()).add((home, there))
    return found


def circles(edges: set[tuple[Name, Name]]) -> Iterator[list[Name]]:
    """The groups of modules that can all be reached from each other."""
    after: dict[Name, set[Name]] = {}
    for one, other in edges:
        after.setdefault(one, set()).add(other)

    def reached(start: Name) -> set[Name]:
        seen: set[Name] = set()
        waiting = [start]
        while waiting:
            for module in after.get(waiting.pop(), ()):
                if module not in seen:
                    seen.add(module)
                    waiting.append(module)
        return seen

    reach = {module: reached(module) for module in after}
    left = {module for module in after if module in reach[module]}
    while left:
        one = min(left)
        circle = {other for other in left if other in reach[one] and one in reach[other]}
        left -= circle
        yield sorted(circle)


def report(root: Path) -> list[str]:
    edges = needs(modules(root))
    lines = []
    for circle in circles(set(edges)):
        lines.append(f"{root}: a circle of " + ", ".join("::".join(name) for name in circle))
        for (one, other), because in sorted(edges.items()):
            if one in circle and other in circle:
                lines += [f"    {'::'.join(a)} needs {'::'.join(b)}" for a, b in sorted(because)]
    return lines


# What has to be seen, each in a way of its own, and what has to be let pass.
CRATES = {
    "a, b, c": {
        "lib.rs": "mod a; mod b; mod c; mod alone; pub use b::B; pub struct Root;",
        "a.rs": "use crate::B; pub struct A;",
        "b/mod.rs": "mod inner; pub struct B;",
        "b/inner.rs": "use super::super::{c::{self, C}, Root}; fn f<T>(_: C) -> impl Sized + use<T> {}",
        "c.rs": "pub struct C; fn f() -> crate::a::A { todo!() }",
        "alone.rs": "use super::{a::A, Root}; // use crate::b::B;",
    },
    "": {
        "lib.rs": "mod a; mod b; pub use a::A; #[cfg(test)] mod tests { use crate::b::B; }",
        "a.rs": 'pub struct A; #[cfg(test)] mod tests { use crate::b::B; const T: &str = "crate::b::B"; }',
        "b.rs": "use crate::A; pub struct B; // crate::b",
    },
}


def prove() -> None:
    """A look for what must not be there is worth nothing unless it would see it."""
    for expected, files in CRATES.items():
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                (Path(folder) / name).parent.mkdir(exist_ok=True)
                (Path(folder) / name).write_text(text)
            found = [line.partition(" of ")[2] for line in report(Path(folder) / "lib.rs") if " a circle of " in line]
        if found != ([expected] if expected else []):
            sys.exit(f"A circle of {expected or 'none'} is not seen as that, but as {found}")


def main() -> int:
    prove()
    lines = [line for root in sys.argv[1:] for line in report(Path(root))]
    print(*lines, sep="\n", end="\n" if lines else "")
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
