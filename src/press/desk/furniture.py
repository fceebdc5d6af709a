"""The website's furniture: the house's rules, and the house ad that its calls become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from press.intake.furniture import Verdicts, offer_ad
from press.manifest.furniture import read_furniture
from press.manifest.offered_ad import add_house_ad, house_ad_lines
from press.model.address import split_address
from press.model.finding import Checked
from press.model.house import House, HouseAd
from press.model.house_rules import HouseRules
from press.model.story import Furniture, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedAd:
    """A house ad that the paper does not have yet.

    Attributes:
        ad: The ad.
        lines: How press.yaml says it, under `house_ads`.
    """

    ad: HouseAd
    lines: str


def house_rules(paper: Path, house: House) -> Checked[HouseRules]:
    """Read furniture.yaml, and add how the paper is called and where its site is."""
    read = read_furniture(paper)
    if read.value is None:
        return read
    host = (split_address(house.website).hostname or "").removeprefix("www.")
    rules = replace(
        read.value,
        names=(house.title, *read.value.names),
        domains=(host,) if host else (),
    )
    return Checked(value=rules, findings=read.findings)


def offer_house_ad(
    stories: Sequence[Story], verdicts: Sequence[Verdicts], house: House
) -> OfferedAd | None:
    """Make one house ad of all calls in some stories; write nothing.

    Args:
        stories: The stories.
        verdicts: What their pieces are, as `judge` says.
        house: The paper.

    Returns:
        None where nothing calls, or where the paper has an ad to the same address.
    """
    calls = [
        piece
        for story, judged in zip(stories, verdicts, strict=True)
        for piece, verdict in zip(story.pieces, judged, strict=True)
        if verdict is not None and verdict.kind is Furniture.CALL
    ]
    ad = offer_ad(calls, house)
    return OfferedAd(ad=ad, lines=house_ad_lines(ad)) if ad else None


def take_house_ad(paper: Path, offered: OfferedAd) -> None:
    """Write an offered house ad into press.yaml.

    Raises:
        ManifestError: The file's house ads are written within brackets.
        CannotWriteError: The file cannot be written.
    """
    add_house_ad(paper, offered.ad)
