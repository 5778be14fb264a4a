"""Archives: every member is an export of its own, what cannot be opened is told, and nothing is made outside."""

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from igmap.dutch import known
from igmap.sources import Dataset, Exports, unpacking
from igmap.sources.archives import archive, pieces, salvage
from igmap.sources.documents import document, pdf
from igmap.sources.mail import attached
from igmap.sources.mail import mailbox as mail
from igmap.sources.unpacking import told_apart
from tests.examples import examples
from tests.export_cases import account, cells, opened

GOOD = "naam;e-mail\nJan;j@x.nl\n"
PEOPLE = [("Jan", "j@x.nl")]


def zipped(members: Mapping[str, bytes | str], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as writer:
        for name, content in members.items():
            writer.writestr(name, content)
    return file.getvalue()


def tarred(members: Mapping[str, bytes | str], packing: str = "") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=f"w:{packing}") as writer:  # type: ignore[call-overload]
        for name, content in members.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            writer.addfile(info, io.BytesIO(data))
    return file.getvalue()


@contextmanager
def only(folder: Path, **files: bytes | str) -> Iterator[tuple[Exports, dict[str, Dataset]]]:
    """The exports and their datasets by source; every account adds up, and nothing lies anywhere else afterwards."""
    before = {path for path in folder.parent.rglob("*") if "private" not in path.parts}
    with opened(folder, **files) as exports:
        for dataset in exports.datasets:
            assert dataset.rows == dataset.parsed + dataset.quarantined
        yield exports, {dataset.source: dataset for dataset in exports.datasets}
        assert not list((folder / "private" / "staging").rglob("inner-*"))
    assert not list((folder / "private" / "staging").iterdir())
    after = {path for path in folder.parent.rglob("*") if "private" not in path.parts}
    own = {folder / "exports", *(folder / "exports" / ".".join(name.rsplit("_", 1)) for name in files)}
    assert after - before <= own


def said(dataset: Dataset) -> str:
    return "; ".join(problem.problem for problem in dataset.problems)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a_zip", zipped({"map/": "", "map/een.csv": GOOD, "twee.csv": GOOD})),
        ("a_zip", zipped({"map/een.csv": GOOD, "twee.csv": GOOD}, zipfile.ZIP_STORED)),
        ("a_zip", zipped({"map/een.csv": GOOD, "twee.csv": GOOD}, zipfile.ZIP_BZIP2)),
        ("a_zip", zipped({"map/een.csv": GOOD, "twee.csv": GOOD}, zipfile.ZIP_LZMA)),
        ("a_tar", tarred({"map/een.csv": GOOD, "twee.csv": GOOD})),
        ("a_tgz", tarred({"map/een.csv": GOOD, "twee.csv": GOOD}, "gz")),
        ("a_bz2", tarred({"map/een.csv": GOOD, "twee.csv": GOOD}, "bz2")),
        ("a_dat", tarred({"map/een.csv": GOOD, "twee.csv": GOOD}, "xz")),
    ],
    ids=["deflated", "stored", "bzip2", "lzma", "tar", "tgz", "tbz", "txz"],
)
def test_every_member_is_an_export_of_its_own(tmp_path: Path, name: str, content: bytes) -> None:
    outer = name.replace("_", ".")
    with only(tmp_path, **{name: content}) as (exports, found):
        assert set(found) == {f"{outer}/map/een.csv", f"{outer}/twee.csv"}
        for dataset in found.values():
            assert (dataset.kind, account(dataset), said(dataset)) == ("delimited", (1, 1, 0), "")
            assert cells(exports, dataset) == PEOPLE


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_single_packed_file_is_called_as_the_outer_one_without_its_suffix(tmp_path: Path, pack: object) -> None:
    with only(tmp_path, **{"klanten.csv_gz": pack(GOOD.encode())}) as (exports, found):  # type: ignore[operator]
        assert list(found) == ["klanten.csv.gz/klanten.csv"]
        assert cells(exports, found["klanten.csv.gz/klanten.csv"]) == PEOPLE


