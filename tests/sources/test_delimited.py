"""CSV and its relatives: what is in the file is in the table or in quarantine."""

from pathlib import Path

import pytest

from igmap.engine import duckdb as engine
from igmap.errors import EngineError
from igmap.sources import Problem
from igmap.sources.text import delimited
from tests.export_cases import account, opened, raw, read_one, rows

TABLE = "naam,plaats,leeftijd\nJan,Utrecht,31\nZoë,Zwolle,\n"
CELLS = [("Jan", "Utrecht", "31"), ("Zoë", "Zwolle", None)]
NAMES = ["naam", "plaats", "leeftijd"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "~", "\x01"])
def test_each_delimiter_is_found_out(tmp_path: Path, delimiter: str) -> None:
    names, cells, dataset = read_one(tmp_path, "people_csv", TABLE.replace(",", delimiter))
    assert (names, cells, dataset.problems) == (NAMES, CELLS, ())


def test_colons_part_fields_where_many_lines_agree(tmp_path: Path) -> None:
    content = "".join(f"gebruiker{i}:x:{i}:{i}:/home/g{i}:/bin/sh\n" for i in range(1000, 1012))
    _, cells, dataset = read_one(tmp_path, "passwd_txt", content)
    assert (len(cells), cells[0]) == (12, ("gebruiker1000", "x", "1000", "1000", "/home/g1000", "/bin/sh"))
    assert dataset.read_as.startswith("utf-8, colon delimiter")


@pytest.mark.parametrize(
    "line",
    ["Jan om 12:30:15 uur", "aa:bb:cc:dd:ee:ff", "naam: Jan: Ede", "http://x.nl:80/a", "fe80:0:0:1:2:3:4:5", "~5"],
)
def test_colons_and_tildes_of_hours_addresses_and_words_part_nothing(tmp_path: Path, line: str) -> None:
    assert len(read_one(tmp_path, "lines_txt", f"{line}\n" * 12)[0]) == 1


@pytest.mark.parametrize("escaped", ['zei \\"ja, hoor\\" en ging', 'een \\"x\\" en \\\\ ook', 'a \\"b\nc\\" d'])
def test_quotes_behind_a_backslash_belong_to_the_cell(tmp_path: Path, escaped: str) -> None:
    content = f'"naam","opmerking"\n"Jan","{escaped}"\n"Piet","kort"\n'
    _, cells, dataset = read_one(tmp_path, "remarks_csv", content)
    assert cells == [("Jan", escaped.replace('\\"', '"').replace("\\\\", "\\")), ("Piet", "kort")]
    assert account(dataset) == (2, 2, 0)


def test_the_backslashes_of_paths_are_letters(tmp_path: Path) -> None:
    content = '"map","naam"\n"C:\\temp\\","Jan"\n"D:\\x\\","Piet"\n'
    assert read_one(tmp_path, "paths_csv", content)[1] == [("C:\\temp\\", "Jan"), ("D:\\x\\", "Piet")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be-sig", "utf-32", "cp1252"]
)
def test_each_encoding_is_found_out(tmp_path: Path, encoding: str) -> None:
    content = "\ufeff".encode("utf-16-be") + TABLE.encode("utf-16-be") if encoding.endswith("be-sig") else b""
    names, cells, _ = read_one(tmp_path, "people_csv", content or TABLE.encode(encoding))
    assert (names, cells) == (NAMES, CELLS)


def test_a_euro_sign_of_windows_is_a_euro_sign(tmp_path: Path) -> None:
    _, cells, dataset = read_one(tmp_path, "paid_csv", b"naam;bedrag\nJan;\x80 12,50\n")
    assert cells == [("Jan", "€ 12,50")]
    assert dataset.read_as.startswith("cp1252")


def test_a_record_with_foreign_bytes_in_a_utf8_file_is_quarantined_as_windows_text(tmp_path: Path) -> None:
    content = "naam,plaats\nZoë,Zwolle\nRené,Assen\n".encode() + b"Andr\xe9,Breda\n" + "Noël,Ede\n".encode()
    with opened(tmp_path, people_csv=content) as exports:
        (dataset,) = exports.datasets
        assert account(dataset) == (4, 3, 1)
        assert dataset.problems == (Problem(3, "bytes that fit no encoding"),)
        assert raw(exports, dataset) == [(3, "André,Breda")]
        assert [row["record"] for row in rows(exports, dataset)] == [1, 2, 4]


