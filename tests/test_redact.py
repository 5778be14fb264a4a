"""Redaction of texts: what stands in place of mentions, for whom, and that everything else stays."""

import json
import stat
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import igmap
from igmap.errors import RedactionError, SourceError
from igmap.inventory.detectors import DETECTORS
from igmap.redaction import Keeping, redaction
from igmap.redaction.generalising import coarser
from igmap.redaction.numbers_of_nobody import made_number
from igmap.redaction.persons import Person
from igmap.redaction.pool import words_of_pools
from igmap.redaction.reading import Passage
from igmap.redaction.records import thread_field
from igmap.redaction.redactor import Redactor
from igmap.redaction.surrogates import Name, Surrogates, written_as
from igmap.redaction.swaps import Swap, aligned, applied
from tests.examples import examples

CANARY = "Kanarievogel"


def redacted(
    *texts: str, way: str = "placeholder", thread: object = 1, secret: bytes = b"s", **said: object
) -> list[str]:
    redactor = Redactor(redaction(way, **said), Surrogates(secret))  # type: ignore[arg-type]
    redactor.surrogates.avoid(texts)
    passages = [Passage(thread if thread is not None else n, text) for n, text in enumerate(texts)]
    found = redactor.swaps(passages)
    return [applied(one.text, found[one]) for one in passages]


def detected(kind: str, text: str) -> bool:
    return any(one.places(pl.Series([text])).height for one in DETECTORS if one.category == kind)


def test_a_mention_becomes_a_placeholder_and_the_rest_stays() -> None:
    texts = {
        "Beste Fatima, bel 06-12345678.": "Beste [PERSON-1], bel [PHONE].",
        "Dear Fatima, mail f.idrissi@school.example!": "Dear [PERSON-1], mail [E-MAIL]!",
        "De vergadering begint om tien uur.": "De vergadering begint om tien uur.",
        "": "",
        "J\u200ban de Vries komt.": "[PERSON-1] komt.",
    }
    assert redacted(*texts, language="en", thread=None) == list(texts.values())


def test_within_a_thread_a_person_has_one_number_whatever_part_of_the_name_is_written() -> None:
    texts = ["Fatima El Idrissi belde.", "Beste Fatima,", "mw. El Idrissi en Jan de Vries", "J. de Vries mailde."]
    assert redacted(*texts) == [
        "[PERSOON-1] belde.",
        "Beste [PERSOON-1],",
        "mw. [PERSOON-1] en [PERSOON-2]",
        "[PERSOON-2] mailde.",
    ]


@pytest.mark.ci
def test_only_the_kinds_that_are_asked_for_are_replaced() -> None:
    text = "Beste Fatima, bel 06-12345678 of mail f@school.example."
    assert redacted(text, only=["email"]) == ["Beste Fatima, bel 06-12345678 of mail [E-MAIL]."]


@pytest.mark.parametrize(
    ("kind", "text", "now"),
    [
        ("date", "3 mei 2024", "2024"),
        ("date", "2024-05-03", "2024"),
        ("date", "May 3, 2024", "2024"),
        ("date", "3-5-98", "1998"),
        ("date", "3 mei", "mei"),
        ("birth_date", "geboren op 12-03-1998", "geboren op 1998"),
        ("birth_date", "12 maart 1998", "1998"),
        ("age", "42 jaar oud", "[40-44] jaar oud"),
        ("age", "leeftijd: 9", "leeftijd: [5-9]"),
        ("postcode", "5261 AB", "52xx"),
        ("place", "'s-Hertogenbosch", "Noord-Brabant"),
        ("place", "Den Haag", "Zuid-Holland"),
        ("place", "Nergenshuizen", None),
        ("address", "Dorpsstraat 12, 5261 AB Vught", "Noord-Brabant"),
        ("address", "Dorpsstraat 12, 5261 AB", "52xx"),
        ("address", "Dorpsstraat 12", None),
        ("name", "Fatima", None),
    ],
)
def test_made_coarser_a_mention_says_what_it_is_in_general(kind: str, text: str, now: str | None) -> None:
    assert coarser(kind, text, "nl") == now


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("Jan de Vries", "Emma Bakker"),
        ("Jan-Willem de Vries", "Emma Bakker"),
        ("Jan", "Emma"),
        ("J. de Vries", "E. Bakker"),
        ("Vries, Jan de", "Bakker, Emma"),
        ("De Vries", "Bakker"),
        ("Lisanne van Boven", "Emma Bakker"),
        ("dhr. De Vries", "Bakker"),
        ("JAN DE VRIES", "EMMA BAKKER"),
        ("jan de vries", "emma bakker"),
    ],
)
def test_a_surrogate_is_written_as_the_name_it_stands_for(text: str, now: str) -> None:
    assert written_as(text, Name("Emma", "Bakker"), ("jan", "vries")) == now


