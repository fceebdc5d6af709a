"""Tests of reading the newspaper's own files."""
