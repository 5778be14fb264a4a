"""Makes the sample workspace: everyone in it is invented, every run gives the same bytes."""

import argparse
from pathlib import Path

from make.access_log import write_access_log
from make.awkward import write_awkward
from make.bookings import write_bookings
from make.browser import write_cookies, write_har
from make.chance import seeded
from make.contacts import write_contacts
from make.courses import enrol
from make.learning_records import write_events, write_progress, write_statements
from make.mail import write_mailbox
from make.moodle_forum import write_forum
from make.moodle_logs import write_logs
from make.moodle_results import write_results
from make.moodle_users import write_archive, write_oneroster, write_users
from make.orders import write_orders
from make.people import make_people
from make.promises import write_promises
from make.site_visits import write_site_visits
from make.surveys import write_survey
from make.workspace import Workspace

DEFAULT_OUT = Path(__file__).parent / "ig-learning"


def make_samples(out: Path) -> None:
    """Write the exports and their ground truth into a workspace folder."""
    workspace = Workspace(out)
    learners, staff = make_people(seeded("people"))
    enrolments = enrol(seeded("enrolments"), learners)
    write_users(workspace, learners, staff)
    write_logs(workspace, enrolments, staff)
    write_results(workspace, enrolments)
    write_forum(workspace, learners, staff)
    write_statements(workspace, enrolments, staff)
    write_progress(workspace, enrolments)
    write_events(workspace, learners)
    write_contacts(workspace, learners, staff)
    write_orders(workspace, learners, staff)
    write_bookings(workspace, learners, staff)
    write_mailbox(workspace, learners, staff)
    write_access_log(workspace, learners)
    write_har(workspace, learners[0])
    write_cookies(workspace, learners[0])
    write_site_visits(workspace, learners[1])
    write_survey(workspace, learners, staff)
    write_oneroster(workspace, learners)
    write_archive(workspace, learners)
    write_awkward(workspace, learners)
    write_promises(workspace, learners)
    workspace.finish()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--out", type=Path, default=DEFAULT_OUT, help="workspace folder (default: ig-learning beside this script)"
    )
    make_samples(parser.parse_args().out)


if __name__ == "__main__":
    main()
