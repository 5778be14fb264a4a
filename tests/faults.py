"""Ways in which a release is broken on purpose, as data: every one of them has to be caught.

A fault is planted in a copy of the staging folder of a sound release, or in the folder that is about to be published.
The table in docs/proof.md is made from this list; what another part of the proof catches is appended to it.
"""

import base64
import csv
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import polars as pl
import pyarrow as pa
import yaml
from pyarrow import parquet

from igmap.anonymisation import LinkedTable, Plan, PlannedColumn
from igmap.sources import Exports, open_exports
from tests.release_cases import quasi

Plant = Callable[[Path], object]
Case = Literal["learners", "courses", "pupils"]


@dataclass(frozen=True, slots=True)
class Fault:
    """A release that is broken in one way.

    Args:
        name: reads as a claim of what is broken.
        nl: what is broken, for people.
        en: the same in English.
        caught_by: the check or threshold that has to tell it; or the words of the error, where nothing can be counted.
        plant: breaks a folder.
        where: in staging, before the proof; or in the folder that is about to be published.
        case: the sound release that is broken: learners (one table), courses (two that can be joined), or pupils
            (with sensitive columns; tests/attack_faults.py).
        quick: whether every run of the tests tries it.
    """

    name: str
    nl: str
    en: str
    caught_by: str
    plant: Plant
    where: Literal["staging", "published"] = "staging"
    case: Case = "learners"
    quick: bool = False


# The source: 31 learners in 65 records, one of whom is suppressed.
FIRST = ("Sanne", "Zoë", "Jan-Willem", "Mohammed", "Ingrid", "Bram")
LAST = ("de Vries", "Westerhoven", "El Amrani", "Jansen", "van Dijk")
FIELDS = ["number", "name", "mail", "phone", "bsn", "iban", "address", "class"]
FIELDS += ["town", "age", "grade", "hours", "remark", "note"]
LONER = 30
SIGNED = {"by": "A. Tester", "on": "2026-11-22", "why": "few persons, so that attacks on them tell little"}
REMARKS = ("op tijd", "te laat", "ziek gemeld", "goed gewerkt")
STORY = "viel van de trap bij gym op donderdag, dossier K77231"


