"""Subbing: what a sub-editor would mark in copy, shown and never changed."""

from __future__ import annotations

from press.intake.style.check import Submitted, find_style

__all__ = ["Submitted", "find_style"]
