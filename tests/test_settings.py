"""Settings come from YAML and the environment, and a misspelt one is told."""

from pathlib import Path

import pytest

from revitron_grpc.errors import InvalidInputError, Reason
from revitron_grpc.framework_environment import ENVIRONMENTS
from revitron_grpc.settings import (
    DEFAULT_THRESHOLDS,
    FrameworkSettings,
    LoggingSettings,
    Settings,
    changed,
    load_settings,
)
from revitron_grpc.vocabulary import Criterion

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _clean(clean_environment: pytest.MonkeyPatch) -> None:
    del clean_environment


def wrong(path: Path | None) -> str:
    with pytest.raises(InvalidInputError) as caught:
        load_settings(path)
    assert caught.value.reason is Reason.INVALID_CONFIGURATION
    return str(caught.value)


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "settings.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_default_file_says_what_the_defaults_are() -> None:
    assert load_settings(ROOT / "config" / "default.yaml") == Settings()


def test_the_production_file_is_good() -> None:
    assert load_settings(ROOT / "config" / "production.yaml").logging.format == "json"


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "server: {port: 1111, host: 10.0.0.1}\n")
    monkeypatch.setenv("REVITRON_GRPC_SERVER__PORT", "2222")
    settings = load_settings(path)
    assert (settings.server.port, settings.server.host) == (2222, "10.0.0.1")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("server: {prot: 1}\n", "server.prot: is no setting; allowed here: channelz"),
        ("sever: {}\n", "sever: is no setting; allowed here: "),
        ("server: {port: many}\n", "server.port"),
        ("server: {port: 70000}\n", "65535"),
        ("server: {heartbeat_seconds: 16}\n", "heartbeat_seconds"),
        ("validation: {thresholds: {duplicate_check: 1.5}}\n", "duplicate_check"),
        ("- a list\n", "must hold sections"),
        ("server: [\n", "cannot be read as YAML"),
    ],
)
def test_what_is_wrong_is_told_with_file_key_and_the_way_out(
    tmp_path: Path, text: str, told: str
) -> None:
    path = write(tmp_path, text)
    message = wrong(path)
    assert str(path) in message
    assert told in message


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "does not exist" in wrong(tmp_path / "none.yaml")


def test_an_environment_variable_of_no_section_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVITRON_GRPC_SEVER__PORT", "1")
    assert "REVITRON_GRPC_SEVER__PORT: is no setting" in wrong(None)


def test_the_secret_is_in_no_repr() -> None:
    settings = Settings.model_validate({"resume": {"secret": "hush"}})
    assert "hush" not in repr(settings)


def test_every_criterion_has_a_default_threshold() -> None:
    assert set(DEFAULT_THRESHOLDS) == set(Criterion)


def test_a_wrong_variable_is_not_blamed_on_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVITRON_GRPC_SERVER__PORT", "many")
    message = wrong(write(tmp_path, "server: {port: 1}\n"))
    assert "environment variable REVITRON_GRPC_SERVER__PORT" in message
    assert "settings.yaml" not in message


def test_workers_have_two_names_and_one_value(tmp_path: Path) -> None:
    assert load_settings(write(tmp_path, "performance: {max_workers: 3}\n")).executor.workers == 3
    same = "performance: {max_workers: 3}\nexecutor: {max_workers: 3}\n"
    assert load_settings(write(tmp_path, same)).executor.workers == 3
    message = wrong(write(tmp_path, "performance: {max_workers: 3}\nexecutor: {max_workers: 4}\n"))
    assert "performance.max_workers (3) and executor.max_workers (4)" in message


def test_without_parallel_processing_there_is_one_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "executor: {max_workers: 4}\n")
    monkeypatch.setenv("REVITRON_GRPC_PERFORMANCE__PARALLEL_PROCESSING", "false")
    assert load_settings(path).executor.workers == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("framework: {strict_mode: true, disable_validation: true}\n", "disable_validation"),
        ("framework: {strict_mode: true}\nvalidation: {disabled: [aec_value]}\n", "disabled"),
        (
            "framework: {strict_mode: true}\nvalidation: {thresholds: {aec_value: 0.5}}\n",
            "validation.thresholds.aec_value below 0.7",
        ),
    ],
)
def test_strict_mode_contradicts_what_lowers_the_bar(tmp_path: Path, text: str, told: str) -> None:
    message = wrong(write(tmp_path, text))
    assert "framework.strict_mode and " in message
    assert told in message


