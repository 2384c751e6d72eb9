"""A document on its way up beside AWS's own tool and beside a bare loop of the same crate, and a folder's first page.

All send to a store on this computer that keeps nothing, in turns, round after round; a ratio is the middle one of the
rounds' ratios. A missed aim is printed and stops nothing.

    python documents.py PROGRAMS    (the folder where `make bench-documents` builds them)
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).parents[1] / "window"))
from stage import Stage
from steps import pem, rsa_key

PROGRAMS = Path(sys.argv[1]).resolve()
SIGNET, BARE = PROGRAMS / "signet", PROGRAMS / "documents-rate"
SIZE, ROUNDS, PAGES = 1 << 30, 5, 40


def seconds(stage, *command):
    began = time.monotonic()
    done = subprocess.run(list(map(str, command)), env=stage.env, capture_output=True, check=False)
    took = time.monotonic() - began
    assert done.returncode == 0, f"{command}: {done.stderr}"
    return took


def against(name, least, signet, peer):
    ratio = statistics.median(there / own for own, there in zip(signet, peer, strict=True))
    own, there = statistics.median(signet), statistics.median(peer)
    aim = "" if ratio >= least else ", MISSED"
    print(f"1 GiB: signet share {own:.2f} s, {name} {there:.2f} s, ratio {ratio:.2f} (at least {least}{aim})")


def sent(stage, url):
    file = stage.root / "bench.bin"
    # Real blocks, none of them a hole: reading them is a part of it.
    with file.open("wb") as blocks:
        for _ in range(SIZE >> 20):
            blocks.write(os.urandom(1 << 20))
    share = [SIGNET, "share", file, "--site", "Papers", "--to", "bench", "--expires-in", "7d", "--endpoint-url", url]
    aws = [sys.executable, "-m", "awscli", "s3", "cp", "--only-show-errors", file, "s3://papers/aws.bin"]
    aws += ["--endpoint-url", url, "--region", "eu-central-1"]
    contenders = {"signet": share, "aws s3 cp": aws, "bare loop": [BARE, "put", file, url]}
    rounds = {name: [] for name in contenders}
    for turn in range(ROUNDS + 1):
        for name, command in contenders.items():
            took = seconds(stage, *command)
            taken = int(urlopen(f"{url}/taken").read())
            assert SIZE <= taken < SIZE * 1.01, f"{name} sent {taken} bytes"
            # The first one reads the programs and the file from the disk.
            if turn > 0:
                rounds[name].append(took)
    against("aws s3 cp", 1.0, rounds["signet"], rounds["aws s3 cp"])
    against("a bare loop", 0.9, rounds["signet"], rounds["bare loop"])


def listed(stage, url):
    lines = stage.run(str(BARE), "list", url, str(PAGES)).stdout.decode().split("\n")
    both = [tuple(map(float, line.split())) for line in lines if line]
    assert len(both) == PAGES, lines
    bare, signet = (statistics.median(column) for column in zip(*both, strict=True))
    more = statistics.median(signet - bare for bare, signet in both)
    aim = "" if more <= 20 else ", MISSED"
    print(f"first page of 100,000: bare call {bare:.1f} ms, Signet {signet:.1f} ms, {more:+.1f} ms (at most +20{aim})")


def main():
    store = subprocess.Popen([BARE, "serve"], stdout=subprocess.PIPE, text=True)
    url = store.stdout.readline().strip()
    try:
        with Stage(keychain=True) as stage:
            stage.env |= {"AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench"}
            key = stage.root / "key.pem"
            key.write_bytes(pem(rsa_key()))
            site = ["--name", "Papers", "--site", "docs.example.com", "--key-pair-id", "K2JCJMDEHXQW5F"]
            seconds(stage, SIGNET, "keys", "import", *site, "--private-key", f"file://{key}")
            place = ["sites", "storage", "Papers", "--bucket", "papers", "--region", "eu-central-1"]
            seconds(stage, SIGNET, *place)
            listed(stage, url)
            sent(stage, url)
    finally:
        store.kill()


main()
