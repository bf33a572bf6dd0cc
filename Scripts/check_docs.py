#!/usr/bin/env python3
"""Checks the commands that the documents name: check_docs.py PROGRAM.

Every `make TARGET` must be in the Makefile, every `darkroom COMMAND` must be one, and every option that stands after it
must be in `darkroom help COMMAND`. Ends with 1 and a line for each that is not.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = sys.argv[1]
DOCUMENTS = [file for file in sorted(ROOT.glob("*.md")) if file.name != "CHANGELOG.md"] + sorted(ROOT.glob("docs/**/*.md"))
known = {}


def help_of(command):
    """What `darkroom help COMMAND` prints; None where there is no such command."""
    if command not in known:
        done = subprocess.run([PROGRAM, "help", *([command] if command else [])], capture_output=True, text=True)
        known[command] = done.stdout if done.returncode == 0 else None
    return known[command]


def commands(text):
    """Commands in code: lines of fenced shell blocks, and spans between backticks."""
    language = None
    for line in text.splitlines():
        if line.startswith("```"):
            language = line[3:].strip() or "sh" if language is None else None
        elif language in ("sh", "bash", "shell"):
            yield line.split("#")[0]
        elif language is None:
            yield from re.findall(r"`([^`\n]+)`", line)


def faults(words, targets):
    if words[0] == "make":
        return [f"make {word}" for word in words[1:] if re.fullmatch(r"[a-z-]+", word) and word not in targets]
    command = words[1] if len(words) > 1 and re.fullmatch(r"[a-z]+", words[1]) else ""
    text = help_of("" if command in ("", "help") else command)
    if text is None:
        return [f"darkroom {command}"]
    if not command:
        # Without a word it is the studio, and takes its options.
        text += help_of("studio") or ""
    options = [re.match(r"--[a-z-]+", word) for word in words[1:]]
    return [f"darkroom {command} {option[0]}" for option in options if option and option[0] not in text]


def main():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    wrong, count = [], 0
    for document in DOCUMENTS:
        for line in commands(document.read_text()):
            words = line.split()
            if not words or words[0] not in ("make", "darkroom"):
                continue
            count += 1
            wrong += [f"{document.relative_to(ROOT)}: there is no {fault}" for fault in faults(words, targets)]
    print("\n".join(wrong) or f"{count} commands in {len(DOCUMENTS)} documents exist")
    sys.exit(1 if wrong else 0)


main()