def test_damage_is_told_by_the_number_in_the_file_behind_a_short_record(tmp_path: Path) -> None:
    content = "naam,plaats\nZoë,Zwolle\nkort\nRené,Assen\n".encode() + b"Andr\xe9,Breda\n" + "Noël,Ede\n".encode()
    with opened(tmp_path, people_csv=content) as exports:
        (dataset,) = exports.datasets
        assert raw(exports, dataset) == [(2, "kort"), (4, "André,Breda")]
        assert [row["record"] for row in rows(exports, dataset)] == [1, 3, 5]


def test_a_utf16_file_that_was_cut_inside_a_letter_loses_no_record(tmp_path: Path) -> None:
    with opened(tmp_path, people_csv=("naam,plaats\n" + "Jan,Utrecht\n" * 9).encode("utf-16")[:-3]) as exports:
        (dataset,) = exports.datasets
        assert account(dataset) == (9, 8, 1)
        assert [record for record, _ in raw(exports, dataset)] == [9]


def test_a_utf8_file_that_was_cut_inside_a_letter_loses_no_record(tmp_path: Path) -> None:
    content = ("naam,plaats\n" + "Zoë,Zwolle\n" * 3 + "Jan,Zoë").encode()[:-1]
    _, cells, dataset = read_one(tmp_path, "people_csv", content)
    assert (len(cells), dataset.quarantined) == (3, 1)


def test_line_ends_and_doubled_quotes_inside_quotes_belong_to_the_cell(tmp_path: Path) -> None:
    content = 'naam,opmerking\nJan,"zei ""ja""\nen ging, boos"\nPiet,""\n"Jo""",x\n'
    _, cells, _ = read_one(tmp_path, "remarks_csv", content)
    assert cells == [("Jan", 'zei "ja"\nen ging, boos'), ("Piet", None), ('Jo"', "x")]


def test_a_stray_quote_inside_a_cell_is_a_letter(tmp_path: Path) -> None:
    _, cells, _ = read_one(tmp_path, "screens_csv", 'naam,scherm\nJan,19" breed\nPiet,"21"" hoog"\n')
    assert cells == [("Jan", '19" breed'), ("Piet", '21" hoog')]


def test_a_stray_quote_in_a_file_without_quotes_swallows_nothing(tmp_path: Path) -> None:
    _, cells, dataset = read_one(tmp_path, "people_csv", 'naam,plaats\nJan,Ede\n"t Hof,Ede\nPiet,Assen\n')
    assert cells == [("Jan", "Ede"), ('"t Hof', "Ede"), ("Piet", "Assen")]
    assert dataset.quarantined == 0


def test_a_quoted_file_that_was_cut_inside_quotes_keeps_its_other_records(tmp_path: Path) -> None:
    content = 'naam,opmerking\n"Jan","hij, zij\nen ik"\n"Piet","a,b"\n"Klaas","begon met\neen regel'
    with opened(tmp_path, remarks_csv=content) as exports:
        (dataset,) = exports.datasets
        assert account(dataset) == (3, 2, 1)
        assert dataset.problems == (Problem(3, "a quote is opened and never closed"),)
        assert raw(exports, dataset) == [(3, '"Klaas","begon met\neen regel')]


def test_single_quotes_around_cells_are_quotes(tmp_path: Path) -> None:
    _, cells, _ = read_one(tmp_path, "people_csv", "'naam','plaats'\n'Jan','''s-Gravenhage'\n'Piet','Ede'\n")
    assert cells == [("Jan", "'s-Gravenhage"), ("Piet", "Ede")]


def test_an_apostrophe_at_the_start_of_a_town_is_a_letter(tmp_path: Path) -> None:
    _, cells, _ = read_one(tmp_path, "people_csv", "naam,plaats\nJan,'s-Gravenhage\nPiet,'t Harde\n")
    assert cells == [("Jan", "'s-Gravenhage"), ("Piet", "'t Harde")]


@pytest.mark.parametrize("title", ["Overzicht cursisten\n\n", "Overzicht,,\nperiode 2026,,\n", "a\nb\nc\n"])
def test_title_lines_above_the_header_are_no_records(tmp_path: Path, title: str) -> None:
    names, cells, dataset = read_one(tmp_path, "people_csv", title + TABLE)
    assert (names, cells, dataset.rows) == (NAMES, CELLS, 2)


