"""Every check catches a spoilt file and passes its sound twin."""

from __future__ import annotations

from functools import cache

import pytest

from press.model.press_facts import PressFacts
from press.preflight.checks import CHECKS
from press.preflight.inspect import inspect
from tests.preflight.checks.cases import CASES, RULES, Case, read
from tests.preflight.checks.draft import Draft

JUDGES = {check.number: check.judge for check in CHECKS if check.judge}


@cache
def sound() -> PressFacts:
    return read(Draft())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number} {case.what}")
def test_a_spoilt_file_is_caught(case: Case) -> None:
    facts = read(case.draft, case.codes, case.name)

    found = list(JUDGES[case.number](facts, case.rules))

    assert [
        one
        for one in found
        if one.code == case.code
        and one.severity == case.severity
        and case.says in one.message
    ], [(one.code, one.severity, one.message) for one in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number} {case.what}")
def test_its_sound_twin_passes(case: Case) -> None:
    facts = sound() if case.twin == Draft() else read(case.twin)

    found = list(JUDGES[case.number](facts, case.rules))

    assert found == []


def test_every_check_has_a_file_that_it_catches() -> None:
    assert {case.number for case in CASES} == set(JUDGES)


def test_a_sound_file_passes_every_check() -> None:
    found = list(inspect(sound(), RULES))

    assert found == []


def test_there_are_48_checks_in_order() -> None:
    assert [check.number for check in CHECKS] == list(range(1, 49))
