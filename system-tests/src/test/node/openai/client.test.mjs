// OpenAI's own client, unchanged, against the gateway that GENAPI_BASE_URL names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI, { toFile } from 'openai';

const baseURL = process.env.GENAPI_BASE_URL;
const client = new OpenAI({ baseURL, apiKey: 'not-needed-here', maxRetries: 2 });
const faults = (method, fault) =>
  fetch(`${process.env.SIMULATOR_CONTROL_URL}/faults`, { method, body: fault && JSON.stringify(fault) });
const ask = (content, model = 'gpt-4o-mini') => ({ model, messages: [{ role: 'user', content }] });

test('completes a chat', async () => {
  const completion = await client.chat.completions.create(ask('nonce-npm-1'));

  assert.equal(completion.object, 'chat.completion');
  assert.equal(completion.model, 'gpt-4o-mini');
  assert.equal(completion.choices[0].message.content, 'You said: nonce-npm-1');
  assert.equal(completion.choices[0].finish_reason, 'stop');
  assert.equal(completion.usage.total_tokens, completion.usage.prompt_tokens + completion.usage.completion_tokens);
});

test('gives each of fifty calls at once its own answer', async () => {
  const questions = Array.from({ length: 50 }, (_, i) => `nonce-npm-many-${i}`);
  const answers = await Promise.all(questions.map((question) => client.chat.completions.create(ask(question))));

  assert.deepEqual(
    answers.map((answer) => answer.choices[0].message.content),
    questions.map((question) => `You said: ${question}`),
  );
});

test('streams a chat', async () => {
  const stream = await client.chat.completions.create({
    ...ask('nonce-npm-stream in pieces'),
    stream: true,
    stream_options: { include_usage: true },
  });
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);

  const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
  assert.equal(text, 'You said: nonce-npm-stream in pieces');
  assert.ok(chunks.length > 3, `${chunks.length} chunks`);
  assert.ok(chunks.every((chunk) => chunk.object === 'chat.completion.chunk' && chunk.model === 'gpt-4o-mini'));
  assert.ok(chunks.at(-1).usage.total_tokens > 0);
});

test('raises an error that comes in the middle of a stream', async (t) => {
  await faults('POST', { fault: 'truncated-body' });
  t.after(() => faults('DELETE'));
  const stream = await client.chat.completions.create({ ...ask('nonce-npm-cut off in its words'), stream: true });
  const chunks = [];

  await assert.rejects(
    async () => {
      for await (const chunk of stream) chunks.push(chunk);
    },
    (error) => error instanceof OpenAI.APIError && error.code === 'stream_interrupted',
  );
  assert.ok(chunks.length > 0);
});

test('has tools called and takes what came of it', async () => {
  const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
  const tools = [{ type: 'function', function: { name: 'weather', parameters } }];
  const question = ask('nonce-npm-tools');
  const asked = await client.chat.completions.create({ ...question, tools, tool_choice: 'required' });
  const [{ message, finish_reason }] = asked.choices;
  assert.equal(finish_reason, 'tool_calls');
  assert.equal(message.tool_calls[0].function.name, 'weather');
  assert.equal(typeof JSON.parse(message.tool_calls[0].function.arguments).city, 'string');

  const result = { role: 'tool', tool_call_id: message.tool_calls[0].id, content: 'sunny' };
  const answered = await client.chat.completions.create({
    model: question.model,
    messages: [...question.messages, message, result],
    tools,
  });
  assert.equal(answered.choices[0].finish_reason, 'stop');
});

test('leaves a stream', async () => {
  const stream = await client.chat.completions.create({ ...ask('nonce-npm-left'), stream: true });
  for await (const chunk of stream) {
    assert.equal(chunk.object, 'chat.completion.chunk');
    stream.controller.abort();
  }

  assert.ok(stream.controller.signal.aborted);
});

test('raises a typed error where a stream does not even begin', async () => {
  await assert.rejects(
    client.chat.completions.create({ ...ask('hello', 'no-such-model'), stream: true }),
    OpenAI.NotFoundError,
  );
});

test('shows the ids of a request', async () => {
  const { response } = await client.chat.completions
    .create(ask('nonce-npm-ids'), { headers: { 'X-Correlation-ID': 'npm-correlation' } })
    .withResponse();

  assert.equal(response.headers.get('x-correlation-id'), 'npm-correlation');
  assert.ok(response.headers.get('x-request-id'));
  assert.match(response.headers.get('genapi-job-id'), /^job_/);
});

test('lists the models', async () => {
  const models = [];
  for await (const model of client.models.list()) models.push(model.id);

  assert.ok(models.includes('gpt-4o-mini'), models.join());
});

test('raises its typed errors', async () => {
  await assert.rejects(client.chat.completions.create({ model: 'gpt-4o-mini' }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError, error);
    assert.equal(error.type, 'invalid_request_error');
    assert.equal(error.param, 'messages');
    return true;
  });
  await assert.rejects(client.chat.completions.create(ask('hello', 'no-such-model')), (error) => {
    assert.ok(error instanceof OpenAI.NotFoundError, error);
    assert.equal(error.code, 'model_not_found');
    return true;
  });
  await assert.rejects(client.get('/no/such/path'), OpenAI.NotFoundError);
});