def test_a_header_that_is_narrower_than_the_data_names_what_it_can(tmp_path: Path) -> None:
    names, cells, _ = read_one(tmp_path, "people_csv", "naam,e-mail,plaats\nJan,j@x.nl,Ede,\nPiet,p@x.nl,Ede,\n")
    assert names == ["naam", "e-mail", "plaats", "(4)"]
    assert cells[0] == ("Jan", "j@x.nl", "Ede", None)


def test_a_header_that_is_wider_than_the_data_is_told(tmp_path: Path) -> None:
    names, _, dataset = read_one(tmp_path, "people_csv", "naam,e-mail,telefoon,\nJan,j@x.nl\nPiet,p@x.nl\n")
    assert names == ["naam", "e-mail"]
    assert "names 4 columns, most records have 2" in dataset.problems[0].problem


def test_repeated_and_empty_names_stay_apart(tmp_path: Path) -> None:
    names, _, _ = read_one(tmp_path, "people_csv", "naam,naam,,naam (2),e-mail\nJan,de,x,y,j@x.nl\n")
    assert names == ["naam", "naam (2)", "(3)", "naam (2) (4)", "e-mail"]


@pytest.mark.parametrize(
    "content",
    [
        "Jan Jansen;jan@x.nl;1990-01-02\nPiet Smit;piet@x.nl;1991-03-04\n",
        "Jan Jansen;Utrecht\nPiet Smit;Zwolle\nZoë Bos;Assen\n",
        "Jan;naam@bedrijf.nl;3\n",
        "jan@x.nl\npiet@x.nl\n",
        "Mijn e-mail werkt niet;Jan;1990-01-02;3\nGeen geluid;Piet;1991-02-03;4\n",
    ],
)
def test_a_first_record_with_a_person_in_it_is_no_header(tmp_path: Path, content: str) -> None:
    names, cells, dataset = read_one(tmp_path, "people_csv", content)
    assert names == [f"({i})" for i in range(1, len(names) + 1)]
    assert len(cells) == dataset.rows == content.count("\n")


def test_the_mark_of_utf8_before_text_of_windows_is_no_letter(tmp_path: Path) -> None:
    names, cells, dataset = read_one(tmp_path, "people_csv", b"\xef\xbb\xbfnaam;plaats\nZo\xeb;Ede\nJan;Epe\n")
    assert (names, cells) == (["naam", "plaats"], [("Zoë", "Ede"), ("Jan", "Epe")])
    assert dataset.read_as.startswith("cp1252")


def test_a_text_with_the_colours_of_a_terminal_is_a_text_and_that_is_told(tmp_path: Path) -> None:
    content = "\x1b[1mnaam\x1b[0m;\x1b[1mleeftijd\x1b[0m\n" + "\x1b[32mJan\x1b[0m;\x1b[31m31\x1b[0m\n" * 3
    names, cells, dataset = read_one(tmp_path, "people_csv", content)
    assert (names, len(cells), dataset.kind) == (["naam", "leeftijd"], 3, "delimited")
    assert [problem.problem[:18] for problem in dataset.problems] == ["control characters"]


@pytest.mark.parametrize(
    "start", ["<html><body>", "\ufeff<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>"]
)
def test_a_page_that_is_called_a_workbook_is_refused_with_what_to_do(tmp_path: Path, start: str) -> None:
    with opened(tmp_path, people_xls=f"{start}<table><tr><td>jan@x.nl</td></tr></table>".encode()) as exports:
        (dataset,) = exports.datasets
        assert not dataset.readable
        assert "save it as XLSX" in dataset.problems[0].problem


def test_names_over_records_that_nobody_filled_in_are_a_header(tmp_path: Path) -> None:
    assert read_one(tmp_path, "form_csv", "kolom;veldje\n;\n;\n")[:2] == (["kolom", "veldje"], [(None, None)] * 2)


@pytest.mark.parametrize("line", ["Contact: Ingrid Bos, kamer 12", "naam Jan Bos, tel. 06-12345678"])
def test_a_lone_line_that_tells_of_somebody_is_a_record(tmp_path: Path, line: str) -> None:
    assert read_one(tmp_path, "read_txt", f"{line}\n")[2].rows == 1


