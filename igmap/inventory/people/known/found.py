"""Names that the tagger found with certainty, to be looked for in the rest of the texts."""

import polars as pl

from igmap.inventory.people.known.people import ALONE, in_words
from igmap.inventory.people.known.resolving import MET, NAMED

CERTAIN, LIKELY = 0.9, 0.6  # score of one name alone; of a full name, or of one that was found several times
SEVERAL = 2


def met_in_texts(values: pl.Series, found: pl.DataFrame) -> pl.DataFrame:
    """The names that were found with certainty: `row`, `name` and `role`.

    Certain is a full name, or a name that was found several times, when it is likely; and one name alone when it is
    nearly sure.
    """
    spans = found if "score" in found.columns else found.with_columns(score=pl.lit(1.0))
    text = values.gather(spans["row"]).to_frame("text").with_columns(spans["row", "start", "end", "score"])
    name = pl.col("text").str.slice("start", pl.col("end") - pl.col("start"))
    named = in_words(text.with_columns(name=name))
    times = pl.len().over(pl.col("name").str.to_lowercase())
    sure = pl.when((pl.col("level") < ALONE) | (times >= SEVERAL)).then(LIKELY).otherwise(CERTAIN)
    met = named.filter(pl.col("level").is_not_null() & (pl.col("score") >= sure))
    return met.select("row", "name", role=pl.lit(NAMED)).cast(MET)
