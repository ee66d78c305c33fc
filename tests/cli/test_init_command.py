"""`postmortems init`: what it lays down, what it guesses, and that it never overwrites."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml

from records import summed_up

if TYPE_CHECKING:
    from pathlib import Path

LAID = {
    "mkdocs.yml",
    "schemas/policy.yaml",
    "incidents/2026/2026-03-30-example-shop-certificate.md",
    "docs/about.md",
    ".gitignore",
}


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and ".git/" not in path.relative_to(folder).as_posix() + "/"
    }


def policy_of(folder: Path) -> dict[str, object]:
    return yaml.safe_load((folder / "schemas/policy.yaml").read_text(encoding="utf-8"))


def site_of(folder: Path) -> dict[str, object]:
    return yaml.safe_load((folder / "mkdocs.yml").read_text(encoding="utf-8"))


def test_everything_is_laid_down_and_clean(run, tmp_path):
    folder = tmp_path / "acme-post-mortems"
    result = run("init", folder)
    assert result.exit_code == 0
    assert set(tree(folder)) == LAID
    assert "postmortems new" in result.stdout
    assert "mkdocs serve" in result.stdout
    assert f"cd {folder}" in result.stdout
    assert run("check", folder).stdout == summed_up(1)
    assert site_of(folder)["site_name"] == "Acme post mortems"
    assert policy_of(folder)["organisation"] == "acme-post-mortems"


def test_the_current_folder_is_the_default(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("init")
    assert result.exit_code == 0
    assert set(tree(tmp_path)) == LAID
    assert "cd " not in result.stdout


def test_the_example_is_small_and_says_so(run, base):
    text = next((base / "incidents").rglob("*.md")).read_text(encoding="utf-8")
    front = text.split("---\n")[1]
    assert len(front.splitlines()) <= 25
    assert "example" in front
    assert "{" not in front


def test_the_site_fetches_nothing_and_names_the_plugin(run, base):
    site = site_of(base)
    assert site["theme"]["font"] is False
    assert site["plugins"] == ["search", "postmortems"]
    assert [scheme["media"] for scheme in site["theme"]["palette"]] == [
        "(prefers-color-scheme)",
        "(prefers-color-scheme: light)",
        "(prefers-color-scheme: dark)",
    ]


@pytest.mark.parametrize(
    "name", ["No", "Acme: post-mortems", '"quoted" # name', "yes", "12", "Ä 🎉", "- dash", "$site_name", "{a: b}"]
)
def test_names_are_written_so_that_they_are_read_back(run, tmp_path, name):
    folder = tmp_path / "kb"
    assert run("init", folder, "--name", name, "--organisation", name).exit_code == 0
    assert site_of(folder)["site_name"] == name
    assert policy_of(folder)["organisation"] == name
    assert run("check", folder).stdout == summed_up(1)


@pytest.mark.parametrize("stem", ["no", "a: b", "tab\tand\nnewline", "x" * 200, "'quote\"", "123", "-", "été"])
def test_any_name_of_a_folder_will_do(run, tmp_path, stem):
    folder = tmp_path / stem
    assert run("init", folder).exit_code == 0
    assert run("check", folder).stdout == summed_up(1)
    assert isinstance(site_of(folder)["site_name"], str)


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\x07b"])
def test_a_name_that_cannot_be_used_is_wrong_use(run, tmp_path, name):
    result = run("init", tmp_path / "kb", "--organisation", name)
    assert result.exit_code == 2
    assert "--organisation" in result.stderr
    assert not (tmp_path / "kb").exists()


@pytest.mark.parametrize(
    ("address", "owner"),
    [
        ("https://github.com/acme-inc/post-mortems.git", "acme-inc"),
        ("https://user:secret@forge.example/acme/pm", "acme"),
        ("git@github.com:acme/pm.git", "acme"),
        ("ssh://git@forge.example:2222/acme/pm.git", "acme"),
        ("/srv/git/pm.git", "kb"),
        ("../pm.git", "kb"),
    ],
)
def test_the_organisation_is_guessed_from_the_remote(run, tmp_path, address, owner):
    folder = tmp_path / "kb"
    subprocess.run(["git", "init", "-q", folder], check=True)
    subprocess.run(["git", "-C", folder, "remote", "add", "origin", address], check=True)
    assert run("init", folder).exit_code == 0
    assert policy_of(folder)["organisation"] == owner


@pytest.mark.parametrize("name", sorted(LAID))
def test_nothing_is_overwritten_and_then_nothing_written(run, tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine\n", encoding="utf-8")
    result = run("init", tmp_path)
    assert result.exit_code == 2
    assert str(path) in result.stderr
    assert tree(tmp_path) == {name: "mine\n"}


def test_all_that_is_in_the_way_is_listed(run, tmp_path):
    (tmp_path / "mkdocs.yml").symlink_to("nowhere")
    (tmp_path / "docs").write_text("a file where a folder is needed\n", encoding="utf-8")
    result = run("init", tmp_path)
    assert result.exit_code == 2
    assert str(tmp_path / "mkdocs.yml") in result.stderr
    assert f"{tmp_path / 'docs'}\n" in result.stderr
    assert not (tmp_path / "schemas").exists()


def test_twice_is_refused(run, base):
    before = tree(base)
    assert run("init").exit_code == 2
    assert tree(base) == before


def test_other_files_are_left_alone(run, tmp_path):
    (tmp_path / "README.md").write_text("mine\n", encoding="utf-8")
    assert run("init", tmp_path).exit_code == 0
    assert set(tree(tmp_path)) == {*LAID, "README.md"}


def test_what_fails_half_way_leaves_nothing(run, tmp_path, monkeypatch):
    real, count = os.link, 0

    def failing(draft: Path, path: Path) -> None:
        nonlocal count
        count += 1
        if count == 4:
            raise KeyboardInterrupt
        real(draft, path)

    monkeypatch.setattr(os, "link", failing)
    result = run("init", tmp_path / "kb")
    assert result.exit_code == 130
    assert not (tmp_path / "kb").exists()


def test_a_file_is_no_folder(run, tmp_path):
    (tmp_path / "kb").write_text("", encoding="utf-8")
    assert run("init", tmp_path / "kb").exit_code == 2
