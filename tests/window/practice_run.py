"""What `make run` does without a display: one practice link through the real window.

python3 tests/window/practice_run.py PROGRAM PICTURE
"""

import sys

from stage import Stage, Window, fetch


def main(program, picture):
    with Stage(keychain=False) as stage:
        window = Window(stage, program)
        window.click("Try it with a practice document")
        window.click("Create link")
        link = window.link()
        status, _, body = fetch(link)
        window.shows("Tried just now: it opens the document.")
        stage.picture(picture)
        window.close()
    print(f"Link:     {link}")
    print(f"Fetched:  HTTP {status}, {len(body)} bytes")
    print("\n".join(body.decode().splitlines()[:6]))
    print(f"Picture:  {picture}")
    return 0 if status == 200 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
