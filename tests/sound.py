"""Sound releases of many shapes, as data: the proof has to let every one of them through."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from igmap.anonymisation import Plan, PlannedColumn
from igmap.sources import Exports, open_exports
from tests.faults import SIGNED, bsn, courses, courses_plan, learners, learners_plan
from tests.release_cases import AGE, POSTCODE, quasi
from tests.text_faults import messages, messages_plan

Cells = Callable[[int], str | None]
TOWN = quasi("town", {"categorical": True})
MARK = PlannedColumn("mark", "measure", "keep", type="integer")
MAIL = PlannedColumn("mail", "direct", "drop")
NAME = PlannedColumn("name", "direct", "drop")
ROWS = [(n * 29 + 7) % 60 for n in range(60)]


@dataclass(frozen=True, slots=True)
class SoundRelease:
    """A release in which nothing is wrong.

    Args:
        name: reads as what is special about it.
        source: what it is made from.
        plan: how.
        quick: whether every run of the tests tries it.
    """

    name: str
    source: Callable[[], Exports]
    plan: Callable[[], Plan]
    quick: bool = False


def _one(name: str, columns: Sequence[PlannedColumn], cells: Mapping[str, Cells], **told: Any) -> SoundRelease:
    """A table of sixty records in no order."""
    settings = {"k": 3, "suppression_limit": 0.1, "search": "global", **told}

    def source() -> Exports:
        return open_exports({"t": pd.DataFrame({field: [cell(n) for n in ROWS] for field, cell in cells.items()})})

    return SoundRelease(name, source, lambda: Plan("sound", "t", tuple(columns), seed=7, signed=SIGNED, **settings))


def _mail(n: int) -> str:
    return f"leerling.{n * 37}@school.example"


def _town(n: int) -> str:
    return ["Goes", "Zeist", "Ede"][n % 3]


def _mark(n: int) -> str:
    return str(5 + n * 7 % 5)


def _text(field: str = "remark", **more: Any) -> PlannedColumn:
    return PlannedColumn(field, "measure", "keep", **more)


def _fitting(**more: Any) -> Callable[[], Plan]:
    return lambda: replace(learners_plan(), **more)


TABLE: Mapping[str, Cells] = {"mail": _mail, "town": _town, "mark": _mark}
HOSTILE = ["=1+1", '"<b>', "a;b", "x\ny", "*", "%41%42", "&amp;&#233;", "\\u00e9", "TWFuIGlzIGRpc3Q=", "' OR 1=1", " "]
GREETINGS = ["mark was er", "roos mee", "goed zo mark", "met de bus"]

SOUND: list[SoundRelease] = [
    SoundRelease("learners as they should be", learners, learners_plan, quick=True),
    SoundRelease("the same as CSV", learners, _fitting(file_format="csv")),
    SoundRelease("the same with local labels", learners, _fitting(search="local")),
    SoundRelease(
        "the same with sets, without the note of one who stays",
        learners,
        _fitting(search="sets", columns=learners_plan().columns[:-1]),
    ),
    SoundRelease("a draw of persons", learners, _fitting(sample=0.7, suppression_limit=0.3)),
    SoundRelease("two tables that are joined by pseudonyms", courses, courses_plan),
    _one("one column", [TOWN], {"town": _town}, suppression_limit=0),
    _one(
        "blanks",
        [MAIL, TOWN, MARK],
        {
            **TABLE,
            "town": lambda n: None if n % 4 == 1 else _town(n),
            "mark": lambda n: None if n % 7 == 2 else _mark(n),
        },
    ),
    _one("nothing was dropped", [TOWN, MARK], {"town": _town, "mark": _mark}),
    _one(
        "five rows of each person",
        [PlannedColumn("who", "key", "drop"), TOWN, MARK],
        {"who": lambda n: f"w{n // 5}", "town": lambda n: _town(n // 5), "mark": _mark},
        person_key="who",
    ),
    _one(
        "a town equal to a family name",
        [NAME, quasi("town", {"categorical": True}), MARK],
        {"name": lambda n: _town(n * 2), "town": _town, "mark": _mark},
    ),
    _one(
        "a town of three words that somebody is called after",
        [NAME, TOWN, MARK],
        {
            "name": lambda n: ["Bergen op Zoom", "Den Haag", "Alphen aan den Rijn"][n * 2 % 3],
            "town": lambda n: ["Bergen op Zoom", "Den Haag", "Alphen aan den Rijn"][n % 3],
            "mark": _mark,
        },
    ),
    _one(
        "mark 7 beside account 7",
        [PlannedColumn("account", "key", "drop"), TOWN, MARK],
        {"account": lambda n: str(n % 30), "town": _town, "mark": lambda n: str(n % 10)},
    ),
    _one(
        "language levels like the codes of classes",
        [PlannedColumn("code", "key", "drop"), quasi("level", {"categorical": True}), MARK],
        {"code": lambda n: ["B1", "A2", "C1"][n % 3], "level": lambda n: ["A2", "B1", "C1"][n * 2 % 3], "mark": _mark},
    ),
    _one("hostile texts", [MAIL, TOWN, _text()], {**TABLE, "remark": lambda n: HOSTILE[n * 7 % 11]}),
    _one(
        "letters of many scripts",
        [NAME, quasi("town", {"categorical": True}), _text()],
        {
            "name": lambda n: f"Иван Петро{'вгдк'[n % 4]}{n}",
            "town": lambda n: ["Αθήνα", "'s-Gravenhage", "Łódź"][n % 3],
            "remark": lambda n: ["très bien", "👍🏽", "مرحبا", "ısıtma"][n * 7 % 4],
        },
    ),
    _one(
        "common words that are first names too",
        [NAME, TOWN, _text()],
        {
            "name": lambda n: ["Mark Peters", "Roos Smit", "Iris Bos"][n % 3] + f"ma{'abcdefghij'[n // 6]}",
            "town": _town,
            "remark": lambda n: GREETINGS[n * 7 % 4],
        },
    ),
    _one(
        "moments beside telephone numbers",
        [PlannedColumn("phone", "direct", "drop"), TOWN, _text("moment")],
        {
            "phone": lambda n: f"+31 6 2024 {n * 97 + 1000}",
            "town": _town,
            "moment": lambda n: f"2024-03-{1 + n % 28:02} {n * 7 % 24:02}:{n * 13 % 60:02}:00",
        },
    ),
    _one(
        "order numbers of nine digits, of which some look like a BSN",
        [MAIL, TOWN, _text("order")],
        {**TABLE, "order": lambda n: bsn(400_000_000) if n % 20 == 3 else str(400_000_001 + n * 1009)},
    ),
    _one(
        "amounts beside account numbers",
        [PlannedColumn("account", "key", "drop"), TOWN, PlannedColumn("amount", "measure", "keep", type="number")],
        {
            "account": lambda n: f"8812{n * 91 + 1000}",
            "town": _town,
            "amount": lambda n: f"{n * n * 17 % 1013}.{n % 10}5",
        },
    ),
    _one(
        "postcodes beside addresses",
        [PlannedColumn("address", "direct", "drop"), quasi("postcode", POSTCODE), MARK],
        {
            "address": lambda n: f"Molenweg {n}, 3511 AB",
            "postcode": lambda n: f"35{11 + n % 2} A{'BC'[n // 2 % 2]}",
            "mark": _mark,
        },
    ),
    _one(
        "dates",
        [MAIL, quasi("born", {"date": ["month", "year"]}), MARK],
        {"mail": _mail, "born": lambda n: f"200{n % 4}-0{1 + n % 3}-11", "mark": _mark},
    ),
    _one(
        "ages that end at the oldest",
        [MAIL, quasi("age", AGE), MARK],
        {"mail": _mail, "age": lambda n: str(20 + n % 20), "mark": _mark},
    ),
    _one(
        "made up names and addresses",
        [
            TOWN,
            _text("name", transform=({"fake": "first_name"},)),
            _text("contact", transform=({"fake": "email"},), category="email"),
        ],
        {"town": _town, "name": lambda n: ["Jan", "Fatima", "Ada"][n * 7 % 3], "contact": _mail},
    ),
    _one("numbers with noise", [MAIL, TOWN, replace(MARK, type="number", transform=({"noise": 2},))], TABLE),
    SoundRelease("messages that somebody looked at", messages, messages_plan),
]
