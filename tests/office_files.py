"""Files as offices make them, written by script: Word, Excel, scans and photos with text that the test knows."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from openpyxl import Workbook
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Table = Sequence[Sequence[str]]
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
)
SAME = "^"
"""A cell that goes on from the cell above."""
WIDE = "<"
"""A cell that goes on from the cell to its left."""


def docx(paragraphs: Sequence[str | Table], title: str = "") -> bytes:
    """Strings become paragraphs (`# …` a heading), tables tables; SAME and WIDE cells are merged."""
    document: Any = Document()
    if title:
        document.add_paragraph(title, style="Title")
    for each in paragraphs:
        if not isinstance(each, str):
            _add_table(document, each)
        elif each.startswith("# "):
            document.add_heading(each[2:], level=1)
        else:
            document.add_paragraph(each)
    return saved(document)


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add_table(document: Any, rows: Table) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            if text == SAME:
                table.cell(y - 1, x).merge(table.cell(y, x))
            elif text == WIDE:
                table.cell(y, x - 1).merge(table.cell(y, x))
            else:
                table.cell(y, x).text = text


def hide(run: Any, how: str) -> None:
    """how: hidden, tiny, white."""
    if how == "hidden":
        run.font.hidden = True
    elif how == "tiny":
        run.font.size = Pt(1)
    else:
        colour = run._r.get_or_add_rPr().makeelement(qn("w:color"), {qn("w:val"): "FFFFFF"})
        run._r.get_or_add_rPr().append(colour)


def xlsx(sheets: dict[str, Table], formats: dict[str, str] | None = None) -> bytes:
    """Cells that look like numbers are numbers. formats: cell address of the first sheet -> number format."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for y, row in enumerate(rows, 1):
            for x, text in enumerate(row, 1):
                if text not in (SAME, WIDE):
                    sheet.cell(y, x, _value(text))
        _merge(sheet, rows)
        for address, form in (formats or {}).items():
            sheet[address].number_format = form
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _value(text: str) -> str | float | int:
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text


def _merge(sheet: Any, rows: Table) -> None:
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            if text in (SAME, WIDE):
                continue
            down = next((n for n in range(y + 1, len(rows)) if rows[n][x] != SAME), len(rows)) - 1
            across = next((n for n in range(x + 1, len(row)) if row[n] != WIDE), len(row)) - 1
            if down > y or across > x:
                sheet.merge_cells(start_row=y + 1, start_column=x + 1, end_row=down + 1, end_column=across + 1)


@dataclass(frozen=True, slots=True)
class Wear:
    """What copying and photographing does. degrees: turned; blur: radius in pixels; noise: of 255."""

    degrees: float = 1.2
    blur: float = 1.0
    noise: int = 12
    paper: int = 244


SCANNED = Wear()
PHOTOGRAPHED = Wear(degrees=2.0, blur=1.2)


def page_picture(lines: Sequence[str], wear: Wear = SCANNED, seed: int = 1, size: int = 34) -> Image.Image:
    """A4 at 200 dots per inch with these lines, worn."""
    font = ImageFont.truetype(next(name for name in FONTS if Path(name).is_file()), size)
    picture = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((190, 200 + number * round(size * 2)), line, font=font, fill=25)
    noise = random.Random(seed)
    picture = picture.point(lambda value: value * wear.paper // 255)
    picture = picture.rotate(wear.degrees, fillcolor=wear.paper, resample=Image.Resampling.BICUBIC)
    picture = picture.filter(ImageFilter.GaussianBlur(wear.blur))
    if wear.noise:
        grain = Image.frombytes("L", picture.size, noise.randbytes(picture.width * picture.height))
        picture = Image.blend(picture, grain, wear.noise / 255)
    return picture


def scanned_pdf(pages: Sequence[Sequence[str]], wear: Wear = SCANNED) -> bytes:
    """A PDF of pictures, as a scanner makes it."""
    pictures = [page_picture(lines, wear, seed=number) for number, lines in enumerate(pages)]
    file = io.BytesIO()
    pictures[0].save(file, "PDF", save_all=True, append_images=pictures[1:], resolution=200)
    return file.getvalue()


def photo(lines: Sequence[str], wear: Wear = PHOTOGRAPHED, kind: str = "JPEG") -> bytes:
    file = io.BytesIO()
    page_picture(lines, wear).convert("RGB").save(file, kind, quality=80)
    return file.getvalue()
