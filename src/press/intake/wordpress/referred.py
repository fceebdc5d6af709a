"""What the posts of a site refer to: pictures of its library, and reusable blocks."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from press.intake.told import Told
from press.intake.wordpress.content import Shelf, blocks_named
from press.intake.wordpress.gallery import posts_shown
from press.intake.wordpress.question import (
    MOST_NUMBERS,
    lots,
    media_of,
    media_shown,
    text_of,
)
from press.intake.wordpress.refusal import no_library
from press.intake.wordpress.rest import library_of
from press.model.fetch import Answer
from press.model.finding import Finding, Place


@dataclass(slots=True, kw_only=True)
class Referred:
    """Asks a site for what its posts refer to.

    Attributes:
        ask: Asks it something; stops where it gives no answers any more.
        site: Its address.
        findings: What it did not tell.
    """

    ask: Callable[[str, dict[str, str]], Answer]
    site: str
    findings: list[Finding] = field(default_factory=list)

    def shelf(self, posts: Sequence[Told]) -> Shelf:
        """Return the pictures and the reusable blocks that posts refer to."""
        texts = [text_of(post) for post in posts]
        blocks = {
            number: said
            for number in dict.fromkeys(n for text in texts for n in blocks_named(text))
            if (said := self._block(number))
        }
        numbers = sorted(
            {n for text in (*texts, *blocks.values()) for n in media_shown(text)}
        )
        told = [
            one for some in lots(numbers, MOST_NUMBERS) for one in self._media(some)
        ]
        owners = itertools.chain.from_iterable(
            posts_shown(text, post.at("id").number)
            for post, text in zip(posts, texts, strict=True)
        )
        for owner in dict.fromkeys(owners):
            told += self._attached(owner)
        return Shelf(site=self.site, library=library_of(told), blocks=blocks)

    def _block(self, number: int) -> str:
        """Return what a reusable block says; empty where the site does not tell."""
        answer = self.ask(f"blocks/{number}", {})
        told = Told.read(answer.body) if answer.found else Told()
        return told.at("content", "raw").text or told.at("content", "rendered").text

    def _media(self, numbers: list[int]) -> tuple[Told, ...]:
        """Return what the library says of pictures."""
        listed = ",".join(map(str, numbers))
        answer = self.ask("media", {"include": listed, "per_page": str(MOST_NUMBERS)})
        if answer.found:
            return Told.read(answer.body).items
        self.findings.append(no_library(answer, len(numbers), Place(file=self.site)))
        return ()

    def _attached(self, post: int) -> list[Told]:
        """Return the pictures that are attached to a post."""
        found: list[Told] = []
        for query in media_of(post):
            answer = self.ask("media", query)
            some = Told.read(answer.body).items if answer.found else ()
            found += some
            if len(some) < MOST_NUMBERS:
                break
        return found
