"""How good an attribute's decisions are: folds, measures, parts of the report. Descriptors in, plain numbers out."""
