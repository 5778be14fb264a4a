"""Whose data a dataset holds that says nothing of it itself: those of the dataset in which its persons stand too."""

from collections.abc import Iterator
from dataclasses import replace

from igmap.inventory.kinships import DatasetRelations, Relations
from igmap.inventory.kinships.relations import Place, Subject, told
from igmap.policy.binding.known import Known, Sight

SIGN = "kin"  # `subject_kin` in a proposal
MOST = 0.8  # of its persons that have to stand in the other dataset


def with_kin(sight: Sight, known: Known) -> Sight:
    """The dataset with the kind of persons of its nearest kin, where nothing in it says whose data it holds.

    Args:
        sight: the dataset.
        known: with the relations of all datasets.
    """
    own = sight.relations
    if known.relations is None or own is None or own.person is None or own.subjects:
        return sight
    found = max(_kin(own, known.relations), key=lambda one: one[0], default=None)
    if found is None:
        return sight
    (share, _), subject, there = found
    by = {"code": SIGN, "cue": told(there)}
    return replace(sight, relations=replace(own, subjects=(Subject(subject.kind, share * subject.confidence, (by,)),)))


def _kin(own: DatasetRelations, relations: Relations) -> Iterator[tuple[tuple[float, float], Subject, Place]]:
    """The datasets with most of its persons that say themselves whose data they hold: how much, whose, and where."""
    here = Place(own.source, own.table, own.person.field if own.person else "")
    persons = {Place(source, table, column.field) for source, table, column in relations.person_columns()}
    for kinship in relations.kinships:
        sides = (
            (kinship.first, kinship.second, kinship.first_share),
            (kinship.second, kinship.first, kinship.second_share),
        )
        for at, there, share in sides:
            if at == here and there in persons and share >= MOST and kinship.ground == "values":
                theirs = relations.dataset(there.source, there.table)
                said = [one for one in theirs.subjects if one.reasons[0]["code"] != "folder"] if theirs else []
                yield from (((share, one.confidence), one, there) for one in said[:1])
