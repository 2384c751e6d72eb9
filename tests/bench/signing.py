"""Signet's engine beside OpenSSL, AWS's tools and another crate.

All sign the same addresses with the same keys in turns, round after round; OpenSSL's figure is that
of bare signatures, the most that a core can do. A ratio is the middle one of the rounds' ratios, so
that it holds when the machine's speed drifts. A missed aim is printed and stops nothing; a link that
does not verify does.

    python signing.py PROGRAMS    (the folder where `make bench-signing` builds them)
"""

import base64
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding

PROGRAMS = Path(sys.argv[1]).resolve()
SIGNET = PROGRAMS / "signet"
PEERS = Path(__file__).parent / "peers"
ROUNDS, SECONDS = 5, 2
ADDRESSES = [f"https://docs.example.com/letters/2026/letter%20{n:07}.pdf" for n in range(10_000)]
ID, END, END_DATE = "K2JCJMDEHXQW5F", "2000000000", "2033-05-18T03:33:20Z"
HASHES = {"SHA1": hashes.SHA1(), "SHA256": hashes.SHA256()}
CORES = sorted(os.sched_getaffinity(0))
# So that nobody's housekeeping uses a second core.
ONE_CORE = ["taskset", "-c", str(CORES[-1])]
TWO_CORES = ["taskset", "-c", ",".join(map(str, CORES[-2:]))]

# Go on one core as it would be where it was given one; the AWS CLI without anybody's settings.
ENVIRONMENT = os.environ | {"GOMAXPROCS": "1", "AWS_CONFIG_FILE": os.devnull}

RATE_PROGRAMS = {
    "Signet": [PROGRAMS / "signet-rate"],
    "botocore": [sys.executable, PEERS / "botocore_rate.py"],
    "Go SDK": [PROGRAMS / "go-rate"],
    "JavaScript SDK": ["node", PEERS / "javascript_rate.mjs"],
    "cloudfront_sign": [PROGRAMS / "cloudfront-sign-rate"],
}
# What each signs with at all.
SINGLE = [
    ("RSA", "SHA1", ["botocore", "JavaScript SDK", "Go SDK", "cloudfront_sign"]),
    ("RSA", "SHA256", ["botocore", "JavaScript SDK"]),
    ("P-256", "SHA256", ["botocore", "JavaScript SDK"]),
    ("P-256", "SHA1", ["botocore", "JavaScript SDK"]),
]


