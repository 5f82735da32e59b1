"""What the store answers, and the page of its clients."""
