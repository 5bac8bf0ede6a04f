"""Screenshots made small: an RGB PNG -> one of at most 256 colours, without another library."""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 256
Pixels = NDArray[np.uint8]


def smaller(png: bytes) -> bytes:
    """The same picture with its 256 most frequent colours; the few others take the nearest of them."""
    pixels = read_rgb(png)
    height, width = pixels.shape[:2]
    codes = pixels.astype(np.uint32) @ np.array([65536, 256, 1], dtype=np.uint32)
    found, counts = np.unique(codes, return_counts=True)
    kept = np.sort(found[np.argsort(-counts, kind="stable")[:COLOURS]])
    palette = np.stack([kept >> 16, kept >> 8 & 255, kept & 255], axis=1).astype(np.int32)
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1).astype(np.int32)
    nearest = np.array([((palette - colour) ** 2).sum(axis=1).argmin() for colour in colours], dtype=np.uint8)
    indexed = nearest[np.searchsorted(found, codes)]
    rows = np.concatenate([np.zeros((height, 1), dtype=np.uint8), indexed], axis=1)
    return b"".join(
        (
            SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", palette.astype(np.uint8).tobytes()),
            _chunk(b"IDAT", zlib.compress(rows.tobytes(), 9)),
            _chunk(b"IEND", b""),
        )
    )


def read_rgb(png: bytes) -> Pixels:
    """(height, width, 3). Raises ValueError for anything but 8-bit RGB, not interlaced."""
    at, data, header = len(SIGNATURE), b"", b""
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        name, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        header = body if name == b"IHDR" else header
        data += body if name == b"IDAT" else b""
        at += length + 12
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    if (depth, kind, interlaced) != (8, 2, 0):
        raise ValueError(f"depth {depth}, kind {kind}, interlaced {interlaced}")
    rows = np.frombuffer(zlib.decompress(data), dtype=np.uint8).reshape(height, width * 3 + 1)
    return _unfiltered(rows).reshape(height, width, 3)


def _unfiltered(rows: Pixels) -> Pixels:
    """The five filters of PNG undone, row by row."""
    above = np.zeros(rows.shape[1] - 1 + 3, dtype=np.uint8)
    found = []
    for row in rows:
        line = np.zeros_like(above)
        for at, value in enumerate(row[1:].tolist(), start=3):
            left, up, corner = int(line[at - 3]), int(above[at]), int(above[at - 3])
            line[at] = (value + _predicted(int(row[0]), left, up, corner)) & 255
        found.append(line[3:])
        above = line
    return np.array(found, dtype=np.uint8)


def _predicted(filter_: int, left: int, up: int, corner: int) -> int:
    if filter_ == 4:
        guess = left + up - corner
        return min((left, up, corner), key=lambda value: abs(guess - value))
    return (0, left, up, (left + up) // 2)[filter_]


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
