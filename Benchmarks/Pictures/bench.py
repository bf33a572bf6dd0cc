#!/usr/bin/env python3
"""Measures pictures in the studio from outside, on a pseudo-terminal that answers as a terminal with pixels does.

    Benchmarks/Pictures/bench.py PROGRAM

Prints how long a preview takes from the key that selects it to its last byte, in kitty's protocol, sixel and symbols; how
long keys take while a picture of 3840×2160 pixels is sent over a slow line; how many pictures a run through the list
decodes; and what memory a walk through all of them leaves. Beside it chafa and timg draw the same files, where they are
installed.
"""

import fcntl
import glob
import os
import pty
import re
import select
import shutil
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
APC = re.compile(rb"\x1b_G[^\x1b]*\x1b\\")

ANSWERS = {
    "kitty": [
        (b"\x1b[>0q", b"\x1bP>|kitty(0.26.5)\x1b\\"),
        (b"\x1b_Gi=31", b"\x1b_Gi=31;OK\x1b\\"),
        (b"\x1b[c", b"\x1b[?62;c"),
    ],
    "sixel": [(b"\x1b[>0q", b"\x1bP>|XTerm(379)\x1b\\"), (b"\x1b[c", b"\x1b[?63;1;2;4;6;9c")],
    "symbols": [(b"\x1b[>0q", b"\x1bP>|XTerm(379)\x1b\\"), (b"\x1b[c", b"\x1b[?64;1;2;6c")],
}