def test_archives_in_archives_are_opened_and_packed_ones_named_after_the_member(tmp_path: Path) -> None:
    inner = zipped({"lijst.csv.gz": gzip.compress(GOOD.encode()), "b.tar": tarred({"c.csv": GOOD})})
    with only(tmp_path, a_zip=zipped({"in.zip": inner})) as (exports, found):
        assert set(found) == {"a.zip/in.zip/lijst.csv.gz/lijst.csv", "a.zip/in.zip/b.tar/c.csv"}
        assert all(cells(exports, dataset) == PEOPLE for dataset in found.values())


def test_a_workbook_keeps_its_own_kind_also_in_an_archive(tmp_path: Path) -> None:
    file = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["naam", "e-mail"])
    book.active.append(["Jan", "j@x.nl"])
    book.save(file)
    with only(tmp_path, a_zip=zipped({"b.xlsx": file.getvalue()}), c_xlsx=file.getvalue()) as (_, found):
        assert {source: dataset.kind for source, dataset in found.items()} == {
            "a.zip/b.xlsx": "spreadsheet",
            "c.xlsx": "spreadsheet",
        }


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("../../x.csv", "a.zip/x.csv"),
        ("/etc/x.csv", "a.zip/etc/x.csv"),
        ("C:\\x.csv", "a.zip/C:/x.csv"),
        ("..\\..\\x.csv", "a.zip/x.csv"),
        ("a\x1b[31m\u202ex.csv", "a.zip/a?[31m?x.csv"),
        ("..", "a.zip/(no name)"),
    ],
)
def test_a_name_that_leads_elsewhere_is_only_a_name(tmp_path: Path, name: str, told: str) -> None:
    with only(tmp_path, a_zip=zipped({name: GOOD})) as (_, found):
        assert list(found) == [told]
    with only(tmp_path, a_zip=tarred({name: GOOD})) as (_, found):
        assert list(found) == [told]


def test_names_of_old_tools_are_read_as_their_makers_saw_them(tmp_path: Path) -> None:
    content = zipped({"Zoe1.csv": GOOD, "Zoexx.csv": GOOD})
    content = content.replace(b"Zoe1", b"Zo\x89" + b"1").replace(b"Zoexx", "Zoëx".encode())
    with only(tmp_path, a_zip=content) as (_, found):
        assert set(found) == {"a.zip/Zoë1.csv", "a.zip/Zoëx.csv"}
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", encoding="latin-1", format=tarfile.USTAR_FORMAT) as writer:
        writer.addfile(tarfile.TarInfo("Zoë.csv"))
    with only(tmp_path, a_zip=file.getvalue()) as (_, found):
        assert list(found) == ["a.zip/Zoë.csv"]


def test_members_of_one_name_are_both_opened_and_told_apart(tmp_path: Path) -> None:
    content = zipped({"a.csv": GOOD, "b.csv": GOOD + "Piet;p@x.nl\n", "../a.csv": GOOD}).replace(b"b.csv", b"a.csv")
    with only(tmp_path, z_zip=content) as (_, found):
        assert {source: dataset.rows for source, dataset in found.items()} == {
            "z.zip/a.csv": 1,
            "z.zip/a (2).csv": 2,
            "z.zip/a (3).csv": 1,
        }


@given(st.lists(st.sampled_from(["a", "a.csv", "a (2).csv", "x.y/a", "x.y/a (2)"]), max_size=12))
def test_no_two_are_called_the_same(names: list[str]) -> None:
    taken: set[str] = set()
    told = [told_apart(name, taken) for name in names]
    assert len(set(told)) == len(told)


