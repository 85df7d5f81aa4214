"""Make the Secrets of overlays/production as a folder that `kubectl apply -k` takes.

    python3 deploy/k8s/make_secrets.py FOLDER

New random passwords, each in a file that its owner alone can read. A folder that is there is left
as it is: with another `keys-secret` every API key is unknown. Keep the folder where the office
keeps its secrets, never in the repository. Standard library only.
"""

import argparse
import hashlib
import secrets
import sys
from pathlib import Path

# What the service sends to Redis, and to which keys (docs/operations/stores.md).
_REDIS_RIGHTS = "~revitron_grpc:* +get +getrange +set +del +eval +incr +pttl +pexpire"

_KUSTOMIZATION = """\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: {namespace}
generatorOptions:
  # The pods name them as they are.
  disableNameSuffixHash: true
secretGenerator:
"""


def files() -> dict[str, dict[str, str]]:
    """Return the content of each file of each Secret, with new passwords."""
    database, redis = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    digest = hashlib.sha256(redis.encode()).hexdigest()
    return {
        "revitron-grpc": {
            "keys-secret": secrets.token_urlsafe(48),
            "database-url": f"postgresql://revitron_grpc:{database}@postgresql:5432/revitron_grpc",
            "redis-url": f"redis://revitron-grpc:{redis}@redis:6379/0",
        },
        "postgresql": {
            "superuser-password": secrets.token_urlsafe(32),
            "service-password": database,
        },
        "redis": {
            # The probes of the pod need no password to hear that Redis is there.
            "users.acl": "user default off\n"
            "user probe on nopass resetkeys resetchannels -@all +ping\n"
            f"user revitron-grpc on #{digest} resetchannels -@all {_REDIS_RIGHTS}",
        },
    }


def write(folder: Path, namespace: str) -> None:
    """Write the Secrets and their kustomization below a new folder.

    Raises:
        FileExistsError: the folder is there already.

    """
    folder.mkdir(mode=0o700, parents=True)
    kustomization = _KUSTOMIZATION.format(namespace=namespace)
    for secret, entries in files().items():
        kustomization += f"  - name: {secret}\n    files:\n"
        (folder / secret).mkdir(mode=0o700)
        for name, content in entries.items():
            kustomization += f"      - {secret}/{name}\n"
            path = folder / secret / name
            path.touch(mode=0o600, exist_ok=False)
            path.write_text(content + "\n", encoding="utf-8")
    (folder / "kustomization.yaml").write_text(kustomization, encoding="utf-8")


def main() -> int:
    """Run the command; 1 if the folder is there already, or cannot be written."""
    parser = argparse.ArgumentParser(description="Make the Secrets of overlays/production.")
    parser.add_argument("folder", type=Path, help="a new folder, outside of the repository")
    parser.add_argument("--namespace", default="revitron-grpc")
    options = parser.parse_args()
    try:
        write(options.folder, options.namespace)
    except FileExistsError:
        print(f"{options.folder} is there already: nothing was changed", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{options.folder} cannot be written: {error.strerror}", file=sys.stderr)
        return 1
    print(f"{options.folder}: now `kubectl apply -k {options.folder}`")
    return 0


if __name__ == "__main__":
    sys.exit(main())
