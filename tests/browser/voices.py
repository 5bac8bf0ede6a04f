"""A phone's voices, made up: headless Chromium has none."""

from __future__ import annotations

import json

from playwright.sync_api import Page

VOICES = """([voices, late]) => {
  const spoken = window.spoken = [];
  const listeners = [];
  let held = late ? [] : voices;
  Object.defineProperty(window, 'speechSynthesis', {value: {
    getVoices: () => held,
    addEventListener: (name, act) => listeners.push(act),
    removeEventListener: () => {},
    speak: one => { spoken.push(one.text); setTimeout(() => one.onend && one.onend(), 5); },
    cancel: () => spoken.push('(stop)'),
  }});
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  window.come = () => { held = voices; listeners.forEach(act => act()); };
}"""
ZH = [{"lang": "zh-CN", "name": "a voice"}]


def with_voices(page: Page, voices: list[dict[str, str]], late: bool = False) -> None:
    """From the next page on. late: they come with window.come()."""
    page.add_init_script(f"({VOICES})({json.dumps([voices, late])})")
