#!/usr/bin/env python3
"""Measures the studio from outside, on a real pseudo-terminal: start, key presses, idling, memory.

    Scripts/bench.py PROGRAM [--runs N]

Prints one line a figure. Starts only its own sandbox, on loopback, and stops it again. Asserts nothing.
"""

import argparse
import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

import bench_history

COLUMNS, ROWS = 120, 36


class Terminal:
    """A program on a pseudo-terminal of its own, answered as a real terminal answers."""

    def __init__(self, command, environment):
        self.started = time.perf_counter()
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.environ.update(environment)
            os.execvp(command[0], command)
        size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, size)
        self.seen = b""

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
        if b"\x1b[c" in data:
            os.write(self.descriptor, b"\x1b[?2026;2$y\x1b[?62;22c")
        self.seen += data
        return data, moment

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
        end = time.perf_counter() + limit
        while text not in self.seen and time.perf_counter() < end:
            self.read(0.05)
        return time.perf_counter() if text in self.seen else None

    def press(self, keys):
        """Time to the first byte and bytes in all, for one key."""
        start = time.perf_counter()
        os.write(self.descriptor, keys)
        data, moment = self.read(1.0)
        if not data:
            return None, 0
        more, _ = self.drain(0.02, 0.3)
        return 1000 * (moment - start), len(data) + more

    def settle(self, keys, quiet=0.08):
        """Time until everything that follows from a key is on the screen."""
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
    for line in open(f"/proc/{pid}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def row(name, value, goal):
    print(f"{name:<44} {value:>18}   {goal}")


def environment(directory, base):
    return {
        "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
        "REPLICATE_API_TOKEN": "r8_bench", "REPLICATE_BASE_URL": base, "DARKROOM_DATA_DIR": directory,
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--history", type=int, default=100_000, help="runs in the long history; 0: leave it out")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    directory = tempfile.mkdtemp(prefix="darkroom-bench-")
    sandbox = subprocess.Popen(
        [program, "sandbox", "--port", "0", "--speed", "0.02"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        base = next(word for word in sandbox.stdout.readline().split() if word.startswith("http"))
        env = environment(directory, base)
        print(f"{COLUMNS}x{ROWS}, {options.runs} starts, medians; sandbox on loopback\n")

        frames, settles = [], []
        for _ in range(options.runs):
            terminal = Terminal([program], env)
            frame = terminal.until(b"Prompt")
            _, last = terminal.drain(0.4)
            frames.append(1000 * (frame - terminal.started))
            settles.append(1000 * ((last or frame) - terminal.started))
            terminal.close()
        row("first useful frame after exec", f"{statistics.median(frames):.1f} ms", "goal 50 ms")
        row("settled", f"{statistics.median(settles):.1f} ms", "")

        terminal = Terminal([program], env)
        terminal.until(b"Prompt")
        terminal.drain(1.0)
        memory = resident(terminal.pid)
        cpu, woken = ticks(terminal.pid), switches(terminal.pid)
        time.sleep(10)
        bytes_idle, _ = terminal.drain(0.01, 0.1)
        row("idle 10 s: CPU", f"{10 * (ticks(terminal.pid) - cpu):.2f} %", "goal 0.00 %")
        row("idle 10 s: wake-ups", f"{woken_since(woken, terminal.pid)}", "goal 0")
        row("idle 10 s: bytes written", f"{bytes_idle}", "goal 0")
        row("resident memory, idle", f"{memory:.1f} MB", "goal 45 MB")
        keys(terminal, "keys, nothing running")
        terminal.close()

        # Fifty at once; slow enough to be in flight while the keys are measured.
        subprocess.run(
            [program, "image", "a bench", "--count", "50", "--no-wait"], env={**os.environ, **env},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        )
        terminal = Terminal([program], env)
        terminal.until(b"Prompt")
        terminal.drain(0.2, 2.0)
        keys(terminal, "keys, 50 predictions running")
        row("resident memory, 50 predictions", f"{resident(terminal.pid):.1f} MB", "")
        terminal.close()
        if options.history:
            long_history(program, base, directory, options.history, options.runs)
    finally:
        sandbox.terminate()
        sandbox.wait()
        shutil.rmtree(directory, ignore_errors=True)


def long_history(program, base, directory, count, starts):
    """The same figures with no run and with many, and what a person does in a long list."""
    empty, full = os.path.join(directory, "empty"), os.path.join(directory, "full")
    for folder in (empty, full):
        subprocess.run(
            [program, "list"], env={**os.environ, **environment(folder, base)}, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, check=True,
        )
    bench_history.fill(os.path.join(full, "history.sqlite"), count)
    # The first opening looks at every page.
    subprocess.run(
        [program, "list"], env={**os.environ, **environment(full, base)}, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, check=True,
    )
    print()
    for name, folder in (("no run", empty), (f"{count} runs", full)):
        env = environment(folder, base)
        frames, settles, memory, lists = [], [], [], []
        for _ in range(starts):
            terminal = Terminal([program], env)
            frame = terminal.until(b"Prompt")
            _, last = terminal.drain(0.4)
            frames.append(1000 * (frame - terminal.started))
            settles.append(1000 * ((last or frame) - terminal.started))
            memory.append(resident(terminal.pid))
            terminal.close()
            start = time.perf_counter()
            subprocess.run([program, "list"], env={**os.environ, **env}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
            lists.append(1000 * (time.perf_counter() - start))
        row(f"{name}: first useful frame", f"{statistics.median(frames):.1f} ms", "goal as with none")
        row(f"{name}: settled", f"{statistics.median(settles):.1f} ms", "")
        row(f"{name}: resident memory", f"{statistics.median(memory):.1f} MB", "goal 8 MB more than with none")
        row(f"{name}: darkroom list", f"{statistics.median(lists):.1f} ms", "goal 20 ms")
    terminal = Terminal([program], environment(full, base))
    terminal.until(b"Prompt")
    terminal.drain(0.5)
    terminal.settle(b"\x1b5")
    long_keys(terminal, "page down", [b"\x1b[6~"] * 60)
    long_keys(terminal, "end and home", [b"\x1b[F", b"\x1b[H"] * 20)
    terminal.settle(b"/")
    for words in ("owl feather", "status:failed ", "cost:>0.2 fox", "model:flux violin", "-storm 4711"):
        long_keys(terminal, f"search {words!r}", [letter.encode() for letter in words])
        for _ in words:
            terminal.settle(b"\x7f")
    row("resident memory after that", f"{resident(terminal.pid):.1f} MB", "")
    terminal.close()


def long_keys(terminal, name, presses):
    times = sorted(time for time in map(terminal.settle, presses) if time is not None)
    if times:
        p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
        row(f"{name}: all of it shown, p50 / p95", f"{statistics.median(times):.1f} / {p95:.1f} ms", "goal 16 ms")


def keys(terminal, name):
    latencies, sizes = [], []
    for key in "the quick brown fox jumps over the lazy dog and runs away again" * 3:
        latency, size = terminal.press(key.encode())
        if latency is not None:
            latencies.append(latency)
            sizes.append(size)
    latencies.sort()
    row(f"{name}: p50", f"{statistics.median(latencies):.2f} ms", "goal 1 ms")
    row(f"{name}: p99", f"{latencies[int(len(latencies) * 0.99) - 1]:.2f} ms", "goal 8 ms")
    row(f"{name}: bytes a key", f"{statistics.mean(sizes):.0f}", "goal 400")


if __name__ == "__main__":
    sys.exit(main())
