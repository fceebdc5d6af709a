"""ICC profiles are found by path and name, and the unfit are told from the fit."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from press.adapters.cache import FolderCache
from press.adapters.icc import IccShelf, colour_folders
from press.model.finding import Checked, Severity
from press.model.press import Profile
from press.model.printer import PressProfile, Standard
from tests.adapters.icc import NEWSPRINT, PLACE, a_printer, patched, renamed, srgb

HOME = Path("/home/me")
NAME = "press generic newsprint 26 %, not measured"


def found(
    tmp_path: Path,
    name: str,
    standard: Standard = Standard.X1A,
    *,
    limit: float = 220,
    condition: str = "IFRA26",
) -> Checked[Profile]:
    shelf = IccShelf(tmp_path / "paper", [tmp_path / "system"])
    wanted = PressProfile(name=name, condition=condition, describes="")
    return shelf.find(wanted, a_printer(limit, standard))


def put(tmp_path: Path, name: str, data: bytes | None = None) -> Path:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(NEWSPRINT.read_bytes() if data is None else data)
    return file


@pytest.mark.parametrize(
    ("stored", "name"),
    [
        ("paper/colour/Sheet26.icc", "colour/Sheet26.icc"),
        ("paper/colour/Sheet26.icc", "colour/Sheet26"),
        ("paper/Sheet26.icm", "Sheet26"),
        ("elsewhere/Sheet26.icc", "../elsewhere/Sheet26.icc"),
        ("system/Sheet26.icc", "Sheet26"),
        ("system/deep/er/Sheet26.ICC", "sheet26.icc"),
        ("system/deep/Sheet26.icm", "SHEET26"),
        ("system/odd.icc", NAME),
        ("system/odd.icc", f"  {NAME.upper()} "),
    ],
)
def test_a_profile_is_found_by_path_file_name_or_description(
    tmp_path: Path, stored: str, name: str
) -> None:
    (tmp_path / "paper").mkdir()
    file = put(tmp_path, stored, patched(4, b"test"))

    result = found(tmp_path, name)

    assert result.findings == ()
    assert result.value is not None
    assert result.value.data == file.read_bytes()
    assert result.value.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (result.value.description, result.value.version) == (NAME, 2.1)
    assert (result.value.condition, result.value.stand_in) == ("IFRA26", False)


def test_a_profile_is_found_by_its_whole_path(tmp_path: Path) -> None:
    file = put(tmp_path, "elsewhere/a.icc")

    assert found(tmp_path, str(file)).value is not None


@pytest.mark.parametrize("path", ["colour/ours.icc", "/nowhere/ours.icc", "colour/"])
def test_a_path_that_leads_nowhere_is_an_error_and_nothing_stands_in(
    tmp_path: Path, path: str
) -> None:
    (tmp_path / "paper" / "colour").mkdir(parents=True)

    result = found(tmp_path, path)

    assert result.value is None
    (finding,) = result.findings
    assert (finding.code, finding.severity) == ("profile.missing", Severity.ERROR)
    assert path in finding.message


def test_the_newspapers_own_file_goes_before_the_systems(tmp_path: Path) -> None:
    put(tmp_path, "system/Sheet26.icc", srgb())
    put(tmp_path, "paper/Sheet26.icc")

    assert found(tmp_path, "Sheet26.icc").findings == ()


def test_a_file_name_goes_before_a_description(tmp_path: Path) -> None:
    put(tmp_path, "system/a.icc", patched(4, b"desc"))
    put(tmp_path, f"system/z/{NAME}.icc", patched(4, b"name"))

    result = found(tmp_path, NAME)

    assert result.value is not None
    assert result.value.data[4:8] == b"name"


def test_presss_own_profiles_are_found_by_name_and_are_no_stand_ins(
    tmp_path: Path,
) -> None:
    result = found(tmp_path, "press-office", condition="")

    assert result.findings == ()
    assert result.value is not None
    assert result.value.condition == "PRESS-OFFICE"
    assert not result.value.stand_in


@pytest.mark.parametrize(
    ("limit", "condition"),
    [
        (180, "PRESS-NEWSPRINT"),
        (220, "PRESS-NEWSPRINT"),
        (240, "PRESS-NEWSPRINT"),
        (260, "PRESS-NEWSPRINT"),
        (280, "PRESS-HEATSET"),
        (300, "PRESS-HEATSET"),
        (320, "PRESS-OFFICE"),
        (400, "PRESS-OFFICE"),
    ],
)
def test_what_is_not_installed_is_stood_in_for_by_the_ink_limit(
    tmp_path: Path, limit: float, condition: str
) -> None:
    result = found(tmp_path, "WAN-IFRAnewspaper26v5", limit=limit)

    (finding,) = result.findings
    assert (finding.code, finding.severity) == ("profile.stand-in", Severity.WARNING)
    assert finding.place == PLACE
    assert "WAN-IFRAnewspaper26v5" in finding.message
    assert condition in finding.message
    assert result.value is not None
    assert result.value.stand_in
    assert result.value.condition == condition
    assert "not measured" in result.value.describes


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("WAN-IFRAnewspaper26v5.icc", "icc-profiles (of its section non-free)"),
        ("colour/ISOnewspaper26v4.icc", "WAN-IFRA"),
        ("PSO_SNP_Paper_eci", "eci.org"),
        ("CGATS21_CRPC1", "standard must be x-4"),
        ("ISOcoated_v2_300_eci.icc", "scribus-data"),
        ("FOGRA39L_coated", "texlive-base"),
        ("Hammer Press 7", "ask the printer"),
        ("", "ask the printer"),
    ],
)
def test_a_missing_profile_comes_with_the_way_to_get_it(
    tmp_path: Path, name: str, way: str
) -> None:
    (finding,) = found(tmp_path, name).findings

    assert way in (finding.hint or "")


@pytest.mark.parametrize(
    ("data", "codes", "says"),
    [
        (srgb(), ["profile.class", "profile.space"], "screen"),
        (patched(12, b"scnr"), ["profile.class"], "camera"),
        (patched(12, b"link"), ["profile.class"], "link of two devices"),
        (patched(12, b"oops"), ["profile.corrupt"], "littlecms"),
        (patched(16, b"RGB "), ["profile.space"], "RGB"),
        (patched(8, b"\x04\x20"), ["profile.version"], "4.2"),
        (patched(8, b"\x05\x00"), ["profile.version"], "5"),
        (patched(36, b"jpeg"), ["profile.corrupt"], "no ICC profile"),
        (patched(128, b"\0\0\0\0"), ["profile.corrupt"], "table of contents"),
        (patched(128, b"\xff\0\0\0"), ["profile.corrupt"], "table of contents"),
        (patched(132 + 12 + 4, b"\x7f"), ["profile.corrupt"], "cprt is not whole"),
        (NEWSPRINT.read_bytes()[:-1], ["profile.corrupt"], "180,803 of the 180,804"),
        (NEWSPRINT.read_bytes()[:90], ["profile.corrupt"], "no ICC profile"),
        (b"", ["profile.corrupt"], "no ICC profile"),
        (renamed(B2A0=b"xxxx"), ["profile.tables"], "B2A0"),
        (renamed(A2B0=b"xxxx"), ["profile.tables"], "A2B0"),
    ],
)
def test_an_unfit_file_is_an_error_that_says_why(
    tmp_path: Path, data: bytes, codes: list[str], says: str
) -> None:
    put(tmp_path, "system/Unfit.icc", data)

    result = found(tmp_path, "Unfit")

    assert result.value is None
    assert [finding.code for finding in result.findings] == codes
    for finding in result.findings:
        assert finding.severity is Severity.ERROR
        assert finding.place == PLACE
        assert "Unfit" in finding.message
        assert finding.hint
    assert says in " ".join(finding.message for finding in result.findings)


def test_tables_that_hold_no_table_are_corrupt(tmp_path: Path) -> None:
    data = NEWSPRINT.read_bytes()
    put(tmp_path, "system/Unfit.icc", data.replace(b"mft2", b"tfm2"))

    (finding,) = found(tmp_path, "Unfit").findings

    assert finding.code == "profile.corrupt"


def test_a_huge_file_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "system/Unfit.icc")
    monkeypatch.setattr("press.adapters.icc.look.LARGEST", 1000)

    (finding,) = found(tmp_path, "Unfit").findings

    assert finding.code == "profile.corrupt"
    assert "larger than" in finding.message


def test_version_4_is_fit_for_x4_and_not_for_x1a(tmp_path: Path) -> None:
    put(tmp_path, "system/Four.icc", patched(8, b"\x04\x20"))

    assert found(tmp_path, "Four", Standard.X4).findings == ()
    (finding,) = found(tmp_path, "Four", Standard.X1A).findings
    assert "x-4" in (finding.hint or "")


def test_broken_files_in_the_systems_folders_hide_no_whole_one(tmp_path: Path) -> None:
    put(tmp_path, "system/a.icc", b"rubbish")
    put(tmp_path, "system/b.icc")

    assert found(tmp_path, NAME).findings == ()


def test_a_folder_or_an_impossible_name_is_no_profile(tmp_path: Path) -> None:
    (tmp_path / "paper" / "colour.icc").mkdir(parents=True)

    for name in ("colour", "colour.icc", "col\0our", "x" * 5000):
        (finding,) = found(tmp_path, name).findings

        assert finding.code == "profile.stand-in"


def test_each_system_has_its_own_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: HOME)
    monkeypatch.setattr(sys, "platform", "linux")
    linux = colour_folders()
    monkeypatch.setattr(sys, "platform", "darwin")
    mac = colour_folders()

    assert Path("/usr/share/color/icc") in linux
    assert Path("/home/me/.local/share/icc") in linux
    assert Path("/home/me/.color/icc") in linux
    assert Path("/System/Library/ColorSync/Profiles") in mac
    assert Path("/home/me/Library/ColorSync/Profiles") in mac
    assert not set(linux) & set(mac)


def test_who_has_no_home_has_the_systems_folders(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)

    assert colour_folders()


def test_a_look_is_kept_and_tells_the_same_until_the_file_changes(
    tmp_path: Path,
) -> None:
    shelf = IccShelf(tmp_path, [], FolderCache(tmp_path / "cache"))
    wanted = PressProfile(name="sheet.icc", condition="", describes="")
    put(tmp_path, "sheet.icc")

    first = shelf.find(wanted, a_printer(220, Standard.X1A))
    again = shelf.find(wanted, a_printer(220, Standard.X1A))
    put(tmp_path, "sheet.icc", srgb())
    changed = shelf.find(wanted, a_printer(220, Standard.X1A))

    assert first == again
    assert first.value is not None
    assert changed.value is None
