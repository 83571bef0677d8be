"""The exemplars examined: what is odd, doubled or shared, and what more would bring."""
