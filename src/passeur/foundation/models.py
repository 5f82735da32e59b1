"""What all rooms share in the database."""

from django.db import models


class Spent(models.Model):
    """How often somebody did what has a limit (`limits`), until when that counts."""

    who = models.CharField(primary_key=True, max_length=64, help_text="a keyed hash of limit and person")
    times = models.PositiveIntegerField()
    ends = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "spent"

    def __str__(self) -> str:
        return f"{self.times} until {self.ends:%H:%M}"
