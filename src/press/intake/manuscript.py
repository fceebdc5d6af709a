"""A story on its way to paper: what is copy stays, what is not is put aside and listed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from press.intake.code_in_copy import code_in_copy
from press.intake.paper import shown_instead
from press.intake.web_address import page_address
from press.model.finding import Finding, note, warning
from press.model.manuscript import (
    Dropped,
    Front,
    FrontPicture,
    Manuscript,
    WordCount,
)
from press.model.story import (
    Furniture,
    Piece,
    PieceKind,
    Sought,
    Story,
    Surety,
    Verdict,
)

#: Where a reader says that a picture stands; copy that says the same has a backslash.
_PLACE: Final = re.compile(r"(?<!\\)\{picture:(\d+)\}")
_MARKS: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!|~^<>&-])|[*_`~^]+|\[\^\d+\]")
_LINK: Final = re.compile(r"\[([^\]]*)\]\((?:<[^>]*>|[^()\s]*)\)")
_LOST = Verdict(kind=Furniture.EMBED, surety=Surety.RULE, by="its picture never came")
_LEAD_LOST: Final = replace(_LOST, by="the lead picture never came")

#: Where the picture that is sought lies in the article's folder; None where none came.
Placed = Mapping[Sought, FrontPicture | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A manuscript, and what was odd while it was made."""

    manuscript: Manuscript
    findings: tuple[Finding, ...]


def write(story: Story, verdicts: Sequence[Verdict | None], placed: Placed) -> Written:
    """Make the manuscript of a story.

    Args:
        story: As it came.
        verdicts: Of each of its pieces, why it does not reach copy; None where it does.
        placed: Its pictures, as they lie in the article's folder.
    """
    writer = _Writer(story=story, placed=placed)
    lead = _found_lead(story, verdicts, placed)
    for index, piece in enumerate(story.pieces):
        verdict = verdicts[index]
        if index == lead:
            writer.lead(piece)
            continue
        if verdict is None:
            writer.take(index, piece)
        else:
            writer.drop(index, piece, verdict)
    return writer.done()


def _found_lead(
    story: Story, verdicts: Sequence[Verdict | None], placed: Placed
) -> int:
    """Return which piece is the lead picture of a story that names none; -1 for none.

    It is a picture that stands before all text.
    """
    if story.lead is not None:
        return -1
    for index, piece in enumerate(story.pieces):
        if verdicts[index] is not None or piece.kind is PieceKind.HEADING:
            continue
        shown = [placed.get(one) for one in piece.pictures]
        came = piece.kind is PieceKind.PICTURE and shown[0] and shown[0].file
        return index if came else -1
    return -1


def plain(markdown: str) -> str:
    """Return the words of running text in Markdown, without its marks."""
    text = _LINK.sub(r"\1", markdown.replace("\\\n", " "))
    return " ".join(_MARKS.sub(lambda match: match[1] or "", text).split())


