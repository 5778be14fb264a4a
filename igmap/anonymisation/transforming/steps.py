"""The steps a planned column may take, with their settings: what may be said of each, and what it is in words."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from igmap.errors import PlanError, nearest
from igmap.redaction.settings import LANGUAGES, PLACEHOLDER, WAYS, placeholders
from igmap.vocabulary import load_yaml

LONGEST, MOST = 24, 1e12
FAKES = (
    "first_name", "last_name", "name", "company", "city", "street_name", "street_address", "postcode", "job",
    "user_name", "email",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a column.

    Args:
        name: of STEPS.
        settings: all of them, defaults put in.
    """

    name: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a setting may be.

    Args:
        holds: whether a value is allowed.
        says: what is, in words.
        default: when it is not said; None when it has none.
        needed: whether it has to be said.
    """

    holds: Callable[[Any], bool]
    says: str
    default: Any = None
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """What a step is.

    Args:
        short: the setting that a bare value means, as in `{round: 5}`.
        rules: by setting.
        reads: number, date, ordered (either) or text; what the step before must have left.
        gives: number, date or text; "" for what it was.
    """

    short: str
    rules: Mapping[str, Rule]
    reads: str = "number"
    gives: str = ""


def _number(value: Any, low: float = -MOST, high: float = MOST) -> bool:
    known = isinstance(value, int | float) and not isinstance(value, bool)
    return known and math.isfinite(value) and low <= value <= high


def _whole(low: int, high: float = MOST) -> Rule:
    return Rule(
        lambda value: isinstance(value, int) and _number(value, low, high),
        f"a whole number from {low}" + ("" if high == MOST else f" to {high:g}"),
    )


def _one_of(*words: str) -> Rule:
    return Rule(lambda value: value in words, f"one of {', '.join(words)}", words[0])


def _share(says: str) -> Rule:
    return Rule(lambda value: _number(value, 0, 1) and value > 0, says, needed=True)


def _rising(value: Any) -> bool:
    numbers = isinstance(value, Sequence) and len(value) > 0 and all(_number(edge) for edge in value)
    return numbers and all(low < high for low, high in pairwise(value))


def _known_kinds(value: Any) -> bool:
    return isinstance(value, Sequence) and bool(value) and all(kind in placeholders() for kind in value)


def _known_ways(value: Any) -> bool:
    said = value if isinstance(value, Mapping) else {"": value}
    kinds = [kind for kind in said if kind]
    return bool(said) and all(kind in placeholders() for kind in kinds) and all(way in WAYS for way in said.values())


NUMBER = Rule(_number, "a number", needed=True)
ABOVE_0 = Rule(lambda value: _number(value, 1e-9), "a number above 0", needed=True)
YES = Rule(lambda value: isinstance(value, bool), "true or false", default=False)
WORD = Rule(lambda value: isinstance(value, str), "a word", default="")
PER = _one_of("person", "record")
OTHERWISE = _one_of("error", "blank")
DECIMAL_MARK = {
    "notation": Rule(lambda value: value in {"point", "comma"}, "point or comma", default=""),
    "otherwise": OTHERWISE,
}
ORDERS = {
    "notation": Rule(lambda value: value in {"day_first", "month_first"}, "day_first or month_first", default=""),
    "otherwise": OTHERWISE,
}
LISTED = Rule(_known_kinds, "a list of what igmap recognises in text, such as name, email, date", default=())
WAY = Rule(
    _known_ways, f"one of {', '.join(WAYS)}, or one for a kind of mention, such as {{date: generalise}}", PLACEHOLDER
)
TONGUE = _one_of(*LANGUAGES)
STEPS: dict[str, Kind] = {
    "top": Kind("at", {"at": NUMBER, **DECIMAL_MARK}, gives="number"),
    "bottom": Kind("at", {"at": NUMBER, **DECIMAL_MARK}, gives="number"),
    "round": Kind("to", {"to": ABOVE_0, **DECIMAL_MARK}, gives="number"),
    "bin": Kind("at", {"at": Rule(_rising, "a rising list of numbers", needed=True), **DECIMAL_MARK}, gives="text"),
    "microaggregate": Kind(
        "k", {"k": Rule(_whole(2).holds, _whole(2).says, needed=True), "group": WORD, **DECIMAL_MARK}, gives="number"
    ),
    "noise": Kind(
        "scale",
        {
            "scale": ABOVE_0,
            "distribution": _one_of("laplace", "gaussian"),
            "decimals": _whole(0, 9),
            "per": PER,
            **DECIMAL_MARK,
        },
        gives="number",
    ),
    "date_shift": Kind(
        "days", {"days": _whole(1, 36500), "weeks": _whole(1, 5200), "time": YES, **ORDERS}, "date", "date"
    ),
    "pram": Kind("share", {"share": _share("a share of the cells, above 0"), "invariant": YES, "per": PER}, "text"),
    "rank_swap": Kind(
        "share",
        {
            "share": _share("a share of the ranks, above 0"),
            "of": _one_of("numbers", "dates"),
            "per": PER,
            **DECIMAL_MARK,
        },
        "ordered",
    ),
    "pseudonym": Kind(
        "of",
        {"of": WORD, "length": Rule(_whole(8, LONGEST).holds, _whole(8, LONGEST).says, 16), "keep_key": YES},
        "text",
        "text",
    ),
    "fake": Kind(
        "what",
        {"what": Rule(lambda value: value in FAKES, f"one of {', '.join(FAKES)}", needed=True), "locale": WORD},
        "text",
        "text",
    ),
    "redact": Kind("only", {"only": LISTED, "language": TONGUE, "way": WAY, "thread": WORD}, "text", "text"),
}
NOT_FAKED = {"phone_number", "phone", "msisdn"}


def read_steps(field: str, steps: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The steps with all their settings.

    Raises:
        PlanError: as `check_steps`.
    """
    read = tuple(_read(field, step) for step in steps)
    for problem in _out_of_order(read):
        raise PlanError(f"column {field!r}: {problem}")
    return read


