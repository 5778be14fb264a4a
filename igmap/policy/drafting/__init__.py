"""Drafts of a register: from the text of a policy, from a spreadsheet; and a register beside what was found."""

from igmap.policy.drafting.comparing import Difference, compare, difference_table
from igmap.policy.drafting.draft import Draft, read_policy_text
from igmap.policy.drafting.importing import Imported, import_register
from igmap.policy.drafting.items import items
from igmap.policy.drafting.telling import items_table, left_table, unmapped_table
from igmap.policy.drafting.writing import write_draft

__all__ = [
    "Difference",
    "Draft",
    "Imported",
    "compare",
    "difference_table",
    "import_register",
    "items",
    "items_table",
    "left_table",
    "read_policy_text",
    "unmapped_table",
    "write_draft",
]
