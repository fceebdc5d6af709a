"""Smart typography: quotation marks, dashes, figures and spaces as a newspaper sets them."""

from __future__ import annotations

from press.intake.typography.setting import set_article, set_copy, set_runs, set_text

__all__ = ["set_article", "set_copy", "set_runs", "set_text"]
