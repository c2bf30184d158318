"""watch.py TRAINING_ID [AFTER]: every event of a training after that sequence number, once and in order, to its end.

Needs httpx (pip install httpx). The stream goes on where it was when a connection breaks.
"""

import json
import os
import sys
import time

import httpx

URL = os.environ.get("EXEMPLAR_URL", "http://127.0.0.1:4000") + "/graphql"
HEADERS = {"authorization": f"Bearer {os.environ['EXEMPLAR_TOKEN']}"}

WATCH = """
subscription ($id: ID!, $after: Int) {
  trainingEvents(trainingId: $id, after: $after) {
    sequence
    __typename
    ... on TrainingProgressed { phase done total etaSeconds }
    ... on TrainingEpochCompleted { epoch loss metrics { accuracy classStatistics { labelName f1 support } } }
    ... on TrainingStateChanged { state stopReason }
  }
}
"""


def events(client, training_id, after=0):
    """Events of the training after `after`, over as many connections as it takes."""
    while True:
        body = {"query": WATCH, "variables": {"id": training_id, "after": after}}
        try:
            # The server sends something every 12 seconds.
            with client.stream(
                "POST", URL, json=body, headers={**HEADERS, "accept": "text/event-stream"}, timeout=30
            ) as response:
                event = None
                for line in response.iter_lines():
                    if line.startswith("event: "):
                        event = line[len("event: ") :]
                    if event == "complete":
                        return
                    if line.startswith("data: "):
                        answer = json.loads(line[len("data: ") :])
                        if answer.get("errors"):
                            sys.exit(answer["errors"][0]["message"])
                        after = answer["data"]["trainingEvents"]["sequence"]
                        yield answer["data"]["trainingEvents"]
        except httpx.TransportError as error:
            print(f"the connection broke: {error}", file=sys.stderr)
        time.sleep(1)


if __name__ == "__main__":
    with httpx.Client() as http:
        for one in events(http, sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0):
            print(json.dumps(one), flush=True)
