"""igmap policy diff and notice for a register that leaves the name of the organisation open."""

from pathlib import Path

import yaml

from tests.policy_cases import register
from tests.test_cli import call


def test_a_name_that_is_left_open_is_not_shown_as_a_value_of_the_program(tmp_path: Path) -> None:
    content = register()
    (tmp_path / "old.yaml").write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")
    content["controller"] = content["controller"] | {"name": {"open": "not recognised"}}
    (tmp_path / "new.yaml").write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")
    for command in ("diff", "notice"):
        told = call("policy", command, tmp_path / "old.yaml", tmp_path / "new.yaml")[1]
        assert "rganisatie" in told
        assert "pen=Text" not in told
