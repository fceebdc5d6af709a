"""What is said where a site of WordPress does not give what it is asked for."""

from __future__ import annotations

from typing import Final

from press.intake.told import Told
from press.model.fetch import Answer, Fault
from press.model.finding import Finding, Place, error, note, warning

_AGAIN: Final = "run the same command again: it goes on where it stopped"
_ADDRESS: Final = "look at the address of the site"
_WAY_OUT: Final = {
    Fault.STATUS: "look at the address, and at PRESS_WORDPRESS_USER and"
    " PRESS_WORDPRESS_PASSWORD where drafts are asked for",
    Fault.HOST: _ADDRESS,
    Fault.PRIVATE: _ADDRESS,
    Fault.SCHEME: _ADDRESS,
    Fault.ELSEWHERE: "give the address that the site sends on to",
    Fault.CIRCLE: _ADDRESS,
    Fault.PACKED: "ask whoever runs the site why it sends what was not asked for",
    Fault.LARGE: "ask for fewer posts at a time",
}


def broken_off(answer: Answer, page: int, read: int, place: Place) -> Finding:
    """Return what is said where pages come no more."""
    there = f"{read} posts were read" if read else "nothing was read"
    return error(
        "intake.site",
        f"the site gives no more at page {page}: {_said(answer)}; {there}",
        place,
        _WAY_OUT.get(answer.fault or Fault.STATUS, _AGAIN),
    )


def no_interface(place: Place) -> Finding:
    """Return what is said where there is no REST interface."""
    return error(
        "intake.site",
        "there is no REST interface of WordPress",
        place,
        "give the address of the site's front page; or export the posts"
        " (Tools, Export) and use press import wxr",
    )


def no_edit(answer: Answer, place: Place) -> Finding:
    """Return what is said where a password does not help."""
    return warning(
        "intake.site-password",
        f"the site does not take the password ({_said(answer)}); texts come as its"
        " pages show them",
        place,
        "make an application password for a user who may edit posts (Users, Profile);"
        " a site that sends on to another address is to be named by that one",
    )


def no_library(answer: Answer, pictures: int, place: Place) -> Finding:
    """Return what is said where the site does not tell of its pictures."""
    return warning(
        "intake.library",
        f"the site tells nothing of {pictures} pictures: {answer.why}",
        place,
        "their alternative texts and credits are to be looked up by hand",
    )


def unsteady(total: int, read: int, place: Place) -> Finding:
    """Return what is said where a site has more posts than it gives."""
    return warning(
        "intake.site-unsteady",
        f"the site says that it has {total} posts, and gives {read}",
        place,
        "import again later; compare with the list of posts on the site",
    )


def unsure(answer: Answer, place: Place) -> Finding:
    """Return what is said where a site does not say which posts it still has."""
    return warning(
        "intake.site-unsteady",
        "the site does not say which of the posts that were read it still has:"
        f" {_said(answer) or 'it tells of others'}",
        place,
        "compare with the list of posts on the site: one may have been withdrawn",
    )


def withdrawn(count: int, place: Place) -> Finding:
    """Return what is said where posts went away while a site was read."""
    posts = "1 post was" if count == 1 else f"{count} posts were"
    return note(
        "intake.withdrawn",
        f"{posts} read, and withdrawn on the site before all was read; not taken",
        place,
    )


def read_kept(body: bytes | None) -> Told:
    """Return what an answer tells; nothing where it is none."""
    try:
        return Told.read(body or b"null")
    except ValueError:
        return Told()


def _said(answer: Answer) -> str:
    """Return what WordPress says of a fault, or what the fault is."""
    said = read_kept(answer.body).at("code").text
    return f"{answer.why} ({said})" if said else answer.why
