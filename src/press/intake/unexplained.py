"""Lead pictures that say too little about themselves."""

from __future__ import annotations

from collections.abc import Iterator

from press.model.article import Slug
from press.model.edition import Edition
from press.model.finding import Finding, note, warning


def find_unexplained(edition: Edition) -> Iterator[Finding]:
    """Yield what the lead pictures that an edition prints or mails leave unsaid."""
    shown = _shown(edition)
    for article in edition.articles:
        if article.slug not in shown or not article.pictures:
            continue
        lead = article.pictures[0]
        name = lead.file.rpartition("/")[2]
        if not lead.alt.strip():
            yield warning(
                "picture.no-alt",
                f"nothing says what {name} shows, for those who cannot see it",
                lead.place,
                "say it in one sentence (alt:)",
            )
        if not lead.credit.strip():
            message = f"nothing says who made {name}"
            yield note("picture.no-credit", message, lead.place, "name them (credit:)")


def _shown(edition: Edition) -> set[Slug]:
    """Return the articles whose pictures are printed, or stand in the digest."""
    shown = {
        assignment.slug
        for section in edition.print.sections
        for assignment in section.articles
        if not assignment.picture.off
    }
    if edition.digest is not None:
        shown |= {edition.digest.lead, *edition.digest.articles}
    return shown
