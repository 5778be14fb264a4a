"""The information loss of a written release, recomputed from its labels.

Source: Xu et al. 2006, doi:10.1145/1150402.1150504 (normalised certainty penalty). Over the values that occur in the
source: (highest - lowest)/range for numbers and dates, (values covered - 1)/(values - 1) otherwise; a row that was
left out costs 1.
"""

import polars as pl

from igmap.release.staged import Labels

DATES = ("%Y-%m-%d", "%Y%m%d", "%d-%m-%Y", "%d/%m/%Y")


def label_loss(labels: Labels, level: int) -> pl.DataFrame:
    """What each `label` of a level costs (`loss`, 0-1); a blank is a label like any other."""
    frame = pl.DataFrame(
        {"leaf": labels[:, 0].tolist(), "label": labels[:, level].tolist()},
        schema={"leaf": pl.String, "label": pl.String},
    )
    places = positions(frame["leaf"])
    if places is None:
        return frame.group_by("label").agg(((pl.len() - 1) / max(frame.height - 1, 1)).alias("loss"))
    scale = places.drop_nulls().to_numpy()
    spread = ((pl.col("at").max() - pl.col("at").min()) / (float(scale.max() - scale.min()) or 1.0)).fill_null(0.0)
    everything = pl.len() == max(frame.height, 2)
    return (
        frame.with_columns(at=places)
        .group_by("label")
        .agg(pl.when(everything).then(1.0).otherwise(spread).alias("loss"))
    )


def positions(leaves: pl.Series) -> pl.Series | None:
    """Where each leaf lies on its scale, null for a blank; None when the values have no scale."""
    readings = [_numbers(leaves)]
    readings += [
        leaves.str.extract(r"^([^T ]+)").str.to_date(form, strict=False).dt.epoch("d").cast(pl.Float64)
        for form in DATES
    ]
    fitting = (read for read in readings if read.null_count() == leaves.null_count() < len(leaves))
    return next(fitting, None)


def _numbers(leaves: pl.Series) -> pl.Series:
    """The leaves as numbers; none at all where a point or comma can be read in two ways."""
    texts = leaves.drop_nulls().str.strip_chars()
    pointed = bool(texts.str.contains(r"^[-+]?[1-9]\d{0,2}(\.\d{3})+$").any())
    parted = pointed and bool(texts.str.contains(r"^[-+]?(\d{1,3}|[1-9]\d{0,2}(\.\d{3})+)$").all())
    both = bool(texts.str.contains(r"\.").any() and texts.str.contains(",").any())
    if (pointed and not parted) or both:
        return pl.Series([None] * len(leaves), dtype=pl.Float64)
    plain = leaves.str.strip_chars().str.replace_all(".", "" if parted else ".", literal=True)
    decimal = plain.str.replace(",", ".", literal=True)
    return decimal.str.extract(r"^([-+]?\d{1,15}(?:\.\d+)?)$").cast(pl.Float64)
