"""What making a digest of twenty articles takes, beside official mjml in the same run.

`python -m benchmarks.digest` uses the sample edition's own articles, pictures left out
of the counting: they are prepared once. Official mjml is asked where `tools/judges.sh`
has brought it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from mjml import mjml2html

from press.desk.mail import MailDesk, mail_desk
from press.desk.reading import last_build, read_desk
from press.digest.compose import Composer
from press.digest.finish import finish
from press.digest.inert import every_text, hold
from press.digest.make import HTML_TEMPLATE, TEXT_TEMPLATE
from press.digest.mjml import guard
from press.digest.text import compose_text
from press.digest.token import TOKENS
from press.digest.view import DigestView
from press.model.digest import Digest
from press.model.edition import DigestAd, DigestItem, DigestPlan, DigestSection, Edition
from press.model.segment import Segment, ShowTo

ROOT = Path(__file__).resolve().parents[1]
CARDS = 20
ROUNDS = 15
GROUPS = ("members", "print-subscribers")

#: Compiles what it is given a number of times; says the median in milliseconds.
OFFICIAL = """
const mjml = require("mjml"), fs = require("fs");
const source = fs.readFileSync(0, "utf8");
(async () => {
  const times = [];
  for (let round = 0; round < %d; round++) {
    const start = process.hrtime.bigint();
    await (mjml.default || mjml)(source, {validationLevel: "soft"});
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  times.sort((a, b) => a - b);
  console.log(JSON.stringify(times[times.length >> 1]));
})();
"""


def the_desk() -> MailDesk:
    """Return the sample edition with twenty articles in its digest."""
    read = read_desk(ROOT, "2024-09")
    assert read.value is not None
    desk = read.value
    slugs = [one.slug for s in desk.edition.print.sections for one in s.articles]
    edition = desk.edition
    assert edition.digest is not None
    items = tuple(DigestItem(slug=slug) for slug in slugs[1:CARDS])
    plan = replace(
        edition.digest,
        lead=DigestItem(slug=slugs[0]),
        sections=(DigestSection(name="", items=items),),
        also=False,
    )
    return mail_desk(replace(desk, edition=replace(edition, digest=plan)))


def view_of(edition: Edition, plan: DigestPlan, mail: MailDesk) -> DigestView:
    """Return what the public's mail shows, with its pictures."""
    composer = Composer(edition=edition, plan=plan, house=mail.desk.house)
    view = composer.compose().value
    assert view is not None
    return view


def timed(do: Callable[[], object]) -> float:
    """Return the median time in milliseconds, warm."""
    do()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        do()
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


def stages(mail: MailDesk) -> dict[str, float]:
    """Return what each stage of one mail takes, in milliseconds."""
    edition = mail.edition
    assert edition.digest is not None
    view = view_of(edition, edition.digest, mail)
    tools = mail.tools
    values = {
        "digest": every_text(view, hold),
        "tokens": TOKENS,
        "palette": tools.palette,
    }
    filled = tools.templates.trace(HTML_TEMPLATE, values)
    guarded = guard(filled).value
    assert guarded is not None
    source, styles = guarded.mjml.text, guarded.styles
    raw = tools.renderer.render(source, styles)
    text = {"text": compose_text(view), "tokens": TOKENS}
    taken = {
        "template": timed(lambda: tools.templates.trace(HTML_TEMPLATE, values)),
        "guard": timed(lambda: guard(filled)),
        "mrml alone": timed(lambda: mjml2html(source, disable_comments=True, fonts={})),
        "mrml and inlining": timed(lambda: tools.renderer.render(source, styles)),
        "finish": timed(lambda: finish(raw)),
        "plain text": timed(
            lambda: (compose_text(view), tools.templates.fill(TEXT_TEMPLATE, text))
        ),
    }
    official = by_official(source)
    return taken if official is None else {**taken, "official mjml": official}


def by_official(source: str) -> float | None:
    """Return what official mjml takes for the same MJML; None where it is missing."""
    folder = Path(os.environ.get("PRESS_JUDGES", ROOT / ".press/judges/node"))
    if not (folder / "node_modules/mjml").is_dir():
        return None
    done = subprocess.run(
        ["node", "-e", OFFICIAL % ROUNDS],
        cwd=folder,
        input=source,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(json.loads(done.stdout))


def with_groups(mail: MailDesk) -> MailDesk:
    """Return the same digest with four variants."""
    desk = mail.desk
    plan = desk.edition.digest
    assert plan is not None
    (section,) = plan.sections
    for_some = tuple(
        replace(item, show_to=ShowTo(within=frozenset({Segment(group)})))
        for item, group in zip(section.items, GROUPS, strict=False)
    )
    items = (*for_some, *section.items[len(for_some) :])
    plan = replace(
        plan,
        sections=(replace(section, items=items),),
        house_ads=(DigestAd(ad=desk.house.house_ads[0].id),),
    )
    return replace(mail, desk=replace(desk, edition=replace(desk.edition, digest=plan)))


def main() -> None:
    argparse.ArgumentParser(prog="python -m benchmarks.digest").parse_args()
    mail = the_desk()
    taken = stages(mail)
    made: list[Digest] = []

    def whole() -> None:
        digest = mail.make(paper).value
        assert digest is not None
        made.append(digest)

    paper = last_build(mail.desk)
    taken["everything, checks too"] = timed(whole)
    mail = with_groups(mail)
    taken["all four variants, checks too"] = timed(whole)
    print(f"{CARDS} articles, {len(made[0].public.html):,} characters of HTML;")
    print(f"medians of {ROUNDS} warm rounds in milliseconds\n")
    for name, value in taken.items():
        print(f"{name:32}{value:9.2f}")
    compiled = sum(taken[name] for name in COMPILING)
    print(f"\ncompiling in all {compiled:25.2f}  (at most 60)")
    print(
        f"guard : mrml alone {taken['guard'] / taken['mrml alone']:23.1f}  (at most 5)"
    )
    assert len(made[-1].variants) == len(GROUPS) ** 2


COMPILING = ("template", "guard", "mrml and inlining", "finish", "plain text")

if __name__ == "__main__":
    main()
