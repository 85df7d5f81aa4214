-- Run once, when the volume is empty: the service's own user, who owns its database and is no superuser.
\set password `cat /run/secrets/postgresql/service-password`
CREATE USER revitron_grpc PASSWORD :'password';
CREATE DATABASE revitron_grpc OWNER revitron_grpc;
REVOKE CONNECT, TEMPORARY ON DATABASE revitron_grpc FROM PUBLIC;
