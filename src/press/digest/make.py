"""The month's email, from the edition to what can be personalised and sent."""

from __future__ import annotations

from press.digest.check import check
from press.digest.compose import compose, pictured
from press.digest.facts import read_mail
from press.digest.finish import finish
from press.digest.mjml import Guarded, Written, guard
from press.digest.inert import every_text, hold
from press.digest.text import compose_text
from press.digest.view import TOKENS, DigestView
from press.model.article import Picture
from press.model.digest import Digest, MailPalette, MailPicture
from press.model.edition import DigestPlan, Edition
from press.model.errors import EngineError
from press.model.finding import Checked, Finding, error
from press.model.house import House
from press.ports import MailPictures, MailRenderer, Templates

HTML_TEMPLATE = "digest.mjml.j2"
TEXT_TEMPLATE = "digest.txt.j2"


def make_digest(
    edition: Edition,
    house: House,
    *,
    palette: MailPalette,
    templates: Templates,
    renderer: MailRenderer,
    lab: MailPictures,
) -> Checked[Digest]:
    """Make an edition's digest.

    The value is None where the edition plans no digest, or where the findings made
    one impossible.

    Raises:
        ManifestError: A template of the layout cannot be read or filled.
    """
    plan = edition.digest
    if plan is None:
        return Checked(value=None)
    pictures, findings = _picture(edition, plan, house, lab)
    composed = compose(edition, plan, house, pictures)
    findings += composed.findings
    view = composed.value
    if view is None:
        return Checked(value=None, findings=findings)
    html = _html(view, palette, templates, renderer)
    findings += html.findings
    if html.value is None:
        return Checked(value=None, findings=findings)
    values = {"text": compose_text(view), "tokens": TOKENS}
    digest = Digest(
        subject=plan.subject,
        preheader=plan.preheader,
        html=html.value,
        text=templates.fill(TEXT_TEMPLATE, values),
        pictures=_shown(view, html.value),
    )
    findings += tuple(check(digest, view, edition, palette))
    return Checked(value=digest, findings=findings)


def _picture(
    edition: Edition, plan: DigestPlan, house: House, lab: MailPictures
) -> tuple[tuple[tuple[Picture, MailPicture], ...], tuple[Finding, ...]]:
    base = f"{house.media.rstrip('/')}/{edition.id}" if house.media else "pictures"
    made: list[tuple[Picture, MailPicture]] = []
    findings: list[Finding] = []
    for picture, width in pictured(edition, plan):
        checked = lab.for_mail(picture, width=width, base=base)
        findings += checked.findings
        if checked.value is not None:
            made.append((picture, checked.value))
    return tuple(made), tuple(findings)


def _html(
    view: DigestView,
    palette: MailPalette,
    templates: Templates,
    renderer: MailRenderer,
) -> Checked[str]:
    held = every_text(view, hold)
    values = {"digest": held, "tokens": TOKENS, "palette": palette}
    guarded = guard(templates.trace(HTML_TEMPLATE, values))
    if guarded.value is None:
        return Checked(value=None, findings=guarded.findings)
    html = _rendered(guarded.value, renderer)
    return Checked(value=html.value, findings=(*guarded.findings, *html.findings))


def _rendered(guarded: Guarded, renderer: MailRenderer) -> Checked[str]:
    try:
        html = renderer.render(guarded.mjml.text, guarded.styles)
    except EngineError as fault:
        finding = _refused(fault, guarded.mjml)
        return Checked(value=None, findings=(finding,))
    return Checked(value=finish(html))


def _refused(fault: EngineError, mjml: Written) -> Finding:
    offset = fault.offset
    if offset is None:
        return error("digest.engine", str(fault), hint=fault.hint)
    near = " ".join(mjml.text[offset : offset + 60].split())
    message = f"{fault} (near {near!r})"
    return error("digest.engine", message, mjml.place_of(offset), fault.hint)


def _shown(view: DigestView, html: str) -> tuple[MailPicture, ...]:
    """Return the pictures that the mail shows, each once, in order."""
    addresses = {image.address for image in read_mail(html).images}
    pictures = (card.picture for card in view.stories if card.picture)
    shown = {picture.name: picture for picture in pictures if picture.url in addresses}
    return tuple(shown.values())
