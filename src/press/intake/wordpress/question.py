"""What is asked of a site of WordPress, and what its answers tell.

The parameters are described in WordPress's REST API Handbook, under Posts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from press.intake.told import Told, moment_of
from press.intake.wordpress.refusal import read_kept
from press.model.fetch import Answer, Fault
from press.model.wanted import LOCKED, PUBLISHED, Wanted

#: How many of its things a site tells by their numbers at a time.
MOST_NUMBERS: Final = 100
_BAD_REQUEST: Final = 400
_SHOWN: Final = re.compile(r"\bwp-image-(\d{1,15})\b")
_LISTED: Final = re.compile(r'"ids":\[([\d,\s]+)\]|\b(?:ids|include)=["\']?([\d,\s]+)')
_MOST_LOTS: Final = 10
_DAY: Final = dt.timedelta(days=1)


def page_of_posts(wanted: Wanted, page: int, per_page: int) -> dict[str, str]:
    """Return the question for a page of posts, the last changed first."""
    statuses = sorted({one for one in wanted.statuses if one != LOCKED} or {PUBLISHED})
    query = {
        "_embed": "author,wp:featuredmedia,wp:term",
        "orderby": "modified",
        "order": "desc",
        "per_page": str(per_page),
        "page": str(page),
        "status": ",".join(statuses),
    }
    # Neither holds that second itself, and posts are set to appear at midnight.
    if wanted.since:
        query["after"] = f"{(wanted.since - _DAY).isoformat()}T23:59:59"
    if wanted.until:
        query["before"] = f"{(wanted.until + _DAY).isoformat()}T00:00:00"
    return query


def posts_by_number(wanted: Wanted, numbers: list[int]) -> dict[str, str]:
    """Return the question for posts by their numbers, as far as they are wanted."""
    listed = ",".join(map(str, numbers))
    return {**page_of_posts(wanted, 1, len(numbers)), "include": listed}


def versions_by_number(wanted: Wanted, numbers: list[int]) -> dict[str, str]:
    """Return the question which of posts are still there, and when they changed."""
    query = posts_by_number(wanted, numbers)
    del query["_embed"]
    return {**query, "_fields": "id,modified_gmt"}


def by_number(answer: Answer) -> dict[int, Told]:
    """Return the posts of an answer by their numbers."""
    return {post.at("id").number: post for post in Told.read(answer.body).items}


def lots(numbers: list[int], most: int) -> Iterator[list[int]]:
    """Return numbers so many at a time."""
    for start in range(0, len(numbers), most):
        yield numbers[start : start + most]


def is_beyond(answer: Answer) -> bool:
    """Whether a page is asked for that there is not: WordPress says so with a fault."""
    code = read_kept(answer.body).at("code").text
    return answer.status == _BAD_REQUEST and code == "rest_post_invalid_page_number"


def is_no_json(answer: Answer) -> bool:
    """Whether a page came where data was asked for, or half of it."""
    return answer.fault is Fault.BROKEN


def version_of(post: Told) -> str:
    """Return when a post was changed; empty where it does not say."""
    moment = moment_of(post.at("modified_gmt").text)
    return moment.isoformat() if moment else ""


def text_of(post: Told) -> str:
    """Return what a post says: as it was written, or else as its page shows it."""
    raw = post.at("content", "raw")
    return (raw if raw.there else post.at("content", "rendered")).text


def media_of(post: int) -> Iterator[dict[str, str]]:
    """Yield the questions for the pictures that are attached to a post, lot by lot."""
    asked = {"parent": str(post), "media_type": "image", "orderby": "id"}
    for page in range(1, _MOST_LOTS + 1):
        yield {
            **asked,
            "order": "asc",
            "per_page": str(MOST_NUMBERS),
            "page": str(page),
        }


def media_shown(text: str) -> Iterator[int]:
    """Return the numbers of the pictures that a text shows."""
    for match in _SHOWN.finditer(text):
        yield int(match[1])
    for match in _LISTED.finditer(text):
        yield from (int(one) for one in re.findall(r"\d{1,15}", match[1] or match[2]))
