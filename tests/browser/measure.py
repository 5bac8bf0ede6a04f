"""What can be measured on a page: sideways scroll, clipped words, covered or low controls, small letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page

SMALLEST_PX = {"": 18, "size-large": 20, "size-huge": 24}
TARGET_PX = {"": 44, "size-large": 60, "size-huge": 60}
MARK_PX = 24
"""The marks stand in running text; design guide §4 asks 24 px of them."""
FAULTS = """([smallest, target, mark]) => {
  const faults = [], root = document.documentElement, wide = root.clientWidth;
  const shown = node => node.getClientRects().length && getComputedStyle(node).visibility === 'visible'
    && node.getBoundingClientRect().width > 1 && !node.closest('.unseen, .skip, script, style, svg')
    && !node.closest('details:not([open]) > :not(summary)');
  const name = node => node.tagName + '.' + node.className + ' ' + (node.textContent || '').trim().slice(0, 12);
  if (root.scrollWidth > wide) faults.push('scrolls sideways: ' + root.scrollWidth + ' > ' + wide);
  for (const node of document.querySelectorAll('body *')) {
    if (!shown(node)) continue;
    const own = Array.from(node.childNodes).some(child => child.nodeType === 3 && child.data.trim());
    if (!own) continue;
    if (parseFloat(getComputedStyle(node).fontSize) < smallest - .1) faults.push('small letters: ' + name(node));
    for (const box of node.getClientRects())
      if (box.left < -1 || box.right > wide + 1) faults.push('cut off: ' + name(node));
    for (let up = node; up && up !== document.body; up = up.parentElement) {
      const over = getComputedStyle(up);
      if (over.overflowX !== 'visible' && up.tagName !== 'TEXTAREA' && up.scrollWidth > up.clientWidth + 1 && up.clientWidth)
        faults.push('clipped in ' + name(up));
    }
    if (node.closest('button, a.button') && node.scrollWidth > node.clientWidth + 1 && node.clientWidth)
      faults.push('spills: ' + name(node));
  }
  const at = [root.scrollLeft, root.scrollTop];
  for (const node of document.querySelectorAll('button, a, summary, textarea, input, select')) {
    if (!shown(node) || node.type === 'hidden') continue;
    const low = node.matches('.mark') ? mark : node.matches('button, .button, summary, textarea, input, select, .links a') ? target : 0;
    if (node.getBoundingClientRect().height < low - .5) faults.push('low: ' + name(node));
    node.scrollIntoView({block: 'center'});
    const box = node.getClientRects()[0];
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (!top || !(node.contains(top) || top.contains(node))) faults.push('covered: ' + name(node));
  }
  root.scrollTo(at[0], at[1]);
  return Array.from(new Set(faults));
}"""
WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
SEEN = """node => { const box = node.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight + 1 && box.right <= innerWidth + 1
    && node.contains(top); }"""
LOOSE = """() => { const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet]; }"""
"""The spacing of WCAG 1.4.12, as a reader's own style: a policy does not stop it."""


def faults(page: Page, size: str = "", *, targets: bool = True) -> list[str]:
    """Everything that is wrong with what is shown. size: the class of the root element.

    targets: whether letters and buttons are held to that size too, not after a zoom of the reader's own.
    """
    smallest, target, mark = (SMALLEST_PX[size], TARGET_PX[size], MARK_PX) if targets else (0, 0, 0)
    found: list[str] = page.evaluate(FAULTS, [smallest, target, mark])
    return found


def seen(page: Page, selector: str) -> bool:
    """Wholly inside the window and not covered by anything else."""
    return bool(page.locator(selector).first.evaluate(SEEN))


def letters_at(page: Page, pixels: int) -> None:
    """The browser's own letter size, as the system sets it; 16 is normal, 32 is 200 %."""
    session = page.context.new_cdp_session(page)
    sizes: Mapping[str, Any] = {"standard": pixels, "fixed": pixels}
    session.send("Page.setFontSizes", {"fontSizes": sizes})
