"""The recipe of the manifests, which pin every file that an adapter reads, from a mirror of the pinned commits.

python tools/manifests.py --mirror DIR [SOURCE …]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from comity.errors import MissingFile
from comity.model import Source
from comity.sources.manifest import FOLDER, measure, members
from comity.sources.registry import adapter, adapters


def write(source: Source, folder: Path, into: Path = FOLDER) -> Path:
    """Write the manifest of a source from a folder that holds its pinned commit.

    Raises `MissingFile` when the folder holds none of its files.
    """
    measured = measure(folder, members(source, folder))
    if not measured:
        raise MissingFile(f"{folder} holds no file of {source.id} ({', '.join(source.files)})", offender=folder)
    into.mkdir(parents=True, exist_ok=True)
    file = into / f"{source.id}.sha256"
    file.write_text("".join(f"{digest}  {path}\n" for path, digest in measured.items()), "utf-8")
    return file


def main() -> None:
    """Make the manifests of all sources, or of those named, from a mirror."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="ids of sources (default: all)")
    parser.add_argument("--mirror", type=Path, required=True, help="folder that holds a folder for each source")
    arguments = parser.parse_args()
    for source in [adapter(id).source for id in arguments.sources] or [each.source for each in adapters().values()]:
        print(write(source, arguments.mirror / source.place))


if __name__ == "__main__":
    main()