@dataclass(slots=True, kw_only=True)
class _Writer:
    story: Story
    placed: Placed
    blocks: list[str] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    images: dict[str, FrontPicture] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    contributor: list[str] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)
    first: Sought | None = None
    kept: int = 0
    over: int = 0
    findings: list[Finding] = field(default_factory=list)

    def lead(self, piece: Piece) -> None:
        """Let the first picture be the lead; its caption goes with it."""
        self.first = piece.pictures[0]
        self.kept += piece.words

    def take(self, index: int, piece: Piece) -> None:
        """Let a piece into copy."""
        if piece.kind is PieceKind.PULL_QUOTE and self._stands_in_text(piece):
            self.quotes.append(piece.text.strip(" “”\"'‘’"))
            self.kept += piece.words
            return
        if piece.kind is PieceKind.EMBED and piece.embed is not None:
            piece, findings = shown_instead(piece, piece.embed, self.placed)
            self.findings += findings
        came = [self.placed.get(one) is not None for one in piece.pictures]
        self.missing += [
            one.name or "".join(one.addresses[:1])
            for one, here in zip(piece.pictures, came, strict=True)
            if not here
        ]
        text = self._with_pictures(piece)
        if text:
            self.blocks.append(text)
            self.kept += piece.words
            self._list_lost(index, piece)
        elif piece.text:
            self.drop(index, piece, _LOST)

    def _list_lost(self, index: int, piece: Piece) -> None:
        """List the captions of pictures that did not come with the others of a piece."""
        for one in piece.pictures:
            said = " ".join(one.caption.split())
            if said and said in piece.text and not self._came(one):
                self._list(_LOST, text=said, markdown="", after=index)
                self.kept -= len(said.split())

    def _came(self, picture: Sought) -> bool:
        here = self.placed.get(picture)
        return here is not None and bool(here.file)

    def drop(self, index: int, piece: Piece, verdict: Verdict) -> None:
        """Put a piece aside; who wrote, and what was corrected, goes where it belongs."""
        if verdict.kind is Furniture.BIOGRAPHY:
            self.contributor.append(plain(piece.markdown))
        if verdict.kind is Furniture.CORRECTION:
            said = plain(piece.markdown)
            self.corrections.append(said)
            self.findings.append(
                note(
                    "intake.correction",
                    f"the source was corrected: “{said}”",
                    hint="say it in the corrections column, if the paper printed the error",
                )
            )
        if not piece.text and not piece.pictures and piece.embed is None:
            return  # A line across the text between two calls, or an empty block.
        self._list(verdict, text=piece.text, markdown=piece.markdown, after=index)

    def _list(self, verdict: Verdict, *, text: str, markdown: str, after: int) -> None:
        self.dropped.append(
            Dropped(
                number=0,
                kind=verdict.kind,
                surety=verdict.surety,
                by=verdict.by,
                text=text,
                markdown=markdown,
                after=after,
            )
        )

    def _lead_of(self, sought: Sought | None) -> FrontPicture | None:
        """Return the lead picture; one that never came leaves its caption in the list.

        The words under a lead that is named apart from the text are in nobody's count yet.
        """
        if self.first is not None:
            return self.placed.get(self.first)
        if sought is None:
            return None
        if self.placed.get(sought) is None:
            self.missing.insert(0, sought.name or "".join(sought.addresses[:1]))
        under = " ".join([*sought.caption.split(), *sought.credit.split()])
        self.over += len(under.split())
        if self._came(sought):
            self.kept += len(under.split())
            return self.placed[sought]
        if under:
            self._list(_LEAD_LOST, text=under, markdown="", after=0)
        return None

    def done(self) -> Written:
        """Return the manuscript."""
        story = self.story
        for left in story.left:
            gone = Verdict(kind=left.kind, surety=Surety.RULE, by=left.why)
            self._list(gone, text=left.text, markdown="", after=len(story.pieces))
        lead = self._lead_of(story.lead)
        page = page_address(story.origin.url)
        self.findings += page.findings
        front = Front(
            title=story.title,
            standfirst=story.standfirst,
            byline=story.byline,
            date=story.date,
            lang=story.lang,
            section=story.section,
            tags=story.tags,
            url=page.url,
            lead_image=lead,
            images=tuple(
                one for one in self.images.values() if one.credit and one != lead
            ),
            images_missing=tuple(dict.fromkeys(self.missing)),
            pull_quotes=tuple(self.quotes),
            contributor=" ".join(
                [*filter(None, [story.contributor]), *self.contributor]
            ),
        )
        words = WordCount(
            source=story.words + self.over,
            kept=self.kept,
            dropped=sum(one.words for one in self.dropped),
        )
        self._judge(words)
        made = Manuscript(
            front=front,
            blocks=_without_lone_rules(self.blocks),
            dropped=_numbered(self.dropped),
            words=words,
            corrections=tuple(self.corrections),
        )
        return Written(manuscript=made, findings=tuple(self.findings))

    def _judge(self, words: WordCount) -> None:
        if not words.closes:
            self.findings.append(
                warning(
                    "intake.words",
                    f"the source has {words.source:,} words, but {words.kept:,} were kept"
                    f" and {words.dropped:,} are listed as dropped",
                    hint="compare the article with its source before it goes on",
                )
            )
        self._judge_guesses(words)
        self.findings += code_in_copy(self.story.pieces)
        if not self.story.title and not self._told("intake.no-title"):
            self.findings.append(
                warning(
                    "intake.no-title",
                    "no headline came with the text",
                    hint="write one: `title` in the front matter",
                )
            )
        if not self.story.byline:
            self.findings.append(
                note("intake.no-byline", "nobody is named as its writer")
            )
        if self.story.date is None:
            self.findings.append(
                note("intake.no-date", "no day of publication came with the text")
            )

    def _judge_guesses(self, words: WordCount) -> None:
        """Say what was left out on a guess; warn where less is left than that."""
        guessed = [one for one in self.dropped if one.surety is Surety.GUESS]
        lost = sum(one.words for one in guessed)
        what = f"{len(guessed)} of its parts, {lost:,} words, are left out on a guess"
        hint = "read them in import.json; --only NAME --keep N brings back what is copy"
        if lost > words.kept:
            self.findings.append(warning("intake.guess", what, hint=hint))
        elif guessed:
            self.findings.append(note("intake.guess", what, hint=hint))
        elif not words.kept:
            self.findings.append(
                warning(
                    "intake.no-words",
                    "no words came in",
                    hint="look at its source: is the text there?",
                )
            )

    def _told(self, code: str) -> bool:
        return any(finding.code == code for finding in self.story.findings)

    def _stands_in_text(self, piece: Piece) -> bool:
        quote = piece.text.strip(" “”\"'‘’")
        return any(
            quote in other.text
            for other in self.story.pieces
            if other is not piece and other.kind is PieceKind.PARAGRAPH
        )

    def _with_pictures(self, piece: Piece) -> str:
        """Return a piece's Markdown with its pictures in it; those missing go."""

        def shown(match: re.Match[str]) -> str:
            picture = self.placed.get(piece.pictures[int(match[1])])
            if picture is None or not picture.file:
                return ""
            self.images.setdefault(picture.file, picture)
            return _image(picture)

        if not piece.pictures:
            return piece.markdown
        parts = _PLACE.sub(shown, piece.markdown).split("\n\n")
        return "\n\n".join(part for part in parts if part.strip())


