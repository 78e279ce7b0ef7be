#!/usr/bin/env bash
# Takes the orders of a file, one "ORDER ITEM_ID QUANTITY" per line, through a stock stream. What has no
# final answer, because of a cut or because the database was not there, is sent again with the same ids.
# usage: orders.sh ORDERS COMMAND...        such as: orders.sh orders.txt stock stream
# At a socket: orders.sh orders.txt socat -t 3600 - UNIX-CONNECT:/run/stock/stream
set -euo pipefail
orders=$1
shift

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
jq -Rc 'split(" ") | {op: "remove", request_id: .[0], item_id: (.[1] | tonumber),
  quantity: (.[2] | tonumber)}' "$orders" >"$folder/open"

for pause in 0 1 5 30; do
  sleep "$pause"
  "$@" <"$folder/open" >"$folder/answers" || true
  # An answer is final unless it is a failure that may be over next time. A last line that was cut off is
  # none.
  jq -Rc 'fromjson? | select((has("error") | not) or .status == 2)' "$folder/answers" >"$folder/final"
  jq -r '"\(.request_id) \(if .ok then "taken" else .reason // .message end)"' "$folder/final"
  jq -nc --slurpfile final "$folder/final" '($final | map(.line) | INDEX(.)) as $done
    | foreach inputs as $request (0; . + 1; select($done[tostring] == null) | $request)' \
    "$folder/open" >"$folder/left"
  mv "$folder/left" "$folder/open"
  [[ -s $folder/open ]] || exit 0
done
echo "Some orders have no answer yet." >&2
exit 1
