"""The command line: one subcommand per verb. A room is imported by the command that needs it, so that help is quick."""

import signal
import sys
from collections.abc import Callable

import typer

from igmap.cli import (
    accepting,
    acting,
    assessing,
    binding,
    control,
    deciding,
    devices,
    disclosing,
    drafting,
    finding,
    leaving,
    marking,
    planning,
    redacting,
    register,
    releasing,
    retention,
    tabulating,
    verifying,
    versions,
    whole,
)  # fmt: skip
from igmap.cli.explaining import Command, Group, commands
from igmap.cli.speaking import Commands
from igmap.errors import IgmapError

app = typer.Typer(
    name="igmap",
    cls=Commands,
    callback=commands,
    invoke_without_command=True,
    help="What personal data is where, may it be there, and how can it be kept anonymised? All offline.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
GROUP_HELP = {
    "policy": "The register of what the privacy policy promises.",
    "retention": "How long data are kept: terms against records, a calendar, what has to go, whether it went.",
}
TERMINATED, INTERRUPTED = 143, 130  # 128 + SIGTERM and SIGINT, as a shell reports them
COMMANDS = (
    whole.init, whole.run, control.status, finding.sources, finding.discover, finding.where, finding.detectors,
    finding.evaluate, finding.relations, deciding.decide, deciding.drift, binding.bind, acting.check, accepting.accept,
    devices.cookies, disclosing.disclose, planning.plan, acting.anonymise, marking.mark, tabulating.statistics,
    verifying.verify, releasing.releases, releasing.recheck, releasing.finalise, acting.flows, acting.record,
    control.report, redacting.redact, whole.lab, whole.close,
)  # fmt: skip
GROUPS: dict[str, tuple[Callable[..., None], ...]] = {
    "policy": (
        register.new_register, register.validate_register, leaving.open_values, register.answer_value,
        register.promote_answers, assessing.assess, versions.diff, versions.notice, drafting.read_text,
        drafting.import_sheet, drafting.compare_register,
    ),
    "retention": (retention.show_terms, retention.calendar, retention.due, retention.verify),
}  # fmt: skip


for command in COMMANDS:
    app.command(cls=Command)(command)
for name, members in GROUPS.items():
    group = typer.Typer(cls=Group, callback=commands, invoke_without_command=True, help=GROUP_HELP[name])
    for command in members:
        group.command(command.__name__.split("_")[0], cls=Command)(command)
    app.add_typer(group, name=name)


def main() -> None:
    """Run the command line; igmap's own errors become one line and an exit status.

    A request to end is an ordinary end, so that staged copies are removed; DuckDB tells of one in words of its own.
    """
    asked: list[int] = []

    def end(number: int, _: object) -> None:
        asked.append(number)
        sys.exit(TERMINATED)

    signal.signal(signal.SIGTERM, end)
    try:
        app()
    except RuntimeError as error:
        if not asked and str(error) != "Query interrupted":
            raise
        sys.exit(TERMINATED if asked else INTERRUPTED)
    except IgmapError as error:
        typer.echo(f"igmap: {error.said(error.lang)}", err=True)
        sys.exit(error.exit_status)
