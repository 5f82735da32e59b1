"""What a manager asks of members: notes, requests, introductions of one person to a task."""