def bsn(number: int) -> str:
    """The first number from there on that passes the eleven-test."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return next(
        str(one)
        for one in range(number, number + 200)
        if sum(int(digit) * weight for digit, weight in zip(str(one), weights, strict=True)) % 11 == 0
    )


def _person(n: int) -> dict[str, str | None]:
    first, last = ("Quirine", "Uitgevallen") if n == LONER else (FIRST[n % 6], LAST[n // 6])
    plain = f"{first}.{last}".lower().replace(" ", "").replace("ë", "e")
    return {
        "number": f"3041{n * 137 + 1000:04}",
        "name": f"{first} {last}",
        "mail": f"{plain}@leerling.example",
        "phone": f"+31 6 4218 {n * 71 + 1000:04}",
        "bsn": bsn(412_000_000 + n * 7919),
        "iban": f"NL91 ABNA 0417 {n * 91 + 1000:04} 00",
        "address": f"Molenweg {n + 100}",
        "class": f"klas {'ABC'[n * 7 % 3]}",
        "town": "Urk" if n == LONER else ["Goes", "Zeist"][n % 2],
        "age": None if n in {0, 6, 10} else str(20 + n // 2 * 7 % 20),
    }


def _record(at: int) -> dict[str, str | None]:
    n = 0 if at > 61 else at * 37 % 31  # three records more of the first learner
    note = STORY if n == LONER else f"mail {_person(n)['mail']} over {['les', 'toets'][at * 5 % 2]}"
    told = {"grade": str(5 + at * 11 % 5), "hours": str(at * 17 % 41), "remark": REMARKS[at * 13 % 7 % 4]}
    return {**_person(n), **told, "note": note}


PERSONS = [_person(n) for n in range(31)]
RECORDS = [_record(at) for at in sorted(range(65), key=lambda at: (at * 29 + 7) % 65)]


def learners() -> Exports:
    """The source of the first case, as an export."""
    return open_exports({"t": pd.DataFrame(RECORDS, columns=FIELDS, dtype="object")})


def learners_plan() -> Plan:
    """How it is anonymised."""
    dropped = [PlannedColumn(field, "direct", "drop") for field in FIELDS[1:7]]
    columns = (
        PlannedColumn("number", "key", "drop"),
        *dropped,
        PlannedColumn("class", "other", "drop"),
        quasi("town", {"categorical": True}),
        quasi("age", {"intervals": [5, 20]}, least_level=1),
        PlannedColumn("grade", "measure", "keep", type="integer"),
        PlannedColumn("hours", "measure", "keep", type="number", transform=({"round": 5},)),
        PlannedColumn("remark", "measure", "keep"),
        PlannedColumn("note", "measure", "keep", transform=({"redact": {"only": ["email"]}},)),
    )
    told: dict[str, Any] = {"k": 3, "suppression_limit": 0.05, "person_key": "number", "search": "global"}
    told["thresholds"] = {"free_text": {"missed": 0.005}}
    return Plan("learners", "t", columns, seed=7, signed=SIGNED, **told)


def courses() -> Exports:
    """The source of the second case: people, and the courses they took."""
    people = pd.DataFrame([{"who": f"w{n}", "age": str(20 + n // 10 * 17)} for n in range(20)])
    taken = [{"who": f"w{n}", "course": "xy"[n // 10], "mark": str(n * 3 % 7)} for n in range(20)]
    return open_exports({"people": people, "taken": pd.DataFrame(taken)})


def courses_plan() -> Plan:
    """How they are anonymised together."""
    link = PlannedColumn("who", "link", "keep", transform=({"pseudonym": {}},))
    course = (link, quasi("course", {"categorical": True}), PlannedColumn("mark", "sensitive", "keep"))
    linked = LinkedTable("taken", "taken", "who", course, most=1)
    columns = (link, quasi("age", {"intervals": [10]}))
    told: Mapping[str, Any] = {"k": 3, "suppression_limit": 0.5, "person_key": "who", "linked": (linked,)}
    return Plan("courses", "people", columns, seed=7, signed=SIGNED, **told)


# How a folder is broken.
def _data(folder: Path) -> Path:
    return next(path for path in folder.iterdir() if path.stem in {"learners", "courses", "pupils"})


def rewrite(change: Callable[[pl.DataFrame], pl.DataFrame]) -> Plant:
    """The released table after a change, written by a plain writer."""

    def plant(folder: Path) -> None:
        table = change(pl.read_parquet(_data(folder)))
        parquet.write_table(table.to_arrow(compat_level=pl.CompatLevel.oldest()), _data(folder), store_schema=False)

    return plant


def remap(change: Callable[[pl.DataFrame], pl.DataFrame]) -> Plant:
    """The map from row to person after a change."""

    def plant(folder: Path) -> None:
        change(pl.read_parquet(folder / "persons.parquet")).write_parquet(folder / "persons.parquet")

    return plant


def rows(choose: Callable[[pl.DataFrame], pl.Series]) -> Plant:
    """Only some rows, or all in another order, of table and map alike.

    Args:
        choose: numbers of rows, of a table with all that is released and known of each row.
    """

    def plant(folder: Path) -> None:
        persons, table = pl.read_parquet(folder / "persons.parquet"), pl.read_parquet(_data(folder))
        source = pl.DataFrame(RECORDS, infer_schema_length=None).with_row_index("record", 1)
        known = persons.with_columns(pl.col("record").cast(pl.UInt32)).join(
            source.rename(lambda name: f"source_{name}" if name != "record" else name), on="record", how="left",
            maintain_order="left",
        )  # fmt: skip
        order = choose(pl.concat([table, known], how="horizontal").with_row_index("row"))
        rewrite(lambda table: table[order])(folder)
        remap(lambda persons: persons[order])(folder)

    return plant


def cell(column: str, value: object, row: int = 0) -> Plant:
    """A value in one row of a column."""
    here = pl.int_range(pl.len()) == row
    return rewrite(lambda t: t.with_columns(pl.when(here).then(pl.lit(value)).otherwise(column).alias(column)))


def own(column: str, text: Callable[[Mapping[str, str | None]], str]) -> Plant:
    """A text in the first row that is made of its own record in the source."""

    def plant(folder: Path) -> None:
        record = int(pl.read_parquet(folder / "persons.parquet")["record"][0])
        cell(column, text(RECORDS[record - 1]))(folder)

    return plant


def packed(**settings: Any) -> Plant:
    """Written with metadata; `pandas` writes as pandas does, with its index."""

    def plant(folder: Path) -> None:
        table, told = parquet.read_table(_data(folder)), dict(settings)
        if told.pop("pandas", False):
            pd.DataFrame(table.to_pandas()).sort_values("grade").to_parquet(_data(folder))
        else:
            parquet.write_table(table.replace_schema_metadata(told), _data(folder))

    return plant


def _dictionary(folder: Path) -> None:
    """A suppressed value that stays behind in the dictionary of a column."""
    table = parquet.read_table(_data(folder))
    town = table["town"].combine_chunks().dictionary_encode()
    left = pa.DictionaryArray.from_arrays(town.indices, pa.concat_arrays([town.dictionary, pa.array(["Urk"])]))
    at = table.column_names.index("town")
    parquet.write_table(table.set_column(at, "town", left), _data(folder), store_schema=False)


def _statistics(folder: Path) -> None:
    """The largest town of the source in the statistics, in place of the largest released one."""
    rewrite(lambda table: table)(folder)
    content = _data(folder).read_bytes()
    begin = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    _data(folder).write_bytes(content[:begin] + content[begin:].replace(b"Zeist", b"Zwaag"))


def _gap(folder: Path) -> None:
    """Bytes between rows and metadata."""
    rewrite(lambda table: table)(folder)
    content = _data(folder).read_bytes()
    begin = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    _data(folder).write_bytes(content[:begin] + b"learner 7" + content[begin:])


def _renamed(folder: Path) -> None:
    plan = yaml.safe_load((folder / "plan.yaml").read_text("utf-8"))
    name = str(PERSONS[8]["mail"]).split("@", maxsplit=1)[0]
    _data(folder).rename(folder / f"marks-{name}.parquet")
    (folder / "plan.yaml").write_text(yaml.safe_dump({**plan, "name": f"marks-{name}"}), "utf-8")


def _extremes(folder: Path) -> None:
    """The last interval ends at the age of the oldest, in hierarchy and rows alike."""
    path = folder / "hierarchies" / "2.csv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = [[text.replace("35-39", "35-38") for text in line] for line in csv.reader(file, delimiter=";")]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(line for line in lines)
    rewrite(lambda table: table.with_columns(pl.col("age").str.replace("35-39", "35-38")))(folder)


def _dropped(folder: Path) -> None:
    rewrite(lambda table: table.drop("remark"))(folder)


def _other_type(folder: Path) -> None:
    rewrite(lambda table: table.with_columns(pl.col("grade").cast(pl.String)))(folder)


def _twice(folder: Path) -> None:
    """A second row of a person, where one per person is allowed."""
    for name in ("courses", "courses-taken"):
        mark = "" if name == "courses" else "-2"
        for path in (folder / f"{name}.parquet", folder / f"persons{mark}.parquet"):
            table = pl.read_parquet(path)
            path.unlink()
            pl.concat([table, table.head(1)]).write_parquet(path)


def _torn(folder: Path) -> None:
    """The pseudonyms of a table are those of others."""
    for path in (folder / "courses-taken.parquet", folder / "prepared-2.parquet"):
        table = pl.read_parquet(path)
        codes = table["who"].unique().sort()
        table.with_columns(pl.col("who").replace_strict(codes, codes.reverse())).write_parquet(path)


def added(file: str, text: str, encoding: str = "utf-8") -> Plant:
    """A text at the end of a file, its date kept."""

    def plant(folder: Path) -> None:
        path = folder / file
        told = path.stat()
        with path.open("ab") as end:
            end.write(text.encode(encoding))
        os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))

    return plant


def _as_of(folder: Path) -> None:
    then = datetime(2026, 3, 1, tzinfo=UTC).timestamp()
    os.utime(_data(folder), (then, then))


def _left_behind(folder: Path) -> None:
    (folder / "persons.parquet").write_bytes(_data(folder).read_bytes())


def _not_proved(folder: Path) -> None:
    told = _data(folder).stat()
    rewrite(lambda table: table.head(40))(folder)
    os.utime(_data(folder), ns=(told.st_atime_ns, told.st_mtime_ns))


def _few_blank(table: pl.DataFrame) -> pl.Series:
    """Of those without an age one learner only is left."""
    blank = table.filter(pl.col("age").is_null())["person"].unique().sort()[1:]
    return table.filter(~pl.col("person").is_in(blank.implode()))["row"]


def _one_of_a_class(table: pl.DataFrame) -> pl.Series:
    """Of the class of the learner with five records, all others leave."""
    person = str(PERSONS[0]["number"])
    first = table.filter(person=person)
    same = (pl.col("town") == first["town"][0]) & pl.col("age").eq_missing(first["age"][0])
    return table.filter(~same | (pl.col("person") == person))["row"]


def _class_of_two(table: pl.DataFrame) -> pl.Series:
    classes = table.group_by("town", "age", maintain_order=True).agg(pl.col("person").unique().sort())
    gone = classes["person"].list.slice(2)[0]
    return table.filter(~pl.col("person").is_in(gone.implode()))["row"]


NAME, MAIL, PHONE, BSN, IBAN = (str(PERSONS[8][field]) for field in ("name", "mail", "phone", "bsn", "iban"))
LONG_NAME = str(PERSONS[7]["name"])  # Zoë Westerhoven
ENCODED = base64.b64encode(MAIL.encode()).decode()
SURVIVING, METADATA, PUBLISHED = "surviving_identifiers", "identifiers_in_metadata", "identifiers_in_published_files"

FAULTS: list[Fault] = [
    Fault(
        "a name is left in a remark",
        "een naam staat nog in een opmerking",
        "a name is left in a remark",
        SURVIVING,
        cell("remark", f"gesproken met {NAME}"),
    ),
    Fault(
        "a first name is left in the remark of its own record",
        "een voornaam staat nog in de opmerking van de eigen rij",
        "a first name is left in the remark of its own record",
        SURVIVING,
        own("remark", lambda record: f"{str(record['name']).split()[0]} was er"),
    ),
    Fault(
        "an e-mail address is written in capitals",
        "een e-mailadres in hoofdletters",
        "an e-mail address in capitals",
        SURVIVING,
        cell("remark", f"MAILTO:{MAIL.upper()}"),
    ),
    Fault(
        "a telephone number is written in another notation",
        "een telefoonnummer in een andere notatie",
        "a telephone number in another notation",
        SURVIVING,
        cell("remark", "bel 06-" + re.sub(r"(..)", r"\1 ", re.sub(r"\D", "", PHONE)[3:])),
    ),
    Fault(
        "a telephone number begins with 0031",
        "een telefoonnummer dat met 0031 begint",
        "a telephone number with 0031",
        SURVIVING,
        cell("remark", "0031(0)" + re.sub(r"\D", "", PHONE)[2:]),
    ),
    Fault(
        "a BSN is written with dots",
        "een BSN met punten",
        "a BSN with dots",
        SURVIVING,
        cell("remark", f"{BSN[:3]}.{BSN[3:6]}.{BSN[6:]}"),
    ),
    Fault(
        "an IBAN is written without spaces",
        "een IBAN zonder spaties",
        "an IBAN without spaces",
        SURVIVING,
        cell("remark", f"betaald van {IBAN.replace(' ', '').lower()}"),
    ),
    Fault(
        "a name is turned round",
        "een naam met de achternaam voorop",
        "a name with the family name first",
        SURVIVING,
        cell("remark", "Westerhoven, Zoë"),
    ),
    Fault(
        "a family name with a particle comes first",
        "een achternaam met tussenvoegsel voorop",
        "a family name with a particle first",
        SURVIVING,
        cell("remark", "de Vries, Sanne"),
    ),
    Fault(
        "a name has a typing error",
        "een naam met een tikfout",
        "a name with a typing error",
        SURVIVING,
        cell("remark", "Zoë Westerhovn"),
        quick=True,
    ),
    Fault(
        "a name has lost its accent",
        "een naam zonder accent",
        "a name without its accent",
        SURVIVING,
        cell("remark", "ZOE WESTERHOVEN"),
    ),
    Fault(
        "a name has an initial",
        "een naam met een voorletter",
        "a name with an initial",
        SURVIVING,
        cell("remark", "Z. Westerhoven"),
    ),
    Fault(
        "one address survives",
        "één adres is blijven staan",
        "one address survives",
        SURVIVING,
        cell("remark", "woont molenweg 108"),
    ),
    Fault(
        "a number stands inside a code",
        "een nummer binnen een code",
        "a number inside a code",
        SURVIVING,
        cell("remark", f"ref{PERSONS[8]['number']}x"),
    ),
    Fault(
        "an e-mail address stands in base64",
        "een e-mailadres in base64",
        "an e-mail address in base64",
        SURVIVING,
        cell("remark", f"token={ENCODED}"),
    ),
    Fault(
        "an e-mail address is percent-encoded",
        "een e-mailadres met procenttekens",
        "a percent-encoded e-mail address",
        SURVIVING,
        cell("remark", f"?u={MAIL.replace('@', '%40').replace('.', '%2E')}"),
    ),
    Fault(
        "a name is escaped as HTML",
        "een naam in HTML-tekens",
        "a name escaped as HTML",
        SURVIVING,
        cell("remark", "<b>Zo&euml;</b>&nbsp;Westerhoven".replace("</b>", "").replace("<b>", "")),
    ),
    Fault(
        "a name is escaped in embedded JSON",
        "een naam in ingebedde JSON",
        "a name in embedded JSON",
        SURVIVING,
        cell("remark", '{"by": "Zo\\u00eb Westerhoven"}'),
    ),
    Fault(
        "a name is the header of a column",
        "een naam als kolomkop",
        "a name as the header of a column",
        METADATA,
        rewrite(lambda table: table.with_columns(pl.col("remark").alias(f"remark {NAME}"))),
        quick=True,
    ),
    Fault(
        "a name is the name of the file", "een naam in de bestandsnaam", "a name in the file's name", METADATA, _renamed
    ),
    Fault(
        "a name stands in the metadata",
        "een naam in de metagegevens",
        "a name in the metadata",
        METADATA,
        packed(author=NAME),
    ),
    Fault(
        "the day of making stands in the metadata",
        "de aanmaakdatum in de metagegevens",
        "the day of making in the metadata",
        "traces_in_metadata",
        packed(created="2026-03-01 10:22"),
    ),
    Fault(
        "pandas left its index",
        "pandas liet zijn index achter",
        "pandas left its index",
        "traces_in_metadata",
        packed(pandas=True),
    ),
    Fault(
        "a suppressed value stands in the statistics",
        "een onderdrukte waarde in de statistieken (min/max)",
        "a suppressed value in the statistics (min/max)",
        "traces_in_metadata",
        _statistics,
        quick=True,
    ),
    Fault(
        "a suppressed value stands in a dictionary",
        "een onderdrukte waarde in het woordenboek van een kolom",
        "a suppressed value in the dictionary of a column",
        "traces_in_metadata",
        _dictionary,
    ),
    Fault(
        "bytes lie between the parts of the file",
        "bytes tussen de delen van het bestand",
        "bytes between the parts",
        "traces_in_metadata",
        _gap,
    ),
    Fault(
        "rows keep the order of the source",
        "de volgorde van de bron is gehouden",
        "the order of the source is kept",
        "rows_in_source_order",
        rows(lambda table: table.sort("record")["row"]),
    ),
    Fault(
        "rows stand in reverse order",
        "de omgekeerde volgorde van de bron",
        "the reverse order of the source",
        "rows_in_source_order",
        rows(lambda table: table.sort("record", descending=True)["row"]),
    ),
    Fault(
        "rows are sorted by a dropped column",
        "gesorteerd op een weggelaten kolom",
        "sorted by a dropped column",
        "rows_in_order_of_a_column",
        rows(lambda table: table.sort("source_name", "hours")["row"]),
        quick=True,
    ),
    Fault(
        "rows lie together by a dropped column",
        "gegroepeerd op een weggelaten kolom",
        "grouped by a dropped column",
        "rows_in_order_of_a_column",
        rows(
            lambda table: table.sort(
                pl.col("source_class").replace_strict(["klas A", "klas B", "klas C"], [2, 0, 1]), "row"
            )["row"]
        ),
    ),
    Fault(
        "a measure numbers the rows",
        "een meting die de rijen nummert",
        "a measure that numbers the rows",
        "columns_that_number_rows",
        rewrite(lambda t: t.with_columns(grade=pl.int_range(pl.len(), dtype=pl.Int64))),
    ),
    Fault(
        "an index column is added",
        "een indexkolom erbij",
        "an index column is added",
        "columns_not_as_planned",
        rewrite(lambda table: table.with_row_index("index")),
    ),
    Fault(
        "the number of the source's row is released",
        "het rijnummer van de bron is vrijgegeven",
        "the number of the source's row is released",
        "columns_that_number_rows",
        lambda folder: rewrite(
            lambda table: table.with_columns(
                grade=pl.read_parquet(folder / "persons.parquet")["record"].cast(pl.Int64) + 99
            )
        )(folder),
    ),
    Fault(
        "an interval ends at the oldest age",
        "een interval dat eindigt bij de oudste",
        "an interval that ends at the oldest",
        "labels_from_extremes",
        _extremes,
        quick=True,
    ),
    Fault(
        "an e-mail address of somebody else is left",
        "een e-mailadres dat niet uit een weggelaten kolom komt",
        "an e-mail address from no dropped column",
        "undeclared_identifiers",
        cell("remark", "vraag oma@thuis.example"),
        quick=True,
    ),
    Fault(
        "a BSN of somebody else is left",
        "een BSN dat niet uit een weggelaten kolom komt",
        "a BSN from no dropped column",
        "undeclared_identifiers",
        cell("remark", bsn(511_222_333)),
    ),
    Fault(
        "a telephone number of somebody else is left",
        "een telefoonnummer dat niet uit een weggelaten kolom komt",
        "a telephone number from no dropped column",
        "undeclared_identifiers",
        cell("remark", "bel 0113-245678"),
    ),
    Fault(
        "a fragment of one person's text is left",
        "een zinsdeel dat maar bij één persoon voorkomt",
        "a fragment that one person only has",
        "unique_fragments",
        cell("note", "zij viel van de trap bij gym"),
        quick=True,
    ),
    Fault(
        "a code of one person's text is left",
        "een code die maar bij één persoon voorkomt",
        "a code that one person only has",
        "unique_fragments",
        cell("note", "zie k77231"),
    ),
    Fault(
        "a row is of another person",
        "een rij van een ander",
        "a row of another person",
        "rows_of_others",
        remap(lambda persons: persons.with_columns(pl.col("person").shift(-1, fill_value="x"))),
    ),
    Fault(
        "a record stands twice",
        "een record twee keer",
        "a record stands twice",
        "rows_of_others",
        rows(lambda table: table["row"].append(table["row"].head(1))),
    ),
    Fault(
        "a label is of another branch",
        "een label van een andere tak",
        "a label of another branch",
        "cells_not_as_planned",
        own("age", lambda record: "20-24" if (record["age"] or "9") > "24" else "35-39"),
    ),
    Fault(
        "an unknown value passes through",
        "een onbekende waarde komt erdoor",
        "an unknown value passes through",
        "cells_not_as_planned",
        cell("town", "Atlantis"),
    ),
    Fault(
        "a measure is another's",
        "de meting van een ander",
        "the measure of another",
        "cells_not_as_planned",
        rewrite(lambda table: table.with_columns(pl.col("grade").shift(1, fill_value=5))),
    ),
    Fault(
        "a rounded number is not rounded",
        "een getal dat niet is afgerond",
        "a number that was not rounded",
        "cells_not_as_planned",
        own("hours", lambda record: str(float(record["hours"] or 0) + 1)),
    ),
    Fault(
        "a column is missing",
        "een kolom ontbreekt",
        "a column is missing",
        "lacks rows or columns of its plan",
        _dropped,
    ),
    Fault(
        "a column is of another type",
        "een kolom van een ander type",
        "a column of another type",
        "columns_not_as_planned",
        _other_type,
    ),
    Fault(
        "columns stand in another order",
        "kolommen in een andere volgorde",
        "columns in another order",
        "columns_not_as_planned",
        rewrite(lambda table: table.select(sorted(table.columns))),
    ),
    Fault(
        "a class is smaller than k",
        "een groep kleiner dan k",
        "a class smaller than k",
        "k",
        rows(_class_of_two),
    ),
    Fault(
        "a class is five rows of one learner",
        "vijf rijen van één leerling",
        "five rows of one learner",
        "k",
        rows(_one_of_a_class),
    ),
    Fault(
        "blanks are dropped in counting",
        "lege cellen niet meegeteld",
        "blanks are dropped in counting",
        "k",
        rows(_few_blank),
    ),
    Fault(
        "more rows are left out than allowed",
        "meer rijen weggelaten dan mag",
        "more rows left out than allowed",
        "suppression_limit",
        rows(lambda table: table.filter(pl.col("age") != "20-24")["row"]),
    ),
    Fault(
        "a person has too many rows",
        "te veel rijen van één persoon",
        "too many rows of one person",
        "rows_too_many",
        _twice,
        case="courses",
    ),
    Fault(
        "a person has two pseudonyms",
        "twee pseudoniemen voor één persoon",
        "two pseudonyms for one person",
        "cells_not_as_transformed",
        _torn,
        case="courses",
    ),
    Fault(
        "a name stands in the certificate",
        "een naam in het certificaat",
        "a name in the certificate",
        PUBLISHED,
        added("certificate.html", f"<p>{NAME}</p>"),
        "published",
        quick=True,
    ),
    Fault(
        "a name with a typing error stands in the certificate",
        "een naam met een tikfout in het certificaat",
        "a misspelt name in the certificate",
        PUBLISHED,
        added("certificate.html", "Zoë Westerhovne"),
        "published",
    ),
    Fault(
        "a name is escaped in the codebook",
        "een naam in JSON-tekens in het codeboek",
        "an escaped name in the codebook",
        PUBLISHED,
        added("datapackage.json", '"Zo\\u00eb Westerhoven"'),
        "published",
    ),
    Fault(
        "a number stands in the codebook",
        "een nummer in het codeboek",
        "a number in the codebook",
        PUBLISHED,
        added("datapackage.json", f'"example": {PERSONS[8]["number"]}'),
        "published",
    ),
    Fault(
        "an e-mail address stands in the verdict",
        "een e-mailadres in het verdict",
        "an e-mail address in the verdict",
        PUBLISHED,
        added("verdict.json", MAIL),
        "published",
    ),
    Fault(
        "base64 stands in the certificate",
        "base64 in het certificaat",
        "base64 in the certificate",
        PUBLISHED,
        added("certificate.html", f"<img src='data:;base64,{ENCODED}'>"),
        "published",
    ),
    Fault(
        "UTF-16 stands in the codebook",
        "UTF-16 in het codeboek",
        "UTF-16 in the codebook",
        PUBLISHED,
        added("datapackage.json", f" {NAME} ", "utf-16-le"),
        "published",
    ),
    Fault(
        "a file of the staging folder is left behind",
        "een bestand uit de werkmap bleef liggen",
        "a file of the staging folder is left behind",
        "published_files_not_as_planned",
        _left_behind,
        "published",
    ),
    Fault(
        "the data are not those that were proved",
        "niet de gegevens die bewezen zijn",
        "data other than those proved",
        "published_data_not_as_proved",
        _not_proved,
        "published",
    ),
    Fault(
        "a file tells when it was made",
        "een bestand dat zegt wanneer het is gemaakt",
        "a file that tells when it was made",
        "published_files_not_of_the_day",
        _as_of,
        "published",
    ),
]
