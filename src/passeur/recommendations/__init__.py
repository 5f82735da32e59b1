"""What is close to what: similar texts, by interchangeable text vectors."""
