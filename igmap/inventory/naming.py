"""Who is named in the name of a file, a sheet or a column: words that lists, titles and particles make a person."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

import polars as pl

from igmap.inventory.people.known.ordinary import ALIKE, signs_of
from igmap.inventory.people.names import folded, not_names, particles, words_of
from igmap.vocabulary import header_cue
from igmap.vocabulary.tokens import name_tokens

WORD = re.compile(r"[^\W\d_]+")
FILE = re.compile(r"\.\w{1,5}$")
LIKE_A_NAME, SURELY_LIKE_ONE = 2.0, 3.0  # log-odds of its spelling: of a word with a capital, of any
SHORTEST_FAMILY = 5  # letters of a family name alone
SHORTEST = 3  # letters of a given name that says something by itself
BETWEEN = ("vander", "vanden", "vande", "van", "ter", "ten", "de", "el")  # particles written on to a family name
SHORTEST_JOINED = 4  # letters of a family name behind them
NO_JOINED = frozenset({"declare", "decline", "demand", "desire"})  # of 16,000 words those that look so
CLEAR = frozenset({*BETWEEN, "von", "der", "den", "vd"})  # that stand between names and hardly elsewhere
KIN = frozenset({"fam", "familie", "gezin"})


def asked_of(name: str) -> Iterator[str]:
    """The words of a name as the lists have them, and what stands behind a particle that is written on."""
    for word in map(folded, WORD.findall(name)):
        yield word
        yield from _behind_particles(word)


def without_person(name: str, known: Mapping[str, set[str]], *, months: bool) -> str:
    """The name with every run of words masked that is a person's.

    A phrase of our own lists names nobody: `sal brut`. The lists are long, and asked only where somebody may be named.

    Args:
        name: of a file, a sheet or a column.
        known: roles of the words that are names (`asked_of` says which to look up).
        months: whether words that are months too are months here.
    """
    words = list(WORD.finditer(name))
    for i in range(len(words)):
        size = _all_of(name, words, known) if i == 0 else 0
        size = size or _person_at(words[i : i + 6], known, months=months)
        if size:
            if (cue := header_cue(name)) and " ".join(name_tokens(name)) == cue.phrase:
                return name
            rest = takewhile(_may_be_family, words[i + size :])
        elif FILE.search(name) and _is_family_alone(words[i][0], known):
            size, rest = 1, takewhile(lambda word: _may_be_given(word[0], known), words[i + 1 :])
        else:
            continue
        end = [words[i + size - 1], *rest][-1].end()
        return name[: _start(name, words, i, size)] + "‹name›" + without_person(name[end:], known, months=months)
    return name


def _start(name: str, words: Sequence[re.Match[str]], at: int, size: int) -> int:
    """Where a person begins who was found at a word: behind a title, and before initials with their points."""
    if size > 1 and _is_title(words[at][0]):
        return words[at + 1].start()
    while at and len(words[at - 1][0]) == 1 and name[words[at - 1].end()] == ".":
        at -= 1
    return words[at].start()


def _all_of(name: str, words: Sequence[re.Match[str]], known: Mapping[str, set[str]]) -> int:
    """How many words there are where the whole name is a family name with its particles, `de Boer`; else 0."""
    suffix = FILE.search(name)
    stem = [word for word in words if not suffix or word.start() < suffix.start()]
    *before, last = [folded(word[0]) for word in stem] or [""]
    named = before and CLEAR.issuperset(before) and "family" in known.get(last, ()) and stem[-1][0][0].isupper()
    return len(stem) if named and _may_end_a_name(last) else 0


def _person_at(words: Sequence[re.Match[str]], known: Mapping[str, set[str]], *, months: bool) -> int:
    """How many words name a person: given, initial, title or particle before a family name, or given alone."""
    plain = [folded(word[0]) for word in words]
    roles = [known.get(word, set()) for word in plain]
    is_given, is_titled = "given" in roles[0], _is_title(plain[0])
    if not (is_given or is_titled or len(plain[0]) == 1 or plain[0] in particles()):
        return 0
    end = 1
    while end < len(plain) and plain[end] in particles() and "sure family" not in roles[end]:
        end += 1
    if end < len(plain) and (len(plain[end]) == 1 or _may_end_a_name(plain[end])):
        is_capital = words[end][0][0].isupper()
        listed = is_given or (len(plain[0]) == 1 and "family" in roles[end])  # `a. de Groot`
        clearly = listed and end > 1 and CLEAR.issuperset(plain[1:end]) and is_capital
        family = {"family"} if is_given or (is_titled and is_capital) else {"sure family"}
        family |= {"sure given"} if is_titled else set()
        by_initial = len(plain[0]) == 1 and _is_family_alone(words[end][0], known)
        if clearly or (len(plain[end]) > 1 and family & roles[end]) or by_initial:
            return end + 1
    alone = "sure given" in roles[0] or (is_given and not months and plain[0] in words_of("months"))
    return int(alone and _may_be_alone(words[0][0], plain[0]))


def _may_be_alone(word: str, plain: str) -> bool:
    """Whether a given name says something by itself: no city, product or word of headers."""
    listed = plain in not_names() | words_of("products")
    return len(plain) >= SHORTEST and not listed and _is_plain(word, plain)


def _is_title(word: str) -> bool:
    return folded(word) in words_of("titles") | KIN


def _may_end_a_name(word: str) -> bool:
    """Whether a family name is not rather what names of columns end in: `meta_key`."""
    return not header_cue(word) and word not in words_of("columns")


def _may_be_given(word: str, known: Mapping[str, set[str]]) -> bool:
    """Whether a word behind a family name is a given name or its first letter: `JANSEN_PIET`, `jansen-p`."""
    plain = folded(word)
    return len(plain) == 1 or ("given" in known.get(plain, ()) and plain not in words_of("months"))


def _behind_particles(word: str) -> Iterator[str]:
    """What is left of a word behind particles that are written on to it: `devries`, `vandijk`."""
    longest = next((one for one in BETWEEN if word.startswith(one)), "")
    if longest and len(word) - len(longest) >= SHORTEST_JOINED and word not in NO_JOINED:
        yield word[len(longest) :]


def _is_family_alone(word: str, known: Mapping[str, set[str]]) -> bool:
    """Whether a word of a file's name is a family name and nothing else, by the lists and by how it is spelled."""
    plain = folded(word)
    least = LIKE_A_NAME if word.istitle() else SURELY_LIKE_ONE
    if len(plain) < SHORTEST_FAMILY or header_cue(plain):
        return False
    if any("family" in known.get(part, ()) for part in _behind_particles(plain)):
        return True
    if "sure family" not in known.get(plain, ()):
        return False
    told = signs_of(pl.Series([plain])).filter(~pl.col("word") & ~pl.col("place") & (pl.col("likeness") > least))
    return len(told) > 0 and plain not in words_of("products")


def _may_be_family(word: re.Match[str]) -> bool:
    """Whether a word behind a name is rather a family name that no list has than a word of headers."""
    is_ending = word.string[: word.start()].endswith(".")
    like_one = word[0][0].isupper() or (not is_ending and _spelled_like_a_name(folded(word[0])))
    return not header_cue(word[0]) and like_one


def _spelled_like_a_name(word: str) -> bool:
    """Whether a word in small letters is on no list, and spelled like a name."""
    told = signs_of(pl.Series([word])).filter(~pl.col("word") & ~pl.col("place") & (pl.col("likeness") > ALIKE))
    return len(told) > 0


def _is_plain(word: str, name: str) -> bool:
    """Whether headers do not use it as a word."""
    return not header_cue(name) and " ".join(name_tokens(word)) == name