def test_what_is_no_file_in_a_tar_is_told_and_neither_followed_nor_made(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text(GOOD)
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as writer:
        for name, kind in {
            "link.csv": tarfile.SYMTYPE,
            "hard.csv": tarfile.LNKTYPE,
            "pipe": tarfile.FIFOTYPE,
            "dev": tarfile.CHRTYPE,
            "map": tarfile.DIRTYPE,
        }.items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, str(tmp_path / "secret.csv")
            writer.addfile(info)
        info = tarfile.TarInfo("goed.csv")
        info.size = len(GOOD)
        writer.addfile(info, io.BytesIO(GOOD.encode()))
    with only(tmp_path, a_tar=file.getvalue()) as (_, found):
        assert {source: dataset.rows for source, dataset in found.items()} == {"a.tar/goed.csv": 1, "a.tar": 0}
        assert said(found["a.tar"]) == "links, devices or pipes in it, which are neither followed nor made: 4"
        assert found["a.tar"].readable


@pytest.mark.parametrize(
    ("name", "content"),
    [("a_zip", zipped({})), ("a_zip", zipped({"map/": ""})), ("a_tar", tarred({})), ("a.tar_gz", tarred({}, "gz"))],
    ids=["zip", "folders", "tar", "tgz"],
)
def test_an_archive_without_files_is_empty_and_readable(tmp_path: Path, name: str, content: bytes) -> None:
    with only(tmp_path, **{name: content}) as (_, found):
        (dataset,) = found.values()
        assert (dataset.readable, account(dataset), said(dataset)) == (True, (0, 0, 0), "empty archive")
        assert (dataset.kind, len(dataset.sha256)) == ("archive", 64)


def test_what_a_mac_adds_is_told_and_makes_no_archive_unreadable(tmp_path: Path) -> None:
    double = b"\x00\x05\x16\x07" + b"\0" * 80
    members: dict[str, str | bytes] = {
        "a.csv": GOOD,
        "__MACOSX/._a.csv": double,
        ".DS_Store": b"\0\0\0\x01Bud1" + b"\0" * 80,
        "Thumbs.db": b"\xd0\xcf\x11\xe0" + b"\0" * 80,
        "map/.DS_Store": GOOD,
        "__MACOSX/b.csv": GOOD,
    }
    with only(tmp_path, m_zip=zipped(members), n_tar=tarred(members)) as (_, found):
        assert all(dataset.readable for dataset in found.values())
        inside = ("", "/a.csv", "/map/.DS_Store", "/__MACOSX/b.csv")
        assert set(found) == {f"{outer}{name}" for outer in ("m.zip", "n.tar") for name in inside}
        assert said(found["m.zip"]).endswith("which are not read: 3")
        assert said(found["n.tar"]).endswith("which are not read: 3")


def test_each_unsound_member_is_told_and_the_others_are_opened(tmp_path: Path) -> None:
    names = ["1.csv", "2.csv", "3.csv", "4.csv", "5.csv", "6.csv"]
    content = bytearray(zipped(dict.fromkeys(names, GOOD), zipfile.ZIP_STORED))
    table = content.index(b"PK\x01\x02")
    places = []
    while (place := content.find(b"PK\x01\x02", table)) >= 0:
        places.append(place)
        table = place + 4
    begins = [struct.unpack_from("<I", content, place + 42)[0] for place in places]
    for place in (begins[0] + 6, places[0] + 8):
        content[place] |= 1  # a password
    for place in (begins[1] + 8, places[1] + 10):
        content[place : place + 2] = struct.pack("<H", 97)  # a method nobody knows
    content[begins[2] + 30 + 5 + 3] ^= 1  # data that do not fit the CRC
    content[places[3] + 24 : places[3] + 28] = struct.pack("<I", 5)  # a lie: smaller than it is
    content[places[4] + 24 : places[4] + 28] = struct.pack("<I", 5000)  # a lie: larger than it is
    with only(tmp_path, a_zip=bytes(content)) as (_, found):
        assert {source for source, dataset in found.items() if dataset.readable} == {"a.zip/6.csv"}
        assert "has a password" in said(found["a.zip/1.csv"])
        assert "packed in a way" in said(found["a.zip/2.csv"])
        assert "is damaged in the archive" in said(found["a.zip/3.csv"])
        assert "is damaged in the archive" in said(found["a.zip/4.csv"])
        assert "is smaller than the archive says" in said(found["a.zip/5.csv"])


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_that_is_cut_off_gives_what_is_whole_and_tells_the_rest(tmp_path: Path, how: int) -> None:
    noise = "".join(f"{random.Random(i).random()};x\n" for i in range(200))
    whole = zipped({"map/": "", "a.csv": GOOD, "b.csv": "n;m\n" + noise}, how)
    with only(tmp_path, a_zip=whole[: whole.index(b"PK\x01\x02") - 400]) as (exports, found):
        assert cells(exports, found["a.zip/a.csv"]) == PEOPLE
        assert [dataset.readable for dataset in found.values()] == [True, False, False]
        assert "is cut off or damaged" in said(found["a.zip/b.csv"])
        assert "only files before the damage are read" in said(found["a.zip"])


def test_a_zip_written_as_a_stream_and_cut_off_is_salvaged_too(tmp_path: Path) -> None:
    class Pipe(io.RawIOBase):
        content = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.content += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as writer:
        writer.writestr("a.csv", GOOD)
        writer.writestr("b.csv", GOOD)
    with only(tmp_path, a_zip=pipe.content[:-30]) as (exports, found):
        assert cells(exports, found["a.zip/a.csv"]) == cells(exports, found["a.zip/b.csv"]) == PEOPLE
        assert not found["a.zip"].readable


@pytest.mark.parametrize("packing", ["", "gz", "bz2", "xz"])
@pytest.mark.ci
def test_a_tar_that_is_cut_off_gives_what_is_whole_and_tells_the_rest(tmp_path: Path, packing: str) -> None:
    noise = "".join(f"{random.Random(i).random()};x\n" for i in range(20_000))
    whole = tarred({"a.csv": GOOD, "b.csv": "n;m\n" + noise}, packing)
    with only(tmp_path, a_tar=whole[: len(whole) // 2]) as (_, found):
        assert "a.tar" in found
        assert not found["a.tar"].readable
        assert not found["a.tar/b.csv"].readable if packing in {"", "gz"} else True
        assert found["a.tar/a.csv"].rows == 1 if packing in {"", "gz"} else True


def test_a_tar_with_a_broken_header_tells_that_something_is_missing(tmp_path: Path) -> None:
    content = bytearray(tarred({"a.csv": GOOD, "b.csv": GOOD}))
    content[1024 + 100 : 1024 + 103] = b"\xff\xff\xff"
    with only(tmp_path, a_tar=bytes(content)) as (_, found):
        assert {source: dataset.readable for source, dataset in found.items()} == {"a.tar/a.csv": True, "a.tar": False}


def test_a_tar_behind_the_end_of_a_tar_is_told(tmp_path: Path) -> None:
    with only(tmp_path, a_tar=tarred({"a.csv": GOOD}) + tarred({"b.csv": GOOD})) as (_, found):
        assert not found["a.tar"].readable


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.ci
def test_a_packed_file_that_is_cut_off_is_read_as_far_as_it_goes_and_told(tmp_path: Path, pack: object) -> None:
    lines = [f"{random.Random(i).random()};{i}" for i in range(60_000)]
    packed = pack("\n".join(["a;b", *lines]).encode())  # type: ignore[operator]
    with only(tmp_path, **{"a.csv_gz": packed[: len(packed) - 1000]}) as (_, found):
        assert not found["a.csv.gz"].readable
        assert found["a.csv.gz/a.csv"].rows > 1000


def test_a_member_that_says_it_is_ten_gigabytes_is_refused_at_once(tmp_path: Path) -> None:
    content = bytearray(zipped({"bom.csv": b"x", "goed.csv": GOOD}))
    table = content.index(b"PK\x01\x02")
    content[table + 24 : table + 28] = struct.pack("<I", 4_000_000_000)
    began = time.perf_counter()
    with only(tmp_path, a_zip=bytes(content)) as (_, found):
        assert "unpacks to far more" in said(found["a.zip/bom.csv"])
        assert found["a.zip/goed.csv"].rows == 1
    assert time.perf_counter() - began < 5


@pytest.fixture
def small_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("igmap.sources.unpacking.ALWAYS_BYTES", 1 << 22)


@pytest.mark.ci
@pytest.mark.usefixtures("small_budget")
def test_zeros_without_end_stop_at_the_limit(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * (1 << 26))
    tar = tarred({"a.csv": GOOD, "b.csv": b"\0" * (1 << 26), "c.csv": GOOD}, "gz")
    with only(tmp_path, a_gz=bomb, b_tgz=tar, c_zip=zipped({"d.gz": bomb, "e.csv": GOOD})) as (_, found):
        assert "unpacks to far more" in said(found["a.gz/a"])
        assert found["b.tgz/a.csv"].rows == 1
        assert "unpacks to far more" in said(found["b.tgz/b.csv"])
        assert "unpacks to far more" in said(found["b.tgz"])
        assert "unpacks to far more" in said(found["c.zip/d.gz/d"])
        assert "what follows in it is not opened" in said(found["c.zip"])


@pytest.mark.usefixtures("small_budget")
def test_a_bomb_of_archives_in_archives_stops_soon_and_leaves_nothing(tmp_path: Path) -> None:
    layer = zipped({f"{i}.dll": b"\0" * (1 << 22) for i in range(16)})
    for _ in range(3):
        layer = zipped({f"{i}.zip": layer for i in range(16)}, zipfile.ZIP_DEFLATED)
    began = time.perf_counter()
    with only(tmp_path, a_zip=layer) as (exports, _):
        assert len(exports.datasets) < 300
        assert any("not opened" in said(dataset) for dataset in exports.datasets)
    assert time.perf_counter() - began < 30


def test_members_that_overlap_are_not_unpacked(tmp_path: Path) -> None:
    content = bytearray(zipped({f"{i}.csv": GOOD for i in range(9)}))
    table = content.index(b"PK\x01\x02")
    first = content[table : content.index(b"PK\x01\x02", table + 4)]
    count = 9
    content[table:] = bytes(first) * count + struct.pack(
        "<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(first) * count, table, 0
    )
    with only(tmp_path, a_zip=bytes(content)) as (_, found):
        assert len(found) == 9
        assert sum("overlaps another member" in said(dataset) for dataset in found.values()) >= 8


def test_more_files_than_anyone_packs_are_not_all_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("igmap.sources.unpacking.Budget.__init__.__defaults__", (10, 100))
    with only(tmp_path, a_zip=zipped({f"{i}.csv": GOOD for i in range(20)})) as (_, found):
        assert sum(dataset.rows for dataset in found.values()) == 10
        assert "what follows in it is not opened" in said(found["a.zip"])


def test_what_lies_too_deep_is_told(tmp_path: Path) -> None:
    content = GOOD.encode()
    for name in ["a.csv", *(f"{i}.zip" for i in range(6))]:
        content = zipped({name: content})
    with only(tmp_path, z_zip=content) as (_, found):
        (dataset,) = found.values()
        assert "files deep" in said(dataset)


def test_a_tar_whose_size_leads_back_does_not_turn_for_ever(tmp_path: Path) -> None:
    content = bytearray(tarred({"a.csv": GOOD, "b.csv": GOOD}))
    header = content[1024:1536]
    header[124:136] = b"\xff" * 8 + struct.pack(">i", -2048)
    header[148:156] = b" " * 8
    header[148:156] = f"{sum(header):06o}\0 ".encode()
    content[1024:1536] = header
    with only(tmp_path, a_tar=bytes(content)) as (_, found):
        assert found["a.tar/a.csv"].rows == 1
        assert not found["a.tar"].readable


def test_a_tar_with_endless_attributes_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("a.csv")
    info.pax_headers = {"comment": "1" * 100_000}
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as writer:
        writer.addfile(info)
    with only(tmp_path, a_tar=file.getvalue()) as (_, found):
        assert "no archive that igmap trusts" in said(found["a.tar"])


SAMPLES = [
    zipped({"a.csv": GOOD, "b/c.csv": GOOD, "d.zip": zipped({"e.csv": GOOD})}),
    tarred({"a.csv": GOOD, "b/c.csv": GOOD, "d.gz": gzip.compress(GOOD.encode())}),
    tarred({"a.csv": GOOD, "b/c.csv": GOOD}, "gz"),
]


@settings(max_examples=examples(30), deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(SAMPLES))
def test_a_mutilated_archive_stops_nothing_and_leaves_nothing(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random, content: bytes
) -> None:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        changed[chance.randrange(4, len(changed))] = chance.randrange(256)
    del changed[chance.randint(len(changed) // 2, len(changed) * 2) :]
    with only(tmp_path_factory.mktemp("mutilated"), a_zip=bytes(changed)) as (exports, _):
        assert exports.datasets


@pytest.mark.parametrize("module", [archive, attached, document, mail, pdf, pieces, salvage, unpacking])
def test_every_problem_can_be_said_in_both_languages(module: object) -> None:
    said = [words for name, words in vars(module).items() if name.isupper() and isinstance(words, str) and " " in words]
    for words in said:
        if words != unpacking.NAMELESS:
            assert known(words.replace("{}", "3"))
