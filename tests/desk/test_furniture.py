"""From a website's calls to a house ad in press.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.desk.furniture import house_rules, offer_house_ad, take_house_ad
from press.intake.furniture import judge
from press.manifest.read import read_house
from press.model.errors import ManifestError
from press.model.house import House
from tests.house import HOUSE
from tests.intake.stories import a_story, button, heading, paragraph

STORY = a_story(
    paragraph("The salt tax was paid by the bushel."),
    heading("ENJOYING THIS ARTICLE? HELP US TO GO ON"),
    paragraph("We rely on our readers: there is no owner. Please subscribe."),
    button("SUBSCRIBE NOW", "https://lamp.example/join"),
    paragraph("It was dropped in 1825."),
)


def paper(folder: Path, more: str) -> Path:
    (folder / "press.yaml").write_text(HOUSE + more, encoding="utf-8")
    return folder


def house_of(root: Path) -> House:
    checked = read_house(root)
    assert checked.findings == ()
    assert checked.value is not None
    return checked.value


TIP = "{id: tip, headline: Tell, text: Us., button: How, url: https://lamp.example/t}"
LINES = """\
house_ads:
    - id: tip
      headline: Tell
      text: Us.
      button: How
      url: https://lamp.example/tip
links: {paper: none}
"""


@pytest.mark.parametrize(
    "more",
    [
        "",
        "house_ads: []\n",
        "house_ads:   # ours\n",
        f"house_ads:   # they fill space\n# the oldest\n- {TIP}\n",
        LINES,
    ],
)
def test_an_ad_that_is_taken_stands_in_the_paper_and_is_not_offered_again(
    tmp_path: Path, more: str
) -> None:
    root = paper(tmp_path, more)
    house = house_of(root)
    rules = house_rules(root, house).value
    assert rules is not None
    verdicts = judge([STORY], rules)
    offered = offer_house_ad([STORY], verdicts, house)
    assert offered is not None

    take_house_ad(root, offered)

    after = house_of(root)
    ad, *others = after.house_ads
    assert (ad.headline, ad.button) == ("Help us to go on", "Subscribe now")
    assert ad.text.endswith("Please subscribe.")
    assert [each.id for each in others] == [each.id for each in house.house_ads]
    assert offer_house_ad([STORY], verdicts, after) is None
    kept = (root / "press.yaml").read_text(encoding="utf-8")
    assert [line.strip() for line in offered.lines.splitlines()] == [
        line.strip()
        for line in kept.splitlines()
        if line.strip() and line.strip() in offered.lines
    ]
    assert "#" not in more or more.partition("#")[2].splitlines()[0] in kept


def test_ads_within_brackets_are_left_to_the_editor(tmp_path: Path) -> None:
    root = paper(tmp_path, f"house_ads: [{TIP}]\n")
    house = house_of(root)
    before = (root / "press.yaml").read_bytes()
    rules = house_rules(root, house).value
    assert rules is not None
    offered = offer_house_ad([STORY], judge([STORY], rules), house)
    assert offered is not None

    with pytest.raises(ManifestError) as raised:
        take_house_ad(root, offered)

    assert "https://lamp.example/join" in (raised.value.hint or "")
    assert (root / "press.yaml").read_bytes() == before


def test_calls_are_known_by_the_papers_title_and_other_names(tmp_path: Path) -> None:
    root = paper(tmp_path, "")
    (root / "furniture.yaml").write_text(
        "press: 1\nnames: [Sunday Lamp]\n", encoding="utf-8"
    )

    rules = house_rules(root, house_of(root)).value

    assert rules is not None
    assert rules.names == (house_of(root).title, "Sunday Lamp")
    assert rules.domains == ("lamp.example",)
