"""Stubs generated from `protos/revitron_grpc/v1` by `make proto`; nothing here is edited."""
