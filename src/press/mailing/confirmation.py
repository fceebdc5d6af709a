"""The mail with which somebody who asked for the paper confirms that it was them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from press.model.house import House
from press.model.letter import Letter

LINK = "%%confirm_url%%"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    subject: str
    asked: str
    button: str
    otherwise: str


_WORDS = {
    "en": _Words(
        subject="Please confirm: {title} by email",
        asked="Somebody, we hope you, asked for {title} to be sent to this address.",
        button="Yes, send it to me",
        otherwise="If it was not you, do nothing: you will not hear from us again.",
    ),
    "de": _Words(
        subject="Bitte bestätigen: {title} per E-Mail",
        asked="Jemand, hoffentlich Sie, möchte {title} an diese Adresse bekommen.",
        button="Ja, bitte schicken",
        otherwise="Waren Sie es nicht, so tun Sie nichts: Sie hören nicht mehr von uns.",
    ),
    "fr": _Words(
        subject="Merci de confirmer : {title} par courriel",
        asked="Quelqu’un, vous sans doute, souhaite recevoir {title} à cette adresse.",
        button="Oui, je veux le recevoir",
        otherwise="Si ce n’était pas vous, ne faites rien : nous n’écrirons plus.",
    ),
    "es": _Words(
        subject="Confirme, por favor: {title} por correo",
        asked="Alguien, esperamos que usted, ha pedido {title} en esta dirección.",
        button="Sí, quiero recibirlo",
        otherwise="Si no fue usted, no haga nada: no volveremos a escribirle.",
    ),
}


def confirmation_letter(house: House, lang: str) -> Letter:
    """Return the letter in a language, or in English where press does not speak it.

    It holds nothing but the question: no picture, no news, no name that somebody else
    could have typed.
    """
    spoken = lang.partition("-")[0].lower()
    words = _WORDS.get(spoken, _WORDS["en"])
    asked = words.asked.format(title=house.title)
    title, button = escape(house.title), escape(words.button)
    sender = ", ".join((house.imprint.publisher, *house.imprint.address))
    return Letter(
        variant=f"confirmation {spoken}",
        subject=words.subject.format(title=house.title),
        sender_name=house.sender.name,
        sender_email=house.sender.email,
        reply_to=house.sender.reply_to,
        headers=(("Auto-Submitted", "auto-generated"),),
        text=f"{asked}\n\n{words.button}:\n{LINK}\n\n{words.otherwise}\n\n-- \n{sender}\n",
        html=f"""<!doctype html>
<html lang="{spoken if spoken in _WORDS else "en"}">
<head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark"></head>
<body style="font-family:Georgia,serif;font-size:17px;line-height:1.5;margin:0;padding:24px">
<div style="max-width:34em;margin:0 auto">
<h1 style="font-size:24px;margin:0 0 16px">{title}</h1>
<p>{escape(asked)}</p>
<p><a href="{LINK}" style="display:inline-block;padding:12px 20px;background:#9c1b1b;color:#ffffff;text-decoration:none;border-radius:4px">{button}</a></p>
<p>{escape(words.otherwise)}</p>
<p style="font-size:14px;margin-top:32px">{escape(sender)}</p>
</div>
</body>
</html>
""",
        lang=spoken if spoken in _WORDS else "en",
    )
