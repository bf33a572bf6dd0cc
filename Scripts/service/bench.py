#!/usr/bin/env python3
"""Measures `darkroom serve` beside the shape of the service it replaces, both before the same stand-in for the API.

    Scripts/service/bench.py PROGRAM [--seconds N] [--rounds N] [--only darkroom|reference] [--python PYTHON]

Installs FastAPI, uvicorn and requests into a throw-away environment, or uses PYTHON, which has them. Starts only processes of
its own, on loopback, and stops them again. Asserts nothing. The image routes run a model that writes text.

The load, the stand-in and the service share the machine: what each of them takes of the CPU stands beside every figure.
"""

import argparse
import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGES = ["fastapi", "uvicorn[standard]", "requests", "prometheus-client"]
MODEL = "meta/meta-llama-3-8b-instruct"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def request(path, body):
    data = json.dumps(body).encode()
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(data)}\r\n\r\n"
    ).encode() + data


class Connection(asyncio.Protocol):
    """Sends the next request when the last one is answered, for as long as the load lasts."""

    def __init__(self, load):
        self.load, self.buffer, self.need = load, b"", None

    def connection_made(self, transport):
        self.transport = transport
        self.ask()

    def ask(self):
        if self.load.take():
            self.start = time.perf_counter()
            self.transport.write(self.load.request)
        else:
            self.transport.close()

    def data_received(self, data):
        self.buffer += data
        if self.need is None:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = self.buffer[:end].lower()
            mark = head.find(b"content-length:")
            self.need = end + 4 + int(head[mark + 15:].split(b"\r\n")[0]) if mark >= 0 else end + 4
        if len(self.buffer) >= self.need:
            self.load.answered(self.buffer[9:12] == b"200", time.perf_counter() - self.start)
            self.buffer, self.need = self.buffer[self.need:], None
            self.ask()

    def connection_lost(self, _):
        self.load.left()


class Load:
    """Closed-loop load: `connections` clients, for `seconds` or until `count` requests are sent."""

    def __init__(self, port, data, connections, seconds=None, count=None):
        self.port, self.request, self.connections = port, data, connections
        self.seconds, self.count = seconds, count
        self.latencies, self.failures, self.open = [], 0, connections

    def take(self):
        if self.count is not None:
            self.count -= 1
            return self.count >= 0
        return time.perf_counter() < self.end

    def answered(self, is_fine, latency):
        self.latencies.append(latency)
        self.failures += not is_fine

    def left(self):
        self.open -= 1
        if self.open == 0:
            self.done.set_result(None)

    async def run(self):
        loop = asyncio.get_running_loop()
        self.done = loop.create_future()
        start = time.perf_counter()
        self.end = start + (self.seconds or 0)
        for _ in range(self.connections):
            await loop.create_connection(lambda: Connection(self), "127.0.0.1", self.port)
        await self.done
        self.elapsed = time.perf_counter() - start
        return self

    def quantile(self, part):
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(int(len(ordered) * part), len(ordered) - 1)] if ordered else float("nan")


