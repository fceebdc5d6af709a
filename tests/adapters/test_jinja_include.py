"""MJML's own include reads the layout's folder and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.adapters.jinja import JinjaTemplates, check_templates
from press.adapters.mrml import MrmlRenderer
from press.digest.mjml import guard
from press.model.errors import ManifestError

NAME = "digest.mjml.j2"
FRAME = (
    '<mjml lang="en-GB" dir="ltr">\n<mj-head>{head}</mj-head>\n'
    "<mj-body>\n{body}\n</mj-body>\n</mjml>\n"
)
PART = "<mj-section><mj-column><mj-text>{{ words }}</mj-text></mj-column></mj-section>"


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    folder = tmp_path / "layouts" / "small"
    (folder / "digest").mkdir(parents=True)
    return folder


def write(layout: Path, name: str, source: str) -> None:
    (layout / name).write_text(source, encoding="utf-8")


def digest(layout: Path, body: str = "", head: str = "") -> None:
    write(layout, NAME, FRAME.format(body=body, head=head))


def html(layout: Path, words: str = "Hello") -> str:
    checked = guard(JinjaTemplates(layout).trace(NAME, {"words": words}))
    assert checked.value is not None, checked.findings
    mjml = checked.value
    return mjml.completed(MrmlRenderer().render(mjml.mjml.text, mjml.styles))


def places(layout: Path) -> list[tuple[str, str]]:
    checked = guard(JinjaTemplates(layout).trace(NAME, {"words": "a < b"}))
    return [(finding.code, str(finding.place)) for finding in checked.findings]


# --- What it delivers


@pytest.mark.parametrize(
    "include",
    [
        '<mj-include path="part.mjml" />',
        "<mj-include path='./part.mjml'/>",
        '<mj-include path="digest/../part.mjml"></mj-include>',
        '<mj-include\n  path="part.mjml"\n  type="mjml"\n/>',
    ],
)
def test_a_part_is_included_and_is_a_template_itself(
    layout: Path, include: str
) -> None:
    write(layout, "part.mjml", PART)
    digest(layout, include)

    assert "Hello &amp; goodbye" in html(layout, "Hello & goodbye")


def test_a_part_includes_from_its_own_folder(layout: Path) -> None:
    write(layout, "digest/outer.mjml", '<mj-include path="inner.mjml" />')
    write(layout, "digest/inner.mjml", PART)
    digest(layout, '<mj-include path="digest/outer.mjml" />')

    assert "Hello" in html(layout)


def test_a_style_sheet_is_included(layout: Path) -> None:
    write(layout, "part.mjml", PART)
    write(layout, "mail.css", "p > a { color: red }")
    digest(
        layout,
        '<mj-include path="part.mjml" />',
        '<mj-include path="mail.css" type="css" />',
    )

    assert "p > a { color: red }" in html(layout)


def test_a_style_sheet_is_written_into_the_elements(layout: Path) -> None:
    write(layout, "part.mjml", PART)
    write(layout, "mail.css", "div { color: #123456 }")
    digest(
        layout,
        '<mj-include path="part.mjml" />',
        '<mj-include path="mail.css" type="css" css-inline="inline" />',
    )

    made = html(layout)
    assert 'style="color: #123456' in made or "color: #123456" in made
    assert "div { color" not in made


def test_html_is_included(layout: Path) -> None:
    write(layout, "note.html", "<p>A {{ words }}</p>")
    digest(layout, '<mj-include path="note.html" type="html" />')

    assert "<p>A note</p>" in html(layout, "note")


@pytest.mark.parametrize(
    "remark",
    [
        '<!-- <mj-include path="nowhere.mjml" /> -->',
        '{# <mj-include path="../nowhere.mjml" /> #}',
    ],
)
def test_an_include_in_a_remark_is_none(layout: Path, remark: str) -> None:
    digest(layout, remark)

    assert html(layout)


# --- Where mistakes are told


def test_a_mistake_in_a_part_is_told_with_its_own_file_line_and_column(
    layout: Path,
) -> None:
    write(layout, "part.mjml", "<mj-section>\n  <mj-colum></mj-colum>\n</mj-section>")
    digest(layout, '<mj-include path="part.mjml" />')

    assert places(layout) == [("digest.unknown-tag", "layouts/small/part.mjml:2:3")]


@pytest.mark.parametrize("breaks", ["", "\n", "\n\n  "])
def test_a_mistake_behind_an_include_keeps_its_place(layout: Path, breaks: str) -> None:
    write(layout, "part.mjml", PART)
    include = f'<mj-include {breaks}path="part.mjml" />'
    digest(layout, f"{include}<mj-foo />\n <mj-bar />")

    last = include.rsplit("\n", maxsplit=1)[-1]
    line = 4 + breaks.count("\n")
    assert places(layout) == [
        ("digest.unknown-tag", f"layouts/small/{NAME}:{line}:{len(last) + 1}"),
        ("digest.unknown-tag", f"layouts/small/{NAME}:{line + 1}:2"),
    ]


def test_a_part_holds_only_what_belongs_where_it_is_included(layout: Path) -> None:
    write(layout, "part.mjml", f"<mjml><mj-body>{PART}</mj-body></mjml>")
    digest(layout, '<mj-include path="part.mjml" />')

    assert ("digest.nesting", "layouts/small/part.mjml:1:1") in places(layout)


def test_an_include_that_comes_out_of_a_value_is_not_read(layout: Path) -> None:
    digest(layout, "{{ words }}<mj-raw>{{ words }}</mj-raw>")

    filled = JinjaTemplates(layout).trace(
        NAME, {"words": '<mj-include path="part.mjml" />'}
    )

    assert "<mj-include" not in filled.text


# --- What it refuses


@pytest.mark.parametrize(
    ("include", "says"),
    [
        ('path="../secret.mjml"', "leads out of the layout"),
        ('path="digest/../../secret.mjml"', "leads out of the layout"),
        ('path="/etc/passwd"', "leads out of the layout"),
        ('path="C:/secret.mjml"', "leads out of the layout"),
        ('path="..\\secret.mjml"', "no template|leads out of the layout"),
        ('path="https://a.example/x.mjml"', "leads out of the layout"),
        ('path="file:///etc/passwd"', "leads out of the layout"),
        ('path="link.mjml"', 'no template "link.mjml"'),
        ('path="nowhere.mjml"', 'no template "nowhere.mjml"'),
        ('path="digest"', 'no template "digest"'),
        ('path="{{ words }}.mjml"', "must be written out"),
        ('path=""', 'needs a path="part.mjml"'),
        ("", 'needs a path="part.mjml"'),
        ('path="a.mjml" path="b.mjml"', "cannot be read"),
        ("path=a.mjml", "cannot be read"),
        ('path="a.mjml" type="php"', 'knows no type="php"'),
        ('path="a.mjml" href="b"', "has no attribute href"),
    ],
)
def test_an_include_that_leads_nowhere_is_told_with_its_line(
    layout: Path, include: str, says: str
) -> None:
    for secret in (layout.parent / "secret.mjml", layout.parents[1] / "secret.mjml"):
        secret.write_text(PART)
    (layout / "link.mjml").symlink_to(layout.parent / "secret.mjml")
    digest(layout, f"\n<mj-include {include} />")

    with pytest.raises(ManifestError, match=rf"layouts/small/{NAME}:5: .*(?:{says})"):
        JinjaTemplates(layout).trace(NAME, {"words": "x"})


def test_a_part_that_includes_itself_is_told(layout: Path) -> None:
    write(layout, "part.mjml", '<mj-include path="part.mjml" />')
    digest(layout, '<mj-include path="part.mjml" />')

    with pytest.raises(ManifestError, match="includes or calls itself without end"):
        JinjaTemplates(layout).trace(NAME, {"words": "x"})


def test_what_is_included_is_checked_like_every_template(layout: Path) -> None:
    write(layout, "part.mjml", '{{ words|safe }}\n<mj-include path="mail.css" />')
    write(layout, "mail.css", "p { color: {{ words }} }")
    digest(layout, '<mj-include path="part.mjml" />')

    assert [(one.code, str(one.place)) for one in check_templates(layout)] == [
        ("template.safe", "layouts/small/part.mjml:1:10"),
        ("template.style-value", "layouts/small/mail.css:1:12"),
    ]


def test_an_include_that_cannot_be_read_is_found_before_a_digest_is_made(
    layout: Path,
) -> None:
    digest(layout, '<mj-include path="../secret.mjml" />')

    (finding,) = check_templates(layout)

    assert finding.code == "template.syntax"
    assert finding.place.line == 4


def test_the_layouts_of_the_house_are_in_order() -> None:
    layouts = Path(__file__).parents[2] / "layouts"

    assert [check_templates(folder) for folder in sorted(layouts.glob("*/"))] == [
        () for _ in sorted(layouts.glob("*/"))
    ]
