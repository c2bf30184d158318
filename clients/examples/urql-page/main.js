/* index.html#url=http://127.0.0.1:4000&project=Project_...&token=exm_...: what happens in a project, live. */
import { Client, fetchExchange, gql, subscriptionExchange } from '@urql/core';
import { createClient } from 'graphql-ws';

const settings = new URLSearchParams(location.hash.slice(1));
const url = `${settings.get('url')}/graphql`;
const token = settings.get('token');
const id = settings.get('project');

const connection = document.querySelector('#connection');
const sockets = createClient({
  url: url.replace('http', 'ws'),
  connectionParams: { token },
  // The page subscribes again by itself, from the event where it was.
  retryAttempts: 0,
  on: {
    connected: () => (connection.textContent = 'live'),
    closed: () => (connection.textContent = 'connecting'),
  },
});
const client = new Client({
  url,
  preferGetMethod: false,
  fetchOptions: { headers: { authorization: `Bearer ${token}` } },
  exchanges: [
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: (operation) => ({
        subscribe: (sink) => ({ unsubscribe: sockets.subscribe(operation, sink) }),
      }),
    }),
  ],
});

const watched = gql`
  subscription ($id: ID!, $after: Int) {
    projectEvents(projectId: $id, after: $after) {
      __typename
      sequence
      ... on ProjectTrainingChanged {
        versionName
        state
      }
      ... on ProjectLabelChanged {
        change
        name
      }
      ... on ProjectCountsChanged {
        imageCount
      }
    }
  }
`;

/** Events after `after`, on one connection after the other. */
function watch(after) {
  let last = after;
  client.subscription(watched, { id, after }).subscribe(({ data, error }) => {
    if (error?.graphQLErrors.length > 0) connection.textContent = error.message;
    else if (error) setTimeout(() => watch(last), 1000);
    if (!data) return;
    const { __typename, sequence, ...fields } = data.projectEvents;
    last = sequence;
    const line = document.createElement('li');
    line.textContent = `${sequence} ${__typename} ${Object.values(fields).join(' ')}`;
    document.querySelector('#events').append(line);
  });
}

const { data, error } = await client.query(
  gql`
    query ($id: ID!) {
      project(id: $id) {
        name
        lastSequence
      }
    }
  `,
  { id },
);
document.querySelector('#project').textContent = data?.project?.name ?? error?.message ?? 'no such project';
if (data?.project) watch(data.project.lastSequence);
