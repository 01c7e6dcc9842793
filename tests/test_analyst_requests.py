"""What all pages for analysts answer alike: HEAD, OPTIONS, endings, languages, conditions, errors."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

PAGES = ("about", "compare", "country", "coverage", "network", "overlay", "practice", "principle", "search", "trace")


@pytest.fixture(scope="module")
def client(served: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served, timeout=60) as opened:
        yield opened


@pytest.mark.parametrize("page", PAGES)
def test_head_tells_what_get_does(client: httpx.Client, page: str) -> None:
    got, told = client.get(f"/{page}"), client.head(f"/{page}")
    assert (got.status_code, told.status_code) == (200, 200)
    assert told.content == b""
    same = ("content-type", "etag", "vary", "content-language", "ipg-dataset-version", "content-security-policy")
    assert {name: told.headers.get(name) for name in same} == {name: got.headers.get(name) for name in same}


@pytest.mark.parametrize("page", PAGES)
def test_browsers_may_ask_first(client: httpx.Client, page: str) -> None:
    told = client.options(f"/{page}")
    assert told.status_code == 204
    assert ("POST" in told.headers["Allow"]) == (page == "overlay")
    assert client.request("DELETE", f"/{page}").status_code == 405


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_is_known_is_not_sent_again(client: httpx.Client, page: str) -> None:
    got = client.get(f"/{page}")
    assert client.get(f"/{page}", headers={"If-None-Match": got.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["fr", "de"])
def test_a_language_is_chosen_by_address_or_preference(client: httpx.Client, page: str, language: str) -> None:
    by_address = client.get(f"/{page}", params={"lang": language})
    preferred = client.get(f"/{page}", headers={"Accept-Language": f"{language}, en;q=0.5"})
    for got in (by_address, preferred):
        assert got.headers["content-language"] == language
        assert f'<html lang="{language}">' in got.text
        assert "Accept-Language" in got.headers["vary"]


@pytest.mark.parametrize("page", ["coverage", "practice", "principle", "country", "network"])
def test_an_ending_is_a_format(client: httpx.Client, page: str) -> None:
    assert client.get(f"/{page}.json").content == client.get(f"/{page}", params={"format": "json"}).content
    refused = client.get(f"/{page}", params={"format": "docx"})
    assert refused.status_code == 406
    assert "text/html" in refused.text


def test_the_description_of_the_service_names_every_page(client: httpx.Client) -> None:
    told = client.get("/openapi.json").json()
    assert {f"/{page}" for page in PAGES} <= set(told["paths"])
    names = {parameter["name"] for parameter in told["paths"]["/coverage"]["get"]["parameters"]}
    assert {"framework", "by", "counted"} <= names
