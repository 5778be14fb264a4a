"""Pictures of a person, by the name of the file or the place it is kept."""

from igmap.inventory.detectors.detector import Detector

DETECTOR = Detector(
    id="photo",
    category="photo",
    rare=True,
    pattern=r"(?i)\b(?:pas|profiel)?foto'?s?[/_.-]\S*|\b(?:portret|avatar|headshot|profile[-_]?(?:pic|photo|image))\S*[/.]\S+|^data:image/\S+",
    weight=4.0,
)
