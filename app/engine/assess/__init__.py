"""Whether gradients are right: numerical checks, grading of what a reader wrote, and nudges."""
