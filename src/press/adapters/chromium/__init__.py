"""Chromium: shows mails and pages as readers see them, without any network."""

from press.adapters.chromium.browser import ChromiumBrowser
from press.adapters.chromium.program import find_chromium

__all__ = ["ChromiumBrowser", "find_chromium"]
