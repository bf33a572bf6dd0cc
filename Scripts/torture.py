#!/usr/bin/env python3
"""Lets every system call of the journal and the saver fail once, and takes the power away at every moment that was made
durable; after each, starts the program again and counts.

    Scripts/torture.py PROGRAM [--every N] [--only calls|power|memory]

After each the next start must be right by the sandbox's own ledger: nothing created twice, nothing that was created lost,
every sum of money the ledger's. Prints what it did and how often it was wrong, which must be zeros; exit status 1 else.
Starts only its own processes, on loopback, and stops them.
"""

import argparse
import collections
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

# What each call may say, and whether a write may take half of its bytes.
ERRORS = {
    "open": ["EMFILE", "ENOSPC", "EIO", "EINTR"],
    "write": ["ENOSPC", "EIO", "EINTR", "SHORT"],
    "pwrite": ["ENOSPC", "EIO", "EINTR", "SHORT"],
    "fsync": ["EIO", "ENOSPC", "EINTR"],
    "ftruncate": ["EIO", "ENOSPC"],
    "rename": ["ENOSPC", "EIO"],
    "link": ["ENOSPC", "EPERM", "EIO"],
    "unlink": ["EIO"],
    "mkdir": ["ENOSPC"],
    "mmap": ["ENOMEM"],
    "flock": ["ENOLCK", "EINTR"],
    "fchmod": ["EIO"],
}
PRICE = 0.003
HERE = os.path.dirname(os.path.abspath(__file__))


class Bench:
    """A sandbox, a folder that is made anew for every attempt, and the program before them."""

    def __init__(self, program, shim):
        self.program, self.shim = program, shim
        self.root = tempfile.mkdtemp(prefix="darkroom-torture-")
        self.sandbox = subprocess.Popen(
            [program, "sandbox", "--port", "0", "--speed", "100", "--creations", "60000", "--requests", "600000"],
            stdout=subprocess.PIPE, text=True,
        )
        self.base = next(word for word in self.sandbox.stdout.readline().split() if word.startswith("http"))
        self.data = os.path.join(self.root, "data")
        self.wrong = collections.Counter()
        self.attempts = 0
        self.isQuiet = False
        self.statuses = collections.Counter()
        with open(self.path("config.yaml", "config", "darkroom"), "w") as file:
            file.write("budget: {ask_above: none, run: none, session: none, day: 5, month: none}\n")

    def path(self, name, *folders):
        folder = os.path.join(self.root, *folders)
        os.makedirs(folder, exist_ok=True)
        return os.path.join(folder, name)

    def close(self):
        self.sandbox.terminate()
        self.sandbox.wait()
        shutil.rmtree(self.root, ignore_errors=True)

    def environment(self, **more):
        return {
            "HOME": self.root, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": self.path("", "config"),
            "REPLICATE_API_TOKEN": "r8_torture", "REPLICATE_BASE_URL": self.base, "DARKROOM_DATA_DIR": self.data,
            "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""), **more,
        }

    def fresh(self):
        shutil.rmtree(self.data, ignore_errors=True)
        os.makedirs(self.data, mode=0o700)

    def run(self, *words, patience=30, **faults):
        """The exit status; None: it did not end by itself and was killed."""
        more = {name: value for name, value in faults.items() if value}
        if more:
            more |= {"LD_PRELOAD": self.shim, "FAULTS_FOLDER": self.data}
        child = subprocess.Popen(
            [self.program, *words], env=self.environment(**more), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        )
        try:
            self.output = child.communicate(timeout=patience)[0]
            return child.returncode
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            self.output = child.communicate()[0]
            return None

    def ledger(self):
        """Every prediction that the sandbox has created, by id."""
        url, rows = f"{self.base}/predictions", {}
        while url:
            request = urllib.request.Request(url, headers={"Authorization": "Bearer r8_torture"})
            with urllib.request.urlopen(request, timeout=30) as answer:
                page = json.load(answer)
            rows |= {row["id"]: row for row in page["results"]}
            url = page["next"]
        return rows

    def created(self, prompt):
        return [id for id, row in self.ledger().items() if row["input"].get("prompt") == prompt]

    def history(self):
        path = os.path.join(self.data, "history.sqlite")
        if not os.path.exists(path):
            return [], []
        # Not read-only: what the program left unfinished may have to be taken back first.
        connection = sqlite3.connect(path)
        try:
            runs = connection.execute("SELECT id, stage, predictionID, costAmount FROM run").fetchall()
            outputs = connection.execute("SELECT runID, path, sha256 FROM output").fetchall()
        finally:
            connection.close()
        return runs, outputs

    def complain(self, kind, what):
        self.wrong[kind] += 1
        if not self.isQuiet:
            print(f"\n  {kind}: {what}", flush=True)

    def check(self, prompt, what, before=(), most=1):
        """Starts the program as a person would after a crash, and compares with the ledger."""
        self.attempts += 1
        for _ in range(4):
            status = self.run("resume", "--timeout", "90", patience=120)
            runs, outputs = self.history()
            if not any(stage in ("queued", "sending", "unclear", "accepted") for _, stage, *_ in runs):
                break
        else:
            self.complain("unfinished", f"{what}: {status} {self.output[-300:]}")
        created = [id for id in self.created(prompt) if id not in before]
        if len(created) > most:
            self.complain("paid twice", f"{what}: {created}")
        known = {prediction: run for run, _, prediction, _ in runs if prediction}
        for id in created + [id for id in before if before[id]]:
            files = [(path, digest) for run, path, digest in outputs if run == known.get(id)]
            if id not in known:
                self.complain("lost", f"{what}: {id} is not in the history")
            elif not files or not all(path and whole(path, digest) for path, digest in files):
                self.complain("lost", f"{what}: {id} was not saved: {files}")
        owed = len([id for id in created if id in known]) + len([id for id in before if id in known])
        if self.run("spend", "--json") != 0:
            self.complain("unreadable", f"{what}: {self.output[-300:]}")
        else:
            spent = sum(float(row["cost"] or 0) for row in lines(self.output))
            if abs(spent - owed * PRICE) > 1e-9:
                self.complain("wrong sum", f"{what}: {spent} for {owed}")
        return created


