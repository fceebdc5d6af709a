"""The sample digest, and what the checks find when one thing in it is changed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from press.adapters.jinja import JinjaTemplates
from press.adapters.mrml import MrmlRenderer
from press.digest.checks import Mail, check
from press.digest.compose import Composer
from press.digest.make import MailTools, make_digest
from press.digest.view import DigestView
from press.model.digest import MailPalette, MailPicture, Variant
from press.model.edition import Edition
from press.model.finding import Finding
from press.model.house import House
from tests.digest.builders import LAYOUTS, SmallLab, a_house, an_edition


@dataclass(frozen=True)
class Sample:
    """A sound digest."""

    edition: Edition
    house: House
    digest: Variant
    pictures: tuple[MailPicture, ...]
    view: DigestView

    def findings(
        self,
        digest: Variant | None = None,
        view: DigestView | None = None,
        palette: MailPalette | None = None,
    ) -> list[Finding]:
        return list(check(self.mail(digest, view, palette)))

    def mail(
        self,
        digest: Variant | None = None,
        view: DigestView | None = None,
        palette: MailPalette | None = None,
    ) -> Mail:
        shown = digest or self.digest
        return Mail(
            html=shown.html,
            text=shown.text,
            view=view or self.view,
            edition=self.edition,
            palette=palette or MailPalette(),
            pictures=self.pictures,
        )

    def with_html(self, old: str, new: str) -> list[Finding]:
        assert old in self.digest.html
        return self.findings(
            replace(self.digest, html=self.digest.html.replace(old, new))
        )

    def with_text(self, old: str, new: str) -> list[Finding]:
        assert old in self.digest.text
        return self.findings(
            replace(self.digest, text=self.digest.text.replace(old, new))
        )

    def with_more(self, html: str) -> list[Finding]:
        """Return what is found of something more at the end, in no class."""
        changed = replace(
            self.digest,
            html=self.digest.html.replace("</body>", html + "</body>"),
        )
        passed = {"digest.parity", "digest.contrast"}
        return [f for f in self.findings(changed) if f.code not in passed]

    def with_pictures(self, *pictures: MailPicture) -> list[Finding]:
        return replace(self, pictures=pictures).findings()


def a_sample() -> Sample:
    edition, house = an_edition(), a_house()
    made = make_digest(
        edition,
        house,
        MailTools(
            palette=MailPalette(),
            templates=JinjaTemplates(LAYOUTS / "tabloid"),
            renderer=MrmlRenderer(),
            lab=SmallLab(),
        ),
    )
    assert made.value is not None
    assert edition.digest is not None
    view = Composer(edition=edition, plan=edition.digest, house=house).compose().value
    assert view is not None
    return Sample(
        edition=edition,
        house=house,
        digest=made.value.public,
        pictures=made.value.pictures,
        view=view,
    )


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]
