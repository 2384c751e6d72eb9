#!/usr/bin/env bash
# Installs the system packages that Signet needs to build, to run and to be tested, where they are
# missing. Debian and Ubuntu; elsewhere the README says what to install by hand.
set -euo pipefail

packages=(
  # To build and run.
  build-essential pkg-config libwebkit2gtk-4.1-dev libgtk-3-dev librsvg2-dev libssl-dev
  # A window without a display, driven from outside.
  webkit2gtk-driver xvfb xauth openbox xdotool imagemagick x11-utils
  # The keychain, and the tools that look into it from another process.
  dbus-x11 gnome-keyring libsecret-tools at-spi2-core
  # What checks our work from outside.
  openssl zbar-tools xclip libfaketime librsvg2-bin chromium python3-venv iproute2 procps
  golang-go golang-github-aws-aws-sdk-go-v2-dev
)

command -v dpkg-query >/dev/null || exit 0
missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null || true)
  [[ $status == 'install ok installed' ]] || missing+=("$package")
done
[[ ${#missing[@]} -eq 0 ]] && exit 0

printf '==> Installing system packages: %s\n' "${missing[*]}"
as_root=()
[[ $(id -u) -eq 0 ]] || as_root=(sudo)
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
