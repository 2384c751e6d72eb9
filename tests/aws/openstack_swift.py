"""A second S3, which shares no line with moto: OpenStack's Swift behind its S3 interface, all of it in this process, its
documents in memory. It checks signatures and checksums. Prints its port and goes on until its input ends."""

import eventlet

eventlet.monkey_patch()

import os  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402

from eventlet import wsgi  # noqa: E402
from swift.account.server import AccountController  # noqa: E402
from swift.common import utils  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402
from swift.common.wsgi import SwiftHttpProtocol, loadapp  # noqa: E402
from swift.container.server import ContainerController  # noqa: E402
from swift.obj.mem_server import ObjectController  # noqa: E402

# The order of these matters, and is that of Swift's own sample.
FILTERS = [
    "catch_errors",
    "gatekeeper",
    "listing_formats",
    "s3api",
    "tempauth",
    "copy",
    "slo",
    "versioned_writes",
    "symlink",
]
OPTIONS = {
    "s3api": {"location": "eu-central-1"},
    # The access key is "test:tester", its secret "testing".
    "tempauth": {"user_test_tester": "testing .admin"},
    "versioned_writes": {"allow_versioned_writes": "true", "allow_object_versioning": "true"},
}
DEVICE = "disk"
STORES = {"account": AccountController, "container": ContainerController, "object": ObjectController}


def written(home):
    """The configuration of what answers for the three stores."""
    file = os.path.join(home, "proxy.conf")
    with open(file, "w") as conf:
        print(f"[DEFAULT]\nswift_dir = {home}\nlog_level = CRITICAL\n[pipeline:main]", file=conf)
        print("pipeline =", *FILTERS, "proxy-server", file=conf)
        for name in FILTERS:
            print(f"[filter:{name}]\nuse = egg:swift#{name}", file=conf)
            for option, value in OPTIONS.get(name, {}).items():
                print(f"{option} = {value}", file=conf)
        print("[app:proxy-server]\nuse = egg:swift#proxy\naccount_autocreate = true", file=conf)
    return file


def ring(home, name, port):
    """Says that all of a store is at this port."""
    builder = RingBuilder(part_power=1, replicas=1, min_part_hours=0)
    builder.add_dev({"id": 0, "region": 1, "zone": 1, "weight": 1, "ip": "127.0.0.1", "port": port, "device": DEVICE})
    builder.rebalance()
    builder.get_ring().save(os.path.join(home, f"{name}.ring.gz"))


def serve(socket, app):
    eventlet.spawn(wsgi.server, socket, app, log_output=False, protocol=SwiftHttpProtocol)


def main(home):
    utils.HASH_PATH_PREFIX = utils.HASH_PATH_SUFFIX = b"tests"
    os.mkdir(os.path.join(home, DEVICE))
    conf = {"devices": home, "swift_dir": home, "mount_check": "false", "log_level": "CRITICAL"}
    for name, store in STORES.items():
        socket = eventlet.listen(("127.0.0.1", 0))
        ring(home, name, socket.getsockname()[1])
        serve(socket, store(conf))
    file, socket = written(home), eventlet.listen(("127.0.0.1", 0))
    serve(socket, loadapp(file, global_conf={"__file__": file}))
    print(socket.getsockname()[1], flush=True)
    eventlet.hubs.trampoline(sys.stdin.fileno(), read=True)


with tempfile.TemporaryDirectory() as home:
    main(home)
os._exit(0)
