"""Stories become folders; again and again, and no change of a sub-editor is lost."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from press.adapters.pictures import PillowPictureLab
from press.adapters.tongue import Tongue
from press.desk.importing import Arrival, Importer
from press.intake.markup import read_markup
from press.manifest.article import read_one
from press.model.copy import plain
from press.model.errors import NotReadyError
from press.model.finding import Checked, warning
from press.model.house_rules import Decided
from press.model.imported import Fate, Imported, Wishes
from press.model.story import Furniture, Origin, Sought, Story, Surety, Verdict
from tests.house import HOUSE

NOW = dt.datetime(2024, 8, 20, 12, tzinfo=dt.UTC)
CALL = "Subscribe to our paper today."


@dataclass
class Site:
    """Pictures by their addresses; counts how often each was fetched."""

    pictures: dict[str, bytes] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)

    def take(self, address: str) -> Checked[bytes]:
        self.fetched.append(address)
        if address in self.pictures:
            return Checked(value=self.pictures[address])
        return Checked(value=None, findings=(warning("intake.fetch", "gone"),))


class Noon:
    def now(self) -> dt.datetime:
        return NOW


def a_png(colour: str = "red", size: tuple[int, int] = (40, 30)) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, colour).save(data, "PNG")
    return data.getvalue()


def a_story(html: str, **changes: object) -> Story:
    harvest = read_markup(html, base="https://lamp.example/salt/")
    story = Story(
        origin=Origin(form="wordpress", site="https://lamp.example", id="7"),
        slug="salt-tax",
        title="The salt tax",
        byline=("Ada Marsh",),
        date=dt.date(2024, 8, 12),
        pieces=harvest.pieces,
        left=harvest.left,
        words=harvest.words,
    )
    return replace(story, **changes)  # type: ignore[arg-type]


def calls(
    stories: Sequence[Story], decided: Sequence[Decided]
) -> list[list[Verdict | None]]:
    call = Verdict(kind=Furniture.CALL, surety=Surety.GUESS, by="its words")
    out = []
    for story, hand in zip(stories, decided, strict=True):
        taken = {CALL, *hand.drop} - set(hand.keep)
        out.append([call if piece.text in taken else None for piece in story.pieces])
    return out


@dataclass
class NewsDesk:
    """A newspaper into which stories are imported from one site."""

    importer: Importer
    site: Site

    def take(self, *stories: Story, **wishes: object) -> Imported:
        return self.take_all(*stories, **wishes)[0]

    def take_all(self, *stories: Story, **wishes: object) -> tuple[Imported, ...]:
        arrivals = [Arrival(story=story, pictures=self.site) for story in stories]
        return self.importer.take(arrivals, Wishes(**wishes))  # type: ignore[arg-type]

    def folder(self, slug: str = "salt-tax") -> Path:
        return self.importer.root / "editions" / "2024-09" / "articles" / slug

    def body(self) -> list[str]:
        read = read_one(self.importer.root, "2024-09", "salt-tax", lang="en-GB")
        assert read.value is not None
        blocks = read.value.body.blocks
        return [plain(runs) for block in blocks for runs in block.texts()]


@pytest.fixture
def desk(tmp_path: Path) -> NewsDesk:
    (tmp_path / "press.yaml").write_text(HOUSE)
    (tmp_path / "editions" / "2024-09" / "articles").mkdir(parents=True)
    importer = Importer(
        root=tmp_path,
        edition="2024-09",
        judge=calls,
        lab=lambda folder: PillowPictureLab(folder, folder / ".cache"),
        clock=Noon(),
        tongue=Tongue(),
        lang="en-GB",
    )
    return NewsDesk(importer, Site({"https://lamp.example/salt/pan.png": a_png()}))


TEXT = (
    "<p>One *star* paragraph.</p>"
    f"<p>{CALL}</p>"
    '<figure><img src="pan.png" alt="A pan"><figcaption>The pan</figcaption></figure>'
    "<p>Two paragraphs.</p><p>Three of them.</p>"
)


def test_a_story_becomes_a_folder_that_is_read_as_it_came(desk: NewsDesk) -> None:
    made = desk.take(a_story(TEXT))

    assert made.fate is Fate.NEW
    assert made.manuscript.words.closes
    assert (desk.folder() / "images" / "pan.png").read_bytes() == a_png()
    read = read_one(desk.importer.root, "2024-09", "salt-tax", lang="en-GB")
    assert read.value is not None
    assert not [one for one in read.findings if one.severity != "note"]
    assert desk.body() == [
        "One *star* paragraph.",
        "Two paragraphs.",
        "Three of them.",
    ]
    (picture,) = read.value.pictures
    assert (picture.alt, picture.caption) == ("A pan", "The pan")


def test_what_was_dropped_is_listed_and_can_be_brought_back(desk: NewsDesk) -> None:
    first = desk.take(a_story(TEXT))
    (dropped,) = first.manuscript.dropped
    assert dropped.text == CALL

    second = desk.take(a_story(TEXT), keep=frozenset({dropped.number}))
    third = desk.take(a_story(TEXT))

    assert CALL in desk.body()
    assert not second.manuscript.dropped
    assert third.fate is Fate.UNCHANGED


def test_a_number_is_of_one_article(desk: NewsDesk) -> None:
    other = a_story(TEXT, origin=Origin(form="docx", file="b.docx"), slug="other")

    with pytest.raises(NotReadyError, match="one article"):
        desk.take(a_story(TEXT), other, keep=frozenset({1}))
    desk.take(a_story(TEXT), other, keep=frozenset({1}), only=("salt-tax",))

    assert CALL in desk.body()
    assert not desk.folder("other").exists()


def test_a_name_that_no_story_has_is_refused(desk: NewsDesk) -> None:
    with pytest.raises(NotReadyError, match="salt-taxes") as caught:
        desk.take(a_story(TEXT), only=("salt-taxes",))

    assert caught.value.hint == "did you mean “salt-tax”?"


def test_a_dot_that_counts_readers_is_no_picture(desk: NewsDesk) -> None:
    desk.site.pictures["https://lamp.example/salt/pan.png"] = a_png(size=(1, 1))

    made = desk.take(a_story('<p>Words.</p><p><img src="pan.png"></p>'))

    text = (desk.folder() / "index.md").read_text()
    assert "pan.png" not in text
    assert "intake.picture" not in [one.code for one in made.findings]


def test_what_a_picture_says_of_itself_is_kept_by_later_imports(
    desk: NewsDesk,
) -> None:
    data = io.BytesIO()
    info = PngInfo()
    packet = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="Ada Marsh"/></rdf:RDF></x:xmpmeta>'
    info.add_itxt("XML:com.adobe.xmp", packet)
    Image.new("RGB", (40, 30)).save(data, "PNG", pnginfo=info)
    desk.site.pictures["https://lamp.example/salt/pan.png"] = data.getvalue()
    desk.take(a_story(TEXT))
    assert "credit: Ada Marsh" in (desk.folder() / "index.md").read_text()

    again = desk.take(a_story(TEXT))

    assert again.fate is Fate.UNCHANGED


def test_what_is_dropped_by_hand_stays_out(desk: NewsDesk) -> None:
    desk.take(a_story(TEXT), drop=("Three of",))
    desk.take(a_story(TEXT + "<p>Four.</p>"))

    assert "Three of them." not in desk.body()
    assert "Four." in desk.body()


def test_an_unchanged_story_costs_no_picture(desk: NewsDesk) -> None:
    desk.take(a_story(TEXT))
    before = (desk.folder() / "import.json").read_bytes()
    desk.site.fetched.clear()

    made = desk.take(a_story(TEXT))

    assert made.fate is Fate.UNCHANGED
    assert desk.site.fetched == []
    assert (desk.folder() / "import.json").read_bytes() == before


def test_a_sub_editors_changes_are_kept_and_the_webs_are_brought_in(
    desk: NewsDesk,
) -> None:
    desk.take(a_story(TEXT))
    file = desk.folder() / "index.md"
    subbed = file.read_text().replace("Two paragraphs.", "Two good paragraphs.")
    subbed = subbed.replace(
        "byline:", "# legal has read it\nheadline: Salt\nbyline:", 1
    )
    file.write_text(subbed)

    made = desk.take(
        a_story(TEXT.replace("Three of", "Three or four of"), title="A salt tax"),
    )

    text = file.read_text()
    assert "Two good paragraphs." in text
    assert "Three or four of them." in text
    assert "# legal has read it\nheadline: Salt\n" in text
    assert "title: A salt tax" in text
    assert made.fate is Fate.UPDATED
    assert made.came == ("title: A salt tax", "Three or four of them.")
    assert made.changed == ("headline", "Two good paragraphs.")
    assert not [one for one in made.findings if one.code == "intake.changed-twice"]


def test_what_both_changed_stays_ours_and_is_told(desk: NewsDesk) -> None:
    desk.take(a_story(TEXT))
    file = desk.folder() / "index.md"
    file.write_text(file.read_text().replace("Two paragraphs.", "Two subbed."))

    made = desk.take(a_story(TEXT.replace("Two paragraphs", "Two corrected")))

    assert "Two subbed." in desk.body()
    (found,) = [one for one in made.findings if one.code == "intake.changed-twice"]
    assert "Two corrected." in found.message


def test_a_dry_run_writes_nothing(desk: NewsDesk) -> None:
    made = desk.take(a_story(TEXT), dry=True)

    assert made.fate is Fate.NEW
    assert not desk.folder().exists()


def test_two_stories_of_one_name_are_two_folders(desk: NewsDesk) -> None:
    other = a_story("<p>Other.</p>", origin=Origin(form="docx", file="salt-tax.docx"))

    desk.take(a_story(TEXT), other)

    assert desk.folder("salt-tax").is_dir()
    assert desk.folder("salt-tax-2").is_dir()


def test_another_file_of_the_same_name_is_another_story(desk: NewsDesk) -> None:
    first = Origin(form="docx", file="july/letter.docx", id="letter")
    other = Origin(form="docx", file="august/letter.docx", id="letter")
    desk.take(a_story(TEXT, origin=first))

    made = desk.take(a_story("<p>Of other things.</p>", origin=other))
    again = desk.take(a_story("<p>Of other things, again.</p>", origin=other))
    moved = desk.take(a_story(TEXT, origin=replace(first, file="letter.docx")))

    assert (made.slug, made.fate) == ("salt-tax-2", Fate.NEW)
    assert (again.slug, again.fate) == ("salt-tax-2", Fate.UPDATED)
    assert moved.slug == "salt-tax"
    assert "Two paragraphs." in desk.body()


def test_a_picture_that_never_came_is_said_and_costs_no_word(
    desk: NewsDesk,
) -> None:
    desk.site.pictures.clear()

    made = desk.take(a_story(TEXT))

    assert made.manuscript.words.closes
    assert "images_missing: [pan.png]" in (desk.folder() / "index.md").read_text()
    assert "The pan" in [one.text for one in made.manuscript.dropped]
    assert "intake.fetch" in [one.code for one in made.findings]


def test_what_a_sub_editor_saved_in_another_encoding_is_not_written_over(
    desk: NewsDesk,
) -> None:
    desk.take(a_story(TEXT))
    (desk.folder() / "index.md").write_bytes(b"---\ntitle: Caf\xe9\n---\n\nMine.\n")

    with pytest.raises(NotReadyError, match="not UTF-8"):
        desk.take(a_story(TEXT))

    assert b"Mine." in (desk.folder() / "index.md").read_bytes()


def test_two_files_of_one_name_are_not_one_story(desk: NewsDesk) -> None:
    files = ("letters/may/letter.docx", "letters/june/letter.docx")
    stories = [
        a_story(
            f"<p>{file}</p>",
            origin=Origin(form="docx", file=file, id="letter"),
            slug="",
        )
        for file in files
    ]

    with pytest.raises(NotReadyError, match="have one name"):
        desk.take(*stories)


def test_a_site_of_markdown_has_one_name_in_many_folders(desk: NewsDesk) -> None:
    """Each is known again, from wherever its path is typed."""
    words = {
        "de": "Es regnete auf das Werk und die Schleuse.",
        "en": "It rained. We left.",
    }

    def stories(folder: str) -> list[Story]:
        return [
            a_story(
                f"<p>{text}</p>",
                origin=Origin(
                    form="markdown", file=f"{folder}/{lang}/rain.md", id="rain"
                ),
                slug="rain",
            )
            for lang, text in words.items()
        ]

    first = desk.take_all(*stories("content"))
    again = desk.take_all(*stories("content"))
    elsewhere = desk.take_all(*reversed(stories("../content")))

    assert [one.slug for one in first] == ["rain", "rain-2"]
    assert [one.slug for one in again] == ["rain", "rain-2"]
    assert [one.slug for one in elsewhere] == ["rain-2", "rain"]


@pytest.mark.parametrize("words", ["", "  "])
def test_nothing_is_dropped_for_no_words(desk: NewsDesk, words: str) -> None:
    story = a_story("<p>It rained.</p>")
    desk.take(story)

    with pytest.raises(NotReadyError, match="every paragraph"):
        desk.take(story, drop=(words,))


def test_stories_of_one_id_are_known_again_by_their_titles(desk: NewsDesk) -> None:
    """A feed's entries without ids, of which the newest stands first."""
    origin = Origin(form="feed", file="feed.xml", site="https://quoin.example")
    may, june = (
        a_story(f"<p>In {month} it rained.</p>", origin=origin, title=month, slug="")
        for month in ("May", "June")
    )
    desk.take_all(may, june)

    again = desk.take_all(june, may)

    assert [one.fate for one in again] == [Fate.UNCHANGED, Fate.UNCHANGED]
    assert [one.slug for one in again] == ["june", "may"]
    assert "intake.same-id" in [one.code for one in again[0].findings]