def prove(bench):
    """Takes the history away on purpose: a count that does not notice that counts nothing."""
    bench.fresh()
    bench.run("image", "prove")
    bench.fresh()
    bench.isQuiet = True
    bench.check("prove", "the history is taken away")
    bench.isQuiet = False
    if not bench.wrong["lost"]:
        raise SystemExit("the count does not notice a lost history")
    bench.wrong.clear()
    bench.attempts = 0


def lines(text):
    """The rows of `spend --json`, whatever the document calls them."""
    document = json.loads(text)
    rows = next((value for value in document.values() if isinstance(value, list)), [])
    return [{"cost": row.get("cost_usd", row.get("cost"))} for row in rows]


def whole(path, digest):
    try:
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest() == digest
    except OSError:
        return False


# MARK: Every call


def calls(bench, every):
    counts = collections.Counter()
    count_file = os.path.join(bench.root, "count")
    bench.fresh()
    if bench.run("image", "count", FAULTS_COUNT=count_file) != 0:
        raise SystemExit(f"the program does not run: {bench.output}")
    with open(count_file) as file:
        for line in file:
            counts[line.split()[0]] += 1
    bench.check("count", "untouched")
    print("calls of one run:", ", ".join(f"{name} {count}" for name, count in counts.most_common()), flush=True)
    import errno as numbers

    turn = 0
    for call, errors in ERRORS.items():
        for error in errors:
            # Until a run passes untouched: a call that failed may be followed by others.
            number = 1
            while True:
                turn += 1
                if turn % every:
                    number += 1
                    if number > counts[call] + 3:
                        break
                    continue
                bench.fresh()
                prompt = f"{call} {error} {number}"
                code = numbers.errorcode and getattr(numbers, "EIO" if error == "SHORT" else error)
                fail = f"{call}:{number}:{code}" + (":SHORT" if error == "SHORT" else "")
                touched = os.path.join(bench.root, "touched")
                if os.path.exists(touched):
                    os.remove(touched)
                status = bench.run("image", prompt, FAULTS_FAIL=fail, FAULTS_COUNT=touched, patience=25)
                bench.statuses[status] += 1
                bench.check(prompt, f"{call} no. {number} fails with {error}, status {status}")
                with open(touched) as file:
                    reached = sum(line.split()[0] == call for line in file)
                if reached < number:
                    break
                number += 1
        print(f"  {call}: {bench.attempts} attempts so far", flush=True)
    # A disk that is full from some moment on.
    for number in range(1, sum(counts[name] for name in ("pwrite", "write", "open")), max(1, every)):
        bench.fresh()
        prompt = f"full from {number}"
        bench.run("image", prompt, FAULTS_FAIL=f"pwrite:{number}+:28", patience=6)
        bench.check(prompt, f"the disk is full from write no. {number} on")
        if number > counts["pwrite"]:
            break


