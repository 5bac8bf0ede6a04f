"""A web address as a QR code: SVG made here, so no picture is fetched and nothing leaves the page."""

from __future__ import annotations

from functools import lru_cache

import segno
from markupsafe import Markup, escape

MARGIN = 4
"""White modules round the code, as ISO/IEC 18004 asks; readers need them."""


@lru_cache(maxsize=256)
def qr_svg(address: str) -> Markup:
    """Inline SVG, level M, black on white with its margin, one user unit a module; the page's CSS sizes it.

    The result is markup made here from the address alone, so templates print it as it is. The accessible name
    holds the address. Raises ValueError when the address is empty or longer than a code can carry.
    """
    if not address:
        raise ValueError("a QR code needs an address")
    code = segno.make(address, error="m", boost_error=False, micro=False)
    side = code.symbol_size(border=MARGIN)[0]
    picture = code.svg_inline(border=MARGIN, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None)
    body = picture[picture.index(">") + 1 :]
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" aria-label="二维码，内容是网址 {escape(address)}" '
        f'viewBox="0 0 {side} {side}" shape-rendering="crispEdges">{body}'
    )
