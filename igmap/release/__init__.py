"""Room 5: proof on the written file, attacks, certificate, publishing; it shares no code with what made the file."""

from igmap.release.attacks import Attack, Attacks
from igmap.release.lost import Loss, Suppression
from igmap.release.prove import Proof, prove
from igmap.release.publish import publish
from igmap.release.recheck import recheck
from igmap.release.register import Releases, read_register
from igmap.release.verdict import Verdict
from igmap.release.verifying import Roles, Verification, verify

__all__ = [
    "Attack", "Attacks", "Loss", "Proof", "Releases", "Roles", "Suppression", "Verdict", "Verification", "prove",
    "publish", "read_register", "recheck", "verify",
]  # fmt: skip
