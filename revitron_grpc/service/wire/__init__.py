"""Between the contract of `protos/` and the words of the core: messages, requests, statuses."""
