"""preview.html: what it shows, and that nothing in it can do harm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from press.adapters.chromium import ChromiumBrowser
from press.digest.checks.facts import read_mail
from press.digest.preview import Preview, Variant, preview_page, views
from press.model.digest import MailPicture
from press.model.finding import Place, error, note, warning
from press.model.look import Scheme
from tests.adapters.test_chromium import RED, png
from tests.browsers import a_browser, axe
from tests.digest.test_make import snapshot

PICTURE = MailPicture(
    name="red.png",
    url="https://media.quoin.example/red.png?a=1&b=2",
    data=png(RED),
    width=284,
    height=189,
    alt="A press",
)


def a_variant(name: str = "everybody", words: str = "Words") -> Variant:
    html = (
        '<!DOCTYPE html><html lang="en"><head><title>t</title><style>p{color:#111}'
        "@media (prefers-color-scheme:dark){body{background:#111}p{color:#eee}}</style>"
        f'</head><body><p>{words}</p><img src="{PICTURE.url.replace("&", "&amp;")}"'
        ' alt="A press" width="284"><a href="https://quoin.example">link</a></body>'
        "</html>"
    )
    return Variant(name=name, html=html, text=f"{words} as text")


def a_preview(*variants: Variant, **changes: Any) -> Preview:
    return Preview(
        **{
            "title": "The Quoin",
            "edition": "September 2024",
            "sender": "The Quoin",
            "subject": "The tax that made papers large",
            "preheader": "Also this month: the penny post, and six libraries",
            "variants": variants or (a_variant(),),
            "pictures": (PICTURE,),
            **changes,
        }
    )


def page_of(preview: Preview) -> str:
    return preview_page(preview).decode()


def data_of(page: str) -> dict[str, Any]:
    _, _, rest = page.partition('<script type="application/json" id="data">')
    data: dict[str, Any] = json.loads(rest.partition("</script>")[0])
    return data


def test_it_says_who_writes_and_what_an_inbox_shows() -> None:
    said = read_mail(page_of(a_preview())).text

    for words in (
        "The Quoin The digest of September 2024 · 1 picture",
        "The tax that made papers large Also this month: the penny post",
        "Subject 30 characters, preheader 50 characters.",
    ):
        assert words in " ".join(said.split())


def test_it_says_that_true_rendering_cannot_be_checked() -> None:
    assert "cannot be checked offline" in read_mail(page_of(a_preview())).text


def test_every_view_of_every_variant_has_a_frame_and_its_size() -> None:
    preview = a_preview(a_variant(), a_variant("members", "Longer words"))

    page = page_of(preview)

    data = data_of(page)
    for number, variant in enumerate(preview.variants):
        for view in views(variant.html):
            name = f"{number}/{view.name}"
            assert page.count(f'data-mail="{name}"') == 1
            assert data["pages"][int(data["mails"][name])] == view.html
        assert f"{len(variant.html.encode()):,} bytes" in page
        assert f"{len(variant.text.encode()):,} bytes" in page
        assert f'<pre tabindex="0">{variant.text}\n' in page


def test_a_mail_and_a_picture_are_in_the_page_once() -> None:
    preview = a_preview(a_variant(), a_variant("members"))

    data = data_of(page_of(preview))

    assert len(data["pages"]) == 4
    assert len(data["pictures"]) == 1
    assert len(preview_page(a_preview(a_variant()))) + 8000 > len(preview_page(preview))


def test_only_several_variants_are_to_be_picked_from() -> None:
    one, two = a_preview(), a_preview(a_variant(), a_variant("members"))

    assert "<button" not in page_of(one)
    assert page_of(two).count("<button") == 2
    assert ">members</button>" in page_of(two)


def test_findings_are_listed_worst_first_with_place_and_remedy() -> None:
    findings = (
        note("digest.size", "for the record"),
        warning(
            "digest.subject",
            "the subject is long",
            Place(file="editions/2024-09/edition.yaml", line=41),
            "make it shorter",
        ),
        error("digest.outlook-table", "<td> is never closed"),
    )

    page = page_of(a_preview(findings=findings))

    said = " ".join(read_mail(page).text.split())
    assert "1 <td> is never closed digest.outlook-table 2 The subject is long" in said
    assert (
        "2 The subject is long digest.subject editions/2024-09/edition.yaml:41" in said
    )
    assert "Make it shorter 3 For the record" in said
    assert "Not for the post: 1 error, 1 warning" in said


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [
        ((), "Nothing found"),
        ((note("a.b", "x"),), "Nothing that matters"),
        ((warning("a.b", "x"),), "To look at: 1 warning"),
        ((error("a.b", "x"), error("a.b", "y")), "Not for the post: 2 errors"),
    ],
)
def test_a_verdict_is_given(findings: tuple[Any, ...], verdict: str) -> None:
    assert f">{verdict}</span>" in page_of(a_preview(findings=findings))


HOSTILE = "</script></pre><!--<script>alert('x')</script>\"'&amp; <b>{{ 7*7 }}"


def test_what_a_digest_says_is_data() -> None:
    preview = a_preview(
        a_variant(HOSTILE, HOSTILE),
        a_variant("members"),
        title=HOSTILE,
        edition=HOSTILE,
        sender=HOSTILE,
        findings=(error("a.b", HOSTILE, Place(file=HOSTILE), HOSTILE),),
    )
    preview = replace(preview, subject=HOSTILE, preheader=HOSTILE)

    page = page_of(preview)

    assert page.count("<script") == 2
    assert page.count("</script>") == 2
    assert "<b>{{" not in page
    assert data_of(page)["pages"][0] == views(preview.variants[0].html)[0].html
    assert HOSTILE in unescape(page)


# --- In a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[ChromiumBrowser]:
    with a_browser() as started:
        yield started


def a_file(folder: Path, preview: Preview) -> Path:
    file = folder / "preview.html"
    file.write_bytes(preview_page(preview))
    return file


#: After the frames of the variant that is shown have been filled.
FILLED = """
(async () => {
  const frames = [...document.querySelectorAll("section:not([hidden]) iframe")];
  while (!frames.every(f => f.contentDocument.body?.textContent))
    await new Promise(done => setTimeout(done, 20));
  const inside = (f) => f.contentDocument;
  return %s;
})()
"""


@pytest.mark.rendered
def test_the_frames_show_the_mails_with_their_pictures(
    browser: ChromiumBrowser, tmp_path: Path
) -> None:
    file = a_file(tmp_path, a_preview(a_variant(words="Shown here")))
    script = FILLED % (
        "frames.map(f => [f.dataset.mail, f.clientWidth, inside(f).body.innerText"
        ".includes('Shown here'), inside(f).images[0].naturalWidth,"
        " getComputedStyle(inside(f).querySelector('p')).color])"
    )

    for scheme in Scheme:
        shown = browser.run(file, script, width=1440, scheme=scheme)

        light, dark = "rgb(17, 17, 17)", "rgb(238, 238, 238)"
        assert shown == [
            ["0/desk", 640, True, 10, light],
            ["0/phone", 375, True, 10, light],
            ["0/small", 320, True, 10, light],
            ["0/desk-dark", 640, True, 10, dark],
            ["0/phone-dark", 375, True, 10, dark],
            ["0/small-dark", 320, True, 10, dark],
            ["0/no-images", 640, True, 0, light],
            ["0/outlook", 640, True, 10, light],
        ]


@pytest.mark.rendered
def test_the_variant_that_is_picked_is_shown(
    browser: ChromiumBrowser, tmp_path: Path
) -> None:
    file = a_file(tmp_path, a_preview(a_variant(), a_variant("members", "For members")))
    pick = "document.querySelectorAll('button')[1].click();"
    script = FILLED % "frames.map(f => inside(f).querySelector('p').textContent)"

    assert set(browser.run(file, script)) == {"Words"}
    assert set(browser.run(file, pick + script)) == {"For members"}


@pytest.mark.rendered
def test_a_view_can_be_seen_in_its_whole_length(
    browser: ChromiumBrowser, tmp_path: Path
) -> None:
    file = a_file(tmp_path, a_preview(a_variant(words="<br>" * 200)))
    script = FILLED % (
        "(document.getElementById('whole').click(),"
        " frames.map(f => f.clientHeight >= inside(f).documentElement.offsetHeight))"
    )
    script = script.replace("textContent", "childElementCount")

    assert browser.run(file, script) == [True] * 8


@pytest.mark.rendered
def test_a_mail_does_nothing_in_its_frame(
    browser: ChromiumBrowser, tmp_path: Path
) -> None:
    words = (
        "Words<script>top.document.title = 'changed'</script><img src=x"
        ' onerror="top.document.title = \'changed\'"><svg onload="top.document.title'
        " = 'changed'\"></svg>"
    )
    file = a_file(tmp_path, a_preview(a_variant(words=words)))

    title = browser.run(file, FILLED % "document.title")

    assert title == "Digest · The Quoin, September 2024"


@pytest.mark.rendered
def test_the_page_asks_nothing_of_the_network(tmp_path: Path) -> None:
    asked: list[str] = []

    def note_address(address: str) -> None:
        asked.append(address)

    words = 'Words<img src="https://tracker.example/pixel.gif">'
    file = a_file(tmp_path, a_preview(a_variant(words=words)))
    with a_browser(given=note_address) as curious:
        curious.run(file, FILLED % "true")

    assert asked == []


@pytest.mark.rendered
@pytest.mark.parametrize("width", [360, 800, 1440])
def test_the_page_fits_its_window(
    browser: ChromiumBrowser, tmp_path: Path, width: int
) -> None:
    preview = a_preview(a_variant(), a_variant("members"), findings=FOUND)

    assert browser.measure(a_file(tmp_path, preview), width=width).wide == ()


FOUND = (
    error("digest.outlook-table", "a table", Place(file="a/" * 80), "a hint"),
    warning("digest.subject", "long", hint="x" * 200),
    note("digest.size", "small"),
)


@pytest.mark.rendered
@pytest.mark.parametrize("scheme", list(Scheme))
def test_everybody_can_read_the_page(
    browser: ChromiumBrowser, tmp_path: Path, scheme: Scheme
) -> None:
    mail = snapshot().public
    digest = Variant(name="everybody", html=mail.html, text=mail.text)
    preview = a_preview(digest, a_variant("members"), findings=FOUND)

    assert axe(browser, a_file(tmp_path, preview), scheme, width=1440, off=()) == []
