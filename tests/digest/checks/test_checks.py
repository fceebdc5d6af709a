"""What keeps a digest from being sent; each check is shown to fail once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from press.digest.checks.size import MANY, MOST, worst_size
from press.digest.token import TOKENS
from press.model.digest import LIGHT, MailPalette, Variant
from press.model.finding import Severity
from tests.digest.builders import PLAN
from tests.digest.checks.sample import Sample, codes


def test_a_good_digest_has_no_findings(mail: Sample) -> None:
    assert mail.findings() == []


# --- Size


def padded(mail: Sample, size: int) -> Variant:
    missing = size - worst_size(mail.digest.html)
    filling = "<!--" + "x" * (900 - 8) + "-->\n"
    html = mail.digest.html + filling * (missing // 900)
    return replace(mail.digest, html=html + " " * (size - worst_size(html)))


def test_size_counts_the_longest_addresses_that_readers_may_get() -> None:
    html = f"<p>{TOKENS.unsubscribe}é{TOKENS.unsubscribe}{TOKENS.web}</p>"

    assert worst_size(html) == len("<p></p>") + 2 + 3 * 180


@pytest.mark.parametrize(
    ("size", "severities"),
    [
        (MANY, []),
        (MANY + 1, [Severity.WARNING]),
        (MOST, [Severity.WARNING]),
        (MOST + 1, [Severity.ERROR]),
    ],
)
def test_a_digest_that_gmail_cuts_off_is_found(
    mail: Sample, size: int, severities: list[Severity]
) -> None:
    findings = [f for f in mail.findings(padded(mail, size)) if f.code == "digest.size"]

    assert [finding.severity for finding in findings] == severities


def test_a_large_digest_names_its_largest_parts(mail: Sample) -> None:
    finding = mail.findings(padded(mail, MOST + 1))[0]

    assert f"{MOST + 1:,} bytes" in finding.message
    assert finding.hint is not None
    assert "lead “The story of taxes” " in finding.hint
    assert "(without it: " in finding.hint


def test_a_line_too_long_for_the_post_is_an_error(mail: Sample) -> None:
    assert codes(mail.with_html("<h1", "x" * 991 + "<h1"))[0] == "digest.line"


# --- Subject and preheader


@pytest.mark.parametrize(
    ("subject", "severity", "says"),
    [
        ("", Severity.ERROR, "no subject"),
        ("   ", Severity.ERROR, "no subject"),
        ("🎉🎉", Severity.ERROR, "holds no words"),
        ("x" * 61, Severity.WARNING, "61 characters"),
        ("x" * 201, Severity.ERROR, "201 characters"),
        ("One\nBcc: x", Severity.ERROR, "a line break (U+000A)"),
        ("One\u2028two", Severity.ERROR, "a line break (U+2028)"),
        ("One\x00two", Severity.ERROR, "a character (U+0000)"),
        ("News of {{ month }}", Severity.ERROR, 'still holds "{{ month }}"'),
        ("News of {% x %}", Severity.ERROR, 'still holds "{% x %}"'),
        ("News %%web_url%%", Severity.ERROR, 'still holds "%%web_url%%"'),
        ("Dear -name-, news", Severity.ERROR, 'still holds "-name-"'),
        ("Dear %recipient%", Severity.ERROR, 'still holds "%recipient%"'),
        ("The printerâ€™s devil", Severity.WARNING, 'wrongly decoded "’"'),
        ("CafÃ© society", Severity.WARNING, 'wrongly decoded "é"'),
        ("Caf\ufffd society", Severity.WARNING, "wrongly decoded"),
        ("the story of TAXES!", Severity.WARNING, "is the headline of the lead"),
        ("NEWS OF THE TAX", Severity.WARNING, "all in capitals"),
        ("News of the tax!!", Severity.WARNING, 'ends with "!!"'),
        ("What now?!", Severity.WARNING, 'ends with "?!"'),
        ("Read this ❗️❗️", Severity.WARNING, "ends with"),
        ("Save $$$", Severity.WARNING, 'ends with "$$$"'),
    ],
)
def test_a_bad_subject_is_found(
    mail: Sample, subject: str, severity: Severity, says: str
) -> None:
    findings = mail.findings(view=replace(mail.view, subject=subject))

    assert [(f.code, f.severity, f.place) for f in findings] == [
        ("digest.subject", severity, PLAN)
    ]
    assert says in findings[0].message


@pytest.mark.parametrize(
    "subject",
    [
        "x" * 60,
        "Up 12% in a year",
        "News!",
        "NATO, EU",
        "MILLSTONES",
        "BBC 2",
        "Why? …",
        "税の話です",
        "Mother-in-law’s tongue",
        "Ça va, Zoë? £5",
    ],
)
def test_a_good_subject_passes(mail: Sample, subject: str) -> None:
    assert mail.findings(view=replace(mail.view, subject=subject)) == []


@pytest.mark.parametrize(
    ("preheader", "says"),
    [
        ("", "0 characters"),
        ("x" * 39, "39 characters"),
        ("x" * 131, "131 characters"),
        ("x" * 40 + "\ny", "a line break"),
        ("x" * 40 + " {{ y }}", 'still holds "{{ y }}"'),
        ("ALSO THIS MONTH: THE PENNY POST AND ALL THAT", "all in capitals"),
        ("Also this month: the penny post and all that!!!", 'ends with "!!!"'),
        ("The story of taxes" + "." * 30, "repeats the headline of the lead"),
        ("The tax that made papers large" + " " * 10 + "." * 10, "repeats the subject"),
    ],
)
def test_a_bad_preheader_is_found(mail: Sample, preheader: str, says: str) -> None:
    findings = mail.findings(view=replace(mail.view, preheader=preheader))

    assert codes(findings) == ["digest.preheader"]
    assert says in findings[0].message


# --- Frame


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('<html lang="en-GB"', "<html", "lang"),
        ('<html lang="en-GB"', '<html lang="und"', "lang"),
        ('<html lang="en-GB" dir="ltr"', '<html lang="en-GB" dir="auto"', "dir"),
        ("<title>The Quoin, September 2024</title>", "<title></title>", "<mj-title>"),
        ('name="color-scheme"', 'name="x"', '<meta name="color-scheme">'),
        ('name="supported-color-schemes"', 'name="x"', "supported-color-schemes"),
    ],
)
def test_a_frame_that_lacks_something_is_an_error(
    mail: Sample, old: str, new: str, says: str
) -> None:
    findings = mail.with_html(old, new)

    assert codes(findings) == ["digest.frame"]
    assert says in findings[0].message


def test_there_is_one_main_heading(mail: Sample) -> None:
    assert codes(mail.with_html("h1", "h2")) == ["digest.heading"]
    assert codes(mail.with_html("h2", "h1")) == ["digest.heading"]


@pytest.mark.parametrize(
    "active",
    ["<script>x</script>", '<p onclick="x">', "<iframe>", '<link rel="x">', "<form>"],
)
def test_active_content_is_an_error(mail: Sample, active: str) -> None:
    assert codes(mail.with_html("</body>", active + "</body>")) == [
        "digest.active-content"
    ]


@pytest.mark.parametrize(
    ("token", "code"),
    [
        (TOKENS.unsubscribe, "digest.unsubscribe"),
        (TOKENS.preferences, "digest.preferences"),
        (TOKENS.web, "digest.web-version"),
    ],
)
def test_the_readers_own_links_stand_in_both_parts(
    mail: Sample, token: str, code: str
) -> None:
    other = mail.view.website.replace("&", "&amp;")

    assert codes(mail.with_html(token, other)) == [code]
    assert code in codes(mail.with_text(token, ""))


# --- Identity


def test_a_paper_without_postal_address_cannot_be_sent(mail: Sample) -> None:
    for view in (replace(mail.view, address=()), replace(mail.view, publisher=" ")):
        assert codes(mail.findings(view=view)) == ["digest.address"]


def test_the_postal_address_stands_in_both_parts(mail: Sample) -> None:
    assert codes(mail.with_html("London E1 4XX", "")) == ["digest.address"]
    assert codes(mail.with_text("12 Forme Yard", "")) == ["digest.address"]


# --- Pictures and links


def test_a_picture_without_alternative_text_is_found(mail: Sample) -> None:
    alt = 'alt="A press in a dark hall"'

    missing = mail.with_html(alt, "")
    empty = mail.with_html(alt, 'alt=""')

    assert ("digest.alt", Severity.ERROR) in [(f.code, f.severity) for f in missing]
    assert ("digest.alt", Severity.WARNING) in [(f.code, f.severity) for f in empty]
    assert "digest.link-words" in codes(empty)


def test_a_picture_without_https_address_is_found_once(mail: Sample) -> None:
    findings = mail.with_html("https://media.quoin.example/2024-09/", "pictures/")

    assert codes(findings) == ["digest.media"]


@pytest.mark.parametrize(
    ("address", "severity"),
    [
        ("", Severity.ERROR),
        ("/about", Severity.ERROR),
        ("about.html", Severity.ERROR),
        ("//quoin.example/", Severity.ERROR),
        ("javascript:alert(1)", Severity.ERROR),
        ("https:///x", Severity.ERROR),
        ("https://localhost:8000/x", Severity.ERROR),
        ("https://127.0.0.1/x", Severity.ERROR),
        ("https://desk.local/x", Severity.ERROR),
        ("https://staging/x", Severity.ERROR),
        ("http://quoin.example/x", Severity.WARNING),
    ],
)
def test_a_link_that_readers_cannot_follow_is_found(
    mail: Sample, address: str, severity: Severity
) -> None:
    link = f'<a href="{address}">A page</a>'

    findings = mail.with_more(link)

    assert [(f.code, f.severity) for f in findings] == [("digest.link", severity)]


def test_a_link_without_words_is_an_error(mail: Sample) -> None:
    link = f'<a href="{TOKENS.web}"> </a>'

    assert codes(mail.with_html("</body>", link + "</body>")) == ["digest.link-words"]


# --- The plain-text part


def test_every_headline_stands_in_both_parts(mail: Sample) -> None:
    assert codes(mail.with_text("The story of post", "x")) == ["digest.parity"]
    assert codes(mail.with_html(">The story of post<", ">x<")) == ["digest.parity"]


def test_every_link_of_the_html_stands_in_the_text(mail: Sample) -> None:
    findings = mail.with_text(mail.view.stories[1].link, "")

    assert codes(findings) == ["digest.parity"]
    assert mail.view.stories[1].link in findings[0].message


# --- Colours


def test_colours_that_cannot_be_read_are_found(mail: Sample) -> None:
    palette = MailPalette(light=replace(LIGHT, ink="#cccccc"))

    assert set(codes(mail.findings(palette=palette))) == {"digest.contrast"}


@pytest.mark.parametrize(
    "hiding",
    ['style="display: none"', 'style="color:red;visibility:hidden"', "hidden"],
)
def test_a_link_to_unsubscribe_that_nobody_sees_is_none(
    mail: Sample, hiding: str
) -> None:
    token = TOKENS.unsubscribe
    shown = mail.digest.html.replace(f'href="{token}"', 'href="https://quoin.example/"')
    link = f'<p {hiding}><img alt="x" src="x.png"><a href="{token}">Unsubscribe</a></p>'
    html = shown.replace("</body>", f"{link}</body>")

    found = codes(mail.findings(replace(mail.digest, html=html)))

    assert "digest.unsubscribe" in found
