"""User agents of browsers, apps and robots."""

from igmap.inventory.detectors.detector import Detector

DETECTOR = Detector(
    id="user_agent",
    category="user_agent",
    rare=True,
    pattern=r"^(?:Mozilla|Opera|Dalvik|curl|Wget|python-requests|okhttp|Moodle(?:Mobile|Bot)?|Googlebot|Apache-HttpClient|Java|PostmanRuntime)/\d.*$",
    in_text=False,
)
