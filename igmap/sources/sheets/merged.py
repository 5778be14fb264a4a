"""Cells that are merged downwards: what stands in the first holds for every record beside it, as a reader sees it."""

from collections.abc import Sequence

from python_calamine import CalamineSheet


def cells_of(sheet: CalamineSheet) -> list[list[object]]:
    """The cells of a sheet from its first filled row and column on, merged ones filled down beside other values.

    Only XLSX and XLS tell which cells are merged. A range is not filled to the right: titles over several columns are
    no values of each of them. A row that nothing else is in stays empty.
    """
    rows: list[list[object]] = sheet.to_python(skip_empty_area=True)
    top, left = sheet.start or (0, 0)
    for (first, column), (last, _) in sheet.merged_cell_ranges or ():
        for number in range(max(first + 1 - top, 0), min(last + 1 - top, len(rows))):
            if _is_beside_others(rows[number], column - left):
                rows[number][column - left] = rows[first - top][column - left]
    return rows


def _is_beside_others(row: Sequence[object], column: int) -> bool:
    return 0 <= column < len(row) and row[column] == "" and any(cell != "" for cell in row)
