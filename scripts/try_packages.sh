#!/usr/bin/env bash
# Builds the wheel and the sdist into dist/, and tries each as a user has it: installed into an empty environment, away
# from this checkout, where it reads a sample, writes a spreadsheet and the review page, and speaks Chinese.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${1:-python3}

rm -rf dist
"$python" -m build --outdir dist .
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cp samples/work-plan-2025.txt samples/work-plan-2025.pdf "$place"
for package in dist/*.whl dist/*.tar.gz; do
  "$python" -m venv "$place/env"
  "$place/env/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt "$PWD/$package"
  (
    cd "$place"
    ./env/bin/planparse --version
    ./env/bin/planparse rules check
    ./env/bin/planparse extract work-plan-2025.txt -o text.json
    ./env/bin/planparse extract work-plan-2025.pdf -o pdf.json
    [ "$(grep -c '"confidence"' text.json)" = "$(grep -c '"confidence"' pdf.json)" ]
    ./env/bin/planparse convert text.json -o targets.xlsx --headers zh
    ./env/bin/planparse convert text.json --corrections targets.xlsx -o again.json
    cmp text.json again.json
    ./env/bin/planparse extract work-plan-2025.txt -o review.html
    grep -q "Content-Security-Policy" review.html
    ./env/bin/planparse --lang zh --help | grep -q 用法
  )
  rm -rf "$place/env"
  echo "$package works in an empty environment"
done