# MARK: Loss of power


class Disk:
    """What a disk holds after a part of what was recorded: names of files, and their bytes."""

    def __init__(self):
        self.names, self.files, self.folders = {}, {}, []

    def apply(self, event, torn=False):
        kind, fields, data = event
        if kind == "O":
            inode, size, path = fields
            if path not in self.names or self.names[path] != inode:
                self.names[path] = inode
                self.files[inode] = bytearray()
            elif size == 0:
                self.files[inode] = bytearray()
        elif kind == "W":
            inode, offset = fields[0], fields[1]
            content = self.files.setdefault(inode, bytearray())
            if torn:
                data = data[: len(data) // 2]
            if len(content) < offset:
                content.extend(bytes(offset - len(content)))
            content[offset : offset + len(data)] = data
        elif kind == "T":
            content = self.files.setdefault(fields[0], bytearray())
            del content[fields[1] :]
            content.extend(bytes(fields[1] - len(content)))
        elif kind in "RL":
            first, second = fields
            if first in self.names:
                self.names[second] = self.names[first]
                if kind == "R":
                    del self.names[first]
        elif kind == "U":
            self.names.pop(fields[0], None)
        elif kind == "D":
            self.folders.append(fields[0])

    def write(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder, mode=0o700)
        for name in self.folders:
            os.makedirs(name, mode=0o700, exist_ok=True)
        for name, inode in self.names.items():
            # Shared memory is made anew after a restart.
            if name.endswith("-shm"):
                continue
            os.makedirs(os.path.dirname(name), mode=0o700, exist_ok=True)
            with open(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(self.files.get(inode, b""))


def recorded(path):
    events = []
    with open(path, "rb") as file:
        while line := file.readline():
            kind, _, rest = line.decode().rstrip("\n").partition(" ")
            if kind == "W":
                inode, offset, length = map(int, rest.split())
                events.append((kind, [inode, offset], file.read(length)))
            elif kind == "O":
                inode, size, name = rest.split(" ", 2)
                events.append((kind, [int(inode), int(size), name], b""))
            elif kind == "T":
                events.append((kind, list(map(int, rest.split())), b""))
            elif kind == "F":
                events.append((kind, [int(rest)], b""))
            elif kind in ("R", "L"):
                events.append((kind, rest.split("\t"), b""))
            elif kind in ("U", "D"):
                events.append((kind, [rest], b""))
            elif kind == "P":
                events.append((kind, [], b""))
    return events


def after(events, end, loss):
    """The disk when the power goes just before event `end`. What was synchronized is there; the rest is there (`none`), not
    there (`all`), or the last write of each file only in half (`torn`)."""
    synced = {}
    for index, (kind, fields, _) in enumerate(events[:end]):
        if kind == "F":
            synced[fields[0]] = index
    disk = Disk()
    last = {}
    for index, (kind, fields, _) in enumerate(events[:end]):
        if kind == "W":
            last[fields[0]] = index
    for index, event in enumerate(events[:end]):
        kind, fields, _ = event
        isUnsynced = kind in "WT" and index > synced.get(fields[0], -1)
        if isUnsynced and loss == "all":
            continue
        disk.apply(event, torn=isUnsynced and loss == "torn" and last.get(fields[0]) == index)
    return disk


def power(bench, every):
    record = os.path.join(bench.root, "record")
    bench.fresh()
    if bench.run("image", "power", FAULTS_RECORD=record) != 0:
        raise SystemExit(f"the program does not run: {bench.output}")
    events = recorded(record)
    original = bench.created("power")
    moments = [index for index, event in enumerate(events) if event[0] == "F"] + [len(events)]
    posted = next((index for index, event in enumerate(events) if event[0] == "P"), len(events))
    print(f"loss of power: {len(events)} events, {len(moments)} moments", flush=True)
    for turn, moment in enumerate(moments):
        if turn % every:
            continue
        for loss in ("none", "all", "torn"):
            after(events, moment, loss).write(bench.data)
            extra = bench.created("power")
            isPaid = posted < moment
            # Before the request left nothing was paid: whoever starts then may send it, for the first time.
            before = {id: isPaid and id in original for id in extra}
            bench.check("power", f"power lost at moment {turn}, lost {loss}", before, most=0 if isPaid else 1)


# MARK: Memory


def memory(bench, every):
    """Every allocation of the C parts fails once, in a program of its own."""
    program = os.path.join(bench.root, "allocations")
    sources = os.path.join(os.path.dirname(HERE), "Sources")
    parts = {"CImageCodecs": "image_codecs.c", "CCurl": "ccurl.c"}
    subprocess.run(
        ["cc", "-g", "-O1", os.path.join(HERE, "torture", "allocations.c")]
        + [os.path.join(sources, part, name) for part, name in parts.items()]
        + [word for part in parts for word in ("-I", os.path.join(sources, part, "include"))]
        + ["-lwebp", "-lwebpdemux", "-lwebpmux", "-ljpeg", "-lpng16", "-lcurl", "-lcrypto", "-o", program],
        check=True,
    )
    result = subprocess.run([program], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    print(result.stdout.strip(), flush=True)
    if result.returncode != 0:
        bench.complain("memory", f"status {result.returncode}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--every", type=int, default=1, help="only every so many-th attempt")
    parser.add_argument("--only", choices=["calls", "power", "memory"])
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    with tempfile.TemporaryDirectory(prefix="darkroom-faults-") as folder:
        shim = os.path.join(folder, "faults.so")
        subprocess.run(
            ["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Wno-format-truncation", "-o", shim,
             os.path.join(HERE, "torture", "faults.c"), "-ldl"],
            check=True,
        )
        bench = Bench(program, shim)
        started = time.monotonic()
        try:
            prove(bench)
            for name, part in (("calls", calls), ("power", power), ("memory", memory)):
                if options.only in (None, name):
                    part(bench, options.every)
        finally:
            bench.close()
    kinds = ["paid twice", "lost", "wrong sum", "unfinished", "unreadable", "memory"]
    print(f"\n{bench.attempts} attempts, {time.monotonic() - started:.0f} s")
    if bench.statuses:
        ends = ", ".join(f"{count} × {'killed' if status is None else status}" for status, count in bench.statuses.items())
        print(f"  how the runs with a failing call ended: {ends}")
    for kind in kinds:
        print(f"  {kind:<12} {bench.wrong[kind]}")
    sys.exit(1 if sum(bench.wrong.values()) else 0)


main()
