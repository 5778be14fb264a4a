"""Numbers of Dutch passports, identity cards and driving licences, where a word says what they are."""

from igmap.inventory.detectors.detector import Detector

DETECTOR = Detector(
    id="identity_document",
    category="document_number",
    pattern=r"\b(?:[A-NP-Z]{2}[A-NP-Z0-9]{6}[0-9]|\d{10})\b",
    context=r"(?i)\bpaspoort|\bpassport|\bidentiteits(?:kaart|bewijs)|\bid-?kaart|\bid[ -]card|\blegitimatie|\brijbewijs"
    r"|\bdriv(?:ing|er'?s) licen[cs]e|\bverblijfs(?:document|vergunning)|\bdocument-?(?:nummer|nr)|\bresidence permit",
    weight=4.0,
    needs="9",
    digits=1,
)
