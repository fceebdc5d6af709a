"""Stores for pictures: a folder, one in memory, and a server of Amazon's kind."""

from __future__ import annotations

import http.server
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from press.adapters.store import FOR_EVER, FsspecStore
from press.digest.media import publish_pictures
from press.model.errors import CannotWriteError, MissingToolError

try:
    import boto3
except ImportError:  # the tests that need it skip
    boto3 = None

PICTURES = {"2024-09/a.jpg": b"\xff\xd8a", "2024-09/b.png": b"\x89PNGb"}


def everything_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_folder_is_made_below_the_newspapers(tmp_path: Path) -> None:
    store = FsspecStore("public/media", tmp_path)

    publish_pictures(PICTURES, store)

    assert everything_below(tmp_path / "public" / "media") == PICTURES
    assert store.where("2024-09/a.jpg") == "public/media/2024-09/a.jpg"


def test_a_folder_may_lie_elsewhere(tmp_path: Path) -> None:
    publish_pictures(PICTURES, FsspecStore(str(tmp_path / "www"), Path("/nowhere")))
    publish_pictures(PICTURES, FsspecStore(f"file://{tmp_path}/two", Path("/nowhere")))

    assert everything_below(tmp_path / "www") == PICTURES
    assert everything_below(tmp_path / "two") == PICTURES


def test_what_is_there_is_read_and_what_is_not_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    store = FsspecStore(".", tmp_path)

    assert store.read("file") == b"x"
    assert store.read("other") is None
    assert store.read("file/below") is None


def test_a_folder_that_cannot_be_written_keeps_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FsspecStore("media", tmp_path)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("fsspec.implementations.local.LocalFileSystem.mv", full)

    with pytest.raises(CannotWriteError, match="No space left") as told:
        store.write("2024-09/a.jpg", b"a")

    assert told.value.hint
    assert not everything_below(tmp_path)


def test_a_file_in_the_folders_place_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "media").write_bytes(b"x")

    with pytest.raises(CannotWriteError, match="media does not work"):
        FsspecStore("media", tmp_path).write("2024-09/a.jpg", b"a")


def test_a_store_in_memory_serves_like_any_other(tmp_path: Path) -> None:
    store = FsspecStore("memory://shelf/media", tmp_path)

    first = publish_pictures(PICTURES, store).value
    again = publish_pictures(PICTURES, store).value

    assert first is not None
    assert again is not None
    assert (len(first.copied), len(again.copied), len(again.there)) == (2, 0, 2)
    assert store.where("x") == "memory://shelf/media/x"


def test_a_kind_of_store_that_nobody_knows_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError, match="pigeon"):
        FsspecStore("pigeon://loft/media", tmp_path)


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/media", "data://media"])
def test_a_store_that_takes_no_files_is_an_error(tmp_path: Path, url: str) -> None:
    with http.server.HTTPServer(("127.0.0.1", 0), Reader) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        store = FsspecStore(url.format(port=server.server_port), tmp_path)

        with pytest.raises(CannotWriteError, match="does not work: ") as told:
            store.write("2024-09/a.jpg", b"x")

        server.shutdown()
    assert told.value.hint is not None


def test_a_store_that_its_library_cannot_make_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError, match="the store jlab://shelf does not work"):
        FsspecStore("jlab://shelf", tmp_path)


def test_a_store_whose_library_is_not_here_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    known = sys.modules["fsspec.registry"].__dict__["_registry"]
    monkeypatch.delitem(known, "s3", raising=False)

    with pytest.raises(MissingToolError) as told:
        FsspecStore("s3://bucket/media", tmp_path)

    assert told.value.hint == "install press[s3]"


class Reader(http.server.BaseHTTPRequestHandler):
    """A server from which files are only read."""

    def do_PUT(self) -> None:
        self.send_error(405)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def amazon() -> Iterator[str]:
    """A server of Amazon's kind on this machine."""
    pytest.importorskip("s3fs", reason="s3fs is not installed (press[s3])")
    server = pytest.importorskip("moto.server", reason="moto is not installed")
    started = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    started.start()
    host, port = started.get_host_and_port()
    yield f"http://{host}:{port}"
    started.stop()


@pytest.fixture
def bucket(amazon: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty bucket; its address and keys are in the environment alone."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ENDPOINT_URL", amazon)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-2")
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    client = boto3.client("s3")
    where = {"LocationConstraint": "eu-west-2"}
    client.create_bucket(Bucket="quoin", CreateBucketConfiguration=where)
    yield "quoin"
    for one in client.list_objects_v2(Bucket="quoin").get("Contents", []):
        client.delete_object(Bucket="quoin", Key=one["Key"])
    client.delete_bucket(Bucket="quoin")
    client.close()
    fsspec.get_filesystem_class("s3").clear_instance_cache()


def test_amazons_store_gets_pictures_with_their_kind_and_for_ever(
    bucket: str, tmp_path: Path
) -> None:
    made = publish_pictures(PICTURES, FsspecStore(f"s3://{bucket}/media", tmp_path))

    assert made.value is not None
    assert made.value.copied[0] == "s3://quoin/media/2024-09/a.jpg"
    client = boto3.client("s3")
    jpeg = client.get_object(Bucket=bucket, Key="media/2024-09/a.jpg")
    png = client.head_object(Bucket=bucket, Key="media/2024-09/b.png")
    assert jpeg["Body"].read() == PICTURES["2024-09/a.jpg"]
    assert (jpeg["ContentType"], png["ContentType"]) == ("image/jpeg", "image/png")
    assert jpeg["CacheControl"] == FOR_EVER
    client.close()


def test_amazons_store_is_not_given_twice_what_it_has_and_nothing_is_overwritten(
    bucket: str, tmp_path: Path
) -> None:
    store = FsspecStore(f"s3://{bucket}/media", tmp_path)
    publish_pictures(PICTURES, store)

    again = publish_pictures(PICTURES, store).value
    other = publish_pictures({"2024-09/a.jpg": b"other"}, store)

    assert again is not None
    assert (len(again.copied), len(again.there)) == (0, 2)
    assert [finding.code for finding in other.findings] == ["media.other"]
    assert store.read("2024-09/a.jpg") == PICTURES["2024-09/a.jpg"]


def test_a_bucket_that_is_not_there_is_an_error(bucket: str, tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError, match="s3://nobody/media"):
        publish_pictures(PICTURES, FsspecStore("s3://nobody/media", tmp_path))


def test_a_server_that_does_not_answer_is_an_error(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    fsspec.get_filesystem_class("s3").clear_instance_cache()

    with pytest.raises(CannotWriteError, match=r"s3://quoin does not work"):
        FsspecStore("s3://quoin", tmp_path).read("2024-09/a.jpg")


def test_keys_that_are_missing_are_an_error(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    fsspec.get_filesystem_class("s3").clear_instance_cache()

    with pytest.raises(CannotWriteError, match=r"(?i)credentials"):
        FsspecStore(f"s3://{bucket}", tmp_path).write("2024-09/a.jpg", b"a")
