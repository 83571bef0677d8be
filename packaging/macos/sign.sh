#!/usr/bin/env bash
# Sign, wrap and notarize dist/AttrLens.app. Needs a Developer ID and a keychain profile made once by
#   xcrun notarytool store-credentials attrlens --apple-id ... --team-id ... --password ...
# Usage: packaging/macos/sign.sh "Developer ID Application: Name (TEAM)" VERSION
set -euo pipefail
identity="$1"
version="$2"
cd "$(dirname "$0")/../.."
app="dist/AttrLens.app"
image="dist/attrlens-$version-macos-$(uname -m).dmg"

# From the inside out: every library first, then the program, then the bundle. --deep would sign them with wrong options.
find "$app" -type f \( -name '*.so' -o -name '*.dylib' \) -print0 |
  xargs -0 -n 50 codesign --force --timestamp --options runtime --sign "$identity"
codesign --force --timestamp --options runtime --entitlements packaging/macos/entitlements.plist \
  --sign "$identity" "$app/Contents/MacOS/attrlens"
codesign --force --timestamp --options runtime --entitlements packaging/macos/entitlements.plist \
  --sign "$identity" "$app"
codesign --verify --deep --strict "$app"

rm -f "$image"
hdiutil create -volname AttrLens -srcfolder "$app" -ov -format UDZO "$image"
codesign --force --timestamp --sign "$identity" "$image"
xcrun notarytool submit "$image" --keychain-profile attrlens --wait
xcrun stapler staple "$image"
spctl --assess --type open --context context:primary-signature "$image"
