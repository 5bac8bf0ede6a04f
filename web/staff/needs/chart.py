"""Charts as inline SVG made here: no script, no style attribute. The same figures stand in the table beside."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

WIDTH = 420
ROW = 46
BAR = 18
ROOM_FOR_NUMBER = 64
HEIGHT = 180
FOOT = 44

Bars = Sequence[tuple[str, int]]
"""(name, number >= 0) in the order shown. A number that may not be shown does not come here."""


def bars(caption: str, lines: Bars) -> Markup | str:
    """Lying bars, each under its name; '' where there is nothing to draw."""
    most = max((number for _, number in lines), default=0)
    if not most:
        return ""
    parts = []
    for place, (name, number) in enumerate(lines):
        top, wide = place * ROW, max(2, round((WIDTH - ROOM_FOR_NUMBER) * number / most))
        parts.append(
            f'<text x="0" y="{top + 18}">{escape(name)}</text>'
            f'<rect class="bar" x="0" y="{top + 24}" width="{wide}" height="{BAR}"/>'
            f'<text x="{wide + 6}" y="{top + 24 + BAR - 3}">{number}</text>'
        )
    return _svg(caption, len(lines) * ROW, "".join(parts))


def columns(caption: str, lines: Bars) -> Markup | str:
    """Standing bars from left to right, for what follows in time; '' where there is nothing to draw."""
    most = max((number for _, number in lines), default=0)
    if not most:
        return ""
    step = WIDTH / len(lines)
    parts = [f'<line class="ground" x1="0" y1="{HEIGHT}" x2="{WIDTH}" y2="{HEIGHT}"/>']
    for place, (name, number) in enumerate(lines):
        left, high = round(place * step + 4), round((HEIGHT - 24) * number / most)
        middle = round(place * step + step / 2)
        parts.append(f'<text class="name" x="{middle}" y="{HEIGHT + 20}" text-anchor="middle">{escape(name)}</text>')
        if number:
            parts.append(
                f'<rect class="bar" x="{left}" y="{HEIGHT - high}" width="{max(4, round(step - 8))}" height="{high}"/>'
                f'<text class="number" x="{middle}" y="{HEIGHT - high - 6}" text-anchor="middle">{number}</text>'
            )
    return _svg(caption, HEIGHT + FOOT, "".join(parts))


def _svg(caption: str, height: int, inside: str) -> Markup:
    """Markup of our own making: names are escaped above."""
    return Markup(
        f'<svg class="needs-chart" role="img" aria-label="{escape(caption)}（图；数字在表里）" '
        f'viewBox="0 0 {WIDTH} {height}" xmlns="http://www.w3.org/2000/svg">{inside}</svg>'
    )
