"""Read press.yaml: the paper's own facts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from press.manifest.courier import courier_of, find_courier_faults, warm_up_of
from press.manifest.doubt import find_wrong_decodings
from press.manifest.folder import PAPER
from press.manifest.house_file import GivenSegment, HouseFile
from press.manifest.load import load
from press.manifest.schedule import offsets_of
from press.manifest.schema import check
from press.model.finding import Checked, Finding, error
from press.model.house import AdId, House, HouseAd, Imprint, Links, Sender
from press.model.mail_client import USUAL_CLIENTS
from press.model.segment import Segment, SegmentRule
from press.model.subscriber import ListName

WORD = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)*")
#: Begins the files' names of a paper whose title has no plain letters.
NAMELESS = "PAPER"


def read_paper(root: Path) -> Checked[House]:
    """Read the newspaper's own facts from its folder."""
    hint = "begin a newspaper with `press new-paper DIR`"
    read = load(root, PAPER, missing="this newspaper has no press.yaml", hint=hint)
    if read.value is None:
        return Checked(value=None, findings=read.findings)
    checked = check(read.value, HouseFile)
    findings = [*read.findings, *checked.findings]
    findings += find_wrong_decodings(read.value, "manifest.suspicious")
    if checked.value is None:
        return Checked(value=None, findings=tuple(findings))
    findings += _ads_of_one_name(checked.value)
    findings += find_courier_faults(checked.value)
    return Checked(value=_house(checked.value), findings=tuple(findings))


def _rule(file: HouseFile, given: GivenSegment) -> SegmentRule:
    """Return a segment's rule; without one it is those who have its name as a tag."""
    place = file.place_of("segments", given.name)
    return SegmentRule(
        name=Segment(given.name), text=given.rule or f'tag "{given.name}"', place=place
    )


def _ads_of_one_name(file: HouseFile) -> Iterator[Finding]:
    lines: dict[str, int | None] = {}
    for ad in file.house_ads:
        place = ad.place_of("id")
        if ad.id in lines:
            message = (
                f"house ad “{ad.id}” is given twice (first on line {lines[ad.id]})"
            )
            yield error("manifest.twice", message, place, "give one another id")
        lines.setdefault(ad.id, place.line)


def initials(title: str) -> str:
    """Return the initials of a title in plain letters: TQ for The Quoin."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return "".join(word[0] for word in WORD.findall(plain)).upper() or NAMELESS


def _house(file: HouseFile) -> House:
    imprint = file.imprint
    return House(
        title=file.title,
        strapline=file.strapline,
        lang=file.lang,
        timezone=file.timezone,
        website=file.website,
        imprint=Imprint(
            publisher=imprint.publisher,
            address=imprint.address,
            printer=imprint.printer,
            printer_address=imprint.printer_address,
            staff=tuple((each.role, each.name) for each in imprint.staff),
            contact=imprint.contact,
            notices=imprint.notices,
        ),
        sender=Sender(
            name=file.sender.name,
            email=file.sender.email,
            reply_to=file.sender.reply_to,
            domain=file.sender.domain,
            unsubscribe=file.sender.unsubscribe,
        ),
        links=Links(paper=file.links.paper, short=file.links.short),
        house_ads=tuple(
            HouseAd(
                id=AdId(ad.id),
                headline=ad.headline,
                text=ad.text,
                button=ad.button,
                url=ad.url,
                channels=frozenset(ad.channels),
                place=ad.place,
            )
            for ad in {ad.id: ad for ad in reversed(file.house_ads)}.values()
        )[::-1],
        hyphenation=file.hyphenation,
        mail_clients=file.mail_clients or USUAL_CLIENTS,
        media=file.media,
        media_store=file.media_store,
        web=file.web,
        code=file.code or initials(file.title),
        issn=file.issn,
        replica=file.replica,
        segments=tuple(Segment(given.name) for given in file.segments),
        segment_rules=tuple(_rule(file, given) for given in file.segments),
        lists={ListName(name): title for name, title in file.lists.items()},
        mail=file.mail or f"{file.website.rstrip('/')}/mail/",
        courier=courier_of(file),
        warm_up=warm_up_of(file),
        schedule=offsets_of(file.schedule),
        place=file.place,
    )
