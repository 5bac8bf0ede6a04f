"""A picture of a page to lines of text: straightened, brightened, read by rapidocr with the models in its own wheel."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from ingest.placed import Placed

Pixels = NDArray[np.uint8]
LEAST_SCORE = 0.5
"""Lines read with less confidence than this, 0..1, are noise."""
MAX_SIDE = 2400
MIN_SIDE = 900
_PALE = 90
"""A page whose darkest and brightest hundredth lie nearer than this is stretched to full contrast."""


def recognise(picture: Image.Image, page: int) -> list[Placed]:
    """Pieces of text with their places, in no order. page: from 1."""
    pixels = prepared(picture)
    height, width = pixels.shape[:2]
    found = _engine()(pixels)
    if found.boxes is None:
        return []
    pieces = []
    for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        if score >= LEAST_SCORE and text.strip():
            across, down = corners[:, 0], corners[:, 1]
            left, right = float(across.min()) / width, float(across.max()) / width
            top, bottom = float(down.min()) / height, float(down.max()) / height
            pieces.append(Placed(text.strip(), left, top, right, bottom, page))
    return pieces


def prepared(picture: Image.Image) -> Pixels:
    """Upright as the camera noted, grey, of a readable size, straight, with contrast."""
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "P"):
        ground = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(ground, upright.convert("RGBA"))
    grey = _sized(upright.convert("L"))
    low, high = np.percentile(np.asarray(grey), (1, 99))
    if high - low < _PALE:
        grey = ImageOps.autocontrast(grey, cutoff=1)
    angle = skew(np.asarray(grey))
    if abs(angle) >= 0.3:
        grey = grey.rotate(angle, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=int(high))
    return np.stack([np.asarray(grey)] * 3, axis=-1)


def _sized(picture: Image.Image) -> Image.Image:
    longest = max(picture.size)
    wanted = MAX_SIDE if longest > MAX_SIDE else MIN_SIDE if longest < MIN_SIDE else longest
    if wanted == longest:
        return picture
    size = tuple(max(1, round(side * wanted / longest)) for side in picture.size)
    return picture.resize((size[0], size[1]), Image.Resampling.LANCZOS)


def skew(grey: Pixels) -> float:
    """Degrees to turn the page counter-clockwise so that its lines lie level; within ±6.

    The right angle is the one whose rows of ink differ most from each other.
    """
    small = Image.fromarray(grey)
    small.thumbnail((700, 700))
    ink = Image.fromarray(np.where(np.asarray(small) < np.median(np.asarray(small)) - 30, 255, 0).astype(np.uint8))
    rough = max(np.arange(-6, 6.1, 1.0), key=lambda angle: _sharpness(ink, angle))
    return float(max(np.arange(rough - 0.8, rough + 0.81, 0.2), key=lambda angle: _sharpness(ink, angle)))


def _sharpness(ink: Image.Image, angle: float) -> float:
    rows = np.asarray(ink.rotate(float(angle)), dtype=np.float64).sum(axis=1)
    return float(np.square(np.diff(rows)).sum())


def _engine() -> Any:
    """Threads are few and logs silent; the models lie in the package, so nothing is fetched."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
