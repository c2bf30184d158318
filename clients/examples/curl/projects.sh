#!/usr/bin/env bash
# The projects that the token may see: name and number of images, one a line of JSON.
set -euo pipefail
curl -sS --fail-with-body "${EXEMPLAR_URL:-http://127.0.0.1:4000}/graphql" \
  -H "authorization: Bearer $EXEMPLAR_TOKEN" -H 'content-type: application/json' \
  -d '{"query":"{ projects(first: 100) { nodes { id name imageCount } } }"}'