def test_one_column_with_quotes_is_read_without_them(tmp_path: Path) -> None:
    names, cells, _ = read_one(tmp_path, "mails_csv", '"e-mail"\n"jan@x.nl"\n"piet@x.nl"\n')
    assert (names, cells) == (["e-mail"], [("jan@x.nl",), ("piet@x.nl",)])


def test_a_header_alone_is_a_table_without_records(tmp_path: Path) -> None:
    names, cells, dataset = read_one(tmp_path, "people_csv", "naam;e-mail;telefoon\n")
    assert (names, cells, dataset.rows) == (["naam", "e-mail", "telefoon"], [], 0)


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("last", [1, 0])
def test_every_line_end_ends_a_record(tmp_path: Path, ending: str, last: int) -> None:
    content = TABLE.replace("\n", ending)
    _, cells, _ = read_one(tmp_path, "people_csv", content if last else content.rstrip("\r\n"))
    assert cells == CELLS


def test_a_nul_byte_in_a_cell_loses_nothing(tmp_path: Path) -> None:
    _, cells, _ = read_one(tmp_path, "people_csv", TABLE.replace("Jan", "J\0n"))
    assert cells[0] == ("J\0n", "Utrecht", "31")


def test_blank_lines_are_no_records(tmp_path: Path) -> None:
    _, cells, dataset = read_one(tmp_path, "people_csv", "\n\n" + TABLE.replace("\n", "\n\n\r\n"))
    assert (cells, dataset.rows) == (CELLS, 2)


def test_a_cell_of_a_megabyte_is_a_cell(tmp_path: Path) -> None:
    _, cells, _ = read_one(tmp_path, "notes_csv", f"naam,notitie\nJan,{'x' * 1_000_000}\nPiet,kort\n")
    assert [len(note) for _, note in cells] == [1_000_000, 4]


def test_three_hundred_columns_are_three_hundred_columns(tmp_path: Path) -> None:
    header = ",".join(f"vraag {i}" for i in range(300))
    names, cells, _ = read_one(tmp_path, "answers_csv", f"{header}\n{','.join(map(str, range(300)))}\n")
    assert (len(names), cells) == (300, [tuple(map(str, range(300)))])


@pytest.mark.parametrize("records", [3, 700])
def test_decimal_commas_do_not_make_columns(tmp_path: Path, records: int) -> None:
    content = "naam;a;b;c\n" + "Jan;7,5;8,25;9,1\n" * records
    names, cells, _ = read_one(tmp_path, "marks_csv", content)
    assert (names, cells[0], len(cells)) == (["naam", "a", "b", "c"], ("Jan", "7,5", "8,25", "9,1"), records)


def test_semicolons_in_a_browsers_name_do_not_make_columns(tmp_path: Path) -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:1)"
    content = "tijd,ip,user agent\n" + f"2026-01-01,10.0.0.1,{agent}\n" * 40
    names, cells, _ = read_one(tmp_path, "visits_csv", content)
    assert (names[2], cells[0][2]) == ("user agent", agent)


def test_cells_of_spaces_are_blank(tmp_path: Path) -> None:
    _, cells, _ = read_one(tmp_path, "people_csv", "naam,plaats,leeftijd\n  ,\t,\u00a0\nJan, ,3\n")
    assert cells == [(None, None, None), ("Jan", None, "3")]


def test_short_and_long_records_are_kept_as_raw_text_with_their_number(tmp_path: Path) -> None:
    content = "naam,plaats\nJan,Ede\nPiet\nKees,Assen,x,y\nZoë,Breda\n  \n"
    with opened(tmp_path, people_csv=content) as exports:
        (dataset,) = exports.datasets
        assert account(dataset) == (5, 2, 3)
        assert raw(exports, dataset) == [(2, "Piet"), (3, "Kees,Assen,x,y"), (5, "  ")]
        assert [problem.record for problem in dataset.problems] == [2, 3, 5]
        assert [(row["record"], row["naam"]) for row in rows(exports, dataset)] == [(1, "Jan"), (4, "Zoë")]


def test_numbers_hold_over_many_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "BLOCK_BYTES", 1000)
    content = "id,e-mail\n" + "".join(f"{i},x{i}@x.nl\n" if i % 7 else f"{i}\n" for i in range(1, 2001))
    with opened(tmp_path, people_csv=content) as exports:
        (dataset,) = exports.datasets
        assert account(dataset) == (2000, 2000 - 285, 285)
        assert all(str(row["record"]) == row["id"] for row in rows(exports, dataset))
        assert all(str(record) == text for record, text in raw(exports, dataset))