def test_a_surrogate_follows_from_the_secret_and_the_person_and_keeps_what_the_given_name_tells() -> None:
    men = [Person(f"k{n}", ("pieter", "prins")) for n in range(40)]
    one, other = Surrogates(b"one"), Surrogates(b"other")
    assert [one.named(person) for person in men] == [Surrogates(b"one").named(person) for person in men]
    assert [one.named(person) for person in men] != [other.named(person) for person in men]
    from igmap.redaction.pool import sex_of

    assert {sex_of(one.named(person).given.lower()) for person in men} <= {"male", ""}


def test_no_surrogate_is_a_name_that_occurs_in_the_source() -> None:
    source = sorted(words_of_pools())[::2]
    made = Surrogates(b"s")
    made.avoid([" ".join(source)])
    names = [made.named(Person(str(n), ("x",))) for n in range(200)]
    said = {word for name in names for word in f"{name.given} {name.family}".lower().split()}
    assert not said & set(source)
    made.avoid([" ".join(words_of_pools())])
    with pytest.raises(RedactionError, match="use the way placeholder"):
        made.named(Person("another", ("x",)))


@given(st.sampled_from(["phone", "bsn", "bank_account", "payment_card", "licence_plate", "postcode"]), st.integers(0))
@settings(max_examples=examples(300))
def test_no_number_that_is_made_up_can_be_somebodys(kind: str, drawn: int) -> None:
    made = made_number(kind, "", drawn)
    assert made
    assert not detected(kind, f"{made} ")


@given(st.integers(0))
def test_a_made_up_ip_address_is_one_for_documentation(drawn: int) -> None:
    from ipaddress import ip_address

    for text in ("81.2.69.142", "2a02:a210::1"):
        made = ip_address(made_number("ip_address", text, drawn) or "")
        assert made.is_private or not made.is_global


def test_a_made_up_number_keeps_the_notation() -> None:
    assert made_number("phone", "06 12 34 56 78", 1234567) == "06 01 23 45 67"
    assert made_number("phone", "+31 6 12345678", 1234567) == "+31 6 01234567"
    assert made_number("bsn", "1112.22.333", 22) == "9999.00.022"


@pytest.mark.ci
def test_surrogates_read_as_text_and_name_nobody_of_it() -> None:
    text = "Beste Fatima El Idrissi, mail naar f.idrissi@school.example of bel 06-12345678. Groet, Fatima"
    (now,) = redacted(text, way="surrogate")
    assert now.startswith("Beste ")
    assert now.endswith(now.removeprefix("Beste ").split()[0])
    assert not {"Fatima", "Idrissi", "12345678", "school.example"} & set(now.replace(",", "").split())
    assert "@example.nl" in now


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"way": "surogate"}, "unknown way 'surogate'; did you mean 'surrogate'"),
        ({"only": ["emial"]}, "unknown kind of mention 'emial'; did you mean 'email'"),
        ({"language": "de"}, "unknown language 'de'"),
        ({"way": ["date=generalize"]}, "did you mean 'generalise'"),
    ],
)
def test_what_cannot_be_asked_is_told_with_the_nearest(said: dict[str, object], told: str) -> None:
    with pytest.raises(RedactionError, match=told):
        redaction(**said)  # type: ignore[arg-type]


PIECES = st.sampled_from(
    ["Beste Fatima,", "Jan de Vries", "06-12345678", "a.b@school.example", "😀", "\n", " ", "<b>", "1234 AB", "de", "ß"]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=12).map(" ".join)


