"""What `passeur evaluate routing` says to a person."""

import pytest

from passeur.expertise import services
from passeur.expertise.tests.factories import Town
from passeur.project.cli.evaluations import routing

pytestmark = pytest.mark.django_db


def test_too_few_questions_are_said_to_be_too_few(capsys):
    town = Town()
    people = [town.member(f"Personne {n}") for n in range(3)]
    for n in range(20):
        asked = town.asked(people[2], f"Question {n}", days=60 - n)
        town.answered(asked, people[n % 2])
    report = services.measure(town.community.pk).as_json()
    routing._tell(report)
    out = capsys.readouterr().out
    assert f"{report['n']} " in out.splitlines()[0]
    assert len(out.splitlines()) == 12
    routing._tell({**report, "n": 50})
    assert len(capsys.readouterr().out.splitlines()) == 11


def test_a_past_without_answers_measures_nothing(capsys):
    town = Town()
    town.asked(town.member("Seule"), "Quelqu’un ?")
    report = services.measure(town.community.pk).as_json()
    assert report["n"] == 0
    routing._tell(report)
    assert len(capsys.readouterr().out.splitlines()) == 2
