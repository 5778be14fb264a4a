"""The events that start a term: igmap's own, and those of a register; how they are called and whose they are."""

from functools import cache

from igmap.policy.findings import Words
from igmap.policy.limits import Retention, StartEvent
from igmap.policy.values import Text
from igmap.vocabulary import load_yaml


@cache
def shipped_events() -> dict[str, StartEvent]:
    """Igmap's own, by their id."""
    told = load_yaml("igmap.policy", "events.yaml")
    return {name: StartEvent.model_validate({"id": name, **entry}) for name, entry in told.items()}


def events(retention: Retention) -> dict[str, StartEvent]:
    """All that are known, by their id: what the register says of one goes before what igmap says.

    Of one that igmap knows, a register may leave its name unsaid, and what a blank date of it means.
    """
    shipped = shipped_events()
    own = {event.id: event for event in retention.events}
    for name in own.keys() & shipped.keys():
        unsaid = {"label", "blank"} - own[name].model_fields_set
        own[name] = own[name].model_copy(update={key: getattr(shipped[name], key) for key in unsaid})
    return shipped | own


def event_of(word: str, retention: Retention) -> StartEvent:
    """What an event is, by its id or by what it is called; of an unknown one the date itself counts."""
    known = events(retention)
    named = (event for event in known.values() if word.lower() in map(str.lower, words_for(event)))
    return known.get(word) or next(named, StartEvent(id=word))


def words_for(event: StartEvent) -> list[str]:
    """The words that may stand for an event: its id, and what it is called in Dutch and English."""
    label = label_of(event)
    return [event.id, label.nl, label.en]


def label_of(event: StartEvent) -> Text:
    """What an event is called; its id where nobody says."""
    return event.label or Text(nl=event.id, en=event.id)


def called(event: StartEvent) -> Words:
    """What an event is called, between quotes."""
    label = label_of(event)
    return Words(f"'{label.nl}'", f"'{label.en}'")
