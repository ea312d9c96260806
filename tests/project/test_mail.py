# SPDX-License-Identifier: Apache-2.0
"""Where mail goes, as the environment says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gumruk.office.project.environment import mail


def test_it_writes_mail_into_the_data_folder_until_a_server_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUMRUK_DATA", str(tmp_path))
    settings = mail("files")
    assert settings["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    assert settings["EMAIL_FILE_PATH"] == str(tmp_path / "mail")


@pytest.mark.parametrize(
    ("address", "host", "port", "tls", "ssl"),
    [
        ("smtp://office:se%40cret@mail.example", "mail.example", 587, True, False),
        ("smtps://office:se%40cret@mail.example", "mail.example", 465, False, True),
        ("smtp://office:se%40cret@localhost:25", "localhost", 25, False, False),
    ],
)
def test_it_reads_the_address_of_a_server(address: str, host: str, port: int, tls: bool, ssl: bool) -> None:
    settings = mail(address)
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == (host, port)
    assert (settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (tls, ssl)
    assert (settings["EMAIL_HOST_USER"], settings["EMAIL_HOST_PASSWORD"]) == ("office", "se@cret")


@pytest.mark.parametrize("address", ["", "mail.example", "http://mail.example", "smtp://", "smtp://:25"])
def test_it_refuses_what_names_no_place(address: str) -> None:
    with pytest.raises(ValueError, match="GUMRUK_MAIL"):
        mail(address)
