#!/usr/bin/env python3
"""Writes runs that have ended into a history, for measurements: nothing is sent, nothing is paid.

    Scripts/bench_parts/history.py DATABASE COUNT

The database must have been made by the program. The same count gives the same runs.
"""

import json
import random
import sqlite3
import sys
import uuid

WORDS = (
    "lighthouse storm oil painting watercolour fox snow forest river mountain portrait studio light macro film grain neon city night rain glass "
    "bridge harbour boat sunrise mist valley owl feather silver golden copper ancient modern house garden stone winter summer road desert dune "
    "wave reef coral whale tiger heron marble statue violin piano dancer market lantern window curtain velvet linen paper ink charcoal chalk"
).split()
MODELS = ["black-forest-labs/flux-schnell"] * 6 + ["black-forest-labs/flux-dev", "google/imagen-4", "fofr/skyreels-2", "recraft-ai/recraft-v3"]
START = 1_700_000_000


def fill(path, count):
    """Adds `count` runs, a minute apart, the newest last."""
    rare = random.Random(count)
    database = sqlite3.connect(path)
    database.execute("PRAGMA cache_size = -65536")
    for number in range(count):
        prompt = "a " + " ".join(rare.choice(WORDS) for _ in range(rare.randint(6, 24))) + f" {number}"
        model, identity = rare.choice(MODELS), f"bench{number:020d}"
        status = rare.choices(["succeeded", "failed", "canceled"], [94, 4, 2])[0]
        created = START + 60 * number
        name = f"{number}-{prompt[:24].replace(' ', '-')}.webp"
        cost = rare.choice([3, 25, 40, 300]) if status == "succeeded" else 0
        prediction = {
            "id": identity, "model": model, "status": status, "input": {"prompt": prompt, "seed": number},
            "output": [f"https://replicate.delivery/{identity}/{name}"], "metrics": {"predict_time": 2.5},
            "logs": "Using seed: %d\n" % number + "".join(f" {step}/28 [00:0{step % 9}<00:01]\n" for step in range(1, 29)),
            "created_at": "2026-11-24T16:16:30Z", "completed_at": "2026-11-24T16:16:33Z",
        }
        run = str(uuid.UUID(int=rare.getrandbits(128)))
        database.execute(
            """INSERT INTO run (id, model, input, prompt, origin, stage, predictionID, raw, logs, createdAt, startedAt, finishedAt, estimateLow,
               estimateHigh, estimateBecause, costKind, costAmount, costBecause, status, costNanos, estimateLowNanos, estimateHighNanos, searchText)
               VALUES (?, ?, ?, ?, 'studio', 'settled', ?, ?, ?, ?, ?, ?, '0.003', '0.003', '1 image', 'counted', ?, '1 image', ?, ?, 3000000, 3000000, ?)""",
            (
                run, model, json.dumps(prediction["input"]), prompt, identity, json.dumps(prediction), prediction["logs"], created, created + 1,
                created + 4, str(cost / 1000), status, cost * 1_000_000, f"{prompt}\n{model}\n{name}\n",
            ),
        )
        if status == "succeeded":
            database.execute(
                "INSERT INTO output (runID, position, url, path, size, contentType) VALUES (?, 0, ?, ?, 48000, 'image/webp')",
                (run, prediction["output"][0], f"/nowhere/{name}"),
            )
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


if __name__ == "__main__":
    fill(sys.argv[1], int(sys.argv[2]))
