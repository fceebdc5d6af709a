# shellcheck shell=sh
# What ./press and ./check share: find or install uv, Pango and the Python packages.
# Sourced with $root set to the checkout. Everything installed goes into .uv and
# .venv of the checkout, but for Pango, which is the system's.

newline='
'
log=${root:?}/.uv/log

# Homebrew's and MacPorts' libraries are not where macOS looks by itself; setting the
# variable replaces the default, so that is repeated. /bin/sh never inherits DYLD_*.
if [ -d /System/Library ]; then
  export DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib:/opt/local/lib:/usr/local/lib:/usr/lib
fi

say() { printf 'press: %s\n' "$*" >&2; }

# stop MESSAGE: say in one sentence what is missing; exit code 5 is "missing tool".
stop() {
  say "$@"
  exit 5
}

offline() { [ "${PRESS_OFFLINE:-0}" != 0 ]; }

# Everything that decides what is installed: the checkout's place, the lock, the
# project, this file and the interpreter behind the environment.
fingerprint() {
  cksum "$root/uv.lock" "$root/pyproject.toml" "$root/tools/launch.sh" &&
    ls -iL "$root/.venv/bin/python"
}

# ready WHAT: whether nothing is to be done before WHAT (press or check) can start.
# It runs at every start: two small programs, neither uv nor Python.
ready() {
  [ -r "$root/.venv/$1.stamp" ] || return 1
  kept=
  while IFS= read -r line; do kept=$kept$line$newline; done <"$root/.venv/$1.stamp"
  [ "$kept" = "$(fingerprint 2>/dev/null)$newline" ]
}

# prepare WHAT: install whatever WHAT (press or check) lacks.
prepare() {
  mkdir -p "$root/.uv/bin" 2>/dev/null || {
    say "cannot write into $root; make it yours, or clone it to a folder that is"
    exit 6
  }
  : >"$log"
  choose_manager
  find_uv || install_uv
  make_environment
  find_libraries || install_libraries
  install_packages "$1"
}

# --- uv ------------------------------------------------------------------------------

find_uv() {
  for uv in "$(command -v uv)" "${HOME:-}/.local/bin/uv" "${HOME:-}/.cargo/bin/uv" \
    "$root/.uv/bin/uv"; do
    [ -x "$uv" ] || continue
    case $("$uv" --version 2>>"$log") in
    'uv 0.'[0-4].*) ;; # too old for dependency groups
    uv\ *) return 0 ;;
    esac
  done
  return 1
}

install_uv() {
  offline && stop "uv is missing and PRESS_OFFLINE is set; install uv, or start once without PRESS_OFFLINE"
  say 'installing uv into .uv'
  {
    uv_from_venv || uv_from_pip || uv_from_installer ||
      { system_install "$uv_packages" && { find_uv || uv_from_venv; }; }
  } >>"$log" 2>&1
  find_uv || stop "uv is missing and could not be installed (details: $log); $(advice "$uv_packages" 'install uv'), then start again"
}

uv_from_venv() {
  python3 -m venv "$root/.uv" && "$root/.uv/bin/python" -m pip install --quiet uv
}

# Debian and Ubuntu part venv from Python; where pip is there, it can do without.
uv_from_pip() {
  PIP_USER=0 python3 -m pip install --quiet --upgrade --target "$root/.uv/packages" uv &&
    ln -sf ../packages/bin/uv "$root/.uv/bin/uv"
}

uv_from_installer() {
  address=https://astral.sh/uv/install.sh
  { curl -fsSL -o "$root/.uv/install.sh" "$address" || wget -qO "$root/.uv/install.sh" "$address"; } &&
    UV_UNMANAGED_INSTALL=$root/.uv/bin sh "$root/.uv/install.sh"
}

# run_uv ARGUMENTS: uv brings its own list of authorities, which misses a network's own;
# when a certificate was refused, the system's list gets a try.
run_uv() {
  call_uv "$@" && return
  grep -q 'peer certificate' "$log" || return
  export UV_SYSTEM_CERTS=1
  call_uv "$@"
}

call_uv() {
  (
    cd "$root" || exit 1
    unset VIRTUAL_ENV UV_PROJECT_ENVIRONMENT UV_FROZEN UV_NO_SYNC UV_DEV UV_NO_DEV
    export UV_COMPILE_BYTECODE=1
    if offline; then export UV_OFFLINE=1; fi
    "$uv" --quiet "$@"
  ) >>"$log" 2>&1
}

