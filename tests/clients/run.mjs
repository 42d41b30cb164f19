// Asks a running service by the clients graphql-ws and graphql-sse, while its data change.
// Usage: node run.mjs http://127.0.0.1:8080/graphql <release.ron of the folder it serves> [sockets]
import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { createClient as createSse } from 'graphql-sse';
import { createClient as createWs } from 'graphql-ws';
import WebSocket from 'ws';

const [url, sheet, sockets = '1000'] = process.argv.slice(2);
if (!url || !sheet) {
  console.error('Usage: node run.mjs <address of the endpoint> <release.ron> [sockets]');
  process.exit(2);
}
/** How long a case may take, in milliseconds: so long that only what never comes is a fault. */
const PATIENCE = 300_000;
const socketUrl = url.replace(/^http/, 'ws');

const CHANGES = `subscription Changes {
  releasePublished { before { id digest } after { id digest counts { nodes } } nodes { added addedCount changedCount } }
}`;
const NODE = 'query Other { __typename } query Node($id: ID!) { node(id: $id) { id summary } }';

let releases = 0;
/** Replaces the release sheet, which is all that differs. */
function change() {
  releases += 1;
  const text = `Release(id: "client-${releases}", published: "2026-01-31", license: "CC-BY-4.0")\n`;
  writeFileSync(`${sheet}.tmp`, text);
  renameSync(`${sheet}.tmp`, sheet);
}

