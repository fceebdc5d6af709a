"""A web page, saved or live: the last resort, with a list of all that was left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from press.intake.credit import credited, with_credits
from press.intake.head import day_in, names_in, names_signed
from press.intake.markup import read_markup
from press.intake.markup.embedded import lift
from press.intake.markup.parse import parse
from press.intake.markup.words import words_of
from press.intake.member import with_members
from press.intake.page_facts import PageFacts, read_facts
from press.intake.page_parts import (
    BODY,
    BYLINE,
    DATE,
    LEAD,
    STANDFIRST,
    TITLE,
    as_part,
    find_article,
    find_body,
    name_head,
    others_in,
    surely_other,
)
from press.intake.page_text import decode_page
from press.intake.tree import (
    Node,
    class_names,
    drop,
    page_tree,
    refuse_depth,
    too_deep,
    written,
)
from press.intake.word import no_title
from press.model.finding import Checked, Finding, error, warning
from press.model.incoming import CopyFile
from press.model.story import Furniture, Left, Origin, Piece, PieceKind, Sought, Story
from press.ports import BodyFinder

#: The longest page, in bytes of its file, and in characters without its pictures.
_LARGEST_FILE: Final = 100_000_000
_LARGEST: Final = 20_000_000
#: The largest share of an article's words that one part of it that is no copy may have.
_MOST: Final = 0.4
#: Among how many first paragraphs the writer is named.
_HIGHEST: Final = 3
_PARTS: Final = (TITLE, STANDFIRST, BYLINE, DATE, LEAD)


def read_page(
    file: CopyFile, finder: BodyFinder, *, address: str = ""
) -> Checked[tuple[Story, ...]]:
    """Read the article of a web page.

    Every word of the page is in the story's head, its pieces, or what was left out.

    Args:
        file: The page, as it was saved or fetched.
        finder: Finds the text of pages whose markup does not say where it is.
        address: Where it is on the web; empty where the page itself must tell.
    """
    is_huge = len(file.data) > _LARGEST_FILE
    lifted = lift("" if is_huge else decode_page(file.data))
    if is_huge or len(lifted.html) > _LARGEST:
        finding = error(
            "intake.too-large",
            f"{file.name} is too long for a web page",
            file.place,
            "is it the right file?",
        )
        return Checked(value=None, findings=(finding,))
    root = page_tree(lifted.html)
    if too_deep(root):
        return Checked(value=None, findings=(refuse_depth(file),))
    facts = read_facts(root, address)
    found: list[Finding] = []
    body = find_body(root)
    if body is None:
        body, doubt = _guessed(file, root, finder)
        found.append(doubt)
    if body is None:
        return Checked(value=None, findings=tuple(found))
    body = as_part(body)
    body.set("class", f"{body.get('class') or ''} {BODY}".strip())
    name_head(root, body, facts.title, sure=not found)
    page = _take_apart(root, facts)
    whole = replace(
        page,
        pieces=lifted.give_back(page.pieces),
        lead=lifted.whole(page.lead) if page.lead else None,
    )
    return _told(file, whole, facts, found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Apart:
    """A page taken apart.

    Attributes:
        head: What stands over the text, part by part: its name and its words.
        lead: The picture over the text; None for none.
        pieces: The text.
        left: Everything else.
        words: How many words the text and everything else have, counted before.
    """

    head: tuple[tuple[str, str], ...]
    lead: Sought | None
    pieces: tuple[Piece, ...]
    left: tuple[Left, ...]
    words: int

    def part(self, name: str) -> str:
        """Return the words of a part of the head; empty where it is not there."""
        return next((words for part, words in self.head if part == name), "")


def _take_apart(root: Node, facts: PageFacts) -> _Apart:
    base = facts.url
    page = parse(written(root))
    body = next(one for one in page.iter() if BODY in class_names(one))
    head, lead = _take_head(page, base)
    inside = list(_take_out(body))
    html = written(body)
    drop(body)
    rest = len(words_of(page).split())
    harvest = read_markup(html, base=base)
    left = (*inside, *harvest.left, *others_in(page))
    words = harvest.words + rest + sum(one.words for one in inside)
    return _Apart(head=head, lead=lead, pieces=harvest.pieces, left=left, words=words)


def _take_head(
    page: Node, base: str
) -> tuple[tuple[tuple[str, str], ...], Sought | None]:
    """Take the parts of the head out of a page, each once; a second one is left."""
    found: list[tuple[str, str]] = []
    lead: Sought | None = None
    for node in list(page.iter()):
        name = next((one for one in _PARTS if one in class_names(node)), "")
        if not name or any(name == part for part, _ in found):
            continue
        if name == LEAD:
            lead = _lead_in(node, base)
            if lead is None:
                continue
        found.append((name, words_of(node)))
        drop(node)
    return tuple(found), lead


def _lead_in(node: Node, base: str) -> Sought | None:
    """Return the picture in a part of a page, with all that is said beside it."""
    shown = with_credits(read_markup(written(node), base=base).pieces)
    pictures = [one for piece in shown for one in piece.pictures]
    if not pictures:
        return None
    said = [
        piece.text
        for piece in shown
        if not piece.pictures and piece.kind is not PieceKind.HEADING
    ]
    caption = " ".join(filter(None, (pictures[0].caption, *said)))
    return replace(credited(replace(pictures[0], caption=caption)), lead=True)


def _take_out(body: Node) -> Iterator[Left]:
    """Take out of an article's text what is surely none of it.

    A part that holds most of the text is the text, whatever it is called.
    """
    most = len(words_of(body).split()) * _MOST
    for node in list(body.iterdescendants()):
        other = surely_other(node)
        if other is None or body not in node.iterancestors():
            continue
        words = words_of(node)
        if len(words.split()) > most:
            continue
        if words:
            yield Left(kind=other.kind, why=other.why, text=words)
        drop(node)


def _told(
    file: CopyFile, page: _Apart, facts: PageFacts, found: list[Finding]
) -> Checked[tuple[Story, ...]]:
    shown = with_members(page.pieces, file.beside, place=file.place)
    findings = [*found, *shown.findings]
    title = page.part(TITLE) or facts.title
    pieces, signed = _without_byline(shown.pieces, facts.byline)
    left = (*signed, *page.left)
    if not title:
        findings.append(no_title(file))
    if left:
        findings.append(_listed(file, left))
    story = Story(
        origin=Origin(
            form="page",
            file=file.name,
            id=facts.url or file.stem,
            url=facts.url,
            modified=facts.modified,
        ),
        slug=_slug(facts.url) or file.stem,
        title=title,
        standfirst=page.part(STANDFIRST) or facts.standfirst,
        byline=facts.byline or names_in(page.part(BYLINE)),
        date=facts.date or day_in(page.part(DATE)),
        lang=facts.lang,
        section=facts.section,
        lead=_lead(page, facts),
        pieces=with_credits(_without_lead(pieces, page.lead)),
        left=left,
        words=page.words,
        findings=tuple(findings),
    )
    return Checked(value=(story,), findings=story.findings)


def _without_byline(
    pieces: tuple[Piece, ...], byline: tuple[str, ...]
) -> tuple[tuple[Piece, ...], tuple[Left, ...]]:
    """Return pieces without a line at the top that only names the known writers."""
    known = {name.casefold() for name in byline}
    seen = 0
    for place, piece in enumerate(pieces):
        if piece.kind is PieceKind.PARAGRAPH:
            seen += 1
            named = {name.casefold() for name in names_signed(piece.text)}
            if known and named == known:
                why = "the line that names the writer, who is known"
                left = Left(kind=Furniture.PAGE, why=why, text=piece.text)
                return (*pieces[:place], *pieces[place + 1 :]), (left,)
        if seen == _HIGHEST:
            break
    return pieces, ()


def _without_lead(pieces: tuple[Piece, ...], lead: Sought | None) -> tuple[Piece, ...]:
    """Return pieces without a second showing of the lead picture, if that has no words."""
    if lead is None:
        return pieces
    return tuple(
        piece
        for piece in pieces
        if piece.kind is not PieceKind.PICTURE
        or piece.text
        or not set(piece.pictures[0].addresses) & set(lead.addresses)
    )


def _lead(page: _Apart, facts: PageFacts) -> Sought | None:
    if page.lead is not None or not facts.picture:
        return page.lead
    name = facts.picture.rpartition("/")[2].partition("?")[0]
    return Sought(addresses=(facts.picture,), name=name, lead=True)


def _slug(url: str) -> str:
    """Return the last part of an address that has a name."""
    path = url.partition("?")[0].partition("#")[0].rstrip("/")
    if path.count("/") < 3:  # noqa: PLR2004 - two before the host, one after it
        return ""
    return path.rpartition("/")[2].partition(".")[0]


def _guessed(
    file: CopyFile, root: Node, finder: BodyFinder
) -> tuple[Node | None, Finding]:
    """Return the article's text where the page does not say which it is."""
    body = find_article(root)
    if body is None:
        made = finder.find(written(root))
        body = _same(root, made) if made else None
    if body is None:
        body = next(root.iter("body"), None)
        if body is None or not words_of(body):
            return None, error(
                "intake.empty", f"{file.name} holds no article", file.place
            )
    finding = warning(
        "intake.page",
        f"{file.name} does not say where its article begins and ends; this is a guess",
        file.place,
        "compare it with the page, from the first word to the last",
    )
    return body, finding


def _same(root: Node, made: str) -> Node | None:
    """Return the smallest part of a page that holds all paragraphs that were found."""
    wanted = {words_of(one) for one in parse(made).iter("p")} - {""}
    paragraphs = [one for one in root.iter("p") if words_of(one) in wanted]
    if not paragraphs:
        return None
    around = [set(one.iterancestors()) for one in paragraphs]
    shared = set.intersection(*around)
    first = paragraphs[0].iterancestors()
    return next((one for one in first if one in shared), None)


def _listed(file: CopyFile, left: tuple[Left, ...]) -> Finding:
    words = sum(one.words for one in left)
    return warning(
        "intake.page-left",
        f"of the page, {words} words in {len(left)} parts were left out",
        file.place,
        "look through the list in import.json; WordPress or its export give more",
    )
