"""Numbers of Dutch passports, identity cards and driving licences, where a word says what they are."""

from igmap.inventory.detectors.detector import Detector, spelled

DETECTOR = Detector(
    id="identity_document",
    category="document_number",
    rare=True,
    pattern=r"\b(?:[A-NP-Z]{2}[A-NP-Z0-9]{6}[0-9]|\d{10})\b",
    context=spelled(
        "paspoort",
        "passport",
        "identiteitskaart",
        "identiteitsbewijs",
        "ID-kaart",
        "IDkaart",
        "ID kaart",
        "ID card",
        "legitimatie",
        "rijbewijs",
        "driving licen",
        "driver's licen",
        "verblijfsdocument",
        "verblijfsvergunning",
        "documentnummer",
        "documentnr",
        "residence permit",
    ),
    weight=4.0,
    needs="9",
    digits=1,
)