@pytest.mark.ci
@given(st.lists(TEXTS, min_size=20, max_size=40), st.sampled_from(["placeholder", "surrogate", "generalise"]))
@settings(max_examples=examples(60))
def test_the_alignment_tells_where_everything_stands_before_and_after(texts: list[str], way: str) -> None:
    found = Redactor(redaction(way), Surrogates(b"s")).swaps(Passage(1, text) for text in texts)
    for passage, swaps in found.items():
        text, now, old_end, new_end = passage.text, applied(passage.text, swaps), 0, 0
        for swap, place in zip(swaps, aligned(swaps), strict=True):
            assert now[place.new_start : place.new_end] == swap.new
            assert now[new_end : place.new_start] == text[old_end : place.start]
            old_end, new_end = place.end, place.new_end
        assert now[new_end:] == text[old_end:]


@pytest.mark.ci
@given(st.permutations(["Fatima El Idrissi", "Jan de Vries", "Beste Fatima,", "J. de Vries"]))
@settings(max_examples=examples(60))
def test_the_same_text_of_a_thread_becomes_the_same_in_any_order(texts: list[str]) -> None:
    numbers = dict(zip(texts, redacted(*texts), strict=True))
    assert numbers["Jan de Vries"] == numbers["J. de Vries"]
    assert numbers["Beste Fatima,"] == f"Beste {numbers['Fatima El Idrissi']},"


def test_an_alignment_moves_by_what_was_longer() -> None:
    swaps = [Swap(0, 3, "name", "[PERSOON-1]"), Swap(8, 11, "name", "X")]
    assert [one[:4] for one in aligned(swaps)] == [(0, 3, 0, 11), (8, 11, 16, 17)]


def test_a_plan_says_in_words_what_becomes_of_a_text() -> None:
    from igmap.anonymisation.transforming import words

    said = words([{"redact": {"way": {"date": "generalise", "age": "generalise", "name": "surrogate"}}}], "en")
    assert said.count("or something coarser") == said.count("or something made up") == 1
    assert "or something" not in words([{"redact": {}}], "en")


def test_texts_side_by_side_say_the_same_in_markdown() -> None:
    from igmap.report import Mark, Marked, Section, markdown

    block = Marked(("before", "after"), ((("Beste ", Mark("Jan", "person")), ("Beste ", Mark("[X]", "person"))),))
    told = markdown("t", [Section("a", "b", (block,))], lang="en")
    assert "| Beste Jan | Beste \\[X\\] |" in told


# files


def test_a_text_file_keeps_its_line_ends_and_the_input_is_not_touched(tmp_path: Path) -> None:
    source, out = tmp_path / "in.txt", tmp_path / "out.txt"
    source.write_bytes("Beste Zoë,\r\nDag\n".encode("cp1252"))
    before = source.read_bytes()
    made = igmap.redact(source, out)
    assert out.read_bytes() == b"Beste [PERSOON-1],\r\nDag\n"
    assert (source.read_bytes(), dict(made.counts), made.pseudonymised) == (before, {"name": 1}, False)
    assert json.loads((tmp_path / "out.txt.redaction.json").read_text())["pseudonymised"] is False
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.txt", "out.txt", "out.txt.redaction.json"]


