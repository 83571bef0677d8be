#!/usr/bin/env bash
# Install the .deb where nothing of a build is: a fresh Debian by debootstrap. Needs root, debootstrap and a Debian mirror.
# Usage: packaging/linux/try-deb.sh dist/attrlens_0.1.0_amd64.deb [FOLDER FOR RESULTS]
set -euo pipefail
deb="$(realpath "$1")"
out="$(mkdir -p "${2:-dist/tried}" && realpath "${2:-dist/tried}")"
suite="$(. /etc/os-release && echo "$VERSION_CODENAME")"
root="$(mktemp -d /var/tmp/attrlens-debian.XXXXXX)"
chmod 755 "$root" # its / must be readable for the curator
finish() {
  umount -l "$root/proc" "$root/dev/shm" 2>/dev/null || true
  rm -rf "$root"
}
trap finish EXIT
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/home/curator LANG=C.UTF-8 "$@"; }
curator() { inside setpriv --reuid=1000 --regid=1000 --clear-groups "$@"; }

debootstrap --variant=minbase "$suite" "$root" "${MIRROR:-http://deb.debian.org/debian}" >"$out/debootstrap.log"
cp /etc/resolv.conf "$root/etc/resolv.conf"
mount -t proc proc "$root/proc"
mkdir -p "$root/dev/shm" && mount -t tmpfs shm "$root/dev/shm"
inside useradd --create-home --uid 1000 curator
if inside which python3 python; then
  echo "try-deb.sh: this Debian has a Python" >&2
  exit 1
fi
cp "$deb" "$root/attrlens.deb"
inside dpkg-query -W -f '${Package}\n' | sort >"$out/before.txt"
inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends /attrlens.deb >"$out/install.log" 2>&1
echo "installed: $(inside dpkg-query -W -f '${Package} ${Version}, ${Installed-Size} kB' attrlens)"

echo "== self-test"
curator attrlens self-test --report /home/curator/self-test.json | tee "$out/self-test.txt"
echo "== the main job"
curator attrlens demo --no-window --out "/home/curator/demo ñ" --images 200 | tee "$out/demo.txt"
cp "$root/home/curator/demo ñ"/*.png "$out/"

echo "== the window under Xvfb"
inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends xvfb x11-apps >>"$out/install.log" 2>&1
if inside which python3 python; then
  echo "try-deb.sh: this Debian has a Python" >&2
  exit 1
fi
curator Xvfb :7 -screen 0 1280x800x24 >"$out/xvfb.log" 2>&1 &
sleep 3
curator env DISPLAY=:7 attrlens "/home/curator/demo ñ/demo.attrlens" >"$out/window.log" 2>&1 &
sleep "${WAIT:-20}"
curator env DISPLAY=:7 xwd -root -silent >"$out/window.xwd"
cat "$out/window.log"
pkill -f "^Xvfb :7" || true
wait || true

echo "== removal"
inside env DEBIAN_FRONTEND=noninteractive apt-get purge -y -qq attrlens >>"$out/install.log" 2>&1
for left in usr/lib/attrlens usr/bin/attrlens usr/share/applications/attrlens.desktop usr/share/mime/packages/attrlens.xml; do
  if [ -e "$root/$left" ]; then
    echo "try-deb.sh: $left is left behind" >&2
    exit 1
  fi
done
echo "removed; nothing of it is left but the curator's own catalogs and settings"
