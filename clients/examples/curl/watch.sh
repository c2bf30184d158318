#!/usr/bin/env bash
# watch.sh TRAINING_ID [AFTER]: every event of a training after that sequence number (0 = all), until it ends.
set -euo pipefail
query='subscription ($id: ID!, $after: Int) { trainingEvents(trainingId: $id, after: $after) { sequence __typename
  ... on TrainingProgressed { phase done total etaSeconds }
  ... on TrainingEpochCompleted { epoch loss metrics { accuracy } }
  ... on TrainingStateChanged { state stopReason } } }'
curl -sSN --fail-with-body "${EXEMPLAR_URL:-http://127.0.0.1:4000}/graphql" \
  -H "authorization: Bearer $EXEMPLAR_TOKEN" -H 'content-type: application/json' -H 'accept: text/event-stream' \
  -d "{\"query\":\"${query//$'\n'/ }\",\"variables\":{\"id\":\"$1\",\"after\":${2:-0}}}"
