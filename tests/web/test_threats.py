"""Thirty threats to copy, readers, mails and the server, each by its number.

Those that are held off by tests elsewhere are named in `ELSEWHERE`, with where; those that
press does not have are named in `NONE`, with why.
"""

from __future__ import annotations

import importlib
import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from press.adapters.clock import SystemClock
from press.desk.readers import ReaderDesk
from press.manifest.read import read_house
from press.web.serve import ServeOrder
from tests.databases import a_database
from tests.desk.test_round import Office, office
from tests.house import HOUSE
from tests.ledgers import a_step
from tests.provider.faults import Fault
from tests.web.site import Site

__all__ = ["office"]
_WEB, _COURIERS = "tests.web", "tests.adapters.couriers"
_BOOKS, _DESK = "tests.adapters.database", "tests.desk.test_readers"
ELSEWHERE: Mapping[int, tuple[str, ...]] = {
    1: (
        "tests.adapters.test_jinja:test_template_syntax_in_a_value_stays_text",
        "tests.manifest.test_body_markup:test_braces_that_are_no_shortcode_are_printed_and_noted",
        "tests.digest.test_personal:test_a_name_comes_out_as_it_was_typed",
        f"{_WEB}.test_choosing:test_a_name_is_never_anything_but_a_name",
    ),
    3: (
        "tests.adapters.test_jinja:test_values_are_escaped_whatever_the_file_is_called",
        "tests.adapters.test_jinja:test_slips_in_a_template_are_found_with_their_place",
        "tests.adapters.test_jinja:test_a_filter_lets_through_only_its_kind",
        "tests.digest.test_personal:test_a_name_comes_out_as_it_was_typed",
        f"{_WEB}.test_choosing:test_a_name_is_never_anything_but_a_name",
    ),
    4: (
        "tests.digest.test_personal:test_no_value_holds_what_a_provider_reads",
        "tests.digest.test_personal:test_the_order_in_which_tokens_are_filled_makes_no_difference",
        f"{_COURIERS}.test_sendgrid_payload:test_any_name_arrives_as_it_was_typed",
        f"{_COURIERS}.test_sendgrid_form:test_every_value_arrives_as_it_was",
    ),
    5: (
        "tests.adapters.test_jinja_include:test_an_include_that_leads_nowhere_is_told_with_its_line",
        "tests.adapters.test_jinja_include:test_an_include_that_comes_out_of_a_value_is_not_read",
        "tests.digest.mjml.test_guard:test_what_the_engine_would_get_wrong_is_refused",
    ),
    6: (
        "tests.digest.mjml.test_guard:test_any_attribute_comes_through_the_engine_as_it_was",
        "tests.digest.mjml.test_guard:test_what_the_engine_would_get_wrong_is_refused",
        "tests.digest.test_xhtml:test_whatever_copy_says_the_markup_is_ours",
    ),
    7: (
        "tests.digest.mjml.test_engine:test_the_engine_survives_the_deepest_nesting",
        "tests.digest.mjml.test_guard:test_extreme_depth_is_one_finding",
    ),
    8: (
        "tests.mailing.test_mime:test_a_letter_cannot_bring_headers_along",
        "tests.mailing.test_mime:test_a_value_of_a_readers_own_cannot_end_a_line",
        "tests.digest.test_message:test_a_subject_cannot_bring_headers_along",
        f"{_COURIERS}.test_contract:test_a_letter_that_would_bring_headers_along_goes_to_nobody",
        f"{_COURIERS}.test_contract:test_a_reader_who_would_bring_headers_along_gets_nothing",
        f"{_COURIERS}.test_smtp:test_an_address_cannot_bring_commands_along",
    ),
    9: (
        "tests.adapters.test_weasy_surroundings:test_nothing_else_is_served",
        "tests.adapters.test_weasy_surroundings:test_a_page_reaches_no_file",
        "tests.adapters.test_weasy_surroundings:test_a_page_reaches_no_network_and_says_what_it_wanted",
    ),
    10: (
        "tests.adapters.test_weasy_child:test_a_page_that_takes_too_long_is_given_up_and_the_others_are_drawn",
        "tests.adapters.test_weasy_child:test_a_page_that_wants_too_much_memory_is_a_finding",
        "tests.manifest.test_body_characters:test_what_is_nested_too_deeply_is_reported_and_loses_no_word",
    ),
    11: (
        "tests.adapters.test_picture_inspect:test_a_picture_that_would_fill_the_memory_is_refused_by_its_head",
        "tests.adapters.test_picture_broken:test_pillow_made_lenient_by_others_changes_nothing",
    ),
    12: (
        "tests.adapters.test_picture_inspect:test_a_path_that_leaves_the_folder_is_refused",
        "tests.adapters.test_picture_inspect:test_a_link_that_leaves_the_folder_is_refused",
        "tests.manifest.test_bad_articles:test_an_article_that_links_out_of_the_newspaper_is_refused",
        f"{_COURIERS}.test_outbox:test_a_request_cannot_lead_out_of_the_folder",
    ),
    13: (
        "tests.adapters.test_picture_svg:test_what_stands_before_a_drawing_can_refuse_it",
    ),
    15: (
        "tests.manifest.test_bad_manifests:test_a_mistake_is_named_at_its_place_with_the_way_out",
        "tests.manifest.test_bad_manifests:test_deep_nesting_is_refused_without_a_crash",
        "tests.manifest.test_bad_manifests:test_a_text_stays_what_the_editor_wrote",
    ),
    16: (
        f"{_DESK}:test_an_export_opens_safely_and_comes_back_whole",
        "tests.audience.test_importing:test_a_protected_cell_comes_back",
    ),
    17: (
        f"{_WEB}.test_leaving:test_no_change_of_a_token_is_a_token",
        f"{_WEB}.test_leaving:test_everything_bad_is_the_same_page",
        f"{_WEB}.test_leaving:test_a_reader_who_was_erased_is_told_the_same",
        "tests.desk.test_parcels:test_a_message_id_tells_no_reader_and_opens_no_page",
        "tests.desk.test_parcels:test_links_in_mails_that_were_sent_long_ago_still_work",
        f"{_WEB}.test_nginx:test_no_log_holds_a_token",
    ),
    18: (
        f"{_WEB}.test_leaving:test_looking_at_a_page_changes_nothing",
        f"{_WEB}.test_leaving:test_one_click_of_a_mail_program_is_enough",
        f"{_WEB}.test_leaving:test_a_mail_program_may_send_the_form_in_parts",
        f"{_WEB}.test_leaving:test_twice_is_once_and_a_look_afterwards_says_so",
        f"{_WEB}.test_leaving:test_neither_cookies_nor_where_it_comes_from_make_a_difference",
    ),
    19: (
        "tests.adapters.test_webhook:test_a_year_old_signature_is_not_good",
        "tests.adapters.test_webhook:test_a_digit_that_moves_between_time_and_body_is_not_good",
        "tests.adapters.test_webhook:test_a_signature_that_cannot_be_read_is_not_good",
        f"{_WEB}.test_provider:test_forged_events_change_nothing",
        f"{_WEB}.test_provider:test_a_replay_of_two_days_ago_is_refused_and_one_of_a_day_is_known",
        f"{_WEB}.test_provider:test_odd_bodies_have_an_answer",
        f"{_WEB}.test_provider:test_a_batch_of_a_megabyte_is_taken",
        f"{_BOOKS}.test_events:test_order_repetition_and_loss_change_nothing",
    ),
    20: (
        f"{_WEB}.test_guard:test_nothing_leads_elsewhere",
        f"{_WEB}.test_guard:test_a_path_that_ends_in_a_slash_leads_nowhere",
        f"{_COURIERS}.test_sendgrid_payload:test_sendgrid_adds_nothing_and_counts_nothing",
    ),
    21: (
        f"{_COURIERS}.test_sendgrid:test_neither_key_nor_address_is_ever_told",
        f"{_COURIERS}.test_sendgrid_records:test_nothing_that_is_asked_tells_key_or_address",
        f"{_COURIERS}.test_contract:test_no_address_is_told_while_it_works",
        f"{_COURIERS}.test_smtp:test_a_wrong_password_is_told_and_never_shown",
    ),
    22: (
        f"{_COURIERS}.test_sendgrid:test_the_key_goes_to_no_other_host",
        f"{_COURIERS}.test_sendgrid:test_proxies_of_the_environment_are_not_asked",
        f"{_COURIERS}.test_sendgrid_records:test_the_key_is_told_to_no_host_in_the_clear",
    ),
    23: (
        f"{_DESK}:test_erasing_asks_first_and_leaves_no_trace",
        f"{_BOOKS}.test_readers:test_an_erased_reader_is_nowhere_but_in_a_hash",
        f"{_BOOKS}.test_readers:test_neither_file_nor_log_holds_an_erased_address",
        f"{_BOOKS}.test_lifting:test_who_complained_or_was_erased_is_not_brought_back",
    ),
    24: (
        "tests.desk.test_books:test_books_are_begun_in_the_newspapers_folder",
        f"{_BOOKS}.test_connection:test_a_file_that_others_may_read_is_refused",
        f"{_DESK}:test_a_backup_comes_back_and_says_that_it_was_restored",
        f"{_COURIERS}.test_outbox:test_only_their_owner_can_read_them_and_no_name_tells_who_gets_them",
    ),
    25: (
        f"{_COURIERS}.test_sendgrid_records:test_a_domain_that_sendgrid_does_not_sign_for_is_told",
        f"{_COURIERS}.test_smtp:test_without_a_key_nothing_that_is_to_be_signed_is_sent",
        "tests.desk.test_mail_domain:test_what_is_missing_is_told_with_what_to_publish",
    ),
    26: (
        f"{_WEB}.test_guard:test_another_host_is_refused",
        f"{_WEB}.test_guard:test_every_answer_has_the_headers",
        f"{_WEB}.test_guard:test_there_is_no_program_on_any_page",
    ),
    28: (
        "tests.adapters.test_picture_broken:test_no_damage_ends_in_an_exception",
        "tests.adapters.test_weasy_surroundings:test_a_missing_picture_is_a_finding",
    ),
    29: (
        "tests.manifest.test_body_markup:test_a_link_that_no_reader_can_follow_keeps_its_words_only",
        "tests.digest.test_xhtml:test_a_link_that_runs_a_program_keeps_its_words_alone",
    ),
    30: (
        "tests.digest.mjml.test_guard:test_what_passes_the_guard_passes_the_engine",
        "tests.digest.test_xhtml:test_naughty_words_come_out_as_typed",
    ),
}
NONE: Mapping[int, str] = {
    2: "templates are a layout's, which is code; no copy and no name is ever one",
    14: "no Word document or other archive is read",
    27: "uv.lock holds the hash of everything that is installed",
}
ENDS_OF_LINES = (r"\r\n", r"\n", r"\r", r"\0", r"\x85", r"\u2028", r"\u2029", r"\ud800")

