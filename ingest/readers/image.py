"""A photo or picture of a page. Its size is read before its pixels."""

from __future__ import annotations

import io
import warnings

from PIL import Image, UnidentifiedImageError

from ingest.errors import UnsupportedDocument
from ingest.paper import Paper
from ingest.readers.recognise import recognise
from ingest.readers.scan import paper_of

MAX_PIXELS = 40_000_000


def read_image(data: bytes, name: str) -> Paper:
    """PNG or JPG. Raises UnsupportedDocument."""
    too_large = UnsupportedDocument(name, "图片太大（超过4000万像素）", "把照片调小一点，或者分几张拍，再传")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
            if picture.width * picture.height > MAX_PIXELS:
                raise too_large
            if picture.format == "JPEG":
                picture.draft("L", (2400, 2400))
            picture.load()
    except Image.DecompressionBombError as error:
        raise too_large from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:  # SyntaxError: Pillow, of a broken PNG
        raise UnsupportedDocument(name, "图片坏了，打不开", "重新拍一张，或者重新存一份再传") from error
    return paper_of(recognise(picture, 1))
