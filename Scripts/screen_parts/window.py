"""A virtual display, and the demo in an xterm on it that is driven with keys."""

import glob
import os
import subprocess
import sys
import time


class Display:
    def __init__(self):
        reader, writer = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", "2400x1500x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[writer], stderr=subprocess.DEVNULL,
        )
        os.close(writer)
        # The number and its line's end may come one after the other; a server that cannot write both gives up.
        with os.fdopen(reader) as answer:
            self.name = ":" + answer.readline().strip()

    def close(self):
        self.server.terminate()
        self.server.wait()


class Window:
    """The demo in an xterm of the given size, in cells and in points of its font."""

    def __init__(self, display, program, columns, rows, directory, points=11):
        self.display, self.directory = display, directory
        self.environment = {**os.environ, "DISPLAY": display.name, "LC_ALL": "C.UTF-8"}
        self.terminal = subprocess.Popen(
            [
                "xterm", "-u8", "-fa", "DejaVu Sans Mono", "-fs", str(points), "-geometry", f"{columns}x{rows}+0+0",
                "-b", "8", "-bg", "#14151a", "-fg", "#d8dae3", "-cr", "#7cc0d8", "-bc", "-xrm", "xterm*cursorBlink: false",
                "-xrm", "xterm*metaSendsEscape: true",
                # Of its own accord xterm takes Alt+Return for full screen.
                "-xrm", "xterm*omitTranslation: fullscreen", "-e", "env", "COLORTERM=truecolor", "TERM=xterm-256color",
                program, "demo", "--data-dir", directory,
            ],
            env=self.environment, stderr=subprocess.DEVNULL,
        )
        self.id = self.wait_for("its window", lambda: self.call("search", "--pid", str(self.terminal.pid)).split()[-1:])[0]
        # Keys come as from a keyboard: an xterm that takes them from other programs answers no question about its colours.
        self.call("windowfocus", "--sync", self.id)
        time.sleep(2.5)

    def call(self, *arguments):
        done = subprocess.run(
            ["xdotool", *arguments], env=self.environment, capture_output=True, text=True, check=False
        )
        return done.stdout

    def wait_for(self, what, condition, limit=90.0):
        end = time.monotonic() + limit
        while time.monotonic() < end:
            found = condition()
            if found:
                return found
            time.sleep(0.1)
        sys.exit(f"waited in vain for {what}")

    def press(self, *keys):
        for key in keys:
            self.call("key", key)
            time.sleep(0.15)

    def type(self, text):
        self.call("type", "--delay", "12", text)
        time.sleep(0.4)

    def outputs(self, ending):
        return glob.glob(os.path.join(self.directory, "outputs", "**", "*." + ending), recursive=True)

    def wait_for_output(self, ending, count=1):
        self.wait_for(f"{count} .{ending}", lambda: len(self.outputs(ending)) >= count)
        time.sleep(1.5)

    def close(self):
        self.terminal.terminate()
        self.terminal.wait()
