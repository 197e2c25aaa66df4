"""Posts of leak sites: who is said to have been extorted."""
