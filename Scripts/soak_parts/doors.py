"""The doors of the program that a soak goes through beside the command line: the studio in a pseudo-terminal, the service."""

import fcntl
import http.server
import json
import os
import pty
import signal
import struct
import subprocess
import termios
import threading
import time
import urllib.request


def namespaces():
    """Words that give a command process ids of its own; none where this machine does not allow it."""
    for words in (
        ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"],
        ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child", "--mount-proc"],
    ):
        try:
            if subprocess.run(words + ["true"], stderr=subprocess.DEVNULL).returncode == 0:
                return words
        except OSError:
            pass
    return []


class Studio:
    """The studio under a pseudo-terminal, with a thread that reads what it draws."""

    def __init__(self, program, environment):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execvpe(program, [program], {**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"})
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
        self.drawn = b""
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        try:
            while data := os.read(self.terminal, 65536):
                self.drawn = (self.drawn + data)[-200_000:]
        except OSError:
            pass

    def run(self, prompt):
        """Writes a prompt over what is there and sends it off, as a person would."""
        before = len(self.drawn)
        end = time.monotonic() + 5
        while len(self.drawn) == before and time.monotonic() < end:
            time.sleep(0.05)
        os.write(self.terminal, b"\x15" + prompt.encode())
        time.sleep(0.4)
        os.write(self.terminal, b"\x1b\r")

    def kill(self):
        """Returns the exit status as `waitpid` gives it."""
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


class Receiver:
    """Takes callbacks and counts them by job; answers some with 500 first."""

    def __init__(self, chance):
        self.delivered, self.lock = {}, threading.Lock()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                with receiver.lock:
                    is_taken = chance.random() > 0.3
                    if is_taken:
                        job = json.loads(body).get("job_id")
                        receiver.delivered[job] = receiver.delivered.get(job, 0) + 1
                self.send_response(200 if is_taken else 500)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/done"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()


class Service:
    """One `serve` on a port of its own."""

    def __init__(self, words, environment):
        self.child = subprocess.Popen(
            [*words, "serve", "--port", "0", "--rate-limit", "0"], env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        )
        self.url = None
        for line in self.child.stdout:
            found = [word.strip('".,') for word in line.replace('"', " ").split() if word.startswith("http://127.0.0.1")]
            if found:
                self.url = found[0].rstrip("/")
                break
        threading.Thread(target=self.drain, daemon=True).start()

    def drain(self):
        for _ in self.child.stdout:
            pass

    def post(self, path, body):
        """The answer as JSON; nil when there is none."""
        request = urllib.request.Request(
            self.url + path, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.load(answer)
        except (OSError, ValueError):
            return None

    def stop(self, how=signal.SIGTERM):
        self.child.send_signal(how)
        try:
            self.child.wait(30)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
