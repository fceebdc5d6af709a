"""Compose pages from a flatplan: what is drawn where."""
