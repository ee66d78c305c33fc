"""P02: what must not be published, what only looks like it, and that no finding repeats it."""

from __future__ import annotations

from dataclasses import astuple

import pytest
from rule_bench import SMALL, codes, judge_text, with_body, with_fields

# Put together here, so that no scanner takes them for real ones.
SECRETS = [
    "ghp" + "_" + "a1" * 18,
    "github" + "_pat_" + "a1" * 20,
    "AK" + "IA" + "QWERTYUIOPASDFGH",
    "-----BEGIN OPENSSH " + "PRIVATE KEY-----",
    "xo" + "xb-1234567890-abcdef",
    "https://hooks." + "slack.com/services/" + "T0/B0/" + "x1" * 12,
    "np" + "m_" + "b2" * 18,
    "glp" + "at-" + "x3" * 10,
    "sk" + "_live_" + "a1" * 12,
    "AI" + "za" + "a1-b2" * 7,
    "ey" + "JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
]
PASSWORDS = [
    ("password: {}", "hunter2x"),
    ("PASSWORD={}", "Sup3rgeheim"),
    ('"api_key": "{}"', "q8w7e6r5t4"),
    ("postgres://app:{}@db/x", "s3cret-word"),
]
PRIVATE = [
    "jane@acme.com",
    "+49 30 1234567",
    "+4930123456789",
    "+1 (415) 867-5309",
    "+33 1 23 45 67 89",
    "10.1.2.3",
    "8.7.6.5",
    "2001:0:5ef5:79fd::1",
    "fd12:3456:789a:1::1",
    "db1.prod.internal",
    "build.acme.corp",
    "host-1.lan",
    "wiki.intranet",
]
HARMLESS = [
    *("version 1.2.3.4", "v10.2.3.4", "PCI DSS 12.10.6.1", "requirement 12.10.6.1", "step 3.1.4.1", "10.4.1"),
    *("upgraded from 1.2.3.4 to 1.2.3.5", "release 1.2.3.4 and 1.2.3.5", "package-1.2.3.4.tar.gz"),
    *("Chrome 120.0.6099.109", "sensor 7.11.18110", "CVE-2021-44228", "sha256:0123456789abcdef"),
    *("192.0.2.17", "198.51.100.7", "203.0.113.9", "127.0.0.1", "0.0.0.0/0", "169.254.169.254", "10.0.0.0/8"),
    *("1.1.1.1", "8.8.8.8", "2001:db8::1", "::1", "255.255.255.0"),
    *("13:42:10", "2026-03-31T13:42:10Z and 10:11:12", "aa:bb:cc:dd:ee:ff", "std::vector", "2026-03-31"),
    *("security@example.org", "ops@foo.example", "noreply@acme.com", "git@github.com:acme/x.git"),
    *("logo@2x.png", "getty@tty1.service", "left-pad@1.2.3", "@jdoe"),
    *("+30 000 users", "+12 000 000 000 rows", "+1 415-555-0134", "+02:00", "a+1234567890", "1,234,567,890"),
    *("config.local.yaml", "/etc/rc.local", "threading.local()", "svc.cluster.local", "metadata.google.internal"),
    *(
        "password: required",
        "password: ********",
        "PASSWORD=${DB_PASSWORD}",
        "password: <yours>",
        "token: expired",
    ),
    *("the password: a new one", "https://user:<password>@host/", "AK" + "IAIOSFODNN7EXAMPLE"),
]


@pytest.mark.parametrize("text", SECRETS + PRIVATE)
def test_found_and_never_repeated(text: str):
    found = judge_text(with_body(SMALL, f"\nIt was {text} then, and {text}.\n"))
    assert codes(found) == ["P02", "P02"]
    for finding in found:
        assert text not in "".join(str(part) for part in astuple(finding))
        assert finding.end_column - finding.column == len(text)
        assert finding.excerpt.count("•") == 2 * len(text)


@pytest.mark.parametrize(("around", "secret"), PASSWORDS)
def test_passwords(around: str, secret: str):
    found = judge_text(with_body(SMALL, f"\nIt was {around.format(secret)} then.\n"))
    assert codes(found) == ["P02"]
    assert secret not in "".join(str(part) for part in astuple(found[0]))


@pytest.mark.parametrize("text", HARMLESS)
def test_not_found(text: str):
    assert "P02" not in codes(judge_text(with_body(SMALL, f"\nIt was {text} then.\n")))


@pytest.mark.parametrize("text", SECRETS + PRIVATE)
def test_everywhere_in_the_file(text: str):
    for record in (
        with_fields(SMALL, f'x-note: "{text}"\n'),
        with_body(SMALL, f"\n```\n{text}\n```\n\n<!-- {text} -->\n\n> “{text}”\n"),
    ):
        assert set(codes(judge_text(record))) == {"P02"}


@pytest.mark.parametrize("mark", ["GREEN", "AMBER", "AMBER+STRICT"])
def test_only_in_what_anyone_may_read(mark: str):
    text = with_body(SMALL, "\nIt was 10.1.2.3 then.\n")
    assert judge_text(with_fields(text, f"tlp: {mark}\n")) == []


def test_another_finding_in_the_same_line_shows_nothing_of_it():
    found = judge_text(with_body(SMALL, "\nThe root cause was jane@acme.com, and 10.1.2.3 too.\n"))
    assert sorted(codes(found)) == ["L05", "P02", "P02"]
    assert {f.excerpt for f in found} == {"The root cause was •••••••••••••, and •••••••• too."}


def test_what_is_wrong_in_its_shape_does_not_show_a_secret_either():
    found = judge_text(with_fields(SMALL, "sumary: Write to jane.doe@corp-bank.de for more."))
    assert codes(found) == ["S110", "P02"]
    assert {finding.excerpt for finding in found} == {f"sumary: Write to {'•' * 21} for more."}


def test_of_more_secrets_than_are_told_none_is_shown():
    found = judge_text(with_body(SMALL, "The root cause was " + "jane.doe@corp-bank.de " * 150 + "\n"))
    assert len(found) == 101
    assert {finding.excerpt for finding in found} == {""}
