"""What a villager does, in a line each."""

from __future__ import annotations

from playwright.sync_api import Page


def ask(page: Page, text: str) -> None:
    page.fill("#question", text)
    page.click("#send")


def ask_and_wait(page: Page, text: str) -> None:
    """Until the last card is finished."""
    ask(page, text)
    page.wait_for_selector(".talk li:last-child .closing")


def alert(page: Page) -> str:
    """The reason beside the input, once it is shown."""
    page.wait_for_selector("#form-alert:not([hidden])")
    return page.inner_text("#form-alert")