def test_stories_alike_in_all_but_their_words_have_a_folder_each(
    desk: NewsDesk,
) -> None:
    origin = Origin(form="feed", file="feed.xml", site="https://quoin.example")
    twins = [
        a_story(f"<p>{text}</p>", origin=origin, title="Rain", slug="")
        for text in ("In May.", "In June.")
    ]
    desk.take_all(*twins)

    again = desk.take_all(*twins)

    assert [(one.slug, one.fate) for one in again] == [
        ("rain", Fate.UNCHANGED),
        ("rain-2", Fate.UNCHANGED),
    ]


def test_a_sub_editor_s_poem_keeps_its_line_ends(desk: NewsDesk) -> None:
    desk.take(a_story("<p>One.</p><p>Two.</p>"))
    file = desk.folder() / "index.md"
    file.write_text(file.read_text().replace("Two.", "Two,  \nbut in verse."))

    desk.take(a_story("<p>One, and a half.</p><p>Two.</p>"))

    assert "One, and a half.\n\nTwo,  \nbut in verse." in file.read_text()


def test_a_picture_that_a_sub_editor_brought_is_not_written_over(
    desk: NewsDesk,
) -> None:
    desk.take(a_story("<p>One.</p>"))
    (desk.folder() / "images").mkdir()
    (desk.folder() / "images" / "pan.png").write_bytes(a_png("blue"))

    desk.take(a_story(TEXT))

    assert (desk.folder() / "images" / "pan.png").read_bytes() == a_png("blue")
    assert (desk.folder() / "images" / "pan-2.png").read_bytes() == a_png()