# --- Python packages -----------------------------------------------------------------

# An environment knows its own path; one that was moved, or lost its Python, is made anew.
make_environment() {
  if grep -qF "$root/.venv/bin/" "$root/.venv/bin/press" &&
    "$root/.venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    return 0
  fi 2>>"$log"
  rm -rf "$root/.venv"
  # Not every package is built for Python 3.15 yet; take it where there is no other.
  run_uv venv --python '>=3.11,<3.15' .venv || run_uv venv .venv ||
    stop "Python 3.11 or newer was not found and could not be fetched; install it and start again (details: $log)"
}

# install_packages WHAT: only check needs the developers' tools; press leaves them alone
# where they are and never brings them.
install_packages() {
  say 'installing Python packages into .venv'
  if [ "$1" = check ]; then
    run_uv sync --locked
  elif [ -x "$root/.venv/bin/pytest" ]; then
    run_uv sync --locked --no-dev --inexact
  else
    run_uv sync --locked --no-dev
  fi || stop "Python packages could not be installed$(offline && printf ' while PRESS_OFFLINE is set'); see $log"
  "$root/.venv/bin/python" -m compileall -q "$root/src" >>"$log" 2>&1
  for stamp in press ${1#press}; do
    fingerprint >"$root/.venv/$stamp.new" &&
      mv "$root/.venv/$stamp.new" "$root/.venv/$stamp.stamp"
  done
}

# --- Pango, from the system ----------------------------------------------------------

# Load what WeasyPrint loads, under the names it uses; $missing names what fails.
find_libraries() {
  missing=$("$root/.venv/bin/python" - 2>>"$log" <<'END'
import ctypes

for linux, mac in (
    ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib"),
    ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    ("libfontconfig.so.1", "libfontconfig.1.dylib"),
):
    for name in (linux, mac):
        try:
            ctypes.CDLL(name)
            break
        except OSError:
            pass
    else:
        print(linux.partition(".so")[0], end=" ")
END
  )
  [ -z "$missing" ]
}

install_libraries() {
  if may_install; then
    say "installing Pango with $manager"
    system_install "$pango_packages" >>"$log" 2>&1
    find_libraries && return
  fi
  stop "Pango cannot be loaded (missing: ${missing% }); $(advice "$pango_packages" \
    'install Pango, Fontconfig and HarfBuzz with its subset library'), then start again"
}

# --- The system's package manager ----------------------------------------------------

# choose_manager: which it is, and what it calls what we need.
choose_manager() {
  manager='' install='' pango_packages='' uv_packages='' sudo=sudo
  if [ "$(id -u)" = 0 ]; then sudo=''; fi
  if [ -d /System/Library ]; then
    manager=brew install='brew install' pango_packages=pango uv_packages=uv sudo=''
  elif command -v apt-get; then
    manager=apt-get install='apt-get install'
    pango_packages='libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0'
    uv_packages=python3-venv
  elif command -v dnf; then
    manager=dnf install='dnf install' pango_packages='pango harfbuzz' uv_packages=python3-pip
  elif command -v apk; then
    manager=apk install='apk add' pango_packages='pango harfbuzz-subset' uv_packages=uv
  fi >/dev/null
}

# may_install: whether the package manager lets us, without asking for a password.
may_install() {
  [ -n "$manager" ] && ! offline && command -v "$manager" >/dev/null || return 1
  case $manager in
  brew) [ "$(id -u)" != 0 ] ;; # it refuses to run as root
  *) [ -z "$sudo" ] || sudo -n true 2>/dev/null ;;
  esac
}

# system_install PACKAGES
# shellcheck disable=SC2086 # $sudo, $install and the list of packages are words to split
system_install() {
  may_install || return 1
  case $manager in
  apt-get)
    set -- "${sudo:+$sudo -n} env DEBIAN_FRONTEND=noninteractive $install --yes --no-install-recommends $1"
    # A fresh machine has no package lists yet, an old one stale ones.
    $1 || { ${sudo:+$sudo -n} apt-get update --quiet && $1; }
    ;;
  dnf) ${sudo:+$sudo -n} $install --assumeyes $1 ;;
  *) ${sudo:+$sudo -n} $install $1 ;;
  esac
}

# advice PACKAGES OTHERWISE: what a person should do about missing packages.
advice() {
  if [ -n "$manager" ]; then
    printf 'run: %s' "${sudo:+$sudo }$install $1"
  else
    printf '%s' "$2"
  fi
}
