"""Stands between the program and the sandbox, and does to some answers what a bad network does: bytes that are no HTTP in the
place of an answer, and lists whose pages shift while they are read."""

import json
import random
import re
import socket
import threading

# An answer that is no HTTP, after the request was passed on: what it asked for has been done.
NO_HTTP = [
    b"\r\nHTTP/1.1 201 Created\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", b"HTTP/1.2 201 Created\r\n\r\n", b"x",
    b"HTTP/9.9\r\n\r\n", b"220 smtp.example ESMTP\r\n", b"\x00" * 64,
]


class Meddler:
    """Listens on a port of its own; `url` is what the program is told to be the API's address."""

    def __init__(self, base, seed, rate=0.05):
        self.host, self.port, self.path = re.fullmatch(r"http://([^:/]+):(\d+)(.*)", base).groups()
        self.chance = random.Random(seed)
        self.rate = rate
        self.garbled = self.shifted = 0
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.origin = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.url = self.origin + self.path
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def close(self):
        self.listener.close()

    def serve(self, client):
        """One request a connection: easy to tell apart, and the program must bear it."""
        with client:
            try:
                client.settimeout(60)
                request = self.read_request(client)
                if not request:
                    return
                head, body = request
                head = re.sub(rb"(?im)^connection:.*\r\n", b"", head).replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
                with socket.create_connection((self.host, int(self.port)), timeout=60) as server:
                    server.sendall(head + body)
                    is_list = re.match(rb"GET [^ ]*/predictions(\?[^ ]*)? ", head) is not None
                    is_creation = re.match(rb"POST [^ ]*/predictions ", head) is not None
                    if is_creation and self.chance.random() < self.rate:
                        # The whole answer first: it must have been done.
                        self.read_all(server)
                        self.garbled += 1
                        client.sendall(self.chance.choice(NO_HTTP))
                    elif is_list:
                        client.sendall(self.list(self.read_all(server)))
                    else:
                        while data := server.recv(65536):
                            client.sendall(data)
            except OSError:
                pass

    def read_request(self, client):
        data = b""
        while b"\r\n\r\n" not in data:
            more = client.recv(65536)
            if not more:
                return None
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        length = re.search(rb"(?im)^content-length: *(\d+)", head)
        while length and len(body) < int(length[1]):
            more = client.recv(65536)
            if not more:
                return None
            body += more
        return head + b"\r\n\r\n", body

    def read_all(self, server):
        data = b""
        # Some answers have no end.
        while len(data) < 33 << 20:
            try:
                more = server.recv(1 << 16)
            except OSError:
                break
            if not more:
                break
            data += more
        return data

    def list(self, answer):
        """The same list with links that lead here, and sometimes with a row of the page before in it once more."""
        head, _, body = answer.partition(b"\r\n\r\n")
        try:
            page = json.loads(body)
            rows = page["results"]
        except (ValueError, KeyError, TypeError):
            return answer
        if page.get("next"):
            page["next"] = page["next"].replace(f"http://{self.host}:{self.port}", self.origin)
        if rows and self.chance.random() < 0.3:
            self.shifted += 1
            rows.insert(0, self.chance.choice(rows))
        body = json.dumps(page).encode()
        head = re.sub(rb"(?im)^content-length:.*\r\n", b"", head + b"\r\n").rstrip(b"\r\n")
        return head + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body
