"""How good the decisions are: ask, look, click what is wrong, mend it."""
