"""Templates are code of the layout; what they are given is data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.adapters.jinja import JinjaTemplates, check_templates
from press.model.errors import ManifestError
from press.model.length import Length

Write = Callable[[str, str], None]


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    folder = tmp_path / "layouts" / "tabloid"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def write(layout: Path) -> Write:
    def _write(name: str, source: str) -> None:
        path = layout / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")

    return _write


PAYLOADS = (
    "{{ 7*7 }}",
    "{% for x in range(9) %}x{% endfor %}",
    "{# hidden #}",
    "{{ ''.__class__.__mro__ }}",
    "${7*7}",
    "<%= 7*7 %>",
    "{{ self.__init__.__globals__ }}",
    "{% raw %}",
    "{{ config }}",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_template_syntax_in_a_value_stays_text(
    layout: Path, write: Write, payload: str
) -> None:
    write("a.txt.j2", "{{ x }}")
    write("b.txt.j2", "{% include 'a.txt.j2' %}")

    filled = JinjaTemplates(layout).fill("b.txt.j2", {"x": payload})

    assert filled == payload


@pytest.mark.parametrize("name", ["a.html.j2", "a.mjml.j2", "a.j2", "a.html"])
def test_values_are_escaped_whatever_the_file_is_called(
    layout: Path, write: Write, name: str
) -> None:
    write(name, '<a title="{{ x }}">')

    filled = JinjaTemplates(layout).fill(name, {"x": "\"><b>'&"})

    assert filled == '<a title="&#34;&gt;&lt;b&gt;&#39;&amp;">'


def test_plain_text_is_not_escaped(layout: Path, write: Write) -> None:
    write("a.txt.j2", "{{ x }}\n")

    assert JinjaTemplates(layout).fill("a.txt.j2", {"x": "R&B <x>"}) == "R&B <x>\n"


def test_a_value_that_vouches_for_its_markup_is_not_escaped(
    layout: Path, write: Write
) -> None:
    @dataclass(frozen=True)
    class Vouched:
        html: str

        def __html__(self) -> str:
            return self.html

    write("a.html.j2", "{{ x }}")

    assert JinjaTemplates(layout).fill("a.html.j2", {"x": Vouched("<b>")}) == "<b>"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text())
def test_any_text_comes_out_as_it_went_in(
    layout: Path, write: Write, text: str
) -> None:
    write("a.txt.j2", "[{{ x }}]")

    assert JinjaTemplates(layout).fill("a.txt.j2", {"x": text}) == f"[{text}]"


# --- Errors


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("one\n{{ unknown }}", "asks for something that press does not give"),
        ("one\n{{ thing.unknown }}", "asks for something that press does not give"),
        ("one\n{% if %}", "cannot be read"),
        ("one\n{{ 'x'|nosuchfilter }}", "cannot be read"),
        ("one\n{{ 'x'|safe }}", "cannot be read"),
        ("one\n{{ lipsum() }}", "asks for something"),
        ("one\n{{ 1 // 0 }}", "cannot be filled"),
        ("one\n{{ 'a' + 1 }}", "cannot be filled"),
        ("one\n{{ 12|mm }}", "12 is a int, not a length"),
        ("one\n{{ 'red;x:y'|colour }}", "not a colour"),
        ("one\n{{ thing.append.__globals__ }}", "asks for something"),
        ("one\n{{ ''.__class__.__mro__ }}", "what a layout may not do"),
        ("one\n{{ rows.append(1) }}", "what a layout may not do"),
        ("one\n{% include 'none.j2' %}", 'no template "none.j2"'),
        ("one\n{% include 'bad.html.j2' %}", "without end"),
    ],
)
def test_a_fault_of_a_template_is_told_with_its_line(
    layout: Path, write: Write, source: str, says: str
) -> None:
    write("bad.html.j2", source)

    with pytest.raises(ManifestError) as caught:
        JinjaTemplates(layout).fill("bad.html.j2", {"thing": "x", "rows": [0]})

    assert str(caught.value).startswith("layouts/tabloid/bad.html.j2:2: ")
    assert says in str(caught.value)
    assert caught.value.hint


def test_a_fault_in_an_included_file_names_that_file(
    layout: Path, write: Write
) -> None:
    write("page.html.j2", "{% include 'parts/card.html.j2' %}")
    write("parts/card.html.j2", "\n\n{{ nothing }}")

    with pytest.raises(ManifestError) as caught:
        JinjaTemplates(layout).fill("page.html.j2", {})

    assert str(caught.value).startswith("layouts/tabloid/parts/card.html.j2:3: ")


def test_a_file_that_is_not_utf8_is_named(layout: Path) -> None:
    (layout / "page.html.j2").write_bytes(b"caf\xe9")

    with pytest.raises(ManifestError, match=r"page\.html\.j2.*not UTF-8 \(byte 3\)"):
        JinjaTemplates(layout).fill("page.html.j2", {})


@pytest.mark.parametrize(
    "name", ["../secret.j2", "/etc/passwd", "a/../../secret.j2", "link.j2", "no\0.j2"]
)
def test_nothing_outside_the_layout_is_read(
    layout: Path, write: Write, name: str
) -> None:
    (layout.parent / "secret.j2").write_text("secret")
    (layout / "link.j2").symlink_to(layout.parent / "secret.j2")
    write("page.html.j2", "{% include name %}")
    templates = JinjaTemplates(layout)

    with pytest.raises(ManifestError, match="no template"):
        templates.fill(name, {})
    with pytest.raises(ManifestError, match="no template"):
        templates.fill("page.html.j2", {"name": name})


# --- Origins


def test_each_part_of_a_filled_template_is_traced_to_its_line(
    layout: Path, write: Write
) -> None:
    write(
        "page.html.j2",
        "first\n{% for x in rows %}\n  <b>{{ x }}</b>\n{% endfor %}\n"
        "{% include 'part.html.j2' %}\nlast",
    )
    write("part.html.j2", "\n<i>\npart")
    templates = JinjaTemplates(layout)
    values = {"rows": ["one\n", "two"]}

    filled = templates.trace("page.html.j2", values)

    assert filled.text == templates.fill("page.html.j2", values)
    assert {
        word: str(filled.place_of(filled.text.index(word)))
        for word in ("first", "one", "two", "<i>", "part", "last")
    } == {
        "first": "layouts/tabloid/page.html.j2:1:1",
        "one": "layouts/tabloid/page.html.j2:3",
        "two": "layouts/tabloid/page.html.j2:3",
        "<i>": "layouts/tabloid/part.html.j2:2:1",
        "part": "layouts/tabloid/part.html.j2:3:1",
        "last": "layouts/tabloid/page.html.j2:6:1",
    }


# --- Filters


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("a|mm", "12.5mm"),
        ("a|pt", "35.433pt"),
        ("zero|mm", "0mm"),
        ("tiny|pt", "0pt"),
        ("whole|pt", "300pt"),
        ("'#7a1f1f'|colour", "#7a1f1f"),
        ("'black'|colour", "black"),
        ("'https://a.example/?b=c'|urlsafe", "https://a.example/?b=c"),
        ("'HTTP://a.example'|urlsafe", "HTTP://a.example"),
        ("'mailto:a@b.example'|urlsafe", "mailto:a@b.example"),
        ("'javascript:alert(1)'|urlsafe", ""),
        ("'java\nscript:alert(1)'|urlsafe", ""),
        ("' https://a.example'|urlsafe", ""),
        ("'data:text/html,x'|urlsafe", ""),
        ("'//a.example'|urlsafe", ""),
    ],
)
def test_a_filter_lets_through_only_its_kind(
    layout: Path, write: Write, expression: str, shown: str
) -> None:
    write("a.txt.j2", "{{ " + expression + " }}")
    values = {
        "a": Length.of_mm(12.5),
        "zero": Length.of_pt(0),
        "tiny": Length.of_pt(-0.0001),
        "whole": Length.of_pt(300),
    }

    assert JinjaTemplates(layout).fill("a.txt.j2", values) == shown


# --- Checking templates


def found_in(layout: Path) -> list[tuple[str, int | None, int | None]]:
    return [
        (finding.code, finding.place.line, finding.place.column)
        for finding in check_templates(layout)
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<a href="{{ u }}">{{ t }}</a>', []),
        ("<a href='{{ u }}' {% if x %}class=\"y\"{% endif %}>{{ t }}", []),
        ("\n  <a href={{ u }}>", [("template.unquoted", 2, 11)]),
        ("<td {{ attributes }}>", [("template.unquoted", 1, 5)]),
        ("{{ a }} < {{ b }}", []),
        ("<!-- <a href={{ u }}> -->", []),
        ("<!--[if mso]><td width={{ w }}><![endif]-->", [("template.unquoted", 1, 24)]),
        ("{{ x|safe }}", [("template.safe", 1, 6)]),
        ("{% set y = x | safe %}", [("template.safe", 1, 16)]),
        ("{{ '|safe' }} {# |safe #}", []),
        ("{% autoescape false %}{% endautoescape %}", [("template.autoescape", 1, 4)]),
        ("<style>p { color: {{ c }} }</style>", [("template.style-value", 1, 19)]),
        ("<mj-style>p { color: {{ c|colour }} }</mj-style>{{ t }}", []),
        ('<style media="{{ m }}">p {}</style>{{ t }}', []),
        ('<mj-section background-color="{{ c }}" /> {{ t }}', []),
        ("{% if %}", [("template.syntax", 1, None)]),
        ("{{ \"a' }} " + "'\"" * 40, [("template.syntax", 1, None)]),
    ],
)
def test_slips_in_a_template_are_found_with_their_place(
    layout: Path,
    write: Write,
    source: str,
    expected: list[tuple[str, int | None, int | None]],
) -> None:
    write("page.html.j2", source)

    assert found_in(layout) == expected


def test_text_templates_need_no_quotes(layout: Path, write: Write) -> None:
    write("digest.txt.j2", "<{{ address }}>")

    assert found_in(layout) == []


def test_every_file_is_checked_and_named(layout: Path, write: Write) -> None:
    write("b.html.j2", "<a href={{ u }}>{{ x|safe }}")
    write("a/c.html.j2", "{{ x|safe }}")
    (layout / "z.html.j2").write_bytes(b"\xff")
    (layout / "y.html.j2").symlink_to("/dev/null")

    findings = check_templates(layout)

    assert [(f.code, f.place.file) for f in findings] == [
        ("template.safe", "layouts/tabloid/a/c.html.j2"),
        ("template.unquoted", "layouts/tabloid/b.html.j2"),
        ("template.safe", "layouts/tabloid/b.html.j2"),
        ("template.outside", "layouts/tabloid/y.html.j2"),
        ("template.encoding", "layouts/tabloid/z.html.j2"),
    ]
