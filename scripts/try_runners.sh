#!/usr/bin/env bash
# try_runners.sh WHEEL: what else people run planparse by: pipx, uvx, and the hooks of pre-commit; a tool that is not
# installed is passed over.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
wheel=$(realpath "$1")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cp "$root/samples/work-plan-2025.txt" "$place"

passed_over() { echo "$1 is not installed: passed over"; }

if command -v pipx >/dev/null; then
  (cd "$place" && pipx run --spec "$wheel" planparse extract work-plan-2025.txt -f csv | grep -q planned)
  echo "pipx run works"
else passed_over pipx; fi

if command -v uvx >/dev/null; then
  (cd "$place" && uvx --from "$wheel" planparse extract work-plan-2025.txt -f csv | grep -q planned)
  echo "uvx works"
else passed_over uvx; fi

if command -v pre-commit >/dev/null; then
  plans=$place/plans
  git init --quiet "$plans"
  cp "$root/samples/work-plan-2025.txt" "$plans"
  git -C "$plans" add .
  (cd "$plans" && pre-commit try-repo "$root" planparse-read --all-files)
  printf '%%PDF-1.4 broken' >"$plans/broken.pdf"
  git -C "$plans" add .
  if (cd "$plans" && pre-commit try-repo "$root" planparse-read --all-files); then
    echo "the hook passed a file that cannot be read" && exit 1
  fi
  echo "the hook of pre-commit works"
else passed_over pre-commit; fi
