"""`python -m revitron_grpc`: the same as the command `revitron-grpc`."""

from revitron_grpc.cli.main import run

if __name__ == "__main__":  # a spawned worker imports this module under another name
    run()
