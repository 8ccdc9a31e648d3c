"""Between whom: the polities and persons of an event."""
