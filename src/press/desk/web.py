"""The web version on the desk: what is known of earlier editions, and its files."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from press.desk.mail import MailDesk
from press.digest.web import WebTools, make_web
from press.manifest.issue import read_issues
from press.model.digest import InPrint
from press.model.finding import Checked
from press.model.web import WebPages

FOLDER = "web"


def web_pages(mail: MailDesk, in_print: InPrint) -> Checked[WebPages]:
    """Make the web pages of an edition; none where press.yaml names no place for them.

    Raises:
        ManifestError: A template of the layout cannot be read or filled.
    """
    desk = mail.desk
    tools = WebTools(
        palette=mail.tools.palette, templates=mail.tools.templates, lab=mail.tools.lab
    )
    return make_web(
        mail.edition,
        desk.house,
        tools,
        zone=ZoneInfo(desk.house.timezone),
        in_print=in_print,
        earlier=tuple(read_issues(desk.root, desk.edition.id, desk.house)),
    )


def web_files(pages: WebPages) -> Iterator[tuple[str, bytes]]:
    """Yield web pages by their paths in the folder that a build makes."""
    for path, data in pages.files:
        yield f"{FOLDER}/{path}", data
