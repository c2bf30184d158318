import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userErrorFields } from '#test/api-client.ts';
import { openBrowser } from '#test/browser.ts';
import { World } from '#test/world.ts';

describe('GraphiQL in Chromium', () => {
  let world: World;
  let browser: Browser | undefined;
  let page: Page;
  /** What the page complains of, such as what its Content-Security-Policy has kept from it. */
  const complaints: string[] = [];
  beforeAll(async () => {
    world = await World.open();
    browser = await openBrowser();
    if (!browser) return;
    page = await browser.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
  });
  afterAll(async () => {
    await browser?.close();
    await world.close();
  });

  const execute = async (operation: string) => {
    await page.locator('.graphiql-execute-button').click();
    await page.getByRole('menuitem', { name: operation }).click();
  };

  test('asks and watches what its first page shows how to, under the policy of the page', async ({ skip }) => {
    if (!browser) return skip('there is no Chromium here');
    const project = await world.project({ labels: ['cat', 'dog'], images: 5 });
    await page.goto(`${world.url}/graphql`);
    await page.getByRole('button', { name: 'Headers' }).click();
    await page.locator('.graphiql-editor-tool .monaco-editor').last().click();
    await page.keyboard.insertText(JSON.stringify({ authorization: `Bearer ${world.admin.token}` }));
    await execute('Projects');
    await page.locator('.result-window', { hasText: project.name }).waitFor();

    const training = await world.startTraining(project.id);
    await page.getByRole('button', { name: 'Variables' }).click();
    await page.locator('.graphiql-editor-tool .monaco-editor').first().click();
    await page.keyboard.insertText(JSON.stringify({ trainingId: training.id }));
    await execute('Watch');
    await page.locator('.result-window', { hasText: 'QUEUED' }).waitFor();
    await world.admin.must(`mutation ($id: ID!) { cancelTraining(id: $id) { ${userErrorFields} } }`, training);
    await page.locator('.result-window', { hasText: 'CANCELLED' }).waitFor();
    expect(complaints).toEqual([]);
  }, 120_000);
});