FORMULAS = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\n=1", "\r=1", '",=1', '"'),
    *("＝1+1", "＋1", "－1", "＠x"),
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """Of one kind: nothing here depends on it."""
    with a_database("sqlite", tmp_path) as address:
        yield address


def test_every_threat_has_a_proof() -> None:
    here = {int(name[12:14]) for name in globals() if name.startswith("test_threat_")}

    assert sorted(here | ELSEWHERE.keys() | NONE.keys()) == list(range(1, 31))
    assert not NONE.keys() & (here | ELSEWHERE.keys())
    for places in ELSEWHERE.values():
        for place in places:
            module, _, name = place.partition(":")
            assert callable(getattr(importlib.import_module(module), name))


@pytest.mark.parametrize(
    "place",
    [
        'sender: {{name: "The {0}Bcc: x@y.example", email: digest@lamp.example}}',
        'sender: {{name: The Lamp, email: "digest@lamp.example{0}Bcc: x"}}',
        'sender: {{name: L, email: d@lamp.example, reply_to: "d@lamp.example{0}x"}}',
        'sender: {{name: L, email: d@lamp.example, unsubscribe: "d@lamp.example{0}x"}}',
        'sender: {{name: L, email: d@lamp.example}}\nlists: {{digest: "A{0}Bcc: x"}}',
        'sender: {{name: L, email: d@lamp.example}}\nmail: "https://lamp.example/{0}x"',
    ],
)
def test_threat_08_what_would_end_a_line_of_a_header_is_told_with_its_line_or_is_a_blank(
    tmp_path: Path, place: str
) -> None:
    for sign in ENDS_OF_LINES:
        sender = "sender: {name: The Lamp, email: digest@lamp.example}"
        text = HOUSE.replace(sender, place.format(sign))
        (tmp_path / "press.yaml").write_text(text, encoding="utf-8")

        read = read_house(tmp_path)

        told = [finding.place for finding in read.findings]
        assert told or sign == r"\n"
        assert all((place.line or 0) >= 11 for place in told)
        assert not re.search("[\r\n\0\x85\u2028\u2029]", repr(read.value))
        if read.value is not None:
            house = read.value
            said = (house.title, house.mail_pages, *house.lists.values())
            sender_says = (house.sender.name, house.sender.email)
            joined = " ".join((*said, *sender_says, house.sender.unsubscribe))
            assert not re.search("[\r\n\0\x85\u2028\u2029\ud800]", joined)


