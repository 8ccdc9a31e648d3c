"""Web pages, REST, feeds and MCP: the same answers as the command line's, with the same evidence."""