/** Waits until the last change is served. */
async function served() {
  const body = JSON.stringify({ query: '{ release { id } }' });
  for (;;) {
    const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    if ((await reply.json()).data.release.id === `client-${releases}`) return;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

/** Changes the data until `done` has come: nothing tells when a subscription has begun. */
async function changing(done) {
  let over = false;
  const end = done.finally(() => { over = true; });
  while (!over) {
    change();
    await Promise.race([end, new Promise((resolve) => { setTimeout(resolve, 500); })]);
  }
  return end;
}

/** The results of a question, and how it ended. */
function collect(client, question, enough = Infinity) {
  return new Promise((resolve) => {
    const results = [];
    const stop = client.subscribe(question, {
      next: (result) => {
        results.push(result);
        if (results.length === enough) {
          resolve({ results, end: 'enough' });
          stop();
        }
      },
      error: (error) => resolve({ results, end: 'error', error }),
      complete: () => resolve({ results, end: 'complete' }),
    });
  });
}

/** Two changes, one after the other, of which each begins where the last one ended. */
async function twoChanges(client) {
  const { results } = await changing(collect(client, { query: CHANGES }, 2));
  const [first, second] = results.map((result) => result.data.releasePublished);
  assert.equal(second.before.digest, first.after.digest);
  assert.notEqual(first.before.digest, first.after.digest);
  assert.match(second.after.id, /^client-/);
  assert.deepEqual(second.nodes, { added: [], addedCount: 0, changedCount: 0 });
}

const cases = {
  async 'graphql-ws: a query'() {
    const client = createWs({ url: socketUrl, webSocketImpl: WebSocket, retryAttempts: 0 });
    const { results, end } = await collect(client, { query: NODE, operationName: 'Node', variables: { id: 'arcadia' } });
    assert.deepEqual([results[0].data.node.id, results.length, end], ['arcadia', 1, 'complete']);
    await client.dispose();
  },
  async 'graphql-ws: fifty questions at once on one connection'() {
    const client = createWs({ url: socketUrl, webSocketImpl: WebSocket, retryAttempts: 0, lazyCloseTimeout: 1000 });
    let connections = 0;
    client.on('connected', () => { connections += 1; });
    const asked = Array.from({ length: 50 }, () => collect(client, { query: '{ release { id } }' }));
    for (const { results, end } of await Promise.all(asked)) {
      assert.deepEqual([results.length, end], [1, 'complete']);
    }
    assert.equal(connections, 1);
    await client.dispose();
  },
  async 'graphql-ws: an invalid question is an error, and the connection lives on'() {
    const client = createWs({ url: socketUrl, webSocketImpl: WebSocket, retryAttempts: 0, lazyCloseTimeout: 1000 });
    for (const query of ['{ nonsense }', '{', 'subscription { nonsense }', '']) {
      const { results, end, error } = await collect(client, { query });
      assert.deepEqual([results, end], [[], 'error'], query);
      assert.ok(Array.isArray(error) && error[0].extensions.code, `${query}: ${error}`);
    }
    const { end } = await collect(client, { query: '{ __typename }' });
    assert.equal(end, 'complete');
    await client.dispose();
  },
  async 'graphql-ws: errors of an argument come beside the data'() {
    const client = createWs({ url: socketUrl, webSocketImpl: WebSocket, retryAttempts: 0 });
    const { results, end } = await collect(client, { query: '{ release { id } countries(first: -1) { totalCount } }' });
    assert.equal(end, 'complete');
    assert.equal(results[0].errors[0].extensions.code, 'BAD_USER_INPUT');
    await client.dispose();
  },
  async 'graphql-ws: pings of the client are answered'() {
    const client = createWs({ url: socketUrl, webSocketImpl: WebSocket, lazy: false, keepAlive: 50, retryAttempts: 0 });
    await new Promise((resolve) => {
      client.on('pong', (received) => { if (received) resolve(); });
    });
    await client.dispose();
  },
  async 'graphql-ws: changes of the data, one after the other'() {
    const client = createWs({ url: socketUrl, webSocketImpl: WebSocket, retryAttempts: 0 });
    await twoChanges(client);
    await client.dispose();
  },
  async 'ws: whoever closes is told the same code'() {
    for (const code of [1000, 1001, 3000, 4000]) {
      const socket = new WebSocket(socketUrl, 'graphql-transport-ws');
      const closed = new Promise((resolve, reject) => { socket.on('close', resolve); socket.on('error', reject); });
      socket.on('open', () => socket.send('{"type":"connection_init"}'));
      socket.on('message', () => socket.close(code));
      assert.equal(await closed, code);
    }
  },
  async 'graphql-sse: a query'() {
    const client = createSse({ url, retryAttempts: 0 });
    const { results, end } = await collect(client, { query: NODE, operationName: 'Node', variables: { id: 'arcadia' } });
    assert.deepEqual([results[0].data.node.id, results.length, end], ['arcadia', 1, 'complete']);
    client.dispose();
  },
  async 'graphql-sse: an invalid question is answered in the stream'() {
    const client = createSse({ url, retryAttempts: 0 });
    for (const query of ['{ nonsense }', '{', 'subscription { nonsense }']) {
      const { results, end } = await collect(client, { query });
      assert.deepEqual([results.length, end], [1, 'complete'], query);
      assert.ok(results[0].errors[0].extensions.code, query);
    }
    client.dispose();
  },
  async 'graphql-sse: changes of the data, one after the other'() {
    const client = createSse({ url, retryAttempts: 0 });
    await twoChanges(client);
    client.dispose();
  },
  async [`${sockets} idle sockets: others are served, and all hear of a change`]() {
    // A change of a case before this one would be heard of too.
    change();
    await served();
    const open = [];
    for (let number = 0; number < Number(sockets); number += 1) {
      open.push(listener());
      // A few at a time, so that the queue of new connections is never full and each begins in time.
      if (number % 20 === 19) await Promise.all(open.map(({ ready }) => ready));
    }
    await Promise.all(open.map(({ ready }) => ready));
    for (let number = 0; number < 50; number += 1) {
      const body = JSON.stringify({ query: '{ release { id } }' });
      const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      const answer = await reply.json();
      assert.ok(reply.status === 200 && answer.data.release.id, JSON.stringify(answer));
    }
    change();
    const heard = await Promise.all(open.map(({ change: changed }) => changed));
    assert.deepEqual([...new Set(heard)], [`client-${releases}`]);
    await Promise.all(open.map(({ end }) => end()));
  },
};

/** A socket that subscribes, then only listens. */
function listener() {
  const socket = new WebSocket(socketUrl, 'graphql-transport-ws');
  const say = (message) => socket.send(JSON.stringify(message));
  let isReady, hasChanged, fail;
  const ready = new Promise((resolve, reject) => { isReady = resolve; fail = reject; });
  const changed = new Promise((resolve) => { hasChanged = resolve; });
  socket.on('error', fail);
  socket.on('open', () => say({ type: 'connection_init' }));
  socket.on('message', (text) => {
    const message = JSON.parse(text);
    if (message.type === 'connection_ack') {
      say({ type: 'subscribe', id: 'changes', payload: { query: CHANGES } });
      // Messages are read in turn, so once this is answered the one before has begun.
      say({ type: 'subscribe', id: 'sign', payload: { query: '{ __typename }' } });
    } else if (message.type === 'complete' && message.id === 'sign') {
      isReady();
    } else if (message.type === 'next' && message.id === 'changes') {
      hasChanged(message.payload.data.releasePublished.after.id);
    }
  });
  const end = () => new Promise((resolve) => { socket.on('close', resolve); socket.close(); });
  return { ready, change: changed, end };
}

let passed = 0;
for (const [name, run] of Object.entries(cases)) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('nothing comes')), PATIENCE); });
  try {
    await Promise.race([run(), late]);
    passed += 1;
    console.log(`ok ${name}`);
  } catch (error) {
    console.log(`failed ${name}: ${error.stack}`);
  }
  clearTimeout(timer);
}
console.log(`${passed} of ${Object.keys(cases).length} cases of graphql-ws and graphql-sse pass`);
process.exit(passed === Object.keys(cases).length ? 0 : 1);
