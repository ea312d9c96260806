# SPDX-License-Identifier: Apache-2.0
"""What people do over and over: find a file, lodge a message, read a paper."""

from __future__ import annotations

import re
import time
import zlib
from pathlib import Path

from playwright.sync_api import Page

from gumruk.demonstration import sample_path

CARS, FLOUR, TOBACCO = "TJ-DST/281226/000001", "TJ-AMZ/291226/000001", "TJ-FOT/291226/000001"
HOME_APPLIANCES, ZEDS_OIL = "TJ-DYU/301226/000001", "TJ-FOT/301226/000001"
WEDNESDAYS_REFERENCE = "ATR-2026-000436"


def file_open(page: Page, number: str) -> None:
    """Search for a file by its number or reference and open it."""
    page.goto("/declarations/")
    page.fill("#q", number)
    page.keyboard.press("Enter")
    page.wait_for_url("**/declarations/?q=*")
    page.click(f"tbody a:text-is('{number}')")
    page.wait_for_selector("h1")


def message(sample: str, reference: str, **changes: str) -> bytes:
    """A sample of the demonstration under another reference of the declarant, with words put in place of others."""
    text = sample_path(sample).read_text()
    text = re.sub(r"(?:ATR|ZED|NUR|FAG)-2026-\d+", reference, text, count=1)
    for old, new in changes.items():
        text = text.replace(old, new)
    return text.encode()


def message_lodge(page: Page, name: str, content: bytes) -> None:
    """Choose a file on the page for lodging and lodge it."""
    page.goto("/lodge/")
    page.set_input_files("#id_message", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.click("main button:text-is('Lodge the declaration')")
    page.wait_for_load_state()


def act(page: Page, name: str, **answers: str) -> None:
    """Do an action of the file page through its dialogue, with the answers its form asks for."""
    page.click(f".g-head [data-dialogue=dialogue-{name}]")
    for field, answer in answers.items():
        entry = page.locator(f"#dialogue-{name} [name={field}]")
        if entry.evaluate("entry => entry.tagName") == "SELECT":
            entry.select_option(answer)
        else:
            entry.fill(answer)
    page.click(f"#dialogue-{name} button[type=submit]")
    page.wait_for_load_state()


def paper_read(page: Page, link: str) -> bytes:
    """Get the PDF that a link of this page leads to."""
    address = page.locator(f"a:text-is('{link}')").first.get_attribute("href")
    answer = page.request.get(address or "")
    assert answer.status == 200 and answer.headers["content-type"] == "application/pdf"
    return answer.body()


def paper_address(pdf: bytes) -> str:
    """The path of the address at which a paper says that it can be verified."""
    parts = [pdf, *(_inflated(part) for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL))]
    found = {match for part in parts for match in re.findall(rb"\(http://127\.0\.0\.1:\d+(/verify/[\w-]+)\)", part)}
    assert len(found) == 1, "the paper leads to one address"
    return found.pop().decode()


def downloaded(page: Page, link: str) -> bytes:
    """What is saved when this link is clicked."""
    with page.expect_download() as started:
        page.click(f"a:text-is('{link}')")
    return Path(started.value.path()).read_bytes()


def _inflated(part: bytes) -> bytes:
    try:
        return zlib.decompress(part)
    except zlib.error:
        return part


def words(page: Page, selector: str = "main") -> str:
    """What stands there, with plain spaces for those that hold figures and units together."""
    return page.inner_text(selector).replace("\u00a0", " ").replace("\u202f", " ")


def reload_until(page: Page, selector: str, words: str | re.Pattern[str], seconds: float = 15) -> None:
    """Load the page again, as one does who waits, until the words stand there: the worker has done its part."""
    deadline = time.monotonic() + seconds
    while not re.search(words, page.inner_text(selector)):
        assert time.monotonic() < deadline, f"{words} does not come: {page.inner_text(selector)}"
        page.wait_for_timeout(300)
        page.reload()
