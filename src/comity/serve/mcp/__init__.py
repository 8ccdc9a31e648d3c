"""The MCP server: tools, resources and a prompt by which an agent asks what the command line answers."""
