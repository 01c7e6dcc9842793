"""A new snapshot is taken up without a lost or mixed answer; older versions are asked by their name."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx
import pytest

from tests.front import Front, front, wait_until
from tests.served import DATA, VERSION, write_snapshot

NEXT = "0.2.0+ba9876543210"
YEARS = "SELECT ?n { ?s <https://w3id.org/ipg/ontology#startYear> ?n }"
OF_VERSION = {VERSION: "n\r\n2008\r\n", NEXT: "n\r\n2009\r\n"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with two snapshots, and a link to the first."""
    write_snapshot(tmp_path / "one")
    two = write_snapshot(tmp_path / "two", DATA.replace("2008", "2009"))
    manifest = json.loads((two / "manifest.json").read_text(encoding="utf-8"))
    (two / "manifest.json").write_text(json.dumps({**manifest, "version": NEXT}), encoding="utf-8")
    (tmp_path / "current").symlink_to("one")
    return tmp_path


def point_at(home: Path, name: str) -> None:
    """Point the link elsewhere, at once."""
    (home / "next").symlink_to(name)
    (home / "next").rename(home / "current")


def version_served(served: Front) -> str:
    return str(httpx.get(f"{served.address}/readyz").json()["version"])


def test_a_swap_under_load_loses_and_mixes_nothing(home: Path) -> None:
    with front(home / "current", workers=2, workers_per_client=2) as served, ThreadPoolExecutor(6) as clients:
        stop, (old,) = Event(), served.zygotes()

        def ask(own: int) -> list[httpx.Response]:
            answers: list[httpx.Response] = []
            with served.client(f"127.0.0.{own}") as client:
                while not stop.is_set():
                    text = f"{YEARS} #{own} {len(answers) % 5}"
                    answers.append(client.post("/sparql", data={"query": text}))
            return answers

        asking = [clients.submit(ask, own) for own in range(2, 8)]
        point_at(home, "two")
        wait_until(lambda: version_served(served) == NEXT, "the next snapshot")
        wait_until(lambda: old not in served.zygotes(), "the old engines to end")
        stop.set()
        answers = [answer for client in asking for answer in client.result()]
        assert {answer.status_code for answer in answers} == {200}
        assert all(answer.text == OF_VERSION[answer.headers["IPG-Dataset-Version"]] for answer in answers)
        assert {answer.headers["IPG-Dataset-Version"] for answer in answers} == {VERSION, NEXT}
        assert served.figure("ipg_snapshot_swaps_total", result="taken-up") == 1


def test_a_broken_snapshot_leaves_the_one_before_in_service(home: Path) -> None:
    (home / "two" / "store" / "CURRENT").unlink()
    with front(home / "current") as served:
        point_at(home, "two")
        wait_until(lambda: served.figure("ipg_snapshot_swaps_total", result="refused") == 1, "it to be refused")
        answer = served.ask(YEARS)
        assert (answer.text, answer.headers["IPG-Dataset-Version"]) == (OF_VERSION[VERSION], VERSION)
        assert version_served(served) == VERSION


def test_a_version_is_asked_by_its_name(home: Path) -> None:
    with front(home / "current") as served, served.client() as client:
        json_of = {"query": YEARS, "format": "json"}
        now = client.get("/sparql", params=json_of)
        for version, wanted in OF_VERSION.items():
            for written in (version, version.replace("+", "%2B")):
                answer = client.get(f"/snapshot/{written}/sparql", params={"query": YEARS})
                assert (answer.status_code, answer.text) == (200, wanted)
                assert answer.headers["IPG-Dataset-Version"] == version
                wrong = client.get(f"/snapshot/{written}/sparql", params={"query": "ASK {"})
                assert (wrong.status_code, wrong.headers["IPG-Dataset-Version"]) == (400, version)
        point_at(home, "two")
        wait_until(lambda: version_served(served) == NEXT, "the next snapshot")
        assert client.get(f"/snapshot/{VERSION}/sparql", params=json_of).content == now.content
        unknown = client.get("/snapshot/9.9.9+000000000000/sparql", params=json_of)
        assert (unknown.status_code, unknown.headers["Content-Type"]) == (404, "application/problem+json")
        assert unknown.json()["type"].endswith("/unknown-version")