def test_strict_mode_may_raise_the_bar(tmp_path: Path) -> None:
    text = "framework: {strict_mode: true}\nvalidation: {thresholds: {aec_value: 0.8}}\n"
    assert load_settings(write(tmp_path, text)).framework.strict_mode


def test_options_win_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVITRON_GRPC_FRAMEWORK__DISABLE_VALIDATION", "false")
    settings = load_settings(None)
    assert changed(settings, {"framework": {"disable_validation": True}}).framework == (
        FrameworkSettings(disable_validation=True)
    )
    with pytest.raises(InvalidInputError, match="contradict"):
        changed(settings, {"framework": {"disable_validation": True, "strict_mode": True}})


class TestFrameworkVariables:
    def test_env_picks_a_file_of_the_folder_config(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(ROOT)
        monkeypatch.setenv("REVITRON_FRAMEWORK_ENV", "production")
        assert load_settings() == load_settings(ROOT / "config" / "production.yaml")
        # A file that is named wins.
        assert load_settings(write(tmp_path, "server: {port: 7}\n")).server.port == 7

    @pytest.mark.parametrize("name", ENVIRONMENTS)
    def test_every_name_has_a_good_file(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(ROOT)
        monkeypatch.setenv("REVITRON_FRAMEWORK_ENV", name)
        assert load_settings().framework.debug_mode == (name == "development")

    def test_another_name_is_told_with_those_that_exist(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REVITRON_FRAMEWORK_ENV", "staging")
        message = wrong(None)
        assert "REVITRON_FRAMEWORK_ENV" in message
        assert "'staging', must be default, development or production" in message

    def test_a_folder_without_the_file_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("REVITRON_FRAMEWORK_ENV", "production")
        message = wrong(None)
        assert str(tmp_path) in message
        assert "--config" in message

    def test_the_log_level_wins_over_the_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REVITRON_FRAMEWORK_LOG_LEVEL", "DEBUG")
        path = write(tmp_path, "logging: {level: error, format: json}\n")
        assert load_settings(path).logging == LoggingSettings(level="debug", format="json")

    def test_a_level_that_is_none_and_one_that_contradicts(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REVITRON_FRAMEWORK_LOG_LEVEL", "loud")
        assert "'loud', must be debug, info, warning or error" in wrong(None)
        monkeypatch.setenv("REVITRON_FRAMEWORK_LOG_LEVEL", "info")
        monkeypatch.setenv("REVITRON_GRPC_LOGGING__LEVEL", "info")
        assert load_settings().logging.level == "info"
        monkeypatch.setenv("REVITRON_GRPC_LOGGING__LEVEL", "error")
        assert "REVITRON_GRPC_LOGGING__LEVEL, the same setting, is 'error'" in wrong(None)

    def test_a_variable_that_does_not_exist(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REVITRON_FRAMEWORK_LOGLEVEL", "info")
        assert "REVITRON_FRAMEWORK_LOGLEVEL: is no setting" in wrong(None)


def test_a_worker_is_told_all_secrets_and_no_repr_has_one() -> None:
    secret = "a-secret-of-forty-characters-or-so-in-all"  # noqa: S105
    settings = Settings.model_validate(
        {
            "resume": {"secret": secret},
            "keys": {"secret": secret},
            "cache": {"redis_url": f"redis://:{secret}@127.0.0.1/0"},
            "runs": {"url": f"postgresql://revitron:{secret}@127.0.0.1/runs"},
        }
    )
    assert secret not in repr(settings)
    assert secret not in str(settings)
    assert Settings.model_validate_json(settings.model_dump_json()) == settings
