"""The recipe of the hashes by which a copied passage is recognized: of the prose of the sources.

python tools/copies.py --mirror DIR
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from comity.model import Document
from comity.sources.copies import FOLDER, runs
from comity.sources.rdcr import Rdcr


def make(documents: Iterable[Document]) -> bytes:
    """The file of a source: the hashes of its documents' runs, in order, so that the same prose makes the same file."""
    return b"".join(sorted({run for document in documents for run in runs(document.text)}))


def main() -> None:
    """Remake the files from a mirror of the sources."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mirror", type=Path, required=True, help="the folder of the sources' folders")
    mirror, target = parser.parse_args().mirror, Path(str(files("comity"))) / "data" / FOLDER
    target.mkdir(exist_ok=True)
    for adapter in (Rdcr(),):  # the others have hardly any prose
        records = adapter.records(mirror / adapter.source.id)
        prose = (document for record in records for document in adapter.documents(record))
        (target / f"{adapter.source.id}.bin").write_bytes(make(prose))


if __name__ == "__main__":
    main()
