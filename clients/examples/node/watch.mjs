/* node watch.mjs PROJECT_ID: starts a training and shows it to its end. Plain Node: no package at all. */
const url = `${process.env.EXEMPLAR_URL ?? 'http://127.0.0.1:4000'}/graphql`;
const headers = { authorization: `Bearer ${process.env.EXEMPLAR_TOKEN}`, 'content-type': 'application/json' };

const ask = async (query, variables) => {
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
};

const { startTraining: training } = await ask(
  `mutation ($input: StartTrainingInput!) { startTraining(input: $input) {
    __typename ... on Training { id versionLabel } ... on UserError { code message } } }`,
  { input: { projectId: process.argv[2], config: { preference: 'PERFORMANCE_FIRST' } } },
);
if (training.__typename !== 'Training') throw new Error(training.message);
console.log(training.versionLabel);

const subscription = `subscription ($id: ID!, $after: Int) { trainingEvents(trainingId: $id, after: $after) {
  sequence __typename
  ... on TrainingProgressed { phase done total }
  ... on TrainingEpochCompleted { epoch metrics { accuracy macro { f1 } } }
  ... on TrainingStateChanged { state } } }`;

/** The events after `after` on one connection; true when the stream is complete, false when the connection broke. */
async function readEvents(after, onEvent) {
  const body = JSON.stringify({ query: subscription, variables: { id: training.id, after } });
  try {
    const response = await fetch(url, { method: 'POST', headers: { ...headers, accept: 'text/event-stream' }, body });
    let text = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const frames = text.split('\n\n');
      text = frames.pop();
      for (const frame of frames) {
        if (frame.startsWith('event: complete')) return true;
        const result = /^data: (.+)$/m.exec(frame);
        if (!result) continue;
        const { data, errors } = JSON.parse(result[1]);
        if (errors) return onEvent({ __typename: 'Refused', message: errors[0].message }) ?? true;
        onEvent(data.trainingEvents);
      }
    }
  } catch (error) {
    console.error(`the connection broke: ${error.message}`);
  }
  return false;
}

let after = 0;
const show = ({ sequence, __typename, ...fields }) => {
  after = sequence;
  console.log(sequence, __typename, JSON.stringify(fields));
};
while (!(await readEvents(after, show))) await new Promise((resolve) => setTimeout(resolve, 1000));
