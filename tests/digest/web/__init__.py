"""The web version."""
