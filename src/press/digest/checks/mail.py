"""A finished mail with everything that its checks ask about."""

from __future__ import annotations

from dataclasses import dataclass, field

from press.digest.checks.facts import MailFacts, read_mail
from press.digest.view import DigestView
from press.model.article import Article, Slug
from press.model.digest import MailPalette, MailPicture
from press.model.edition import Edition
from press.model.finding import NOWHERE, Place
from press.model.mail_client import USUAL_CLIENTS, MailClient
from press.model.template import Filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail before it is personalised, with everything its checks ask about.

    Attributes:
        html: The finished HTML part.
        text: The plain-text part.
        view: What its templates were given.
        edition: The month's paper.
        palette: Its colours.
        pictures: The files that the HTML shows.
        mjml: The filled template, before the engine; None if it is not to be judged.
        clients: The mail programs that the paper's readers use.
        facts: What `html` holds, read back.
    """

    html: str
    text: str
    view: DigestView
    edition: Edition
    palette: MailPalette
    pictures: tuple[MailPicture, ...] = ()
    mjml: Filled | None = None
    clients: tuple[MailClient, ...] = USUAL_CLIENTS
    facts: MailFacts = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", read_mail(self.html))

    @property
    def place(self) -> Place:
        """Where the manifest plans it."""
        return self.edition.digest.place if self.edition.digest else NOWHERE

    def article(self, slug: Slug) -> Article:
        """Return one of its articles."""
        return self.edition.article(slug)
