"""The words of one Word paragraph as a person sees them: hidden, deleted, tiny and white ones left out and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

TINY_HALF_POINTS = 8
"""4 pt and below cannot be read on paper."""
_OFF = ("0", "false", "off", "none")
_TAKEN_OUT = {qn("w:del"): "deleted", qn("w:moveFrom"): "deleted"}
_ELSEWHERE = (qn("w:txbxContent"), qn("w:pPr"), qn("w:footnote"), qn("w:rubyPr"), qn("w:rt"))


class Styles:
    """The styles of a document, with what each takes over from the one it is based on."""

    def __init__(self, element: Any) -> None:
        self._by_id = {style.get(qn("w:styleId")): style for style in element.findall(qn("w:style"))}

    def of(self, paragraph: Any) -> list[Any]:
        """The style of a paragraph (or run) and those it is based on, nearest first."""
        mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self._chain(mark.get(qn("w:val")) if mark is not None else None)

    def of_run(self, run: Any) -> list[Any]:
        mark = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        return self._chain(mark.get(qn("w:val")) if mark is not None else None)

    def name(self, paragraph: Any) -> str:
        found = self.of(paragraph)
        mark = found[0].find(qn("w:name")) if found else None
        return str(mark.get(qn("w:val"))) if mark is not None else ""

    def outline(self, paragraph: Any) -> int | None:
        """Outline level, 0 for the highest; None for body text."""
        for holder in (paragraph, *self.of(paragraph)):
            mark = holder.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if mark is not None:
                return int(mark.get(qn("w:val")))
        name = self.name(paragraph).lower()
        for word in ("heading ", "标题 "):
            if name.startswith(word) and name[len(word) :].isdigit():
                return int(name[len(word) :]) - 1
        return None

    def _chain(self, style_id: str | None) -> list[Any]:
        chain: list[Any] = []
        while style_id in self._by_id and len(chain) < 10:
            chain.append(self._by_id[style_id])
            based = chain[-1].find(qn("w:basedOn"))
            style_id = based.get(qn("w:val")) if based is not None else None
        return chain


def text_of(paragraph: Any, styles: Styles, dropped: Counter[str]) -> str:
    """Line breaks as \\n, tabs as one blank. Adds to dropped: one per stretch left out."""
    return "".join(_words(paragraph, paragraph, styles, dropped))


def _words(element: Any, paragraph: Any, styles: Styles, dropped: Counter[str]) -> Iterator[str]:
    for child in element:
        if child.tag in _TAKEN_OUT:
            dropped[_TAKEN_OUT[child.tag]] += 1
        elif child.tag in _ELSEWHERE or child.tag.endswith("}Fallback"):
            continue
        elif child.tag == qn("w:r"):
            yield from _run(child, paragraph, styles, dropped)
        else:
            yield from _words(child, paragraph, styles, dropped)


def _run(run: Any, paragraph: Any, styles: Styles, dropped: Counter[str]) -> Iterator[str]:
    text = "".join(_signs(run))
    reason = _unseen(run, paragraph, styles) if text.strip() else None
    if reason is not None:
        dropped[reason] += 1
    else:
        yield text


def _signs(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in (qn("w:br"), qn("w:cr")):
            yield "\n"
        elif child.tag == qn("w:tab"):
            yield " "
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag == qn("w:ruby"):
            yield from (sign.text or "" for base in child.iter(qn("w:rubyBase")) for sign in base.iter(qn("w:t")))


def _unseen(run: Any, paragraph: Any, styles: Styles) -> str | None:
    """Why a reader of the page would not see this run; None when they would."""
    holders = [run, *styles.of_run(run), *styles.of(paragraph)]
    vanish = _first(holders, "w:vanish")
    if vanish is not None and (vanish.get(qn("w:val")) or "1").lower() not in _OFF:
        return "hidden"
    size = _first(holders, "w:sz")
    if size is not None and (size.get(qn("w:val")) or "").isdigit() and int(size.get(qn("w:val"))) <= TINY_HALF_POINTS:
        return "tiny"
    colour = _first(holders, "w:color")
    if colour is not None and _is_white(colour.get(qn("w:val")) or "") and not _on_colour(run, paragraph):
        return "white"
    return None


def _first(holders: list[Any], tag: str) -> Any:
    found = (holder.find(f"{qn('w:rPr')}/{qn(tag)}") for holder in holders)
    return next((mark for mark in found if mark is not None), None)


def _is_white(colour: str) -> bool:
    if len(colour) != 6:
        return False
    try:
        return min(bytes.fromhex(colour)) >= 0xF0
    except ValueError:
        return False


def _on_colour(run: Any, paragraph: Any) -> bool:
    """White words on a dark ground (the head of a table) are seen."""
    holders = [run, paragraph, *(e for e in paragraph.iterancestors() if e.tag in (qn("w:tc"), qn("w:tbl")))]
    marks = (mark for holder in holders for mark in holder.findall(f"*/{qn('w:shd')}"))
    fills = {mark.get(qn("w:fill")) for mark in marks}
    highlighted = run.find(f"{qn('w:rPr')}/{qn('w:highlight')}") is not None
    return highlighted or any(fill and fill != "auto" and not _is_white(fill) for fill in fills)
