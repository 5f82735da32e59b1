"""Figures of communities: pages that answer in a blink, their files, and the sponsors' report."""
