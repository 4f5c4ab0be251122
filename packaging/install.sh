#!/bin/sh
# Installs Seedbank from this archive, or removes it. Libraries and settings are never changed.
# usage: sh install.sh [--prefix FOLDER] [--remove]
# The default prefix is /usr/local for root and ~/.local for other users.
set -eu
start=$PWD
cd "$(dirname "$0")"

if [ "$(id -u)" = 0 ]; then prefix=/usr/local; else prefix=$HOME/.local; fi
remove=
while [ $# -gt 0 ]; do
  case $1 in
    --prefix)
      [ $# -ge 2 ] || { echo '--prefix needs a folder' >&2; exit 64; }
      prefix=$2
      shift 2
      ;;
    --remove) remove=yes; shift ;;
    *) sed -n '2,4s/^# //p' "$(basename "$0")"; exit 64 ;;
  esac
done
case $prefix in
  /*) ;;
  *) prefix=$start/$prefix ;;
esac

if [ -n "$remove" ]; then
  while read -r file; do rm -f "$prefix/$file"; done <MANIFEST
  echo "Removed Seedbank from $prefix. Libraries and settings are unchanged."
  exit 0
fi

bin/seedbank --version >/dev/null || {
  echo 'This archive does not run on this system. It needs glibc 2.36 or later (Debian 12, Ubuntu 24.04).' >&2
  exit 1
}
while read -r file; do
  mkdir -p "$prefix/$(dirname "$file")"
  # A running program keeps the old file.
  cp -f "$file" "$prefix/$file.new"
  mv -f "$prefix/$file.new" "$prefix/$file"
done <MANIFEST
for unit in "$prefix"/share/systemd/user/seedbank-sync.service \
  "$prefix"/share/systemd/user/seedbank-serve.service; do
  sed "s|^ExecStart=/usr/bin/|ExecStart=$prefix/bin/|" "$unit" >"$unit.new"
  mv -f "$unit.new" "$unit"
done
echo "Installed Seedbank in $prefix."
case :$PATH: in
  *:"$prefix/bin":*) ;;
  *) echo "Add $prefix/bin to your PATH." ;;
esac
"$prefix/bin/seedbank" doctor --offline 2>/dev/null | grep -A1 '^! libcurl' || true