def test_a_picture_that_an_import_left_behind_when_it_was_cut_off_is_used(
    desk: NewsDesk,
) -> None:
    desk.take(a_story("<p>One.</p>"))
    (desk.folder() / "images").mkdir()
    (desk.folder() / "images" / "pan.png").write_bytes(a_png())

    desk.take(a_story(TEXT))

    assert [one.name for one in (desk.folder() / "images").iterdir()] == ["pan.png"]


def test_what_is_wrong_with_a_picture_is_said_with_its_name(desk: NewsDesk) -> None:
    desk.site.pictures["https://lamp.example/salt/pan.png"] = b""

    made = desk.take(a_story(TEXT))

    [found] = [one for one in made.findings if one.code.startswith("picture.")]
    assert "pan.png" in found.message


def test_a_picture_that_was_thrown_away_comes_back_under_its_name(
    desk: NewsDesk,
) -> None:
    desk.take(a_story(TEXT))
    (desk.folder() / "images" / "pan.png").unlink()

    desk.take(a_story(TEXT + "<p>More.</p>"))

    assert [one.name for one in (desk.folder() / "images").iterdir()] == ["pan.png"]


def test_many_pictures_that_never_came_are_one_finding(desk: NewsDesk) -> None:
    shown = "".join(f'<p><img src="p{n}.png"></p>' for n in range(5))

    made = desk.take(a_story(f"<p>Words.</p>{shown}"))

    (told,) = [one for one in made.findings if one.code == "intake.fetch"]
    assert "nor did 4 others: p1.png, p2.png, p3.png, p4.png" in told.message


