"""Make the digest alone: both parts, every check, and a page to look at it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from press.adapters.chromium import ChromiumBrowser
from press.adapters.folder import BuildFolder
from press.adapters.online import OnlineProbe
from press.adapters.spamd import Spamd
from press.desk.mail import MailDesk, mail_desk, mail_files
from press.desk.order import Built
from press.desk.reading import FROM_PRINT, Desk, last_build, read_desk
from press.desk.ticket import ticket_of
from press.desk.web import make_pages, page_files
from press.digest.checks.facts import read_mail
from press.digest.checks.online import check_online
from press.digest.checks.spam import check_spam
from press.digest.preview import Preview, View, preview_page, views, with_pictures
from press.digest.preview import Variant as Shown
from press.model.digest import Digest
from press.model.edition import EditionId
from press.model.errors import ManifestError, PressError
from press.model.finding import NOWHERE, Checked, Finding, note, warning
from press.packing.report import write_findings, write_ticket
from press.ports import Progress

PREVIEW = "preview.html"
#: Findings that say nothing of the digest.
OF_PRINT = ("profile.", "printer.", "ad.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestOrder:
    """An order to make a digest.

    Attributes:
        paper: The newspaper's folder.
        edition: Which edition.
        out: Where to put what is made; None is `build/<edition>-digest`.
        png: Whether to make pictures of all views with Chromium.
        online: Whether to ask whether its links can be reached.
    """

    paper: Path
    edition: EditionId
    out: Path | None = None
    png: bool = False
    online: bool = False


def make_digest_alone(order: DigestOrder, progress: Progress) -> Checked[Built]:
    """Make an edition's digest and a page to look at it, faults and all.

    The pages of the paper are not drawn: page numbers and the picture of the front page
    are those of the last build.

    Raises:
        BusyError: Another press is making the same digest.
        CannotWriteError: The output folder cannot be written.
        ManifestError: A template cannot be filled, no edition has such a name, or it
            has no digest.
    """
    read = read_desk(order.paper, order.edition)
    if read.value is None:
        return Checked(value=None, findings=read.findings)
    desk = read.value
    if desk.edition.digest is None:
        raise ManifestError(
            f"edition {desk.edition.id} has no digest",
            hint="write it under digest: in its edition.yaml: subject, preheader, lead",
        )
    paper = last_build(desk)
    mail = mail_desk(desk)
    made = mail.make(paper)
    own = (one for one in read.findings if not one.code.startswith(OF_PRINT))
    findings = [*own, *made.findings, *_not_printed(desk, paper)]
    digest = made.value
    if digest is None:
        return Checked(value=None, findings=tuple(findings))
    findings += _second_looks(mail, digest, online=order.online)
    pages = make_pages(mail, paper)
    findings += pages.findings
    files = dict(mail_files(mail, digest))
    files |= dict(page_files(pages.value)) if pages.value else {}
    files[PREVIEW] = preview_page(_preview(mail, digest, findings))
    if order.png:
        pictures = _pictures(mail, digest, progress)
        findings += pictures.findings
        files |= pictures.value or {}
    files["findings.json"] = write_findings(findings)
    files["ticket.json"] = write_ticket(ticket_of(desk, (), None), files)
    out = order.out or order.paper / "build" / f"{order.edition}-digest"
    with BuildFolder(out) as folder:
        written = [folder.write(name, files[name]) for name in sorted(files)]
        built = Built(folder=folder.publish(), files=tuple(written))
    return Checked(value=built, findings=tuple(findings))


def _not_printed(desk: Desk, paper: dict[str, bytes]) -> Iterator[Finding]:
    plan = desk.edition.digest
    if plan is not None and len(paper) < len(FROM_PRINT):
        yield note(
            "digest.not-printed",
            "the paper is not built yet: the digest says no page numbers and shows no"
            " front page",
            plan.place,
            f"press build-edition {desk.edition.id} makes both",
        )


def _second_looks(mail: MailDesk, digest: Digest, *, online: bool) -> Iterator[Finding]:
    """Yield what others say of it: a spam filter that runs here, servers of links."""
    plan = mail.desk.edition.digest
    place = plan.place if plan else NOWHERE
    yield from check_spam(mail.sample(digest), Spamd(), place)
    if online:
        facts = (read_mail(variant.html) for variant in digest.variants)
        yield from check_online(facts, OnlineProbe(), place)


def _preview(mail: MailDesk, digest: Digest, findings: list[Finding]) -> Preview:
    desk = mail.desk
    return Preview(
        title=desk.house.title,
        edition=desk.edition.title,
        sender=desk.house.sender.name,
        subject=digest.subject,
        preheader=digest.preheader,
        variants=[
            Shown(name=each.name, html=each.html, text=each.text)
            for each in mail.filled(digest)
        ],
        pictures=digest.pictures,
        findings=findings,
    )


def _pictures(
    mail: MailDesk, digest: Digest, progress: Progress
) -> Checked[dict[str, bytes]]:
    """Return pictures of all views; a warning where no browser can make them."""
    wanted = [
        (f"preview/{variant.stem}-{view.name}.png", view)
        for variant in mail.filled(digest)
        for view in views(variant.html)
    ]
    made: dict[str, bytes] = {}
    try:
        with ChromiumBrowser(os.environ.get("PRESS_CHROMIUM", "")) as browser:
            for number, (name, view) in enumerate(wanted):
                progress.step("pictures of the digest", number, len(wanted))
                made[name] = browser.shoot(_filled(view, digest), width=view.width)
    except PressError as fault:
        finding = warning("digest.no-pictures", str(fault), hint=fault.hint)
        return Checked(value=made, findings=(finding,))
    progress.step("pictures of the digest", len(wanted), len(wanted))
    return Checked(value=made)


def _filled(view: View, digest: Digest) -> str:
    return with_pictures(view.html, digest.pictures)
