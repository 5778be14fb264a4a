"""relate: keys, kinships, persons, measures and subjects, on literal tables and against brute force."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from igmap.engine import DuckDBEngine, Numbers, Valued, hashes, relating
from igmap.engine.protocol import Tuples
from igmap.flows.pictures import kinship_graph, svg
from igmap.inventory import discover
from igmap.inventory.kinships import Overlap, Relations, kin_of_known, overlaps, relate
from igmap.inventory.kinships.chance import chance
from igmap.inventory.kinships.kinds import names_agree
from igmap.inventory.kinships.told import tables as told_tables
from igmap.report import text
from igmap.sources import Column, open_exports
from igmap.stages import read_stage, to_plain, write_stage
from igmap.vocabulary import load_yaml
from tests.examples import examples

Cells = list[str | None]
CELLS = st.lists(st.lists(st.sampled_from(["a", "b", "A", " a", "é", None]), min_size=3, max_size=3), max_size=30)
WRITINGS = st.sampled_from(["a", "B", "b ", "007", "7", "7.0", None])
MAILS = [f"persoon{i}@voorbeeld.nl" for i in range(40)]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[DuckDBEngine]:
    made = DuckDBEngine(tmp_path / "staging")
    yield made
    made.close()


def related(**tables: Mapping[str, Sequence[Any]]) -> Relations:
    frames = {
        name: pd.DataFrame({k: pd.Series(list(v), dtype="str") for k, v in t.items()}) for name, t in tables.items()
    }
    with open_exports(frames) as exports:
        return relate(exports, discover(exports))


def loaded(engine: DuckDBEngine, name: str, columns: Mapping[str, Sequence[str | None]]) -> None:
    engine.load(name, pa.table({k: pa.array(v, pa.string()) for k, v in columns.items()}).to_reader())


def brute_tuples(rows: list[tuple[str | None, ...]]) -> Tuples:
    times = {row: rows.count(row) for row in rows}
    same = sum(one == other for one, other in combinations(rows, 2))
    blank, alone = sum(None in row for row in rows), sum(count == 1 for count in times.values())
    return Tuples(len(rows), len(times), blank, alone, same)


@pytest.mark.parametrize("small", [0, 20_000])
@settings(max_examples=examples(40))
@given(rows=CELLS)
def test_tuples_are_what_brute_force_counts_in_the_engine_and_in_memory(small: int, rows: list[Cells]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(relating, "MOST_HASHED", small)
        engine = DuckDBEngine(Path(folder))
        loaded(engine, "t", {f"c{i + 1}": [row[i] for row in rows] for i in range(3)})
        asked = [one for size in (1, 2, 3) for one in combinations(range(3), size)]
        found = engine.tuples("t", [[f"c{i + 1}" for i in one] for one in asked])
        first = engine.tuples("t", [["c1", "c2"]], first=5)
        engine.close()
    assert found == [brute_tuples([tuple(row[i] for i in one) for row in rows]) for one in asked]
    assert first == [brute_tuples([(row[0], row[1]) for row in rows[:5]])]


@settings(max_examples=examples(40))
@given(
    columns=st.lists(
        st.lists(st.sampled_from(["a", "B", "b ", "007", "7", "7.0", None]), max_size=12), min_size=2, max_size=5
    )
)
def test_shared_values_are_what_sets_say(columns: list[Cells]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        engine = DuckDBEngine(Path(folder))
        for i, cells in enumerate(columns):
            loaded(engine, f"t{i}", {"c1": cells})
        shared = engine.shared([Valued(f"t{i}", "c1", "login", bool(i % 2)) for i in range(len(columns))])
        engine.close()
    plain = {"a": "a", "B": "b", "b ": "b", "007": "7", "7": "7", "7.0": "7"}
    sets = [{plain[cell] for cell in cells if cell} for cells in columns]
    assert shared.pairs().tolist() == [[len(one & other) for other in sets] for one in sets]
    assert shared.together(range(len(sets))) == len(set().union(*sets))
    assert [numbers.held for numbers in shared.numbers] == [len(one & {"7"}) for one in sets]


@pytest.mark.parametrize("size", [1, 50_000])
def test_shared_values_are_the_same_in_one_range_of_hashes_or_in_many(
    size: int, engine: DuckDBEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashes, "AT_ONCE", size)
    monkeypatch.setattr(hashes, "IN_MEMORY", size)
    for i in range(70):
        loaded(engine, f"t{i}", {"c1": [f"w{j}" for j in range(i, 3 * i)]})
    shared = engine.shared([Valued(f"t{i}", "c1", "login") for i in range(70)])
    sets = [set(range(i, 3 * i)) for i in range(70)]
    assert shared.pairs().tolist() == [[len(one & other) for other in sets] for one in sets]
    assert shared.together(range(70)) == len(set().union(*sets))


def test_a_hundred_and_thirty_columns_are_compared_in_one_go(engine: DuckDBEngine) -> None:
    for i in range(130):
        loaded(engine, f"t{i}", {"c1": ["x", f"y{i // 2}"]})
    pairs = engine.shared([Valued(f"t{i}", "c1", "login") for i in range(130)]).pairs()
    assert pairs[0, :4].tolist() == [2, 2, 1, 1]
    assert pairs[129, 126:].tolist() == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("form", "cells"),
    [
        ("login", ["Jan@Voorbeeld.NL", " jan@voorbeeld.nl", "mailto:jan@voorbeeld.nl", "Jan <JAN@voorbeeld.nl>"]),
        ("login", ["0042", "42", "42.0"]),
        (
            "phone",
            ["06-12345678", "+31 6 12345678", "+31 (0)6 12 34 56 78", "0031612345678", "612345678", "31612345678"],
        ),
        ("name", ["Jan de Vries", "Vries, Jan de", "JAN  DE VRIES", "Jän de Vries"]),
        ("code", ["NL91 ABNA 0417 1643 00", "nl91abna0417164300"]),
    ],
)
def test_the_same_in_other_writing_is_the_same(engine: DuckDBEngine, form: str, cells: Cells) -> None:
    loaded(engine, "t", {"c1": cells})
    assert engine.shared([Valued("t", "c1", form)]).pairs().tolist() == [[1]]


def test_other_people_stay_apart(engine: DuckDBEngine) -> None:
    loaded(engine, "t", {"c1": ["+49 6 12345678", "06-12345678", "jan@a.nl", "jan@b.nl", "42", "420", "1.10", "1.1"]})
    assert engine.shared([Valued("t", "c1", "login")]).pairs().tolist() == [[8]]
    assert engine.shared([Valued("t", "c1", "phone")]).pairs()[0, 0] == 6


def test_keys_are_fields_and_pairs_without_blanks_in_which_no_two_records_are_the_same() -> None:
    found = related(t={
        "nummer": ["1", "2", "3", "4", "5", "6"],
        "code": ["a", "b", "c", "d", "e", None],
        "rij": ["1", "1", "2", "2", "3", "3"],
        "plek": ["1", "2", "1", "2", "1", "2"],
        "soort": ["x", "x", "x", "y", "y", "y"],
    })  # fmt: skip
    (dataset,) = found.datasets
    assert [(key.fields, key.distinct, key.rows) for key in dataset.keys] == [
        (("nummer",), 6, 6),
        (("rij", "plek"), 6, 6),
    ]


@settings(max_examples=examples(25))
@given(rows=st.lists(st.tuples(*[st.sampled_from(["p", "q", "r", "s", None])] * 3), min_size=2, max_size=8))
def test_keys_are_those_of_brute_force(rows: list[tuple[str | None, ...]]) -> None:
    found = related(t={name: [row[i] for row in rows] for i, name in enumerate("xyz")}).datasets[0].keys
    unique = [
        {name for name, *_ in one}
        for size in (1, 2)
        for one in combinations([("x", 0), ("y", 1), ("z", 2)], size)
        if all(row[i] for row in rows for _, i in one)
        and len({tuple(row[i] for _, i in one) for row in rows}) == len(rows)
    ]
    minimal = [one for one in unique if not any(other < one for other in unique)]
    assert [set(key.fields) for key in found] == minimal


def test_distinction_and_separation_are_those_worked_out_by_hand() -> None:
    found = related(t={"plaats": ["Vught", "Vught", "Breda", None], "geslacht": ["m", "v", "m", "m"]}).datasets[0]
    assert {m.fields: (m.distinction, m.separation, m.alone) for m in found.measures} == {
        ("plaats",): (0.75, round(5 / 6, 6), 0.5),
        ("geslacht",): (0.5, 0.5, 0.25),
        ("plaats", "geslacht"): (1.0, 1.0, 1.0),
    }
    assert not any(measure.proposed for measure in found.measures)


def test_what_tells_nearly_everybody_apart_is_proposed_and_what_many_share_is_not() -> None:
    chance_of = Random(1)
    rows = range(400)
    found = related(t={
        "e-mail": [f"p{i}@voorbeeld.nl" for i in rows],
        "kenmerk a": [f"k{chance_of.randrange(100)}x" for _ in rows],
        "kenmerk b": [f"m{chance_of.randrange(50)}x" for _ in rows],
        "kleur": [chance_of.choice(["rood", "groen"]) for _ in rows],
    }).datasets[0]  # fmt: skip
    proposed = [m.fields for m in found.measures if m.proposed]
    assert ("kleur",) not in proposed
    assert any({"kenmerk a", "kenmerk b"} >= set(fields) for fields in proposed)


def test_where_a_person_has_many_records_nothing_is_proposed() -> None:
    found = related(t={"e-mail": MAILS * 10, "seconden": [str(i * 7 % 199) for i in range(400)]}).datasets[0]
    assert found.person is not None
    assert found.person.persons == 40
    assert not any(measure.proposed for measure in found.measures)


def test_addresses_in_two_tables_are_kin_with_shares_in_both_directions() -> None:
    found = related(
        crm={"E-mailadres": MAILS}, log={"gebruiker": [mail.upper() for mail in MAILS[:10]] * 5 + ["a@b.example"] * 2}
    )
    (kin,) = found.kinships
    assert (kin.kind, kin.shared, kin.first_distinct, kin.second_distinct) == ("email", 10, 40, 11)
    assert (kin.first_share, kin.second_share, kin.ground) == (0.25, round(10 / 11, 6), "values")
    assert [(len(group.fields), group.distinct) for group in found.persons] == [(2, 41)]


def counters(first: str, second: str) -> Relations:
    return related(
        a={first: [str(i) for i in range(1, 301)], "e-mail": [f"a{i}@voorbeeld.nl" for i in range(300)]},
        b={second: [str(i) for i in range(1, 201)], "e-mail": [f"b{i}@voorbeeld.nl" for i in range(200)]},
    )


def test_two_counters_from_one_share_no_more_than_chance() -> None:
    found = counters("klantnummer", "medewerkernummer")
    assert [(kin.shared, kin.by_chance, kin.ground) for kin in found.kinships] == [(200, 200.0, "chance")]
    assert found.persons == ()


def test_two_counters_of_one_name_are_kin_by_their_name_only() -> None:
    (kin,) = counters("klantnummer", "klantnr").kinships
    assert (kin.shared, kin.ground) == (200, "header")


def test_sparse_numbers_that_come_back_are_no_chance() -> None:
    numbers = [str(100_000_000 + 7_654_321 * i % 800_000_000) for i in range(300)]
    found = related(a={"studentnummer": numbers}, b={"relatienummer": numbers[:200] * 2})
    (kin,) = found.kinships
    assert (kin.shared, kin.ground) == (200, "values")
    assert kin.by_chance < 0.01


def test_gaps_that_come_back_are_no_chance() -> None:
    """Customers 1 to 1,000 of which every tenth is gone: orders never name one that is gone."""
    left = [str(i) for i in range(1, 1001) if i % 10]
    found = related(a={"klantnummer": left}, b={"relatienummer": left[:700] * 2})
    assert [(kin.shared, kin.ground) for kin in found.kinships] == [(700, "values")]


def test_numbers_drawn_at_will_are_taken_for_kin_once_in_a_thousand_times() -> None:
    taken = 0
    for seed in range(1_500):
        drawn, sets = Random(seed), []
        for _ in range(2):
            low, size = drawn.randrange(1, 1000), drawn.randrange(1000, 5000)
            sets.append(set(drawn.sample(range(low, low + size), drawn.randrange(100, 900))))
        first, second = ((len(one), Numbers(len(one), min(one), max(one), 4.0)) for one in sets)
        taken += not chance("account_id", first, second).explains(len(sets[0] & sets[1]))
    assert taken <= 2


def test_given_names_are_no_kin_and_full_names_are() -> None:
    given_names = ["Jan", "Fatima", "Piet", "Ahmed", "Sanne", "Wei"] * 3
    full = ["Jan de Vries", "Fatima el Amrani", "Piet Bakker", "Ahmed Yilmaz", "Sanne Jansen", "Wei Zhang"] * 3
    found = related(a={"voornaam": given_names, "naam": full}, b={"voornaam": given_names, "deelnemer": full})
    assert [(kin.first.field, kin.second.field, kin.shared) for kin in found.kinships] == [("naam", "deelnemer", 6)]


def test_the_person_column_is_who_and_not_the_number_of_the_record() -> None:
    found = related(
        bestellingen={
            "bestelnummer": [f"B{i:05}" for i in range(120)],
            "boeking_id": [str(5000 + i) for i in range(120)],
            "e-mail": [MAILS[i % 40] for i in range(120)],
        },
        klanten={"naam": [f"Jan Bakker{'abcdefghij'[i % 10]}" for i in range(40)], "e-mail": MAILS},
    )
    assert [(table, person.field, person.persons) for table, _, person in found.person_columns()] == [
        ("bestellingen", "e-mail", 40),
        ("klanten", "e-mail", 40),
    ]
    first = found.datasets[0].person
    assert first is not None
    assert dict(first.reasons[0]) == {"code": "kind", "category": "email", "distinct": 40, "rows": 120}
    assert {"code": "links", "datasets": 1} in [dict(reason) for reason in first.reasons]


def test_a_table_without_persons_has_no_person_column_and_no_subject() -> None:
    (dataset,) = related(cursussen={"cursuscode": ["BHV", "AVG", "VCA"], "prijs": ["10,00", "20,00", "30,00"]}).datasets
    assert dataset.person is None
    assert dataset.subjects == ()


@pytest.mark.parametrize(
    ("source", "header", "kind"),
    [
        ("cursisten_2012.csv", "e-mail", "learner"),
        ("hr/docenten.csv", "e-mail", "trainer"),
        ("klanten_2026.csv", "e-mail", "customer_contact"),
        ("export.csv", "medewerker e-mail", "employee"),
        ("sollicitanten.csv", "e-mail", "applicant"),
        ("Survey results.csv", "email", "respondent"),
        ("tbl_7.csv", "e-mail", ""),
    ],
)
def test_whose_data_it_is_follows_from_names_and_is_not_guessed(source: str, header: str, kind: str) -> None:
    subjects = related(**{source: {header: MAILS}}).datasets[0].subjects
    assert (subjects[0].kind if subjects else "") == kind
    assert all(0 < subject.confidence < 1 and subject.reasons for subject in subjects)


def test_every_subject_and_reason_is_told_in_both_languages() -> None:
    found = related(klanten={"klantnr": MAILS, "e-mail": MAILS}, b={"e-mail": MAILS})
    for lang in ("nl", "en"):
        assert all(text(f"kin.subject_{kind}", lang) for kind in load_yaml("igmap.inventory.kinships", "subjects.yaml"))
        assert len(list(told_tables(found, lang))) == 2
    assert "Persoonskolom" in found._repr_html_()


def told_by(figure: Figure) -> Iterator[str]:
    return ET.fromstring(svg(figure)).itertext()  # noqa: S314 - written by igmap itself


def test_the_picture_has_a_box_per_dataset_that_hangs_together_a_line_to_what_they_share_and_no_value() -> None:
    found = related(
        klanten={"e-mail": MAILS}, bestellingen={"mail": MAILS[:20] * 2}, cursussen={"code": ["BHV-1", "AVG-2"]}
    )
    figure = kinship_graph(found, "nl")
    drawn = "".join(told_by(figure))
    assert [line.get_linewidth() for line in figure.axes[0].lines] == [9.0, 4.5]
    assert all(name in drawn for name in ("klanten", "bestellingen", "40 personen", "20 personen"))
    assert "40 verschillende, in 2 datasets" in drawn
    assert "cursussen" not in drawn
    assert not any(value in svg(figure) for value in (*MAILS, "voorbeeld", "BHV-1"))


def test_a_picture_of_what_hangs_together_with_nothing_says_so() -> None:
    figure = kinship_graph(related(a={"e-mail": MAILS[:20]}, b={"e-mail": MAILS[20:]}), "en")
    assert "No two datasets share persons or keys." in "".join(told_by(figure))
    assert not figure.axes[0].lines


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ((["user_id", "a"], False), (["userId", "b"], False), True),
        ((["id", "a"], True), (["id", "b"], True), False),
        ((["klantnummer", "orders"], False), (["klant_id", "klanten"], True), True),
        ((["userid", "a"], False), (["user_id", "b"], True), True),
        ((["klantnummer", "orders"], False), (["nummer", "klanten.csv"], True), True),
        ((["klantnummer", "orders"], False), (["nummer", "klanten.csv"], False), False),
        ((["cursus_id", "boekingen"], False), (["deelnemer_id", "deelnemers"], True), False),
    ],
)
def test_names_agree_when_they_name_the_same_thing(
    first: tuple[list[str], bool], second: tuple[list[str], bool], *, agree: bool
) -> None:
    assert names_agree(first, second) is agree
    assert names_agree(second, first) is agree


def test_an_unknown_column_is_known_by_the_known_one_whose_values_it_has(engine: DuckDBEngine) -> None:
    logins = [f"u{i * 7919 % 100_003}x" for i in range(500)]
    loaded(engine, "t1", {"c1": [*logins], "c2": [f"Opmerking {i} over iets" for i in range(500)]})
    loaded(engine, "t2", {"c1": [*logins[:300]] * 4, "c2": [str(i % 100) for i in range(1200)]})
    asked = [
        (0, Column("login", "t1", "c1"), "username"),
        (1, Column("tekst", "t1", "c2"), None),
        (2, Column("x", "t2", "c1"), None),
        (3, Column("cijfer", "t2", "c2"), None),
    ]
    found = overlaps(engine, asked)
    (kin,) = kin_of_known(found, asked)
    assert (kin.position, kin.known, kin.category, kin.share, kin.ground) == (2, 0, "username", 1.0, "values")
    assert kin.by_chance < 0.01
    assert found.pairs == (Overlap(0, 2, "username", 300, 500, 300, found.pairs[0].by_chance, "values"),)


def test_small_numbers_are_not_known_by_a_counter(engine: DuckDBEngine) -> None:
    loaded(engine, "t1", {"c1": [str(i) for i in range(1, 2001)]})
    loaded(
        engine, "t2", {"c1": [str(10 * (i % 11)) for i in range(500)], "c2": [str(i * 5) for i in range(1, 501)][:500]}
    )
    asked = [
        (0, Column("gebruiker_id", "t1", "c1"), "account_id"),
        (1, Column("score", "t2", "c1"), None),
        (2, Column("bedrag", "t2", "c2"), None),
    ]
    assert kin_of_known(overlaps(engine, asked), asked) == ()


@pytest.mark.ci
def test_three_hundred_columns_take_seconds() -> None:
    drawn = Random(1)
    sizes = [10**6] * 250 + [100] * 50
    table = {f"kolom{i}": [str(drawn.randrange(size)) for _ in range(1000)] for i, size in enumerate(sizes)}
    with open_exports({"t": pd.DataFrame(table)}) as exports:
        inventory = discover(exports)
        began = time.process_time()
        found = relate(exports, inventory)
    assert time.process_time() - began < 15
    assert found.left_out == 100
    assert found.datasets[0].not_measured > 0


def test_no_value_of_any_cell_is_in_the_written_relations_and_they_read_back_equal(tmp_path: Path) -> None:
    canaries = [f"canary{i}@secret.example" for i in range(30)]
    numbers = [str(918_273_000 + i * i) for i in range(30)]
    found = related(
        a={"e-mail": canaries, "klantnummer": numbers, "naam": ["Canaria Canarson"] * 30},
        b={"mail van": canaries, "klantnummer": numbers, "fatima.el.amrani@school.example": ["1"] * 30},
    )
    path = write_stage(tmp_path / "relations.json", found)
    written = path.read_text("utf-8")
    assert "canar" not in written.lower()
    assert "91827" not in written
    assert "amrani" not in written
    assert json.loads(written)["schema"] == "igmap.relations/1"
    assert read_stage(path, Relations) == found
    assert len(found.kinships) >= 2


def test_the_same_exports_give_the_same_relations_in_any_order_of_records() -> None:
    rows = list(range(40))
    turned = rows[::-1]
    one, other = (
        related(a={"e-mail": [MAILS[i] for i in order], "x": [str(i % 7) for i in order]}, b={"mail": MAILS[:20]})
        for order in (rows, turned)
    )
    assert to_plain(one) == to_plain(other)


@pytest.mark.parametrize(
    "columns",
    [
        {"leeg": [None, None]},
        {"een": ["x"]},
        {"e-mail": [None] * 5, "id": ["1"] * 5},
        {"a\x00b": ["a\x00b", "c"], "<script>": ["🙂", "שלום"]},
        {"x": ["a" * 100_000, "b"]},
        {"e-mail": []},
    ],
)
def test_no_table_is_too_odd_to_be_related(columns: dict[str, Cells]) -> None:
    assert len(related(t=columns, u=columns).datasets) == 2