test('does not send again what the broker has given up', async (t) => {
  await faults('POST', { fault: 'malformed-json', times: 10 });
  t.after(() => faults('DELETE'));

  await assert.rejects(
    client.chat.completions.create(ask('nonce-npm-failing'), { headers: { 'X-Correlation-ID': 'npm-failing' } }),
    OpenAI.InternalServerError,
  );
});

test('gets the answer of its first try when it has lost the connection', async () => {
  const tries = [];
  const losing = new OpenAI({
    baseURL,
    apiKey: 'not-needed-here',
    maxRetries: 2,
    fetch: async (url, init) => {
      const { signal, ...rest } = init;
      const answer = fetch(url, rest);
      tries.push(answer);
      if (tries.length > 1) return answer;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      throw new TypeError('the connection is lost');
    },
  });

  const { data, response } = await losing.chat.completions
    .create(ask('nonce-npm-lost'), { headers: { 'X-Correlation-ID': 'npm-lost' } })
    .withResponse();

  assert.equal(data.choices[0].message.content, 'You said: nonce-npm-lost');
  assert.equal(tries.length, 2);
  assert.equal(response.headers.get('genapi-job-id'), (await tries[0]).headers.get('genapi-job-id'));
});

test('gives one answer to all that it asks under one idempotency key', async () => {
  const once = { headers: { 'Idempotency-Key': 'npm-once' } };
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => client.chat.completions.create(ask('nonce-npm-once'), once)),
  );

  assert.equal(new Set(answers.map((answer) => answer.id)).size, 1);
  await assert.rejects(client.chat.completions.create(ask('nonce-npm-twice'), once), OpenAI.UnprocessableEntityError);
});

const requests = (beginning, count) =>
  Array.from({ length: count }, (_, i) => ({
    custom_id: `${beginning}${i}`,
    method: 'POST',
    url: '/v1/chat/completions',
    body: ask(`nonce-${beginning}${i}`),
  }))
    .map((request) => JSON.stringify(request))
    .join('\n');
const upload = async (text) =>
  client.files.create({ file: await toFile(Buffer.from(text), 'requests.jsonl'), purpose: 'batch' });
const create = (file, endpoint = '/v1/chat/completions') =>
  client.batches.create({
    input_file_id: file.id,
    endpoint,
    completion_window: '24h',
    metadata: { client: 'npm' },
  });
const ended = async (id) => {
  for (;;) {
    const batch = await client.batches.retrieve(id);
    if (['completed', 'failed', 'cancelled', 'expired'].includes(batch.status)) return batch;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

test('runs a batch', async () => {
  const file = await upload(requests('npm-batch-', 30));
  assert.equal(file.purpose, 'batch');
  assert.equal((await client.files.retrieve(file.id)).filename, 'requests.jsonl');
  const batch = await ended((await create(file)).id);

  assert.equal(batch.status, 'completed');
  assert.deepEqual(batch.request_counts, { total: 30, completed: 30, failed: 0 });
  assert.deepEqual(batch.metadata, { client: 'npm' });
  assert.equal(batch.error_file_id, null);
  const output = await (await client.files.content(batch.output_file_id)).text();
  const answers = output.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(answers.length, 30);
  for (const answer of answers) {
    assert.equal(answer.response.body.choices[0].message.content, `You said: nonce-${answer.custom_id}`);
    assert.equal(answer.error, null);
  }
  const listed = [];
  for await (const each of client.batches.list({ limit: 1 })) listed.push(each.id);
  assert.ok(listed.includes(batch.id));
  assert.equal((await client.files.delete(file.id)).deleted, true);
  await assert.rejects(client.files.retrieve(file.id), OpenAI.NotFoundError);
  const left = [];
  for await (const each of client.files.list({ purpose: 'batch_output' })) left.push(each.id);
  assert.ok(left.includes(batch.output_file_id));
});

test('runs a batch of responses', async () => {
  const lines = Array.from({ length: 10 }, (_, i) =>
    JSON.stringify({
      custom_id: `npm-resp-${i}`,
      method: 'POST',
      url: '/v1/responses',
      body: { model: 'gpt-4o-mini', input: `nonce-npm-resp-${i}` },
    }),
  );
  const batch = await ended((await create(await upload(lines.join('\n')), '/v1/responses')).id);

  assert.deepEqual(batch.request_counts, { total: 10, completed: 10, failed: 0 });
  const output = await (await client.files.content(batch.output_file_id)).text();
  const answers = output.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(answers.length, 10);
  for (const answer of answers) {
    const response = answer.response.body;
    assert.equal(response.output[0].content[0].text, `You said: nonce-${answer.custom_id}`);
    assert.deepEqual((await client.responses.retrieve(response.id)).output, response.output);
  }
});

test('is told what is wrong with the file of a batch', async () => {
  const batch = await ended((await create(await upload(`${requests('npm-bad-', 2)}\n{`))).id);

  assert.equal(batch.status, 'failed');
  assert.equal(batch.errors.data[0].code, 'invalid_json_line');
  assert.equal(batch.errors.data[0].line, 3);
  await assert.rejects(
    client.files.create({ file: await toFile(Buffer.from('x'), 'x'), purpose: 'fine-tune' }),
    OpenAI.BadRequestError,
  );
});
