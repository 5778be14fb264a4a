"""Two categories that are as probable: the verdict does not depend on which vote came first."""

from igmap.inventory.verdict import _decided
from igmap.inventory.votes import Vote


def test_the_order_of_votes_does_not_decide_a_tie() -> None:
    votes = [Vote(category, "header", 2.0, {"code": "header"}) for category in ("location", "account_id", "city")]
    assert _decided(votes) == _decided(votes[::-1])
    assert _decided(votes)[3] == "account_id"
