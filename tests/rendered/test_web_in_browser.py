"""Web pages in a browser: readable for everybody, and never wider than the window."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from press.adapters.jinja import JinjaTemplates
from press.digest.palette import mail_palette
from press.digest.web import WebTools, make_web
from press.manifest.body import read_body
from press.manifest.layout import known_layouts
from press.model.article import Picture, WebUse
from press.model.digest import MailPicture
from press.model.finding import Checked
from press.model.look import Scheme
from press.ports import Browser
from tests.browsers import a_browser, axe
from tests.digest.builders import LAYOUTS, ROOT, a_house, a_plan, an_article, an_edition
from tests.digest.web.pages import PAGES, WEB, ZONE, an_issue, articles

pytestmark = pytest.mark.rendered

WIDTHS = (320, 600)

#: Everything that copy can hold, wide and narrow.
COPY = """\
One paragraph with a [link](https://quoin.example/) and a note[^1].

### A lower crosshead first

- One
- Two

## A crosshead

> Said and done.
>
> -- Somebody

::: facts In brief
- **What:** this
:::

| | Pence in the year of the great reform | Shillings and further remarks | Pounds |
|---|--:|--:|--:|
| 1712, the year in which it all began | 1 | 2 | 3 |

```
if a_very_long_name_that_does_not_break == another_very_long_name_that_does_not: stop()
```

https://quoin.example/a/very/long/address/that/has/no/spaces/and/does/not/break/anywhere

---

[^1]: See there.
"""


@dataclass(frozen=True)
class GreyLab:
    """A picture lab that gives every picture grey pixels of its size."""

    def for_mail(
        self, picture: Picture, *, width: int, base: str
    ) -> Checked[MailPicture]:
        height = round(width * picture.ratio)
        out = io.BytesIO()
        Image.new("RGB", (width, height), "#777777").save(out, "PNG")
        name = f"{Path(picture.file).stem}-{width}.png"
        made = MailPicture(
            name=name,
            url=f"{base}/{name}",
            data=out.getvalue(),
            width=width,
            height=height,
            alt=picture.alt,
        )
        return Checked(value=made)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as started:
        yield started


@pytest.fixture(scope="module", params=["tabloid", "a4"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The pages of an edition in a folder, as a host would serve them."""
    layout = known_layouts(ROOT).read(request.param).value
    assert layout is not None
    body = read_body(COPY, file="index.md", first_line=1)
    everything = an_article("everything", web=WebUse.FULL, body=body.copy, url="")
    edition = an_edition((*articles(), everything), digest=a_plan(note="Dear readers."))
    tools = WebTools(
        palette=mail_palette((one.name, one.screen) for one in layout.palette),
        templates=JinjaTemplates(LAYOUTS / request.param),
        lab=GreyLab(),
    )
    made = make_web(
        edition,
        a_house(web=WEB),
        tools,
        zone=ZONE,
        in_print=PAGES,
        earlier=(an_issue("2024-08"),),
    )
    assert made.value is not None
    folder = tmp_path_factory.mktemp("web")
    for name, data in made.value.files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert len(found) == 6
    return found


@pytest.mark.parametrize("scheme", list(Scheme))
def test_axe_finds_nothing_on_any_page(
    browser: Browser, site: Path, scheme: Scheme
) -> None:
    for page in pages(site):
        assert axe(browser, page, scheme, off=()) == [], page.name


def test_axe_sees_a_fault_that_is_planted(browser: Browser, site: Path) -> None:
    page = site / "index.html"
    fault = page.with_name("fault.html")
    fault.write_text(page.read_text("utf-8").replace('lang="en-GB"', ""), "utf-8")
    try:
        found = axe(browser, fault, off=())
    finally:
        fault.unlink()

    assert any(one.startswith("html-has-lang") for one in found)


def test_no_page_is_wider_than_its_window(browser: Browser, site: Path) -> None:
    for page in pages(site):
        for width in WIDTHS:
            extent = browser.measure(page, width=width)
            assert extent.width <= width, (page.name, extent)


def test_a_page_opened_from_a_folder_has_its_style_and_its_pictures(
    browser: Browser, site: Path
) -> None:
    script = """[
        getComputedStyle(document.body).fontFamily,
        [...document.images].every(one => one.complete && one.naturalWidth > 0),
        document.images.length,
    ]"""

    family, shown, count = browser.run(site / "2024-09" / "taxes.html", script)

    assert "Charter" in family
    assert shown
    assert count == 2
