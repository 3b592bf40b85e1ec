#!/usr/bin/env bash
# Builds the wheel and the sdist into dist/, twice, to the same bytes, and tries each as a user has it: installed into an
# empty environment, every package by its hash, away from this checkout, where it reads a sample, writes a spreadsheet
# and the review page, and speaks Chinese. dist/planparse.cdx.json lists what the wheel brings with it, and the licences.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${1:-python3}

install() { # PLACE WHAT... into an empty environment without pip
  "$python" -m venv --without-pip "$1"
  "$python" -m pip install --quiet --dry-run --ignore-installed --report "$place/report.json" "${@:2}"
  "$python" scripts/hashed.py "$place/report.json" > "$place/locked.txt"
  "$python" -m pip --python "$1/bin/python" install --quiet --no-deps --require-hashes -r "$place/locked.txt"
}

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
rm -rf dist
export PIP_CONSTRAINT=$PWD/constraints.txt # also for what builds them
"$python" -m build --outdir dist .
(umask 077 && TZ=Asia/Shanghai "$python" -m build --outdir "$place/again" . > /dev/null)
(cd dist && sha256sum -- *) | tee "$place/hashes"
(cd "$place/again" && sha256sum --quiet -c "$place/hashes")
echo "both are built again to the same bytes"
if "$python" -m zipfile -l dist/*.whl | awk 'NR > 1 {print $1}' | grep -vE '^planparse(-[0-9.]+\.dist-info)?/'; then
  echo "these files of the wheel are not ours to install" && exit 1
fi

cp samples/work-plan-2025.txt samples/work-plan-2025.pdf "$place"
for package in dist/*.tar.gz dist/*.whl; do
  rm -rf "$place/env"
  install "$place/env" "$PWD/$package"
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
  echo "$package works in an empty environment"
done

install "$place/bom" cyclonedx-bom
"$place/bom/bin/cyclonedx-py" environment --output-reproducible --short-PURLs --pyproject pyproject.toml \
  -o dist/planparse.cdx.json "$place/env/bin/python"
if grep -n "file:" dist/planparse.cdx.json; then echo "the list names places of this machine" && exit 1; fi
echo "dist/planparse.cdx.json lists $(grep -c '"bom-ref"' dist/planparse.cdx.json) packages"
