"""A page on paper: as PDF, counted, and its QR codes read as a phone would."""

from __future__ import annotations

import io

import pypdfium2
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page

SCALE = 3.0
"""216 dots an inch: what a plain office printer does and more."""
PRINT = """selector => { document.documentElement.classList.add('print-one');
  const cards = document.querySelectorAll(selector); cards[cards.length - 1].classList.add('print-this'); }"""


class Paper:
    """The pages that Chromium prints."""

    def __init__(self, pdf: bytes) -> None:
        self._document = pypdfium2.PdfDocument(io.BytesIO(pdf))

    def __len__(self) -> int:
        return len(self._document)

    @property
    def millimetres(self) -> tuple[int, int]:
        """Width and height of the first page."""
        width, height = self._document[0].get_size()
        return round(width / 72 * 25.4), round(height / 72 * 25.4)

    @property
    def text(self) -> str:
        """All words; pdf breaks lines where the paper does."""
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in self._document)

    def code(self) -> str:
        """What stands in the QR code of the first page, '' where none is read."""
        return read_code(self._document[0].render(scale=SCALE).to_pil())


def printed(page: Page) -> Paper:
    return Paper(page.pdf(prefer_css_page_size=True, print_background=True))


def print_last_card(page: Page) -> Paper:
    """Press 打印 on the last card, and print what the page shows while it waits for the printer."""
    page.evaluate("""() => new Promise(done => { window.print = done;
      const buttons = document.querySelectorAll('.tools .print'); buttons[buttons.length - 1].click(); })""")
    page.evaluate(PRINT, ".card")
    return printed(page)


def code_on_screen(place: Locator) -> str:
    return read_code(Image.open(io.BytesIO(place.screenshot())))


def read_code(picture: Image.Image) -> str:
    """The text of the one QR code in a picture, '' where none is found or more than one.

    ZXing, the reader of many phones. OpenCV's missed about one in a hundred of our codes at any size, so the port
    that a test server happened to get decided whether the test passed.
    """
    codes = zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    return codes[0].text if len(codes) == 1 else ""