def _numbered(dropped: Sequence[Dropped]) -> tuple[Dropped, ...]:
    """Return what was dropped with its numbers.

    What was lost with a picture comes last: the numbers of all else are the same, whether
    the pictures came or not.
    """
    lost = {_LOST.by, _LEAD_LOST.by}
    ordered = sorted(dropped, key=lambda one: one.by in lost)
    return tuple(replace(one, number=n) for n, one in enumerate(ordered, 1))


def _image(picture: FrontPicture) -> str:
    alt = picture.alt.replace("[", "(").replace("]", ")")
    file = picture.file.replace("(", "%28").replace(")", "%29")
    if not picture.caption:
        return f"![{alt}]({file})"
    caption = picture.caption.replace("\\", "\\\\").replace('"', '\\"')
    return f'![{alt}]({file} "{caption}")'


def _without_lone_rules(blocks: list[str]) -> tuple[str, ...]:
    """Return blocks without lines across that now part nothing."""
    kept: list[str] = []
    for block in blocks:
        if block == "***" and (not kept or kept[-1] == "***"):
            continue
        kept.append(block)
    notes = [block for block in kept if block.startswith("[^")]
    text = [block for block in kept if not block.startswith("[^")]
    while text and text[-1] == "***":
        text.pop()
    return (*text, *notes)
