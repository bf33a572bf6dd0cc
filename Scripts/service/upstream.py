"""A stand-in for the API that is light enough not to be what is measured: one model that writes text, predictions that succeed
after SECONDS, lists by time.

    upstream.py PORT SECONDS

Started by bench.py, for either service. Connections are kept open for as long as the caller likes.
"""

import asyncio
import itertools
import json
import sys
import time
from datetime import datetime, timezone
from email.utils import formatdate
from urllib.parse import parse_qs, urlsplit

OWNER, NAME = "meta", "meta-llama-3-8b-instruct"
SECONDS = 0.0
VERSION = "a" * 64


def moment(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


MODEL_JSON = json.dumps({
    "url": f"https://replicate.com/{OWNER}/{NAME}", "owner": OWNER, "name": NAME, "description": "Writes text.",
    "visibility": "public", "is_official": True, "run_count": 1,
    "latest_version": {
        "id": VERSION, "created_at": moment(0), "cog_version": "0.9",
        "openapi_schema": {"components": {"schemas": {
            "Input": {"type": "object", "required": ["prompt"], "properties": {
                "prompt": {"type": "string", "title": "Prompt", "x-order": 0},
                "max_tokens": {"type": "integer", "default": 64, "minimum": 1, "maximum": 4096, "x-order": 1},
                "seed": {"type": "integer", "title": "Seed", "x-order": 2},
            }},
            "Output": {"type": "array", "items": {"type": "string"}},
        }}},
    },
}).encode()


class Prediction:
    """What was created, and its JSON as it is now."""

    __slots__ = ("id", "input", "created", "json", "is_done")

    def __init__(self, number, inputs):
        self.id = f"bench{number:021d}"
        self.input = json.dumps(inputs)
        self.created = time.time()
        self.json, self.is_done = None, False

    def text(self, is_patient=False):
        now = time.time()
        is_done = now - self.created >= SECONDS and (SECONDS > 0 or is_patient or self.json is not None)
        if self.json is None or is_done != self.is_done:
            self.is_done = is_done
            end = self.created + max(SECONDS, 0.001)
            facts = (
                f'"status":"succeeded","output":["a ","bench"],"started_at":"{moment(self.created)}",'
                f'"completed_at":"{moment(end)}","logs":"done",'
                f'"metrics":{{"predict_time":{end - self.created:.3f},"input_token_count":4,"output_token_count":2}}'
                if is_done else
                '"status":"starting","output":null,"started_at":null,"completed_at":null,"logs":"","metrics":{}'
            )
            self.json = (
                f'{{"id":"{self.id}","model":"{OWNER}/{NAME}","version":"{VERSION}","input":{self.input},'
                f'"error":null,"source":"api","created_at":"{moment(self.created)}",{facts},"urls":{{'
                f'"get":"https://api.replicate.com/v1/predictions/{self.id}",'
                f'"cancel":"https://api.replicate.com/v1/predictions/{self.id}/cancel"}}}}'
            ).encode()
        return self.json


predictions = {}
recent = []
numbers = itertools.count(1)


def between(query):
    def bound(name):
        text = query.get(name, [None])[0]
        return text and datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()

    after, before = bound("created_after"), bound("created_before")
    start = int(query.get("cursor", ["0"])[0])
    rows = [
        one for one in reversed(recent)
        if (after is None or one.created >= after) and (before is None or one.created <= before)
    ]
    page = rows[start:start + 100]
    following = "null"
    if len(rows) > start + 100:
        times = "&".join(f"{name}={query[name][0]}" for name in ("created_after", "created_before") if name in query)
        following = f'"http://127.0.0.1:{PORT}/v1/predictions?{times}&cursor={start + 100}"'
    return b'{"previous":null,"next":' + following.encode() + b',"results":[' + b",".join(
        one.text() for one in page
    ) + b"]}"


def answer(method, target, head, body):
    url = urlsplit(target)
    path = url.path.removeprefix("/v1")
    if method == "POST" and path == "/predictions":
        one = Prediction(next(numbers), json.loads(body)["input"])
        predictions[one.id] = one
        recent.append(one)
        # Nobody asks for what is older, and a list without an end is not what is measured.
        if len(recent) > 20_000:
            del recent[:10_000]
        return 201, one.text(is_patient=b"\nprefer: wait" in head)
    if method == "GET" and path == f"/models/{OWNER}/{NAME}":
        return 200, MODEL_JSON
    if method == "GET" and path == "/predictions":
        return 200, between(parse_qs(url.query))
    one = predictions.get(path.removeprefix("/predictions/").removesuffix("/cancel"))
    return (200, one.text()) if one else (404, b'{"detail":"There is no such thing","status":404}')


class Connection(asyncio.Protocol):
    def __init__(self):
        self.buffer = b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.buffer += data
        while True:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = self.buffer[:end].lower()
            mark = head.find(b"\ncontent-length:")
            need = end + 4 + (int(head[mark + 16:].split(b"\r")[0]) if mark >= 0 else 0)
            if len(self.buffer) < need:
                return
            method, target, _ = self.buffer[:self.buffer.find(b"\r")].decode().split(" ")
            status, body = answer(method, target, head, self.buffer[end + 4:need])
            self.buffer = self.buffer[need:]
            self.transport.write(
                b"HTTP/1.1 %d OK\r\nDate: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                % (status, formatdate(usegmt=True).encode(), len(body)) + body
            )


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Connection, "127.0.0.1", PORT, backlog=4096)
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    PORT, SECONDS = int(sys.argv[1]), float(sys.argv[2])
    try:
        import uvloop
        uvloop.run(main())
    except ImportError:
        asyncio.run(main())
    except KeyboardInterrupt:
        pass
