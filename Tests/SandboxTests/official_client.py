"""Uses every part of Replicate's Python client that a program would, against whatever REPLICATE_BASE_URL names."""

import io
import urllib.request

import replicate
from replicate.exceptions import ModelError, ReplicateError

client = replicate.Client()


def step(name):
    print("--", name, flush=True)


def content(output):
    """The bytes of an output; the client wraps addresses in a file object only where they are https."""
    return output.read() if hasattr(output, "read") else urllib.request.urlopen(str(output)).read()


step("run waits and gives files")
outputs = client.run("black-forest-labs/flux-schnell", input={"prompt": "a lighthouse", "num_outputs": 2, "seed": 7})
assert len(outputs) == 2, outputs
first = content(outputs[0])
assert first[:4] == b"RIFF", first[:16]

step("the same seed paints the same picture")
again = client.run("black-forest-labs/flux-schnell", input={"prompt": "a lighthouse", "num_outputs": 2, "seed": 7})
assert content(again[0]) == first

step("a model is read with its schema, and versions are listed")
model = client.models.get("black-forest-labs/flux-schnell")
assert model.owner == "black-forest-labs" and model.latest_version is not None
assert "prompt" in model.latest_version.openapi_schema["components"]["schemas"]["Input"]["properties"]
assert len(list(client.models.list())) >= 8

step("models are found by words")
found = client.models.search("video")
assert len(list(found)) >= 1

step("a prediction is created, reloaded until its end, and found in the list")
prediction = client.predictions.create(model="black-forest-labs/flux-schnell", input={"prompt": "a fjord"})
assert prediction.status in ("starting", "processing", "succeeded"), prediction.status
prediction.wait()
assert prediction.status == "succeeded" and prediction.metrics["predict_time"] >= 0
assert prediction.id in [row.id for row in client.predictions.list()]

step("progress is read from the log")
assert prediction.logs and "100%" in prediction.logs

step("a running prediction is canceled")
version = client.models.get("fofr/skyreels-2").latest_version.id
running = client.predictions.create(version=version, input={"image_urls": [str(outputs[0])]})
running.cancel()
running.wait()
assert running.status == "canceled", running.status

step("a file is uploaded, listed, read and deleted")
picture = io.BytesIO(first)
picture.name = "fox.webp"
stored = client.files.create(picture)
assert stored.size == len(first) and stored.checksums["sha256"]
request = urllib.request.Request(stored.urls["get"], headers={"Authorization": "Bearer r8_official"})
assert client.files.get(stored.id).id == stored.id
assert stored.id in [row.id for row in client.files.list()]
client.files.delete(stored.id)

step("an uploaded picture becomes a film")
film = client.run(f"fofr/skyreels-2:{version}", input={"image_urls": [str(output) for output in outputs]})
film = film[0] if isinstance(film, list) else film
assert content(film)[4:8] == b"ftyp"

step("text streams")
words = "".join(str(event) for event in client.stream(
    "meta/meta-llama-3-8b-instruct", input={"prompt": "Tell me of foxes", "max_tokens": 20}))
assert words.strip(), words

step("a failing model raises its own error")
failing = next(row for row in client.models.list() if "fail" in row.name)
try:
    client.run(f"{failing.owner}/{failing.name}:{failing.latest_version.id}", input={"prompt": "x"})
    raise AssertionError("it should have failed")
except ModelError as error:
    assert error.prediction.status == "failed" and error.prediction.error

step("a wrong input is refused with the field's name")
try:
    client.predictions.create(model="black-forest-labs/flux-schnell", input={"prompt": "x", "num_outputs": 9})
    raise AssertionError("it should have been refused")
except ReplicateError as error:
    assert error.status == 422 and "num_outputs" in error.detail, error

step("a model that is not there is 404")
try:
    client.models.get("nobody/nothing")
    raise AssertionError("it should not be there")
except ReplicateError as error:
    assert error.status == 404

print("ALL DONE")