def test_a_record_longer_than_a_block_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "BLOCK_BYTES", 1000)
    with opened(tmp_path, long_csv=f"naam,notitie\nZoë,{'x' * 5000}\n".encode("cp1252"), people_csv=TABLE) as exports:
        long, people = exports.datasets
        assert not long.readable
        assert "longer than 16 MB" in long.problems[0].problem
        assert people.parsed == 2


def test_the_euro_of_latin_9_is_a_euro(tmp_path: Path) -> None:
    content = "naam;bedrag\nZoë;€ 12\nRenée;€ 7\n".encode("iso8859-15")
    names, found, dataset = read_one(tmp_path, "latin_csv", content)
    assert (names, found) == (["naam", "bedrag"], [("Zoë", "€ 12"), ("Renée", "€ 7")])
    assert dataset.read_as.startswith("iso8859-15")


WESTERN = "Zoë René Müller Weiß Françoise Noël Citroën Häring Öztürk Chloé Jérôme Göbel Beëindigd José"
POLISH = "Łódź Wałęsa Gdańsk Błażej Łukasz Grażyna Święcicki Dąbrowski Kraków Paweł Zając Ślusarz Michał"
TURKISH = "Işık Ayşe Çağlar Şahin Yıldız Gülşen İsmail Doğan Yılmaz Ertuğrul Muğla Beşiktaş Aydın Kılıç"
RUSSIAN = "Иванов Сергей Наталья Петрова Дмитрий Москва Ольга Смирнов Екатерина Новосибирск"
GREEK = "Γιώργος Παπαδόπουλος Ελένη Αθήνα Δημήτρης Θεσσαλονίκη Κωνσταντίνος Μαρία"


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        *((WESTERN, encoding) for encoding in ("cp1252", "cp850", "cp437", "mac_roman")),
        *((POLISH, encoding) for encoding in ("cp1250", "iso8859-2")),
        *((RUSSIAN, encoding) for encoding in ("cp1251", "koi8-r", "cp866")),
        (TURKISH, "cp1254"),
        (GREEK, "cp1253"),
    ],
)
def test_the_letters_tell_an_eight_bit_encoding_where_they_are_clear(tmp_path: Path, names: str, encoding: str) -> None:
    content = "naam;plaats\n" + "".join(f"{name};Ede\n" for name in names.split(" "))
    _, cells, dataset = read_one(tmp_path, "people_csv", content.encode(encoding))
    assert ([name for name, _ in cells], dataset.problems) == (names.split(" "), ())


@pytest.mark.parametrize(
    "words",
    [
        "Zoë één reünie coöperatie geïnd café ’s-Gravenhage foto’s €\u00a012 hè Curaçao",
        "été élève français œuvre garçon Noël où naïf Évêque créée l’été",
        "Müller Straße Größe über ÄÖÜ Bäcker Übung Jürgen Weiß „Köln“",
        "Øyvind Åse Sæther Þór Guðrún Kári João Conceição Núñez Šimek Žižek Ýmir",
        "Zoë José",
    ],
)
def test_what_is_western_stays_western(tmp_path: Path, words: str) -> None:
    content = "naam;plaats\n" + "".join(f"{word};Ede\n" for word in words.split(" "))
    _, cells, dataset = read_one(tmp_path, "people_csv", content.encode("cp1252"))
    assert [name for name, _ in cells] == words.split(" ")
    assert (dataset.read_as[:6], dataset.problems) == ("cp1252", ())


@pytest.mark.parametrize("content", ["naam;plaats\n{};Ede\n", '[{{"naam": "{}"}}, {{"naam": "x"}}]'])
def test_a_few_letters_are_read_as_before_and_the_doubt_is_told(tmp_path: Path, content: str) -> None:
    dataset = read_one(tmp_path, "people_txt", content.format(RUSSIAN.split(maxsplit=1)[0]).encode("cp1251"))[2]
    assert dataset.read_as.startswith("cp1252")
    assert "may be of another encoding" in dataset.problems[0].problem