def test_half_a_picture_is_none(desk: NewsDesk) -> None:
    noise = Image.effect_noise((300, 300), 90)
    data = io.BytesIO()
    noise.save(data, "JPEG")
    desk.site.pictures["https://lamp.example/salt/pan.png"] = data.getvalue()[:9000]

    made = desk.take(a_story(TEXT))

    assert "picture.truncated" in [one.code for one in made.findings]
    assert not list(desk.folder().glob("images/*"))


def test_a_picture_is_named_by_what_it_is_and_its_own_words_serve(
    desk: NewsDesk,
) -> None:
    lead = Sought(
        addresses=("https://lamp.example/naïve café.jpg",), name="naïve café.jpg"
    )
    desk.site.pictures[lead.addresses[0]] = a_png("blue")

    desk.take(a_story(TEXT, lead=lead))

    assert (desk.folder() / "images" / "naive-cafe.png").is_file()


def test_a_slug_cannot_leave_the_folder(desk: NewsDesk) -> None:
    made = desk.take(a_story(TEXT, slug="../../etc/passwd"))

    assert made.slug == "etc-passwd"


def test_a_damaged_record_is_an_error_and_nothing_is_overwritten(
    desk: NewsDesk,
) -> None:
    desk.take(a_story(TEXT))
    record = desk.folder() / "import.json"
    record.write_text(json.dumps({"press": 1}))
    kept = (desk.folder() / "index.md").read_text()

    with pytest.raises(NotReadyError) as caught:
        desk.take(a_story(TEXT))

    (found,) = caught.value.findings
    assert found.code == "intake.record"
    assert (desk.folder() / "index.md").read_text() == kept


