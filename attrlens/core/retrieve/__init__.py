"""Images like others: exact search, spaces to search in, copies."""
