#!/usr/bin/env bash
# Installs the system packages that Signet needs, where they are missing: to build and run it, and
# with the word `test` also to be tested. Debian and Ubuntu; elsewhere the README says what to
# install by hand.
set -euo pipefail

packages=(
  build-essential pkg-config libwebkit2gtk-4.1-dev libgtk-3-dev librsvg2-dev libssl-dev
  # The keychain.
  dbus-x11 gnome-keyring
  # A window without a display, driven from outside: `make run` on a machine that has none.
  webkit2gtk-driver xvfb xauth openbox xdotool imagemagick x11-utils python3
)
if [[ ${1:-} == test ]]; then
  packages+=(
    # Tools that look at Signet from another process.
    libsecret-tools xdg-desktop-portal-gtk at-spi2-core zbar-tools xclip librsvg2-bin poppler-utils python3-gi gir1.2-gtk-3.0 gir1.2-atspi-2.0 iproute2 procps libfaketime
    # What checks our work from outside.
    valgrind openssl openssh-client python3-venv golang-go golang-github-aws-aws-sdk-go-v2-dev
  )
  # Ubuntu has Chromium as a snap only, which does not start everywhere; there the tests use the
  # browser that Playwright brings.
  if apt-cache show chromium >/dev/null 2>&1; then packages+=(chromium); fi
fi

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
