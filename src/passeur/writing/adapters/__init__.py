"""Where this room meets the disk, pictures and what browsers send."""
