"""URLs that carry something of a person in their query or path."""

from igmap.inventory.detectors.detector import Detector

DETECTOR = Detector(
    id="url",
    category="url",
    rare=True,
    pattern=r"(?i)(?:https?://|/)\S*[?&;](?:e-?mail|user(?:_?(?:id|name))?|student_?(?:id|nummer)|learner_?id|naam|name|phone|tel|bsn|token|login|uid)=[^&\s]+\S*",
    weight=3.0,
    noise=0.0,
)
