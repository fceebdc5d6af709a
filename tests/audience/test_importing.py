"""Lists of readers: every odd file is read, or told of line by line."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from press.audience.importing.columns import read_header
from press.audience.importing.encoding import Encoding, recognise
from press.audience.importing.names import Kind, Target
from press.audience.importing.rows import Terms, read_readers
from press.audience.importing.table import Cells, delimiter_of, read_rows
from press.audience.importing.values import (
    clean,
    moment_of,
    protected,
    tags_of,
    unprotected,
)
from press.model.finding import Severity
from press.model.importing import Arrival, Departure, Remark, Row
from press.model.subscriber import Basis, Cause
from tests.readers import NOON

TERMS = Terms(
    file="readers.csv",
    confirmed=True,
    now=NOON,
    basis=Basis.CONSENT,
    source="form",
    given=dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
)


def rows(text: str, **mapping: str) -> list[Row]:
    lines = io.StringIO(text, newline="")
    first = text.partition("\n")[0]
    found = list(read_rows(lines, delimiter_of(first), checked=False))
    (header, *_) = [row for row in found if isinstance(row, Cells)]
    columns, findings = read_header(header.cells, mapping)
    assert columns is not None, findings
    rest = [row for row in found if row is not header or not columns.headed]
    return list(read_readers(rest, columns, TERMS))


def emails(found: list[Row]) -> list[str]:
    return [row.reader.email for row in found if isinstance(row, Arrival)]


def codes(found: list[Row]) -> list[tuple[int, str]]:
    return [(row.line, row.code) for row in found if isinstance(row, Remark)]


# What files are


@pytest.mark.parametrize(
    ("octets", "encoding"),
    [
        (b"email\nada@a.example\n", Encoding.UTF_8),
        ("email,name\na@a.example,Łódź\n".encode("utf-8-sig"), Encoding.UTF_8),
        ("email,name\na@a.example,Łódź\n".encode("utf-16"), Encoding.UTF_16),
        ("email,name\na@a.example,Ada\n".encode("utf-16-le"), Encoding.UTF_16_LE),
        ("email,name\na@a.example,Ada\n".encode("utf-16-be"), Encoding.UTF_16_BE),
        ("email,name\na@a.example,José\n".encode("cp1252"), Encoding.WINDOWS),
        (b"", Encoding.UTF_8),
    ],
)
def test_encodings_are_recognised(octets: bytes, encoding: Encoding) -> None:
    assert recognise([octets]).encoding is encoding


@pytest.mark.parametrize(
    ("octets", "what"),
    [
        (b"PK\x03\x04...", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0...", "old Excel workbook"),
        (b"<!DOCTYPE html>", "web page"),
    ],
)
def test_what_is_no_list_is_named(octets: bytes, what: str) -> None:
    found = recognise([octets])

    assert found.encoding is None
    assert what in found.other


def test_a_file_put_together_of_two_encodings_is_read_as_the_better_one() -> None:
    whole = "Łódź\n".encode() + "José\n".encode("cp1252")

    found = recognise([whole[:2], whole[2:]])

    assert (found.encoding, found.whole) == (Encoding.UTF_8, False)


def test_lines_of_another_encoding_are_refused_and_no_others() -> None:
    text = b"email,name\na@a.example,Jos\xe9\nb@b.example,\xc3\xa9\n".decode(
        errors="surrogateescape"
    )

    found = rows(text)

    assert emails(found) == ["b@b.example"]
    assert codes(found) == [(2, "list.encoding")]


# Rows


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_delimiters_are_found(sign: str) -> None:
    text = f'email{sign}"na,me;x"\nada@a.example{sign}Ada\n'

    assert emails(rows(text)) == ["ada@a.example"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_way(end: str) -> None:
    text = end.join(("email,name", "a@a.example,Ada", "", "b@b.example,Bo"))

    found = rows(text)

    assert [
        (row.line, row.reader.email) for row in found if isinstance(row, Arrival)
    ] == [
        (2, "a@a.example"),
        (4, "b@b.example"),
    ]


def test_a_text_may_hold_line_breaks() -> None:
    found = rows('email,name\na@a.example,"Ada\nMarsh"\nb@b.example,Bo\n')

    first, second = found
    assert isinstance(first, Arrival)
    assert isinstance(second, Arrival)
    assert first.reader.name == "Ada Marsh"
    assert second.line == 4


@pytest.mark.parametrize("others", [0, 1, 10, 49, 50, 51, 200])
def test_a_quotation_mark_that_is_never_closed_costs_its_line_only(others: int) -> None:
    below = [f"r{number}@a.example,Bo" for number in range(others)]
    text = "\n".join(("email,name", "a@a.example,Ada", 'b@b.example,"Bo', *below))

    found = rows(text)

    assert codes(found) == [(3, "list.quote")]
    assert len(emails(found)) == 1 + others


def test_a_quotation_mark_closed_by_a_later_row_costs_its_line_only() -> None:
    text = 'email,name\na@a.example,"Ada\nb@b.example,Bo\nc@c.example,"Cy"\nd@d.example,Di\n'

    found = rows(text)

    assert codes(found) == [(2, "list.quote")]
    assert emails(found) == ["b@b.example", "c@c.example", "d@d.example"]


def test_ragged_rows_and_nul_and_long_lines_are_told_by_line() -> None:
    long = "x" * 200_000
    text = (
        "email,name\na@a.example\nb@b.example,Bo,x\nc@c.example,C\0y\n"
        f"d@d.example,{long}\ne@e.example,Eve,,\nf@f.example,Fay\n"
    )

    found = rows(text)

    assert codes(found) == [
        (2, "list.ragged"),
        (3, "list.ragged"),
        (4, "list.nul"),
        (5, "list.ragged"),
    ]
    assert emails(found) == ["e@e.example", "f@f.example"]


@given(text=st.text(alphabet='a@.,;"\n\r\0x', max_size=80))
def test_whatever_a_list_holds_every_row_is_read_or_told(text: str) -> None:
    lines = io.StringIO("a,b\n" + text, newline="")

    for row in read_rows(lines, ",", checked=False):
        assert row.line >= 1


# Columns


HEADERS = [
    ("email,name", Kind.PLAIN),
    ("E-Mail-Adresse;Vorname;Nachname", Kind.PLAIN),
    ("uuid,email,name,attributes,status,created_at,updated_at", Kind.LISTMONK),
    (
        (
            "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,"
            "CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,"
            "LAST_CHANGED,LEID,EUID,NOTES,TAGS"
        ),
        Kind.MAILCHIMP,
    ),
    (
        (
            "id,email,name,note,subscribed_to_emails,complimentary_plan,"
            "stripe_customer_id,created_at,deleted_at,labels,tiers"
        ),
        Kind.GHOST,
    ),
    (
        "email,active_subscription,expiry,email_disabled,created_at,first_payment_at",
        Kind.SUBSTACK,
    ),
]


@pytest.mark.parametrize(("header", "kind"), HEADERS)
def test_programs_are_known_by_their_columns(header: str, kind: Kind) -> None:
    cells = header.split(delimiter_of(header))

    columns, findings = read_header(cells, {})

    assert findings == ()
    assert columns is not None
    assert columns.kind is kind
    assert Target.EMAIL in columns.at
    assert not {"optin_ip", "confirm_ip", "latitude", "longitude"} & set(columns.fields)


def test_the_desk_may_say_what_columns_hold() -> None:
    mapping = {
        "Contact": "email",
        "Where": "field.town",
        "Phone": "skip",
        "Fax": "skip",
    }

    columns, _ = read_header(["Contact", "Where", "Phone", "Age", "Fax"], mapping)

    assert columns is not None
    assert columns.at == {Target.EMAIL: 0}
    assert columns.fields == {"town": 1, "age": 3}


@pytest.mark.parametrize(
    ("cells", "mapping", "said"),
    [
        (["name", "phone"], {}, "no column holds addresses"),
        (["a@a.example", "Ada"], {}, "the first row is no header"),
        (["email"], {"E-Post": "email"}, "there is no column “E-Post”"),
        (["email", "x"], {"x": "colour"}, "“colour” is nothing"),
        (["email", "E-Mail"], {}, "two columns hold the email: “email” and “E-Mail”"),
        (["email", "x", "y"], {"x": "name", "y": "name"}, "two columns hold the name"),
        (["email", "Abgemeldet am"], {}, "“Abgemeldet am” may say who left"),
        (["email", "Last bounce"], {}, "“Last bounce” may say who left"),
        (["email", "UNSUB_REASON"], {}, "“UNSUB_REASON” may say who left"),
    ],
)
def test_a_header_that_cannot_be_read_is_told(
    cells: list[str], mapping: dict[str, str], said: str
) -> None:
    columns, findings = read_header(cells, mapping)

    assert columns is None
    assert said in findings[0].message
    assert findings[0].code == "list.column"
    assert "a.example" not in str(findings)


def test_a_second_column_of_the_same_is_a_field() -> None:
    columns, _ = read_header(["email", "tags", "labels", "Town", "town"], {})

    assert columns is not None
    assert columns.at == {Target.EMAIL: 0, Target.TAGS: 1}
    assert columns.fields == {"labels": 2, "town": 3, "town_2": 4}


def test_the_desk_may_say_which_of_two_columns_holds_addresses() -> None:
    columns, _ = read_header(
        ["email", "E-Mail", "Left it"], {"E-Mail": "email", "Left it": "skip"}
    )

    assert columns is not None
    assert columns.at == {Target.EMAIL: 1}
    assert (columns.fields, columns.gone) == ({}, ())


def test_addresses_alone_need_no_header() -> None:
    assert emails(rows("a@a.example\nb@b.example\n")) == ["a@a.example", "b@b.example"]


# What rows say


def test_a_mailchimp_row_is_a_reader_with_the_consent_it_tells_of() -> None:
    (row,) = rows(
        "Email Address,First Name,Last Name,OPTIN_TIME,CONFIRM_TIME,TIMEZONE,LEID,TAGS\n"
        "ada@a.example,Ada,Marsh,2023-01-02 03:04:05,2023-01-02 03:09:00,"
        'Europe/London,1,"""members"",""print, too"""\n'
    )

    assert isinstance(row, Arrival)
    reader = row.reader
    assert (reader.name, reader.timezone) == ("Ada Marsh", "Europe/London")
    assert reader.tags == {"members", "print, too"}
    assert reader.consent.given_at == dt.datetime(2023, 1, 2, 3, 9, tzinfo=dt.UTC)
    assert reader.joined_at == dt.datetime(2023, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    assert reader.attributes == {}


LEAVERS = [
    (("Email Address,OPTIN_TIME,LEID,UNSUB_TIME\n"
     "a@a.example,2023-01-01 00:00:00,1,2024-05-03 10:00:00\n"),
     Cause.UNSUBSCRIBED, dt.datetime(2024, 5, 3, 10, tzinfo=dt.UTC)),
    (("Email Address,OPTIN_TIME,LEID,CLEAN_TIME\n"
     "a@a.example,2023-01-01 00:00:00,1,2024-05-03 10:00:00\n"),
     Cause.BOUNCED, dt.datetime(2024, 5, 3, 10, tzinfo=dt.UTC)),
    ("id,email,subscribed_to_emails,created_at\n1,a@a.example,false,2023-01-01\n",
     Cause.UNSUBSCRIBED, NOON),
    ("email,active_subscription,email_disabled\na@a.example,true,true\n",
     Cause.UNSUBSCRIBED, NOON),
    ("uuid,email,attributes,status\n1,a@a.example,{},blocklisted\n",
     Cause.BY_HAND, NOON),
    ("email,status\na@a.example,Bounced\n", Cause.BOUNCED, NOON),
    ("email,status\na@a.example,complained\n", Cause.COMPLAINED, NOON),
    # Columns that somebody took out, or put beside others.
    (("Email Address,First Name,UNSUB_TIME,UNSUB_REASON\n"
     "a@a.example,A,2024-05-03 10:00:00,spam\n"),
     Cause.UNSUBSCRIBED, dt.datetime(2024, 5, 3, 10, tzinfo=dt.UTC)),
    ("Email Address,CLEAN_TIME\na@a.example,2024-05-03\n",
     Cause.BOUNCED, dt.datetime(2024, 5, 3, tzinfo=dt.UTC)),
    ("email,name,subscribed_to_emails\na@a.example,A,false\n", Cause.UNSUBSCRIBED, NOON),
    ("email,subscribed_to_emails,deleted_at\na@a.example,true,2024-05-03\n",
     Cause.UNSUBSCRIBED, dt.datetime(2024, 5, 3, tzinfo=dt.UTC)),
    ("Email,Email disabled,Created at\na@a.example,true,2021-01-01\n",
     Cause.UNSUBSCRIBED, NOON),
    ("email,unsubscribed\na@a.example,yes\n", Cause.UNSUBSCRIBED, NOON),
    ("email,subscribed\na@a.example,no\n", Cause.UNSUBSCRIBED, NOON),
    ("email,opt_out\na@a.example,1\n", Cause.UNSUBSCRIBED, NOON),
    ("email,status,subscription_status\na@a.example,enabled,unsubscribed\n",
     Cause.UNSUBSCRIBED, NOON),
    ("email,status,Status\na@a.example,active,bounced\n", Cause.BOUNCED, NOON),
    ("email,unsubscribed_at,left\na@a.example,,2024-05-03\n",
     Cause.UNSUBSCRIBED, dt.datetime(2024, 5, 3, tzinfo=dt.UTC)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cause", "since"), LEAVERS)
def test_whoever_a_list_says_has_left_is_never_a_reader(
    text: str, cause: Cause, since: dt.datetime
) -> None:
    (row,) = rows(text)

    assert isinstance(row, Departure)
    assert (row.email_key, row.cause, row.since) == ("a@a.example", cause, since)


def test_a_listmonk_row_keeps_its_own_fields() -> None:
    (row,) = rows(
        "uuid,email,name,attributes,status,created_at\n"
        '1,a@a.example,Ada,"{""City"": ""Leeds"", ""age"": 40}",enabled,2023-01-01\n'
    )

    assert isinstance(row, Arrival)
    assert row.reader.attributes == {"city": "Leeds", "age": "40"}


ROWS = [
    ("a@@b.example,", "list.address"),
    ("a@b,", "list.address"),
    ("a b@c.example,", "list.address"),
    ("\"a@b.example,z@z.example\",", "list.address"),
    ("\"a@b.example\r\nBcc: x@y.example\",", "list.address"),
    ("a@nobody.invalid,", "list.address"),
    (f"{'a' * 65}@b.example,", "list.address"),
    (f"a@{'b.' * 130}example,", "list.address"),
    ("a@b.example,31/12/2023", "list.date"),
    ("a@b.example,2024-02-30", "list.date"),
    ("a@b.example,0001-01-01T00:00:00+14:00", "list.date"),
    ("a@b.example,2199-01-01", "list.date"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "code"), ROWS)
def test_bad_rows_are_refused_with_their_reason(row: str, code: str) -> None:
    (found,) = rows(f"email,joined\n{row}\n")

    assert isinstance(found, Remark)
    assert (found.line, found.code, found.severity) == (2, code, Severity.ERROR)
    assert "b.example" not in found.message


def test_without_a_ground_nobody_is_written_to() -> None:
    bare = Terms(file="x", confirmed=True, now=NOON)
    columns, _ = read_header(["email", "basis", "source", "given"], {})
    assert columns is not None
    table = [
        Cells(2, ["a@a.example", "consent", "form", "2024-01-01"]),
        Cells(3, ["b@b.example", "", "form", "2024-01-01"]),
        Cells(4, ["c@c.example", "because", "form", "2024-01-01"]),
        Cells(5, ["d@d.example", "consent", "", ""]),
    ]

    found = list(read_readers(table, columns, bare))

    assert emails(found) == ["a@a.example"]
    assert codes(found) == [
        (3, "list.consent"),
        (4, "list.consent"),
        (5, "list.consent"),
    ]
    assert "no source, date" in str(found[-1])


def test_odd_values_are_left_out_and_told_and_the_row_is_taken() -> None:
    found = rows(
        "email,lang,timezone\na@a.example,english please,Europe/London\n"
        "noreply@b.example,en_GB,Mars/Base\n"
    )

    first, second = [row.reader for row in found if isinstance(row, Arrival)]
    assert (first.lang, first.timezone) == ("", "Europe/London")
    assert (second.lang, second.timezone) == ("en-GB", "")
    assert codes(found) == [(2, "list.value"), (3, "list.role"), (3, "list.value")]


# Values


@given(text=st.text())
def test_a_protected_cell_comes_back(text: str) -> None:
    assert unprotected(protected(text)) == text
    assert protected(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


@given(text=st.text())
@example(text="\x1b \xad")
def test_a_cleaned_text_is_on_one_line(text: str) -> None:
    assert len(clean(text).splitlines()) <= 1
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-05-03", dt.datetime(2024, 5, 3, tzinfo=dt.UTC)),
        ("2024-05-03 10:00:00", dt.datetime(2024, 5, 3, 10, tzinfo=dt.UTC)),
        ("2024-05-03T10:00:00.000Z", dt.datetime(2024, 5, 3, 10, tzinfo=dt.UTC)),
        ("2024-05-03 10:00:00 UTC", dt.datetime(2024, 5, 3, 10, tzinfo=dt.UTC)),
        ("2024-05-03T12:00:00+02:00", dt.datetime(2024, 5, 3, 10, tzinfo=dt.UTC)),
        ("20240503", None),
        ("2024-W18-5", None),
        ("May 3", None),
        ("", None),
    ],
)
def test_dates_are_iso_and_nothing_else(text: str, moment: dt.datetime | None) -> None:
    assert moment_of(text) == moment


def test_tags_are_divided_by_commas() -> None:
    assert tags_of('a, "b, c" ,, d"e') == {"a", "b, c", 'd"e'}
