"""Pages that readers and providers reach: unsubscribe, preferences, events."""