def check_steps(field: str, steps: Sequence[Mapping[str, Any]]) -> None:
    """Raise unless a column can take these steps, as far as can be told without its values.

    Args:
        field: the column, as the inventory shows it.
        steps: one-key mappings such as `{round: 5}`; see STEPS.

    Raises:
        PlanError: an unknown step or setting, with the nearest known one; a setting out of its range; a step on
            numbers or dates after one that leaves text.

    Example:
        >>> check_steps("age", [{"top": 90}, {"rond": 5}])
        Traceback (most recent call last):
        igmap.errors.PlanError: column 'age': unknown step 'rond'; did you mean 'round'?
    """
    read_steps(field, steps)


def _read(field: str, step: Mapping[str, Any]) -> Step:
    if not isinstance(step, Mapping) or len(step) != 1:
        raise PlanError(f"column {field!r}: a step is a mapping with one key, such as {{round: 5}}")
    ((name, said),) = step.items()
    if name not in STEPS:
        raise PlanError(f"column {field!r}: unknown step {name!r}{nearest(str(name), STEPS)}")
    kind = STEPS[name]
    settings = dict(said) if isinstance(said, Mapping) else {kind.short: said}
    for problem in _unsound(name, kind, settings):
        raise PlanError(f"column {field!r}: step {name!r}: {problem}")
    return Step(name, {key: settings.get(key, rule.default) for key, rule in kind.rules.items()})


def _unsound(name: str, kind: Kind, settings: Mapping[str, Any]) -> Iterator[str]:
    rules = _rules(kind, settings)
    for key, value in settings.items():
        if key not in rules:
            yield f"unknown setting {key!r}{nearest(str(key), rules)}"
        elif key == "what" and str(value) in NOT_FAKED:
            yield "made-up telephone numbers may be somebody's, and many are not valid; use pseudonym"
        elif not rules[key].holds(value):
            yield f"{key!r} must be {rules[key].says}"
    for key, rule in rules.items():
        if rule.needed and key not in settings:
            yield f"say {key!r}: {rule.says}"
    if name == "date_shift" and ("days" in settings) == ("weeks" in settings):
        yield "say 'days', or 'weeks' so that days of the week stay; one of them"


def _rules(kind: Kind, settings: Mapping[str, Any]) -> Mapping[str, Rule]:
    """The rules of a step; how dates are written is another matter than how numbers are."""
    return {**kind.rules, **ORDERS} if settings.get("of") == "dates" else kind.rules


def _out_of_order(steps: Sequence[Step]) -> Iterator[str]:
    left = ""
    for step in steps:
        reads = STEPS[step.name].reads
        reads = {"ordered": step.settings.get("of", "")[:-1]}.get(reads, reads)
        if left and reads not in {"text", left}:
            yield f"step {step.name!r} needs a {reads}, but the step before it leaves a {left}; change their order"
        left = STEPS[step.name].gives or (left if reads == "text" else reads)
    if "pseudonym" in [step.name for step in steps[:-1]]:
        yield "step 'pseudonym' must be the last"


def words(steps: Sequence[Mapping[str, Any]], lang: str) -> str:
    """What a column becomes by its steps, in words, and what the steps do not do.

    Args:
        steps: sound ones, see `check_steps`.
        lang: nl or en.

    Example:
        >>> words([{"top": 90}, {"round": 5}], "en")
        'what is above 90 becomes 90; is rounded to multiples of 5'
    """
    texts = load_yaml("igmap.anonymisation.transforming", "texts.yaml")
    return "; ".join(
        texts[part][lang].format(**_said(step, texts, lang)) for step in read_steps("", steps) for part in _parts(step)
    )


def _parts(step: Step) -> Iterator[str]:
    """The texts that tell a step: its own, and those of settings that change what it means."""
    told = {key: value for key, value in step.settings.items() if value not in (None, "", False, ())}
    yield step.name
    yield from (key for key in (f"{step.name}.{key}" for key in told) if key in _texts())
    chosen = [(key, one) for key, value in told.items() for one in _each(value)]
    yield from dict.fromkeys(key for key in (f"{step.name}.{key}={one}" for key, one in chosen) if key in _texts())
    if told.get("otherwise") == "blank":
        yield "otherwise"
    if f"{step.name}.limits" in _texts():
        yield f"{step.name}.limits"


def _each(value: Any) -> Iterable[Any]:
    """The settings that are one, or one for each kind."""
    return value.values() if isinstance(value, Mapping) else [value]


def _texts() -> Mapping[str, Any]:
    texts: Mapping[str, Any] = load_yaml("igmap.anonymisation.transforming", "texts.yaml")
    return texts


def _said(step: Step, texts: Mapping[str, Any], lang: str) -> dict[str, str]:
    from igmap.report import percentage

    said = {key: _printed(value, texts, lang) for key, value in step.settings.items()}
    return said | ({"share": percentage(step.settings["share"], lang)} if "share" in said else {})


def _printed(value: object, texts: Mapping[str, Any], lang: str) -> str:
    if isinstance(value, str) and f"word.{value}" in texts:
        return str(texts[f"word.{value}"][lang])
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_printed(one, texts, lang) for one in value)
    return f"{value:.15g}" if isinstance(value, float) else str(value)
