"""A gate before AWS's interface on loopback: bytes pass it as they are, so many at most, until it is opened or cut."""

import socket
import threading
from contextlib import contextmanager


class Gate:
    def __init__(self, port):
        self._target = ("127.0.0.1", port)
        self._changed = threading.Condition()
        self._left = None
        self._is_cut = False
        self._sockets = []
        self._ear = socket.create_server(("127.0.0.1", 0))
        self.endpoint = f"http://127.0.0.1:{self._ear.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def limit(self, most):
        """So many bytes go there from now on, and the rest waits."""
        with self._changed:
            self._left = most

    def is_waited_at(self):
        """Whether all of them have gone."""
        with self._changed:
            return self._left == 0

    def cut(self):
        """The network is lost."""
        with self._changed:
            self._is_cut = True
            sockets, self._sockets = self._sockets, []
            self._changed.notify_all()
        for one in sockets:
            _end(one)

    def open(self):
        """Everything passes."""
        with self._changed:
            self._left, self._is_cut = None, False
            self._changed.notify_all()

    def close(self):
        self.cut()
        self._ear.close()

    def _accept(self):
        while True:
            try:
                here, _ = self._ear.accept()
            except OSError:
                return
            with self._changed:
                is_cut = self._is_cut
                if not is_cut:
                    there = socket.create_connection(self._target)
                    self._sockets += [here, there]
            if is_cut:
                _end(here)
                continue
            threading.Thread(target=self._pass, args=(here, there, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(there, here, False), daemon=True).start()

    def _pass(self, source, sink, is_counted):
        try:
            while part := source.recv(1 << 16):
                while part:
                    room = self._room(len(part)) if is_counted else len(part)
                    sink.sendall(part[:room])
                    part = part[room:]
        except OSError:
            pass
        _end(source)
        _end(sink)

    def _room(self, wanted):
        """How many of these bytes may go; waits until one may."""
        with self._changed:
            self._changed.wait_for(lambda: self._left != 0 or self._is_cut)
            if self._is_cut:
                raise ConnectionResetError
            room = wanted if self._left is None else min(wanted, self._left)
            if self._left is not None:
                self._left -= room
            return room


def _end(one):
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    one.close()


@contextmanager
def gate(endpoint):
    there = Gate(int(endpoint.rsplit(":", 1)[1]))
    try:
        yield there
    finally:
        there.close()
