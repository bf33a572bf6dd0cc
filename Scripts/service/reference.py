"""The shape of the service that `darkroom serve` replaces, for measuring beside it: FastAPI, uvicorn, requests.

One process, handlers on the framework's thread pool, a pooled session, create and then poll every five seconds. Started by
bench.py; REPLICATE_BASE_URL and REPLICATE_API_KEY as the reference had them.
"""

import asyncio
import logging
import os
import time
from typing import List, Optional

import requests
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from prometheus_client import Counter, Histogram
from pydantic import BaseModel

BASE = os.environ.get("REPLICATE_BASE_URL", "https://api.replicate.com/v1").rstrip("/")
BASE = BASE if BASE.endswith("/v1") else BASE + "/v1"
PRICES = {"image": 0.003, "video_second": 0.10}

logging.basicConfig(level=logging.INFO)
logger = logging.getLogger("reference")
requests_total = Counter("replicate_image_requests_total", "Image requests", ["status"])
duration = Histogram("replicate_image_duration_seconds", "Seconds an image took")


class Client:
    def __init__(self, key):
        self.session = requests.Session()
        adapter = requests.adapters.HTTPAdapter(pool_connections=100, pool_maxsize=100)
        self.session.mount("http://", adapter)
        self.session.mount("https://", adapter)
        self.session.headers["Authorization"] = f"Token {key}"

    def generate_image(self, prompt, model):
        answer = self.session.post(
            f"{BASE}/predictions", json={"version": model, "input": {"prompt": prompt}}, timeout=30
        )
        answer.raise_for_status()
        prediction = answer.json()["id"]
        result = self.poll_prediction(prediction)
        output = result["output"]
        return {
            "success": result["status"] == "succeeded",
            "image_url": output[0] if isinstance(output, list) and output else output,
            "error": result["error"],
            "prediction_id": prediction,
        }

    def poll_prediction(self, prediction, timeout=600, interval=5):
        end = time.time() + timeout
        while time.time() < end:
            answer = self.session.get(f"{BASE}/predictions/{prediction}", timeout=30)
            answer.raise_for_status()
            data = answer.json()
            if data["status"] in ("succeeded", "failed", "canceled"):
                return {"status": data["status"], "output": data.get("output"), "error": data.get("error")}
            time.sleep(interval)
        return {"status": "timeout", "output": None, "error": "timeout"}

    def estimate_cost(self, num_images=0, video_duration=0):
        images = num_images * PRICES["image"]
        video = video_duration * PRICES["video_second"]
        return {"estimated_cost": images + video, "breakdown": {"images": images, "video": video}}


app = FastAPI()
client = Client(os.environ.get("REPLICATE_API_KEY", ""))


class ImageRequest(BaseModel):
    prompt: str
    model: Optional[str] = "black-forest-labs/flux-schnell"


class CostRequest(BaseModel):
    num_images: int = 0
    video_duration: float = 0


@app.middleware("http")
async def limit_time(request: Request, call_next):
    try:
        return await asyncio.wait_for(call_next(request), timeout=300)
    except asyncio.TimeoutError:
        return JSONResponse(status_code=504, content={"detail": "Request timeout"})


@app.post("/api/generate/image")
def generate_image(body: ImageRequest):
    start = time.time()
    logger.info("image_generation_started")
    result = client.generate_image(body.prompt, body.model)
    duration.observe(time.time() - start)
    requests_total.labels(status="success" if result["success"] else "error").inc()
    logger.info("image_generation_completed")
    if not result["success"]:
        raise HTTPException(status_code=500, detail=result["error"])
    return result


@app.post("/api/generate/estimate-cost")
def estimate_cost(body: CostRequest):
    return client.estimate_cost(body.num_images, body.video_duration)


@app.get("/health")
def health():
    return {"status": "ok"}
