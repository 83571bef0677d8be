"""Background work: a job is a function with a token, a lane is a thread with a queue."""