class Studio:
    """The demo on a pseudo-terminal of the given cells, each 8×17 pixels."""

    def __init__(self, program, kind, pictures, columns=120, rows=36):
        self.directory = tempfile.mkdtemp(prefix="bench-")
        shutil.copytree(pictures, self.directory, dirs_exist_ok=True)
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LC_ALL="C.UTF-8")
            for name in ("TMUX", "KITTY_WINDOW_ID", "REPLICATE_API_TOKEN", "REPLICATE_BASE_URL"):
                os.environ.pop(name, None)
            time.sleep(0.2)
            os.execv(program, [program, "demo", "--data-dir", self.directory])
        size = struct.pack("HHHH", rows, columns, columns * 8, rows * 17)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, size)
        self.answers = list(ANSWERS[kind])
        self.seen = b""

    def read(self, limit, rate=None):
        """What comes within `limit` seconds, or until nothing has come for a while; at most `rate` bytes a second."""
        taken = b""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            ready, _, _ = select.select([self.terminal], [], [], max(0, end - time.monotonic()))
            if not ready:
                break
            try:
                some = os.read(self.terminal, 65536 if rate is None else max(1, rate // 200))
            except OSError:
                break
            taken += some
            self.answer(some)
            if rate is not None:
                time.sleep(1 / 200)
        return taken

    def answer(self, some):
        self.seen = (self.seen + some)[-4096:]
        for question, reply in list(self.answers):
            if question in self.seen:
                self.answers.remove((question, reply))
                os.write(self.terminal, reply)

    def settle(self, quiet=0.6, limit=20):
        """Reads until nothing has come for `quiet` seconds; returns the bytes and when the last of them came."""
        taken, last, end = b"", time.monotonic(), time.monotonic() + limit
        while time.monotonic() - last < quiet and time.monotonic() < end:
            some = self.read(0.02)
            if some:
                taken, last = taken + some, time.monotonic()
        return taken, last

    def press(self, keys):
        os.write(self.terminal, keys)
        return time.monotonic()

    def memory(self):
        with open(f"/proc/{self.process}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024

    def processor(self):
        with open(f"/proc/{self.process}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self):
        os.kill(self.process, signal.SIGTERM)
        try:
            while os.read(self.terminal, 65536):
                pass
        except OSError:
            pass
        os.waitpid(self.process, 0)
        os.close(self.terminal)
        shutil.rmtree(self.directory, ignore_errors=True)


def make_pictures(program, directory, count):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    sandbox = subprocess.Popen([program, "sandbox", "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(2)
        environment = {**os.environ, "REPLICATE_API_TOKEN": "demo", "REPLICATE_BASE_URL": f"http://127.0.0.1:{port}"}
        words = "|".join(f"scene {number}" for number in range(count))
        subprocess.run(
            [program, "image", f"a lighthouse, {{{words}}}", "--data-dir", directory], env=environment, check=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
    finally:
        sandbox.terminate()
        sandbox.wait()


def previews(program, kind, pictures):
    studio = Studio(program, kind, pictures)
    studio.settle(quiet=1.5)
    studio.press(b"\x1b5")
    studio.settle()
    times, sizes = [], []
    for _ in range(8):
        time.sleep(0.3)
        began = studio.press(b"\x1b[B")
        taken, last = studio.settle()
        times.append((last - began) * 1000)
        sizes.append(len(taken))
    studio.close()
    print(f"preview, {kind:8} median {statistics.median(times):6.0f} ms, {statistics.median(sizes) / 1000:6.0f} kB")


def held_key(program, pictures):
    studio = Studio(program, "symbols", pictures)
    studio.settle(quiet=1.5)
    studio.press(b"\x1b5")
    studio.settle()
    before = studio.processor()
    for _ in range(20):
        studio.press(b"\x1b[B")
        studio.read(1 / 30)
    studio.settle()
    print(f"20 rows at 30 a second: {(studio.processor() - before) * 1000:.0f} ms of processor")
    before = studio.memory()
    for _ in range(40):
        studio.press(b"\x1b[A")
        studio.read(0.25)
    for _ in range(40):
        studio.press(b"\x1b[B")
        studio.read(0.25)
    print(f"memory: {before:.0f} MB at first, {studio.memory():.0f} MB after 80 previews")
    studio.close()


def keys_while_sending(program, pictures):
    # 480×128 cells of 8×17 pixels: 3840×2176.
    studio = Studio(program, "kitty", pictures, columns=480, rows=128)
    studio.settle(quiet=2)
    studio.press(b"\x1b5")
    studio.press(b"\r")
    studio.settle(quiet=2)
    studio.press(b"\x1bz")
    # Until the picture is under way.
    begun = b""
    while begun.count(b"\x1b_G") < 5:
        begun += studio.read(0.05, rate=4_000_000)
    waits, sent = [], 0
    for number in range(40):
        began, shown = studio.press(b"\x1bOP" if number % 2 == 0 else b"\x1b"), b""
        while time.monotonic() - began < 3:
            some = studio.read(0.01, rate=4_000_000)
            sent += len(some)
            shown += some
            text = APC.sub(b"", shown)
            if len(text) > 64:
                break
        waits.append((time.monotonic() - began) * 1000)
        sent += len(studio.read(0.15, rate=4_000_000))
    studio.close()
    waits.sort()
    print(
        f"keys while {sent / 1e6:.0f} MB of a 3840×2160 picture are sent at 4 MB/s: "
        f"median {statistics.median(waits):.0f} ms, worst {waits[-1]:.0f} ms"
    )


def others(pictures):
    files = sorted(glob.glob(os.path.join(pictures, "outputs", "**", "*.webp"), recursive=True))[:8]
    for name, command in (
        ("chafa symbols", ["chafa", "-f", "symbols", "-s", "88x44"]), ("chafa kitty", ["chafa", "-f", "kitty", "-s", "66x20"]),
        ("chafa sixel", ["chafa", "-f", "sixel", "-s", "66x20"]), ("timg quarter", ["timg", "-g88x44", "-pq"]),
        ("timg kitty", ["timg", "-g66x20", "-pk"]),
    ):
        if not shutil.which(command[0]):
            print(f"{name}: not installed")
            continue
        times, sizes = [], []
        for file in files:
            began = time.monotonic()
            done = subprocess.run([*command, file], capture_output=True, check=False)
            times.append((time.monotonic() - began) * 1000)
            sizes.append(len(done.stdout))
        print(f"{name:14} median {statistics.median(times):6.0f} ms, {statistics.median(sizes) / 1000:6.0f} kB (with its start)")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    pictures = tempfile.mkdtemp(prefix="pictures-")
    try:
        make_pictures(program, pictures, 24)
        for kind in ("kitty", "sixel", "symbols"):
            previews(program, kind, pictures)
        held_key(program, pictures)
        keys_while_sending(program, pictures)
        others(pictures)
    finally:
        shutil.rmtree(pictures, ignore_errors=True)


if __name__ == "__main__":
    main()
