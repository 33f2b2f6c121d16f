// The official OpenAI SDK for Node against a running server.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import OpenAI, { toFile } from 'openai';

const binary = process.env.CALOTYPE_BINARY ??
  fileURLToPath(new URL('../../build/src/cli/calotype', import.meta.url));
const page = 'poster with the title "Jazz Night"';
const scene = 'a white ceramic mug on a marble table';
let server, data, client;

before(async () => {
  data = mkdtempSync(join(tmpdir(), 'calotype-test-'));
  const env = Object.fromEntries(Object.entries(process.env)
    .filter(([name]) => !/^(CALOTYPE|OPENAI)_/.test(name)));
  server = spawn(binary, ['serve', '--listen', '127.0.0.1:0', '--data', data],
    { stdio: ['ignore', 'pipe', 'ignore'], env });
  const [line] = await Promise.race([
    new Promise((resolve) => createInterface({ input: server.stdout }).once('line', (l) => resolve([l]))),
    new Promise((_, reject) => server.once('exit', () => reject(new Error('the server ended')))),
  ]);
  const baseURL = /^ready (http:\/\/\S+)$/.exec(line)[1];
  client = new OpenAI({ baseURL, apiKey: 'My API Key', maxRetries: 0 });
});

after(async () => {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  assert.equal(await ended, 0, 'SIGTERM ends the server with status 0');
  rmSync(data, { recursive: true });
});

