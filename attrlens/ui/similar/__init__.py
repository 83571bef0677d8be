"""Images like others: what is looked for, what was found, and groups of images that belong together."""
