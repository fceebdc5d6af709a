"""Why press stopped.

* PressError
  + ManifestError      the newspaper's or the edition's files cannot be read
  + NotReadyError      findings hold up the edition
  + MissingToolError   a font, profile, library or program is not installed
  + CannotWriteError   the output folder cannot be written
  + BusyError          another press is at work on the same edition
  + LedgerError        the readers' database cannot be used as it is
  + SecretError        a secret is missing from the environment, or is another's
  + ProviderError      the provider refuses press as a whole: key, right, address
  + AlreadySentError   the edition went to this audience before
  + NotConfirmedError  a mailing was not confirmed, or is not what was confirmed
  + PartlySentError    a mailing stopped on the way; the same command goes on
  + EngineError        an engine broke: a bug, or copy that nobody foresaw
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import ClassVar

from press.model.finding import Finding


class ExitCode(IntEnum):
    """What `press` tells the shell. Part of the public interface: never renumber."""

    OK = 0
    BUG = 1  #: Unexpected; a traceback was printed.
    USAGE = 2  #: Wrong command line (Typer's own code).
    NOT_READY = 3  #: Findings hold up the edition.
    MANIFEST = 4  #: The newspaper's or the edition's files cannot be read.
    MISSING_TOOL = 5  #: A font, profile, library or program is not installed.
    CANNOT_WRITE = 6  #: The output folder cannot be written.
    PROVIDER = 7  #: The provider refuses press: key, right, sender.
    PARTLY_SENT = 8  #: A mailing stopped on the way; the same command goes on.
    ALREADY_SENT = 9  #: The edition went to this audience before.
    NOT_CONFIRMED = 10  #: A mailing was not confirmed.
    BUSY = 75  #: Temporary (sysexits' EX_TEMPFAIL): try again later.
    INTERRUPTED = 130  #: Stopped from the keyboard.


class PressError(Exception):
    """press cannot go on.

    Attributes:
        hint: The way out.
        findings: What is wrong in detail, where places in files can be named.
    """

    exit_code: ClassVar[ExitCode]

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        findings: Sequence[Finding] = (),
    ) -> None:
        super().__init__(message)
        self.hint = hint
        self.findings = tuple(findings)


class ManifestError(PressError):
    """The newspaper's or the edition's files cannot be read."""

    exit_code = ExitCode.MANIFEST


class NotReadyError(PressError):
    """Findings hold up the edition."""

    exit_code = ExitCode.NOT_READY


class MissingToolError(PressError):
    """A font, profile, library or program is not installed."""

    exit_code = ExitCode.MISSING_TOOL


class CannotWriteError(PressError):
    """The output folder cannot be written."""

    exit_code = ExitCode.CANNOT_WRITE


class BusyError(PressError):
    """Another press is at work on the same edition."""

    exit_code = ExitCode.BUSY


class LedgerError(PressError):
    """The readers' database is damaged, out of reach, or not what press needs."""

    exit_code = ExitCode.MISSING_TOOL


class SecretError(PressError):
    """A secret is missing from the environment, or is not the one that is needed."""

    exit_code = ExitCode.PROVIDER


class ProviderError(PressError):
    """The provider refuses press as a whole: its key, its right, its sender."""

    exit_code = ExitCode.PROVIDER


class AlreadySentError(PressError):
    """The edition went to this audience before, or is going there."""

    exit_code = ExitCode.ALREADY_SENT


class NotConfirmedError(PressError):
    """Nobody confirmed the mailing, or it is not what was confirmed."""

    exit_code = ExitCode.NOT_CONFIRMED


class PartlySentError(PressError):
    """A mailing stopped on the way; the same command goes on where it stopped."""

    exit_code = ExitCode.PARTLY_SENT


class EngineError(PressError):
    """An engine broke on copy that nobody foresaw.

    Attributes:
        offset: Where in the text given to the engine, in characters; None if unknown.
    """

    exit_code = ExitCode.BUG

    def __init__(
        self, message: str, *, hint: str | None = None, offset: int | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.offset = offset