def test_threat_16_no_name_is_a_formula_of_a_spreadsheet(
    site: Site, tmp_path: Path
) -> None:
    """Whatever somebody is called, and however it came into the books."""
    desk = ReaderDesk(books=site.books, house=site.desk.house, clock=SystemClock())

    for number, name in enumerate(FORMULAS):
        site.books.readers.rename(site.number(), name)
        file = tmp_path / f"{number}.csv"
        desk.export(None, file)

        written = file.read_bytes().decode()
        cells = re.findall(r'(?:^|,)"((?:[^"]|"")*)"', written, flags=re.MULTILINE)
        assert name.replace('"', '""') in written
        assert not [cell for cell in cells if re.match("[=+\\-@\t\r\n＝＋－＠]", cell)]


@pytest.mark.parametrize(
    "fault",
    [Fault.LOST, Fault.SERVER_TAKEN, Fault.PROXY, Fault.UNAUTHORISED, Fault.TOO_LARGE],
)
def test_threat_21_a_whole_send_tells_neither_key_nor_address(
    office: Office,
    fault: Fault,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    office.provider.poison = {"r3@x.example"}
    office.provider.faults = {fault: 1}
    office.open(a_step(due_at=office.clock.now()))

    told = office.round()
    office.provider.faults = {Fault.OK: 1}
    told += office.round()

    rows = [
        row
        for table, columns in (("request", "detail"), ("delivery", "reason"))
        for row in office.desk.books.connection.all(f"SELECT {columns} FROM {table}")
    ]
    audit = office.desk.books.connection.all("SELECT * FROM audit")
    said = f"{told} {rows} {audit} {[vars(record) for record in caplog.records]}"
    assert "SG.k" not in said
    assert "x.example" not in said


def test_threat_26_nobody_elsewhere_reaches_the_server_unless_told_so(
    site: Site, tmp_path: Path
) -> None:
    assert ServeOrder(paper=tmp_path).host == "127.0.0.1"

    answer = site.get("/mail/subscribe", {"Origin": "https://evil.test"})

    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert site.ask("OPTIONS", "/mail/subscribe").status == 405
