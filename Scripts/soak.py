#!/usr/bin/env python3
"""Runs the program against a sandbox in which about every third request goes wrong, kills it again and again, and counts
what became of every run.

    Scripts/soak.py PROGRAM [--runs N] [--seed N]

Runs come through every door on one history: commands, the studio under a pseudo-terminal, three services; half of the
processes cannot see the process ids of the others where the machine allows that. A proxy answers some creations with bytes
that are no HTTP, and shifts the pages of lists.

Ends with the count, compared with the sandbox's ledger: created, finished, saved, paid twice (0), lost (0), called back twice
(0), and the sum of money to the cent; exit status 1 when one of them is wrong.
Starts only its own processes, on loopback, and stops them.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from decimal import Decimal

from soak_parts.doors import Receiver, Service, Studio, namespaces
from soak_parts.meddler import Meddler

FAULTS = [
    "refuse=0.03", "reset=0.04", "drop-create=0.1", "408=0.01", "429@create=0.05", "429@poll=0.03", "429-date=0.02",
    "429-bare=0.02", "500=0.03", "502=0.02", "503=0.02", "html=0.03", "truncated-json=0.03", "invalid-utf8=0.04",
    "absurd=0.02", "endless@poll=0.003", "drip=0.02", "truncated-download=0.15", "unknown-status=0.1", "aborted=0.05",
    "failed=0.08", "stall=0.002", "revoked@poll=0.01", "revoked@list=0.01",
]
PRICES = {"black-forest-labs/flux-schnell": Decimal("0.003"), "black-forest-labs/flux-kontext-pro": Decimal("0.04")}
HEADERS = {"Authorization": "Bearer r8_soak"}


def server_predictions(base):
    """Every prediction the sandbox knows, asked without faults in the way: again until it answers."""
    url, rows = f"{base}/predictions", {}
    while url:
        for _ in range(200):
            try:
                with urllib.request.urlopen(urllib.request.Request(url, headers=HEADERS), timeout=10) as answer:
                    page = json.loads(answer.read().decode())
                if "results" in page:
                    break
            except Exception:
                time.sleep(0.02)
        else:
            raise SystemExit("the sandbox does not answer")
        for row in page["results"]:
            rows[row["id"]] = row
        url = page["next"]
    return rows


def local_runs(database):
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    runs = connection.execute("SELECT id, stage, predictionID, raw, failure, costAmount, costKind FROM run").fetchall()
    outputs = {}
    for run, path, failure in connection.execute("SELECT runID, path, failure FROM output"):
        outputs.setdefault(run, []).append((path, failure))
    connection.close()
    return runs, outputs


def unfinished_jobs(database):
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    jobs = connection.execute("SELECT id, stage, callbackURL FROM serviceJob").fetchall()
    connection.close()
    return jobs, [job for job, stage, url in jobs if stage == "accepted" or (stage == "ended" and url)]


def in_flight(database):
    runs, _ = local_runs(database)
    return sum(stage in ("queued", "sending", "unclear", "accepted") for _, stage, *_ in runs)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=25, help="given up after these")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    program = os.path.abspath(options.program)
    folder = tempfile.mkdtemp(prefix="darkroom-soak-")
    sandbox = subprocess.Popen(
        [program, "sandbox", "--port", "0", "--speed", "3", "--spread", "0.8", "--fault-seed", str(options.seed)]
        + [word for fault in FAULTS for word in ("--fault", fault)],
        stdout=subprocess.PIPE, text=True,
    )
    base = next(word for word in sandbox.stdout.readline().split() if word.startswith("http"))
    meddler, receiver = Meddler(base, options.seed), Receiver(chance)
    apart = namespaces()
    environment = {
        **os.environ, "REPLICATE_API_TOKEN": "r8_soak", "REPLICATE_BASE_URL": meddler.url, "DARKROOM_DATA_DIR": folder,
        "XDG_CONFIG_HOME": folder, "HOME": folder,
    }
    config = os.path.join(folder, "darkroom")
    os.makedirs(config, exist_ok=True)
    with open(os.path.join(config, "config.yaml"), "w") as file:
        file.write("budget: {ask_above: none, run: none, session: none, day: none, month: none}\n")
        file.write("service: {callbacks: {allow_private: true}, cache: {seconds: 0}, timeout: 60}\n")
    database = os.path.join(folder, "history.sqlite")
    started = time.monotonic()
    kills = 0

    def words():
        """Every other process has process ids of its own."""
        return [*apart, program] if apart and chance.random() < 0.5 else [program]

    def run(*arguments):
        return subprocess.Popen(
            [*words(), *arguments], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill_later(child, longest):
        """Kills it at a moment nobody chose; returns whether that was before its end."""
        try:
            child.wait(chance.uniform(0.05, longest))
            return False
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            child.wait()
            return True

    services, studio, order = [], None, 0
    try:
        batch = 20
        journaled = 0
        services = [Service(words(), environment) for _ in range(3)]
        while journaled < options.runs:
            count = min(batch, options.runs - journaled)
            if studio is None:
                studio = Studio(program, environment)
                studio.run(f"soak in the studio {journaled}")
            for service in services:
                order += 1
                service.post(
                    "/api/generate/video/async",
                    {
                        "image_urls": ["https://a.example/x.png"], "prompt": f"soak job {order}",
                        "model": "black-forest-labs/flux-kontext-pro", "callback_url": receiver.url,
                    },
                )
            kills += kill_later(run("image", f"soak {journaled}", "--count", str(count)), 4)
            if chance.random() < 0.3:
                studio.kill()
                studio, kills = None, kills + 1
            if chance.random() < 0.2:
                # Killed only while it owes nothing: what a receiver has taken and nobody could write down comes again.
                number = chance.randrange(3)
                services[number].stop(signal.SIGTERM)
                services[number] = Service(words(), environment)
            if os.path.exists(database):
                journaled = len(local_runs(database)[0])
        print(f"{journaled} runs journaled, {kills} kills so far", flush=True)
        while in_flight(database) or unfinished_jobs(database)[1]:
            if time.monotonic() - started > 60 * options.minutes:
                print("given up waiting", flush=True)
                break
            # Two at once share the work; mostly they are killed, sometimes left in peace.
            children = [run("resume", "--timeout", "120") for _ in range(2)]
            for child in children:
                kills += kill_later(child, chance.choice([2, 6, 20, 130]))
            # What is in flight belongs to the services and the studio: they are let finish.
            time.sleep(1)
        if studio:
            studio.kill()
            studio = None
        for service in services:
            service.stop()
        services = []
        report(base, database, kills, time.monotonic() - started, meddler, receiver, bool(apart))
    finally:
        if studio:
            studio.kill()
        for service in services:
            service.stop(signal.SIGKILL)
        meddler.close()
        receiver.close()
        sandbox.terminate()
        sandbox.wait()
        shutil.rmtree(folder, ignore_errors=True)


def report(base, database, kills, seconds, meddler, receiver, apart):
    server = server_predictions(base)
    runs, outputs = local_runs(database)
    owned = {}
    for run, stage, prediction, *_ in runs:
        if prediction:
            owned.setdefault(prediction, []).append(run)
    finished = [r for r in runs if r[1] == "settled"]
    succeeded = [r for r in finished if json.loads(r[3] or "{}").get("status") == "succeeded"]
    saved = [r for r in succeeded if outputs.get(r[0]) and all(path and os.path.exists(path) for path, _ in outputs[r[0]])]
    refused = [r for r in runs if r[1] == "refused"]
    person = [r for r in runs if r[1] == "resendable"]
    ambiguous = [r for r in person if "could be this one" in (r[4] or "")]
    orphans = [id for id in server if id not in owned]
    twice = max(0, len(server) - len(runs))
    # An orphan is lost unless a person is asked about it.
    lost = max(0, len(orphans) - len(ambiguous)) + (len(succeeded) - len(saved))
    # What the server has made is what is owed: successes at their price, everything else free.
    def price(row):
        return PRICES[row["model"].split(":")[0]] if row["status"] == "succeeded" else Decimal(0)

    owed = sum((price(row) for id, row in server.items() if id in owned), Decimal(0))
    booked = sum((Decimal(r[5]) for r in runs if r[5]), Decimal(0))
    unknown = sum(r[6] == "unknown" for r in runs)
    jobs, unfinished = unfinished_jobs(database)
    called_twice = sum(max(0, count - 1) for count in receiver.delivered.values())
    never_called = [job for job, stage, _ in jobs if stage != "undelivered" and job not in receiver.delivered]
    print(f"""
{meddler.garbled} answers were no HTTP, {meddler.shifted} lists shifted, {len(jobs)} jobs of three services,
process ids {"kept apart" if apart else "shared: this machine allows no namespaces"}
{len(runs)} runs, {kills} kills, {seconds:.0f} s
  created on the server    {len(server)}
  finished                 {len(finished)}   ({len(succeeded)} succeeded, the rest failed or aborted at the server)
  saved                    {len(saved)}
  refused before creation  {len(refused)}
  waiting for a person     {len(person)}   (never created, or {len(ambiguous)} with several candidates)
  still in flight          {sum(r[1] in ("queued", "sending", "unclear", "accepted") for r in runs)}
  paid twice               {twice}
  lost                     {lost}
  called back twice        {called_twice}
  never called back        {len(never_called) + len(unfinished)}
  owed by the ledger       ${owed}
  booked                   ${booked}   (and {unknown} whose cost nobody can tell)""", flush=True)
    for run in [r for r in succeeded if r not in saved][:5]:
        print("  not saved:", run[2], outputs.get(run[0]))
    for id in orphans[:5]:
        print("  orphan:", id, server[id]["created_at"], server[id]["input"].get("seed"))
    is_wrong_sum = booked != owed and not unknown
    sys.exit(1 if twice or lost or called_twice or never_called or unfinished or is_wrong_sum else 0)


main()
