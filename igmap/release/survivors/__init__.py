"""What survived of the source in a release: identifiers in whatever notation, fragments of texts, traces in files."""

from collections.abc import Sequence

from igmap.release.survivors.artefacts import in_metadata
from igmap.release.survivors.cells import surviving
from igmap.release.survivors.detected import undeclared_identifiers
from igmap.release.survivors.extremes import labels_from_extremes
from igmap.release.survivors.fragments import unique_fragments
from igmap.release.survivors.orders import row_numbers, sorted_by_a_column
from igmap.release.survivors.packed import traces_in_parquet
from igmap.release.survivors.sought import Sought, Table, keep_sought, sought_of

__all__ = ["Sought", "Table", "keep_sought", "sought_of", "survivors"]


def survivors(tables: Sequence[Table], sought: Sought) -> dict[str, int]:
    """What survived, by check; all of them have to be 0.

    Args:
        tables: of the release, each with its source.
        sought: what must not be found.
    """
    staged = [one for one, _ in tables]
    return {
        "surviving_identifiers": surviving(tables, sought),
        "identifiers_in_metadata": in_metadata(staged, sought),
        "undeclared_identifiers": sum(map(undeclared_identifiers, staged)),
        "unique_fragments": sum(unique_fragments(*one) for one in tables),
        "traces_in_metadata": sum(map(traces_in_parquet, staged)),
        "rows_in_order_of_a_column": sum(sorted_by_a_column(*one) for one in tables),
        "columns_that_number_rows": sum(map(row_numbers, staged)),
        "labels_from_extremes": sum(labels_from_extremes(*one) for one in tables),
    }
