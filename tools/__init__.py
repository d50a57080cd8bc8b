"""What the project's own checks and pages are made with."""
