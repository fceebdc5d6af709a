"""Bring copy into the house: typography, and the newsroom's formats."""
