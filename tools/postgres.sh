#!/usr/bin/env bash
# Runs a command with DATABASE_URL set to a fresh PostgreSQL cluster of its own on loopback, then removes it.
# PGFLAGS adds settings (-c name=value). Exits 77 where PostgreSQL is not installed.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb 2>/dev/null || true)")
[ -x "$bin/initdb" ] || { echo "PostgreSQL is not installed"; exit 77; }
folder=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" -ne 0 ] || chown postgres "$folder"
stop() { as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT
as "$bin/initdb" -D "$folder/data" -U mapae --auth=trust --encoding=UTF8 --no-locale >/dev/null
as "$bin/pg_ctl" -D "$folder/data" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=off ${PGFLAGS:-}" -w start >/dev/null
DATABASE_URL="postgres://mapae@127.0.0.1:$port/postgres" "$@"
