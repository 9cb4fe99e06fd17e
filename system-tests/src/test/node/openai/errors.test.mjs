// OpenAI's own client, unchanged, and each status that the gateway of GENAPI_BASE_URL answers an error with.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI, { toFile } from 'openai';

const baseURL = process.env.GENAPI_BASE_URL;
const client = new OpenAI({ baseURL, apiKey: process.env.GENAPI_KEY, maxRetries: 0 });
const held = (held) =>
  fetch(`${process.env.SIMULATOR_CONTROL_URL}/behaviour`, { method: 'PATCH', body: JSON.stringify({ held }) });
const ask = (content, model = 'gpt-4o-mini') => ({ model, messages: [{ role: 'user', content }] });
const raises = (call, type, status, code) =>
  assert.rejects(call, (error) => {
    assert.ok(error instanceof type, error);
    assert.equal(error.status, status);
    assert.equal(error.code, code);
    return true;
  });

test('400, 404, 413: what is wrong with a request', async () => {
  const { create } = client.chat.completions;
  await raises(create.call(client.chat.completions, ask('x', '')), OpenAI.BadRequestError, 400, 'invalid_value');
  await raises(client.chat.completions.create(ask('x', 'none')), OpenAI.NotFoundError, 404, 'model_not_found');
  const large = ask('x'.repeat(10 * 1024 * 1024));
  await raises(client.chat.completions.create(large), OpenAI.APIError, 413, 'request_too_large');
});

test('401: a key that is none', async () => {
  const stranger = new OpenAI({ baseURL, apiKey: 'sk-genapi-nobody', maxRetries: 0 });
  await raises(stranger.models.list(), OpenAI.AuthenticationError, 401, 'invalid_api_key');
});

test('409: a file that an open batch reads', async (t) => {
  await held(true);
  t.after(() => held(false));
  const line = { custom_id: 'one', method: 'POST', url: '/v1/chat/completions', body: ask('npm-conflict') };
  const file = await client.files.create({
    file: await toFile(Buffer.from(JSON.stringify(line)), 'requests.jsonl'),
    purpose: 'batch',
  });
  const batch = await client.batches.create({
    input_file_id: file.id,
    endpoint: '/v1/chat/completions',
    completion_window: '24h',
  });

  await raises(client.files.delete(file.id), OpenAI.ConflictError, 409, 'file_in_use');
  await client.batches.cancel(batch.id);
});

test('422: another body under an idempotency key', async () => {
  const once = { headers: { 'Idempotency-Key': 'npm-errors' } };
  await client.chat.completions.create(ask('npm-errors-once'), once);
  const twice = client.chat.completions.create(ask('npm-errors-twice'), once);
  await raises(twice, OpenAI.UnprocessableEntityError, 422, 'idempotency_key_reused');
});

test('429: more requests than the tenant may make', async () => {
  const limited = new OpenAI({ baseURL, apiKey: process.env.LIMITED_KEY, maxRetries: 0 });
  await raises(
    (async () => {
      for (let i = 0; i < 20; i++) await limited.chat.completions.create(ask(`npm-limited-${i}`));
    })(),
    OpenAI.RateLimitError,
    429,
    'rate_limit_exceeded',
  );
});

test('502: a vendor that answers nonsense each time it is asked', async (t) => {
  const faults = (method, body) => fetch(`${process.env.SIMULATOR_CONTROL_URL}/faults`, { method, body });
  await faults('POST', JSON.stringify({ fault: 'malformed-json', times: 10 }));
  t.after(() => faults('DELETE'));
  const call = client.chat.completions.create(ask('npm-garbled'));
  await raises(call, OpenAI.InternalServerError, 502, 'vendor_unusable_response');
});

test('503: a gateway whose disk is full', async () => {
  const full = new OpenAI({ baseURL: process.env.FULL_BASE_URL, apiKey: process.env.GENAPI_KEY, maxRetries: 0 });
  await raises(full.chat.completions.create(ask('x')), OpenAI.InternalServerError, 503, 'disk_full');
});

test('504: a job that takes longer than the client waits, which is not sent again', async (t) => {
  await held(true);
  t.after(() => held(false));
  const call = client.chat.completions.create(ask('npm-slow'), {
    timeout: 4_000,
    maxRetries: 2,
    headers: { 'X-Correlation-ID': 'npm-slow' },
  });
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof OpenAI.InternalServerError, error);
    assert.equal(error.status, 504);
    assert.equal(error.headers.get('x-should-retry'), 'false');
    assert.match(error.headers.get('location'), /^\/v1\/jobs\/job_/);
    return true;
  });
});

// The client tells of the timeout of a request alone; of its own the gateway cannot know, and it is sent again.
test('a timeout of the client, whose second try is the same job', async (t) => {
  await held(true);
  t.after(() => held(false));
  const call = client
    .withOptions({ timeout: 2_000, maxRetries: 1 })
    .chat.completions.create(ask('npm-unknown'), { headers: { 'X-Correlation-ID': 'npm-unknown' } });
  await assert.rejects(call, OpenAI.APIConnectionTimeoutError);
});
