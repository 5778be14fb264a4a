"""Binding: which dataset serves which purpose is said by a person. igmap proposes, with reasons, and never decides."""

from igmap.policy.binding.confirm import Bound, Said, confirm
from igmap.policy.binding.faults import Fault, faults
from igmap.policy.binding.known import Known
from igmap.policy.binding.proposal import Part, Proposal, Ranked
from igmap.policy.binding.propose import propose

__all__ = ["Bound", "Fault", "Known", "Part", "Proposal", "Ranked", "Said", "confirm", "faults", "propose"]
