"""Readers: their addresses, lists, consent; how they come in, are found, and leave."""
