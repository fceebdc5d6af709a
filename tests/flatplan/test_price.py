from __future__ import annotations

from dataclasses import replace

import pytest

from press.flatplan.price import WIDTHS, Draft, tariff
from press.model.galley import LineEnd
from tests.flatplan.builders import a_panel, a_photo

#: A box of three columns and 30 lines with a picture of nearly a third of it.
DRAFT = Draft(
    arrangement=0,
    head=0,
    dropped=0,
    columns=3,
    height=30,
    figures=((13, replace(a_photo().shapes[1], natural=13)),),
    slots=((0, 3, 27), (1, 18, 12), (2, 18, 12)),
    slack=(0, 0, 0),
    ends=(LineEnd.WORD, LineEnd.SENTENCE, LineEnd.PARAGRAPH),
)
TARIFF = tariff(3, 3, 5)


def names(draft: Draft, priority: int = 3) -> dict[str, float]:
    found = tariff(priority, 3, 5).terms(draft)
    return {
        term.name: term.cost for term in found if term.name != "width for its priority"
    }


def test_a_box_without_fault_costs_its_width_only() -> None:
    assert names(DRAFT) == {}
    assert TARIFF.cost(DRAFT) == WIDTHS[2][2]


@pytest.mark.parametrize(
    ("changes", "terms"),
    [
        ({"arrangement": 2.0}, {"pictures left out or oddly placed": 2.0}),
        ({"head": 1.5}, {"headline size and shape": 1.5}),
        ({"dropped": 1}, {"pull quotes left out": 1.4}),
        ({"slack": (0, 1, 2)}, {"empty lines": 3.0}),
        (
            {"slots": ((0, 3, 6), (1, 18, 12))},
            {"length of legs": 1.0},
        ),  # two short of 8
        # 0.6 for each line and for the worst, and 0.3 for the square of three over four
        ({"slack": (0, 0, 7)}, {"empty lines": 11.1}),
        ({"bare": 1}, {"columns without text": 8.0}),
        ({"slots": ((0, 3, 65),)}, {"length of legs": 0.6}),  # 5 over 60
        (
            {"ends": (LineEnd.HYPHEN, LineEnd.HYPHEN)},
            {"hyphens at column ends": 0.6},
        ),
    ],
)
def test_every_fault_has_its_name_and_price(
    changes: dict[str, object], terms: dict[str, float]
) -> None:
    draft = replace(DRAFT, **changes)  # type: ignore[arg-type]

    assert names(draft) == terms
    assert TARIFF.cost(draft) == pytest.approx(TARIFF.width + sum(terms.values()))


def test_a_crop_costs_by_its_share_of_the_picture_but_a_panel_is_not_cropped() -> None:
    shape = replace(a_photo().shapes[1], natural=14)
    panel = replace(a_panel(2, 13).shapes[0], natural=12.4)

    cropped = replace(DRAFT, figures=((13, shape),))
    boxed = replace(DRAFT, figures=((13, panel),))

    assert names(cropped)["crop"] == pytest.approx(9 / 14, abs=0.001)
    assert "crop" not in names(boxed)


def test_few_pixels_cost() -> None:
    coarse = replace(DRAFT.figures[0][1], ppi=120)

    draft = replace(DRAFT, figures=((13, coarse),))

    assert names(draft)["pictures with few pixels"] == pytest.approx(12 * 0.2)
    assert TARIFF.cost(draft) == pytest.approx(TARIFF.cost(DRAFT) + 12 * 0.2)


def test_an_important_article_wants_pictures_and_none_may_be_all_picture() -> None:
    without = replace(DRAFT, figures=((4, a_photo().shapes[0]),))
    full = replace(DRAFT, figures=((28, replace(a_photo().shapes[2], natural=28)),))

    assert names(without, 1)["size of pictures"] > names(without, 3)["size of pictures"]
    assert "size of pictures" not in names(without, 5)
    assert names(full)["size of pictures"] == pytest.approx(40 * (1 - 0.58))


def test_a_cost_is_never_less_than_its_base() -> None:
    worse = replace(DRAFT, arrangement=3, head=2, dropped=1, slack=(1, 1, 1))

    assert TARIFF.base(3, 2, 1) <= TARIFF.cost(worse)


def test_on_five_columns_every_width_has_its_price() -> None:
    for priority in range(1, 6):
        row = [tariff(priority, columns, 5).width for columns in range(1, 6)]

        assert row == list(WIDTHS[priority - 1])


def test_on_other_grids_a_width_counts_as_the_like_share_of_five() -> None:
    row = [tariff(2, columns, 3).width for columns in range(1, 4)]

    assert row == [WIDTHS[1][0], WIDTHS[1][2], WIDTHS[1][4]]
    assert tariff(2, 2, 4).width == pytest.approx(3.5 * 2 / 3)  # a third of the way 1–2
    assert tariff(2, 1, 1).width == WIDTHS[1][0]


def test_an_opening_costs_more_the_shallower_it_is() -> None:
    shallow = replace(DRAFT, height=11)

    assert "shallow opening" not in names(shallow)
    assert names(replace(shallow, opening=True))["shallow opening"] == 9.0
    assert "shallow opening" not in names(replace(DRAFT, height=20, opening=True))
