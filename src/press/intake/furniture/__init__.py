"""Tells web furniture from copy: by rules, by repetition, by the words of calls."""

from press.intake.furniture.house_ad import offer_ad
from press.intake.furniture.judge import Verdicts, judge

__all__ = ["Verdicts", "judge", "offer_ad"]
