"""What a build says of itself: where everything stands and why, what was used."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from press.model.finding import Finding
from press.model.flatplan import Box, Flatplan, PagePlan
from press.model.package import Package
from press.packing.job import Job, describe_files, describe_job


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What went into a build.

    Attributes:
        edition: The edition's id.
        versions: Programs and their versions.
        fonts: Faces used, with the hash of their file.
        inputs: Files read, with their hash.
        job: What the printer must know; None where nothing goes to a printer.
    """

    edition: str
    versions: tuple[tuple[str, str], ...]
    fonts: tuple[tuple[str, str], ...]
    inputs: tuple[tuple[str, str], ...]
    job: Job | None = None


def write_ticket(ticket: Ticket, files: Mapping[str, bytes]) -> bytes:
    """Return ticket.json: the job, versions, fonts, inputs, every file with its hash."""
    job = {"job": describe_job(ticket.job, files)} if ticket.job else {}
    return as_json(
        {
            "edition": ticket.edition,
            **job,
            "versions": dict(ticket.versions),
            "fonts": dict(ticket.fonts),
            "inputs": dict(ticket.inputs),
            "files": describe_files(files),
        }
    )


def write_findings(findings: Iterable[Finding]) -> bytes:
    """Return findings.json: everything found, as data."""
    return as_json({"findings": [describe_finding(one) for one in findings]})


def describe_finding(one: Finding) -> dict[str, Any]:
    """Return a finding as data; what is not known is left out."""
    place = one.place
    about = {
        "code": one.code,
        "severity": one.severity.value,
        "message": one.message,
        "hint": one.hint,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "page": place.page,
        "article": place.article,
    }
    return {name: value for name, value in about.items() if value is not None}


def write_flatplan(flatplan: Flatplan, packages: Mapping[str, Package]) -> bytes:
    """Return flatplan.json: where everything stands, why, and how well it fits."""
    return as_json(
        {
            "pages": [_page(page, packages) for page in flatplan.pages],
            "jumps": [
                {
                    "article": jump.package,
                    "from": jump.from_page,
                    "to": jump.to_page,
                }
                for jump in flatplan.jumps
            ],
            "held over": list(flatplan.held_over),
            "articles held over": [
                article.slug
                for name in flatplan.held_over
                if name in packages
                for article in packages[name].articles
            ],
            "slack": _slack(flatplan),
        }
    )


def write_links(flatplan: Flatplan, packages: Mapping[str, Package]) -> bytes:
    """Return links.json: what every printed short address leads to."""
    printed = {box.package for page in flatplan.pages for box in page.boxes}
    return as_json(
        {
            "links": [
                {
                    "address": package.address,
                    "articles": [
                        {
                            "article": article.slug,
                            "url": article.url or None,
                            "links": list(article.body.addresses),
                        }
                        for article in package.articles
                    ],
                }
                for package in packages.values()
                if package.address and package.id in printed
            ]
        }
    )


def slack_of(flatplan: Flatplan) -> dict[str, int]:
    """Return the empty lines of every package that ends, by its id."""
    jumps = {(jump.package, jump.part) for jump in flatplan.jumps}
    return {
        box.package: sum(box.setting.slack)
        for page in flatplan.pages
        for box in page.boxes
        if (box.package, box.part + 1) not in jumps
    }


def _slack(flatplan: Flatplan) -> dict[str, Any]:
    slack = slack_of(flatplan)
    return {
        "median lines": median(slack.values()) if slack else 0,
        "most lines": max(slack.values(), default=0),
    }


def _page(page: PagePlan, packages: Mapping[str, Package]) -> dict[str, Any]:
    return {
        "page": page.number,
        "section": page.section,
        "grid": page.grid,
        "cost": page.cost,
        "articles": [_box(box, packages[box.package]) for box in page.boxes],
        "house ads": [
            {"ad": ad.ad, "column": ad.column, "line": ad.line, "lines": ad.lines}
            for ad in page.ads
        ],
    }


def _box(box: Box, package: Package) -> dict[str, Any]:
    setting = box.setting
    return {
        "article": box.package,
        "articles": [article.slug for article in package.articles],
        "part": box.part,
        "column": box.column,
        "columns": box.columns,
        "line": box.line,
        "lines": box.lines,
        "headline points": setting.head.size if setting.head else None,
        "pictures": [
            {"figure": f.figure, "columns": f.shape.columns, "lines": f.depth}
            for f in setting.figures
        ],
        "pull quotes": len(setting.quotes),
        "slack": list(setting.slack),
        "cost": round(setting.cost, 3),
        "why": {term.name: term.cost for term in setting.terms},
    }


def as_json(value: object) -> bytes:
    """Write a report: JSON as people read it, the same bytes for the same value."""
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=False)
    return (text + "\n").encode()
