import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';

/** Narrow, since GraphiQL gives it half of the window. */
const welcome = `# Exemplar. Put your access token below, under Headers:
#   { "authorization": "Bearer exm_..." }

query Projects {
  viewer { user { name isAdministrator } }
  projects {
    nodes {
      id name imageCount
      labels { name imageCount }
      trainings(first: 3) {
        nodes { id versionLabel state }
      }
    }
  }
}

# The id of a training goes under Variables:
#   { "trainingId": "Training_..." }

subscription Watch($trainingId: ID!) {
  trainingEvents(trainingId: $trainingId) {
    __typename
    sequence
    ... on TrainingProgressed {
      phase done total etaSeconds
    }
    ... on TrainingEpochCompleted {
      epoch loss
      metrics {
        accuracy
        classStatistics {
          labelName precision recall f1 support
        }
      }
    }
    ... on TrainingStateChanged {
      state stopReason failure { message hint }
    }
  }
}
`;

interface Page {
  readonly html: Buffer;
  readonly policy: string;
}

let page: Page | undefined;

/** Whether a person asks, with a browser. */
export const wantsGraphiQL = (request: IncomingMessage): boolean =>
  request.method === 'GET' && (request.headers.accept?.includes('text/html') ?? false);

/** The page to try the API on. It is made once: it is the same for everybody, and 9 MB. */
export function sendGraphiQL(response: ServerResponse): void {
  page ??= renderPage();
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': page.html.byteLength,
    'content-security-policy': page.policy,
  });
  response.end(page.html);
}

function renderPage(): Page {
  const html = renderGraphiQL({ title: 'Exemplar', defaultQuery: welcome, endpoint: '/graphql' });
  const start = html.indexOf('<script>') + '<script>'.length;
  // The text of the script has closing tags in strings, escaped; the last one is that of the script.
  const script = html.slice(start, html.lastIndexOf('</script>'));
  return { html: Buffer.from(html), policy: policyOf(createHash('sha256').update(script).digest('base64')) };
}

/** This one script may run, and the editor's workers, which it makes out of itself; its styles stand in the page and in elements. */
const policyOf = (scriptDigest: string): string =>
  [
    "default-src 'none'",
    `script-src 'sha256-${scriptDigest}'`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'font-src data:',
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
