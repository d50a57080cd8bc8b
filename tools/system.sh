#!/usr/bin/env bash
# Installs what the tests need from Debian's packages, when root and when it is missing.
set -u
need=()
command -v java >/dev/null 2>&1 || need+=(default-jre-headless)
command -v chromium >/dev/null 2>&1 || need+=(chromium)
ls -d /usr/lib/postgresql/*/bin >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || need+=(postgresql)
fc-list 2>/dev/null | grep -qi 'cjk' || need+=(fontconfig fonts-noto-cjk)
command -v openssl >/dev/null 2>&1 || need+=(openssl)
ldconfig -p 2>/dev/null | grep -q 'libgomp\.so' || need+=(libgomp1)
for tool in aapt smali zipalign apksigner; do command -v "$tool" >/dev/null 2>&1 || need+=("$tool"); done
[ -f /usr/share/android-framework-res/framework-res.apk ] || need+=(android-framework-res)
command -v keytool >/dev/null 2>&1 || need+=(default-jre-headless)
[ ${#need[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "missing: ${need[*]} (not root, or no apt: the tests that need them are skipped)"
  exit 0
fi
echo "installing: ${need[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null || echo "apt could not install: ${need[*]}"
