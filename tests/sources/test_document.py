"""Documents: every paragraph, row, comment and author is a record; what is not text is told."""

import io
import random
import re
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import matplotlib.pyplot as plt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_pdf import PdfPages

from igmap.sources.documents.markup import scanned
from igmap.sources.documents.paragraphs import Text
from tests.examples import examples
from tests.export_cases import account, cells, opened, raw, read_one

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CANARY = "Kanarievogel"


def saved(fill: Callable[[Any], None]) -> bytes:
    """A DOCX as python-docx writes it, with nobody as its author."""
    document = docx.Document()
    document.core_properties.author = document.core_properties.comments = ""
    fill(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def zipped(members: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def word(body: str, **others: str | bytes) -> bytes:
    """A DOCX by hand: the inside of its body, and other parts by name without `word/`."""
    xml = f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return zipped(
        {"word/document.xml": xml, **{f"word/{name.replace('_xml', '.xml')}": c for name, c in others.items()}}
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def letter(document: Any) -> None:
    document.core_properties.author = "Jan Jansen"
    document.core_properties.title = "Brief"
    document.core_properties.last_modified_by = "Piet Post"
    document.add_heading("Verslag")
    document.add_paragraph("Beste Jan,")
    document.add_paragraph("")
    run = document.add_paragraph("Bel 06-12345678").add_run("\tof mail")
    run.add_break()
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, [("naam", "telefoon"), ("Fatima", "06-87654321")], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.sections[0].header.paragraphs[0].text = "Vertrouwelijk"
    document.sections[0].footer.paragraphs[0].text = "IG Learning"
    document.add_comment(run, "klopt dit?", author="Sanne de Wit")


def test_a_document_gives_its_paragraphs_rows_comments_properties_and_authors(tmp_path: Path) -> None:
    names, found, dataset = read_one(tmp_path, "brief_docx", saved(letter))
    assert (names, dataset.kind) == (["part", "text"], "document")
    assert found == [
        ("body", "Verslag"),
        ("body", "Beste Jan,"),
        ("body", "Bel 06-12345678\tof mail"),
        ("body", "naam\ttelefoon"),
        ("body", "Fatima\t06-87654321"),
        ("header", "Vertrouwelijk"),
        ("footer", "IG Learning"),
        ("comment", "klopt dit?"),
        ("title", "Brief"),
        ("author", "Jan Jansen"),
        ("author", "Piet Post"),
        ("author", "Sanne de Wit"),
    ]


def test_the_count_is_that_of_another_library(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        for number in range(2000):
            document.add_paragraph("" if number % 3 else f"alinea {number}")

    content = saved(fill)
    expected = sum(bool(p.text.strip()) for p in docx.Document(io.BytesIO(content)).paragraphs)
    assert account(read_one(tmp_path, "a_docx", content)[2]) == (expected, expected, 0)


def test_deleted_text_boxes_and_links_are_in_the_file_and_are_read(tmp_path: Path) -> None:
    body = (
        '<w:p><w:del w:author="Jan"><w:r><w:delText>weg</w:delText></w:r></w:del><w:r><w:t>blijft</w:t></w:r></w:p>'
        f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('vak')}</w:txbxContent></w:pict><w:t>om</w:t></w:r></w:p>"
    )
    links = (
        '<Relationships><Relationship Id="1" TargetMode="External" Target="mailto:j@x.nl"/>'
        '<Relationship Id="2" Target="styles.xml"/></Relationships>'
    )
    person = '<w:person w:author="Jan"><w:presenceInfo w:userId="S::p@x.nl"/></w:person>'
    people = f'<w:people xmlns:w="{WORD}">{person}</w:people>'
    content = word(body, people_xml=people, **{"_rels/document_xml.rels": links})
    assert read_one(tmp_path, "a_docx", content)[1] == [
        ("body", "wegblijft"),
        ("body", "vak\nom"),
        ("link", "mailto:j@x.nl"),
        ("author", "Jan"),
        ("author", "S::p@x.nl"),
    ]


def test_slides_and_their_notes_are_read(tmp_path: Path) -> None:
    slide = '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:sld>'
    content = zipped(
        {
            "ppt/presentation.xml": "<p/>",
            "ppt/slides/slide1.xml": slide.format("Welkom"),
            "ppt/notesSlides/notesSlide1.xml": slide.format("Jan is ziek"),
        }
    )
    assert read_one(tmp_path, "a_pptx", content)[1] == [("slide", "Welkom"), ("notes", "Jan is ziek")]


def test_files_embedded_in_a_document_are_exports_and_pictures_are_told(tmp_path: Path) -> None:
    inside: dict[str, str | bytes] = {"embeddings/lijst.csv": "naam;plaats\nJan;Ede\n", "media/foto.png": b"\x89PNG"}
    content = word(paragraph("zie"), **inside)
    with opened(tmp_path, a_docx=content) as exports:
        document, table = exports.datasets
        assert (table.source, cells(exports, table)) == ("a.docx/lijst.csv", [("Jan", "Ede")])
        assert [p.problem for p in document.problems] == ["pictures in it, which igmap does not read: 1"]
        assert document.readable


def test_what_comes_after_broken_xml_is_quarantined(tmp_path: Path) -> None:
    body = paragraph("een") + "<w:p><w:r></w:t><w:t>twee</w:t></w:r></w:p>" + paragraph("drie &amp; vier")
    with opened(tmp_path, a_docx=word(body, footer1_xml=paragraph("voet"))) as exports:
        (dataset,) = exports.datasets
        assert account(dataset) == (4, 2, 2)
        assert cells(exports, dataset) == [("body", "een"), ("footer", "voet")]
        assert [text for _, text in raw(exports, dataset)][-1] == "drie & vier"


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE a [<!ENTITY b "Jan">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    ],
)
def test_entities_are_not_expanded_and_the_part_is_told(tmp_path: Path, xml: str) -> None:
    content = zipped({"word/document.xml": xml, "word/footer1.xml": paragraph("voet").replace("w:", "")})
    with opened(tmp_path, a_docx=content) as exports:
        read, unread = exports.datasets
        assert cells(exports, read) == [("footer", "voet")]
        assert (unread.readable, unread.problems[0].problem) == (
            False,
            "1 parts of it cannot be read; save it again as DOCX",
        )


def test_a_part_that_unpacks_to_too_much_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("igmap.sources.documents.document.LARGEST_PART", 1 << 20)
    with opened(tmp_path, a_docx=word(paragraph(" " * (1 << 22)))) as exports:
        assert not exports.datasets[-1].readable


@pytest.mark.ci
def test_a_million_nested_elements_are_read_in_no_time(tmp_path: Path) -> None:
    began = time.perf_counter()
    _, found, dataset = read_one(tmp_path, "a_docx", word("<w:p>" * 300_000 + "<w:t>diep</w:t>" + "</w:p>" * 300_000))
    assert (found, dataset.rows) == ([("body", "diep")], 1)
    assert time.perf_counter() - began < 20


TAGS = ["<w:p>", "</w:p>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:t>", "</w:t>", "<w:br/>", " ", "Jan", "&amp;",
        "<!-- <w:t>x</w:t> -->", "<![CDATA[<w:t>]]>", '<w:x a="/>">', "</w:x>", "&#160;", "<?a <w:p> ?>"]  # fmt: skip


@given(st.lists(st.sampled_from(TAGS), max_size=30))
def test_the_scan_and_the_parser_agree_as_far_as_the_parser_comes(tags: list[str]) -> None:
    from xml.parsers.expat import ExpatError

    xml = f"<a>{''.join(tags)}</a>"
    found = []
    try:
        for _, text in Text("body", {}).paragraphs(xml):
            found.append(text)
        sound = True
    except ExpatError:
        sound = False
    scan = list(scanned(xml, "body"))
    assert len(found) <= len(scan)
    assert not sound or len(found) == len(scan)


# PDF


def drawn(*pages: str, **properties: str) -> bytes:
    file = io.BytesIO()
    with PdfPages(file, metadata=properties or None) as pdf:
        for text in pages:
            figure = plt.figure()
            if text:
                figure.text(0.1, 0.5, text)
            pdf.savefig(figure)
            plt.close(figure)
    return file.getvalue()


def by_hand(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of objects 1, 2 …, the first its root."""
    content, places = b"%PDF-1.4\n", []
    for number, told in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, told)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\n" % (size, table, size, trailer)
    return content + head + b"startxref\n%d\n%%%%EOF\n" % len(content)


def stream(text: bytes, told: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(text), told, text)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Resources << /Font << /F 4 0 R >> >> /Contents 5 0 R %s >>"
SAYS = stream(b"BT /F 9 Tf (Beste Jan Jansen) Tj ET")


def simple(
    page: bytes = PAGE % b"",
    contents: bytes = SAYS,
    *more: bytes,
    trailer: bytes = b"",
    kids: bytes = b"3 0 R",
    count: int = 1,
) -> bytes:
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return by_hand(b"<< /Type /Catalog /Pages 2 0 R >>", tree, page, FONT, contents, *more, trailer=trailer)


@pytest.mark.ci
def test_each_page_of_a_pdf_is_a_record_then_title_and_author(tmp_path: Path) -> None:
    content = drawn("Beste Jan", "", "bel Fatima", Title="Brief", Author="Piet Post")
    _, found, dataset = read_one(tmp_path, "a_pdf", content)
    assert [(part, (text or "").strip()) for part, text in found] == [
        ("page", "Beste Jan"),
        ("page", ""),
        ("page", "bel Fatima"),
        ("title", "Brief"),
        ("author", "Piet Post"),
    ]
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 3
    assert (dataset.kind, [p.problem for p in dataset.problems]) == (
        "document",
        ["pages without text: 1; igmap does not read pictures"],
    )


def test_comments_links_and_filled_forms_of_a_pdf_are_read(tmp_path: Path) -> None:
    notes = (
        b"/Annots [<< /Type /Annot /Subtype /Text /T (Sanne) /Contents (klopt dit?) >> "
        b"<< /Subtype /Link /A << /S /URI /URI (mailto:j@x.nl) >> >>]"
    )
    assert read_one(tmp_path, "a_pdf", simple(PAGE % notes))[1] == [
        ("page", "Beste Jan Jansen"),
        ("comment", "Sanne\tklopt dit?"),
        ("link", "mailto:j@x.nl"),
    ]


def test_a_page_that_is_counted_and_is_not_there_is_quarantined(tmp_path: Path) -> None:
    _, found, dataset = read_one(tmp_path, "a_pdf", simple(count=4))
    assert (account(dataset), len(found)) == ((4, 1, 3), 1)
    assert "a page that cannot be read" in [p.problem for p in dataset.problems]


def test_a_tree_of_pages_that_turns_in_a_circle_ends(tmp_path: Path) -> None:
    with opened(tmp_path, a_pdf=simple(kids=b"3 0 R 2 0 R", count=2)) as exports:
        for dataset in exports.datasets:
            assert dataset.rows == dataset.parsed + dataset.quarantined


def test_a_pdf_with_a_password_says_so(tmp_path: Path) -> None:
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"28" * 32, b"29" * 32)
    content = simple(PAGE % b"", SAYS, lock, trailer=b"/Encrypt 6 0 R /ID [<00> <00>]")
    with opened(tmp_path, a_pdf=content) as exports:
        assert exports.datasets[0].problems[0].problem == "has a password; save it without one"


@pytest.mark.ci
def test_a_pdf_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("igmap.sources.documents.pdf.SECONDS", 3)
    endless = stream(zlib.compress(b"BT /F 9 Tf " + b"(a) Tj 1 0 0 1 0 0 Tm " * 3_000_000), b"/Filter /FlateDecode")
    began = time.perf_counter()
    _, found, dataset = read_one(tmp_path, "a_pdf", simple(PAGE % b"", endless))
    assert (account(dataset), found) == ((1, 0, 1), [])
    assert time.perf_counter() - began < 20


@pytest.mark.ci
def test_files_in_a_pdf_are_told(tmp_path: Path) -> None:
    import pypdf

    writer = pypdf.PdfWriter(io.BytesIO(simple()))
    writer.add_attachment("lijst.csv", b"naam\nJan\n")
    file = io.BytesIO()
    writer.write(file)
    with opened(tmp_path, a_pdf=file.getvalue()) as exports:
        read, unread = exports.datasets
        assert (read.readable, unread.readable) == (True, False)
        assert unread.problems[0].problem == "files inside it: 1, which are not read; save them into exports/"


def test_what_a_library_says_of_a_damaged_pdf_is_heard_nowhere(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    damaged = drawn(CANARY, Author=CANARY).replace(b"obj", b"obk", 3).replace(b"xref", b"xr" + CANARY.encode())
    with opened(tmp_path, a_pdf=damaged) as exports:
        assert CANARY not in str([(d.problems, d.read_as) for d in exports.datasets])
    said = capfd.readouterr()
    assert CANARY not in said.out + said.err + caplog.text


MADE = [
    saved(letter),
    simple(PAGE % b"/Annots [<< /Subtype /Text /Contents (a) >>]", SAYS, trailer=b"/Info << /Author (Jan) >>"),
]


@settings(max_examples=examples(15), deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(MADE))
def test_a_mutilated_document_adds_up_or_is_told(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random, content: bytes
) -> None:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(5, len(changed))] = chance.randrange(256)
    del changed[chance.randint(len(changed) // 2, len(changed) * 2) :]
    with opened(tmp_path_factory.mktemp("mutilated"), a_dat=bytes(changed)) as exports:
        for dataset in exports.datasets:
            assert dataset.rows == dataset.parsed + dataset.quarantined
            assert dataset.readable or dataset.problems


@settings(max_examples=examples(25), deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_mutilated_text_of_a_document_adds_up(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    with zipfile.ZipFile(io.BytesIO(MADE[0])) as archive:
        members = {name: bytearray(archive.read(name)) for name in archive.namelist() if "styles" not in name}
    for name in ("word/document.xml", "docProps/core.xml", "word/comments.xml"):
        for _ in range(chance.randint(0, 3)):
            place = chance.randrange(len(members[name]))
            members[name][place : place + chance.randint(0, 3)] = chance.choice(
                [b"<", b">", b'"', b"", b"/", b"\0", b"&", b"<!--"]
            )
    changed = zipped({name: bytes(content) for name, content in members.items()})
    with opened(tmp_path_factory.mktemp("mutilated"), a_docx=changed) as exports:
        for dataset in exports.datasets:
            assert dataset.rows == dataset.parsed + dataset.quarantined