ARABIC = "هذا نص طويل بما يكفي ليعرف المرء بأي لغة كتب، وهو عن الصحف والطباعة والحبر والورق. "


def test_a_story_in_another_language_says_so(desk: NewsDesk) -> None:
    desk.take(a_story(f"<p>{ARABIC * 3}</p>"))

    read = read_one(desk.importer.root, "2024-09", "salt-tax", lang="en-GB")
    assert read.value is not None
    assert (read.value.lang, read.value.direction) == ("ar", "rtl")


def test_a_site_that_names_one_language_for_all_is_not_believed(desk: NewsDesk) -> None:
    made = desk.take(a_story(f"<p>{ARABIC * 3}</p>", lang="en-GB"))

    assert "lang: ar\n" in (desk.folder() / "index.md").read_text()
    assert "intake.language" in [one.code for one in made.findings]


def test_the_language_that_somebody_wrote_over_a_text_stands(desk: NewsDesk) -> None:
    origin = Origin(form="markdown", file="salt-tax.md", id="salt-tax.md")

    made = desk.take(a_story(f"<p>{ARABIC * 3}</p>", lang="no", origin=origin))

    assert 'lang: "no"\n' in (desk.folder() / "index.md").read_text()
    assert "intake.language" in [one.code for one in made.findings]


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"keep": frozenset({9})}, "number 9"),
        ({"drop": ("Twoo",)}, "begins with “Twoo”"),
    ],
)
def test_a_wish_that_changes_nothing_is_refused(
    desk: NewsDesk, wish: dict[str, object], told: str
) -> None:
    with pytest.raises(NotReadyError, match=told):
        desk.take(a_story("<p>One.</p><p>Two.</p>"), **wish)


def test_the_papers_own_language_is_not_repeated(desk: NewsDesk) -> None:
    english = "The salt tax was a tax on salt, and people did not like to pay for it. "

    desk.take(a_story(f"<p>{english * 5}</p>"))

    assert "lang:" not in (desk.folder() / "index.md").read_text()


def test_numbers_of_what_was_dropped_do_not_hang_on_pictures(desk: NewsDesk) -> None:
    gone = '<figure><img src="gone.png"><figcaption>Under it</figcaption></figure>'
    text = f"<p>One.</p>{gone}<p>Two.</p><p>Subscribe now.</p>"
    desk.take(a_story(text), drop=("Subscribe",))

    made = desk.take(a_story(text))

    assert [(one.number, one.text) for one in made.manuscript.dropped] == [
        (1, "Subscribe now."),
        (2, "Under it"),
    ]
