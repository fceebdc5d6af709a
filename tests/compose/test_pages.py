"""Pages of a flatplan made by hand: what is drawn where, and what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from press.adapters.jinja import JinjaTemplates
from press.compose.forme import Forme
from press.compose.page import compose_page, jobs
from press.compose.stylesheet import style_sheet
from press.compose.view import PageView, Rect
from press.manifest.layout import read_layout
from press.model.article import PictureKind
from press.model.copy import Copy, Mark, Paragraph, Run
from tests.adapters.sheets import ROOT, the_layout
from tests.compose.paper import (
    AD,
    PREPARED,
    Paper,
    a_house,
    a_picture,
    an_article,
    an_edition,
)


@pytest.fixture(scope="module")
def views() -> list[PageView]:
    return Paper().views(PREPARED)


@pytest.fixture(scope="module")
def pages() -> list[str]:
    return Paper().html()


class Words(HTMLParser):
    """Collects text by the class of the nearest element that has one."""

    VOID = frozenset({"meta", "img", "br", "link", "path"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.tags: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in self.VOID:
            own = dict(attrs).get("class") or (self._open[-1] if self._open else "")
            self._open.append(own)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            name = self._open[-1] if self._open else ""
            self.found.setdefault(name, []).append(" ".join(data.split()))

    def of(self, *classes: str) -> list[str]:
        """Return the texts of elements that have all of these classes."""
        return [
            text
            for name, texts in self.found.items()
            if set(classes) <= set(name.split())
            for text in texts
        ]


def box(rect: Rect) -> tuple[float, float, float, float]:
    return rect.left.pt, rect.top.pt, rect.width.pt, rect.height.pt


# ---------------------------------------------------------------- every page


def test_the_front_page_has_a_masthead_and_the_others_a_folio(pages: list[str]) -> None:
    front, *others = map(Words, pages)

    assert front.of("t-masthead") == ["The Lamp"]
    assert front.of("t-strapline") == ["Light on paper"]
    assert front.of("no") == ["No. 67"]
    assert front.of("price") == ["£3.95"]
    assert front.of("number") == [str(n) for n in (2, 3, 4)]  # of the contents panel
    for number, page in enumerate(others, 2):
        assert page.of("t-masthead") == []
        assert page.of("number") == [str(number)]
        assert page.of("far") == ["The Lamp"]
        assert page.of("thin") == ["September 2024"]


def test_a_folio_names_the_pages_section(pages: list[str]) -> None:
    assert [Words(page).of("section") for page in pages] == [
        [],
        ["News"],
        ["World"],
        ["Comment"],
    ]


def test_left_and_right_pages_differ(pages: list[str]) -> None:
    found = [re.search(r'<body class="(\w+)"', page) for page in pages]

    assert [one and one[1] for one in found] == ["front", "left", "right", "left"]


def test_a_sections_flag_stands_on_its_first_page_only(pages: list[str]) -> None:
    flags = [Words(page).of("t-flag") for page in pages]

    assert flags[1:] == [[], ["World"], ["Comment"]]


def test_a_flag_stands_between_folio_and_stories(views: list[PageView]) -> None:
    for view in views[1:]:
        if view.flag:
            bottom = view.folio.top + view.folio.height
            assert view.flag.top.pt == pytest.approx(bottom.pt)
            flag_ends = view.flag.top + view.flag.height
            assert flag_ends.pt <= min(a.rect.top.pt for a in view.articles) + 0.01


def test_everything_stands_within_the_type_area(views: list[PageView]) -> None:
    for view in views:
        area = view.area
        for rect in (
            view.folio,
            *(a.rect for a in view.articles),
            *(f.rect for a in view.articles for f in a.frames),
            *(f.rect for a in view.articles for f in a.figures),
            *(ad.rect for ad in view.ads),
            *(p.rect for p in view.puffs),
            *((view.imprint.rect,) if view.imprint else ()),
        ):
            assert rect.left.pt >= area.left.pt - 0.01
            assert rect.top.pt >= area.top.pt - 0.01
            assert (rect.left + rect.width).pt <= (area.left + area.width).pt + 0.01
            assert (rect.top + rect.height).pt <= (area.top + area.height).pt + 0.01


def test_frames_stand_on_grid_lines_and_columns(views: list[PageView]) -> None:
    layout = the_layout()
    for view in views:
        grid = layout.grid(
            (view.articles[0].template == "comment" and "feature") or "news"
        )
        lefts = [
            (layout.margins.left + grid.left(column)).pt
            for column in range(grid.columns)
        ]
        for article in view.articles:
            for frame in article.frames:
                line = (frame.rect.top - layout.margins.top).pt / layout.leading.pt
                assert line == pytest.approx(round(line))
                assert any(abs(frame.rect.left.pt - left) < 0.01 for left in lefts)
                assert frame.rect.width.pt == pytest.approx(grid.column.pt)


# ---------------------------------------------------------------- jumps and ends


def test_a_jump_is_said_on_both_pages(pages: list[str], views: list[PageView]) -> None:
    front, third = Words(pages[0]), Words(pages[2])

    assert front.of("jump") == ["Continued on page 3"]
    assert "From page 1" in third.of("t-kicker")
    assert Words(pages[1]).of("jump") == third.of("jump") == []
    (salt,) = (one for one in views[0].articles if one.id == "salt")
    assert salt.jump_rect is not None
    last = salt.frames[-1].rect
    assert salt.jump_rect.left == last.left
    assert salt.jump_rect.top.pt == pytest.approx((last.top + last.height).pt)


def test_an_article_ends_where_it_does_not_go_on(views: list[PageView]) -> None:
    ends = {
        (view.number, article.id): article.ends
        for view in views
        for article in view.articles
    }

    assert ends == {
        (1, "salt"): False,
        (2, "mills"): True,
        (3, "salt"): True,
        (3, "post"): True,
        (4, "leader"): True,
    }


def test_a_continuation_has_no_standfirst_and_no_byline(views: list[PageView]) -> None:
    (rest,) = (one for one in views[2].articles if one.id == "salt")

    assert rest.part == 1
    assert rest.standfirst is None
    assert rest.byline is None


def test_what_stands_in_the_frames_is_the_whole_copy_in_order() -> None:
    words = " ".join(f"word{number}" for number in range(450))
    body = Copy(blocks=(Paragraph(runs=(Run(text=words),)),))
    plain = Paper()
    salt = replace(plain.articles["salt"], body=body)

    views = Paper(articles={**plain.articles, "salt": salt}).views()

    set_text = " ".join(
        re.sub(r"<[^>]+>", " ", frame.html)
        for view in views
        for article in view.articles
        if article.id == "salt"
        for frame in article.frames
    )
    numbers = [int(one) for one in re.findall(r"(\d+)(?= |\n)", set_text)]
    assert numbers == list(range(450))


@pytest.mark.parametrize(("flag", "count"), [("News", 0), ("In brief", 1)])
def test_a_group_repeats_no_flag_that_the_section_bears(flag: str, count: int) -> None:
    view = Paper().views(PREPARED)[0]
    (salt,) = view.articles
    view = replace(view, articles=(replace(salt, flag=flag),), flag=view.area)

    for layout in ("tabloid", "a4"):
        templates = JinjaTemplates(ROOT / "layouts" / layout)
        html = templates.fill("page.html.j2", {"page": replace(view, contents=None)})

        assert html.count("t-group-flag") == count
        assert 'class="at group' in html


def test_no_rule_stands_where_the_edge_of_a_tint_parts_two_columns() -> None:
    forme = Paper().forme()
    layout = forme.layout
    templates = tuple(replace(one, tint=True) for one in layout.templates)

    def upright(page: int, forme: Forme) -> int:
        view = compose_page(forme, forme.flatplan.pages[page], PREPARED)
        return sum(rule.upright for rule in view.rules)

    assert upright(2, forme) == 1
    assert upright(2, replace(forme, layout=replace(layout, templates=templates))) == 0


def test_a_chart_narrower_than_its_columns_stands_in_their_middle() -> None:
    chart = a_picture(kind=PictureKind.CHART, pixels=(400, 1200))
    paper = Paper()
    salt = replace(paper.articles["salt"], pictures=(chart,))
    paper.articles = {**paper.articles, "salt": salt}

    (figure,) = paper.views(PREPARED)[0].articles[0].figures

    column = the_layout().grid("news").column.pt
    left = figure.rect.left.pt - the_layout().margins.left.pt
    assert figure.rect.width.pt < column - 1
    assert left * 2 + figure.rect.width.pt == pytest.approx(column)
    assert figure.caption is not None
    assert figure.caption.rect.left.pt == pytest.approx(the_layout().margins.left.pt)


# ---------------------------------------------------------------- front and back page


def test_the_contents_panel_leads_to_the_page_where_an_article_begins(
    views: list[PageView],
) -> None:
    contents = views[0].contents
    assert contents is not None

    found = [
        (re.sub(r"<[^>]+>", "", one.headline).replace("\n", " "), one.section, one.page)
        for one in contents.entries
    ]

    assert found == [
        ("The story of mills", "News", 2),
        ("The story of post", "World", 3),
        ("The story of leader", "Comment", 4),
    ]


def entry_words(view: PageView) -> list[str]:
    assert view.contents is not None
    return [
        re.sub(r"<[^>]+>", "", one.headline).replace("\n", " ")
        for one in view.contents.entries
    ]


@pytest.mark.parametrize("stands", ["Paper mills close again", "Mills"])
def test_an_entry_bears_the_headline_under_which_the_article_stands(
    stands: str,
) -> None:
    paper = Paper()
    mills = an_article("mills", title="Paper mills close again", short_headline="Mills")
    paper.articles = {**paper.articles, "mills": mills}
    forme = paper.forme()
    heads = forme.measured["mills"].heads
    head = next(one for one in heads if " ".join(one.headline) == stands)
    front, page, *others = forme.flatplan.pages
    (found,) = page.boxes
    found = replace(found, setting=replace(found.setting, head=head))
    page = replace(page, boxes=(found,))
    forme = replace(
        forme, flatplan=replace(forme.flatplan, pages=(front, page, *others))
    )

    view = compose_page(forme, front, PREPARED)

    assert entry_words(view)[0] == stands


def test_a_headline_too_long_for_the_panel_gives_way_to_the_short_one() -> None:
    paper = Paper()
    title = "Paper mills close again, and the men who made paper " * 3
    mills = an_article("mills", title=title.strip(), short_headline="Mills")
    paper.articles = {**paper.articles, "mills": mills}

    assert entry_words(paper.views(PREPARED)[0])[0] == "Mills"


def test_where_room_is_short_the_panel_leaves_out_what_is_puffed() -> None:
    forme = Paper().forme()
    front, *others = forme.flatplan.pages
    assert front.contents is not None
    front = replace(front, contents=replace(front.contents, lines=12))
    forme = replace(forme, flatplan=replace(forme.flatplan, pages=(front, *others)))

    view = compose_page(forme, front, PREPARED)

    assert [puff.section for puff in view.puffs] == ["World"]
    assert view.contents is not None
    assert [one.section for one in view.contents.entries] == ["News", "Comment"]


def test_entries_stand_one_under_the_other_within_the_panel(
    views: list[PageView],
) -> None:
    contents = views[0].contents
    assert contents is not None
    left, top, width, height = box(contents.rect)

    below = top
    for entry in contents.entries:
        assert entry.rect.top.pt >= below
        assert entry.rect.left.pt > left
        assert (entry.rect.left + entry.rect.width).pt < left + width
        below = (entry.rect.top + entry.rect.height).pt
    assert below <= top + height + 0.01


def test_what_is_puffed_has_a_picture_and_stands_inside(views: list[PageView]) -> None:
    (puff,) = views[0].puffs

    assert (puff.section, puff.page) == ("World", 3)
    assert puff.src == "b2.jpg"
    assert puff.alt == "A salt pan"
    assert all(view.puffs == () for view in views[1:])


def test_the_imprint_names_publisher_and_printer_on_the_last_page(
    pages: list[str], views: list[PageView]
) -> None:
    text = " ".join(Words(pages[3]).of("t-imprint"))

    assert "Lamp Ltd" in text
    assert "Tallow Print, 2 Wax Road, Hull" in text
    assert [view.imprint is not None for view in views] == [False, False, False, True]


def test_a_house_ad_stands_whole_with_its_address(
    pages: list[str], views: list[PageView]
) -> None:
    (ad,) = views[3].ads

    words = Words(pages[3])
    assert words.of("button") == [AD.button]
    assert words.of("address") == ["lamp.example/subscribe"]
    assert "<svg" in pages[3]
    _, top, _, height = box(ad.rect)
    assert top <= ad.head.rect.top.pt
    assert ad.text.rect.top > ad.head.rect.top
    assert ad.text.rect.top.pt < top + height


def test_pictures_are_asked_for_at_the_size_at_which_they_print() -> None:
    forme = Paper().forme()
    wanted = jobs(forme)

    assert sorted(wanted) == [(1, "puff", 0), (1, "salt", 0)]
    job = wanted[1, "salt", 0]
    assert job.width.pt == pytest.approx(the_layout().grid("news").column.pt)
    assert job.height.pt == pytest.approx(12 * 11 - 2.3)
    assert job.paper == the_layout().colour("paper").screen


def test_a_picture_that_could_not_be_prepared_leaves_its_place_empty() -> None:
    view = Paper().views({})[0]

    (figure,) = view.articles[0].figures
    assert figure.src == ""
    assert figure.alt == "A salt pan"


@pytest.mark.parametrize(
    ("caption", "said"), [("Salt drying", "Salt drying"), (" ", "The title")]
)
def test_a_picture_that_says_nothing_is_told_by_its_caption_or_its_article(
    caption: str, said: str
) -> None:
    """WeasyPrint makes no file for readers who cannot see of pictures without words."""
    plain = Paper()
    articles = {
        name: replace(
            article,
            title="The title",
            pictures=(a_picture(alt=" ", caption=caption),) if article.pictures else (),
        )
        for name, article in plain.articles.items()
    }

    view = Paper(articles=articles).views({})[0]

    assert [view.articles[0].figures[0].alt, view.puffs[0].alt] == [said, said]


# ---------------------------------------------------------------- colours


def test_pages_name_no_colour_of_their_own(pages: list[str]) -> None:
    named = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(|\bcmyk\(")
    for page in pages:
        styles = re.findall(r'style="([^"]*)"', page)
        assert styles
        assert [one for one in styles if named.search(one) or "color" in one] == []


@pytest.mark.parametrize("name", ["tabloid", "a4"])
def test_style_sheets_take_their_colours_from_the_palette(name: str) -> None:
    layout = read_layout(ROOT, name).value
    assert layout is not None
    palette = {one.ink.css for one in layout.palette}

    assert (
        set(re.findall(r"device-cmyk\([^)]*\)|#[0-9a-fA-F]{3,8}", style_sheet(layout)))
        <= palette
    )
    for file in sorted((ROOT / "layouts" / name).glob("*.css")):
        text = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.DOTALL)
        used = re.findall(
            r"(?:color|background|border[\w-]*|fill)\s*:\s*([^;}]+)", text
        )
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", " ".join(used))
        names = set(re.findall(r"var\(--([\w-]+)\)", text)) - {"line"}
        assert names <= {one.name for one in layout.palette}


# ---------------------------------------------------------------- hostile text

HOSTILE = (
    "<script> alert(1) </script>",
    "</div></body><img src=x onerror=y>",
    "{{ 7*7 }} {% include 'x' %}",
    "\" onload='x' data-lines=\"0,0,0,0",
    "&lt;b&gt; & &amp;",
    "\u202eevil\u202c",
    "]]><!--",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words_and_nothing_else(text: str) -> None:
    plain = Paper()
    marked = frozenset({Mark.EMPHASIS})
    body = Copy(
        blocks=(Paragraph(runs=(Run(text=f"{text} ", marks=marked), Run(text=text))),)
    )
    articles = {
        name: replace(
            article,
            title=text,
            kicker=text,
            standfirst=text,
            byline=(text,),
            pictures=tuple(
                replace(one, caption=text, credit=text, alt=text)
                for one in article.pictures
            ),
            body=Copy(blocks=(*article.body.blocks, *body.blocks)),
        )
        for name, article in plain.articles.items()
    }
    evil = Paper(
        articles=articles,
        house=a_house(
            title=text,
            strapline=text,
            house_ads=(replace(AD, headline=text, text=text, button=text),),
            imprint=replace(a_house().imprint, publisher=text),
        ),
        edition=an_edition(title=text, price=text),
    )

    for clean, page in zip(plain.html(), evil.html(), strict=True):
        words, usual = Words(page), Words(clean)
        assert "script" not in words.tags
        assert set(words.tags) <= set(usual.tags) | {"em", "strong", "br"}
        assert words.tags.count("img") == usual.tags.count("img")
        assert words.tags.count("article") == usual.tags.count("article")
        assert " onload=" not in re.sub(r'"[^"]*"|>[^<]*<', "", page)
        assert "49" not in " ".join(words.of("t-masthead"))
        for element in re.findall(r"<[a-z][^>]*>", page):
            assert "onerror" not in re.sub(r'"[^"]*"', "", element)
    assert Words(evil.html()[0]).of("t-masthead") == [" ".join(text.split())]
