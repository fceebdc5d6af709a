"""Reads the posts of a site over its REST interface, page by page.

Posts come in the order of their last change, the newest first. What is changed or
published while pages are read moves to the front, so that everything else moves back, to
pages that are still to come: it is met twice, never missed. What moved to the front is
met when the first page is read again, at the end. Where posts were taken away meanwhile,
others moved forward: the site's own count tells, and the page before is read again.

Every page is kept as it is read, so that an import that breaks off goes on there. Before
posts are handed on, the site is asked which of them it still has, by their numbers: what
was withdrawn is left out, and what was changed is read anew, however old the pages are.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Final
from urllib.parse import urlencode

from press.intake.told import Told
from press.intake.wordpress.content import Shelf
from press.intake.wordpress.question import (
    MOST_NUMBERS,
    by_number,
    is_beyond,
    is_no_json,
    lots,
    page_of_posts,
    posts_by_number,
    version_of,
    versions_by_number,
)
from press.intake.wordpress.referred import Referred
from press.intake.wordpress.refusal import (
    broken_off,
    no_edit,
    no_interface,
    read_kept,
    unsteady,
    unsure,
    withdrawn,
)
from press.intake.wordpress.rest import Source, stories_of
from press.model.address import split_address
from press.model.fetch import Answer, Asked, Fault, Sort
from press.model.finding import Checked, Finding, Place
from press.model.story import Story
from press.model.wanted import Wanted
from press.ports import Fetcher, MediaStore

PER_PAGE: Final = 50
#: How often the front is looked at again, and the whole is begun anew.
MOST_LOOKS: Final = 5
MOST_PASSES: Final = 3
_MOST_PAGES: Final = 10_000
#: After how many pages without any new post no more are asked for.
_MOST_IDLE: Final = 5
_REFUSED: Final = frozenset({401, 403})
_NONE_SUCH: Final = 404
_VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is asked of a site.

    Attributes:
        site: Its address, as somebody typed it.
        wanted: Which posts.
        edit: Whether there is a password, with which the site gives texts as they were
            written.
        per_page: How many posts come at a time, 100 at most.
    """

    site: str
    wanted: Wanted
    edit: bool = False
    per_page: int = PER_PAGE


def read_site(
    search: Search, fetcher: Fetcher, kept: MediaStore
) -> Checked[tuple[Story, ...]]:
    """Read the posts of a site.

    Args:
        search: Which posts of which site.
        fetcher: Gets the answers.
        kept: Where answers are kept until all are there.
    """
    walk = _Walk(search=search, fetcher=fetcher, kept=kept)
    try:
        posts = walk.posts()
        shelf = walk.shelf(posts)
    except _Stop as stopped:
        return Checked(value=None, findings=(stopped.finding,))
    source = Source(name=walk.site, site=walk.site)
    read = stories_of(posts, shelf, source, search.wanted)
    walk.done()
    findings = dict.fromkeys((*walk.findings, *read.findings))
    return Checked(value=read.value, findings=tuple(findings))


