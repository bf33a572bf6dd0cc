#!/usr/bin/env python3
"""Checks the commands that the documents name: check_docs.py PROGRAM [DOCUMENT…].

Every `make TARGET` must be in the Makefile, every `darkroom COMMAND` must be one, and every option that stands after it
must be in `darkroom help COMMAND`. What stands in a block of the language `console` is run, each document's blocks one
after the other in a home folder of their own against a sandbox, and what comes out must be what stands there:

    $ darkroom cost "a fox"; echo $?
    black-forest-labs/flux-schnell … $0.003
    …
    0

… stands for anything within a line, and for any number of lines where it stands alone; > goes on with a command. Ends with 1 and
a line for each fault.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = pathlib.Path(sys.argv[1]).resolve()
NAMED = [pathlib.Path(name).resolve() for name in sys.argv[2:]]
DOCUMENTS = NAMED or (
    [file for file in sorted(ROOT.glob("*.md")) if file.name != "CHANGELOG.md"] + sorted(ROOT.glob("docs/**/*.md"))
)
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
        elif language == "console" and line.startswith("$ "):
            yield line[2:]
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


def sessions(text):
    """Each command of the console blocks, with its line number and the lines that should come out."""
    inside, found = False, []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("```"):
            inside = line[3:].strip() == "console" and not inside
        elif inside and line.startswith("$ "):
            found.append((number, [line[2:]], []))
        elif inside and line.startswith("> ") and found and not found[-1][2]:
            found[-1][1].append(line[2:])
        elif inside and found:
            found[-1][2].append(line)
    for number, command, expected in found:
        while expected and not expected[-1]:
            expected.pop()
        yield number, "\n".join(command), expected


def matches(expected, lines):
    """Whether the lines are those that were expected."""
    if not expected:
        return not lines
    if expected[0].strip() == "…":
        return any(matches(expected[1:], lines[count:]) for count in range(len(lines) + 1))
    pattern = ".*".join(re.escape(part) for part in expected[0].rstrip().split("…"))
    return bool(lines) and bool(re.fullmatch(pattern, lines[0].rstrip())) and matches(expected[1:], lines[1:])


class Sandbox:
    """The stand-in for the API, as long as the block lasts."""

    def __enter__(self):
        self.process = subprocess.Popen(
            [PROGRAM, "sandbox", "--port", "0", "--speed", "0"], stdout=subprocess.PIPE, text=True
        )
        self.address = self.process.stdout.readline().split()[-1]
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def run(document, sandbox):
    """The faults of what a document's console blocks say."""
    wrong, count = [], 0
    with tempfile.TemporaryDirectory() as home:
        programs = pathlib.Path(home) / ".programs"
        programs.mkdir()
        (programs / "darkroom").symlink_to(PROGRAM)
        environment = {
            "HOME": home, "PATH": f"{programs}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "REPLICATE_API_TOKEN": "r8_aTokenOfTheSandbox", "REPLICATE_BASE_URL": sandbox.address,
        }
        for number, command, expected in sessions(document.read_text()):
            count += 1
            done = subprocess.run(
                ["bash", "-c", command], cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True, timeout=120,
            )
            # Nobody else's home has this name, nor this port.
            output = done.stdout.replace(home, "/home/ada").replace(sandbox.address, "http://127.0.0.1:8100")
            lines = output.rstrip("\n").split("\n") if output.strip() else []
            if not matches(expected, lines):
                told = "\n".join("    " + line for line in lines)
                wrong.append(f"{document.name}:{number}: `{command}` printed something else:\n{told}")
    return wrong, count


def main():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    wrong, count, ran = [], 0, 0
    with Sandbox() as sandbox:
        for document in DOCUMENTS:
            for line in commands(document.read_text()):
                words = line.split()
                if not words or words[0] not in ("make", "darkroom"):
                    continue
                count += 1
                wrong += [f"{document.name}: there is no {fault}" for fault in faults(words, targets)]
            found, number = run(document, sandbox)
            wrong += found
            ran += number
    print("\n".join(wrong) or f"{count} commands in {len(DOCUMENTS)} documents exist; {ran} were run and print what they should")
    sys.exit(1 if wrong else 0)


main()
