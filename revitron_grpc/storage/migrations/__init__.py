"""The history of the tables; `revitron_grpc.storage.versions` applies it."""
