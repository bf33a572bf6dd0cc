#!/usr/bin/env python3
"""Prints lines of source and of tests by target, their ratio, and the share of lines that tests cover.

coverage_table.py [SUMMARY.json], SUMMARY being what `llvm-cov export -summary-only` prints; without it, ratios only.
Ends with 1 where a core target has less than LEAST of its lines covered.
"""
import json
import pathlib
import sys

LEAST = 0.85
# What decides about money and runs; screens and servers are tested from outside as well.
CORE = ["Composing", "FileTypes", "History", "Money", "Predictions", "Pricing", "ReplicateAPI", "ReplicateClient", "Studio"]
# Tests of a target that do not bear its name: the program as a whole is its commands.
MORE = {"Commands": ["EndToEndTests"]}
ROOT = pathlib.Path(__file__).resolve().parent.parent


def lines(folder):
    return sum(len(file.read_text().splitlines()) for file in folder.rglob("*.swift"))


def covered(summary):
    """Covered and countable lines by target."""
    found = {}
    for file in summary["data"][0]["files"]:
        parts = pathlib.PurePath(file["filename"]).parts
        if "Sources" not in parts or ".build-coverage" in parts:
            continue
        target = parts[parts.index("Sources") + 1]
        count = file["summary"]["lines"]
        before = found.get(target, (0, 0))
        found[target] = (before[0] + count["covered"], before[1] + count["count"])
    return found


def main():
    summary = covered(json.loads(pathlib.Path(sys.argv[1]).read_text())) if len(sys.argv) > 1 else {}
    print(f"{'Target':<18}{'Source':>8}{'Tests':>8}{'Ratio':>7}{'Covered':>9}")
    all_source, missing = 0, []
    for folder in sorted((ROOT / "Sources").iterdir()):
        source = lines(folder)
        if not source:
            continue
        name = folder.name
        tests = sum(lines(ROOT / "Tests" / test) for test in [f"{name}Tests", *MORE.get(name, [])])
        all_source += source
        hit, count = summary.get(name, (0, 0))
        share = f"{hit / count:.1%}" if count else ""
        if name in CORE and count and hit / count < LEAST:
            missing.append(name)
        print(f"{name:<18}{source:>8}{tests:>8}{tests / source:>7.2f}{share:>9}{' core' if name in CORE else ''}")
    all_tests = lines(ROOT / "Tests")
    hit, count = (sum(values) for values in zip(*summary.values())) if summary else (0, 0)
    share = f"{hit / count:.1%}" if count else ""
    print(f"{'All':<18}{all_source:>8}{all_tests:>8}{all_tests / all_source:>7.2f}{share:>9}")
    if missing:
        print(f"Fewer than {LEAST:.0%} of the lines are covered in: {', '.join(missing)}", file=sys.stderr)
        sys.exit(1)


main()
