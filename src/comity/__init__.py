"""comity: the state of relations between two polities on a day, according to whom, and known by when."""

__version__ = "0.1.0"