function pngSize(b64) {
  const bytes = Buffer.from(b64, 'base64');
  assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

test('generate gives a picture of the asked size', async () => {
  const { data: reply, request_id } = await client.images.generate({
    model: 'gpt-image-2', prompt: page, size: '1024x1536', quality: 'low',
  }).withResponse();
  assert.deepEqual(pngSize(reply.data[0].b64_json), [1024, 1536]);
  assert.equal(reply.size, '1024x1536');
  assert.equal(reply.usage.output_tokens, 158);
  assert.match(request_id, /^req_[0-9a-f]{32}$/);
});

test('stream brings partials, then the picture', async () => {
  const stream = await client.images.generate({
    model: 'gpt-image-2', prompt: scene, size: '1024x1024', quality: 'low', stream: true, partial_images: 2,
  });
  const events = [];
  for await (const event of stream) events.push(event);
  assert.deepEqual(events.map((e) => e.type),
    ['image_generation.partial_image', 'image_generation.partial_image', 'image_generation.completed']);
  assert.equal(new Set(events.map((e) => e.b64_json)).size, 3);
  assert.equal(events[2].usage.output_tokens, 396);
});

test('url reply can be fetched', async () => {
  const reply = await client.images.generate({
    model: 'gpt-image-2', prompt: page, size: '1024x1024', quality: 'low', response_format: 'url',
  });
  const picture = await fetch(reply.data[0].url);
  assert.equal(picture.status, 200);
  assert.equal(picture.headers.get('content-type'), 'image/png');
});

test('jpeg and webp', async () => {
  for (const [format, magic] of [['jpeg', 'ffd8ff'], ['webp', '52494646']]) {
    const reply = await client.images.generate({
      model: 'gpt-image-2', prompt: page, size: '1024x1024', quality: 'low', output_format: format,
    });
    assert.ok(Buffer.from(reply.data[0].b64_json, 'base64').toString('hex').startsWith(magic));
  }
});

test('refusals are BadRequestError with code and param', async () => {
  const cases = [
    [{ n: 11 }, 'integer_above_max_value', 'n'],
    [{ prompt: '' }, 'empty_string', 'prompt'],
    [{ size: '1000x1000' }, 'invalid_value', 'size'],
    [{ quality: 'ultra' }, 'invalid_value', 'quality'],
    [{ model: 'dall-e-3' }, 'invalid_value', 'model'],
    [{ steps: 50 }, 'unknown_parameter', 'steps'],
  ];
  for (const [changes, code, param] of cases) {
    await assert.rejects(
      client.images.generate({ model: 'gpt-image-2', prompt: 'x', ...changes }),
      (error) => error instanceof OpenAI.BadRequestError && error.code === code && error.param === param,
      `${JSON.stringify(changes)} -> ${code}`);
  }
});

test('models', async () => {
  const ids = [];
  for await (const model of client.models.list()) ids.push(model.id);
  assert.ok(ids.includes('gpt-image-2') && ids.includes('gpt-image-1.5'));
  await assert.rejects(client.models.retrieve('gpt-9'), OpenAI.NotFoundError);
});

test('an unknown path is NotFoundError', async () => {
  await assert.rejects(client.get('/foo', { query: { a: 1 } }), OpenAI.NotFoundError);
  await assert.rejects(client.post('/foo', { body: { a: 1 } }), OpenAI.NotFoundError);
});

test('an aborted request is noticed by the server', async () => {
  const controller = new AbortController();
  const drawing = client.images.generate(
    { model: 'gpt-image-2', prompt: scene, quality: 'high' }, { signal: controller.signal });
  setTimeout(() => controller.abort(), 300);
  await assert.rejects(drawing, OpenAI.APIUserAbortError);
  const health = new URL('/health', client.baseURL);
  for (let i = 0; i < 50; i++) {
    const { jobs } = await (await fetch(health)).json();
    if (jobs.queued + jobs.running === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail('the drawing went on without anybody waiting for it');
});

// A picture whose file is large enough to be spooled to disk: a page of ours.
async function ownPicture() {
  const reply = await client.images.generate({
    model: 'gpt-image-2', prompt: page, size: '1024x1024', quality: 'low',
  });
  return Buffer.from(reply.data[0].b64_json, 'base64');
}

test('edit takes a file, a stream, a list', async () => {
  const bytes = await ownPicture();
  const path = join(data, 'na\u00efve picture.png');
  writeFileSync(path, bytes);
  const ask = { model: 'gpt-image-2', prompt: 'change the title to "Blue Note"', quality: 'low' };
  for (const image of [
    await toFile(bytes, 'a.png', { type: 'image/png' }),
    createReadStream(path), // chunked, without Content-Length
    [await toFile(bytes, 'a.png'), createReadStream(path)],
    new File([bytes], 'b.png'),
  ]) {
    const reply = await client.images.edit({ image, ...ask });
    assert.equal(reply.usage.input_tokens_details.image_tokens % 1024, 0);
  }
});

test('edit streams events of its own', async () => {
  const image = await toFile(await ownPicture(), 'a.png');
  const stream = await client.images.edit({
    image, model: 'gpt-image-2', prompt: 'change the title to "Blue Note"', quality: 'low', stream: true,
  });
  const types = [];
  for await (const event of stream) types.push(event.type);
  assert.equal(types.at(-1), 'image_edit.completed');
});

test('files are kept, paged, and named by an edit', async () => {
  const bytes = await ownPicture();
  const file = await client.files.create({ file: await toFile(bytes, 'a.png'), purpose: 'vision' });
  const other = await client.files.create({
    file: await toFile(bytes, 'b.png'), purpose: 'user_data',
    expires_after: { anchor: 'created_at', seconds: 3600 },
  });
  assert.equal(other.expires_at - other.created_at, 3600);
  const ids = [];
  for await (const listed of client.files.list({ limit: 1 })) ids.push(listed.id);
  assert.deepEqual(new Set(ids), new Set([file.id, other.id]));
  const content = await client.files.content(file.id);
  assert.deepEqual(Buffer.from(await content.arrayBuffer()), bytes);
  const reply = await client.post('/images/edits', { body: {
    model: 'gpt-image-2', prompt: 'change the title to "Blue Note"', quality: 'low',
    images: [{ file_id: file.id }],
  } });
  assert.equal(reply.usage.input_tokens_details.image_tokens, 1024);
  assert.deepEqual(await client.files.delete(file.id), { id: file.id, object: 'file', deleted: true });
  await assert.rejects(client.files.retrieve(file.id), { status: 404, type: 'invalid_request_error' });
});

test('edit refuses what is no picture', async () => {
  const image = await toFile(Buffer.from('Example data'), 'a.png');
  await assert.rejects(client.images.edit({ image, model: 'gpt-image-2', prompt: 'x' }),
    { status: 400, code: 'invalid_image_file', param: 'image' });
});
