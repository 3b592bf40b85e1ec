"""Makes the pictures of the review page and of a panel that the docs show, in Chromium: screenshots.py [OUT_DIR]"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from provinces import write_reports
from selenium import webdriver

import planparse
from planparse.panels.render import render_panel
from planparse.write import render

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "five-year-plan.txt"
WIDTH, HEIGHT, COLOURS = 1280, 800, 128
SHOW = """
if (language !== arguments[0]) toggleLanguage();
const at = (quote) => select(app.view.records.find((record) => record.target.quote === quote));
at("79.3岁");
judge("accepted");
at("95%");
document.activeElement.blur();
"""


def open_browser() -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    metrics = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    return browser


INDICATORS = ["gdp-growth", "城镇新增就业", "城镇调查失业率", "粮食产量"]


def take(browser: webdriver.Chrome, path: Path) -> None:
    """Saves what the browser shows, in few colours."""
    picture = Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB").quantize(COLOURS)
    picture.save(path, optimize=True)


def show_panel(browser: webdriver.Chrome, folder: Path, out: Path) -> None:
    """The panel of twelve places with its chart and one number's sentence."""
    write_reports(folder / "reports")
    reports = sorted((folder / "reports").iterdir())
    panel = planparse.panel([planparse.extract(one, name=f"reports/{one.name}") for one in reports], INDICATORS)
    for language, name in (("en", "panel.png"), ("zh", "panel.zh-CN.png")):
        page = folder / "panel.html"
        page.write_text(str(render_panel(panel, "html", zh=language == "zh")), encoding="utf-8")
        browser.get(page.as_uri())
        browser.execute_script("if (language !== arguments[0]) byId('language').click()", language)
        browser.execute_script("document.querySelectorAll('.number button')[4].click()")
        take(browser, out / name)


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    out.mkdir(parents=True, exist_ok=True)
    browser = open_browser()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "review.html"
        page.write_text(render([planparse.extract(SAMPLE, name=SAMPLE.name)], "html"), encoding="utf-8")
        for language, name in (("en", "review.png"), ("zh", "review.zh-CN.png")):
            browser.get(page.as_uri())
            browser.execute_script("localStorage.clear()")
            browser.refresh()
            browser.execute_script(SHOW, language)
            take(browser, out / name)
        show_panel(browser, Path(folder), out)
    browser.quit()


if __name__ == "__main__":
    main()
