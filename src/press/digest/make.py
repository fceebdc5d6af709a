"""The month's email, from the edition to what can be personalised and sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from press.digest.checks import Mail, check
from press.digest.checks.size import weights
from press.digest.compose import Composer, Wanted, pictured
from press.digest.finish import finish
from press.digest.inert import every_text, hold
from press.digest.mjml import Guarded, Written, guard
from press.digest.preview import check_outlook
from press.digest.text import compose_text
from press.digest.token import TOKENS
from press.digest.variant import Groups, groups_of, kinds_of_readers, name_of
from press.digest.view import DigestView
from press.model.digest import (
    NOT_PRINTED,
    Digest,
    InPrint,
    MailPalette,
    MailPicture,
    Variant,
)
from press.model.edition import DigestPlan, Edition
from press.model.errors import EngineError
from press.model.finding import NOWHERE, Checked, Finding, Place, error
from press.model.house import House
from press.model.mail_client import MailClient
from press.model.template import Filled
from press.ports import MailPictures, MailRenderer, Templates

HTML_TEMPLATE = "digest.mjml.j2"
TEXT_TEMPLATE = "digest.txt.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailTools:
    """What a digest is made with."""

    palette: MailPalette
    templates: Templates
    renderer: MailRenderer
    lab: MailPictures


def make_digest(
    edition: Edition,
    house: House,
    tools: MailTools,
    in_print: InPrint = NOT_PRINTED,
) -> Checked[Digest]:
    """Make an edition's digest: every variant of it once.

    The value is None where the edition plans no digest, or where the findings made
    one impossible.

    Raises:
        ManifestError: A template of the layout cannot be read or filled.
    """
    plan = edition.digest
    if plan is None:
        return Checked(value=None)
    pictures, findings = _picture(edition, plan, house, tools.lab)
    groups = groups_of(plan, edition, house)
    composer = Composer(
        edition=edition, plan=plan, house=house, pictures=pictures, in_print=in_print
    )
    views: dict[DigestView, list[Groups]] = {}
    for kind in kinds_of_readers(groups):
        composed = composer.compose(kind)
        findings += composed.findings
        if composed.value is not None:
            views.setdefault(composed.value, []).append(kind)
    names: list[str] = []
    told: list[tuple[str, tuple[Finding, ...]]] = []
    variants: list[Variant] = []
    shown: dict[str, MailPicture] = {}
    for view, kinds in views.items():
        making = _Making(
            view=view, edition=edition, tools=tools, clients=house.mail_clients
        )
        names.append(name_of(kinds, groups))
        count = names.count(names[-1])
        name = f"{names[-1]} {count}" if count > 1 else names[-1]
        made = making.make(name, tuple(kinds))
        told.append((name, made.findings))
        if made.value is not None:
            variants.append(made.value)
            shown |= {picture.name: picture for picture in making.shown(made.value)}
    findings = tuple(dict.fromkeys((*findings, *_by_variant(told))))
    if len(variants) < len(views):
        return Checked(value=None, findings=findings)
    digest = Digest(
        subject=plan.subject,
        preheader=plan.preheader,
        groups=groups,
        variants=tuple(variants),
        pictures=tuple(shown.values()),
    )
    return Checked(value=digest, findings=findings)


def _by_variant(
    told: list[tuple[str, tuple[Finding, ...]]],
) -> Iterator[Finding]:
    """Yield what was found; what is not in all of the mails says in which it is."""
    everywhere = (
        set[Finding]()
        .union(*(found for _, found in told))
        .intersection(*(found for _, found in told))
    )
    for name, found in told:
        for finding in found:
            if finding in everywhere:
                yield finding
            else:
                message = f"{finding.message} (in the mail for: {name})"
                yield replace(finding, message=message)


def _picture(
    edition: Edition, plan: DigestPlan, house: House, lab: MailPictures
) -> tuple[tuple[tuple[Wanted, MailPicture], ...], tuple[Finding, ...]]:
    base = picture_base(house, edition)
    made: list[tuple[Wanted, MailPicture]] = []
    findings: list[Finding] = []
    for picture, width in pictured(edition, plan):
        checked = lab.for_mail(picture, width=width, base=base)
        findings += checked.findings
        if checked.value is not None:
            made.append(((picture, width), checked.value))
    return tuple(made), tuple(findings)


def picture_base(house: House, edition: Edition) -> str:
    """Return the address below which the digest's pictures are served."""
    return f"{house.media.rstrip('/')}/{edition.id}" if house.media else "pictures"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Making:
    """One variant in the making."""

    view: DigestView
    edition: Edition
    tools: MailTools
    clients: tuple[MailClient, ...]

    def make(self, name: str, readers: tuple[Groups, ...]) -> Checked[Variant]:
        """Return both parts, checked; None where the HTML cannot be made."""
        filled = self._filled()
        html = self._html(filled)
        if html.value is None:
            return Checked(value=None, findings=html.findings)
        values = {"text": compose_text(self.view), "tokens": TOKENS}
        text = self.tools.templates.fill(TEXT_TEMPLATE, values)
        variant = Variant(
            name=name,
            readers=readers,
            html=html.value,
            text=text,
            blocks=weights(html.value, self.view.stories),
        )
        mail = Mail(
            html=variant.html,
            text=variant.text,
            view=self.view,
            edition=self.edition,
            palette=self.tools.palette,
            pictures=tuple(self.shown(variant)),
            mjml=filled,
            clients=self.clients,
        )
        findings = (*html.findings, *check(mail), *check_outlook(variant.html))
        template = filled.place_of(0)
        placed = (
            replace(one, place=Place(file=template.file))
            if one.place == NOWHERE
            else one
            for one in findings
        )
        return Checked(value=variant, findings=tuple(placed))

    def shown(self, variant: Variant) -> list[MailPicture]:
        """Return the pictures that a mail shows, which its layout chooses."""
        return [one for one in self.view.pictures if f'src="{one.url}"' in variant.html]

    def _filled(self) -> Filled:
        held = every_text(self.view, hold)
        values = {"digest": held, "tokens": TOKENS, "palette": self.tools.palette}
        return self.tools.templates.trace(HTML_TEMPLATE, values)

    def _html(self, filled: Filled) -> Checked[str]:
        guarded = guard(filled)
        if guarded.value is None:
            return Checked(value=None, findings=guarded.findings)
        rendered = _rendered(guarded.value, self.tools.renderer)
        findings = (*guarded.findings, *rendered.findings)
        return Checked(value=rendered.value, findings=findings)


def _rendered(guarded: Guarded, renderer: MailRenderer) -> Checked[str]:
    try:
        html = renderer.render(guarded.mjml.text, guarded.styles)
    except EngineError as fault:
        finding = _refused(fault, guarded.mjml)
        return Checked(value=None, findings=(finding,))
    return Checked(value=finish(guarded.completed(html)))


def _refused(fault: EngineError, mjml: Written) -> Finding:
    offset = fault.offset
    if offset is None:
        return error("digest.engine", str(fault), hint=fault.hint)
    near = " ".join(mjml.text[offset : offset + 60].split())
    message = f"{fault} (near {near!r})"
    return error("digest.engine", message, mjml.place_of(offset), fault.hint)
