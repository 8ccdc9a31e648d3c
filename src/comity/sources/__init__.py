"""Sources: one adapter each behind one contract, pinned to a commit, fetched whole and verified file by file."""
