#!/usr/bin/env python3
"""Measures the studio from outside, on a real pseudo-terminal: start, key presses, idling, memory, size, beside
programs that people keep open all day.

    Scripts/bench.py PROGRAM [--runs N] [--history N] [--flying N] [--only SECTION ...]

Prints one line a figure. Starts only its own sandbox, on loopback, and stops it again. Asserts nothing.
Sections: neighbours, sizes, idle, keys, history, commands.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from bench_parts import history
from bench_parts.terminal import COLUMNS, ROWS, Terminal, resident, switches, ticks, woken_since

WORDS = "the quick brown fox jumps over the lazy dog and runs away again"
SECTIONS = ["neighbours", "sizes", "idle", "keys", "history", "commands"]


def row(name, value, goal=""):
    print(f"{name:<44} {value:>18}   {goal}".rstrip(), flush=True)


class Bench:
    """A program, a sandbox and folders for its data."""

    def __init__(self, options, directory, base):
        self.program = os.path.abspath(options.program)
        self.options = options
        self.directory = directory
        self.base = base

    def environment(self, name):
        folder = os.path.join(self.directory, name)
        os.makedirs(folder, exist_ok=True)
        return {
            "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
            "REPLICATE_API_TOKEN": "r8_bench", "REPLICATE_BASE_URL": self.base, "DARKROOM_DATA_DIR": folder,
            "HOME": self.directory,
        }

    def command(self, name, *words):
        """Runs a command of the program to its end; returns milliseconds."""
        start = time.perf_counter()
        subprocess.run(
            [self.program, *words], env={**os.environ, **self.environment(name)}, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, check=True,
        )
        return 1000 * (time.perf_counter() - start)

    def studio(self, name):
        return Terminal([self.program], self.environment(name))


# What a start costs


def start(terminal):
    """Milliseconds to the first byte and to the last of the first picture, and megabytes then."""
    _, last = terminal.drain(0.4)
    while terminal.first is None:
        _, last = terminal.drain(0.4)
    memory = resident(terminal.pid)
    return 1000 * (terminal.first - terminal.started), 1000 * (last - terminal.started), memory


def neighbours(bench):
    """Start and keys of the program and of its neighbours, one after the other in each round."""
    repository = os.path.join(bench.directory, "repository")
    subprocess.run(
        f"git init -q {repository} && cd {repository} && for i in $(seq 60); do git -c user.name=b -c user.email=b@localhost "
        "commit -q --allow-empty -m \"Commit $i of many\"; done",
        shell=True, check=True,
    )
    text = os.path.join(bench.directory, "text")
    open(text, "w").close()
    plain = bench.environment("first")
    programs = {
        "nano": (["nano", text], WORDS),
        "micro": (["micro", text], WORDS),
        "tig": (["tig", "-C", repository], "jjjjkkkk" * 8),
        "darkroom": ([bench.program], WORDS),
    }
    programs = {name: value for name, value in programs.items() if shutil.which(value[0][0])}
    bench.command("first", "list")
    figures = {name: ([], [], [], [], []) for name in programs}
    for _ in range(bench.options.runs):
        for name, (command, keys) in programs.items():
            firsts, frames, memories, latencies, sizes = figures[name]
            terminal = Terminal(command, plain)
            first, frame, memory = start(terminal)
            firsts.append(first)
            frames.append(frame)
            memories.append(memory)
            for key in keys:
                latency, size = terminal.press(key.encode())
                if latency is not None:
                    latencies.append(latency)
                    sizes.append(size)
            terminal.close()
    print(f"{'':<12}{'first byte ms':>14}{'whole frame ms':>16}{'key p50':>9}{'key p99':>9}{'bytes/key':>11}{'RSS MB':>8}")
    for name, (firsts, frames, memories, latencies, sizes) in figures.items():
        latencies.sort()
        print(
            f"{name:<12}{statistics.median(firsts):>14.1f}{statistics.median(frames):>16.1f}"
            f"{statistics.median(latencies):>9.2f}{percentile(latencies, 99):>9.2f}"
            f"{statistics.mean(sizes):>11.0f}{statistics.median(memories):>8.1f}",
            flush=True,
        )
    print(f"{'goal':<12}{'18':>14}{'22':>16}{'0.35':>9}{'2':>9}{'100':>11}{'32':>8}")


def percentile(ordered, percent):
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def sizes(bench):
    row("program", f"{os.path.getsize(bench.program) / 1e6:.1f} MB")
    stripped = os.path.join(bench.directory, "stripped")
    subprocess.run(["objcopy", "--strip-all", bench.program, stripped], check=True)
    row("program, stripped as it is installed", f"{os.path.getsize(stripped) / 1e6:.1f} MB", "goal 60 MB")


def idle(bench):
    terminal = bench.studio("idle")
    terminal.until(b"Prompt")
    terminal.drain(1.0)
    cpu, woken = ticks(terminal.pid), switches(terminal.pid)
    time.sleep(10)
    bytes_idle, _ = terminal.drain(0.01, 0.1)
    row("idle 10 s: CPU", f"{10 * (ticks(terminal.pid) - cpu):.2f} %", "goal 0.00 %")
    row("idle 10 s: wake-ups", f"{woken_since(woken, terminal.pid)}", "goal 0")
    row("idle 10 s: bytes written", f"{bytes_idle}", "goal 0")
    row("resident memory, idle", f"{resident(terminal.pid):.1f} MB", "goal 32 MB")
    terminal.close()


# Keys


def keys(bench):
    """Key presses with nothing running, with fifty and with many predictions in flight, and what those cost unasked."""
    for count in (0, 50, bench.options.flying):
        name = f"flying-{count}"
        if count:
            bench.command(name, "image", "a bench", "--count", str(count), "--no-wait", "--max-cost", "1000")
        terminal = bench.studio(name)
        terminal.until(b"Prompt")
        terminal.drain(0.5, 4.0)
        press_all(terminal, f"{count} in flight")
        if count:
            animation(terminal, f"{count} in flight")
        row(f"{count} in flight: resident memory", f"{resident(terminal.pid):.1f} MB")
        terminal.close()


def press_all(terminal, name):
    latencies, sizes = [], []
    for key in WORDS * 3:
        latency, size = terminal.press(key.encode())
        if latency is not None:
            latencies.append(latency)
            sizes.append(size)
    latencies.sort()
    values = f"{statistics.median(latencies):.2f} / {percentile(latencies, 99):.2f} ms"
    row(f"{name}: key p50 / p99", values, "goal 0.35 / 2 ms")
    row(f"{name}: bytes a key", f"{statistics.mean(sizes):.0f}", "goal 100")


def animation(terminal, name):
    cpu, begin, total = ticks(terminal.pid), time.perf_counter(), 0
    while time.perf_counter() - begin < 10:
        total += len(terminal.read(0.2)[0])
    passed = time.perf_counter() - begin
    row(f"{name}: CPU, animation and questions", f"{100 * (ticks(terminal.pid) - cpu) / passed:.1f} %", "goal 2 %")
    row(f"{name}: written to the terminal", f"{total / passed:.0f} B/s", "goal 2000 B/s")


# A long history


def long_history(bench):
    """The start with no run and with many, and what a person does in a long list."""
    count = bench.options.history
    for name in ("empty", "full"):
        bench.command(name, "list")
    history.fill(os.path.join(bench.directory, "full", "history.sqlite"), count)
    # The first opening looks at every page.
    bench.command("full", "list")
    figures = {name: ([], [], []) for name in ("empty", "full")}
    for _ in range(bench.options.runs):
        for name, columns in figures.items():
            terminal = bench.studio(name)
            for column, value in zip(columns, start(terminal)):
                column.append(value)
            terminal.close()
    for name, columns in figures.items():
        title = "no run" if name == "empty" else f"{count} runs"
        first, frame, memory = map(statistics.median, columns)
        row(f"{title}: first byte / whole frame", f"{first:.1f} / {frame:.1f} ms", "goal as with none")
        row(f"{title}: resident memory", f"{memory:.1f} MB", "goal 8 MB more than with none")
    terminal = bench.studio("full")
    terminal.until(b"Prompt")
    terminal.drain(0.5)
    terminal.settle(b"\x1b5")
    shown(terminal, "page down", [b"\x1b[6~"] * 60)
    shown(terminal, "end and home", [b"\x1b[F", b"\x1b[H"] * 20)
    terminal.settle(b"/")
    for words in ("owl feather", "status:failed ", "cost:>0.2 fox", "model:flux violin", "-storm 4711"):
        shown(terminal, f"search {words!r}", [letter.encode() for letter in words])
        for _ in words:
            terminal.settle(b"\x7f")
    row("resident memory after that", f"{resident(terminal.pid):.1f} MB", "goal 45 MB")
    terminal.close()


def shown(terminal, name, presses):
    times = sorted(time for time in map(terminal.settle, presses) if time is not None)
    if times:
        value = f"{statistics.median(times):.1f} / {percentile(times, 95):.1f} ms"
        row(f"{name}: all of it shown, p50 / p95", value, "goal 16 ms")


# Commands


def commands(bench):
    """Whole processes, from exec to exit."""
    bench.command("commands", "list")
    for words in (["cost", "black-forest-labs/flux-schnell", "prompt=a fox"], ["list"], ["--version"]):
        times = [bench.command("commands", *words) for _ in range(bench.options.runs * 3)]
        row(f"darkroom {words[0]}", f"{statistics.median(times):.1f} ms", "goal 20 ms")
    if os.path.isdir(os.path.join(bench.directory, "full")):
        times = [bench.command("full", "list") for _ in range(bench.options.runs * 3)]
        row(f"darkroom list, {bench.options.history} runs", f"{statistics.median(times):.1f} ms", "goal 20 ms")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--runs", type=int, default=9, help="starts of each program")
    parser.add_argument("--history", type=int, default=100_000, help="runs in the long history")
    parser.add_argument("--flying", type=int, default=1_000, help="most predictions in flight")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=SECTIONS)
    options = parser.parse_args()
    directory = tempfile.mkdtemp(prefix="darkroom-bench-")
    # Slow enough that what is started is in flight until the end.
    sandbox = subprocess.Popen(
        [options.program, "sandbox", "--port", "0", "--speed", "0.001", "--creations", "100000"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )
    parts = {
        "neighbours": neighbours, "sizes": sizes, "idle": idle, "keys": keys, "history": long_history,
        "commands": commands,
    }
    try:
        base = next(word for word in sandbox.stdout.readline().split() if word.startswith("http"))
        bench = Bench(options, directory, base)
        print(f"{COLUMNS}x{ROWS}, {options.runs} starts, medians; sandbox on loopback; load {os.getloadavg()[0]:.1f}\n")
        for name in options.only:
            parts[name](bench)
            print(flush=True)
    finally:
        sandbox.terminate()
        sandbox.wait()
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
