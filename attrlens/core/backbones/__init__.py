"""Networks whose hidden layers make descriptors: a table with one row a backbone."""
