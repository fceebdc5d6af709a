"""A provider that misbehaves on purpose, and counts what each reader really gets."""

from tests.provider.events import Signer
from tests.provider.fake import FakeSendGrid
from tests.provider.faults import CHAOS, OK, PROFILES, Fault, a_deck

__all__ = ["CHAOS", "OK", "PROFILES", "FakeSendGrid", "Fault", "Signer", "a_deck"]
