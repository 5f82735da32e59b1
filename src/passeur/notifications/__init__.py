"""What a person is told, where and when: in the page, by mail, in a digest, or not at all."""
