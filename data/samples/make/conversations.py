"""Fills the slots of a sentence with people and places."""

from collections.abc import Sequence
from random import Random

from make.people import Person


def fill(rng: Random, sentence: str, speaker: Person, others: Sequence[Person]) -> str:
    """Fill a sentence of a speaker who addresses or mentions other people."""
    to, third, fourth = rng.sample(others, 3)
    return sentence.format(
        me=speaker.given,
        me_full=speaker.full_name,
        function=speaker.function,
        organisation=speaker.organisation,
        department=speaker.department,
        town=speaker.address.town.name,
        to=to.given,
        to_full=to.full_name,
        third=rng.choice([third.given, third.given.lower(), third.full_name]),
        third_full=third.full_name,
        third_other=fourth.full_name,
        colleague=rng.choice([third.given, third.full_name, f"{third.given[0]}. {third.surname}"]),
        amount=rng.randrange(12, 480),
        order=f"{rng.randrange(1, 1400):04d}",
    )
