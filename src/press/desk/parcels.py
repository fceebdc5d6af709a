"""What each reader gets of their own: links that are signed, a greeting."""

from __future__ import annotations

from collections.abc import Callable

from press.audience.secret import Secret
from press.digest.personal import Personal, substitutions
from press.model.edition import Greeting
from press.model.letter import Letter, Parcel
from press.model.mailing import Claimed
from press.model.subscriber import PublicId

#: The public id of addresses of our own, which belong to no reader.
NOBODY = PublicId("0" * 32)


def parcels(secret: Secret) -> Callable[[Claimed, Letter], Parcel]:
    """Return what makes the parcel of one reader."""

    def parcel(reader: Claimed, letter: Letter) -> Parcel:
        public_id = PublicId(reader.public_id) or NOBODY
        leave = secret.sign(public_id, "unsubscribe")
        choose = secret.sign(public_id, "preferences")
        personal = Personal(
            unsubscribe=f"{letter.pages}unsubscribe/{leave}",
            preferences=f"{letter.pages}preferences/{choose}",
            web=letter.web,
            name=reader.name,
        )
        greeting = Greeting(
            named=letter.greeting_named, unnamed=letter.greeting_unnamed
        )
        return Parcel(
            delivery=reader.delivery,
            email=reader.email,
            values=substitutions(personal, greeting),
            message_id=f"{reader.delivery}.{leave[-22:]}@{letter.domain}",
        )

    return parcel
