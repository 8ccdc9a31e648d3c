"""Following a pair: feeds of what changed, digests by mail, and the watch that runs subscriptions."""
