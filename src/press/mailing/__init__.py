"""Mailings: when each step is due, to whom it goes, and how it is handed over."""
