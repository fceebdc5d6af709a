"""press digest: the month's mail alone, looked at and checked."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from press.cli import run
from press.cli.app import app
from press.desk.digest import DigestOrder, make_digest_alone
from press.desk.edition import check_edition
from press.model.edition import EditionId
from press.model.finding import Finding
from press.ports import Progress
from tests.newspaper import ID, Newspaper, a_newspaper, hashes

MANIFEST = f"editions/{ID}/edition.yaml"


class Unseen(Progress):
    """Progress that nobody watches."""

    def step(self, what: str, done: int, of: int) -> None:
        del what, done, of


@pytest.fixture
def paper(tmp_path: Path) -> Newspaper:
    return a_newspaper(tmp_path / "The Lamp")


def digest(paper: Newspaper, *, png: bool = False) -> tuple[Path, tuple[Finding, ...]]:
    order = DigestOrder(paper=paper.root, edition=EditionId(ID), png=png)
    made = make_digest_alone(order, Unseen())
    assert made.value is not None, made.findings
    return made.value.folder, made.findings


def codes(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.code for finding in findings}


def test_the_digest_is_made_without_a_page_of_the_paper(paper: Newspaper) -> None:
    folder, findings = digest(paper)

    assert folder == paper.root / "build" / f"{ID}-digest"
    assert "digest.not-printed" in codes(findings)
    assert not paper.built.exists()
    page = (folder / "preview.html").read_text()
    assert "salt" in page.lower()
    text = (folder / "digest.txt").read_text()
    assert " of the paper" not in text
    for name in ("digest.html", "digest.json", "findings.json", "ticket.json"):
        assert (folder / name).is_file()


def test_after_a_build_it_names_pages_and_says_the_same_as_the_build(
    newspaper: Newspaper,
) -> None:
    folder, findings = digest(newspaper)

    assert "digest.not-printed" not in codes(findings)
    text = (folder / "digest.txt").read_text()
    assert "page 1 of the paper" in text
    for name in ("digest.html", "digest.txt", "digest.json", "digest.eml"):
        assert (folder / name).read_bytes() == (newspaper.built / name).read_bytes()
    assert "The front page of" not in (folder / "digest.html").read_text()


def test_a_paper_that_serves_pictures_shows_its_front_page(
    newspaper: Newspaper,
) -> None:
    newspaper.change("press.yaml", "links:", "media: https://lamp.example/m\nlinks:")

    folder, _ = digest(newspaper)

    assert "The front page of" in (folder / "digest.html").read_text()
    again = hashes(digest(newspaper)[0])
    for kept in (newspaper.cache / "front").iterdir():
        kept.write_bytes(b"damaged")
    assert hashes(digest(newspaper)[0]) == again


def test_a_broken_template_of_the_web_pages_costs_no_digest(
    newspaper: Newspaper,
) -> None:
    newspaper.change("press.yaml", "links:", "web: https://lamp.example/e\nlinks:")
    template = "layouts/a4/web/index.html.j2"
    newspaper.write(template, "{{ nothing.of.the.kind }}")

    folder, findings = digest(newspaper)

    assert "web.template" in codes(findings)
    assert (folder / "preview.html").is_file()
    assert "web.template" in {one.code for one in check_edition(newspaper.root, ID)}


def test_the_same_digest_has_the_same_bytes(newspaper: Newspaper) -> None:
    first = hashes(digest(newspaper)[0])

    assert hashes(digest(newspaper)[0]) == first


def test_the_sample_of_the_mail_is_a_message_with_its_headers(
    newspaper: Newspaper,
) -> None:
    folder, _ = digest(newspaper)

    message = message_from_bytes((folder / "digest.eml").read_bytes(), policy=default)
    assert message["Subject"] == "September: what the salt tax cost"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["To"]
    assert message["Date"].datetime.date().isoformat() == "2024-08-30"
    for part in message.walk():
        if not part.is_multipart():
            assert "%%" not in part.get_content()


def test_its_report_names_every_block_and_picture(newspaper: Newspaper) -> None:
    folder, _ = digest(newspaper)

    report = json.loads((folder / "digest.json").read_text())
    (variant,) = report["variants"]
    assert variant["name"] == "everybody"
    blocks = {block["block"].partition(" ")[0] for block in variant["blocks"]}
    assert {"head", "frame"} <= blocks
    assert sum(b["octets"] for b in variant["blocks"]) == variant["most octets"]
    for picture in report["pictures"]:
        assert (folder / picture["file"]).stat().st_size == picture["octets"]


def test_a_digest_that_cannot_be_sent_is_shown_all_the_same(paper: Newspaper) -> None:
    paper.change(
        MANIFEST, 'subject: "September: what the salt tax cost"', 'subject: "{{x}}"'
    )

    folder, findings = digest(paper)

    assert "digest.subject" in codes(findings)
    assert "{{x}}" in (folder / "preview.html").read_text()


def test_a_check_finds_what_is_wrong_with_the_digest(paper: Newspaper) -> None:
    def found() -> dict[str, int | None]:
        return {
            one.code: one.place.line
            for one in check_edition(paper.root, ID)
            if one.code == "digest.subject"
        }

    assert found() == {}
    old = 'subject: "September: what the salt tax cost"'
    paper.change(MANIFEST, old, 'subject: "{{x}}"')
    first = found()
    assert list(first) == ["digest.subject"]
    paper.change(MANIFEST, "press: 1\n", "press: 1\n\n")
    line = first["digest.subject"]
    assert line is not None
    assert found() == {"digest.subject": line + 1}  # what is kept is not out of date


def test_an_edition_without_a_digest_says_so(
    paper: Newspaper,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    manifest = paper.root / MANIFEST
    text = manifest.read_text()
    manifest.write_text(text[: text.index("digest:")])
    monkeypatch.chdir(paper.root)

    code = run(app, ["digest", ID])

    assert code != 0
    assert "has no digest" in capsys.readouterr().err


def test_a_sender_that_mailboxes_refuse_is_found_by_a_check(paper: Newspaper) -> None:
    assert not codes(tuple(check_edition(paper.root, ID))) & {"digest.sender"}

    paper.change("press.yaml", "digest@lamp.example", "lamp@gmail.com")

    (finding,) = (
        one for one in check_edition(paper.root, ID) if one.code == "digest.sender"
    )
    assert "gmail.com" in finding.message


def test_what_a_papers_readers_cannot_see_is_found_by_a_check(
    paper: Newspaper,
) -> None:
    style = "layouts/a4/digest.mjml.j2"
    paper.change(
        style, "</mj-head>", "<mj-style>\n.x { opacity: 0 }</mj-style></mj-head>"
    )

    def lines() -> set[tuple[str | None, int | None]]:
        found = check_edition(paper.root, ID)
        return {
            (f.place.file, f.place.line) for f in found if f.code == "digest.client"
        }

    text = (paper.root / style).read_text(encoding="utf-8")
    line = text[: text.index(".x {")].count("\n") + 1
    assert lines() == {(style, line)}
    paper.change("press.yaml", "press: 1\n", "press: 1\nmail_clients: [thunderbird]\n")
    assert lines() == set()
