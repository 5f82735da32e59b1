"""A line per request, and nothing in it that tells who asked or what was typed."""

import logging

import pytest


@pytest.mark.django_db
def test_the_line_has_the_route_and_not_what_was_typed(client, caplog):
    with caplog.at_level(logging.INFO, logger="passeur.request"):
        client.get("/palette?q=Inès+Roy")
    (record,) = [record for record in caplog.records if record.name == "passeur.request"]
    assert record.getMessage().startswith("GET /palette ")
    assert "Inès" not in record.getMessage()
    assert "127.0.0.1" not in record.getMessage()


@pytest.mark.django_db
def test_an_address_that_leads_nowhere_is_not_repeated(client, caplog):
    with caplog.at_level(logging.INFO, logger="passeur.request"):
        client.get("/ines.roy@example.org/")
    assert "ines.roy" not in caplog.text


@pytest.mark.django_db
def test_another_host_is_refused_with_a_page_and_not_repeated(client, caplog):
    answer = client.get("/", headers={"Host": "ines-roy.example"})
    assert answer.status_code == 400
    assert "Cette adresse est incomplète" in answer.content.decode()
