"""The review page as a file: its policy, its data, its colours. What it does in a browser: test_review_browser.py."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

import planparse
from conftest import ROOT, SAMPLES
from hostile_markup import HOSTILE
from planparse.model import Document, DocumentFacts, ReadError
from planparse.page_images import page_images
from planparse.write import render
from planparse.write.to_review import script_safe

Run = Callable[..., subprocess.CompletedProcess[bytes]]
ASSETS = ROOT / "src" / "planparse" / "write" / "review"
PDF = ROOT / "samples" / "work-plan-2025.pdf"


class Elements(HTMLParser):
    """The elements of a page and what its scripts, style and title hold."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.content: list[tuple[str, str]] = []
        self.policy = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        if ("http-equiv", "Content-Security-Policy") in attrs:
            self.policy = str(dict(attrs)["content"])
        assert not any(name.startswith("on") or name in ("href", "src") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        if self.names and self.names[-1] in ("script", "style", "title") and data.strip():
            self.content.append((self.names[-1], data))


def test_every_script_and_style_is_allowed_by_its_hash_and_nothing_else() -> None:
    page = Elements(render([planparse.extract(SAMPLES[0])], "html"))
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
        for tag, content in page.content
        if tag in ("script", "style") and not content.startswith("{")
    ]
    policy = dict(part.split(" ", 1) for part in page.policy.split("; "))
    assert policy["default-src"] == "'none'"
    assert sorted([*policy["script-src"].split(), *policy["style-src"].split()]) == sorted(hashes)
    assert "img-src" not in policy
    assert page.names.count("script") == len(list(ASSETS.glob("*.js"))) + 1


def test_no_script_makes_markup_of_a_string() -> None:
    for path in ASSETS.glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|fetch\(|XMLHttp",
            path.read_text(encoding="utf-8"),
        ), path.name


@pytest.mark.parametrize("text", HOSTILE[::7])
def test_hostile_titles_and_texts_add_no_element(text: str) -> None:
    plain = Elements(render([document_of("一")], "html"))
    assert Elements(render([document_of(text)], "html")).names == plain.names
    assert json.loads(script_safe(text)) == text


def document_of(text: str) -> Document:
    facts = DocumentFacts(
        source=text, sha256="0" * 64, media_type="text/plain", pages=None, characters=len(text), title=text
    )
    return Document(document=facts, text=text)


def test_a_file_name_that_is_no_utf8_is_written() -> None:
    assert "\\udce4" in render([document_of("\udce4.txt")], "html")


def test_paragraphs_and_furniture_cover_the_text_outside_tables() -> None:
    for path in SAMPLES:
        document = planparse.extract(path)
        rest = list(document.text)
        for start, end in (*document.layout.paragraphs, *document.layout.furniture):
            rest[start:end] = " " * (end - start)
        left = [line for line in "".join(rest).splitlines() if line.strip()]
        assert all("\t" in line or "|" in line or "  " in line.strip() for line in left)


def test_the_page_holds_what_its_scripts_read() -> None:
    page = render([planparse.extract("2025年计划\n\n新增学位800个。".encode())], "html")
    assert isinstance(page, str)
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    [view] = data["documents"]
    assert set(view["layout"]) == {"paragraphs", "furniture", "page_starts", "grounds"}
    assert view["text"][view["targets"][0]["start"] : view["targets"][0]["end"]] == "800个"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_number_has_its_reason_in_words_of_both_languages(path: Path) -> None:
    page = render([planparse.extract(path)], "html")
    assert isinstance(page, str)
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    [view] = data["documents"]
    named = {rule for target in view["targets"] for rule in (target["rule"], *target["why"].values())}
    named |= {entry["rule"] for entry in view["skipped"]}
    silent = {rule for rule in named if not all(data["reasons"][rule])}
    assert not silent
    for target in view["targets"]:
        for part, (start, end) in view["layout"]["grounds"][target["id"]].items():
            assert part in target["why"] and view["text"][start:end].strip()


def test_an_unresolved_number_says_what_it_lacks() -> None:
    page = render([planparse.extract("2025年计划\n\n车辆15驶入园区。".encode())], "html")
    assert "后面的“驶入园区。”不是 rules/units.toml 里的单位" in str(page)


def test_pages_of_a_pdf_show_where_the_records_stand() -> None:
    document = planparse.extract(PDF)
    pages = page_images(PDF.read_bytes(), document)
    assert len(pages) == 2
    found = {region.id: region.boxes for page in pages for region in page.regions}
    assert found.keys() == {target.id for target in document.targets}
    assert all(0 <= side <= 1 for boxes in found.values() for box in boxes for side in box)
    assert "img-src data:" in render([document], "html", page_images=[pages])


def test_the_command_writes_the_page(planparse: Run, tmp_path: Path) -> None:
    out = tmp_path / "review.html"
    assert planparse("extract", str(PDF), str(SAMPLES[0]), "-o", str(out), "--with-pages").returncode == 0
    page = out.read_text(encoding="utf-8")
    assert page.count("data:image/png;base64,") == 2
    assert planparse("extract", str(PDF), str(SAMPLES[0]), "-f", "html", "--with-pages").stdout.decode() == page
    assert planparse("extract", str(PDF), "-f", "csv", "--with-pages").returncode == 2


def test_pages_that_cannot_be_drawn_are_said() -> None:
    with pytest.raises(ReadError, match="cannot be drawn"):
        page_images(b"%PDF-1.4 no pages", planparse.extract(PDF))


def test_contrast_in_light_and_dark() -> None:
    """Text on every ground it stands on has a contrast of 4.5 or more (WCAG AA)."""
    css = (ASSETS / "review.css").read_text(encoding="utf-8")
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in css.split("color-scheme: dark", 1)
    )
    pairs = [(ink, ground) for ink in ("ink", "soft") for ground in ("paper", "panel", "ground", "hover")]
    pairs += [("ink", f"{kind}-tint") for kind in ("planned", "achieved", "ledger")]
    pairs += [("soft", "planned-tint"), ("soft", "achieved-tint"), ("on-ink", "on"), ("paper", "planned")]
    for kind in ("planned", "achieved", "ledger"):
        pairs += [(kind, "paper"), (kind, "panel"), (kind, f"{kind}-tint")]
    pairs += [("rejected", "paper"), ("rejected", "panel")]
    for colours in (light, dark):
        assert [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 4.5] == []


def contrast(one: str, two: str) -> float:
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
