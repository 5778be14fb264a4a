"""The events that start a term: igmap's words for them, and the register's own."""

from igmap.policy.register import Policy
from igmap.policy.values import Text
from igmap.vocabulary import load_yaml


def labels_of_events(policy: Policy) -> dict[str, Text]:
    """What each event is called, by its id; the register's own word goes before igmap's."""
    shipped = {key: Text(**label) for key, label in load_yaml("igmap.policy", "events.yaml").items()}
    own = {
        event.id: event.label or shipped.get(event.id, Text(nl=event.id, en=event.id))
        for event in policy.retention.events
    }
    return shipped | own


def known_events(policy: Policy) -> list[str]:
    """The words that may stand for an event, in small letters: ids, and what they are called in Dutch and English."""
    return [word.lower() for key, label in labels_of_events(policy).items() for word in (key, label.nl, label.en)]


def label_of_event(policy: Policy, word: str) -> Text:
    """What an event is called in Dutch and English; the register's word itself where nothing is known of it."""
    return labels_of_events(policy).get(word, Text(nl=word, en=word))
