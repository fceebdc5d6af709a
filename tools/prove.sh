#!/bin/sh
# Bring what `press prove` holds the files against: veraPDF's engine and its Java.
set -u

root=$(CDPATH='' cd -P -- "${0%/*}/.." && pwd) || exit 1

# shellcheck source=tools/launch.sh
. "$root/tools/launch.sh"
ready check || prepare check
choose_manager
find_uv || install_uv
run_uv sync --locked --group prove --inexact ||
  stop "veraPDF could not be installed$(offline && printf ' while PRESS_OFFLINE is set'); see $root/.uv/log"