def test_a_chat_that_begins_with_a_bracket_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("[09:12] Soraya: ik kom\n[09:13] Wout: ok\n", "utf-8")
    igmap.redact(tmp_path / "in.txt", tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_text("utf-8") == "[09:12] [PERSOON-1]: ik kom\n[09:13] [PERSOON-2]: ok\n"


def test_with_a_key_everything_has_a_number_and_can_be_turned_back(tmp_path: Path) -> None:
    source, out = tmp_path / "in.txt", tmp_path / "out.txt"
    text = "Beste Fatima, bel 06-12345678 of 06-87654321 en mail a@school.example. Fatima"
    source.write_text(text, "utf-8")
    made = igmap.redact(source, out, key=Path("key.json"))
    key = tmp_path / "private" / "key.json"
    now = out.read_text("utf-8")
    assert now == "Beste [PERSOON-1], bel [TELEFOON-1] of [TELEFOON-2] en mail [E-MAIL-1]. [PERSOON-1]"
    for placeholder, said in json.loads(key.read_text("utf-8"))["originals"].items():
        now = now.replace(placeholder, said[0])
    assert now == text
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert made.pseudonymised
    assert "gepseudonimiseerd" in made._repr_html_()
    with pytest.raises(RedactionError, match="never overwritten"):
        igmap.redact(source, tmp_path / "again.txt", key=Path("key.json"))
    assert not (tmp_path / "again.txt").exists()


@pytest.mark.ci
def test_a_seed_repeats_what_is_made_up_and_makes_it_a_pseudonym(tmp_path: Path) -> None:
    source = tmp_path / "in.txt"
    source.write_text("Beste Fatima,", "utf-8")
    made = [igmap.redact(source, tmp_path / f"{n}.txt", "surrogate", seed=seed) for n, seed in enumerate([5, 5, None])]
    assert (tmp_path / "0.txt").read_bytes() == (tmp_path / "1.txt").read_bytes()
    assert [one.pseudonymised for one in made] == [True, True, False]


@pytest.mark.ci
def test_a_result_shows_counts_and_its_texts_only_when_asked(tmp_path: Path) -> None:
    source = tmp_path / "in.txt"
    source.write_text(f"Beste Fatima, dit gaat over de {CANARY}. <script>", "utf-8")
    made = igmap.redact(source, tmp_path / "out.txt")
    assert CANARY not in made._repr_html_() + repr(made)
    shown = made.side_by_side()._repr_html_()
    assert shown.count(CANARY) == 2
    assert "<small>persoon</small> Fatima</mark>" in shown
    assert "<small>persoon</small> [PERSOON-1]</mark>" in shown
    assert "<script>" not in shown


@pytest.mark.ci
def test_what_is_refused_leaves_nothing_behind(tmp_path: Path) -> None:
    source = tmp_path / "in.txt"
    source.write_text("Beste Fatima,", "utf-8")

    def refuse(_: object) -> igmap.redaction.Redacted:
        raise RedactionError("left")

    with pytest.raises(RedactionError, match="left"):
        igmap.redact(source, tmp_path / "out.txt", accept=refuse, key=Path("key.json"))
    assert [path.name for path in tmp_path.iterdir()] == ["in.txt"]


@pytest.mark.ci
def test_a_table_is_redacted_in_the_chosen_fields_and_keeps_its_records(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    rows = "ticket;naam;opmerking\n1;Fatima Idrissi;bel Jan de Vries\n1;;J. de Vries belde\n2;Jan;Jan de Vries\n"
    source.write_text(rows, "utf-8")
    made = igmap.redact(source, out, keeping=Keeping(fields=("opmerking",), thread="ticket"))
    assert out.read_text("utf-8").splitlines() == [
        "ticket,naam,opmerking",
        "1,Fatima Idrissi,bel [PERSOON-1]",
        '1,"",[PERSOON-1] belde',
        "2,Jan,[PERSOON-1]",
    ]
    assert made.size == 3
    rows += "".join(f"{n};Ada Bos;gaat goed\n" for n in range(3, 40))
    source.write_text(rows, "utf-8")
    made = igmap.redact(source, out, keeping=Keeping(thread="ticket"))
    assert dict(made.fields) == {"ticket": "", "naam": "name", "opmerking": ""}
    assert out.read_text("utf-8").splitlines()[1] == "1,[PERSOON-1],bel [PERSOON-2]"
    with pytest.raises(RedactionError, match="has no field 'opmerkin'; did you mean 'opmerking'"):
        igmap.redact(source, tmp_path / "x.csv", keeping=Keeping(fields=("opmerkin",)))


def test_tables_are_csv_and_called_so_and_never_written_over_what_is_read(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("a,b\n1,x\n2,y\n", "utf-8")
    assert [path.name for path in igmap.redact(source, tmp_path / "out.xlsx").files] == ["out.csv"]
    with pytest.raises(RedactionError, match="is the file that is read"):
        igmap.redact(source, tmp_path / "in.xlsx")


def test_the_head_of_a_table_names_nobody_and_no_cell_of_it_is_computed(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("maand,Fatima Idrissi,=1+1,to\0taal,saldo\n1,7,=cmd(),-2+3,-12.5\n2,8,=2,\u20ac 3,+3\n", "utf-8")
    igmap.redact(source, out)
    assert out.read_text("utf-8").splitlines() == [
        "maand,‹name›,'=1+1,to\ufffdtaal,saldo",
        "1,7,'=cmd(),'-2+3,-12.5",
        "2,8,'=2,€ 3,+3",
    ]
    assert "Fatima" not in (tmp_path / "out.csv.redaction.json").read_text("utf-8")


def test_persons_of_a_table_are_looked_for_in_its_texts_whatever_the_script(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("voornaam,achternaam,opmerking\nمحمد,العمري,goed\nAda,Bos,محمد العمري wil niet\n", "utf-8")
    igmap.redact(source, out)
    assert out.read_text("utf-8").splitlines()[1:] == [
        "[PERSOON-1],[PERSOON-1],goed",
        "[PERSOON-1],[PERSOON-1],[PERSOON-2] wil niet",
    ]


@pytest.mark.ci
def test_a_page_keeps_its_markup_and_a_name_that_tags_run_through_is_one(tmp_path: Path) -> None:
    source, out = tmp_path / "in.html", tmp_path / "out.html"
    page = (
        '<!DOCTYPE html><p class="Fatima">Beste <b>Jan</b>&nbsp;de Vries &amp; co</p><script>Jan()</script>'
        '<!-- Jan --><a href="mailto:jan%40school.example">mail</a><br/>'
    )
    source.write_text(page, "utf-8")
    igmap.redact(source, out)
    assert out.read_text("utf-8") == (
        '<!DOCTYPE html><p class="Fatima">Beste <b>[PERSOON-1]</b> &amp; co</p><script></script>'
        '<a href="mailto:[E-MAIL]">mail</a><br/>'
    )


def test_a_file_that_is_not_there_or_is_its_own_result_is_told(tmp_path: Path) -> None:
    source = tmp_path / "in.txt"
    source.write_text("x", "utf-8")
    with pytest.raises(SourceError, match="no such file"):
        igmap.redact(tmp_path / "gone.txt", tmp_path / "out.txt")
    with pytest.raises(RedactionError, match="is the file that is read"):
        igmap.redact(source, source)
    assert source.read_text("utf-8") == "x"


FORUM = """topic_id;auteur;bericht
1;Fatima El Khatib;Hallo, ik zoek de opdracht van Margriet Wiersma.
1;Jan de Vries;Hoi Fatima, vraag het Margriet of bel 06-12345678.
1;Margriet Wiersma;@Fatima: zie bijlage. Groet, Margriet
2;Piet Jansen;Weet iemand of Jan de Vries er is?
2;Jan de Vries;Ja Piet, ik ben er. Jan
"""


def test_a_field_of_threads_is_seen_and_each_person_has_one_number_within_one(tmp_path: Path) -> None:
    source, out = tmp_path / "forum.csv", tmp_path / "out.csv"
    source.write_text(FORUM, "utf-8")
    made = igmap.redact(source, out)
    assert made.threads == ("topic_id",)
    assert out.read_text("utf-8").splitlines()[1:] == [
        '1,[PERSOON-1],"Hallo, ik zoek de opdracht van [PERSOON-3]."',
        '1,[PERSOON-2],"Hoi [PERSOON-1], vraag het [PERSOON-3] of bel [TELEFOON]."',
        '1,[PERSOON-3],"[PERSOON-1]: zie bijlage. Groet, [PERSOON-3]"',
        "2,[PERSOON-1],Weet iemand of [PERSOON-2] er is?",
        '2,[PERSOON-2],"Ja [PERSOON-1], ik ben er. [PERSOON-2]"',
    ]
    assert "topic_id" in made.tables("en")[-1].rows[0][0]


def test_without_such_a_field_the_cells_of_a_record_are_one_thread_or_all_are_when_asked(tmp_path: Path) -> None:
    source, out = tmp_path / "forum.csv", tmp_path / "out.csv"
    source.write_text(FORUM.replace("topic_id", "nr"), "utf-8")
    assert igmap.redact(source, out).threads == ("",)
    assert out.read_text("utf-8").splitlines()[2:4] == [
        '1,[PERSOON-1],"Hoi [PERSOON-2], vraag het [PERSOON-3] of bel [TELEFOON]."',
        '1,[PERSOON-1],"[PERSOON-2]: zie bijlage. Groet, [PERSOON-1]"',
    ]
    assert igmap.redact(source, out, keeping=Keeping(thread="*")).plain()["threads"] == ["*"]
    assert out.read_text("utf-8").splitlines()[5] == '2,[PERSOON-2],"Ja [PERSOON-4], ik ben er. [PERSOON-2]"'


@pytest.mark.parametrize(
    ("names", "said", "told"),
    [
        (("id", "ticketnummer"), ["7", "7", "8"], "ticketnummer"),
        (("id", "conversationId"), ["7", "7", "8"], "conversationId"),
        (("id", "case_manager"), ["7", "7", "8"], ""),  # a person
        (("id", "thread"), ["7", "8", "9"], ""),  # nothing comes back
    ],
)
def test_a_field_of_threads_is_called_so_and_its_values_come_back(
    names: tuple[str, str], said: list[str], told: str
) -> None:
    assert thread_field(names, pl.DataFrame({"a": ["1", "2", "3"], "b": said})) == told


def test_fields_with_parts_of_a_name_and_its_address_are_one_person(tmp_path: Path) -> None:
    source, out = tmp_path / "leden.csv", tmp_path / "out.csv"
    persons = [("Ada", "de", "Vries"), ("Noor", "van", "Vliet"), ("Bram", "de", "Bakker")]
    row = "{0},{1},{2},{3}@x.nl,{0} {1} {2} belde; mail {3[0]}.{4}@y.nl of @{3}{1}{4}\n"
    rows = "".join(row.format(*person, person[0].lower(), person[2].lower()) for person in persons)
    source.write_text("voornaam,tussenvoegsel,achternaam,email,opmerking\n" + rows, "utf-8")
    igmap.redact(source, out)
    assert (
        out.read_text("utf-8")
        .splitlines()[1]
        .startswith("[PERSOON-1],[PERSOON-1],[PERSOON-1],[E-MAIL],[PERSOON-1] belde")
    )
    igmap.redact(source, out, "surrogate", seed=4)
    for line in out.read_text("utf-8").splitlines()[1:]:
        given, led, family, mail, remark = line.split(",")
        local = mail.partition("@")[0]
        assert led == '""'
        assert remark == f"{given} {family} belde; mail {local}@example.nl of @{local.replace('.', '')}"


def test_names_side_by_side_are_one_and_a_particle_alone_is_none() -> None:
    texts = [
        "Ik zoek Noor Yilmaz en de opdracht van Smit.",
        "De Emma die ik ken, belt. Emma de Wit dus.",
        "Wij spraken gisteren uitgebreid in het lokaal over Sanne\nBakker en haar moeder.",
    ]
    assert redacted(*texts, thread=None) == [
        "Ik zoek [PERSOON-1] en de opdracht van [PERSOON-2].",
        "De [PERSOON-1] die ik ken, belt. [PERSOON-1] dus.",
        "Wij spraken gisteren uitgebreid in het lokaal over [PERSOON-1] en haar moeder.",
    ]


def test_an_address_begins_behind_the_words_that_lead_to_it_and_ends_before_the_point() -> None:
    text = "Sanne Bakker woont op Dorpsstraat 12, 5261 AB Vught. Zij belt."
    assert redacted(text) == ["[PERSOON-1] woont op [ADRES]. Zij belt."]
    assert redacted(text, way="generalise") == ["[PERSOON-1] woont op Noord-Brabant. Zij belt."]


def test_a_name_is_the_same_person_behind_hidden_signs() -> None:
    assert redacted("Beste Ren\u00e9e, hoi Ren\u200be\u0301e!") == ["Beste [PERSOON-1], hoi [PERSOON-1]!"]


def test_a_short_text_with_signs_of_no_width_is_a_text(tmp_path: Path) -> None:
    source, out = tmp_path / "in.txt", tmp_path / "out.txt"
    source.write_text("J\u200ba\u200bn d\u200be V\u200br\u200bi\u200be\u200bs \u202ekomt\u202c", "utf-8")
    igmap.redact(source, out)
    assert out.read_text("utf-8").startswith("[PERSOON-1] ")


def test_a_date_of_birth_goes_the_way_of_dates_unless_it_has_its_own() -> None:
    assert redaction(["date=generalise"]).way_of("birth_date") == "generalise"
    assert redaction(["date=generalise", "birth_date=placeholder"]).way_of("birth_date") == "placeholder"