class Server:
    def __init__(self, name, command, environment, port):
        self.name, self.port = name, port
        self.process = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end = time.time() + 30
        while time.time() < end:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1).read()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit(f"{name} does not answer")

    def memory(self, field="VmRSS"):
        for line in open(f"/proc/{self.process.pid}/status"):
            if line.startswith(field):
                return int(line.split()[1]) / 1024
        return 0.0

    def processor(self):
        return processor_time(self.process.pid)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def processor_time(pid):
    """Seconds of CPU that a process has taken so far."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def timed(load, pids):
    """Runs a load and tells what CPU each of the processes took a request, in milliseconds."""
    before = [processor_time(pid) for pid in pids]
    await load.run()
    after = [processor_time(pid) for pid in pids]
    return [1000 * (end - start) / max(len(load.latencies), 1) for start, end in zip(before, after)]


def report(name, server, load, shares):
    failed = f", {load.failures} failed" if load.failures else ""
    print(
        f"{name:<30} {server:<10} {len(load.latencies) / load.elapsed:>7.0f}/s   "
        f"p50 {load.quantile(0.5):>8.1f} ms   p99 {load.quantile(0.99):>8.1f} ms{failed}   "
        "CPU a request: service {:.2f}, stand-in {:.2f}, load {:.2f} ms".format(*shares),
        flush=True,
    )


def upstream(python, seconds):
    """The stand-in for the API; returns its process and its address."""
    port = free_port()
    process = subprocess.Popen(
        [python, os.path.join(HERE, "upstream.py"), str(port), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    process.stdout.readline()
    return process, f"http://127.0.0.1:{port}"


def darkroom(program, folder, base):
    os.makedirs(os.path.join(folder, "darkroom"), exist_ok=True)
    with open(os.path.join(folder, "darkroom", "config.yaml"), "w") as file:
        file.write(
            "service: {rate_limit: 0, creations: 1000000, concurrency: 64, queue: 2000, save_outputs: false}\n"
            "budget: {run: none, session: none, day: none, month: none}\n"
        )
    port = free_port()
    environment = {
        "XDG_CONFIG_HOME": folder, "DARKROOM_DATA_DIR": tempfile.mkdtemp(dir=folder), "REPLICATE_BASE_URL": base,
        "REPLICATE_API_TOKEN": "r8_bench",
    }
    return Server("darkroom", [program, "serve", "--port", str(port)], environment, port)


def reference(python, base):
    port = free_port()
    command = [
        python, "-m", "uvicorn", "reference:app", "--app-dir", HERE, "--port", str(port), "--no-access-log",
        "--log-level", "warning", "--backlog", "4096",
    ]
    return Server("reference", command, {"REPLICATE_BASE_URL": base, "REPLICATE_API_KEY": "r8_bench"}, port)


def measure(server, stand_in, seconds, waits, best):
    pids = [server.process.pid, stand_in.pid, os.getpid()]

    def run(name, *arguments, **options):
        load = Load(server.port, *arguments, **options)
        report(name, server.name, load, asyncio.run(timed(load, pids)))
        rates = best.setdefault(name, {})
        rates[server.name] = max(rates.get(server.name, 0), len(load.latencies) / load.elapsed)
        return load

    cost = request("/api/generate/estimate-cost", {"num_images": 10, "video_duration": 30})
    image = request("/api/generate/image", {"prompt": "a bench", "model": MODEL})
    if not waits:
        asyncio.run(Load(server.port, cost, 8, count=200).run())
        run("estimate-cost, 64 at once", cost, 64, seconds)
        asyncio.run(Load(server.port, image, 8, count=64).run())
        run("image, instant API, 64 at once", image, 64, seconds)
        return
    asyncio.run(Load(server.port, image, 1, count=1).run())
    before = server.memory()
    load = run("1,000 images of 2 s at once", image, 1000, count=1000)
    print(
        f"{'':<30} {server.name:<10} all answered after {load.elapsed:.1f} s (ideal 2 s); memory {before:.0f} MB, "
        f"at most {server.memory('VmHWM'):.0f} MB",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3, help="of the throughput, in turns; the best of each counts")
    parser.add_argument("--only", choices=["darkroom", "reference"])
    parser.add_argument("--python", help="an interpreter that has " + ", ".join(PACKAGES))
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    folder = tempfile.mkdtemp(prefix="darkroom-bench-service-")
    try:
        python = options.python
        if python is None:
            venv.create(os.path.join(folder, "venv"), with_pip=True)
            python = os.path.join(folder, "venv", "bin", "python")
            subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)
        best = {}
        for waits in [0] * options.rounds + [2]:
            for name in ("reference", "darkroom"):
                if options.only not in (None, name):
                    continue
                stand_in, base = upstream(python, waits)
                server = None
                try:
                    server = reference(python, base) if name == "reference" else darkroom(program, folder, base)
                    measure(server, stand_in, options.seconds, waits, best)
                finally:
                    if server:
                        server.stop()
                    stand_in.terminate()
                    stand_in.wait()
        for name, rates in best.items():
            if len(rates) == 2:
                print(f"{name}: {rates['darkroom'] / rates['reference']:.1f} times the reference's requests a second")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