class Bench:
    def __init__(self, folder):
        self.folder = folder
        self.addresses = folder / "addresses.txt"
        self.addresses.write_text("".join(address + "\n" for address in ADDRESSES))
        self.keys = {"RSA": folder / "rsa.pem", "P-256": folder / "p256.pem"}
        curve = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
        output("openssl", "genrsa", "-traditional", "-out", self.keys["RSA"], "2048")
        output("openssl", "genpkey", *curve, "-out", self.keys["P-256"])

    def single(self, kind, hash, peers):
        """One link after another in one process, all that makes a link of an address included."""
        contenders = {"OpenSSL": partial(openssl_rate, kind)}
        for name in ["Signet", *peers]:
            contenders[name] = partial(self.rate, name, kind, hash)
        rounds = in_turns(contenders)
        for peer in ["OpenSSL", *peers]:
            least = 0.9 if (peer, kind) == ("OpenSSL", "RSA") else None
            compare(f"single {kind} {spoken(hash)}", "links/s", rounds, "Signet", peer, least)

    def rate(self, name, kind, hash):
        given = [self.keys[kind], hash, ID, END, self.addresses, SECONDS]
        rate, link = output(*ONE_CORE, *RATE_PROGRAMS[name], *given).split()
        self.check(link, ADDRESSES[0], kind, hash)
        return float(rate)

    def batch(self, kind, hash):
        """A file of addresses to a file of links, whole processes."""
        signet = [SIGNET, "sign", "--urls-from", self.addresses, *self.signing(kind)]
        signet += ["--hash-algorithm", hash]
        botocore = [*RATE_PROGRAMS["botocore"], self.keys[kind], hash, ID, END, self.addresses]
        contenders = {
            "on one core": partial(self.batch_rate, kind, hash, *ONE_CORE, *signet),
            "on 2 cores": partial(self.batch_rate, kind, hash, *TWO_CORES, *signet),
            "botocore": partial(self.batch_rate, kind, hash, *ONE_CORE, *botocore),
            # How much of a second core there is on this machine now.
            "OpenSSL on one core": partial(openssl_rate, kind),
            "OpenSSL on 2 cores": partial(openssl_rate, kind, 2),
        }
        rounds = in_turns(contenders)
        what = f"batch {kind} {spoken(hash)}"
        compare(what, "links/s", rounds, "on 2 cores", "on one core", 1.8)
        compare(what, "links/s", rounds, "on 2 cores", "botocore", 1.7)
        compare(what, "links/s", rounds, "on one core", "botocore")
        compare(what, "signatures/s", rounds, "OpenSSL on 2 cores", "OpenSSL on one core")

    def batch_rate(self, kind, hash, *command):
        path = self.folder / "links.txt"
        with path.open("w") as file:
            took = seconds(*command, stdout=file)
        links = path.read_text().splitlines()
        assert len(links) == len(ADDRESSES), f"{len(links)} links of {len(ADDRESSES)}"
        self.check(links[-1], ADDRESSES[-1], kind, hash)
        return len(links) / took

    def whole_process(self):
        """One link from a shell, start and end of the program included."""
        given = ["sign", "--url", ADDRESSES[0], *self.signing("RSA")]
        aws = [sys.executable, "-m", "awscli", "cloudfront", *given]
        assert output(SIGNET, *given).strip() == output(*aws).strip(), "not the same link"

        def times():
            return statistics.median(seconds(SIGNET, *given) for _ in range(5)), seconds(*aws)

        rounds = [times() for _ in range(7)]
        ours, theirs = (statistics.median(times) * 1000 for times in zip(*rounds))
        ratio = statistics.median(theirs / ours for ours, theirs in rounds)
        print(
            f"whole process RSA SHA-1: {ours:.1f} ms; AWS CLI {theirs:,.0f} ms: "
            f"ratio {ratio:.0f} {aim('≥', 50, ratio >= 50)}"
        )

    def memory(self):
        """The most that a batch takes at once."""
        counts = (10_000, 100_000, 1_000_000)
        peaks = [self.peak(count) for count in counts]
        each = ", ".join(f"{peak:.1f} MiB for {count:,}" for count, peak in zip(counts, peaks))
        ratio = peaks[2] / peaks[1]
        print(f"memory of a batch: {each}: last ratio {ratio:.2f} {aim('≤', 1.1, ratio <= 1.1)}")

    def peak(self, count):
        """In MiB. Asked while the program still waits for a line: what the system says of an ended
        child counts its parent's memory too."""
        command = [SIGNET, "sign", "--urls-from", "-", *self.signing("P-256")]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        for n in range(count):
            process.stdin.write(b"https://docs.example.com/letters/2026/letter%%20%07d.pdf\n" % n)
        process.stdin.flush()
        status = Path(f"/proc/{process.pid}/status").read_text()
        process.stdin.close()
        assert process.wait() == 0
        return int(re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)[1]) / 1024

    def signing(self, kind):
        key = f"file://{self.keys[kind]}"
        return ["--key-pair-id", ID, "--private-key", key, "--date-less-than", END_DATE]

    def check(self, link, address, kind, hash):
        start, _, rest = link.partition("?")
        values = dict(part.split("=", 1) for part in rest.split("&"))
        expected = {"Expires": END, "Key-Pair-Id": ID}
        if hash == "SHA256":
            expected["Hash-Algorithm"] = hash
        text = values.pop("Signature").translate(str.maketrans("-_~", "+=/"))
        assert (start, values) == (address, expected), link
        condition = '{"DateLessThan":{"AWS:EpochTime":%s}}' % END
        policy = '{"Statement":[{"Resource":"%s","Condition":%s}]}' % (address, condition)
        key = serialization.load_pem_private_key(self.keys[kind].read_bytes(), None).public_key()
        how = [padding.PKCS1v15(), HASHES[hash]] if kind == "RSA" else [ec.ECDSA(HASHES[hash])]
        key.verify(base64.b64decode(text, validate=True), policy.encode(), *how)


def openssl_rate(kind, cores=1):
    """Bare signatures a second. By the clock on the wall, as everything else here."""
    name = {"RSA": "rsa2048", "P-256": "ecdsap256"}[kind]
    pinned, more = (ONE_CORE, []) if cores == 1 else (TWO_CORES, ["-multi", str(cores)])
    speed = ["openssl", "speed", "-elapsed", "-seconds", SECONDS, "-mr", *more, name]
    answer = output(*pinned, *speed)
    return float(re.findall(r"^\+F\d(?::\d+)+:([\d.]+):[\d.]+$", answer, re.MULTILINE)[-1])


def in_turns(contenders):
    return [{name: measure() for name, measure in contenders.items()} for _ in range(ROUNDS)]


def compare(what, unit, rounds, ours, theirs, least=None):
    ratio = statistics.median(round[ours] / round[theirs] for round in rounds)
    rates = [statistics.median(round[name] for round in rounds) for name in (ours, theirs)]
    figures = f"{ours} {rates[0]:,.0f} {unit}; {theirs} {rates[1]:,.0f}"
    end = f" {aim('≥', least, ratio >= least)}" if least else ""
    print(f"{what}: {figures}: ratio {ratio:.2f}{end}", flush=True)


def spoken(hash):
    return hash.replace("SHA", "SHA-")


def aim(sign, limit, is_met):
    return f"(aim {sign} {limit}, {'met' if is_met else 'not met'})"


def output(*command):
    done = subprocess.run(list(map(str, command)), env=ENVIRONMENT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def seconds(*command, stdout=subprocess.DEVNULL):
    began = time.perf_counter()
    subprocess.run(list(map(str, command)), env=ENVIRONMENT, stdout=stdout, check=True)
    return time.perf_counter() - began


with tempfile.TemporaryDirectory() as folder:
    bench = Bench(Path(folder))
    for kind, hash, peers in SINGLE:
        bench.single(kind, hash, peers)
    if len(CORES) > 1:
        bench.batch("RSA", "SHA1")
        bench.batch("P-256", "SHA256")
    else:
        print("batch: not measured, for there is only one core")
    bench.whole_process()
    bench.memory()
