#!/bin/sh
# Runs once, when the volume is new: a role and databases each for Convoke and for Temporal, neither of which can read the other's.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set convoke_password="$CONVOKE_DB_PASSWORD" --set temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
CREATE ROLE convoke LOGIN PASSWORD :'convoke_password';
CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';
CREATE DATABASE convoke OWNER convoke;
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
REVOKE CONNECT ON DATABASE convoke, temporal, temporal_visibility FROM PUBLIC;
SQL
for database in convoke temporal_visibility; do
  psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$database" \
    --command 'CREATE EXTENSION IF NOT EXISTS btree_gin' --command 'CREATE EXTENSION IF NOT EXISTS pg_trgm'
done
