"""A program on a pseudo-terminal of its own, answered as a real terminal answers, and what it costs the machine."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

COLUMNS, ROWS = 120, 36


class Terminal:
    def __init__(self, command, environment):
        self.started = time.perf_counter()
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.environ.update(environment)
            os.execvp(command[0], command)
        self.seen = b""
        self.first = None

    def read(self, timeout):
        """What arrives within `timeout` seconds, and when; empty when nothing does."""
        ready, _, _ = select.select([self.descriptor], [], [], timeout)
        if not ready:
            return b"", None
        try:
            data = os.read(self.descriptor, 65536)
        except OSError:
            return b"", None
        moment = time.perf_counter()
        self.first = self.first or moment
        self.answer(data)
        self.seen += data
        return data, moment

    def answer(self, data):
        """Nobody measured waits for a time limit because a question was not answered."""
        if b"\x1b[?2026$p" in data:
            os.write(self.descriptor, b"\x1b[?2026;2$y")
        if b"\x1b[6n" in data:
            os.write(self.descriptor, b"\x1b[1;1R")
        if b"\x1b[c" in data or b"\x1b[0c" in data:
            os.write(self.descriptor, b"\x1b[?62;22c")

    def drain(self, quiet, limit=10.0):
        """Reads until nothing has come for `quiet` seconds; returns bytes and the time of the last one."""
        total, last, end = 0, None, time.perf_counter() + limit
        while time.perf_counter() < end:
            data, moment = self.read(quiet)
            if not data:
                break
            total, last = total + len(data), moment
        return total, last

    def until(self, text, limit=30.0):
        """When `text` was there; nil after `limit` seconds."""
        end = time.perf_counter() + limit
        while text not in self.seen and time.perf_counter() < end:
            self.read(0.05)
        return time.perf_counter() if text in self.seen else None

    def press(self, keys):
        """Milliseconds to the first byte, and bytes in all, for one key."""
        start = time.perf_counter()
        os.write(self.descriptor, keys)
        data, moment = self.read(1.0)
        if not data:
            return None, 0
        more, _ = self.drain(0.02, 0.3)
        return 1000 * (moment - start), len(data) + more

    def settle(self, keys, quiet=0.3):
        """Milliseconds until everything that follows from a key is on the screen; None: nothing followed."""
        start = time.perf_counter()
        os.write(self.descriptor, keys)
        _, last = self.drain(quiet, 2.0)
        return None if last is None else 1000 * (last - start)

    def close(self):
        try:
            os.kill(self.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
        end = time.perf_counter() + 5
        while time.perf_counter() < end:
            self.read(0.02)
            done, _ = os.waitpid(self.pid, os.WNOHANG)
            if done:
                break
        else:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.descriptor)


def ticks(pid):
    """CPU seconds of a process so far."""
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def switches(pid):
    """Times each thread of the process was woken so far."""
    times = {}
    for task in os.listdir(f"/proc/{pid}/task"):
        for line in open(f"/proc/{pid}/task/{task}/status"):
            if line.startswith("voluntary_ctxt_switches"):
                times[task] = int(line.split()[1])
    return times


def woken_since(before, pid):
    """Wake-ups since `before`; a thread that has ended since was woken for that."""
    now = switches(pid)
    return sum(times - before.get(task, 0) for task, times in now.items()) + len(before.keys() - now.keys())


def resident(pid):
    """Megabytes in memory."""
    for line in open(f"/proc/{pid}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0
