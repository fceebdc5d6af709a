"""The web version on the desk: what it is made of, and the files it is written as."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

from press.adapters.cache import FolderCache
from press.desk.fingerprint import of_press
from press.desk.mail import MailDesk
from press.desk.reading import CACHE
from press.digest.web import WebTools, make_web
from press.intake.typography import set_text
from press.manifest.issue import issues_of, read_issue
from press.model.edition import EditionId
from press.model.errors import ManifestError
from press.model.finding import Checked, Finding, error
from press.model.house import House
from press.model.web import Issue, WebPages
from press.ports import Cache

_KIND = "issue"


def make_pages(mail: MailDesk, paper: Mapping[str, bytes]) -> Checked[WebPages]:
    """Make an edition's web pages.

    Args:
        mail: The edition's digest on the desk.
        paper: What is known of the printed edition: `flatplan.json` and
            `replica.pdf`, or nothing.
    """
    desk = mail.desk
    findings: tuple[Finding, ...] = ()
    earlier: tuple[Issue, ...] = ()
    if desk.house.web and desk.edition.digest is not None:
        read = read_earlier(desk.root, desk.edition.id, desk.house)
        earlier, findings = read.value or (), read.findings
    tools = WebTools(
        palette=mail.tools.palette,
        templates=mail.tools.templates,
        lab=mail.tools.lab,
    )
    try:
        made = make_web(
            mail.edition,
            desk.house,
            tools,
            zone=ZoneInfo(desk.house.timezone),
            in_print=mail.in_print(paper),
            earlier=earlier,
        )
    except ManifestError as fault:
        broken = error("web.template", str(fault), hint=fault.hint)
        return Checked(value=None, findings=(*findings, broken))
    return Checked(value=made.value, findings=(*findings, *made.findings))


def page_files(pages: WebPages) -> Iterator[tuple[str, bytes]]:
    """Yield the files of web pages by their names in a build.

    Their folder is to be put on a host as it is.
    """
    for name, data in pages.files:
        yield f"web/{name}", data


def read_earlier(
    root: Path, edition: EditionId, house: House
) -> Checked[tuple[Issue, ...]]:
    """Read what the list of editions says of all others, the words set as in print."""
    cache = FolderCache(root / CACHE)
    zone = ZoneInfo(house.timezone)
    findings: list[Finding] = []
    issues: list[Issue] = []
    for name in issues_of(root):
        if name != edition:
            read = _read(root, name, zone, cache)
            findings += read.findings
            if read.value is not None:
                issues.append(_set(read.value, house.lang))
    return Checked(value=tuple(issues), findings=tuple(findings))


def _read(root: Path, name: str, zone: ZoneInfo, cache: Cache) -> Checked[Issue]:
    """Read an edition's facts, or recall them until its manifest changes."""
    manifest = (root / "editions" / name / "edition.yaml").read_bytes()
    facts = (of_press(), version("ruamel.yaml"), str(zone), name)
    key = hashlib.sha256(repr(facts).encode() + manifest).hexdigest()
    kept = cache.get(_KIND, key)
    if kept is not None:
        return Checked(value=_from_json(kept, zone))
    read = read_issue(root, name, zone)
    if not read.findings:
        cache.put(_KIND, key, _to_json(read.value))
    return read


def _to_json(issue: Issue | None) -> bytes:
    if issue is None:
        return b"null"
    facts = {
        "id": issue.id,
        "title": issue.title,
        "number": issue.number,
        "day": issue.published.date().isoformat(),
        "subject": issue.subject,
        "preheader": issue.preheader,
    }
    return json.dumps(facts).encode()


def _from_json(kept: bytes, zone: ZoneInfo) -> Issue | None:
    facts = json.loads(kept)
    if facts is None:
        return None
    day = dt.date.fromisoformat(facts["day"])
    return Issue(
        id=EditionId(facts["id"]),
        title=facts["title"],
        number=facts["number"],
        published=dt.datetime.combine(day, dt.time(), zone),
        subject=facts["subject"],
        preheader=facts["preheader"],
    )


def _set(issue: Issue, lang: str) -> Issue:
    """Return an edition's facts with the typography of their words done."""
    return replace(
        issue,
        subject=set_text(issue.subject, lang=lang),
        preheader=set_text(issue.preheader, lang=lang),
    )
