// The documents of the benchmark: made up, but shaped like real settings, and the same on every machine.
import { randomNumbers } from '../protocol/random.mjs';

/** Sizes by the name that --sizes takes, smallest first. */
export const sizes = { '4KB': 4 * 1024, '64KB': 64 * 1024, '1MB': 1024 * 1024, '10MB': 10 * 1024 * 1024 };

export const fileMatch = '*.bench.json';
export const schemaUri = 'bench://schemas/services.json';

/** Draft-07, with nothing in it that servers are known to read differently. */
export const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Services',
  type: 'object',
  additionalProperties: false,
  required: ['version', 'services'],
  properties: {
    version: { type: 'integer', minimum: 1 },
    services: { type: 'object', additionalProperties: { $ref: '#/definitions/service' } },
  },
  definitions: {
    service: {
      type: 'object',
      description: 'One service and how it runs.',
      additionalProperties: false,
      required: ['enabled', 'replicas', 'endpoints'],
      properties: {
        enabled: { type: 'boolean' },
        description: { type: 'string', maxLength: 200 },
        replicas: { type: 'integer', minimum: 0, maximum: 50 },
        logLevel: { enum: ['debug', 'info', 'warn', 'error'] },
        tags: { type: 'array', items: { type: 'string', minLength: 1 } },
        limits: { type: 'object', properties: { cpu: { type: 'number', exclusiveMinimum: 0 }, memoryMb: { type: 'integer', minimum: 16 } } },
        retry: { type: 'object', properties: { attempts: { type: 'integer', maximum: 10 }, factor: { type: 'number' }, jitter: { type: ['number', 'null'] } } },
        endpoints: { type: 'array', minItems: 1, items: { $ref: '#/definitions/endpoint' } },
      },
    },
    endpoint: {
      type: 'object',
      required: ['host', 'port'],
      properties: {
        host: { type: 'string', pattern: '^[a-z0-9.-]+$' },
        port: { type: 'integer', minimum: 1, maximum: 65535 },
        tls: { type: 'boolean' },
      },
    },
  },
};

const words = ['edge', 'queue', 'ledger', 'search', 'mail', 'billing', 'audit', 'cache', 'report', 'profile'];
const levels = ['debug', 'info', 'warn', 'error'];

/** Five mistakes whatever the size, one in each fifth of the document; so diagnostics cost the same to send everywhere. */
const mistakes = [
  (service) => (service.replicas = 75),
  (service) => (service.logLevel = 'loud'),
  (service) => (service.endpoints[0].port = '8080'),
  (service) => (service.colour = 'green'),
  (service) => delete service.enabled,
];
export const mistakeCount = mistakes.length;

/**
 * A document of about that many bytes.
 * @returns {{text: string, bytes: number, keystroke: {line: number, character: number}, finding: {line: number, character: number}}} Typing "7"
 * at `keystroke` in the middle of the document makes one value too large; deleting it again makes it right. At `finding` is one of the mistakes.
 */
export function settingsDocument(bytes) {
  const random = randomNumbers(42);
  const services = [];
  for (let length = 60; length < bytes - 200 || services.length < mistakes.length + 1; length += services.at(-1).length) services.push(render(services.length, random));
  const wrong = mistakes.map((_, i) => Math.floor(((i + 0.3) * services.length) / mistakes.length));
  wrong.forEach((index, i) => (services[index] = render(index, randomNumbers(index), mistakes[i])));
  const middle = services.findIndex((_, index) => index >= services.length / 2 && !wrong.includes(index));
  services[middle] = render(middle, randomNumbers(middle), (service) => (service.replicas = 7));
  const head = '// Services of the benchmark: generated, deterministic.\n{\n  "version": 3,\n  "services": {\n';
  const text = `${head}${services.join(',\n')}\n  }\n}\n`;
  const before = head + services.slice(0, middle).join(',\n') + ',\n';
  const position = (offset) => ({ line: text.slice(0, offset).split('\n').length - 1, character: offset - (text.lastIndexOf('\n', offset - 1) + 1) });
  const behind = (part, from = 0) => position(text.indexOf(part, from) + part.length);
  return { text, bytes: Buffer.byteLength(text), keystroke: behind('"replicas": 7', before.length), finding: behind('"replicas": 75') };
}

function render(index, random, mistake = () => {}) {
  const word = () => words[random(words.length)];
  const service = {
    enabled: random(5) > 0,
    description: `The ${word()} service, fed by ${word()} and ${word()}.`,
    replicas: 1 + random(40),
    logLevel: levels[random(levels.length)],
    tags: Array.from({ length: 1 + random(4) }, word),
    limits: { cpu: (1 + random(79)) / 10, memoryMb: 64 * (1 + random(64)) },
    retry: { attempts: random(6), factor: 1.5, jitter: random(2) ? null : 0.25 },
    endpoints: Array.from({ length: 1 + random(3) }, () => ({ host: `${word()}-${random(100)}.internal.example`, port: 1024 + random(40000), tls: random(2) === 0 })),
  };
  mistake(service);
  const body = JSON.stringify(service, null, 2).split('\n').join('\n    ');
  return `    // ${word()}: reviewed ${2020 + random(6)}\n    "${word()}-${String(index).padStart(5, '0')}": ${body}`;
}