@pytest.mark.parametrize(("encoding", "name"), [("cp850", "cp850"), ("mac_roman", "mac_roman")])
def test_letters_that_windows_lacks_are_read_as_the_likeliest_with_a_doubt(
    tmp_path: Path, encoding: str, name: str
) -> None:
    words = ["Müller", "Curaçao", "één"]
    content = "naam;plaats\n" + "".join(f"{word};Ede\n" for word in words)
    _, cells, dataset = read_one(tmp_path, "people_csv", content.encode(encoding))
    assert ([word for word, _ in cells], dataset.quarantined) == (words, 0)
    assert dataset.read_as.startswith(name)
    assert "may be of another encoding" in dataset.problems[0].problem


def test_one_foreign_byte_costs_windows_text_one_record(tmp_path: Path) -> None:
    content = "naam;plaats\n" + "".join(f"{word};Ede\n" for word in ("José", "Café", "Zoë"))
    _, cells, dataset = read_one(tmp_path, "people_csv", content.encode("cp1252") + b"M\x81ller;Ede\n")
    assert ([word for word, _ in cells], dataset.quarantined) == (["José", "Café", "Zoë"], 1)
    assert dataset.read_as.startswith("cp1252")


def test_a_file_that_changes_while_it_is_open_is_not_half_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (first := tmp_path / "first").mkdir()
    with opened(first, people_csv="naam;stad\nJan;Vught\nPiet;Ede\n") as exports:
        (first / "exports" / "people.csv").write_text("naam;stad\nAnna;Breda\n", "utf-8")
        assert [row["naam"] for row in rows(exports, exports.datasets[0])] == ["Jan", "Piet"]
    monkeypatch.setattr(engine, "COPIED", 0)
    with opened(tmp_path, people_csv="naam;stad\nJan;Vught\nPiet;Ede\n") as exports:
        (tmp_path / "exports" / "people.csv").write_text("naam;stad\nAnna;Breda\n", "utf-8")
        with pytest.raises(EngineError, match="a file has changed since it was opened"):
            exports.engine.profile(exports.datasets[0].name, ["c1"])


ATTENDED = """Meeting ID,Topic,User Email,Duration (Minutes)
812,Intervisie,trainer@example.org,91

Name (Original Name),User Email,Join Time,Duration (Minutes)
Ada,a@example.org,11/03/2026 09:00:12 AM,90
Bo,b@example.org,11/03/2026 09:01:12 AM,89
"""
MET = (
    "1. Samenvatting\nTitel\tOverleg\n\n2. Deelnemers\nNaam\tEerste deelname\tDuur\tE-mail\n"
    "Ada\t3-11-26 09:00\t59m\ta@example.org\nBo\t3-11-26 09:01\t58m\tb@example.org\n"
    "\n3. Activiteiten\nNaam\tTijdstip\tDuur\tE-mail\tRol\nAda\t3-11-26 09:00\t59m\ta@example.org\tPresentator\n"
)


@pytest.mark.parametrize(
    ("report", "tables"),
    [
        (
            ATTENDED,
            [
                (["Meeting ID", "Topic", "User Email", "Duration (Minutes)"], 1),
                (["Name (Original Name)", "User Email", "Join Time", "Duration (Minutes)"], 2),
            ],
        ),
        (
            MET,
            [
                (["Naam", "Eerste deelname", "Duur", "E-mail"], 2),
                (["Naam", "Tijdstip", "Duur", "E-mail", "Rol"], 1),
            ],
        ),
    ],
)
def test_a_report_in_blocks_is_a_table_for_each(
    tmp_path: Path, report: str, tables: list[tuple[list[str], int]]
) -> None:
    with opened(tmp_path, meeting_csv=report.encode("utf-16")) as exports:
        found = [([column.name for column in one.columns], one.parsed) for one in exports.datasets[1:]]
        assert found[-len(tables) :] == tables
        assert "each is read by itself" in exports.datasets[0].problems[0].problem


@pytest.mark.parametrize(
    "content",
    [
        "naam;plaats;rol\nAda;Ede;docent\n\nBo;Goor;planner\nCy;Ede;docent\n",
        'naam;plaats;tekst\nAda;Ede;"hoi\n\nnaam;plaats;tekst\nBo;Ede;x"\n',
    ],
)
def test_a_blank_line_between_records_parts_no_tables(tmp_path: Path, content: str) -> None:
    names, _, dataset = read_one(tmp_path, "people_csv", content)
    assert (names[:2], dataset.source) == (["naam", "plaats"], "people.csv")