class _Stop(Exception):  # noqa: N818 - it never leaves this file
    """The site gives no more."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


@dataclass(slots=True, kw_only=True)
class _Walk:
    """The way through the pages of a site.

    Attributes:
        search: What is asked.
        fetcher: Gets the answers.
        kept: Where they are kept.
        found: Posts by their numbers, each as it was last met.
        answers: How many answers are kept.
        next: The page to be read.
        total: How many posts there were when the site last said so.
        findings: What was odd on the way.
        gone: The numbers of posts that were met, and are no more there.
        top: The address of the interface, once it was found.
        edit: Whether texts come as they were written.
    """

    search: Search
    fetcher: Fetcher
    kept: MediaStore
    found: dict[int, Told] = field(default_factory=dict)
    answers: int = 0
    next: int = 1
    total: int = 0
    findings: list[Finding] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)
    top: str = ""
    edit: bool = False

    @property
    def site(self) -> str:
        """The address of the site, with its scheme."""
        typed = self.search.site.rstrip("/")
        return typed if "://" in typed else f"https://{typed}"

    @property
    def place(self) -> Place:
        """What findings name."""
        return Place(file=self.site)

    def posts(self) -> tuple[Told, ...]:
        """Return all posts that are wanted, in the order of their publication."""
        self.edit = self.search.edit
        self._resume()
        last = self._open()
        for _ in range(MOST_PASSES):
            if not last:
                self._descend()
            self._look_again()
            self._compare()
            if len(self.found) >= self.total:
                break
            self.next, last = 1, False
        if self.total and len(self.found) != self.total:
            self.findings.append(unsteady(self.total, len(self.found), self.place))
        if gone := self.gone - self.found.keys():
            self.findings.append(withdrawn(len(gone), self.place))
        posts = sorted(
            self.found.items(), key=lambda one: (one[1].at("date").text, one[0])
        )
        return tuple(post for _, post in posts)

    def shelf(self, posts: Sequence[Told]) -> Shelf:
        """Return the pictures and the reusable blocks that posts refer to."""
        return Referred(ask=self._ask_on, site=self.site, findings=self.findings).shelf(
            posts
        )

    def done(self) -> None:
        """Forget what was kept: the next import begins anew."""
        self.answers, self.next, self.total = 0, 1, 0
        self._remember()

    def _open(self) -> bool:
        """Find the interface, and what it lets us see; return whether one page is all."""
        before, resumed = self.total, self.next
        for top in (f"{self.site}/wp-json", f"{self.site}/?rest_route="):
            self.top = top
            answer = self._page(1)
            if answer.status in _REFUSED and self.edit:
                self.edit = False
                self.findings.append(no_edit(answer, self.place))
                answer = self._page(1)
            if answer.status != _NONE_SUCH and not is_no_json(answer):
                last = self._take(answer, 1)
                self.next = max(2, resumed - self._moved_up(before))
                return last
        raise _Stop(no_interface(self.place))

    def _descend(self) -> None:
        """Read from the page that is next to the last.

        A site that shows the same for every page is not asked for ever.
        """
        idle = 0
        while self.next <= _MOST_PAGES and idle < _MOST_IDLE:
            before, page, known = self.total, self.next, len(self.found)
            answer = self._page(page)
            if is_beyond(answer):
                return
            last = self._take(answer, page)
            idle = 0 if len(self.found) > known else idle + 1
            back = self._moved_up(before)
            if back and page > 1:
                self.next = max(1, page - back)
            elif last:
                return

    def _moved_up(self, before: int) -> int:
        """Return over how many pages posts may have moved forward, as others went away."""
        return max(0, ceil((before - self.total) / self.search.per_page))

    def _look_again(self) -> None:
        """Read the front again until it shows nothing new."""
        for _ in range(MOST_LOOKS):
            if not self._look():
                return

    def _look(self) -> bool:
        """Read from the front what is new; return whether anything was."""
        anything = False
        for page in range(1, _MOST_PAGES):
            before = {number: version_of(post) for number, post in self.found.items()}
            answer = self._page(page)
            last = is_beyond(answer) or self._take(answer, page)
            new = any(
                before.get(number) != version_of(post)
                for number, post in self.found.items()
            )
            anything = anything or new
            if last or not new:
                break
        return anything

    def _compare(self) -> None:
        """Drop the posts that the site has no more; read those anew that changed.

        They are asked for by their numbers, each lot in one answer, in which nothing can
        move while it is read.
        """
        wanted = self.search.wanted
        numbers = sorted(number for number in self.found if number > 0)
        for some in lots(numbers, MOST_NUMBERS):
            answer = self._ask("posts", versions_by_number(wanted, some))
            self._go_on(answer)
            there = by_number(answer) if answer.found else {}
            if not answer.found or there.keys() - set(some):
                # Whoever does not understand the question is not believed.
                self.findings.append(unsure(answer, self.place))
                return
            self._forget(set(some) - there.keys())
            changed = [
                number
                for number, post in there.items()
                if version_of(post) != version_of(self.found[number])
            ]
            self._read_anew(changed)

    def _read_anew(self, numbers: list[int]) -> None:
        """Read posts of which the site has another version."""
        for some in lots(numbers, self.search.per_page):
            answer = self._ask("posts", posts_by_number(self.search.wanted, some))
            if not answer.found:
                raise _Stop(broken_off(answer, 1, len(self.found), self.place))
            there = by_number(answer)
            self._forget(set(some) - there.keys())
            self.found |= there

    def _forget(self, numbers: set[int]) -> None:
        """Take out posts that the site has no more."""
        self.gone |= numbers
        for number in numbers:
            del self.found[number]

    def _page(self, page: int) -> Answer:
        """Ask for a page of posts."""
        query = page_of_posts(self.search.wanted, page, self.search.per_page)
        return self._ask("posts", query)

    def _ask(self, what: str, query: dict[str, str]) -> Answer:
        if self.edit:
            query = {**query, "context": "edit"}
        joint = "&" if "?" in self.top else "?"
        address = f"{self.top}/wp/v2/{what}{joint}{urlencode(query)}"
        return self.fetcher.get(Asked(address=address, sort=Sort.JSON))

    def _take(self, answer: Answer, page: int) -> bool:
        """Take in the posts of a page, and keep it; return whether it is the last."""
        if not answer.found:
            raise _Stop(broken_off(answer, page, len(self.found), self.place))
        self._meet(answer.body)
        self.answers += 1
        self.kept.write(f"{self._folder}/{self.answers}.json", answer.body)
        self.total = Told(value=answer.header("x-wp-total")).number or self.total
        self.next = page + 1
        self._remember()
        pages = Told(value=answer.header("x-wp-totalpages")).number
        few = len(Told.read(answer.body).items) < self.search.per_page
        return page >= pages if pages else few

    def _meet(self, body: bytes) -> None:
        for post in Told.read(body).items:
            number = post.at("id").number
            known = self.found.get(number)
            if known is None or version_of(known) <= version_of(post):
                self.found[number] = post

    def _ask_on(self, what: str, query: dict[str, str]) -> Answer:
        """Ask for something that may be refused; stop where no answer comes."""
        answer = self._ask(what, query)
        self._go_on(answer)
        return answer

    def _go_on(self, answer: Answer) -> None:
        """Stop where the site gives no answers any more; a refusal is one."""
        if answer.fault not in {None, Fault.STATUS}:
            raise _Stop(broken_off(answer, self.next, len(self.found), self.place))

    @property
    def _folder(self) -> str:
        wanted = self.search.wanted
        asked = (
            self.site,
            sorted(wanted.statuses),
            str(wanted.since),
            str(wanted.until),
            self.search.edit,
            self.search.per_page,
        )
        told = hashlib.sha256(json.dumps(asked).encode()).hexdigest()
        host = re.sub(
            r"[^a-z0-9.-]", "-", (split_address(self.site).hostname or "").lower()
        )
        return f"wordpress/{host}-{told[:12]}"

    def _remember(self) -> None:
        """Write down how far the walk is."""
        state = {
            "version": _VERSION,
            "answers": self.answers,
            "next": self.next,
            "total": self.total,
        }
        self.kept.write(f"{self._folder}/state.json", json.dumps(state).encode())

    def _resume(self) -> None:
        """Take up a walk that broke off: all that was kept, and the last page again."""
        state = read_kept(self.kept.read(f"{self._folder}/state.json"))
        if state.at("version").number != _VERSION:
            return
        for number in range(1, state.at("answers").number + 1):
            body = self.kept.read(f"{self._folder}/{number}.json")
            if body is None or not read_kept(body).is_list:
                self.found.clear()
                return
            self._meet(body)
        self.answers = state.at("answers").number
        self.total = state.at("total").number
        self.next = max(1, state.at("next").number - 1)
