"""``/dumps`` and ``/snapshot``: every file as its checksum says, made once; old versions stay, and those taken back say why."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx
import pytest

from etl.releases.publish import publish_release, withdraw_release
from etl.releases.restore import restore_release
from etl.snapshot import read_public
from query_service.dumps.records import CHECKSUMS, INDEX, dumps_folder
from query_service.generations import Generations
from query_service.metrics import Metrics
from query_service.releases.versions import Versions
from query_service.settings import ServiceSettings
from query_service.snapshot import read_snapshot
from tests.released import FIRST, SECOND, THIRD, day, quads, release, write_version
from tests.served import BASE, running


class Dumps(NamedTuple):
    client: httpx.Client
    folder: Path
    version: str
    listed: dict[str, Any]

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.fixture(scope="module")
def dumps(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dumps]:
    """The dumps of the whole dataset, published as a release."""
    ledger = tmp_path_factory.mktemp("dumps") / "ledger"
    publish_release(ledger, home / "current", published=day(0), note="First release.")
    snapshot = read_snapshot(home / "current")
    with running(snapshot.folder, releases_dir=ledger, workers=1) as client:
        listed = client.get("/dumps/", headers={"accept": "application/json"})
        assert listed.status_code == 200, listed.text
        yield Dumps(client, dumps_folder(snapshot), snapshot.version, listed.json())


def path_of(url: str) -> str:
    return urlsplit(url).path


def test_every_file_is_what_its_checksum_says(dumps: Dumps) -> None:
    sums = dict(line.split("  ")[::-1] for line in dumps.get("/dumps/SHA256SUMS").text.splitlines())
    assert len(sums) == len(dumps.listed["files"]) > 80
    for file in dumps.listed["files"]:
        response = dumps.get(path_of(file["url"]), accept_encoding="gzip")
        assert response.status_code == 200
        assert "content-encoding" not in response.headers, "the file itself is sent, packed as it is"
        assert hashlib.sha256(response.content).hexdigest() == sums[file["name"]] == file["sha256"]
        assert int(response.headers["content-length"]) == file["bytes"]
        latest = dumps.get(path_of(file["latest"]))
        assert (latest.status_code, path_of(latest.headers["location"])) == (302, path_of(file["url"]))
    assert dumps.get("/dumps/index.json").json()["version"] == dumps.version


def test_types_tell_packed_files_from_others(dumps: Dumps) -> None:
    types = {
        file["name"].removeprefix(f"integration-policy-graph-{dumps.version}"): file["name"] for file in dumps.listed["files"]
    }
    for ending, expected in (
        (".trig.gz", "application/gzip"),
        ("-practices.csv", "text/csv; charset=utf-8"),
        (".graphml", "application/graphml+xml"),
        ("-context.jsonld", "application/ld+json"),
    ):
        got = dumps.client.head(f"/dumps/{types[ending]}")
        assert got.headers["content-type"] == expected
        assert got.content == b""


def test_a_part_of_a_file_is_sent_to_who_has_the_rest(dumps: Dumps) -> None:
    path = f"/dumps/integration-policy-graph-{dumps.version}.nq.gz"
    whole = dumps.get(path)
    part = dumps.get(path, range="bytes=100-199", if_range=whole.headers["etag"])
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole.content)}"
    stale = dumps.get(path, range="bytes=100-199", if_range='"another"')
    assert (stale.status_code, len(stale.content)) == (200, len(whole.content))
    assert dumps.get(path, range=f"bytes={len(whole.content)}-").status_code == 416
    assert dumps.get(path, range="bytes=-10").content == whole.content[-10:]


def test_who_has_a_file_is_told_so(dumps: Dumps) -> None:
    path = f"/dumps/integration-policy-graph-{dumps.version}.nq.gz"
    headers = dumps.client.head(path).headers
    assert headers["last-modified"] == "Thu, 01 Jan 2026 12:00:00 GMT", "when it was published"
    assert dumps.get(path, if_none_match=headers["etag"]).status_code == 304
    assert dumps.get(path, if_modified_since=headers["last-modified"]).status_code == 304
    assert dumps.get(path, if_modified_since="Thu, 01 Jan 2026 11:59:59 GMT").status_code == 200
    assert dumps.get(path, if_none_match='"other"', if_modified_since=headers["last-modified"]).status_code == 200
    assert dumps.get(path, if_modified_since="yesterday").status_code == 200
    assert dumps.get("/dumps/", if_none_match=dumps.get("/dumps/").headers["etag"]).status_code == 304


@pytest.mark.parametrize("plus", ["+", "%2B", "%2b"])
def test_the_plus_of_a_version_is_found_however_it_is_written(dumps: Dumps, plus: str) -> None:
    version = dumps.version.replace("+", plus)
    assert dumps.client.head(f"/dumps/integration-policy-graph-{version}-practices.csv").status_code == 200
    assert dumps.client.head(f"/snapshot/{version}").status_code == 200
    assert dumps.client.head(f"/snapshot/{version}/dumps/integration-policy-graph-{version}-practices.csv").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/dumps/no.ttl",
        "/dumps/latest/no.ttl",
        "/dumps/latest",
        "/dumps/a/b",
        "/dumps/%2e%2e/manifest.json",
        "/dumps/..%2fmanifest.json",
        "/snapshot/",
        "/snapshot/1.2.3+0123456789ab/dumps/",
        "/dumps/integration-policy-graph-1.2.3+0123456789ab.ttl.gz",
    ],
)
def test_nothing_else_is_there(dumps: Dumps, path: str) -> None:
    missing = dumps.client.build_request("GET", "/")
    missing.url = missing.url.copy_with(raw_path=path.encode())
    response = dumps.client.send(missing)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_the_page_lists_all_files(dumps: Dumps) -> None:
    page = dumps.get("/dumps/", accept="text/html")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert all(f'href="{file["url"]}"' in page.text and file["sha256"] in page.text for file in dumps.listed["files"])
    assert dumps.get("/dumps/", accept="text/turtle").status_code == 406
    assert dumps.client.post("/dumps/").status_code == 405


def test_a_version_tells_what_it_is(dumps: Dumps) -> None:
    told = dumps.get(f"/snapshot/{dumps.version}?format=json").json()
    assert told["in_service"] is True
    assert told["release"]["sha256_of_canonical_nquads"].startswith(dumps.version.partition("+")[2])
    assert dumps.get(path_of(told["dumps"])).status_code == 200
    asked = dumps.client.get(path_of(told["sparql"]), params={"query": "ASK {}"}, headers={"accept": "application/json"})
    assert asked.json()["boolean"] is True
    page = dumps.get(f"/snapshot/{dumps.version}", accept="text/html").text
    assert "First release." in page


def test_dumps_are_made_once_however_many_ask(home: Path, tmp_path: Path) -> None:
    snapshot = read_snapshot(write_version(tmp_path / "home", read_public(home / "current")))

    async def ask(address: str) -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=address, timeout=60) as client:
            return await asyncio.gather(*(client.get(f"/dumps/{INDEX}") for _ in range(8)))

    # A thread of its own has no event loop, as tests with a browser leave one behind.
    with running(snapshot.folder, releases_dir=None, workers=1) as client, ThreadPoolExecutor(1) as pool:
        answers = pool.submit(asyncio.run, ask(str(client.base_url))).result()
    assert {answer.status_code for answer in answers} == {200}
    assert [path.name for path in snapshot.folder.glob("*dumps*")] == [dumps_folder(snapshot).name]
    assert (dumps_folder(snapshot) / CHECKSUMS).exists()


def test_dumps_that_cannot_be_made_are_an_error_that_says_so(tmp_path: Path) -> None:
    with running(write_version(tmp_path / "home", quads(FIRST)), releases_dir=None, workers=1) as client:
        failed = client.get("/dumps/")
        assert failed.status_code == 503
        assert "ipg export" in failed.json()["mend"]
        assert client.get("/readyz").status_code == 200


# Old versions


class Versioned(NamedTuple):
    client: httpx.Client
    ledger: Path
    home: Path
    versions: list[str]


@pytest.fixture
def versioned(tmp_path: Path) -> Iterator[Versioned]:
    versions = release(tmp_path / "home", tmp_path / "ledger", FIRST, SECOND)
    with running(tmp_path / "home" / "current", releases_dir=tmp_path / "ledger", workers=1) as client:
        yield Versioned(client, tmp_path / "ledger", tmp_path / "home", versions)


LEFT = {"query": f"ASK {{ <{BASE}id/practice/b> ?p ?o }}", "format": "json"}


def test_an_old_version_is_described_and_asked(versioned: Versioned) -> None:
    old, new = versioned.versions
    told = versioned.client.get(f"/snapshot/{old}?format=json")
    assert told.json()["in_service"] is False
    assert told.headers["ipg-dataset-version"] == old
    answers = [versioned.client.get(f"/snapshot/{version}/sparql", params=LEFT).json()["boolean"] for version in (old, new)]
    assert answers == [True, False]


@pytest.mark.parametrize("below", ["", "/dumps/", "/dumps/x.ttl", "/sparql?query=ASK%20%7B%7D"])
def test_a_version_that_never_was_and_one_that_was_taken_back(versioned: Versioned, below: str) -> None:
    never = versioned.client.get(f"/snapshot/0.1.0+aaaaaaaaaaaa{below}")
    assert (never.status_code, never.json()["type"].rpartition("/")[2]) == (404, "unknown-version")
    withdraw_release(versioned.ledger, versioned.versions[0], reason="A person was named.", on=day(5))
    gone = versioned.client.get(f"/snapshot/{versioned.versions[0]}{below}")
    assert gone.status_code == 410
    assert "A person was named." in gone.json()["detail"]
    assert versioned.client.get(f"/snapshot/{versioned.versions[1]}").status_code == 200


def test_an_old_file_is_found_by_its_name_alone(versioned: Versioned) -> None:
    old = versioned.versions[0]
    moved = versioned.client.get(f"/dumps/integration-policy-graph-{old}.trig.gz")
    assert moved.status_code == 301
    assert path_of(moved.headers["location"]) == f"/snapshot/{old}/dumps/integration-policy-graph-{old}.trig.gz"


@pytest.mark.parametrize("below", ["/dumps/", "/sparql?query=ASK%20%7B%7D"])
def test_a_version_that_is_not_on_this_machine_is_no_lie(tmp_path: Path, below: str) -> None:
    """It was published, so that 404 would be wrong; it is not withdrawn, so that 410 would be."""
    versions = release(tmp_path / "elsewhere", tmp_path / "ledger", FIRST, SECOND)
    with running(write_version(tmp_path / "home", quads(SECOND)), releases_dir=tmp_path / "ledger", workers=1) as client:
        absent = client.get(f"/snapshot/{versions[0]}{below}")
        assert (absent.status_code, absent.json()["type"].rpartition("/")[2]) == (503, "version-not-held")
        assert "/ldes" in absent.json()["mend"]
        told = client.get(f"/snapshot/{versions[0]}?format=json").json()
        assert (told["held"], told["in_service"], told["release"]["number"]) == (False, False, 1)
        assert not {"sparql", "dumps", "graphs"} & told.keys()
        page = client.get(f"/snapshot/{versions[0]}", headers={"Accept": "text/html"}).text
        assert "not on this machine" in page
        assert "/sparql" not in page.partition("<main")[2].partition("</main>")[0]
        restore_release(tmp_path / "ledger", tmp_path / "home", versions[0], BASE)
        assert client.get(f"/snapshot/{versions[0]}").status_code == 200
        assert client.get(f"/snapshot/{versions[0]}/sparql", params=LEFT).json()["boolean"] is True


def test_an_item_that_left_says_since_when_and_why(tmp_path: Path) -> None:
    base = "https://data.example.org/policy/"
    versions = release(tmp_path / "home", tmp_path / "ledger", FIRST, SECOND)

    async def ask(folder: Path, *iris: str) -> list[Any]:
        settings = ServiceSettings.model_validate({"workers": 1, "releases_dir": tmp_path / "ledger"})
        generations = Generations(settings, folder, Metrics(), lambda _client, _seconds: None)
        await generations.start()
        try:
            served = Versions(settings.releases_dir, generations)
            return [await served.departure(iri) for iri in iris]
        finally:
            await generations.close()

    left, there, never = asyncio.run(
        ask(tmp_path / "home" / "current", *(f"{BASE}id/practice/{name}" for name in ("b", "a", "zzz")))
    )
    assert (left.version, left.since, left.reason) == (versions[1], day(2), "Reason 2.")
    assert (there, never) == (None, None)
    (moved,) = asyncio.run(ask(write_version(tmp_path / "moved", quads(SECOND), base), f"{base}id/practice/b"))
    assert moved == left
    publish_release(tmp_path / "ledger", write_version(tmp_path / "home", quads(THIRD)), published=day(4), note="Back.")
    assert asyncio.run(ask(tmp_path / "home" / "current", f"{BASE}id/practice/b")) == [None]
