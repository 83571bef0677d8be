"""Jobs under way, and what the program has to say."""
