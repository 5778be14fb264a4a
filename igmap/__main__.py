"""`python -m igmap`, for machines on which scripts are not on the path."""

from igmap.cli import main

main()
