"""Open the counter for readers: the paper's books, its look, and where it is reached."""

from __future__ import annotations

from pathlib import Path

from press.adapters.clock import SystemClock
from press.adapters.database.confirmations import ConfirmationBook
from press.adapters.jinja import JinjaTemplates
from press.adapters.webhook import SignedEvents
from press.audience.secret import Secret
from press.desk.books import Books, open_books
from press.desk.counter import Purpose, ReadersDesk
from press.digest.palette import mail_palette
from press.manifest.issue import issues_of
from press.manifest.layout import known_layouts
from press.manifest.read import read_edition, read_house
from press.model.confirmation import WantedConfirmation
from press.model.courier import SendGridSettings
from press.model.digest import MailPalette
from press.model.errors import NotReadyError
from press.model.finding import ready
from press.model.house import House
from press.model.subscriber import PublicId
from press.ports import Clock


def open_desk(paper: Path, pages: Path) -> ReadersDesk:
    """Open a paper's books for the web, in its colours.

    Args:
        paper: The newspaper's folder.
        pages: Folder of the templates of readers' pages.

    Raises:
        LedgerError: The database cannot be used as it is.
        NotReadyError: press.yaml has mistakes.
        SecretError: The secret is missing or another; the key of events is none.
    """
    read = read_house(paper)
    if read.value is None or not ready(read.findings):
        raise NotReadyError("press.yaml has mistakes", findings=read.findings)
    house, clock = read.value, SystemClock()
    signed = _signed(house, clock)
    books = open_books(paper, clock)
    books.readers.name_lists(house.lists)
    return ReadersDesk(
        house,
        books,
        clock,
        palette=look_of(paper, house),
        templates=JinjaTemplates(pages),
        signed=signed,
    )


def _signed(house: House, clock: Clock) -> SignedEvents | None:
    settings = house.courier
    if not isinstance(settings, SendGridSettings) or not settings.webhook_key:
        return None
    return SignedEvents(settings.webhook_key, clock)


def look_of(paper: Path, house: House) -> MailPalette:
    """Return the colours of the newest edition's layout, or those of any."""
    layouts = known_layouts(paper)
    newest = (
        read_edition(paper, name, house, layouts).value
        for name in issues_of(paper)[-1:]
    )
    wanted = [edition.print.layout for edition in newest if edition is not None]
    for name in (*wanted, *layouts.names):
        layout = layouts.read(name).value if name in layouts.names else None
        if layout is not None:
            return mail_palette((one.name, one.screen) for one in layout.palette)
    return MailPalette()


def reader_link(
    house: House, secret: Secret, reader: PublicId, purpose: Purpose
) -> str:
    """Return a link that only this reader has, for one purpose."""
    return f"{house.mail_pages}{purpose}/{secret.sign(reader, purpose)}"


def wanted_confirmations(
    books: Books, clock: Clock, *, most: int = 100
) -> tuple[WantedConfirmation, ...]:
    """Return readers who asked for the paper by the web and wait for a link.

    Whoever writes to them writes that down first (`ConfirmationBook.written`), and hands
    the mail over after that: so nobody gets two. The link is `reader_link(…, Purpose.CONFIRM)`.
    """
    return ConfirmationBook(books.connection, clock).wanted(most)
