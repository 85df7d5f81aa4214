"""Which installation a command needs."""

from importlib.util import find_spec

from revitron_grpc.errors import Reason, RevitronGrpcError

_SERVER_MODULES = (
    "aiohttp",
    "alembic",
    "cachetools",
    "cryptography",
    "ecs_logging",
    "filelock",
    "grpc_channelz",
    "grpc_health",
    "grpc_reflection",
    "itsdangerous",
    "platformdirs",
    "platformdirs",
    "prometheus_client",
    "psutil",
    "pyrage",
    "sqlalchemy",
    "structlog",
    "tenacity",
)


def require_server() -> None:
    """Raise EXTRA_MISSING, naming the extra, where the service is not installed."""
    missing = [module for module in _SERVER_MODULES if find_spec(module) is None]
    if missing:
        raise RevitronGrpcError(
            Reason.EXTRA_MISSING,
            f"this command needs the service (missing: {', '.join(missing)}); install it with "
            "`pip install revitron-grpc[server]`, or name a running one with --server HOST:PORT",
        )


def require_profiler() -> None:
    """Raise EXTRA_MISSING, naming the extra, where the profiler is not installed."""
    if find_spec("yappi") is None:
        raise RevitronGrpcError(
            Reason.EXTRA_MISSING,
            "--profile needs the package yappi; install it with "
            "`pip install revitron-grpc[server]`",
        )
