"""What looking for many known persons in many texts costs, beside one pass that splits the same texts into words.

`PYTHONPATH=. python benchmarks/known.py [PERSONS] [TEXTS]`, 100,000 of both by default. Persons are drawn from the
shipped lists, with particles, initials and addresses as they come; each text is a sentence with the name of one,
a tenth of these misspelt by one letter. CPU seconds of all threads; both are measured in the same run.
"""

import resource
import sys
import time
from collections.abc import Callable
from random import Random
from typing import TypeVar

import polars as pl

from igmap.inventory.people.known import Known
from igmap.inventory.people.known.letters import blocks
from igmap.inventory.people.names import names

SIZE, LONG = 100_000, 10_000_000
FORMS = ("{given} {between}{family}", "{between}{family}, {given}", "{initial}. {between}{family}")
BETWEEN = ("", "", "", "van ", "de ", "van der ", "el ")
SENTENCE = "de cursus begint morgen in het gebouw en de docent vroeg of het rapport al klaar is voor vrijdag"
MISSPELT, LEAST = 0.1, 9  # of the texts, and letters of a name that is misspelt
Result = TypeVar("Result")


def _persons(size: int, chance: Random) -> list[str]:
    pools = {
        role: [name.capitalize() for name in names(role) if name.isalpha() and len(name) > 1]
        for role in ("given", "family")
    }
    persons = []
    for _ in range(size):
        given, family = chance.choice(pools["given"]), chance.choice(pools["family"])
        form, between = chance.choice(FORMS), chance.choice(BETWEEN)
        persons.append(form.format(given=given, initial=given[0], between=between, family=family))
    return persons


def _text(person: str, chance: Random) -> str:
    if chance.random() < MISSPELT and len(person) > LEAST:
        at = chance.randrange(len(person) - 4, len(person))
        person = person[:at] + chance.choice("aeiounrst") + person[at + 1 :]
    return f"{' '.join(chance.choices(SENTENCE.split(), k=14))} bij {person}."


def _measured(title: str, work: Callable[[], Result], unit: float = 0.0) -> tuple[Result, float]:
    start = time.process_time()
    result = work()
    spent = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ratio = f"{spent / unit:8.1f} ×" if unit else ""
    print(f"{title:<52}{spent:8.2f} s {memory:8.0f} MB{ratio}")
    return result, spent


def main() -> None:
    """Print seconds, memory and ratios."""
    asked = [int(one) for one in sys.argv[1:]]
    persons, texts = [*asked, SIZE, SIZE][:2]
    chance = Random(1)
    listed = _persons(persons, chance)
    values = pl.Series([_text(chance.choice(listed), chance) for _ in range(texts)])
    message = pl.Series(["\n".join(values.head(LONG // 100))[:LONG]])
    print(f"{persons:,} persons, {texts:,} texts; CPU seconds, peak memory so far, ratio to splitting")
    known, _ = _measured("known persons, every form of their names", lambda: Known.of(listed))
    words, unit = _measured(
        "splitting the texts into words (polars)", lambda: values.str.extract_all(r"\p{L}+").explode()
    )
    _measured("splitting with places and numbers", lambda: sum(len(one.starts) for _, one in blocks(values)), unit)
    found, _ = _measured("looking for the persons", lambda: known.places(values), unit)
    print(f"{len(words):,} words; {found['row'].n_unique() / texts:.1%} of the texts have a name that was found")
    _, unit = _measured("splitting one long message (polars)", lambda: message.str.extract_all(r"\p{L}+").explode())
    _measured(f"one message of {message.str.len_chars()[0]:,} characters", lambda: known.places(message), unit)


if __name__ == "__main__":
    main()
