// OpenAI's own client, unchanged, and its Responses API against the gateway that GENAPI_BASE_URL names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: process.env.GENAPI_BASE_URL, apiKey: 'not-needed-here', maxRetries: 2 });
const control = (method, path, body) =>
  fetch(`${process.env.SIMULATOR_CONTROL_URL}/${path}`, { method, body: body && JSON.stringify(body) });
const model = 'gpt-4o-mini';
const weather = {
  type: 'function',
  name: 'weather',
  description: 'Tells the weather of a city.',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
  strict: true,
};
const ended = async (id) => {
  for (;;) {
    const response = await client.responses.retrieve(id);
    if (!['queued', 'in_progress'].includes(response.status)) return response;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

test('answers', async () => {
  const response = await client.responses.create({
    model,
    instructions: 'Be short.',
    input: 'nonce-resp-1',
    metadata: { order: '4711' },
  });

  assert.equal(response.object, 'response');
  assert.match(response.id, /^resp_/);
  assert.equal(response.status, 'completed');
  assert.equal(response.output_text, 'You said: nonce-resp-1');
  assert.equal(response.instructions, 'Be short.');
  assert.deepEqual(response.metadata, { order: '4711' });
  assert.ok(response.usage.total_tokens > 0);
  assert.ok(response.completed_at >= response.created_at);
  assert.deepEqual((await client.responses.retrieve(response.id)).output, response.output);
});

test('goes on from a response', async () => {
  const first = await client.responses.create({ model, input: 'nonce-resp-first' });
  const second = await client.responses.create({ model, input: 'nonce-resp-second', previous_response_id: first.id });

  assert.equal(second.output_text, 'You said: nonce-resp-second');
  assert.ok(second.usage.input_tokens > first.usage.input_tokens);
  const given = [];
  for await (const item of client.responses.inputItems.list(second.id, { order: 'asc', limit: 2 })) given.push(item);
  assert.deepEqual(
    given.map((item) => [item.role, item.content[0].text]),
    [
      ['user', 'nonce-resp-first'],
      ['assistant', 'You said: nonce-resp-first'],
      ['user', 'nonce-resp-second'],
    ],
  );
  await assert.rejects(
    client.responses.create({ model, input: 'x', previous_response_id: 'resp_nothing' }),
    (error) => error instanceof OpenAI.BadRequestError && error.param === 'previous_response_id',
  );
});

test('has tools called and takes what came of it', async () => {
  const input = [{ role: 'user', content: 'nonce-resp-tools' }];
  const asked = await client.responses.create({ model, input, tools: [weather], tool_choice: 'required' });
  const call = asked.output.find((item) => item.type === 'function_call');
  assert.equal(call.name, 'weather');
  assert.equal(typeof JSON.parse(call.arguments).city, 'string');

  const answered = await client.responses.create({
    model,
    input: [...input, ...asked.output, { type: 'function_call_output', call_id: call.call_id, output: 'sunny' }],
    tools: [weather],
  });
  assert.equal(answered.status, 'completed');
});

test('parses structured output', async () => {
  const response = await client.responses.parse({
    model,
    input: 'nonce-resp-form',
    text: { format: { type: 'json_schema', name: 'place', strict: true, schema: weather.parameters } },
  });

  assert.equal(typeof response.output_parsed.city, 'string');
});

test('streams, and accumulates what it streamed', async () => {
  const stream = client.responses.stream({ model, input: 'nonce-resp-stream in pieces' });
  const events = [];
  let snapshot = '';
  stream.on('event', (event) => events.push(event));
  stream.on('response.output_text.delta', (event) => (snapshot = event.snapshot));
  const final = await stream.finalResponse();

  assert.equal(final.output[0].content[0].text, 'You said: nonce-resp-stream in pieces');
  assert.equal(snapshot, final.output[0].content[0].text);
  assert.equal(events[0].type, 'response.created');
  assert.equal(events.at(-1).type, 'response.completed');
  assert.deepEqual(events.map((event) => event.sequence_number), [...events.keys()]);
});

test('streams the arguments of a call', async () => {
  const stream = client.responses.stream({
    model,
    input: 'nonce-resp-arguments',
    tools: [weather],
    tool_choice: 'required',
  });
  const final = await stream.finalResponse();

  assert.equal(final.output[0].type, 'function_call');
  assert.equal(typeof JSON.parse(final.output[0].arguments).city, 'string');
});

test('runs in the background and is polled', async () => {
  const queued = await client.responses.create({ model, input: 'nonce-resp-background', background: true });
  assert.equal(queued.status, 'queued');
  assert.equal(queued.output_text, '');

  assert.equal((await ended(queued.id)).output_text, 'You said: nonce-resp-background');
});

test('goes on with a stream in the background where it left it', async () => {
  const stream = await client.responses.create({
    model,
    input: 'nonce-resp-resume one two three four five six',
    background: true,
    stream: true,
  });
  const before = [];
  for await (const event of stream) {
    before.push(event);
    if (event.type === 'response.output_text.delta') break;
  }
  const id = before[0].response.id;
  const rest = await client.responses.retrieve(id, {
    stream: true,
    starting_after: before.at(-1).sequence_number,
  });
  const after = [];
  for await (const event of rest) after.push(event);

  const all = [...before, ...after];
  assert.deepEqual(all.map((event) => event.sequence_number), [...all.keys()]);
  assert.equal(
    all.filter((event) => event.type === 'response.output_text.delta').map((event) => event.delta).join(''),
    'You said: nonce-resp-resume one two three four five six',
  );
  assert.equal(all.at(-1).type, 'response.completed');
  const replayed = client.responses.stream({ response_id: id, starting_after: 3 });
  assert.equal(
    (await replayed.finalResponse()).output[0].content[0].text,
    all.at(-1).response.output[0].content[0].text,
  );
});

test('is cancelled', async (t) => {
  await control('PATCH', 'behaviour', { held: true });
  t.after(() => control('PATCH', 'behaviour', { held: false }));
  const queued = await client.responses.create({ model, input: 'nonce-resp-cancelled', background: true });

  await client.responses.cancel(queued.id);
  assert.equal((await ended(queued.id)).status, 'cancelled');
  assert.equal((await client.responses.cancel(queued.id)).status, 'cancelled');
});

test('is deleted', async () => {
  const response = await client.responses.create({ model, input: 'nonce-resp-deleted' });
  await client.responses.delete(response.id);

  await assert.rejects(client.responses.retrieve(response.id), OpenAI.NotFoundError);
  await assert.rejects(
    client.responses.create({ model, input: 'x', previous_response_id: response.id }),
    OpenAI.BadRequestError,
  );
});

test('raises its typed errors', async () => {
  await assert.rejects(
    client.responses.create({ model, input: 'x', tools: [{ type: 'web_search' }] }),
    (error) => error instanceof OpenAI.BadRequestError && error.param === 'tools[0].type',
  );
  await assert.rejects(
    client.responses.create({ model: 'no-such-model', input: 'x' }),
    (error) => error instanceof OpenAI.NotFoundError && error.code === 'model_not_found',
  );
  await assert.rejects(client.responses.retrieve('resp_nothing'), OpenAI.NotFoundError);
  const waited = await client.responses.create({ model, input: 'nonce-resp-waited' });
  await assert.rejects(client.responses.cancel(waited.id), OpenAI.BadRequestError);
  const failed = await client.responses.create({ model: 'no-such-model', input: 'x', background: true });
  const end = await ended(failed.id);
  assert.equal(end.status, 'failed');
  assert.equal(end.error.code, 'model_not_found');
});
