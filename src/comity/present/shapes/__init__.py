"""Everything that comity writes as JSON, as types: for `--format json`, REST and MCP (docs/interfaces.md).

Each shape has a constructor `of`, which takes a result and names every key, so that a type checker sees a key that is
renamed in one place only. OpenAPI's schemas, those of MCP's tools and the columns of CSV are derived from the shapes.
They need pydantic: import this package only where JSON or CSV is written.
"""
