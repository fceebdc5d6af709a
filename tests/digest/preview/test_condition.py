"""Conditional comments, as Outlook decides them."""

from __future__ import annotations

import pytest

from press.digest.preview.condition import holds, unwrap


@pytest.mark.parametrize(
    ("condition", "held"),
    [
        ("mso", True),
        ("mso | IE", True),
        ("IE", False),
        ("!mso", False),
        ("!IE", True),
        ("gte mso 9", True),
        ("lte mso 11", False),
        ("lt mso 16", False),
        ("gt mso 15", True),
        ("mso 16", True),
        ("mso 12", False),
        ("(gte mso 9)&(lte mso 11)", False),
        ("(gte mso 9)|(IE)", True),
        ("!(gte mso 9)", False),
        ("MSO", True),
        ("true", True),
        ("false", False),
        ("vml", True),
        ("", False),
        ("((", False),
        ("gte mso 9 | IE & false", True),
    ],
)
def test_a_condition_is_decided(condition: str, held: bool) -> None:
    assert holds(condition) is held


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ("a<!--[if mso]>b<![endif]-->c", "abc"),
        ("a<!--[if lte mso 11]>b<![endif]-->c", "ac"),
        ("a<!--[if !mso]><!-->b<!--<![endif]-->c", "ac"),
        ("a<!--[if !mso]><!-- -->b<!-- <![endif]-->c", "ac"),
        ("a<!--[if gte mso 9]><!-->b<!--<![endif]-->c", "abc"),
        ("a<![if !mso]>b<![endif]>c", "ac"),
        ("a<![if mso]>b<![endif]>c", "abc"),
        ("a<!--[if mso]>b<![endif]-->c<!--[if mso | IE]>d<![endif]-->e", "abcde"),
        ("a<!--[if IE]>b<![endif]-->c<!--[if !mso]><!-->d<!--<![endif]-->e", "ace"),
        ("a<!-- a remark -->b", "ab"),
        ("a<!--[if mso]>never closed", "a<!--[if mso]>never closed"),
    ],
)
def test_a_mail_is_read_as_outlook_reads_it(html: str, read: str) -> None:
    assert unwrap(html) == read
