"""What readers get of their own is the same, however quickly it is made."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.audience.secret import Secret
from press.desk.counter import Purpose
from press.desk.parcels import parcels
from press.digest.personal import Personal, greeter, substitutions
from press.digest.token import TOKENS
from press.model.edition import Greeting
from press.model.mailing import Claimed
from press.model.subscriber import NOBODY, PublicId
from tests.adapters.couriers.builders import a_letter

SECRET = Secret(keys=(b"a key of today, which signs", b"and one of yesterday"))
PAGES = "https://quoin.example/mail/"
WEB = "https://quoin.example/editions/2024-09/"
LETTER = a_letter(
    pages=PAGES,
    web=WEB,
    greeting_named="Dear {name},",
    greeting_unnamed="Dear reader,",
)
ADA = Claimed(
    delivery=7, email="ada@mill.example", name="Ada", public_id=PublicId(f"{5:032x}")
)

#: What names look like, and what they could be made of to do harm.
names = st.one_of(
    st.text(max_size=100),
    st.text(alphabet="aZé -'.ßЖא{}%|<>&\"\u00ad\u202e_9", max_size=90),
    st.from_regex(r"[A-Z][a-zéß]{0,20}([ -][A-Z][a-z]{0,20}){0,3}", fullmatch=True),
)
greetings = st.one_of(
    st.sampled_from(
        ["Dear {name},", "{name}", "", "-{name}-", "http:{name}", "%{name}%"]
    ),
    st.text(alphabet="ab ,.!-:{}%<&$#_é", max_size=40),
    st.text(alphabet="ab ,.!-", max_size=700).map(lambda text: f"{text}{{name}}{text}"),
)


@given(name=names, named=greetings, unnamed=greetings)
def test_a_greeting_is_that_of_substitutions_for_any_name(
    name: str, named: str, unnamed: str
) -> None:
    greeting = Greeting(named=named, unnamed=unnamed)
    personal = Personal(unsubscribe=WEB, preferences=WEB, web=WEB, name=name)

    made = greeter(greeting)(name)

    values = substitutions(personal, greeting)
    assert made == (values[TOKENS.greeting_html], values[TOKENS.greeting])


@given(name=names, number=st.integers(min_value=1, max_value=2**128 - 1))
def test_a_parcel_holds_what_substitutions_holds(name: str, number: int) -> None:
    public_id = PublicId(f"{number:032x}")
    reader = ADA._replace(name=name, public_id=public_id)

    parcel = parcels(SECRET)(LETTER)(reader)

    unsubscribe, preferences = (
        f"{PAGES}{page}/{SECRET.sign(public_id, page)}"
        for page in ("unsubscribe", "preferences")
    )
    personal = Personal(
        unsubscribe=unsubscribe, preferences=preferences, web=WEB, name=name
    )
    greeting = Greeting(named="Dear {name},", unnamed="Dear reader,")
    assert parcel.values == substitutions(personal, greeting)


@given(
    number=st.integers(min_value=0, max_value=2**128 - 1),
    key=st.binary(min_size=32, max_size=100),
)
def test_a_link_is_signed_alike_for_one_reader_and_for_many(
    number: int, key: bytes
) -> None:
    public_id, secret = PublicId(f"{number:032x}"), Secret(keys=(key,))
    sign = secret.signer("unsubscribe")

    first, again = sign(public_id), sign(public_id)

    assert first == again == secret.sign(public_id, "unsubscribe")
    assert secret.read(first, "unsubscribe") == public_id
    assert secret.read(first, "preferences") is None


def test_an_address_of_our_own_gets_links_of_nobody() -> None:
    ours = ADA._replace(public_id=PublicId(""))

    parcel = parcels(SECRET)(LETTER)(ours)

    token = SECRET.sign(NOBODY, "unsubscribe")
    assert parcel.values[TOKENS.unsubscribe] == f"{PAGES}unsubscribe/{token}"


def test_no_two_deliveries_share_a_message_id() -> None:
    make = parcels(SECRET)(LETTER)

    made = {make(ADA._replace(delivery=number)).message_id for number in range(1, 99)}

    assert len(made) == 98
    assert all(one.endswith("@quoin.example") for one in made)


def test_a_message_id_tells_no_reader_and_opens_no_page() -> None:
    bob = ADA._replace(
        name="Bob", email="bob@mill.example", public_id=PublicId(f"{6:032x}")
    )

    make = parcels(SECRET)(LETTER)

    parcel, others = make(ADA), make(bob)

    named = parcel.message_id.partition("@")[0].partition(".")[2]
    # They have the same number here, and nothing else is told.
    assert parcel.message_id == others.message_id
    assert ADA.public_id not in parcel.message_id
    assert named not in "".join(parcel.values.values())
    assert not any(
        SECRET.read(f"{ADA.public_id}.{named}", purpose) for purpose in Purpose
    )


def test_mails_of_two_letters_have_other_message_ids() -> None:
    other = replace(LETTER, text=f"{LETTER.text}!")

    one, two = (parcels(SECRET)(letter)(ADA).message_id for letter in (LETTER, other))

    assert one != two


def test_links_in_mails_that_were_sent_long_ago_still_work() -> None:
    """A token of the first press that made any, and one that its old key signed."""
    reader = PublicId(f"{5:032x}")
    token = f"{reader}.gkIWw8uoqkLfm7ZfkS2VjQ"
    changed = Secret(keys=(b"the key after it", *SECRET.keys))

    assert SECRET.sign(reader, Purpose.UNSUBSCRIBE) == token
    assert SECRET.read(token, Purpose.UNSUBSCRIBE) == reader
    assert changed.read(token, Purpose.UNSUBSCRIBE) == reader
    assert changed.sign(reader, Purpose.UNSUBSCRIBE) != token


@pytest.mark.parametrize(
    "changes", [{"web": ""}, {"web": "http://x.example/"}, {"pages": 'https://x/"'}]
)
def test_a_letter_whose_addresses_cannot_stand_in_a_mail_is_refused(
    changes: dict[str, Any],
) -> None:
    with pytest.raises(ValueError, match="cannot be an address"):
        parcels(SECRET)(replace(LETTER, **changes))


@pytest.mark.parametrize(
    ("email", "told"),
    [
        ("Ada@Mill.example", "Ada@Mill.example"),
        ("ada@mühle.example", "ada@xn--mhle-0ra.example"),
        ("ada@straße.example", "ada@xn--strae-oqa.example"),
        ("jörg@mühle.example", "jörg@xn--mhle-0ra.example"),
    ],
)
def test_couriers_are_told_domains_as_the_network_writes_them(
    email: str, told: str
) -> None:
    """Every server takes those; one with letters beyond ASCII only few do."""
    reader = ADA._replace(email=email)

    assert parcels(SECRET)(LETTER)(reader).email == told
