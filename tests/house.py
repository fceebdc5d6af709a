"""The least that press.yaml says of a newspaper."""

from __future__ import annotations

HOUSE = """\
press: 1
title: The Lamp
lang: en-GB
timezone: Europe/London
website: https://lamp.example
imprint:
  publisher: Lamp Ltd
  address: [1 Wick Street, London]
  printer: Tallow Print
  printer_address: [2 Wax Road, Hull]
sender: {name: The Lamp, email: digest@lamp.example}
"""
