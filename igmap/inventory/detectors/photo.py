"""Pictures of a person, by the name of the file, the place it is kept, or the data themselves."""

from igmap.inventory.detectors.detector import Detector

PICTURE = r"\.(?:jpe?g|png|gif|webp|heic|bmp|tiff?|svg)\b"
DETECTOR = Detector(
    id="photo",
    category="photo",
    rare=True,
    pattern=r"(?i)\b(?:pas|profiel)?foto'?s?[/_.-]+\w\S*|(?i)\b(?:portret|avatar|headshot|selfie|mugshot"
    r"|profile[-_]?(?:pic|photo|image)|userpic|user/icon"
    r"|picture[-_]?(?:of|user)|gravatar)\S*[/.]\S+|(?i)\b(?:pluginfile\.php/\d+/user/icon|(?:users?|profiles?"
    r"|profiel(?:en)?|leden|medewerkers?"
    rf"|deelnemers?|cursisten|students?|employees?|people|members?|pasfoto'?s?)/\S{{0,80}}{PICTURE})|^data:image/"
    rf"(?:jpe?g|png|webp|gif|heic)\S*",
    weight=4.0,
    needs="A",
)
