"""Pictures that say too little about themselves, or that may not be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from press.model.article import Picture, Slug
from press.model.edition import Edition
from press.model.finding import Finding, error, note, warning

#: How agencies say in a picture's rights and instructions that print is not included.
_NOT_FOR_PRINT = re.compile(
    r"\b(?:"
    r"not\s+(?:licen[cs]ed\s+|cleared\s+|available\s+)?for\s+(?:use\s+in\s+)?print\b"
    r"|no\s+print\b(?!\s+sales)"
    r"|(?:web|web\s*site|online|internet|digital|screen)(?:\s+use)?\s+only\b"
    r"|only\s+for\s+(?:the\s+)?(?:web|web\s*site|online|internet|digital)\b"
    r"|print\s+(?:rights|use|usage)\s+(?:is\s+|are\s+)?(?:not|excluded|prohibited|reserved)\b"
    r")",
    re.IGNORECASE,
)


def find_unexplained(edition: Edition) -> Iterator[Finding]:
    """Yield what the pictures that an edition prints or mails leave unsaid.

    Of lead pictures all must be said. Of the others, which may find no room, it is noted
    where nothing at all says what they show; what their files say is held against the
    article.
    """
    printed, mailed = _printed(edition), _mailed(edition)
    for article in edition.articles:
        if article.slug not in printed | mailed or not article.pictures:
            continue
        if article.slug in printed:
            yield from _forbidden(article.pictures)
            yield from _uncredited(article.pictures[1:])
        lead = article.pictures[0]
        name = lead.file.rpartition("/")[2]
        yield from _unsaid(article.pictures)
        yield from _uncredited([lead])
        if not lead.credit.strip() and not lead.filed_credit:
            message = f"nothing says who made {name}"
            yield note("picture.credit", message, lead.place, "name them (credit:)")


def _unsaid(pictures: Sequence[Picture]) -> Iterator[Finding]:
    """Yield the pictures of which nothing says what they show; the lead's caption may not."""
    for number, picture in enumerate(pictures):
        if picture.alt.strip() or (number and picture.caption.strip()):
            continue
        yield (note if number else warning)(
            "picture.no-alt",
            f"nothing says what {picture.file.rpartition('/')[2]} shows,"
            " for those who cannot see it",
            picture.place,
            "say it in one sentence (alt:)",
        )


def may_be_printed(rights: str) -> bool:
    """Whether the rights a picture's file tells leave print open."""
    return _NOT_FOR_PRINT.search(rights) is None


def _uncredited(pictures: Sequence[Picture]) -> Iterator[Finding]:
    """Yield the pictures whose file names a maker that the article does not.

    The name is not printed by itself: files often name an agency's desk, or a camera.
    """
    for picture in pictures:
        if picture.filed_credit and not picture.credit.strip():
            name = picture.file.rpartition("/")[2]
            yield warning(
                "picture.credit",
                f'{name} runs without the credit its file gives: "{picture.filed_credit}"',
                picture.place,
                f"credit: {picture.filed_credit}",
            )


def _forbidden(pictures: Sequence[Picture]) -> Iterator[Finding]:
    """Yield the pictures that by their own word may not be printed."""
    for picture in pictures:
        if not may_be_printed(picture.filed_rights):
            name = picture.file.rpartition("/")[2]
            yield error(
                "picture.rights",
                f'{name} may not be printed; its file says: "{picture.filed_rights}"',
                picture.place,
                "use another picture, or have print cleared and the file's note changed",
            )


def _printed(edition: Edition) -> set[Slug]:
    """Return the articles whose pictures are printed."""
    return {
        assignment.slug
        for section in edition.print.sections
        for assignment in section.articles
        if not assignment.picture.off
    }


def _mailed(edition: Edition) -> set[Slug]:
    """Return the articles whose lead pictures stand in the digest."""
    if edition.digest is None:
        return set()
    return {item.slug for item in edition.digest.items}
