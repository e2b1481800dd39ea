"""What production starts from: docker-compose.yml, config/, the secrets."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from odoo.tools import config as odoo_config

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
CONF_FILES = sorted((ROOT / "config").glob("odoo*.conf"))
PASSWORD = re.compile(r"passw|secret|token", re.IGNORECASE)
LIMITS = {
    "workers",
    "max_cron_threads",
    "limit_request",
    "limit_memory_soft",
    "limit_memory_hard",
    "limit_memory_soft_gevent",
    "limit_memory_hard_gevent",
    "limit_time_cpu",
    "limit_time_real",
    "limit_time_real_cron",
    "limit_time_worker_cron",
    "db_maxconn",
    "db_maxconn_gevent",
    "import_file_maxbytes",
    "websocket_rate_limit_burst",
}


def options(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("=", 1) for line in lines if re.match(r"\w+ *=", line))
    return {key.strip(): value.strip() for key, value in pairs}


def run(*command, **kwargs):
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **kwargs)


def test_every_part_of_production_is_there():
    assert set(SERVICES) == {
        "db",
        "prepare",
        "odoo",
        "cron",
        "nginx",
        "backup",
        "restore",
    }


def test_no_password_stands_in_a_file_of_the_repository():
    for name, service in SERVICES.items():
        for key, value in (service.get("environment") or {}).items():
            assert not PASSWORD.search(key) or key.endswith("_FILE"), (name, key)
            assert not key.endswith("_FILE") or value.startswith("/run/secrets/")
    for path in CONF_FILES:
        assert not {"admin_passwd", "db_password"} & set(options(path)), path


def test_secrets_are_files_outside_the_repository():
    assert "/secrets/" in (ROOT / ".gitignore").read_text().splitlines()
    for name, secret in COMPOSE["secrets"].items():
        assert secret == {"file": f"./secrets/{name}"}


def test_images_and_volumes_are_named():
    for name, service in SERVICES.items():
        assert re.search(r":[\d.]+", service["image"]), name
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source.startswith("./") or source in COMPOSE["volumes"], name


def test_every_service_that_stays_up_tells_its_health():
    for name, service in SERVICES.items():
        if service.get("restart") == "unless-stopped":
            assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL"), name


def test_only_the_proxy_is_reachable_and_the_database_has_no_way_out():
    assert [name for name, s in SERVICES.items() if "ports" in s] == ["nginx"]
    assert SERVICES["db"]["networks"] == ["back"]
    assert COMPOSE["networks"]["back"] == {"internal": True}


def test_jobs_by_the_clock_run_in_one_process_only():
    assert "--max-cron-threads=0" in SERVICES["odoo"]["command"]
    assert "--max-cron-threads=2" in SERVICES["cron"]["command"]


def test_connections_of_all_workers_fit_into_the_database():
    conf = {
        key: int(value)
        for key, value in options(ROOT / "config" / "odoo.conf").items()
        if value.isdigit()
    }
    needed = (conf["workers"] + 1) * conf["db_maxconn"] + conf["db_maxconn_gevent"]
    command = " ".join(SERVICES["db"]["command"])
    allowed = int(re.search(r"max_connections=(\d+)", command)[1])
    assert needed < allowed


@pytest.mark.parametrize("path", CONF_FILES, ids=lambda path: path.name)
def test_odoo_knows_every_option(path):
    known = {
        name
        for name, option in odoo_config.options_index.items()
        if option.file_loadable
    }
    assert set(options(path)) - known - {"data_dir"} == set()
    assert {"list_db", "proxy_mode", "workers"} <= set(options(path))


def test_production_shows_every_limit():
    assert set(options(ROOT / "config" / "odoo.conf")) >= LIMITS


def test_the_proxy_sends_what_odoo_reads():
    nginx = (ROOT / "config" / "nginx.conf").read_text(encoding="utf-8")
    places = re.findall(r"location /websocket \{(.*?)\n        \}", nginx, re.DOTALL)
    assert len(places) == 1
    server = nginx.replace(places[0], "")
    for header in ("X-Forwarded-Host", "X-Forwarded-For", "X-Forwarded-Proto"):
        assert f"proxy_set_header {header} " in places[0]
        assert f"proxy_set_header {header} " in server
    assert "proxy_set_header Upgrade $http_upgrade;" in places[0]
    assert "http://odoochat" in places[0]


@pytest.mark.skipif(not shutil.which("docker-compose"), reason="no docker-compose")
def test_docker_compose_accepts_the_file(tmp_path):
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)
    result = run("docker-compose", "config", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert yaml.safe_load(result.stdout)["services"].keys() >= SERVICES.keys() - {
        "restore"
    }


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl")
def test_secrets_are_random_closed_and_kept(tmp_path):
    script = ROOT / "config" / "make-secrets.sh"
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        run("bash", script, folder, env={**os.environ, "HOST_NAME": "localhost"})
        assert folder.stat().st_mode & 0o777 == 0o700
    passwords = [(f / "db_password").read_text() for f in folders]
    assert len(passwords[0]) == 32
    assert passwords[0] != passwords[1]
    assert run("bash", script, folders[0]).stdout == ""
    assert (folders[0] / "db_password").read_text() == passwords[0]


def test_the_container_does_not_start_without_its_passwords(tmp_path):
    empty = tmp_path / "empty"
    empty.touch()
    for environment in ({}, {"PGPASSWORD_FILE": str(empty)}):
        result = run(
            "bash",
            ROOT / "config" / "entrypoint.sh",
            "odoo",
            env={"PATH": os.environ["PATH"], "ODOO_COMMAND": "true", **environment},
        )
        assert result.returncode == 1
        assert "names no file with a password" in result.stderr
