"""One page of a scanned PDF, drawn and read as a picture."""

from __future__ import annotations

from ingest.paper import Paper
from ingest.placed import Placed, blocks_of, side_by_side, without_furniture
from ingest.readers.pdf import open_pdf
from ingest.readers.recognise import recognise

DOTS_PER_INCH = 200
MAX_PIXELS = 12_000_000


def read_scanned_page(data: bytes, page: int) -> Paper:
    """page: from 0. Raises UnsupportedDocument."""
    sheet = open_pdf(data, "PDF")[page]
    width, height = sheet.get_size()
    scale = min(DOTS_PER_INCH / 72, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    picture = sheet.render(scale=scale, grayscale=True).to_pil()
    return paper_of(recognise(picture, page + 1))


def paper_of(pieces: list[Placed]) -> Paper:
    """One page of recognised pieces. Heads that repeat are dropped where pages are joined."""
    kept, furniture = without_furniture([list(side_by_side(pieces))])
    return Paper(blocks_of(kept), {"furniture": furniture} if furniture else {}, 1)
