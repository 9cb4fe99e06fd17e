// OpenAI's own client, unchanged, on webhooks that the broker's sender has signed: GENAPI_WEBHOOKS is a file of them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import OpenAI from 'openai';

const client = new OpenAI({ apiKey: 'not-needed-here' });
const webhooks = JSON.parse(readFileSync(process.env.GENAPI_WEBHOOKS, 'utf8'));

test('there are some', () => assert.equal(webhooks.length, 8));

for (const { type, subject, body, headers, secrets, foreign } of webhooks) {
  test(`unwraps ${type} with either secret, and with no other`, async () => {
    for (const secret of secrets) {
      const event = await client.webhooks.unwrap(body, headers, secret);

      assert.equal(event.object, 'event');
      assert.equal(event.type, type);
      assert.equal(event.id, headers['webhook-id']);
      assert.equal(event.data.id, subject);
      assert.equal(typeof event.created_at, 'number');
    }
    await assert.rejects(client.webhooks.unwrap(body, headers, foreign), OpenAI.InvalidWebhookSignatureError);
    await assert.rejects(client.webhooks.unwrap(`${body} `, headers, secrets[0]), OpenAI.InvalidWebhookSignatureError);
  });
}
