"""Measure copy: lines, galleys, headline words, furniture."""
