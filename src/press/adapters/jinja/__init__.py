"""Templates of a layout, filled by Jinja in a sandbox.

A layout is code and comes from its own folder alone; what an article says is data
and comes out as text.

Compiled templates are kept in memory only: bytecode on disk would be a way around
the sandbox for whoever can write there, and a layout compiles in milliseconds.
"""

from press.adapters.jinja.check import check_templates
from press.adapters.jinja.templates import JinjaTemplates

__all__ = ["JinjaTemplates", "check_templates"]
